/* Regular expressions: PCRE2 over UTF-8, with names for what they catch and limits for what they may cost. */
#ifndef GONGKAI_RULES_REGEX_INT_H
#define GONGKAI_RULES_REGEX_INT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct Regex Regex;

/* Compiled; NULL with `*error` (in the arena) and the byte offset when it is none. */
Regex *regex_compile(const char *pattern, Arena *arena, const char **error, size_t *offset);
void regex_free(Regex *regex); /* NULL is allowed */

#define REGEX_GROUPS_MAX 16

typedef struct RegexSpan {
    size_t start, end; /* [bytes]; start == SIZE_MAX: did not take part */
} RegexSpan;

/* Finds from `from` on; spans[0] is the whole. False for no match, and when a limit was reached. */
bool regex_find(const Regex *regex, const char *text, size_t len, size_t from, RegexSpan spans[REGEX_GROUPS_MAX]);
/* The next match after `spans`: also when that was empty. */
size_t regex_after(const char *text, size_t len, const RegexSpan *whole);

/* The named groups, in the order of their numbers. */
size_t regex_name_count(const Regex *regex);
const char *regex_name(const Regex *regex, size_t index, size_t *group);

#endif
