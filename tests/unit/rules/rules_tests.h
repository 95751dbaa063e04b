/* What the tests of rules share: the pack's rules applied to a text. */
#ifndef GONGKAI_TESTS_RULES_TESTS_H
#define GONGKAI_TESTS_RULES_TESTS_H

#include <check.h>

#include "data/data.h"
#include "rules/rules.h"

#define PACK      "templates/\u90E8\u95E8\u9884\u7B97\u516C\u5F00"
#define REFERENCE "../shared/reference/notice-2020.yaml"

/* The pack as far as rules need it. */
typedef struct Bench {
    Arena *arena;
    FindingList findings; /* of loading the pack: none */
    const Value *defaults;
    Schema *schema;
    FormulaNames *names;
    Rules *rules;
} Bench;

/* `rules_text` NULL: the pack's own rules. */
Bench bench_open(const char *rules_text);
void bench_close(Bench *bench);

/* One notice, checked. Texts must live as long. */
typedef struct Notice {
    Arena *arena;
    FindingList findings;
    Value *root;
    RuleOutcome outcome;
} Notice;
Notice notice_check(const Bench *bench, const char *text, const char *last);
Notice notice_check_file(const Bench *bench, const char *path); /* with the files its 共用 names */
void notice_close(Notice *notice);
/* How many findings of this code (NULL: any) and at least this severity. */
size_t notice_count(const Notice *notice, const char *code, Severity least);
const Finding *notice_find(const Notice *notice, const char *code, size_t index); /* NULL when there are fewer */

/* NULL when there is no such file. */
char *file_text(const char *path, Arena *arena);
/* `text` with the only `from` in it made `to`; NULL when there is none, or more than one. */
char *text_replace(const char *text, const char *from, const char *to, Arena *arena);

Suite *case_suite(void);
Suite *mutation_suite(void);
Suite *notice_suite(void);
Suite *engine_suite(void);
Suite *load_suite(void);
Suite *screen_suite(void);

#endif
