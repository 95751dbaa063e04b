/* Headings, paragraphs and signatures -> items of the vertical list. */
#include "layout/flow_int.h"

void flow_list_init(FlowList *list, Layout *layout, bool turned)
{
    const PageStyle *page = &layout->document->style.page;
    *list = (FlowList){.layout = layout, .turned = turned, .pitch = page->pitch, .cell = page->cell};
    list->measure = turned ? page->text_height : page->text_width;
    list->body = turned ? page->text_width : page->text_height;
}

FlowItem *flow_push(FlowList *list, FlowKind kind)
{
    FlowItem *item = array_push(list->layout->arena, &list->items);
    item->kind = kind;
    item->target = NO_TARGET;
    return item;
}

void flow_open_block(FlowList *list, const ParagraphStyle *style)
{
    int lines = list->pending > style->lines_before ? list->pending : style->lines_before;
    if (style->lines_before < 0) { /* stands in the blank lines that the block before leaves: nothing moves for it */
        lines = list->pending + style->lines_before > 0 ? list->pending + style->lines_before : 0;
    }
    Length height = lines * list->pitch;
    if (height == 0 && list->after_table) {
        height = list->pitch / 3; /* off the table's last rule */
    }
    if (height > 0 && list->items.count > 0) {
        flow_push(list, FLOW_SPACE)->box.height = height;
    }
    list->pending = 0;
    list->after_table = false;
}

void flow_close_block(FlowList *list, const ParagraphStyle *style)
{
    list->pending = style->lines_after;
    list->after_heading = style->keep_with_next;
}

/* A heading's first box carries its target. */
static void set_target(FlowList *list, size_t item, size_t target)
{
    if (item < list->items.count) {
        list->items.items[item].target = target;
    }
}

static void flow_heading(FlowList *list, const Block *block)
{
    Layout *layout = list->layout;
    const Heading *heading = &block->as.heading;
    NodeId node = structure_node(layout, 0, ROLE_HEADING, &block->origin);
    int level = heading->level < 0 ? 0 : heading->level;
    layout->nodes.items[node].level = level < 5 ? level + 1 : 6;
    LineList lines = paragraph_set(layout, &heading->text, block->style, list->measure);
    size_t first = list->items.count;
    flow_lines(list, lines, block->style, node, 0, LINE_HEADING);
    if (list->items.count > first) {
        flow_keep(list, first, list->items.count - 1, PAGE_END_HEADING); /* it is not parted */
    }
    if (heading->bookmark) {
        set_target(list, first, structure_bookmark(layout, level, &heading->text, node));
    }
}

static Length lines_width(LineList lines)
{
    Length width = 0;
    for (size_t i = 0; i < lines.count; i++) {
        width = lines.items[i].width > width ? lines.items[i].width : width;
    }
    return width;
}

/* 9704 7.3.5.2: the name two characters off the right edge; the date on the next line, two characters to the right of
 * the name's start. A date longer than the name stands two characters off the right edge itself, and the name moves. */
static void flow_signature(FlowList *list, const Block *block)
{
    Layout *layout = list->layout;
    const Signature *signature = &block->as.signature;
    Length two = 2 * list->cell, room = list->measure - two;
    ParagraphStyle style = *block->style;
    style.align = ALIGN_LEFT;
    style.first_indent = style.left_indent = style.right_indent = 0;
    ParagraphStyle *flush = arena_copy(layout->arena, &style, sizeof style);
    bool dated = signature->date.count > 0;
    LineList name = paragraph_set(layout, &signature->name, flush, room);
    LineList date = dated ? paragraph_set(layout, &signature->date, flush, room - two) : (LineList){0};
    Length name_width = lines_width(name), date_width = lines_width(date);
    Length name_x = room - (date_width > name_width ? date_width + two : name_width);
    name_x = name_x > 0 ? name_x : 0;

    /* The last lines of the body come along: a page break before or inside the signature is not taken. */
    size_t before = list->items.count;
    for (size_t i = before; i > 0; i--) {
        FlowItem *item = &list->items.items[i - 1];
        if (item->kind != FLOW_SPACE) {
            flow_keep(list, i - 1, i, PAGE_END_BLOCK);
            break;
        }
    }
    flow_lines(list, name, flush, structure_node(layout, 0, ROLE_PARAGRAPH, &block->origin), name_x, LINE_BODY);
    if (dated) {
        flow_lines(list, date, flush, structure_node(layout, 0, ROLE_PARAGRAPH, &block->origin), name_x + two,
                   LINE_BODY);
    }
    if (list->items.count > before) {
        flow_keep(list, before, list->items.count - 1, PAGE_END_BLOCK);
    }
}

void flow_block(FlowList *list, const Block *block)
{
    if (block->kind == BLOCK_PAGE_BREAK) {
        if (list->items.count > 0 && list->items.items[list->items.count - 1].kind != FLOW_BREAK) {
            flow_push(list, FLOW_BREAK);
        }
        list->pending = 0;
        list->after_table = list->after_heading = false;
        list->lone = 0;
        return;
    }
    if (block->kind == BLOCK_SIGNATURE && list->pending < 1) {
        list->pending = 1; /* one line under the body */
    }
    bool after_heading = list->after_heading;
    size_t lone = list->lone;
    list->lone = 0;
    flow_open_block(list, block->style);
    size_t first = list->items.count;
    if (block->kind == BLOCK_HEADING) {
        flow_heading(list, block);
    } else if (block->kind == BLOCK_SIGNATURE) {
        flow_signature(list, block);
    } else {
        LineList lines = paragraph_set(list->layout, &block->as.paragraph.text, block->style, list->measure);
        flow_lines(list, lines, block->style, structure_node(list->layout, 0, ROLE_PARAGRAPH, &block->origin), 0,
                   LINE_BODY);
    }
    flow_close_block(list, block->style);
    if (list->items.count == first) {
        return;
    }
    if (lone > 0 && block->kind != BLOCK_HEADING) {
        flow_keep(list, lone - 1, lone, PAGE_END_HEADING); /* two lines at least with a heading */
    }
    FlowItem *last = &list->items.items[list->items.count - 1];
    if (block->style->keep_with_next) {
        flow_keep(list, list->items.count - 1, list->items.count, PAGE_END_HEADING);
    } else if (after_heading && list->items.count - first == 1 && last->penalty == 0) {
        last->penalty = SHORTFALL(200); /* all that stands under its heading: a second line would be welcome */
        last->keep = PAGE_END_HEADING;
        list->lone = list->items.count;
    }
}
