/* Runs the unit tests of font. */
#include <stdlib.h>

#include "font_tests.h"

int main(void)
{
    SRunner *runner = srunner_create(set_suite());
    srunner_add_suite(runner, glyph_suite());
    srunner_add_suite(runner, shape_suite());
    srunner_add_suite(runner, charstring_suite());
    srunner_add_suite(runner, subset_suite());
    srunner_add_suite(runner, packed_suite());
    srunner_add_suite(runner, hostile_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
