/* The strips of a table that share a page -> the text of its cells, with merged labels shown again, and its rules. */
#include "layout/table_int.h"

typedef struct Part {
    const Canvas *canvas;
    TableBox *box;
    const Band *bands;
    size_t count;
    size_t end; /* strip after the last of the page */
    PageTable *fact;
} Part;

/* Lines from..end of the cell, the first one's em box at `top`. */
static void place_lines(const Part *part, const GridCell *cell, size_t from, size_t end, Length top, NodeId node)
{
    const TableBox *box = part->box;
    const ParagraphStyle *style = cell->style;
    Length pitch = style->pitch > style->size ? style->pitch : style->size;
    Length padding = table_padding_width(box->table->style);
    Length left = box->edges[cell->col], inner = box->edges[cell->col + cell->col_span] - left - padding;
    for (size_t i = from; i < end && i < cell->lines.count; i++) {
        const Line *line = &cell->lines.items[i];
        Length x = left + padding / 2, shift = 0;
        if (style->align == ALIGN_DECIMAL && cell->col_span == 1) {
            /* the point to its place, but never out of the cell */
            Length most = inner - line->width;
            shift = left + box->point_x[cell->col] - line->decimal_x - x;
            shift = shift < most ? shift : most;
            shift = (shift > 0 ? shift : 0) - line->x;
        }
        PlacedLine placed = {.line = line,
                             .x = x,
                             .y = (Length)(i - from) * pitch + em_ascent(style->size),
                             .measure = inner,
                             .part = LINE_CELL,
                             .first = i == 0,
                             .justified = style->align == ALIGN_JUSTIFY};
        canvas_placed(part->canvas, &placed, shift, top, node);
    }
}

static bool in_one_row(const GridCell *cell)
{
    return cell->row_span == 1 || cell->in_first;
}

/* A label over bands first..end of this page. It stands in the middle of its part; where a part cannot hold it (which
 * pagination avoids) it waits for the next one. The second showing is no part of the structure. */
static void place_label(const Part *part, GridCell *cell, size_t first, size_t end)
{
    const Band *bands = part->bands;
    Length height = bands[end - 1].bottom - bands[first].top;
    const GridRow *last = &part->box->rows[cell->row + cell->row_span - 1];
    bool more = !bands[first].repeated && last->first_strip + last->strip_count > part->end;
    if (height < cell->text_height && (more || cell->shown)) {
        part->fact->lost++;
        return;
    }
    bool again = bands[first].repeated || cell->shown;
    cell->shown = true;
    Length top = bands[first].top + (height - cell->text_height) / 2;
    place_lines(part, cell, 0, cell->lines.count, top, again ? NODE_ARTIFACT : cell->node);
}

static void place_cell(const Part *part, GridCell *cell, size_t at)
{
    const Band *band = &part->bands[at];
    const TableBox *box = part->box;
    if (in_one_row(cell)) {
        if (cell->row != band->row) {
            return;
        }
        NodeId node = band->repeated ? NODE_ARTIFACT : cell->node;
        if (box->rows[band->row].cut) {
            const TableStrip *strip = &box->strips[band->strip];
            place_lines(part, cell, strip->line, strip->line + 1, band->top + strip->text_top, node);
        } else {
            Length top = band->top + (band->bottom - band->top - cell->text_height) / 2;
            place_lines(part, cell, 0, cell->lines.count, top, node);
        }
        return;
    }
    size_t end = at + 1;
    while (end < part->count && table_cell_at(box, part->bands[end].row, cell->col) == cell) {
        end++;
    }
    place_label(part, cell, at, end);
}

/* The bands of one row on this page: several where it is cut. */
static size_t row_end(const Part *part, size_t first)
{
    size_t end = first + 1;
    while (end < part->count && part->bands[end].row == part->bands[first].row) {
        end++;
    }
    return end;
}

/* Cell by cell, as the tree has them: a cell that is cut shows all its lines of this page before the next begins. */
static void place_cells(const Part *part)
{
    for (size_t first = 0, end; first < part->count; first = end) {
        size_t row = part->bands[first].row;
        end = row_end(part, first);
        for (size_t col = 0; col < part->box->columns; col++) {
            GridCell *cell = table_cell_at(part->box, row, col);
            if (cell->col != col || cell->lines.count == 0) {
                continue;
            }
            bool above = first > 0 && table_cell_at(part->box, part->bands[first - 1].row, col) == cell;
            if (in_one_row(cell)) {
                for (size_t i = first; i < end; i++) {
                    place_cell(part, cell, i);
                }
            } else if (!above) {
                place_cell(part, cell, first);
            }
        }
    }
}

/* The bands of one strip; returns where it ends. */
static Length strip_bands(const TableBox *box, size_t strip, Length top, bool repeated, Band *bands, size_t *count)
{
    const TableStrip *at = &box->strips[strip];
    for (size_t r = 0; r < at->row_count; r++) {
        Length height = at->row_count > 1 ? box->rows[at->first_row + r].height : at->height;
        bands[(*count)++] =
            (Band){.row = at->first_row + r, .strip = strip, .top = top, .bottom = top + height, .repeated = repeated};
        top += height;
    }
    return top;
}

static PageTable *fact_new(const Canvas *canvas, const TableBox *box)
{
    Layout *layout = canvas->layout;
    PageTable *fact = array_push(layout->arena, &layout->tables);
    *fact = (PageTable){.page = (uint32_t)layout->page_array.count,
                        .table = (uint32_t)box->index,
                        .caption = inline_list_text(&box->table->caption, layout->arena),
                        .row_count = (uint32_t)(box->row_count - box->head_first - box->head_count)};
    return fact;
}

/* Which rows stand here; a row that is cut is where its first line is. */
static void fact_rows(const Part *part)
{
    const TableBox *box = part->box;
    PageTable *fact = part->fact;
    size_t body = box->head_first + box->head_count;
    bool any = false;
    fact->headed = box->head_count == 0;
    for (size_t i = 0; i < part->count; i++) {
        size_t row = part->bands[i].row;
        fact->headed = fact->headed || box->rows[row].kind == GRID_HEAD;
        if (row < body) {
            continue;
        }
        if (!any) {
            fact->first_row = (uint32_t)(row - body);
            fact->total_first = box->rows[row].kind == GRID_TOTAL;
            any = true;
        }
        fact->end_row = (uint32_t)(row - body + 1);
    }
}

void table_place(const Canvas *canvas, TableBox *box, size_t first, size_t last, Length top, bool continued)
{
    Arena *scratch = arena_new();
    Band *bands = arena_array_of(scratch, Band, last - first + 1 + 2 * box->head_count);
    size_t count = 0;
    if (continued && first > box->head_strip) {
        strip_bands(box, box->head_strip, top - box->strips[box->head_strip].height, true, bands, &count);
    }
    for (size_t strip = first; strip <= last; strip++) {
        top = strip_bands(box, strip, top, false, bands, &count);
    }
    Part part = {
        .canvas = canvas, .box = box, .bands = bands, .count = count, .end = last + 1, .fact = fact_new(canvas, box)};
    fact_rows(&part);
    place_cells(&part);
    table_rules_draw(canvas, box, bands, count);
    arena_free(scratch);
}
