/* Runs the unit tests of cli: what of a batch can be tried without setting notices. */
#include <stdlib.h>

#include "cli_tests.h"

int main(void)
{
    SRunner *runner = srunner_create(json_read_suite());
    srunner_add_suite(runner, manifest_suite());
    srunner_add_suite(runner, names_suite());
    srunner_add_suite(runner, queue_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
