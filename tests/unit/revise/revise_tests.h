/* What the tests of revise share: a small notice's schema, trees by it, and one text for trees that say the same. */
#ifndef GONGKAI_TESTS_REVISE_TESTS_H
#define GONGKAI_TESTS_REVISE_TESTS_H

#include <check.h>

#include "revise/revise.h"

Suite *compare_suite(void);
Suite *property_suite(void);
Suite *ledger_suite(void);
Suite *pages_suite(void);

const Schema *test_schema(Arena *arena);
/* A checked and computed tree; fails the test when it is not good. */
Value *test_tree(const Schema *schema, const char *yaml, Arena *arena);
/* All that is compared of a tree, in one form. */
void tree_text(const Schema *schema, const Value *value, Buffer *out);
bool text_is(const Buffer *a, const Buffer *b);

#endif
