/* Runs the unit tests of revise. */
#include <stdlib.h>

#include "revise_tests.h"

int main(void)
{
    SRunner *runner = srunner_create(compare_suite());
    srunner_add_suite(runner, property_suite());
    srunner_add_suite(runner, ledger_suite());
    srunner_add_suite(runner, pages_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
