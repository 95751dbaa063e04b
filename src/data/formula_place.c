/* Finds the piece of the source that a piece of a formula's text was read from. */
#include <string.h>

#include "base/text.h"
#include "data/formula_int.h"

/* How the text may stand in the source: as it is (a template's line, a plain scalar); in quotes; over several lines. */
typedef enum Style { STYLE_PLAIN, STYLE_SINGLE, STYLE_DOUBLE, STYLE_LINES, STYLE_COUNT } Style;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(const Source *source, size_t at)
{
    while (at < source->len && is_blank(source->bytes[at])) {
        at++;
    }
    return at;
}

/* Where the text begins in this style; false when the source shows that it is another. */
static bool style_start(const Source *source, size_t offset, Style style, size_t *start)
{
    const char *bytes = source->bytes;
    *start = offset;
    switch (style) {
    case STYLE_PLAIN:
        return true;
    case STYLE_SINGLE:
    case STYLE_DOUBLE:
        ++*start;
        return offset < source->len && bytes[offset] == (style == STYLE_SINGLE ? '\'' : '"');
    case STYLE_LINES:
        if (offset < source->len && (bytes[offset] == '|' || bytes[offset] == '>')) {
            const char *line = memchr(bytes + offset, '\n', source->len - offset);
            *start = line ? skip_blanks(source, (size_t)(line - bytes)) : source->len;
        }
        return true;
    case STYLE_COUNT:
        break;
    }
    return false;
}

/* Follows the text's first `len` bytes through the source; the source's offsets of text[wanted] into `found`. False
 * when they part. Line breaks and blanks match one another, for YAML folds them. */
static bool style_follow(const Formula *formula, size_t len, size_t at, Style style, const size_t wanted[2],
                         size_t found[2])
{
    const Source *source = formula->place.source;
    if (style == STYLE_PLAIN) { /* byte for byte */
        found[0] = at + wanted[0];
        found[1] = at + wanted[1];
        return len <= source->len - at && memcmp(formula->text, source->bytes + at, len) == 0;
    }
    for (size_t i = 0;; i++, at++) {
        for (int k = 0; k < 2; k++) {
            if (i == wanted[k]) {
                found[k] = at;
            }
        }
        if (i == len) {
            return true;
        }
        if (at >= source->len) {
            return false;
        }
        char c = formula->text[i], there = source->bytes[at];
        char next = at + 1 < source->len ? source->bytes[at + 1] : '\0';
        if ((style == STYLE_DOUBLE && there == '\\') || (style == STYLE_SINGLE && there == '\'')) {
            if (next != c) {
                return false;
            }
            at++;
        } else if (is_blank(c) && is_blank(there)) {
            bool more = i + 1 < len && is_blank(formula->text[i + 1]);
            at = more ? at : skip_blanks(source, at) - 1;
        } else if (c != there) {
            return false;
        }
    }
}

Place formula_place(const Formula *formula, size_t offset, size_t length)
{
    const Source *source = formula->place.source;
    if (source == NULL || formula->place.line == 0 || formula->place.offset > source->len) {
        return formula->place;
    }
    size_t len = formula->len;
    while (len > 0 && is_blank(formula->text[len - 1])) {
        len--;
    }
    size_t wanted[2] = {offset < len ? offset : len, offset + length < len ? offset + length : len};
    size_t found[2] = {0, 0};
    for (Style style = STYLE_PLAIN; style < STYLE_COUNT; style++) {
        size_t start;
        if (!style_start(source, formula->place.offset, style, &start) ||
            !style_follow(formula, len, start, style, wanted, found)) {
            continue;
        }
        const char *line = memchr(source->bytes + found[0], '\n', source->len - found[0]);
        size_t end = line && (size_t)(line - source->bytes) < found[1] ? (size_t)(line - source->bytes) : found[1];
        return place_after(formula->place, found[0], end > found[0] ? end - found[0] : 0);
    }
    return formula->place;
}
