/* A glyph run -> text operators whose glyphs stand where the run has them, to 0.002 pt, whatever its length.
 *
 * The pen is reckoned exactly as the reader will move it: in 1/10^9 pt, in which every number we write is whole. What
 * is adjusted is the difference between the pen and the next glyph's true place, so that rounding never adds up. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

#define TOLERANCE    ((int64_t)2000000) /* [1/10^9 pt] not worth an adjustment */
#define REST         ((int64_t)1000000) /* what an adjustment may leave */
#define E9_PER_E4    (PDF_E9 / PDF_E4)
#define COST_ADJUST  6     /* [bytes] of a number in a TJ array, about */
#define COST_SPACING 9     /* of a Tc */
#define STRING_MAX   32767 /* [bytes] ISO 19005-3 6.1.13 */
#define ACTUAL_TEXT  "/Span<</ActualText<FEFF"

typedef struct RunPut {
    Content *content;
    const PdfFont *font;
    const GlyphRun *run;
    Length along; /* of the run's origin: x, or of a turned run the height above the page's foot */
    int64_t pen;  /* [1/10^9 pt], along */
} RunPut;

static int64_t e9(Length length)
{
    return length_scale(length, PDF_E9, LENGTH_PER_PT);
}

static int glyph_width(const RunPut *put, size_t i)
{
    return put->font->widths[put->font->codes[put->run->glyphs[i].id]];
}

/* ---- the TJ array -------------------------------------------------------------------------------------------------
 */

static void string_close(Content *content)
{
    if (content->string.len == 0)
        return;
    pdf_put_string(&content->show, (const unsigned char *)content->string.bytes, content->string.len);
    content->string.len = 0;
}

static void show_flush(Content *content)
{
    string_close(content);
    if (content->show.len == 0)
        return;
    if (content->show_adjusted)
        pdf_put_char(content->out, '[');
    buffer_append(content->out, content->show.bytes, content->show.len);
    pdf_put(content->out, content->show_adjusted ? "]TJ\n" : "Tj\n");
    content->show.len = 0;
    content->show_adjusted = false;
}

/* Moves the pen by `distance`, as nearly as REST with the fewest decimals. A TJ number is in 1/1000 of the size and
 * counts backwards; a hundredth of one is size_e4 in 1/10^9 pt. */
static void pen_adjust(RunPut *put, int64_t distance)
{
    Content *content = put->content;
    int64_t size = content->size_e4, number = 0, moved = 0, grain = 100;
    for (int places = 0; places <= 2; places++, grain /= 10) {
        number = -length_scale(distance, 1, size * grain) * grain;
        moved = -number * size;
        if (llabs(distance - moved) <= REST)
            break;
    }
    if (number == 0)
        return;
    string_close(content);
    pdf_put_fixed(&content->show, number, 2);
    content->show_adjusted = true;
    put->pen += moved;
}

static void glyph_show(RunPut *put, size_t i)
{
    Content *content = put->content;
    const Glyph *glyph = &put->run->glyphs[i];
    if (glyph->rise != content->rise) {
        show_flush(content);
        content->rise = glyph->rise;
        pdf_put_e4(content->out, pdf_e4(glyph->rise));
        pdf_put(content->out, " Ts\n");
    }
    int64_t distance = e9(put->along + glyph->x) - put->pen;
    if (llabs(distance) > TOLERANCE)
        pen_adjust(put, distance);
    if (content->string.len + 2 > STRING_MAX)
        show_flush(content);
    uint16_t code = put->font->codes[glyph->id];
    const unsigned char bytes[2] = {(unsigned char)(code >> 8), (unsigned char)code};
    buffer_append(&content->string, bytes, sizeof bytes);
    put->pen += put->font->widths[code] * content->size_e4 * 100 + content->spacing_e4 * E9_PER_E4;
}

/* ---- text state ---------------------------------------------------------------------------------------------------
 */

/* What is missing from a glyph's own advance to the next one's place [1/10000 pt]. */
static int64_t gap_e4(const RunPut *put, size_t i)
{
    const Glyph *glyphs = put->run->glyphs;
    int64_t distance = e9(put->along + glyphs[i + 1].x) - e9(put->along + glyphs[i].x);
    return length_scale(distance - glyph_width(put, i) * put->content->size_e4 * 100, 1, E9_PER_E4);
}

static size_t spacing_cost(const int64_t *gaps, size_t count, int64_t spacing, int64_t current)
{
    size_t cost = spacing == current ? 0 : COST_SPACING;
    for (size_t i = 0; i < count; i++)
        if (llabs(gaps[i] - spacing) * E9_PER_E4 > TOLERANCE)
            cost += COST_ADJUST;
    return cost;
}

static int gap_compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The character spacing that leaves least to adjust: the one in force, none, or the run's most common gap. A line set
 * on the grid or justified has one gap between nearly all its Hanzi. */
static void spacing_put(RunPut *put)
{
    Content *content = put->content;
    Arena *arena = content->writer->arena;
    if (put->run->count < 2)
        return;
    size_t count = put->run->count - 1, best_count = 0;
    ArenaMark mark = arena_mark(arena);
    int64_t *gaps = arena_array_of(arena, int64_t, count), common = 0;
    const int64_t current = content->spacing_e4;
    bool settled = true;
    for (size_t i = 0; i < count; i++) {
        gaps[i] = gap_e4(put, i);
        settled = settled && llabs(gaps[i] - current) * E9_PER_E4 <= TOLERANCE;
    }
    if (settled) {
        arena_rewind(arena, mark);
        return;
    }
    qsort(gaps, count, sizeof *gaps, gap_compare);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && gaps[next] == gaps[i];)
            next++;
        if (next - i > best_count) {
            best_count = next - i;
            common = gaps[i];
        }
    }
    const int64_t choices[] = {current, 0, common};
    int64_t chosen = current;
    size_t chosen_cost = SIZE_MAX;
    for (size_t i = 0; i < 3; i++) {
        size_t cost = spacing_cost(gaps, count, choices[i], current);
        if (cost < chosen_cost) {
            chosen_cost = cost;
            chosen = choices[i];
        }
    }
    arena_rewind(arena, mark);
    if (chosen == current)
        return;
    content->spacing_e4 = chosen;
    pdf_put_e4(content->out, chosen);
    pdf_put(content->out, " Tc\n");
}

static void font_put(Content *content, const GlyphRun *run)
{
    int64_t size = pdf_e4(run->size);
    content->fonts_used[run->font] = true;
    if (content->font_set && content->font == run->font && content->size_e4 == size)
        return;
    content->font_set = true;
    content->font = run->font;
    content->size_e4 = size;
    pdf_put(content->out, "/F");
    pdf_put_int(content->out, run->font + 1);
    pdf_put_char(content->out, ' ');
    pdf_put_e4(content->out, size);
    pdf_put(content->out, " Tf\n");
}

/* Puts the line matrix where the first glyph stands. */
static void origin_put(RunPut *put, const Item *item)
{
    Content *content = put->content;
    Buffer *out = content->out;
    const GlyphRun *run = put->run;
    Length up = content->page->height - item->y;
    int64_t x = pdf_place_e4(run->turned ? item->x : item->x + run->glyphs[0].x);
    int64_t y = pdf_place_e4(run->turned ? up + run->glyphs[0].x : up);
    put->along = run->turned ? up : item->x;
    put->pen = (run->turned ? y : x) * E9_PER_E4;
    int64_t dx = x - content->line_x, dy = y - content->line_y;
    bool matrix = run->turned != content->turned;
    if (matrix)
        pdf_put(out, run->turned ? "0 1 -1 0 " : "1 0 0 1 ");
    pdf_put_e4(out, matrix ? x : run->turned ? dy : dx);
    pdf_put_char(out, ' ');
    pdf_put_e4(out, matrix ? y : run->turned ? -dx : dy);
    pdf_put(out, matrix ? " Tm\n" : " Td\n");
    content->turned = run->turned;
    content->line_x = x;
    content->line_y = y;
}

/* ---- text meant ---------------------------------------------------------------------------------------------------
 */

/* What one string cannot hold is said first, by spans without glyphs. */
static void span_begin(Content *content, const char *text, size_t len)
{
    show_flush(content);
    for (size_t fits; (fits = pdf_text_fitting(text, len)) < len; text += fits, len -= fits) {
        pdf_put(content->out, ACTUAL_TEXT);
        pdf_put_utf16_hex(content->out, text, fits);
        pdf_put(content->out, ">>>BDC\nEMC\n");
    }
    pdf_put(content->out, ACTUAL_TEXT);
    pdf_put_utf16_hex(content->out, text, len);
    pdf_put(content->out, ">>>BDC\n");
}

static void span_end(Content *content)
{
    show_flush(content);
    pdf_put(content->out, "EMC\n");
}

/* A cluster's text with what follows it in the run and has no glyphs of its own: a blank at the line's end. */
static const char *cluster_text(const GlyphRun *run, size_t first, size_t count, size_t *len)
{
    size_t from = first == 0 ? 0 : run->glyphs[first].text_at;
    size_t to = first + count < run->count ? run->glyphs[first + count].text_at : run->text_len;
    *len = to - from;
    return run->text + from;
}

static void clusters_put(RunPut *put)
{
    const GlyphRun *run = put->run;
    for (size_t i = 0, count, len; i < run->count; i += count) {
        count = pdf_cluster_count(run, i);
        const char *text = cluster_text(run, i, count, &len);
        bool mapped = pdf_cluster_mapped(put->font, &run->glyphs[i], count, text, len);
        if (!mapped)
            span_begin(put->content, text, len);
        for (size_t g = i; g < i + count; g++)
            glyph_show(put, g);
        if (!mapped)
            span_end(put->content);
    }
}

void pdf_run_put(Content *content, const Item *item)
{
    const GlyphRun *run = &item->glyphs;
    RunPut put = {.content = content, .font = &content->fonts[run->font], .run = run};
    if (run->count == 0) { /* a blank between two lines: nothing to show, but said */
        span_begin(content, run->text, run->text_len);
        span_end(content);
        return;
    }
    font_put(content, run);
    origin_put(&put, item);
    assert(content->size_e4 > 0);
    spacing_put(&put);
    if (pdf_run_ordered(run)) {
        clusters_put(&put);
        show_flush(content);
        return;
    }
    span_begin(content, run->text, run->text_len);
    for (size_t i = 0; i < run->count; i++)
        glyph_show(&put, i);
    span_end(content);
}
