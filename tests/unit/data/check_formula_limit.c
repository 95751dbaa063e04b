/* Hostile and large formulas: deep, long, multiplying, over big lists. */
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "check_formula.h"

static void repeat(Buffer *out, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_text(out, text);
    }
}

/* before, `head` count times, `middle`, `tail` count times. */
static const char *build(Rig *rig, const char *before, const char *head, size_t count, const char *middle,
                         const char *tail)
{
    Buffer out = {0};
    buffer_text(&out, before);
    repeat(&out, head, count);
    buffer_text(&out, middle);
    repeat(&out, tail, count);
    const char *text = arena_strndup(rig->arena, out.bytes, out.len);
    buffer_release(&out);
    return text;
}

START_TEST(test_nesting)
{
    static const struct {
        const char *head, *middle, *tail;
    } cases[] = {{"(", "1", ")"},           {"ABS(", "1", ")"}, {"(1+2*-(1&", "1", "))"}, {"IF(TRUE,", "1", ",2)"},
                 {"MAP(嵌套.*,", "1", ")"}, {"(", "", ""},      {"-(", "1", "%)"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Rig rig = rig_open(NULL);
        const char *deep = build(&rig, "", cases[i].head, 20000, cases[i].middle, cases[i].tail);
        ck_assert_ptr_null(rig_formula(&rig, deep));
        ck_assert_str_eq(rig.findings.items[0]->code, "formula-limit");
        rig_close(&rig);
    }
    Rig rig = rig_open(NULL);
    Term term;
    ck_assert(rig_eval(&rig, build(&rig, "", "ABS(-1*(", 50, "-1", "))"), &rig.scope, &term));
    ck_assert_str_eq(rig_show(&rig, &term), "1");
    rig_close(&rig);
}
END_TEST

START_TEST(test_chains)
{
    static const struct {
        const char *before, *link, *result;
    } cases[] = {{"1", "+1", "100001"}, {"1", "*1", "1"},   {"1", "-1", "-99999"}, {"\"\"", "&\"\"", ""},
                 {"", "-", NULL},       {"支出", ".a", ""}, {"1", "+1%%", "11"},   {"支出", ".*", "[]"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Rig rig = rig_open(NULL);
        Term term;
        const char *text = build(&rig, cases[i].before, cases[i].link, 100000, "", "");
        bool good = rig_eval(&rig, text, &rig.scope, &term);
        ck_assert_msg(good == (cases[i].result != NULL), "%s", cases[i].link);
        if (i == 7) { /* the leaves stay what they are */
            ck_assert_uint_eq(term_count(&term), 9);
        } else if (good) {
            ck_assert_str_eq(rig_show(&rig, &term), cases[i].result);
        }
        rig_close(&rig);
    }
}
END_TEST

/* No shape of text may take more than linear time to read. */
START_TEST(test_long_texts)
{
    static const char *const pieces[] = {"\"",    "“",      "甲（", "甲（乙）", "甲", "（", "1",  "1.",      ".",
                                         "SUM（", "\"a\"&", "'",    "!",        "=",  "，", "１", "a.\"\".", "\"\"\"&"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        Rig rig = rig_open(NULL);
        const char *text = build(&rig, "", pieces[i], 500000 / strlen(pieces[i]), "", "");
        clock_t start = clock();
        Term term;
        rig_eval(&rig, text, &rig.scope, &term);
        ck_assert_msg(clock() - start < 2 * CLOCKS_PER_SEC, "%s", pieces[i]);
        rig_close(&rig);
    }
    Rig rig = rig_open(NULL);
    const char *text = build(&rig, "1", " ", (size_t)1 << 20, "", "");
    ck_assert_ptr_null(rig_formula(&rig, text));
    ck_assert_str_eq(rig.findings.items[0]->code, "formula-limit");
    rig_close(&rig);
}
END_TEST

START_TEST(test_not_utf8)
{
    static const char *const texts[] = {"\xFF", "1 + \"\xC0\x80\"", "\xE5\xB9", "支出.\xED\xA0\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Rig rig = rig_open(NULL);
        ck_assert_ptr_null(formula_parse(texts[i], strlen(texts[i]), (Place){0}, rig.arena, &rig.findings));
        ck_assert_str_eq(rig.findings.items[0]->code, "formula-syntax");
        rig_close(&rig);
    }
}
END_TEST

/* Words that multiply: 2^60 evaluations, 2^60 bytes, 10^9 items. */
START_TEST(test_multiplying)
{
    static const struct {
        const char *first, *next, *code;
    } cases[] = {
        {"词0: 1\n", "词%d: 词%d + 词%d\n", "formula-limit"},
        {"词0: '\"文字\"'\n", "词%d: 词%d & 词%d\n", "formula-limit"},
        {"词0(x): x & x\n", "词%d(x): 词%d(x & x)\n", "formula-limit"},
        {"词0: 嵌套.*\n", "词%d: MAP(词%d, 词%d)\n", "formula-limit"},
        {"词0: SUBSTITUTE(\"aaaaaaaa\", \"a\", \"aaaaaaaa\")\n", "词%d: SUBSTITUTE(词%d, \"a\", 词%d)\n",
         "formula-limit"},
        {"词0: COUNT(嵌套.*)\n", "词%d: COUNT(MAP(嵌套.*, 词%d + 词%d))\n", "formula-limit"},
        {"词0: 用途\n", "词%d: JOIN(MAP(词%d, 用途), JOIN(词%d, \"\"))\n", "formula-limit"},
        {"词0: 1/7\n", "词%d: 词%d * 词%d\n", "formula-overflow"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Rig rig = rig_open(NULL);
        Buffer yaml = {0};
        buffer_text(&yaml, cases[i].first);
        for (int n = 1; n <= 60; n++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            buffer_printf(&yaml, cases[i].next, n, n - 1, n - 1);
#pragma GCC diagnostic pop
        }
        FormulaNames *names = formula_names_load(rig_yaml(&rig, arena_strndup(rig.arena, yaml.bytes, yaml.len)),
                                                 rig.arena, &rig.findings);
        ck_assert_uint_eq(rig.findings.count, 0);
        const char *text = i == 2 ? "LEN(词60(\"文\"))" : "词60";
        Formula *formula = rig_formula(&rig, text);
        Term term;
        ck_assert(!formula_eval(formula, &rig.scope, names, rig.arena, &rig.findings, &term));
        ck_assert_msg(strcmp(rig.findings.items[0]->code, cases[i].code) == 0, "%s", rig.findings.items[0]->message);
        ck_assert_msg(arena_used(rig.arena) < (size_t)400 << 20, "%s takes %zu", cases[i].next, arena_used(rig.arena));
        buffer_release(&yaml);
        rig_close(&rig);
    }
}
END_TEST

/* Every function over a hundred thousand items, each well within the steps; the sum is checked. */
START_TEST(test_large_list)
{
    enum { COUNT = 100000 };
    static const char *const formulas[] = {
        "SUM(表.金额)",       "SUM(FILTER(表, 金额 > 0).金额)",
        "SUM(MAP(表, 金额))", "SUM(UNIQUE(表.金额)) * 10", /* ten of each */
        "SUM(表.*)",
    };
    Rig rig = rig_open(NULL);
    Value *items = arena_array_of(rig.arena, Value, 2 * COUNT), root = {.kind = VALUE_MAP, .path = ""}, list, *top;
    list = (Value){.kind = VALUE_LIST, .path = "表", .key = "表", .count = COUNT};
    list.items = arena_array_of(rig.arena, Value *, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        Value *map = &items[2 * i], *amount = map + 1;
        *amount =
            (Value){.kind = VALUE_TEXT, .reading = READ_NUMBER, .path = "", .key = "金额", .text = "", .parent = map};
        amount->number = (Decimal){(int64_t)(i % (COUNT / 10)) * 10000, 2};
        *map = (Value){.kind = VALUE_MAP, .path = "", .count = 1, .parent = &list};
        map->items = arena_copy(rig.arena, &amount, sizeof amount);
        list.items[i] = map;
    }
    top = &list;
    root.items = &top;
    root.count = 1;
    Scope scope = {.value = &root};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        Formula *formula = rig_formula(&rig, formulas[i]);
        Term term;
        FormulaInputs inputs;
        clock_t start = clock();
        bool good = formula_inputs(formula, &scope, NULL, rig.arena, &rig.findings, &term, &inputs);
        ck_assert_msg(good, "%s: %s", formulas[i], good ? "" : rig.findings.items[0]->message);
        ck_assert_msg(clock() - start < CLOCKS_PER_SEC, "%s", formulas[i]);
        /* 10 * (0 + 1 + ... + 9999) * 0.01 */
        ck_assert_str_eq(rig_show(&rig, &term), "4999500");
        ck_assert_uint_ge(inputs.count, COUNT);
    }
    rig_close(&rig);
}
END_TEST

TCase *formula_limit_case(void)
{
    TCase *tcase = tcase_create("limit");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_nesting);
    tcase_add_test(tcase, test_chains);
    tcase_add_test(tcase, test_long_texts);
    tcase_add_test(tcase, test_not_utf8);
    tcase_add_test(tcase, test_multiplying);
    tcase_add_test(tcase, test_large_list);
    return tcase;
}
