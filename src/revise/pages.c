/* Two PageLists -> which pages differ, which moved only, which are identical to the last glyph. */
#include <stdlib.h>
#include <string.h>

#include "revise/marks_int.h"

static bool is_folio(const Item *item)
{
    return item->node == NODE_ARTIFACT && item->artifact == ARTIFACT_PAGINATION;
}

/* Glyph by glyph, so that how runs are cut does not matter. */
static void add_glyphs(Sha256 *hash, const PageList *pages, const Item *item)
{
    const GlyphRun *run = &item->glyphs;
    for (size_t i = 0; i < run->count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        sha256_add_text(hash, pages->font_names[run->font]);
        sha256_add_int(hash, glyph->id);
        sha256_add_int(hash, run->size);
        sha256_add_int(hash, run->turned);
        sha256_add_int(hash, item->color);
        sha256_add_int(hash, run->turned ? item->x - glyph->rise : item->x + glyph->x);
        sha256_add_int(hash, run->turned ? item->y - glyph->x : item->y - glyph->rise);
    }
}

void page_hash(const PageList *pages, size_t index, char hex[SHA256_HEX])
{
    const Page *page = &pages->pages[index];
    Sha256 hash;
    sha256_begin(&hash);
    sha256_add_int(&hash, page->width);
    sha256_add_int(&hash, page->height);
    for (size_t i = 0; i < page->count; i++) {
        const Item *item = &page->items[i];
        if (is_folio(item) || item->kind == ITEM_LINK)
            continue;
        if (item->kind == ITEM_GLYPHS) {
            add_glyphs(&hash, pages, item);
            continue;
        }
        sha256_add_int(&hash, -1);
        sha256_add_int(&hash, item->color);
        sha256_add_int(&hash, item->x);
        sha256_add_int(&hash, item->y);
        sha256_add_int(&hash, item->width);
        sha256_add_int(&hash, item->height);
    }
    sha256_end_hex(&hash, hex);
}

/* Whether anything on the page was corrected or tells of corrections. */
static bool is_touched(const Page *page, const char *own)
{
    for (size_t i = 0; i < page->count; i++)
        if (item_is_changed(&page->items[i]) || item_is_own(&page->items[i], own))
            return true;
    return page->number == 0 && own;
}

PageDifferences pages_compare(const PageList *before, const PageList *after, const char *own, Arena *arena)
{
    PageDifferences out = {arena_array_of(arena, PageDifference, after->count), after->count, before->count};
    char(*old)[SHA256_HEX] = arena_alloc_array(arena, before->count, SHA256_HEX);
    for (size_t i = 0; i < before->count; i++)
        page_hash(before, i, old[i]);
    for (size_t i = 0; i < after->count; i++) {
        PageDifference *difference = &out.items[i];
        page_hash(after, i, difference->hash);
        difference->was = SIZE_MAX;
        if (i < before->count)
            memcpy(difference->old_hash, old[i], SHA256_HEX);
        if (strcmp(difference->hash, difference->old_hash) == 0) {
            difference->was = i;
            continue;
        }
        for (size_t j = 0; j < before->count && difference->was == SIZE_MAX; j++)
            if (strcmp(old[j], difference->hash) == 0)
                difference->was = j;
        difference->change =
            difference->was == SIZE_MAX && is_touched(&after->pages[i], own) ? PAGE_DIFFERENT : PAGE_MOVED;
    }
    return out;
}
