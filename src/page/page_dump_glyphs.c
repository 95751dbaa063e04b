/* A glyph run -> its part of the dump's line: font, size, text, and what does not follow from them. */
#include <string.h>

#include "page/page_dump_int.h"

/* Positions are rounded to a unit each, so even steps may differ by one. */
static bool step_equal(Length a, Length b)
{
    return a - b <= 1 && b - a <= 1;
}

/* Values as "7.896*4,3.948": how often each comes in a row. `value(i)` is read from the glyphs by the caller's array.
 */
static void dump_repeated(Buffer *out, const char *name, const Length *values, size_t count)
{
    buffer_printf(out, " %s=", name);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && step_equal(values[next], values[i]);)
            next++;
        if (i > 0)
            buffer_text(out, ",");
        dump_length(out, values[i]);
        if (next - i > 1)
            buffer_printf(out, "*%zu", next - i);
    }
}

/* Glyph ids as "21,26-28": ranges for ids that follow one another. */
static void dump_ids(Buffer *out, const GlyphRun *run)
{
    buffer_text(out, " gid=");
    for (size_t i = 0, next; i < run->count; i = next) {
        for (next = i + 1; next < run->count && run->glyphs[next].id == run->glyphs[next - 1].id + 1;)
            next++;
        if (next - i < 3)
            next = i + 1;
        buffer_printf(out, "%s%lu", i > 0 ? "," : "", (unsigned long)run->glyphs[i].id);
        if (next - i > 1)
            buffer_printf(out, "-%lu", (unsigned long)run->glyphs[next - 1].id);
    }
}

/* Code points that glyph `i` stands for. */
static size_t glyph_letters(const GlyphRun *run, size_t i)
{
    size_t letters = 0;
    for (size_t at = run->glyphs[i].text_at, end = at + run->glyphs[i].text_len; at < end && at < run->text_len; at++)
        letters += ((unsigned char)run->text[at] & 0xC0) != 0x80;
    return letters;
}

/* The code points a glyph, when it is not one each, in order and without gaps. */
static void dump_clusters(Buffer *out, const GlyphRun *run)
{
    size_t at = 0;
    bool plain = true;
    for (size_t i = 0; i < run->count; i++) {
        plain = plain && glyph_letters(run, i) == 1 && run->glyphs[i].text_at == at;
        at += run->glyphs[i].text_len;
    }
    if (plain && at == run->text_len)
        return;
    buffer_text(out, " letters=");
    for (size_t i = 0; i < run->count; i++)
        buffer_printf(out, "%s%zu", i > 0 ? "," : "", glyph_letters(run, i));
    if (at != run->text_len)
        buffer_printf(out, " unmapped=%lld", (long long)run->text_len - (long long)at);
}

void dump_glyphs(const PageList *pages, const GlyphRun *run, Buffer *out)
{
    buffer_printf(out, " font=%s", run->font < pages->font_count ? pages->font_names[run->font] : "?");
    dump_measure(out, "size", run->size);
    dump_measure(out, "w", run->width);
    buffer_text(out, " ");
    dump_quoted(out, run->text ? run->text : "", run->text_len);
    if (run->turned)
        buffer_text(out, " turned");

    Arena *arena = arena_new();
    Length *values = arena_array_of(arena, Length, run->count + 1);
    bool even = true, level = true;
    size_t missing = 0;
    for (size_t i = 0; i < run->count; i++) {
        Length next = i + 1 < run->count ? run->glyphs[i + 1].x : run->width;
        values[i] = next - run->glyphs[i].x;
        even = even && step_equal(values[i], values[0]);
        level = level && run->glyphs[i].rise == 0;
        missing += run->glyphs[i].id == 0;
    }
    if (run->count > 0 && run->glyphs[0].x != 0)
        dump_measure(out, "from_x", run->glyphs[0].x);
    if (even && run->count > 1 && !step_equal(values[0], run->size))
        dump_measure(out, "step", values[0]);
    if (!even) {
        dump_repeated(out, "step", values, run->count);
        dump_ids(out, run);
    }
    if (!level) {
        for (size_t i = 0; i < run->count; i++)
            values[i] = run->glyphs[i].rise;
        dump_repeated(out, "rise", values, run->count);
    }
    if (missing > 0)
        buffer_printf(out, " notdef=%zu", missing);
    dump_clusters(out, run);
    arena_free(arena);
}
