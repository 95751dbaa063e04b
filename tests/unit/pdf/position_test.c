/* Glyphs stand where the page list has them, read back from the content streams and by MuPDF. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf_tests.h"

#define EXACT 0.005 /* [pt] */
#define RUNS  150

typedef struct Expected {
    double x, y;
} Expected;

static double pt(Length length)
{
    return (double)length / (double)LENGTH_PER_PT;
}

/* Where the glyphs of a page should stand, in order. */
static Expected *expected_list(Arena *arena, const Page *page, size_t *count)
{
    ARRAY(Expected) list = {0};
    for (size_t i = 0; i < page->count; i++) {
        const Item *item = &page->items[i];
        if (item->kind != ITEM_GLYPHS)
            continue;
        for (size_t g = 0; g < item->glyphs.count; g++) {
            const Glyph *glyph = &item->glyphs.glyphs[g];
            double x = pt(item->x), y = pt(page->height - item->y), along = pt(glyph->x), rise = pt(glyph->rise);
            bool turned = item->glyphs.turned;
            Expected expected = {x + (turned ? -rise : along), y + (turned ? along : rise)};
            *array_push(arena, &list) = expected;
        }
    }
    *count = list.count;
    return list.items;
}

static void page_compare(Build *build, const Buffer *file, size_t index)
{
    size_t count;
    Expected *expected = expected_list(build->arena, &build->list.pages[index], &count);
    ShownList shown = reader_shown(build->arena, file, index);
    ck_assert_uint_eq(shown.count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_double_eq_tol(shown.items[i].x, expected[i].x, EXACT);
        ck_assert_double_eq_tol(shown.items[i].y, expected[i].y, EXACT);
    }
}

START_TEST(sample_positions)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    for (size_t i = 0; i < build->list.count; i++)
        page_compare(build, &file, i);
    buffer_release(&file);
    build_free(build);
}
END_TEST

static uint32_t random_next(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)*state * below >> 32);
}

/* A run of any glyphs, sizes, gaps, rises and directions; lines of one gap as often as ragged ones. */
static void random_run(Build *build, uint32_t *state)
{
    uint16_t font = (uint16_t)random_next(state, (uint32_t)build->font_items.count);
    uint32_t glyph_count = font_info(build->font_items.items[font])->glyph_count;
    Length size = LENGTH_PT(4) + random_next(state, (uint32_t)LENGTH_PT(40)), x = 0;
    Length even = (Length)random_next(state, 4000) - 1500;
    uint32_t kind = random_next(state, 3), few = 1 + random_next(state, 30);
    size_t count = 1 + random_next(state, 70);
    Glyph *glyphs = arena_array_of(build->arena, Glyph, count);
    char *text = arena_alloc(build->arena, count + 1);
    memset(text, 'x', count);
    if (random_next(state, 4) == 0)
        x = random_next(state, 5000);
    for (size_t i = 0; i < count; i++) {
        glyphs[i].id = 1 + random_next(state, few) * 7 % (glyph_count - 1);
        glyphs[i].x = x;
        glyphs[i].rise = random_next(state, 20) == 0 ? (Length)random_next(state, 9000) - 4000 : 0;
        glyphs[i].text_at = (uint32_t)i;
        glyphs[i].text_len = 1;
        x += font_advance(build->font_items.items[font], glyphs[i].id, size);
        x += kind == 0 ? 0 : kind == 1 ? even : (Length)random_next(state, 3000) - 1000;
        x += random_next(state, 12) == 0 ? (Length)random_next(state, 9000) : 0;
    }
    Item *item = build_item(build);
    GlyphRun run = {.font = font,
                    .size = size,
                    .width = x,
                    .glyphs = glyphs,
                    .count = count,
                    .text = text,
                    .text_len = count,
                    .turned = random_next(state, 4) == 0};
    item->x = random_next(state, (uint32_t)LENGTH_MM(100));
    item->y = random_next(state, (uint32_t)LENGTH_MM(297));
    item->glyphs = run;
}

START_TEST(random_positions)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    uint32_t state = 20200211;
    build_font(build, "LiberationSerif-Regular.ttf", 0);
    build_font(build, "FandolFang-Regular.otf", 0);
    build_font(build, "NotoSerifCJK-Bold.ttc", 2);
    for (int page = 0; page < 3; page++) {
        build_page(build);
        for (int i = 0; i < RUNS / 3; i++)
            random_run(build, &state);
    }
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    for (size_t i = 0; i < build->list.count; i++)
        page_compare(build, &file, i);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* The same by a reader that reckons in single precision and rounds /W. */
START_TEST(mupdf_positions)
{
    if (!fonts_present() || !tool_present("mutool"))
        return;
    Build *build = build_new();
    int status;
    size_t count, found = 0;
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.keep_portrait = true});
    Saved saved = file_save(build->arena, &file);
    for (size_t i = 0; i < build->list.count; i++, found = 0) {
        char command[60];
        snprintf(command, sizeof command, "mutool trace '%%s' %zu 2>/dev/null", i + 1);
        const char *trace = tool_run(build->arena, &saved, command, &status);
        Expected *expected = expected_list(build->arena, &build->list.pages[i], &count);
        for (const char *at = trace; (at = strstr(at, "<g ")); at++) {
            double x, y;
            ck_assert_int_eq(sscanf(strstr(at, " x=\""), " x=\"%lf\" y=\"%lf\"", &x, &y), 2);
            ck_assert_uint_lt(found, count);
            ck_assert_double_eq_tol(x, expected[found].x, EXACT);
            ck_assert_double_eq_tol(y, expected[found].y, EXACT);
            found++;
        }
        ck_assert_uint_eq(found, count);
    }
    saved_remove(&saved);
    buffer_release(&file);
    build_free(build);
}
END_TEST

/* A justified line costs one Tc, not a number between any two glyphs. */
START_TEST(justified_is_compact)
{
    if (!fonts_present())
        return;
    Build *build = build_new();
    uint16_t font = build_font(build, "FandolFang-Regular.otf", 0);
    build_page(build);
    for (int i = 0; i < 3; i++)
        build_text(build, font, LENGTH_PT(16), LENGTH_MM(28), LENGTH_MM(50 + 10 * i), LENGTH_CELL - LENGTH_PT(16),
                   NODE_ARTIFACT, "根据有关规定现将本部门预算公开如下一般公共预算收入与支出合计");
    build_finish(build);
    Buffer file = build_write(build, (PdfOptions){.plain = true});
    ck_assert_uint_eq(count_text(file.bytes, file.len, " Tc\n"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "Tj\n"), 3);
    ck_assert_uint_eq(count_text(file.bytes, file.len, " Tf\n"), 1);
    ck_assert_uint_eq(count_text(file.bytes, file.len, "BT\n"), 1);
    page_compare(build, &file, 0);
    buffer_release(&file);
    build_free(build);
}
END_TEST

TCase *position_tests(void)
{
    TCase *tests = tcase_create("positions");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, sample_positions);
    tcase_add_test(tests, random_positions);
    tcase_add_test(tests, mupdf_positions);
    tcase_add_test(tests, justified_is_compact);
    return tests;
}
