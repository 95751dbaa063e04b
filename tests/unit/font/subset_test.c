/* Tests of subsets: read back by FreeType, every outline and advance is the original's; HarfBuzz agrees. */
#include <stdlib.h>
#include <string.h>

#include "font/cff_int.h"
#include "font/subset_int.h"
#include "font_tests.h"

static FT_Library open_library(void)
{
    FT_Library library;
    ck_assert_int_eq(FT_Init_FreeType(&library), 0);
    return library;
}

static FT_Face open_face(FT_Library library, const void *bytes, size_t len, int index)
{
    FT_Face face;
    ck_assert_int_eq(FT_New_Memory_Face(library, bytes, (FT_Long)len, index, &face), 0);
    return face;
}

static FT_Face open_original(FT_Library library, const Font *font)
{
    size_t len;
    const void *bytes = font_file_bytes(font, &len);
    return open_face(library, bytes, len, font_info(font)->index);
}

/* Outlines, advances and order of a subset. FreeType addresses a bare CID-keyed CFF by CID, so this holds its charset
 * to the identity too. */
static void check_subset(const Font *font, const FontSubset *subset)
{
    FT_Library library = open_library();
    FT_Face original = open_original(library, font);
    FT_Face face = open_face(library, subset->bytes, subset->len, 0);
    ck_assert_uint_eq((size_t)face->num_glyphs, subset->count);
    ck_assert_int_eq(face->units_per_EM, original->units_per_EM);
    ck_assert_uint_eq(subset->old_glyphs[0], 0);
    for (uint32_t i = 0; i < subset->count; i++) {
        uint32_t old = subset->old_glyphs[i];
        ck_assert(i == 0 || subset->old_glyphs[i - 1] < old);
        ck_assert_uint_eq(font_subset_glyph(subset, old), i);
        check_same_outline(original, old, face, i);
        ck_assert_int_eq(face->glyph->metrics.horiAdvance, subset->advances[i]);
        ck_assert_int_eq(subset->advances[i], font_advance_units(font, old));
    }
    FT_Done_Face(original);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
}

/* The first 300 glyphs and every 13th of the rest. */
static uint32_t *pick_glyphs(const Font *font, Arena *arena, size_t *count)
{
    uint32_t all = font_info(font)->glyph_count, *glyphs = arena_array_of(arena, uint32_t, all);
    *count = 0;
    for (uint32_t glyph = 0; glyph < all; glyph += glyph < 300 ? 1 : 13)
        glyphs[(*count)++] = glyph;
    return glyphs;
}

START_TEST(keeps_outlines_and_advances)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, default_fonts[_i].file, default_fonts[_i].index);
    size_t count;
    uint32_t *glyphs = pick_glyphs(font, bench.arena, &count);
    FontSubset *subset = font_subset(font, glyphs, count, bench.arena, &bench.findings);
    ck_assert_ptr_nonnull(subset);
    ck_assert_uint_ge(subset->count, count);
    ck_assert(subset->outlines == FONT_TRUETYPE || subset->cid_keyed);
    check_subset(font, subset);
    bench_close(&bench);
}
END_TEST

/* HarfBuzz's subset of the same glyphs: the same numbers, outlines and advances. */
START_TEST(agrees_with_harfbuzz)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, default_fonts[_i].file, default_fonts[_i].index);
    static const size_t counts[] = {1, 2, 3, 4, 258, 1000};
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        uint32_t *glyphs = arena_array_of(bench.arena, uint32_t, counts[k]);
        for (uint32_t i = 0; i < counts[k]; i++)
            glyphs[i] = i * 2 + (i > 2 ? (uint32_t)k * 7 : 0);
        FontSubset *own = font_subset(font, glyphs, counts[k], bench.arena, &bench.findings);
        FontSubset other = {.outlines = own->outlines};
        ck_assert(subset_harfbuzz(font, own->old_glyphs, own->count, bench.arena, &other));
        /* HarfBuzz adds the forms of variation sequences of characters that lead to the glyphs. */
        ck_assert_uint_ge(other.count, own->count);
        ck_assert_uint_le(other.count, own->count + 3);
        for (size_t i = 0; i < own->count; i++) {
            uint32_t same = font_subset_glyph(&other, own->old_glyphs[i]);
            ck_assert_int_eq(same == 0, i == 0);
            ck_assert_int_eq(other.advances[same], own->advances[i]);
        }
        check_subset(font, &other);
        check_subset(font, own);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(gives_the_same_bytes_for_the_same_glyphs)
{
    if (!fonts_present())
        return;
    for (size_t i = 0; i < DEFAULT_FONT_COUNT; i++) {
        FontSubset *subsets[2];
        Bench benches[2] = {bench_open(), bench_open()};
        static const uint32_t orders[2][6] = {{5, 9, 70, 71, 200, 200}, {200, 71, 0, 9, 5, 70}};
        for (size_t k = 0; k < 2; k++) {
            const Font *font = bench_font(&benches[k], default_fonts[i].file, default_fonts[i].index);
            subsets[k] = font_subset(font, orders[k], 6, benches[k].arena, &benches[k].findings);
        }
        ck_assert_uint_eq(subsets[0]->len, subsets[1]->len);
        ck_assert_int_eq(memcmp(subsets[0]->bytes, subsets[1]->bytes, subsets[0]->len), 0);
        ck_assert_uint_eq(font_subset_glyph(subsets[0], 12345), 0);
        bench_close(&benches[0]);
        bench_close(&benches[1]);
    }
}
END_TEST

START_TEST(makes_a_subset_of_nothing)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    for (size_t i = 0; i < DEFAULT_FONT_COUNT; i++) {
        const Font *font = bench_font(&bench, default_fonts[i].file, default_fonts[i].index);
        FontSubset *subset = font_subset(font, NULL, 0, bench.arena, &bench.findings);
        ck_assert_uint_eq(subset->count, font_info(font)->outlines == FONT_CFF ? 1 : subset->count);
        check_subset(font, subset);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(takes_the_parts_of_composites)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, "LiberationSerif-Regular.ttf", 0);
    uint32_t glyph = font_glyph(font, 0x00E9);
    FontSubset *subset = font_subset(font, &glyph, 1, bench.arena, &bench.findings);
    ck_assert_uint_ge(subset->count, 4); /* .notdef, e, the accent, both */
    ck_assert_uint_ne(font_subset_glyph(subset, font_glyph(font, 'e')), 0);
    check_subset(font, subset);
    bench_close(&bench);
}
END_TEST

/* What PDF readers and checkers of sfnt files look at (ISO 32000-1 9.9; OpenType "Calculating checksums"). */
START_TEST(writes_a_sound_truetype_file)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, "LiberationSans-Bold.ttf", 0);
    uint32_t glyphs[] = {40, 41, 42};
    FontSubset *subset = font_subset(font, glyphs, 3, bench.arena, &bench.findings);
    SfntDirectory tables;
    ck_assert(sfnt_open((Slice){subset->bytes, subset->len}, 0, &tables));
    ck_assert_uint_eq(subset->len % 4, 0);
    uint32_t sum = 0;
    for (size_t at = 0; at < subset->len; at += 4)
        sum += read_u32(subset->bytes + at);
    ck_assert_uint_eq(sum, 0xB1B0AFBA);
    for (uint32_t i = 1; i < tables.count; i++)
        ck_assert_uint_lt(read_u32(tables.records + 16 * (i - 1)), read_u32(tables.records + 16 * (size_t)i));
    ck_assert_uint_eq(sfnt_table(&tables, SFNT_TAG('f', 'p', 'g', 'm')).len, 0);
    ck_assert_uint_eq(sfnt_table(&tables, SFNT_TAG('c', 'm', 'a', 'p')).len, 0);
    bench_close(&bench);
}
END_TEST

/* ---- fonts that none of the default ones is like ----------------------------------------------------------------- */

#define CODE(...)                                               \
    {                                                           \
        (const uint8_t[]){__VA_ARGS__}, sizeof(const uint8_t[]) \
        {                                                       \
            __VA_ARGS__                                         \
        }                                                       \
    }

/* 100 wide squares and the like; widths 500 by default, else 600 and the number. Bytes: see charstring_test.c. */
static const Slice built_glyphs[] = {
    CODE(14),                                                             /* .notdef */
    CODE(39, 149, 159, 18, 169, 179, 19, 0xC0, 149, 149, 21, 32, 10, 14), /* 500 by a width; stems, a subroutine */
    CODE(149, 22, 32, 29, 33, 10),                                /* a global subroutine, the end in a local one */
    CODE(149, 22, 140, 150, 160, 140, 150, 160, 140, 12, 34, 14), /* flex */
    CODE(14),                                                     /* replaced in the test of accents */
};
static const Slice built_locals[] = {CODE(239, 239, 39, 6, 11), CODE(14)};
static const Slice built_globals[] = {CODE(189, 189, 89, 7, 11)};

static const Font *open_built(Bench *bench, const BuiltFont *built, MemoryFile *file)
{
    *file = build_font(built);
    return bench_font(bench, file->path, 0);
}

static void check_built_outlines(const Font *font, const FontSubset *subset)
{
    FT_Library library = open_library();
    FT_Face original = open_original(library, font);
    FT_Face face = open_face(library, subset->bytes, subset->len, 0);
    for (uint32_t i = 0; i < subset->count; i++) {
        check_same_outline(original, subset->old_glyphs[i], face, i);
        ck_assert_int_eq(face->glyph->metrics.horiAdvance, subset->advances[i]);
    }
    FT_Done_Face(original);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
}

START_TEST(makes_name_keyed_fonts_cid_keyed)
{
    Bench bench = bench_open();
    MemoryFile file;
    BuiltFont built = {
        .charstrings = built_glyphs,
        .locals = built_locals,
        .globals = built_globals,
        .glyph_count = 4,
        .local_count = 2,
        .global_count = 1,
    };
    const Font *font = open_built(&bench, &built, &file);
    ck_assert(!font_info(font)->cid_keyed);
    static const uint32_t glyphs[] = {1, 2, 3};
    FontSubset *subset = font_subset(font, glyphs, 3, bench.arena, &bench.findings);
    ck_assert_ptr_nonnull(subset);
    ck_assert(subset->cid_keyed);
    CffFont cff;
    ck_assert(cff_open((Slice){subset->bytes, subset->len}, &cff));
    ck_assert(cff.cid_keyed);
    ck_assert_uint_eq(cff.globals.count, 0);
    check_built_outlines(font, subset);
    memory_file_close(&file);
    bench_close(&bench);
}
END_TEST

/* endchar with four operands: glyphs 1 and 2 (space and exclam in the standard encoding) at 100, 0. Our own subsetter
 * leaves such fonts to HarfBuzz. */
START_TEST(leaves_accented_glyphs_to_harfbuzz)
{
    Slice glyphs[5];
    memcpy(glyphs, built_glyphs, sizeof glyphs);
    static const uint8_t accented[] = {189, 239, 139, 171, 172, 14};
    glyphs[4] = (Slice){accented, sizeof accented};
    Bench bench = bench_open();
    MemoryFile file;
    BuiltFont built = {
        .charstrings = glyphs,
        .locals = built_locals,
        .globals = built_globals,
        .glyph_count = 5,
        .local_count = 2,
        .global_count = 1,
    };
    const Font *font = open_built(&bench, &built, &file);
    static const uint32_t wanted[] = {0, 1, 2, 4};
    FontSubset own = {.outlines = FONT_CFF};
    ck_assert(!subset_cff(font, wanted, 4, _i == 1, bench.arena, &own));
    FontSubset *subset = (_i == 1 ? font_subset_packed : font_subset)(font, wanted, 4, bench.arena, &bench.findings);
    ck_assert_ptr_nonnull(subset);
    ck_assert(!subset->cid_keyed);
    ck_assert_uint_eq(subset->count, 4);
    ck_assert_int_eq(subset->advances[3], BUILT_NOMINAL_WIDTH + 50);
    check_built_outlines(font, subset);
    memory_file_close(&file);
    bench_close(&bench);
}
END_TEST

Suite *subset_suite(void)
{
    Suite *suite = suite_create("subset");
    TCase *cases = tcase_create("subset");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, keeps_outlines_and_advances, 0, DEFAULT_FONT_COUNT);
    tcase_add_loop_test(cases, agrees_with_harfbuzz, 0, DEFAULT_FONT_COUNT);
    tcase_add_test(cases, gives_the_same_bytes_for_the_same_glyphs);
    tcase_add_test(cases, makes_a_subset_of_nothing);
    tcase_add_test(cases, takes_the_parts_of_composites);
    tcase_add_test(cases, writes_a_sound_truetype_file);
    tcase_add_test(cases, makes_name_keyed_fonts_cid_keyed);
    tcase_add_loop_test(cases, leaves_accented_glyphs_to_harfbuzz, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
