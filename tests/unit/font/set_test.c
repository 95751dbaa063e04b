/* Tests of opening fonts: what is found, what is refused, and with which words. */
#include <stdio.h>
#include <string.h>

#include "font_tests.h"

START_TEST(opens_all_default_fonts)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    for (size_t i = 0; i < DEFAULT_FONT_COUNT; i++) {
        const Font *font = bench_font(&bench, default_fonts[i].file, default_fonts[i].index);
        const FontInfo *info = font_info(font);
        ck_assert_str_eq(info->postscript_name, default_fonts[i].name);
        ck_assert_int_eq(info->index, default_fonts[i].index);
        bool truetype = strstr(default_fonts[i].file, ".ttf") != NULL;
        ck_assert_int_eq(info->outlines, truetype ? FONT_TRUETYPE : FONT_CFF);
        ck_assert(truetype || info->cid_keyed);
        ck_assert_int_gt(info->ascent, 0);
        ck_assert_int_lt(info->descent, 0);
        ck_assert_int_gt(info->cap_height, info->x_height);
        ck_assert_int_gt(info->x_height, 0);
        ck_assert_int_gt(info->stem_v, 0);
        ck_assert_ptr_eq(
            font_open(bench.set, default_fonts[i].file, default_fonts[i].index, (Place){0}, &bench.findings), font);
    }
    ck_assert_uint_eq(bench.findings.count, 0);
    bench_close(&bench);
}
END_TEST

START_TEST(tells_the_metrics_of_a_known_font)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const FontInfo *info = font_info(bench_font(&bench, "LiberationSerif-Regular.ttf", 0));
    ck_assert_int_eq(info->units_per_em, 2048);
    ck_assert_int_eq(info->ascent, 1825);
    ck_assert_int_eq(info->descent, -443);
    ck_assert_int_eq(info->weight, 400);
    ck_assert(info->serif);
    ck_assert(!info->fixed_pitch);
    ck_assert_str_eq(info->family, "Liberation Serif");
    info = font_info(bench_font(&bench, "FandolSong-Bold.otf", 0));
    ck_assert_int_eq(info->weight, 700);
    info = font_info(bench_font(&bench, "NotoSerifCJK-Bold.ttc", 2));
    ck_assert_int_eq(info->weight, 700);
    ck_assert_str_eq(info->family, "Noto Serif CJK SC");
    bench_close(&bench);
}
END_TEST

/* Faces of one collection are fonts of their own over the same bytes. */
START_TEST(shares_the_bytes_of_a_collection)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *japanese = bench_font(&bench, "NotoSansCJK-Regular.ttc", 0);
    const Font *chinese = bench_font(&bench, "NotoSansCJK-Regular.ttc", 2);
    size_t japanese_len, chinese_len;
    ck_assert_ptr_ne(japanese, chinese);
    ck_assert_ptr_eq(font_file_bytes(japanese, &japanese_len), font_file_bytes(chinese, &chinese_len));
    ck_assert_uint_eq(japanese_len, chinese_len);
    /* U+76F4 stands for the difference: the Japanese form is another glyph. */
    ck_assert_uint_ne(font_glyph(japanese, 0x76F4), font_glyph(chinese, 0x76F4));
    bench_close(&bench);
}
END_TEST

START_TEST(names_the_folders_of_a_missing_font)
{
    Bench bench = bench_open();
    ck_assert_ptr_null(font_open(bench.set, "NoSuchFont.otf", 0, (Place){0}, &bench.findings));
    ck_assert_str_eq(bench_code(&bench), "font-missing");
    ck_assert_ptr_nonnull(strstr(bench.findings.items[0]->message, "no-such-folder, fonts"));
    ck_assert_ptr_nonnull(strstr(bench.findings.items[0]->help, "make fonts"));
    ck_assert_int_eq(finding_list_status(&bench.findings), 2);
    bench_close(&bench);
}
END_TEST

static const struct {
    const char *bytes;
    size_t len;
    const char *code;
} refused_files[] = {
    {"", 0, "font-format"},
    {"not a font, just some text", 26, "font-format"},
    {"%!PS-AdobeFont-1.0: Invented", 28, "font-type1"},
    {"%!FontType1-1.0: Invented", 25, "font-type1"},
    {"\x80\x01\x10\x00\x00\x00%!PS-AdobeFont", 20, "font-type1"},
    {"typ1\x00\x01\x00\x00\x00\x00\x00\x00", 12, "font-type1"},
    {"STARTFONT 2.1\n", 14, "font-bitmap"},
    {"\x01"
     "fcp\x00\x00\x00\x00\x00\x00\x00\x00",
     12, "font-bitmap"},
    {"wOFF\x00\x01\x00\x00\x00\x00\x00\x00", 12, "font-web"},
    {"wOF2\x00\x01\x00\x00\x00\x00\x00\x00", 12, "font-web"},
    {"OTTO\x00\x20\x00\x00\x00\x00\x00\x00", 12, "font-broken"},
    {"ttcf\x00\x01\x00\x00\xFF\xFF\xFF\xFF", 12, "font-broken"},
    {"\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 12, "font-broken"},
};

START_TEST(refuses_what_is_no_font)
{
    Bench bench = bench_open();
    MemoryFile file = memory_file(refused_files[_i].bytes, refused_files[_i].len);
    ck_assert_ptr_null(font_open(bench.set, file.path, 0, (Place){0}, &bench.findings));
    ck_assert_str_eq(bench_code(&bench), refused_files[_i].code);
    memory_file_close(&file);
    bench_close(&bench);
}
END_TEST

START_TEST(refuses_a_folder)
{
    Bench bench = bench_open();
    ck_assert_ptr_null(font_open(bench.set, "/", 0, (Place){0}, &bench.findings));
    ck_assert_str_eq(bench_code(&bench), "font-unreadable");
    bench_close(&bench);
}
END_TEST

START_TEST(refuses_faces_that_are_not_there)
{
    if (!fonts_present())
        return;
    static const struct {
        const char *file;
        int index;
    } cases[] = {{"NotoSerifCJK-Regular.ttc", 5}, {"NotoSerifCJK-Regular.ttc", -1}, {"FandolHei-Regular.otf", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Bench bench = bench_open();
        ck_assert_ptr_null(font_open(bench.set, cases[i].file, cases[i].index, (Place){0}, &bench.findings));
        ck_assert_str_eq(bench_code(&bench), "font-index");
        bench_close(&bench);
    }
}
END_TEST

static const uint8_t endchar = 14;

/* OpenType OS/2: until version 2 the most generous of the low bits counts. */
static const struct {
    uint16_t fs_type;
    bool allowed;
} rights[] = {
    {0x0000, true}, {0x0004, true},  {0x0008, true},  {0x000C, true},  {0x0002, false}, {0x0006, true},
    {0x000A, true}, {0x0100, false}, {0x0104, false}, {0x0200, false}, {0x0208, false}, {0x0302, false},
};

START_TEST(keeps_to_embedding_rights)
{
    Bench bench = bench_open();
    BuiltFont built = {.charstrings = &(Slice){&endchar, 1}, .glyph_count = 1, .fs_type = rights[_i].fs_type};
    MemoryFile file = build_font(&built);
    const Font *font = font_open(bench.set, file.path, 0, (Place){0}, &bench.findings);
    ck_assert_int_eq(font != NULL, rights[_i].allowed);
    ck_assert_str_eq(bench_code(&bench), rights[_i].allowed ? "" : "font-embedding");
    memory_file_close(&file);
    bench_close(&bench);
}
END_TEST

/* The same on a font of the real world: only its fsType is changed. */
START_TEST(refuses_a_restricted_copy_of_a_default_font)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    size_t len;
    char *bytes = read_font(bench.arena, "LiberationSans-Regular.ttf", &len);
    SfntDirectory tables;
    ck_assert(sfnt_open((Slice){(uint8_t *)bytes, len}, 0, &tables));
    Slice os2 = sfnt_table(&tables, SFNT_TAG('O', 'S', '/', '2'));
    bytes[os2.at - (uint8_t *)bytes + 9] = 0x02;
    MemoryFile file = memory_file(bytes, len);
    ck_assert_ptr_null(font_open(bench.set, file.path, 0, (Place){0}, &bench.findings));
    ck_assert_str_eq(bench_code(&bench), "font-embedding");
    ck_assert_ptr_nonnull(strstr(bench.findings.items[0]->message, "0x0002"));
    memory_file_close(&file);
    bench_close(&bench);
}
END_TEST

START_TEST(refuses_a_bitmap_opentype_font)
{
    Bench bench = bench_open();
    BuiltFont built = {.charstrings = &(Slice){&endchar, 1}, .glyph_count = 1, .no_outlines = true};
    MemoryFile file = build_font(&built);
    ck_assert_ptr_null(font_open(bench.set, file.path, 0, (Place){0}, &bench.findings));
    ck_assert_str_eq(bench_code(&bench), "font-bitmap");
    memory_file_close(&file);
    bench_close(&bench);
}
END_TEST

Suite *set_suite(void)
{
    Suite *suite = suite_create("set");
    TCase *cases = tcase_create("open");
    tcase_add_test(cases, opens_all_default_fonts);
    tcase_add_test(cases, tells_the_metrics_of_a_known_font);
    tcase_add_test(cases, shares_the_bytes_of_a_collection);
    tcase_add_test(cases, names_the_folders_of_a_missing_font);
    tcase_add_loop_test(cases, refuses_what_is_no_font, 0, sizeof refused_files / sizeof *refused_files);
    tcase_add_test(cases, refuses_a_folder);
    tcase_add_test(cases, refuses_faces_that_are_not_there);
    tcase_add_loop_test(cases, keeps_to_embedding_rights, 0, sizeof rights / sizeof *rights);
    tcase_add_test(cases, refuses_a_restricted_copy_of_a_default_font);
    tcase_add_test(cases, refuses_a_bitmap_opentype_font);
    suite_add_tcase(suite, cases);
    return suite;
}
