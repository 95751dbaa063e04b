/* What is wrong with a formula: that it is found, where, and what is said to write instead. */
#include <string.h>

#include "check_formula.h"

typedef struct Wrong {
    const char *formula;
    const char *code;
    unsigned column;
    const char *piece; /* what the place covers */
    const char *said;  /* in the message or the help */
} Wrong;

static const Wrong wrongs[] = {
    /* reading */
    {"", "formula-syntax", 1, "", "空的"},
    {"  ", "formula-syntax", 1, "", "空的"},
    {"1 +", "formula-syntax", 4, "", "少了一个"},
    {"1 + * 2", "formula-syntax", 5, "*", "少了一个"},
    {"SUM(1,,2)", "formula-syntax", 7, ",", "少了一个"},
    {"SUM(1,)", "formula-syntax", 7, ")", "少了一个"},
    {"(1 + 2", "formula-syntax", 1, "(", "没有配对"},
    {"SUM(1, 2", "formula-syntax", 4, "(", "没有配对"},
    {"1 + 2)", "formula-syntax", 6, ")", "多出"},
    {"1, 2", "formula-syntax", 2, ",", "逗号"},
    {"(1, 2)", "formula-syntax", 3, ",", "逗号"},
    {"1,234.5", "formula-syntax", 2, ",", "千位"},
    {"年度 部门", "formula-syntax", 4, "部门", "部门"},
    {"支出.SUM(1)", "formula-syntax", 7, "(", "("},
    {"\"文字", "formula-syntax", 1, "\"", "没有结束"},
    {"支出.", "formula-syntax", 3, ".", "紧接"},
    {"支出. 合计", "formula-syntax", 3, ".", "紧接"},
    {"支出 .合计", "formula-syntax", 4, ".", "."},
    {"支出..合计", "formula-syntax", 3, ".", "紧接"},
    {"2020年 + 1", "formula-syntax", 1, "2020年", ".\"2020年\""},
    {"支出.2020年", "formula-syntax", 4, "2020年", "数字开头"},
    {"1 < 2 < 3", "formula-syntax", 7, "<", "AND"},
    {"·甲", "formula-syntax", 1, "·", "U+00B7"},
    {"1 # 2", "formula-syntax", 3, "#", "U+0023"},
    {"《通知》", "formula-syntax", 1, "《", "U+300A"},
    {"1 \u200B+ 2", "formula-syntax", 3, "\u200B", "U+200B"},
    {"{{年度}}", "formula-syntax", 1, "{", "U+007B"},
    {"1 ! 2", "formula-syntax", 3, "!", "U+0021"},
    {"9999999999999999999999999999999999999999", "formula-syntax", 1, "9999999999999999999999999999999999999999",
     "太长"},
    {"ROUND(1)", "formula-arguments", 1, "ROUND(1)", "应当有 2 个，这里有 1 个"},
    {"IF(1)", "formula-arguments", 1, "IF(1)", "2–3"},
    {"1 + SUM()", "formula-arguments", 5, "SUM()", "≥ 1"},
    {"ROW(1)", "formula-arguments", 1, "ROW(1)", "应当有 0 个"},
    /* a Chinese input method's marks */
    {"1＋2", "formula-full-width", 2, "＋", "+"},
    {"SUM(1，2)", "formula-full-width", 6, "，", ","},
    {"１２＋1", "formula-full-width", 1, "１２", "12"},
    {"１．５ + 1", "formula-full-width", 1, "１．５", "1.5"},
    {"ＳＵＭ(1)", "formula-full-width", 1, "ＳＵＭ", "SUM"},
    {"SUM（1）", "formula-full-width", 4, "（", "("},
    {"SUM（收入.*）", "formula-full-width", 4, "（", "("},
    {"SUM（年度）", "formula-full-width", 4, "（", "("},
    {"1 ＝ 1", "formula-full-width", 3, "＝", "="},
    {"1 ＜＝ 1", "formula-full-width", 3, "＜＝", "<="},
    {"1 <＞ 1", "formula-full-width", 3, "<＞", "<>"},
    {"IF(1＞2, 3)", "formula-full-width", 5, "＞", ">"},
    {"50％", "formula-full-width", 3, "％", "%"},
    {"支出．合计", "formula-full-width", 3, "．", "."},
    {"部门＆1", "formula-full-width", 3, "＆", "&"},
    {"SUM(1；2)", "formula-mark", 6, "；", ","},
    {"SUM(1;2)", "formula-mark", 6, ";", ","},
    {"SUM(1、2)", "formula-mark", 6, "、", ","},
    {"部门 & “文字”", "formula-mark", 6, "“文字”", "\"文字\""},
    {"部门 & ＂文字＂", "formula-mark", 6, "＂文字＂", "\"文字\""},
    {"部门 & “文字", "formula-syntax", 6, "“", "没有结束"},
    {"'文字'", "formula-mark", 1, "'", "\""},
    {"‘文字’", "formula-mark", 1, "‘", "\""},
    {"1 == 1", "formula-mark", 3, "==", "写成 ="},
    {"1 != 1", "formula-mark", 3, "!=", "写成 <>"},
    {"1 => 1", "formula-mark", 3, "=>", "写成 >="},
    {"1 ≥ 1", "formula-mark", 3, "≥", "写成 >="},
    {"1 ≠ 1", "formula-mark", 3, "≠", "写成 <>"},
    {"2 × 3", "formula-mark", 3, "×", "写成 *"},
    {"6 ÷ 3", "formula-mark", 3, "÷", "写成 /"},
    {"6 − 3", "formula-mark", 3, "−", "写成 -"},
    {"支出。合计", "formula-mark", 3, "。", "写成 ."},
    {"支出：合计", "formula-syntax", 3, "：", "U+FF1A"},
    /* evaluating: names */
    {"没有这个", "formula-unknown-name", 1, "没有这个", "“没有这个”"},
    {"1 + 支处.合计", "formula-unknown-name", 5, "支处", "支出"},
    {"三公费.合计", "formula-unknown-name", 1, "三公费", "三公经费"},
    {"SMU(1)", "formula-unknown-function", 1, "SMU", "SUM"},
    {"1 + 没有(2)", "formula-unknown-function", 5, "没有", "“没有”"},
    /* kinds */
    {"部门 + 1", "formula-type", 1, "部门", "示例县示例局"},
    {"1 - \"a\"", "formula-type", 5, "\"a\"", "文字"},
    {"文号 + 1", "formula-type", 1, "文号", "0012"},
    {"TRUE + 1", "formula-type", 1, "TRUE", "判断"},
    {"支出 + 1", "formula-type", 1, "支出", "3 个键"},
    {"收入.* + 1", "formula-type", 1, "收入.*", "3 项"},
    {"用途 = 1", "formula-type", 1, "用途 = 1", "3 项"},
    {"SUM(支出)", "formula-type", 5, "支出", "支出.*"},
    {"SUM(收入.*, 用途)", "formula-type", 11, "用途", "日常维修"},
    {"SUM(TRUE)", "formula-type", 5, "TRUE", "TRUE"},
    {"COUNTA(收入)", "formula-type", 8, "收入", "3 个键"},
    {"IF(1, 2, 3)", "formula-type", 4, "1", "真假"},
    {"IF(部门, 2, 3)", "formula-type", 4, "部门", "NOT(ISBLANK"},
    {"AND(TRUE, 5)", "formula-type", 11, "5", "真假"},
    {"FILTER(用途, .)", "formula-type", 12, ".", "日常维修"},
    {"FILTER(收入, TRUE)", "formula-type", 8, "收入", "3 个键"},
    {"\"a\" & TRUE", "formula-type", 7, "TRUE", "TRUE"},
    {"\"a\" & 用途", "formula-type", 7, "用途", "JOIN"},
    {"LEN(收入)", "formula-type", 5, "收入", "3 个键"},
    {"1 < \"a\"", "formula-type", 1, "1 < \"a\"", "比较大小"},
    {"TRUE < FALSE", "formula-type", 1, "TRUE < FALSE", "比较大小"},
    {"KEYS(部门)", "formula-type", 6, "部门", "KEYS"},
    {"YEAR(部门)", "formula-type", 6, "部门", "日期"},
    {"DAY(\"2020-13-01\")", "formula-type", 5, "\"2020-13-01\"", "日期"},
    {"MONTH(年度)", "formula-type", 7, "年度", "2020"},
    /* amounts */
    {"1 / 0", "formula-division", 5, "0", "除数是 0"},
    {"1 / (2 - 2)", "formula-division", 6, "2 - 2", "除数是 0"},
    {"1 / 可缺", "formula-division", 5, "可缺", "没有填"},
    {"MOD(1, 0)", "formula-division", 8, "0", "除数是 0"},
    {"\"x\" & 1/3", "formula-uneven", 7, "1/3", "ROUND"},
    {"1%%%%%%%%%%%%%%%%%%%%", "formula-overflow", 1, "1%%%%%%%%%%%%%%%%%%%%", "太大"},
    {"大数*大数*大数", "formula-overflow", 1, "大数*大数*大数", "太大"},
    {"ROUND(1, 7)", "formula-range", 10, "7", "-12 到 6"},
    {"ROUND(1, 0.5)", "formula-range", 10, "0.5", "0.5"},
    {"LEFT(部门, -1)", "formula-range", 10, "-1", "-1"},
    {"INDEX(用途, 0)", "formula-range", 11, "0", "INDEX"},
    {"CHINESE(0)", "formula-range", 9, "0", "9999"},
    {"CHINESE(1/3)", "formula-range", 9, "1/3", "1/3"},
    {"TEXT(1, \"0,0\")", "formula-range", 9, "\"0,0\"", "0.00"},
    {"TEXT(1, \"0.\")", "formula-range", 9, "\"0.\"", "0."},
    {"MOD(1, 可缺)", "formula-division", 8, "可缺", "没有填"},
    {"SUM(大数*大数*1000, 大数*大数*大数)", "formula-overflow", 17, "大数*大数*大数", "太大"},
    {"SUM(1/1000000007, 1/1000000009, 1/1000000021, 1/1000000033, 1/1000000087)", "formula-overflow", 1,
     "SUM(1/1000000007, 1/1000000009, 1/1000000021, 1/1000000033, 1/1000000087)", "ROUND"},
    {"ROUND(大数*大数*100000000, 6)", "formula-overflow", 1, "ROUND(大数*大数*100000000, 6)", "太大"},
    {"TEXT(大数*大数*100000000, 6)", "formula-overflow", 1, "TEXT(大数*大数*100000000, 6)", "太大"},
    /* what fails inside fails outside */
    {"-坏", "formula-unknown-name", 2, "坏", "坏"},
    {"坏%", "formula-unknown-name", 1, "坏", "坏"},
    {"1 < 坏", "formula-unknown-name", 5, "坏", "坏"},
    {"1 = 坏", "formula-unknown-name", 5, "坏", "坏"},
    {"1 & 坏", "formula-unknown-name", 5, "坏", "坏"},
    {"(坏).甲", "formula-unknown-name", 2, "坏", "坏"},
    {"坏.甲.乙", "formula-unknown-name", 1, "坏", "坏"},
    {"IF(坏, 1)", "formula-unknown-name", 4, "坏", "坏"},
    {"IFS(坏, 1)", "formula-unknown-name", 5, "坏", "坏"},
    {"SWITCH(坏, 1, 2)", "formula-unknown-name", 8, "坏", "坏"},
    {"SWITCH(1, 坏, 2)", "formula-unknown-name", 11, "坏", "坏"},
    {"SWITCH(1, 用途, 2)", "formula-type", 11, "用途", "3 项"},
    {"AND(坏)", "formula-unknown-name", 5, "坏", "坏"},
    {"FILTER(坏, TRUE)", "formula-unknown-name", 8, "坏", "坏"},
    {"FILTER(用途, 坏)", "formula-unknown-name", 12, "坏", "坏"},
    {"MAP(用途, 坏)", "formula-unknown-name", 9, "坏", "坏"},
    {"MAP(收入, 1)", "formula-type", 5, "收入", "3 个键"},
    {"ALL(用途, 坏)", "formula-unknown-name", 9, "坏", "坏"},
    {"ANY(坏, TRUE)", "formula-unknown-name", 5, "坏", "坏"},
    {"UNIQUE(收入)", "formula-type", 8, "收入", "3 个键"},
    {"MAX(部门)", "formula-type", 5, "部门", "示例县"},
    {"MIN(收入)", "formula-type", 5, "收入", "3 个键"},
    {"ABS(部门)", "formula-type", 5, "部门", "示例县"},
    {"SIGN(部门)", "formula-type", 6, "部门", "示例县"},
    {"ROUND(部门, 1)", "formula-type", 7, "部门", "示例县"},
    {"ROUND(1, 部门)", "formula-type", 10, "部门", "示例县"},
    {"INT(部门)", "formula-type", 5, "部门", "示例县"},
    {"MOD(部门, 1)", "formula-type", 5, "部门", "示例县"},
    {"TEXT(部门, 1)", "formula-type", 6, "部门", "示例县"},
    {"LEFT(用途, 1)", "formula-type", 6, "用途", "3 项"},
    {"MID(部门, 0, 1)", "formula-range", 9, "0", "MID"},
    {"CONTAINS(用途, 1)", "formula-type", 10, "用途", "3 项"},
    {"FIND(1, 用途)", "formula-type", 9, "用途", "3 项"},
    {"SUBSTITUTE(TRUE, 1, 2)", "formula-type", 12, "TRUE", "TRUE"},
    {"TRIM(用途)", "formula-type", 6, "用途", "3 项"},
    {"JOIN(支出.项目支出.主要项目, 1)", "formula-type", 6, "支出.项目支出.主要项目", "2 个键"},
    {"JOIN(用途, 用途)", "formula-type", 10, "用途", "3 项"},
    {"JOIN(支出, 1)", "formula-type", 6, "支出", "3 个键"},
    {"EXCEPT(部门, 1)", "formula-type", 8, "部门", "EXCEPT"},
    {"NOT(5)", "formula-type", 5, "5", "真假"},
    {"“说\"是”", "formula-mark", 1, "“说\"是”", "\"说\"\"是\""},
    {"\"一二三四五六七八九十一二三四五六七八九十一\" + 1", "formula-type", 1,
     "\"一二三四五六七八九十一二三四五六七八九十一\"", "一二三四五六七八九十一二三四五六七八九十…"},
    {"ROW()", "formula-row", 1, "ROW()", "ROW()"},
    {"1 + LAST()", "formula-row", 5, "LAST()", "LAST()"},
};

START_TEST(test_wrong)
{
    const Wrong *wrong = &wrongs[_i];
    Rig rig = rig_open(NULL);
    Term term;
    ck_assert_msg(!rig_eval(&rig, wrong->formula, &rig.scope, &term), "%s evaluates", wrong->formula);
    ck_assert_uint_ge(rig.findings.errors, 1);
    const Finding *finding = rig.findings.items[0];
    ck_assert_msg(strcmp(finding->code, wrong->code) == 0, "%s: %s", wrong->formula, finding->message);
    ck_assert_msg(finding->place.column == wrong->column, "%s: column %u", wrong->formula, finding->place.column);
    const char *piece =
        arena_strndup(rig.arena, finding->place.source->bytes + finding->place.offset, finding->place.length);
    ck_assert_msg(strcmp(piece, wrong->piece) == 0, "%s: place of %s", wrong->formula, piece);
    ck_assert_msg(strstr(finding->message, wrong->said) || (finding->help && strstr(finding->help, wrong->said)),
                  "%s: %s / %s", wrong->formula, finding->message, finding->help ? finding->help : "");
    rig_close(&rig);
}
END_TEST

/* All the full-width marks of a formula in one run, each with its replacement. */
START_TEST(test_all_marks)
{
    Rig rig = rig_open(NULL);
    ck_assert_ptr_null(rig_formula(&rig, "IF（年度＞２０，“增加”，“减少”）"));
    static const char *const suggestions[] = {"(", ">", "20", ",", "\"增加\"", ",", "\"减少\"", ")"};
    ck_assert_uint_eq(rig.findings.count, sizeof suggestions / sizeof *suggestions);
    for (size_t i = 0; i < rig.findings.count; i++) {
        ck_assert_str_eq(rig.findings.items[i]->suggestion, suggestions[i]);
    }
    rig_close(&rig);
}
END_TEST

/* The value's own place is told, and its path. */
START_TEST(test_related)
{
    Rig rig = rig_open(NULL);
    Term term;
    ck_assert(!rig_eval(&rig, "SUM(用途)", &rig.scope, &term));
    const Finding *finding = rig.findings.items[0];
    ck_assert_str_eq(finding->path, "用途[#1]");
    ck_assert_uint_eq(finding->related_count, 1);
    ck_assert_uint_eq(finding->related[0].place.line, 20);
    ck_assert_uint_eq(finding->related[0].place.column, 6);
    ck_assert_ptr_nonnull(strstr(finding->related[0].text, "日常维修"));
    /* Without a value at fault: the path the formula was evaluated for. */
    Scope scope = {.value = value_at(rig.root, "支出/基本支出"), .outer = &rig.scope};
    ck_assert(!rig_eval(&rig, "人员经费 / 0", &scope, &term));
    ck_assert_str_eq(rig.findings.items[1]->path, "支出/基本支出");
    rig_close(&rig);
}
END_TEST

/* The place within a YAML scalar, however it is quoted or folded. */
START_TEST(test_place_in_yaml)
{
    static const struct {
        const char *yaml;
        unsigned line, column;
    } cases[] = {
        {"x: 1 + 坏\n", 1, 8},
        {"x: '1 & ''''   & 坏'\n", 0, 0}, /* '''' is one ' here, which is no formula */
        {"x: '1 + 坏'\n", 1, 9},
        {"x: \"\\\"a\\\" & 坏\"\n", 1, 13},
        {"x: '\"a\" & 坏'\n", 1, 11},
        {"x: |\n  1 +\n  坏\n", 3, 3},
        {"x: >\n  1 +\n\n  坏\n", 4, 3},
        {"x: 1 +\n  2 +\n  坏\n", 3, 3},
        {"x: \"1 +\\t坏\"\n", 1, 4}, /* not followed: the scalar as a whole */
        {"甲: {x: \"1 + 坏\"}\n", 1, 13},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Rig rig = rig_open(NULL);
        const Value *map = rig_yaml(&rig, cases[i].yaml);
        const Value *value = map->items[0]->kind == VALUE_MAP ? map->items[0]->items[0] : map->items[0];
        Formula *formula = formula_parse(value->text, value->len, value->place, rig.arena, &rig.findings);
        Term term;
        if (formula) {
            ck_assert(!formula_eval(formula, &rig.scope, NULL, rig.arena, &rig.findings, &term));
        }
        const Finding *finding = rig.findings.items[0];
        if (cases[i].line > 0) {
            ck_assert_msg(finding->place.line == cases[i].line && finding->place.column == cases[i].column,
                          "%zu: %u:%u", i, finding->place.line, finding->place.column);
            ck_assert(finding->place.length == 3 || cases[i].column == 4);
        }
        rig_close(&rig);
    }
}
END_TEST

START_TEST(test_no_suggestion)
{
    static const char *const far[] = {"坏", "甲乙", "三公甲乙", "没有这个键名"};
    Rig rig = rig_open(NULL);
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        Term term;
        ck_assert(!rig_eval(&rig, far[i], &rig.scope, &term));
        ck_assert_uint_eq(rig.findings.count, i + 1);
        ck_assert_ptr_null(rig.findings.items[i]->help);
    }
    rig_close(&rig);
}
END_TEST

/* Within a line of a template, and in text that has no source or another one. */
START_TEST(test_place_elsewhere)
{
    Rig rig = rig_open(NULL);
    Place place = rig_place(&rig, "第一行\n收入{{", "坏}}万元");
    Formula *formula = formula_parse("坏", 3, place, rig.arena, &rig.findings);
    Term term;
    ck_assert(!formula_eval(formula, &rig.scope, NULL, rig.arena, &rig.findings, &term));
    ck_assert_uint_eq(rig.findings.items[0]->place.line, 2);
    ck_assert_uint_eq(rig.findings.items[0]->place.column, 5);
    Place nowhere = {0};
    ck_assert_ptr_null(formula_parse("1 +", 3, nowhere, rig.arena, &rig.findings));
    ck_assert_ptr_null(rig.findings.items[1]->place.source);
    ck_assert_ptr_null(formula_parse("全不相干 +", 14, place, rig.arena, &rig.findings));
    ck_assert_uint_eq(rig.findings.items[2]->place.column, place.column);
    rig_close(&rig);
}
END_TEST

TCase *formula_error_case(void)
{
    TCase *tcase = tcase_create("error");
    tcase_add_loop_test(tcase, test_wrong, 0, (int)(sizeof wrongs / sizeof *wrongs));
    tcase_add_test(tcase, test_all_marks);
    tcase_add_test(tcase, test_related);
    tcase_add_test(tcase, test_no_suggestion);
    tcase_add_test(tcase, test_place_in_yaml);
    tcase_add_test(tcase, test_place_elsewhere);
    return tcase;
}
