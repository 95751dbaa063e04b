/* Candidate lines -> the ones that cost least together.
 *
 * The first pass chooses by the sum of costs. When its widest gap is worth a second thought, the next finds the least
 * width the widest gap of the strip can have, and the sum is minimized again among the settings that keep to it: the
 * worst line counts first, then all of them. */
#include "layout/line_break_int.h"

#define TONE_COST 1000 /* a tight line beside a loose one */
#define WAIST_COST \
    2304 /* a title's middle line shorter than both its neighbours: as a line that misses by 3 characters */

static int64_t add_cost(int64_t a, int64_t b)
{
    return a > COST_MAX - b ? COST_MAX : a + b;
}

/* The least possible width of the strip's widest gap, among the ways with the fewest penalties. */
Length least_widest(const Breaker *breaker)
{
    typedef struct Worst {
        int64_t penalty;
        Length widest;
    } Worst;
    const Strip *strip = breaker->strip;
    Worst *worst = arena_array_of(strip->scratch, Worst, breaker->stops.count);
    for (size_t to = 1; to < breaker->stops.count; to++) {
        Worst best = {COST_MAX, 0};
        for (size_t c = breaker->firsts[to]; c < breaker->firsts[to + 1]; c++) {
            const Candidate *candidate = &breaker->candidates.items[c];
            Worst way = worst[candidate->from];
            int64_t cost = add_cost(candidate->fit.cost, breaker->stops.items[to].cost);
            way.penalty = add_cost(way.penalty, cost - cost % CAP_COST);
            way.widest = candidate->fit.widest > way.widest ? candidate->fit.widest : way.widest;
            if (way.penalty < best.penalty || (way.penalty == best.penalty && way.widest < best.widest))
                best = way;
        }
        worst[to] = best;
    }
    return worst[breaker->stops.count - 1].widest;
}

static void relax(Breaker *breaker, size_t to, size_t c, Length cap)
{
    const Candidate *candidate = &breaker->candidates.items[c];
    int64_t cost = add_cost(candidate->fit.cost, breaker->stops.items[to].cost);
    if (candidate->fit.widest > cap)
        cost = add_cost(cost, CAP_COST);
    Node *node = &breaker->nodes[to][candidate->fit.tone];
    /* Of two ways that cost the same, balanced text takes the one with the shorter first line (a trapezium standing on
     * its longer side), other text that with the longer one. */
    bool later = !breaker->strip->style->balance;
    for (uint8_t tone = 0; tone < TONES; tone++) {
        int64_t before = breaker->nodes[candidate->from][tone].cost;
        if (before == INT64_MAX)
            continue;
        int difference = (int)candidate->fit.tone - (int)tone;
        int64_t total = add_cost(before, cost + (difference > 1 || difference < -1 ? TONE_COST : 0));
        if (total < node->cost || (total == node->cost && later))
            *node = (Node){total, (uint32_t)c, tone};
    }
}

void choose_lines(Breaker *breaker, Length cap)
{
    for (size_t to = 0; to < breaker->stops.count; to++)
        for (size_t tone = 0; tone < TONES; tone++)
            breaker->nodes[to][tone] = (Node){INT64_MAX, 0, 0};
    breaker->nodes[0][1].cost = 0;
    for (size_t to = 1; to < breaker->stops.count; to++)
        for (size_t c = breaker->firsts[to]; c < breaker->firsts[to + 1]; c++)
            relax(breaker, to, c, cap);
}

static ChosenLine chosen_line(const Breaker *breaker, const Candidate *candidate, size_t to)
{
    return (ChosenLine){.range = range_between(breaker, candidate->from, to),
                        .fit = candidate->fit,
                        .forced = candidate->fit.forced || breaker->stops.items[to].emergency};
}

size_t trace_lines(const Breaker *breaker, ChosenLine *lines, Length *widest)
{
    size_t to = breaker->stops.count - 1, count = 0;
    uint8_t tone = 0;
    for (uint8_t t = 1; t < TONES; t++)
        if (breaker->nodes[to][t].cost < breaker->nodes[to][tone].cost)
            tone = t;
    *widest = 0;
    while (to > 0) {
        const Node *node = &breaker->nodes[to][tone];
        const Candidate *candidate = &breaker->candidates.items[node->candidate];
        if (lines)
            lines[count] = chosen_line(breaker, candidate, to);
        if (candidate->fit.widest > *widest)
            *widest = candidate->fit.widest;
        count++;
        to = candidate->from;
        tone = node->tone;
    }
    return count;
}

/* 9704 7.3.1: a title is a trapezium or a rhombus. */
static int64_t waist_cost(const Candidate *first, const Candidate *second, const Candidate *third)
{
    Length middle = second->fit.natural;
    return middle < first->fit.natural && middle < third->fit.natural ? WAIST_COST : 0;
}

void choose_title(const Breaker *breaker, ChosenLine lines[3])
{
    size_t end = breaker->stops.count - 1;
    int64_t least = COST_MAX;
    for (size_t c = breaker->firsts[end]; c < breaker->firsts[end + 1]; c++) {
        const Candidate *third = &breaker->candidates.items[c];
        size_t second_end = third->from;
        if (second_end == 0)
            continue;
        for (size_t b = breaker->firsts[second_end]; b < breaker->firsts[second_end + 1]; b++) {
            const Candidate *second = &breaker->candidates.items[b];
            size_t first_end = second->from;
            if (first_end == 0)
                continue;
            for (size_t a = breaker->firsts[first_end]; a < breaker->firsts[first_end + 1]; a++) {
                const Candidate *first = &breaker->candidates.items[a];
                if (first->from != 0)
                    continue;
                int64_t cost = add_cost(first->fit.cost, breaker->stops.items[first_end].cost);
                cost = add_cost(cost, second->fit.cost + breaker->stops.items[second_end].cost);
                cost = add_cost(cost, third->fit.cost + waist_cost(first, second, third));
                if (cost >= least)
                    continue;
                least = cost;
                lines[0] = chosen_line(breaker, third, end);
                lines[1] = chosen_line(breaker, second, second_end);
                lines[2] = chosen_line(breaker, first, first_end);
            }
        }
    }
}
