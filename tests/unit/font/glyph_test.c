/* Tests of cmap, advances and ink boxes against FreeType. */
#include "font_tests.h"

#include FT_BBOX_H

/* Code points of every plane a notice may hold, and of the gaps between. */
static const uint32_t probes[] = {
    0x0020, 0x0031, 0x0041, 0x00A0,  0x00AD,  0x2011,  0x2014,  0x201C,  0x2460,  0x246A,   0x2500,
    0x25A1, 0x3000, 0x3001, 0x33A1,  0x3D4D,  0x4E00,  0x4E8C,  0x5EFA,  0x9FA5,  0x9FA6,   0xE000,
    0xF900, 0xFF0C, 0xFFFF, 0x20000, 0x20BB7, 0x2B4E9, 0x2B5E0, 0x2CE93, 0x30000, 0x10FFFF,
};

START_TEST(finds_the_glyphs_freetype_finds)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    FT_Library library;
    ck_assert_int_eq(FT_Init_FreeType(&library), 0);
    const DefaultFont *which = &default_fonts[_i];
    const Font *font = bench_font(&bench, which->file, which->index);
    FT_Face face;
    ck_assert_int_eq(FT_New_Face(library, font_info(font)->path, which->index, &face), 0);
    ck_assert_int_eq(face->num_glyphs, font_info(font)->glyph_count);
    ck_assert_int_eq(face->units_per_EM, font_info(font)->units_per_em);
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        uint32_t glyph = font_glyph(font, probes[i]);
        ck_assert_msg(glyph == FT_Get_Char_Index(face, probes[i]), "%s U+%04X", which->file, probes[i]);
        ck_assert_uint_eq(font_glyph(font, probes[i]), glyph); /* from the cache */
        FT_Fixed advance;
        FT_BBox bounds = {0};
        int box[4];
        ck_assert_int_eq(FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &advance), 0);
        ck_assert_int_eq(font_advance_units(font, glyph), advance);
        ck_assert_int_eq(FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE), 0);
        if (face->glyph->outline.n_points > 0)
            FT_Outline_Get_BBox(&face->glyph->outline, &bounds);
        font_glyph_box(font, glyph, box);
        ck_assert_int_eq(box[0], bounds.xMin);
        ck_assert_int_eq(box[1], bounds.yMin);
        ck_assert_int_eq(box[2], bounds.xMax);
        ck_assert_int_eq(box[3], bounds.yMax);
    }
    ck_assert_uint_eq(font_glyph(font, 0x110000), 0);
    ck_assert_uint_eq(font_glyph(font, UINT32_MAX), 0);
    ck_assert_int_eq(font_advance_units(font, font_info(font)->glyph_count), 0);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    bench_close(&bench);
}
END_TEST

/* Every character that a notice is likely to need has a face in the order of the default style. */
START_TEST(covers_rare_characters)
{
    if (!fonts_present())
        return;
    static const struct {
        uint32_t code;
        size_t face; /* the first of the order below that has it */
    } cases[] = {
        {0x4E00, 0},  {0x2460, 0},  {0x33A1, 1},  {0x246A, 1},  {0x3D4D, 1},
        {0x20BB7, 1}, {0x2B5E0, 3}, {0x2B4E9, 3}, {0x2CE93, 1}, {0x2011, 1},
    };
    static const DefaultFont order[] = {
        {"FandolFang-Regular.otf", 0, NULL},
        {"NotoSerifCJK-Regular.ttc", 2, NULL},
        {"NotoSansCJK-Regular.ttc", 2, NULL},
        {"BabelStoneHan.ttf", 0, NULL},
    };
    Bench bench = bench_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t face = 0;
        while (face < 4 && font_glyph(bench_font(&bench, order[face].file, order[face].index), cases[i].code) == 0)
            face++;
        ck_assert_msg(face == cases[i].face, "U+%04X: face %zu", cases[i].code, face);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(finds_variants)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    /* The Japanese face knows U+4E08 with VS18 as a form of its own. */
    const Font *noto = bench_font(&bench, "NotoSerifCJK-Regular.ttc", 0);
    ck_assert_uint_ne(font_glyph_variant(noto, 0x4E08, 0xE0101), 0);
    ck_assert_uint_ne(font_glyph_variant(noto, 0x4E08, 0xE0101), font_glyph(noto, 0x4E08));
    const Font *fang = bench_font(&bench, "FandolFang-Regular.otf", 0);
    ck_assert_uint_eq(font_glyph_variant(fang, 0x4E00, 0xE0101), font_glyph(fang, 0x4E00));
    bench_close(&bench);
}
END_TEST

START_TEST(rounds_advances_once)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *fang = bench_font(&bench, "FandolFang-Regular.otf", 0);
    ck_assert_int_eq(font_advance(fang, font_glyph(fang, 0x4E00), LENGTH_CELL), LENGTH_CELL);
    const Font *serif = bench_font(&bench, "LiberationSerif-Regular.ttf", 0);
    /* A digit is 1024 of 2048 units; "A" 1479: 28080 * 1479 / 2048 = 20278.16. */
    ck_assert_int_eq(font_advance(serif, font_glyph(serif, '7'), LENGTH_CELL), LENGTH_CELL / 2);
    ck_assert_int_eq(font_advance(serif, font_glyph(serif, 'A'), LENGTH_CELL), 20278);
    bench_close(&bench);
}
END_TEST

/* A cmap of format 12 that maps only beyond the BMP. */
START_TEST(reads_a_cmap_beyond_the_bmp)
{
    static const uint8_t endchar = 14;
    const Slice charstrings[3] = {{&endchar, 1}, {&endchar, 1}, {&endchar, 1}};
    Bench bench = bench_open();
    BuiltFont built = {.charstrings = charstrings, .glyph_count = 3};
    MemoryFile file = build_font(&built);
    const Font *font = bench_font(&bench, file.path, 0);
    ck_assert_uint_eq(font_glyph(font, BUILT_FIRST_CODE - 1), 0);
    ck_assert_uint_eq(font_glyph(font, BUILT_FIRST_CODE), 1);
    ck_assert_uint_eq(font_glyph(font, BUILT_FIRST_CODE + 1), 2);
    ck_assert_uint_eq(font_glyph(font, BUILT_FIRST_CODE + 2), 0);
    ck_assert_uint_eq(font_glyph(font, BUILT_FIRST_CODE & 0xFFFF), 0);
    ck_assert(!font_info(font)->cid_keyed);
    memory_file_close(&file);
    bench_close(&bench);
}
END_TEST

Suite *glyph_suite(void)
{
    Suite *suite = suite_create("glyph");
    TCase *cases = tcase_create("glyph");
    tcase_add_loop_test(cases, finds_the_glyphs_freetype_finds, 0, DEFAULT_FONT_COUNT);
    tcase_add_test(cases, covers_rare_characters);
    tcase_add_test(cases, finds_variants);
    tcase_add_test(cases, rounds_advances_once);
    tcase_add_test(cases, reads_a_cmap_beyond_the_bmp);
    suite_add_tcase(suite, cases);
    return suite;
}
