/* The cells of all tables of one kind -> what each column needs -> one set of column widths, at a size that fits. */
#include <string.h>

#include "layout/stable_int.h"
#include "layout/table_int.h"

#define SAMPLE_ROWS 256 /* enough to tell what decides over heights; bounds the time */

typedef struct Measure {
    Layout *layout;
    TableBox **boxes;
    size_t count, columns;
    ColumnNeed *needs;
    Length *before, *after;  /* amounts of the column: the widest before and after the point */
    const GridCell **widest; /* the cell that decides over `least` */
    Length padding;
    Arena *scratch;
    size_t stride;         /* each so manieth row is in the sample */
    size_t row;            /* of all tables */
    ARRAY(CellFit) sample; /* rows * columns */
} Measure;

/* An amount: one word in a column that aligns on the point. */
static bool amount_widths(Measure *measure, const GridCell *cell, const CellFit *fit, Length *before, Length *after)
{
    if (cell->style->align != ALIGN_DECIMAL || cell->col_span > 1 || cell->cell == NULL || cell->cell->count != 1 ||
        fit->natural != fit->unbreakable || fit->natural == 0) {
        return false;
    }
    LineList lines =
        paragraph_set(measure->layout, &cell->cell->paragraphs[0], cell->style, measure->boxes[0]->measure);
    if (lines.count != 1) {
        return false;
    }
    *before = lines.items[0].decimal_x;
    *after = lines.items[0].width - lines.items[0].decimal_x;
    return true;
}

static Length at_most(Length a, Length b)
{
    return a < b ? a : b;
}

static void raise(Length *a, Length b)
{
    *a = *a > b ? *a : b;
}

/* A cell in one column. Words of a head are not set one character a line: two at least. */
static void need_of_cell(Measure *measure, const GridCell *cell, const CellFit *fit)
{
    ColumnNeed *need = &measure->needs[cell->col];
    Length size = cell->style->size, least = fit->unbreakable;
    if (cell->header) {
        raise(&least, at_most(fit->natural, 2 * size));
    }
    if (least + measure->padding > need->least) {
        need->least = least + measure->padding;
        measure->widest[cell->col] = cell;
    }
    raise(&need->decent, at_most(fit->natural, 4 * size) + measure->padding);
    raise(&need->natural, fit->natural + measure->padding);
}

/* A cell over several columns: what they lack is shared out among them. */
static void need_of_span(Measure *measure, const GridCell *cell, const CellFit *fit)
{
    Length least = fit->unbreakable, sum = 0;
    if (cell->header) {
        raise(&least, at_most(fit->natural, 2 * cell->style->size));
    }
    least += measure->padding;
    for (size_t c = 0; c < cell->col_span; c++) {
        sum += measure->needs[cell->col + c].least;
    }
    Length share = sum < least ? (least - sum + cell->col_span - 1) / cell->col_span : 0;
    for (size_t c = 0; c < cell->col_span; c++) {
        measure->needs[cell->col + c].least += share;
    }
}

static void box_needs(Measure *measure, const TableBox *box, bool spans)
{
    for (size_t row = 0; row < box->row_count; row++) {
        CellFit *fits = NULL;
        if (!spans && measure->row++ % measure->stride == 0) {
            for (size_t col = 0; col < measure->columns; col++) {
                *array_push(measure->scratch, &measure->sample) = (CellFit){0};
            }
            fits = &measure->sample.items[measure->sample.count - measure->columns];
        }
        for (size_t col = 0; col < measure->columns; col++) {
            const GridCell *cell = table_cell_at(box, row, col);
            if (cell->row != row || cell->col != col || (cell->col_span > 1) != spans || !cell->cell) {
                continue;
            }
            CellFit fit = table_cell_fit(measure->layout, cell, fits != NULL, measure->scratch);
            if (spans) {
                need_of_span(measure, cell, &fit);
                continue;
            }
            Length before = 0, after = 0;
            if (amount_widths(measure, cell, &fit, &before, &after)) {
                raise(&measure->before[col], before);
                raise(&measure->after[col], after);
            }
            need_of_cell(measure, cell, &fit);
            if (fits) {
                fits[col] = fit;
            }
        }
    }
}

/* Everything anew at the boxes' present size. Returns the sum of the leasts. */
static Length measure_needs(Measure *measure)
{
    const Table *table = measure->boxes[0]->table;
    measure->sample.count = measure->row = 0;
    for (size_t col = 0; col < measure->columns; col++) {
        const Column *column = &table->columns[col];
        measure->needs[col] = (ColumnNeed){.least = column->min_width,
                                           .most = column->max_width,
                                           .share = column->share,
                                           .amount = column->align == ALIGN_DECIMAL};
        measure->before[col] = measure->after[col] = 0;
        measure->widest[col] = NULL;
    }
    for (size_t i = 0; i < measure->count; i++) {
        box_needs(measure, measure->boxes[i], false);
    }
    for (size_t col = 0; col < measure->columns; col++) {
        raise(&measure->needs[col].least, measure->before[col] + measure->after[col] + measure->padding);
    }
    for (size_t i = 0; i < measure->count; i++) {
        box_needs(measure, measure->boxes[i], true);
    }
    Length sum = 0;
    for (size_t col = 0; col < measure->columns; col++) {
        ColumnNeed *need = &measure->needs[col];
        raise(&need->decent, need->least);
        if (need->most > 0) {
            raise(&need->most, need->least);
            need->decent = at_most(need->decent, need->most);
        }
        raise(&need->natural, need->decent);
        sum += need->least;
    }
    return sum;
}

static void style_shrink(ParagraphStyle *style, const ParagraphStyle *declared, Length by, Length floor)
{
    Length size = declared->size - by;
    size = size > floor ? size : at_most(floor, declared->size);
    style->size = size;
    style->pitch = length_scale(declared->pitch, size, declared->size);
}

static void boxes_shrink(Measure *measure, Length by)
{
    for (size_t i = 0; i < measure->count; i++) {
        TableBox *box = measure->boxes[i];
        const TableStyle *style = box->table->style;
        for (size_t align = 0; align < 5; align++) {
            style_shrink(&box->head[align], style->head, by, style->size_floor);
            style_shrink(&box->body[align], style->body, by, style->size_floor);
        }
    }
}

static const char *cell_text(const Cell *cell, Arena *arena)
{
    return cell && cell->count > 0 ? inline_list_text(&cell->paragraphs[0], arena) : "";
}

/* The column that takes the most, by its leaf in the head. */
static void report_too_wide(Measure *measure)
{
    const TableBox *box = measure->boxes[0];
    Arena *arena = measure->layout->arena;
    size_t worst = 0;
    for (size_t col = 1; col < measure->columns; col++) {
        worst = measure->needs[col].least > measure->needs[worst].least ? col : worst;
    }
    const GridCell *cell = measure->widest[worst];
    const Cell *head =
        box->head_count > 0 ? table_cell_at(box, box->head_first + box->head_count - 1, worst)->cell : NULL;
    const Origin *origin = cell && cell->cell ? cell->cell->origin : NULL;
    origin = origin ? origin : &box->block->origin;
    finding_add(measure->layout->findings, MESSAGE_TABLE_TOO_WIDE, origin->place, origin->path,
                inline_list_text(&box->table->caption, arena), cell_text(head, arena),
                cell ? cell_text(cell->cell, arena) : "", NULL);
}

static void squeeze_leasts(Measure *measure, Length sum, Length room)
{
    for (size_t col = 0; col < measure->columns; col++) {
        ColumnNeed *need = &measure->needs[col];
        need->least = length_scale(need->least, room, sum) - 1;
        need->decent = need->natural = need->least;
    }
}

static size_t sample_stride(TableBox **boxes, size_t count)
{
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        rows += boxes[i]->row_count;
    }
    return rows / SAMPLE_ROWS + 1;
}

/* The amounts stand at the right padding of their column, all points under one another. */
static Length *points(const Measure *measure, const Length *widths)
{
    Length *point_x = arena_array_of(measure->layout->arena, Length, measure->columns);
    for (size_t col = 0; col < measure->columns; col++) {
        point_x[col] = widths[col] - measure->padding / 2 - measure->after[col];
    }
    return point_x;
}

/* The widths of the edition before, when they fit still. */
static bool take_widths(const Measure *measure, const PageColumns *from, Length room, Length *widths)
{
    Length sum = 0;
    for (size_t col = 0; from && col < from->count; col++) {
        sum += from->widths[col];
        if (from->widths[col] < measure->needs[col].least) {
            return false;
        }
    }
    if (!from || from->count != measure->columns || sum != room) {
        return false;
    }
    memcpy(widths, from->widths, from->count * sizeof *widths);
    return true;
}

void table_columns_choose(Layout *layout, TableBox **boxes, size_t count)
{
    const TableStyle *style = boxes[0]->table->style;
    size_t columns = boxes[0]->columns;
    Measure measure = {.layout = layout, .boxes = boxes, .count = count, .columns = columns, .scratch = arena_new()};
    measure.needs = arena_array_of(measure.scratch, ColumnNeed, columns);
    measure.before = arena_array_of(measure.scratch, Length, columns);
    measure.after = arena_array_of(measure.scratch, Length, columns);
    measure.widest = arena_array_of(measure.scratch, const GridCell *, columns);
    measure.padding = table_padding_width(style);
    measure.stride = sample_stride(boxes, count);
    Length *widths = arena_array_of(measure.scratch, Length, columns), room = boxes[0]->measure;
    Length *edges = arena_array_of(layout->arena, Length, columns + 1);
    if (columns > 0) {
        Length sum = measure_needs(&measure);
        for (Length by = LENGTH_PER_PT / 2; sum > room && style->body->size - by >= style->size_floor;
             by += LENGTH_PER_PT / 2) {
            boxes_shrink(&measure, by);
            sum = measure_needs(&measure);
        }
        if (sum > room) {
            report_too_wide(&measure);
            squeeze_leasts(&measure, sum, room);
        }
        RowSample sample = {
            .cells = measure.sample.items, .rows = measure.sample.count / columns, .padding = measure.padding};
        if (!take_widths(&measure, stable_columns(layout, boxes[0]->table), room, widths)) {
            table_widths_solve(measure.needs, columns, &sample, room, widths);
        }
        *array_push(layout->arena, &layout->columns) =
            (PageColumns){boxes[0]->table->kind, arena_copy(layout->arena, widths, columns * sizeof *widths), columns};
    }
    for (size_t col = 0; col < columns; col++) {
        edges[col + 1] = edges[col] + widths[col];
    }
    Length *point_x = points(&measure, widths);
    for (size_t i = 0; i < count; i++) {
        boxes[i]->edges = edges;
        boxes[i]->point_x = point_x;
    }
    arena_free(measure.scratch);
}
