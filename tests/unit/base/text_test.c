/* Tests of base/text.h. */
#include <stdio.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/text.h"
#include "base_tests.h"

static const struct {
    const char *bytes;
    size_t len, size; /* size 0: malformed */
    uint32_t code;
} decode_cases[] = {
    {"\0", 1, 1, 0},
    {"A", 1, 1, 'A'},
    {"\x7F", 1, 1, 0x7F},
    {"\xC2\x80", 2, 2, 0x80},
    {"\xDF\xBF", 2, 2, 0x7FF},
    {"\xE0\xA0\x80", 3, 3, 0x800},
    {"\xE5\x85\xAC", 3, 3, 0x516C},
    {"\xED\x9F\xBF", 3, 3, 0xD7FF},
    {"\xEE\x80\x80", 3, 3, 0xE000},
    {"\xEF\xBF\xBF", 3, 3, 0xFFFF},
    {"\xF0\x90\x80\x80", 4, 4, 0x10000},
    {"\xF0\xA0\x80\x80", 4, 4, 0x20000},
    {"\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF},
    {"\x80", 1, 0, 0}, /* continuation alone */
    {"\xBF\x80", 2, 0, 0},
    {"\xC0\x80", 2, 0, 0}, /* overlong U+0000 */
    {"\xC1\xBF", 2, 0, 0}, /* overlong U+007F */
    {"\xE0\x80\x80", 3, 0, 0},
    {"\xE0\x9F\xBF", 3, 0, 0}, /* overlong U+07FF */
    {"\xF0\x80\x80\x80", 4, 0, 0},
    {"\xF0\x8F\xBF\xBF", 4, 0, 0}, /* overlong U+FFFF */
    {"\xED\xA0\x80", 3, 0, 0},     /* U+D800 */
    {"\xED\xBF\xBF", 3, 0, 0},     /* U+DFFF */
    {"\xF4\x90\x80\x80", 4, 0, 0}, /* U+110000 */
    {"\xF5\x80\x80\x80", 4, 0, 0},
    {"\xF8\x88\x80\x80\x80", 5, 0, 0},
    {"\xFE", 1, 0, 0},
    {"\xFF", 1, 0, 0},
    {"\xC2", 1, 0, 0}, /* cut short */
    {"\xE5\x85", 2, 0, 0},
    {"\xE5\x85\xAC", 2, 0, 0},
    {"\xF0\xA0\x80", 3, 0, 0},
    {"\xC2"
     "A",
     2, 0, 0}, /* continued by something else */
    {"\xE5"
     "A\xAC",
     3, 0, 0},
    {"\xE5\x85"
     "A",
     3, 0, 0},
    {"\xF0\xA0\x80"
     "A",
     4, 0, 0},
};

START_TEST(decode_table)
{
    uint32_t code = 0;
    ck_assert_uint_eq(utf8_decode(decode_cases[_i].bytes, decode_cases[_i].len, &code), decode_cases[_i].size);
    if (decode_cases[_i].size) {
        ck_assert_uint_eq(code, decode_cases[_i].code);
    }
}
END_TEST

START_TEST(every_scalar_value_survives_the_way_there_and_back)
{
    for (uint32_t code = 0; code <= 0x110010; code++) {
        char bytes[4];
        uint32_t back = 0xFFFFFFFF;
        size_t size = utf8_encode(code, bytes);
        bool scalar = code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
        hold((size != 0) == scalar);
        if (scalar) {
            hold(size == (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4));
            hold(utf8_decode(bytes, size, &back) == size);
            hold(back == code);
        }
    }
    hold(utf8_encode(0xFFFFFFFF, (char[4]){0}) == 0);
}
END_TEST

/* Three-byte texts, one in five, and four-byte texts near the borders, against the library. */
START_TEST(valid_prefix_ends_where_the_library_says)
{
    for (uint32_t number = 0; number < 1u << 24; number += 5) {
        uint8_t text[4] = {(uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number, 0x80};
        if (number & 1) {
            memmove(text + 1, text, 3);
            text[0] = (uint8_t)(0xF0 + (number >> 1) % 6);
        }
        const uint8_t *wrong = u8_check(text, 4);
        if (utf8_valid_prefix((char *)text, 4) != (wrong ? (size_t)(wrong - text) : 4)) {
            ck_abort_msg("%02x %02x %02x %02x", text[0], text[1], text[2], text[3]);
        }
    }
    char text[64];
    memset(text, 'a', sizeof text);
    ck_assert_uint_eq(utf8_valid_prefix(text, sizeof text), 64);
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = '\xFF';
        ck_assert_uint_eq(utf8_valid_prefix(text, sizeof text), i);
        text[i] = 'a';
    }
    ck_assert_uint_eq(utf8_valid_prefix("公开\xE5", 7), 6);
    ck_assert_uint_eq(utf8_valid_prefix("", 0), 0);
}
END_TEST

START_TEST(codes_of_a_text)
{
    Arena *arena = arena_new();
    size_t count = 0;
    const char *text = "a公\xF0\xA0\x80\x80";
    uint32_t *codes = utf8_to_codes(arena, text, strlen(text), &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(codes[0], 'a');
    ck_assert_uint_eq(codes[1], 0x516C);
    ck_assert_uint_eq(codes[2], 0x20000);
    ck_assert_uint_eq(utf8_count(text, strlen(text)), 3);
    utf8_to_codes(arena, "", 0, &count);
    ck_assert_uint_eq(count, 0);
    arena_free(arena);
}
END_TEST

START_TEST(nfc_table)
{
    static const struct {
        const char *text, *normal;
    } cases[] = {
        {"e\xCC\x81", "\xC3\xA9"},                                /* e + U+0301 */
        {"\xE2\x84\xAB", "\xC3\x85"},                             /* U+212B ANGSTROM SIGN */
        {"\xEF\xA4\x80", "\xE8\xB1\x88"},                         /* U+F900 -> U+8C48 */
        {"\xE3\x81\x8B\xE3\x82\x99", "\xE3\x81\x8C"},             /* ka + voiced mark */
        {"a\xCC\xA3\xCC\x87", "\xE1\xBA\xA1\xCC\x87"},            /* marks in order */
        {"a\xCC\x87\xCC\xA3", "\xE1\xBA\xA1\xCC\x87"},            /* marks out of order */
        {"\xE3\x80\xAB\xE3\x80\xAA", "\xE3\x80\xAA\xE3\x80\xAB"}, /* U+302B U+302A: tone marks out of order */
        {"\xE1\x84\x80\xE1\x85\xA1", "\xEA\xB0\x80"},             /* Hangul */
        {"预算e\xCC\x81", "预算\xC3\xA9"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = 0;
        const char *normal = text_nfc(arena, cases[i].text, strlen(cases[i].text), &len);
        ck_assert_str_eq(normal, cases[i].normal);
        ck_assert_uint_eq(len, strlen(cases[i].normal));
    }
    static const char *const normal[] = {"",        "plain", "“公开”—…（一）２０２５①", "\xC3\xA9", "\xF0\xA0\x80\x80",
                                         "\xCC\x81"};
    for (size_t i = 0; i < sizeof normal / sizeof *normal; i++) {
        size_t len = 0;
        ck_assert_ptr_eq(text_nfc(arena, normal[i], strlen(normal[i]), &len), normal[i]);
        ck_assert_uint_eq(len, strlen(normal[i]));
    }
    arena_free(arena);
}
END_TEST

/* The quick way out must never say "normal" where the library disagrees: alone, after a letter, after a Hanzi. */
START_TEST(nfc_agrees_with_the_library_for_every_code_point)
{
    static const char *const before[] = {"", "e", "\xE5\x85\xAC"};
    Arena *arena = arena_new();
    for (uint32_t code = 1; code < 0x30000; code++) {
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            char text[8];
            size_t len = strlen(before[i]), out_len = 0, expected_len = sizeof text * 4;
            memcpy(text, before[i], len);
            size_t size = utf8_encode(code, text + len);
            if (size == 0) {
                continue;
            }
            len += size;
            uint8_t expected[32];
            hold(u8_normalize(UNINORM_NFC, (const uint8_t *)text, len, expected, &expected_len) == expected);
            ArenaMark mark = arena_mark(arena);
            const char *normal = text_nfc(arena, text, len, &out_len);
            if (out_len != expected_len || memcmp(normal, expected, out_len) != 0) {
                ck_abort_msg("U+%04X after '%s'", (unsigned)code, before[i]);
            }
            arena_rewind(arena, mark);
        }
    }
    arena_free(arena);
}
END_TEST

START_TEST(display_width)
{
    ck_assert_uint_eq(text_display_width("abc", 3), 3);
    ck_assert_uint_eq(text_display_width("公开", 6), 4);
    ck_assert_uint_eq(text_display_width("（）", 6), 4);
    ck_assert_uint_eq(text_display_width("e\xCC\x81", 3), 1);
    ck_assert_uint_eq(text_display_width("\xF0\xA0\x80\x80", 4), 2);
    ck_assert_uint_eq(text_display_width("", 0), 0);
    ck_assert_uint_eq(code_display_width('\t'), 0);
    ck_assert_uint_eq(code_display_width(0x200B), 0);
}
END_TEST

START_TEST(visible_stands_in_for_what_steers_a_terminal)
{
    static const struct {
        uint32_t code, shown;
    } cases[] = {
        {0, 0x2400},      {0x1B, 0x241B},   {0x7F, 0x2421},     {0x85, 0xFFFD},     {0x9B, 0xFFFD},
        {0xAD, 0xFFFD},   {0x200B, 0xFFFD}, {0x202E, 0xFFFD},   {0x2028, 0xFFFD},   {0x2066, 0xFFFD},
        {0xFEFF, 0xFFFD}, {0xD800, 0xFFFD}, {0x110000, 0xFFFD}, {'a', 'a'},         {' ', ' '},
        {0xA0, 0xA0},     {0x516C, 0x516C}, {0x301, 0x301},     {0x20000, 0x20000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_uint_eq(code_visible(cases[i].code), cases[i].shown);
    }
}
END_TEST

START_TEST(visible_agrees_with_the_categories)
{
    const uint32_t unseen =
        UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cs | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp;
    for (uint32_t code = 0x80; code <= 0x10FFFF; code++) {
        bool hidden = uc_is_general_category_withtable(code, unseen);
        ck_assert_msg(code_visible(code) == (hidden ? 0xFFFD : code), "U+%04X", (unsigned)code);
    }
}
END_TEST

/* Counting and checking take several bytes at a time: at any start, of any length. */
START_TEST(every_stretch_is_counted)
{
    static const char text[] = "a部门bc预算公开édefghijk，中共𠀀大厂回族自治县委组织部0123456789é收支";
    for (size_t from = 0; text[from]; from++) {
        if (((unsigned char)text[from] & 0xC0) == 0x80) {
            continue;
        }
        size_t count = 0;
        for (size_t to = from; text[to]; to++) {
            bool whole = ((unsigned char)text[to] & 0xC0) != 0x80; /* [from, to) ends between two characters */
            if (whole) {
                ck_assert_uint_eq(utf8_count(text + from, to - from), count);
                ck_assert_uint_eq(utf8_valid_prefix(text + from, to - from), to - from);
            } else {
                ck_assert_uint_lt(utf8_valid_prefix(text + from, to - from), to - from);
            }
            count += whole;
        }
    }
}
END_TEST

START_TEST(distance_table)
{
    static const struct {
        const char *a, *b;
        size_t limit, distance;
    } cases[] = {
        {"", "", 3, 0},
        {"", "abc", 3, 3},
        {"abc", "", 2, 3},
        {"abc", "abc", 0, 0},
        {"abc", "abd", 0, 1},
        {"abc", "acb", 3, 1},
        {"ca", "abc", 3, 3},
        {"kitten", "sitting", 9, 3},
        {"kitten", "sitting", 2, 3},
        {"公用经费", "公用经", 2, 1},
        {"合计", "计合", 2, 1},
        {"人员经费", "公用经费", 2, 2},
        {"abcdef", "badcfe", 5, 3},
        {"a", "b", 100, 1},
        {"abcdefgh", "", 3, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_uint_eq(text_distance(cases[i].a, cases[i].b, cases[i].limit), cases[i].distance);
        ck_assert_uint_eq(text_distance(cases[i].b, cases[i].a, cases[i].limit), cases[i].distance);
    }
    text_distance("\x80\x80\x80\xE5", "ab", 1); /* malformed text does no harm */
    text_distance("\x80\x80\x80\x80\x80\x80\x80\x80", "", 2);
    char one[3001], other[3001];
    memset(one, 'x', 3000);
    memset(other, 'x', 3000);
    one[3000] = other[3000] = '\0';
    other[1500] = 'y';
    ck_assert_uint_eq(text_distance(one, other, 4), 1);
}
END_TEST

/* Optimal string alignment as its definition says, without band or limit. */
static size_t distance_plain(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t table[8][8];
    for (size_t i = 0; i <= a_len; i++) {
        for (size_t j = 0; j <= b_len; j++) {
            size_t best = i + j;
            if (i > 0 && j > 0) {
                size_t replaced = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                best = table[i - 1][j] < table[i][j - 1] ? table[i - 1][j] + 1 : table[i][j - 1] + 1;
                best = best < replaced ? best : replaced;
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && table[i - 2][j - 2] + 1 < best) {
                    best = table[i - 2][j - 2] + 1;
                }
            }
            table[i][j] = best;
        }
    }
    return table[a_len][b_len];
}

static size_t word_of(Random *random, char word[8])
{
    size_t len = random_next(random) % 8;
    for (size_t i = 0; i < len; i++) {
        word[i] = (char)('a' + random_next(random) % 3);
    }
    word[len] = '\0';
    return len;
}

START_TEST(distance_agrees_with_its_definition)
{
    Random random = {7};
    for (int i = 0; i < 50000; i++) {
        char a[8], b[8];
        size_t a_len = word_of(&random, a), b_len = word_of(&random, b), limit = random_next(&random) % 9;
        size_t plain = distance_plain(a, a_len, b, b_len);
        hold(text_distance(a, b, limit) == (plain <= limit ? plain : limit + 1));
    }
}
END_TEST

START_TEST(equal_starts_ends)
{
    ck_assert(text_equal("a", "a") && !text_equal("a", "b") && text_equal(NULL, NULL) && !text_equal(NULL, ""));
    ck_assert(text_starts_with("公开目录", "公开") && !text_starts_with("公", "公开") && text_starts_with("x", ""));
    ck_assert(text_ends_with("a.yaml", ".yaml") && !text_ends_with("yaml", ".yaml") && text_ends_with("x", ""));
}
END_TEST

START_TEST(chinese_numbers)
{
    static const struct {
        unsigned number;
        const char *text;
    } cases[] = {
        {1, "一"},
        {2, "二"},
        {9, "九"},
        {10, "十"},
        {11, "十一"},
        {19, "十九"},
        {20, "二十"},
        {21, "二十一"},
        {99, "九十九"},
        {100, "一百"},
        {101, "一百零一"},
        {110, "一百一十"},
        {111, "一百一十一"},
        {200, "二百"},
        {1000, "一千"},
        {1001, "一千零一"},
        {1010, "一千零一十"},
        {1011, "一千零一十一"},
        {1100, "一千一百"},
        {1101, "一千一百零一"},
        {2020, "二千零二十"},
        {9999, "九千九百九十九"},
        {9009, "九千零九"},
        {0, "0"},
        {10000, "10000"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_str_eq(text_chinese_number(arena, cases[i].number), cases[i].text);
    }
    arena_free(arena);
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, decode_table, 0, (int)(sizeof decode_cases / sizeof *decode_cases));
    tcase_add_test(tests, every_scalar_value_survives_the_way_there_and_back);
    tcase_add_test(tests, valid_prefix_ends_where_the_library_says);
    tcase_add_test(tests, codes_of_a_text);
    tcase_add_test(tests, nfc_table);
    tcase_add_test(tests, nfc_agrees_with_the_library_for_every_code_point);
    tcase_add_test(tests, display_width);
    tcase_add_test(tests, visible_stands_in_for_what_steers_a_terminal);
    tcase_add_test(tests, visible_agrees_with_the_categories);
    tcase_add_test(tests, every_stretch_is_counted);
    tcase_add_test(tests, distance_table);
    tcase_add_test(tests, distance_agrees_with_its_definition);
    tcase_add_test(tests, equal_starts_ends);
    tcase_add_test(tests, chinese_numbers);
    suite_add_tcase(suite, tests);
    return suite;
}
