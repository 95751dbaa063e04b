/* Runs the unit tests of page: display lists built by hand, dumped, compared with the text to the byte. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "suites.h"

#define PT(thousandths) (((Length)(thousandths)*1778 + ((thousandths) < 0 ? -500 : 500)) / 1000)

/* A run whose glyphs stand one a code point, at the given steps. */
static GlyphRun make_run(Arena *arena, const char *text, const Length *steps, Length size)
{
    GlyphRun run = {.size = size, .text = text, .text_len = strlen(text)};
    Glyph *glyphs = arena_array_of(arena, Glyph, run.text_len + 1);
    for (size_t at = 0; at < run.text_len;) {
        Glyph *glyph = &glyphs[run.count];
        glyph->id = 20 + (unsigned char)text[at] % 16u;
        glyph->x = run.width;
        glyph->text_at = (uint32_t)at;
        do
            at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80);
        glyph->text_len = (uint16_t)(at - glyph->text_at);
        run.width += steps[run.count++];
    }
    run.glyphs = glyphs;
    return run;
}

static const char *const font_names[] = {"FandolFang-Regular", "LiberationSerif"};

static char *dump_one(Arena *arena, Item item, const StructNode *nodes, size_t node_count)
{
    Page page = {.width = LENGTH_MM(210), .height = LENGTH_MM(297), .items = &item, .count = 1};
    StructNode *copy = arena_copy(arena, nodes, node_count * sizeof *nodes);
    PageList list = {
        .pages = &page,
        .count = 1,
        .font_names = (const char **)(uintptr_t)font_names,
        .font_count = 2,
        .nodes = copy,
        .node_count = node_count,
    };
    Buffer out = {0};
    page_dump(&list, 0, &out);
    const char *line = memchr(out.bytes, '\n', out.len);
    ck_assert_ptr_nonnull(line);
    char *text = arena_strndup(arena, line + 1, out.len - (size_t)(line + 1 - out.bytes));
    buffer_release(&out);
    return text;
}

static const StructNode cell_nodes[] = {
    {.parent = NODE_ARTIFACT, .role = ROLE_DOCUMENT},
    {.parent = 0, .role = ROLE_DATA_CELL, .row_span = 1, .col_span = 1},
};

START_TEST(dumps_an_amount)
{
    Arena *arena = arena_new();
    static const Length steps[] = {PT(7896), PT(7896), PT(7896), PT(7896), PT(3948), PT(7896), PT(7896)};
    ItemOrigin origin = {.path = "a/b", .figure = true};
    Item item = {.kind = ITEM_GLYPHS, .node = 1, .x = PT(447444), .y = PT(212250)};
    item.glyphs = make_run(arena, "4945.05", steps, PT(15793));
    item.glyphs.font = 1;
    item.glyphs.origin = &origin;
    ck_assert_str_eq(dump_one(arena, item, cell_nodes, 2),
                     "  glyphs x=447.444 y=212.250 font=LiberationSerif size=15.793 w=51.324 \"4945.05\""
                     " step=7.896*4,3.948,7.896*2 gid=24,29,24,25,34,20,25 node=1:TD from=a/b figure\n");
    arena_free(arena);
}
END_TEST

/* Evenly set Hanzi need no positions; a step other than the size is told. */
START_TEST(dumps_even_runs_short)
{
    Arena *arena = arena_new();
    const char *text = "\xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89";
    Item item = {.kind = ITEM_GLYPHS, .node = NODE_ARTIFACT, .artifact = ARTIFACT_PAGINATION, .color = COLOR_SECOND};
    static const Length solid[] = {LENGTH_CELL, LENGTH_CELL, LENGTH_CELL};
    item.glyphs = make_run(arena, text, solid, LENGTH_CELL);
    ck_assert_str_eq(dump_one(arena, item, cell_nodes, 2),
                     "  glyphs x=0.000 y=0.000 font=FandolFang-Regular size=15.793 w=47.379"
                     " \"\xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89\" artifact=pagination color=second\n");
    static const Length spaced[] = {LENGTH_CELL + 1778, LENGTH_CELL + 1778, LENGTH_CELL + 1779};
    item.glyphs = make_run(arena, text, spaced, LENGTH_CELL);
    item.glyphs.turned = true;
    item.color = COLOR_BLACK;
    ck_assert_str_eq(dump_one(arena, item, cell_nodes, 2),
                     "  glyphs x=0.000 y=0.000 font=FandolFang-Regular size=15.793 w=50.380"
                     " \"\xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89\" turned step=16.793 artifact=pagination\n");
    arena_free(arena);
}
END_TEST

START_TEST(dumps_clusters_marks_and_missing_glyphs)
{
    Arena *arena = arena_new();
    static const Glyph glyphs[] = {
        {.id = 5, .x = 0, .text_at = 0, .text_len = 3},
        {.id = 6, .x = PT(2000), .rise = PT(1500), .text_at = 0, .text_len = 0},
        {.id = 0, .x = PT(5000), .text_at = 3, .text_len = 1},
    };
    Item item = {.kind = ITEM_GLYPHS, .node = 9};
    item.glyphs = (GlyphRun){.font = 7, .size = PT(10000), .width = PT(9000), .glyphs = glyphs, .count = 3};
    item.glyphs.text = "e\xCC\x81\"";
    item.glyphs.text_len = 4;
    ck_assert_str_eq(dump_one(arena, item, cell_nodes, 2),
                     "  glyphs x=0.000 y=0.000 font=? size=10.000 w=9.000 \"e\xCC\x81\\\"\""
                     " step=2.000,3.000,4.000 gid=5,6,0 rise=0.000,1.500,0.000 notdef=1 letters=2,0,1 node=9:?\n");
    item.glyphs.text = "e\xCC\x81\"\n";
    item.glyphs.text_len = 5;
    ck_assert_ptr_nonnull(strstr(dump_one(arena, item, cell_nodes, 2), "\\x0A\""));
    ck_assert_ptr_nonnull(strstr(dump_one(arena, item, cell_nodes, 2), " unmapped=1"));
    arena_free(arena);
}
END_TEST

START_TEST(dumps_rules_and_links)
{
    Arena *arena = arena_new();
    Item rule = {
        .kind = ITEM_RULE, .node = NODE_ARTIFACT, .x = LENGTH_MM(28), .y = LENGTH_MM(37), .width = 1, .height = 0};
    ck_assert_str_eq(dump_one(arena, rule, cell_nodes, 2),
                     "  rule x=79.370 y=104.882 w=0.001 h=0.000 artifact=layout\n");
    Item link = {.kind = ITEM_LINK, .node = 1, .x = -PT(1), .width = PT(100500), .height = PT(12000), .target = 3};
    ck_assert_str_eq(dump_one(arena, link, cell_nodes, 2),
                     "  link x=-0.001 y=0.000 w=100.500 h=12.000 target=3 node=1:TD\n");
    arena_free(arena);
}
END_TEST

/* Children come in the order of their ids, wherever the ids stand; lost ones are counted. */
START_TEST(dumps_the_whole_list)
{
    NodeId headers[] = {5, 3};
    StructNode nodes[] = {
        {.parent = NODE_ARTIFACT, .role = ROLE_DOCUMENT},
        {.parent = 0, .role = ROLE_HEADING, .level = 2, .changed = true},
        {.parent = 0, .role = ROLE_TABLE},
        {.parent = 2, .role = ROLE_HEADER_CELL, .scope = SCOPE_COLUMN, .row_span = 1, .col_span = 3},
        {.parent = 0, .role = ROLE_NOTE, .actual_text = "x \"y\""},
        {.parent = 2, .role = ROLE_DATA_CELL, .row_span = 2, .col_span = 1, .headers = headers, .header_count = 2},
        {.parent = 5, .role = ROLE_SPAN, .path = "a b/c"},
        {.parent = 99, .role = ROLE_PARAGRAPH},
    };
    Page pages[] = {
        {.number = 0, .width = LENGTH_MM(210), .height = LENGTH_MM(297)},
        {.number = 1, .turned = true, .width = LENGTH_MM(210), .height = LENGTH_MM(297)},
    };
    Target targets[] = {{.page = 1, .x = LENGTH_PT(72), .y = LENGTH_PT(36), .node = 1}};
    Bookmark bookmarks[] = {{.level = 0, .title = "A", .target = 0}, {.level = 1, .title = "B", .target = 0}};
    PageList list = {
        .pages = pages,
        .count = 2,
        .font_names = (const char **)(uintptr_t)font_names,
        .font_count = 2,
        .nodes = nodes,
        .node_count = 8,
        .targets = targets,
        .target_count = 1,
        .bookmarks = bookmarks,
        .bookmark_count = 2,
        .title = "T",
        .language = "zh-CN",
        .year = 2020,
        .month = 4,
        .day = 7,
    };
    Buffer out = {0};
    page_list_dump(&list, &out);
    buffer_append(&out, "", 1);
    ck_assert_str_eq(out.bytes, "document pages=2 language=zh-CN date=2020-04-07 title=\"T\"\n"
                                "font 0 FandolFang-Regular\n"
                                "font 1 LiberationSerif\n"
                                "page 1 595.276x841.890\n"
                                "page 2 folio 1 595.276x841.890 turned\n"
                                "structure\n"
                                "  0:Document\n"
                                "    1:H2 changed\n"
                                "    2:Table\n"
                                "      3:TH scope=column cols=3\n"
                                "      5:TD rows=2 headers=5,3\n"
                                "        6:Span path=\"a b/c\"\n"
                                "    4:Note actual=\"x \\\"y\\\"\"\n"
                                "  unreachable=1\n"
                                "bookmark level=0 target=0 \"A\"\n"
                                "bookmark level=1 target=0 \"B\"\n"
                                "target 0 page=2 x=72.000 y=36.000 node=1:H2\n");
    buffer_release(&out);
}
END_TEST

/* Deep trees must not exhaust the stack. */
START_TEST(dumps_deep_trees)
{
    size_t count = 100000;
    Arena *arena = arena_new();
    StructNode *nodes = arena_array_of(arena, StructNode, count);
    nodes[0].parent = NODE_ARTIFACT;
    for (size_t i = 1; i < count; i++)
        nodes[i] = (StructNode){.parent = (NodeId)(i < 200 ? i - 1 : 0), .role = ROLE_PARAGRAPH};
    PageList list = {.nodes = nodes, .node_count = count};
    Buffer out = {0};
    page_list_dump(&list, &out);
    size_t lines = 0;
    for (size_t i = 0; i < out.len; i++)
        lines += out.bytes[i] == '\n';
    ck_assert_uint_eq(lines, count + 2);
    buffer_release(&out);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page");
    TCase *cases = tcase_create("dump");
    tcase_add_test(cases, dumps_an_amount);
    tcase_add_test(cases, dumps_even_runs_short);
    tcase_add_test(cases, dumps_clusters_marks_and_missing_glyphs);
    tcase_add_test(cases, dumps_rules_and_links);
    tcase_add_test(cases, dumps_the_whole_list);
    tcase_add_test(cases, dumps_deep_trees);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_add_suite(runner, report_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
