/* Functions on lists and maps: items, members, and a formula for each of them. */
#include <string.h>

#include "data/formula_int.h"

/* The first argument as a list: blank is an empty one, a single value a list of one. */
static bool as_list(const Call *call, Term *term)
{
    const Node *node = call->node->call.arguments[0];
    if (term_is_map(term)) {
        const char *count = arena_printf(call->e->arena, "%zu", term->value->count);
        return evaluation_fail(call->e, node, MESSAGE_FORMULA_MAP_AS_ONE, term, TEXTS(count));
    }
    if (!term_is_list(term)) {
        const Term *item = arena_copy(call->e->arena, term, sizeof *term);
        *term = term_of_list(item, !term_is_blank(term));
    }
    return evaluation_step(call->e, node, term_count(term));
}

/* The first argument as a map; blank as none. */
static bool as_map(const Call *call, const Value **out)
{
    const Term *term = &call->terms[0];
    *out = term_is_map(term) ? term->value : NULL;
    return term_is_map(term) || term_is_blank(term) ||
           evaluation_fail(call->e, call->node->call.arguments[0], MESSAGE_FORMULA_NOT_MAP, term,
                           TEXTS(call->node->call.function->name, term_brief(term, call->e->arena)));
}

BODY(body_index)
{
    (void)variant;
    Term list = call->terms[0];
    int64_t n;
    if (!as_list(call, &list) || !want_int(call->e, call->node->call.arguments[1], call->node->call.function->name,
                                           &call->terms[1], 1, INT32_MAX, &n)) {
        return false;
    }
    *out = term_item(&list, (size_t)n - 1);
    evaluation_touch(call->e, out);
    return true;
}

BODY(body_key)
{
    (void)variant;
    const Value *value = call->terms[0].value;
    *out = value && value->key ? term_of_text(value->key) : term_blank();
    return true;
}

BODY(body_keys)
{
    (void)variant;
    const Value *map;
    if (!as_map(call, &map)) {
        return false;
    }
    size_t count = map ? map->count : 0;
    Term *items = arena_array_of(call->e->arena, Term, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = term_of_text(map->items[i]->key);
    }
    *out = term_of_list(items, count);
    return evaluation_step(call->e, call->node, 4 * count);
}

/* Whether a key stands among the arguments after the first, texts or lists of texts. */
static bool key_is_named(const char *key, const Term *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t items = term_is_list(&names[i]) ? term_count(&names[i]) : 1;
        for (size_t j = 0; j < items; j++) {
            Term item = term_is_list(&names[i]) ? term_item(&names[i], j) : names[i];
            if (item.kind == TERM_TEXT && strcmp(item.text, key) == 0) {
                return true;
            }
        }
    }
    return false;
}

BODY(body_except)
{
    (void)variant;
    const Value *map;
    if (!as_map(call, &map)) {
        return false;
    }
    size_t count = map ? map->count : 0, kept = 0;
    Term *items = arena_array_of(call->e->arena, Term, count);
    for (size_t i = 0; i < count; i++) {
        if (!key_is_named(map->items[i]->key, call->terms + 1, call->count - 1)) {
            items[kept++] = term_from_value(map->items[i]);
        }
    }
    *out = term_of_list(items, kept);
    evaluation_touch(call->e, out);
    return evaluation_step(call->e, call->node, count * (3 + call->count));
}

/* Of one argument: nothing is left out. */
BODY(body_values)
{
    return body_except(call, variant, out);
}

/* The list that the first argument of a function with a formula for each item gives. */
static bool begin_each(const Call *call, Term *list)
{
    return evaluate(call->e, call->node->call.arguments[0], call->scope, list) && as_list(call, list);
}

static bool item_truth(const Call *call, const Term *item, size_t index, size_t count, bool *truth)
{
    Term term;
    return evaluate_item(call, 1, item, index + 1, count, &term) &&
           want_truth(call->e, call->node->call.arguments[1], &term, truth);
}

BODY(body_filter)
{
    (void)variant;
    Term list;
    ARRAY(Term) kept = {0};
    if (!begin_each(call, &list)) {
        return false;
    }
    size_t count = term_count(&list);
    for (size_t i = 0; i < count; i++) {
        Term item = term_item(&list, i);
        bool truth;
        if (!item_truth(call, &item, i, count, &truth) || !evaluation_step(call->e, call->node, truth ? 4 : 0)) {
            return false;
        }
        if (truth) {
            *array_push(call->e->arena, &kept) = item;
        }
    }
    *out = term_of_list(kept.items, kept.count);
    return true;
}

BODY(body_map)
{
    (void)variant;
    Term list;
    if (!begin_each(call, &list)) {
        return false;
    }
    ARRAY(Term) results = {0};
    size_t count = term_count(&list);
    for (size_t i = 0; i < count; i++) {
        Term item = term_item(&list, i), result;
        if (!evaluate_item(call, 1, &item, i + 1, count, &result)) {
            return false;
        }
        size_t parts = term_is_list(&result) ? term_count(&result) : 1;
        if (!evaluation_step(call->e, call->node, 4 * parts)) {
            return false;
        }
        for (size_t j = 0; j < parts; j++) {
            *array_push(call->e->arena, &results) = term_is_list(&result) ? term_item(&result, j) : result;
        }
    }
    *out = term_of_list(results.items, results.count);
    return true;
}

BODY(body_quantifier)
{
    Term list;
    bool stop = variant == QUANTIFIER_ANY, truth = !stop;
    if (!begin_each(call, &list)) {
        return false;
    }
    size_t count = term_count(&list);
    for (size_t i = 0; i < count && truth != stop; i++) {
        Term item = term_item(&list, i);
        if (!item_truth(call, &item, i, count, &truth)) {
            return false;
        }
    }
    *out = term_of_truth(truth);
    return true;
}

static uint64_t term_hash(const Term *term)
{
    if (term_is_blank(term)) {
        return 0;
    }
    switch (term->kind) {
    case TERM_NUMBER: {
        Number number = term_number(term);
        return ((uint64_t)number.numerator * 31 + (uint64_t)number.denominator) * 0x9E3779B97F4A7C15u + number.negative;
    }
    case TERM_TEXT: {
        int year, month, day; /* dates are equal however they are written */
        if (term_date(term, &year, &month, &day)) {
            return (uint64_t)((year * 13 + month) * 37 + day) * 0x9E3779B97F4A7C15u;
        }
        return term->not_applicable ? 2 : text_hash(term->text);
    }
    case TERM_BOOLEAN:
        return term->boolean ? 3 : 4;
    case TERM_VALUE:
        return (uint64_t)(uintptr_t)term->value * 0x9E3779B97F4A7C15u;
    case TERM_BLANK:
    case TERM_LIST:
        break;
    }
    return 1;
}

/* Lists and maps are equal only to themselves. */
static bool same(const Call *call, const Term *a, const Term *b)
{
    if (a->kind == TERM_VALUE || b->kind == TERM_VALUE) {
        return a->kind == b->kind && (a->value == b->value || (term_is_blank(a) && term_is_blank(b)));
    }
    bool equal;
    return terms_equal(call->e, call->node, a, b, &equal) && equal;
}

BODY(body_unique)
{
    (void)variant;
    Term list = call->terms[0];
    if (!as_list(call, &list) || !evaluation_step(call->e, call->node, 4 * term_count(&list))) {
        return false;
    }
    size_t count = term_count(&list), kept = 0, slot_count = 16;
    while (slot_count < 2 * count) {
        slot_count *= 2;
    }
    Term *items = arena_array_of(call->e->arena, Term, count);
    uint32_t *slots = arena_array_of(call->e->arena, uint32_t, slot_count); /* index into items + 1 */
    for (size_t i = 0; i < count; i++) {
        Term item = term_item(&list, i);
        uint64_t hash = term_hash(&item);
        size_t at = (hash ^ hash >> 32) & (slot_count - 1);
        while (slots[at] && !same(call, &items[slots[at] - 1], &item)) {
            at = (at + 1) & (slot_count - 1);
        }
        if (slots[at] == 0) {
            items[kept++] = item;
            slots[at] = (uint32_t)kept;
        }
        evaluation_touch(call->e, &item);
    }
    *out = term_of_list(items, kept);
    return true;
}

BODY(body_row)
{
    const Scope *scope = call->scope;
    while (scope && scope->row == 0) {
        scope = scope->outer;
    }
    if (scope == NULL) {
        return evaluation_fail(call->e, call->node, MESSAGE_FORMULA_NO_ROW, NULL,
                               TEXTS(call->node->call.function->name));
    }
    *out = variant == ROW_LAST ? term_of_truth(scope->row == scope->rows)
                               : term_of_int((int64_t)(variant == ROW_NUMBER ? scope->row : scope->rows));
    return true;
}
