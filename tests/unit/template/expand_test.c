/* The template's language: what each construct prints, and where the pieces come from. */
#include <string.h>

#include "template_tests.h"

#define HEAD "title: small\nlanguage: zh-CN\n"
#define P    "paragraph [正文]: "

static const struct {
    const char *notice, *data, *dump;
} CASES[] = {
    /* lines */
    {"甲\n\n  乙  \n", "", P "甲\n" P "乙\n"},
    {"甲\r\n乙\r\n", "", P "甲\n" P "乙\n"},
    {"甲，\\\n   乙\n", "", P "甲，乙\n"},
    {"甲\\", "", P "甲\n"},
    {"---\n", "", "page-break\n"},
    {"{{:署名}} 甲\n", "", "paragraph [署名]: 甲\n"},
    /* values and their origins */
    {"甲{{known}}乙", "known: 值", P "甲{值|known}乙\n"},
    {"{{amount}}{{amount + 1}}", "amount: 1.50", P "{#1.50|amount}{#2.5|amount}\n"},
    {"{{ABS(amount)}}", "amount: -1.50", P "{#1.50|amount}\n"},
    {"{{=known}}", "known: 值", P "{+值|known}\n"},
    {"甲{{known}}乙", "", P "甲乙\n"},
    {"{{known}}", "known: ' '", ""},
    {"{{known}}", "known: \"一\\n\\n二\\n\"", P "{一|known}\n" P "{二|known}\n"},
    {"# {{known}}", "known: \"一\\n二\\n\"", "heading 0 [题名] bookmark: {一|known}{/}{二|known}\n"},
    {"甲{{|}}乙{{|}}", "", P "甲{|}乙\n"},
    {"{{\"{{\"}}", "", P "\\{\\{\n"},
    /* sections */
    {"{{#known}}有{{/}}{{^known}}无{{/}}", "known: 值", P "有\n"},
    {"{{#known}}有{{/}}{{^known}}无{{/}}", "known: ''", P "无\n"},
    {"{{#amount}}有{{/}}", "amount: 0", P "有\n"},
    {"{{#flag}}有{{/}}{{^flag}}无{{/}}", "flag: false", P "无\n"},
    {"{{#list}}{{.}}{{/}}{{^list}}空{{/}}", "list: []", P "空\n"},
    {"{{#list}}\n{{ROW()}}、{{.}}\n{{/}}\n", "list: [a, b]", P "1、{a|list[#1]}\n" P "2、{b|list[#2]}\n"},
    {"{{#list}}{{.名}}{{/}}", "list: [{名: a}, {名: b}]", P "{a|list[#1]/名}{b|list[#2]/名}\n"},
    {"{{#list}}\n{{#ROW() = 1}}\n头\n{{/}}\n{{.}}\n{{/}}", "list: [a, b]",
     P "头\n" P "{a|list[#1]}\n" P "{b|list[#2]}\n"},
    {"{{#MAP(list, . & \"x\")}}{{.}}{{/}}", "list: [a, b]", P "axbx\n"},
    {"甲{{#flag}}\n乙{{/}}\n", "flag: true", P "甲\n" P "乙\n"},
    /* standalone tags leave no line; with words around they do not end the paragraph */
    {"甲\n{{#flag}}\n{{! 注 }}\n乙\n{{/flag}}\n丙", "flag: true", P "甲\n" P "乙\n" P "丙\n"},
    {"  {{#flag}} {{#flag}}  \n乙\n{{/}}{{/}}", "flag: true", P "乙\n"},
    /* marks */
    {"主要为{{#list}}{{、}}{{.}}{{/}}{{。}}", "list: [a, b]", P "主要为{a|list[#1]}、{b|list[#2]}。\n"},
    {"{{#list}}{{#ROW() = 1}}有：{{/}}{{，}}{{.}}{{/}}", "list: [a, b]", P "有：{a|list[#1]}，{b|list[#2]}\n"},
    {"{{#list}}{{#. <> \"b\"}}{{、}}{{.}}{{/}}{{/}}", "list: [b, a, b, c, b]", P "{a|list[#2]}、{c|list[#4]}\n"},
    {"{{#list}}\n{{.}}{{。}}\n{{/}}", "list: [a。, b]", P "{a。|list[#1]}\n" P "{b|list[#2]}。\n"},
    {"甲。{{#flag}}{{；}}乙{{/}}{{#flag}}{{；}}丙{{/}}{{。}}", "flag: true", P "甲。乙；丙。\n"},
    {"甲。{{#flag}}{{；}}乙{{/}}{{。}}", "flag: false", P "甲。\n"},
    {"{{。}}甲", "", P "甲\n"},
    /* headings count */
    {"## 一、甲\n## 一、乙\n### 1、子\n### 1、丑\n## 一、丙\n### 1、寅\n", "",
     "heading 1 [一级标题] bookmark: 一、甲\nheading 1 [一级标题] bookmark: 二、乙\n"
     "heading 2 [三级标题] bookmark: 1、子\nheading 2 [三级标题] bookmark: 2、丑\n"
     "heading 1 [一级标题] bookmark: 三、丙\nheading 2 [三级标题] bookmark: 1、寅\n"},
    {"{{#flag}}\n## 一、甲\n{{/}}\n## 二、乙\n", "flag: false", "heading 1 [一级标题] bookmark: 一、乙\n"},
    {"{{#list}}\n##### {{#. <> \"b\"}}（一）{{/}}{{.}}\n{{/}}", "list: [a, b, c]",
     "heading 4 [四级标题] bookmark: （一）{a|list[#1]}\nheading 4 [四级标题] bookmark: {b|list[#2]}\n"
     "heading 4 [四级标题] bookmark: （二）{c|list[#3]}\n"},
    {"### 第一部分 甲\n### 第二部分 乙\n", "",
     "heading 2 [部分标题] bookmark: 第一部分 甲\nheading 2 [部分标题] bookmark: 第二部分 乙\n"},
    {"## {{known}}一、", "known: 甲", "heading 1 [三级标题] bookmark: {甲|known}一、\n"},
    /* a number in the data is left alone */
    {"## {{known}}", "known: 五、甲", "heading 1 [三级标题] bookmark: {五、甲|known}\n"},
    /* signature */
    {"@ 甲\n@ 乙\n", "", "signature [署名]: 甲 | 乙\n"},
    {"@ 甲\n", "", "signature [署名]: 甲 | \n"},
};

START_TEST(expands)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_small_pack(CASES[_i].notice, NULL, NULL, arena, &findings);
    Value *data = pack ? prepare_data(pack, CASES[_i].data, NULL, arena, &findings) : NULL;
    Document *document = data ? pack_expand(pack, data, false, arena, &findings) : NULL;
    ck_assert_msg(document && findings.count == 0, "%s: %s", CASES[_i].notice, finding_codes(&findings, arena));
    ck_assert(document_check(document, &findings));
    const char *dump = dump_text(document, arena);
    ck_assert_msg(strncmp(dump, HEAD, strlen(HEAD)) == 0 && strcmp(dump + strlen(HEAD), CASES[_i].dump) == 0,
                  "%s\n--- got\n%s--- wanted\n%s", CASES[_i].notice, dump, CASES[_i].dump);
    arena_free(arena);
}
END_TEST

static const struct {
    const char *notice, *data, *codes;
} FAILURES[] = {
    {"甲\n{{list}}\n{{LEN(known)}}", "list: [a, b]", "template-not-printable@2:1"},
    {"{{amount / 3}}", "amount: 1", "template-uneven@1:1"},
    {"甲{{amount / 0}}\n{{amount / 0}}", "amount: 1", "formula-division@1:13 formula-division@2:12"},
};

START_TEST(fails)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_small_pack(FAILURES[_i].notice, NULL, NULL, arena, &findings);
    Value *data = pack ? prepare_data(pack, FAILURES[_i].data, NULL, arena, &findings) : NULL;
    ck_assert_ptr_nonnull(data);
    ck_assert_ptr_null(pack_expand(pack, data, false, arena, &findings));
    ck_assert_str_eq(finding_codes(&findings, arena), FAILURES[_i].codes);
    arena_free(arena);
}
END_TEST

/* Words of the pack carry the template's place, values the datum's. */
START_TEST(origins_have_places)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_small_pack("\n甲{{known}}\n{{LEFT(known, 1)}}", NULL, NULL, arena, &findings);
    Value *data = prepare_data(pack, "amount: 1\nknown: 值子\n", NULL, arena, &findings);
    Document *document = pack_expand(pack, data, false, arena, &findings);
    ck_assert_ptr_nonnull(document);
    const Inline *items = document->blocks[0].as.paragraph.text.items;
    ck_assert_uint_eq(items[0].origin->place.line, 2);
    ck_assert_uint_eq(items[0].origin->place.column, 1);
    ck_assert(text_ends_with(items[0].origin->place.source->name, "/notice.txt"));
    ck_assert_str_eq(items[1].origin->place.source->name, "data.yaml");
    ck_assert_uint_eq(items[1].origin->place.line, 2);
    ck_assert_uint_eq(items[1].origin->place.column, 8);
    const Inline *derived = document->blocks[1].as.paragraph.text.items;
    ck_assert_str_eq(derived->text, "值");
    ck_assert_str_eq(derived->origin->path, "known");
    ck_assert(!derived->origin->figure);
    arena_free(arena);
}
END_TEST

START_TEST(draft_is_marked)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_small_pack("甲", NULL, NULL, arena, &findings);
    Value *data = prepare_data(pack, "", NULL, arena, &findings);
    ck_assert_str_eq(pack_expand(pack, data, true, arena, &findings)->style.page.draft, "草稿");
    ck_assert_ptr_null(pack_expand(pack, data, false, arena, &findings)->style.page.draft);
    ck_assert_str_eq(pack_name(pack), "small");
    ck_assert_str_eq(pack_version(pack), "1");
    ck_assert_ptr_null(pack_defaults(pack));
    arena_free(arena);
}
END_TEST

#define SHOW  "\ncover: {show: always}\n"
#define COVER "{{:题名}} 关于{{known}}\n{{#flag}}\n{{:署名}} {{amount}}\n{{/}}\n日期\n"

static const struct {
    const char *style, *cover, *data;
    const char *codes; /* of the pack's findings */
    const char *dump;  /* NULL: the pack does not load */
} COVERS[] = {
    {"", COVER, "known: 值", "", HEAD "heading 1 [一级标题] bookmark: 一、甲\n"},
    {"\ncover: {show: never}\n", "## 坏{{", "", "", HEAD "heading 1 [一级标题] bookmark: 一、甲\n"},
    {SHOW, COVER, "known: 值\namount: 1.5\nflag: true", "",
     HEAD "cover paragraph [题名]: 关于{值|known}\ncover paragraph [署名]: {#1.5|amount}\ncover " P "日期\n"
          "heading 1 [一级标题] bookmark: 一、甲\n"},
    {SHOW, COVER, "flag: false", "",
     HEAD "cover paragraph [题名]: 关于\ncover " P "日期\nheading 1 [一级标题] bookmark: 一、甲\n"},
    {SHOW, "{{known}}", "", "", HEAD "heading 1 [一级标题] bookmark: 一、甲\n"}, /* nothing to print: no cover */
    {SHOW, NULL, "", "file-unreadable@0:0", NULL},
    {SHOW, "甲\n# 题\n---\n@ 名\n", "", "template-cover@2:1 template-cover@3:1 template-cover@4:1", NULL},
    {SHOW, "{{#flag}}\n## 一、题\n{{/}}\n", "", "template-cover@2:1", NULL},
    {SHOW, "见{{@ 无}}\n{{> 无}}\n", "",
     "template-cover@1:2 template-table-unknown@1:2 template-cover@2:1 template-table-unknown@2:1", NULL},
    {SHOW, "{{:无此样式}} 甲\n", "", "style-unknown@1:1", NULL},
    {SHOW, "{{knwon}}\n", "", "template-name-unknown@1:3", NULL},
};

START_TEST(covers)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = load_covered_pack("## 一、甲", COVERS[_i].cover, COVERS[_i].style, NULL, NULL, arena, &findings);
    ck_assert_str_eq(finding_codes(&findings, arena), COVERS[_i].codes);
    ck_assert_int_eq(pack != NULL, COVERS[_i].dump != NULL);
    if (pack) {
        Document *document =
            pack_expand(pack, prepare_data(pack, COVERS[_i].data, NULL, arena, &findings), false, arena, &findings);
        ck_assert(document && document_check(document, &findings));
        ck_assert_str_eq(dump_text(document, arena), COVERS[_i].dump);
    }
    arena_free(arena);
}
END_TEST

TCase *expand_tests(void)
{
    TCase *tcase = tcase_create("expand");
    tcase_add_loop_test(tcase, expands, 0, sizeof CASES / sizeof *CASES);
    tcase_add_loop_test(tcase, fails, 0, sizeof FAILURES / sizeof *FAILURES);
    tcase_add_loop_test(tcase, covers, 0, sizeof COVERS / sizeof *COVERS);
    tcase_add_test(tcase, origins_have_places);
    tcase_add_test(tcase, draft_is_marked);
    return tcase;
}
