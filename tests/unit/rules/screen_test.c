/* Searching all words at once: which patterns may, and that no text in which one matches is ever passed over. */
#include <string.h>

#include "rules/rules_int.h"
#include "rules_tests.h"

START_TEST(patterns_that_may_join)
{
    static const struct {
        const char *pattern;
        bool joins;
    } cases[] = {
        {"我[县区旗]", true},
        {"省级(?=财政|部门)", true},
        {"(?<![0-9.])(?<数>[0-9]+(?:\\.[0-9]+)?)(?!月|工作日)", true},
        {"(\\p{Han}{2,8})\\1", true},
        {"[，；：][，。]|。[，；]", true},
        {"a.*b", true},
        {"[ 　]+x", true},
        {"[]a]b", true},
        {"a[^b]c", true},
        {"(?!a.*b)c", true},
        /* a beginning, an end */
        {"^a", false},
        {"a$", false},
        {"a(?=b|$)", false},
        {"\\Aa", false},
        {"a\\b", false},
        /* gives nothing back */
        {"a++b", false},
        {"a+ +b", false},
        {"(?>a+)b", false},
        {"[ab]{2,3}+c", false},
        {"\\Ra", false},
        {"(?=(a+\\s*b?))\\1c", false},
        /* content because a text ends */
        {"a(?!\\s)", false},
        {"a(?![^b])", false},
        {"(?<!\\W)a", false},
        {"a(?!(b)\\1)", false},
        {"a(?!(?=b))", false},
        /* would run through all texts */
        {"a[^b]*c", false},
        {"a\\s*c", false},
        {"a(?:b|\\D)+c", false},
        {"a[^b]{2,}c", false},
        {"a[^b]{0,9}c", true},
        /* not read */
        {"a\\Kb", false},
        {"(?i)a", false},
        {"(*F)a", false},
        {"a\\nb", false},
        {"a[\\n]b", false},
        {"[[:alpha:]]+", false},
        {"a\\12", false},
        {"\\p{L}+", false},
        {"a # b", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(screen_read(cases[i].pattern).joins == cases[i].joins, "%s", cases[i].pattern);
    }
}
END_TEST

/* The patterns of the pack, and some of each kind, over texts made of pieces that they are about. */
static const char *const PATTERNS[] = {"我[县区旗]",
                                       "省级(?=财政|部门)",
                                       "(\\p{Han}{2,8})\\1",
                                       "(\\p{Han}{1,9})\\1",
                                       "的的(?!确)|和和(?![谐平])",
                                       "(?<=[\\p{Han}”）》])[,;:!?](?!\\d)|[,;:!?](?=[\\p{Han}“（《])",
                                       "([，。；：、,;])\\1+|[，；：、][，。；：、]",
                                       "(?<![0-9.])(?<数>[0-9]+(?:\\.[0-9]+)?)(?!月)",
                                       "[^a]{0,3}月",
                                       "(?<=[\\p{Han}，。；：、])[ 　]+(?=[\\p{Han}，])",
                                       "\\s\\p{Han}",
                                       "^我县",
                                       "负责$",
                                       "(?!.*县)我.",
                                       "a|",
                                       "[XＸ×]{2,}|\\*{2,}|_{3,}"};
static const char *const PIECES[] = {"我", "县", "负责", "负责全县", "的",  "的的", "确", "省级", "财政",
                                     "，", "。", ",",    "20",       "2.5", "月",   " ",  "　",   "a",
                                     "\n", "X",  "Ｘ",   "_",        "*",   "“",    "𠀀", "〇〇"};

static uint32_t draw(uint32_t *seed, size_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)((*seed >> 8) % below);
}

START_TEST(no_text_with_a_match_is_passed_over)
{
    enum {
        PATTERN_COUNT = sizeof PATTERNS / sizeof *PATTERNS,
        PIECE_COUNT = sizeof PIECES / sizeof *PIECES,
        TEXTS = 12
    };
    Arena *arena = arena_new();
    const Regex *regexes[PATTERN_COUNT];
    Screen screens[PATTERN_COUNT];
    size_t found = 0, passed = 0;
    uint32_t seed = 20;
    for (size_t k = 0; k < PATTERN_COUNT; k++) {
        const char *error;
        size_t offset;
        regexes[k] = regex_compile(PATTERNS[k], REGEX_SPACED, arena, &error, &offset);
        ck_assert_msg(regexes[k] != NULL, "%s", PATTERNS[k]);
        screens[k] = screen_read(PATTERNS[k]);
    }
    for (int round = 0; round < 1000; round++) {
        ArenaMark mark = arena_mark(arena);
        Buffer joined = {0};
        size_t starts[TEXTS + 1];
        for (size_t i = 0; i < TEXTS; i++) {
            starts[i] = joined.len;
            for (uint32_t pieces = 1 + draw(&seed, 5); pieces > 0; pieces--) {
                buffer_text(&joined, PIECES[draw(&seed, PIECE_COUNT)]);
            }
            buffer_text(&joined, "\n");
        }
        starts[TEXTS] = joined.len;
        for (size_t k = 0; k < PATTERN_COUNT; k++) {
            size_t next = screen_next(&screens[k], regexes[k], &joined, 0, arena);
            for (size_t i = 0; i < TEXTS; i++) {
                size_t len = starts[i + 1] - starts[i] - 1;
                bool matches = regex_found(regexes[k], joined.bytes + starts[i], len);
                ck_assert_msg(!matches || next < starts[i + 1], "%s in %.*s", PATTERNS[k], (int)len,
                              joined.bytes + starts[i]);
                found += matches;
                passed += next >= starts[i + 1];
                if (next < starts[i + 1]) {
                    next = screen_next(&screens[k], regexes[k], &joined, starts[i + 1], arena);
                }
            }
        }
        buffer_release(&joined);
        arena_rewind(arena, mark);
    }
    ck_assert_uint_gt(found, 10000);
    ck_assert_uint_gt(passed, 50000);
    arena_free(arena);
}
END_TEST

Suite *screen_suite(void)
{
    Suite *suite = suite_create("screen");
    TCase *tests = tcase_create("screen");
    tcase_add_test(tests, patterns_that_may_join);
    tcase_add_test(tests, no_text_with_a_match_is_passed_over);
    suite_add_tcase(suite, tests);
    return suite;
}
