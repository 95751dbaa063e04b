/* Evaluates the tree of a formula over scopes of the data, and calls functions and named formulas. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "data/formula_int.h"

struct Frame {
    const NamedFormula *named;
    const Frame *outer;
    unsigned count; /* how many frames there are */
};

bool evaluation_fail(Evaluation *e, const Node *node, MessageId id, const Term *culprit, const char *const *texts)
{
    static const char *const none[5] = {NULL};
    const char *const *t = texts ? texts : none;
    const Value *value = culprit ? culprit->value : NULL;
    const char *path = value ? value->path : e->path;
    Place place = formula_place(e->formula, node->offset, node->length);
    e->failure = finding_add(e->findings, id, place, path, t[0], t[1], t[2], t[3], NULL);
    if (value && value->place.source && value->place.line > 0) {
        MessageId note = culprit->kind == TERM_VALUE ? MESSAGE_FORMULA_DATA_HERE : MESSAGE_FORMULA_VALUE_HERE;
        finding_relate(e->findings, e->failure, note, value->place, term_brief(culprit, e->arena), NULL);
    }
    return false;
}

bool evaluation_fail_limit(Evaluation *e, const Node *node, MessageId id, size_t limit)
{
    return evaluation_fail(e, node, id, NULL, TEXTS(arena_printf(e->arena, "%zu", limit)));
}

bool evaluation_step(Evaluation *e, const Node *node, size_t steps)
{
    if (steps <= e->steps) {
        e->steps -= steps;
        return true;
    }
    e->steps = 0;
    return evaluation_fail_limit(e, node, MESSAGE_FORMULA_STEPS, FORMULA_STEPS_MAX);
}

static uint32_t *input_slot(const InputSet *inputs, const Value *value)
{
    size_t at = ((uintptr_t)value >> 4) * 0x9E3779B1u & (inputs->slot_count - 1);
    while (inputs->slots[at] && inputs->values.items[inputs->slots[at] - 1] != value) {
        at = (at + 1) & (inputs->slot_count - 1);
    }
    return &inputs->slots[at];
}

#define INPUTS_FEW 8 /* no table of slots for these: most formulas of a template read one value */

static bool input_known(const InputSet *inputs, const Value *value)
{
    if (inputs->slot_count) {
        return *input_slot(inputs, value) != 0;
    }
    for (size_t i = 0; i < inputs->values.count; i++) {
        if (inputs->values.items[i] == value) {
            return true;
        }
    }
    return false;
}

static void input_add(InputSet *inputs, const Value *value, Arena *arena)
{
    if (input_known(inputs, value)) {
        return;
    }
    *array_push(arena, &inputs->values) = value;
    if (inputs->values.count <= INPUTS_FEW) {
        return;
    }
    if (inputs->values.count * 2 <= inputs->slot_count) {
        *input_slot(inputs, value) = (uint32_t)inputs->values.count;
        return;
    }
    inputs->slot_count = inputs->slot_count ? inputs->slot_count * 2 : 64;
    inputs->slots = arena_array_of(arena, uint32_t, inputs->slot_count);
    for (size_t i = 0; i < inputs->values.count; i++) {
        *input_slot(inputs, inputs->values.items[i]) = (uint32_t)i + 1;
    }
}

void evaluation_touch(Evaluation *e, const Term *term)
{
    if (e->inputs == NULL) {
        return;
    }
    if (term->value) {
        input_add(e->inputs, term->value, e->arena);
    }
    for (size_t i = 0; term->kind == TERM_LIST && i < term->count; i++) {
        if (term->items[i].value) {
            input_add(e->inputs, term->items[i].value, e->arena);
        }
    }
}

/* ---- calls ---- */

bool evaluate_item(const Call *call, size_t argument, const Term *item, size_t row, size_t rows, Term *out)
{
    Scope scope = scope_item(item, row, rows, call->scope);
    return evaluate(call->e, call->node->call.arguments[argument], &scope, out);
}

static bool evaluate_arguments(Evaluation *e, const Node *node, const Scope *scope, Term **out)
{
    *out = arena_array_of(e->arena, Term, node->call.count);
    for (size_t i = 0; i < node->call.count; i++) {
        if (!evaluate(e, node->call.arguments[i], scope, &(*out)[i])) {
            return false;
        }
    }
    return true;
}

static bool fail_cycle(Evaluation *e, const Node *node, const NamedFormula *named)
{
    Buffer chain = {0};
    const Frame *frames[FORMULA_CALLS_MAX];
    size_t count = 0;
    for (const Frame *frame = e->frame; frame; frame = frame->outer) {
        frames[count++] = frame;
        if (frame->named == named) {
            break;
        }
    }
    while (count > 0) {
        buffer_printf(&chain, "%s \u2192 ", frames[--count]->named->name);
    }
    buffer_text(&chain, named->name);
    const char *text = arena_strndup(e->arena, chain.bytes, chain.len);
    buffer_release(&chain);
    return evaluation_fail(e, node, MESSAGE_FORMULA_CYCLE, NULL, TEXTS(named->name, text));
}

/* The body sees its arguments, then all that the caller sees. */
static bool evaluate_body(Evaluation *e, const Node *node, const NamedFormula *named, const Scope *scope,
                          const Term *arguments, Term *out)
{
    unsigned count = e->frame ? e->frame->count + 1 : 1;
    for (const Frame *frame = e->frame; frame && named->count == 0; frame = frame->outer) {
        if (frame->named == named) {
            return fail_cycle(e, node, named);
        }
    }
    if (count > FORMULA_CALLS_MAX) {
        return evaluation_fail_limit(e, node, MESSAGE_FORMULA_CALLS, FORMULA_CALLS_MAX);
    }
    Scope *scopes = arena_array_of(e->arena, Scope, named->count);
    for (size_t i = 0; i < named->count; i++) {
        scopes[i] = (Scope){.name = named->parameters[i], .term = &arguments[i], .outer = i ? &scopes[i - 1] : scope};
    }
    const Formula *formula = e->formula;
    Frame frame = {named, e->frame, count};
    e->formula = named->body;
    e->frame = &frame;
    bool good = evaluate(e, named->body->root, named->count ? &scopes[named->count - 1] : scope, out);
    e->formula = formula;
    e->frame = frame.outer;
    if (!good && e->failure->related_count < 8) {
        Place place = formula_place(formula, node->offset, node->length);
        finding_relate(e->findings, e->failure, MESSAGE_FORMULA_CALLED_HERE, place, named->name, NULL);
    }
    return good;
}

bool evaluate_named(Evaluation *e, const Node *node, const NamedFormula *named, const Scope *scope, Term *out)
{
    if (named->count > 0) {
        const char *wanted = arena_printf(e->arena, "%zu", named->count);
        return evaluation_fail(e, node, MESSAGE_FORMULA_NEEDS_ARGUMENTS, NULL, TEXTS(named->name, wanted));
    }
    return evaluate_body(e, node, named, scope, NULL, out);
}

static bool evaluate_call(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    Term *arguments = NULL;
    const Function *function = node->call.function;
    if (function) {
        if (!function->lazy && !evaluate_arguments(e, node, scope, &arguments)) {
            return false;
        }
        Call call = {e, node, scope, arguments, node->call.count};
        return function->run(&call, function->variant, out);
    }
    const NamedFormula *named = names_find(e->names, node->call.name);
    e->failure = call_check(e->formula, node, named, e->names, e->arena, e->findings);
    return !e->failure && evaluate_arguments(e, node, scope, &arguments) &&
           evaluate_body(e, node, named, scope, arguments, out);
}

bool evaluate(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    *out = term_blank();
    if (!evaluation_step(e, node, 1)) {
        return false;
    }
    if (e->depth == FORMULA_DEPTH_MAX) {
        return evaluation_fail_limit(e, node, MESSAGE_FORMULA_CALLS, FORMULA_CALLS_MAX);
    }
    e->depth++;
    bool good = false;
    switch (node->kind) {
    case NODE_CONSTANT:
        *out = node->constant;
        good = true;
        break;
    case NODE_PATH:
        good = evaluate_path(e, node, scope, out);
        break;
    case NODE_CHAIN:
        good = node->chain.links[1].operator== OP_JOIN ? evaluate_texts(e, node, scope, out)
                                                       : evaluate_numbers(e, node, scope, out);
        break;
    case NODE_COMPARE:
        good = evaluate_comparison(e, node, scope, out);
        break;
    case NODE_NEGATE:
    case NODE_PERCENT:
        good = evaluate_sign(e, node, scope, out);
        break;
    case NODE_CALL:
        good = evaluate_call(e, node, scope, out);
        break;
    }
    e->depth--;
    return good;
}

/* ---- the ways in ---- */

static Evaluation evaluation_begin(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                                   FindingList *findings)
{
    const Scope *current = scope_current(scope);
    const Value *value = current ? (current->value ? current->value : current->term->value) : NULL;
    return (Evaluation){.formula = formula,
                        .names = names,
                        .arena = arena,
                        .findings = findings,
                        .steps = FORMULA_STEPS_MAX,
                        .path = value ? value->path : NULL};
}

/* Whether the term holds nothing of what evaluating took: a test over a list, asked for each of its rows, must not keep
 * a copy of the list for each. (Failing leaves findings, which may lie in the same arena.) */
static bool stands_alone(const Term *term)
{
    bool computed = term->kind == TERM_BLANK || term->kind == TERM_BOOLEAN || term->kind == TERM_NUMBER;
    return computed && !term->value && !term->exact && !term->text && !term->items;
}

bool formula_eval(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                  FindingList *findings, Term *out)
{
    Evaluation e = evaluation_begin(formula, scope, names, arena, findings);
    ArenaMark mark = arena_mark(arena);
    bool good = evaluate(&e, formula->root, scope, out);
    if (good && stands_alone(out)) {
        arena_rewind(arena, mark);
    }
    return good;
}

bool formula_print(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                   FindingList *findings, const char **text)
{
    Evaluation e = evaluation_begin(formula, scope, names, arena, findings);
    Term term;
    *text = "";
    return evaluate(&e, formula->root, scope, &term) && want_text(&e, formula->root, &term, text);
}

bool formula_inputs(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                    FindingList *findings, Term *out, FormulaInputs *inputs)
{
    InputSet set = {0};
    Evaluation e = evaluation_begin(formula, scope, names, arena, findings);
    e.inputs = &set;
    bool good = evaluate(&e, formula->root, scope, out);
    *inputs = (FormulaInputs){set.values.items, set.values.count};
    return good;
}
