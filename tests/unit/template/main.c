/* Runs the tests of the template module, from the repository's root. */
#include <stdlib.h>

#include "template_tests.h"

int main(void)
{
    Suite *suite = suite_create("template");
    suite_add_tcase(suite, parse_tests());
    suite_add_tcase(suite, expand_tests());
    suite_add_tcase(suite, table_tests());
    suite_add_tcase(suite, style_tests());
    suite_add_tcase(suite, wording_tests());
    suite_add_tcase(suite, reference_tests());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
