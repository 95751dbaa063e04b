/* Bookmarks and the pages they stand on -> contents pages; these and the cover before the notice, without folio. */
#include <string.h>

#include "layout/flow_int.h"

#define CODE_DOT     0xB7                       /* · */
#define LEADER_TEXT  "\xE2\x80\xA6\xE2\x80\xA6" /* …… */
#define LEAST_DOTS   3                          /* fewer look like a blot */
#define NUMBER_CELLS 3                          /* kept free of text at the right */

/* Dots a third of a cell apart, counted from the page's edge, so that those of all lines stand under one another. */
static const Line *leader_line(FlowList *list, const ParagraphStyle *style, Length from, Length to, Length *x)
{
    Layout *layout = list->layout;
    Length step = list->cell / 3, first = (from + list->cell / 2 + step - 1) / step, end = (to - list->cell / 2) / step;
    const Font *font = layout_font_for(layout, style->font, CODE_DOT, false);
    if (end < first + LEAST_DOTS || !font) {
        return NULL;
    }
    size_t count = (size_t)(end - first);
    Line *line = arena_new_of(layout->arena, Line);
    LineRun *run = arena_new_of(layout->arena, LineRun);
    *run = (LineRun){.font = font,
                     .size = style->size,
                     .width = (Length)count * step,
                     .glyphs = arena_array_of(layout->arena, Glyph, count),
                     .count = count,
                     .text = LEADER_TEXT,
                     .text_len = strlen(LEADER_TEXT)};
    /* the ink stands in the middle of a step, whatever cell the font gives the dot */
    int box[4] = {0};
    uint32_t glyph = font_glyph(font, CODE_DOT);
    font_glyph_box(font, glyph, box);
    Length middle = length_scale(style->size, box[0] + box[2], 2 * font_info(font)->units_per_em);
    for (size_t i = 0; i < count; i++) {
        run->glyphs[i] = (Glyph){.id = glyph, .x = (Length)i * step + step / 2 - middle};
    }
    run->glyphs[0].text_len = (uint16_t)run->text_len; /* all dots are one sign to whoever copies the text */
    *line = (Line){.runs = run, .run_count = 1, .width = run->width, .last = true};
    *x = first * step;
    return line;
}

/* The last line of an entry: leader and number after its text. */
static void end_entry(FlowList *list, LineBox *box, const ParagraphStyle *style, size_t number)
{
    Arena *arena = list->layout->arena;
    const char *digits = arena_printf(arena, "%zu", number);
    LineList figure = words_set(list->layout, style, style->size, digits, list->measure);
    if (figure.count != 1) {
        return;
    }
    PlacedLine *lines = arena_array_of(arena, PlacedLine, 3), text = box->lines[0];
    Length end = text.x + text.line->x + text.line->width, x = list->measure - figure.items[0].width;
    Length leader_end = list->measure - list->cell * 5 / 4; /* the same for figures of one digit and of two */
    leader_end = x < leader_end ? x : leader_end;
    lines[0] = text;
    box->count = 1;
    const Line *leader = leader_line(list, style, end, leader_end, &lines[1].x);
    if (leader) {
        lines[1].line = leader;
        lines[1].first = true;
        lines[1].y = text.y;
        lines[1].measure = list->measure;
        lines[1].node = NODE_ARTIFACT;
        box->count = 2;
    }
    lines[box->count++] = (PlacedLine){
        .line = &figure.items[0], .first = true, .x = x, .y = text.y, .measure = list->measure - x, .node = text.node};
    box->lines = lines;
}

static void flow_entry(FlowList *list, const Bookmark *bookmark, const ParagraphStyle *style, NodeId toc)
{
    Layout *layout = list->layout;
    NodeId item = structure_node(layout, toc, ROLE_TOC_ITEM, NULL);
    NodeId link = structure_node(layout, item, ROLE_LINK, NULL);
    Inline *text = arena_new_of(layout->arena, Inline);
    *text = (Inline){.kind = INLINE_TEXT, .text = bookmark->title, .len = strlen(bookmark->title)};
    InlineList title = {.items = text, .count = 1};
    LineList lines = paragraph_set(layout, &title, style, list->measure - NUMBER_CELLS * list->cell);
    size_t first = list->items.count;
    flow_open_block(list, style);
    flow_lines(list, lines, style, link, 0, LINE_BODY);
    flow_close_block(list, style);
    if (list->items.count == first) {
        return;
    }
    for (size_t i = first; i < list->items.count; i++) {
        LineBox *box = &list->items.items[i].box;
        for (size_t j = 0; j < box->count; j++) {
            box->lines[j].link = bookmark->target + 1;
            box->lines[j].first = true; /* entries have no widows: they are kept whole */
        }
    }
    flow_keep(list, first, list->items.count - 1, PAGE_END_BLOCK);
    LineBox *last = &list->items.items[list->items.count - 1].box;
    if (last->count == 1) {
        end_entry(list, last, style, layout->targets.items[bookmark->target].page + 1);
    }
}

static void flow_contents(FlowList *list, const ContentsStyle *style)
{
    Layout *layout = list->layout;
    NodeId heading = structure_node(layout, 0, ROLE_PARAGRAPH, NULL);
    LineList title = words_set(layout, style->title_style, style->title_style->size, style->title, list->measure);
    for (size_t i = 0; i < title.count; i++) { /* words are set to the left */
        title.items[i].x = (list->measure - title.items[i].width) / 2;
    }
    flow_open_block(list, style->title_style);
    flow_lines(list, title, style->title_style, heading, 0, LINE_HEADING);
    flow_close_block(list, style->title_style);
    NodeId toc = structure_node(layout, 0, ROLE_TOC, NULL);
    for (size_t i = 0; i < layout->bookmarks.count; i++) {
        const Bookmark *bookmark = &layout->bookmarks.items[i];
        if (bookmark->level >= 1 && (size_t)bookmark->level <= style->entry_count) {
            flow_entry(list, bookmark, style->entries[bookmark->level - 1], toc);
        }
    }
}

/* ---- what was made last comes first ------------------------------------------------------------------------------ */

/* items[at..count) to the front. */
static void bring_forward(void *items, size_t at, size_t count, size_t size)
{
    Arena *scratch = arena_new();
    char *bytes = items, *copy = arena_copy(scratch, items, count * size);
    if (count > at && at > 0) {
        memcpy(bytes, copy + at * size, (count - at) * size);
        memcpy(bytes + (count - at) * size, copy, at * size);
    }
    arena_free(scratch);
}

/* Where a node goes when nodes[before..count) move to just behind the first one. */
static NodeId moved(NodeId node, size_t before, size_t count)
{
    if (node == 0 || node == NODE_ARTIFACT) {
        return node;
    }
    return node < before ? (NodeId)(node + count - before) : (NodeId)(node - before + 1);
}

static void move_nodes(Layout *layout, size_t before)
{
    size_t count = layout->nodes.count;
    for (size_t i = 0; i < count; i++) {
        StructNode *node = &layout->nodes.items[i];
        node->parent = moved(node->parent, before, count);
        NodeId *headers = arena_array_of(layout->arena, NodeId, node->header_count); /* the old ones are shared */
        for (size_t j = 0; j < node->header_count; j++) {
            headers[j] = moved(node->headers[j], before, count);
        }
        node->headers = headers;
    }
    bring_forward(layout->nodes.items + 1, before - 1, count - 1, sizeof(StructNode));
    for (size_t i = 0; i < layout->page_array.count; i++) {
        const Page *page = &layout->page_array.items[i];
        for (size_t j = 0; j < page->count; j++) {
            page->items[j].node = moved(page->items[j].node, before, count);
        }
    }
    for (size_t i = 0; i < layout->targets.count; i++) {
        layout->targets.items[i].node = moved(layout->targets.items[i].node, before, count);
    }
    for (size_t i = 0; i < layout->lines.count; i++) {
        layout->lines.items[i].node = moved(layout->lines.items[i].node, before, count);
    }
}

static void move_pages(Layout *layout, size_t before, size_t lines)
{
    size_t count = layout->page_array.count, front = count - before;
    bring_forward(layout->page_array.items, before, count, sizeof(Page));
    for (size_t i = 0; i < layout->targets.count; i++) {
        layout->targets.items[i].page += front;
    }
    for (size_t i = 0; i < layout->tables.count; i++) {
        layout->tables.items[i].page += (uint32_t)front;
    }
    for (size_t i = 0; i < layout->lines.count; i++) {
        PageLine *line = &layout->lines.items[i];
        line->page = (uint32_t)(line->page < before ? line->page + front : line->page - before);
    }
    bring_forward(layout->lines.items, lines, layout->lines.count, sizeof(PageLine));
    layout->pages->front = front;
}

static void contents_place(Layout *layout)
{
    FlowList list;
    flow_list_init(&list, layout, false);
    flow_contents(&list, &layout->document->style.contents);
    position_pages(&list, paginate(&list, PAGE_END_WISH, layout->arena));
}

void front_add(Layout *layout)
{
    const ContentsStyle *style = &layout->document->style.contents;
    size_t nodes = layout->nodes.count, pages = layout->page_array.count, lines = layout->lines.count;
    layout->front = true;
    if (layout->document->cover_count > 0) {
        cover_place(layout);
    }
    if (style->entry_count > 0 && (style->over_pages == 0 || pages > (size_t)style->over_pages)) {
        contents_place(layout);
    }
    layout->front = false;
    if (layout->page_array.count > pages) {
        move_nodes(layout, nodes);
        move_pages(layout, pages, lines);
    }
}
