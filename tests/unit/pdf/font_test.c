/* Fonts: widths equal the program's, and every glyph says the text it stands for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf_tests.h"

static const char *extracted(Build *build, const Buffer *file)
{
    int status;
    Saved saved = file_save(build->arena, file);
    const char *text = tool_run(build->arena, &saved, "pdftotext -raw '%s' -", &status);
    saved_remove(&saved);
    ck_assert_int_eq(status, 0);
    return text;
}

/* /W against the original fonts' advances: whole numbers, so half a unit off at most (ISO 19005-2 6.2.11.5 allows 1).
 */
START_TEST(widths)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    ShownList shown = reader_shown(build->arena, &file, 0);
    size_t at = 0;
    for (size_t i = 0; i < build->list.pages[0].count; i++) {
        const Item *item = &build->list.pages[0].items[i];
        for (size_t g = 0; item->kind == ITEM_GLYPHS && g < item->glyphs.count; g++, at++) {
            const Font *font = build->list.fonts[item->glyphs.font];
            double units = font_advance_units(font, item->glyphs.glyphs[g].id);
            ck_assert_uint_lt(at, shown.count);
            ck_assert_double_eq_tol(shown.items[at].width, units * 1000 / font_info(font)->units_per_em, 0.5001);
        }
    }
    ck_assert_uint_eq(at, shown.count);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* A run of one cluster per entry: glyphs of `shape`'s characters, standing for `text`. */
static Item *cluster_run(Build *build, uint16_t font, Length y, const char *const *texts, const uint32_t *shapes,
                         size_t count)
{
    Glyph *glyphs = arena_array_of(build->arena, Glyph, count);
    Buffer text = {0};
    Length x = 0;
    for (size_t i = 0; i < count; i++) {
        glyphs[i].id = font_glyph(build->font_items.items[font], shapes[i]);
        glyphs[i].x = x;
        x += font_advance(build->font_items.items[font], glyphs[i].id, LENGTH_PT(16));
        glyphs[i].text_at = (uint32_t)text.len;
        glyphs[i].text_len = (uint16_t)strlen(texts[i]);
        buffer_append(&text, texts[i], strlen(texts[i]));
    }
    Item *item = build_item(build);
    GlyphRun run = {.font = font, .size = LENGTH_PT(16), .glyphs = glyphs, .count = count, .text_len = text.len};
    run.text = arena_strndup(build->arena, text.bytes, text.len);
    buffer_release(&text);
    item->x = LENGTH_MM(30);
    item->y = y;
    item->glyphs = run;
    return item;
}

/* One glyph, two texts: the more frequent is ToUnicode's, the other an ActualText span. A cluster of several
 * characters, and a glyph more than the cluster has characters. */
START_TEST(texts_of_glyphs)
{
    if (!fonts_present())
        return;
    static const char *const HYPHENS[] = {"\u2010", "-", "-", "A"};
    static const uint32_t HYPHEN_SHAPES[] = {'-', '-', '-', 'A'};
    static const char *const LIGATURES[] = {"f\u0301i", "B", "\u00E9", ""};
    static const uint32_t LIGATURE_SHAPES[] = {0xFB01, 'B', 'e', 0xB4};
    Build *build = build_new();
    uint16_t font = build_font(build, "LiberationSerif-Regular.ttf", 0);
    build_page(build);
    cluster_run(build, font, LENGTH_MM(50), HYPHENS, HYPHEN_SHAPES, 4);
    cluster_run(build, font, LENGTH_MM(70), LIGATURES, LIGATURE_SHAPES, 4);
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText<FEFF2010>"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText<FEFF00E9>"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText"), 2);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "><002D>\n"), 1); /* in the CMap */
    ck_assert_uint_eq(count_text(file.bytes, file.len, "><006603010069>\n"), 1);
    ck_assert(!holds(&file, "><2010>\n"));
    if (tool_present("pdftotext")) {
        const char *text = extracted(build, &file);
        ck_assert_ptr_nonnull(strstr(text, "\u2010--A"));
        ck_assert_ptr_nonnull(strstr(text, "f\u0301iB\u00E9"));
    }
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* A run whose text is more than its clusters', out of their order, or without any glyph: nothing of it may be lost. */
START_TEST(text_without_glyphs)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    uint16_t font = build_font(build, "FandolFang-Regular.otf", 0);
    build_page(build);
    Item *item = build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(50), 0, NODE_ARTIFACT, "甲乙");
    item->glyphs.text = "甲 乙\u2060";
    item->glyphs.text_len = strlen(item->glyphs.text);
    ((Glyph *)item->glyphs.glyphs)[1].text_at = 4;
    item = build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(60), 0, NODE_ARTIFACT, "丙丁");
    ((Glyph *)item->glyphs.glyphs)[0].text_at = 3;
    ((Glyph *)item->glyphs.glyphs)[1].text_at = 0;
    item = build_item(build);
    item->glyphs.text = " ";
    item->glyphs.text_len = 1;
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText<FEFF75320020>"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText<FEFF4E592060>"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText<FEFF4E194E01>"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText<FEFF0020>>>BDC\nEMC"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/ActualText"), 4);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* Blocks of at most 100 entries, every code once. */
START_TEST(cmap_blocks)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    uint16_t font = build_font(build, "NotoSerifCJK-Bold.ttc", 2);
    build_page(build);
    Buffer text = {0};
    size_t wanted = 0;
    for (uint32_t code = 0x4E00; code < 0x4E00 + 700; code++) {
        if (font_glyph(build->font_items.items[font], code) == 0)
            continue;
        char bytes[4] = {(char)(0xE0 | code >> 12), (char)(0x80 | (code >> 6 & 63)), (char)(0x80 | (code & 63)), 0};
        buffer_append(&text, bytes, 3);
        wanted++;
    }
    buffer_append(&text, "", 1);
    build_text(build, font, LENGTH_PT(1), 0, LENGTH_MM(50), 0, NODE_ARTIFACT, text.bytes);
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    const char *at = memmem(file.bytes, file.len, "endcodespacerange\n", 18);
    ck_assert_ptr_nonnull(at);
    at += 18;
    size_t mapped = 0;
    for (int count; sscanf(at, "%d beginbfchar", &count) == 1; at += strcspn(at, "\n") + 1) {
        ck_assert_int_le(count, 100);
        at += strcspn(at, "\n") + 1;
        for (unsigned code, value; count-- > 0; at += strcspn(at, "\n") + 1, mapped++) {
            ck_assert_int_eq(sscanf(at, "<%4x><%4x>\n", &code, &value), 2);
            ck_assert_uint_eq(code, mapped + 1);
        }
    }
    ck_assert_int_eq(strncmp(at, "endcmap", 7), 0);
    ck_assert_uint_eq(mapped, wanted);
    buffer_release(&text);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* Equal glyphs make equal names, other glyphs another: viewers cache by name. */
START_TEST(names_of_subsets)
{
    if (!fonts_present())
        return;
    char names[3][7];
    static const char *const TEXTS[] = {"甲乙", "乙甲", "甲丙"};
    for (size_t i = 0; i < 3; i++) {
        Build *build = build_new();
        uint16_t font = build_font(build, "FandolFang-Regular.otf", 0);
        build_page(build);
        build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(50), 0, NODE_ARTIFACT, TEXTS[i]);
        build_finish(build);
        Buffer file = build_write(build, (PdfOptions){.plain = true});
        const char *name = memmem(file.bytes, file.len, "/FontName/", 10);
        ck_assert_ptr_nonnull(name);
        ck_assert_int_eq(strncmp(name + 16, "+FandolFang-Regular/", 20), 0);
        snprintf(names[i], 7, "%.6s", name + 10);
        ck_assert_uint_eq(strspn(names[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 6);
        buffer_release(&file);
        build_free(build);
    }
    ck_assert_str_eq(names[0], names[1]);
    ck_assert_str_ne(names[0], names[2]);
}
END_TEST

TCase *font_tests(void)
{
    TCase *tests = tcase_create("fonts");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, widths);
    tcase_add_test(tests, texts_of_glyphs);
    tcase_add_test(tests, text_without_glyphs);
    tcase_add_test(tests, cmap_blocks);
    tcase_add_test(tests, names_of_subsets);
    return tests;
}
