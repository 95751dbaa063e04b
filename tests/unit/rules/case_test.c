/* Every rule of the pack, by tests/rules/cases.yaml: a file that trips it, at the very characters, and ones that do
 * not. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "rules_tests.h"

#define BASE  "tests/rules/base.yaml"
#define CASES "tests/rules/cases.yaml"

typedef struct Cases {
    Bench bench;
    const char *base;
    Value *rules;
} Cases;

static Cases cases_open(void)
{
    Cases cases = {.bench = bench_open(NULL)};
    cases.base = file_text(BASE, cases.bench.arena);
    cases.rules = yaml_load(CASES, &YAML_LIMITS_DEFAULT, cases.bench.arena, &cases.bench.findings);
    ck_assert_ptr_nonnull(cases.base);
    ck_assert_uint_eq(cases.bench.findings.count, 0);
    return cases;
}

/* The text with the edits made, [from, to, from, to ...]; each must find its place. */
static const char *edited(Cases *cases, const char *rule, const char *text, const Value *edits)
{
    for (size_t i = 0; edits && i + 1 < edits->count; i += 2) {
        const char *from = value_text(edits->items[i]), *to = value_text(edits->items[i + 1]);
        const char *next = text_replace(text, from, to ? to : "", cases->bench.arena);
        ck_assert_msg(next != NULL, "%s: “%s” stands not once in the text", rule, from);
        text = next;
    }
    return text;
}

/* The base as it was a year before, with edits of its own. */
static const char *last_year(Cases *cases, const char *rule, const Value *edits)
{
    const char *text = text_replace(cases->base, "\u5E74\u5EA6: 2024", "\u5E74\u5EA6: 2023", cases->bench.arena);
    return edits ? edited(cases, rule, text, edits) : NULL;
}

static const char *all_findings(const Notice *notice, Arena *arena)
{
    Buffer text = {0};
    for (size_t i = 0; i < notice->findings.count; i++) {
        buffer_printf(&text, "\n  %s: %s", notice->findings.items[i]->code, notice->findings.items[i]->message);
    }
    const char *copy = arena_strndup(arena, text.bytes ? text.bytes : "", text.len);
    buffer_release(&text);
    return copy;
}

static const char *marked(const Finding *finding, Arena *arena)
{
    const Place *place = &finding->place;
    return place->source ? arena_strndup(arena, place->source->bytes + place->offset, place->length) : "";
}

static void check_bad(const Notice *notice, const RuleInfo *rule, const Value *one, Arena *arena)
{
    const Finding *finding = notice_find(notice, rule->id, 0);
    const char *at = value_text(value_get(one, "at")), *suggestion = value_text(value_get(one, "suggestion"));
    ck_assert_msg(finding != NULL, "%s is not found (%s:%u)%s", rule->id, CASES, one->place.line,
                  all_findings(notice, arena));
    ck_assert_int_eq(finding->severity, rule->severity);
    ck_assert_msg(!at || strcmp(marked(finding, arena), at) == 0, "%s stands at “%s”, not at “%s”", rule->id,
                  marked(finding, arena), at);
    ck_assert_msg(!suggestion || text_equal(suggestion, finding->suggestion), "%s suggests “%s”", rule->id,
                  finding->suggestion);
    ck_assert_msg(!strstr(finding->message, "{{") && finding->message[0], "%s says “%s”", rule->id, finding->message);
}

START_TEST(base_is_clean)
{
    Cases cases = cases_open();
    Notice notice = notice_check(&cases.bench, cases.base, NULL);
    ck_assert_ptr_nonnull(notice.root);
    ck_assert_msg(notice.findings.count == 0, "%s", all_findings(&notice, cases.bench.arena));
    notice_close(&notice);
    bench_close(&cases.bench);
}
END_TEST

START_TEST(every_rule_has_a_case)
{
    Cases cases = cases_open();
    for (size_t i = 0; i < rules_count(cases.bench.rules); i++) {
        const RuleInfo *rule = rules_info(cases.bench.rules, i);
        const Value *list = value_get(cases.rules, rule->id);
        bool bad = false;
        for (size_t k = 0; list && k < list->count; k++) {
            bad = bad || value_get(list->items[k], "bad");
        }
        ck_assert_msg(bad, "no case in %s trips %s", CASES, rule->id);
        ck_assert_msg(rule->source && rule->example, "%s has no source or no example", rule->id);
    }
    for (size_t i = 0; i < cases.rules->count; i++) {
        ck_assert_msg(rules_find(cases.bench.rules, cases.rules->items[i]->key) != NULL, "there is no rule %s",
                      cases.rules->items[i]->key);
    }
    bench_close(&cases.bench);
}
END_TEST

START_TEST(cases_hold)
{
    Cases cases = cases_open();
    for (size_t i = 0; i < cases.rules->count; i++) {
        const Value *list = cases.rules->items[i];
        const RuleInfo *rule = rules_find(cases.bench.rules, list->key);
        for (size_t k = 0; rule && k < list->count; k++) {
            const Value *one = list->items[k], *bad = value_get(one, "bad"), *good = value_get(one, "good");
            const char *text = edited(&cases, rule->id, cases.base, bad ? bad : good);
            const char *last = last_year(&cases, rule->id, value_get(one, "last"));
            Notice notice = notice_check(&cases.bench, text, last);
            ck_assert_msg(notice.root != NULL, "%s: the edited notice is none%s", rule->id,
                          all_findings(&notice, cases.bench.arena));
            ck_assert_msg(!notice_find(&notice, "rule-failed", 0), "%s%s", rule->id,
                          all_findings(&notice, cases.bench.arena));
            if (bad) {
                check_bad(&notice, rule, one, cases.bench.arena);
            } else {
                ck_assert_msg(!notice_find(&notice, rule->id, 0), "%s cries wolf (%s:%u)%s", rule->id, CASES,
                              one->place.line, all_findings(&notice, cases.bench.arena));
            }
            notice_close(&notice);
        }
    }
    bench_close(&cases.bench);
}
END_TEST

Suite *case_suite(void)
{
    Suite *suite = suite_create("cases");
    TCase *tcase = tcase_create("cases");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, base_is_clean);
    tcase_add_test(tcase, every_rule_has_a_case);
    tcase_add_test(tcase, cases_hold);
    suite_add_tcase(suite, tcase);
    return suite;
}
