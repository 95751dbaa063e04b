/* A strip -> its lines, chosen together: the least cost over all ways to break it (after Knuth and Plass).
 * Balanced text is measured once to know how many lines it takes, and broken anew into as many of like length. */
#include <assert.h>

#include "layout/line_break_int.h"

#define EMERGENCY_COST   ((int64_t)100000000000) /* breaking what may not be broken: above all bounds but `forced` */
#define EMERGENCY_BESIDE ((int64_t)20000000000)  /* the same between a number and its unit */
#define KEEP_COST        3000
#define SOFT_COST        4000
#define RAGGED_KEEP      1000000000 /* above any number of lines of a title */
#define RAGGED_SOFT      4096       /* as a line that misses its length by four characters */
#define RAGGED_PLAIN     150000000  /* more than one more line: a title breaks where its sense allows, 9704 7.3.1 */
#define CAP_DIVISOR      100        /* a gap a hundredth of a character wider is not seen */
#define LOOSE_MAX        64         /* candidates for one line's end in ragged text */
#define ROOM             4          /* candidates of a stop that room is made for at first */
#define ROOM_MAX         1024       /* stops */
#define ADDRESS_CELLS    10         /* a longer unbreakable piece is a web address or the like */

/* ---- stops ------------------------------------------------------------------------------------------------------- */

static Length least_width(const Strip *strip, size_t first, size_t visible)
{
    const Sums *from = &strip->sums[first], *to = &strip->sums[visible];
    return to->natural - from->natural + strip->clusters.items[visible].box -
           (uint32_t)(to->shrink_all - from->shrink_all);
}

static size_t visible_end(const Strip *strip, size_t first, size_t last)
{
    while (last > first && strip->clusters.items[last].class == TEXT_SPACE)
        last--;
    return last;
}

/* Opens the stops of at least `from` inside pieces that end at stops above EMERGENCY and are wider than `limit`. */
static void open_pieces(Strip *strip, Stop from, Length limit, bool latin)
{
    size_t count = strip->clusters.count, first = 0;
    Stop ends = from == STOP_NEVER ? STOP_EMERGENCY : STOP_KEEP;
    for (size_t i = 0; i < count; i++) {
        if (strip->clusters.items[i].after < ends)
            continue;
        if (least_width(strip, first, visible_end(strip, first, i)) > limit)
            for (size_t k = first; k < i; k++) {
                Cluster *cluster = &strip->clusters.items[k];
                if (cluster->after >= from && cluster->after < STOP_EMERGENCY &&
                    (!latin ||
                     (text_is_latin((TextClass)cluster->class) && text_is_latin((TextClass)cluster[1].class))))
                    cluster->after = STOP_EMERGENCY;
            }
        first = i + 1;
    }
}

static void open_emergencies(Strip *strip)
{
    Length first = line_measure(strip, true), other = line_measure(strip, false);
    Length limit = first < other && strip->first ? first : other;
    open_pieces(strip, STOP_GLUED, limit, false);
    open_pieces(strip, STOP_NEVER, limit, false);
    if (strip->style->align == ALIGN_JUSTIFY)
        open_pieces(strip, STOP_GLUED, ADDRESS_CELLS * strip->size, true);
}

static bool is_beside_han(const Cluster *cluster)
{
    return cluster->class == TEXT_HAN || cluster[1].class == TEXT_HAN;
}

static int64_t stop_cost(const Breaker *breaker, const Cluster *cluster)
{
    bool justified = breaker->strip->style->align == ALIGN_JUSTIFY;
    bool plain = !justified && breaker->good;
    switch ((Stop)cluster->after) {
    case STOP_EMERGENCY:
        return is_beside_han(cluster) ? EMERGENCY_BESIDE : EMERGENCY_COST;
    case STOP_KEEP:
        return justified ? KEEP_COST : RAGGED_KEEP;
    case STOP_SOFT:
        return justified ? SOFT_COST : RAGGED_SOFT + (plain ? RAGGED_PLAIN : 0);
    case STOP_FREE:
        return plain ? RAGGED_PLAIN : 0;
    case STOP_NEVER:
    case STOP_GLUED:
    case STOP_GOOD:
        break;
    }
    return 0;
}

static void find_stops(Breaker *breaker)
{
    const Strip *strip = breaker->strip;
    size_t count = strip->clusters.count, first = 0;
    for (size_t i = 0; i < count; i++)
        breaker->good |= strip->clusters.items[i].after == STOP_GOOD;
    array_push(strip->scratch, &breaker->stops)->cluster = SIZE_MAX; /* so that the next line begins at 0 */
    for (size_t i = 0; i < count; i++) {
        const Cluster *cluster = &strip->clusters.items[i];
        if (i + 1 < count && cluster->after < STOP_EMERGENCY)
            continue;
        StopPoint *stop = array_push(strip->scratch, &breaker->stops);
        stop->cluster = i;
        stop->visible = visible_end(strip, first, i);
        stop->emergency = i + 1 < count && cluster->after == STOP_EMERGENCY;
        stop->cost = i + 1 < count ? stop_cost(breaker, cluster) : 0;
        first = i + 1;
    }
}

/* ---- candidates -------------------------------------------------------------------------------------------------- */

LineRange range_between(const Breaker *breaker, size_t from, size_t to)
{
    const StopPoint *end = &breaker->stops.items[to];
    size_t first = breaker->stops.items[from].cluster + 1;
    return (LineRange){
        .first = first,
        .last = end->cluster,
        .visible = end->visible < first ? first : end->visible,
        .opens = from == 0 && breaker->strip->first,
        .closes = to + 1 == breaker->stops.count,
    };
}

static bool fits(const Breaker *breaker, const LineRange *range)
{
    Length lead = line_lead(breaker->strip, range);
    return least_width(breaker->strip, range->first, range->visible) + lead <=
           line_measure(breaker->strip, range->opens);
}

/* The candidates of all stops. With `bounded` only those that some way without a forced line leads to: nearly always
 * there is one to the end, and then no other counts. */
static bool find_candidates(Breaker *breaker, bool bounded)
{
    const Strip *strip = breaker->strip;
    bool justified = strip->style->align == ALIGN_JUSTIFY, reached = true;
    size_t low = 0, count = 1;
    breaker->active[0] = 0;
    breaker->candidates.count = 0;
    for (size_t to = 1; to < breaker->stops.count; to++) {
        size_t first = breaker->firsts[to] = breaker->candidates.count;
        reached = false;
        for (; low + 1 < count; low++) {
            LineRange range = range_between(breaker, breaker->active[low], to);
            if (fits(breaker, &range))
                break;
        }
        for (size_t a = low; a < count; a++) {
            LineRange range = range_between(breaker, breaker->active[a], to);
            if ((bounded || a + 1 < count) && !fits(breaker, &range))
                continue;
            LineFit fit = line_fit(strip, &range, breaker->ideal);
            size_t found = breaker->candidates.count - first;
            if (fit.forced && (bounded || (justified && found > 0)))
                break;
            if (!justified && found == LOOSE_MAX)
                break;
            *array_push(strip->scratch, &breaker->candidates) = (Candidate){breaker->active[a], fit};
            reached = true;
        }
        if (reached)
            breaker->active[count++] = (uint32_t)to;
    }
    breaker->firsts[breaker->stops.count] = breaker->candidates.count;
    return reached;
}

static size_t choose_justified(Breaker *breaker)
{
    Length widest = 0, cap = breaker->strip->size / CAP_DIVISOR;
    choose_lines(breaker, INT64_MAX);
    size_t count = trace_lines(breaker, NULL, &widest);
    if (widest <= cap)
        return count;
    Length least = least_widest(breaker);
    choose_lines(breaker, least > cap ? least : cap);
    return trace_lines(breaker, NULL, &widest);
}

static size_t choose_ragged(Breaker *breaker)
{
    const Strip *strip = breaker->strip;
    Length widest = 0;
    choose_lines(breaker, INT64_MAX);
    size_t count = trace_lines(breaker, NULL, &widest);
    if (!strip->style->balance || count < 2)
        return count;
    const Cluster *last = &strip->clusters.items[strip->clusters.count - 1];
    breaker->ideal = (strip->sums[strip->clusters.count - 1].natural + last->box) / (Length)count;
    if (!find_candidates(breaker, true))
        find_candidates(breaker, false);
    choose_lines(breaker, INT64_MAX);
    return trace_lines(breaker, NULL, &widest);
}

/* All of the strip as one line, when it fits as it is: most headings and cells. */
static bool break_nowhere(const Strip *strip, ChosenLine *line)
{
    size_t last = strip->clusters.count - 1;
    LineRange whole = {0, last, visible_end(strip, 0, last), strip->first, true};
    *line = (ChosenLine){.range = whole, .fit = line_fit(strip, &whole, 0)};
    return !line->fit.forced && line->fit.extra == 0;
}

ChosenLine *strip_break(Strip *strip, size_t *count)
{
    assert(strip->clusters.count > 0);
    ChosenLine *lines = arena_new_of(strip->scratch, ChosenLine);
    *count = 1;
    if (break_nowhere(strip, lines))
        return lines;
    open_emergencies(strip);
    Breaker breaker = {.strip = strip};
    find_stops(&breaker);
    breaker.active = arena_unset_array_of(strip->scratch, uint32_t, breaker.stops.count);
    breaker.firsts = arena_array_of(strip->scratch, size_t, breaker.stops.count + 1);
    breaker.nodes = arena_alloc_unset(strip->scratch, breaker.stops.count, sizeof *breaker.nodes);
    size_t room = breaker.stops.count < ROOM_MAX ? ROOM * breaker.stops.count : ROOM * ROOM_MAX;
    breaker.candidates.items = arena_unset_array_of(strip->scratch, Candidate, room);
    breaker.candidates.capacity = room;
    if (!find_candidates(&breaker, true))
        find_candidates(&breaker, false);
    *count = strip->style->align == ALIGN_JUSTIFY ? choose_justified(&breaker) : choose_ragged(&breaker);
    lines = arena_array_of(strip->scratch, ChosenLine, *count);
    Length widest = 0;
    trace_lines(&breaker, lines, &widest);
    if (*count == 3 && strip->style->balance && strip->style->align != ALIGN_JUSTIFY)
        choose_title(&breaker, lines);
    for (size_t i = 0, j = *count - 1; i < j; i++, j--) {
        ChosenLine line = lines[i];
        lines[i] = lines[j];
        lines[j] = line;
    }
    return lines;
}
