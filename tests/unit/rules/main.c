/* Runs the unit tests of rules. */
#include <stdlib.h>

#include "rules_tests.h"

int main(void)
{
    SRunner *runner = srunner_create(case_suite());
    srunner_add_suite(runner, notice_suite());
    srunner_add_suite(runner, engine_suite());
    srunner_add_suite(runner, load_suite());
    srunner_add_suite(runner, screen_suite());
    srunner_add_suite(runner, mutation_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
