/* A chosen line -> its glyphs at exact places: what is to be given or taken is spread over the gaps to the unit. */
#include <string.h>

#include "layout/paragraph_int.h"

/* An amount shared out by weights, so that the shares are even and their sum is the amount (Bresenham's line). */
typedef struct Spread {
    Length amount, weight; /* to share; of all who share */
    Length seen, given;
} Spread;

static Length spread_next(Spread *spread, Length weight)
{
    if (spread->amount == 0 || weight == 0)
        return 0;
    spread->seen += weight;
    Length due = spread->amount * spread->seen / spread->weight; /* lengths of one line: both far below 2^31 */
    Length share = due - spread->given;
    spread->given = due;
    return share;
}

typedef struct Spreads {
    Spread shrink[TEXT_SHRINK_TIERS];
    Spread spaces, latin, cells;
    Spread all;      /* forced lines: every gap that may widen */
    Spread clusters; /* forced lines without such gaps: between all clusters */
} Spreads;

static Length take(Length *need, Length room)
{
    Length used = *need < room ? *need : room;
    *need -= used;
    return used;
}

static void spread_shrink(Spreads *spreads, const Sums *from, const Sums *to, Length need)
{
    for (int tier = 0; tier < TEXT_SHRINK_TIERS; tier++) {
        Length room = (uint32_t)(to->shrink[tier] - from->shrink[tier]);
        spreads->shrink[tier] = (Spread){.amount = take(&need, room), .weight = room};
    }
}

static void spread_stretch(Spreads *spreads, const Sums *from, const Sums *to, Length need, bool forced, size_t gaps)
{
    Length spaces = (uint32_t)(to->spaces - from->spaces), latin = (uint32_t)(to->latin - from->latin);
    Length cells = to->cells - from->cells;
    spreads->spaces = (Spread){.amount = take(&need, spaces), .weight = spaces};
    spreads->latin = (Spread){.amount = take(&need, latin), .weight = latin};
    Length all = cells + (to->spaces_count - from->spaces_count) + (to->latin_count - from->latin_count);
    if (!forced && cells > 0)
        spreads->cells = (Spread){.amount = need, .weight = cells};
    else if (all > 0)
        spreads->all = (Spread){.amount = need, .weight = all};
    else
        spreads->clusters = (Spread){.amount = need, .weight = (Length)gaps};
}

static Spreads spreads_of(const Strip *strip, const LineRange *range, const LineFit *fit)
{
    Spreads spreads = {0};
    const Sums *from = &strip->sums[range->first], *to = &strip->sums[range->visible];
    if (fit->extra < 0)
        spread_shrink(&spreads, from, to, -fit->extra);
    else if (fit->extra > 0)
        spread_stretch(&spreads, from, to, fit->extra, fit->forced, range->visible - range->first);
    return spreads;
}

/* The room after a cluster that is not the line's last. */
static Length gap_width(const Strip *strip, Spreads *spreads, size_t left)
{
    TextGap gap = strip_gap(strip, left);
    Length width = strip_room(strip, gap.natural);
    if (gap.shrink > 0)
        width -= spread_next(&spreads->shrink[gap.shrink_tier], strip_room(strip, gap.shrink));
    switch ((TextStretch)gap.stretch_tier) {
    case TEXT_STRETCH_SPACE:
        width += spread_next(&spreads->spaces, strip_room(strip, gap.stretch));
        break;
    case TEXT_STRETCH_LATIN:
        width += spread_next(&spreads->latin, strip_room(strip, gap.stretch));
        break;
    case TEXT_STRETCH_CELLS:
        width += spread_next(&spreads->cells, 1);
        break;
    case TEXT_STRETCH_NEVER:
        return width + spread_next(&spreads->clusters, 1);
    }
    return width + spread_next(&spreads->all, 1) + spread_next(&spreads->clusters, 1);
}

/* ---- runs -------------------------------------------------------------------------------------------------------- */

typedef struct Placer {
    const Strip *strip;
    Line *line;
    Glyph *glyphs;
    char *text;
    size_t glyph_count, text_len;
    uint32_t item; /* of the run in hand */
} Placer;

static size_t count_runs(const Strip *strip, const LineRange *range, size_t *glyphs)
{
    size_t runs = 0;
    *glyphs = 0;
    for (size_t i = range->first; i <= range->last; i++) {
        const Cluster *cluster = &strip->clusters.items[i];
        runs += i == range->first || cluster->font != cluster[-1].font || cluster->item != cluster[-1].item;
        *glyphs += cluster->glyph_count;
    }
    return runs;
}

static LineRun *run_for(Placer *placer, const Cluster *cluster, Length x)
{
    Line *line = placer->line;
    LineRun *run = line->run_count > 0 ? &line->runs[line->run_count - 1] : NULL;
    if (run && run->font == cluster->font && placer->item == cluster->item)
        return run;
    if (run)
        run->width = x - run->x;
    placer->item = cluster->item;
    run = &line->runs[line->run_count++];
    *run = (LineRun){
        .font = cluster->font,
        .size = placer->strip->size,
        .x = x,
        .glyphs = placer->glyphs + placer->glyph_count,
        .text = placer->text + placer->text_len,
        .item = cluster->item,
        .origin = placer->strip->inlines->items[cluster->item].origin,
    };
    return run;
}

/* `x`: the left edge of the cluster's box. */
static void place_cluster(Placer *placer, const Cluster *cluster, Length x)
{
    const Strip *strip = placer->strip;
    LineRun *run = run_for(placer, cluster, x + cluster->shift);
    for (uint32_t g = 0; g < cluster->glyph_count; g++) {
        Glyph glyph = strip->glyphs.items[cluster->glyph + g];
        glyph.x += x + cluster->shift - run->x;
        glyph.text_at = (uint32_t)run->text_len;
        glyph.text_len = g > 0 ? 0 : cluster->text_len > UINT16_MAX ? UINT16_MAX : (uint16_t)cluster->text_len;
        run->glyphs[run->count++] = glyph;
        placer->glyph_count++;
    }
    memcpy(placer->text + placer->text_len, strip->text + cluster->text_at, cluster->text_len);
    placer->text_len += cluster->text_len;
    run->text_len += cluster->text_len;
}

static void align_line(const Strip *strip, const ChosenLine *chosen, Line *line)
{
    const ParagraphStyle *style = strip->style;
    Length measure = line_measure(strip, chosen->range.opens);
    line->x = style->left_indent + (chosen->range.opens ? style->first_indent : 0);
    if (style->align == ALIGN_CENTER)
        line->x += (measure - line->width) / 2;
    else if (style->align == ALIGN_RIGHT)
        line->x += measure - line->width;
}

/* Where the point stands: the last figure's, or after its digits; after all where there is no figure. */
typedef struct PointSeeker {
    Length point;
    bool in_number, found;
} PointSeeker;

static void seek_point(const Strip *strip, PointSeeker *seeker, size_t i, size_t visible, Length x)
{
    const Cluster *cluster = &strip->clusters.items[i];
    bool digit = cluster->class == TEXT_DIGIT || cluster->class == TEXT_DIGIT_WIDE;
    if (digit && !seeker->in_number) {
        seeker->in_number = true;
        seeker->found = false;
    }
    if (seeker->in_number && !seeker->found) {
        bool point = strip->text[cluster->text_at] == '.' && i < visible && cluster[1].class == TEXT_DIGIT;
        seeker->point = digit ? x + cluster->box : seeker->point;
        if (point) {
            seeker->point = x;
            seeker->found = true;
        }
    }
    if (!digit && strip->text[cluster->text_at] != '.' && strip->text[cluster->text_at] != ',')
        seeker->in_number = false;
}

Line line_place(Arena *arena, const Strip *strip, const ChosenLine *chosen, bool last)
{
    const LineRange *range = &chosen->range;
    Line line = {.pitch = strip->style->pitch, .last = last, .closes = range->closes, .forced = chosen->forced};
    size_t glyph_count = 0, run_count = count_runs(strip, range, &glyph_count);
    const Cluster *first = &strip->clusters.items[range->first], *end = &strip->clusters.items[range->last];
    line.runs = arena_unset_array_of(arena, LineRun, run_count);
    Placer placer = {.strip = strip,
                     .line = &line,
                     .glyphs = arena_unset_array_of(arena, Glyph, glyph_count),
                     .text = arena_alloc(arena, end->text_at + end->text_len - first->text_at + 1)};
    Spreads spreads = spreads_of(strip, range, &chosen->fit);
    PointSeeker seeker = {.point = -1};
    Length x = line_lead(strip, range);
    for (size_t i = range->first; i <= range->last; i++) {
        const Cluster *cluster = &strip->clusters.items[i];
        place_cluster(&placer, cluster, x);
        if (i > range->visible)
            continue; /* spaces at the end: text without width */
        if (strip->style->align == ALIGN_DECIMAL)
            seek_point(strip, &seeker, i, range->visible, x);
        x += cluster->box;
        if (i < range->visible)
            x += gap_width(strip, &spreads, i);
    }
    bool whole = strip->style->align == ALIGN_JUSTIFY || strip->style->align == ALIGN_LEFT;
    if (whole && !chosen->fit.trimmed)
        x += line_trail(strip, range);
    if (line.run_count > 0)
        line.runs[line.run_count - 1].width = x - line.runs[line.run_count - 1].x;
    line.width = x;
    line.decimal_x = seeker.point >= 0 ? seeker.point : x;
    if (last)
        line.han_on_last = (int)(strip->sums[range->last + 1].han - strip->sums[range->first].han);
    align_line(strip, chosen, &line);
    return line;
}
