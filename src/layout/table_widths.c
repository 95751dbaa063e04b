/* What columns need -> bounds of their widths, and widths that close on the measure exactly. */
#include "layout/table_int.h"

static Length sum_of(const Length *values, size_t count)
{
    Length sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum;
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
        table_widths_search(sample, columns, low, high, measure, widths);
        even_widths(needs, low, columns, widths);
    }
    arena_free(scratch);
}
