/* Checks a Value tree against a schema, node by node, from the root down; writes names into the canonical paths. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

const char *value_label(const Value *value)
{
    return value->key != NULL ? value->key : value->path;
}

/* ---- paths ---- */

static void write_path(Check *check, Value *value, const char *path)
{
    value->path = path;
    check->path_bytes += strlen(path) + 1;
    if (!check->stopped && check->path_bytes / PATH_BYTES_PER_NODE > YAML_LIMITS_DEFAULT.nodes) {
        char number[24];
        snprintf(number, sizeof number, "%zu", YAML_LIMITS_DEFAULT.nodes);
        finding_add(check->findings, MESSAGE_YAML_LIMIT_NODES, value->place, NULL, number, NULL);
        check->stopped = true;
    }
}

typedef struct Name {
    const char *text;
    size_t index;
} Name;

static int compare_names(const void *a, const void *b)
{
    const Name *left = a, *right = b;
    int order = strcmp(left->text, right->text);
    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

static const char *item_name(const Value *item, const char *identity)
{
    const Value *name = value_get(item, identity);
    const char *text = value_text(name);
    return text == NULL || name->len == 0 || name->len > PATH_NAME_MAX ? NULL : text;
}

/* Paths of a list's items: by name where they have one, the n-th of a name told by #n. */
static void name_items(Check *check, const Value *list, const char *identity)
{
    Name *names = arena_array_of(check->arena, Name, list->count);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const char *text = identity == NULL ? NULL : item_name(list->items[i], identity);
        if (text == NULL) {
            write_path(check, list->items[i], path_item(check->arena, list->path, NULL, i + 1));
        } else {
            names[count++] = (Name){text, i};
        }
    }
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0, ordinal = 1; i < count; i++, ordinal++) {
        if (i > 0 && strcmp(names[i].text, names[i - 1].text) != 0) {
            ordinal = 1;
        }
        write_path(check, list->items[names[i].index], path_item(check->arena, list->path, names[i].text, ordinal));
    }
}

/* ---- defaults and required keys ---- */

static void add_defaults(Check *check, const Schema *schema, Value *map)
{
    ARRAY(Value *) missing = {0};
    for (size_t i = 0; i < schema->properties.count; i++) {
        const Property *property = &schema->properties.items[i];
        const Value *given = property->schema->default_value;
        if (given == NULL) {
            continue;
        }
        Value *member = value_member(map, property->name);
        if (member == NULL) {
            *array_push(check->arena, &missing) =
                value_copy(given, map, property->name, given->key_place, 0, ORIGIN_DEFAULT, check->arena);
        } else if (member->kind == VALUE_NULL) {
            *member = *value_copy(given, map, member->key, member->key_place, 0, ORIGIN_DEFAULT, check->arena);
            for (size_t j = 0; j < member->count; j++) {
                member->items[j]->parent = member;
            }
        }
    }
    value_extend(map, missing.items, missing.count, check->arena);
}

static void report_missing(Check *check, const Schema *schema, const Value *map, const char *key)
{
    bool known;
    const Schema *wanted = schema_property(schema, key, &known);
    Place place = map->key != NULL ? map->key_place : map->place;
    Finding *finding;
    if (map->parent == NULL) {
        place = (Place){.source = map->place.source};
        finding = finding_add(check->findings, MESSAGE_MISSING_KEY, place, map->path, key, NULL);
    } else {
        finding = finding_add(check->findings, MESSAGE_MISSING_KEY_IN, place, map->path, key, value_label(map), NULL);
    }
    if (wanted != NULL && wanted->description != NULL) {
        finding->help = wanted->description;
    }
}

/* `explained`: keys from this number on that another finding accounts for. */
static void check_required(Check *check, const Schema *schema, const Value *map, size_t explained)
{
    for (size_t i = 0; i < schema->required.count; i++) {
        const char *key = schema->required.items[i]->text;
        bool accounted = false;
        for (size_t j = explained; j < check->explained.count; j++) {
            accounted = accounted || strcmp(check->explained.items[j], key) == 0;
        }
        if (accounted) {
            continue;
        }
        const Value *member = value_get(map, key);
        bool known;
        const Schema *wanted = schema_property(schema, key, &known);
        if (member == NULL) {
            report_missing(check, schema, map, key);
        } else if (wanted != NULL ? is_unfilled(wanted, member) && (wanted->types & TYPE_NULL) == 0
                                  : member->kind == VALUE_NULL) {
            Place place = member->key_place.source != NULL ? member->key_place : member->place;
            Finding *finding = finding_add(check->findings, MESSAGE_MISSING_VALUE, place, member->path, key, NULL);
            if (wanted != NULL && wanted->description != NULL) {
                finding->help = wanted->description;
            }
        }
    }
}

/* ---- kinds ---- */

static bool kind_fits(const Schema *schema, const Value *value)
{
    if (schema->types == 0) {
        return true;
    }
    switch (value->kind) {
    case VALUE_NULL:
        return true; /* not filled in: only `required` minds */
    case VALUE_TEXT:
        return (schema->types & (unsigned)TYPES_SCALAR) != 0 || value->len == 0;
    case VALUE_LIST:
        return (schema->types & TYPE_ARRAY) != 0;
    case VALUE_MAP:
        return (schema->types & TYPE_OBJECT) != 0;
    }
    return false;
}

/* Whether a value fits a schema by what can be seen without going into it: its kind, the reading of a scalar, the keys
 * a map has. A deep trial of each alternative would take exponential time on nested ones. */
static bool looks_like(Check *check, const Schema *schema, Value *value)
{
    if (!kind_fits(schema, value)) {
        return false;
    }
    if (value->kind == VALUE_TEXT) {
        FindingList trial;
        finding_list_init(&trial, check->arena, check->findings->language);
        Check quiet = *check;
        quiet.findings = &trial;
        check_scalar(&quiet, schema, value);
        value->reading = READ_NONE;
        value->unit_power = 0;
        return trial.errors == 0;
    }
    for (size_t i = 0; value->kind == VALUE_MAP && i < schema->required.count; i++) {
        if (value_get(value, schema->required.items[i]->text) == NULL) {
            return false;
        }
    }
    return true;
}

const Schema *schema_choose(Check *check, const Schema *schema, Value *value)
{
    for (size_t depth = 0; schema->any_of.count > 0 && depth < YAML_LIMITS_DEFAULT.depth; depth++) {
        const Schema *chosen = NULL, *fits = NULL;
        for (size_t i = 0; i < schema->any_of.count && chosen == NULL; i++) {
            const Schema *each = schema->any_of.items[i];
            chosen = looks_like(check, each, value) ? each : NULL;
            fits = fits == NULL && kind_fits(each, value) ? each : fits;
        }
        chosen = chosen == NULL ? fits : chosen;
        if (chosen == NULL) {
            return schema;
        }
        schema = chosen;
    }
    return schema;
}

/* ---- nodes ---- */

static void check_keys(Check *check, const Schema *schema, Value *map)
{
    size_t explained = check->explained.count;
    for (size_t i = 0; i < map->count; i++) {
        bool known;
        schema_property(schema, map->items[i]->key, &known);
        if (!known) {
            report_unknown_key(check, schema, map, map->items[i]);
        }
    }
    report_swallowed_keys(check, schema, map);
    check_required(check, schema, map, explained);
    check->explained.count = explained;
}

static void check_map(Check *check, const Schema *schema, Value *map, bool renamed)
{
    for (size_t i = 0; renamed && i < map->count; i++) {
        write_path(check, map->items[i], path_member(check->arena, map->path, map->items[i]->key));
    }
    if (schema != NULL) {
        add_defaults(check, schema, map);
        check_keys(check, schema, map);
    }
    for (size_t i = 0; i < map->count && !check->stopped; i++) {
        bool known;
        Value *member = map->items[i];
        check_value(check, schema == NULL ? NULL : schema_property(schema, member->key, &known), member, renamed);
    }
}

static void check_count(Check *check, const Schema *schema, const Value *list)
{
    char has[24];
    snprintf(has, sizeof has, "%zu", list->count);
    Place place = list->key != NULL ? list->key_place : list->place;
    if (schema->min_items_node != NULL && list->count < schema->min_items) {
        finding_add(check->findings, MESSAGE_ITEMS_FEW, place, list->path, value_label(list),
                    schema->min_items_node->text, has, NULL);
    }
    if (schema->max_items_node != NULL && list->count > schema->max_items) {
        finding_add(check->findings, MESSAGE_ITEMS_MANY, place, list->path, value_label(list),
                    schema->max_items_node->text, has, NULL);
    }
}

static void check_list(Check *check, const Schema *schema, Value *list, bool renamed)
{
    const Schema *items = schema == NULL ? NULL : schema->items;
    const char *identity = schema == NULL ? NULL : schema->identity;
    if (identity == NULL && items != NULL) {
        identity = items->identity;
    }
    if (schema != NULL) {
        check_count(check, schema, list);
    }
    renamed = renamed || identity != NULL;
    if (renamed) {
        name_items(check, list, identity);
    }
    for (size_t i = 0; i < list->count && !check->stopped; i++) {
        Value *item = list->items[i];
        if (items != NULL && items->types != 0 && (items->types & TYPE_NULL) == 0 && item->kind == VALUE_NULL) {
            finding_add(check->findings, MESSAGE_MISSING_ITEM, item->place, item->path, NULL);
        }
        check_value(check, items, item, renamed);
    }
}

void check_value(Check *check, const Schema *schema, Value *value, bool renamed)
{
    if (check->stopped) {
        return;
    }
    if (schema != NULL) {
        schema = schema_choose(check, schema, value);
        if (!kind_fits(schema, value) || schema->any_of.count > 0) {
            report_kind(check, schema, value);
            schema = NULL;
        }
    }
    switch (value->kind) {
    case VALUE_NULL:
    case VALUE_TEXT:
        if (schema != NULL) {
            check_scalar(check, schema, value);
        }
        break;
    case VALUE_LIST:
        check_list(check, schema, value, renamed);
        break;
    case VALUE_MAP:
        check_map(check, schema, value, renamed);
        break;
    }
}

/* The unit of amounts written without one: 金额单位, else 万元. */
static void find_unit(Check *check, const Value *root)
{
    check->unit = value_text(value_get(root, KEY_UNIT));
    if (check->unit == NULL || !unit_power_of(check->unit, &check->unit_power)) {
        check->unit = "\u4E07\u5143";
        check->unit_power = 4;
    }
}

bool schema_check(const Schema *schema, Value *root, Arena *arena, FindingList *findings)
{
    size_t errors = findings->errors;
    Check check = {.root = schema, .arena = arena, .findings = findings};
    if (root->kind == VALUE_MAP) {
        add_defaults(&check, schema, root);
    }
    find_unit(&check, root);
    check_value(&check, schema, root, false);
    return findings->errors == errors;
}
