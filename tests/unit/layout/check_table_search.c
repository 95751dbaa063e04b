/* The search for column widths: the same widths as by counting every row anew for every move. */
#include <string.h>

#include "layout/table_int.h"
#include "suites.h"

#define ROWS    12
#define COLUMNS 7
#define PADDING (LENGTH_PER_PT * 4)

static uint32_t next_random(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

typedef struct Plain {
    RowSample sample;
    size_t columns;
    const Length *low, *high;
    bool smooth;
} Plain;

static int64_t cell_lines(const Plain *plain, const CellFit *cell, Length inner)
{
    if (!plain->smooth || cell->count == 0)
        return table_fit_lines(cell, inner);
    Length fill = inner > LENGTH_PER_PT ? cell->natural * 16 / inner / cell->span : 100000;
    return fill > 16 ? fill : 16;
}

/* 512 a line of a row, 32 a line of a cell, 1 a sixteenth of a line that a cell fills. */
static int64_t cost_of(const Plain *plain, const Length *widths, bool fills)
{
    int64_t cost = 0;
    for (size_t row = 0; row < plain->sample.rows; row++) {
        int64_t most = 0;
        for (size_t col = 0; col < plain->columns; col++) {
            const CellFit *cell = &plain->sample.cells[row * plain->columns + col];
            Length inner = widths[col] - PADDING;
            int64_t lines = cell_lines(plain, cell, inner);
            most = lines > most ? lines : most;
            cost += 32 * lines;
            if (fills && cell->count > 0)
                cost += cell->natural * 16 / (inner > LENGTH_PER_PT ? inner : LENGTH_PER_PT) / cell->span;
        }
        cost += 512 * (most > 1 || fills ? most : 1);
    }
    return cost;
}

static bool improve(const Plain *plain, Length *widths, Length step)
{
    bool better = false;
    for (size_t from = 0; from < plain->columns; from++) {
        for (size_t to = 0; to < plain->columns; to++) {
            if (from == to || widths[from] - step < plain->low[from] || widths[to] + step > plain->high[to])
                continue;
            int64_t before = cost_of(plain, widths, true);
            widths[from] -= step;
            widths[to] += step;
            if (cost_of(plain, widths, true) < before) {
                better = true;
            } else {
                widths[from] += step;
                widths[to] -= step;
            }
        }
    }
    return better;
}

static void search(const Plain *plain, Length *widths, Length measure)
{
    bool better = true;
    for (int cycle = 0; cycle < 4 && better; cycle++) {
        better = false;
        for (Length step = measure / 8; step > measure / 1024; step /= 2)
            for (int round = 0; round < 6 && improve(plain, widths, step); round++)
                better = true;
    }
}

static void search_both(Plain *plain, Length *widths, Length measure)
{
    Length first[COLUMNS];
    memcpy(first, widths, sizeof first);
    search(plain, first, measure);
    int64_t cost = cost_of(plain, first, false);
    plain->smooth = true;
    search(plain, widths, measure);
    plain->smooth = false;
    search(plain, widths, measure);
    if (cost_of(plain, widths, false) >= cost)
        memcpy(widths, first, sizeof first);
}

START_TEST(finds_what_counting_all_finds)
{
    uint64_t state = (uint64_t)_i + 1;
    size_t columns = 1 + next_random(&state, COLUMNS), rows = next_random(&state, ROWS + 1);
    Length fit_widths[ROWS * COLUMNS][5], low[COLUMNS], high[COLUMNS], widths[COLUMNS] = {0}, same[COLUMNS] = {0};
    CellFit cells[ROWS * COLUMNS];
    Length measure = 0;
    for (size_t col = 0; col < columns; col++) {
        low[col] = (Length)(20 + next_random(&state, 40)) * LENGTH_PER_PT;
        high[col] = low[col] + (Length)next_random(&state, 200) * LENGTH_PER_PT;
        measure += widths[col] = same[col] = low[col] + (high[col] - low[col]) / 3;
    }
    for (size_t i = 0; i < rows * columns; i++) {
        uint32_t count = next_random(&state, 6);
        Length natural = (Length)(1 + next_random(&state, 400)) * LENGTH_PER_PT;
        for (uint32_t n = 0; n < count; n++)
            fit_widths[i][n] = natural / (n + 1) + (Length)next_random(&state, 9);
        cells[i] = (CellFit){.widths = fit_widths[i], .count = count, .span = 1 + next_random(&state, 3), .least = 1};
        cells[i].natural = count > 0 ? natural : 0;
    }
    Plain plain = {{cells, rows, PADDING}, columns, low, high, false};
    search_both(&plain, same, measure);
    table_widths_search(&plain.sample, columns, low, high, measure, widths);
    for (size_t col = 0; col < columns; col++)
        ck_assert_int_eq(widths[col], same[col]);
}
END_TEST

Suite *table_search_suite(void)
{
    Suite *suite = suite_create("table search");
    TCase *search_case = tcase_create("widths");
    tcase_add_loop_test(search_case, finds_what_counting_all_finds, 0, 200);
    suite_add_tcase(suite, search_case);
    return suite;
}
