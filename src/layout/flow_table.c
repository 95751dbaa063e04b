/* A table -> items of the vertical list, with the costs of breaking between its strips. */
#include "layout/table_int.h"

/* What a break inside costs: moving all to the next page is better while it leaves less than that of a page empty. */
#define KEEP_TABLE PENALTY_WISH
#define KEEP_GROUP (SHORTFALL(333) + 2 * SHORTFALL(333 - 167) - KEEP_TABLE)
#define KEEP_INNER SHORTFALL(140)
#define KEEP_PAIR  SHORTFALL(120) /* a first row alone under the head */
#define KEEP_CUT   SHORTFALL(150) /* between the lines of a row */

static Length rows_height(const TableBox *box, size_t first, size_t count)
{
    const GridRow *top = &box->rows[first], *last = &box->rows[first + count - 1];
    return box->strip_y[last->first_strip + last->strip_count] - box->strip_y[top->first_strip];
}

/* What a break costs, and for what. */
typedef struct Keep {
    int64_t penalty;
    PageEnd why;
} Keep;

/* A break between the lines of a row that no page holds. */
static Keep cut_keep(const TableBox *box, size_t strip)
{
    const GridRow *row = &box->rows[box->strips[strip].first_row];
    size_t at = strip - row->first_strip;
    bool lonely = row->strip_count > 3 && (at == 0 || at + 2 == row->strip_count);
    return (Keep){lonely ? PENALTY_NEVER : KEEP_CUT, PAGE_END_ROW};
}

/* The rows that stand under the head on the first page: the first group, or the first row, where all from the caption
 * to the group's end would take more than a third of the page. */
static size_t opening_end(const TableBox *box)
{
    size_t first = box->head_first + box->head_count;
    if (first >= box->row_count) {
        return first;
    }
    const GridCell *group = table_cell_at(box, first, 0);
    if (!group->label || box->opening_height + rows_height(box, 0, group->row + group->row_span) > box->limit / 3) {
        return first + 1;
    }
    return first + group->row_span;
}

/* A break between `row` and the next, both in the body. */
static Keep row_keep(const TableBox *box, size_t row)
{
    size_t first = box->head_first + box->head_count;
    if (row + 1 < opening_end(box)) {
        return (Keep){PENALTY_NEVER, PAGE_END_OPENING};
    }
    bool last = row + 2 == box->total_first && box->total_first == box->row_count;
    if (last && box->total_first - first > 2) {
        return (Keep){PENALTY_NEVER, PAGE_END_LAST_ROW};
    }
    Keep keep = {0, PAGE_END_FULL};
    if (box->strip_y[box->strip_count] + box->opening_height <= box->limit) {
        keep = (Keep){KEEP_TABLE, PAGE_END_TABLE};
    }
    if (row == first) {
        keep.penalty += KEEP_PAIR;
        keep.why = PAGE_END_OPENING;
    }
    for (size_t d = 0; d < box->depth; d++) {
        const GridCell *label = table_cell_at(box, row, d);
        if (!label->label || label != table_cell_at(box, row + 1, d)) {
            break;
        }
        if (rows_height(box, label->row, label->row_span) <= box->limit) {
            keep.penalty += d == 0 ? KEEP_GROUP : KEEP_INNER;
            keep.why = PAGE_END_GROUP;
        }
    }
    return keep;
}

static Keep strip_keep(const TableBox *box, size_t strip)
{
    if (strip + 1 == box->strip_count) {
        return box->table->note_count > 0 ? (Keep){PENALTY_NEVER, PAGE_END_LAST_ROW} : (Keep){0, PAGE_END_FULL};
    }
    if (strip == box->head_strip) {
        return (Keep){PENALTY_IMPOSSIBLE, PAGE_END_OPENING}; /* a head never stands alone */
    }
    size_t row = box->strips[strip].first_row, next = box->strips[strip + 1].first_row;
    if (row == next) {
        return cut_keep(box, strip);
    }
    if (box->rows[next].kind == GRID_TOTAL) {
        return (Keep){PENALTY_NEVER, PAGE_END_LAST_ROW};
    }
    return box->rows[row].kind == GRID_ONCE ? (Keep){PENALTY_NEVER, PAGE_END_OPENING} : row_keep(box, row);
}

static void flow_strips(FlowList *list, TableBox *box)
{
    for (size_t i = 0; i < box->strip_count; i++) {
        FlowItem *item = flow_push(list, FLOW_STRIP);
        item->table = box;
        item->strip = i;
        item->box.height = box->strips[i].height;
        Keep keep = strip_keep(box, i);
        item->penalty = keep.penalty;
        item->keep = keep.why;
    }
}

static void flow_notes(FlowList *list, const TableBox *box)
{
    const ParagraphStyle *style = box->table->style->note;
    for (size_t i = 0; i < box->table->note_count; i++) {
        LineList lines = paragraph_set(list->layout, &box->table->notes[i], style, list->measure);
        flow_lines(list, lines, style, structure_node(list->layout, 0, ROLE_PARAGRAPH, NULL), 0, LINE_NOTE);
    }
}

void flow_table(FlowList *list, TableBox *box)
{
    const Table *table = box->table;
    const ParagraphStyle *opener = table->caption.count > 0 ? table->style->caption : table->style->lead;
    if (list->lone > 0) {
        flow_keep(list, list->lone - 1, list->lone, PAGE_END_HEADING);
        list->lone = 0;
    }
    flow_open_block(list, opener);
    size_t first = list->items.count;
    table_opening_build(box, list);
    table_rows_measure(box);
    table_structure_build(box);
    for (size_t i = 0; i < box->opening_count; i++) {
        FlowItem *item = flow_push(list, FLOW_LINES);
        item->box = box->opening[i];
        item->penalty = PENALTY_NEVER;
        item->keep = PAGE_END_OPENING;
    }
    flow_strips(list, box);
    flow_notes(list, box);
    if (first < list->items.count) {
        list->items.items[first].target = box->target;
    }
    list->pending = 0;
    list->after_table = true;
    list->after_heading = false;
}
