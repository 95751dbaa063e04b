/* The lines of a paragraph -> boxes on the page's grid or off it, with the costs of breaking between them. */
#include "layout/flow_int.h"

/* Body lines: one for each line of the grid, on its baseline. */
static bool is_plain(const FlowList *list, const ParagraphStyle *style)
{
    return style->on_grid && style->pitch == list->pitch && style->size <= list->cell * 9 / 8;
}

/* Lines of another size as one block: the least number of grid lines that holds them, text in their middle. */
static void box_on_grid(LineBox *box, const FlowList *list, const ParagraphStyle *style)
{
    Length pitch = style->pitch > style->size ? style->pitch : style->size;
    Length text = ((Length)box->count - 1) * pitch + style->size;
    Length more = text > list->cell ? (text - list->cell + list->pitch - 1) / list->pitch : 0;
    Length offset = (more * list->pitch + list->cell - text) / 2;
    for (size_t i = 0; i < box->count; i++) {
        box->lines[i].y = offset + (Length)i * pitch + em_ascent(style->size);
    }
    box->height = (more + 1) * list->pitch;
    box->slack = list->pitch - list->cell;
}

LineBox line_box(Arena *arena, const FlowList *list, const ParagraphStyle *style, const Line *lines, size_t count,
                 Length x, NodeId node)
{
    LineBox box = {.lines = arena_array_of(arena, PlacedLine, count), .count = count, .on_grid = style->on_grid};
    for (size_t i = 0; i < count; i++) {
        box.lines[i] = (PlacedLine){.line = &lines[i],
                                    .x = x,
                                    .measure = list->measure - x - style->right_indent,
                                    .node = node,
                                    .first = i == 0,
                                    .justified = style->align == ALIGN_JUSTIFY,
                                    .gridded = is_plain(list, style)};
    }
    if (is_plain(list, style)) {
        for (size_t i = 0; i < count; i++) {
            box.lines[i].y = (Length)i * list->pitch + em_ascent(list->cell);
        }
        box.height = (Length)count * list->pitch;
        box.slack = list->pitch - list->cell;
    } else if (style->on_grid) {
        box_on_grid(&box, list, style);
    } else {
        Length pitch = style->pitch > style->size ? style->pitch : style->size;
        for (size_t i = 0; i < count; i++) {
            box.lines[i].y = (Length)i * pitch + (pitch - style->size) / 2 + em_ascent(style->size);
        }
        box.height = (Length)count * pitch;
        box.slack = (pitch - style->size) / 2;
    }
    return box;
}

void flow_keep(FlowList *list, size_t first, size_t end, PageEnd keep)
{
    for (size_t i = first; i < end; i++) {
        list->items.items[i].penalty = PENALTY_NEVER;
        list->items.items[i].keep = keep;
    }
}

void flow_lines(FlowList *list, LineList lines, const ParagraphStyle *style, NodeId node, Length x, LinePart part)
{
    Arena *arena = list->layout->arena;
    bool block = lines.count > 0 && style->on_grid && !is_plain(list, style);
    if (block) {
        LineBox whole = line_box(arena, list, style, lines.items, lines.count, x, node);
        if (whole.height <= list->body / 2) {
            for (size_t i = 0; i < whole.count; i++) {
                whole.lines[i].part = part;
            }
            flow_push(list, FLOW_LINES)->box = whole;
            return;
        }
    }
    size_t first = list->items.count;
    for (size_t i = 0; i < lines.count; i++) {
        FlowItem *item = flow_push(list, FLOW_LINES);
        item->box = line_box(arena, list, style, &lines.items[i], 1, x, node);
        item->box.lines->part = part;
        item->box.lines->first = i == 0;
    }
    /* no page closed by a paragraph's first line alone, none opened by its last (孤行不成页) */
    if (lines.count > 1) {
        flow_keep(list, first, first + 1, PAGE_END_LINES);
        flow_keep(list, list->items.count - 2, list->items.count - 1, PAGE_END_LINES);
    }
}
