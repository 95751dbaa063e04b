/* What parsing and running a pattern share: the steps of its NFA. */
#ifndef GONGKAI_DATA_PATTERN_INT_H
#define GONGKAI_DATA_PATTERN_INT_H

#include <stdint.h>

#include "data/pattern.h"

typedef enum StepKind {
    STEP_CODE,
    STEP_ANY,
    STEP_CLASS,
    STEP_START,
    STEP_END,
    STEP_FORK,
    STEP_JUMP,
    STEP_FOUND
} StepKind;

typedef struct Range {
    uint32_t from, to;
} Range;

typedef struct Step {
    StepKind kind;
    bool negated;      /* STEP_CLASS */
    uint32_t code;     /* STEP_CODE */
    int to, other;     /* STEP_FORK, STEP_JUMP: relative, so that a piece can be repeated by copying */
    size_t first, end; /* STEP_CLASS: its ranges */
} Step;

struct Pattern {
    Step *steps;
    size_t count;
    Range *ranges;
};

#endif
