/* Fills in what a notice leaves out and the schema has a formula for.
 *
 * Formulas may use one another's results. Instead of an order found beforehand, all are evaluated in rounds, inner
 * values first, until a round changes nothing: sums of sums settle in the first round, the second confirms. A formula
 * never sees its own value, so SUM(收入.*) may stand in 收入. */
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

#define ROUNDS_MAX 100

/* A value to compute: a member that is absent or not filled in. */
typedef struct Slot {
    Value *map, *value;
    const Scope *scope;
    const Formula *formula;
    bool given; /* the key stands in a file, with nothing after it */
    ValueOrigin origin;
} Slot;

typedef struct Compute {
    Check check;
    ARRAY(Slot) slots;
} Compute;

static Value *slot_value(Compute *compute, Value *map, const char *name)
{
    Place place = map->place;
    place.length = 0;
    Value *value = value_new(compute->check.arena, VALUE_NULL, place);
    value->key = name;
    value->key_place = place;
    value->origin = ORIGIN_COMPUTED;
    value->parent = map;
    value->path = path_member(compute->check.arena, map->path, name);
    return value;
}

static void collect(Compute *compute, const Schema *schema, Value *value, size_t row, size_t rows, const Scope *outer);

static void collect_map(Compute *compute, const Schema *schema, Value *map, const Scope *scope)
{
    Arena *arena = compute->check.arena;
    for (size_t i = 0; i < map->count; i++) {
        bool known;
        collect(compute, schema_property(schema, map->items[i]->key, &known), map->items[i], 0, 0, scope);
    }
    ARRAY(Value *) added = {0};
    for (size_t i = 0; i < schema->properties.count; i++) {
        const Property *property = &schema->properties.items[i];
        if (property->schema->formula == NULL) {
            continue;
        }
        Value *value = value_member(map, property->name);
        bool given = value != NULL;
        if (given && !is_unfilled(property->schema, value)) {
            continue;
        }
        if (!given) {
            value = slot_value(compute, map, property->name);
            *array_push(arena, &added) = value;
        }
        *array_push(arena, &compute->slots) = (Slot){.map = map,
                                                     .value = value,
                                                     .scope = scope,
                                                     .formula = property->schema->formula,
                                                     .given = given,
                                                     .origin = value->origin};
    }
    value_extend(map, added.items, added.count, arena);
}

static void collect(Compute *compute, const Schema *schema, Value *value, size_t row, size_t rows, const Scope *outer)
{
    if (schema == NULL || (value->kind != VALUE_MAP && value->kind != VALUE_LIST)) {
        return;
    }
    schema = schema_choose(&compute->check, schema, value);
    if (value->kind == VALUE_LIST) {
        for (size_t i = 0; schema->items != NULL && i < value->count; i++) {
            collect(compute, schema->items, value->items[i], i + 1, value->count, outer);
        }
        return;
    }
    Scope *scope = arena_new_of(compute->check.arena, Scope);
    *scope = (Scope){.value = value, .row = row, .rows = rows, .outer = outer};
    collect_map(compute, schema, value, scope);
}

static void clear(Value *value)
{
    value->kind = VALUE_NULL;
    value->reading = READ_BLANK;
    value->text = NULL;
    value->len = 0;
}

/* The term as a scalar; false when it is none. */
static bool set_value(Value *value, const Term *term, Arena *arena)
{
    const char *text = term_is_blank(term) ? NULL : term_text(term, arena);
    if (text == NULL) {
        return term_is_blank(term);
    }
    value->kind = VALUE_TEXT;
    value->text = text;
    value->len = strlen(text);
    switch (term->kind) {
    case TERM_NUMBER:
        value->reading = READ_NUMBER;
        value->number = term->number;
        break;
    case TERM_BOOLEAN:
        value->reading = READ_BOOLEAN;
        value->boolean = term->boolean;
        break;
    case TERM_TEXT:
        value->reading = term->not_applicable ? READ_NOT_APPLICABLE : READ_TEXT;
        break;
    case TERM_BLANK:
    case TERM_LIST:
    case TERM_VALUE:
        return false;
    }
    return true;
}

/* Evaluates one slot; true when its value changed. */
static bool compute_slot(Compute *compute, Slot *slot, FindingList *findings)
{
    Value before = *slot->value;
    Arena *arena = compute->check.arena;
    Term term;
    clear(slot->value);
    bool done = formula_eval(slot->formula, slot->scope, compute->check.root->names, arena, findings, &term);
    if (done && !set_value(slot->value, &term, arena)) {
        clear(slot->value);
        finding_add(findings, MESSAGE_COMPUTE_KIND, slot->value->key_place, slot->value->path, slot->value->key, NULL);
    }
    slot->value->origin = slot->value->kind == VALUE_NULL ? slot->origin : ORIGIN_COMPUTED;
    return before.kind != slot->value->kind || before.reading != slot->value->reading ||
           !text_equal(before.text, slot->value->text);
}

/* One evaluation of all; true when something changed. */
static bool run_round(Compute *compute, FindingList *findings)
{
    bool changed = false;
    for (size_t i = 0; i < compute->slots.count; i++) {
        changed = compute_slot(compute, &compute->slots.items[i], findings) || changed;
    }
    return changed;
}

static void report_cycles(Compute *compute)
{
    FindingList quiet;
    finding_list_init(&quiet, compute->check.arena, compute->check.findings->language);
    for (size_t i = 0; i < compute->slots.count; i++) {
        Slot *slot = &compute->slots.items[i];
        if (compute_slot(compute, slot, &quiet)) {
            finding_add(compute->check.findings, MESSAGE_COMPUTE_CYCLE, slot->value->key_place, slot->value->path,
                        slot->value->key, NULL);
        }
    }
}

/* Takes members out again that came to nothing: an absent key stays absent. */
static void drop_blank(Compute *compute)
{
    for (size_t i = 0; i < compute->slots.count; i++) {
        const Slot *slot = &compute->slots.items[i];
        if (slot->given || slot->value->kind != VALUE_NULL) {
            continue;
        }
        Value *map = slot->map;
        size_t kept = 0;
        for (size_t j = 0; j < map->count; j++) {
            if (map->items[j] != slot->value) {
                map->items[kept++] = map->items[j];
            }
        }
        map->count = kept;
        value_index(map, compute->check.arena);
    }
}

bool data_compute(const Schema *schema, Value *root, Arena *arena, FindingList *findings)
{
    size_t errors = findings->errors;
    Compute compute = {.check = {.root = schema, .arena = arena, .findings = findings}};
    collect(&compute, schema, root, 0, 0, NULL);
    FindingList quiet;
    bool changed = compute.slots.count > 0;
    for (size_t round = 0; changed && round < ROUNDS_MAX; round++) {
        finding_list_init(&quiet, arena, findings->language);
        changed = run_round(&compute, &quiet);
    }
    if (changed) {
        report_cycles(&compute);
    } else if (compute.slots.count > 0 && quiet.count > 0) {
        run_round(&compute, findings);
    }
    drop_blank(&compute);
    return findings->errors == errors;
}
