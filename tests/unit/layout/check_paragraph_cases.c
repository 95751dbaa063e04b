/* Lines of paragraphs against tests/linebreak/lines.tests. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_paragraph_make.h"
#include "suites.h"

#define CASES "tests/linebreak/lines.tests"

/* The next field of a line of cases, up to ';'. */
static char *next_field(char **at)
{
    char *field = *at, *end = strchr(field, ';');
    ck_assert_msg(end != NULL, "a field is missing: %s", field);
    *end = '\0';
    *at = end + 1;
    return field;
}

/* "28", "7.5", with the alignment: L R C, B balanced and centred; justified without. */
static Length parse_measure(Rig *rig, const char *field)
{
    char *end = NULL;
    long cells = strtol(field, &end, 10);
    Length measure = cells * LENGTH_CELL;
    if (*end == '.') {
        measure += (end[1] - '0') * LENGTH_CELL / 10;
        end += 2;
    }
    rig->style.align = *end == 'L'                  ? ALIGN_LEFT
                       : *end == 'R'                ? ALIGN_RIGHT
                       : *end == 'C' || *end == 'B' ? ALIGN_CENTER
                                                    : ALIGN_JUSTIFY;
    rig->style.balance = *end == 'B';
    return measure;
}

static const char *join_lines(Rig *rig, const LineList *lines)
{
    const char *joined = "";
    for (size_t i = 0; i < lines->count; i++) {
        joined = arena_printf(rig->arena, "%s%s%s", joined, i > 0 ? "|" : "", rig_text(rig, &lines->items[i]));
    }
    return joined;
}

START_TEST(test_cases)
{
    Rig *rig = rig_new();
    if (!rig) {
        return;
    }
    FILE *file = fopen(CASES, "r");
    ck_assert_msg(file != NULL, "%s is not there: run from the repository's root", CASES);
    char line[4096];
    int number = 0, cases = 0, failed = 0;
    while (fgets(line, sizeof line, file)) {
        number++;
        char *end = strstr(line, "  #");
        line[end ? (size_t)(end - line) : strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        cases++;
        char *at = line;
        Length measure = parse_measure(rig, next_field(&at));
        rig->style.first_indent = strtol(next_field(&at), NULL, 10) * LENGTH_CELL;
        LineList lines = rig_set(rig, next_field(&at), measure);
        const char *found = join_lines(rig, &lines);
        if (strcmp(found, at) != 0) {
            fprintf(stderr, "%s:%d: wanted %s\n%*sfound  %s\n", CASES, number, at, (int)strlen(CASES) + 6, "", found);
            failed++;
        }
    }
    ck_assert_int_eq(failed, 0);
    ck_assert_int_ge(cases, 80);
    fclose(file);
    rig_free(rig);
}
END_TEST

Suite *paragraph_cases_suite(void)
{
    Suite *suite = suite_create("paragraph cases");
    TCase *tests = tcase_create("cases");
    tcase_add_test(tests, test_cases);
    suite_add_tcase(suite, tests);
    return suite;
}
