/* Computed values: absent totals, totals of totals, what is given kept, what cannot be computed said. */
#include <string.h>

#include "suites.h"

static const char schema_yaml[] =
    "properties:\n"
    "  收入:\n"
    "    type: object\n"
    "    additionalProperties: {format: amount}\n"
    "    properties: {合计: {format: amount, x-formula: SUM(.*)}}\n"
    "  支出:\n"
    "    type: object\n"
    "    properties:\n"
    "      合计: {format: amount, x-formula: 基本.合计 + 项目.合计}\n"
    "      基本:\n"
    "        type: object\n"
    "        properties:\n"
    "          合计: {format: amount, x-formula: 人员 + 公用}\n"
    "          人员: {format: amount}\n"
    "          公用: {format: amount}\n"
    "      项目:\n"
    "        type: object\n"
    "        properties:\n"
    "          合计: {format: amount, x-formula: SUM(主要.金额)}\n"
    "          主要:\n"
    "            type: array\n"
    "            x-identity: 名称\n"
    "            items: {type: object, properties: {名称: {type: string}, 金额: {format: amount, "
    "x-formula: 数量 * 单价}, 数量: {type: number}, 单价: {format: amount}}}\n"
    "  增减: {type: string, x-formula: 'IF(支出.合计 > 收入.合计, \"超支\", \"有余\")'}\n";

static Value *compute(Bench *bench, const char *schema_text, const char *yaml, bool good)
{
    Schema *schema = schema_load(bench_parse(bench, schema_text), bench->arena, &bench->findings);
    ck_assert_msg(schema != NULL, "%s", bench_codes(bench));
    Value *root = bench_parse(bench, yaml);
    ck_assert(schema_check(schema, root, bench->arena, &bench->findings));
    ck_assert_int_eq(data_compute(schema, root, bench->arena, &bench->findings), good);
    return root;
}

START_TEST(totals_of_totals_are_computed)
{
    Bench bench = bench_new();
    const Value *root = compute(&bench, schema_yaml,
                                "收入: {一般: 0.50, 基金: 0.35}\n"
                                "支出:\n"
                                "  基本: {人员: 558.00, 公用: 81.31}\n"
                                "  项目:\n"
                                "    主要:\n"
                                "      - {名称: 甲, 数量: 3, 单价: 0.6}\n"
                                "      - {名称: 乙, 金额: 2}\n",
                                true);
    ck_assert_str_eq(bench_codes(&bench), "");
    static const struct {
        const char *path, *text;
    } totals[] = {{"收入/合计", "0.85"},           {"支出/基本/合计", "639.31"}, {"支出/项目/主要[甲]/金额", "1.8"},
                  {"支出/项目/合计", "3.8"},       {"支出/合计", "643.11"},      {"增减", "超支"},
                  {"支出/项目/主要[乙]/金额", "2"}};
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        const Value *value = value_at(root, totals[i].path);
        ck_assert_msg(value != NULL, "%s", totals[i].path);
        ck_assert_str_eq(value_text(value), totals[i].text);
        ck_assert_int_eq(value->origin, i == 6 ? ORIGIN_GIVEN : ORIGIN_COMPUTED);
        ck_assert_str_eq(value->path, totals[i].path);
    }
    Decimal number;
    ck_assert(value_number(value_at(root, "支出/合计"), &number));
    ck_assert_int_eq(number.micro, 643110000);
    ck_assert_uint_eq(value_at(root, "支出/合计")->place.line, 3); /* the parent's */
    bench_free(&bench);
}
END_TEST

START_TEST(what_is_given_stays)
{
    Bench bench = bench_new();
    const Value *root = compute(&bench, schema_yaml, "收入: {一般: 1, 合计: 9.00}\n支出: {合计: ——}\n", true);
    ck_assert_str_eq(value_text(value_at(root, "收入/合计")), "9.00");
    ck_assert_int_eq(value_at(root, "收入/合计")->origin, ORIGIN_GIVEN);
    ck_assert_int_eq(value_at(root, "支出/合计")->reading, READ_NOT_APPLICABLE);
    bench_free(&bench);
}
END_TEST

START_TEST(a_key_not_filled_in_is_computed_at_its_place)
{
    Bench bench = bench_new();
    const Value *root = compute(&bench, schema_yaml, "收入:\n  一般: 1.5\n  合计:\n", true);
    const Value *total = value_at(root, "收入/合计");
    ck_assert_str_eq(value_text(total), "1.5");
    ck_assert_uint_eq(total->key_place.line, 3);
    ck_assert_int_eq(total->origin, ORIGIN_COMPUTED);
    ck_assert_ptr_null(value_get(root, "支出")); /* nothing is made where there is nothing */
    bench_free(&bench);
}
END_TEST

START_TEST(blank_results_leave_no_member)
{
    Bench bench = bench_new();
    const Value *root =
        compute(&bench, "properties: {甲: {type: string, x-formula: 乙}, 乙: {type: string}}\n", "丙: 1\n", true);
    ck_assert_uint_eq(root->count, 1);
    bench_free(&bench);
}
END_TEST

START_TEST(failures_are_reported_once)
{
    static const struct {
        const char *schema, *yaml, *code;
    } cases[] = {
        {"properties: {甲: {format: amount, x-formula: 乙 + 1}, 乙: {format: amount, x-formula: 甲 + 1}}\n", "丙: 1\n",
         "compute-cycle"},
        {"properties: {甲: {format: amount, x-formula: 1 / 3}}\n", "丙: 1\n", "compute-kind"},
        {"properties: {甲: {format: amount, x-formula: 乙.*}, 乙: {type: object}}\n", "乙: {a: 1, b: 2}\n",
         "compute-kind"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Bench bench = bench_new();
        compute(&bench, cases[i].schema, cases[i].yaml, false);
        ck_assert_msg(bench.findings.count >= 1 && strcmp(bench.findings.items[0]->code, cases[i].code) == 0, "%s",
                      bench_codes(&bench));
        bench_free(&bench);
    }
}
END_TEST

Suite *compute_suite(void)
{
    Suite *suite = suite_create("compute");
    TCase *tests = tcase_create("compute");
    tcase_add_test(tests, totals_of_totals_are_computed);
    tcase_add_test(tests, what_is_given_stays);
    tcase_add_test(tests, a_key_not_filled_in_is_computed_at_its_place);
    tcase_add_test(tests, blank_results_leave_no_member);
    tcase_add_test(tests, failures_are_reported_once);
    suite_add_tcase(suite, tests);
    return suite;
}
