/* A table's grid -> its nodes: THead and TBody, rows, header cells with scope, data cells with their headers. */
#include "layout/table_int.h"

typedef struct Heads {
    NodeId *items;
    size_t count;
} Heads;

/* The header cells over each column, outermost first; shared by all cells of the column. */
static Heads *column_heads(const TableBox *box, Arena *arena)
{
    Heads *heads = arena_array_of(arena, Heads, box->columns);
    for (size_t col = 0; col < box->columns; col++) {
        heads[col].items = arena_array_of(arena, NodeId, box->head_count);
        for (size_t r = 0; r < box->head_count; r++) {
            const GridCell *cell = table_cell_at(box, box->head_first + r, col);
            if (cell->row == box->head_first + r && cell->cell) {
                heads[col].items[heads[col].count++] = cell->node;
            }
        }
    }
    return heads;
}

/* A cell's headers: those of its column, then those of its row that stand before it. */
static void set_headers(const TableBox *box, const GridCell *cell, Heads over)
{
    Layout *layout = box->layout;
    NodeId rows[16];
    size_t row_count = 0;
    for (size_t col = 0; col < cell->col && row_count < sizeof rows / sizeof *rows;) {
        const GridCell *before = table_cell_at(box, cell->row, col);
        if (before->header && before->cell) {
            rows[row_count++] = before->node;
        }
        col = before->col + before->col_span;
    }
    StructNode *node = &layout->nodes.items[cell->node];
    if (row_count == 0) {
        node->headers = over.items;
        node->header_count = over.count;
        return;
    }
    node->headers = arena_array_of(layout->arena, NodeId, over.count + row_count);
    for (size_t i = 0; i < over.count; i++) {
        node->headers[node->header_count++] = over.items[i];
    }
    for (size_t i = 0; i < row_count; i++) {
        node->headers[node->header_count++] = rows[i];
    }
}

static void cell_node(TableBox *box, GridCell *cell, NodeId row)
{
    Layout *layout = box->layout;
    bool header = cell->header && cell->cell;
    cell->node =
        structure_node(layout, row, header ? ROLE_HEADER_CELL : ROLE_DATA_CELL, cell->cell ? cell->cell->origin : NULL);
    StructNode *node = &layout->nodes.items[cell->node];
    node->row_span = (int)cell->row_span;
    node->col_span = (int)cell->col_span;
    if (header) {
        node->scope = box->rows[cell->row].kind == GRID_HEAD ? SCOPE_COLUMN : SCOPE_ROW;
    }
}

static void row_nodes(TableBox *box, size_t row, NodeId parent, const Heads *columns)
{
    NodeId node = structure_node(box->layout, parent, ROLE_TABLE_ROW, box->rows[row].origin);
    for (size_t col = 0; col < box->columns; col++) {
        GridCell *cell = table_cell_at(box, row, col);
        if (cell->row == row && cell->col == col) {
            cell_node(box, cell, node);
            if (box->rows[row].kind != GRID_HEAD) {
                set_headers(box, cell, columns ? columns[col] : (Heads){0});
            }
        }
    }
}

void table_structure_build(TableBox *box)
{
    size_t head_end = box->head_first + box->head_count;
    if (head_end == box->row_count) {
        head_end = 0; /* nothing under the head: a THead never stands without a TBody (ISO 32000-1 14.8.4.3.4) */
    }
    NodeId head = NODE_ARTIFACT, body = NODE_ARTIFACT;
    const Heads *columns = NULL;
    for (size_t row = 0; row < box->row_count; row++) {
        bool in_head = row < head_end;
        if (in_head && head == NODE_ARTIFACT) {
            head = structure_node(box->layout, box->node, ROLE_TABLE_HEAD, NULL);
        } else if (!in_head && body == NODE_ARTIFACT) {
            columns = head == NODE_ARTIFACT ? NULL : column_heads(box, box->layout->arena);
            body = structure_node(box->layout, box->node, ROLE_TABLE_BODY, NULL);
        }
        row_nodes(box, row, in_head ? head : body, columns);
    }
}
