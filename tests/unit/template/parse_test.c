/* Errors of notice.txt: each with its place, all in one run; and texts that must not be errors. */
#include <string.h>

#include "template_tests.h"

static const struct {
    const char *text, *codes;
} CASES[] = {
    /* good */
    {"", ""},
    {"\n\n  \n", ""},
    {"甲{{known}}乙", ""},
    {"{{! 不是 }}甲{{!\n多行\n}}乙\n", ""},
    {"{{#list}}{{.}}{{/list}}", ""},
    {"{{# list }}{{.}}{{/ list }}", ""},
    {"{{#list}}{{#flag}}甲{{/}}{{/}}", ""},
    {"甲{乙}丙}}", ""},
    {"# 题\n---\n@ 甲\n", ""},
    {"甲\\\n  乙\n", ""},
    {"{{:正文}} 甲", ""},
    /* sections */
    {"甲{{#list}}乙", "template-section-unclosed@1:2"},
    {"{{#list}}\n{{#flag}}\n{{/list}}", "template-section-unclosed@2:1"},
    {"{{/}}", "template-close-stray@1:1"},
    {"甲\n乙{{/list}}", "template-close-stray@2:2"},
    {"{{#list}}甲{{/flag}}", "template-close-differs@1:11"},
    {"{{^flag}}甲{{/list}}\n{{#list}}", "template-close-differs@1:11 template-section-unclosed@2:1"},
    /* tags */
    {"甲{{known\n乙{{known}}", "template-tag-unclosed@1:2"},
    {"{{}}", "template-tag-empty@1:1"},
    {"{{#}}{{/}}", "template-tag-empty@1:1"},
    {"甲{{> 表}}", "template-table-not-alone@1:2"},
    {"{{> 没有}}", "template-table-unknown@1:1"},
    {"见第{{@没有}}页", "template-table-unknown@1:3"},
    {"甲{{:正文}}", "template-style-not-first@1:2"},
    {"{{:没有}}甲", "style-unknown@1:1"},
    {"｛｛known｝｝", "template-wide-brace@1:1 template-wide-brace@1:2"},
    /* headings */
    {"#甲", "template-heading@1:1"},
    {"########### 甲", "template-heading@1:1"},
    /* formulas */
    {"甲{{1 +}}", "formula-syntax@1:7"},
    {"{{NOSUCH(1)}}", "formula-unknown-function@1:3"},
    {"甲\n{{knwon}}", "template-name-unknown@2:3"},
    /* all in one run */
    {"{{1 +}}\n{{/}}\n{{knwon}}\n{{#list}}",
     "formula-syntax@1:6 template-close-stray@2:1 template-name-unknown@3:3 template-section-unclosed@4:1"},
};

START_TEST(parse_reports)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_small_pack(CASES[_i].text, NULL, NULL, arena, &findings);
    ck_assert_msg(strcmp(finding_codes(&findings, arena), CASES[_i].codes) == 0, "%s\n got    %s\n wanted %s",
                  CASES[_i].text, finding_codes(&findings, arena), CASES[_i].codes);
    ck_assert_int_eq(pack != NULL, findings.errors == 0);
    arena_free(arena);
}
END_TEST

/* Deep and long input is refused or read, never a crash. */
START_TEST(parse_survives)
{
    static const char *const PIECES[] = {"{{#list}}", "{{",   "}}",   "{{/}}", "# ", "（",
                                         "{{!",       "\\\n", "{{> ", "第",    "@ "};
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Buffer text = {0};
    for (int i = 0; i < 3000; i++)
        buffer_text(&text, PIECES[_i]);
    TemplateText in = {.text = text.bytes, .len = text.len, .place = {.line = 1, .column = 1}, .mapped = true};
    template_parse(in, arena, &findings);
    in.mode = TEMPLATE_CAPTION;
    template_parse(in, arena, &findings);
    buffer_release(&text);
    arena_free(arena);
}
END_TEST

/* Every prefix of the real template is read without a crash. */
START_TEST(parse_survives_truncation)
{
    Arena *arena = arena_new();
    const char *text = read_text_file(PACK_FOLDER "/notice.txt", arena);
    ck_assert_ptr_nonnull(text);
    for (size_t len = 0; len < strlen(text); len += 7) {
        ArenaMark mark = arena_mark(arena);
        FindingList findings;
        finding_list_init(&findings, arena, LANGUAGE_ZH);
        TemplateText in = {.text = arena_strndup(arena, text, len), .len = len, .place = {.line = 1, .column = 1}};
        template_parse(in, arena, &findings);
        arena_rewind(arena, mark);
    }
    arena_free(arena);
}
END_TEST

static const struct {
    const char *text;
    size_t len;
    bool chinese;
    const char *eleven; /* the same form with the number 11 */
} NUMBERS[] = {
    {"一、收入", 6, true, "十一、"}, {"十二、", 9, true, "十一、"},    {"（一）总体", 9, true, "（十一）"},
    {"(3)", 3, false, "(11)"},       {"1、收入", 4, false, "11、"},    {"1. 甲", 2, false, "11."},
    {"1．甲", 4, false, "11．"},     {"（1）甲", 7, false, "（11）"},  {"第一部分 部门", 6, true, "第十一"},
    {"第3章", 4, false, "第11"},     {"一般公共预算", 0, false, NULL}, {"2024年", 0, false, NULL},
    {"（预算）", 0, false, NULL},    {"第", 0, false, NULL},           {"", 0, false, NULL},
};

START_TEST(number_forms)
{
    Arena *arena = arena_new();
    NumberForm form;
    ck_assert_uint_eq(number_form_match(NUMBERS[_i].text, strlen(NUMBERS[_i].text), &form, arena), NUMBERS[_i].len);
    if (NUMBERS[_i].len > 0) {
        ck_assert_int_eq(form.chinese, NUMBERS[_i].chinese);
        ck_assert_str_eq(number_form_text(&form, 11, arena), NUMBERS[_i].eleven);
    }
    arena_free(arena);
}
END_TEST

TCase *parse_tests(void)
{
    TCase *tcase = tcase_create("parse");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, parse_reports, 0, sizeof CASES / sizeof *CASES);
    tcase_add_loop_test(tcase, parse_survives, 0, 11);
    tcase_add_test(tcase, parse_survives_truncation);
    tcase_add_loop_test(tcase, number_forms, 0, sizeof NUMBERS / sizeof *NUMBERS);
    return tcase;
}
