/* Functions: what each gives, and that the lazy ones leave alone what they do not need. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "check_formula.h"
#include "data/formula_int.h"

#define PROJECTS "支出.项目支出.主要项目"

static const struct {
    const char *formula, *result;
} examples[] = {
    /* numbers */
    {"SUM(收入.*)", "100.5"},
    {"SUM(1, 2, 收入.*, \"\")", "103.5"},
    {"SUM(" PROJECTS ".金额)", "4304.61"},
    {"SUM(空列表)", "0"},
    {"SUM(可缺)", "0"},
    {"SUM(1/3, 1/3, 1/3)", "1"},
    {"SUM(占位, 5)", "5"},
    {"sum(嵌套.*)", "6"},
    {"SUM(-1, -2.5)", "-3.5"},
    {"SUM(9000000000000, 9000000000000, -9000000000000)", "9000000000000"},
    {"COUNT(收入.*)", "2"},
    {"COUNT(" PROJECTS ")", "0"},
    {"COUNT(1, \"a\", TRUE, 用途, 嵌套.*)", "4"},
    {"COUNTA(" PROJECTS ")", "3"},
    {"COUNTA(收入.*)", "2"},
    {"COUNTA(空列表, \"\", 可缺)", "0"},
    {"MAX(收入.*)", "100.50"},
    {"MIN(收入.*)", "0"},
    {"MAX(支出.合计, 4944)", "4944.00"},
    {"MIN(支出.合计, 4944)", "4944.00"},
    {"MAX(-5, -3, 可缺)", "-3"},
    {"MIN(可缺, 空列表)", ""},
    {"MAX(1/3, 0.3333)", "1/3"},
    {"ABS(-2.5)", "2.5"},
    {"ABS(0)", "0"},
    {"ABS(可缺)", ""},
    {"SIGN(-0.1)", "-1"},
    {"SIGN(0)", "0"},
    {"SIGN(3)", "1"},
    {"SIGN(可缺)", ""},
    {"ROUND(2.5, 0)", "3"},
    {"ROUND(-2.5, 0)", "-3"},
    {"ROUND(2.4999999, 0)", "2"},
    {"ROUND(1/3, 2)", "0.33"},
    {"ROUND(2/3, 6)", "0.666667"},
    {"ROUND(1.005, 2)", "1.01"},
    {"ROUND(1234.5, -2)", "1200"},
    {"ROUND(1250, -2)", "1300"},
    {"ROUND(0.004, 2)", "0"},
    {"ROUND(-0.004, 2)", "0"},
    {"ROUND(可缺, 2)", ""},
    {"ROUND(占位, 2)", ""},
    {"ROUND((8.75-8.4)/8.4*100, 2)", "4.17"},
    {"ROUNDUP(1.001, 2)", "1.01"},
    {"ROUNDUP(-1.001, 2)", "-1.01"},
    {"ROUNDDOWN(1.999, 2)", "1.99"},
    {"ROUNDDOWN(-1.999, 2)", "-1.99"},
    {"INT(2.7)", "2"},
    {"INT(-2.1)", "-3"},
    {"MOD(7, 3)", "1"},
    {"MOD(-7, 3)", "2"},
    {"MOD(7, -3)", "-2"},
    {"MOD(1.5, 0.4)", "0.3"},
    {"MOD(可缺, 2)", ""},
    /* conditions */
    {"IF(1 > 0, \"增加\", \"减少\")", "增加"},
    {"IF(1 < 0, \"增加\", \"减少\")", "减少"},
    {"IF(1 < 0, \"增加\")", ""},
    {"IF(可缺, 1, 2)", "2"},
    {"IF(TRUE, 1, 1/0)", "1"},
    {"IF(FALSE, 没有这个, 2)", "2"},
    {"IFS(1 > 2, \"a\", 2 > 1, \"b\")", "b"},
    {"IFS(1 > 2, \"a\", 2 > 3, \"b\")", ""},
    {"IFS(1 > 2, \"a\", 2 > 3, \"b\", \"c\")", "c"},
    {"SWITCH(部门, \"甲\", 1, \"示例县示例局\", 2)", "2"},
    {"SWITCH(5, 1, \"a\", 2, \"b\")", ""},
    {"SWITCH(5, 1, \"a\", 2, \"b\", \"c\")", "c"},
    {"SWITCH(1, 1, \"a\", 1/0, \"b\")", "a"},
    {"IFBLANK(可缺, \"无\")", "无"},
    {"IFBLANK(0, \"无\")", "0"},
    {"IFBLANK(部门, 1/0)", "示例县示例局"},
    {"AND(TRUE, 1 = 1)", "TRUE"},
    {"AND(TRUE, 可缺)", "FALSE"},
    {"AND(FALSE, 1/0 = 1)", "FALSE"},
    {"OR(FALSE, 1 = 1)", "TRUE"},
    {"OR(FALSE, FALSE)", "FALSE"},
    {"OR(TRUE, 没有这个)", "TRUE"},
    {"AND(MAP(嵌套.*, . > 0))", "TRUE"},
    {"OR(MAP(嵌套.*, . > 3))", "FALSE"},
    {"NOT(1 = 2)", "TRUE"},
    {"NOT(可缺)", "TRUE"},
    {"ISBLANK(可缺)", "TRUE"},
    {"ISBLANK(0)", "FALSE"},
    {"ISBLANK(占位)", "FALSE"},
    {"ISBLANK(空列表)", "TRUE"},
    {"ISNA(占位)", "TRUE"},
    {"ISNA(可缺)", "FALSE"},
    {"ISNUMBER(年度)", "TRUE"},
    {"ISNUMBER(文号)", "FALSE"},
    {"ISNUMBER(1/3)", "TRUE"},
    {"ISTEXT(部门)", "TRUE"},
    {"ISTEXT(空文字)", "FALSE"},
    {"ISTEXT(占位)", "FALSE"},
    /* texts */
    {"LEN(部门)", "6"},
    {"LEN(可缺)", "0"},
    {"LEN(支出.合计)", "7"},
    {"LEN(\"𠮷野\")", "2"},
    {"LEFT(部门, 3)", "示例县"},
    {"LEFT(部门)", "示"},
    {"LEFT(部门, 99)", "示例县示例局"},
    {"LEFT(部门, 0)", ""},
    {"RIGHT(部门, 2)", "例局"},
    {"RIGHT(部门)", "局"},
    {"RIGHT(部门, 99)", "示例县示例局"},
    {"MID(部门, 3, 2)", "县示"},
    {"MID(部门, 6, 5)", "局"},
    {"MID(部门, 7, 1)", ""},
    {"CONTAINS(部门, \"县\")", "TRUE"},
    {"CONTAINS(部门, \"市\")", "FALSE"},
    {"CONTAINS(部门, \"\")", "TRUE"},
    {"STARTS(部门, \"示例\")", "TRUE"},
    {"STARTS(部门, \"例\")", "FALSE"},
    {"ENDS(部门, \"局\")", "TRUE"},
    {"ENDS(\"局\", 部门)", "FALSE"},
    {"FIND(\"县\", 部门)", "3"},
    {"FIND(\"市\", 部门)", ""},
    {"SUBSTITUTE(部门, \"示例\", \"某\")", "某县某局"},
    {"SUBSTITUTE(部门, \"\", \"x\")", "示例县示例局"},
    {"SUBSTITUTE(\"aaa\", \"aa\", \"b\")", "ba"},
    {"TRIM(\" \u3000甲 乙\u3000 \")", "甲 乙"},
    {"TRIM(\"  \")", ""},
    {"JOIN(用途, \"、\")", "日常维修、水电费、取暖费"},
    {"JOIN(用途, \"、\", \"和\")", "日常维修、水电费和取暖费"},
    {"JOIN(三公经费.*.原因, \"、\")", "压缩"},
    {"JOIN(空列表, \"、\")", ""},
    {"JOIN(部门, \"、\")", "示例县示例局"},
    {"JOIN(收入.*, \"+\")", "100.50+0"},
    {"CHINESE(1)", "一"},
    {"CHINESE(21)", "二十一"},
    {"TEXT(0.5, 2)", "0.50"},
    {"TEXT(2/3, 1)", "0.7"},
    {"TEXT(-0.04, 1)", "0.0"},
    {"TEXT(1234567.891, \"#,##0.00\")", "1,234,567.89"},
    {"TEXT(999, \"#,##0\")", "999"},
    {"TEXT(1000, \"#,##0\")", "1,000"},
    {"TEXT(-123456, \"#,##0\")", "-123,456"},
    {"TEXT(0.0417, \"0.0%\")", "4.2%"},
    {"TEXT(5, \"0\")", "5"},
    {"TEXT(可缺, 2)", ""},
    {"TEXT(占位, 2)", "——"},
    {"YEAR(公开日期)", "2020"},
    {"MONTH(公开日期)", "3"},
    {"DAY(公开日期)", "1"},
    {"YEAR(\"2021年12月5日\")", "2021"},
    {"DAY(\"2021/12/5\")", "5"},
    {"MONTH(\"2021.12.05\")", "12"},
    {"DAY(可缺)", ""},
    {"YEAR(公开日期) & \"年\" & MONTH(公开日期) & \"月\" & DAY(公开日期) & \"日\"", "2020年3月1日"},
    /* lists and maps */
    {"INDEX(用途, 2)", "水电费"},
    {"INDEX(用途, 4)", ""},
    {"INDEX(部门, 1)", "示例县示例局"},
    {"INDEX(可缺, 1)", ""},
    {"INDEX(" PROJECTS ", 1).名称", "甲项目"},
    {"KEY(收入.基金预算收入)", "基金预算收入"},
    {"KEY(1)", ""},
    {"MAP(收入.*, KEY(.))", "[一般公共预算收入, 基金预算收入, 其他来源收入]"},
    {"KEYS(支出.基本支出)", "[人员经费, 日常公用经费]"},
    {"KEYS(可缺)", "[]"},
    {"VALUES(支出.基本支出)", "[558.00, 81.31]"},
    {"SUM(VALUES(收入))", "100.5"},
    {"SUM(EXCEPT(收入, \"一般公共预算收入\"))", "0"},
    {"EXCEPT(支出, \"合计\", \"项目支出\")", "[{2}]"},
    {"EXCEPT(支出.基本支出, KEYS(支出.基本支出))", "[]"},
    {"EXCEPT(可缺, \"x\")", "[]"},
    {"FILTER(收入.*, . > 0)", "[100.50]"},
    {"FILTER(收入.*, KEY(.) <> \"基金预算收入\")", "[100.50, ]"},
    {"FILTER(" PROJECTS ", ISBLANK(金额)).名称", "[丙项目]"},
    {"FILTER(用途, ROW() > 1)", "[水电费, 取暖费]"},
    {"FILTER(用途, LAST())", "[取暖费]"},
    {"FILTER(可缺, TRUE)", "[]"},
    {"FILTER(部门, TRUE)", "[示例县示例局]"},
    {"MAP(用途, ROW() & \"/\" & ROWS() & .)", "[1/3日常维修, 2/3水电费, 3/3取暖费]"},
    {"MAP(" PROJECTS ", 名称 & 年度)", "[甲项目2020, 乙项目2020, 丙项目2020]"},
    {"MAP(MAP(嵌套.*, . * 2), . + 1)", "[3, 5, 7]"},
    {"MAP(指标.*, .*)", "[数量, 质量, 满意]"},
    {"SUM(MAP(三公经费.*, 本年 - 上年))", "-0.5"},
    {"ALL(嵌套.*, . > 0)", "TRUE"},
    {"ALL(嵌套.*, . > 1)", "FALSE"},
    {"ALL(空列表, FALSE)", "TRUE"},
    {"ANY(嵌套.*, . = 3)", "TRUE"},
    {"ANY(嵌套.*, . = 4)", "FALSE"},
    {"ANY(空列表, TRUE)", "FALSE"},
    {"ANY(" PROJECTS ", 备注 = \"续建\")", "TRUE"},
    {"UNIQUE(MAP(嵌套.*, 1))", "[1]"},
    {"UNIQUE(MAP(用途, LEFT(., 1)))", "[日, 水, 取]"},
    {"COUNTA(UNIQUE(收入.*)) = COUNTA(收入.*)", "TRUE"},
    {"UNIQUE(MAP(用途, IF(ROW() = 1, \"2020-3-1\", 公开日期)))", "[2020-3-1]"},
    {"UNIQUE(MAP(嵌套.*, . > 2))", "[FALSE, TRUE]"},
    {"COUNTA(UNIQUE(三公经费.*)) + COUNTA(UNIQUE(JOIN(用途, \"\")))", "3"},
    {"UNIQUE(MAP(嵌套.*, 三公经费.公务接待费))", "[{3}]"},
    {"UNIQUE(MAP(嵌套.*, 1/(. * 3)))", "[1/3, 1/6, 1/9]"},
    {"UNIQUE(MAP(嵌套.*, IF(. = 1, 占位, IF(. = 2, 可缺, \"\"))))", "[——, ]"},
    {"UNIQUE(可缺)", "[]"},
};

START_TEST(test_example)
{
    Rig rig = rig_open(NULL);
    Term term;
    bool good = rig_eval(&rig, examples[_i].formula, &rig.scope, &term);
    ck_assert_msg(good, "%s: %s", examples[_i].formula, good ? "" : rig.findings.items[0]->message);
    const char *shown = rig_show(&rig, &term);
    ck_assert_msg(strcmp(shown, examples[_i].result) == 0, "%s gives %s, not %s", examples[_i].formula, shown,
                  examples[_i].result);
    rig_close(&rig);
}
END_TEST

START_TEST(test_table)
{
    size_t count;
    const FormulaFunction *functions = formula_functions(&count);
    for (size_t i = 0; i < count; i++) {
        const Function *function = function_find(functions[i].name);
        ck_assert_msg(function != NULL && function->run != NULL, "%s", functions[i].name);
        ck_assert_str_eq(function->name, functions[i].name);
        ck_assert_ptr_eq(function_doc(function), &functions[i]);
        ck_assert(functions[i].min <= functions[i].max);
        ck_assert(i == 0 || strcmp(functions[i - 1].name, functions[i].name) < 0);
        /* The documentation shows the call. */
        ck_assert(strncmp(functions[i].doc_zh, functions[i].name, strlen(functions[i].name)) == 0);
        ck_assert(strncmp(functions[i].doc_en, functions[i].name, strlen(functions[i].name)) == 0);
        bool tested = false;
        for (size_t j = 0; j < sizeof examples / sizeof *examples; j++) {
            tested |= strstr(examples[j].formula, functions[i].name) != NULL;
        }
        ck_assert_msg(tested, "%s has no example", functions[i].name);
    }
    ck_assert_ptr_null(function_find("NOSUCH"));
    ck_assert_ptr_null(function_find(""));
}
END_TEST

TCase *formula_function_case(void)
{
    TCase *tcase = tcase_create("function");
    tcase_add_loop_test(tcase, test_example, 0, (int)(sizeof examples / sizeof *examples));
    tcase_add_test(tcase, test_table);
    return tcase;
}
