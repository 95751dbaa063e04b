/* Scalars as the schema reads them: amounts and their units, dates, booleans, ranges, wording. */
#include <string.h>

#include "data/schema_int.h"
#include "suites.h"

static const char schema[] = "properties:\n"
                             "  金额单位: {type: string, enum: [元, 万元], default: 万元}\n"
                             "  额: {format: amount}\n"
                             "  面积: {format: amount, x-unit: 平方米}\n"
                             "  数: {format: amount, x-unit: none}\n"
                             "  定: {format: amount, x-unit: 元}\n"
                             "  年: {type: integer, minimum: 1990, maximum: 2100}\n"
                             "  比: {type: number, minimum: 0}\n"
                             "  日: {format: date}\n"
                             "  真: {type: boolean}\n"
                             "  文: {type: string, minLength: 2, maxLength: 4}\n"
                             "  码: {type: string, pattern: '^[A-Z]{2}\\d+$'}\n"
                             "  级: {type: string, enum: [省, 市, 县, 旗县市区]}\n"
                             "  档: {type: integer, enum: [1, 2]}\n"
                             "  径: {format: path}\n"
                             "  或: {type: [number, string]}\n"
                             "  或真: {type: [boolean, string]}\n";

/* What the scalar's line of the dump says after its text, and the findings. */
static const struct {
    const char *yaml, *dump, *codes;
} readings[] = {
    {"额: 12.50", "number 12.500000 places 2 @1:4", ""},
    {"额: 0", "number 0.000000 places 0 @1:4", ""},
    {"额: -0.35", "number -0.350000 places 2 @1:4", ""},
    {"额: \"1,234.50\"", "number 1234.500000 places 2 @1:4", ""},
    {"额: 1,234.50", "number 1234.500000 places 2 @1:4", ""},
    {"额: 0.123456", "number 0.123456 places 6 @1:4", ""},
    {"额: 0.6万元", "number 0.600000 places 1 @1:4", ""},
    {"额: 0.6 万元", "number 0.600000 places 1 @1:4", ""},
    {"额: 15250元", "number 1.525000 places 3 power -4 @1:4", ""},
    {"额: 15,250.50元", "number 1.525050 places 5 power -4 @1:4", ""},
    {"额: 1.2亿元", "number 12000.000000 places 0 power 4 @1:4", ""},
    {"额: 3百万元", "number 300.000000 places 0 power 2 @1:4", ""},
    {"额: 0.001元", "number 0.001000 places 3 @1:4", "amount-inexact@1:4"},
    {"额:", "blank @1:3", ""},
    {"额: \"\"", "blank @1:4", ""},
    {"额: \" \"", "blank @1:4", ""},
    {"额: ——", "not-applicable @1:4", ""},
    {"额: —", "not-applicable @1:4", "amount-dash@1:4"},
    {"额: --", "not-applicable @1:4", "amount-dash@1:4"},
    {"额: －－", "not-applicable @1:4", "amount-dash@1:4"},
    {"额: １２．５", "number 12.500000 places 1 @1:4", "amount-wide@1:4"},
    {"额: －５", "number -5.000000 places 0 @1:4", "amount-wide@1:4"},
    {"额: １，２３４", "number 1234.000000 places 0 @1:4", "amount-wide@1:4"},
    {"额: 12。5", "number 12.500000 places 1 @1:4", "amount-wide@1:4"},
    {"额: 1,23.4", "@1:4", "amount@1:4"},
    {"额: 0.1234567", "@1:4", "amount@1:4"},
    {"额: 99999999999999999999", "@1:4", "amount@1:4"},
    {"额: 1 234", "@1:4", "amount@1:4"},
    {"额: 无", "@1:4", "amount@1:4"},
    {"额: 1.2.3", "@1:4", "amount@1:4"},
    {"额: 5斤", "number 5.000000 places 0 @1:4", "amount-unit@1:4"},
    {"额: .inf", "@1:4", "amount@1:4"},
    {"额: 1e3", "number 1.000000 places 0 @1:4", "amount-unit@1:4"},
    {"额: 0x1F", "number 0.000000 places 0 @1:4", "amount-unit@1:4"},
    {"面积: 534.28", "number 534.280000 places 2 @1:5", ""},
    {"面积: 534.28平方米", "number 534.280000 places 2 @1:5", ""},
    {"面积: 534.28亩", "number 534.280000 places 2 @1:5", "amount-unit@1:5"},
    {"数: 3台", "number 3.000000 places 0 @1:4", "amount-unit@1:4"},
    {"定: 0.6万元", "number 6000.000000 places 0 power 4 @1:4", ""},
    {"年: 2020", "number 2020.000000 places 0 @1:4", ""},
    {"年: 2020.5", "number 2020.500000 places 1 @1:4", "number@1:4"},
    {"年: 2020年", "number 2020.000000 places 0 @1:4", "amount-unit@1:4"},
    {"年: ２０２０", "number 2020.000000 places 0 @1:4", "amount-wide@1:4"},
    {"年: 1989", "number 1989.000000 places 0 @1:4", "range@1:4"},
    {"年: 2101", "number 2101.000000 places 0 @1:4", "range@1:4"},
    {"年: 今年", "@1:4", "number@1:4"},
    {"年: ——", "@1:4", "number@1:4"},
    {"比: -0.1", "number -0.100000 places 1 @1:4", "range@1:4"},
    {"日: 2020-01-31", "date 2020-01-31 @1:4", ""},
    {"日: 2020/1/31", "date 2020-01-31 @1:4", ""},
    {"日: 2020年1月31日", "date 2020-01-31 @1:4", ""},
    {"日: 2020-02-29", "date 2020-02-29 @1:4", ""},
    {"日: 2021-02-29", "@1:4", "date@1:4"},
    {"日: 1900-02-29", "@1:4", "date@1:4"},
    {"日: 2000-02-29", "date 2000-02-29 @1:4", ""},
    {"日: 2020-13-01", "@1:4", "date@1:4"},
    {"日: 2020-00-01", "@1:4", "date@1:4"},
    {"日: 2020.1.31", "date 2020-01-31 @1:4", "date@1:4"},
    {"日: 20200131", "date 2020-01-31 @1:4", "date@1:4"},
    {"日: ２０２０年１月３１日", "date 2020-01-31 @1:4", "date@1:4"},
    {"日: 2020-1/31", "@1:4", "date@1:4"},
    {"日: 2020年1月", "@1:4", "date@1:4"},
    {"日: 2020-01-31T00:00", "@1:4", "date@1:4"},
    {"日: \"\"", "blank @1:4", ""},
    {"真: true", "true @1:4", ""},
    {"真: False", "false @1:4", ""},
    {"真: 是", "true @1:4", ""},
    {"真: 否", "false @1:4", ""},
    {"真: yes", "true @1:4", "boolean@1:4"},
    {"真: off", "false @1:4", "boolean@1:4"},
    {"真: 有", "@1:4", "boolean@1:4"},
    {"文: 甲乙", "@1:4", ""},
    {"文: 甲", "@1:4", "text-length@1:4"},
    {"文: 甲乙丙丁戊", "@1:4", "text-length@1:4"},
    {"文: \"\"", "@1:4", "missing-value@1:4"},
    {"文: 2020", "@1:4", ""},
    {"文: true", "@1:4", ""},
    {"码: AB12", "@1:4", ""},
    {"码: AB", "@1:4", "text-pattern@1:4"},
    {"级: 县", "@1:4", ""},
    {"级: 旗县区市", "@1:4", "enum@1:4"},
    {"级: 国", "@1:4", "enum@1:4"},
    {"档: 2", "number 2.000000 places 0 @1:4", ""},
    {"档: 3", "number 3.000000 places 0 @1:4", "enum@1:4"},
    {"径: a\\b.yaml", "@1:4", "path@1:4"},
    {"或: 12", "number 12.000000 places 0 @1:4", ""},
    {"或: \"12\"", "@1:4", ""},
    {"或: 十二", "@1:4", ""},
    {"或真: 是", "true @1:5", ""},
    {"或真: 也许", "@1:5", ""},
};

START_TEST(scalars_are_read_as_the_schema_wants)
{
    Bench bench = bench_new();
    const Value *root = bench_check(&bench, schema, readings[_i].yaml);
    const char *dump = strchr(bench_dump(&bench, root), '\n') + 1;
    const char *line = arena_strndup(bench.arena, dump, strcspn(dump, "\n"));
    const char *tail = strstr(line, "\" ") != NULL ? strstr(line, "\" ") + 2 : strstr(line, "null ") + 5;
    const char *last = strstr(tail, "\" ");
    tail = last != NULL ? last + 2 : tail;
    ck_assert_msg(strcmp(tail, readings[_i].dump) == 0, "%s: \"%s\"", readings[_i].yaml, line);
    ck_assert_msg(strcmp(bench_codes(&bench), readings[_i].codes) == 0, "%s: \"%s\"", readings[_i].yaml,
                  bench_codes(&bench));
    bench_free(&bench);
}
END_TEST

START_TEST(amounts_move_into_the_unit_of_the_file)
{
    Bench bench = bench_new();
    const Value *root = bench_check(&bench, schema, "金额单位: 元\n额: 0.6万元\n定: 3元\n");
    ck_assert_str_eq(bench_codes(&bench), "");
    Decimal number;
    ck_assert(value_number(value_get(root, "额"), &number));
    ck_assert_int_eq(number.micro, 6000 * DECIMAL_ONE);
    ck_assert_int_eq(value_get(root, "额")->unit_power, 4);
    ck_assert_str_eq(value_text(value_get(root, "额")), "0.6万元");
    bench_free(&bench);
}
END_TEST

START_TEST(suggestions_are_what_to_write)
{
    static const struct {
        const char *yaml, *suggestion;
    } cases[] = {{"额: １２．５", "12.5"},       {"额: ５万元", "5万元"},  {"额: '-'", "——"},
                 {"日: 2020.1.3", "2020-01-03"}, {"真: 'no'", "false"},    {"级: 旗县区市", "旗县市区"},
                 {"年: 2020年", "2020"},         {"径: a\\b\\c", "a/b/c"}, {"面积: ３", "3"},
                 {"金额单位: 万", "万元"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Bench bench = bench_new();
        bench_check(&bench, schema, cases[i].yaml);
        ck_assert_uint_ge(bench.findings.count, 1);
        ck_assert_msg(bench.findings.items[0]->suggestion != NULL, "%s", cases[i].yaml);
        ck_assert_str_eq(bench.findings.items[0]->suggestion, cases[i].suggestion);
        bench_free(&bench);
    }
}
END_TEST

Suite *scalar_suite(void)
{
    Suite *suite = suite_create("scalar");
    TCase *tests = tcase_create("scalar");
    tcase_add_loop_test(tests, scalars_are_read_as_the_schema_wants, 0, sizeof readings / sizeof *readings);
    tcase_add_test(tests, amounts_move_into_the_unit_of_the_file);
    tcase_add_test(tests, suggestions_are_what_to_write);
    suite_add_tcase(suite, tests);
    return suite;
}
