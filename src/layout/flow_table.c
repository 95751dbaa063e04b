/* A table -> items of the vertical list, with the costs of breaking between its strips. */
#include "layout/table_int.h"

/* What a break inside costs: moving all to the next page is better while it leaves less than that of a page empty. */
#define KEEP_TABLE SHORTFALL(200)
#define KEEP_GROUP SHORTFALL(333)
#define KEEP_INNER SHORTFALL(140)
#define KEEP_PAIR  SHORTFALL(120) /* a first row alone under the head */
#define KEEP_CUT   SHORTFALL(150) /* between the lines of a row */

static Length rows_height(const TableBox *box, size_t first, size_t count)
{
    const GridRow *top = &box->rows[first], *last = &box->rows[first + count - 1];
    return box->strip_y[last->first_strip + last->strip_count] - box->strip_y[top->first_strip];
}

/* A break between the lines of a row that no page holds. */
static int64_t cut_penalty(const TableBox *box, size_t strip)
{
    const GridRow *row = &box->rows[box->strips[strip].first_row];
    size_t at = strip - row->first_strip;
    bool lonely = row->strip_count > 3 && (at == 0 || at + 2 == row->strip_count);
    return lonely ? PENALTY_NEVER : KEEP_CUT;
}

/* A break between `row` and the next, both in the body. */
static int64_t row_penalty(const TableBox *box, size_t row)
{
    size_t first = box->head_first + box->head_count;
    int64_t penalty = box->strip_y[box->strip_count] <= box->limit ? KEEP_TABLE : 0;
    for (size_t d = 0; d < box->depth; d++) {
        const GridCell *label = table_cell_at(box, row, d);
        if (!label->label || label != table_cell_at(box, row + 1, d)) {
            break;
        }
        bool fits = rows_height(box, label->row, label->row_span) <= box->limit;
        penalty += !fits ? 0 : d == 0 ? KEEP_GROUP : KEEP_INNER;
    }
    /* the head keeps with the first group, or with the first row when the group is long */
    const GridCell *group = table_cell_at(box, first, 0);
    if (group->label && row + 1 < group->row + group->row_span &&
        rows_height(box, group->row, group->row_span) <= box->limit / 3) {
        return PENALTY_NEVER;
    }
    bool last = row + 2 == box->total_first && box->total_first == box->row_count;
    if (last && box->total_first - first > 2) {
        return PENALTY_NEVER; /* a last row is not carried over alone */
    }
    return penalty + (row == first ? KEEP_PAIR : 0);
}

static int64_t strip_penalty(const TableBox *box, size_t strip)
{
    if (strip + 1 == box->strip_count) {
        return box->table->note_count > 0 ? PENALTY_NEVER : 0;
    }
    if (strip == box->head_strip) {
        return PENALTY_IMPOSSIBLE; /* a head never stands alone */
    }
    size_t row = box->strips[strip].first_row, next = box->strips[strip + 1].first_row;
    if (row == next) {
        return cut_penalty(box, strip);
    }
    if (box->rows[row].kind == GRID_ONCE || box->rows[next].kind == GRID_TOTAL) {
        return PENALTY_NEVER;
    }
    return row_penalty(box, row);
}

static void flow_strips(FlowList *list, TableBox *box)
{
    for (size_t i = 0; i < box->strip_count; i++) {
        FlowItem *item = flow_push(list, FLOW_STRIP);
        item->table = box;
        item->strip = i;
        item->box.height = box->strips[i].height;
        item->penalty = strip_penalty(box, i);
    }
}

static void flow_notes(FlowList *list, const TableBox *box)
{
    const ParagraphStyle *style = box->table->style->note;
    for (size_t i = 0; i < box->table->note_count; i++) {
        LineList lines = paragraph_set(list->layout, &box->table->notes[i], style, list->measure);
        flow_lines(list, lines, style, structure_node(list->layout, 0, ROLE_PARAGRAPH, NULL), 0);
    }
}

void flow_table(FlowList *list, TableBox *box)
{
    const Table *table = box->table;
    const ParagraphStyle *opener = table->caption.count > 0 ? table->style->caption : table->style->lead;
    flow_open_block(list, opener);
    size_t first = list->items.count;
    table_opening_build(box, list);
    table_rows_measure(box);
    table_structure_build(box);
    for (size_t i = 0; i < box->opening_count; i++) {
        FlowItem *item = flow_push(list, FLOW_LINES);
        item->box = box->opening[i];
        item->penalty = PENALTY_NEVER;
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
