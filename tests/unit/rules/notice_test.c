/* Whole notices: the faults of the real one, all of them and no others; its consistent copy; the samples. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "rules_tests.h"

#define SAMPLES "data/\u793A\u4F8B\u53BF"

typedef struct Fault {
    const char *code;
    uint32_t line;
    const char *at; /* the very characters */
} Fault;

/* Each was looked up in the file by eye. */
static const Fault FAULTS[] = {
    {"leftover", 25, "\uFF08\u6709\u5219\u5199\uFF0C\u65E0\u5219\u586B0\u4E07\u5143\uFF09"},
    {"change-total", 39, "2729.18"},
    {"change-items-exceed", 42, "2583.17"},
    {"change-names", 45, "\u519C\u6797\u6C34\u4E8B\u52A1\u652F\u51FA"},
    {"name-misspelt", 62, "\u4E2D\u5171\u5927\u5382\u56DE\u653E\u81EA\u6CBB\u53BF\u59D4\u7EC4\u7EC7\u90E8"},
    {"goals-identical", 99, NULL},
    {"indicator-percent-word", 116, "\u767E\u5206\u6BD4"},
    {"indicator-repeated", 144, "\u9879\u76EE\u8D44\u91D1"},
    {"indicator-unit", 155, "\u5DE5\u7A0B\u4F59\u6B3E"},
    {"indicator-unit", 156, "\u7ED9\u4ED8\u5DE5\u7A0B\u4F59\u6B3E"},
    {"indicator-date", 220, "\"\u22643\u6708\u4EFD\""},
    {"blank-inside", 253, " "},
    {"goals-copied", 330, NULL},
    {"indicator-name-is-value", 345, "1620\u5957"},
    {"indicator-said-twice", 345, "1620"},
    {"indicator-basis-product", 345, "\"\u2264810\u5957\""},
    {"indicator-no-name", 346, "\"\""},
    {"indicator-name-is-value", 347, "32\u5143"},
    {"indicator-no-unit", 359, "\"\u226410\""},
    {"indicator-satisfaction", 365, "\u7FA4\u4F17\u5BF9\u6751\u515A\u652F\u90E8\u5DE5\u4F5C\u7684\u4EEC\u4E00\u5EA6"},
    {"name-misspelt", 368, "\u4E2D\u5171\u5927\u5382\u56DE\u65CF\u81EA\u6CBB\u53BF\u7EC4\u7EC7\u90E8"},
    {"province-words", 392, "\u7701\u7EA7"},
    {"province-words", 398, "\u7701\u7EA7"},
    {"term-names", 399, "\u673A\u5173\u8FD0\u884C\u8D39"},
};

static bool stands_at(const Finding *finding, const Fault *fault)
{
    const Place *place = &finding->place;
    return strcmp(finding->code, fault->code) == 0 && place->line == fault->line &&
           (!fault->at || (strlen(fault->at) == place->length &&
                           memcmp(place->source->bytes + place->offset, fault->at, place->length) == 0));
}

static const char *reference(Arena *arena)
{
    const char *text = file_text(REFERENCE, arena);
    if (!text) {
        printf("SKIP: %s is not here\n", REFERENCE);
    }
    return text;
}

START_TEST(real_notice_faults)
{
    Bench bench = bench_open(NULL);
    const char *text = reference(bench.arena);
    if (text) {
        Notice notice = notice_check(&bench, text, NULL);
        for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
            bool found = false;
            for (size_t k = 0; k < notice.findings.count; k++) {
                found = found || stands_at(notice.findings.items[k], &FAULTS[i]);
            }
            ck_assert_msg(found, "%s is not found in line %u", FAULTS[i].code, FAULTS[i].line);
        }
        /* All that there is: 1 error, and as many warnings as were looked at and found right. */
        ck_assert_uint_eq(notice.findings.errors, 1);
        ck_assert_uint_eq(notice.findings.warnings, 30);
        ck_assert_uint_le(notice.findings.hints, 41);
        notice_close(&notice);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(consistent_copy_has_no_error)
{
    Bench bench = bench_open(NULL);
    const char *text = reference(bench.arena);
    if (text) {
        text = text_replace(text, "\u603B\u989D: 2729.18", "\u603B\u989D: 2729.21", bench.arena);
        text = text_replace(text, "\u56DE\u653E", "\u56DE\u65CF", bench.arena);
        Notice notice = notice_check(&bench, text, NULL);
        ck_assert_ptr_nonnull(notice.root);
        ck_assert_uint_eq(notice.findings.errors, 0);
        ck_assert_uint_eq(notice_count(&notice, "name-misspelt", SEVERITY_HINT), 1);
        notice_close(&notice);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(samples_are_clean)
{
    Bench bench = bench_open(NULL);
    DIR *folder = opendir(SAMPLES);
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *path = arena_printf(bench.arena, "%s/%s", SAMPLES, entry->d_name);
        const char *text = text_ends_with(path, ".yaml") ? file_text(path, bench.arena) : NULL;
        if (!text || !strstr(text, "\n\u90E8\u95E8: ")) {
            continue; /* no notice */
        }
        Notice notice = notice_check_file(&bench, path);
        ck_assert_msg(notice.root != NULL, "%s cannot be read", path);
        for (size_t i = 0; i < notice.findings.count; i++) {
            const Finding *finding = notice.findings.items[i];
            ck_assert_msg(finding->severity == SEVERITY_HINT, "%s:%u: %s: %s", path, finding->place.line, finding->code,
                          finding->message);
        }
        ck_assert_uint_le(notice.findings.hints, 3);
        notice_close(&notice);
    }
    closedir(folder);
    bench_close(&bench);
}
END_TEST

Suite *notice_suite(void)
{
    Suite *suite = suite_create("notices");
    TCase *tcase = tcase_create("notices");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, real_notice_faults);
    tcase_add_test(tcase, consistent_copy_has_no_error);
    tcase_add_test(tcase, samples_are_clean);
    suite_add_tcase(suite, tcase);
    return suite;
}
