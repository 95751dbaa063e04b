/* Takes all rules through one notice: loops, patterns and conditions, then the engine of the rule's kind. */
#include <string.h>

#include "rules/rules_int.h"

static void apply(Case one)
{
    static void (*const ENGINES[])(Case *) = {
        [RULE_FORMULA] = run_formula, [RULE_FIND] = run_find,         [RULE_NAMES] = run_names,
        [RULE_PAIRS] = run_pairs,     [RULE_REPEATED] = run_repeated, [RULE_NUMBERING] = run_numbering,
        [RULE_SIMILAR] = run_similar,
    };
    const Rule *rule = one.rule;
    for (size_t i = 0; i < rule->matches.count; i++) {
        Term term;
        RegexSpan spans[REGEX_GROUPS_MAX];
        const Match *match = &rule->matches.items[i];
        if (!case_eval(&one, match->subject, &term, NULL)) {
            return;
        }
        const char *text = term_text(&term, one.run->scratch);
        text = text ? text : "";
        size_t len = strlen(text);
        if (!regex_find(match->regex, text, len, 0, spans)) {
            return;
        }
        case_capture(&one, match->regex, spans, text, term.value);
        if (term.value && term.value->kind == VALUE_TEXT) {
            values_add(&one.matched, term.value, one.run->scratch);
        }
    }
    for (size_t i = 0; i < rule->lets.count; i++) {
        Term term;
        if (!case_eval(&one, rule->lets.items[i].formula, &term, NULL)) {
            return;
        }
        case_bind(&one, rule->lets.items[i].name, term);
    }
    bool wanted = true;
    if (case_holds(&one, rule->when, &wanted) && wanted) {
        ENGINES[rule->kind](&one);
    }
}

static void loop_over(Case one, const Formula *formula, size_t depth);

/* The inner loops from number `depth` on; behind the last one the rule itself. */
static void descend(Case one, size_t depth)
{
    if (depth < one.rule->inner.count) {
        loop_over(one, one.rule->inner.items[depth], depth + 1);
    } else {
        apply(one);
    }
}

static void loop_over(Case one, const Formula *formula, size_t depth)
{
    Term list;
    if (!case_eval(&one, formula, &list, NULL) || list.kind == TERM_BLANK) {
        return;
    }
    bool many = term_is_list(&list);
    size_t count = many ? term_count(&list) : 1;
    for (size_t i = 0; i < count && !one.run->failed; i++) {
        Term *item = arena_new_of(one.run->scratch, Term);
        *item = many ? term_item(&list, i) : list;
        Case inner = one;
        case_push(&inner, scope_item(item, i + 1, count, one.scope));
        case_bind(&inner, NAME_ITEM, *item);
        inner.item = item->value ? item->value : one.item;
        descend(inner, depth);
    }
}

static void run_rule(Case one)
{
    const FormulaArray *loops = &one.rule->loops;
    if (loops->count == 0) {
        descend(one, 0);
    }
    for (size_t i = 0; i < loops->count && !one.run->failed; i++) {
        loop_over(one, loops->items[i], 0);
    }
}

RuleOutcome rules_check(const Rules *rules, const Value *root, const Value *last, Arena *arena, FindingList *findings)
{
    Arena *scratch = arena_new();
    Run run = {.rules = rules, .root = root, .last = last, .arena = arena, .scratch = scratch, .findings = findings};
    const Scope data = {.value = root};
    const Term last_term = last ? term_from_value(last) : (Term){.kind = TERM_BLANK};
    const Scope scope = {.name = NAME_LAST_YEAR, .term = &last_term, .outer = &data};
    exceptions_read(&run);
    for (size_t i = 0; i < rules->items.count; i++) {
        const Rule *rule = rules->items.items[i];
        if (rule->info.off || (rule->needs_last && !last)) {
            continue;
        }
        ArenaMark mark = arena_mark(scratch);
        run.failed = false;
        finding_list_init(&run.why, scratch, findings->language);
        run_rule((Case){.run = &run, .rule = rule, .scope = &scope, .item = root});
        arena_rewind(scratch, mark);
    }
    roundings_finish(&run);
    exceptions_finish(&run);
    buffer_release(&run.joined);
    arena_free(scratch);
    return (RuleOutcome){run.accepted.items, run.accepted.count};
}
