/* What the engines do whatever the pack: verdicts, rounding, exceptions, places in folded and quoted text, hostile
 * input. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "rules_tests.h"

#define BASE "tests/rules/base.yaml"

static const char *base(const Bench *bench)
{
    return file_text(BASE, bench->arena);
}

static const char *edit(const Bench *bench, const char *text, const char *from, const char *to)
{
    const char *edited = text_replace(text, from, to, bench->arena);
    ck_assert_msg(edited != NULL, "“%s” stands not once in the text", from);
    return edited;
}

static const char *marked(const Finding *finding, Arena *arena)
{
    return arena_strndup(arena, finding->place.source->bytes + finding->place.offset, finding->place.length);
}

/* ---- verdicts ---- */

START_TEST(last_digits_are_one_hint)
{
    Bench bench = bench_open(NULL);
    const char *text = edit(&bench, base(&bench), "合计: 160.50", "合计: 160.51");
    text = edit(&bench, text, "资产总额: 512.30", "资产总额: 512.31");
    Notice notice = notice_check(&bench, text, NULL);
    ck_assert_uint_eq(notice.findings.errors + notice.findings.warnings, 0);
    ck_assert_uint_eq(notice_count(&notice, RULE_ROUNDING, SEVERITY_HINT), 1);
    const Finding *finding = notice_find(&notice, RULE_ROUNDING, 0);
    ck_assert_uint_eq(finding->related_count, 2); /* 360.00, 160.51 and 512.31 are each out by 0.01 */
    ck_assert_ptr_nonnull(strstr(finding->message, "0.01"));
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

START_TEST(two_last_digits_are_an_error)
{
    Bench bench = bench_open(NULL);
    Notice notice = notice_check(&bench, edit(&bench, base(&bench), "合计: 160.50", "合计: 160.52"), NULL);
    ck_assert_uint_eq(notice_count(&notice, "basic-total", SEVERITY_ERROR), 1);
    ck_assert_uint_eq(notice_count(&notice, RULE_ROUNDING, SEVERITY_HINT), 0);
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

/* A finer figure makes for a finer margin; a coarse one never for a coarser. */
START_TEST(margin_follows_the_places)
{
    static const char RULES[] = "rules:\n- { id: a, title: t, severity: error, formula: 收入.合计 = 支出.合计 }\n";
    static const struct {
        const char *income, *spending;
        bool error, hint;
    } CASES[] = {{"100", "100", false, false},         {"100", "100.01", false, true},
                 {"100.0", "100.1", true, false},      {"100", "101", true, false},
                 {"100.005", "100.006", false, true},  {"100.000", "100.002", true, false},
                 {"100.0001", "100.0002", false, true}};
    Bench bench = bench_open(RULES);
    const char *text = edit(&bench, base(&bench), "  合计: 360.00\n  一般公共预算收入: 350.00",
                            "  合计: INCOME\n  一般公共预算收入: 350.00");
    text = edit(&bench, text, "支出:\n  合计: 360.00", "支出:\n  合计: SPENDING");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *one = edit(&bench, text, "INCOME", CASES[i].income);
        Notice notice = notice_check(&bench, edit(&bench, one, "SPENDING", CASES[i].spending), NULL);
        ck_assert_msg((notice_count(&notice, "a", SEVERITY_ERROR) == 1) == CASES[i].error, "%s, %s", CASES[i].income,
                      CASES[i].spending);
        ck_assert_msg((notice_count(&notice, RULE_ROUNDING, SEVERITY_HINT) == 1) == CASES[i].hint, "%s, %s",
                      CASES[i].income, CASES[i].spending);
        notice_close(&notice);
    }
    bench_close(&bench);
}
END_TEST

/* What is not given, or does not apply, cannot disagree. */
START_TEST(missing_figures_are_silent)
{
    static const char RULES[] = "rules:\n"
                                "- { id: a, title: t, severity: error, formula: 机关运行经费.金额 = 支出.合计 }\n"
                                "- { id: b, title: t, severity: error, formula: 国有资产.拟购置.金额 <= -1 }\n";
    Bench bench = bench_open(RULES);
    const char *text = edit(&bench, base(&bench), "金额: 20.25, 用途", "金额: ——, 用途");
    text = edit(&bench, text, "拟购置: { 金额: 1.80, ", "拟购置: { ");
    Notice notice = notice_check(&bench, text, NULL);
    ck_assert_uint_eq(notice.findings.count, 0);
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

START_TEST(unevaluable_rules_say_so_once)
{
    static const char RULES[] =
        "rules:\n- { id: a, title: t, severity: error, for: 三公经费.*, formula: .本年 + 部门 = 1 }\n";
    Bench bench = bench_open(RULES);
    Notice notice = notice_check(&bench, base(&bench), NULL);
    ck_assert_uint_eq(notice.findings.count, 1);
    ck_assert_uint_eq(notice_count(&notice, "rule-failed", SEVERITY_WARNING), 1);
    ck_assert_uint_eq(notice_find(&notice, "rule-failed", 0)->severity, SEVERITY_WARNING);
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

START_TEST(rules_switched_off)
{
    static const char RULES[] = "rules:\n- { id: a, title: t, severity: off, formula: FALSE }\n"
                                "- { id: b, title: t, severity: hint, formula: FALSE }\n";
    Bench bench = bench_open(RULES);
    Notice notice = notice_check(&bench, base(&bench), NULL);
    ck_assert_uint_eq(notice.findings.count, 1);
    ck_assert_ptr_nonnull(notice_find(&notice, "b", 0));
    ck_assert(rules_find(bench.rules, "a")->off);
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

/* ---- exceptions ---- */

#define WRONG  "总额: 37.90"
#define EXCEPT "核对例外:\n  - { 规则: %s, 位置: \"%s\", 理由: %s }\n其他事项:"

static Notice with_exception(const Bench *bench, const char *rule, const char *path, const char *reason)
{
    const char *text = edit(bench, base(bench), "总额: 39.70", WRONG);
    return notice_check(bench, edit(bench, text, "其他事项:", arena_printf(bench->arena, EXCEPT, rule, path, reason)),
                        NULL);
}

START_TEST(exceptions_accept)
{
    static const char *const PATHS[] = {"比上年增减/总额", "比上年增减", ""};
    Bench bench = bench_open(NULL);
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        Notice notice = with_exception(&bench, "change-total", PATHS[i], "批复如此");
        ck_assert_msg(notice.findings.count == 0, "“%s”: %s", PATHS[i],
                      notice.findings.count ? notice.findings.items[0]->message : "");
        ck_assert_uint_eq(notice.outcome.exception_count, 1);
        const RuleException *accepted = &notice.outcome.exceptions[0];
        ck_assert_str_eq(accepted->rule, "change-total");
        ck_assert_str_eq(accepted->path, "比上年增减/总额");
        ck_assert_str_eq(accepted->reason, "批复如此");
        ck_assert_ptr_nonnull(strstr(accepted->message, "37.90"));
        ck_assert_uint_gt(accepted->place.line, 1);
        notice_close(&notice);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(exceptions_that_do_not_fit)
{
    static const struct {
        const char *rule, *path, *code;
    } CASES[] = {{"change-total", "比上年增减/总", "exception-unused"},
                 {"basic-total", "", "exception-unused"},
                 {"change-totl", "", "exception-unknown"}};
    Bench bench = bench_open(NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Notice notice = with_exception(&bench, CASES[i].rule, CASES[i].path, "批复如此");
        ck_assert_uint_eq(notice_count(&notice, "change-total", SEVERITY_ERROR), 1);
        ck_assert_uint_eq(notice_count(&notice, CASES[i].code, SEVERITY_WARNING), 1);
        ck_assert_uint_eq(notice.findings.count, 2);
        ck_assert_uint_eq(notice.outcome.exception_count, 0);
        notice_close(&notice);
    }
    Notice notice = with_exception(&bench, "change-totl", "", "批复如此");
    ck_assert_str_eq(notice_find(&notice, "exception-unknown", 0)->suggestion, "change-total");
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

START_TEST(exceptions_for_rounding)
{
    static const char *const RULES[] = {"basic-total", RULE_ROUNDING};
    Bench bench = bench_open(NULL);
    for (size_t i = 0; i < 2; i++) {
        const char *text = edit(&bench, base(&bench), "人员经费: 140.25", "人员经费: 140.26");
        const char *list = arena_printf(bench.arena, EXCEPT, RULES[i], "支出/基本支出/合计", "四舍五入");
        Notice notice = notice_check(&bench, edit(&bench, text, "其他事项:", list), NULL);
        ck_assert_uint_eq(notice.findings.count, 0);
        ck_assert_uint_eq(notice.outcome.exception_count, 1);
        notice_close(&notice);
    }
    bench_close(&bench);
}
END_TEST

/* ---- places ---- */

START_TEST(places_in_all_kinds_of_scalars)
{
    static const char *const FORMS[] = {
        "  - 我部门将XX局的工作做好。\n",
        "  - \"我部门\\u5c06XX局的工作做好。\"\n",
        "  - '我部门“将”''XX局的工作做好。'\n",
        "  - >-\n    我部门将\n    XX局的工作做好。\n",
        "  - |\n    我部门将XX局的\n    工作做好。\n",
        "  - 我部门将\n    XX局的工作做好。\n",
    };
    static const char RULES[] = "rules:\n- { id: a, title: t, severity: hint, find: 'XX局' }\n";
    Bench bench = bench_open(RULES);
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        Notice notice =
            notice_check(&bench, edit(&bench, base(&bench), "  - 我部门无其他需要说明的事项。\n", FORMS[i]), NULL);
        const Finding *finding = notice_find(&notice, "a", 0);
        ck_assert_ptr_nonnull(finding);
        /* An escape that spells a character otherwise cannot be followed: the whole scalar then. */
        const char *at = marked(finding, bench.arena);
        ck_assert_msg(strcmp(at, "XX局") == 0 || (i == 1 && strstr(at, "XX局")), "%s: “%s”", FORMS[i], at);
        notice_close(&notice);
    }
    bench_close(&bench);
}
END_TEST

/* The pack's own words are not the department's. */
START_TEST(defaults_are_not_searched)
{
    static const char RULES[] = "rules:\n- { id: a, title: t, severity: hint, find: 指本级财政 }\n";
    Bench bench = bench_open(RULES);
    const char *text = base(&bench), *start = strstr(text, "名词解释:"), *end = strstr(text, "其他事项:");
    Notice notice = notice_check(&bench, arena_printf(bench.arena, "%.*s%s", (int)(start - text), text, end), NULL);
    ck_assert_ptr_nonnull(value_get(notice.root, "名词解释"));
    ck_assert_uint_eq(notice.findings.count, 0);
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

/* ---- hostile input ---- */

static char *repeated(Arena *arena, const char *piece, size_t times)
{
    size_t len = strlen(piece);
    char *text = arena_alloc(arena, len * times + 1);
    for (size_t i = 0; i < times; i++) {
        memcpy(text + i * len, piece, len);
    }
    return text;
}

START_TEST(long_texts)
{
    static const char *const PIECES[] = {"（", "）",       "“”",         "青禾满族自治", "青禾满族自治县", "1",  "一是",
                                         "的", "  ",       "X",          "2024年",       "每1个",          "，", "。。",
                                         "(",  "县级省级", "\U00020000", "\\\""};
    Bench bench = bench_open(NULL);
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        const char *text = arena_printf(bench.arena, "\"我%s\"", repeated(bench.arena, PIECES[i], 20000));
        Notice notice = notice_check(&bench, edit(&bench, base(&bench), "我部门无其他需要说明的事项。", text), NULL);
        ck_assert_ptr_nonnull(notice.root);
        ck_assert_uint_eq(notice_count(&notice, "rule-failed", SEVERITY_HINT), 0);
        notice_close(&notice);
    }
    bench_close(&bench);
}
END_TEST

/* Backtracking without end runs into the limit and finds nothing, in no time. */
START_TEST(patterns_are_limited)
{
    static const char RULES[] = "rules:\n- { id: a, title: t, severity: hint, find: '(?:(?:一+)+)+二' }\n";
    Bench bench = bench_open(RULES);
    const char *text = repeated(bench.arena, "一", 3000);
    Notice notice = notice_check(&bench, edit(&bench, base(&bench), "我部门无其他需要说明的事项。", text), NULL);
    ck_assert_ptr_nonnull(notice.root);
    ck_assert_uint_eq(notice.findings.count, 0);
    notice_close(&notice);
    bench_close(&bench);
}
END_TEST

START_TEST(same_findings_every_time)
{
    Bench bench = bench_open(NULL);
    const char *text = edit(&bench, base(&bench), "规范支出，加强监督", "规范规范支出,,加强 监督");
    Notice first = notice_check(&bench, text, NULL), second = notice_check(&bench, text, NULL);
    ck_assert_uint_gt(first.findings.count, 2);
    ck_assert_uint_eq(first.findings.count, second.findings.count);
    for (size_t i = 0; i < first.findings.count; i++) {
        ck_assert_str_eq(first.findings.items[i]->message, second.findings.items[i]->message);
        ck_assert_uint_eq(first.findings.items[i]->place.offset, second.findings.items[i]->place.offset);
    }
    notice_close(&first);
    notice_close(&second);
    bench_close(&bench);
}
END_TEST

Suite *engine_suite(void)
{
    Suite *suite = suite_create("engines");
    TCase *tcase = tcase_create("engines");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, last_digits_are_one_hint);
    tcase_add_test(tcase, two_last_digits_are_an_error);
    tcase_add_test(tcase, margin_follows_the_places);
    tcase_add_test(tcase, missing_figures_are_silent);
    tcase_add_test(tcase, unevaluable_rules_say_so_once);
    tcase_add_test(tcase, rules_switched_off);
    tcase_add_test(tcase, exceptions_accept);
    tcase_add_test(tcase, exceptions_that_do_not_fit);
    tcase_add_test(tcase, exceptions_for_rounding);
    tcase_add_test(tcase, places_in_all_kinds_of_scalars);
    tcase_add_test(tcase, defaults_are_not_searched);
    tcase_add_test(tcase, long_texts);
    tcase_add_test(tcase, patterns_are_limited);
    tcase_add_test(tcase, same_findings_every_time);
    suite_add_tcase(suite, tcase);
    return suite;
}
