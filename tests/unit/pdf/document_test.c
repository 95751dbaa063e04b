/* The whole file: what other readers find in it, its identity, its dates. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pdf_tests.h"

/* Each reader and what it must, or must not, say of the sample, packed and plain. */
START_TEST(other_readers)
{
    static const struct {
        const char *tool, *command, *has, *has_not;
    } CASES[] = {
        {"qpdf", "qpdf --check '%s' 2>&1", "No syntax or stream encoding errors", "WARNING"},
        {"pdffonts", "pdffonts '%s' 2>&1", "FandolFang-Regular", " no "},
        {"pdffonts", "pdffonts '%s' 2>&1", "CID TrueType      Identity-H       yes yes yes", "Error"},
        {"pdffonts", "pdffonts '%s' 2>&1", "CID Type 0C       Identity-H       yes yes yes", "Error"},
        {"pdfinfo", "pdfinfo '%s' 2>&1", "Title:           示例县财政局2020年部门预算\n", "Error"},
        {"pdfinfo", "pdfinfo '%s' 2>&1", "Tagged:          yes\n", "Error"},
        {"pdfinfo", "TZ=Asia/Shanghai pdfinfo '%s' 2>&1", "CreationDate:    Tue Feb 11 00:00:00 2020", "Error"},
        {"pdfinfo", "pdfinfo '%s' 2>&1", "Page size:       595.276 x 841.89 pts (A4)\n", "Error"},
        {"pdfinfo", "pdfinfo -f 3 -l 3 '%s' 2>&1", "rot:   90\n", "Error"},
        {"pdfinfo", "pdfinfo -meta '%s' 2>&1", "示例县财政局 &amp; &lt;办公室&gt;", "Error"},
        {"pdftotext", "pdftotext -raw '%s' - 2>&1", "根据有关规定现将本部门预算公开如下：一般公共预算收入与支出\n",
         "Error"},
        {"pdftotext", "pdftotext -raw '%s' - 2>&1", "2020 AV. office 100% \U00020BB7\U00020089\u4E2D\n", "Error"},
        {"pdftotext", "pdftotext -raw '%s' - 2>&1", "绩效目标表\n98.5%\n", "Error"},
        {"mutool", "mutool draw -F txt '%s' 2>&1", "示例县财政局预算公开", "error"},
        {"mutool", "mutool show '%s' outline 2>&1", "绩效 \U00020BB7", "error"},
        {"gs",
         "gs -q -dBATCH -dNOPAUSE -dSAFER -dPDFSTOPONERROR -dPDFSTOPONWARNING -sDEVICE=nullpage '%s' && echo fine",
         "fine", "rror"},
    };
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.plain = _i == 1});
    Saved saved = file_save(build->arena, &file);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        if (!tool_present(CASES[i].tool))
            continue;
        int status;
        const char *said = tool_run(build->arena, &saved, CASES[i].command, &status);
        ck_assert_msg(status == 0 && strstr(said, CASES[i].has) && !strstr(said, CASES[i].has_not), "%s says %d:\n%s",
                      CASES[i].command, status, said);
    }
    saved_remove(&saved);
    buffer_release(&file);
    build_free(build);
}
END_TEST

START_TEST(same_bytes)
{
    if (!fonts_present())
        return;
    Buffer files[3];
    for (size_t i = 0; i < 3; i++) {
        Build *build = build_new();
        sample_build(build);
        if (i == 2)
            build->list.title = "another";
        files[i] = build_write(build, (PdfOptions){0});
        build_free(build);
    }
    ck_assert_uint_eq(files[0].len, files[1].len);
    ck_assert_int_eq(memcmp(files[0].bytes, files[1].bytes, files[0].len), 0);
    const char *id = memmem(files[0].bytes, files[0].len, "/ID[<", 5);
    const char *other = memmem(files[2].bytes, files[2].len, "/ID[<", 5);
    ck_assert(id && other);
    ck_assert_int_eq(memcmp(id + 5, id + 39, 32), 0); /* twice the same: never changed since */
    ck_assert_int_ne(memcmp(id, other, 37), 0);
    for (size_t i = 0; i < 3; i++)
        buffer_release(&files[i]);
}
END_TEST

/* The font's file with one point of a glyph moved; a file of the same names, glyphs and lengths comes of it. */
static void font_bend(Arena *arena, const char *to, uint32_t code)
{
    static const char *const FOLDERS[] = {"fonts"};
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_EN);
    FontSet *set = font_set_new(FOLDERS, 1);
    const Font *font = font_open(set, "FandolKai-Regular.otf", 0, (Place){0}, &findings);
    uint32_t glyph = font_glyph(font, code);
    const FontSubset *subset = font_subset(font, &glyph, 1, arena, &findings);
    size_t len;
    const void *bytes = font_file_bytes(font, &len);
    char *copy = arena_copy(arena, bytes, len);
    unsigned char *at = memmem(copy, len, subset->bytes + subset->len / 2, 24);
    ck_assert_ptr_nonnull(at);
    while (*at < 40 || *at > 240) /* an operand of one byte */
        at++;
    (*at)++;
    ck_assert(file_write_atomic(to, copy, len));
    font_set_free(set);
}

/* Font programs stand in the identity by their checksums: other outlines alone are another file. */
START_TEST(identity_of_outlines)
{
    if (!fonts_present())
        return;
    char ids[2][40] = {{0}};
    char folder[] = "/tmp/gongkai-outlines-XXXXXX", path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/font.otf", folder);
    for (size_t i = 0; i < 2; i++) {
        Build *build = build_new();
        if (i == 1)
            font_bend(build->arena, path, 0x516C);
        uint16_t font = build_font(build, i == 1 ? path : "FandolKai-Regular.otf", 0);
        build_page(build);
        build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(50), 0, NODE_ARTIFACT, "公开");
        build_finish(build);
        Buffer file = build_write(build, (PdfOptions){0});
        const char *id = memmem(file.bytes, file.len, "/ID[<", 5);
        ck_assert_ptr_nonnull(id);
        memcpy(ids[i], id, 39);
        buffer_release(&file);
        build_free(build);
    }
    unlink(path);
    rmdir(folder);
    ck_assert_str_ne(ids[0], ids[1]);
}
END_TEST

/* Nothing but the options' name and the page list's words may say where the file comes from. */
START_TEST(nothing_private)
{
    if (!fonts_present())
        return;
    static const char *const WORDS[] = {"Haru", "libharu", "/tmp", "/home", "/work", "fonts/", ".otf", ".ttc", "root"};
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        ck_assert_msg(!holds(&file, WORDS[i]), "%s stands in the file", WORDS[i]);
    ck_assert_int_eq(memcmp(file.bytes, "%PDF-1.7\n", 9), 0);
    buffer_release(&file);
    build_free(build);
}
END_TEST

START_TEST(dates)
{
    static const struct {
        int year;
        const char *epoch, *info, *xmp; /* info NULL: no date at all */
    } CASES[] = {
        {2020, NULL, "(D:20200211000000+08'00')", "2020-02-11T00:00:00+08:00"},
        {2020, "0", "(D:20200211000000+08'00')", "2020-02-11T00:00:00+08:00"},
        {0, "1581379200", "(D:20200211000000Z)", "2020-02-11T00:00:00Z"},
        {0, NULL, NULL, NULL},
        {0, "", NULL, NULL},
        {0, "-5", NULL, NULL},
        {0, "12x", NULL, NULL},
        {0, "99999999999999999999999", NULL, NULL},
        {0, "9999999999999999", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Build *build = build_new();
        if (CASES[i].epoch)
            setenv("SOURCE_DATE_EPOCH", CASES[i].epoch, 1);
        else
            unsetenv("SOURCE_DATE_EPOCH");
        build_page(build);
        build->list.year = CASES[i].year;
        build->list.month = 2;
        build->list.day = 11;
        build_finish(build);
        Buffer file = build_write(build, (PdfOptions){.plain = true});
        ck_assert_int_eq(holds(&file, "Date"), CASES[i].info != NULL);
        if (CASES[i].info) {
            ck_assert(holds(&file, CASES[i].info));
            ck_assert(holds(&file, CASES[i].xmp));
        }
        buffer_release(&file);
        build_free(build);
    }
}
END_TEST

/* Hostile words in the metadata, no words, no pages' worth of content. */
START_TEST(odd_metadata)
{
    Build *build = build_new();
    int status;
    build_page(build)->number = 0;
    build_page(build)->number = 1;
    build_page(build)->number = 2;
    build_page(build)->number = 7;
    build->list.title = "a\x01]]>)\\(\xFF\xEF\xBF\xBE";
    build->list.author = "";
    build->list.language = NULL;
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    ck_assert(holds(&file, "a ]]&gt;)\\(&#xFFFD;&#xFFFD;"));
    ck_assert(!holds(&file, "/Lang"));
    ck_assert(!holds(&file, "/Author"));
    ck_assert(!holds(&file, "StructTreeRoot"));
    ck_assert(holds(&file, "/Nums[0 <<>>\n1 <</S/D/St 1>>\n3 <</S/D/St 7>>]"));
    if (tool_present("qpdf")) {
        Saved saved = file_save(build->arena, &file);
        tool_run(build->arena, &saved, "qpdf --check '%s' 2>&1", &status);
        ck_assert_int_eq(status, 0);
        saved_remove(&saved);
    }
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* More pages than stand in one group: all are there, in order. */
START_TEST(many_pages)
{
    Build *build = build_new();
    int status;
    for (int i = 0; i < 1000; i++)
        build_page(build)->width = LENGTH_PT(200) + LENGTH_PT(i);
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){0});
    if (tool_present("pdfinfo")) {
        Saved saved = file_save(build->arena, &file);
        const char *said = tool_run(build->arena, &saved, "pdfinfo -f 700 -l 1000 '%s' 2>&1", &status);
        ck_assert_ptr_nonnull(strstr(said, "Pages:           1000\n"));
        ck_assert_ptr_nonnull(strstr(said, "Page  700 size:  899 x"));
        ck_assert_ptr_nonnull(strstr(said, "Page 1000 size:  1199 x"));
        saved_remove(&saved);
    }
    buffer_release(&file);
    build_free(build);
}
END_TEST

TCase *document_tests(void)
{
    TCase *tests = tcase_create("document");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, other_readers, 0, 2);
    tcase_add_test(tests, same_bytes);
    tcase_add_test(tests, identity_of_outlines);
    tcase_add_test(tests, nothing_private);
    tcase_add_test(tests, dates);
    tcase_add_test(tests, odd_metadata);
    tcase_add_test(tests, many_pages);
    return tests;
}
