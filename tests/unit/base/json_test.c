/* JSON strings: what is escaped, what is not, what is no UTF-8. */
#include <check.h>
#include <string.h>

#include "base/json.h"
#include "base_tests.h"

START_TEST(strings_are_escaped)
{
    static const struct {
        const char *text, *json;
    } cases[] = {
        {"", "\"\""},
        {"部门“甲”", "\"部门“甲”\""},
        {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
        {"\t\r\n\x01\x7F", "\"\\t\\r\\n\\u0001\\u007f\""},
        {"\xC2\x85\xE2\x80\xA8\xE2\x80\xA9", "\"\\u0085\\u2028\\u2029\""},
        {"𠮷", "\"𠮷\""},
        {"a\xFFz\xE9\x83", "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer out = {0};
        json_put_text(&out, cases[i].text);
        buffer_append(&out, "", 1);
        ck_assert_str_eq(out.bytes, cases[i].json);
        buffer_release(&out);
    }
    Buffer out = {0};
    json_put_text(&out, NULL);
    json_put_bytes(&out, "a\0b", 3);
    buffer_append(&out, "", 1);
    ck_assert_str_eq(out.bytes, "null\"a\\u0000b\"");
    buffer_release(&out);
}
END_TEST

Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("json");
    tcase_add_test(tests, strings_are_escaped);
    suite_add_tcase(suite, tests);
    return suite;
}
