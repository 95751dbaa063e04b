/* Numbers, names, strings and trees as PDF writes them. */
#include <string.h>

#include "pdf/pdf_int.h"
#include "pdf_tests.h"

static void expect(Buffer *buffer, const char *text)
{
    buffer_append(buffer, "", 1);
    ck_assert_str_eq(buffer->bytes, text);
    buffer->len = 0;
}

START_TEST(numbers)
{
    static const struct {
        int64_t value;
        int places;
        const char *text;
    } CASES[] = {
        {0, 4, "0"},
        {1, 4, "0.0001"},
        {-1, 4, "-0.0001"},
        {10000, 4, "1"},
        {125000, 4, "12.5"},
        {-5000, 4, "-0.5"},
        {5952756, 4, "595.2756"},
        {100, 0, "100"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {1010, 2, "10.1"},
        {-90, 2, "-0.9"},
    };
    Buffer out = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        pdf_put_fixed(&out, CASES[i].value, CASES[i].places);
        expect(&out, CASES[i].text);
    }
    ck_assert_int_eq(pdf_e4(LENGTH_MM(210)), 5952756); /* 595.27559 pt */
    ck_assert_int_eq(pdf_e4(-LENGTH_MM(210)), -5952756);
    ck_assert_int_eq(pdf_e4(LENGTH_PT(10) + LENGTH_PER_PT / 2), 105000);
    buffer_release(&out);
}
END_TEST

START_TEST(strings)
{
    static const struct {
        const char *text, *pdf;
    } CASES[] = {
        {"", "()"},
        {"plain", "(plain)"},
        {"a(b)c\\", "(a\\(b\\)c\\\\)"},
        {"tab\t", "<FEFF0074006100620009>"},
        {"\u4E2D", "<FEFF4E2D>"},
        {"\U00020BB7x", "<FEFFD842DFB70078>"},
        {"\U0010FFFF", "<FEFFDBFFDFFF>"},
        {"\xFF", "<FEFFFFFD>"},
    };
    Buffer out = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        pdf_put_text(&out, CASES[i].text, strlen(CASES[i].text));
        expect(&out, CASES[i].pdf);
    }
    pdf_put_string(&out, (const unsigned char *)"\0A\0\r", 4);
    ck_assert_uint_eq(out.len, 7);
    ck_assert_int_eq(memcmp(out.bytes, "(\0A\0\\r)", 7), 0);
    out.len = 0;
    pdf_put_string(&out, (const unsigned char *)"((", 2); /* escapes would make it no shorter than hex */
    expect(&out, "<2828>");
    buffer_release(&out);
}
END_TEST

START_TEST(names)
{
    Buffer out = {0};
    pdf_put_name(&out, "ABCDEF+Noto-Bold");
    expect(&out, "/ABCDEF+Noto-Bold");
    pdf_put_name(&out, "a b/(c)#\xC3\xA9");
    expect(&out, "/a#20b#2F#28c#29#23#C3#A9");
    buffer_release(&out);
}
END_TEST

/* Every entry once, every limit true, no node of more than 64, whatever the number. */
START_TEST(trees)
{
    static const size_t COUNTS[] = {0, 1, 64, 65, 4096, 4097, 10000};
    for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++) {
        PageList empty = {0};
        PdfOptions options = {.plain = true};
        Buffer file = {0}, root = {0};
        FindingList findings;
        Arena *arena = arena_new();
        finding_list_init(&findings, arena, LANGUAGE_EN);
        PdfWriter writer = {.pages = &empty, .options = &options, .arena = arena, .out = &file, .findings = &findings};
        ck_assert(pdf_writer_open(&writer));
        PdfTreeEntry *entries = arena_array_of(arena, PdfTreeEntry, COUNTS[c]);
        for (size_t i = 0; i < COUNTS[c]; i++) {
            entries[i].limit = arena_printf(arena, "%zu", i);
            entries[i].value = "true";
        }
        pdf_put_tree(&writer, &root, "Nums", entries, COUNTS[c]);
        buffer_append(&root, "", 1);
        PdfObject *object = pdf_object_new(&writer);
        buffer_append(&writer.scratch, root.bytes, root.len - 1);
        pdf_object_finish(&writer, object);
        ck_assert(pdf_writer_save(&writer));
        ck_assert_uint_eq(count_text(file.bytes, file.len, " true"), COUNTS[c]);
        size_t leaves = COUNTS[c] <= 64 ? 1 : (COUNTS[c] + 63) / 64;
        ck_assert_uint_eq(count_text(file.bytes, file.len, "/Nums["), leaves);
        if (COUNTS[c] == 4097) { /* 65 leaves under two nodes under the root */
            ck_assert(holds(&file, "/Limits[4032 4095]"));
            ck_assert(holds(&file, "/Limits[4096 4096]"));
            ck_assert(holds(&file, "/Limits[0 4095]"));
            ck_assert_uint_eq(count_text(root.bytes, root.len, " 0 R"), 2);
        }
        pdf_writer_close(&writer);
        buffer_release(&file);
        buffer_release(&root);
        arena_free(arena);
    }
}
END_TEST

/* libharu keeps such an error to itself; later calls must not be made and the finding must name it. */
START_TEST(latent_errors)
{
    PageList empty = {0};
    PdfOptions options = {.plain = true};
    Buffer file = {0};
    FindingList findings;
    Arena *arena = arena_new();
    finding_list_init(&findings, arena, LANGUAGE_EN);
    PdfWriter writer = {.pages = &empty, .options = &options, .arena = arena, .out = &file, .findings = &findings};
    ck_assert(pdf_writer_open(&writer));
    PDF_TRY(&writer, HPDF_Dict_AddName(writer.doc->catalog, "Test", "x"));
    ck_assert_ptr_null(PDF_MAKE(&writer, HPDF_Dict_GetItem(writer.doc->catalog, "Test", HPDF_OCLASS_ARRAY)));
    ck_assert(!PDF_TRY(&writer, HPDF_Dict_AddName(writer.doc->catalog, "Later", "y")));
    PdfObject *object = pdf_object_new(&writer);
    ck_assert_ptr_nonnull(object);
    ck_assert_uint_eq(object->ref, 0);
    pdf_object_finish(&writer, object);
    ck_assert(!pdf_writer_save(&writer));
    ck_assert_uint_eq(findings.count, 1);
    ck_assert_uint_eq(findings.troubles, 1);
    ck_assert_str_eq(findings.items[0]->code, "pdf-library");
    ck_assert_ptr_nonnull(strstr(findings.items[0]->message, "HPDF_Dict_GetItem"));
    ck_assert_ptr_nonnull(strstr(findings.items[0]->message, "1009")); /* HPDF_DICT_ITEM_UNEXPECTED_TYPE */
    pdf_writer_close(&writer);
    buffer_release(&file);
    arena_free(arena);
}
END_TEST

TCase *format_tests(void)
{
    TCase *tests = tcase_create("format");
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, strings);
    tcase_add_test(tests, names);
    tcase_add_test(tests, trees);
    tcase_add_test(tests, latent_errors);
    return tests;
}
