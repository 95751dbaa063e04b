/* The rows of a table that share a page -> their rules: rectangles, collinear pieces merged, none inside a merged cell.
 *
 * An inner rule lies astride its boundary and ends in the middle of the rule it meets, so that no joint has a gap. The
 * outer rules lie inside the table's rectangle: the table closes on the measure exactly. */
#include "layout/table_int.h"

static const GridCell *cell_of(const TableBox *box, const Band *band, size_t col)
{
    return table_cell_at(box, band->row, col);
}

/* One cell covers both bands in this column. */
static bool joined_down(const TableBox *box, const Band *upper, const Band *lower, size_t col)
{
    return cell_of(box, upper, col) == cell_of(box, lower, col);
}

static void draw_frame(const Canvas *canvas, const TableBox *box, Length top, Length bottom)
{
    Length thick = box->table->style->rule_outer, width = box->edges[box->columns];
    canvas_rule(canvas, 0, top, width, thick);
    canvas_rule(canvas, 0, bottom - thick, width, thick);
    canvas_rule(canvas, 0, top, thick, bottom - top);
    canvas_rule(canvas, width - thick, top, thick, bottom - top);
}

static void draw_horizontals(const Canvas *canvas, const TableBox *box, const Band *bands, size_t count)
{
    Length thin = box->table->style->rule_inner;
    for (size_t i = 0; i + 1 < count; i++) {
        size_t from = 0;
        for (size_t col = 0; col <= box->columns; col++) {
            if (col < box->columns && !joined_down(box, &bands[i], &bands[i + 1], col)) {
                continue;
            }
            if (col > from) {
                canvas_rule(canvas, box->edges[from], bands[i].bottom - thin / 2, box->edges[col] - box->edges[from],
                            thin);
            }
            from = col + 1;
        }
    }
}

static void draw_verticals(const Canvas *canvas, const TableBox *box, const Band *bands, size_t count)
{
    Length thin = box->table->style->rule_inner;
    for (size_t col = 1; col < box->columns; col++) {
        size_t from = 0;
        for (size_t i = 0; i <= count; i++) {
            if (i < count && cell_of(box, &bands[i], col - 1) != cell_of(box, &bands[i], col)) {
                continue;
            }
            if (i > from) {
                canvas_rule(canvas, box->edges[col] - thin / 2, bands[from].top, thin,
                            bands[i - 1].bottom - bands[from].top);
            }
            from = i + 1;
        }
    }
}

void table_rules_draw(const Canvas *canvas, const TableBox *box, const Band *bands, size_t count)
{
    if (count == 0) {
        return;
    }
    draw_frame(canvas, box, bands[0].top, bands[count - 1].bottom);
    draw_horizontals(canvas, box, bands, count);
    draw_verticals(canvas, box, bands, count);
}
