/* A display list -> text, an item a line, for --dump=pages and golden files. */
#include "page/page_dump_int.h"

static void dump_owner(const PageList *pages, const Item *item, Buffer *out)
{
    static const char *const artifacts[] = {"layout", "pagination", "header", "watermark"};
    if (item->node != NODE_ARTIFACT) {
        buffer_printf(out, " node=%lu:", (unsigned long)item->node);
        dump_role(out, pages, item->node);
        return;
    }
    size_t kind = (size_t)item->artifact;
    buffer_printf(out, " artifact=%s", kind < sizeof artifacts / sizeof *artifacts ? artifacts[kind] : "?");
}

static void dump_box(Buffer *out, const Item *item)
{
    dump_measure(out, "x", item->x);
    dump_measure(out, "y", item->y);
    dump_measure(out, "w", item->width);
    dump_measure(out, "h", item->height);
}

static void dump_item(const PageList *pages, const Item *item, Buffer *out)
{
    switch (item->kind) {
    case ITEM_GLYPHS:
        buffer_text(out, "  glyphs");
        dump_measure(out, "x", item->x);
        dump_measure(out, "y", item->y);
        dump_glyphs(pages, &item->glyphs, out);
        break;
    case ITEM_RULE:
        buffer_text(out, "  rule");
        dump_box(out, item);
        break;
    case ITEM_LINK:
        buffer_text(out, "  link");
        dump_box(out, item);
        buffer_printf(out, " target=%zu", item->target);
        break;
    }
    dump_owner(pages, item, out);
    if (item->color == COLOR_SECOND)
        buffer_text(out, " color=second");
    const ItemOrigin *origin = item->kind == ITEM_GLYPHS ? item->glyphs.origin : NULL;
    if (origin) {
        dump_path(out, "from", origin->path);
        if (origin->figure)
            buffer_text(out, " figure");
    }
    buffer_text(out, "\n");
}

void page_dump(const PageList *pages, size_t index, Buffer *out)
{
    const Page *page = &pages->pages[index];
    buffer_printf(out, "page %zu", index + 1);
    if (page->number != 0)
        buffer_printf(out, " folio %d", page->number);
    buffer_text(out, " ");
    dump_length(out, page->width);
    buffer_text(out, "x");
    dump_length(out, page->height);
    buffer_text(out, page->turned ? " turned\n" : "\n");
    for (size_t i = 0; i < page->count; i++)
        dump_item(pages, &page->items[i], out);
}

static void dump_metadata(const PageList *pages, Buffer *out)
{
    buffer_printf(out, "document pages=%zu", pages->count);
    dump_path(out, "language", pages->language);
    if (pages->year != 0)
        buffer_printf(out, " date=%04d-%02d-%02d", pages->year, pages->month, pages->day);
    dump_text(out, "title", pages->title);
    dump_text(out, "author", pages->author);
    dump_text(out, "subject", pages->subject);
    dump_text(out, "keywords", pages->keywords);
    buffer_text(out, "\n");
    for (size_t i = 0; i < pages->font_count; i++)
        buffer_printf(out, "font %zu %s\n", i, pages->font_names[i] ? pages->font_names[i] : "?");
}

void page_list_dump(const PageList *pages, Buffer *out)
{
    dump_metadata(pages, out);
    for (size_t i = 0; i < pages->count; i++)
        page_dump(pages, i, out);
    dump_structure(pages, out);
}
