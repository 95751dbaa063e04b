/* Column widths -> the lines of every cell, the heights of rows, and the strips a page break may stand between. */
#include <stdlib.h>
#include <string.h>

#include "layout/table_int.h"

static void cell_set(TableBox *box, GridCell *cell)
{
    Length width = box->edges[cell->col + cell->col_span] - box->edges[cell->col];
    Length inner = width - table_padding_width(box->table->style);
    inner = inner > cell->style->size ? inner : cell->style->size;
    size_t paragraphs = cell->cell ? cell->cell->count : 0;
    LineList *lists = arena_array_of(box->layout->arena, LineList, paragraphs);
    size_t count = 0;
    for (size_t i = 0; i < paragraphs; i++) {
        lists[i] = paragraph_set(box->layout, &cell->cell->paragraphs[i], cell->style, inner);
        count += lists[i].count;
    }
    if (paragraphs == 1) {
        cell->lines = lists[0];
    } else {
        cell->lines.items = arena_array_of(box->layout->arena, Line, count);
        for (size_t i = 0; i < paragraphs; i++) {
            for (size_t j = 0; j < lists[i].count; j++) {
                cell->lines.items[cell->lines.count++] = lists[i].items[j];
            }
        }
    }
    cell->text_height = table_lines_height(cell->style, cell->lines.count);
}

/* Labels over several rows may not take more than a third of what a page holds; a taller one is text of its first row,
 * and is not shown again. */
static bool in_one_row(const GridCell *cell)
{
    return cell->row_span == 1 || cell->in_first;
}

static size_t row_lines(const TableBox *box, size_t row)
{
    size_t most = 0;
    for (size_t col = 0; col < box->columns; col++) {
        const GridCell *cell = table_cell_at(box, row, col);
        if (cell->row == row && in_one_row(cell) && cell->lines.count > most) {
            most = cell->lines.count;
        }
    }
    return most;
}

static void row_heights(TableBox *box)
{
    Length padding = table_padding_height(box->table->style);
    for (size_t row = 0; row < box->row_count; row++) {
        Length height = 0;
        for (size_t col = 0; col < box->columns; col++) {
            const GridCell *cell = table_cell_at(box, row, col);
            Length text = cell->text_height > cell->style->size ? cell->text_height : cell->style->size;
            if (cell->row == row && in_one_row(cell) && text > height) {
                height = text;
            }
        }
        height = height > 0 ? height : box->body[0].size;
        box->rows[row].height = height + padding;
    }
}

static int by_span(const void *a, const void *b)
{
    const GridCell *x = *(GridCell *const *)a, *y = *(GridCell *const *)b;
    if (x->row_span != y->row_span) {
        return x->row_span < y->row_span ? -1 : 1;
    }
    return x < y ? -1 : x > y; /* cells of one array */
}

/* A cell taller than its rows makes the last of them higher; inner ones first. */
static void spans_enlarge(TableBox *box)
{
    Arena *scratch = arena_new();
    ARRAY(GridCell *) spans = {0};
    for (size_t i = 0; i < box->cell_count; i++) {
        if (!in_one_row(&box->cells[i])) {
            *array_push(scratch, &spans) = &box->cells[i];
        }
    }
    if (spans.count > 0) {
        qsort(spans.items, spans.count, sizeof *spans.items, by_span);
    }
    for (size_t i = 0; i < spans.count; i++) {
        const GridCell *cell = spans.items[i];
        Length sum = 0, need = cell->text_height + table_padding_height(box->table->style);
        for (size_t r = 0; r < cell->row_span; r++) {
            sum += box->rows[cell->row + r].height;
        }
        if (sum < need) {
            box->rows[cell->row + cell->row_span - 1].height += need - sum;
        }
    }
    arena_free(scratch);
}

static TableStrip *strip_push(TableBox *box, size_t *capacity, size_t row, Length height)
{
    box->strips = array_reserve(box->layout->arena, box->strips, box->strip_count, capacity, sizeof *box->strips);
    TableStrip *strip = &box->strips[box->strip_count++];
    *strip = (TableStrip){.first_row = row, .row_count = 1, .height = height};
    return strip;
}

/* One strip for each line of the tallest cell; between them half the leading above, half below. */
static void cut_row(TableBox *box, size_t *capacity, size_t row)
{
    const ParagraphStyle *style = &box->body[0];
    Length padding = table_padding_height(box->table->style), above = padding / 2, below = padding - above;
    Length pitch = style->pitch > style->size ? style->pitch : style->size;
    Length lead_below = (pitch - style->size) / 2, lead_above = pitch - style->size - lead_below;
    size_t lines = row_lines(box, row);
    Length whole = table_lines_height(style, lines) + padding, extra = box->rows[row].height - whole;
    for (size_t i = 0; i < lines; i++) {
        TableStrip *strip = strip_push(box, capacity, row, 0);
        strip->line = i;
        strip->text_top = i == 0 ? above : lead_above;
        strip->height = strip->text_top + style->size + (i + 1 == lines ? below + (extra > 0 ? extra : 0) : lead_below);
    }
}

static void strips_make(TableBox *box, Length head_height)
{
    size_t capacity = 0;
    for (size_t row = 0; row <= box->row_count; row++) {
        if (row == box->head_first) { /* also when it has no rows: body strips stand after it */
            box->head_strip = box->strip_count;
            TableStrip *head = strip_push(box, &capacity, row, head_height);
            head->row_count = box->head_count;
            for (size_t r = 0; r < box->head_count; r++) {
                box->rows[row + r].first_strip = box->head_strip;
                box->rows[row + r].strip_count = 1;
            }
            row += box->head_count;
        }
        if (row >= box->row_count) {
            break;
        }
        GridRow *at = &box->rows[row];
        at->first_strip = box->strip_count;
        if (at->cut) {
            cut_row(box, &capacity, row);
        } else {
            strip_push(box, &capacity, row, at->height);
        }
        at->strip_count = box->strip_count - at->first_strip;
    }
    box->strip_y = arena_array_of(box->layout->arena, Length, box->strip_count + 1);
    for (size_t i = 0; i < box->strip_count; i++) {
        box->strip_y[i + 1] = box->strip_y[i] + box->strips[i].height;
    }
}

static Length head_height(const TableBox *box)
{
    Length height = 0;
    for (size_t r = 0; r < box->head_count; r++) {
        height += box->rows[box->head_first + r].height;
    }
    return height;
}

/* Rows that no page holds, under what is repeated over them. */
static void choose_cuts(TableBox *box, Length head)
{
    for (size_t row = 0; row < box->row_count; row++) {
        GridRow *at = &box->rows[row];
        Length room = box->limit - box->repeat_height - (at->kind == GRID_ONCE ? 0 : head);
        at->cut = at->kind != GRID_HEAD && at->height > room && row_lines(box, row) > 1;
    }
}

static void report_tall_head(const TableBox *box)
{
    const Origin *origin = &box->block->origin;
    finding_add(box->layout->findings, MESSAGE_TABLE_HEAD_TOO_TALL, origin->place, origin->path,
                inline_list_text(&box->table->caption, box->layout->arena), NULL);
}

void table_rows_measure(TableBox *box)
{
    for (size_t i = 0; i < box->cell_count; i++) {
        GridCell *cell = &box->cells[i];
        cell_set(box, cell);
        cell->in_first = cell->row_span > 1 && cell->label && cell->text_height > box->limit / 3;
    }
    row_heights(box);
    spans_enlarge(box);
    Length head = head_height(box);
    if (head + box->repeat_height > box->limit / 2) {
        report_tall_head(box);
    }
    choose_cuts(box, head);
    strips_make(box, head);
}
