/* A range of clusters -> how it would be set as one line, and what that would cost.
 *
 * Costs are counted in thousandths of a character. A line is squeezed before it is widened, by CLREQ's order; widening
 * costs by the square, so that the lines of a paragraph share it. */
#include "layout/paragraph_int.h"

/* Penalties that no sum of costs reaches, in their order. */
#define OVERFULL        ((int64_t)10000000000000) /* wider than the measure */
#define FORCED          ((int64_t)1000000000000)  /* beyond the bounds */
#define RUNT            ((int64_t)1000000000)     /* 孤字成行: one character alone */
#define RUNT_LATIN      ((int64_t)500000000)      /* a figure alone */
#define RAGGED_LINE     ((int64_t)100000000)      /* ragged text takes the fewest lines */
#define RAGGED_RUNT     ((int64_t)10000000)
#define BOUND_DIVISOR   8 /* an eighth of a character is the most that a gap between cells may gain */
#define LATIN_DIVISOR   4 /* and a quarter a word space, beyond its 1/2, in a line of nothing but Latin */
#define LOOSE_DIVISOR   100
#define LOOSEST_DIVISOR 40

static const int shrink_weights[TEXT_SHRINK_TIERS] = {
    [TEXT_SHRINK_SPACE] = 2, [TEXT_SHRINK_DOT] = 3,   [TEXT_SHRINK_BRACKET] = 4,
    [TEXT_SHRINK_COMMA] = 5, [TEXT_SHRINK_LATIN] = 8, [TEXT_SHRINK_STOP] = 10,
};

Length line_measure(const Strip *strip, bool opens)
{
    const ParagraphStyle *style = strip->style;
    Length measure = strip->measure - style->left_indent - style->right_indent - (opens ? style->first_indent : 0);
    return measure > 0 ? measure : 0;
}

/* An opening mark loses its blank half where a line begins, but keeps it after the indent of a paragraph, so that the
 * indent is two cells of whatever begins it; CLREQ allows both. */
Length line_lead(const Strip *strip, const LineRange *range)
{
    if (!range->opens || strip->style->first_indent <= 0)
        return 0;
    return strip_room(strip, text_room((TextClass)strip->clusters.items[range->first].class).lead);
}

Length line_trail(const Strip *strip, const LineRange *range)
{
    return strip_room(strip, text_room((TextClass)strip->clusters.items[range->visible].class).trail);
}

static void fit_shrink(const Strip *strip, const Sums *from, const Sums *to, LineFit *fit)
{
    Length need = -fit->extra, room = (uint32_t)(to->shrink_all - from->shrink_all);
    if (need > room) {
        fit->forced = true;
        fit->cost = OVERFULL + strip_permille(strip, need - room);
        return;
    }
    int64_t ratio = need * 1000 / (room > 0 ? room : 1);
    fit->cost = ratio * ratio / 400;
    fit->tone = strip_permille(strip, need) > 250 ? 0 : 1;
    for (int tier = 0; tier < TEXT_SHRINK_TIERS && need > 0; tier++) {
        Length used = (uint32_t)(to->shrink[tier] - from->shrink[tier]);
        if (used > need)
            used = need;
        need -= used;
        fit->cost += shrink_weights[tier] * strip_permille(strip, used);
    }
}

static void fit_stretch(const Strip *strip, const Sums *from, const Sums *to, LineFit *fit)
{
    Length need = fit->extra;
    Length spaces = (uint32_t)(to->spaces - from->spaces), latin = (uint32_t)(to->latin - from->latin);
    Length used = need < spaces ? need : spaces;
    need -= used;
    fit->cost = 3 * strip_permille(strip, used);
    used = need < latin ? need : latin;
    need -= used;
    fit->cost += 4 * strip_permille(strip, used);
    fit->tone = 1;
    if (need == 0)
        return;
    Length cells = to->cells - from->cells;
    fit->widest = cells > 0 ? (need + cells - 1) / cells : need;
    if (cells == 0 || fit->widest > strip->size / BOUND_DIVISOR) {
        Length all = cells + (to->spaces_count - from->spaces_count) + (to->latin_count - from->latin_count);
        fit->widest = all > 0 ? (need + all - 1) / all : need;
        fit->forced = cells > 0 || all == 0 || fit->widest > strip->size / LATIN_DIVISOR;
        fit->cost += fit->forced ? FORCED : 0;
    }
    int64_t widest = strip_permille(strip, 10 * fit->widest);
    fit->cost += widest * widest / 5;
    fit->tone = fit->widest > strip->size / LOOSEST_DIVISOR ? 3 : fit->widest > strip->size / LOOSE_DIVISOR ? 2 : 1;
}

static LineFit fit_exactly(const Strip *strip, const LineRange *range, Length natural, Length measure, bool trimmed)
{
    const Sums *from = &strip->sums[range->first], *to = &strip->sums[range->visible];
    LineFit fit = {.natural = natural, .extra = measure - natural, .trimmed = trimmed, .tone = 1};
    if (fit.extra < 0)
        fit_shrink(strip, from, to, &fit);
    else if (fit.extra > 0)
        fit_stretch(strip, from, to, &fit);
    return fit;
}

/* At most as wide as the measure: as it is when it fits, else squeezed. */
static LineFit fit_within(const Strip *strip, const LineRange *range, Length natural, Length trail, Length measure)
{
    LineFit fit = {.natural = natural + trail, .tone = 1};
    if (natural + trail <= measure)
        return fit;
    if (natural > measure)
        return fit_exactly(strip, range, natural, measure, true);
    fit.natural = natural;
    fit.trimmed = true;
    return fit;
}

static int64_t runt_cost(const Strip *strip, const LineRange *range, int64_t alone, int64_t figure)
{
    if (!range->closes || range->first == 0)
        return 0;
    const Sums *from = &strip->sums[range->first], *to = &strip->sums[range->visible + 1];
    uint32_t han = to->han - from->han, other = to->other - from->other;
    if (han >= 2)
        return 0;
    return han + other >= 2 ? figure : alone;
}

static LineFit fit_justified(const Strip *strip, const LineRange *range, Length natural, Length trail, Length measure)
{
    LineFit fit;
    if (range->closes) {
        fit = fit_within(strip, range, natural, trail, measure);
        fit.cost += runt_cost(strip, range, RUNT, RUNT_LATIN);
        return fit;
    }
    fit = fit_exactly(strip, range, natural + trail, measure, false);
    if (trail > 0) { /* 15834 5.1.10 */
        LineFit trimmed = fit_exactly(strip, range, natural, measure, true);
        if (trimmed.cost < fit.cost)
            fit = trimmed;
    }
    return fit;
}

static LineFit fit_ragged(const Strip *strip, const LineRange *range, Length natural, Length trail, Length ideal)
{
    Length measure = line_measure(strip, range->opens);
    LineFit fit = fit_within(strip, range, natural, trail, measure);
    fit.cost += RAGGED_LINE + runt_cost(strip, range, RAGGED_RUNT, 0);
    Length short_by = 0;
    if (ideal > 0)
        short_by = natural > ideal ? natural - ideal : ideal - natural;
    else if (!range->closes && natural < measure)
        short_by = measure - natural;
    int64_t sixteenths = short_by * TEXT_ROOM / strip->size;
    fit.cost += sixteenths * sixteenths;
    return fit;
}

LineFit line_fit(const Strip *strip, const LineRange *range, Length ideal)
{
    Length natural = strip->sums[range->visible].natural - strip->sums[range->first].natural +
                     strip->clusters.items[range->visible].box + line_lead(strip, range);
    Length trail = line_trail(strip, range);
    if (strip->style->align == ALIGN_JUSTIFY)
        return fit_justified(strip, range, natural, trail, line_measure(strip, range->opens));
    return fit_ragged(strip, range, natural, trail, ideal);
}
