/* The tree written as YAML: what is read back is the same tree, and what the text means is told apart. */
#include <string.h>

#include "suites.h"

static const char *written(Bench *bench, const Value *root)
{
    Buffer out = {0};
    value_to_yaml(root, &out);
    const char *text = arena_strndup(bench->arena, out.bytes ? out.bytes : "", out.len);
    buffer_release(&out);
    return text;
}

/* The dump without places: they move. */
static const char *dump_without_places(Bench *bench, const Value *root)
{
    char *dump = arena_strdup(bench->arena, bench_dump(bench, root)), *to = dump;
    for (const char *at = dump; *at;) {
        if (strncmp(at, " @", 2) == 0)
            at += 2 + strspn(at + 2, "0123456789:");
        else
            *to++ = *at++;
    }
    *to = '\0';
    return dump;
}

static const struct {
    const char *yaml, *expected; /* expected NULL: only the tree is compared */
} CASES[] = {
    {"部门: 甲 # 注\n# 注\n年度: 2020\n", "部门: 甲\n年度: 2020\n"},
    {"a: \"2020\"\nb: '2020'\nc: 2020\n", "a: \"2020\"\nb: \"2020\"\nc: 2020\n"},
    {"a: -12.50\nb: \"-\"\nc: ——\n", "a: -12.50\nb: \"-\"\nc: ——\n"},
    {"a: {b: 1, c: [x, y]}\n", "a:\n  b: 1\n  c:\n    - x\n    - y\n"},
    {"a:\n  - b: 1\n    c: 2\n  - d: 3\n", "a:\n  - b: 1\n    c: 2\n  - d: 3\n"},
    {"a: [[1, [2]], [], {}]\n", "a:\n  - - 1\n    - - 2\n  - []\n  - {}\n"},
    {"a: ~\nb:\nc: null\nd: \"null\"\n", "a: null\nb: null\nc: null\nd: \"null\"\n"},
    {"a: \"x: y\"\nb: \"# x\"\nc: \"x #y\"\nd: \"x:\"\n", NULL},
    {"a: x:y\nb: x#y\nc: 甲：乙\n", "a: x:y\nb: x#y\nc: 甲：乙\n"},
    {"a: |\n  一\n  二\nb: >\n  三\n  四\n", "a: \"一\\n二\\n\"\nb: \"三 四\\n\"\n"},
    {"a: 一\n  二\n\n  三\n", NULL},
    {"\"a: b\": 1\n\"- x\": 2\n\"\": 3\n'true': 4\n", NULL},
    {"a: true\nb: \"true\"\nc: yes\n", "a: true\nb: \"true\"\nc: yes\n"},
    {"a: \"tab\\tquote\\\" back\\\\ \\u200b\"\n", NULL},
    {"x: &k [1, 2]\ny: *k\n", "x:\n  - 1\n  - 2\ny:\n  - 1\n  - 2\n"},
    {"a: \U00020BB7\n", "a: \U00020BB7\n"},
    {"- 1\n- [2]\n", NULL},
    {"{}\n", NULL},
};
enum { CASE_COUNT = sizeof CASES / sizeof CASES[0] };

START_TEST(reads_back)
{
    Bench bench = bench_new();
    Value *root = bench_parse(&bench, CASES[_i].yaml);
    ck_assert_ptr_nonnull(root);
    const char *text = written(&bench, root);
    if (CASES[_i].expected)
        ck_assert_str_eq(text, CASES[_i].expected);
    Value *again = bench_parse(&bench, text);
    ck_assert_msg(again != NULL, "%s", text);
    ck_assert_str_eq(written(&bench, again), text);
    if (!strstr(text, "\\n")) /* text with line breaks is quoted, plain or not before: no other kind of value has any */
        ck_assert_str_eq(dump_without_places(&bench, again), dump_without_places(&bench, root));
    bench_free(&bench);
}
END_TEST

/* Defaults and computed values stay the pack's. */
START_TEST(leaves_out_what_was_not_given)
{
    Bench bench = bench_new();
    Value *root = bench_parse(&bench, "a: 1\nm: {x: 2}\n");
    value_merge_under(root, bench_parse(&bench, "b: 3\nm: {y: 4}\n"), ORIGIN_DEFAULT, bench.arena);
    ck_assert_str_eq(written(&bench, root), "a: 1\nm:\n  x: 2\n");
    bench_free(&bench);
}
END_TEST

Suite *yaml_write_suite(void)
{
    Suite *suite = suite_create("yaml_write");
    TCase *tests = tcase_create("yaml_write");
    tcase_add_loop_test(tests, reads_back, 0, CASE_COUNT);
    tcase_add_test(tests, leaves_out_what_was_not_given);
    suite_add_tcase(suite, tests);
    return suite;
}
