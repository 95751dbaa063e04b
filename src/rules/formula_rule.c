/* Formulas that must hold: both sides, how far apart they are, and whether that is only rounding. */
#include <string.h>

#include "rules/rules_int.h"

static bool is_given(const Value *value)
{
    return value && value->kind == VALUE_TEXT && (value->origin == ORIGIN_GIVEN || value->origin == ORIGIN_SHARED);
}

static void add_inputs(Case *one, const FormulaInputs *inputs, Values *out)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const Value *value = inputs->values[i];
        if (value->kind == VALUE_TEXT && value->reading == READ_NUMBER && value->number.micro != 0) {
            values_add(out, value, one->run->scratch);
        }
    }
}

/* One unit of the last digit given, 0.01 at most: a figure without places, or with one, is not taken for rounded. */
static Decimal last_digit(const Values *values)
{
    unsigned places = 2;
    for (size_t i = 0; i < values->count; i++) {
        Decimal number;
        if (value_number(values->items[i], &number) && number.places > places) {
            places = number.places;
        }
    }
    int64_t micro = DECIMAL_ONE;
    for (unsigned i = 0; i < places; i++) {
        micro /= 10;
    }
    return (Decimal){.micro = micro, .places = (uint8_t)places};
}

/* Reads a number; false for what is none or does not fit. */
static bool term_decimal(const Term *term, Decimal *out)
{
    *out = term->number;
    return term->kind == TERM_NUMBER && !term->exact;
}

/* The parts of a sum help to find the wrong one; a hint has none. */
static void drop_parts(const Case *one, Hit *hit)
{
    if (one->rule->info.severity == SEVERITY_HINT) {
        hit->related.count = 0;
    }
}

/* Where to point: what the rule says; else a figure that stands alone on a side; else the first one read. */
static void choose(Case *one, const Term sides[2], Hit *hit)
{
    const Rule *rule = one->rule;
    Term term;
    if (rule->at && case_eval(one, rule->at, &term, NULL) && term.value) {
        hit->value = term.value;
        return;
    }
    for (size_t i = one->captures.count; rule->at && i-- > 0;) {
        size_t count = 0;
        const FormulaPath *paths = formula_paths(rule->at, one->run->scratch, &count);
        const Capture *capture = &one->captures.items[i];
        if (capture->value && count == 1 && paths[0].count == 1 && strcmp(paths[0].steps[0], capture->name) == 0) {
            *hit = (Hit){capture->value, true, capture->start, capture->end, hit->related, NULL};
            return;
        }
    }
    for (int i = 0; i < 2; i++) {
        if (is_given(sides[i].value)) {
            hit->value = sides[i].value;
            return;
        }
    }
    for (size_t i = 0; i < hit->related.count; i++) {
        if (is_given(hit->related.items[i])) {
            hit->value = hit->related.items[i];
            return;
        }
    }
    hit->value = one->matched.count ? one->matched.items[0] : one->item;
}

/* Whether the sides differ by no more than rounding can make. */
static bool is_rounding(Case *one, const Term sides[2], const Values *inputs, Decimal difference)
{
    Decimal tolerance = last_digit(inputs);
    Term term;
    if (sides[0].kind != TERM_NUMBER || sides[1].kind != TERM_NUMBER || !strchr(one->rule->sign, '=')) {
        return false;
    }
    if (one->rule->tolerance &&
        (!case_eval(one, one->rule->tolerance, &term, NULL) || !term_decimal(&term, &tolerance))) {
        return false;
    }
    return decimal_compare(difference, tolerance) <= 0;
}

static void add_rounding(Case *one, const Hit *hit, const Term sides[2], Decimal difference)
{
    Run *run = one->run;
    const char *left = term_text(&sides[0], run->scratch), *right = term_text(&sides[1], run->scratch);
    const char *text = arena_printf(run->arena, "%s: %s \u2260 %s (%s)", one->rule->info.title, left ? left : "\u2026",
                                    right ? right : "\u2026", decimal_text(decimal_trim(difference), run->scratch));
    const ExceptionEntry *entry = exceptions_find(run, one->rule->info.id, hit->value->path);
    entry = entry ? entry : exceptions_find(run, RULE_ROUNDING, hit->value->path);
    if (entry) {
        exceptions_accept(run, entry, one->rule->info.id, hit->value->path, text, hit->value->place);
        return;
    }
    *array_push(run->arena, &run->roundings) = (Rounding){one->rule, hit->value->place, hit->value->path, text};
}

/* Neither side may be missing: a figure not given cannot disagree. */
static bool both_given(const Term sides[2])
{
    for (int i = 0; i < 2; i++) {
        if (sides[i].kind == TERM_BLANK || sides[i].not_applicable) {
            return false;
        }
    }
    return true;
}

void run_formula(Case *one)
{
    const Rule *rule = one->rule;
    bool holds = true;
    Hit hit = {.value = one->item};
    Term sides[2] = {{.kind = TERM_BLANK}, {.kind = TERM_BLANK}}, apart;
    FormulaInputs inputs;
    if (!rule->left) {
        Term term;
        if (!case_eval(one, rule->formula, &term, &inputs) || term_is_true(&term)) {
            return;
        }
        add_inputs(one, &inputs, &hit.related);
        choose(one, sides, &hit);
        drop_parts(one, &hit);
        for (size_t i = 0; i < one->matched.count; i++) {
            values_add(&hit.related, one->matched.items[i], one->run->scratch);
        }
        case_report(one, &hit);
        return;
    }
    if (!case_holds(one, rule->formula, &holds) || holds) {
        return;
    }
    for (int i = 0; i < 2; i++) {
        if (!case_eval(one, i == 0 ? rule->left : rule->right, &sides[i], &inputs)) {
            return;
        }
        add_inputs(one, &inputs, &hit.related);
    }
    if (!both_given(sides)) {
        return;
    }
    case_bind(one, NAME_LEFT, sides[0]);
    case_bind(one, NAME_RIGHT, sides[1]);
    Decimal difference = {.micro = INT64_MAX};
    if (sides[0].kind == TERM_NUMBER && sides[1].kind == TERM_NUMBER) {
        if (!case_eval(one, one->run->rules->difference, &apart, NULL)) {
            return;
        }
        case_bind(one, NAME_DIFFERENCE, apart);
        term_decimal(&apart, &difference);
        if (difference.micro == 0 && !apart.exact && strchr(rule->sign, '=')) {
            return; /* apart by less than six places can tell */
        }
    }
    choose(one, sides, &hit);
    if (is_rounding(one, sides, &hit.related, difference)) {
        add_rounding(one, &hit, sides, difference);
        return;
    }
    drop_parts(one, &hit);
    for (size_t i = 0; i < one->matched.count; i++) {
        values_add(&hit.related, one->matched.items[i], one->run->scratch);
    }
    case_report(one, &hit);
}

void roundings_finish(Run *run)
{
    size_t count = run->roundings.count;
    if (count == 0) {
        return;
    }
    const Rounding *first = &run->roundings.items[0];
    Finding *finding = finding_add(run->findings, MESSAGE_RULE_ROUNDING, first->place, first->path,
                                   arena_printf(run->scratch, "%zu", count), first->text, NULL);
    for (size_t i = 1; i < count; i++) {
        const Rounding *rounding = &run->roundings.items[i];
        finding_relate(run->findings, finding, MESSAGE_RULE_ROUNDING_ALSO, rounding->place, rounding->text, NULL);
    }
}
