/* Follows a path of a formula through scopes and data: names, members, and lists item by item. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "data/formula_int.h"

typedef ARRAY(Term) Terms;

const Value *scope_map(const Scope *scope)
{
    const Value *value = scope->value;
    if (value == NULL && scope->name == NULL && scope->term) {
        value = scope->term->value;
    }
    return value && value->kind == VALUE_MAP ? value : NULL;
}

const Scope *scope_current(const Scope *scope)
{
    while (scope && scope->value == NULL && (scope->name || scope->term == NULL)) {
        scope = scope->outer;
    }
    return scope;
}

/* A list's items one by one, so that lists within lists come out flat. */
static bool append(Evaluation *e, const Node *node, Terms *terms, const Term *term)
{
    if (!term_is_list(term)) {
        *array_push(e->arena, terms) = *term;
        return evaluation_step(e, node, 4);
    }
    for (size_t i = 0; i < term_count(term); i++) {
        Term item = term_item(term, i);
        if (!append(e, node, terms, &item)) {
            return false;
        }
    }
    return true;
}

static void reserve(Evaluation *e, Terms *terms, size_t count)
{
    if (terms->items == NULL) {
        count = count < e->steps ? count : e->steps;
        terms->items = arena_array_of(e->arena, Term, count);
        terms->capacity = count;
    }
}

/* All members of a map, the scalar itself, nothing of blank. */
static bool append_members(Evaluation *e, const Node *node, Terms *terms, const Term *term)
{
    if (!term_is_map(term)) {
        return term->kind == TERM_BLANK || append(e, node, terms, term);
    }
    reserve(e, terms, term->value->count);
    for (size_t i = 0; i < term->value->count; i++) {
        Term member = term_from_value(term->value->items[i]);
        if (!append(e, node, terms, &member)) {
            return false;
        }
    }
    return true;
}

static Term member_of(const Term *term, const char *name)
{
    return term_is_map(term) ? term_from_value(value_get(term->value, name)) : term_blank();
}

/* The step for each item. */
static bool append_steps(Evaluation *e, const Node *node, Terms *terms, const Term *list, const char *name)
{
    for (size_t i = 0; i < term_count(list); i++) {
        Term item = term_item(list, i), member;
        if (term_is_list(&item)) {
            if (!append_steps(e, node, terms, &item, name)) {
                return false;
            }
            continue;
        }
        member = name ? member_of(&item, name) : item;
        if (!(name ? append(e, node, terms, &member) : append_members(e, node, terms, &item))) {
            return false;
        }
    }
    return true;
}

static bool take_step(Evaluation *e, const Node *node, const char *name, Term *term)
{
    Terms terms = {0};
    if (term_is_list(term)) {
        reserve(e, &terms, term_count(term));
        if (!append_steps(e, node, &terms, term, name)) {
            return false;
        }
    } else if (name) {
        *term = member_of(term, name);
        return true;
    } else if (!append_members(e, node, &terms, term)) {
        return false;
    }
    *term = term_of_list(terms.items, terms.count);
    return true;
}

/* 增减词（x）: the call of a named formula, written with full-width brackets that make it one name. */
static const char *called_name(Evaluation *e, const char *name)
{
    const char *bracket = strstr(name, "\uFF08");
    const char *head = bracket ? arena_strndup(e->arena, name, (size_t)(bracket - name)) : NULL;
    const NamedFormula *named = head ? names_find(e->names, head) : NULL;
    return named && named->body ? head : NULL;
}

static bool fail_unknown(Evaluation *e, const Node *node, const char *name, const Scope *scope)
{
    Node at = *node; /* the first name alone */
    size_t len = strlen(name);
    at.length = len < node->length ? (uint32_t)len : node->length;
    const char *head = called_name(e, name);
    if (head) {
        at.offset += (uint32_t)strlen(head);
        at.length = 3;
        return evaluation_fail(e, &at, MESSAGE_FORMULA_FULL_WIDTH, NULL, TEXTS("\uFF08", "("));
    }
    const char *nearest = nearest_name(name, scope, e->names);
    return evaluation_fail(e, &at, nearest ? MESSAGE_FORMULA_NAME_NEAR : MESSAGE_FORMULA_NAME_UNKNOWN, NULL,
                           TEXTS(name, nearest));
}

/* Whether another item of the list has a member of this name: it may be absent from one. Counted, for it may be a long
 * way to the first that has it. */
static bool is_sibling_name(Evaluation *e, const Node *node, const Scope *scope, const char *name, bool *found)
{
    *found = false;
    for (; scope && !*found; scope = scope->outer) {
        const Value *map = scope_map(scope), *list = map ? map->parent : NULL;
        for (size_t i = 0; list && list->kind == VALUE_LIST && i < list->count && !*found; i++) {
            *found = value_get(list->items[i], name) != NULL;
            if (!evaluation_step(e, node, 1)) {
                return false;
            }
        }
    }
    return true;
}

static bool look_up(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    const char *name = node->path.name;
    for (const Scope *at = scope; at; at = at->outer) {
        const Value *member = value_get(scope_map(at), name);
        if (member) {
            *out = term_from_value(member);
            return true;
        }
        if (at->name && strcmp(at->name, name) == 0) {
            *out = at->term ? *at->term : term_blank();
            return true;
        }
    }
    const NamedFormula *named = names_find(e->names, name);
    if (named && named->body) {
        return evaluate_named(e, node, named, scope, out);
    }
    bool found = named != NULL;
    *out = term_blank();
    return found || (is_sibling_name(e, node, scope, name, &found) && (found || fail_unknown(e, node, name, scope)));
}

bool evaluate_path(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    const Scope *current;
    switch (node->path.base) {
    case BASE_NAME:
        if (!look_up(e, node, scope, out)) {
            return false;
        }
        break;
    case BASE_CURRENT:
        current = scope_current(scope);
        *out = !current ? term_blank() : current->value ? term_from_value(current->value) : *current->term;
        break;
    case BASE_NODE:
        if (!evaluate(e, node->path.inner, scope, out)) {
            return false;
        }
        break;
    }
    for (size_t i = 0; i < node->path.count; i++) {
        if (!take_step(e, node, node->path.steps[i], out)) {
            return false;
        }
    }
    evaluation_touch(e, out);
    return true;
}
