/* Named formulas: what they give, and what is wrong with them. */
#include <string.h>

#include "check_formula.h"

static const char words[] = "增减词(x): 'IF(x > 0, \"增加\", IF(x < 0, \"减少\", \"持平\"))'\n"
                            "三公合计: SUM(三公经费.*.本年)\n"
                            "差(a, b): a - b\n"
                            "三公差: 差(三公合计, SUM(三公经费.*.上年))\n"
                            "变化(a, b): 增减词(差(a, b)) & IF(a = b, \"\", TEXT(ABS(差(a, b)), 2))\n"
                            "阶乘(n): IF(n <= 1, 1, n * 阶乘(n - 1))\n"
                            "甲环: 乙环 + 1\n"
                            "乙环: 丙环 + 1\n"
                            "丙环: 甲环 + 1\n"
                            "无底(n): 无底(n + 1)\n"
                            "年度: 1\n"
                            "行词: IF(LAST(), \"。\", \"；\")\n"
                            "看到: 参数甲\n"
                            "转(参数甲): 看到\n"
                            "坏(x): x + 部门\n"
                            "外坏(x): 坏(x)\n"
                            "上限: 50\n"
                            "深(n): ((((((((((((((((1+(1*(1+(1*(深(n + 1)))))))))))))))))))))\n"
                            "近(参数乙): 参数已\n";

static const struct {
    const char *formula, *result;
} examples[] = {
    {"增减词(1)", "增加"},
    {"增减词(-0.5)", "减少"},
    {"增减词(0)", "持平"},
    {"增减词(可缺)", "持平"},
    {"三公合计", "0.35"},
    {"三公合计()", "0.35"},
    {"三公差", "-0.5"},
    {"变化(三公经费.公务接待费.本年, 三公经费.公务接待费.上年)", "减少0.50"},
    {"变化(1, 1)", "持平"},
    {"阶乘(20)", "2432902008176640000"},
    {"年度", "2020"}, /* the data comes first */
    {"JOIN(MAP(用途, . & 行词), \"\")", "日常维修；水电费；取暖费。"},
    {"转(7)", "7"}, /* the body sees what its caller sees */
    {"上限 * 2", "100"},
    {"IF(TRUE, 1, 甲环)", "1"},
};

START_TEST(test_example)
{
    Rig rig = rig_open(words);
    Term term;
    bool good = rig_eval(&rig, examples[_i].formula, &rig.scope, &term);
    ck_assert_msg(good, "%s: %s", examples[_i].formula, good ? "" : rig.findings.items[0]->message);
    ck_assert_str_eq(rig_show(&rig, &term), examples[_i].result);
    rig_close(&rig);
}
END_TEST

static const struct {
    const char *formula, *code, *said;
    unsigned line, column; /* in the map; 0: in the formula */
} wrongs[] = {
    {"甲环", "formula-cycle", "甲环 → 乙环 → 丙环 → 甲环", 9, 5},
    {"无底(1)", "formula-limit", "100 层", 10, 8},
    {"增减词", "formula-arguments", "1 个参数", 0, 1},
    {"增减词(1, 2)", "formula-arguments", "应当有 1 个，这里有 2 个", 0, 1},
    {"三公合计(1)", "formula-arguments", "应当有 0 个", 0, 1},
    {"增减调(1)", "formula-unknown-function", "增减词", 0, 1},
    {"增减词（1）", "formula-full-width", "(", 0, 4},
    {"增减词（年度）", "formula-full-width", "(", 0, 4},
    {"可缺（1）", "formula-unknown-name", "可缺（1）", 0, 1},
    {"三公合记", "formula-unknown-name", "三公合计", 0, 1},
    {"可缺(1)", "formula-unknown-function", "可缺", 0, 1},
    {"看到", "formula-unknown-name", "参数甲", 13, 5},
    {"深(1)", "formula-limit", "太深", 18, 35},
    {"近(1)", "formula-unknown-name", "参数乙", 19, 9},
};

START_TEST(test_wrong)
{
    Rig rig = rig_open(words);
    Term term;
    ck_assert(!rig_eval(&rig, wrongs[_i].formula, &rig.scope, &term));
    const Finding *finding = rig.findings.items[0];
    ck_assert_str_eq(finding->code, wrongs[_i].code);
    ck_assert_msg(strstr(finding->message, wrongs[_i].said) ||
                      (finding->help && strstr(finding->help, wrongs[_i].said)),
                  "%s", finding->message);
    ck_assert_uint_eq(finding->place.column, wrongs[_i].column);
    ck_assert_uint_eq(finding->place.line, wrongs[_i].line ? wrongs[_i].line : 1);
    ck_assert_str_eq(finding->place.source->name, wrongs[_i].line ? "data.yaml" : "words.yaml");
    rig_close(&rig);
}
END_TEST

/* A failure within a named formula tells the way there. */
START_TEST(test_called_from)
{
    Rig rig = rig_open(words);
    Term term;
    ck_assert(!rig_eval(&rig, "1 + 外坏(2)", &rig.scope, &term));
    const Finding *finding = rig.findings.items[0];
    ck_assert_uint_eq(finding->place.line, 15);
    ck_assert_uint_eq(finding->place.column, 11);
    ck_assert_uint_eq(finding->related_count, 3);
    ck_assert_uint_eq(finding->related[0].place.line, 2); /* the value */
    ck_assert_uint_eq(finding->related[1].place.line, 16);
    ck_assert_uint_eq(finding->related[2].place.column, 5);
    rig_close(&rig);
}
END_TEST

START_TEST(test_load)
{
    static const struct {
        const char *yaml, *code, *said;
        unsigned line, column;
    } cases[] = {
        {"- 1\n", "formula-names", "一组键", 1, 1},
        {"好: 1\n2x: 1\n", "formula-syntax", "数字开头", 2, 1},
        {"x y: 1\n", "formula-names", "“x y”", 1, 1},
        {"f(: 1\n", "formula-names", "“f(”", 1, 1},
        {"\"f(a, b c)\": 1\n", "formula-names", "名称(x, y)", 1, 1},
        {"\"f()\": 1\n", "formula-names", "名称(x, y)", 1, 1},
        {"f（x）: x\n", "formula-names", "半角", 1, 1},
        {"\"f(a，b)\": a\n", "formula-full-width", ",", 1, 5},
        {"\"f(a, a)\": a\n", "formula-names", "“a”写了两次", 1, 7},
        {"sum(x): x\n", "formula-names", "“sum”是函数", 1, 1},
        {"f(x): x\n\"f(x, y)\": y\n", "formula-names", "写了两次", 2, 1},
        {"f:\n", "formula-names", "一条公式", 1, 1},
        {"f: [1]\n", "formula-names", "一条公式", 1, 1},
        {"f: 1 +\n", "formula-syntax", "少了一个", 1, 7},
        {"f: g(1)\ng(x, y): x\n", "formula-arguments", "应当有 2 个", 1, 4},
        {"f: gh(1)\n", "formula-unknown-function", "“gh”", 1, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Rig rig = rig_open(NULL);
        FormulaNames *names = formula_names_load(rig_yaml(&rig, cases[i].yaml), rig.arena, &rig.findings);
        ck_assert_ptr_nonnull(names);
        ck_assert_msg(rig.findings.count == 1, "%s: %zu findings", cases[i].yaml, rig.findings.count);
        const Finding *finding = rig.findings.items[0];
        ck_assert_msg(strcmp(finding->code, cases[i].code) == 0, "%s: %s", cases[i].yaml, finding->message);
        ck_assert_msg(strstr(finding->message, cases[i].said) ||
                          (finding->help && strstr(finding->help, cases[i].said)),
                      "%s: %s", cases[i].yaml, finding->message);
        ck_assert_msg(finding->place.line == cases[i].line && finding->place.column == cases[i].column, "%s: %u:%u",
                      cases[i].yaml, finding->place.line, finding->place.column);
        rig_close(&rig);
    }
}
END_TEST

/* Many names are found again, allowed ones are blank, and formula_check looks into every corner. */
START_TEST(test_many)
{
    Rig rig = rig_open(NULL);
    for (int i = 0; i < 5000; i++) {
        formula_names_allow(rig.names, arena_printf(rig.arena, "键%d", i));
        formula_names_allow(rig.names, arena_printf(rig.arena, "键%d", i / 2));
    }
    for (int i = 0; i < 5000; i++) {
        Term term;
        const char *text = arena_printf(rig.arena, "键%d", i);
        Formula *formula = formula_parse(text, strlen(text), (Place){0}, rig.arena, &rig.findings);
        ck_assert(formula_eval(formula, &rig.scope, rig.names, rig.arena, &rig.findings, &term));
        ck_assert_int_eq(term.kind, TERM_BLANK);
    }
    ck_assert_uint_eq(rig.findings.count, 0);
    Formula *formula = rig_formula(&rig, "-甲(1) + IF(乙(2)%, FILTER(用途, 丙(3)).x = 丁(4), 1)");
    ck_assert(!formula_check(formula, rig.names, &rig.findings));
    ck_assert_uint_eq(rig.findings.count, 4);
    rig_close(&rig);
}
END_TEST

TCase *formula_name_case(void)
{
    TCase *tcase = tcase_create("name");
    tcase_add_loop_test(tcase, test_example, 0, (int)(sizeof examples / sizeof *examples));
    tcase_add_loop_test(tcase, test_wrong, 0, (int)(sizeof wrongs / sizeof *wrongs));
    tcase_add_test(tcase, test_called_from);
    tcase_add_test(tcase, test_load);
    tcase_add_test(tcase, test_many);
    return tcase;
}
