/* Runs the unit tests of text. */
#include <stdlib.h>

#include "text_tests.h"

int main(void)
{
    SRunner *runner = srunner_create(class_suite());
    srunner_add_suite(runner, break_suite());
    srunner_add_suite(runner, gap_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
