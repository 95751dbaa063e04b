/* Glyph ids of one font -> the font program that holds just them. */
#include <assert.h>
#include <stdlib.h>

#include "font/subset_int.h"

static int compare_glyphs(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Sorted, without doubles, with .notdef. */
static uint32_t *sort_glyphs(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, size_t *sorted_count)
{
    uint32_t *sorted = arena_array_of(arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        assert(glyphs[i] < font->info.glyph_count);
        sorted[i + 1] = glyphs[i];
    }
    qsort(sorted, count + 1, sizeof *sorted, compare_glyphs);
    size_t kept = 1;
    for (size_t i = 1; i <= count; i++)
        if (sorted[i] != sorted[kept - 1] && sorted[i] < font->info.glyph_count)
            sorted[kept++] = sorted[i];
    *sorted_count = kept;
    return sorted;
}

static bool make_own(const Font *font, const uint32_t *wanted, size_t count, bool packed, Arena *arena,
                     FontSubset *subset)
{
    if (subset->outlines != FONT_CFF)
        return subset_glyf(font, wanted, count, arena, subset);
    if (!packed)
        return subset_cff(font, wanted, count, false, arena, subset);
    if (!subset_cff(font, wanted, count, true, arena, subset))
        return false;
    if (subset->packed_len < subset->len)
        return true;
    subset->packed = NULL;
    return subset_cff(font, wanted, count, false, arena, subset);
}

static FontSubset *make_subset(const Font *font, const uint32_t *glyphs, size_t count, bool packed, Arena *arena,
                               FindingList *findings)
{
    size_t wanted_count = 0;
    uint32_t *wanted = sort_glyphs(font, glyphs, count, arena, &wanted_count);
    FontSubset *subset = arena_new_of(arena, FontSubset);
    subset->outlines = font->info.outlines;
    ArenaMark mark = arena_mark(arena);
    if (make_own(font, wanted, wanted_count, packed, arena, subset))
        return subset;
    arena_rewind(arena, mark);
    if (subset_harfbuzz(font, wanted, wanted_count, arena, subset))
        return subset;
    finding_add(findings, MESSAGE_FONT_SUBSET, (Place){0}, NULL, font->info.path, NULL);
    return NULL;
}

FontSubset *font_subset(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, FindingList *findings)
{
    return make_subset(font, glyphs, count, false, arena, findings);
}

FontSubset *font_subset_packed(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena,
                               FindingList *findings)
{
    return make_subset(font, glyphs, count, true, arena, findings);
}

uint32_t font_subset_glyph(const FontSubset *subset, uint32_t old_glyph)
{
    const uint32_t *found =
        bsearch(&old_glyph, subset->old_glyphs, subset->count, sizeof *subset->old_glyphs, compare_glyphs);
    return found ? (uint32_t)(found - subset->old_glyphs) : 0;
}
