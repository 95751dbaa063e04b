/* Rules that are none: each fault of rules.yaml is told, at its place, and the file is refused. */
#include <string.h>

#include "base/text.h"
#include "rules_tests.h"

START_TEST(faults_of_the_file)
{
    static const struct {
        const char *text, *code;
        uint32_t line;
    } CASES[] = {
        {"regeln: []\n", "rules-list", 1},
        {"rules: {}\n", "rules-list", 1},
        {"rules:\n- a\n", "rules-list", 2},
        {"rules: []\nruels: 1\n", "rules-key", 2},
        {"rules:\n- { id: a, title: t, severity: hint, formula: TRUE, forr: x }\n", "rules-key", 2},
        {"rules:\n- { id: a, title: t, severity: hint }\n", "rules-kind", 2},
        {"rules:\n- { id: a, title: t, severity: hint, formula: TRUE, find: x }\n", "rules-kind", 2},
        {"rules:\n- { id: a, title: t, severity: hint, numbering: x }\n", "rules-kind", 2},
        {"rules:\n- { id: a, title: t, severity: hint, similar: [x] }\n", "rules-kind", 2},
        {"rules:\n- { id: a, title: t, severity: hint, pairs: [] }\n", "rules-kind", 2},
        {"rules:\n- { title: t, severity: hint, formula: TRUE }\n", "rules-id", 2},
        {"rules:\n- { id: a b, title: t, severity: hint, formula: TRUE }\n", "rules-id", 2},
        {"rules:\n- { id: rounding, title: t, severity: hint, formula: TRUE }\n", "rules-id", 2},
        {"rules:\n- { id: a, title: t, severity: hint, formula: TRUE }\n"
         "- { id: a, title: t, severity: hint, formula: TRUE }\n",
         "rules-id", 3},
        {"rules:\n- { id: a, severity: hint, formula: TRUE }\n", "rules-id", 2},
        {"rules:\n- { id: a, title: t, formula: TRUE }\n", "rules-severity", 2},
        {"rules:\n- { id: a, title: t, severity: bad, formula: TRUE }\n", "rules-severity", 2},
        {"rules:\n- { id: a, title: t, severity: hint, find: '(' }\n", "rules-pattern", 2},
        {"patterns:\n  p: '['\nrules:\n- { id: a, title: t, severity: hint, find: p }\n", "rules-pattern", 2},
        {"rules:\n- { id: a, title: t, severity: hint, find: ['(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)'] }\n",
         "rules-pattern", 2},
        {"rules:\n- { id: a, title: t, severity: hint, formula: [] }\n", "rules-value", 2},
        {"rules:\n- { id: a, title: t, severity: hint, names: x, shortest: -1 }\n", "rules-value", 2},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Bench bench = bench_open(CASES[i].text);
        const Finding *found = NULL;
        for (size_t k = 0; k < bench.findings.count; k++) {
            found = strcmp(bench.findings.items[k]->code, CASES[i].code) == 0 ? bench.findings.items[k] : found;
        }
        ck_assert_msg(bench.rules == NULL, "%s is taken", CASES[i].text);
        ck_assert_msg(found != NULL, "%s: %s", CASES[i].text,
                      bench.findings.count ? bench.findings.items[0]->code : "nothing");
        ck_assert_msg(found->place.line == CASES[i].line, "%s: line %u", CASES[i].text, found->place.line);
        ck_assert_uint_gt(bench.findings.troubles + bench.findings.errors, 0);
        bench_close(&bench);
    }
}
END_TEST

/* Formulas and the formulas in messages: said by the evaluator, but the file is refused all the same. */
START_TEST(faults_of_formulas)
{
    static const char *const CASES[] = {
        "rules:\n- { id: a, title: t, severity: hint, formula: 1 + }\n",
        "rules:\n- { id: a, title: t, severity: hint, formula: NOSUCH(1) = 1 }\n",
        "rules:\n- { id: a, title: t, severity: hint, formula: TRUE, when: '(' }\n",
        "rules:\n- { id: a, title: t, severity: hint, formula: TRUE, message: 'x {{1 +}}' }\n",
        "rules:\n- { id: a, title: t, severity: hint, formula: TRUE, let: { x: 1 + } }\n",
        "rules:\n- { id: a, title: t, severity: hint, formula: TRUE, match: { 1 +: x } }\n",
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Bench bench = bench_open(CASES[i]);
        ck_assert_msg(bench.rules == NULL && bench.findings.errors > 0, "%s is taken", CASES[i]);
        bench_close(&bench);
    }
}
END_TEST

START_TEST(pack_is_well)
{
    Bench bench = bench_open(NULL);
    ck_assert_uint_eq(bench.findings.count, 0);
    ck_assert_ptr_nonnull(bench.rules);
    ck_assert_uint_gt(rules_count(bench.rules), 80);
    ck_assert_str_eq(rules_nearest(bench.rules, "change-totla"), "change-total");
    ck_assert_ptr_null(rules_nearest(bench.rules, "entirely-something-else"));
    ck_assert_ptr_null(rules_find(bench.rules, "nosuch"));
    bench_close(&bench);
}
END_TEST

Suite *load_suite(void)
{
    Suite *suite = suite_create("load");
    TCase *tcase = tcase_create("load");
    tcase_add_test(tcase, faults_of_the_file);
    tcase_add_test(tcase, faults_of_formulas);
    tcase_add_test(tcase, pack_is_well);
    suite_add_tcase(suite, tcase);
    return suite;
}
