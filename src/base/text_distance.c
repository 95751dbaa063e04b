/* Turns two texts into the number of slips of a typist between them. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define SHORT 64 /* code points; names of keys are shorter, and need no memory from the heap */

static size_t decode_all(const char *text, size_t len, uint32_t *codes)
{
    size_t count = 0;
    for (size_t at = 0; at < len; count++) {
        size_t size = utf8_decode(text + at, len - at, &codes[count]);
        if (size == 0) {
            codes[count] = 0x110000u + (unsigned char)text[at]; /* unlike any character */
            size = 1;
        }
        at += size;
    }
    return count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment over the band |i - j| <= limit of the table; rows: three of b_count + 1 each. Outside the
 * band every entry is over the limit. When a whole row is, so are all below it. */
static size_t align(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count, size_t limit, size_t *rows)
{
    size_t over = limit + 1;
    size_t *above2 = rows, *above = rows + b_count + 1, *row = above + b_count + 1;
    for (size_t j = 0; j <= b_count; j++) {
        row[j] = least(j, over);
    }
    for (size_t i = 1; i <= a_count; i++) {
        size_t *oldest = above2;
        above2 = above;
        above = row;
        row = oldest;
        size_t first = i > limit ? i - limit : 1, last = i + limit < b_count ? i + limit : b_count;
        size_t best = row[first - 1] = first == 1 ? least(i, over) : over;
        for (size_t j = first; j <= last; j++) {
            size_t cost = above[j - 1] + (a[i - 1] != b[j - 1]);
            cost = least(cost, row[j - 1] + 1);
            if (j < i + limit) {
                cost = least(cost, above[j] + 1);
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost = least(cost, above2[j - 2] + 1);
            }
            row[j] = least(cost, over);
            best = least(best, row[j]);
        }
        if (best > limit) {
            return over;
        }
    }
    return row[b_count];
}

size_t text_distance(const char *a, const char *b, size_t limit)
{
    size_t a_len = strlen(a), b_len = strlen(b);
    size_t a_count = utf8_count(a, a_len), b_count = utf8_count(b, b_len);
    size_t longer = a_len > b_len ? a_len : b_len;
    limit = least(limit, longer); /* never more edits than that; keeps limit + 1 in range */
    if ((a_count > b_count ? a_count - b_count : b_count - a_count) > limit) {
        return limit + 1;
    }
    uint32_t codes_short[2 * SHORT];
    size_t rows_short[3 * (SHORT + 1)];
    uint32_t *codes = codes_short;
    size_t *rows = rows_short;
    if (longer > SHORT) {
        codes = calloc(longer, 2 * sizeof *codes);
        rows = calloc(longer + 1, 3 * sizeof *rows);
        if (!codes || !rows) {
            memory_exhausted();
        }
    }
    a_count = decode_all(a, a_len, codes);
    b_count = decode_all(b, b_len, codes + longer);
    bool near = a_count <= b_count + limit && b_count <= a_count + limit; /* malformed text counts otherwise above */
    size_t distance = near ? align(codes, a_count, codes + longer, b_count, limit, rows) : limit + 1;
    if (longer > SHORT) {
        free(codes);
        free(rows);
    }
    return distance;
}
