/* The tree: its text form, canonical paths there and back, searching and merging. */
#include <stdlib.h>
#include <string.h>

#include "suites.h"

static const char sample[] = "# 示例县教育局\n"
                             "部门: 示例县教育局\n"
                             "年度: 2020\n"
                             "空:\n"
                             "职责:\n"
                             "  - 甲\n"
                             "  - \"乙\\t\\\"丙\\\"\"\n"
                             "支出: { 合计: 12.50, 说明: '' }\n"
                             "正文: |\n"
                             "  第一行\n"
                             "  第二行\n"
                             "折行: 一\n"
                             "  二\n"
                             "嵌套: [[1], {}, []]\n"
                             "\"斜/杠[1]#2\\\\\": 值\n";

START_TEST(dump_shows_the_whole_tree)
{
    Bench bench = bench_new();
    ck_assert_str_eq(bench_dump(&bench, bench_parse(&bench, sample)), ". = map 9 @2:1\n"
                                                                      "部门 = plain \"示例县教育局\" @2:5\n"
                                                                      "年度 = plain \"2020\" @3:5\n"
                                                                      "空 = null @4:3\n"
                                                                      "职责 = list 2 @6:3\n"
                                                                      "职责[#1] = plain \"甲\" @6:5\n"
                                                                      "职责[#2] = quoted \"乙\\x09\\\"丙\\\"\" @7:5\n"
                                                                      "支出 = map 2 @8:5\n"
                                                                      "支出/合计 = plain \"12.50\" @8:11\n"
                                                                      "支出/说明 = quoted \"\" @8:22\n"
                                                                      "正文 = quoted \"第一行\\n第二行\\n\" @9:5\n"
                                                                      "折行 = plain \"一 二\" @12:5\n"
                                                                      "嵌套 = list 3 @14:5\n"
                                                                      "嵌套[#1] = list 1 @14:6\n"
                                                                      "嵌套[#1][#1] = plain \"1\" @14:7\n"
                                                                      "嵌套[#2] = map 0 @14:11\n"
                                                                      "嵌套[#3] = list 0 @14:15\n"
                                                                      "斜\\/杠\\[1\\]\\#2\\\\ = plain \"值\" @15:15\n");
    ck_assert_str_eq(bench_codes(&bench), "");
    bench_free(&bench);
}
END_TEST

START_TEST(accessors_accept_anything)
{
    Bench bench = bench_new();
    const Value *root = bench_parse(&bench, sample);
    Decimal number;
    ck_assert_ptr_null(value_get(NULL, "a"));
    ck_assert_ptr_null(value_get(value_get(root, "部门"), "a"));
    ck_assert_ptr_null(value_get(value_get(root, "职责"), "a"));
    ck_assert_ptr_null(value_text(NULL));
    ck_assert_ptr_null(value_text(root));
    ck_assert_ptr_null(value_at(NULL, "a"));
    ck_assert_ptr_eq(value_at(root, ""), root);
    ck_assert(!value_number(value_get(root, "年度"), &number)); /* nothing is a number before the schema says so */
    ck_assert(value_is_blank(NULL) && value_is_blank(value_get(root, "空")));
    ck_assert(value_is_blank(value_at(root, "嵌套[#2]")) && !value_is_blank(root));
    static const char *const nowhere[] = {"部",
                                          "部门/甲",
                                          "职责[#0]",
                                          "职责[#3]",
                                          "职责[#1",
                                          "职责[]",
                                          "职责[#1]甲",
                                          "/部门",
                                          "部门/",
                                          "支出//合计",
                                          "支出[合计]",
                                          "[#1]",
                                          "职责[#99999999999999999999999999]",
                                          "斜/杠[1]#2\\"};
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
        ck_assert_msg(value_at(root, nowhere[i]) == NULL, "%s", nowhere[i]);
    }
    bench_free(&bench);
}
END_TEST

static size_t assert_paths_lead_back(const Value *root, const Value *value)
{
    size_t count = 1;
    ck_assert_msg(value_at(root, value->path) == value, "%s", value->path);
    for (size_t i = 0; i < value->count; i++) {
        ck_assert_ptr_eq(value->items[i]->parent, value);
        count += assert_paths_lead_back(root, value->items[i]);
    }
    return count;
}

/* Names of any characters, special ones above all, in keys and as identities of items. */
START_TEST(every_path_leads_back_to_its_value)
{
    static const char *const pieces[] = {"/", "[", "]", "#", "#2", "\\\\", "甲", "1", " ", "\\\"", "]/[", "[#1]"};
    static const char schema[] = "$defs:\n  表: {type: array, x-identity: 名, items: {type: object, "
                                 "additionalProperties: {$ref: '#/$defs/表值'}}}\n"
                                 "  表值: {anyOf: [{type: string}, {$ref: '#/$defs/表'}]}\n"
                                 "additionalProperties: {$ref: '#/$defs/表'}\ntype: object\n";
    unsigned seed = 12345;
    for (int round = 0; round < 200; round++) {
        Bench bench = bench_new();
        Buffer yaml = {0};
        for (int list = 0; list < 3; list++) {
            buffer_printf(&yaml, "\"%d", list);
            for (unsigned n = (seed = seed * 1664525 + 1013904223) >> 30; n > 0; n--) {
                buffer_text(&yaml, pieces[(seed = seed * 1664525 + 1013904223) >> 16 & 7]);
            }
            buffer_text(&yaml, "\":\n");
            for (int item = 0; item < 6; item++) {
                buffer_text(&yaml, "  - {名: \"");
                for (unsigned n = (seed = seed * 1664525 + 1013904223) >> 30; n > 0; n--) {
                    buffer_text(&yaml, pieces[((seed = seed * 1664525 + 1013904223) >> 16) % 12]);
                }
                buffer_text(&yaml, "\", 下: [{名: 丙}, {名: 丙}, {名: ''}]}\n");
            }
        }
        buffer_append(&yaml, "", 1);
        const Value *root = bench_check(&bench, schema, yaml.bytes);
        ck_assert_str_eq(bench_codes(&bench), "");
        ck_assert_uint_eq(assert_paths_lead_back(root, root), 1 + 3 * (1 + 6 * (3 + 3 * 2)));
        bench_free(&bench);
        buffer_release(&yaml);
    }
}
END_TEST

START_TEST(large_maps_are_searched)
{
    Bench bench = bench_new();
    Buffer yaml = {0};
    for (int i = 0; i < 3000; i++) {
        buffer_printf(&yaml, "键%d: %d\n", i * 7 % 3000, i * 7 % 3000);
    }
    buffer_append(&yaml, "", 1);
    const Value *root = bench_parse(&bench, yaml.bytes);
    char key[32];
    for (int i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "键%d", i);
        ck_assert_str_eq(value_text(value_get(root, key)), key + strlen("键"));
    }
    ck_assert_ptr_null(value_get(root, "键3000"));
    ck_assert_str_eq(root->items[1]->key, "键7"); /* in the order written */
    bench_free(&bench);
    buffer_release(&yaml);
}
END_TEST

START_TEST(merging_adds_what_is_lacking)
{
    Bench bench = bench_new();
    Value *value = bench_parse(&bench, "甲: 1\n乙: {子: 2}\n丙:\n丁: [1]\n戊: []\n");
    const Value *under =
        bench_parse(&bench, "甲: 9\n乙: {子: 9, 丑: {寅: 3}}\n丙: {卯: 4}\n丁: [8, 9]\n戊: [7]\n己: [{庚: 5}]\n");
    value_merge_under(value, under, ORIGIN_DEFAULT, bench.arena);
    ck_assert_str_eq(bench_dump(&bench, value), ". = map 6 @1:1\n"
                                                "甲 = plain \"1\" @1:4\n"
                                                "乙 = map 2 @2:4\n"
                                                "乙/子 = plain \"2\" @2:8\n"
                                                "乙/丑 = map 1 @2:14 in data.yaml default\n"
                                                "乙/丑/寅 = plain \"3\" @2:18 default\n"
                                                "丙 = map 1 @3:4 in data.yaml default\n"
                                                "丙/卯 = plain \"4\" @3:8 default\n"
                                                "丁 = list 1 @4:4\n"
                                                "丁[#1] = plain \"1\" @4:5\n"
                                                "戊 = list 0 @5:4\n"
                                                "己 = list 1 @6:4 in data.yaml default\n"
                                                "己[#1] = map 1 @6:5 default\n"
                                                "己[#1]/庚 = plain \"5\" @6:9 default\n");
    assert_paths_lead_back(value, value);
    ck_assert_ptr_eq(value_at(under, "己[#1]")->parent, value_get(under, "己")); /* `under` is untouched */
    bench_free(&bench);
}
END_TEST

Suite *value_suite(void)
{
    Suite *suite = suite_create("value");
    TCase *tests = tcase_create("value");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, dump_shows_the_whole_tree);
    tcase_add_test(tests, accessors_accept_anything);
    tcase_add_test(tests, every_path_leads_back_to_its_value);
    tcase_add_test(tests, large_maps_are_searched);
    tcase_add_test(tests, merging_adds_what_is_lacking);
    suite_add_tcase(suite, tests);
    return suite;
}
