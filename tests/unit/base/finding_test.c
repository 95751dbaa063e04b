/* Tests of the list of findings, of its catalogue and of places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/finding_int.h"
#include "base/text.h"
#include "base_tests.h"

static Arena *arena;
static FindingList list;
static const Source source = {.name = "b.yaml", .bytes = "a: 1\nb: 2\n", .len = 10};
static const Source other = {.name = "a.yaml", .bytes = "c: 3\n", .len = 5};

static void setup(void)
{
    arena = arena_new();
    finding_list_init(&list, arena, LANGUAGE_EN);
}

static void teardown(void)
{
    arena_free(arena);
}

static unsigned placeholders(const char *text)
{
    unsigned set = 0;
    for (; *text; text++) {
        if (text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}') {
            set |= 1u << (text[1] - '0');
        }
    }
    return set;
}

static bool well_worded(const char *text)
{
    return utf8_valid_prefix(text, strlen(text)) == strlen(text) && !text_ends_with(text, ".") &&
           !text_ends_with(text, "。") && !strchr(text, '\n') && !text_starts_with(text, " ") &&
           !text_ends_with(text, " ");
}

/* Every message of every module: both languages say the same of the same arguments, and codes are codes. */
START_TEST(catalogue)
{
    const Message *message = message_find((MessageId)_i);
    const char *code = message->code;
    ck_assert_msg(*code && strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(code), "code '%s'", code);
    for (int language = 0; language < 2; language++) {
        ck_assert_msg(*message->text[language], "%s says nothing in language %d", code, language);
        ck_assert_msg(well_worded(message->text[language]), "%s: %s", code, message->text[language]);
        ck_assert_msg(well_worded(message->help[language]), "%s: %s", code, message->help[language]);
    }
    ck_assert_msg(placeholders(message->text[0]) == placeholders(message->text[1]), "%s: arguments differ", code);
    ck_assert_msg(!*message->help[0] == !*message->help[1], "%s: help in one language only", code);
}
END_TEST

START_TEST(arguments_fill_their_places_once)
{
    static const struct {
        const char *text, *filled;
    } cases[] = {
        {"{1} of {2}", "one of {1}"},           {"{2}{1}{2}", "{1}one{1}"}, {"plain", "plain"}, {"", ""},
        {"{0} {a} {} { {1", "{0} {a} {} { {1"}, {"{{1}}", "{one}"},
    };
    const char *arguments[] = {"one", "{1}"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_str_eq(message_fill(arena, cases[i].text, arguments, 2), cases[i].filled);
    }
}
END_TEST

START_TEST(long_arguments_are_cut_between_characters)
{
    char text[3 * 2000 + 1] = "";
    for (size_t i = 0; i < 2000; i++) {
        memcpy(text + 3 * i, "\xE5\x85\xAC", 3);
    }
    const char *argument = text;
    const char *filled = message_fill(arena, "<{1}>", &argument, 1);
    ck_assert_uint_eq(strlen(filled), 3 * 300 + 3 + 2);
    ck_assert_uint_eq(utf8_valid_prefix(filled, strlen(filled)), strlen(filled));
    ck_assert(text_ends_with(filled, "\xE5\x85\xAC\xE2\x80\xA6>"));
}
END_TEST

START_TEST(add_fills_all_fields_in_the_lists_language)
{
    char path[] = "一/二", name[] = "out.pdf";
    Place place = place_at(&source, 5, 1);
    Finding *finding = finding_add(&list, MESSAGE_FILE_UNWRITABLE, place, path, name, "no room", NULL);
    path[0] = name[0] = 'X'; /* the list keeps its own texts */
    ck_assert_str_eq(finding->code, "file-unwritable");
    ck_assert_int_eq(finding->severity, SEVERITY_ERROR);
    ck_assert_int_eq(finding->class, FINDING_TROUBLE);
    ck_assert_str_eq(finding->path, "一/二");
    ck_assert_str_eq(finding->message, "cannot write 'out.pdf': no room");
    ck_assert_str_eq(finding->help, "the old file is unchanged");
    ck_assert_uint_eq(finding->place.line, 2);
    ck_assert_ptr_null(finding->suggestion);
    ck_assert_ptr_eq(list.items[0], finding);
    FindingList chinese;
    finding_list_init(&chinese, arena, LANGUAGE_ZH);
    finding = finding_add(&chinese, MESSAGE_FILE_UNREADABLE, place, NULL, "甲", "乙", NULL);
    ck_assert_str_eq(finding->message, "打不开文件“甲”：乙");
    ck_assert_ptr_null(finding->help);
    ck_assert_ptr_null(finding->path);
}
END_TEST

START_TEST(counts_and_status)
{
    Place nowhere = {0};
    ck_assert_int_eq(finding_list_status(&list), 0);
    finding_add_text(&list, "h", SEVERITY_HINT, nowhere, NULL, "hint", NULL);
    finding_add_text(&list, "w", SEVERITY_WARNING, nowhere, NULL, "warning", "");
    ck_assert_ptr_null(list.items[1]->help);
    ck_assert_int_eq(finding_list_status(&list), 0);
    finding_add_text(&list, "e", SEVERITY_ERROR, nowhere, NULL, "error", "help");
    ck_assert_int_eq(finding_list_status(&list), 1);
    finding_add(&list, MESSAGE_FILE_NOT_REGULAR, nowhere, NULL, "x", NULL);
    ck_assert_int_eq(finding_list_status(&list), 2);
    ck_assert(list.errors == 2 && list.warnings == 1 && list.hints == 1 && list.troubles == 1 && list.count == 4);
}
END_TEST

START_TEST(the_same_finding_is_kept_once)
{
    Place place = place_at(&source, 0, 1), elsewhere = place_at(&source, 5, 1), file = place_at(&other, 0, 1);
    Source same_name = source; /* read a second time */
    Finding *first = finding_add_text(&list, "x", SEVERITY_ERROR, place, NULL, "message", NULL);
    finding_relate(&list, first, MESSAGE_FILE_NOT_REGULAR, elsewhere, "there", NULL);
    Finding *again = finding_add_text(&list, "x", SEVERITY_ERROR, place_at(&same_name, 0, 1), NULL, "message", NULL);
    finding_relate(&list, again, MESSAGE_FILE_NOT_REGULAR, elsewhere, "there", NULL);
    ck_assert_ptr_eq(first, again);
    ck_assert_uint_eq(first->related_count, 1);
    ck_assert_uint_eq(list.errors, 1);
    finding_add_text(&list, "y", SEVERITY_ERROR, place, NULL, "message", NULL);
    finding_add_text(&list, "x", SEVERITY_ERROR, elsewhere, NULL, "message", NULL);
    finding_add_text(&list, "x", SEVERITY_ERROR, file, NULL, "message", NULL);
    finding_add_text(&list, "x", SEVERITY_ERROR, place, NULL, "other message", NULL);
    finding_add_text(&list, "x", SEVERITY_ERROR, (Place){0}, NULL, "message", NULL);
    ck_assert_uint_eq(list.count, 6);
    ck_assert_uint_eq(list.errors, 6);
}
END_TEST

START_TEST(related_places_are_kept_in_order)
{
    Finding *finding = finding_add_text(&list, "x", SEVERITY_ERROR, (Place){0}, NULL, "message", NULL);
    for (uint32_t i = 0; i < 40; i++) {
        finding_relate(&list, finding, MESSAGE_FILE_NOT_REGULAR, (Place){&source, i + 1, 1, i, 0}, "there", NULL);
        finding_add_text(&list, "y", SEVERITY_HINT, (Place){&source, i + 1, 1, i, 0}, NULL, "between", NULL);
    }
    ck_assert_uint_eq(finding->related_count, 40);
    for (uint32_t i = 0; i < 40; i++) {
        ck_assert_uint_eq(finding->related[i].place.line, i + 1);
        ck_assert_str_eq(finding->related[i].text, "'there' is not a regular file");
    }
}
END_TEST

START_TEST(floods_are_folded_by_code)
{
    finding_add_text(&list, "rare", SEVERITY_WARNING, (Place){0}, NULL, "rare", NULL);
    size_t used = 0;
    for (int round = 0; round < 2; round++) { /* the second round says nothing new */
        for (uint32_t i = 0; i < 20000; i++) {
            Place place = {&source, i + 1, 1, 0, 0};
            Finding *finding = finding_add(&list, MESSAGE_FILE_NOT_REGULAR, place, "path", "x", NULL);
            ck_assert_str_eq(finding->code, "file-not-regular");
            finding->suggestion = "lost or not";
            finding_relate(&list, finding, MESSAGE_FILE_NOT_REGULAR, place, "x", NULL);
            /* The index last grows at 16384; one folded away needs no memory else. */
            used = round == 0 && i == 17000 ? arena_used(arena) : used;
        }
        ck_assert_uint_eq(arena_used(arena), used);
    }
    finding_add_text(&list, "late", SEVERITY_HINT, (Place){0}, NULL, "late", NULL);
    ck_assert_uint_eq(list.count, FINDING_FOLD_LIMIT + 2);
    ck_assert_uint_eq(list.folded, 20000 - FINDING_FOLD_LIMIT);
    ck_assert_uint_eq(list.errors, 20000);
    ck_assert_uint_eq(list.troubles, 20000);
    ck_assert_str_eq(list.items[FINDING_FOLD_LIMIT]->message, "'x' is not a regular file");
    ck_assert_uint_eq(list.items[FINDING_FOLD_LIMIT]->place.line, FINDING_FOLD_LIMIT);
    ck_assert_uint_eq(list.items[FINDING_FOLD_LIMIT]->related_count, 1);
    ck_assert_str_eq(list.items[FINDING_FOLD_LIMIT + 1]->code, "late");
}
END_TEST

START_TEST(many_codes_are_kept_apart)
{
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            char code[24];
            snprintf(code, sizeof code, "rule-%d", i);
            Finding *finding = finding_add_text(&list, code, SEVERITY_ERROR, (Place){0}, NULL, "same words", NULL);
            ck_assert_str_eq(finding->code, code);
            ck_assert_ptr_eq(finding, list.items[i]);
        }
    }
    ck_assert_uint_eq(list.count, 1000);
}
END_TEST

START_TEST(sort_is_by_place_and_stable)
{
    static const struct {
        const Source *source;
        uint32_t line, column;
        const char *message;
    } added[] = {
        {&source, 2, 1, "6"}, {&source, 2, 1, "7"}, {&other, 9, 9, "3"},  {&source, 1, 10, "5"}, {NULL, 0, 0, "0"},
        {&source, 2, 1, "8"}, {&other, 0, 0, "2"},  {&source, 1, 2, "4"}, {NULL, 0, 0, "1"},
    };
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        Place place = {added[i].source, added[i].line, added[i].column, 0, 0};
        finding_add_text(&list, "x", SEVERITY_ERROR, place, NULL, added[i].message, NULL);
    }
    finding_list_sort(&list);
    for (size_t i = 0; i < list.count; i++) {
        ck_assert_int_eq(list.items[i]->message[0] - '0', (int)i);
    }
}
END_TEST

START_TEST(summaries)
{
    static const struct {
        size_t errors, warnings, hints, folded;
        const char *zh, *en;
    } cases[] = {
        {0, 0, 0, 0, "没有发现问题", "no findings"},
        {3, 1, 0, 0, "3 个错误，1 个警告", "3 errors, 1 warning"},
        {1, 0, 2, 0, "1 个错误，2 个提示", "1 error, 2 hints"},
        {0, 2, 1, 0, "2 个警告，1 个提示", "2 warnings, 1 hint"},
        {600, 0, 0, 100, "600 个错误（另有 100 个同类问题未逐一列出）",
         "600 errors (100 more of the same kinds not listed)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FindingList counts = {.errors = cases[i].errors,
                              .warnings = cases[i].warnings,
                              .hints = cases[i].hints,
                              .folded = cases[i].folded,
                              .language = LANGUAGE_ZH};
        ck_assert_str_eq(finding_list_summary(&counts, arena), cases[i].zh);
        counts.language = LANGUAGE_EN;
        ck_assert_str_eq(finding_list_summary(&counts, arena), cases[i].en);
    }
}
END_TEST

START_TEST(language_of_the_environment)
{
    static const struct {
        const char *all, *messages, *lang;
        Language language;
    } cases[] = {
        {NULL, NULL, NULL, LANGUAGE_ZH},
        {"", "", "", LANGUAGE_ZH},
        {NULL, NULL, "en_US.UTF-8", LANGUAGE_EN},
        {NULL, NULL, "C", LANGUAGE_ZH},
        {NULL, "en", "zh_CN.UTF-8", LANGUAGE_EN},
        {"zh_CN.UTF-8", "en_GB", "en_GB", LANGUAGE_ZH},
        {"", "", "en", LANGUAGE_EN},
        {NULL, NULL, "enm", LANGUAGE_ZH},
        {"en@quot", NULL, NULL, LANGUAGE_EN},
        {NULL, NULL, "de_DE", LANGUAGE_ZH},
    };
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *values[] = {cases[i].all, cases[i].messages, cases[i].lang};
        for (size_t k = 0; k < 3; k++) {
            if (values[k]) {
                setenv(names[k], values[k], 1);
            } else {
                unsetenv(names[k]);
            }
        }
        ck_assert_int_eq(language_from_environment(), cases[i].language);
    }
}
END_TEST

START_TEST(places)
{
    static const struct {
        const char *text;
        size_t offset, length;
        uint32_t line, column, within;
    } cases[] = {
        {"abc", 0, 3, 1, 1, 3},
        {"abc", 3, 0, 1, 4, 0},
        {"abc", 99, 5, 1, 4, 0},
        {"abc", 1, 99, 1, 2, 2},
        {"a\nbc\n", 2, 1, 2, 1, 1},
        {"a\nbc\n", 3, 9, 2, 2, 1},
        {"a\nbc\n", 1, 1, 1, 2, 0},
        {"a\nbc\n", 5, 0, 3, 1, 0},
        {"a\r\nb", 3, 1, 2, 1, 1},
        {"a\r\nb", 2, 1, 1, 3, 0},
        {"a\rb", 2, 1, 2, 1, 1},
        {"a\r\r\nb", 4, 1, 3, 1, 1},
        {"公开: 1", 8, 1, 1, 5, 1},
        {"公开\n预算: 5", 15, 1, 2, 5, 1},
        {"\xFF\xFE x", 3, 1, 1, 4, 1},
        {"\xEF\xBB\xBF"
         "ab",
         4, 1, 1, 2, 1},
        {"\xEF\xBB\xBF"
         "ab",
         0, 0, 1, 1, 0},
        {"", 0, 0, 1, 1, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Source text = {"x", cases[i].text, strlen(cases[i].text)};
        Place place = place_at(&text, cases[i].offset, cases[i].length);
        ck_assert_msg(place.line == cases[i].line && place.column == cases[i].column && place.length == cases[i].within,
                      "case %zu: %u:%u +%u", i, place.line, place.column, place.length);
        ck_assert_ptr_eq(place.source, &text);
    }
}
END_TEST

Suite *finding_suite(void)
{
    Suite *suite = suite_create("finding");
    TCase *tests = tcase_create("finding");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, catalogue, 0, MESSAGE_COUNT);
    tcase_add_test(tests, arguments_fill_their_places_once);
    tcase_add_test(tests, long_arguments_are_cut_between_characters);
    tcase_add_test(tests, add_fills_all_fields_in_the_lists_language);
    tcase_add_test(tests, counts_and_status);
    tcase_add_test(tests, the_same_finding_is_kept_once);
    tcase_add_test(tests, related_places_are_kept_in_order);
    tcase_add_test(tests, floods_are_folded_by_code);
    tcase_add_test(tests, many_codes_are_kept_apart);
    tcase_add_test(tests, sort_is_by_place_and_stable);
    tcase_add_test(tests, summaries);
    tcase_add_test(tests, language_of_the_environment);
    tcase_add_test(tests, places);
    suite_add_tcase(suite, tests);
    return suite;
}
