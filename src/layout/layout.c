/* Document -> PageList: measures the tables, flows section after section, breaks and places each. */
#include "layout/layout.h"

#include <string.h>

#include "layout/flow_int.h"
#include "layout/memory_int.h"
#include "layout/table_int.h"

/* Breaks and places what the list holds, and empties it. `after`: why its last page ends. */
static void section_finish(FlowList *list, PageEnd after, bool turned)
{
    Layout *layout = list->layout;
    if (list->items.count > 0) {
        position_pages(list, paginate(list, after, layout->arena));
    }
    flow_list_init(list, layout, turned);
}

/* All blocks; returns how many are tables. Turned tables have pages of their own, in sequence (9704 clause 8); those
 * that follow one another share them. */
static size_t flow_all(Layout *layout, TableBox **boxes)
{
    const Document *document = layout->document;
    FlowList list;
    flow_list_init(&list, layout, false);
    size_t table = 0;
    for (size_t i = 0; i < document->count; i++) {
        const Block *block = &document->blocks[i];
        bool turned = block->kind == BLOCK_TABLE && block->as.table->style->turned;
        if (turned != list.turned && block->kind != BLOCK_PAGE_BREAK) {
            section_finish(&list, PAGE_END_TURNED, turned);
        }
        if (block->kind == BLOCK_TABLE) {
            flow_table(&list, boxes[table++]);
        } else {
            flow_block(&list, block);
        }
    }
    if (list.items.count == 0 && layout->page_array.count == 0) {
        flow_push(&list, FLOW_LINES); /* an empty document is an empty page */
    }
    section_finish(&list, PAGE_END_LAST, false);
    return table;
}

static InkColor ink_color(const ColorStyle *style)
{
    InkColor ink = {.given = style->given};
    memcpy(ink.rgb, style->rgb, sizeof ink.rgb);
    memcpy(ink.cmyk, style->cmyk, sizeof ink.cmyk);
    return ink;
}

static const char **font_names(const Layout *layout)
{
    const char **names = arena_array_of(layout->arena, const char *, layout->page_fonts.count);
    for (size_t i = 0; i < layout->page_fonts.count; i++) {
        names[i] = font_info(layout->page_fonts.items[i])->postscript_name;
    }
    return names;
}

bool layout_begin(Layout *layout, LayoutMemory *memory)
{
    layout->scratch = arena_new();
    layout->pieces = arena_new();
    layout->memory = memory ? memory : memory_of_document(layout->arena);
    if (layout_open_fonts(layout)) {
        return true;
    }
    layout_end(layout);
    return false;
}

void layout_end(Layout *layout)
{
    arena_free(layout->scratch);
    arena_free(layout->pieces);
    layout->scratch = layout->pieces = NULL;
}

PageList *layout_document(const Document *document, FontSet *fonts, Arena *arena, FindingList *findings)
{
    return layout_document_like(document, NULL, NULL, fonts, arena, findings);
}

PageList *layout_document_like(const Document *document, const PageList *before, LayoutMemory *memory, FontSet *fonts,
                               Arena *arena, FindingList *findings)
{
    size_t errors = findings->errors;
    Layout layout = {.document = document, .fonts = fonts, .arena = arena, .findings = findings, .before = before};
    if (!layout_begin(&layout, memory)) {
        return NULL;
    }
    PageList *pages = arena_new_of(arena, PageList);
    layout.pages = pages;
    structure_node(&layout, NODE_ARTIFACT, ROLE_DOCUMENT, NULL);
    TableBox **boxes = table_measure_all(&layout);
    size_t tables = flow_all(&layout, boxes);
    if (references_fill(&layout, boxes, tables)) {
        front_add(&layout);
    }
    layout_end(&layout);
    if (findings->errors > errors) {
        return NULL;
    }
    structure_finish(&layout);
    pages->pages = layout.page_array.items;
    pages->count = layout.page_array.count;
    pages->columns = layout.columns.items;
    pages->columns_count = layout.columns.count;
    pages->fonts = layout.page_fonts.items;
    pages->font_count = layout.page_fonts.count;
    pages->font_names = font_names(&layout);
    pages->second_color = ink_color(&document->style.second_color);
    pages->title = document->title;
    pages->author = document->author;
    pages->subject = document->subject;
    pages->keywords = document->keywords;
    pages->language = document->language;
    pages->year = document->year;
    pages->month = document->month;
    pages->day = document->day;
    return pages;
}
