/* Tests of pdf/huffman.h: what comes out is read back by libdeflate, byte for byte, whatever went in. */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/huffman.h"
#include "pdf_tests.h"

enum { MOST = 300000 };

static unsigned next(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

/* Kinds of bytes: one value, even, two values, steep, slow, in turn, and weights of Fibonacci, whose code is the
 * longest there is. */
static void fill(unsigned char *bytes, size_t len, int kind, unsigned *state)
{
    size_t low = 1, high = 1, at = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned dice = next(state);
        bytes[i] = (unsigned char)(kind == 0   ? 7u
                                   : kind == 1 ? dice
                                   : kind == 2 ? dice & 1u
                                   : kind == 3 ? (unsigned)__builtin_ctz(dice | 65536u)
                                   : kind == 4 ? (unsigned)(i >> 6)
                                   : kind == 5 ? (unsigned)i
                                               : 200u);
    }
    for (unsigned char value = 0; kind == 6 && value < 40 && at < len; value++) {
        for (size_t k = 0; k < low && at < len; k++)
            bytes[at++] = value;
        size_t sum = low + high;
        low = high;
        high = sum;
    }
}

START_TEST(comes_back)
{
    static const size_t LENGTHS[] = {0, 1, 2, 3, 4, 255, 4096, 65535, 65536, 65537, 131072, MOST};
    unsigned char *bytes = malloc(MOST), *back = malloc(MOST + 1), *packed = malloc(huffman_bound(MOST));
    struct libdeflate_decompressor *reader = libdeflate_alloc_decompressor();
    unsigned state = 1;
    for (int kind = 0; kind < 7; kind++) {
        for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
            size_t len = LENGTHS[i], got = 0;
            fill(bytes, len, kind, &state);
            size_t size = huffman_deflate(bytes, len, packed);
            ck_assert_uint_le(size, huffman_bound(len));
            ck_assert_int_eq(libdeflate_zlib_decompress(reader, packed, size, back, MOST + 1, &got),
                             LIBDEFLATE_SUCCESS);
            ck_assert_uint_eq(got, len);
            ck_assert(len == 0 || memcmp(bytes, back, len) == 0);
        }
    }
    /* Bytes of one value take a bit each. */
    fill(bytes, 65536, 0, &state);
    ck_assert_uint_le(huffman_deflate(bytes, 65536, packed), 65536 / 8 + 200);
    libdeflate_free_decompressor(reader);
    free(bytes);
    free(back);
    free(packed);
}
END_TEST

TCase *huffman_tests(void)
{
    TCase *cases = tcase_create("huffman");
    tcase_add_test(cases, comes_back);
    return cases;
}
