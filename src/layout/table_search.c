/* Widths of columns that close on the measure -> widths with the same sum at which rows take the fewest lines.
 *
 * What a step less or more does to one column does not depend on the others, but for which cell of a row is its
 * highest. So it is found once for each column, and a pair of columns costs a look at the rows that change. */
#include <string.h>

#include "layout/table_int.h"

#define COLUMNS_MAX 256 /* more columns than that get no search */
#define ROUNDS_MAX  6
#define CYCLES_MAX  4
#define ROW_LINE    512 /* a line of a row's height */
#define CELL_LINE   32  /* a line of a cell */
#define TALLEST     3   /* so many highest cells of a row: one of them is neither of a pair of columns */

/* The highest cells of a row, the highest first. */
typedef struct Tallest {
    uint32_t lines[TALLEST], column[TALLEST];
} Tallest;

/* A column at another width than its present one. */
typedef struct Trial {
    uint32_t *lines; /* rows */
    int64_t gain;    /* but for the heights of rows */
    bool known;      /* at the present width and step */
    bool changes;    /* some cell's lines */
} Trial;

typedef struct Search {
    const RowSample *sample;
    size_t columns;
    Length *widths;
    const Length *low, *high;
    Length step;
    uint32_t *lines;    /* columns * rows, at the present widths */
    int64_t *fills;     /* the same: fill_at */
    Trial *less, *more; /* columns: by a step */
    Tallest *tallest;   /* rows */
    bool smooth;        /* as if lines could be filled to the last sixteenth of them */
} Search;

/* Lines of a cell in a column of the width; in a smooth search sixteenths, one line at least. */
static uint32_t lines_at(const Search *search, const CellFit *fit, Length width)
{
    Length inner = width - search->sample->padding;
    if (!search->smooth || fit->count == 0)
        return table_fit_lines(fit, inner);
    Length fill = inner > LENGTH_PER_PT ? fit->natural * 16 / inner / fit->span : 100000;
    return fill > 16 ? (uint32_t)fill : 16;
}

/* How full a cell is, in sixteenths of a line: where no line is won or lost, the fuller column gets the room. */
static int64_t fill_at(const RowSample *sample, const CellFit *fit, Length width)
{
    Length inner = width - sample->padding;
    int64_t fill = fit->natural * 16 / (inner > LENGTH_PER_PT ? inner : LENGTH_PER_PT);
    return fit->span > 1 ? fill / fit->span : fill;
}

static const CellFit *cell_at(const Search *search, size_t row, size_t col)
{
    return &search->sample->cells[row * search->columns + col];
}

static uint32_t *lines_of(const Search *search, size_t col)
{
    return &search->lines[col * search->sample->rows];
}

static const Trial *trial_of(const Search *search, Trial *trial, size_t col, Length width)
{
    if (trial->known)
        return trial;
    const uint32_t *now = lines_of(search, col);
    const int64_t *fills = &search->fills[col * search->sample->rows];
    trial->known = true;
    trial->changes = false;
    trial->gain = 0;
    for (size_t row = 0; row < search->sample->rows; row++) {
        const CellFit *cell = cell_at(search, row, col);
        if (cell->count > 0)
            trial->gain += fills[row] - fill_at(search->sample, cell, width);
        trial->lines[row] = lines_at(search, cell, width);
        trial->gain += CELL_LINE * ((int64_t)now[row] - trial->lines[row]);
        trial->changes |= trial->lines[row] != now[row];
    }
    return trial;
}

static void tallest_find(const Search *search, size_t row)
{
    Tallest found = {{0}, {0}};
    for (size_t col = 0; col < search->columns; col++) {
        uint32_t lines = lines_of(search, col)[row];
        size_t at = TALLEST;
        for (; at > 0 && lines > found.lines[at - 1]; at--) {
            if (at < TALLEST) {
                found.lines[at] = found.lines[at - 1];
                found.column[at] = found.column[at - 1];
            }
        }
        if (at < TALLEST) {
            found.lines[at] = lines;
            found.column[at] = (uint32_t)col;
        }
    }
    search->tallest[row] = found;
}

/* The lines of the row's highest cell outside two columns. */
static uint32_t tallest_beside(const Tallest *tallest, size_t from, size_t to)
{
    size_t i = 0;
    while (i + 1 < TALLEST && (tallest->column[i] == from || tallest->column[i] == to))
        i++;
    bool beside = tallest->column[i] != from && tallest->column[i] != to;
    return beside ? tallest->lines[i] : 0;
}

/* Change of cost when `from` gives a step to `to`. */
static int64_t move_gain(const Search *search, size_t from, size_t to)
{
    const Trial *less = trial_of(search, &search->less[from], from, search->widths[from] - search->step);
    const Trial *more = trial_of(search, &search->more[to], to, search->widths[to] + search->step);
    int64_t gain = less->gain + more->gain;
    if (!less->changes && !more->changes)
        return gain;
    const uint32_t *from_now = lines_of(search, from), *to_now = lines_of(search, to);
    for (size_t row = 0; row < search->sample->rows; row++) {
        uint32_t from_then = less->lines[row], to_then = more->lines[row];
        if (from_then == from_now[row] && to_then == to_now[row])
            continue;
        const Tallest *tallest = &search->tallest[row];
        uint32_t after = tallest_beside(tallest, from, to);
        after = from_then > after ? from_then : after;
        after = to_then > after ? to_then : after;
        gain += ROW_LINE * ((int64_t)tallest->lines[0] - after);
    }
    return gain;
}

static void column_update(Search *search, size_t col)
{
    uint32_t *lines = lines_of(search, col);
    int64_t *fills = &search->fills[col * search->sample->rows];
    for (size_t row = 0; row < search->sample->rows; row++) {
        const CellFit *cell = cell_at(search, row, col);
        lines[row] = lines_at(search, cell, search->widths[col]);
        fills[row] = cell->count > 0 ? fill_at(search->sample, cell, search->widths[col]) : 0;
    }
    search->less[col].known = search->more[col].known = false;
}

static void rows_update(Search *search)
{
    for (size_t row = 0; row < search->sample->rows; row++)
        tallest_find(search, row);
}

/* Every pair once; true when something was gained. */
static bool improve(Search *search)
{
    bool better = false;
    for (size_t from = 0; from < search->columns; from++) {
        for (size_t to = 0; to < search->columns; to++) {
            if (from == to || search->widths[from] - search->step < search->low[from] ||
                search->widths[to] + search->step > search->high[to] || move_gain(search, from, to) <= 0)
                continue;
            search->widths[from] -= search->step;
            search->widths[to] += search->step;
            column_update(search, from);
            column_update(search, to);
            rows_update(search);
            better = true;
        }
    }
    return better;
}

static void step_set(Search *search, Length step)
{
    search->step = step;
    for (size_t col = 0; col < search->columns; col++)
        search->less[col].known = search->more[col].known = false;
}

/* Moves width between pairs of columns, in ever smaller steps, while that saves lines; then again, for where the small
 * steps led the large ones may go on. */
static void search_widths(Search *search, Length measure)
{
    for (size_t col = 0; col < search->columns; col++)
        column_update(search, col);
    rows_update(search);
    bool better = true;
    for (int cycle = 0; cycle < CYCLES_MAX && better; cycle++) {
        better = false;
        for (Length step = measure / 8; step > measure / 1024; step /= 2) {
            step_set(search, step);
            for (int round = 0; round < ROUNDS_MAX && improve(search); round++)
                better = true;
        }
    }
}

/* Of all rows, at the present widths. */
static int64_t total_cost(const Search *search)
{
    int64_t cost = 0;
    for (size_t row = 0; row < search->sample->rows; row++) {
        uint32_t most = search->tallest[row].lines[0];
        for (size_t col = 0; col < search->columns; col++)
            cost += CELL_LINE * (int64_t)lines_of(search, col)[row];
        cost += ROW_LINE * (int64_t)(most > 1 ? most : 1);
    }
    return cost;
}

/* The search ends where no move of two columns helps, which depends on where it begins. So it begins twice: at the
 * widths given, and where it would end if text were sand (`smooth`). */
static void search_twice(Search *search, Length measure, Arena *scratch)
{
    size_t size = search->columns * sizeof *search->widths;
    Length *start = arena_copy(scratch, search->widths, size);
    search_widths(search, measure);
    int64_t cost = total_cost(search);
    Length *first = arena_copy(scratch, search->widths, size);
    memcpy(search->widths, start, size);
    search->smooth = true;
    search_widths(search, measure);
    search->smooth = false;
    search_widths(search, measure);
    if (total_cost(search) >= cost)
        memcpy(search->widths, first, size);
}

static Trial *trials_new(Arena *scratch, size_t columns, size_t rows)
{
    Trial *trials = arena_array_of(scratch, Trial, columns);
    for (size_t col = 0; col < columns; col++)
        trials[col].lines = arena_array_of(scratch, uint32_t, rows);
    return trials;
}

void table_widths_search(const RowSample *sample, size_t columns, const Length *low, const Length *high, Length measure,
                         Length *widths)
{
    if (columns > COLUMNS_MAX)
        return;
    Arena *scratch = arena_new();
    Search search = {.sample = sample, .columns = columns, .widths = widths, .low = low, .high = high};
    search.lines = arena_alloc_array(scratch, sample->rows, columns * sizeof *search.lines);
    search.fills = arena_alloc_array(scratch, sample->rows, columns * sizeof *search.fills);
    search.less = trials_new(scratch, columns, sample->rows);
    search.more = trials_new(scratch, columns, sample->rows);
    search.tallest = arena_array_of(scratch, Tallest, sample->rows);
    search_twice(&search, measure, scratch);
    arena_free(scratch);
}
