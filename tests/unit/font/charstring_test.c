/* Tests of flattening: charstrings in, charstrings out, by the byte. */
#include <string.h>

#include "font/charstring_int.h"
#include "font_tests.h"

/* Numbers -107..107 are a byte: 139 is 0, 149 is 10. Subroutine n of a small INDEX is called by n - 107: byte 32 + n.
 */
static const uint8_t locals[] = {
    0,   4,   1,  1, 4, 5, 7, 10, /* count, offset size, offsets */
    149, 6,   11,                 /* 0: 10 hlineto return */
    14,                           /* 1: endchar */
    34,  10,                      /* 2: calls itself */
    149, 159, 11,                 /* 3: 10 20 return */
};
static const uint8_t globals[] = {0, 1, 1, 1, 4, 149, 7, 11}; /* 0: 10 vlineto return */

#define TEXT(...)                                           \
    (const uint8_t[]){__VA_ARGS__}, sizeof(const uint8_t[]) \
    {                                                       \
        __VA_ARGS__                                         \
    }

static const struct {
    const char *what;
    const uint8_t *in;
    size_t in_len;
    const uint8_t *out; /* NULL: refused */
    size_t out_len;
    int width;
} cases[] = {
    {"nothing but an end", TEXT(14), TEXT(14), 500},
    {"width at the end", TEXT(239, 14), TEXT(239, 14), 700},
    {"width before hmoveto", TEXT(189, 149, 22, 14), TEXT(189, 149, 22, 14), 650},
    {"width before rmoveto", TEXT(89, 149, 149, 21, 14), TEXT(89, 149, 149, 21, 14), 550},
    {"no width before rmoveto", TEXT(149, 149, 21, 14), TEXT(149, 149, 21, 14), 500},
    {"stems go, the width stays", TEXT(239, 149, 159, 1, 149, 159, 3, 149, 149, 21, 14), TEXT(239, 149, 149, 21, 14),
     700},
    {"stems without a width", TEXT(149, 159, 1, 149, 149, 21, 14), TEXT(149, 149, 21, 14), 500},
    {"mask with implied stems", TEXT(239, 149, 159, 18, 169, 179, 19, 0xC0, 149, 149, 21, 14),
     TEXT(239, 149, 149, 21, 14), 700},
    {"mask of two bytes for nine stems",
     TEXT(140, 140, 140, 140, 140, 140, 140, 140, 140, 140, 18, 140, 140, 140, 140, 140, 140, 140, 140, 19, 14, 14, 149,
          22, 20, 14, 14, 14),
     TEXT(149, 22, 14), 500},
    {"mask first of all", TEXT(239, 149, 159, 19, 0x80, 14), TEXT(239, 14), 700},
    {"local subroutine", TEXT(149, 149, 21, 32, 10, 14), TEXT(149, 149, 21, 149, 6, 14), 500},
    {"global subroutine", TEXT(149, 22, 32, 29, 14), TEXT(149, 22, 149, 7, 14), 500},
    {"the end in a subroutine", TEXT(33, 10), TEXT(14), 500},
    {"operands from a subroutine", TEXT(35, 10, 21, 14), TEXT(149, 159, 21, 14), 500},
    {"the same with a width", TEXT(239, 35, 10, 21, 14), TEXT(239, 149, 159, 21, 14), 700},
    {"flex", TEXT(149, 22, 140, 140, 140, 140, 140, 140, 140, 12, 34, 14),
     TEXT(149, 22, 140, 140, 140, 140, 140, 140, 140, 12, 34, 14), 500},
    {"large numbers", TEXT(28, 1, 0, 247, 0, 255, 0, 1, 128, 0, 21, 14),
     TEXT(28, 1, 0, 247, 0, 255, 0, 1, 128, 0, 21, 14), 856},
    {"width as a fixed number", TEXT(255, 0, 10, 0, 0, 14), TEXT(255, 0, 10, 0, 0, 14), 610},
    {"negative large width", TEXT(251, 0, 14), TEXT(251, 0, 14), 492},
    {"width with a fraction", TEXT(255, 0, 10, 128, 0, 14), NULL, 0, 0},
    {"endless recursion", TEXT(34, 10), NULL, 0, 0},
    {"no such subroutine", TEXT(139, 10), NULL, 0, 0},
    {"call without a number", TEXT(10), NULL, 0, 0},
    {"arithmetic", TEXT(149, 149, 12, 10, 22, 14), NULL, 0, 0},
    {"accent by endchar", TEXT(149, 149, 149, 149, 14), NULL, 0, 0},
    {"no end", TEXT(149, 22), NULL, 0, 0},
    {"empty", (const uint8_t *)"", 0, NULL, 0, 0},
    {"a cut number", TEXT(149, 22, 28, 1), NULL, 0, 0},
    {"a cut mask", TEXT(149, 149, 18, 19), NULL, 0, 0},
    {"a cut escape", TEXT(149, 22, 12), NULL, 0, 0},
    {"a line before a move", TEXT(149, 6, 14), NULL, 0, 0},
    {"return outside", TEXT(149, 22, 11), NULL, 0, 0},
    {"too many operands",
     TEXT(139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139,
          139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139, 139,
          139, 139, 139, 139, 139, 21, 14),
     NULL, 0, 0},
};

START_TEST(flattens)
{
    CffFont cff = {0};
    CffPrivate private = {.default_width = 500, .nominal_width = 600};
    uint8_t out[CHARSTRING_LIMIT];
    size_t len = 0;
    int width = 0;
    ck_assert(cff_index_open((Slice){globals, sizeof globals}, 0, &cff.globals));
    ck_assert(cff_index_open((Slice){locals, sizeof locals}, 0, &private.locals));
    Slice in = {cases[_i].in, cases[_i].in_len};
    bool sound = charstring_flatten(&cff, &private, in, out, &len, &width);
    ck_assert_msg(sound == (cases[_i].out != NULL), "%s", cases[_i].what);
    if (!sound)
        return;
    ck_assert_msg(len == cases[_i].out_len && memcmp(out, cases[_i].out, len) == 0, "%s", cases[_i].what);
    ck_assert_msg(width == cases[_i].width, "%s: width %d", cases[_i].what, width);
    width = 0;
    ck_assert(charstring_width(&cff, &private, in, &width));
    ck_assert_msg(width == cases[_i].width, "%s: width %d", cases[_i].what, width);
}
END_TEST

/* Ten levels of ten calls each would be 10^10 lines. */
START_TEST(stops_calls_that_fan_out)
{
    uint8_t table[512] = {0, 9, 2};
    size_t at = 3 + 2 * 10;
    for (size_t i = 0; i < 9; i++) {
        write_u16(table + 3 + 2 * i, (uint32_t)(at - (3 + 2 * 10) + 1));
        for (size_t call = 0; call < 10; call++) {
            table[at++] = i < 8 ? (uint8_t)(33 + i) : 149;
            table[at++] = i < 8 ? 10 : 6;
        }
        table[at++] = 11;
    }
    write_u16(table + 3 + 2 * 9, (uint32_t)(at - (3 + 2 * 10) + 1));
    CffFont cff = {0};
    CffPrivate private = {0};
    uint8_t out[CHARSTRING_LIMIT];
    size_t len;
    int width;
    ck_assert(cff_index_open((Slice){table, at}, 0, &private.locals));
    const uint8_t code[] = {149, 22, 32, 10, 14};
    ck_assert(!charstring_flatten(&cff, &private, (Slice){code, sizeof code}, out, &len, &width));
}
END_TEST

Suite *charstring_suite(void)
{
    Suite *suite = suite_create("charstring");
    TCase *tests = tcase_create("charstring");
    tcase_add_loop_test(tests, flattens, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tests, stops_calls_that_fan_out);
    suite_add_tcase(suite, tests);
    return suite;
}
