/* The room between neighbours, case by case after CLREQ. */
#include "text/text.h"
#include "text_tests.h"

typedef struct GapCase {
    TextClass left, right;
    TextGap gap;
    const char *why;
} GapCase;

#define CELLS TEXT_STRETCH_CELLS
#define NEVER TEXT_STRETCH_NEVER

static const GapCase cases[] = {
    {TEXT_HAN, TEXT_HAN, {0, 0, 0, 0, CELLS}, "the grid"},
    {TEXT_HAN, TEXT_COMMA, {0, 0, 0, 0, CELLS}, "a mark stands close to what it ends"},
    {TEXT_COMMA, TEXT_HAN, {8, 8, 0, TEXT_SHRINK_COMMA, CELLS}, "the mark's blank half"},
    {TEXT_STOP, TEXT_HAN, {8, 8, 0, TEXT_SHRINK_STOP, CELLS}, "the same, last to give way"},
    {TEXT_HAN, TEXT_OPEN, {8, 8, 0, TEXT_SHRINK_BRACKET, CELLS}, "the blank half before a bracket"},
    {TEXT_OPEN, TEXT_HAN, {0, 0, 0, 0, CELLS}, "brackets close up to what they hold"},
    {TEXT_CLOSE, TEXT_STOP, {0, 0, 0, 0, CELLS}, "two cells become one and a half"},
    {TEXT_CLOSE, TEXT_OPEN, {8, 8, 0, TEXT_SHRINK_BRACKET, CELLS}, "two blank halves become one"},
    {TEXT_COMMA, TEXT_OPEN, {8, 8, 0, TEXT_SHRINK_COMMA, CELLS}, "of two marks the later to give way counts"},
    {TEXT_OPEN, TEXT_OPEN, {0, 0, 0, 0, CELLS}, "the second's blank half goes"},
    {TEXT_HAN, TEXT_DOT, {4, 4, 0, TEXT_SHRINK_DOT, CELLS}, "a quarter on either side"},
    {TEXT_HAN, TEXT_DIGIT, {4, 2, 4, TEXT_SHRINK_LATIN, TEXT_STRETCH_LATIN}, "1/4, from 1/8 to 1/2"},
    {TEXT_LETTER, TEXT_HAN, {4, 2, 4, TEXT_SHRINK_LATIN, TEXT_STRETCH_LATIN}, "on both sides"},
    {TEXT_POSTFIX, TEXT_HAN, {4, 2, 4, TEXT_SHRINK_LATIN, TEXT_STRETCH_LATIN}, "% belongs to its number"},
    {TEXT_COMMA, TEXT_DIGIT, {8, 8, 0, TEXT_SHRINK_COMMA, CELLS}, "no gap of Western text beside a mark"},
    {TEXT_DIGIT, TEXT_COMMA, {0, 0, 0, 0, NEVER}, "nor before one"},
    {TEXT_OPEN, TEXT_DIGIT, {0, 0, 0, 0, NEVER}, "nor inside brackets"},
    {TEXT_DIGIT, TEXT_CLOSE, {0, 0, 0, 0, NEVER}, "nor inside brackets"},
    {TEXT_DIGIT, TEXT_OPEN, {8, 8, 0, TEXT_SHRINK_BRACKET, CELLS}, "the bracket's own blank"},
    {TEXT_DASH, TEXT_DASH, {0, 0, 0, 0, NEVER}, "—— is never widened"},
    {TEXT_ELLIPSIS, TEXT_ELLIPSIS, {0, 0, 0, 0, NEVER}, "nor is ……"},
    {TEXT_HAN, TEXT_CONNECTOR, {0, 0, 0, 0, NEVER}, "nothing beside a connector"},
    {TEXT_CONNECTOR, TEXT_HAN, {0, 0, 0, 0, NEVER}, "nothing beside a connector"},
    {TEXT_HAN, TEXT_SLASH, {0, 0, 0, 0, NEVER}, "nothing beside a slash"},
    {TEXT_SIGN_WIDE, TEXT_DIGIT, {0, 0, 0, 0, NEVER}, "a sign stands at its number"},
    {TEXT_DIGIT, TEXT_POSTFIX_WIDE, {0, 0, 0, 0, NEVER}, "a unit stands at its number"},
    {TEXT_DIGIT, TEXT_DIGIT, {0, 0, 0, 0, NEVER}, "figures are never spaced out"},
    {TEXT_LETTER, TEXT_LETTER, {0, 0, 0, 0, NEVER}, "nor words"},
    {TEXT_HAN, TEXT_SPACE, {0, 0, 0, 0, NEVER}, "a space's room follows the space"},
    {TEXT_SPACE, TEXT_HAN, {4, 1, 4, TEXT_SHRINK_SPACE, TEXT_STRETCH_SPACE}, "a typed space, up to 1/2"},
    {TEXT_SPACE, TEXT_LETTER, {4, 1, 4, TEXT_SHRINK_SPACE, TEXT_STRETCH_SPACE}, "it takes the place of the 1/4"},
    {TEXT_SPACE, TEXT_OPEN, {8, 8, 0, TEXT_SHRINK_BRACKET, NEVER}, "the blank of a mark takes the space in"},
    {TEXT_HAN, TEXT_CELL_SPACE, {0, 0, 0, 0, CELLS}, "U+3000 keeps its cell"},
};

START_TEST(test_gaps)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        TextGap gap = text_gap(cases[i].left, cases[i].right, TEXT_HAN);
        bool same = gap.natural == cases[i].gap.natural && gap.shrink == cases[i].gap.shrink &&
                    gap.stretch == cases[i].gap.stretch && gap.stretch_tier == cases[i].gap.stretch_tier &&
                    (gap.shrink == 0 || gap.shrink_tier == cases[i].gap.shrink_tier);
        ck_assert_msg(same, "case %zu (%s): natural %d shrink %d (tier %d) stretch %d (tier %d)", i, cases[i].why,
                      gap.natural, gap.shrink, gap.shrink_tier, gap.stretch, gap.stretch_tier);
    }
}
END_TEST

START_TEST(test_space_after_mark)
{
    TextGap gap = text_gap(TEXT_COMMA, TEXT_SPACE, TEXT_HAN);
    ck_assert_int_eq(gap.natural, 8);
    gap = text_gap(TEXT_SPACE, TEXT_HAN, TEXT_COMMA);
    ck_assert_int_eq(gap.natural, 0); /* together one blank half, as without the space */
}
END_TEST

/* No pair gives more than it has, and none is asked to widen in a tier without saying how far. */
START_TEST(test_every_pair)
{
    for (int left = 0; left < TEXT_CLASS_COUNT; left++) {
        for (int right = 0; right < TEXT_CLASS_COUNT; right++) {
            TextGap gap = text_gap((TextClass)left, (TextClass)right, TEXT_HAN);
            ck_assert_int_le(gap.shrink, gap.natural);
            ck_assert_int_le(gap.natural + gap.stretch, TEXT_ROOM / 2);
            ck_assert_int_lt(gap.shrink_tier, TEXT_SHRINK_TIERS);
            bool bounded = gap.stretch_tier == TEXT_STRETCH_SPACE || gap.stretch_tier == TEXT_STRETCH_LATIN;
            ck_assert_int_eq(bounded, gap.stretch > 0);
        }
    }
}
END_TEST

Suite *gap_suite(void)
{
    Suite *suite = suite_create("gap");
    TCase *tests = tcase_create("gap");
    tcase_add_test(tests, test_gaps);
    tcase_add_test(tests, test_space_after_mark);
    tcase_add_test(tests, test_every_pair);
    suite_add_tcase(suite, tests);
    return suite;
}
