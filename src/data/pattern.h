/* Regular expressions of the schema's `pattern` and `patternProperties`: POSIX extended ones over code points.
 *
 * Not regcomp: that one matches bytes unless the process has a UTF-8 locale, and takes exponential time on some texts.
 * Literals, . [...] [^...] with ranges and [:digit:] [:alpha:] [:alnum:] [:space:], ^ $ ( ) | * + ? {m} {m,} {m,n},
 * and, as in ECMAScript, \d \D \w \W \s \S. Found anywhere in the text unless anchored, as JSON Schema has it. */
#ifndef GONGKAI_DATA_PATTERN_H
#define GONGKAI_DATA_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct Pattern Pattern;

/* NULL for a syntax error, or when it would need more than 4096 steps. */
Pattern *pattern_parse(const char *text, size_t len, Arena *arena);
/* Time is at most the product of both lengths. */
bool pattern_found(const Pattern *pattern, const char *text, size_t len);

#endif
