/* A table's caption and lead lines -> the boxes over it, on its first page and, continued, on the next ones. */
#include <string.h>

#include "layout/table_int.h"

typedef ARRAY(LineBox) LineBoxes;

static InlineList with_words(Arena *arena, const InlineList *text, const char *words)
{
    InlineList list = {.items = arena_array_of(arena, Inline, text->count + 1)};
    for (size_t i = 0; i < text->count; i++) {
        list.items[list.count++] = text->items[i];
    }
    list.items[list.count++] = (Inline){.kind = INLINE_TEXT, .text = words, .len = strlen(words)};
    return list;
}

static const ParagraphStyle *aligned(Arena *arena, const ParagraphStyle *base, Align align)
{
    ParagraphStyle *style = arena_copy(arena, base, sizeof *base);
    style->align = align;
    return style;
}

static void put_lines(TableBox *box, const FlowList *list, LineBoxes *boxes, const InlineList *text,
                      const ParagraphStyle *style, NodeId node)
{
    LineList lines = paragraph_set(box->layout, text, style, list->measure);
    for (size_t i = 0; i < lines.count; i++) {
        LineBox line = line_box(box->layout->arena, list, style, &lines.items[i], 1, 0, node);
        line.lines->part = LINE_CAPTION;
        line.lines->first = i == 0;
        *array_push(box->layout->arena, boxes) = line;
    }
}

/* A line with a left and a right end; each wraps within its own half when both are long. */
static LineBox lead_box(TableBox *box, const FlowList *list, const LeadLine *lead, NodeId left_node, NodeId right_node)
{
    Arena *arena = box->layout->arena;
    const ParagraphStyle *base = box->table->style->lead;
    Length left = 0, right = 0, word, gap = 2 * base->size;
    if (lead->left.count > 0) {
        paragraph_widths(box->layout, &lead->left, base, &left, &word);
    }
    if (lead->right.count > 0) {
        paragraph_widths(box->layout, &lead->right, base, &right, &word);
    }
    Length right_room = right == 0 ? 0 : right;
    if (left + gap + right > list->measure && right > list->measure / 2) {
        right_room = left + gap < list->measure / 2 ? list->measure - left - gap : list->measure / 2;
    }
    Length left_room = list->measure - (right_room > 0 ? right_room + gap : 0);
    LineBox all = {0};
    if (lead->left.count > 0) {
        const ParagraphStyle *style = aligned(arena, base, ALIGN_LEFT);
        LineList lines = paragraph_set(box->layout, &lead->left, style, left_room);
        all = line_box(arena, list, style, lines.items, lines.count, 0, left_node);
    }
    if (lead->right.count > 0) {
        const ParagraphStyle *style = aligned(arena, base, ALIGN_RIGHT);
        LineList lines = paragraph_set(box->layout, &lead->right, style, right_room);
        LineBox end = line_box(arena, list, style, lines.items, lines.count, list->measure - right_room, right_node);
        LineBox both = end.height > all.height ? end : all;
        both.lines = arena_array_of(arena, PlacedLine, all.count + end.count);
        both.count = 0;
        for (size_t i = 0; i < all.count; i++) {
            both.lines[both.count++] = all.lines[i];
        }
        for (size_t i = 0; i < end.count; i++) {
            both.lines[both.count++] = end.lines[i];
        }
        all = both;
    }
    for (size_t i = 0; i < all.count; i++) {
        all.lines[i].part = LINE_CAPTION;
        all.lines[i].measure = list->measure - all.lines[i].x;
    }
    return all;
}

static void put_leads(TableBox *box, const FlowList *list, LineBoxes *boxes, NodeId parent, bool repeated)
{
    Layout *layout = box->layout;
    for (size_t i = 0; i < box->table->lead_count; i++) {
        const LeadLine *lead = &box->table->leads[i];
        NodeId left = NODE_ARTIFACT, right = NODE_ARTIFACT;
        if (!repeated && lead->left.count > 0) {
            left = structure_node(layout, parent, ROLE_PARAGRAPH, NULL);
        }
        if (!repeated && lead->right.count > 0) {
            right = structure_node(layout, parent, ROLE_PARAGRAPH, NULL);
        }
        if (lead->left.count + lead->right.count > 0) {
            *array_push(layout->arena, boxes) = lead_box(box, list, lead, left, right);
        }
    }
}

/* The table's node is made here: the caption is its first child, and without a caption the leads stand before it. With
 * leads the caption's own text is a paragraph of the caption like them. */
static void put_first(TableBox *box, const FlowList *list, LineBoxes *boxes)
{
    Layout *layout = box->layout;
    const Table *table = box->table;
    if (table->caption.count == 0) {
        put_leads(box, list, boxes, 0, false);
        box->node = structure_node(layout, 0, ROLE_TABLE, &box->block->origin);
        return;
    }
    box->node = structure_node(layout, 0, ROLE_TABLE, &box->block->origin);
    NodeId caption = structure_node(layout, box->node, ROLE_CAPTION, NULL), text = caption;
    if (table->lead_count > 0) {
        text = structure_node(layout, caption, ROLE_PARAGRAPH, NULL);
    }
    put_lines(box, list, boxes, &table->caption, table->style->caption, text);
    put_leads(box, list, boxes, caption, false);
    if (table->bookmark) {
        box->target = structure_bookmark(layout, table->level, &table->caption, box->node);
    }
}

static void put_repeat(TableBox *box, const FlowList *list, LineBoxes *boxes)
{
    Arena *arena = box->layout->arena;
    const TableStyle *style = box->table->style;
    if (box->table->caption.count > 0 && style->continued) {
        InlineList text = with_words(arena, &box->table->caption, style->continued);
        put_lines(box, list, boxes, &text, style->caption, NODE_ARTIFACT);
    } else if (box->table->caption.count == 0 && style->continued_bare) {
        InlineList none = {0}, text = with_words(arena, &none, style->continued_bare);
        put_lines(box, list, boxes, &text, aligned(arena, style->lead, ALIGN_RIGHT), NODE_ARTIFACT);
    }
    put_leads(box, list, boxes, 0, true);
}

void table_opening_build(TableBox *box, const FlowList *list)
{
    LineBoxes first = {0}, repeat = {0};
    put_first(box, list, &first);
    if (box->target == NO_TARGET) {
        box->target = structure_target(box->layout, box->node); /* for page references */
    }
    put_repeat(box, list, &repeat);
    box->opening = first.items;
    box->opening_count = first.count;
    box->repeat = repeat.items;
    box->repeat_count = repeat.count;
    box->opening_height = box->repeat_height = 0;
    for (size_t i = 0; i < first.count; i++) {
        box->opening_height += first.items[i].height;
    }
    for (size_t i = 0; i < repeat.count; i++) {
        box->repeat_height += repeat.items[i].height;
    }
}
