/* Tests of shaping: every glyph leads back to its text, figures keep one width, letters are kerned. */
#include <string.h>

#include "font_tests.h"

/* Glyphs cover the text from its start to its end, in order, without gaps. */
static void check_covers(const ShapedRun *run, size_t len, const char *what)
{
    size_t at = 0;
    for (size_t i = 0; i < run->count; i++) {
        if (run->glyphs[i].text_len > 0)
            ck_assert_msg(run->glyphs[i].text_at == at, "%s: glyph %zu starts at %u, not %zu", what, i,
                          run->glyphs[i].text_at, at);
        at += run->glyphs[i].text_len;
    }
    ck_assert_msg(at == len, "%s: %zu of %zu bytes", what, at, len);
}

static const struct {
    const char *text;
    size_t glyphs; /* 0: whatever the font gives */
} texts[] = {
    {"", 0},
    {"A", 1},
    {"1,234,567.89", 12},
    {"office fluffy", 13},               /* no ligatures */
    {"e\xCC\x81", 0},                    /* e, combining acute */
    {"e\xCC\x81\xCC\xA3x", 0},           /* two marks */
    {"\xE4\xB8\x80\xEF\xB8\x80z", 2},    /* a Hanzi with VS1 */
    {"\xF0\xA0\xAE\xB7\xE4\xB8\x80", 2}, /* U+20BB7 U+4E00 */
    {"\xE2\x80\x94\xE2\x80\x94", 0},     /* the dash of two: one glyph in Noto */
    {"a\xE2\x80\x8D"
     "b",
     0},                     /* zero width joiner */
    {"\xD0\xB6\xCE\xB1", 2}, /* Cyrillic, Greek */
};

START_TEST(leads_back_to_the_text)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const char *text = texts[_i].text;
    for (size_t i = 0; i < DEFAULT_FONT_COUNT; i++) {
        const Font *font = bench_font(&bench, default_fonts[i].file, default_fonts[i].index);
        ShapedRun run = font_shape(font, text, strlen(text), LENGTH_CELL, bench.arena);
        check_covers(&run, strlen(text), default_fonts[i].file);
        if (texts[_i].glyphs != 0)
            ck_assert_msg(run.count == texts[_i].glyphs, "%s: %zu glyphs", default_fonts[i].file, run.count);
    }
    bench_close(&bench);
}
END_TEST

/* Figures under figures: "1" and "11" of Times would be kerned. */
START_TEST(keeps_figures_on_one_width)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    for (size_t i = 0; i < DEFAULT_FONT_COUNT; i++) {
        const Font *font = bench_font(&bench, default_fonts[i].file, default_fonts[i].index);
        ShapedRun ones = font_shape(font, "1111111", 7, LENGTH_PT(1000), bench.arena);
        ShapedRun mixed = font_shape(font, "4709617", 7, LENGTH_PT(1000), bench.arena);
        ck_assert_int_eq(ones.width, mixed.width);
        ShapedRun amount = font_shape(font, "71.17,1", 7, LENGTH_PT(1000), bench.arena);
        ShapedRun point = font_shape(font, ".", 1, LENGTH_PT(1000), bench.arena);
        ShapedRun comma = font_shape(font, ",", 1, LENGTH_PT(1000), bench.arena);
        Length expected = length_scale(ones.width, 5, 7) + point.width + comma.width;
        ck_assert_int_le(amount.width - expected, 2);
        ck_assert_int_ge(amount.width - expected, -2);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(kerns_letters)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, "LiberationSerif-Regular.ttf", 0);
    ShapedRun pair = font_shape(font, "AV", 2, LENGTH_PT(2048), bench.arena);
    ShapedRun a = font_shape(font, "A", 1, LENGTH_PT(2048), bench.arena);
    ShapedRun v = font_shape(font, "V", 1, LENGTH_PT(2048), bench.arena);
    ck_assert_int_lt(pair.width, a.width + v.width);
    ck_assert_int_eq(a.width, LENGTH_PT(1479)); /* a unit is a point at this size */
    ck_assert_int_eq(pair.glyphs[1].x, pair.width - v.width);
    /* Kerning goes on beside figures: only inside them it is off. */
    ShapedRun beside = font_shape(font, "AV2020", 6, LENGTH_PT(2048), bench.arena);
    ck_assert_int_eq(beside.width, pair.width + 4 * LENGTH_PT(1024));
    bench_close(&bench);
}
END_TEST

START_TEST(places_marks)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, "LiberationSerif-Regular.ttf", 0);
    /* x with acute has no glyph of its own: two glyphs, the mark has no advance and its own text. */
    ShapedRun run = font_shape(font, "x\xCC\x81", 3, LENGTH_PT(2048), bench.arena);
    ck_assert_uint_eq(run.count, 2);
    ck_assert_uint_eq(run.glyphs[0].text_len, 1);
    ck_assert_uint_eq(run.glyphs[1].text_at, 1);
    ck_assert_uint_eq(run.glyphs[1].text_len, 2);
    ck_assert_int_eq(run.width, font_advance(font, font_glyph(font, 'x'), LENGTH_PT(2048)));
    bench_close(&bench);
}
END_TEST

/* The same glyphs and positions whatever was shaped before. */
START_TEST(shapes_the_same_again)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, "NotoSerifCJK-Regular.ttc", 2);
    const char *text = "AVAR 2020\xE5\xB9\xB4";
    ShapedRun first = font_shape(font, text, strlen(text), LENGTH_CELL, bench.arena);
    font_shape(font, "x\xCC\x81", 3, LENGTH_CELL, bench.arena);
    ShapedRun second = font_shape(font, text, strlen(text), LENGTH_CELL, bench.arena);
    ck_assert_uint_eq(first.count, second.count);
    for (size_t i = 0; i < first.count; i++) {
        ck_assert_uint_eq(first.glyphs[i].id, second.glyphs[i].id);
        ck_assert_int_eq(first.glyphs[i].x, second.glyphs[i].x);
    }
    bench_close(&bench);
}
END_TEST

Suite *shape_suite(void)
{
    Suite *suite = suite_create("shape");
    TCase *cases = tcase_create("shape");
    tcase_add_loop_test(cases, leads_back_to_the_text, 0, sizeof texts / sizeof *texts);
    tcase_add_test(cases, keeps_figures_on_one_width);
    tcase_add_test(cases, kerns_letters);
    tcase_add_test(cases, places_marks);
    tcase_add_test(cases, shapes_the_same_again);
    suite_add_tcase(suite, cases);
    return suite;
}
