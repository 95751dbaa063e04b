/* What choosing lines shares: the stops of a strip, the candidate lines between them, and the ways to each stop.
 * Private to layout/. */
#ifndef GONGKAI_LAYOUT_LINE_BREAK_INT_H
#define GONGKAI_LAYOUT_LINE_BREAK_INT_H

#include "layout/paragraph_int.h"

#define TONES    4
#define COST_MAX (INT64_MAX / 4)
/* A setting with a gap wider than the worst that is needed; costs from here on are penalties, not looks. */
#define CAP_COST 100000000

typedef struct StopPoint {
    size_t cluster, visible;
    int64_t cost;
    bool emergency;
} StopPoint;

typedef struct Candidate {
    uint32_t from; /* stop at which the line begins */
    LineFit fit;
} Candidate;

typedef struct Node {
    int64_t cost;
    uint32_t candidate;
    uint8_t tone; /* of the line before */
} Node;

typedef struct Breaker {
    const Strip *strip;
    ARRAY(StopPoint) stops; /* [0] is the beginning */
    ARRAY(Candidate) candidates;
    uint32_t *active; /* stops that a line may begin at, in order */
    size_t *firsts;   /* of each stop, its candidates begin here; one more at the end */
    Node (*nodes)[TONES];
    Length ideal;
    bool good; /* has INLINE_GOOD_BREAK */
} Breaker;

/* line_break.c */
LineRange range_between(const Breaker *breaker, size_t from, size_t to);
/* line_choose.c */
void choose_lines(Breaker *breaker, Length cap); /* by the sum of costs; gaps wider than `cap` last */
Length least_widest(const Breaker *breaker);
/* The chosen lines, last first, into `lines` when it is not NULL. Returns their number. */
size_t trace_lines(const Breaker *breaker, ChosenLine *lines, Length *widest);
/* Three lines of a title, last first: the same, but no waist. */
void choose_title(const Breaker *breaker, ChosenLine lines[3]);

#endif
