/* The table of functions: from a name to what it takes and what evaluates it. */
#include <assert.h>
#include <stdlib.h>
#include <strings.h>

#include "data/formula_int.h"

#define ANY SIZE_MAX

typedef enum FunctionId {
#define FUNCTION(name, min, max, zh, en) FUNCTION_##name,
#include "base/messages_functions.def"
#undef FUNCTION
    FUNCTION_IDS
} FunctionId;

static const FormulaFunction docs[] = {
#define FUNCTION(name, min, max, zh, en) {#name, min, max, zh, en},
#include "base/messages_functions.def"
#undef FUNCTION
};

#define EAGER(name, body, variant) [FUNCTION_##name] = {#name, false, false, body, variant}
#define LAZY(name, body, variant)  [FUNCTION_##name] = {#name, true, false, body, variant}
#define EACH(name, body, variant)  [FUNCTION_##name] = {#name, true, true, body, variant}

static const Function functions[FUNCTION_IDS] = {
    EAGER(ABS, body_abs, 0),
    EACH(ALL, body_quantifier, QUANTIFIER_ALL),
    LAZY(AND, body_junction, JUNCTION_AND),
    EACH(ANY, body_quantifier, QUANTIFIER_ANY),
    EAGER(CHINESE, body_chinese, 0),
    EAGER(CONTAINS, body_text_test, TEST_CONTAINS),
    EAGER(COUNT, body_count, COUNT_NUMBERS),
    EAGER(COUNTA, body_count, COUNT_FILLED),
    EAGER(DAY, body_date_part, DATE_DAY),
    EAGER(ENDS, body_text_test, TEST_ENDS),
    EAGER(EXCEPT, body_except, 0),
    EAGER(FALSE, body_truth, false),
    EACH(FILTER, body_filter, 0),
    EAGER(FIND, body_find, 0),
    LAZY(IF, body_if, 0),
    LAZY(IFBLANK, body_if_blank, 0),
    LAZY(IFS, body_ifs, 0),
    EAGER(INDEX, body_index, 0),
    EAGER(INT, body_int, 0),
    EAGER(ISBLANK, body_term_test, TEST_BLANK),
    EAGER(ISNA, body_term_test, TEST_NOT_APPLICABLE),
    EAGER(ISNUMBER, body_term_test, TEST_NUMBER),
    EAGER(ISTEXT, body_term_test, TEST_TEXT),
    EAGER(JOIN, body_join, 0),
    EAGER(KEY, body_key, 0),
    EAGER(KEYS, body_keys, 0),
    EAGER(LAST, body_row, ROW_LAST),
    EAGER(LEFT, body_part, PART_LEFT),
    EAGER(LEN, body_len, 0),
    EACH(MAP, body_map, 0),
    EAGER(MAX, body_extreme, EXTREME_MOST),
    EAGER(MID, body_part, PART_MIDDLE),
    EAGER(MIN, body_extreme, EXTREME_LEAST),
    EAGER(MOD, body_mod, 0),
    EAGER(MONTH, body_date_part, DATE_MONTH),
    EAGER(NOT, body_not, 0),
    LAZY(OR, body_junction, JUNCTION_OR),
    EAGER(RIGHT, body_part, PART_RIGHT),
    EAGER(ROUND, body_round, ROUND_HALF_AWAY),
    EAGER(ROUNDDOWN, body_round, ROUND_TOWARDS_ZERO),
    EAGER(ROUNDUP, body_round, ROUND_AWAY),
    EAGER(ROW, body_row, ROW_NUMBER),
    EAGER(ROWS, body_row, ROW_COUNT),
    EAGER(SIGN, body_sign, 0),
    EAGER(STARTS, body_text_test, TEST_STARTS),
    EAGER(SUBSTITUTE, body_substitute, 0),
    EAGER(SUM, body_sum, 0),
    LAZY(SWITCH, body_switch, 0),
    EAGER(TEXT, body_text, 0),
    EAGER(TRIM, body_trim, 0),
    EAGER(TRUE, body_truth, true),
    EAGER(UNIQUE, body_unique, 0),
    EAGER(VALUES, body_values, 0),
    EAGER(YEAR, body_date_part, DATE_YEAR),
};

static int compare_name(const void *name, const void *function)
{
    return strcasecmp(name, ((const Function *)function)->name);
}

const Function *function_find(const char *name)
{
    return bsearch(name, functions, FUNCTION_IDS, sizeof *functions, compare_name);
}

const FormulaFunction *function_doc(const Function *function)
{
    assert(function >= functions && function < functions + FUNCTION_IDS);
    return &docs[function - functions];
}

const FormulaFunction *formula_functions(size_t *count)
{
    *count = FUNCTION_IDS;
    return docs;
}
