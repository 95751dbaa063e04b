/* The text of a cell -> for each number of lines the least width at which it takes no more of them. */
#include "layout/memory_int.h"
#include "layout/paragraph_int.h"
#include "layout/table_int.h"

#define LINES_MAX 12 /* from there on by estimate */
#define STEPS     8  /* of the search for a width: to less than 1/200 of the text's */

static uint32_t count_lines(const Pieces *pieces, Length width)
{
    uint32_t lines = 1;
    Length start = pieces->list.count > 0 ? pieces->list.items[0].start : 0;
    bool fresh = true;
    for (size_t i = 0; i < pieces->list.count; i++) {
        const Piece *piece = &pieces->list.items[i];
        if (!fresh && piece->end - start > width) {
            lines++;
            fresh = true;
        }
        start = fresh ? piece->start : start;
        fresh = false;
        if (piece->closes && i + 1 < pieces->list.count) {
            lines++;
            fresh = true;
        }
    }
    return lines;
}

static void find_widths(const Pieces *pieces, CellFit *fit, Arena *arena)
{
    Length widths[LINES_MAX];
    uint32_t most = count_lines(pieces, fit->unbreakable);
    fit->least = count_lines(pieces, fit->natural);
    for (uint32_t lines = 1; lines <= most && lines <= LINES_MAX; lines++) {
        Length high = fit->count > 0 ? widths[fit->count - 1] : fit->natural, low = fit->unbreakable;
        for (int step = 0; lines > fit->least && step < STEPS && low < high; step++) {
            Length middle = low + (high - low) / 2;
            if (count_lines(pieces, middle) <= lines) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        widths[fit->count++] = lines < fit->least ? INT64_MAX : high;
    }
    fit->widths = arena_copy(arena, widths, fit->count * sizeof *widths);
}

static CellFit fit_anew(Layout *layout, const GridCell *cell, bool lines, Arena *arena)
{
    CellFit fit = {.least = 1};
    Pieces pieces = {.arena = layout->pieces};
    ArenaMark mark = arena_mark(pieces.arena);
    for (size_t i = 0; i < cell->cell->count; i++) {
        TextWidths widths = paragraph_measure(layout, &cell->cell->paragraphs[i], cell->style, lines ? &pieces : NULL);
        fit.natural = widths.natural > fit.natural ? widths.natural : fit.natural;
        fit.unbreakable = widths.unbreakable > fit.unbreakable ? widths.unbreakable : fit.unbreakable;
    }
    if (lines && fit.natural > 0 && cell->cell->count == 1 && fit.natural <= fit.unbreakable) {
        fit.widths = arena_copy(arena, &fit.natural, sizeof fit.natural);
        fit.count = 1;
    } else if (lines && fit.natural > 0) {
        find_widths(&pieces, &fit, arena);
    }
    arena_rewind(pieces.arena, mark);
    return fit;
}

CellFit table_cell_fit(Layout *layout, const GridCell *cell, bool lines, Arena *arena)
{
    CellFit fit = {.least = 1, .span = cell->row_span};
    if (!cell->cell || cell->cell->count == 0) {
        return fit;
    }
    ArenaMark mark = arena_mark(layout->scratch);
    MemoryKind kind = lines ? MEMORY_FIT : MEMORY_WIDTHS;
    MemoryKey key = memory_key(layout, kind, cell->cell->paragraphs, cell->cell->count, cell->style, 0);
    const CellFit *kept = memory_find(layout, &key);
    if (kept) {
        fit = *kept;
    } else {
        fit = fit_anew(layout, cell, lines, key.len > 0 ? memory_arena(layout, &key) : arena);
        memory_keep(layout, &key, arena_copy(memory_arena(layout, &key), &fit, sizeof fit));
    }
    arena_rewind(layout->scratch, mark);
    fit.span = cell->row_span;
    return fit;
}

uint32_t table_fit_lines(const CellFit *fit, Length width)
{
    if (fit->count == 0) {
        return 0;
    }
    for (uint32_t i = 0; i < fit->count; i++) {
        if (fit->widths[i] <= width) {
            return (i + fit->span) / fit->span; /* a merged label has the height of all its rows */
        }
    }
    if (fit->widths[fit->count - 1] == INT64_MAX) { /* its paragraphs alone are more */
        return (fit->least + fit->span - 1) / fit->span;
    }
    return width <= 0 ? 100000 : (uint32_t)((Length)fit->count * fit->widths[fit->count - 1] / width + 1);
}
