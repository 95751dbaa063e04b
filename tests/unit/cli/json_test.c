/* Tests of the reader of JSON: what it takes, what it refuses, what it leaves unread. */
#include <stdlib.h>
#include <string.h>

#include "cli/manifest_json.h"
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

/* In room of its own without a byte behind, so that a sanitizer sees every step too far. */
static const Json *parse(const char *text)
{
    size_t len = strlen(text);
    char *own = malloc(len ? len : 1);
    memcpy(own, text, len);
    const Json *json = json_parse(own, len, arena);
    free(own);
    return json;
}

static const char *const BROKEN[] = {
    "",
    " ",
    "{",
    "}",
    "[",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{a:1}",
    "{\"a\":1}x",
    "\"",
    "\"a",
    "\"\\",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\u0000\"", /* C's strings end there */
    "\"\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud800\\ud800\"",
    "\"\\udc00\"",
    "\"\x1b[2J\"", /* bare controls */
    "\"a\nb\"",
    "\"\xff\"",
    "\"\xe4\xb8\"",
    "\"\xed\xa0\x80\"", /* a surrogate in UTF-8 */
    "-",
    "tru",
    "nul",
    "True",
    "'a'",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
};

START_TEST(broken_is_refused)
{
    ck_assert_msg(parse(BROKEN[_i]) == NULL, "%s", BROKEN[_i]);
}
END_TEST

START_TEST(values_are_read)
{
    const Json *json =
        parse(" { \"a\" : [ 1 , -25 , 1.5 , \"x\\n\\u4e2d\\ud842\\udfb7\\/\" , true , false , null , { } , [ ] ] } ");
    const Json *list = json_get(json, "a");
    ck_assert_ptr_nonnull(list);
    ck_assert_uint_eq(json_count(list), 9);
    const Json *item = list->first;
    ck_assert_int_eq(item->number, 1);
    item = item->next;
    ck_assert_int_eq(item->number, -25);
    item = item->next;
    ck_assert_int_eq(item->number, 0);
    ck_assert_str_eq(item->text, "1.5");
    item = item->next;
    ck_assert_str_eq(item->text, "x\n\xE4\xB8\xAD\xF0\xA0\xAE\xB7/");
    ck_assert_int_eq(item->next->kind, JSON_TRUE);
    ck_assert_int_eq(item->next->next->kind, JSON_FALSE);
    ck_assert_int_eq(item->next->next->next->kind, JSON_NULL);
}
END_TEST

START_TEST(numbers_do_not_overflow)
{
    const Json *json = parse("{\"n\":99999999999999999999999999999999,\"m\":-99999999999999999999999999999999}");
    ck_assert_ptr_nonnull(json);
    ck_assert_int_ge(json_number(json, "n"), 0);
    ck_assert_int_le(json_number(json, "m"), 0);
}
END_TEST

START_TEST(of_another_kind_is_nothing)
{
    const Json *json = parse("{\"t\":\"x\",\"n\":1,\"l\":[1]}");
    ck_assert_ptr_null(json_text(json, "n"));
    ck_assert_ptr_null(json_text(json, "none"));
    ck_assert_ptr_null(json_text(NULL, "t"));
    ck_assert_int_eq(json_number(json, "t"), 0);
    ck_assert_ptr_null(json_get(json_get(json, "l"), "x"));
    ck_assert_uint_eq(json_count(json_get(json, "t")), 0);
    ck_assert(!json_is_true(json, "n"));
}
END_TEST

static const Json *parse_without(const char *text)
{
    size_t len = strlen(text);
    char *own = malloc(len ? len : 1);
    memcpy(own, text, len);
    const Json *json = json_parse_without("skip", own, len, arena);
    free(own);
    return json;
}

START_TEST(what_is_skipped_is_not_read)
{
    const Json *json = parse_without("{\"a\":1,\"skip\":[{\"b\":\"]}\\\"]\",\"c\":[[]]}],\"d\":{\"skip\":[1,2]}}");
    ck_assert_ptr_nonnull(json);
    ck_assert_int_eq(json_number(json, "a"), 1);
    ck_assert_uint_eq(json_count(json_get(json, "skip")), 0);
    ck_assert_uint_eq(json_count(json_get(json_get(json, "d"), "skip")), 2);
    ck_assert_ptr_nonnull(parse_without("{\"skip\":7,\"a\":1}"));
    static const char *const torn[] = {"{\"skip\":[",     "{\"skip\":[{}", "{\"skip\":[\"",
                                       "{\"skip\":[\"\\", "{\"skip\":[]",  "{\"skip\":"};
    for (size_t i = 0; i < sizeof torn / sizeof *torn; i++)
        ck_assert_msg(parse_without(torn[i]) == NULL, "%s", torn[i]);
}
END_TEST

Suite *json_read_suite(void)
{
    Suite *suite = suite_create("json_read");
    TCase *tests = tcase_create("json_read");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, broken_is_refused, 0, (int)(sizeof BROKEN / sizeof *BROKEN));
    tcase_add_test(tests, values_are_read);
    tcase_add_test(tests, numbers_do_not_overflow);
    tcase_add_test(tests, of_another_kind_is_nothing);
    tcase_add_test(tests, what_is_skipped_is_not_read);
    suite_add_tcase(suite, tests);
    return suite;
}
