/* Schemas: keys, kinds, defaults, alternatives, names in paths; every finding in one run; and bad schemas. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "suites.h"

static const char schema[] =
    "type: object\n"
    "additionalProperties: false\n"
    "required: [部门, 年度, 支出]\n"
    "properties:\n"
    "  部门: {type: string, description: 部门全称，与公章一致}\n"
    "  年度: {type: integer}\n"
    "  职责: {type: array, items: {type: string}, minItems: 1, maxItems: 3}\n"
    "  支出:\n"
    "    type: object\n"
    "    additionalProperties: false\n"
    "    required: [合计]\n"
    "    properties:\n"
    "      合计: {format: amount}\n"
    "      基本支出: {format: amount}\n"
    "      项目: {$ref: '#/$defs/项目表'}\n"
    "  项目: {$ref: '#/$defs/项目表'}\n"
    "  收入: {type: object, additionalProperties: {format: amount}}\n"
    "  指标: {type: object, additionalProperties: false, patternProperties: {'指标$': {type: array}}}\n"
    "  说明: {type: string, default: 无}\n"
    "  共用: {anyOf: [{type: string}, {type: array, items: {type: string}}]}\n"
    "$defs:\n"
    "  项目表: {type: array, x-identity: 名称, items: {$ref: '#/$defs/项目'}}\n"
    "  项目:\n"
    "    type: object\n"
    "    additionalProperties: false\n"
    "    required: [名称, 金额]\n"
    "    properties: {名称: {type: string}, 金额: {format: amount}, 备注: {type: string}}\n";

#define HEAD "部门: 甲局\n年度: 2020\n支出: {合计: 1}\n"

static const struct {
    const char *name, *yaml, *codes;
} cases[] = {
    {"fine", HEAD, ""},
    {"all missing", "职责: [甲]\n", "missing-key@0:0 missing-key@0:0 missing-key@0:0"},
    {"missing inside", "部门: 甲\n年度: 2020\n支出: {}\n", "missing-key@3:1"},
    {"missing in an item", HEAD "项目:\n  - 名称: 甲\n", "missing-key@5:5"},
    {"not filled in", "部门:\n年度: 2020\n支出: {合计: ''}\n", "missing-value@1:1 missing-value@3:6"},
    {"empty text is filled in", "部门: ''\n年度: 2020\n支出: {合计: 1}\n", ""},
    {"unknown", HEAD "天气: 晴\n", "unknown-key@4:1"},
    {"misspelt", "部们: 甲局\n年度: 2020\n支出: {合计: 1}\n", "unknown-key@1:1"},
    {"indent lost", "部门: 甲局\n年度: 2020\n支出:\n合计: 1\n", "unknown-key@4:1"},
    {"open map", HEAD "收入: {国有资本经营预算收入: 3, 单位资金: 甲}\n", "amount@4:27"},
    {"pattern of keys", HEAD "指标: {产出指标: [], 效果: []}\n", "unknown-key@4:16"},
    {"list wanted, text", HEAD "职责: 负责教育工作\n", "wrong-kind@4:5"},
    {"list wanted, map", HEAD "职责: {甲: 1}\n", "wrong-kind@4:5"},
    {"map wanted, text", "部门: 甲局\n年度: 2020\n支出: 12\n", "wrong-kind@3:5"},
    {"map wanted, list", "部门: 甲局\n年度: 2020\n支出: [12]\n", "wrong-kind@3:5"},
    {"text wanted, list", "部门: [甲局]\n年度: 2020\n支出: {合计: 1}\n", "wrong-kind@1:5"},
    {"number wanted, map", "部门: 甲局\n年度: {甲: 1}\n支出: {合计: 1}\n", "wrong-kind@2:5"},
    {"wide colon below a key", "部门: 甲局\n年度: 2020\n支出:\n  合计：5\n", "yaml-wide-colon@4:5"},
    {"tight colon below a key", "部门: 甲局\n年度: 2020\n支出:\n  合计:5\n", "yaml-tight-colon@4:5"},
    {"wide colon in braces", HEAD "项目:\n  - {名称：某, 金额: 3}\n", "yaml-wide-colon@5:8"},
    {"tight colon in braces", HEAD "项目:\n  - {名称:某, 金额: 3}\n", "yaml-tight-colon@5:8"},
    {"swallowed key", HEAD "项目:\n  - 金额: 3\n    名称: 某\n    备注：甲\n", "yaml-wide-colon@7:7"},
    {"swallowed in braces", HEAD "项目:\n  - {名称: 某，金额：3, 备注: 甲}\n", "yaml-wide-comma@5:11"},
    {"swallowed in braces, half-width colon", HEAD "项目:\n  - {名称: 某，金额:3}\n", "yaml-wide-comma@5:11"},
    {"words with commas in braces", HEAD "项目:\n  - {名称: 某，原因：甲, 金额: 3}\n", ""},
    {"swallowed words outside braces", HEAD "项目:\n  - 名称: 某，备注：甲\n    金额: 3\n", ""},
    {"words that look like a key", HEAD "项目:\n  - 金额: 3\n    名称: 某\n      原因：甲\n", ""},
    {"empty text for a map", "部门: 甲局\n年度: 2020\n支出: ''\n", "missing-value@3:1"},
    {"too few", HEAD "职责: []\n", "item-count@4:1"},
    {"too many", HEAD "职责: [1, 2, 3, 4]\n", "item-count@4:1"},
    {"empty item", HEAD "职责:\n  - 甲\n  -\n", "missing-value@6:4"},
    {"either, text", HEAD "共用: a.yaml\n", ""},
    {"either, list", HEAD "共用: [a.yaml, b.yaml]\n", ""},
    {"either, bad list", HEAD "共用: [a.yaml, [b]]\n", "wrong-kind@4:14"},
    {"either, neither", HEAD "共用: {a: b}\n", "wrong-kind@4:5"},
    {"all at once", "部门: [甲]\n年度: 二〇二〇\n支出: {合计: 无, 其它: 1}\n职责: 甲\n天气: 晴\n",
     "wrong-kind@1:5 number@2:5 amount@3:10 unknown-key@3:13 wrong-kind@4:5 unknown-key@5:1"},
    {"root is a list", "- 部门: 甲\n", "wrong-kind@1:1"},
    {"root is words", "部门\n", "wrong-kind@1:1"},
};

START_TEST(every_fault_is_found_at_its_place)
{
    Bench bench = bench_new();
    bench_check(&bench, schema, cases[_i].yaml);
    ck_assert_msg(strcmp(bench_codes(&bench), cases[_i].codes) == 0, "%s: expected \"%s\", got \"%s\"", cases[_i].name,
                  cases[_i].codes, bench_codes(&bench));
    bench_free(&bench);
}
END_TEST

START_TEST(unknown_keys_get_what_was_meant)
{
    static const struct {
        const char *yaml, *suggestion, *message;
    } keys[] = {
        {HEAD "指表: {}\n", "指标", "没有“指表”这个键，是不是“指标”"},
        {HEAD "收人: {}\n", "收入", "没有“收人”这个键，是不是“收入”"},
        {HEAD "天气: 晴\n", NULL, "没有“天气”这个键"},
        {HEAD "部局: 晴\n", NULL, "没有“部局”这个键"}, /* 部门 is there already */
        {HEAD "基本支出: 3\n", NULL, "“基本支出”不能写在这里，它属于“支出”"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        Bench bench = bench_new();
        bench_check(&bench, schema, keys[i].yaml);
        ck_assert_uint_eq(bench.findings.count, 1);
        ck_assert_str_eq(bench.findings.items[0]->message, keys[i].message);
        if (keys[i].suggestion == NULL) {
            ck_assert_ptr_null(bench.findings.items[0]->suggestion);
        } else {
            ck_assert_str_eq(bench.findings.items[0]->suggestion, keys[i].suggestion);
        }
        bench_free(&bench);
    }
}
END_TEST

START_TEST(known_keys_are_listed_when_few)
{
    static const struct {
        const char *schema, *help;
    } lists[] = {
        {"additionalProperties: false\nproperties: {甲: {}, 乙: {}, 丙: {}}\n", "这里可以写：甲、丙"},
        {"additionalProperties: false\nproperties: {a1: {}, a2: {}, a3: {}, a4: {}, a5: {}, a6: {}, a7: {}, a8: {}, "
         "a9: {}, "
         "b1: {}, b2: {}, b3: {}, b4: {}, 乙: {}}\n",
         "对照示例文件核对键名和缩进"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        Bench bench = bench_new();
        bench_check(&bench, lists[i].schema, "乙: 1\n天气预报: 2\n");
        ck_assert_uint_eq(bench.findings.count, 1);
        ck_assert_str_eq(bench.findings.items[0]->help, lists[i].help);
        bench_free(&bench);
    }
}
END_TEST

START_TEST(descriptions_help)
{
    Bench bench = bench_new();
    bench_check(&bench, schema, "年度: 2020\n支出: {合计: 1}\n");
    ck_assert_str_eq(bench.findings.items[0]->message, "缺少“部门”");
    ck_assert_str_eq(bench.findings.items[0]->help, "部门全称，与公章一致");
    bench_free(&bench);
}
END_TEST

START_TEST(defaults_are_added_and_read)
{
    Bench bench = bench_new();
    const Value *root = bench_check(
        &bench, "properties: {甲: {format: amount, default: 0.50}, 乙: {type: array, default: [1]}}", "丙: 1\n乙:\n");
    ck_assert_str_eq(bench_dump(&bench, root),
                     ". = map 3 @1:1\n"
                     "丙 = plain \"1\" @1:4\n"
                     "乙 = list 1 @1:76 in schema.yaml default\n"
                     "乙[#1] = plain \"1\" @1:77 default\n"
                     "甲 = plain \"0.50\" number 0.500000 places 2 @1:43 in schema.yaml default\n");
    ck_assert_uint_eq(value_get(root, "乙")->key_place.line, 2);
    bench_free(&bench);
}
END_TEST

START_TEST(items_are_named_in_paths)
{
    Bench bench = bench_new();
    const Value *root = bench_check(&bench, schema,
                                    HEAD "项目:\n"
                                         "  - {名称: 资金, 金额: 1}\n"
                                         "  - {名称: '', 金额: 2}\n"
                                         "  - {名称: 资金, 金额: 3}\n"
                                         "  - {名称: 甲/乙, 金额: 四}\n"
                                         "  - {名称: 资金, 金额: 5}\n");
    static const char *const paths[] = {"项目[资金]", "项目[#2]", "项目[资金#2]", "项目[甲\\/乙]", "项目[资金#3]"};
    const Value *list = value_get(root, "项目");
    for (size_t i = 0; i < list->count; i++) {
        ck_assert_str_eq(list->items[i]->path, paths[i]);
        ck_assert_ptr_eq(value_at(root, paths[i]), list->items[i]);
    }
    ck_assert_str_eq(value_at(root, "项目[资金#2]/金额")->text, "3");
    ck_assert_ptr_eq(value_at(root, "项目[#3]"), list->items[2]); /* by position as well */
    ck_assert_uint_eq(bench.findings.count, 1);
    ck_assert_str_eq(bench.findings.items[0]->path, "项目[甲\\/乙]/金额");
    bench_free(&bench);
}
END_TEST

START_TEST(references_take_what_is_not_said)
{
    Bench bench = bench_new();
    static const char yaml[] =
        "$defs:\n"
        "  基: {type: object, properties: {甲: {type: integer}, 乙: {type: string}}, required: [甲]}\n"
        "  树: {type: object, properties: {值: {type: integer}, 子: {type: array, items: {$ref: '#/$defs/树'}}}}\n"
        "properties:\n"
        "  一: {$ref: '#/$defs/基', properties: {甲: {type: boolean}}}\n"
        "  树: {$ref: '#/$defs/树'}\n";
    bench_check(&bench, yaml, "一: {甲: 是, 乙: [1]}\n树: {值: 1, 子: [{值: 2, 子: [{值: 三}]}]}\n");
    ck_assert_str_eq(bench_codes(&bench), "wrong-kind@1:14 number@2:30");
    bench_free(&bench);
}
END_TEST

START_TEST(bad_schemas_are_refused)
{
    static const struct {
        const char *yaml, *codes;
    } bad[] = {
        {"type: text\n", "schema-value@1:7"},
        {"typ: string\n", "schema-keyword@1:1"},
        {"properties: [甲]\n", "schema-value@1:13"},
        {"properties: {甲: 3}\n", "schema-value@1:17"},
        {"pattern: '('\n", "schema-pattern@1:10"},
        {"patternProperties: {'[': {}}\n", "schema-pattern@1:26"},
        {"minimum: 一\n", "schema-value@1:10"},
        {"minItems: -1\n", "schema-value@1:11"},
        {"format: email\n", "schema-value@1:9"},
        {"required: 甲\n", "schema-value@1:11"},
        {"anyOf: []\n", "schema-value@1:8"},
        {"properties: {甲: {$ref: '#/$defs/乙'}}\n", "schema-ref@1:24"},
        {"properties: {甲: {$ref: 'http://a'}}\n", "schema-ref@1:24"},
        {"$defs: {甲: {$ref: '#/$defs/乙'}, 乙: {$ref: '#/$defs/甲'}}\n", "schema-ref@1:19"},
        {"properties: {甲: {type: string, anyOf: [{type: string}]}}\n", "schema-any-of@1:17"},
        {"properties: {甲: {title: 乙, default: 丙, anyOf: [{type: string}]}}\n", ""},
        {"x-note: 甲\ntitle: 乙\n$schema: 丙\nexamples: [1]\n", ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Bench bench = bench_new();
        const Value *yaml = bench_parse(&bench, bad[i].yaml);
        Schema *loaded = schema_load(yaml, bench.arena, &bench.findings);
        ck_assert_int_eq(loaded == NULL, bad[i].codes[0] != '\0');
        ck_assert_msg(strcmp(bench_codes(&bench), bad[i].codes) == 0, "%s: %s", bad[i].yaml, bench_codes(&bench));
        bench_free(&bench);
    }
    Bench bench = bench_new();
    ck_assert_ptr_null(schema_load(NULL, bench.arena, &bench.findings));
    bench_free(&bench);
}
END_TEST

START_TEST(the_real_notice_fits_the_pack)
{
    static const char notice[] = "../shared/reference/notice-2020.yaml";
    static const char pack[] = "templates/部门预算公开/schema.yaml";
    if (!file_exists(notice) || !file_exists(pack)) {
        fprintf(stderr, "skipped: %s or %s is not there\n", notice, pack);
        return;
    }
    Bench bench = bench_new();
    Value *root = data_load(notice, bench.arena, &bench.findings);
    Schema *loaded =
        schema_load(yaml_load(pack, &YAML_LIMITS_DEFAULT, bench.arena, &bench.findings), bench.arena, &bench.findings);
    ck_assert_msg(loaded != NULL, "%s", bench_codes(&bench));
    schema_check(loaded, root, bench.arena, &bench.findings);
    data_compute(loaded, root, bench.arena, &bench.findings);
    ck_assert_str_eq(bench_codes(&bench), "");
    static const char path[] = "绩效/资金绩效目标[城市基层党建工作专项资金]/指标/产出指标[项目资金#2]";
    ck_assert_ptr_nonnull(value_at(root, path));
    ck_assert_str_eq(value_at(root, path)->path, path);
    bench_free(&bench);
}
END_TEST

/* Alternatives nested in alternatives, over data nested as deep as it may be: trying all would take 2^60 steps. */
START_TEST(alternatives_take_no_exponential_time)
{
    Bench bench = bench_new();
    Buffer yaml = {0};
    for (int i = 0; i < 60; i++) {
        buffer_text(&yaml, "{子: ");
    }
    buffer_append(&yaml, "", 1);
    Buffer closed = {0};
    buffer_text(&closed, yaml.bytes);
    buffer_text(&closed, "1");
    for (int i = 0; i < 60; i++) {
        buffer_text(&closed, "}");
    }
    buffer_append(&closed, "", 1);
    static const char nested[] = "$defs: {节: {anyOf: [{type: object, properties: {子: {$ref: '#/$defs/节'}}}, "
                                 "{type: object, properties: {子: {$ref: '#/$defs/节'}}}, {type: integer}]}}\n"
                                 "$ref: '#/$defs/节'\n";
    bench_check(&bench, nested, closed.bytes);
    ck_assert_str_eq(bench_codes(&bench), "");
    bench_free(&bench);
    buffer_release(&yaml);
    buffer_release(&closed);
}
END_TEST

START_TEST(ten_thousand_rows_are_quick)
{
    Bench bench = bench_new();
    Buffer yaml = {0};
    buffer_text(&yaml, HEAD "项目:\n");
    for (int i = 0; i < 10000; i++) {
        buffer_printf(&yaml, "  - { 名称: 项目资金%d, 金额: \"%d,000.50\", 备注: 示例 }\n", i % 7, i % 900 + 1);
    }
    buffer_append(&yaml, "", 1);
    clock_t start = clock();
    const Value *root = bench_check(&bench, schema, yaml.bytes);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    fprintf(stderr, "10,000 rows: %.0f ms\n", seconds * 1000);
    ck_assert(seconds < 5); /* slack for the sanitizers */
    ck_assert_str_eq(bench_codes(&bench), "");
    ck_assert_str_eq(value_get(root, "项目")->items[9999]->path, "项目[项目资金3#1429]");
    bench_free(&bench);
    buffer_release(&yaml);
}
END_TEST

/* Hostile findings by the hundred thousand: folded, and found in time. */
START_TEST(many_faults_are_folded)
{
    Bench bench = bench_new();
    Buffer yaml = {0};
    buffer_text(&yaml, HEAD "项目:\n");
    for (int i = 0; i < 30000; i++) {
        buffer_printf(&yaml, "  - 名称：某%d\n", i);
    }
    for (int i = 0; i < 30000; i++) {
        buffer_printf(&yaml, "杂%d: 1\n", i);
    }
    buffer_append(&yaml, "", 1);
    clock_t start = clock();
    bench_check(&bench, schema, yaml.bytes);
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 10);
    ck_assert_uint_eq(bench.findings.errors, 60000);
    ck_assert_uint_le(bench.findings.count, 2 * FINDING_FOLD_LIMIT);
    bench_free(&bench);
    buffer_release(&yaml);
}
END_TEST

Suite *schema_suite(void)
{
    Suite *suite = suite_create("schema");
    TCase *tests = tcase_create("schema");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, every_fault_is_found_at_its_place, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tests, unknown_keys_get_what_was_meant);
    tcase_add_test(tests, known_keys_are_listed_when_few);
    tcase_add_test(tests, descriptions_help);
    tcase_add_test(tests, defaults_are_added_and_read);
    tcase_add_test(tests, items_are_named_in_paths);
    tcase_add_test(tests, references_take_what_is_not_said);
    tcase_add_test(tests, bad_schemas_are_refused);
    tcase_add_test(tests, the_real_notice_fits_the_pack);
    tcase_add_test(tests, alternatives_take_no_exponential_time);
    tcase_add_test(tests, ten_thousand_rows_are_quick);
    tcase_add_test(tests, many_faults_are_folded);
    suite_add_tcase(suite, tests);
    return suite;
}
