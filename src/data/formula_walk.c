/* Walks the tree of a formula without evaluating it: the paths it names, and whether what it calls is there. */
#include <assert.h>

#include "base/text.h"
#include "data/formula_int.h"

typedef ARRAY(FormulaPath) Paths;

typedef struct Walk {
    const Formula *formula;
    const FormulaNames *names;
    Arena *arena;
    FindingList *findings; /* NULL: only paths are wanted */
    Paths paths;
    bool relative;
    bool good;
} Walk;

Finding *call_check(const Formula *formula, const Node *node, const NamedFormula *named, const FormulaNames *names,
                    Arena *arena, FindingList *findings)
{
    Place place = formula_place(formula, node->offset, node->call.name_length);
    const char *name = node->call.name;
    if (named == NULL || named->body == NULL) {
        const char *nearest = nearest_function(name, names, arena);
        MessageId id = nearest ? MESSAGE_FORMULA_FUNCTION_NEAR : MESSAGE_FORMULA_FUNCTION_UNKNOWN;
        return finding_add(findings, id, place, NULL, name, nearest, NULL);
    }
    if (named->count != node->call.count) {
        place = formula_place(formula, node->offset, node->length);
        const char *wanted = arena_printf(arena, "%zu", named->count);
        const char *given = arena_printf(arena, "%zu", node->call.count);
        return finding_add(findings, MESSAGE_FORMULA_ARGUMENTS, place, NULL, name, wanted, given, NULL);
    }
    return NULL;
}

static void walk(Walk *w, const Node *node);

static void walk_path(Walk *w, const Node *node)
{
    if (node->path.base == BASE_NODE) {
        walk(w, node->path.inner);
        return;
    }
    bool named = node->path.base == BASE_NAME;
    FormulaPath path = {.current = !named, .relative = w->relative, .count = node->path.count + named};
    path.steps = arena_array_of(w->arena, const char *, path.count);
    if (named) {
        path.steps[0] = node->path.name;
    }
    for (size_t i = 0; i < node->path.count; i++) {
        path.steps[i + named] = node->path.steps[i];
    }
    path.offset = node->offset;
    path.length = node->length;
    *array_push(w->arena, &w->paths) = path;
}

static void walk_call(Walk *w, const Node *node)
{
    if (w->findings && node->call.function == NULL) {
        const NamedFormula *named = names_find(w->names, node->call.name);
        w->good &= call_check(w->formula, node, named, w->names, w->arena, w->findings) == NULL;
    }
    bool relative = w->relative;
    for (size_t i = 0; i < node->call.count; i++) {
        w->relative = relative || (i == 1 && node->call.function && node->call.function->each);
        walk(w, node->call.arguments[i]);
    }
    w->relative = relative;
}

/* Recursion: as deep as the brackets, which formula_parse limits. */
static void walk(Walk *w, const Node *node)
{
    switch (node->kind) {
    case NODE_CONSTANT:
        break;
    case NODE_PATH:
        if (w->findings == NULL || node->path.base == BASE_NODE) {
            walk_path(w, node);
        }
        break;
    case NODE_CHAIN:
        for (size_t i = 0; i < node->chain.count; i++) {
            walk(w, node->chain.links[i].operand);
        }
        break;
    case NODE_COMPARE:
        walk(w, node->compare.left);
        walk(w, node->compare.right);
        break;
    case NODE_NEGATE:
    case NODE_PERCENT:
        walk(w, node->sign.inner);
        break;
    case NODE_CALL:
        walk_call(w, node);
        break;
    }
}

bool formula_check(const Formula *formula, const FormulaNames *names, FindingList *findings)
{
    Arena *scratch = arena_new();
    Walk w = {.formula = formula, .names = names, .arena = scratch, .findings = findings, .good = true};
    walk(&w, formula->root);
    arena_free(scratch);
    return w.good;
}

FormulaPath *formula_paths(const Formula *formula, Arena *arena, size_t *count)
{
    Walk w = {.formula = formula, .arena = arena};
    walk(&w, formula->root);
    *count = w.paths.count;
    return w.paths.items;
}

Place formula_path_place(const Formula *formula, const FormulaPath *path)
{
    return formula_place(formula, path->offset, path->length);
}
