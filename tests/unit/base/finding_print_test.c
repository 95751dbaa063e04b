/* Tests of the two faces of a finding: lines for a person, JSON for a program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/finding.h"
#include "base/text.h"
#include "base_tests.h"

static Arena *arena;
static FindingList list;

static void setup(void)
{
    arena = arena_new();
    finding_list_init(&list, arena, LANGUAGE_ZH);
}

static void teardown(void)
{
    arena_free(arena);
}

static const char *printed(const Finding *finding, bool color)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    finding_print(&list, finding, out, color);
    fclose(out);
    const char *copy = arena_strndup(arena, text, len);
    free(text);
    return copy;
}

static const char *json_of(const Finding *finding)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    finding_print_json(finding, out);
    fclose(out);
    const char *copy = arena_strndup(arena, text, len);
    free(text);
    return copy;
}

static const Source *source_of(const char *text)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){"数据.yaml", text, strlen(text)};
    return source;
}

/* In a list of its own: one that has a finding with the same place and words would give that. */
static Finding *finding_at(const char *text, size_t offset, size_t length)
{
    finding_list_init(&list, arena, LANGUAGE_ZH);
    return finding_add_text(&list, "sum-mismatch", SEVERITY_ERROR, place_at(source_of(text), offset, length), NULL, "m",
                            NULL);
}

START_TEST(golden_with_note_and_help)
{
    const char *text = "支出:\n  基本支出: 4000.00\n  合计: 4945.05\n";
    const Source *source = source_of(text);
    Finding *finding = finding_add_text(&list, "sum-mismatch", SEVERITY_ERROR,
                                        place_at(source, (size_t)(strstr(text, "4945") - text), 7), "支出/合计",
                                        "合计与分项之和不一致", "核对各分项\n或改正合计");
    finding_relate(&list, finding, MESSAGE_FILE_NOT_REGULAR,
                   place_at(source, (size_t)(strstr(text, "基本") - text), 12), "某", NULL);
    ck_assert_str_eq(printed(finding, false), "数据.yaml:3:7: error[sum-mismatch]: 合计与分项之和不一致\n"
                                              "    3 |   合计: 4945.05\n"
                                              "      |         ^~~~~~~\n"
                                              "数据.yaml:2:3: 说明：“某”不是普通文件\n"
                                              "    2 |   基本支出: 4000.00\n"
                                              "      |   ^~~~~~~~\n"
                                              "   办法：核对各分项\n"
                                              "         或改正合计\n");
    list.language = LANGUAGE_EN;
    finding->related_count = 0;
    finding->severity = SEVERITY_WARNING;
    finding->suggestion = "4945.06";
    ck_assert_str_eq(printed(finding, false), "数据.yaml:3:7: warning[sum-mismatch]: 合计与分项之和不一致\n"
                                              "    3 |   合计: 4945.05\n"
                                              "      |         ^~~~~~~\n"
                                              "   write: 4945.06\n"
                                              "   help: 核对各分项\n"
                                              "         或改正合计\n");
    finding->help = "use 4945.06"; /* says it already */
    finding->severity = SEVERITY_HINT;
    ck_assert_str_eq(printed(finding, false), "数据.yaml:3:7: hint[sum-mismatch]: 合计与分项之和不一致\n"
                                              "    3 |   合计: 4945.05\n"
                                              "      |         ^~~~~~~\n"
                                              "   help: use 4945.06\n");
}
END_TEST

START_TEST(golden_without_a_line)
{
    Finding *nowhere = finding_add(&list, MESSAGE_FILE_NOT_REGULAR, (Place){0}, NULL, "x", NULL);
    ck_assert_str_eq(printed(nowhere, false), "gongkai: error[file-not-regular]: “x”不是普通文件\n");
    Place whole = {.source = source_of("text")};
    Finding *file = finding_add(&list, MESSAGE_FILE_NOT_REGULAR, whole, NULL, "x", NULL);
    ck_assert_str_eq(printed(file, false), "数据.yaml: error[file-not-regular]: “x”不是普通文件\n");
    Source unread = {.name = "missing.yaml"};
    Finding *missing = finding_add(&list, MESSAGE_FILE_NOT_REGULAR, (Place){&unread, 3, 4, 0, 0}, NULL, "x", NULL);
    ck_assert_str_eq(printed(missing, false), "missing.yaml:3:4: error[file-not-regular]: “x”不是普通文件\n");
}
END_TEST

START_TEST(golden_in_color)
{
    Finding *finding = finding_at("ab\n", 0, 2);
    finding->help = "h";
    ck_assert_str_eq(printed(finding, true), "\033[1m数据.yaml:1:1: \033[0m\033[1;31merror[sum-mismatch]: \033[0mm\n"
                                             "    1 | ab\n"
                                             "      | \033[1;32m^~\033[0m\n"
                                             "   \033[1;36m办法：\033[0mh\n");
}
END_TEST

static const struct {
    const char *text;
    size_t offset, length;
    const char *quoted; /* the last two lines */
} quotes[] = {
    {"ab", 0, 0, "    1 | ab\n      | ^\n"},
    {"ab", 2, 0, "    1 | ab\n      |   ^\n"},
    {"ab\n", 2, 1, "    1 | ab\n      |   ^\n"},
    {"", 0, 0, "    1 | \n      | ^\n"},
    {"a\r\nbc\r\n", 4, 1, "    2 | bc\n      |  ^\n"},
    {"a\rbc\rd", 3, 1, "    2 | bc\n      |  ^\n"},
    {"公开", 3, 3, "    1 | 公开\n      |   ^~\n"},
    {"\t\ta: 1", 5, 1, "    1 |   a: 1\n      |      ^\n"},
    {"e\xCC\x81x", 3, 1, "    1 | e\xCC\x81x\n      |  ^\n"},
    {"\xF0\xA0\x80\x80x", 4, 1, "    1 | \xF0\xA0\x80\x80x\n      |   ^\n"},
    {"\033[31mx\a", 5, 1, "    1 | \xE2\x90\x9B[31mx\xE2\x90\x87\n      |      ^\n"},
    {"a\xFF\xE5\x85z", 4, 1, "    1 | a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\n      |     ^\n"},
    {"\xEF\xBB\xBF"
     "ab",
     4, 1, "    1 | ab\n      |  ^\n"},
    {"a\xE2\x80\xAE"
     "b",
     4, 1,
     "    1 | a\xEF\xBF\xBD"
     "b\n      |   ^\n"}, /* U+202E */
    {"a\xC2\x9B"
     "b",
     3, 1,
     "    1 | a\xEF\xBF\xBD"
     "b\n      |   ^\n"}, /* U+009B, a CSI of one byte */
};

START_TEST(quoted_lines)
{
    const char *text = printed(finding_at(quotes[_i].text, quotes[_i].offset, quotes[_i].length), false);
    ck_assert_str_eq(strchr(text, '\n') + 1, quotes[_i].quoted);
}
END_TEST

/* The quoted line and the caret line under it; false when the caret does not stand under `marked`. */
static bool caret_stands_under(const char *text, char marked)
{
    const char *quoted = strchr(text, '\n') + 1, *carets = strchr(quoted, '\n') + 1;
    const char *mark = strchr(quoted, marked);
    return text_display_width(quoted, (size_t)(mark - quoted)) == (size_t)(strchr(carets, '^') - carets);
}

START_TEST(long_lines_are_shown_in_part)
{
    enum { COUNT = 5000 };
    static const char *const fillers[] = {"x", "公", "\t", "e\xCC\x81", "\xFF"};
    static const size_t places[] = {0,   1,   20,   39,         40,         41,         42,        60,       99,
                                    100, 101, 2500, COUNT - 61, COUNT - 60, COUNT - 59, COUNT - 2, COUNT - 1};
    for (size_t f = 0; f < sizeof fillers / sizeof *fillers; f++) {
        for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
            Buffer line = {0};
            size_t offset = 0;
            buffer_text(&line, "first\n");
            for (size_t i = 0; i < COUNT; i++) {
                offset = i == places[p] ? line.len : offset;
                buffer_text(&line, i == places[p] ? "#" : fillers[f]);
            }
            buffer_text(&line, "\nlast");
            buffer_append(&line, "", 1);
            const char *text = printed(finding_at(line.bytes, offset, 1), false);
            const char *quoted = strchr(text, '\n') + 1;
            size_t cells = text_display_width(quoted, strcspn(quoted, "\n")) - 8;
            ck_assert_msg(cells >= 95 && cells <= 102, "filler %zu, place %zu: %zu cells", f, places[p], cells);
            ck_assert_msg(caret_stands_under(text, '#'), "filler %zu, place %zu:\n%s", f, places[p], text);
            ck_assert_uint_eq(utf8_valid_prefix(text, strlen(text)), strlen(text));
            bool cut_start = text_starts_with(quoted + 8, "\xE2\x80\xA6");
            bool cut_end = strstr(quoted, "\xE2\x80\xA6\n") != NULL;
            ck_assert(cut_start || cut_end);
            ck_assert(places[p] > 20 || !cut_start);
            ck_assert(places[p] < COUNT - 20 || !cut_end);
            ck_assert(places[p] != 2500 || (cut_start && cut_end));
            buffer_release(&line);
        }
    }
}
END_TEST

START_TEST(marks_without_width_make_no_endless_line)
{
    Buffer line = {0};
    for (int i = 0; i < 100000; i++) {
        buffer_text(&line, "\xCC\x81");
    }
    buffer_append(&line, "", 1);
    const char *text = printed(finding_at(line.bytes, 100000, 2), false);
    ck_assert_uint_lt(strlen(text), 3000);
    buffer_release(&line);
}
END_TEST

START_TEST(a_mark_longer_than_the_window_ends_with_it)
{
    char line[1001];
    memset(line, 'x', 1000);
    line[1000] = '\0';
    const char *text = printed(finding_at(line, 0, 1000), false);
    ck_assert_ptr_nonnull(strstr(text, "x\xE2\x80\xA6\n      | ^~~"));
    ck_assert_uint_eq(strspn(strchr(text, '^') + 1, "~"), 99);
}
END_TEST

START_TEST(words_from_the_data_do_not_steer_the_terminal)
{
    Source source = {"evil\033[2J\n.yaml", "x", 1};
    Finding *finding =
        finding_add_text(&list, "x", SEVERITY_ERROR, place_at(&source, 0, 1), NULL, "a\nb\r\033c\xFF", "h\033");
    ck_assert_str_eq(printed(finding, false), "evil\xE2\x90\x9B[2J\xE2\x90\x8A.yaml:1:1: error[x]: a\xE2\x90\x8A"
                                              "b\xE2\x90\x8D\xE2\x90\x9B"
                                              "c\xEF\xBF\xBD\n    1 | x\n      | ^\n   办法：h\xE2\x90\x9B\n");
}
END_TEST

START_TEST(json_golden)
{
    const Source *source = source_of("a: 1\nb: 2\n");
    Finding *finding = finding_add(&list, MESSAGE_FILE_UNWRITABLE, place_at(source, 8, 1), "支出/合计", "x", "y", NULL);
    finding->suggestion = "3";
    finding_relate(&list, finding, MESSAGE_FILE_NOT_REGULAR, place_at(source, 0, 1), "z", NULL);
    finding_relate(&list, finding, MESSAGE_FILE_NOT_REGULAR, (Place){0}, "w", NULL);
    ck_assert_str_eq(
        json_of(finding),
        "{\"file\":\"数据.yaml\",\"line\":2,\"column\":4,\"severity\":\"error\",\"code\":\"file-unwritable\","
        "\"message\":\"写不了文件“x”：y\",\"path\":\"支出/合计\",\"help\":\"原有文件没有改动\","
        "\"suggestion\":\"3\",\"related\":[{\"file\":\"数据.yaml\",\"line\":1,\"column\":1,"
        "\"message\":\"“z”不是普通文件\"},{\"file\":null,\"line\":null,\"column\":null,"
        "\"message\":\"“w”不是普通文件\"}]}\n");
    Finding *bare = finding_add_text(&list, "x", SEVERITY_HINT, (Place){.source = source}, NULL, "m", NULL);
    ck_assert_str_eq(json_of(bare), "{\"file\":\"数据.yaml\",\"line\":null,\"column\":null,\"severity\":\"hint\","
                                    "\"code\":\"x\",\"message\":\"m\",\"path\":null,\"help\":null,\"suggestion\":null,"
                                    "\"related\":[]}\n");
}
END_TEST

START_TEST(json_escapes)
{
    static const struct {
        const char *text, *escaped;
    } cases[] = {
        {"\"\\/", "\\\"\\\\/"},
        {"\n\r\t\b\f\x01\x1F", "\\n\\r\\t\\u0008\\u000c\\u0001\\u001f"},
        {"\x7F\xC2\x9B", "\\u007f\\u009b"},
        {"\xE2\x80\xA8\xE2\x80\xA9", "\\u2028\\u2029"},
        {"公\xF0\xA0\x80\x80", "公\xF0\xA0\x80\x80"},
        {"a\xFF\xC0\x80\xED\xA0\x80z", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
        {"\xE5\x85", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Finding finding = {.code = "x", .message = cases[i].text};
        const char *expected = arena_printf(arena, "\"message\":\"%s\",\"path\"", cases[i].escaped);
        const char *text = json_of(&finding);
        ck_assert_msg(strstr(text, expected), "case %zu: %s", i, text);
        ck_assert_ptr_eq(strchr(text, '\n'), text + strlen(text) - 1);
    }
}
END_TEST

Suite *finding_print_suite(void)
{
    Suite *suite = suite_create("finding_print");
    TCase *tests = tcase_create("finding_print");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, golden_with_note_and_help);
    tcase_add_test(tests, golden_without_a_line);
    tcase_add_test(tests, golden_in_color);
    tcase_add_loop_test(tests, quoted_lines, 0, (int)(sizeof quotes / sizeof *quotes));
    tcase_add_test(tests, long_lines_are_shown_in_part);
    tcase_add_test(tests, marks_without_width_make_no_endless_line);
    tcase_add_test(tests, a_mark_longer_than_the_window_ends_with_it);
    tcase_add_test(tests, words_from_the_data_do_not_steer_the_terminal);
    tcase_add_test(tests, json_golden);
    tcase_add_test(tests, json_escapes);
    suite_add_tcase(suite, tests);
    return suite;
}
