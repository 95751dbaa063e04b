/* Tests with damaged fonts: whatever the bytes, no crash, no hang, no wrong glyph number. */
#include <string.h>
#include <unistd.h>

#include "font_tests.h"

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Does with a font all that the program does. */
static void use_font(const char *path, int index)
{
    Bench bench = bench_open();
    const Font *font = font_open(bench.set, path, index, (Place){0}, &bench.findings);
    ck_assert_int_eq(font == NULL, bench.findings.count > 0);
    if (font) {
        uint32_t glyph_count = font_info(font)->glyph_count, glyphs[24];
        for (uint32_t i = 0; i < 24; i++) {
            int box[4];
            glyphs[i] = font_glyph(font, i < 12 ? 'A' + i : 0x4E00 + i * 97);
            ck_assert_uint_lt(glyphs[i], glyph_count);
            font_glyph_box(font, glyphs[i], box);
        }
        ck_assert_uint_lt(font_glyph_variant(font, 0x4E00, 0xE0100), glyph_count);
        ShapedRun run = font_shape(font, "AV 1,234.50 e\xCC\x81", 14, LENGTH_CELL, bench.arena);
        for (size_t i = 0; i < run.count; i++)
            ck_assert_uint_lt(run.glyphs[i].id, glyph_count);
        FontSubset *subset = font_subset(font, glyphs, 24, bench.arena, &bench.findings);
        ck_assert_int_eq(subset == NULL, bench.findings.count > 0);
        if (subset)
            ck_assert_uint_ge(subset->count, 1);
    }
    bench_close(&bench);
}

/* Small fonts of each kind; the collection is cut to what a test can write often. */
static const DefaultFont victims[] = {
    {"LiberationSans-Bold.ttf", 0, NULL},
    {"FandolHei-Bold.otf", 0, NULL},
    {"NotoSansCJK-Regular.ttc", 2, NULL},
};
#define VICTIM_COUNT (sizeof victims / sizeof *victims)

/* A byte of the file: of the directory, of a table's first 64 bytes, or of anywhere. */
static size_t pick_place(const SfntDirectory *tables, const uint8_t *bytes, size_t len, uint32_t *state)
{
    const uint8_t *record = tables->records + 16 * (size_t)(next_random(state) % tables->count);
    switch (next_random(state) % 3) {
    case 0:
        return (size_t)(record - bytes) + next_random(state) % 16;
    case 1:
        return (read_u32(record + 8) + next_random(state) % 64) % len;
    default:
        return (read_u32(record + 8) + next_random(state) % (read_u32(record + 12) + 1)) % len;
    }
}

START_TEST(survives_changed_bytes)
{
    if (!fonts_present())
        return;
    Arena *arena = arena_new();
    size_t len;
    uint8_t *bytes = (uint8_t *)read_font(arena, victims[_i].file, &len);
    MemoryFile file = memory_file(bytes, len);
    SfntDirectory tables;
    ck_assert(sfnt_open((Slice){bytes, len}, (uint32_t)victims[_i].index, &tables));
    uint32_t state = 2020;
    for (int round = 0; round < 200; round++) {
        size_t places[8], count = 1 + next_random(&state) % 8;
        for (size_t i = 0; i < count; i++) {
            places[i] = pick_place(&tables, bytes, len, &state);
            uint8_t value = next_random(&state) % 4 == 0 ? 0xFF : (uint8_t)next_random(&state);
            ck_assert_int_eq(pwrite(file.fd, &value, 1, (off_t)places[i]), 1);
        }
        use_font(file.path, victims[_i].index);
        for (size_t i = 0; i < count; i++)
            ck_assert_int_eq(pwrite(file.fd, bytes + places[i], 1, (off_t)places[i]), 1);
    }
    memory_file_close(&file);
    arena_free(arena);
}
END_TEST

START_TEST(survives_cut_files)
{
    if (!fonts_present())
        return;
    Arena *arena = arena_new();
    size_t len;
    char *bytes = read_font(arena, victims[_i].file, &len);
    uint32_t state = 2021;
    for (int round = 0; round < 60; round++) {
        size_t kept = round < 30 ? (size_t)round * 24 : next_random(&state) % len;
        MemoryFile file = memory_file(bytes, kept);
        use_font(file.path, victims[_i].index);
        memory_file_close(&file);
    }
    arena_free(arena);
}
END_TEST

Suite *hostile_suite(void)
{
    Suite *suite = suite_create("hostile");
    TCase *cases = tcase_create("hostile");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, survives_changed_bytes, 0, VICTIM_COUNT);
    tcase_add_loop_test(cases, survives_cut_files, 0, VICTIM_COUNT);
    suite_add_tcase(suite, cases);
    return suite;
}
