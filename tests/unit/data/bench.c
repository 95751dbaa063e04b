/* Turns YAML in a string into trees and findings that tests can compare. */
#include <inttypes.h>
#include <string.h>

#include "suites.h"

Bench bench_new(void)
{
    Bench bench = {.arena = arena_new()};
    finding_list_init(&bench.findings, bench.arena, LANGUAGE_ZH);
    return bench;
}

void bench_free(Bench *bench)
{
    arena_free(bench->arena);
}

static Value *parse_named(Bench *bench, const char *name, const char *yaml)
{
    Source *source = arena_new_of(bench->arena, Source);
    *source = (Source){name, yaml, strlen(yaml)};
    return yaml_parse(source, &YAML_LIMITS_DEFAULT, bench->arena, &bench->findings);
}

Value *bench_parse(Bench *bench, const char *yaml)
{
    return parse_named(bench, "data.yaml", yaml);
}

Value *bench_check(Bench *bench, const char *schema_yaml, const char *yaml)
{
    Schema *schema = schema_load(parse_named(bench, "schema.yaml", schema_yaml), bench->arena, &bench->findings);
    ck_assert_msg(schema != NULL, "the schema has findings: %s", bench_codes(bench));
    Value *root = bench_parse(bench, yaml);
    if (root != NULL) {
        bool good = schema_check(schema, root, bench->arena, &bench->findings);
        ck_assert_int_eq(good, bench->findings.errors == 0);
    }
    return root;
}

const char *bench_codes(Bench *bench)
{
    const char *all = "";
    finding_list_sort(&bench->findings);
    for (size_t i = 0; i < bench->findings.count; i++) {
        const Finding *finding = bench->findings.items[i];
        all = arena_printf(bench->arena, "%s%s%s@%" PRIu32 ":%" PRIu32, all, i == 0 ? "" : " ", finding->code,
                           finding->place.line, finding->place.column);
    }
    return all;
}

const char *bench_dump(Bench *bench, const Value *root)
{
    Buffer buffer = {0};
    value_dump(root, &buffer);
    const char *text = arena_strndup(bench->arena, buffer.bytes == NULL ? "" : buffer.bytes, buffer.len);
    buffer_release(&buffer);
    return text;
}
