/* What columns need -> widths that close on the measure exactly, chosen for the fewest lines. */
#include <string.h>

#include "layout/table_int.h"

#define COLUMNS_MAX 256 /* more columns than that get no search */
#define ROUNDS_MAX  6
#define CYCLES_MAX  4

typedef struct Search {
    const RowSample *sample;
    size_t columns;
    Length *widths;
    const Length *low, *high;
    uint32_t *lines; /* rows * columns, at the present widths */
    bool smooth;     /* as if lines could be filled to the last sixteenth of them */
} Search;

/* Lines of a cell in a column of the width; in a smooth search sixteenths, one line at least. */
static uint32_t lines_at(const Search *search, const CellFit *fit, Length width)
{
    Length inner = width - search->sample->padding;
    if (!search->smooth || fit->count == 0) {
        return table_fit_lines(fit, inner);
    }
    Length fill = inner > LENGTH_PER_PT ? fit->natural * 16 / inner / fit->span : 100000;
    return fill > 16 ? (uint32_t)fill : 16;
}

static Length sum_of(const Length *values, size_t count)
{
    Length sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum;
}

/* How full a cell is, in sixteenths of a line: where no line is won or lost, the fuller column gets the room. */
static int64_t fill_at(const RowSample *sample, const CellFit *fit, Length width)
{
    Length inner = width - sample->padding;
    return fit->natural * 16 / (inner > LENGTH_PER_PT ? inner : LENGTH_PER_PT) / fit->span;
}

#define ROW_LINE  512 /* a line of a row's height */
#define CELL_LINE 32  /* a line of a cell */

/* Change of cost when `from` gives `step` to `to`. */
static int64_t move_gain(const Search *search, size_t from, size_t to, Length step)
{
    const RowSample *sample = search->sample;
    Length less = search->widths[from] - step, more = search->widths[to] + step;
    int64_t gain = 0;
    for (size_t row = 0; row < sample->rows; row++) {
        const uint32_t *lines = &search->lines[row * search->columns];
        const CellFit *cells = &sample->cells[row * search->columns];
        if (cells[from].count > 0) {
            gain += fill_at(sample, &cells[from], search->widths[from]) - fill_at(sample, &cells[from], less);
        }
        if (cells[to].count > 0) {
            gain += fill_at(sample, &cells[to], search->widths[to]) - fill_at(sample, &cells[to], more);
        }
        uint32_t new_from = lines_at(search, &cells[from], less);
        uint32_t new_to = lines_at(search, &cells[to], more);
        if (new_from == lines[from] && new_to == lines[to]) {
            continue;
        }
        uint32_t before = 0, after = 0;
        for (size_t col = 0; col < search->columns; col++) {
            uint32_t now = col == from ? new_from : col == to ? new_to : lines[col];
            before = lines[col] > before ? lines[col] : before;
            after = now > after ? now : after;
        }
        gain += ROW_LINE * ((int64_t)before - after);
        gain += CELL_LINE * ((int64_t)lines[from] + lines[to] - new_from - new_to);
    }
    return gain;
}

static void lines_update(Search *search, size_t col)
{
    for (size_t row = 0; row < search->sample->rows; row++) {
        size_t at = row * search->columns + col;
        search->lines[at] = lines_at(search, &search->sample->cells[at], search->widths[col]);
    }
}

/* Every pair once; true when something was gained. */
static bool improve(Search *search, Length step)
{
    bool better = false;
    for (size_t from = 0; from < search->columns; from++) {
        for (size_t to = 0; to < search->columns; to++) {
            if (from == to || search->widths[from] - step < search->low[from] ||
                search->widths[to] + step > search->high[to] || move_gain(search, from, to, step) <= 0) {
                continue;
            }
            search->widths[from] -= step;
            search->widths[to] += step;
            lines_update(search, from);
            lines_update(search, to);
            better = true;
        }
    }
    return better;
}

/* Moves width between pairs of columns, in ever smaller steps, while that saves lines; then again, for where the small
 * steps led the large ones may go on. */
static void search_widths(Search *search, Length measure)
{
    for (size_t col = 0; col < search->columns; col++) {
        lines_update(search, col);
    }
    bool better = true;
    for (int cycle = 0; cycle < CYCLES_MAX && better; cycle++) {
        better = false;
        for (Length step = measure / 8; step > measure / 1024; step /= 2) {
            for (int round = 0; round < ROUNDS_MAX && improve(search, step); round++) {
                better = true;
            }
        }
    }
}

/* Of all rows, at the present widths. */
static int64_t total_cost(const Search *search)
{
    int64_t cost = 0;
    for (size_t row = 0; row < search->sample->rows; row++) {
        const uint32_t *lines = &search->lines[row * search->columns];
        uint32_t most = 1;
        for (size_t col = 0; col < search->columns; col++) {
            cost += CELL_LINE * (int64_t)lines[col];
            most = lines[col] > most ? lines[col] : most;
        }
        cost += ROW_LINE * (int64_t)most;
    }
    return cost;
}

/* The search ends where no move of two columns helps, which depends on where it begins. So it begins twice: at the
 * shares, and where it would end if text were sand (`smooth`). */
static void search_twice(Search *search, Length measure, Arena *scratch)
{
    Length *start = arena_copy(scratch, search->widths, search->columns * sizeof *start);
    search_widths(search, measure);
    int64_t cost = total_cost(search);
    Length *first = arena_copy(scratch, search->widths, search->columns * sizeof *first);
    memcpy(search->widths, start, search->columns * sizeof *start);
    search->smooth = true;
    search_widths(search, measure);
    search->smooth = false;
    search_widths(search, measure);
    if (total_cost(search) >= cost) {
        memcpy(search->widths, first, search->columns * sizeof *first);
    }
}

/* Adds `rest` by weights, exactly; columns without weight get nothing unless all are without. */
static void share_out(Length *widths, const Length *weights, size_t columns, Length rest)
{
    Length total = sum_of(weights, columns), given = 0, seen = 0;
    for (size_t col = 0; col < columns; col++) {
        seen += total > 0 ? weights[col] : 1;
        Length upto = length_scale(rest, seen, total > 0 ? total : (Length)columns);
        widths[col] += upto - given;
        given = upto;
    }
}

static bool amounts_alike(const ColumnNeed *a, const ColumnNeed *b)
{
    return a->amount && b->amount && a->share == b->share && a->most == b->most;
}

/* Amount columns declared alike look alike: all as wide as the widest, when there is room. */
static void even_bounds(const ColumnNeed *needs, Length *low, Length *high, size_t columns, Length measure)
{
    for (size_t col = 0; col < columns; col++) {
        Length low_most = low[col], high_most = high[col];
        for (size_t other = 0; other < columns; other++) {
            if (amounts_alike(&needs[col], &needs[other])) {
                low_most = low[other] > low_most ? low[other] : low_most;
                high_most = high[other] > high_most ? high[other] : high_most;
            }
        }
        if (sum_of(low, columns) + low_most - low[col] <= measure) {
            low[col] = low_most;
        }
        high[col] = high_most;
    }
}

/* What the search gave to amount columns declared alike goes to all of them evenly, where none is hurt by it. */
static void even_widths(const ColumnNeed *needs, const Length *low, size_t columns, Length *widths)
{
    for (size_t col = 0; col < columns; col++) {
        Length sum = 0, count = 0, low_most = 0;
        for (size_t other = 0; other < columns; other++) {
            if (amounts_alike(&needs[col], &needs[other])) {
                sum += widths[other];
                low_most = low[other] > low_most ? low[other] : low_most;
                count++;
            }
        }
        if (count < 2 || sum / count < low_most) {
            continue;
        }
        for (size_t other = 0, nth = 0; other < columns; other++) {
            if (amounts_alike(&needs[col], &needs[other])) {
                widths[other] = sum / count + ((Length)nth++ < sum % count);
            }
        }
    }
}

/* Low bounds: the decent widths, or as much of them as there is room for. */
static void choose_low(const ColumnNeed *needs, size_t columns, Length measure, Length *low)
{
    Length least = 0, decent = 0;
    for (size_t col = 0; col < columns; col++) {
        least += needs[col].least;
        decent += needs[col].decent;
    }
    for (size_t col = 0; col < columns; col++) {
        low[col] = decent <= measure ? needs[col].decent
                                     : needs[col].least + (needs[col].decent - needs[col].least) * (measure - least) /
                                                              (decent - least);
    }
}

/* All texts fit on their lines: the rest goes by shares, not over the declared bounds while others can take it. */
static void widen(const ColumnNeed *needs, size_t columns, Length measure, Length *widths, Length *weights)
{
    for (int round = 0; round < 2; round++) {
        Length rest = measure - sum_of(widths, columns);
        for (size_t col = 0; col < columns; col++) {
            bool open = needs[col].most == 0 || widths[col] < needs[col].most || round == 1;
            weights[col] = open && needs[col].share > 0 ? needs[col].share : 0;
        }
        if (round == 0 && sum_of(weights, columns) == 0) {
            continue;
        }
        if (round == 1 && rest > 0) {
            for (size_t col = 0; sum_of(weights, columns) == 0 && col < columns; col++) {
                weights[col] = widths[col];
            }
        }
        share_out(widths, weights, columns, rest);
        for (size_t col = 0; round == 0 && col < columns; col++) {
            widths[col] = needs[col].most > 0 && widths[col] > needs[col].most ? needs[col].most : widths[col];
        }
    }
}

void table_widths_solve(const ColumnNeed *needs, size_t columns, const RowSample *sample, Length measure,
                        Length *widths)
{
    Arena *scratch = arena_new();
    Length *low = arena_array_of(scratch, Length, columns), *high = arena_array_of(scratch, Length, columns);
    Length *weights = arena_array_of(scratch, Length, columns);
    choose_low(needs, columns, measure, low);
    for (size_t col = 0; col < columns; col++) {
        high[col] = needs[col].natural > low[col] ? needs[col].natural : low[col];
        high[col] = needs[col].most > 0 && high[col] > needs[col].most ? needs[col].most : high[col];
    }
    even_bounds(needs, low, high, columns, measure);
    for (size_t col = 0; col < columns; col++) {
        high[col] = high[col] > low[col] ? high[col] : low[col];
        widths[col] = high[col];
        weights[col] = high[col] - low[col];
    }
    if (sum_of(high, columns) <= measure) {
        widen(needs, columns, measure, widths, weights);
    } else {
        for (size_t col = 0; col < columns; col++) {
            widths[col] = low[col];
        }
        share_out(widths, weights, columns, measure - sum_of(low, columns));
        Search search = {.sample = sample, .columns = columns, .widths = widths, .low = low, .high = high};
        search.lines = arena_alloc_array(scratch, sample->rows, columns * sizeof *search.lines);
        if (columns <= COLUMNS_MAX) {
            search_twice(&search, measure, scratch);
        }
        even_widths(needs, low, columns, widths);
    }
    arena_free(scratch);
}
