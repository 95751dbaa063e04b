/* Tables: slots -> a grid with spans -> column widths -> row heights -> strips; placed after pagination. Private to
 * layout/. */
#ifndef GONGKAI_LAYOUT_TABLE_INT_H
#define GONGKAI_LAYOUT_TABLE_INT_H

#include "layout/flow_int.h"

typedef enum GridRowKind { GRID_ONCE, GRID_HEAD, GRID_BODY, GRID_TOTAL } GridRowKind;

typedef struct GridCell {
    const Cell *cell; /* NULL: nothing stands there */
    uint32_t row, col, row_span, col_span;
    const ParagraphStyle *style;
    bool header;   /* of columns or of rows */
    bool label;    /* merged over the rows of a group: shown again after a page break */
    bool in_first; /* a label too tall to be shown twice: its text belongs to its first row */
    bool shown;    /* a label that stands on a page already */
    LineList lines;
    Length text_height; /* em box of the first line to that of the last */
    NodeId node;
} GridCell;

typedef struct GridRow {
    GridRowKind kind;
    Length height;
    size_t first_strip, strip_count;
    bool cut; /* taller than a page body: one strip a line of text */
    const Origin *origin;
} GridRow;

/* A part of the grid that no page break parts. */
typedef struct TableStrip {
    size_t first_row, row_count; /* more than one row: the head */
    size_t line;                 /* of a cut row: which of its lines */
    Length text_top;             /* of a cut row: from the strip's top to the line's em box */
    Length height;
} TableStrip;

struct TableBox {
    Layout *layout;
    const Table *table;
    const Block *block;
    size_t index;                    /* of the document's tables */
    ParagraphStyle head[5], body[5]; /* by Align, at the size that fits */
    Length measure, limit;           /* of the page body the table stands in */
    /* the grid */
    size_t columns, row_count, cell_count;
    GridRow *rows;
    GridCell *cells;
    uint32_t *owner;               /* row_count * columns: the cell that covers the place */
    size_t head_first, head_count; /* rows; once rows stand before, body rows after, then totals */
    size_t total_first;
    size_t depth;    /* of the groups: columns that hold merged labels */
    Length *edges;   /* columns + 1: x of the column boundaries; the last is the measure */
    Length *point_x; /* columns: of ALIGN_DECIMAL, where the point stands from the column's left edge */
    /* strips */
    TableStrip *strips;
    size_t strip_count;
    Length *strip_y; /* strip_count + 1: as if all stood on one endless page */
    size_t head_strip;
    /* captions and leads */
    LineBox *opening;
    size_t opening_count;
    Length opening_height;
    LineBox *repeat; /* on the next pages */
    size_t repeat_count;
    Length repeat_height;
    NodeId node;
    size_t target;
};

/* table.c: measures all tables of the document, in order; shared widths are found once for each kind. Returns one box
 * for each table block, in the order of the blocks. */
TableBox **table_measure_all(Layout *layout);
/* What stands again on a page that opens with `strip`: caption, leads and the head. */
Length table_repeat_height(const TableBox *box, size_t strip);

/* table_grid.c */
void table_grid_build(TableBox *box);
static inline GridCell *table_cell_at(const TableBox *box, size_t row, size_t col)
{
    return &box->cells[box->owner[row * box->columns + col]];
}

/* table_columns.c: the widths of all tables of one kind. */
void table_columns_choose(Layout *layout, TableBox **boxes, size_t count);

/* What a column needs; widths with paddings and rules. */
typedef struct ColumnNeed {
    Length least;   /* cannot be narrower: an amount, a word */
    Length decent;  /* should not be narrower */
    Length natural; /* wider brings nothing */
    Length most;    /* bound of the declaration; 0: none */
    int share;
    bool amount; /* ALIGN_DECIMAL: like columns get like widths */
} ColumnNeed;

/* How many lines a cell takes at a width: widths[n] is the least at which it takes no more than n + 1. */
typedef struct CellFit {
    const Length *widths; /* falling */
    uint32_t count;       /* 0: an empty cell */
    uint32_t span;        /* the rows that share the lines */
    uint32_t least;       /* lines at any width */
    Length natural;       /* of the text on one line */
    Length unbreakable;   /* of its widest piece */
} CellFit;

/* table_pieces.c. Without `lines` only natural and unbreakable. */
CellFit table_cell_fit(Layout *layout, const GridCell *cell, bool lines, Arena *arena);
uint32_t table_fit_lines(const CellFit *fit, Length width);

/* What decides over heights: the cells of a sample of rows. */
typedef struct RowSample {
    const CellFit *cells; /* rows * columns */
    size_t rows;
    Length padding; /* of a column */
} RowSample;

/* table_widths.c: widths that sum to `measure` exactly, none under its least, with the fewest lines in the sample's
 * rows. The sum of the leasts must not be over the measure. */
void table_widths_solve(const ColumnNeed *needs, size_t columns, const RowSample *sample, Length measure,
                        Length *widths);

/* table_search.c: moves room between columns, each within its bounds, until the rows of the sample take the fewest
 * lines. `widths`: where it begins, and ends; their sum stays. */
void table_widths_search(const RowSample *sample, size_t columns, const Length *low, const Length *high, Length measure,
                         Length *widths);

/* table_rows.c: sets the cells and finds the heights of rows and the strips. */
void table_rows_measure(TableBox *box);
Length table_lines_height(const ParagraphStyle *style, size_t lines);
Length table_padding_width(const TableStyle *style); /* both sides, with the rule */
Length table_padding_height(const TableStyle *style);

/* table_opening.c: caption and lead lines, first and repeated. */
void table_opening_build(TableBox *box, const FlowList *list);

/* table_structure.c: the nodes of the table and of its cells. */
void table_structure_build(TableBox *box);

/* table_place.c: strips first..last of the table on a page, their grid's top at `top`; what is repeated stands at the
 * page's head already when `continued`. */
void table_place(const Canvas *canvas, TableBox *box, size_t first, size_t last, Length top, bool continued);

/* A row as it stands on a page: for table_place and table_rules. */
typedef struct Band {
    size_t row, strip;
    Length top, bottom;
    bool repeated;
} Band;

/* table_rules.c: the rules of bands that share a page. */
void table_rules_draw(const Canvas *canvas, const TableBox *box, const Band *bands, size_t count);

#endif
