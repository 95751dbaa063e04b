/* A table's slots (header tree, once-rows, nested groups, totals) -> rows and cells with spans that cover a grid. */
#include "layout/table_int.h"

typedef struct Builder {
    TableBox *box;
    Arena *arena;
    size_t row;
    ARRAY(GridCell) cells;
} Builder;

static void cell_put(Builder *builder, const Cell *cell, size_t col, size_t row_span, size_t col_span,
                     const ParagraphStyle *style, bool header, bool label)
{
    TableBox *box = builder->box;
    if (col >= box->columns || row_span == 0 || col_span == 0) {
        return;
    }
    col_span = col + col_span > box->columns ? box->columns - col : col_span;
    for (size_t r = 0; r < row_span; r++) {
        for (size_t c = 0; c < col_span; c++) {
            box->owner[(builder->row + r) * box->columns + col + c] = (uint32_t)builder->cells.count;
        }
    }
    *array_push(builder->arena, &builder->cells) = (GridCell){.cell = cell,
                                                              .row = (uint32_t)builder->row,
                                                              .col = (uint32_t)col,
                                                              .row_span = (uint32_t)row_span,
                                                              .col_span = (uint32_t)col_span,
                                                              .style = style,
                                                              .header = header,
                                                              .label = label,
                                                              .node = NODE_ARTIFACT};
}

static void row_open(Builder *builder, GridRowKind kind, const Origin *origin)
{
    builder->box->rows[builder->row].kind = kind;
    builder->box->rows[builder->row].origin = origin;
}

/* ---- header ------------------------------------------------------------------------------------------------------ */

static size_t header_depth(const HeaderCell *cells, size_t count)
{
    size_t depth = 0;
    for (size_t i = 0; i < count; i++) {
        size_t below = 1 + header_depth(cells[i].children, cells[i].count);
        depth = below > depth ? below : depth;
    }
    return depth;
}

static size_t header_leaves(const HeaderCell *cell)
{
    size_t leaves = cell->count == 0;
    for (size_t i = 0; i < cell->count; i++) {
        leaves += header_leaves(&cell->children[i]);
    }
    return leaves;
}

/* Heads are centred unless their style or the cell says otherwise. */
static const ParagraphStyle *head_style(const TableBox *box, const Cell *cell)
{
    Align align = cell->has_align ? cell->align : box->table->style->head->align;
    return &box->head[align == ALIGN_LEFT || align == ALIGN_RIGHT ? align : ALIGN_CENTER];
}

static void header_put(Builder *builder, const HeaderCell *cells, size_t count, size_t col, size_t rows_left)
{
    for (size_t i = 0; i < count; i++) {
        const HeaderCell *cell = &cells[i];
        size_t leaves = header_leaves(cell);
        bool leaf = cell->count == 0;
        cell_put(builder, &cell->cell, col, leaf ? rows_left : 1, leaves, head_style(builder->box, &cell->cell), true,
                 false);
        if (!leaf) {
            builder->row++;
            header_put(builder, cell->children, cell->count, col, rows_left - 1);
            builder->row--;
        }
        col += leaves;
    }
}

/* ---- body -------------------------------------------------------------------------------------------------------- */

static const ParagraphStyle *body_style(const TableBox *box, const Cell *cell, size_t col)
{
    Align align = cell->has_align ? cell->align : box->table->columns[col].align;
    return &box->body[align];
}

/* Cells from column `first` on. A total with too few cells lets its first one reach over the columns before the others.
 */
static void row_put(Builder *builder, const Row *row, size_t first, bool total)
{
    const TableBox *box = builder->box;
    row_open(builder, total ? GRID_TOTAL : GRID_BODY, &row->origin);
    size_t room = box->columns - first, col = first;
    for (size_t i = 0; i < row->count && col < box->columns; i++) {
        size_t span = i == 0 && (total || row->kind == ROW_TOTAL) && row->count < room ? room - row->count + 1 : 1;
        const Cell *cell = &row->cells[i];
        bool header = box->table->columns[col].row_head || span > 1 || (i == 0 && (total || row->kind == ROW_TOTAL));
        cell_put(builder, cell, col, 1, span, body_style(box, cell, col), header, false);
        col += span;
    }
    builder->row++;
}

static size_t group_rows(const RowGroup *group, bool root)
{
    size_t rows = group->row_count;
    for (size_t i = 0; i < group->group_count; i++) {
        rows += group_rows(&group->groups[i], false);
    }
    return rows == 0 && !root ? 1 : rows; /* a label without rows still stands */
}

/* `depth`: labels before the group's own. */
static void group_put(Builder *builder, const RowGroup *group, size_t depth, bool root)
{
    TableBox *box = builder->box;
    size_t end = builder->row + group_rows(group, root);
    bool labelled = group->label && depth < box->columns;
    if (labelled) {
        cell_put(builder, group->label, depth, end - builder->row, 1, body_style(box, group->label, depth), true, true);
        box->depth = depth + 1 > box->depth ? depth + 1 : box->depth;
    }
    size_t inner = depth + labelled;
    for (size_t i = 0; i < group->group_count; i++) {
        group_put(builder, &group->groups[i], inner, false);
    }
    for (size_t i = 0; i < group->row_count; i++) {
        row_put(builder, &group->rows[i], inner, false);
    }
    while (builder->row < end) {
        row_open(builder, GRID_BODY, NULL);
        builder->row++;
    }
}

/* In a table of one column the label stands over the text. */
static void once_put(Builder *builder, const OnceRow *once)
{
    TableBox *box = builder->box;
    row_open(builder, GRID_ONCE, once->text.origin);
    Align label = once->label.has_align ? once->label.align : ALIGN_CENTER;
    Align text = once->text.has_align ? once->text.align : ALIGN_JUSTIFY;
    cell_put(builder, &once->label, 0, 1, 1, &box->body[label], true, false);
    if (box->columns == 1) {
        builder->row++;
        row_open(builder, GRID_ONCE, once->text.origin);
    }
    cell_put(builder, &once->text, box->columns == 1 ? 0 : 1, 1, box->columns, &box->body[text], false, false);
    builder->row++;
}

/* Places no slot reaches get an empty cell: every row has all its columns. */
static void fill_holes(Builder *builder)
{
    TableBox *box = builder->box;
    for (builder->row = 0; builder->row < box->row_count; builder->row++) {
        for (size_t col = 0; col < box->columns; col++) {
            if (box->owner[builder->row * box->columns + col] == UINT32_MAX) {
                cell_put(builder, NULL, col, 1, 1, &box->body[ALIGN_LEFT], false, false);
            }
        }
    }
}

void table_grid_build(TableBox *box)
{
    const Table *table = box->table;
    Arena *arena = box->layout->arena;
    box->columns = table->column_count;
    size_t once_rows = table->once_count * (box->columns == 1 ? 2 : 1);
    box->head_first = once_rows;
    box->head_count = header_depth(table->header, table->header_count);
    box->total_first = once_rows + box->head_count + group_rows(&table->body, true);
    box->row_count = box->columns == 0 ? 0 : box->total_first + table->total_count;
    if (box->columns == 0) {
        box->head_first = box->head_count = box->total_first = 0;
        return;
    }
    box->rows = arena_array_of(arena, GridRow, box->row_count);
    box->owner = arena_alloc_array(arena, box->row_count, box->columns * sizeof *box->owner);
    for (size_t i = 0; i < box->row_count * box->columns; i++) {
        box->owner[i] = UINT32_MAX;
    }
    Builder builder = {.box = box, .arena = arena};
    for (size_t i = 0; i < table->once_count; i++) {
        once_put(&builder, &table->once[i]);
    }
    header_put(&builder, table->header, table->header_count, 0, box->head_count);
    for (size_t i = 0; i < box->head_count; i++) {
        row_open(&builder, GRID_HEAD, NULL);
        builder.row++;
    }
    group_put(&builder, &table->body, 0, true);
    for (size_t i = 0; i < table->total_count; i++) {
        row_put(&builder, &table->totals[i], 0, true);
    }
    fill_holes(&builder);
    box->cells = builder.cells.items;
    box->cell_count = builder.cells.count;
}
