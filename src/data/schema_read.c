/* Reads the keywords of a schema's nodes, one function a keyword. */
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

typedef void Reader(SchemaLoader *loader, Schema *schema, const Value *value);

static void report_bad(SchemaLoader *loader, const Value *value)
{
    finding_add(loader->findings, MESSAGE_SCHEMA_VALUE, value->place, value->path,
                value->key == NULL ? value->path : value->key, NULL);
}

static unsigned type_bit(const char *name)
{
    static const char *const names[] = {"string", "integer", "number", "boolean", "array", "object", "null"};
    for (unsigned i = 0; name != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return 1u << i;
        }
    }
    return 0;
}

static void read_type(SchemaLoader *loader, Schema *schema, const Value *value)
{
    /* `type: null` is YAML's null, which says the same as "null". */
    size_t count = value->kind == VALUE_LIST ? value->count : 1;
    for (size_t i = 0; i < count; i++) {
        const Value *name = value->kind == VALUE_LIST ? value->items[i] : value;
        unsigned bit = name->kind == VALUE_NULL ? (unsigned)TYPE_NULL : type_bit(value_text(name));
        if (bit == 0) {
            report_bad(loader, name);
        }
        schema->types |= bit;
    }
}

static bool expect_map(SchemaLoader *loader, const Value *value)
{
    if (value->kind != VALUE_MAP) {
        report_bad(loader, value);
    }
    return value->kind == VALUE_MAP;
}

static void read_properties(SchemaLoader *loader, Schema *schema, const Value *value)
{
    for (size_t i = 0; expect_map(loader, value) && i < value->count; i++) {
        const Value *member = value->items[i];
        *array_push(loader->arena, &schema->properties) = (Property){member->key, schema_read_node(loader, member)};
    }
}

static const Regex *read_regex(SchemaLoader *loader, const Value *at, const char *text)
{
    const char *error = NULL;
    size_t offset;
    Regex *regex = text == NULL ? NULL : regex_compile(text, REGEX_PLAIN, loader->arena, &error, &offset);
    if (regex == NULL) {
        finding_add(loader->findings, MESSAGE_SCHEMA_PATTERN, at->place, at->path, text == NULL ? "" : text, NULL);
        regex = regex_compile("", REGEX_PLAIN, loader->arena, &error, &offset);
    }
    return regex;
}

static void read_patterns(SchemaLoader *loader, Schema *schema, const Value *value)
{
    for (size_t i = 0; expect_map(loader, value) && i < value->count; i++) {
        const Value *member = value->items[i];
        *array_push(loader->arena, &schema->patterns) =
            (PatternProperty){read_regex(loader, member, member->key), schema_read_node(loader, member)};
    }
}

static void read_definitions(SchemaLoader *loader, Schema *schema, const Value *value)
{
    (void)schema;
    for (size_t i = 0; expect_map(loader, value) && i < value->count; i++) {
        schema_read_node(loader, value->items[i]);
    }
}

static void read_required(SchemaLoader *loader, Schema *schema, const Value *value)
{
    if (value->kind != VALUE_LIST) {
        report_bad(loader, value);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        if (value_text(value->items[i]) == NULL) {
            report_bad(loader, value->items[i]);
        } else {
            *array_push(loader->arena, &schema->required) = value->items[i];
        }
    }
}

static void read_additional(SchemaLoader *loader, Schema *schema, const Value *value)
{
    const char *text = value_text(value);
    if (text_equal(text, "false")) {
        schema->closed = true;
    } else if (!text_equal(text, "true")) {
        schema->additional = schema_read_node(loader, value);
    }
}

static void read_items(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->items = schema_read_node(loader, value);
}

static void read_enum(SchemaLoader *loader, Schema *schema, const Value *value)
{
    bool list = value->kind == VALUE_LIST;
    for (size_t i = 0; i < (list ? value->count : 1); i++) {
        const Value *choice = list ? value->items[i] : value;
        if (choice->kind != VALUE_TEXT) {
            report_bad(loader, choice);
        } else {
            *array_push(loader->arena, &schema->choices) = choice;
        }
    }
}

static Decimal read_decimal(SchemaLoader *loader, const Value *value)
{
    Decimal number = {0, 0};
    const char *text = value_text(value);
    if (text == NULL || decimal_parse(text, value->len, &number) != DECIMAL_OK) {
        report_bad(loader, value);
    }
    return number;
}

static size_t read_count(SchemaLoader *loader, const Value *value)
{
    Decimal number = read_decimal(loader, value);
    if (number.micro < 0 || number.micro % DECIMAL_ONE != 0) {
        report_bad(loader, value);
        return 0;
    }
    return (size_t)(number.micro / DECIMAL_ONE);
}

static void read_minimum(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->minimum_node = value;
    schema->minimum = read_decimal(loader, value);
}

static void read_maximum(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->maximum_node = value;
    schema->maximum = read_decimal(loader, value);
}

static void read_min_items(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->min_items_node = value;
    schema->min_items = read_count(loader, value);
}

static void read_max_items(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->max_items_node = value;
    schema->max_items = read_count(loader, value);
}

static void read_min_length(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->min_length_node = value;
    schema->min_length = read_count(loader, value);
}

static void read_max_length(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->max_length_node = value;
    schema->max_length = read_count(loader, value);
}

static void read_pattern(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->pattern = read_regex(loader, value, value_text(value));
}

static void read_default(SchemaLoader *loader, Schema *schema, const Value *value)
{
    (void)loader;
    schema->default_value = value;
}

static const char *read_text(SchemaLoader *loader, const Value *value)
{
    if (value_text(value) == NULL) {
        report_bad(loader, value);
    }
    return value_text(value);
}

static void read_title(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->title = read_text(loader, value);
}

static void read_description(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->description = read_text(loader, value);
}

static void read_ref(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->ref = read_text(loader, value) == NULL ? NULL : value;
}

static void read_any_of(SchemaLoader *loader, Schema *schema, const Value *value)
{
    if (value->kind != VALUE_LIST || value->count == 0) {
        report_bad(loader, value);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        *array_push(loader->arena, &schema->any_of) = schema_read_node(loader, value->items[i]);
    }
}

static void read_format(SchemaLoader *loader, Schema *schema, const Value *value)
{
    const char *text = value_text(value);
    if (text_equal(text, "amount")) {
        schema->format = FORMAT_AMOUNT;
    } else if (text_equal(text, "date")) {
        schema->format = FORMAT_DATE;
    } else if (text_equal(text, "path")) {
        schema->format = FORMAT_PATH;
    } else {
        report_bad(loader, value);
    }
}

static void read_identity(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->identity = read_text(loader, value);
}

static void read_unit(SchemaLoader *loader, Schema *schema, const Value *value)
{
    schema->unit = read_text(loader, value);
}

static void read_formula(SchemaLoader *loader, Schema *schema, const Value *value)
{
    if (read_text(loader, value) != NULL) {
        schema->formula = formula_parse(value->text, value->len, value->place, loader->arena, loader->findings);
    }
}

static void read_nothing(SchemaLoader *loader, Schema *schema, const Value *value)
{
    (void)loader;
    (void)schema;
    (void)value;
}

static const struct {
    const char *name;
    Reader *read;
} keywords[] = {
    {"type", read_type},
    {"properties", read_properties},
    {"patternProperties", read_patterns},
    {"additionalProperties", read_additional},
    {"required", read_required},
    {"items", read_items},
    {"enum", read_enum},
    {"const", read_enum},
    {"minimum", read_minimum},
    {"maximum", read_maximum},
    {"minItems", read_min_items},
    {"maxItems", read_max_items},
    {"minLength", read_min_length},
    {"maxLength", read_max_length},
    {"pattern", read_pattern},
    {"default", read_default},
    {"title", read_title},
    {"description", read_description},
    {"format", read_format},
    {"anyOf", read_any_of},
    {"$ref", read_ref},
    {"$defs", read_definitions},
    {"definitions", read_definitions},
    {"x-identity", read_identity},
    {"x-formula", read_formula},
    {"x-unit", read_unit},
    {"$schema", read_nothing},
    {"$id", read_nothing},
    {"$comment", read_nothing},
    {"examples", read_nothing},
    {"deprecated", read_nothing},
};

static void read_keyword(SchemaLoader *loader, Schema *schema, const Value *value)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strcmp(value->key, keywords[i].name) == 0) {
            keywords[i].read(loader, schema, value);
            return;
        }
    }
    if (!text_starts_with(value->key, "x-")) {
        finding_add(loader->findings, MESSAGE_SCHEMA_KEYWORD, value->key_place, value->path, value->key, NULL);
    }
}

Schema *schema_read_node(SchemaLoader *loader, const Value *node)
{
    Schema *schema = arena_new_of(loader->arena, Schema);
    schema->node = node;
    *array_push(loader->arena, &loader->schemas) = schema;
    if (node->kind == VALUE_MAP) {
        for (size_t i = 0; i < node->count; i++) {
            read_keyword(loader, schema, node->items[i]);
        }
    } else if (!text_equal(value_text(node), "true") && node->kind != VALUE_NULL) {
        report_bad(loader, node);
    }
    return schema;
}
