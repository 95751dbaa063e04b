/* Where the glyphs of a paragraph stand, to the unit. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/text.h"
#include "check_paragraph_make.h"
#include "layout/memory_int.h"
#include "suites.h"

#define CELL LENGTH_CELL
#define HALF (LENGTH_CELL / 2)

/* Hanzi and marks as code points, for rig_glyph_x. */
#define JIA   0x7532 /* 甲 */
#define YI    0x4E59 /* 乙 */
#define BING  0x4E19 /* 丙 */
#define DING  0x4E01 /* 丁 */
#define OPEN  0xFF08 /* （ */
#define CLOSE 0xFF09 /* ） */
#define STOP  0x3002 /* 。 */
#define COMMA 0xFF0C /* ， */

static Rig *rig;

static void setup(void)
{
    rig = rig_new();
}

static void teardown(void)
{
    if (rig) {
        rig_free(rig);
    }
    rig = NULL;
}

#define NEED_FONTS() \
    if (!rig)        \
    return

static Length x_of(const Line *line, uint32_t code)
{
    return rig_glyph_x(line, code, 0);
}

/* Hanzi alone stand on the 28 cells of the grid, which close on 156 mm. */
START_TEST(test_grid)
{
    NEED_FONTS();
    LineList lines = rig_set(rig, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬", LENGTH_MM(156));
    ck_assert_uint_eq(lines.count, 2);
    ck_assert_uint_eq(lines.items[0].run_count, 1);
    const LineRun *run = &lines.items[0].runs[0];
    ck_assert_uint_eq(run->count, 28);
    for (size_t i = 0; i < run->count; i++) {
        ck_assert_int_eq(run->x + run->glyphs[i].x, (Length)i * CELL);
    }
    ck_assert_int_eq(lines.items[0].width, LENGTH_MM(156));
    ck_assert_int_eq(lines.items[1].width, 3 * CELL);
    ck_assert(lines.items[1].last && !lines.items[0].last);
    ck_assert_int_eq(lines.items[1].han_on_last, 3);
}
END_TEST

START_TEST(test_line_end_mark)
{
    NEED_FONTS();
    LineList lines = rig_set(rig, "甲乙丙丁戊己庚辛壬”。癸子丑寅卯", 10 * CELL);
    ck_assert_int_eq(x_of(&lines.items[0], STOP), 9 * CELL + HALF); /* its ink half ends at the edge */
    ck_assert_int_eq(lines.items[0].width, 10 * CELL);
}
END_TEST

START_TEST(test_line_start_bracket)
{
    NEED_FONTS();
    LineList lines = rig_set(rig, "甲乙丙丁戊己庚辛壬癸（子丑寅卯辰巳）午未申", 10 * CELL);
    ck_assert_int_eq(x_of(&lines.items[1], OPEN), -HALF); /* its ink begins at the edge */
    ck_assert_int_eq(x_of(&lines.items[1], 0x5B50), HALF);
    rig->style.first_indent = 2 * CELL;
    lines = rig_set(rig, "（甲）乙丙丁戊己庚辛壬癸子丑寅卯辰巳", 10 * CELL);
    ck_assert_int_eq(lines.items[0].x, 2 * CELL);
    ck_assert_int_eq(x_of(&lines.items[0], OPEN), 0); /* after the indent it keeps its cell */
    ck_assert_int_eq(x_of(&lines.items[0], JIA), CELL);
    ck_assert_int_eq(lines.items[1].x, 0);
}
END_TEST

START_TEST(test_adjacent_marks)
{
    NEED_FONTS();
    LineList lines = rig_set(rig, "甲（乙）。（丙）丁", 28 * CELL);
    const Line *line = &lines.items[0];
    ck_assert_int_eq(x_of(line, OPEN), CELL);
    ck_assert_int_eq(x_of(line, YI), 2 * CELL);
    ck_assert_int_eq(x_of(line, CLOSE), 3 * CELL);
    ck_assert_int_eq(x_of(line, STOP), 3 * CELL + HALF); /* ） and 。: one cell and a half */
    /* 。（: the two blank halves count once; the glyph's own blank reaches under the stop's */
    ck_assert_int_eq(rig_glyph_x(line, OPEN, 1), 4 * CELL);
    ck_assert_int_eq(x_of(line, BING), 5 * CELL);
    ck_assert_int_eq(x_of(line, DING), 7 * CELL);
    ck_assert_int_eq(line->width, 8 * CELL);
}
END_TEST

START_TEST(test_western_gap)
{
    NEED_FONTS();
    LineList lines = rig_set(rig, "甲1乙，2。", 28 * CELL);
    const Line *line = &lines.items[0];
    ck_assert_int_eq(x_of(line, '1'), CELL + CELL / 4);
    ck_assert_int_eq(x_of(line, YI), 2 * CELL); /* a figure is half a character wide */
    ck_assert_int_eq(x_of(line, '2'), 4 * CELL);
    ck_assert_int_eq(x_of(line, STOP), 4 * CELL + HALF); /* none beside marks */
    ck_assert_uint_eq(line->run_count, 5);
    ck_assert_ptr_ne(line->runs[0].font, line->runs[1].font);
    for (size_t i = 0; i + 1 < line->run_count; i++) { /* runs close on one another */
        ck_assert_int_eq(line->runs[i].x + line->runs[i].width, line->runs[i + 1].x);
    }
}
END_TEST

/* Widening begins with the gaps beside figures, up to 1/2, and only then moves Hanzi, each as much as the next. */
START_TEST(test_stretch_order)
{
    NEED_FONTS();
    LineList lines = rig_set(rig, "甲乙1丙丁戊己庚辛壬（癸子丑）", 10 * CELL);
    const Line *line = &lines.items[0]; /* 甲乙1丙丁戊己庚辛壬: exactly 10 with its two quarters */
    ck_assert_int_eq(line->width, 10 * CELL);
    ck_assert_int_eq(x_of(line, '1'), 2 * CELL + CELL / 4);
    lines = rig_set(rig, "甲乙12丙丁戊己庚辛（癸子丑）", 10 * CELL);
    line = &lines.items[0]; /* 8 Hanzi, two figures and two quarters: half a cell is missing */
    ck_assert_int_eq(line->width, 10 * CELL);
    ck_assert_int_eq(x_of(line, YI), CELL);
    ck_assert_int_eq(x_of(line, '1'), 2 * CELL + HALF);
    ck_assert_int_eq(x_of(line, BING), 3 * CELL + CELL);
}
END_TEST

START_TEST(test_alignments)
{
    NEED_FONTS();
    rig->style.align = ALIGN_CENTER;
    ck_assert_int_eq(rig_set(rig, "甲乙。", 10 * CELL).items[0].x, (10 * CELL - 2 * CELL - HALF) / 2);
    rig->style.align = ALIGN_RIGHT;
    Line line = rig_set(rig, "甲乙。", 10 * CELL).items[0];
    ck_assert_int_eq(line.x + line.width, 10 * CELL);
    ck_assert_int_eq(line.width, 2 * CELL + HALF); /* the stop's blank is no ink */
    rig->style.align = ALIGN_LEFT;
    rig->style.left_indent = CELL;
    ck_assert_int_eq(rig_set(rig, "甲乙", 10 * CELL).items[0].x, CELL);
}
END_TEST

START_TEST(test_decimal)
{
    NEED_FONTS();
    static const struct {
        const char *text;
        Length at; /* in eighths of a cell */
    } cases[] = {{"4945.05", 16}, {"12", 8}, {"1,234.50", 18}, {"-3.5", 0}, {"——", 16}, {"", 0}, {"8.4万元", 4}};
    rig->style.align = ALIGN_DECIMAL;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Line line = rig_set(rig, cases[i].text, 10 * CELL).items[0];
        Length wanted = cases[i].at * CELL / 8;
        if (strcmp(cases[i].text, "-3.5") == 0) {
            wanted = x_of(&line, '.');
        }
        ck_assert_msg(line.decimal_x == wanted, "%s: %ld, not %ld", cases[i].text, (long)line.decimal_x, (long)wanted);
    }
}
END_TEST

START_TEST(test_widths)
{
    NEED_FONTS();
    static const struct {
        const char *text;
        Length natural, unbreakable; /* in eighths of a cell */
    } cases[] = {
        {"甲乙丙", 24, 8},    {"甲，乙", 24, 12},   {"（甲）", 16, 16},
        {"", 0, 0},           {"甲12万元", 36, 26}, /* 甲, a quarter, 12, a quarter, 万元 */
        {"甲乙 / 丙", 16, 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Length natural = -1, unbreakable = -1;
        InlineList list = rig_inlines(rig, cases[i].text);
        paragraph_widths(&rig->layout, &list, &rig->style, &natural, &unbreakable);
        ck_assert_msg(natural == cases[i].natural * CELL / 8, "%s: natural %ld/8", cases[i].text,
                      (long)(natural * 8 / CELL));
        ck_assert_msg(unbreakable == cases[i].unbreakable * CELL / 8, "%s: unbreakable %ld/8", cases[i].text,
                      (long)(unbreakable * 8 / CELL));
        if (list.count > 0 && natural > 0) { /* what it says is enough is enough */
            rig->style.align = ALIGN_LEFT;
            ck_assert_uint_eq(rig_set(rig, cases[i].text, natural).count, strstr(cases[i].text, " / ") ? 2 : 1);
            LineList narrow = rig_set(rig, cases[i].text, unbreakable);
            for (size_t l = 0; l < narrow.count; l++) {
                ck_assert(!narrow.items[l].forced);
            }
        }
    }
}
END_TEST

/* A character without a glyph is an error at its own place, once an origin. */
START_TEST(test_missing)
{
    NEED_FONTS();
    static const char yaml[] = "key: 甲\xF0\x9F\x8C\xB2乙\xF0\x9F\x8C\xB2\n";
    Source source = {"a.yaml", yaml, sizeof yaml - 1};
    Origin origin = {.path = "key", .place = {&source, 1, 6, 5, 14}};
    Inline text = {.kind = INLINE_TEXT, .text = yaml + 5, .len = 14, .origin = &origin};
    InlineList list = {&text, 1};
    Length natural = 0, unbreakable = 0;
    paragraph_widths(&rig->layout, &list, &rig->style, &natural, &unbreakable);
    ck_assert_uint_eq(rig->findings.count, 0); /* measuring is silent */
    LineList lines = paragraph_set(&rig->layout, &list, &rig->style, 28 * CELL);
    ck_assert_uint_eq(rig->findings.count, 1);
    const Finding *finding = rig->findings.items[0];
    ck_assert_str_eq(finding->code, "missing-glyph");
    ck_assert_str_eq(finding->path, "key");
    ck_assert_uint_eq(finding->place.column, 7);
    ck_assert_uint_eq(finding->place.offset, 8);
    ck_assert_ptr_nonnull(strstr(finding->message, "1F332"));
    ck_assert_int_eq(lines.items[0].width, 4 * CELL);
}
END_TEST

/* So is a code for private use, also one that the fallback has a glyph for. */
START_TEST(test_private)
{
    NEED_FONTS();
    for (uint32_t code = 0xE000; code <= 0xE863; code += 0x863) {
        char text[5] = "";
        utf8_encode(code, text);
        rig->findings.count = 0;
        rig_set(rig, text, 28 * CELL);
        ck_assert_uint_eq(rig->findings.count, 1);
        const Finding *finding = rig->findings.items[0];
        ck_assert_str_eq(finding->code, "private-character");
        ck_assert_int_eq(strstr(finding->help, "U+4DAE") != NULL, code == 0xE863);
    }
}
END_TEST

/* A rare Hanzi comes from the fallback, and stands in its cell. */
START_TEST(test_fallback)
{
    NEED_FONTS();
    if (rig->roles[1].han_count == 0) {
        return;
    }
    LineList lines = rig_set(rig, "甲𠮷乙", 28 * CELL);
    ck_assert_uint_eq(rig->findings.count, 0);
    ck_assert_uint_eq(lines.items[0].run_count, 3);
    ck_assert_int_eq(x_of(&lines.items[0], 0x20BB7), CELL);
    ck_assert_int_eq(x_of(&lines.items[0], YI), 2 * CELL);
    ck_assert_uint_eq(layout_font_index(&rig->layout, lines.items[0].runs[0].font), 0);
    ck_assert_uint_eq(layout_font_index(&rig->layout, lines.items[0].runs[1].font), 1);
    ck_assert_uint_eq(layout_font_index(&rig->layout, lines.items[0].runs[2].font), 0);
}
END_TEST

/* Runs part where the origin changes, and tell it. */
START_TEST(test_origins)
{
    NEED_FONTS();
    Origin first = {.path = "a"}, second = {.path = "b", .figure = true};
    Inline items[] = {{.kind = INLINE_TEXT, .text = "甲乙", .len = 6, .origin = &first},
                      {.kind = INLINE_TEXT, .text = "4945.05", .len = 7, .origin = &second},
                      {.kind = INLINE_TEXT, .text = "万元", .len = 6}};
    InlineList list = {items, 3};
    LineList lines = paragraph_set(&rig->layout, &list, &rig->style, 6 * CELL);
    ck_assert_uint_eq(lines.count, 2); /* number and unit stay together also when they come from two places */
    ck_assert_uint_eq(lines.items[0].run_count, 1);
    ck_assert_ptr_eq(lines.items[0].runs[0].origin, &first);
    ck_assert_uint_eq(lines.items[1].run_count, 2);
    ck_assert_ptr_eq(lines.items[1].runs[0].origin, &second);
    ck_assert_ptr_null(lines.items[1].runs[1].origin);
}
END_TEST

/* Control characters are spaces; a space at a line's end is text without width. */
START_TEST(test_spaces)
{
    NEED_FONTS();
    LineList lines = rig_set(rig, "甲\t乙\n丙", 28 * CELL);
    ck_assert_str_eq(rig_text(rig, &lines.items[0]), "甲 乙 丙");
    ck_assert_int_eq(x_of(&lines.items[0], YI), CELL + CELL / 4);
    lines = rig_set(rig, "甲乙 丙丁", 2 * CELL);
    ck_assert_str_eq(rig_text(rig, &lines.items[0]), "甲乙 ");
    ck_assert_int_eq(lines.items[0].width, 2 * CELL);
    ck_assert_int_eq(x_of(&lines.items[1], BING), 0);
    lines = rig_set(rig, "   ", 2 * CELL);
    ck_assert_uint_eq(lines.count, 1);
    ck_assert_int_eq(lines.items[0].width, 0);
}
END_TEST

/* The halves of —— touch, and the six dots of …… are evenly apart, whatever the font draws. */
START_TEST(test_pairs)
{
    NEED_FONTS();
    static const char *const names[] = {"FandolFang-Regular.otf", "FandolKai-Regular.otf", "NotoSerifCJK-Regular.ttc"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int index = strstr(names[i], "Noto") ? 2 : 0;
        if (!file_exists(path_join(rig->arena, "fonts", names[i]))) {
            continue;
        }
        rig->layout.chains[0].han[0] = font_open(rig->fonts, names[i], index, (Place){0}, &rig->findings);
        FontChain *chain = &rig->layout.chains[0];
        chain->number = memory_chain(rig->memory, chain, &rig->layout.fallback, layout_blank_font(&rig->layout));
        const Font *font = chain->han[0];
        int box[4], em = font_info(font)->units_per_em;
        Line line = rig_set(rig, "甲——乙……丙", 28 * CELL).items[0];
        ck_assert_int_eq(x_of(&line, BING), 6 * CELL);
        font_glyph_box(font, font_glyph(font, 0x2014), box);
        Length ink = (box[2] - box[0]) * CELL / em, step = rig_glyph_x(&line, 0x2014, 1) - x_of(&line, 0x2014);
        ck_assert_int_le(step - ink, 2);
        font_glyph_box(font, font_glyph(font, 0x2026), box);
        Length dots = (box[2] - box[0] - (box[3] - box[1])) * CELL / em; /* from the first to the third */
        step = rig_glyph_x(&line, 0x2026, 1) - x_of(&line, 0x2026);
        ck_assert_int_le(labs(step - dots - dots / 2), CELL / 100);
    }
}
END_TEST

/* A line of words is widened at its spaces alone. */
START_TEST(test_words)
{
    NEED_FONTS();
    Length natural = 0, unbreakable = 0;
    InlineList three = rig_inlines(rig, "open budget open");
    paragraph_widths(&rig->layout, &three, &rig->style, &natural, &unbreakable);
    LineList lines = rig_set(rig, "open budget open budget", natural + HALF);
    const Line *line = &lines.items[0];
    ck_assert_uint_ge(lines.count, 2);
    ck_assert(!line->forced);
    ck_assert_int_eq(line->width, natural + HALF);
    Length p = x_of(line, 'p') - x_of(line, 'o'), u = x_of(line, 'u') - x_of(line, 'b');
    ck_assert_int_eq(p, CELL / 2); /* as wide as the letters are */
    ck_assert_int_eq(u, CELL / 2);
    /* after n, half a character wide, each of the two spaces has its own quarter and half of what is missing */
    ck_assert_int_eq(x_of(line, 'b') - x_of(line, 'n'), HALF + CELL / 4 + HALF / 2);
}
END_TEST

/* ASCII marks beside Hanzi are set by the Latin face too. */
START_TEST(test_faces)
{
    NEED_FONTS();
    Line line = rig_set(rig, "甲/乙-丙a", 28 * CELL).items[0];
    ck_assert_uint_eq(line.run_count, 6);
    ck_assert_ptr_eq(line.runs[1].font, line.runs[5].font);
    ck_assert_ptr_eq(line.runs[3].font, line.runs[5].font);
    ck_assert_ptr_ne(line.runs[0].font, line.runs[5].font);
}
END_TEST

/* A size whose halves are no whole units still ends at the edge. */
START_TEST(test_odd_size)
{
    NEED_FONTS();
    rig->style.size = 18669; /* 10.5 pt */
    LineList lines = rig_set(rig, "甲，乙（丙）丁1戊，己庚辛壬癸子丑寅卯辰巳午未", 12 * rig->style.size);
    ck_assert_uint_ge(lines.count, 2);
    ck_assert_int_eq(lines.items[0].width, 12 * rig->style.size);
}
END_TEST

/* 10 times the text takes some 10 times as long; a quadratic would take 100 times. */
START_TEST(test_long)
{
    NEED_FONTS();
    size_t repeats = 10000;
    static const char unit[] = "预算收入4945.05万元，比上年增加。";
    char *text = arena_alloc(rig->arena, repeats * (sizeof unit - 1) + 1);
    double seconds[2];
    for (int round = 0; round < 2; round++) {
        repeats = round == 0 ? 1000 : 10000;
        for (size_t i = 0; i < repeats; i++) {
            memcpy(text + i * (sizeof unit - 1), unit, sizeof unit - 1);
        }
        text[repeats * (sizeof unit - 1)] = '\0';
        clock_t start = clock();
        LineList lines = rig_set(rig, text, 28 * CELL);
        seconds[round] = (double)(clock() - start) / CLOCKS_PER_SEC;
        ck_assert_uint_gt(lines.count, repeats / 3);
    }
    ck_assert_double_lt(seconds[1], seconds[0] * 40 + 0.2);
}
END_TEST

Suite *paragraph_suite(void)
{
    Suite *suite = suite_create("paragraph");
    TCase *tests = tcase_create("glyphs");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_grid);
    tcase_add_test(tests, test_line_end_mark);
    tcase_add_test(tests, test_line_start_bracket);
    tcase_add_test(tests, test_adjacent_marks);
    tcase_add_test(tests, test_western_gap);
    tcase_add_test(tests, test_stretch_order);
    tcase_add_test(tests, test_alignments);
    tcase_add_test(tests, test_decimal);
    tcase_add_test(tests, test_widths);
    tcase_add_test(tests, test_missing);
    tcase_add_test(tests, test_private);
    tcase_add_test(tests, test_fallback);
    tcase_add_test(tests, test_origins);
    tcase_add_test(tests, test_spaces);
    tcase_add_test(tests, test_pairs);
    tcase_add_test(tests, test_words);
    tcase_add_test(tests, test_faces);
    tcase_add_test(tests, test_odd_size);
    tcase_add_test(tests, test_long);
    suite_add_tcase(suite, tests);
    return suite;
}
