/* What the tests of the data module share. */
#ifndef GONGKAI_TESTS_DATA_SUITES_H
#define GONGKAI_TESTS_DATA_SUITES_H

#include <check.h>

#include "data/data.h"

Suite *yaml_suite(void);
Suite *value_suite(void);
Suite *schema_suite(void);
Suite *scalar_suite(void);
Suite *shared_suite(void);
Suite *compute_suite(void);
Suite *formula_suite(void);
Suite *yaml_write_suite(void);

/* An arena with a list of findings in it. */
typedef struct Bench {
    Arena *arena;
    FindingList findings;
} Bench;

Bench bench_new(void);
void bench_free(Bench *bench);
Value *bench_parse(Bench *bench, const char *yaml);
/* Parses `schema` (which must have no findings) and `yaml`, checks; NULL when either cannot be read. */
Value *bench_check(Bench *bench, const char *schema, const char *yaml);
/* "code@line:column code@line:column" in the order of the file. */
const char *bench_codes(Bench *bench);
const char *bench_dump(Bench *bench, const Value *root);

#endif
