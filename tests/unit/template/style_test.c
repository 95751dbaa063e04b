/* style.yaml: lengths, fonts, the house style's numbers, and what is wrong in it. */
#include <string.h>

#include "template_tests.h"

/* A style sheet with one paragraph style of this size, and more lines. */
static bool load_sheet(const char *size, const char *more, StyleSheet *sheet, Arena *arena, FindingList *findings)
{
    Source *source = arena_new_of(arena, Source);
    const char *text =
        arena_printf(arena,
                     "page: {width: 210mm, height: 297mm, left: 28mm, top: 37mm, text-width: 156mm, text-height: "
                     "225mm, columns: 28, "
                     "lines: 22}\n"
                     "fonts: {f: {han: ['a.ttc#2', /b/c.otf, 'd#x.ttf']}}\nfallback: [e.ttf]\n"
                     "paragraphs: {p: {font: f, size: %s, pitch: 1行}, q: {like: p, align: right, first-indent: 2字}}\n"
                     "tables: {}\nheadings: [{style: p}]\nbody: p\nsignature: q\n%s\n",
                     size, more);
    *source = (Source){"style.yaml", text, strlen(text)};
    Value *root = yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, findings);
    return root && pack_file_check(PACK_FILE_STYLE, root, arena, findings) &&
           style_sheet_load(root, sheet, arena, findings);
}

static bool load_size(const char *size, StyleSheet *sheet, Arena *arena, FindingList *findings)
{
    return load_sheet(size, "", sheet, arena, findings);
}

static const struct {
    const char *text;
    Length length;
} LENGTHS[] = {
    {"10.5pt", LENGTH_PER_PT * 21 / 2},
    {"12 mm", LENGTH_MM(12)},
    {"0.35mm", 1764},
    {"1字", LENGTH_CELL},
    {"1行", LENGTH_PITCH},
    {"初号", LENGTH_PT(42)},
    {"小初", LENGTH_PT(36)},
    {"一号", LENGTH_PT(26)},
    {"二号", LENGTH_PT(22)},
    {"2号", LENGTH_PT(22)},
    {"三号", LENGTH_PT(16)},
    {"小三号", LENGTH_PT(15)},
    {"四号", LENGTH_PT(14)},
    {"小四", LENGTH_PT(12)},
    {"五号", LENGTH_PER_PT * 21 / 2},
    {"小五", LENGTH_PT(9)},
    {"小5", LENGTH_PT(9)},
    {"六号", LENGTH_PER_PT * 15 / 2},
    {"八号", LENGTH_PT(5)},
    {"十号", 0},
    {"小八", 0},
    {"五", 0},
    {"12", 0},
    {"12em", 0},
    {"mm", 0},
    {"号", 0},
    {"1e3pt", 0},
    {"99999999999mm", 0},
};

START_TEST(lengths)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    StyleSheet sheet = {0};
    bool good = load_size(LENGTHS[_i].text, &sheet, arena, &findings);
    ck_assert_msg(good == (LENGTHS[_i].length > 0), "%s: %s", LENGTHS[_i].text, finding_codes(&findings, arena));
    ck_assert_int_eq(sheet.paragraphs[0].size, LENGTHS[_i].length);
    arena_free(arena);
}
END_TEST

START_TEST(fonts_and_likes)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    StyleSheet sheet = {0};
    ck_assert(load_size("三号", &sheet, arena, &findings));
    const FontRole *role = &sheet.document.roles[0];
    ck_assert_uint_eq(sheet.document.role_count, 1);
    ck_assert_uint_eq(role->han_count, 3);
    ck_assert_str_eq(role->han[0].path, "a.ttc");
    ck_assert_int_eq(role->han[0].index, 2);
    ck_assert_str_eq(role->han[1].path, "/b/c.otf");
    ck_assert_str_eq(role->han[2].path, "d#x.ttf");
    ck_assert_uint_eq(role->han[1].place.line, 2);
    ck_assert_uint_eq(sheet.document.fallback->han_count, 1);
    const ParagraphStyle *like = style_sheet_find(&sheet, "q");
    ck_assert_ptr_eq(like->font, role);
    ck_assert_int_eq(like->size, LENGTH_PT(16));
    ck_assert_int_eq(like->align, ALIGN_RIGHT);
    ck_assert_int_eq(like->first_indent, 2 * LENGTH_CELL);
    ck_assert_ptr_null(style_sheet_find(&sheet, "r"));
    arena_free(arena);
}
END_TEST

static const struct {
    const char *contents;
    const char *code; /* of the finding; "" for none */
    size_t entries;
    int over;
} CONTENTS[] = {
    {"{show: never, title: t, title-style: p, entries: [p]}", "", 0, 0},
    {"{show: always, title: t, title-style: p, entries: [p, q]}", "", 2, 0},
    {"{show: long, title: t, title-style: p, entries: [p]}", "", 1, 40},
    {"{show: long, over: 12, title: t, title-style: p, entries: [p]}", "", 1, 12},
    {"{show: always, title: t, title-style: p, entries: [p, r]}", "style-unknown", 2, 0},
    {"{show: always, title: t, title-style: r, entries: [p]}", "style-unknown", 1, 0},
};

START_TEST(contents_pages)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    StyleSheet sheet = {0};
    const char *more = arena_printf(arena, "contents: %s", CONTENTS[_i].contents);
    bool good = load_sheet("三号", more, &sheet, arena, &findings);
    ck_assert_int_eq(good, CONTENTS[_i].code[0] == '\0');
    if (!good)
        ck_assert_str_eq(findings.items[0]->code, CONTENTS[_i].code);
    ck_assert_uint_eq(sheet.document.contents.entry_count, CONTENTS[_i].entries);
    ck_assert_int_eq(sheet.document.contents.over_pages, CONTENTS[_i].over);
    arena_free(arena);
}
END_TEST

static const struct {
    const char *color;
    bool good;
    ColorStyle want;
} COLORS[] = {
    {"", true, {0}},
    {"second-color: {rgb: [204, 0, 0], cmyk: [0, 100, 100, 0]}", true, {true, {204, 0, 0}, {0, 100, 100, 0}}},
    {"second-color: {rgb: [1, 2, 255], cmyk: [3, 4, 5, 6]}", true, {true, {1, 2, 255}, {3, 4, 5, 6}}},
    {"second-color: {rgb: [256, 0, 0], cmyk: [0, 100, 100, 0]}", false, {0}},
    {"second-color: {rgb: [-1, 0, 0], cmyk: [0, 100, 100, 0]}", false, {0}},
    {"second-color: {rgb: [0.8, 0, 0], cmyk: [0, 100, 100, 0]}", false, {0}},
    {"second-color: {rgb: [204, 0], cmyk: [0, 100, 100, 0]}", false, {0}},
    {"second-color: {rgb: [204, 0, 0], cmyk: [0, 101, 100, 0]}", false, {0}},
    {"second-color: {rgb: [204, 0, 0], cmyk: [0, 100, 100]}", false, {0}},
    {"second-color: {rgb: [204, 0, 红], cmyk: [0, 100, 100, 0]}", false, {0}},
    {"second-color: {rgb: [204, 0, 0]}", false, {0}},
    {"second-color: {cmyk: [0, 100, 100, 0]}", false, {0}},
    {"second-color: red", false, {0}},
};

START_TEST(second_colors)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    StyleSheet sheet = {0};
    bool good = load_sheet("三号", COLORS[_i].color, &sheet, arena, &findings);
    ck_assert_int_eq(good, COLORS[_i].good);
    ck_assert_uint_eq(findings.errors, good ? 0 : 1);
    const ColorStyle *got = &sheet.document.second_color, *want = &COLORS[_i].want;
    ck_assert_int_eq(got->given, want->given);
    ck_assert_mem_eq(got->rgb, want->rgb, sizeof got->rgb);
    ck_assert_mem_eq(got->cmyk, want->cmyk, sizeof got->cmyk);
    arena_free(arena);
}
END_TEST

/* The numbers of GB/T 9704-2012, as field-rules names them. */
START_TEST(house_style)
{
    Arena *arena = arena_new();
    const Pack *pack = load_real_pack(arena);
    const PageStyle *page = &pack->style.document.page;
    ck_assert_int_eq(page->width, LENGTH_MM(210));
    ck_assert_int_eq(page->height, LENGTH_MM(297));
    ck_assert_int_eq(page->left, LENGTH_MM(28));
    ck_assert_int_eq(page->top, LENGTH_MM(37));
    ck_assert_int_eq(page->text_width, LENGTH_MM(156));
    ck_assert_int_eq(page->text_height, LENGTH_MM(225));
    ck_assert_int_eq(page->cell, LENGTH_CELL);
    ck_assert_int_eq(page->pitch, LENGTH_PITCH);
    ck_assert_int_eq(page->columns, 28);
    ck_assert_int_eq(page->lines, 22);
    ck_assert_int_eq(page->folio->size, LENGTH_PT(14));
    ck_assert_str_eq(page->folio_before, "— ");
    ck_assert_str_eq(page->folio_after, " —");
    ck_assert_int_eq(page->folio_drop, LENGTH_MM(7));
    ck_assert_int_eq(page->folio_inset, LENGTH_CELL);
    ck_assert_int_eq(pack->style.body->first_indent, 2 * LENGTH_CELL);
    ck_assert_int_eq(pack->style.body->size, LENGTH_CELL);
    ck_assert(pack->style.body->on_grid);
    const ParagraphStyle *title = style_sheet_heading(&pack->style, 0, &(NumberForm){0});
    ck_assert_int_eq(title->size, LENGTH_PT(22));
    ck_assert(title->align == ALIGN_CENTER && title->balance);
    for (size_t i = 0; i < pack->style.table_count; i++) {
        const TableStyle *table = &pack->style.tables[i];
        ck_assert_int_eq(table->rule_outer, 1764);
        ck_assert_int_eq(table->rule_inner, 1260);
        ck_assert_int_eq(table->size_floor, LENGTH_PER_PT * 15 / 2);
        ck_assert_int_eq(table->body->size, table->turned ? LENGTH_PT(9) : LENGTH_PER_PT * 21 / 2);
        ck_assert(table->caption->keep_with_next);
    }
    for (size_t i = 0; i < pack->style.heading_count; i++)
        ck_assert(pack->style.headings[i].style->keep_with_next);
    arena_free(arena);
}
END_TEST

TCase *style_tests(void)
{
    TCase *tcase = tcase_create("style");
    tcase_add_loop_test(tcase, lengths, 0, sizeof LENGTHS / sizeof *LENGTHS);
    tcase_add_test(tcase, fonts_and_likes);
    tcase_add_loop_test(tcase, contents_pages, 0, sizeof CONTENTS / sizeof *CONTENTS);
    tcase_add_loop_test(tcase, second_colors, 0, sizeof COLORS / sizeof *COLORS);
    tcase_add_test(tcase, house_style);
    return tcase;
}
