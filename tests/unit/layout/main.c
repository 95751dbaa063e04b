/* Runs the unit tests of layout. */
#include <stdlib.h>

#include "suites.h"

int main(void)
{
    SRunner *runner = srunner_create(paragraph_suite());
    srunner_add_suite(runner, paragraph_cases_suite());
    srunner_add_suite(runner, paragraph_random_suite());
    srunner_add_suite(runner, paragraph_notice_suite());
    srunner_add_suite(runner, flow_suite());
    srunner_add_suite(runner, paginate_suite());
    srunner_add_suite(runner, table_suite());
    srunner_add_suite(runner, table_geometry_suite());
    srunner_add_suite(runner, front_suite());
    srunner_add_suite(runner, memory_suite());
    srunner_add_suite(runner, table_search_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
