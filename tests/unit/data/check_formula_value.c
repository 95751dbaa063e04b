/* Formulas and what they give: values, paths, operators, blanks, scopes, and what is printed. */
#include <string.h>

#include "check_formula.h"
#include "data/formula_int.h"

typedef struct Example {
    const char *formula, *result;
} Example;

static const Example examples[] = {
    /* values */
    {"1", "1"},
    {"1.50", "1.5"},
    {"0.000001", "0.000001"},
    {"123456789012345678901234567890", "123456789012345678901234567890"},
    {"\"文字\"", "文字"},
    {"\"说\"\"是\"\"\"", "说\"是\""},
    {"\"\"", ""},
    {"TRUE", "TRUE"},
    {"false", "FALSE"},
    {"TRUE()", "TRUE"},
    {"=1+1", "2"},
    {" = 1 ", "1"},
    {"1\n+\t2\u3000+\u00A03", "6"},
    /* operators */
    {"1+2*3", "7"},
    {"(1+2)*3", "9"},
    {"10-4-3", "3"},
    {"100/10/5", "2"},
    {"2*3/4", "1.5"},
    {"1-2", "-1"},
    {"-3", "-3"},
    {"--3", "3"},
    {"- - -3", "-3"},
    {"+3", "3"},
    {"2--3", "5"},
    {"2*-3", "-6"},
    {"-(1+2)", "-3"},
    {"50%", "0.5"},
    {"-50%", "-0.5"},
    {"5%%", "0.0005"},
    {"200*15%", "30"},
    {"(1+1)%", "0.02"},
    {"0.1+0.2=0.3", "TRUE"},
    {"0.85-0.35", "0.5"},
    {"1/3", "1/3"},
    {"1/3*3", "1"},
    {"1/3+1/6", "0.5"},
    {"-2/6", "-1/3"},
    {"1/3+1/3+1/3=1", "TRUE"},
    {"2/3 > 0.666666", "TRUE"},
    {"2/3 < 0.666667", "TRUE"},
    {"0-0", "0"},
    {"-0", "0"},
    {"9000000000000*9000000000000", "81000000000000000000000000"},
    {"大数*1000-大数*999", "9000000000000"},
    {"1 & 2", "12"},
    {"1+1 & \"个\"", "2个"},
    {"\"a\" & \"b\" = \"ab\"", "TRUE"},
    {"1 + 1 = 2", "TRUE"},
    {"1 = 2", "FALSE"},
    {"1 <> 2", "TRUE"},
    {"1 < 2", "TRUE"},
    {"2 <= 2", "TRUE"},
    {"3 > 2", "TRUE"},
    {"2 >= 3", "FALSE"},
    {"\"a\" < \"b\"", "TRUE"},
    {"\"a\" = \"A\"", "FALSE"},
    {"\"1\" = 1", "FALSE"},
    {"TRUE = TRUE", "TRUE"},
    {"TRUE = 1", "FALSE"},
    {"(1 < 2) = TRUE", "TRUE"},
    /* paths */
    {"年度", "2020"},
    {"年度 + 1", "2021"},
    {"支出.基本支出.人员经费", "558.00"},
    {"支出.基本支出.人员经费 + 0", "558"},
    {"支出.基本支出.人员经费 + 支出.基本支出.日常公用经费", "639.31"},
    {"支出.合计", "4944.00"},
    {"支出.合计=4944", "TRUE"},
    {"文号", "0012"},
    {"文号 = \"0012\"", "TRUE"},
    {"文号 = 12", "FALSE"},
    {"负数", "-12.5"},
    {"收入", "{3}"},
    {"收入.*", "[100.50, 0, ]"},
    {"支出.项目支出.主要项目", "[{2}, {3}, {1}]"},
    {"支出.项目支出.主要项目.金额", "[1337.56, 2967.05, ]"},
    {"支出.项目支出.主要项目.名称", "[甲项目, 乙项目, 丙项目]"},
    {"支出.项目支出.主要项目.*", "[甲项目, 1337.56, 乙项目, 2967.05, 续建, 丙项目]"},
    {"三公经费.因公出国（境）费.上年", "0"},
    {"三公经费.*.本年", "[0, 0.35]"},
    {"三公经费.*.原因", "[, 压缩]"},
    {"三公经费.*.*", "[0, 0, 0.35, 0.85, 压缩]"},
    {"指标.*.名", "[数量, 质量, 满意]"},
    {"指标.*", "[{1}, {1}, {1}]"},
    {"指标.产出指标.名", "[数量, 质量]"},
    {"嵌套", "[[1, 2], [3]]"},
    {"嵌套.*", "[1, 2, 3]"},
    {"用途.*", "[日常维修, 水电费, 取暖费]"},
    {"年度.*", "[2020]"},
    {"空列表.*", "[]"},
    {"空组.*", "[]"},
    {"收入.没有", ""},
    {"收入.没有.也没有.*", "[]"},
    {"年度.没有", ""},
    {"可缺", ""},
    {"可缺.甲.乙", ""},
    {"可缺.*", "[]"},
    {".\"2020年\"", "年键"},
    {".\"“三公”经费\" * 2", "17.5"},
    {".年度", "2020"},
    {".没有", ""},
    {".收入.基金预算收入", "0"},
    {"收入.\"一般公共预算收入\"", "100.50"},
    {".", "{19}"},
    {"三公经费.*.没有", "[, ]"},
    {"(支出).合计", "4944.00"},
    {"FILTER(支出.项目支出.主要项目, 金额 > 2000).名称", "[乙项目]"},
    {"INDEX(支出.项目支出.主要项目, 2).备注", "续建"},
    {"开关", "true"},
    {"开关 = TRUE", "TRUE"},
    {"IF(开关, 1, 2)", "1"},
    /* blanks */
    {"收入.其他来源收入 + 5", "5"},
    {"5 - 收入.其他来源收入", "5"},
    {"收入.其他来源收入 - 5", "-5"},
    {"收入.其他来源收入 * 2 - 5 * 1", "-5"},
    {"收入.其他来源收入 + 收入.没有", "0"},
    {"收入.其他来源收入 * 5", ""},
    {"5 * 收入.其他来源收入", ""},
    {"收入.其他来源收入 / 5", ""},
    {"收入.其他来源收入 / 收入.没有", ""},
    {"收入.其他来源收入 * 5 + 1", "1"},
    {"-收入.其他来源收入", ""},
    {"收入.其他来源收入%", ""},
    {"收入.其他来源收入 = \"\"", "TRUE"},
    {"收入.其他来源收入 = 收入.没有", "TRUE"},
    {"收入.其他来源收入 = 0", "FALSE"},
    {"收入.其他来源收入 <> 0", "TRUE"},
    {"收入.其他来源收入 < 1", "TRUE"},
    {"收入.其他来源收入 >= 0", "TRUE"},
    {"收入.其他来源收入 > 0", "FALSE"},
    {"收入.其他来源收入 < \"a\"", "TRUE"},
    {"收入.基金预算收入 = \"\"", "FALSE"},
    {"空文字 = \"\"", "TRUE"},
    {"空文字 + 1", "1"},
    {"空列表 = \"\"", "TRUE"},
    {"用途 = \"\"", "FALSE"},
    {"空组 <> \"\"", "FALSE"},
    {"收入.没有 & \"甲\"", "甲"},
    {"占位", "——"},
    {"占位 + 1", "1"},
    {"占位 * 2", ""},
    {"占位 = \"\"", "FALSE"},
    {"占位 = 0", "FALSE"},
    {"占位 = 占位", "TRUE"},
    {"占位 < 1", "TRUE"},
    {"\"共\" & 占位", "共——"},
    /* dates */
    {"公开日期", "2020-03-01"},
    {"公开日期 = \"2020-03-01\"", "TRUE"},
    {"公开日期 = \"2020年3月1日\"", "TRUE"},
    {"公开日期 < \"2020-12-01\"", "TRUE"},
    {"公开日期 > \"2020年12月1日\"", "FALSE"},
    {"公开日期 = \"不是日期\"", "FALSE"},
};

START_TEST(test_example)
{
    Rig rig = rig_open(NULL);
    const Example *example = &examples[_i];
    Term term;
    bool good = rig_eval(&rig, example->formula, &rig.scope, &term);
    ck_assert_msg(good, "%s: %s", example->formula, good ? "" : rig.findings.items[0]->message);
    const char *shown = rig_show(&rig, &term);
    ck_assert_msg(strcmp(shown, example->result) == 0, "%s gives %s, not %s", example->formula, shown, example->result);
    ck_assert_uint_eq(rig.findings.count, 0);
    rig_close(&rig);
}
END_TEST

/* A path, and what only chooses among paths, gives the value itself. */
START_TEST(test_identity)
{
    static const char *const formulas[] = {"支出.合计",
                                           "IF(TRUE, 支出.合计, 0)",
                                           "MAX(0, 支出.合计)",
                                           "IFBLANK(支出.合计, 1)",
                                           "SWITCH(1, 1, 支出.合计)",
                                           "INDEX(支出.*, 1)",
                                           "ABS(支出.合计)"};
    Rig rig = rig_open(NULL);
    const Value *total = value_at(rig.root, "支出/合计");
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        Term term;
        ck_assert(rig_eval(&rig, formulas[i], &rig.scope, &term));
        ck_assert_msg(term.value == total, "%s", formulas[i]);
        ck_assert_str_eq(term_text(&term, rig.arena), "4944.00");
    }
    Term computed;
    ck_assert(rig_eval(&rig, "支出.合计 + 0", &rig.scope, &computed));
    ck_assert_ptr_null(computed.value);
    ck_assert_int_eq(computed.number.micro, 4944000000);
    ck_assert_int_eq(computed.number.places, 0);
    rig_close(&rig);
}
END_TEST

START_TEST(test_checked_readings)
{
    Rig rig = rig_open(NULL);
    Value *map = rig_yaml(&rig, "甲: 0.6万元\n乙: ''\n丙: '12'\n丁: 是\n戊: ——\n己: ―\n");
    map->items[0]->reading = READ_NUMBER;
    map->items[0]->number = (Decimal){6000000000, 0};
    map->items[1]->reading = READ_BLANK;
    map->items[2]->reading = READ_TEXT;
    map->items[3]->reading = READ_BOOLEAN;
    map->items[3]->boolean = true;
    map->items[4]->reading = map->items[5]->reading = READ_NOT_APPLICABLE;
    static const Example cases[] = {
        {"戊 = 己", "TRUE"},  {"戊 & 己", "——―"}, {"甲", "6000"},          {"甲 / 2", "3000"},
        {"乙", ""},           {"乙 + 1", "1"},    {"ISBLANK(乙)", "TRUE"}, {"丙 & \"x\"", "12x"},
        {"丙 = 12", "FALSE"}, {"丁", "是"},       {"IF(丁, 1, 2)", "1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Scope scope = {.value = map};
        Term term;
        ck_assert(rig_eval(&rig, cases[i].formula, &scope, &term));
        ck_assert_str_eq(rig_show(&rig, &term), cases[i].result);
    }
    rig_close(&rig);
}
END_TEST

/* The innermost scope wins; what it lacks is found outside; `.x` looks nowhere else. */
START_TEST(test_scopes)
{
    Rig rig = rig_open(NULL);
    Value *inner = rig_yaml(&rig, "部门: 内\n");
    Term item = term_from_value(inner);
    Scope outer = {.value = rig.root, .outer = NULL};
    Scope scope = scope_item(&item, 2, 3, &outer);
    Term bound = {.kind = TERM_TEXT, .text = "参"};
    Scope binding = {.name = "年度", .term = &bound, .outer = &scope};
    static const Example cases[] = {{"部门", "内"},  {"收入.基金预算收入", "0"}, {".收入", ""}, {"ROW()", "2"},
                                    {"ROWS()", "3"}, {"LAST()", "FALSE"},        {".", "{1}"},  {"年度", "参"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Term term;
        ck_assert_msg(rig_eval(&rig, cases[i].formula, &binding, &term), "%s", cases[i].formula);
        ck_assert_str_eq(rig_show(&rig, &term), cases[i].result);
    }
    /* A computed item is the current value, too. */
    Term computed = {.kind = TERM_NUMBER, .number = {5000000, 0}};
    Scope number = scope_item(&computed, 1, 1, &outer);
    Term term;
    ck_assert(rig_eval(&rig, ". * 2", &number, &term));
    ck_assert_str_eq(rig_show(&rig, &term), "10");
    ck_assert(rig_eval(&rig, ".*", &number, &term));
    ck_assert_str_eq(rig_show(&rig, &term), "[5]");
    Term map = term_from_value(inner);
    Scope mapped = {.term = &map, .outer = &outer};
    ck_assert(rig_eval(&rig, "部门 & .部门", &mapped, &term));
    ck_assert_str_eq(rig_show(&rig, &term), "内内");
    ck_assert(rig_eval(&rig, ".", NULL, &term));
    ck_assert_str_eq(rig_show(&rig, &term), "");
    rig_close(&rig);
}
END_TEST

START_TEST(test_truth)
{
    static const struct {
        const char *formula;
        bool truth;
    } cases[] = {{"0", true},       {"收入.没有", false}, {"\"\"", false},  {"\"x\"", true},
                 {"空列表", false}, {"用途", true},       {"FALSE", false}, {"TRUE", true},
                 {"空组", false},   {"收入", true},       {"占位", true},   {"空文字", false},
                 {"用途.*", true},  {"可缺.*", false},    {"1/3", true},    {"收入.其他来源收入", false}};
    Rig rig = rig_open(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Term term;
        ck_assert(rig_eval(&rig, cases[i].formula, &rig.scope, &term));
        ck_assert_msg(term_is_true(&term) == cases[i].truth, "%s", cases[i].formula);
    }
    rig_close(&rig);
}
END_TEST

START_TEST(test_print)
{
    static const Example cases[] = {
        {"支出.合计", "4944.00"}, {"1/4", "0.25"}, {"占位", "——"},   {"可缺", ""},
        {"空列表", ""},           {"空组", ""},    {"开关", "true"}, {"ROUND(2/3, 2)", "0.67"}};
    Rig rig = rig_open(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Formula *formula = rig_formula(&rig, cases[i].formula);
        const char *text;
        ck_assert(formula_print(formula, &rig.scope, rig.names, rig.arena, &rig.findings, &text));
        ck_assert_str_eq(text, cases[i].result);
    }
    rig_close(&rig);
}
END_TEST

START_TEST(test_inputs)
{
    static const Example cases[] = {
        {"支出.合计 + 支出.合计 - 年度", "支出/合计 年度"},
        {"SUM(收入.*)", "收入/一般公共预算收入 收入/基金预算收入 收入/其他来源收入"},
        {"IF(年度 > 2000, 部门, 文号)", "年度 部门"},
        {"SUM(MAP(嵌套.*, . * 2))", "嵌套[#1][#1] 嵌套[#1][#2] 嵌套[#2][#1]"},
        {"SUM(支出.项目支出.主要项目.金额)", "支出/项目支出/主要项目[#1]/金额 支出/项目支出/主要项目[#2]/金额"},
        {"JOIN(用途, \"\")", "用途 用途[#1] 用途[#2] 用途[#3]"},
        {"INDEX(用途, 2)", "用途 用途[#2]"},
        {"EXCEPT(支出.基本支出, \"人员经费\")", "支出/基本支出 支出/基本支出/日常公用经费"},
        {"可缺 + 1", ""},
    };
    Rig rig = rig_open(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Formula *formula = rig_formula(&rig, cases[i].formula);
        Term term;
        FormulaInputs inputs;
        ck_assert(formula_inputs(formula, &rig.scope, rig.names, rig.arena, &rig.findings, &term, &inputs));
        const char *paths = "";
        for (size_t j = 0; j < inputs.count; j++) {
            paths = arena_printf(rig.arena, "%s%s%s", paths, j ? " " : "", inputs.values[j]->path);
        }
        ck_assert_str_eq(paths, cases[i].result);
    }
    rig_close(&rig);
}
END_TEST

START_TEST(test_paths)
{
    Rig rig = rig_open(NULL);
    Formula *formula = rig_formula(&rig, "支出.合计 - SUM(收入.*) + . + .甲 & FILTER(用途, 乙 > -丙).\"丁\"");
    size_t count;
    FormulaPath *paths = formula_paths(formula, rig.arena, &count);
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        all = arena_printf(rig.arena, "%s%s%s", all, paths[i].relative ? "~" : "", paths[i].current ? "@" : "");
        for (size_t j = 0; j < paths[i].count; j++) {
            all = arena_printf(rig.arena, "%s/%s", all, paths[i].steps[j] ? paths[i].steps[j] : "*");
        }
        all = arena_printf(rig.arena, "%s:%u ", all, formula_path_place(formula, &paths[i]).column);
    }
    ck_assert_str_eq(all, "/支出/合计:1 /收入/*:13 @:21 @/甲:25 /用途:37 ~/乙:41 ~/丙:46 ");
    rig_close(&rig);
}
END_TEST

TCase *formula_value_case(void)
{
    TCase *tcase = tcase_create("value");
    tcase_add_loop_test(tcase, test_example, 0, (int)(sizeof examples / sizeof *examples));
    tcase_add_test(tcase, test_identity);
    tcase_add_test(tcase, test_checked_readings);
    tcase_add_test(tcase, test_scopes);
    tcase_add_test(tcase, test_truth);
    tcase_add_test(tcase, test_print);
    tcase_add_test(tcase, test_inputs);
    tcase_add_test(tcase, test_paths);
    return tcase;
}
