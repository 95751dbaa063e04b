/* Declared tables: header tree, groups, totals, notes, empty tables; and what is wrong in tables.yaml. */
#include <string.h>

#include "template_tests.h"

static const char *expand_table(const char *tables, const char *notice, const char *data, const char *words,
                                Arena *arena)
{
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_small_pack(notice, tables, words, arena, &findings);
    Value *value = pack ? prepare_data(pack, data, NULL, arena, &findings) : NULL;
    Document *document = value ? pack_expand(pack, value, false, arena, &findings) : NULL;
    if (!document || findings.count > 0)
        return finding_codes(&findings, arena);
    ck_assert(document_check(document, &findings));
    return strstr(dump_text(document, arena), "zh-CN\n") + strlen("zh-CN\n");
}

static const char PLAIN[] = "表:\n"
                            "  style: 表格\n"
                            "  caption: 表题{{known}}\n"
                            "  rows: list\n"
                            "  columns:\n"
                            "    - { title: 名, value: '{{.名}}', width: [10, 20], row-head: true }\n"
                            "    - title: 数\n"
                            "      columns:\n"
                            "        - { title: \"甲\\n乙\", value: '{{.甲}}', align: decimal, share: 2 }\n"
                            "        - { title: 丙, value: '{{.丙}}', share: 0 }\n"
                            "  totals:\n"
                            "    - cells: [合计, '{{SUM(list.甲)}}', '']\n"
                            "    - { when: 'SUM(list.甲) > 100', cells: [多, '', ''] }\n"
                            "  notes: ['注：{{known}}']\n"
                            "  empty: 空表。\n";

#define PLAIN_HEAD                                       \
    "  column left share=1 min=10mm max=20mm row-head\n" \
    "  column decimal share=2\n"                         \
    "  column left share=0\n"                            \
    "  head 名\n"                                       \
    "  head 数\n"                                       \
    "    head 甲{/}乙\n"                               \
    "    head 丙\n"

START_TEST(rows_and_totals)
{
    Arena *arena = arena_new();
    ck_assert_str_eq(
        expand_table(PLAIN, "{{> 表}}", "{known: 值, list: [{名: a, 甲: 1.50}, {名: b, 甲: 2, 丙: c}]}", NULL, arena),
        "table [表格] 表: 表题{值|known}\n" PLAIN_HEAD "  row @list[#1]: {a|list[#1]/名} | {1.50|list[#1]/甲} | \n"
        "  row @list[#2]: {b|list[#2]/名} | {2|list[#2]/甲} | {c|list[#2]/丙}\n"
        "  total: 合计 | {#3.5|} | \n"
        "  note 注：{值|known}\n");
    arena_free(arena);
}
END_TEST

/* {{@ name}} keeps room for a page number; it is no word of the pack, so that it joins none. */
START_TEST(page_references)
{
    Arena *arena = arena_new();
    const char *text = expand_table(PLAIN, "见第{{@ 表}}页\n{{> 表}}", "list: []", NULL, arena);
    ck_assert_msg(strncmp(text, "paragraph [正文]: 见第{@表}页\n", strlen("paragraph [正文]: 见第{@表}页\n")) == 0,
                  "%s", text);
    arena_free(arena);
}
END_TEST

START_TEST(empty_table)
{
    Arena *arena = arena_new();
    ck_assert_str_eq(expand_table(PLAIN, "{{> 表}}", "list: []", NULL, arena),
                     "table [表格] 表: 表题\n" PLAIN_HEAD "  row:  |  | \n  note 注：\n  note 空表。\n");
    arena_free(arena);
}
END_TEST

static const char GROUPED[] = "表:\n"
                              "  style: 表格\n"
                              "  caption: '1. {{.名}}表'\n"
                              "  level: 3\n"
                              "  leads: [{left: '单位：{{.名}}', right: '{{.无}}'}, {right: '{{.无}}'}]\n"
                              "  once: [{label: 目标, text: \"{{#.目标}}\\n{{.}}\\n{{/}}\"}]\n"
                              "  groups: [{each: .组, label: '{{KEY(.)}}'}, {each: ., label: '{{.级}}'}]\n"
                              "  rows: .行\n"
                              "  columns:\n"
                              "    - { title: 一 }\n"
                              "    - { title: 二 }\n"
                              "    - { title: 三, value: '{{.}}', align: right }\n";

START_TEST(groups_nest)
{
    Arena *arena = arena_new();
    ck_assert_str_eq(expand_table(GROUPED, "{{#list}}\n{{> 表}}\n{{/}}",
                                  "list:\n"
                                  "  - {名: a, 目标: [g, h], 组: {A: [{级: x, 行: [1, 2]}, {级: y, 行: []}], B: []}}\n"
                                  "  - {名: b, 组: {C: [{级: z, 行: [3]}]}}\n",
                                  NULL, arena),
                     "table [表格] 表 bookmark=3: 1. {a|list[#1]/名}表\n"
                     "  lead 单位：{a|list[#1]/名} | \n"
                     "  column left share=1\n  column left share=1\n  column right share=1\n"
                     "  once 目标 | {g|list[#1]/目标[#1]}{/}{h|list[#1]/目标[#2]}\n"
                     "  head 一\n  head 二\n  head 三\n"
                     "  group {A|list[#1]/组/A}\n"
                     "    group {x|list[#1]/组/A[#1]/级}\n"
                     "      row @list[#1]/组/A[#1]/行[#1]: {1|list[#1]/组/A[#1]/行[#1]}\n"
                     "      row @list[#1]/组/A[#1]/行[#2]: {2|list[#1]/组/A[#1]/行[#2]}\n"
                     "table [表格] 表 bookmark=3: 2. {b|list[#2]/名}表\n"
                     "  lead 单位：{b|list[#2]/名} | \n"
                     "  column left share=1\n  column left share=1\n  column right share=1\n"
                     "  head 一\n  head 二\n  head 三\n"
                     "  group {C|list[#2]/组/C}\n"
                     "    group {z|list[#2]/组/C[#1]/级}\n"
                     "      row @list[#2]/组/C[#1]/行[#1]: {3|list[#2]/组/C[#1]/行[#1]}\n");
    arena_free(arena);
}
END_TEST

START_TEST(fixed_rows)
{
    static const char FIXED[] = "表:\n"
                                "  style: 横表\n"
                                "  columns: [{title: 项}, {title: 数}]\n"
                                "  fixed-rows:\n"
                                "    - cells: [甲, '{{双倍(amount)}}']\n"
                                "    - { when: flag, cells: [乙, ——] }\n";
    Arena *arena = arena_new();
    ck_assert_str_eq(expand_table(FIXED, "{{> 表}}", "{amount: 1.5, flag: true}", "双倍(x): x * 2\n", arena),
                     "table [横表] 表: \n  column left share=1\n  column left share=1\n  head 项\n  head 数\n"
                     "  row: 甲 | {#3|amount}\n  row: 乙 | ——\n");
    ck_assert_str_eq(expand_table(FIXED, "{{> 表}}", "{amount: 1.5, flag: false}", "双倍(x): x * 2\n", arena),
                     "table [横表] 表: \n  column left share=1\n  column left share=1\n  head 项\n  head 数\n"
                     "  row: 甲 | {#3|amount}\n");
    arena_free(arena);
}
END_TEST

#define T "表:\n  style: 表格\n"
static const struct {
    const char *tables, *codes;
} FAILURES[] = {
    {T "  rows: list\n  columns: [{title: a}]\n", "table-value-missing@4:13"},
    {T "  columns: [{title: a, value: b}]\n", "table-rows@1:1"},
    {T "  rows: list\n  fixed-rows: []\n  columns: [{title: a, value: b}]\n", "table-rows@1:1"},
    {T "  fixed-rows: [{cells: [a]}]\n  columns: [{title: a}, {title: b}]\n", "table-row-cells@3:16"},
    {T "  rows: list\n  columns: [{title: a, value: b, width: [9, 8]}]\n", "table-width@4:41"},
    {T "  rows: list\n  groups: [{each: list, label: a}]\n  columns: [{title: a}]\n", "table-groups@4:11"},
    {T "  rows: list\n  groups: [{each: list, label: a}]\n  columns: [{title: a, value: c}, {title: b, value: c}]\n",
     "table-value-extra@5:13"},
    {"表:\n  style: 没有\n  rows: list\n  columns: [{title: a, value: b}]\n", "style-unknown@2:10"},
    {T "  rows: list +\n  columns: [{title: a, value: b}]\n", "formula-syntax@3:15"},
    {T "  rows: list\n  columns: [{title: a, value: '{{knwon}}'}]\n", "template-name-unknown@4:34"},
    {T "  rows: list\n  columns: [{title: a, value: \"{{#list}}\"}]\n", "template-section-unclosed@4:32"},
    {T "  rows: list\n  columns: [{title: a, value: b}]\n  colour: red\n", "unknown-key@5:3"},
};

START_TEST(tables_fail)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    ck_assert_ptr_null(load_small_pack("甲", FAILURES[_i].tables, NULL, arena, &findings));
    ck_assert_msg(strcmp(finding_codes(&findings, arena), FAILURES[_i].codes) == 0, "%s\n got    %s\n wanted %s",
                  FAILURES[_i].tables, finding_codes(&findings, arena), FAILURES[_i].codes);
    arena_free(arena);
}
END_TEST

TCase *table_tests(void)
{
    TCase *tcase = tcase_create("table");
    tcase_add_test(tcase, rows_and_totals);
    tcase_add_test(tcase, empty_table);
    tcase_add_test(tcase, page_references);
    tcase_add_test(tcase, groups_nest);
    tcase_add_test(tcase, fixed_rows);
    tcase_add_loop_test(tcase, tables_fail, 0, sizeof FAILURES / sizeof *FAILURES);
    return tcase;
}
