/* Sets of fonts, files in memory and outlines for the tests. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "font_tests.h"

const DefaultFont default_fonts[DEFAULT_FONT_COUNT] = {
    {"FandolFang-Regular.otf", 0, "FandolFang-Regular"},
    {"FandolHei-Regular.otf", 0, "FandolHei-Regular"},
    {"FandolHei-Bold.otf", 0, "FandolHei-Bold"},
    {"FandolKai-Regular.otf", 0, "FandolKai-Regular"},
    {"FandolSong-Regular.otf", 0, "FandolSong-Regular"},
    {"FandolSong-Bold.otf", 0, "FandolSong-Bold"},
    {"NotoSerifCJK-Regular.ttc", 2, "NotoSerifCJKsc-Regular"},
    {"NotoSerifCJK-Bold.ttc", 2, "NotoSerifCJKsc-Bold"},
    {"NotoSansCJK-Regular.ttc", 2, "NotoSansCJKsc-Regular"},
    {"NotoSansCJK-Bold.ttc", 2, "NotoSansCJKsc-Bold"},
    {"BabelStoneHan.ttf", 0, "BabelStoneHan"},
    {"LiberationSerif-Regular.ttf", 0, "LiberationSerif"},
    {"LiberationSerif-Bold.ttf", 0, "LiberationSerif-Bold"},
    {"LiberationSans-Regular.ttf", 0, "LiberationSans"},
    {"LiberationSans-Bold.ttf", 0, "LiberationSans-Bold"},
};

bool fonts_present(void)
{
    Arena *arena = arena_new();
    bool present = true;
    for (size_t i = 0; i < DEFAULT_FONT_COUNT && present; i++) {
        present = file_exists(path_join(arena, "fonts", default_fonts[i].file));
        if (!present)
            fprintf(stderr, "skipped: fonts/%s is missing; make fonts fetches it\n", default_fonts[i].file);
    }
    arena_free(arena);
    return present;
}

Bench bench_open(void)
{
    static const char *const folders[] = {"no-such-folder", "fonts"};
    Bench bench = {.arena = arena_new(), .set = font_set_new(folders, 2)};
    finding_list_init(&bench.findings, bench.arena, LANGUAGE_EN);
    return bench;
}

void bench_close(Bench *bench)
{
    font_set_free(bench->set);
    arena_free(bench->arena);
}

const Font *bench_font(Bench *bench, const char *file, int index)
{
    const Font *font = font_open(bench->set, file, index, (Place){0}, &bench->findings);
    ck_assert_msg(font, "%s: %s", file, bench_code(bench));
    return font;
}

const char *bench_code(const Bench *bench)
{
    return bench->findings.count == 0 ? "" : bench->findings.items[bench->findings.count - 1]->code;
}

MemoryFile memory_file(const void *bytes, size_t len)
{
    MemoryFile file = {.fd = memfd_create("font", MFD_CLOEXEC)};
    ck_assert_int_ge(file.fd, 0);
    ck_assert_int_eq(pwrite(file.fd, bytes, len, 0), (ssize_t)len);
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
    return file;
}

void memory_file_close(MemoryFile *file)
{
    close(file->fd);
}

char *read_font(Arena *arena, const char *file, size_t *len)
{
    char *bytes = NULL;
    ck_assert_int_eq(file_read(arena, path_join(arena, "fonts", file), (size_t)64 << 20, &bytes, len), FILE_OK);
    return bytes;
}

void check_same_outline(FT_Face a, uint32_t glyph_a, FT_Face b, uint32_t glyph_b)
{
    ck_assert_int_eq(FT_Load_Glyph(a, glyph_a, FT_LOAD_NO_SCALE), 0);
    ck_assert_int_eq(FT_Load_Glyph(b, glyph_b, FT_LOAD_NO_SCALE), 0);
    const FT_Outline *left = &a->glyph->outline, *right = &b->glyph->outline;
    bool same = left->n_points == right->n_points && left->n_contours == right->n_contours;
    for (int i = 0; same && i < left->n_points; i++)
        same = left->points[i].x == right->points[i].x && left->points[i].y == right->points[i].y &&
               FT_CURVE_TAG(left->tags[i]) == FT_CURVE_TAG(right->tags[i]);
    for (int i = 0; same && i < left->n_contours; i++)
        same = left->contours[i] == right->contours[i];
    ck_assert_msg(same, "glyph %u differs from glyph %u of the original (%d and %d points)", glyph_b, glyph_a,
                  left->n_points, right->n_points);
}
