/* What the tests of formulas share: a small tree of data, and formulas evaluated over it. */
#ifndef GONGKAI_TESTS_DATA_CHECK_FORMULA_H
#define GONGKAI_TESTS_DATA_CHECK_FORMULA_H

#include <check.h>

#include "data/data.h"

typedef struct Rig {
    Arena *arena;
    FindingList findings;
    Value *root;
    FormulaNames *names;
    Scope scope; /* the root alone */
} Rig;

/* names: YAML of named formulas, or NULL. */
Rig rig_open(const char *names);
void rig_close(Rig *rig);
Value *rig_yaml(Rig *rig, const char *yaml);
/* A source that holds the text, with `before` in front of it; its place is the text's. */
Place rig_place(Rig *rig, const char *before, const char *text);
Formula *rig_formula(Rig *rig, const char *text);
/* Parses and evaluates; false when either fails. */
bool rig_eval(Rig *rig, const char *text, const Scope *scope, Term *out);
/* The term as a test writes it: text as printed, lists [a, b], maps {count}, uneven numbers as 1/3. */
const char *rig_show(Rig *rig, const Term *term);

TCase *formula_value_case(void);
TCase *formula_function_case(void);
TCase *formula_error_case(void);
TCase *formula_number_case(void);
TCase *formula_name_case(void);
TCase *formula_limit_case(void);

#endif
