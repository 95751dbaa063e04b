/* A value of a checked tree -> what the schema says of it: its title, its unit, whether its members have an order, and
 * what its formula would give. */
#include "base/text.h"
#include "data/schema_int.h"

static unsigned types_of(const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL:
        return TYPE_NULL;
    case VALUE_LIST:
        return TYPE_ARRAY;
    case VALUE_MAP:
        return TYPE_OBJECT;
    case VALUE_TEXT:
        break;
    }
    switch (value->reading) {
    case READ_NUMBER:
    case READ_BLANK:
    case READ_NOT_APPLICABLE:
        return TYPE_NUMBER | TYPE_INTEGER;
    case READ_BOOLEAN:
        return TYPE_BOOLEAN;
    case READ_NONE:
    case READ_TEXT:
    case READ_DATE:
        break;
    }
    return TYPE_STRING;
}

/* Whether a checked value can have been checked by `schema`: by its kind, its reading, the keys it has. */
static bool may_be(const Schema *schema, const Value *value)
{
    for (size_t i = 0; value->kind == VALUE_MAP && i < schema->required.count; i++) {
        if (value_get(value, schema->required.items[i]->text) == NULL) {
            return false;
        }
    }
    return schema->types == 0 || (schema->types & types_of(value)) != 0;
}

static const Schema *alternative(const Schema *schema, const Value *value)
{
    for (size_t depth = 0; schema->any_of.count > 0 && depth < YAML_LIMITS_DEFAULT.depth; depth++) {
        size_t chosen = 0;
        while (chosen + 1 < schema->any_of.count && !may_be(schema->any_of.items[chosen], value)) {
            chosen++;
        }
        schema = schema->any_of.items[chosen];
    }
    return schema;
}

static const Schema *schema_of(const Schema *root, const Value *value, size_t depth)
{
    const Schema *schema = root;
    if (value->parent != NULL) {
        const Schema *parent = depth < YAML_LIMITS_DEFAULT.depth ? schema_of(root, value->parent, depth + 1) : NULL;
        bool known;
        if (parent == NULL) {
            return NULL;
        }
        schema = value->parent->kind == VALUE_LIST ? parent->items : schema_property(parent, value->key, &known);
    }
    return schema == NULL ? NULL : alternative(schema, value);
}

static bool is_declared(const Schema *root, const Value *value)
{
    const Schema *parent = schema_of(root, value->parent, 0);
    for (size_t i = 0; parent != NULL && i < parent->properties.count; i++) {
        if (text_equal(parent->properties.items[i].name, value->key)) {
            return true;
        }
    }
    return false;
}

SchemaFacts schema_facts(const Schema *root, const Value *value)
{
    SchemaFacts facts = {0};
    const Schema *schema = root != NULL && value != NULL ? schema_of(root, value, 0) : NULL;
    if (schema == NULL) {
        return facts;
    }
    int power;
    bool own_unit = schema->unit != NULL;
    facts.title = schema->title;
    facts.identity = schema->identity != NULL || schema->items == NULL ? schema->identity : schema->items->identity;
    facts.open = value->parent != NULL && value->parent->kind == VALUE_MAP && !is_declared(root, value);
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
    const Schema *schema = value == NULL || value->parent == NULL ? NULL : schema_of(root, value, 0);
    Term term;
    if (schema == NULL || schema->formula == NULL ||
        !formula_eval(schema->formula, scopes_around(value->parent, arena), root->names, arena, &quiet, &term) ||
        term.kind != TERM_NUMBER || term.exact != NULL) {
        return false;
    }
    *out = term.number;
    return true;
}
