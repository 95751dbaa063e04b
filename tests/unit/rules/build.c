/* Reads the pack and notices for the tests. */
#include <string.h>

#include "base/file.h"
#include "rules_tests.h"

#define BYTES_MAX ((size_t)1 << 24)

char *file_text(const char *path, Arena *arena)
{
    char *bytes = NULL;
    size_t len = 0;
    return file_read(arena, path, BYTES_MAX, &bytes, &len) == FILE_OK ? bytes : NULL;
}

char *text_replace(const char *text, const char *from, const char *to, Arena *arena)
{
    const char *at = strstr(text, from);
    if (!at || strstr(at + 1, from)) {
        return NULL;
    }
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static Value *parse(const char *name, const char *text, Arena *arena, FindingList *findings)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){name, text, strlen(text)};
    return yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, findings);
}

/* As the template does: what the schema knows may be absent. */
static void allow_properties(FormulaNames *names, const Value *schema)
{
    const Value *properties = value_get(schema, "properties");
    for (size_t i = 0; properties && i < properties->count && properties->kind == VALUE_MAP; i++) {
        formula_names_allow(names, properties->items[i]->key);
    }
    for (size_t i = 0; schema && i < schema->count; i++) {
        allow_properties(names, schema->items[i]);
    }
}

Bench bench_open(const char *rules_text)
{
    Bench bench = {.arena = arena_new()};
    finding_list_init(&bench.findings, bench.arena, LANGUAGE_ZH);
    Value *schema = yaml_load(PACK "/schema.yaml", &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings);
    bench.schema = schema_load(schema, bench.arena, &bench.findings);
    bench.defaults = yaml_load(PACK "/defaults.yaml", &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings);
    Value *words = yaml_load(PACK "/words.yaml", &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings);
    bench.names = formula_names_load(words, bench.arena, &bench.findings);
    allow_properties(bench.names, schema);
    Value *rules = rules_text ? parse("rules.yaml", rules_text, bench.arena, &bench.findings)
                              : yaml_load(PACK "/rules.yaml", &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings);
    bench.rules = rules ? rules_load(rules, bench.names, bench.arena, &bench.findings) : NULL;
    return bench;
}

void bench_close(Bench *bench)
{
    rules_free(bench->rules);
    arena_free(bench->arena);
}

static Value *complete(const Bench *bench, Value *root, Arena *arena, FindingList *findings)
{
    if (!root) {
        return NULL;
    }
    value_merge_under(root, bench->defaults, ORIGIN_DEFAULT, arena);
    bool good = schema_check(bench->schema, root, arena, findings);
    return good && data_compute(bench->schema, root, arena, findings) ? root : NULL;
}

static Value *read_notice(const Bench *bench, const char *name, const char *text, Arena *arena, FindingList *findings)
{
    return complete(bench, parse(name, text, arena, findings), arena, findings);
}

Notice notice_check_file(const Bench *bench, const char *path)
{
    Notice notice = {.arena = arena_new()};
    finding_list_init(&notice.findings, notice.arena, LANGUAGE_ZH);
    notice.root = complete(bench, data_load(path, notice.arena, &notice.findings), notice.arena, &notice.findings);
    if (notice.root) {
        notice.outcome = rules_check(bench->rules, notice.root, NULL, notice.arena, &notice.findings);
    }
    finding_list_sort(&notice.findings);
    return notice;
}

Notice notice_check(const Bench *bench, const char *text, const char *last)
{
    Notice notice = {.arena = arena_new()};
    finding_list_init(&notice.findings, notice.arena, LANGUAGE_ZH);
    notice.root = read_notice(bench, "notice.yaml", text, notice.arena, &notice.findings);
    Value *before = last ? read_notice(bench, "last.yaml", last, notice.arena, &notice.findings) : NULL;
    ck_assert_msg(bench->rules != NULL, "the rules cannot be read: %s",
                  bench->findings.count ? bench->findings.items[0]->message : "");
    if (notice.root && (before || !last)) {
        notice.outcome = rules_check(bench->rules, notice.root, before, notice.arena, &notice.findings);
    }
    finding_list_sort(&notice.findings);
    return notice;
}

void notice_close(Notice *notice)
{
    arena_free(notice->arena);
}

const Finding *notice_find(const Notice *notice, const char *code, size_t index)
{
    for (size_t i = 0; i < notice->findings.count; i++) {
        if (strcmp(notice->findings.items[i]->code, code) == 0 && index-- == 0) {
            return notice->findings.items[i];
        }
    }
    return NULL;
}

size_t notice_count(const Notice *notice, const char *code, Severity least)
{
    size_t count = 0;
    for (size_t i = 0; i < notice->findings.count; i++) {
        const Finding *finding = notice->findings.items[i];
        count += finding->severity >= least && (!code || strcmp(finding->code, code) == 0);
    }
    return count;
}
