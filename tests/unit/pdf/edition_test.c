/* Claims, editions, sheets, attachments: what a file says of itself, and what keeps it from saying so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf_tests.h"

static const char *const CLAIMS[] = {"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
                                     "<pdfuaid:part>1</pdfuaid:part>"};

typedef enum Spoil {
    SPOIL_NOTHING,
    SPOIL_LANGUAGE,
    SPOIL_TITLE,
    SPOIL_STRUCTURE,
    SPOIL_GLYPH,
    SPOIL_LINK,
    SPOIL_COUNT
} Spoil;

/* Rules of these widths [pt] follow one another in the file. */
static void check_order(const Buffer *file, const int *widths, size_t count)
{
    const char *at = file->bytes;
    for (size_t i = 0; i < count; i++) {
        char width[20];
        snprintf(width, sizeof width, " %d 1 re\n", widths[i]);
        at = memmem(at, file->len - (size_t)(at - file->bytes), width, strlen(width));
        ck_assert_msg(at != NULL, "page %d is not next", widths[i] - 100);
    }
}

/* One fault each: the claims go, with a warning; the file is written all the same. */
START_TEST(claims)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    build->list.language = _i == SPOIL_LANGUAGE ? NULL : "zh-CN";
    if (_i == SPOIL_TITLE)
        build->list.title = "";
    if (_i == SPOIL_STRUCTURE)
        build->list.node_count = 0;
    for (size_t i = 0; i < build->list.pages[0].count; i++) {
        Item *item = &build->list.pages[0].items[i];
        if (_i == SPOIL_GLYPH && item->kind == ITEM_GLYPHS && item->glyphs.count > 0)
            ((Glyph *)item->glyphs.glyphs)[0].id = 0;
        if (_i == SPOIL_LINK && item->kind == ITEM_LINK)
            item->node = NODE_ARTIFACT;
    }
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(holds(&file, CLAIMS[i]), _i == SPOIL_NOTHING);
    ck_assert_uint_eq(build->findings.warnings, _i == SPOIL_NOTHING ? 0 : _i == SPOIL_STRUCTURE ? 2 : 1);
    ck_assert(holds(&file, "/S/GTS_PDFA1"));
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* Private characters keep their text by ActualText (ISO 19005-3 6.2.11.7.3). */
START_TEST(private_use)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    uint16_t font = build_font(build, "FandolFang-Regular.otf", 0);
    build_page(build);
    Item *item = build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(50), 0, NODE_ARTIFACT, "甲");
    item->glyphs.text = "\xEE\x80\x81"; /* U+E001 */
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    ck_assert(holds(&file, "/Span<</ActualText<FEFFE001>>>BDC"));
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* Blank versos, booklets, boxes, black. */
START_TEST(press_edition)
{
    static const struct {
        PdfPress press;
        size_t sheets;
        const char *has[3];
    } CASES[] = {
        {{0}, 4, {"/MediaBox[0 0 595.2756 841.8898]\n/BleedBox[0 0 595.2756 841.8898]", "/GK gs 0 0 0 1 k", "/OPM 1"}},
        {{.pad = 4}, 4, {"/GTS_PDFXVersion(PDF/X-4)/Trapped/False", "%PDF-1.6", "/S/GTS_PDFX/"}},
        {{.pad = 5}, 5, {"0 1 1 0 k", "/CreationDate(D:20200211", "<pdf:Trapped>False"}},
        {{.bleed = LENGTH_MM(3)},
         4,
         {"q 1 0 0 1 8.5039 8.5039 cm", "/TrimBox[8.5039 8.5039 603.7795", "BleedBox[0 0 "}},
        {{.booklet = true}, 2, {"/MediaBox[0 0 1190.5512 841.8898]", "q 1 0 0 1 595.2756 0 cm", "/GX gs"}},
        {{.marks = true, .pad = 1}, 3, {"/All cs 1 scn", "/Separation/All/DeviceCMYK", "/Artifact<</Type/Page>>BDC"}},
    };
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true, .edition = PDF_PRESS, .press = CASES[_i].press});
    ck_assert_uint_eq(count_text(file.bytes, file.len, "/Type /Page\n"), CASES[_i].sheets);
    for (size_t i = 0; i < 3; i++)
        ck_assert_msg(holds(&file, CASES[_i].has[i]), "no %s", CASES[_i].has[i]);
    ck_assert(!holds(&file, "/Annots"));
    ck_assert(!holds(&file, "pdfaid:part"));
    ck_assert(!holds(&file, " rg\n"));
    ck_assert_int_eq(holds(&file, "/StructTreeRoot"), !CASES[_i].press.booklet);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* The sides of a booklet of eight: 8 1, 2 7, 6 3, 4 5. */
START_TEST(booklet_order)
{
    Build *build = build_new();
    for (int i = 0; i < 7; i++) { /* the eighth is blank */
        build_page(build);
        build_rule(build, 0, 0, LENGTH_PT(101 + i), LENGTH_PT(1));
    }
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true, .edition = PDF_PRESS, .press = {.booklet = true}});
    static const int ORDER[] = {101, 102, 107, 106, 103, 104, 105};
    check_order(&file, ORDER, sizeof ORDER / sizeof *ORDER);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* A contents page before two of the notice: its verso is blank, in the press edition only. As a booklet: 3 1, - 2. */
START_TEST(front_has_a_blank_verso)
{
    static const int ORDER[] = {103, 101, 102};
    Build *build = build_new();
    for (int i = 0; i < 3; i++) {
        build_page(build);
        build_rule(build, 0, 0, LENGTH_PT(101 + i), LENGTH_PT(1));
    }
    build_finish(build);
    build->list.front = 1;
    for (int press = 0; press < 2; press++) {
        Buffer file = build_write(build, (PdfOptions){.plain = true, .edition = press ? PDF_PRESS : PDF_SCREEN});
        ck_assert_uint_eq(count_text(file.bytes, file.len, "/Type /Page\n"), press ? 4 : 3);
        buffer_release(&file);
    }
    Buffer file = build_write(build, (PdfOptions){.plain = true, .edition = PDF_PRESS, .press = {.booklet = true}});
    check_order(&file, ORDER, sizeof ORDER / sizeof *ORDER);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* The pack's second colour in each edition's own terms, rounded to the file's decimals; black when it gives none. */
START_TEST(second_color)
{
    static const struct {
        InkColor color;
        const char *has[2]; /* screen, press */
    } CASES[] = {
        {{true, {204, 0, 0}, {0, 100, 100, 0}}, {"\n0.8 0 0 rg\n", "/GX gs 0 1 1 0 k\n"}},
        {{true, {1, 128, 255}, {7, 50, 0, 100}}, {"\n0.0039 0.502 1 rg\n", "/GX gs 0.07 0.5 0 1 k\n"}},
        {{true, {0, 0, 0}, {0, 0, 0, 0}}, {"\n0 0 0 rg\n", "/GX gs 0 0 0 0 k\n"}},
        {{false, {204, 0, 0}, {0, 100, 100, 0}}, {"\n0 g\n", "/GK gs 0 0 0 1 k\n"}},
    };
    char hashes[sizeof CASES / sizeof *CASES][SHA256_HEX];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Build *build = build_new();
        build_page(build);
        build_rule(build, 0, 0, LENGTH_PT(100), LENGTH_PT(1));
        build_rule(build, 0, LENGTH_PT(9), LENGTH_PT(100), LENGTH_PT(1))->color = COLOR_SECOND;
        build_finish(build);
        build->list.second_color = CASES[i].color;
        for (int press = 0; press < 2; press++) {
            Buffer file = build_write(build, (PdfOptions){.plain = true, .edition = press ? PDF_PRESS : PDF_SCREEN});
            ck_assert_msg(holds(&file, CASES[i].has[press]), "no %s", CASES[i].has[press]);
            ck_assert_msg(holds(&file, press ? "/GX gs " : " rg\n") == CASES[i].color.given, "case %zu", i);
            buffer_release(&file);
        }
        pdf_content_hash(&build->list, hashes[i]);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(hashes[i], hashes[j]); /* another colour is another content */
        build_free(build);
    }
}
END_TEST

/* The content is the same in both editions and whatever the options; not when a glyph moves by a grain. */
START_TEST(content_hash)
{
    if (!fonts_present())
        return;
    char first[SHA256_HEX], again[SHA256_HEX];
    Build *build = build_new();
    sample_build(build);
    pdf_content_hash(&build->list, first);
    Buffer screen = build_write(build, (PdfOptions){.plain = true});
    Buffer press = build_write(build, (PdfOptions){.plain = true, .edition = PDF_PRESS, .press = {.marks = true}});
    ck_assert(holds(&screen, first) && holds(&press, first));
    build->list.pages[2].items[0].x++;
    pdf_content_hash(&build->list, again);
    ck_assert_str_ne(first, again);
    build->list.pages[2].items[0].x--;
    build->list.nodes[1].level++;
    pdf_content_hash(&build->list, again);
    ck_assert_str_ne(first, again);
    buffer_release(&screen);
    buffer_release(&press);
    build_free(build);
}
END_TEST

START_TEST(profiles)
{
    unsigned char bytes[200] = {0};
    FindingList findings;
    Arena *arena = arena_new();
    finding_list_init(&findings, arena, LANGUAGE_EN);
    bytes[3] = sizeof bytes;
    memcpy(bytes + 36, "acsp", 4);
    memcpy(bytes + 12, "mntrRGB ", 8);
    ck_assert(!pdf_profile_check(bytes, 10, "a.icc", &findings));
    ck_assert(!pdf_profile_check(bytes, sizeof bytes, "b.icc", &findings));
    memcpy(bytes + 12, "prtrCMYK", 8);
    ck_assert(!pdf_profile_check(bytes, sizeof bytes, "c.icc", &findings)); /* no tables */
    bytes[131] = 2;
    memcpy(bytes + 132, "A2B0\0\0\0\xA0\0\0\0\4B2A0\0\0\0\xA0\0\0\0\4", 24);
    ck_assert(pdf_profile_check(bytes, sizeof bytes, "d.icc", &findings));
    bytes[132 + 7] = 0xFF; /* out of the file */
    ck_assert(!pdf_profile_check(bytes, sizeof bytes, "e.icc", &findings));
    bytes[128] = 0x7F; /* tags without end */
    ck_assert(!pdf_profile_check(bytes, sizeof bytes, "f.icc", &findings));
    ck_assert_uint_eq(findings.errors, 5);
    arena_free(arena);
}
END_TEST

/* FIPS 180-4's own examples, and the lengths around a block, against the same bytes given piece by piece. */
START_TEST(sha256)
{
    char hex[SHA256_HEX], pieces[SHA256_HEX], bytes[200];
    sha256_hex_of("abc", 3, hex);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_hex_of("", 0, hex);
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    memset(bytes, 'x', sizeof bytes);
    for (size_t len = 0; len <= sizeof bytes; len++) {
        Sha256 hash;
        sha256_begin(&hash);
        for (size_t at = 0, piece = 1; at < len; at += piece, piece = piece % 70 + 3)
            sha256_add(&hash, bytes + at, at + piece > len ? len - at : piece);
        sha256_end_hex(&hash, pieces);
        sha256_hex_of(bytes, len, hex);
        ck_assert_str_eq(hex, pieces);
    }
}
END_TEST

/* Read back: the sample holds what it claims, in both editions, packed. */
START_TEST(read_back)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    build->list.language = "zh-CN";
    build->list.bookmark_count = 2; /* the others are no headings of the text */
    static const char DATA[] = "部门: 示例县财政局\n";
    PdfAttachment file = {"data.yaml", NULL, "application/yaml", "Source", DATA, sizeof DATA - 1};
    char hash[SHA256_HEX];
    sha256_hex_of(DATA, sizeof DATA - 1, hash);
    PdfOptions options = {.edition = _i == 0 ? PDF_SCREEN : PDF_PRESS,
                          .provenance = {.data_hash = hash, .pack = "包"},
                          .attachments = &file,
                          .attachment_count = 1};
    Buffer pdf = build_write(build, options);
    PdfReport report = pdf_verify(pdf.bytes, pdf.len, "sample.pdf", build->arena, &build->findings);
    for (size_t i = 0; i < build->findings.count; i++)
        finding_print(&build->findings, build->findings.items[i], stderr, false);
    ck_assert_uint_eq(build->findings.errors, 0);
    ck_assert(report.readable && report.archive == (_i == 0) && report.accessible == (_i == 0) &&
              report.press == (_i == 1));
    ck_assert_uint_eq(report.pages, _i == 0 ? 3 : 4);
    ck_assert_uint_eq(report.bookmarks, 2);
    ck_assert_str_eq(report.pack, "包");
    ck_assert_str_eq(report.title, "示例县财政局2020年部门预算");
    ck_assert(_i == 1 || (report.data_len == sizeof DATA - 1 && memcmp(report.data, DATA, report.data_len) == 0));
    ck_assert_ptr_nonnull(strstr(report.text, "2020 AV. office 100%\U00020BB7\U00020089\u4E2D"));
    buffer_release(&pdf);
    build_free(build);
}
END_TEST

/* The sample, with links, notes, spans and a turned page, before the walker that knows the standards' clauses. */
START_TEST(clause_by_clause)
{
    char *walker = realpath("tests/tools/conformance.py", NULL);
    if (!fonts_present() || !walker || !tool_present("python3") || !tool_present("qpdf")) {
        free(walker);
        return;
    }
    Build *build = build_new();
    int status;
    sample_build(build);
    build->list.language = "zh-CN";
    Buffer pdf = build_write(build, (PdfOptions){.edition = _i == 0 ? PDF_SCREEN : PDF_PRESS});
    Saved saved = file_save(build->arena, &pdf);
    const char *command = arena_printf(build->arena, "python3 %s '%%s' %s 2>&1", walker, _i == 0 ? "" : "--press");
    const char *said = tool_run(build->arena, &saved, command, &status);
    ck_assert_msg(status == 0, "%s", said);
    saved_remove(&saved);
    buffer_release(&pdf);
    build_free(build);
    free(walker);
}
END_TEST

/* One figure a showing of a value: over a line's end by its origin, over a page's end by its path, whatever cells stand
 * between; a second showing of the same value is another. */
START_TEST(figures_in_parts)
{
    static const ItemOrigin SUM = {.path = "收入/合计", .figure = true}, AGAIN = {.path = "收入/合计", .figure = true},
                            LATER = {.path = "收入/合计", .figure = true};
    static const ItemOrigin OTHER = {.path = "支出/合计", .figure = true};
    static const struct {
        int page;
        NodeId node;
        const char *text;
        const ItemOrigin *origin;
    } RUNS[] = {{1, 1, "123", &SUM}, {1, 1, "456", &SUM},  {1, 1, "元", NULL}, {1, 1, "77", &AGAIN},
                {1, 2, "8", &OTHER}, {2, 1, "88", &LATER}, {2, 2, "9", &LATER}};
    static const struct {
        const char *path, *text;
        size_t parts, page;
    } WANTED[] = {
        {"收入/合计", "123456", 2, 1}, {"收入/合计", "7788", 2, 1}, {"支出/合计", "8", 1, 1}, {"收入/合计", "9", 1, 2}};
    if (!fonts_present())
        return;
    Build *build = build_new();
    uint16_t font = build_font(build, "FandolFang-Regular.otf", 0);
    NodeId document = build_node(build, NODE_ARTIFACT, ROLE_DOCUMENT);
    build_node(build, document, ROLE_PARAGRAPH);
    build_node(build, document, ROLE_PARAGRAPH);
    for (size_t i = 0; i < sizeof RUNS / sizeof *RUNS; i++) {
        if (i == 0 || RUNS[i].page != RUNS[i - 1].page)
            build_page(build);
        Item *item = build_text(build, font, LENGTH_PT(16), LENGTH_MM(30), LENGTH_MM(50 + 10 * (int)i), 0, RUNS[i].node,
                                RUNS[i].text);
        item->glyphs.origin = RUNS[i].origin;
    }
    const PageList *pages = build_finish(build);
    PdfFigureList figures = pdf_figures_find(pages, build->arena);
    ck_assert_uint_eq(figures.count, sizeof WANTED / sizeof *WANTED);
    for (size_t i = 0; i < figures.count; i++) {
        ck_assert_str_eq(figures.items[i].path, WANTED[i].path);
        ck_assert_str_eq(figures.items[i].text, WANTED[i].text);
        ck_assert_uint_eq(figures.items[i].part_count, WANTED[i].parts);
        ck_assert_uint_eq(figures.items[i].parts[0].page, WANTED[i].page);
    }
    ck_assert_uint_eq(figures.items[1].parts[1].page, 2);
    ck_assert_str_eq(pdf_text(pages, build->arena), "123456元7788\n89\n");
    /* and read back from a file */
    Buffer json = {0};
    pdf_figures_json(pages, &json);
    PdfAttachment map = {"figures.json", "d", "application/json", "Supplement", json.bytes, json.len};
    Buffer pdf = build_write(build, (PdfOptions){.producer = "t", .attachments = &map, .attachment_count = 1});
    build->findings.errors = 0;
    PdfReport report = pdf_verify(pdf.bytes, pdf.len, "x.pdf", build->arena, &build->findings);
    ck_assert_uint_eq(report.figures.count, figures.count);
    for (size_t i = 0; i < figures.count; i++) {
        ck_assert_str_eq(report.figures.items[i].shown, WANTED[i].text);
        ck_assert_uint_eq(report.figures.items[i].part_count, WANTED[i].parts);
    }
    ck_assert_str_eq(report.text, "123456元7788\n89\n");
    buffer_release(&json);
    buffer_release(&pdf);
    build_free(build);
}
END_TEST

/* Bytes made up: nothing crashes, everything is refused. */
START_TEST(hostile_files)
{
    static const char *const FILES[] = {
        "",
        "%PDF-1.7",
        "%PDF-1.7\n%\xB7\xBE\xAD\xAA\nstartxref\n0\n%%EOF\n",
        "%PDF-1.7\n%\xB7\xBE\xAD\xAA\nstartxref\n99999999999999999999\n%%EOF\n",
        "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\nstartxref\n15\n%%EOF\n",
        "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n1 0 obj\n<</Type/XRef/Size 1/W[1 4 1]/Length 1 0 "
        "R>>\nstream\r\nendstream\nendobj\n"
        "startxref\n15\n%%EOF\n",
        "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n0 0 obj\n<</Type/XRef/Size 1/W[1 4 1]/Root 0 0 R/Info 0 0 R/Length "
        "6>>\nstream\r\n"
        "\1\0\0\0\17\0\nendstream\nendobj\nstartxref\n15\n%%EOF\n",
    };
    Build *build = build_new();
    PdfReport report = pdf_verify(FILES[_i], strlen(FILES[_i]), "x.pdf", build->arena, &build->findings);
    ck_assert(!report.readable);
    ck_assert_uint_eq(build->findings.errors, 1);
    build_free(build);
}
END_TEST

TCase *edition_tests(void)
{
    TCase *tests = tcase_create("editions");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, claims, 0, SPOIL_COUNT);
    tcase_add_test(tests, private_use);
    tcase_add_loop_test(tests, press_edition, 0, 6);
    tcase_add_test(tests, front_has_a_blank_verso);
    tcase_add_test(tests, second_color);
    tcase_add_test(tests, booklet_order);
    tcase_add_test(tests, content_hash);
    tcase_add_test(tests, profiles);
    tcase_add_test(tests, sha256);
    tcase_add_loop_test(tests, read_back, 0, 2);
    tcase_add_test(tests, figures_in_parts);
    tcase_add_loop_test(tests, clause_by_clause, 0, 2);
    tcase_add_loop_test(tests, hostile_files, 0, 7);
    return tests;
}
