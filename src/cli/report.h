/* Findings to the user: text on stderr, JSON Lines or SARIF on stdout; which of them, and how many. */
#ifndef GONGKAI_CLI_REPORT_H
#define GONGKAI_CLI_REPORT_H

#include "base/finding.h"
#include "cli/options.h"
#include "rules/rules.h"

/* What a command that reports on many findings takes: its member `select`, by these rows of its table. */
typedef struct SelectOptions {
    TextList only; /* codes, also several in one word with commas between */
    int severity;  /* index of SEVERITY_WORDS */
    size_t max;    /* 0: all */
} SelectOptions;
extern const char *const SEVERITY_WORDS[]; /* by Severity, NULL at the end */

#define SELECT_OPTIONS(Type)                                                                               \
    {.name = "only",                                                                                       \
     .kind = OPTION_TEXTS,                                                                                 \
     .offset = offsetof(Type, select.only),                                                                \
     .value = "ID,...",                                                                                    \
     .zh = "只看这些规则（代号，逗号隔开，可写多次）",                                                     \
     .en = "these rules only; may repeat"},                                                                \
        {.name = "severity",                                                                               \
         .kind = OPTION_CHOICE,                                                                            \
         .offset = offsetof(Type, select.severity),                                                        \
         .choices = SEVERITY_WORDS,                                                                        \
         .zh = "只看这样重的和更重的：提示、警告、错误",                                                   \
         .en = "this severe and worse only"},                                                              \
    {                                                                                                      \
        .name = "max", .kind = OPTION_COUNT, .offset = offsetof(Type, select.max), .value = "N", .min = 1, \
        .max = 1000000, .zh = "最多列出 N 条", .en = "print at most N"                                     \
    }

/* Drops what is not selected, and counts anew; troubles stay. Do it before asking for the status. */
void report_select(FindingList *findings, const SelectOptions *select);
/* A code given to --only that is none: says so on stderr and returns false. `rule_known` answers for the rules. */
bool report_only_known(const SelectOptions *select, const Rules *rules, Language language);

/* Prints all; `select` (may be NULL) limits their number, and the text to findings so severe; the rest is counted.
 * `name`: the file, told in the summary; NULL for the only one.
 */
void report_findings(FindingList *findings, const CommonOptions *options, const SelectOptions *select,
                     const char *name);
/* Whether standard error is a terminal that wants colours. */
bool report_wants_color(void);

#endif
