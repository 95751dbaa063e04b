/* The suites of layout's unit tests. */
#ifndef TESTS_UNIT_LAYOUT_SUITES_H
#define TESTS_UNIT_LAYOUT_SUITES_H

#include <check.h>

Suite *paragraph_suite(void);
Suite *paragraph_cases_suite(void);
Suite *paragraph_random_suite(void);
Suite *paragraph_notice_suite(void);
Suite *flow_suite(void);
Suite *paginate_suite(void);
Suite *table_suite(void);
Suite *table_geometry_suite(void);
Suite *front_suite(void);
Suite *memory_suite(void);
Suite *table_search_suite(void);

#endif
