/* The longest common subsequence of two sequences told apart by a function. Private to revise/. */
#ifndef GONGKAI_REVISE_ALIGN_INT_H
#define GONGKAI_REVISE_ALIGN_INT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct AlignedPair {
    size_t before, after;
} AlignedPair;

typedef struct Alignment {
    AlignedPair *pairs; /* increasing in both */
    size_t count;
} Alignment;

/* Equal heads and tails first, then a table; of middles too long for one only equal neighbours in step. */
Alignment align(size_t before, size_t after, bool (*same)(const void *context, size_t i, size_t j), const void *context,
                Arena *arena);

#endif
