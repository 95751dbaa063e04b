/* Regular expressions: what is found, in code points; what is no pattern; what would take too long. */
#include <check.h>
#include <string.h>

#include "base/regex.h"
#include "base_tests.h"

START_TEST(patterns_are_found)
{
    static const struct {
        const char *pattern, *text;
        bool found;
    } cases[] = {
        {"", "", true},
        {"a", "bab", true},
        {"^a", "ba", false},
        {"a$", "ab", false},
        {"^$", "", true},
        {"^$", "a", false},
        {"^a*$", "aaa", true},
        {"^a+$", "", false},
        {"^a?b$", "b", true},
        {"^a?b$", "aab", false},
        {"^(ab)+$", "abab", true},
        {"^(ab)+$", "aba", false},
        {"^a|b$", "xb", true},
        {"^(a|b)$", "xb", false},
        {"^(a|b|c)$", "c", true},
        {"^.$", "𠮷", true},
        {"^[省市县]$", "市", true},
        {"^[省市县]$", "区", false},
        {"^[^省市]$", "县", true},
        {"^[^省市]$", "省", false},
        {"^[一-龥]+$", "部门", true},
        {"^[一-龥]+$", "部x", false},
        {"^\\d{4}$", "2020", true},
        {"^\\d{4}$", "20200", false},
        {"^[0-9]{2,3}$", "1", false},
        {"^[0-9]{2,3}$", "123", true},
        {"^[0-9]{2,3}$", "1234", false},
        {"^x{2,}$", "x", false},
        {"^x{2,}$", "xxxxx", true},
        {"^x{0}y$", "y", true},
        {"^x{0,2}$", "xxx", false},
        {"\\.", "a.b", true},
        {"^\\.$", "a", false},
        {"^[]a]$", "]", true},
        {"^[a-]$", "-", true},
        {"^[[:digit:]x]+$", "1x2", true},
        {"^\\D+$", "a1", false},
        {"^\\S\\s\\S$", "a　b", true},
        {"^(a*)*$", "aaaa", true},
        {"^(a|a)*$", "aaab", false},
        {"(^a|b)c", "xbc", true},
        {"(^a|b)c", "xac", false},
        {"a(|b)c", "ac", true},
        {"^\\w+$", "a_1", true},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int fast = 0; fast < 2; fast++) {
            const char *error = NULL;
            size_t offset;
            Regex *regex = regex_compile(cases[i].pattern, fast ? REGEX_FAST : REGEX_PLAIN, arena, &error, &offset);
            ck_assert_msg(regex != NULL, "%s: %s", cases[i].pattern, error);
            ck_assert_msg(regex_found(regex, cases[i].text, strlen(cases[i].text)) == cases[i].found, "%s in \"%s\"",
                          cases[i].pattern, cases[i].text);
            regex_free(regex);
        }
    }
    arena_free(arena);
}
END_TEST

START_TEST(faults_have_a_place)
{
    static const struct {
        const char *pattern;
        size_t offset;
    } bad[] = {{"ab(", 3}, {")", 0}, {"[a", 2}, {"*", 0}, {"a{3,2}", 5}, {"[z-a]", 3}, {"\\", 1}};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *error = NULL;
        size_t offset = 99;
        ck_assert_msg(regex_compile(bad[i].pattern, REGEX_PLAIN, arena, &error, &offset) == NULL, "%s", bad[i].pattern);
        ck_assert_ptr_nonnull(error);
        ck_assert_msg(offset == bad[i].offset, "%s: %zu", bad[i].pattern, offset);
    }
    arena_free(arena);
}
END_TEST

START_TEST(blanks_are_for_the_reader_when_asked)
{
    Arena *arena = arena_new();
    const char *error;
    size_t offset;
    ck_assert(!regex_found(regex_compile("^a b$", REGEX_PLAIN, arena, &error, &offset), "ab", 2));
    ck_assert(regex_found(regex_compile("^a b$ # as one", REGEX_SPACED, arena, &error, &offset), "ab", 2));
    arena_free(arena);
}
END_TEST

/* Backtracking would take longer than the universe: the limit ends it. */
START_TEST(hostile_patterns_end)
{
    static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
    Arena *arena = arena_new();
    const char *error;
    size_t offset;
    const Regex *regex = regex_compile("^(a+)+(a|a)*(a*)*$", REGEX_PLAIN, arena, &error, &offset);
    ck_assert(!regex_found(regex, text, sizeof text - 1));
    arena_free(arena);
}
END_TEST

/* One match after another, an empty one too, with what the groups caught. */
START_TEST(matches_follow_one_another)
{
    static const char text[] = "第3项和第12项";
    Arena *arena = arena_new();
    const char *error;
    size_t offset, group, count = 0, digits = 0;
    const Regex *regex = regex_compile("第(?<数>\\d+)项|(?=和)", REGEX_PLAIN, arena, &error, &offset);
    ck_assert_ptr_nonnull(regex);
    ck_assert_uint_eq(regex_name_count(regex), 1);
    ck_assert_str_eq(regex_name(regex, 0, &group), "数");
    RegexSpan spans[REGEX_GROUPS_MAX];
    for (size_t at = 0; regex_find(regex, text, sizeof text - 1, at, spans);
         at = regex_after(text, sizeof text - 1, spans)) {
        count++;
        if (spans[group].start != SIZE_MAX)
            digits += spans[group].end - spans[group].start;
    }
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(digits, 3);
    arena_free(arena);
}
END_TEST

Suite *regex_suite(void)
{
    Suite *suite = suite_create("regex");
    TCase *tests = tcase_create("regex");
    tcase_add_test(tests, patterns_are_found);
    tcase_add_test(tests, faults_have_a_place);
    tcase_add_test(tests, blanks_are_for_the_reader_when_asked);
    tcase_add_test(tests, hostile_patterns_end);
    tcase_add_test(tests, matches_follow_one_another);
    suite_add_tcase(suite, tests);
    return suite;
}
