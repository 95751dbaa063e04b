/* Tests of packed subsets: zlib reads the plain bytes back, and the packed ones never depend on what was packed before.
 */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "font/huffman_int.h"
#include "font_tests.h"

static void check_unpacked(const FontSubset *packed, const FontSubset *plain)
{
    ck_assert_ptr_null(plain->packed);
    ck_assert_uint_eq(packed->count, plain->count);
    ck_assert_uint_eq(packed->len, plain->len);
    ck_assert_int_eq(memcmp(packed->advances, plain->advances, plain->count * sizeof *plain->advances), 0);
    ck_assert_int_eq(memcmp(packed->old_glyphs, plain->old_glyphs, plain->count * sizeof *plain->old_glyphs), 0);
    if (!packed->packed) {
        ck_assert_int_eq(memcmp(packed->bytes, plain->bytes, plain->len), 0);
        return;
    }
    ck_assert_ptr_null(packed->bytes);
    ck_assert_uint_lt(packed->packed_len, packed->len);
    unsigned char *bytes = malloc(plain->len + 1);
    uLongf len = plain->len + 1;
    ck_assert_int_eq(uncompress(bytes, &len, packed->packed, packed->packed_len), Z_OK);
    ck_assert_uint_eq(len, plain->len);
    ck_assert_int_eq(memcmp(bytes, plain->bytes, len), 0);
    free(bytes);
}

static uint32_t *every(const Font *font, uint32_t from, uint32_t step, Arena *arena, size_t *count)
{
    uint32_t all = font_info(font)->glyph_count, *glyphs = arena_array_of(arena, uint32_t, all);
    *count = 0;
    for (uint32_t glyph = from; glyph < all; glyph += step)
        glyphs[(*count)++] = glyph;
    return glyphs;
}

START_TEST(unpacks_to_the_plain_subset)
{
    if (!fonts_present())
        return;
    Bench bench = bench_open();
    const Font *font = bench_font(&bench, default_fonts[_i].file, default_fonts[_i].index);
    for (uint32_t step = 29; step < 40000; step *= 11) {
        size_t count;
        uint32_t *glyphs = every(font, step / 3, step, bench.arena, &count);
        FontSubset *plain = font_subset(font, glyphs, count, bench.arena, &bench.findings);
        FontSubset *packed = font_subset_packed(font, glyphs, count, bench.arena, &bench.findings);
        ck_assert(font_info(font)->outlines != FONT_CFF || count < 200 || packed->packed);
        check_unpacked(packed, plain);
    }
    bench_close(&bench);
}
END_TEST

/* In a set that has packed much else before, as a worker's in a batch, the bytes are those of a fresh one; also where
 * so much is kept that no more is. */
START_TEST(packs_the_same_whatever_came_before)
{
    if (!fonts_present())
        return;
    Bench used = bench_open(), fresh = bench_open();
    static const char *const files[] = {"FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Regular.otf"};
    for (size_t i = 0; i < 3; i++) {
        const Font *fonts[2] = {bench_font(&used, files[i], 0), bench_font(&fresh, files[i], 0)};
        size_t count;
        uint32_t *glyphs = every(fonts[0], 1, 1, used.arena, &count);
        FontSubset *all = font_subset_packed(fonts[0], glyphs, count, used.arena, &used.findings);
        check_unpacked(all, font_subset(fonts[0], glyphs, count, used.arena, &used.findings));
        glyphs = every(fonts[0], 5, 17, used.arena, &count);
        FontSubset *some = font_subset_packed(fonts[0], glyphs, count, used.arena, &used.findings);
        FontSubset *same = font_subset_packed(fonts[1], glyphs, count, fresh.arena, &fresh.findings);
        ck_assert_uint_eq(some->packed_len, same->packed_len);
        ck_assert_int_eq(memcmp(some->packed, same->packed, same->packed_len), 0);
    }
    bench_close(&used);
    bench_close(&fresh);
}
END_TEST

/* ---- the code -----------------------------------------------------------------------------------------------------
 */

static void check_stream(const HuffmanCode *code, const uint8_t *bytes, size_t len)
{
    uint8_t *out = calloc(1, 2 * len + 2 * HUFFMAN_HEAD_MAX + 16), *back = malloc(len + 1);
    Bits bits = {.out = out};
    huffman_begin(&bits, code, false);
    huffman_put(&bits, code, bytes, len / 3);
    huffman_end(&bits, code);
    huffman_begin(&bits, code, true);
    huffman_put(&bits, code, bytes + len / 3, len - len / 3);
    huffman_end(&bits, code);
    z_stream stream = {0};
    ck_assert_int_eq(inflateInit2(&stream, -15), Z_OK);
    stream.next_in = out;
    stream.avail_in = (uInt)(bits.out + (bits.count > 0) - out);
    stream.next_out = back;
    stream.avail_out = (uInt)len + 1;
    ck_assert_int_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(stream.avail_in, 0);
    ck_assert_uint_eq(stream.total_out, len);
    ck_assert_int_eq(memcmp(back, bytes, len), 0);
    inflateEnd(&stream);
    free(out);
    free(back);
}

/* Weights of all alike, one alone, and each twice the one before, whose words would be far too long. */
START_TEST(words_of_any_weights)
{
    static const size_t lens[] = {0, 1, 2, 3, 5, 256, 5000};
    uint32_t weights[256];
    uint8_t bytes[5000];
    HuffmanCode code;
    for (int kind = 0; kind < 4; kind++) {
        for (uint32_t i = 0; i < 256; i++)
            weights[i] = kind == 0 ? 0 : kind == 1 ? 1000000 * (i == 77) : kind == 2 ? 1u << i % 24 : i * i * i;
        huffman_code_make(&code, weights);
        for (size_t i = 0; i < 257; i++)
            ck_assert(code.words[i].count >= 1 && code.words[i].count <= HUFFMAN_WORD_BITS);
        ck_assert_uint_le(code.head_bits, 8 * (HUFFMAN_HEAD_MAX - 8));
        for (size_t k = 0; k < sizeof lens / sizeof *lens; k++) {
            for (size_t i = 0; i < lens[k]; i++)
                bytes[i] = (uint8_t)(kind == 1 ? 77 : i * 2654435761u >> 13);
            check_stream(&code, bytes, lens[k]);
        }
    }
}
END_TEST

START_TEST(copies_bits_to_any_place)
{
    uint8_t from[64], out[96], same[96];
    for (size_t i = 0; i < sizeof from; i++)
        from[i] = (uint8_t)(i * 73 + 41);
    for (size_t count = 0; count < 300; count++) {
        for (unsigned before = 0; before < 8; before++) {
            memset(out, 0, sizeof out);
            memset(same, 0, sizeof same);
            Bits bits = {.out = out};
            bits_put(&bits, 0x55 & ((1u << before) - 1), before);
            bits_copy(&bits, from, count);
            same[0] = (uint8_t)(0x55 & ((1u << before) - 1));
            for (size_t i = 0; i < count; i++)
                same[(before + i) / 8] |= (uint8_t)((from[i / 8] >> i % 8 & 1) << (before + i) % 8);
            ck_assert_uint_eq(8 * (size_t)(bits.out - out) + bits.count, before + count);
            ck_assert_int_eq(memcmp(out, same, (before + count + 7) / 8), 0);
        }
    }
}
END_TEST

Suite *packed_suite(void)
{
    Suite *suite = suite_create("packed");
    TCase *cases = tcase_create("packed");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, unpacks_to_the_plain_subset, 0, DEFAULT_FONT_COUNT);
    tcase_add_test(cases, packs_the_same_whatever_came_before);
    tcase_add_test(cases, words_of_any_weights);
    tcase_add_test(cases, copies_bits_to_any_place);
    suite_add_tcase(suite, cases);
    return suite;
}
