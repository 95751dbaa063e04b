/* Regular expressions: PCRE2 over UTF-8, with names for what they catch and limits for what they may cost. */
#ifndef GONGKAI_BASE_REGEX_H
#define GONGKAI_BASE_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct Regex Regex;

typedef enum RegexOptions {
    REGEX_PLAIN = 0,
    REGEX_SPACED = 1, /* blanks in the pattern are for its reader, and # begins a comment */
    REGEX_FAST = 2,   /* to machine code: for patterns that are tried on much text; wants regex_free */
} RegexOptions;

/* Compiled into the arena; NULL with `*error` (in the arena) and the byte offset when it is none. */
Regex *regex_compile(const char *pattern, RegexOptions options, Arena *arena, const char **error, size_t *offset);
void regex_free(Regex *regex); /* gives back what REGEX_FAST took outside of the arena; NULL is allowed */

#define REGEX_GROUPS_MAX 16

typedef struct RegexSpan {
    size_t start, end; /* [bytes]; start == SIZE_MAX: did not take part */
} RegexSpan;

/* Finds in well-formed UTF-8 from `from` on; spans[0] is the whole. False for no match, and when a limit was reached.
 */
bool regex_find(const Regex *regex, const char *text, size_t len, size_t from, RegexSpan spans[REGEX_GROUPS_MAX]);
bool regex_found(const Regex *regex, const char *text, size_t len); /* anywhere in the text */
/* As regex_find, which takes for absent what a limit kept from being found. */
typedef enum RegexAnswer { REGEX_FOUND, REGEX_ABSENT, REGEX_UNKNOWN } RegexAnswer;
RegexAnswer regex_ask(const Regex *regex, const char *text, size_t len, size_t from, RegexSpan spans[REGEX_GROUPS_MAX]);
/* The next match after `spans`: also when that was empty. */
size_t regex_after(const char *text, size_t len, const RegexSpan *whole);

/* The named groups, in the order of their numbers. */
size_t regex_name_count(const Regex *regex);
const char *regex_name(const Regex *regex, size_t index, size_t *group);

#endif
