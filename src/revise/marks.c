/* Finished pages -> the same with marks of correction in the outer margin; the part that tells of them without folio.
 */
#include <stdlib.h>
#include <string.h>

#include "revise/marks_int.h"

#define ASCENT  88 /* of the em box over the baseline, in hundredths: as layout sets lines */
#define DESCENT 12
#define UNDER   14 /* where the line under a corrected cell stands */

bool item_is_own(const Item *item, const char *own)
{
    const ItemOrigin *origin = item->kind == ITEM_GLYPHS ? item->glyphs.origin : NULL;
    size_t len = own ? strlen(own) : 0;
    return origin && origin->path && len > 0 && strncmp(origin->path, own, len) == 0 && origin->path[len] == '/';
}

bool item_is_changed(const Item *item)
{
    const ItemOrigin *origin = item->kind == ITEM_GLYPHS ? item->glyphs.origin : NULL;
    return origin && (origin->changed || origin->gone_before) && item->node != NODE_ARTIFACT;
}

/* ---- the page being made ------------------------------------------------------------------------------------------
 */

typedef struct Band { /* a stretch of the margin, down the page (of turned pages: across it) */
    Length from, to;
} Band;

typedef struct Marker {
    const MarkStyle *style;
    const PageList *pages;
    Arena *arena;
    ARRAY(Item) items;
    ARRAY(Band) bands;
} Marker;

static void add_rule(Marker *marker, Length x, Length y, Length width, Length height)
{
    *array_push(marker->arena, &marker->items) = (Item){.kind = ITEM_RULE,
                                                        .node = NODE_ARTIFACT,
                                                        .artifact = ARTIFACT_LAYOUT,
                                                        .color = COLOR_BLACK,
                                                        .x = x,
                                                        .y = y,
                                                        .width = width,
                                                        .height = height};
}

static int band_compare(const void *a, const void *b)
{
    const Band *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Beside the outer edge of the page body: right on odd pages, left on even; of turned pages always over the upper edge,
 * where no folio stands. `length` is along the lines, `from` and `to` across them. */
static void add_margin(Marker *marker, const Page *page, size_t index, Band band, Length length)
{
    const MarkStyle *style = marker->style;
    if (page->turned)
        add_rule(marker, band.from, style->top - style->gap - length, band.to - band.from, length);
    else if (index % 2 == 0)
        add_rule(marker, style->right + style->gap, band.from, length, band.to - band.from);
    else
        add_rule(marker, style->left - style->gap - length, band.from, length, band.to - band.from);
}

static void add_bands(Marker *marker, const Page *page, size_t index)
{
    size_t count = marker->bands.count;
    if (count == 0)
        return;
    qsort(marker->bands.items, count, sizeof *marker->bands.items, band_compare);
    Band open = marker->bands.items[0];
    for (size_t i = 1; i <= count; i++) {
        const Band *next = i < count ? &marker->bands.items[i] : NULL;
        if (next && next->from <= open.to + (open.to - open.from)) { /* lines that follow one another share a rule */
            open.to = next->to > open.to ? next->to : open.to;
            continue;
        }
        add_margin(marker, page, index, open, marker->style->width);
        if (next)
            open = *next;
    }
}

static bool in_cell(const Marker *marker, const Item *item)
{
    Role role = item->node < marker->pages->node_count ? marker->pages->nodes[item->node].role : ROLE_DOCUMENT;
    return role == ROLE_DATA_CELL || role == ROLE_HEADER_CELL;
}

static void mark_item(Marker *marker, const Page *page, size_t index, const Item *item)
{
    const GlyphRun *run = &item->glyphs;
    Length over = length_scale(run->size, ASCENT, 100), under = length_scale(run->size, DESCENT, 100);
    Length line = run->turned ? item->x : item->y, thick = marker->style->cell_rule;
    if (!run->origin->changed) { /* a tick where something is gone: over the line that follows */
        Length at = line - over;
        add_margin(marker, page, index, (Band){at - marker->style->width / 2, at + marker->style->width / 2},
                   marker->style->width * 4);
        return;
    }
    *array_push(marker->arena, &marker->bands) = (Band){line - over, line + under};
    Length below = length_scale(run->size, UNDER, 100);
    if (thick <= 0 || !in_cell(marker, item))
        return;
    if (run->turned)
        add_rule(marker, item->x + below, item->y - run->width, thick, run->width);
    else
        add_rule(marker, item->x, item->y + below, run->width, thick);
}

static void mark_page(Marker *marker, const Page *from, size_t index, bool folio, Page *page)
{
    marker->items.count = marker->bands.count = 0;
    *page = *from;
    for (size_t i = 0; i < from->count; i++)
        if (folio || from->items[i].node != NODE_ARTIFACT || from->items[i].artifact != ARTIFACT_PAGINATION)
            *array_push(marker->arena, &marker->items) = from->items[i];
    if (!folio)
        page->number = 0;
    for (size_t i = 0; marker->style->width > 0 && i < from->count; i++)
        if (item_is_changed(&from->items[i]))
            mark_item(marker, page, index, &from->items[i]);
    add_bands(marker, from, index);
    page->count = marker->items.count;
    page->items = arena_copy(marker->arena, marker->items.items, page->count * sizeof *page->items);
}

/* ---- the whole ----------------------------------------------------------------------------------------------------
 */

/* The first page of the part that tells of the corrections: that of the last heading of it, unless that is the title.
 */
static size_t own_page(const PageList *pages, const char *own)
{
    for (size_t p = pages->count; p > 1; p--) {
        const Page *page = &pages->pages[p - 1];
        for (size_t i = 0; i < page->count; i++) {
            const Item *item = &page->items[i];
            if (item->node < pages->node_count && pages->nodes[item->node].role == ROLE_HEADING &&
                item_is_own(item, own))
                return p - 1;
        }
    }
    return pages->count;
}

static void mark_nodes(const PageList *pages, StructNode *nodes)
{
    for (size_t p = 0; p < pages->count; p++)
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item_is_changed(item) && item->node < pages->node_count)
                nodes[item->node].changed = true;
        }
}

/* Lines of folios that are gone. */
static void drop_folios(PageList *made, size_t first, Arena *arena)
{
    PageLine *lines = arena_copy(arena, made->lines, made->line_count * sizeof *lines);
    size_t count = 0;
    for (size_t i = 0; i < made->line_count; i++)
        if (made->lines[i].page < first || made->lines[i].part != LINE_FOLIO)
            lines[count++] = made->lines[i];
    made->lines = lines;
    made->line_count = count;
}

PageList *pages_mark(const PageList *pages, const MarkStyle *style, const char *own, Arena *arena)
{
    PageList *made = arena_copy(arena, pages, sizeof *pages);
    Marker marker = {.style = style, .pages = pages, .arena = arena};
    size_t first = own_page(pages, own);
    made->pages = arena_array_of(arena, Page, pages->count);
    for (size_t i = 0; i < pages->count; i++)
        mark_page(&marker, &pages->pages[i], i, i < first, &made->pages[i]);
    if (pages->node_count > 0) {
        made->nodes = arena_copy(arena, pages->nodes, pages->node_count * sizeof *pages->nodes);
        mark_nodes(pages, made->nodes);
    }
    if (made->line_count > 0)
        drop_folios(made, first, arena);
    return made;
}
