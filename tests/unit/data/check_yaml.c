/* YAML text against the findings it must give, place by place; encodings, limits and hostile files. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "suites.h"

static const struct {
    const char *name, *yaml, *codes;
} slips[] = {
    {"fine", "部门: 甲\n年度: 2020\n", ""},
    {"BOM", "\xEF\xBB\xBF部门: 甲\n年度: 1\n部门: 乙\n", "yaml-duplicate-key@3:1"},
    {"CR LF", "部门: 甲\r\n年度: 1\r\n部门: 乙\r\n", "yaml-duplicate-key@3:1"},
    {"CR alone", "部门: 甲\r年度: 1\r部门: 乙\r", "yaml-duplicate-key@3:1"},
    {"empty", "", "yaml-empty@0:0"},
    {"comment only", "# 无\n", "yaml-empty@0:0"},
    {"tab", "支出:\n\t合计: 5\n", "yaml-tab@2:1"},
    {"tab after blanks", "支出:\n  甲: 1\n  \t合计: 5\n", "yaml-tab@3:3"},
    {"tab inside text", "说明: 甲\t乙\n", ""},
    {"wide colon first", "部门：某局\n年度: 2020\n", "yaml-wide-colon@1:3"},
    {"wide colon second", "模板: x\n部门：某局\n年度: 2020\n", "yaml-wide-colon@2:3"},
    {"wide colon last", "模板: x\n部门：某局\n", "yaml-wide-colon@2:3"},
    {"wide colon nested", "支出:\n  合计：5\n  基本支出: 3\n", "yaml-wide-colon@2:5"},
    {"wide colon in item", "项目:\n  - 名称：某项目\n    金额: 3\n", "yaml-wide-colon@2:7"},
    {"wide colon in words", "正文:\n  - 绩效目标：培养干部。\n  - 甲\n", ""},
    {"tight colon first", "年度:2020\n部门: 某\n", "yaml-tight-colon@1:3"},
    {"tight colon later", "部门: 某\n年度:2020\n地区: 县\n", "yaml-tight-colon@2:3"},
    {"wide comma in map", "项目:\n  - { 名称: 某，金额: 3 }\n", "yaml-wide-comma@2:12"},
    {"wide comma in list", "用途: [维修，水电]\n", "yaml-wide-comma@1:6"},
    {"wide comma quoted", "用途: [\"维修，水电\"]\n", ""},
    {"wide comma in words of a map", "项目: { 原因: 甲，乙 }\n", ""},
    {"quote open", "原因: \"没有结束\n部门: 某\n", "yaml-quote@1:5"},
    {"quote closed by the next", "原因: \"甲\n部门: \"某\"\n", "yaml-quote@1:5"},
    {"text after quote", "原因: \"甲\"乙\n部门: 某\n", "yaml-quote@1:8"},
    {"text after quote in flow", "项目: { 原因: \"甲\"乙 }\n", "yaml-quote@1:14"},
    {"brace open", "项目: { 原因: 甲\n部门: 某\n", "yaml-bracket@1:5"},
    {"bracket open", "用途: [甲, 乙\n部门: 某\n", "yaml-bracket@1:5"},
    {"bracket, same line", "列: [甲, 乙: 丙: 丁]\n", "yaml-bracket@1:12"},
    {"indent less", "支出:\n  合计: 5\n 基本支出: 3\n", "yaml-indent@3:2"},
    {"indent more", "支出:\n  合计: 5\n    基本支出: 3\n", "yaml-indent@3:5"},
    {"indent of the first", "  部门: 甲\n年度: 2020\n", "yaml-indent@2:1"},
    {"item without dash", "列表:\n  - 甲\n  乙\n  - 丙\n", "yaml-no-colon@3:3"},
    {"key among items", "列表:\n  - 甲\n  乙: 1\n", "yaml-indent@3:3"},
    {"colon in a value", "说明: 甲: 乙\n", "yaml-colon-in-value@1:6"},
    {"no colon", "部门: 甲\n年度\n地区: 乙\n", "yaml-no-colon@2:1"},
    {"starts with >", "指标值: >653天\n", "yaml-start-character@1:6"},
    {"starts with %", "指标值: %50\n", "yaml-start-character@1:6"},
    {"starts with *", "说明: *某某\n", "yaml-start-character@1:5"},
    {"starts with &", "说明: &某某 甲\n", "yaml-start-character@1:5"},
    {"starts with @", "说明: @某某\n", "yaml-start-character@1:5"},
    {"starts with !", "说明: !某某 甲\n", "yaml-start-character@1:5"},
    {"starts with ≥", "指标值: ≥95%\n", ""},
    {"escape", "路径: \"C:\\d\"\n", "yaml-escape@1:8"},
    {"dash in a value", "部门: - 甲\n", "yaml-dash@1:5"},
    {"two documents", "a: 1\n---\nb: 2\n", "yaml-documents@2:1"},
    {"one marked document", "---\na: 1\n...\n", ""},
    {"tag", "a: !foo 1\n", "yaml-tag@1:4"},
    {"core tag", "a: !!str 1\nb: !!int 2\n", ""},
    {"duplicate thrice", "甲: 1\n乙: 2\n甲: 3\n甲: 4\n", "yaml-duplicate-key@3:1 yaml-duplicate-key@4:1"},
    {"duplicate after NFC", "e\xCC\x81: 1\n\xC3\xA9: 2\n", "yaml-duplicate-key@2:1"},
    {"duplicate among many", "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\nh: 1\ni: 1\nj: 1\ne: 2\n",
     "yaml-duplicate-key@11:1"},
    {"duplicate in flow", "甲: {乙: 1, 乙: 2}\n", "yaml-duplicate-key@1:11"},
    {"alias undefined", "a: *b\n", "yaml-alias@1:4"},
    {"alias in itself", "a: &b [*b]\n", "yaml-alias@1:8"},
    {"alias of alias", "a: &b 1\nc: &d [*b]\ne: *d\n", ""},
    {"merge key", "a: &b {x: 1}\nc:\n  <<: *b\n", "yaml-merge-key@3:3"},
    {"quoted <<", "\"<<\": 1\n", ""},
    {"list as key", "[a]: 1\n", "yaml-key-not-text@1:1"},
    {"no key", ": 1\n", "yaml-key-empty@1:1"},
    {"empty key", "\"\": 1\n", "yaml-key-empty@1:1"},
    {"wide blank before key", "　部门: 甲\n", "yaml-key-blanks@1:1"},
    {"wide blank after key", "部门　: 甲\n", "yaml-key-blanks@1:1"},
    {"NUL escape", "a: \"\\0b\"\n", "yaml-nul@1:4"},
    {"bell escape", "a: \"\\ab\"\n", "yaml-control@1:4"},
    {"control", "甲: b\001c\n", "yaml-control@1:5"},
    {"DEL", "甲: b\x7F\n", "yaml-control@1:5"},
    {"BOM inside", "甲: b\xEF\xBB\xBF\n", "yaml-control@1:5"},
    {"GBK", "\xB2\xBF\xC3\xC5: \xC4\xB3\xBE\xD6\n\xC4\xEA\xB6\xC8: 2020\n", "yaml-gbk@0:0"},
    {"cut UTF-8", "部门: 某局\n年\xE5\xBA", "yaml-not-utf8@2:2"},
    {"latin byte", "部门: 某局 \xE9 甲\n", "yaml-not-utf8@1:8"},
    {"UTF-16 BOM", "\xFF\xFE-N", "yaml-utf16@0:0"},
    {"brace alone", "{", "yaml-syntax@1:2"},
    {"directive twice", "%TAG !a! b\n%TAG !a! b\n---\na: 1\n", "yaml-syntax@2:1"},
    {"comma twice", "[甲,,乙]\n", "yaml-syntax@1:4"},
    {"dash alone", "额: -\n乙: 1\n", "yaml-dash@1:4"},
};

START_TEST(every_slip_is_named_at_its_place)
{
    Bench bench = bench_new();
    bench_parse(&bench, slips[_i].yaml);
    ck_assert_msg(strcmp(bench_codes(&bench), slips[_i].codes) == 0, "%s: expected \"%s\", got \"%s\"", slips[_i].name,
                  slips[_i].codes, bench_codes(&bench));
    bench_free(&bench);
}
END_TEST

START_TEST(nul_bytes_and_utf16_without_bom)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *codes;
    } cases[] = {
        {"a: b\0c\n", 7, "yaml-nul@1:5"},
        {"a\0:\0 \0001\0\n\0b\0:\0", 14, "yaml-utf16@0:0"},
        {"\0a\0:\0 \0001\0\n\0b\0:", 14, "yaml-utf16@0:0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Bench bench = bench_new();
        Source source = {"data.yaml", cases[i].bytes, cases[i].len};
        ck_assert_ptr_null(yaml_parse(&source, &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings));
        ck_assert_str_eq(bench_codes(&bench), cases[i].codes);
        bench_free(&bench);
    }
}
END_TEST

START_TEST(duplicate_keys_tell_both_places_and_keep_the_first)
{
    Bench bench = bench_new();
    const Value *root = bench_parse(&bench, "甲: 1\n乙: 2\n甲: 3\n");
    ck_assert_uint_eq(bench.findings.count, 1);
    ck_assert_uint_eq(bench.findings.items[0]->related_count, 1);
    ck_assert_uint_eq(bench.findings.items[0]->related[0].place.line, 1);
    ck_assert_uint_eq(root->count, 2);
    ck_assert_str_eq(value_text(value_get(root, "甲")), "1");
    bench_free(&bench);
}
END_TEST

START_TEST(further_wide_colons_are_noted)
{
    Bench bench = bench_new();
    bench_parse(&bench, "部门：甲\n年度: 2020\n支出:\r\n  合计：5\n  - 正文：丙\n说明: 丁：戊\n地区：己\n");
    ck_assert_str_eq(bench_codes(&bench), "yaml-wide-colon@1:3");
    const Finding *finding = bench.findings.items[0];
    ck_assert_uint_eq(finding->related_count, 2);
    ck_assert_uint_eq(finding->related[0].place.line, 4);
    ck_assert_uint_eq(finding->related[0].place.column, 5);
    ck_assert_uint_eq(finding->related[1].place.line, 7);
    bench_free(&bench);
}
END_TEST

START_TEST(places_count_code_points_and_bytes)
{
    Bench bench = bench_new();
    static const char yaml[] = "\xEF\xBB\xBF部门: 甲\n𠮷名: \"一\n  二\"\n列: [ 甲, {乙: 3} ]\n";
    const Value *root = bench_parse(&bench, yaml);
    const Value *name = value_get(root, "𠮷名");
    ck_assert_uint_eq(name->key_place.line, 2);
    ck_assert_uint_eq(name->key_place.column, 1);
    ck_assert_uint_eq(name->key_place.length, strlen("𠮷名"));
    ck_assert_uint_eq(name->place.column, 5);
    ck_assert_uint_eq(name->place.length, strlen("\"一")); /* cut at the end of its first line */
    ck_assert_int_eq(strncmp(yaml + name->place.offset, "\"一", name->place.length), 0);
    ck_assert_str_eq(name->text, "一 二");
    ck_assert(name->quoted);
    const Value *three = value_at(root, "列[#2]/乙");
    ck_assert_uint_eq(three->place.line, 4);
    ck_assert_uint_eq(three->place.column, 13);
    ck_assert_uint_eq(three->place.length, 1);
    ck_assert_int_eq(yaml[three->place.offset], '3');
    bench_free(&bench);
}
END_TEST

START_TEST(blanks_are_null_and_quoted_ones_are_text)
{
    Bench bench = bench_new();
    const Value *root = bench_parse(&bench, "a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\nf: !!str\ng: .nan\nh: yes\n");
    static const ValueKind kinds[] = {VALUE_NULL, VALUE_NULL, VALUE_NULL, VALUE_TEXT,
                                      VALUE_TEXT, VALUE_TEXT, VALUE_TEXT, VALUE_TEXT};
    ck_assert_uint_eq(root->count, 8);
    for (size_t i = 0; i < root->count; i++) {
        ck_assert_int_eq(root->items[i]->kind, kinds[i]);
    }
    ck_assert(value_is_blank(root->items[3]));
    ck_assert(!value_is_blank(root->items[4]));
    bench_free(&bench);
}
END_TEST

START_TEST(aliases_are_copies_with_paths_of_their_own)
{
    Bench bench = bench_new();
    const Value *root = bench_parse(&bench, "甲: &x\n  乙: [1, 2]\n丙: [*x, *x]\n");
    ck_assert_str_eq(bench_codes(&bench), "");
    const Value *copy = value_at(root, "丙[#2]/乙[#1]");
    ck_assert_ptr_nonnull(copy);
    ck_assert_str_eq(copy->path, "丙[#2]/乙[#1]");
    ck_assert_str_eq(copy->text, "1");
    ck_assert_uint_eq(copy->place.line, 2);
    ck_assert_ptr_ne(copy, value_at(root, "甲/乙[#1]"));
    bench_free(&bench);
}
END_TEST

/* ---- limits ---- */

static char *repeated(const char *head, const char *piece, size_t count, const char *tail)
{
    Buffer buffer = {0};
    buffer_text(&buffer, head);
    for (size_t i = 0; i < count; i++) {
        buffer_text(&buffer, piece);
    }
    buffer_append(&buffer, tail, strlen(tail) + 1);
    return buffer.bytes;
}

static void assert_codes(char *yaml, const char *codes)
{
    Bench bench = bench_new();
    bench_parse(&bench, yaml);
    ck_assert_str_eq(bench_codes(&bench), codes);
    bench_free(&bench);
    free(yaml);
}

START_TEST(depth_is_limited)
{
    assert_codes(repeated("", "[", 64, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"), "");
    assert_codes(repeated("", "[", 65, ""), "yaml-limit@1:65");
    assert_codes(repeated("", "[", 1000000, ""), "yaml-limit@1:65");
    assert_codes(repeated("", "- ", 100000, "a"), "yaml-limit@1:129");
    assert_codes(repeated("", "{a: ", 100000, "a"), "yaml-limit@1:257");
    assert_codes(repeated("", "? ", 100000, "a"), "yaml-key-not-text@1:3");
    /* An alias deep inside may not double the depth. */
    char *inner = repeated("a: &x ", "[", 40, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\nb: ");
    char *outer = repeated(inner, "[", 40, "*x]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
    free(inner);
    assert_codes(outer, "yaml-limit@2:44");
}
END_TEST

START_TEST(aliases_cannot_multiply_without_end)
{
    static const char bomb[] = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                               "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                               "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                               "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                               "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
                               "f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
                               "g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    Bench bench = bench_new();
    clock_t start = clock();
    ck_assert_ptr_null(bench_parse(&bench, bomb));
    ck_assert_str_eq(bench.findings.items[0]->code, "yaml-limit");
    ck_assert_uint_eq(bench.findings.count, 1);
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 5);
    bench_free(&bench);
}
END_TEST

START_TEST(small_limits_count_exactly)
{
    Bench bench = bench_new();
    YamlLimits limits = {.bytes = 100, .depth = 2, .nodes = 4, .key_bytes = 6, .scalar_bytes = 9};
    static const struct {
        const char *yaml, *codes;
    } cases[] = {
        {"[1,2,3]", ""},
        {"[1,2,3,4]", "yaml-limit@1:8"},
        {"键键: 甲甲甲", ""},
        {"键键x: 甲", "yaml-limit@1:1"},
        {"键: 甲甲甲x", "yaml-limit@1:4"},
        {"[[1]]", ""},
        {"[[[1]]]", "yaml-limit@1:3"},
        {"[&a 1,*a,*a]", ""},
        {"[&a 1,*a,*a,*a]", "yaml-limit@1:13"},
        {"# 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\n",
         "file-too-large@0:0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        finding_list_init(&bench.findings, bench.arena, LANGUAGE_ZH);
        Source source = {"data.yaml", cases[i].yaml, strlen(cases[i].yaml)};
        yaml_parse(&source, &limits, bench.arena, &bench.findings);
        ck_assert_msg(strcmp(bench_codes(&bench), cases[i].codes) == 0, "%s: got %s", cases[i].yaml,
                      bench_codes(&bench));
    }
    bench_free(&bench);
}
END_TEST

START_TEST(default_limits_hold)
{
    assert_codes(repeated("甲: ", "0123456789abcdef", 65536, "\n"), "");
    assert_codes(repeated("甲: ", "0123456789abcdef", 131072, "\n"), "yaml-limit@1:4");
    assert_codes(repeated("\"", "键", 85, "\": 1\n"), "");
    assert_codes(repeated("\"", "键", 100, "\": 1\n"), "yaml-limit@1:1");
    assert_codes(repeated("甲: 1\n", "# 0123456789abcd\n", 1000000, ""), "file-too-large@0:0");
}
END_TEST

/* Members and items by the hundred thousand: anything quadratic would take minutes. */
START_TEST(large_files_take_time_in_proportion)
{
    Buffer map = {0};
    for (int i = 0; i < 100000; i++) {
        buffer_printf(&map, "k%d: v\n", (i * 7919) % 100000);
    }
    buffer_append(&map, "", 1);
    clock_t start = clock();
    assert_codes(map.bytes, "");
    assert_codes(repeated("list:\n", "- v\n", 100000, ""), "");
    assert_codes(repeated("list:\n", "- &a v\n", 4096, ""), "");
    assert_codes(repeated("list:\n", "- &a v\n", 4097, ""), "yaml-limit@4098:3");
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 20); /* slack for the sanitizers */
}
END_TEST

/* Deep trees of long keys: paths must not fill the memory before the nodes do. */
START_TEST(paths_are_limited)
{
    Buffer buffer = {0};
    for (int i = 0; i < 60; i++) {
        buffer_text(&buffer, "{\"");
        for (int j = 0; j < 250; j++) {
            buffer_text(&buffer, "x");
        }
        buffer_text(&buffer, "\": ");
    }
    buffer_text(&buffer, "[");
    for (int i = 0; i < 100000; i++) {
        buffer_text(&buffer, "1,");
    }
    buffer_append(&buffer, "", 1);
    Bench bench = bench_new();
    ck_assert_ptr_null(bench_parse(&bench, buffer.bytes));
    ck_assert_uint_eq(bench.findings.count, 1);
    ck_assert_str_eq(bench.findings.items[0]->code, "yaml-limit");
    bench_free(&bench);
    buffer_release(&buffer);
}
END_TEST

START_TEST(files_that_cannot_be_read_are_named)
{
    Bench bench = bench_new();
    ck_assert_ptr_null(yaml_load("no-such-file.yaml", &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings));
    ck_assert_str_eq(bench.findings.items[0]->code, "file-unreadable");
    ck_assert_ptr_null(yaml_load(".", &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings));
    ck_assert_uint_eq(bench.findings.count, 2);
    ck_assert_str_eq(bench.findings.items[1]->code, "file-not-regular");
    bench_free(&bench);
}
END_TEST

START_TEST(the_real_notice_has_no_findings)
{
    Bench bench = bench_new();
    static const char path[] = "../shared/reference/notice-2020.yaml";
    if (!file_exists(path)) {
        fprintf(stderr, "skipped: %s is not there\n", path);
    } else {
        const Value *root = yaml_load(path, &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings);
        ck_assert_str_eq(bench_codes(&bench), "");
        ck_assert_str_eq(value_text(value_at(root, "支出/基本支出/人员经费")), "558.00");
    }
    bench_free(&bench);
}
END_TEST

Suite *yaml_suite(void)
{
    Suite *suite = suite_create("yaml");
    TCase *tests = tcase_create("yaml");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, every_slip_is_named_at_its_place, 0, sizeof slips / sizeof *slips);
    tcase_add_test(tests, nul_bytes_and_utf16_without_bom);
    tcase_add_test(tests, duplicate_keys_tell_both_places_and_keep_the_first);
    tcase_add_test(tests, further_wide_colons_are_noted);
    tcase_add_test(tests, places_count_code_points_and_bytes);
    tcase_add_test(tests, blanks_are_null_and_quoted_ones_are_text);
    tcase_add_test(tests, aliases_are_copies_with_paths_of_their_own);
    tcase_add_test(tests, depth_is_limited);
    tcase_add_test(tests, aliases_cannot_multiply_without_end);
    tcase_add_test(tests, small_limits_count_exactly);
    tcase_add_test(tests, default_limits_hold);
    tcase_add_test(tests, large_files_take_time_in_proportion);
    tcase_add_test(tests, paths_are_limited);
    tcase_add_test(tests, files_that_cannot_be_read_are_named);
    tcase_add_test(tests, the_real_notice_has_no_findings);
    suite_add_tcase(suite, tests);
    return suite;
}
