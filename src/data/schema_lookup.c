/* A value of a checked tree -> what the schema says of it: its title, its unit, whether its members have an order, and
 * what its formula would give. */
#include "base/text.h"
#include "data/schema_int.h"

static const Schema *schema_of(Check *check, const Value *value, size_t depth)
{
    const Schema *schema = check->root;
    if (value->parent != NULL) {
        const Schema *parent = depth < YAML_LIMITS_DEFAULT.depth ? schema_of(check, value->parent, depth + 1) : NULL;
        bool known;
        if (parent == NULL) {
            return NULL;
        }
        schema = value->parent->kind == VALUE_LIST ? parent->items : schema_property(parent, value->key, &known);
    }
    return schema == NULL ? NULL : schema_choose(check, schema, (Value *)value);
}

SchemaFacts schema_facts(const Schema *root, const Value *value)
{
    SchemaFacts facts = {0};
    FindingList quiet = {0};
    Check check = {.root = root, .findings = &quiet};
    const Schema *schema = root != NULL && value != NULL ? schema_of(&check, value, 0) : NULL;
    if (schema == NULL) {
        return facts;
    }
    int power;
    bool own_unit = schema->unit != NULL;
    facts.title = schema->title;
    facts.identity = schema->identity;
    facts.ordered = value->kind == VALUE_LIST || schema->additional != NULL || schema->patterns.count > 0;
    facts.money = schema->format == FORMAT_AMOUNT && !own_unit;
    facts.unit = own_unit && !text_equal(schema->unit, "none") ? schema->unit : NULL;
    facts.money_in_own_unit = own_unit && unit_power_of(schema->unit, &power);
    facts.computed = schema->formula != NULL;
    return facts;
}

/* The scopes of a value's formula: the maps it lies in, the innermost first. */
static const Scope *scopes_around(const Value *map, Arena *arena)
{
    if (map == NULL) {
        return NULL;
    }
    const Scope *outer = scopes_around(map->parent, arena);
    if (map->kind != VALUE_MAP) {
        return outer;
    }
    Scope *scope = arena_new_of(arena, Scope);
    *scope = (Scope){.value = map, .outer = outer};
    const Value *list = map->parent;
    for (size_t i = 0; list != NULL && list->kind == VALUE_LIST && i < list->count; i++) {
        if (list->items[i] == map) {
            scope->row = i + 1;
            scope->rows = list->count;
        }
    }
    return scope;
}

bool schema_formula(const Schema *root, const Value *value, Arena *arena, Decimal *out)
{
    FindingList quiet;
    finding_list_init(&quiet, arena, LANGUAGE_EN);
    Check check = {.root = root, .arena = arena, .findings = &quiet};
    const Schema *schema = value == NULL || value->parent == NULL ? NULL : schema_of(&check, value, 0);
    Term term;
    if (schema == NULL || schema->formula == NULL ||
        !formula_eval(schema->formula, scopes_around(value->parent, arena), root->names, arena, &quiet, &term) ||
        term.kind != TERM_NUMBER || term.exact != NULL) {
        return false;
    }
    *out = term.number;
    return true;
}
