/* Break opportunities against tests/linebreak/breaks.tests, and what must hold for any text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "text/text.h"
#include "text_tests.h"

#define CASES "tests/linebreak/breaks.tests"

/* Removes the marks of a case: '|' a free break, U+00A6 a soft one. */
static char *strip_marks(const char *marked, char *plain)
{
    char *out = plain;
    for (const char *at = marked; *at;) {
        if (*at == '|') {
            at++;
        } else if (memcmp(at, "\xC2\xA6", 2) == 0) {
            at += 2;
        } else {
            *out++ = *at++;
        }
    }
    *out = '\0';
    return plain;
}

static char *put_marks(Arena *arena, const char *plain)
{
    size_t count = 0, len = 0;
    uint32_t *codes = utf8_to_codes(arena, plain, strlen(plain), &count);
    TextChar *chars = arena_array_of(arena, TextChar, count);
    text_analyze(codes, count, chars, arena);
    char *marked = arena_alloc(arena, count * 6 + 1);
    for (size_t i = 0; i < count; i++) {
        len += utf8_encode(codes[i], marked + len);
        if (i + 1 < count && chars[i].after >= TEXT_SOFT) {
            const char *mark = chars[i].after == TEXT_FREE ? "|" : "\xC2\xA6";
            memcpy(marked + len, mark, strlen(mark));
            len += strlen(mark);
        }
    }
    return marked;
}

START_TEST(test_cases)
{
    FILE *file = fopen(CASES, "r");
    ck_assert_msg(file != NULL, "%s is not there: run from the repository's root", CASES);
    Arena *arena = arena_new();
    char line[2048], plain[2048];
    int number = 0, cases = 0;
    while (fgets(line, sizeof line, file)) {
        number++;
        char *end = strstr(line, "  #");
        line[end ? (size_t)(end - line) : strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        cases++;
        const char *found = put_marks(arena, strip_marks(line, plain));
        ck_assert_msg(strcmp(found, line) == 0, "%s:%d: %s\n  found: %s", CASES, number, line, found);
    }
    ck_assert_int_gt(cases, 50);
    fclose(file);
    arena_free(arena);
}
END_TEST

/* A source of the same numbers on every machine. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static uint32_t random_code(uint64_t *state)
{
    /* marks, quotes, dashes, digits, letters, spaces, selectors, Hanzi, a non-character */
    static const uint32_t codes[] = {0x3002, 0xFF0C, 0x3001, 0xFF08, 0xFF09, 0x201C, 0x201D, 0x2018, 0x2019,  0x2014,
                                     0x2026, 0xB7,   0x2D,   0x2013, 0xFF5E, '/',    '1',    '2',    '.',     ',',
                                     '%',    'a',    'Z',    ' ',    0xA0,   0x3000, 0xFE00, 0x301,  0x200B,  0x2060,
                                     0x2265, '>',    '$',    0x5E74, 0x6708, 0x4E07, 0x5143, 0x7B2C, 0x20BB7, 0xFFFF};
    return codes[next_random(state) % (sizeof codes / sizeof codes[0])];
}

START_TEST(test_any_text)
{
    uint64_t state = 7;
    Arena *arena = arena_new();
    for (int round = 0; round < 20000; round++) {
        uint32_t codes[40];
        TextChar chars[40];
        size_t count = 1 + next_random(&state) % 40;
        for (size_t i = 0; i < count; i++) {
            codes[i] = random_code(&state);
        }
        text_analyze(codes, count, chars, arena);
        ck_assert_int_eq(chars[count - 1].after, TEXT_FREE);
        for (size_t i = 0; i + 1 < count; i++) {
            ck_assert_int_lt(chars[i].class, TEXT_CLASS_COUNT);
            ck_assert_int_le(chars[i].after, TEXT_FREE);
            TextClass left = (TextClass)chars[i].class, right = (TextClass)chars[i + 1].class;
            if (chars[i].after >= TEXT_SOFT) {
                bool joined = left == TEXT_JOINED || left == TEXT_INVISIBLE || left == TEXT_SPACE;
                ck_assert_msg(joined || text_may_part(left, right), "round %d: a break between classes %d and %d",
                              round, left, right);
                ck_assert_msg(right != TEXT_CLOSE && right != TEXT_COMMA && right != TEXT_STOP && right != TEXT_JOINED,
                              "round %d: class %d begins a line", round, right);
                ck_assert(left != TEXT_DIGIT || right != TEXT_DIGIT);
            }
        }
    }
    arena_free(arena);
}
END_TEST

START_TEST(test_empty_and_long)
{
    Arena *arena = arena_new();
    text_analyze(NULL, 0, NULL, arena);
    /* one kind after the other, a great many: no pass may look back or ahead further and further */
    static const uint32_t kinds[] = {'1', ' ', 'a', 0x201C, 0x2014, 0x4E00, 0xFE00, '/', 0x7B2C};
    size_t count = 200000;
    uint32_t *codes = arena_array_of(arena, uint32_t, count);
    TextChar *chars = arena_array_of(arena, TextChar, count);
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        for (size_t i = 0; i < count; i++) {
            codes[i] = kinds[kind];
        }
        text_analyze(codes, count, chars, arena);
        ck_assert_int_eq(chars[count - 1].after, TEXT_FREE);
    }
    arena_free(arena);
}
END_TEST

Suite *break_suite(void)
{
    Suite *suite = suite_create("break");
    TCase *tests = tcase_create("break");
    tcase_add_test(tests, test_cases);
    tcase_add_test(tests, test_any_text);
    tcase_add_test(tests, test_empty_and_long);
    suite_add_tcase(suite, tests);
    return suite;
}
