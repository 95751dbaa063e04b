/* Runs the tests of the data module. */
#include <stdlib.h>

#include "suites.h"

int main(void)
{
    SRunner *runner = srunner_create(yaml_suite());
    srunner_add_suite(runner, value_suite());
    srunner_add_suite(runner, schema_suite());
    srunner_add_suite(runner, scalar_suite());
    srunner_add_suite(runner, shared_suite());
    srunner_add_suite(runner, compute_suite());
    srunner_add_suite(runner, formula_suite());
    srunner_add_suite(runner, yaml_write_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
