/* Rendered pages: ink where the glyphs and rules are, and nowhere else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf_tests.h"

/* Of 255: a thin stroke at 72 pixels an inch is light grey, and a box's edge pixels may be as light. */
#define INK   230
#define STRAY 128

typedef struct Box { /* [pixels], right and bottom not in it */
    int left, top, right, bottom;
} Box;

static int pixel_floor(double points)
{
    int whole = (int)points;
    return whole - (points < whole);
}

static Box box_of(double left, double top, double right, double bottom)
{
    return (Box){pixel_floor(left), pixel_floor(top), pixel_floor(right) + 1, pixel_floor(bottom) + 1};
}

static double pt(Length length)
{
    return (double)length / (double)LENGTH_PER_PT;
}

static Box glyph_box(const Font *font, const Item *item, const Glyph *glyph)
{
    int units[4];
    font_glyph_box(font, glyph->id, units);
    double scale = pt(item->glyphs.size) / font_info(font)->units_per_em, x = pt(item->x), y = pt(item->y);
    double along = pt(glyph->x);
    if (item->glyphs.turned) /* up is left, along is up */
        return box_of(x - units[3] * scale, y - along - units[2] * scale, x - units[1] * scale,
                      y - along - units[0] * scale);
    return box_of(x + along + units[0] * scale, y - units[3] * scale, x + along + units[2] * scale,
                  y - units[1] * scale);
}

static bool box_has_ink(const Picture *picture, Box box)
{
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++)
            if (x >= 0 && y >= 0 && x < picture->width && y < picture->height &&
                picture->pixels[y * picture->width + x] < INK)
                return true;
    return false;
}

static void box_fill(unsigned char *allowed, const Picture *picture, Box box)
{
    for (int y = box.top - 1; y < box.bottom + 1; y++)
        for (int x = box.left - 1; x < box.right + 1; x++)
            if (x >= 0 && y >= 0 && x < picture->width && y < picture->height)
                allowed[y * picture->width + x] = 1;
}

static void page_check(Build *build, size_t index, const Picture *picture)
{
    const Page *page = &build->list.pages[index];
    size_t size = (size_t)picture->width * (size_t)picture->height;
    unsigned char *allowed = arena_alloc(build->arena, size);
    ck_assert_int_eq(picture->width, 596);
    ck_assert_int_eq(picture->height, 842);
    for (size_t i = 0; i < page->count; i++) {
        const Item *item = &page->items[i];
        if (item->kind == ITEM_RULE)
            box_fill(allowed, picture,
                     box_of(pt(item->x), pt(item->y), pt(item->x + item->width), pt(item->y + item->height)));
        for (size_t g = 0; item->kind == ITEM_GLYPHS && g < item->glyphs.count; g++) {
            const Font *font = build->list.fonts[item->glyphs.font];
            Box box = glyph_box(font, item, &item->glyphs.glyphs[g]);
            int units[4];
            font_glyph_box(font, item->glyphs.glyphs[g].id, units);
            if (units[2] == units[0])
                continue; /* a blank */
            ck_assert_msg(box_has_ink(picture, box), "page %zu item %zu glyph %zu: no ink", index, i, g);
            box_fill(allowed, picture, box);
        }
    }
    for (size_t i = 0; i < size; i++)
        ck_assert_msg(allowed[i] || picture->pixels[i] >= STRAY, "page %zu: stray ink at %zu, %zu", index,
                      i % (size_t)picture->width, i / (size_t)picture->width);
}

/* The command is `before`, the page's number, `after`. */
static void pages_check(const char *tool, const char *before, const char *after)
{
    if (!fonts_present() || !tool_present(tool))
        return;
    Build *build = build_new();
    sample_build(build);
    Buffer file = build_write(build, (PdfOptions){.keep_portrait = true});
    Saved saved = file_save(build->arena, &file);
    for (size_t i = 0; i < build->list.count; i++) {
        char line[120];
        snprintf(line, sizeof line, "%s%zu %s", before, i + 1, after);
        Picture picture = picture_run(build->arena, &saved, line);
        page_check(build, i, &picture);
    }
    saved_remove(&saved);
    buffer_release(&file);
    build_free(build);
}

START_TEST(poppler_ink)
{
    pages_check("pdftoppm", "pdftoppm -singlefile -r 72 -gray -f ", "'%s'");
}
END_TEST

START_TEST(mupdf_ink)
{
    pages_check("mutool", "page=", "; mutool draw -q -r 72 -c gray -F pgm -o - '%s' $page 2>/dev/null");
}
END_TEST

TCase *render_tests(void)
{
    TCase *tests = tcase_create("render");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, poppler_ink);
    tcase_add_test(tests, mupdf_ink);
    return tests;
}
