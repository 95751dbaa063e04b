/* Turns any bytes into a tree, a checked tree and a dump, for a fuzzer to find what crashes or hangs. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/data.h"
#include "fuzz.h"

static const char schema_yaml[] =
    "type: object\n"
    "required: [a, b]\n"
    "additionalProperties: false\n"
    "patternProperties: {'^x.*[0-9]+$': {type: number}}\n"
    "properties:\n"
    "  a: {format: amount, minimum: 0}\n"
    "  b: {type: array, x-identity: a, items: {$ref: '#'}}\n"
    "  c: {anyOf: [{type: string, enum: [one, two]}, {type: array, items: {$ref: '#/properties/c'}}, {$ref: '#'}]}\n"
    "  d: {format: date}\n"
    "  e: {type: [boolean, integer]}\n"
    "  f: {format: amount, x-formula: a + SUM(b.a)}\n"
    "  g: {type: string, maxLength: 3, pattern: '^(a|b)*$', default: ab}\n";

/* Every path must lead back to its value. Linear searches in lists make this quadratic, so only small trees. */
static void check_paths(const Value *root, const Value *value)
{
    const Value *found = value_at(root, value->path);
    if (found != value) {
        fprintf(stderr, "path leads elsewhere: %s\n", value->path);
        abort();
    }
    for (size_t i = 0; i < value->count; i++) {
        check_paths(root, value->items[i]);
    }
}

static void run(const Source *source, Arena *arena)
{
    YamlLimits limits = YAML_LIMITS_DEFAULT;
    limits.nodes = 20000;
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Value *root = yaml_parse(source, &limits, arena, &findings);
    if (root == NULL) {
        assert(findings.errors > 0 && "nothing is refused without a word");
        return;
    }
    static const Source schema_source = {"schema.yaml", schema_yaml, sizeof schema_yaml - 1};
    Schema *schema = schema_load(yaml_parse(&schema_source, &YAML_LIMITS_DEFAULT, arena, &findings), arena, &findings);
    assert(schema != NULL);
    schema_check(schema, root, arena, &findings);
    data_compute(schema, root, arena, &findings);
    if (source->len < 2000) {
        check_paths(root, root);
    }
    Buffer dump = {0};
    value_dump(root, &dump);
    buffer_release(&dump);
    for (size_t i = 0; i < findings.count; i++) {
        const Place *place = &findings.items[i]->place;
        assert(place->source == NULL || place->offset + place->length <= place->source->len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Source source = {"fuzz.yaml", arena_strndup(arena, (const char *)data, size), size};
    run(&source, arena);
    arena_free(arena);
    return 0;
}
