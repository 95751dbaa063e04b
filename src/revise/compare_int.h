/* What comparing the data and matching its lists share. Private to revise/. */
#ifndef GONGKAI_REVISE_COMPARE_INT_H
#define GONGKAI_REVISE_COMPARE_INT_H

#include "revise/revise.h"

#define NONE SIZE_MAX

typedef struct Compare {
    const Schema *schema;
    Arena *arena;
    int shift; /* what moves the old file's amounts into the new file's unit: 元 to 万元 is -4 */
    ARRAY(Change) changes;
} Compare;

/* Not given: no key, nothing after it, an empty text, an amount left blank. An empty list is given: it says "none". */
bool value_is_absent(const Value *value);
/* Whether two values say the same. */
bool value_same(const Compare *compare, const Value *before, const Value *after);
/* Equal for values that say the same. `old`: from the old tree. */
uint64_t value_digest(const Compare *compare, const Value *value, bool old);
/* An amount of the old tree in the unit of the new. */
Decimal value_amount(const Compare *compare, const Value *value, bool old);

typedef struct Sequence { /* items of a list, or the open members of a map */
    const Value **items;
    size_t count;
} Sequence;

/* Who is whose partner: indexes, or NONE. */
typedef struct Matching {
    size_t *before, *after;
    bool *moved, *renamed; /* by index of `after` */
} Matching;

/* `identity`: the key that names the items; NULL for none (open members are named by their keys). */
Matching sequence_match(const Compare *compare, Sequence before, Sequence after, const char *identity);
/* 0 nothing in common .. 1000 the same, leaving the name alone. */
int value_likeness(const Compare *compare, const Value *before, const Value *after, const char *identity);

#endif
