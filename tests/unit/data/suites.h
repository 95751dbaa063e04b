/* The suites of the data module's tests. */
#ifndef GONGKAI_TESTS_DATA_SUITES_H
#define GONGKAI_TESTS_DATA_SUITES_H

#include <check.h>

Suite *yaml_suite(void);
Suite *value_suite(void);
Suite *schema_suite(void);
Suite *shared_suite(void);
Suite *compute_suite(void);
Suite *formula_suite(void);

#endif
