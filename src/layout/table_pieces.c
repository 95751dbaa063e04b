/* The text of a cell -> for each number of lines the least width at which it takes no more of them. */
#include "layout/memory_int.h"
#include "layout/paragraph_int.h"
#include "layout/table_int.h"

#define LINES_MAX 12 /* from there on by estimate */
#define STEPS     8  /* of the search for a width: to less than 1/200 of the text's */

/* What stays together: places on the endless line. */
typedef struct Piece {
    Length start, end;
    bool closes; /* a line ends after it */
} Piece;

typedef struct Pieces {
    Arena *arena;
    ARRAY(Piece) list;
} Pieces;

static void strip_pieces(const Strip *strip, Pieces *pieces)
{
    size_t first = 0, count = strip->clusters.count;
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && strip->clusters.items[i].after < STOP_SOFT) {
            continue;
        }
        size_t last = i;
        while (last > first && strip->clusters.items[last].class == TEXT_SPACE) {
            last--;
        }
        *array_push(pieces->arena, &pieces->list) =
            (Piece){.start = strip->sums[first].natural,
                    .end = strip->sums[last].natural + strip->clusters.items[last].box,
                    .closes = i + 1 == count};
        first = i + 1;
    }
}

static void text_pieces(Layout *layout, const InlineList *text, const ParagraphStyle *style, Pieces *pieces)
{
    for (size_t from = 0; from <= text->count;) {
        size_t end = from;
        while (end < text->count && text->items[end].kind != INLINE_LINE_BREAK) {
            end++;
        }
        ArenaMark mark = arena_mark(layout->scratch);
        Strip strip = {
            .inlines = text, .style = style, .size = style->size, .first = from == 0, .scratch = layout->scratch};
        strip_measure(&strip);
        strip_itemize(layout, &strip, from, end, false);
        if (strip.clusters.count > 0) {
            strip_sum(&strip);
            strip_pieces(&strip, pieces);
        }
        arena_rewind(layout->scratch, mark);
        from = end + 1;
    }
}

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

static CellFit fit_anew(Layout *layout, const GridCell *cell, Length natural, Length unbreakable, Arena *arena)
{
    CellFit fit = {.natural = natural, .least = 1};
    Length widths[LINES_MAX];
    Pieces pieces = {.arena = arena_new()};
    for (size_t i = 0; i < cell->cell->count; i++) {
        text_pieces(layout, &cell->cell->paragraphs[i], cell->style, &pieces);
    }
    uint32_t least = count_lines(&pieces, natural), most = count_lines(&pieces, unbreakable);
    fit.least = least;
    for (uint32_t lines = 1; lines <= most && lines <= LINES_MAX; lines++) {
        Length high = fit.count > 0 ? widths[fit.count - 1] : natural, low = unbreakable;
        for (int step = 0; lines > least && step < STEPS && low < high; step++) {
            Length middle = low + (high - low) / 2;
            if (count_lines(&pieces, middle) <= lines) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        widths[fit.count++] = lines < least ? INT64_MAX : high;
    }
    arena_free(pieces.arena);
    fit.widths = arena_copy(arena, widths, fit.count * sizeof *widths);
    return fit;
}

CellFit table_cell_fit(Layout *layout, const GridCell *cell, Length natural, Length unbreakable, Arena *arena)
{
    CellFit fit = {.natural = natural, .least = 1};
    if (natural > 0 && cell->cell && cell->cell->count == 1 && natural <= unbreakable) {
        fit.widths = arena_copy(arena, &natural, sizeof natural);
        fit.count = 1;
    } else if (natural > 0 && cell->cell) {
        ArenaMark mark = arena_mark(layout->scratch);
        MemoryKey key = memory_key(layout, MEMORY_FIT, cell->cell->paragraphs, cell->cell->count, cell->style, 0);
        const CellFit *kept = memory_find(layout, &key);
        if (kept) {
            fit = *kept;
        } else {
            Arena *keeper = memory_arena(layout, &key);
            fit = fit_anew(layout, cell, natural, unbreakable, key.len > 0 ? keeper : arena);
            memory_keep(layout, &key, arena_copy(keeper, &fit, sizeof fit));
        }
        arena_rewind(layout->scratch, mark);
    }
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
