/* The rules: a pack's rules.yaml + checked data -> findings. "Figures that cannot disagree."
 *
 * What is checked is written in rules.yaml by people who know spreadsheets (templates/README.md tells how); C has only
 * the engines: formulas, and a few kinds of search in the notice's words. Three verdicts: error (provably
 * inconsistent), warning (very probably wrong), hint (form, style). Differences of one last digit become one hint
 * together. */
#ifndef GONGKAI_RULES_RULES_H
#define GONGKAI_RULES_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/finding.h"
#include "data/data.h"

/* Read-only once loaded; shared by all notices of a run, also by several threads. */
typedef struct Rules Rules;

/* From a pack's rules.yaml (as yaml_load gave it). `names`: the pack's named formulas; they must live as long. Reports
 * all that is wrong with the rules; NULL when something is. A rule with `severity: off` is read and never applied. */
Rules *rules_load(const Value *yaml, const FormulaNames *names, Arena *arena, FindingList *findings);
/* Rules own memory outside of arenas (compiled patterns). NULL is allowed. */
void rules_free(Rules *rules);

/* What a rule says of itself. Texts as written in rules.yaml; NULL for what it does not say. */
typedef struct RuleInfo {
    const char *id;
    const char *title;
    const char *kind; /* the key that tells what it does: formula, find, names, ... */
    const char *check, *loop, *each, *when, *tolerance, *message, *source, *example;
    Severity severity;
    bool off;
    Place place; /* in rules.yaml */
} RuleInfo;
size_t rules_count(const Rules *rules);
const RuleInfo *rules_info(const Rules *rules, size_t index);
const RuleInfo *rules_find(const Rules *rules, const char *id); /* NULL when there is none */
/* The rule whose id is nearest, for "did you mean", or NULL. */
const char *rules_nearest(const Rules *rules, const char *id);

/* A finding accepted by the notice's own 核对例外. For the manifest: never silent. */
typedef struct RuleException {
    const char *rule, *path, *reason;
    const char *message; /* of the finding it accepts */
    Place place;         /* of that finding */
} RuleException;
typedef struct RuleOutcome {
    const RuleException *exceptions;
    size_t exception_count;
} RuleOutcome;

/* Applies all rules to `root`, which schema_check and data_compute have passed. `last`: the notice of the year before,
 * or NULL. The outcome lies in `arena`. */
RuleOutcome rules_check(const Rules *rules, const Value *root, const Value *last, Arena *arena, FindingList *findings);

/* The code of the hint that gathers differences of one last digit. */
#define RULE_ROUNDING "rounding"

#endif
