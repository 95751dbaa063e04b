/* The suites of text's unit tests. */
#ifndef TESTS_UNIT_TEXT_TEXT_TESTS_H
#define TESTS_UNIT_TEXT_TEXT_TESTS_H

#include <check.h>

Suite *break_suite(void);
Suite *class_suite(void);
Suite *gap_suite(void);

#endif
