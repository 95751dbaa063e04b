/* Chosen pages -> items at page coordinates. Everything is placed in an upright page body; the canvas turns it. */
#include "layout/flow_int.h"
#include "layout/stable_int.h"
#include "layout/table_int.h"

/* The origin as the page list wants it; runs that follow one another share one. */
static const ItemOrigin *item_origin(Layout *layout, const Origin *origin)
{
    if (!origin || (!origin->path && origin->change == PIECE_SAME)) {
        return NULL;
    }
    if (origin != layout->last_origin) {
        ItemOrigin *made = arena_new_of(layout->arena, ItemOrigin);
        *made = (ItemOrigin){.path = origin->path,
                             .place = origin->place,
                             .figure = origin->figure,
                             .changed = origin->change == PIECE_CHANGED,
                             .gone_before = origin->change == PIECE_GONE_BEFORE};
        layout->last_origin = origin;
        layout->last_item_origin = made;
    }
    return layout->last_item_origin;
}

static Item *push_item(Layout *layout, ItemKind kind, NodeId node, ArtifactKind artifact)
{
    Item *item = array_push(layout->arena, &layout->items);
    *item = (Item){.kind = kind, .node = node, .artifact = artifact, .color = COLOR_BLACK};
    return item;
}

/* 9704 clause 8: turned 90° anticlockwise, the head along the page's left edge: down becomes right, right becomes up.
 * x, y: in the page body. */
static void map_point(const Canvas *canvas, Length x, Length y, Length *out_x, Length *out_y)
{
    const PageStyle *page = canvas->style;
    *out_x = page->left + (canvas->turned ? y : x);
    *out_y = page->top + (canvas->turned ? page->text_height - x : y);
}

void canvas_line(const Canvas *canvas, const Line *line, Length x, Length y, NodeId node, ArtifactKind artifact)
{
    Layout *layout = canvas->layout;
    for (size_t i = 0; i < line->run_count; i++) {
        const LineRun *run = &line->runs[i];
        if (run->count == 0 && run->text_len == 0) {
            continue;
        }
        Item *item = push_item(layout, ITEM_GLYPHS, node, artifact);
        map_point(canvas, x + line->x + run->x, y, &item->x, &item->y);
        item->glyphs = (GlyphRun){.font = layout_font_index(layout, run->font),
                                  .size = run->size,
                                  .width = run->width,
                                  .glyphs = run->glyphs,
                                  .count = run->count,
                                  .text = run->text,
                                  .text_len = run->text_len,
                                  .turned = canvas->turned,
                                  .origin = item_origin(layout, run->origin)};
        if (run->origin && run->origin->page_of && run->count > 0) {
            reference_note(canvas, run, layout->items.count - 1, x + line->x + run->x, y, node);
        }
    }
}

/* The corner that is top left on the page, and the sides as they lie on it. */
static void map_box(const Canvas *canvas, Length x, Length y, Length width, Length height, Item *item)
{
    map_point(canvas, canvas->turned ? x + width : x, y, &item->x, &item->y);
    item->width = canvas->turned ? height : width;
    item->height = canvas->turned ? width : height;
}

void canvas_rule(const Canvas *canvas, Length x, Length y, Length width, Length height)
{
    Item *item = push_item(canvas->layout, ITEM_RULE, NODE_ARTIFACT, ARTIFACT_LAYOUT);
    map_box(canvas, x, y, width, height, item);
}

size_t canvas_link(const Canvas *canvas, Length x, Length y, Length width, Length height, NodeId node, size_t target)
{
    Item *item = push_item(canvas->layout, ITEM_LINK, node, ARTIFACT_LAYOUT);
    map_box(canvas, x, y, width, height, item);
    item->target = target;
    return canvas->layout->items.count - 1;
}

void canvas_placed(const Canvas *canvas, const PlacedLine *placed, Length shift, Length top, NodeId node)
{
    Layout *layout = canvas->layout;
    const Line *line = placed->line;
    PageLine *fact = array_push(layout->arena, &layout->lines);
    *fact = (PageLine){.page = (uint32_t)layout->page_array.count,
                       .first_item = (uint32_t)layout->items.count,
                       .node = node,
                       .part = placed->part,
                       .first = placed->first,
                       .last = line->last,
                       .closes = line->closes,
                       .justified = placed->justified,
                       .forced = line->forced,
                       .gridded = placed->gridded && !canvas->turned,
                       .han = line->han_on_last,
                       .start = line->x + shift,
                       .end = line->x + shift + line->width,
                       .measure = placed->measure,
                       .baseline = top + placed->y};
    canvas_line(canvas, line, placed->x + shift, top + placed->y, node, ARTIFACT_HEADER);
    fact->item_count = (uint32_t)layout->items.count - fact->first_item;
    if (placed->link > 0) {
        Length size = line->run_count > 0 ? line->runs[0].size : 0;
        canvas_link(canvas, placed->x + line->x, top + placed->y - em_ascent(size), placed->measure - line->x, size,
                    node, placed->link - 1);
    }
}

static void place_box(const Canvas *canvas, const LineBox *box, Length top)
{
    for (size_t i = 0; i < box->count; i++) {
        canvas_placed(canvas, &box->lines[i], 0, top, box->lines[i].node);
    }
}

/* Caption and leads once more. */
static void place_repeat(const Canvas *canvas, const TableBox *table)
{
    Length y = 0;
    for (size_t i = 0; i < table->repeat_count; i++) {
        place_box(canvas, &table->repeat[i], y);
        y += table->repeat[i].height;
    }
}

static void set_target(const Canvas *canvas, size_t target, Length top)
{
    Target *to = &canvas->layout->targets.items[target];
    to->page = canvas->layout->page_array.count; /* the page being made */
    map_point(canvas, 0, top, &to->x, &to->y);
    if (canvas->turned) {
        to->y = canvas->style->top; /* the upper end of the turned head */
    }
}

static void place_items(const Canvas *canvas, const FlowList *list, PageSpan span)
{
    PageCursor cursor = {.empty = true};
    for (size_t i = span.first; i < span.end; i++) {
        const FlowItem *item = &list->items.items[i];
        bool opens = cursor.empty;
        Length top;
        if (page_cursor_place(&cursor, list, item, &top) < 0) {
            continue;
        }
        if (item->target != NO_TARGET) {
            set_target(canvas, item->target, top);
        }
        if (item->kind == FLOW_LINES) {
            place_box(canvas, &item->box, top);
            continue;
        }
        bool continued = opens && item->strip > 0;
        if (continued) {
            place_repeat(canvas, item->table);
        }
        size_t last = i;
        while (last + 1 < span.end && list->items.items[last + 1].kind == FLOW_STRIP &&
               list->items.items[last + 1].table == item->table) {
            last++;
            Length ignored;
            page_cursor_place(&cursor, list, &list->items.items[last], &ignored);
        }
        table_place(canvas, item->table, item->strip, list->items.items[last].strip, top, continued);
        i = last;
    }
}

static void finish_page(Layout *layout, bool turned, const PageSpan *span)
{
    const PageStyle *style = &layout->document->style.page;
    int number = (int)layout->page_array.count + (style->first_number ? style->first_number : 1);
    folio_place(layout, number);
    Page *page = array_push(layout->arena, &layout->page_array);
    *page = (Page){.number = style->folio && !layout->front ? number : 0,
                   .turned = turned,
                   .end = span->why,
                   .blank = span->blank,
                   .width = style->width,
                   .height = style->height,
                   .items = arena_copy(layout->arena, layout->items.items, layout->items.count * sizeof(Item)),
                   .count = layout->items.count};
    layout->items.count = 0;
}

void position_pages(const FlowList *list, PageSpanList spans)
{
    Layout *layout = list->layout;
    Canvas canvas = {.layout = layout, .style = &layout->document->style.page, .turned = list->turned};
    for (size_t i = 0; i < spans.count; i++) {
        size_t first = spans.items[i].first;
        place_items(&canvas, list, spans.items[i]);
        finish_page(layout, list->turned, &spans.items[i]);
        layout->page_array.items[layout->page_array.count - 1].begins = flow_item_key(&list->items.items[first]);
    }
}
