/* Runs the unit tests of pdf. */
#include <stdlib.h>

#include "pdf_tests.h"

int main(void)
{
    Suite *suite = suite_create("pdf");
    suite_add_tcase(suite, format_tests());
    suite_add_tcase(suite, position_tests());
    suite_add_tcase(suite, font_tests());
    suite_add_tcase(suite, document_tests());
    suite_add_tcase(suite, tag_tests());
    suite_add_tcase(suite, render_tests());
    suite_add_tcase(suite, edition_tests());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
