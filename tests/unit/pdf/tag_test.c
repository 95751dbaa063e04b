/* The structure tree: reading order, table attributes, and the way back from content and annotations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf_tests.h"

static const char *element_named(const Buffer *file, const char *role)
{
    char start[40];
    snprintf(start, sizeof start, "/S/%s/P ", role);
    const char *at = memmem(file->bytes, file->len, start, strlen(start));
    ck_assert_msg(at != NULL, "no element %s", role);
    return at;
}

static bool element_has(const Buffer *file, const char *role, const char *text)
{
    const char *at = element_named(file, role);
    return memmem(at, (size_t)(strstr(at, "endobj") - at), text, strlen(text)) != NULL;
}

START_TEST(structure_read_back)
{
    static const char EXPECTED[] = "Document\n"
                                   "  H1 (block)\n"
                                   "    \"示例县财政局预算公开\"\n"
                                   "  P (block)\n"
                                   "    \"目录：\"\n"
                                   "    Link (inline)\n"
                                   "      \"第二部分\"\n"
                                   "      Object ";
    static const char TABLE[] = "  Table (block)\n"
                                "    Caption\n"
                                "      \"部门收支总体情况表\"\n"
                                "    THead\n"
                                "      TR\n"
                                "        TH:\n"
                                "           /Scope /Column\n"
                                "          \"项目\"\n"
                                "        TH <n0A>:\n"
                                "           /Scope /Column\n"
                                "           /ColSpan 2\n"
                                "          \"金额\"\n"
                                "    TBody\n"
                                "      TR\n"
                                "        TH <n0D>:\n"
                                "           /Scope /Row\n"
                                "          \"一、教育支出\"\n"
                                "        TD:\n"
                                "           /ColSpan 2\n"
                                "           /Headers [(n0A) (n0D)]\n"
                                "          \"1,234.56\"\n";
    if (!fonts_present() || !tool_present("pdfinfo"))
        return;
    Build *build = build_new();
    int status;
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){0});
    Saved saved = file_save(build->arena, &file);
    const char *said = tool_run(build->arena, &saved, "pdfinfo -struct-text '%s' 2>&1", &status);
    ck_assert_msg(strncmp(said, EXPECTED, strlen(EXPECTED)) == 0, "%s", said);
    ck_assert_msg(strstr(said, TABLE) != NULL, "%s", said);
    ck_assert_ptr_nonnull(strstr(said, "\"，见下页。\"\n"));
    ck_assert_ptr_null(strstr(said, "rror"));
    saved_remove(&saved);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* A link between two pieces of its paragraph stands between them; the paragraph goes on over a page. */
START_TEST(order_of_kids)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    uint16_t font = build_font(build, "FandolFang-Regular.otf", 0);
    NodeId root = build_node(build, NODE_ARTIFACT, ROLE_DOCUMENT), text = build_node(build, root, ROLE_PARAGRAPH);
    NodeId empty = build_node(build, text, ROLE_SPAN), span = build_node(build, text, ROLE_SPAN);
    build->nodes.items[span].actual_text = "(甲)";
    build->nodes.items[empty].alternate = "alt";
    build_page(build);
    build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(50), 0, text, "一");
    build_rule(build, 0, 0, 100, 100);
    build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(60), 0, text, "二");
    build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(70), 0, span, "甲");
    build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(80), 0, text, "三");
    build_page(build);
    build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(50), 0, text, "四");
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    unsigned second = reader_page(&file, 1), parent, page, empty_ref, span_ref, mcr_page;
    const char *element = element_named(&file, "P"), *kids = strstr(element, "/K[");
    ck_assert_ptr_nonnull(kids);
    ck_assert_int_eq(sscanf(element, "/S/P/P %u 0 R/Pg %u 0 R", &parent, &page), 2);
    ck_assert_uint_eq(page, reader_page(&file, 0));
    /* 0 一, 1 二 after a rule, the empty span by its id, 2 is the span's, 3 三, and 0 of the next page */
    ck_assert_int_eq(
        sscanf(kids, "/K[%u 0 R 0 1 %u 0 R 3 <</Type/MCR/MCID 0/Pg %u 0 R>>]", &empty_ref, &span_ref, &mcr_page), 3);
    ck_assert_uint_eq(mcr_page, second);
    ck_assert_int_eq(strncmp(strchr(reader_object(&file, span_ref), '/'), "/S/Span/P ", 10), 0);
    ck_assert(holds(&file, "/ActualText<FEFF002875320029>"));
    ck_assert(holds(&file, "/Alt(alt)"));
    /* the way back: page 1's sequences belong to P P Span P */
    unsigned a, b, c, d, e;
    const char *nums = memmem(file.bytes, file.len, "/Nums[0 [", 9);
    while (nums && sscanf(nums, "/Nums[0 [%u 0 R %u 0 R %u 0 R %u 0 R]\n1 [%u 0 R]]", &a, &b, &c, &d, &e) != 5)
        nums = memmem(nums + 1, file.len - (size_t)(nums + 1 - file.bytes), "/Nums[0 [", 9);
    ck_assert_ptr_nonnull(nums);
    ck_assert(a == b && a == d && a == e && c == span_ref && a != c);
    buffer_release(&file);
    build_free(build);
}
END_TEST

START_TEST(links_are_tied)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    const char *annotation = memmem(file.bytes, file.len, "/Subtype/Link", 13);
    ck_assert_ptr_nonnull(annotation);
    ck_assert_ptr_nonnull(strstr(annotation, "/Contents<FEFF7B2C4E8C90E85206>/StructParent 3>>"));
    ck_assert(element_has(&file, "Link", "/K[2 <</Type/OBJR/Obj "));
    ck_assert(holds(&file, "/ParentTreeNextKey 4"));
    ck_assert(element_has(&file, "Note", "/ID(n10)"));
    ck_assert(holds(&file, "/Names[(n0A) "));
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/Tabs/S"), 1);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* Brackets balance: every BDC has its EMC, within its text object. */
START_TEST(brackets)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    int depth = 0;
    bool in_text = false;
    size_t begun = 0;
    for (size_t i = 0; i + 4 < file.len; i++) {
        const char *at = file.bytes + i;
        if (strncmp(at, "BDC\n", 4) == 0) {
            depth++;
            begun++;
        } else if (strncmp(at, "EMC\n", 4) == 0) {
            ck_assert_int_gt(depth--, 0);
        } else if (strncmp(at, "\nBT\n", 4) == 0 || strncmp(at, "\nET\n", 4) == 0) {
            ck_assert_int_eq(depth, 0);
            ck_assert_int_eq(in_text, at[1] == 'E');
            in_text = !in_text;
        }
    }
    ck_assert_int_eq(depth, 0);
    ck_assert_uint_gt(begun, 10);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* A table of 10,000 rows: more elements than libharu's arrays hold, in a tree another reader can walk. */
START_TEST(long_table)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    int status;
    uint16_t font = build_font(build, "LiberationSerif-Regular.ttf", 0);
    NodeId root = build_node(build, NODE_ARTIFACT, ROLE_DOCUMENT), table = build_node(build, root, ROLE_TABLE);
    NodeId body = build_node(build, table, ROLE_TABLE_BODY);
    for (int row = 0; row < 10000; row++) {
        NodeId line = build_node(build, body, ROLE_TABLE_ROW);
        if (row % 50 == 0)
            build_page(build);
        for (int column = 0; column < 4; column++) {
            NodeId cell = build_node(build, line, column ? ROLE_DATA_CELL : ROLE_HEADER_CELL);
            NodeId *headers = arena_copy(build->arena, &(NodeId){cell - (NodeId)column}, sizeof(NodeId));
            build->nodes.items[cell].headers = headers;
            build->nodes.items[cell].header_count = column > 0;
            build_text(build, font, LENGTH_PT(8), LENGTH_MM(30 * (column + 1)), LENGTH_MM(20 + 5 * (row % 50)), 0, cell,
                       "12");
        }
    }
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){0});
    if (tool_present("qpdf")) {
        Saved saved = file_save(build->arena, &file);
        const char *said = tool_run(build->arena, &saved, "qpdf --check '%s' 2>&1", &status);
        ck_assert_msg(status == 0, "%s", said);
        saved_remove(&saved);
    }
    buffer_release(&file);
    build_free(build);
}
END_TEST

TCase *tag_tests(void)
{
    TCase *tests = tcase_create("tags");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, structure_read_back);
    tcase_add_test(tests, order_of_kids);
    tcase_add_test(tests, links_are_tied);
    tcase_add_test(tests, brackets);
    tcase_add_test(tests, long_table);
    return tests;
}
