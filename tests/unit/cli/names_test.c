/* Tests of output names: safe on every system, all different, whatever the data files are called. */
#include <string.h>

#include "cli/batch_int.h"
#include "cli_tests.h"

static Arena *arena;

static void setup(void)
{
    arena = arena_new();
}

static void teardown(void)
{
    arena_free(arena);
}

static const struct {
    const char *text, *name;
} SAFE[] = {
    {"\xE7\xBB\x84\xE7\xBB\x87\xE9\x83\xA8", "\xE7\xBB\x84\xE7\xBB\x87\xE9\x83\xA8"},
    {"", "_"},
    {".", "_"},
    {"..", "_"},
    {"../../etc/passwd", "_._.._etc_passwd"},
    {"/abs", "_abs"},
    {"a\\b:c*d?e\"f<g>h|i", "a_b_c_d_e_f_g_h_i"},
    {".hidden", "_hidden"},
    {"-rf", "_rf"},
    {" a", "_a"},
    {"a. .", "a"},
    {"CON", "_CON"},
    {"nul.txt", "_nul.txt"},
    {"Com1", "_Com1"},
    {"LPT9.x", "_LPT9.x"},
    {"COM", "COM"},
    {"conin$", "_conin$"},
    {"a\x01\x1b\x7f"
     "b",
     "a___b"},
    {"a\xE2\x80\xAE"
     "fdp.exe",
     "a_fdp.exe"}, /* right to left override */
    {"a\xE2\x80\x8B"
     "b",
     "a_b"}, /* zero width space */
    {"\xff\xfe", "__"},
    {"e\xCC\x81", "\xC3\xA9"}, /* composed */
};

START_TEST(names_are_safe)
{
    ck_assert_str_eq(batch_safe_name(SAFE[_i].text, arena), SAFE[_i].name);
}
END_TEST

START_TEST(long_names_are_cut_between_characters_and_stay_different)
{
    char one[1000] = "", other[1000] = "";
    for (int i = 0; i < 100; i++) {
        strcat(one, "\xF0\xA0\xAE\xB7");
        strcat(other, "\xF0\xA0\xAE\xB7");
    }
    strcat(one, "1");
    strcat(other, "2");
    const char *a = batch_safe_name(one, arena), *b = batch_safe_name(other, arena);
    ck_assert_uint_le(strlen(a), 200);
    ck_assert_str_ne(a, b);
    ck_assert_uint_eq(strspn(a, "\xF0\xA0\xAE\xB7") % 4, 0);
}
END_TEST

static const struct {
    const char *text, *name;
} KEYED[] = {
    {"K: one\n", "one"},
    {"x: 1\nK: one two  # why\ny: 2\n", "one two"},
    {"K: one", "one"},
    {"\xEF\xBB\xBFK: one\r\n", "one"},
    {"K: \"one: two\"\n", "one: two"},
    {"K: 'one # two' # three\n", "one # two"},
    {"K:one\n", "one"}, /* whether this is YAML its reader says */
    {"K: a/../b\n", "a/../b"},
    {"x: 1\n", NULL},
    {"  K: inner\n", NULL},
    {"KK: other\n", NULL},
    {"# K: comment\n", NULL},
    {"K:\n", NULL},
    {"K: \n", NULL},
    {"K: # nothing\n", NULL},
    {"K: |\n  block\n", NULL},
    {"K: one\n  goes on\n", NULL},
    {"K: [one]\n", NULL},
    {"K: *alias\n", NULL},
    {"K: \"one\\u0041\"\n", NULL},
    {"K: 'it''s'\n", NULL},
    {"K: \"open\n", NULL},
    {"", NULL},
    {"K", NULL},
};

START_TEST(names_out_of_the_data)
{
    const char *name = batch_name_in(KEYED[_i].text, strlen(KEYED[_i].text), "K", arena);
    if (KEYED[_i].name)
        ck_assert_ptr_nonnull(name);
    ck_assert_msg(name == NULL || KEYED[_i].name, "%s: %s", KEYED[_i].text, name);
    if (name)
        ck_assert_str_eq(name, KEYED[_i].name);
}
END_TEST

Suite *names_suite(void)
{
    Suite *suite = suite_create("names");
    TCase *tests = tcase_create("names");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, names_are_safe, 0, (int)(sizeof SAFE / sizeof *SAFE));
    tcase_add_loop_test(tests, names_out_of_the_data, 0, (int)(sizeof KEYED / sizeof *KEYED));
    tcase_add_test(tests, long_names_are_cut_between_characters_and_stay_different);
    suite_add_tcase(suite, tests);
    return suite;
}
