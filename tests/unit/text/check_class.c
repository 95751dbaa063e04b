/* Classes: of code points alone, and among their neighbours. */
#include "text/text.h"
#include "text_tests.h"

typedef struct ClassCase {
    uint32_t code;
    TextClass class;
} ClassCase;

static const ClassCase alone[] = {
    {'a', TEXT_LETTER},
    {0xE9, TEXT_LETTER},
    {0x3B1, TEXT_LETTER},
    {0x416, TEXT_LETTER},
    {'7', TEXT_DIGIT},
    {0xFF17, TEXT_DIGIT_WIDE},
    {0x4E00, TEXT_HAN},
    {0x3400, TEXT_HAN},
    {0x20BB7, TEXT_HAN},
    {0xFA0E, TEXT_HAN},
    {0x3007, TEXT_HAN},
    {0x2460, TEXT_HAN},
    {0x3042, TEXT_HAN},
    {0xFF21, TEXT_HAN},
    {0xFF08, TEXT_OPEN},
    {0x300A, TEXT_OPEN},
    {0x3008, TEXT_OPEN},
    {0x3014, TEXT_OPEN},
    {0x3010, TEXT_OPEN},
    {0x201C, TEXT_OPEN},
    {0x2018, TEXT_OPEN},
    {0xFF09, TEXT_CLOSE},
    {0x300B, TEXT_CLOSE},
    {0x3015, TEXT_CLOSE},
    {0x3011, TEXT_CLOSE},
    {0x201D, TEXT_CLOSE},
    {0x2019, TEXT_CLOSE},
    {0xFF0C, TEXT_COMMA},
    {0x3001, TEXT_COMMA},
    {0xFF1A, TEXT_COMMA},
    {0xFF1B, TEXT_COMMA},
    {0xFF0E, TEXT_COMMA},
    {0x3002, TEXT_STOP},
    {0xFF01, TEXT_STOP},
    {0xFF1F, TEXT_STOP},
    {0xB7, TEXT_DOT},
    {0x2014, TEXT_DASH},
    {0x2E3A, TEXT_DASH},
    {0x2026, TEXT_ELLIPSIS},
    {0x2013, TEXT_CONNECTOR},
    {0xFF5E, TEXT_CONNECTOR},
    {0xFF0F, TEXT_SLASH},
    {0x2265, TEXT_SIGN_WIDE},
    {0x2264, TEXT_SIGN_WIDE},
    {0xB1, TEXT_SIGN_WIDE},
    {0xD7, TEXT_SIGN_WIDE},
    {'>', TEXT_SIGN},
    {'+', TEXT_SIGN},
    {0x2030, TEXT_POSTFIX_WIDE},
    {0x2103, TEXT_POSTFIX_WIDE},
    {0x33A1, TEXT_POSTFIX_WIDE},
    {0xFF05, TEXT_POSTFIX_WIDE},
    {'%', TEXT_POSTFIX},
    {'$', TEXT_PREFIX},
    {0xFFE5, TEXT_PREFIX_WIDE},
    {0x2116, TEXT_PREFIX_WIDE},
    {0x3000, TEXT_CELL_SPACE},
    {' ', TEXT_SPACE},
    {'\t', TEXT_SPACE},
    {'\n', TEXT_SPACE},
    {0xA0, TEXT_SPACE},
    {0x2003, TEXT_SPACE},
    {0x301, TEXT_JOINED},
    {0xFE00, TEXT_JOINED},
    {0xE0100, TEXT_JOINED},
    {0x200D, TEXT_JOINED},
    {0x200B, TEXT_INVISIBLE},
    {0xAD, TEXT_INVISIBLE},
    {0xFEFF, TEXT_INVISIBLE},
    {0x202E, TEXT_INVISIBLE},
    {'(', TEXT_LATIN_OPEN},
    {'.', TEXT_LATIN_CLOSE},
    {'-', TEXT_LATIN_MARK},
    {'_', TEXT_LATIN_MARK},
    {0x10FFFF, TEXT_HAN},
    {0x110000, TEXT_HAN},
};

START_TEST(test_alone)
{
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        TextClass class = text_class(alone[i].code);
        ck_assert_msg(class == alone[i].class, "U+%04X: class %d, not %d", (unsigned)alone[i].code, class,
                      alone[i].class);
    }
}
END_TEST

typedef struct AmongCase {
    uint32_t codes[6]; /* ended by 0 */
    size_t at;
    TextClass class;
    bool latin;
} AmongCase;

#define HAN 0x4E00

static const AmongCase among[] = {
    {{0x201C, 'a', 0x201D}, 0, TEXT_LATIN_OPEN, true},      /* all Latin */
    {{HAN, 0x201C, 'a', 0x201D, HAN}, 1, TEXT_OPEN, false}, /* Latin quoted in Chinese */
    {{HAN, 0x201C, 'a', 0x201D, HAN}, 3, TEXT_CLOSE, false},
    {{0x201C, HAN, 0x201D}, 0, TEXT_OPEN, false},
    {{0x201C, 'a', 0x201D, HAN}, 0, TEXT_OPEN, false},
    {{HAN, ' ', 'a', 0x2019, 'b'}, 3, TEXT_LATIN_MARK, true}, /* an apostrophe */
    {{HAN, 0x2014, 0x2014, HAN}, 1, TEXT_DASH, false},
    {{HAN, 0x2014, HAN}, 1, TEXT_CONNECTOR, false}, /* one dash alone connects */
    {{'1', 0x2014, '2', HAN}, 1, TEXT_CONNECTOR, false},
    {{HAN, '-', HAN}, 1, TEXT_CONNECTOR, true},
    {{HAN, '-', '5'}, 1, TEXT_SIGN, true},               /* a minus */
    {{'1', '-', '6', 0x6708}, 1, TEXT_LATIN_MARK, true}, /* within figures */
    {{'a', '-', 'b', HAN}, 1, TEXT_LATIN_MARK, true},
    {{HAN, '/', HAN}, 1, TEXT_SLASH, true},
    {{'G', 'B', '/', 'T', HAN}, 2, TEXT_LATIN_MARK, true},
    {{HAN, 0xB7, HAN}, 1, TEXT_DOT, false},
    {{'a', 0xB7, 'b', HAN}, 1, TEXT_LATIN_MARK, true},
    {{'a', 0x2026}, 1, TEXT_LATIN_CLOSE, true},
    {{HAN, 0x2026, 0x2026}, 1, TEXT_ELLIPSIS, false},
};

START_TEST(test_private)
{
    ck_assert(text_is_private(0xE000) && text_is_private(0xF8FF) && text_is_private(0xF0000));
    ck_assert(text_is_private(0x10FFFD) && !text_is_private(0xDFFF) && !text_is_private(0xF900));
    ck_assert(!text_is_private(0x4E00) && !text_is_private(0x2FFFF));
    ck_assert_uint_eq(text_meant_by(0xE863), 0x4DAE); /* 䶮 */
    ck_assert_uint_eq(text_meant_by(0xE815), 0x2E81);
    ck_assert_uint_eq(text_meant_by(0xE816), 0x20087);
    ck_assert_uint_eq(text_meant_by(0xE864), 0x9FBB);
    ck_assert_uint_eq(text_meant_by(0xE78D), 0xFE10);
    ck_assert_uint_eq(text_meant_by(0xE796), 0xFE19);
    ck_assert_uint_eq(text_meant_by(0xE78C), 0);
    ck_assert_uint_eq(text_meant_by(0xE797), 0);
    ck_assert_uint_eq(text_meant_by(0xE814), 0);
    ck_assert_uint_eq(text_meant_by(0xE865), 0);
    for (uint32_t code = 0xE000; code < 0xF900; code++)
        ck_assert(!text_is_private(text_meant_by(code)));
}
END_TEST

START_TEST(test_among)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof among / sizeof among[0]; i++) {
        TextChar chars[6];
        size_t count = 0;
        while (count < 6 && among[i].codes[count] != 0) {
            count++;
        }
        text_analyze(among[i].codes, count, chars, arena);
        ck_assert_msg(chars[among[i].at].class == among[i].class, "case %zu: class %d, not %d", i,
                      chars[among[i].at].class, among[i].class);
        ck_assert_msg(chars[among[i].at].latin == among[i].latin, "case %zu: the wrong face", i);
    }
    arena_free(arena);
}
END_TEST

/* No code point may leave the classes, and none may crash. */
START_TEST(test_every_code)
{
    for (uint32_t code = 0; code < 0x120000; code++) {
        TextClass class = text_class(code);
        ck_assert_int_lt(class, TEXT_CLASS_COUNT);
        TextRoom room = text_room(class);
        ck_assert_int_le(room.lead + room.trail, TEXT_ROOM / 2);
    }
}
END_TEST

Suite *class_suite(void)
{
    Suite *suite = suite_create("class");
    TCase *tests = tcase_create("class");
    tcase_add_test(tests, test_alone);
    tcase_add_test(tests, test_among);
    tcase_add_test(tests, test_private);
    tcase_add_test(tests, test_every_code);
    suite_add_tcase(suite, tests);
    return suite;
}
