/* What the unit tests of the commands share. */
#ifndef GONGKAI_TESTS_CLI_TESTS_H
#define GONGKAI_TESTS_CLI_TESTS_H

#include <check.h>

Suite *json_read_suite(void);
Suite *manifest_suite(void);
Suite *names_suite(void);
Suite *queue_suite(void);

#endif
