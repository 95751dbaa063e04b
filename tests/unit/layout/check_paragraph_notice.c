/* The lines of the real notice: how even they are. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "check_paragraph_make.h"
#include "suites.h"

#define NOTICE "../shared/reference/notice-2020.txt"

/* The largest distance between two neighbouring Hanzi of a line. */
static Length widest_pitch(const Line *line)
{
    Length widest = 0, before = 0;
    bool han_before = false;
    for (size_t r = 0; r < line->run_count; r++) {
        for (size_t g = 0; g < line->runs[r].count; g++) {
            uint32_t code = 0;
            utf8_decode(line->runs[r].text + line->runs[r].glyphs[g].text_at, 4, &code);
            Length x = line->runs[r].x + line->runs[r].glyphs[g].x;
            bool han = code >= 0x4E00 && code <= 0x9FFF;
            if (han && han_before && x - before > widest) {
                widest = x - before;
            }
            before = x;
            han_before = han;
        }
    }
    return widest;
}

START_TEST(test_notice)
{
    Rig *rig = rig_new();
    char *text = NULL;
    size_t len = 0;
    if (!rig) {
        return;
    }
    if (file_read(rig->arena, NOTICE, (size_t)1 << 20, &text, &len) != FILE_OK) {
        fprintf(stderr, "skipped: %s is not there\n", NOTICE);
        rig_free(rig);
        return;
    }
    rig->style.first_indent = 2 * LENGTH_CELL;
    size_t lines_count = 0, forced = 0, wide = 0, alone = 0;
    Length worst = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        Inline item = {.kind = INLINE_TEXT, .text = line, .len = strlen(line)};
        InlineList list = {&item, 1};
        LineList lines = paragraph_set(&rig->layout, &list, &rig->style, LENGTH_MM(156));
        lines_count += lines.count;
        for (size_t i = 0; i < lines.count; i++) {
            Length widest = widest_pitch(&lines.items[i]);
            worst = widest > worst ? widest : worst;
            wide += widest * 100 > LENGTH_CELL * 103;
            forced += lines.items[i].forced;
            alone += lines.count > 1 && lines.items[i].last && lines.items[i].han_on_last == 1;
        }
    }
    fprintf(stderr, "notice: %zu lines, widest pitch %ld/1000, %zu wider than 1.03, %zu forced\n", lines_count,
            (long)(worst * 1000 / LENGTH_CELL), wide, forced);
    ck_assert_uint_gt(lines_count, 500);
    ck_assert_uint_eq(forced, 0);
    ck_assert_uint_eq(alone, 0);
    ck_assert_int_le(worst * 1000 / LENGTH_CELL, 1063);
    ck_assert_uint_le(wide, 10);
    ck_assert_uint_eq(rig->findings.count, 0);
    rig_free(rig);
}
END_TEST

Suite *paragraph_notice_suite(void)
{
    Suite *suite = suite_create("paragraph notice");
    TCase *tests = tcase_create("notice");
    tcase_add_test(tests, test_notice);
    suite_add_tcase(suite, tests);
    return suite;
}
