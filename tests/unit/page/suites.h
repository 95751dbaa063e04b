/* The suites of page's unit tests. */
#ifndef TESTS_UNIT_PAGE_SUITES_H
#define TESTS_UNIT_PAGE_SUITES_H

#include <check.h>

Suite *report_suite(void);

#endif
