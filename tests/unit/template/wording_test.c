/* Every branch of the notice's wording: wording.yaml over base.yaml. */
#include <stdio.h>
#include <string.h>

#include "template_tests.h"

static bool found(const Lines *lines, const char *text, bool whole)
{
    for (size_t i = 0; i < lines->count; i++)
        if (whole ? strcmp(lines->items[i], text) == 0 : strstr(lines->items[i], text) != NULL)
            return true;
    return false;
}

/* Sentences of case[key] that are not (or, `absent`, are) in the notice; returns how many. */
static size_t check_sentences(const Value *test, const char *key, const Lines *lines, bool whole, bool absent)
{
    const Value *list = value_get(test, key);
    size_t failures = 0;
    for (size_t i = 0; list && i < list->count; i++) {
        if (found(lines, value_text(list->items[i]), whole) == absent) {
            fprintf(stderr, "%s: %s: %s\n", value_text(value_get(test, "case")), absent ? "not wanted" : "missing",
                    value_text(list->items[i]));
            failures++;
        }
    }
    return failures;
}

static size_t run_case(const Pack *pack, const Value *test, const char *base, Arena *arena)
{
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    const char *name = value_text(value_get(test, "case"));
    Value *data = prepare_data(pack, value_text(value_get(test, "data")), base, arena, &findings);
    Document *document = data ? pack_expand(pack, data, false, arena, &findings) : NULL;
    if (document)
        document_check(document, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        fprintf(stderr, "%s: ", name);
        finding_print(&findings, findings.items[i], stderr, false);
    }
    if (!document || findings.count > 0)
        return 1;
    Lines lines = document_lines(document, arena);
    return check_sentences(test, "want", &lines, false, false) + check_sentences(test, "lines", &lines, true, false) +
           check_sentences(test, "not", &lines, false, true);
}

START_TEST(wording_is_right)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_real_pack(arena);
    const char *base = read_text_file(TESTS "base.yaml", arena);
    Value *tests = yaml_load(TESTS "wording.yaml", &YAML_LIMITS_DEFAULT, arena, &findings);
    ck_assert_ptr_nonnull(base);
    ck_assert_ptr_nonnull(tests);
    ck_assert_uint_eq(findings.count, 0);
    size_t failures = 0;
    for (size_t i = 0; i < tests->count; i++) {
        ArenaMark mark = arena_mark(arena);
        failures += run_case(pack, tests->items[i], base, arena);
        arena_rewind(arena, mark);
    }
    ck_assert_uint_gt(tests->count, 50);
    ck_assert_uint_eq(failures, 0);
    arena_free(arena);
}
END_TEST

TCase *wording_tests(void)
{
    TCase *tcase = tcase_create("wording");
    tcase_add_test(tcase, wording_is_right);
    return tcase;
}
