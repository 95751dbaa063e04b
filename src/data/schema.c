/* Turns a schema written as YAML into Schema structures: $ref resolved, properties in order of search. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

/* A $ref to a $ref to ... */
#define REF_STEPS_MAX 64

static int compare_properties(const void *a, const void *b)
{
    return strcmp(((const Property *)a)->name, ((const Property *)b)->name);
}

/* "#/$defs/NAME": a JSON pointer into the same file, with its ~1 for / and ~0 for ~. */
static const Value *find_pointer(SchemaLoader *loader, const char *pointer)
{
    if (pointer[0] != '#' || (pointer[1] != '\0' && pointer[1] != '/')) {
        return NULL;
    }
    const Value *node = loader->root;
    for (const char *at = pointer + 1; node != NULL && *at == '/';) {
        size_t len = strcspn(++at, "/");
        char *key = arena_strndup(loader->arena, at, len), *out = key;
        for (const char *in = key; *in != '\0'; in++) {
            bool escape = *in == '~' && (in[1] == '0' || in[1] == '1');
            *out++ = !escape ? *in : *++in == '1' ? '/' : '~';
        }
        *out = '\0';
        node = value_get(node, key);
        at += len;
    }
    return node;
}

static Schema *find_schema(SchemaLoader *loader, const Value *node)
{
    for (size_t i = 0; node != NULL && i < loader->schemas.count; i++) {
        if (loader->schemas.items[i]->node == node) {
            return loader->schemas.items[i];
        }
    }
    return NULL;
}

/* Takes from `from` what `schema` does not say itself. */
static void inherit(SchemaLoader *loader, Schema *schema, const Schema *from)
{
#define TAKE(field) schema->field = schema->field ? schema->field : from->field
    TAKE(types);
    TAKE(format);
    TAKE(title);
    TAKE(description);
    TAKE(closed);
    TAKE(additional);
    TAKE(items);
    TAKE(identity);
    TAKE(pattern);
    TAKE(unit);
    TAKE(default_value);
    TAKE(formula);
#undef TAKE
#define TAKE_LIMIT(field, node)                                 \
    schema->field = schema->node ? schema->field : from->field; \
    schema->node = schema->node ? schema->node : from->node
    TAKE_LIMIT(min_items, min_items_node);
    TAKE_LIMIT(max_items, max_items_node);
    TAKE_LIMIT(minimum, minimum_node);
    TAKE_LIMIT(maximum, maximum_node);
    TAKE_LIMIT(min_length, min_length_node);
    TAKE_LIMIT(max_length, max_length_node);
#undef TAKE_LIMIT
#define TAKE_ALL(field)                                                    \
    for (size_t i = 0; i < from->field.count; i++) {                       \
        *array_push(loader->arena, &schema->field) = from->field.items[i]; \
    }
    size_t own = schema->properties.count;
    for (size_t i = 0; i < from->properties.count; i++) {
        bool overridden = false;
        for (size_t j = 0; j < own; j++) {
            overridden = overridden || strcmp(schema->properties.items[j].name, from->properties.items[i].name) == 0;
        }
        if (!overridden) {
            *array_push(loader->arena, &schema->properties) = from->properties.items[i];
        }
    }
    TAKE_ALL(patterns)
    TAKE_ALL(required)
    if (schema->choices.count == 0) {
        TAKE_ALL(choices)
    }
    if (schema->any_of.count == 0) {
        TAKE_ALL(any_of)
    }
#undef TAKE_ALL
}

static void resolve(SchemaLoader *loader, Schema *schema, size_t steps)
{
    if (schema->ref == NULL || schema->ref_state == REF_DONE) {
        return;
    }
    Schema *target = find_schema(loader, find_pointer(loader, schema->ref->text));
    if (target == NULL || schema->ref_state == REF_BUSY || steps > REF_STEPS_MAX) {
        finding_add(loader->findings, MESSAGE_SCHEMA_REF, schema->ref->place, schema->ref->path, schema->ref->text,
                    NULL);
        schema->ref_state = REF_DONE;
        return;
    }
    schema->ref_state = REF_BUSY;
    resolve(loader, target, steps + 1);
    inherit(loader, schema, target);
    schema->ref_state = REF_DONE;
}

/* A value is checked by the alternative it looks like and by nothing else, so nothing else may stand there. */
static void check_beside_any_of(SchemaLoader *loader, const Schema *schema)
{
    bool alone = schema->types == 0 && schema->format == FORMAT_NONE && schema->properties.count == 0 &&
                 schema->patterns.count == 0 && schema->required.count == 0 && !schema->closed &&
                 schema->additional == NULL && schema->items == NULL && schema->identity == NULL &&
                 schema->choices.count == 0 && schema->pattern == NULL && schema->unit == NULL &&
                 schema->minimum_node == NULL && schema->maximum_node == NULL && schema->min_items_node == NULL &&
                 schema->max_items_node == NULL && schema->min_length_node == NULL && schema->max_length_node == NULL;
    if (schema->any_of.count > 0 && !alone) {
        finding_add(loader->findings, MESSAGE_SCHEMA_ANY_OF, schema->node->place, schema->node->path, NULL);
    }
}

/* Types that other keywords imply, and the order to search properties in. */
static void finish(SchemaLoader *loader, Schema *schema)
{
    check_beside_any_of(loader, schema);
    if (schema->format == FORMAT_AMOUNT) {
        schema->types = (schema->types & TYPE_NULL) | TYPE_NUMBER;
    } else if (schema->format != FORMAT_NONE) {
        schema->types = (schema->types & TYPE_NULL) | TYPE_STRING;
    } else if (schema->types == 0 && schema->any_of.count == 0) {
        bool object = schema->properties.count > 0 || schema->patterns.count > 0 || schema->closed;
        schema->types = object ? TYPE_OBJECT : schema->items != NULL ? TYPE_ARRAY : 0;
    }
    size_t count = schema->properties.count;
    if (count > 0) {
        schema->by_name = arena_copy(loader->arena, schema->properties.items, count * sizeof *schema->by_name);
        qsort(schema->by_name, count, sizeof *schema->by_name, compare_properties);
    }
}

Schema *schema_load(const Value *yaml, Arena *arena, FindingList *findings)
{
    size_t errors = findings->errors;
    if (yaml == NULL || yaml->kind != VALUE_MAP) {
        Place place = {0};
        finding_add(findings, MESSAGE_SCHEMA_VALUE, yaml == NULL ? place : yaml->place, NULL, "", NULL);
        return NULL;
    }
    SchemaLoader loader = {.root = yaml, .arena = arena, .findings = findings};
    Schema *schema = schema_read_node(&loader, yaml);
    for (size_t i = 0; i < loader.schemas.count; i++) {
        resolve(&loader, loader.schemas.items[i], 0);
    }
    for (size_t i = 0; i < loader.schemas.count; i++) {
        finish(&loader, loader.schemas.items[i]);
    }
    schema->names = formula_names_load(NULL, arena, findings);
    for (size_t i = 0; i < loader.schemas.count; i++) {
        for (size_t j = 0; j < loader.schemas.items[i]->properties.count; j++) {
            formula_names_allow(schema->names, loader.schemas.items[i]->properties.items[j].name);
        }
    }
    return findings->errors == errors ? schema : NULL;
}

static const Property *find_property(const Schema *schema, const char *key)
{
    size_t low = 0, high = schema->properties.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(schema->by_name[middle].name, key);
        if (order == 0) {
            return &schema->by_name[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

const Schema *schema_property(const Schema *schema, const char *key, bool *known)
{
    *known = true;
    const Property *property = find_property(schema, key);
    if (property != NULL) {
        return property->schema;
    }
    for (size_t i = 0; i < schema->patterns.count; i++) {
        if (regex_found(schema->patterns.items[i].pattern, key, strlen(key))) {
            return schema->patterns.items[i].schema;
        }
    }
    *known = !schema->closed;
    return schema->additional;
}
