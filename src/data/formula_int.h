/* What the files of the formula evaluator share: exact numbers, the tree of a formula, the state of an evaluation. */
#ifndef GONGKAI_DATA_FORMULA_INT_H
#define GONGKAI_DATA_FORMULA_INT_H

#include "data/data.h"

#define FORMULA_BYTES_MAX   ((size_t)1 << 20)
#define FORMULA_TEXT_MAX    ((size_t)1 << 20) /* [bytes] of one text computed */
#define FORMULA_NESTING_MAX 100
#define FORMULA_CALLS_MAX   100
#define FORMULA_STEPS_MAX   10000000
/* Evaluation recurses on the C stack: about four levels a bracket, and a named formula adds its own. */
#define FORMULA_DEPTH_MAX 1500

/* ---- exact numbers ---- */

__extension__ typedef unsigned __int128 Wide; /* -pedantic knows no __int128 */

/* Sign and magnitude, reduced; both parts at most NUMBER_MAX, the denominator never 0; zero is +0/1. */
typedef struct Number {
    Wide numerator, denominator;
    bool negative;
} Number;
/* 2^120: leaves room to carry, and to multiply by ten, without a check at each step. */
#define NUMBER_MAX ((Wide)1 << 120)

typedef enum RoundMode { ROUND_HALF_AWAY, ROUND_AWAY, ROUND_TOWARDS_ZERO, ROUND_DOWN } RoundMode;

Number number_from_int(int64_t value);
Number number_from_decimal(Decimal decimal);
bool number_from_micro(Wide micro, bool negative, Number *out); /* micro * 10^-6; false when too large */
bool number_to_decimal(const Number *a, Decimal *out);          /* false: uneven at six places or too large */
bool number_to_int(const Number *a, int64_t *out);              /* false: no whole number or too large */
/* Digits with an optional point; false when too long to be exact. */
bool number_parse(const char *digits, size_t len, Number *out);
/* All false on overflow. */
bool number_add(const Number *a, const Number *b, Number *out);
bool number_multiply(const Number *a, const Number *b, Number *out);
bool number_divide(const Number *a, const Number *b, Number *out); /* b is not 0 */
bool number_round(const Number *a, int places, RoundMode mode, Number *out);
Number number_negate(Number a);
int number_compare(const Number *a, const Number *b);
/* Exact digits: `places` after the point, or with -1 as many as needed; NULL when that does not come out even (at six
 * places). `commas`: thousands commas. */
const char *number_text(const Number *a, int places, bool commas, Arena *arena);

/* ---- the tree of a formula ---- */

typedef struct Node Node;
typedef struct Function Function;

typedef enum NodeKind {
    NODE_CONSTANT,
    NODE_PATH,
    NODE_CHAIN,
    NODE_COMPARE,
    NODE_NEGATE,
    NODE_PERCENT,
    NODE_CALL
} NodeKind;

typedef enum Operator { OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_JOIN } Operator;
typedef enum Comparison { CMP_EQUAL, CMP_UNEQUAL, CMP_LESS, CMP_LESS_EQUAL, CMP_GREATER, CMP_GREATER_EQUAL } Comparison;
typedef enum PathBase { BASE_NAME, BASE_CURRENT, BASE_NODE } PathBase;

/* An operand of a chain of operators of one rank, a + b - c: long ones must not nest. */
typedef struct Link {
    Operator operator; /* before the operand; the first one's means nothing */
    const Node *operand;
} Link;

struct Node {
    NodeKind kind;
    uint32_t offset, length; /* [bytes] in the formula's text */
    union {
        Term constant;
        struct {
            PathBase base;
            const char *name;   /* BASE_NAME */
            const Node *inner;  /* BASE_NODE */
            const char **steps; /* NULL is `*` */
            size_t count;
        } path;
        struct {
            const Link *links;
            size_t count;
        } chain;
        struct {
            Comparison comparison;
            const Node *left, *right;
        } compare;
        struct {
            const Node *inner;
            unsigned percents; /* NODE_PERCENT */
            bool negative;     /* NODE_NEGATE */
        } sign;
        struct {
            const Function *function; /* NULL: a named formula */
            const char *name;
            const Node **arguments;
            size_t count;
            uint32_t name_length; /* [bytes] at `offset` */
        } call;
    };
};

struct Formula {
    const char *text; /* a copy with NUL */
    size_t len;
    Place place;
    const Node *root;
};

/* ---- named formulas ---- */

typedef struct NamedFormula {
    const char *name;
    const char **parameters;
    size_t count;
    const Formula *body; /* NULL: only a name that may be absent from the data */
    Place place;
} NamedFormula;

struct FormulaNames {
    Arena *arena;
    ARRAY(NamedFormula *) entries; /* in the order added, for suggestions */
    uint32_t *slots;               /* open addressing: index into entries + 1; 0 is empty */
    size_t slot_count;             /* a power of two, or 0 */
};
const NamedFormula *names_find(const FormulaNames *names, const char *name); /* both may be absent: NULL */
uint64_t text_hash(const char *text);

/* ---- reading ---- */

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_NAME,
    TOKEN_DOT,
    TOKEN_COMMA,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_ADD,
    TOKEN_SUBTRACT,
    TOKEN_MULTIPLY,
    TOKEN_DIVIDE,
    TOKEN_JOIN,
    TOKEN_PERCENT,
    TOKEN_EQUAL,
    TOKEN_UNEQUAL,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER,
    TOKEN_GREATER_EQUAL,
    TOKEN_BAD /* reported already */
} TokenKind;

typedef struct Token {
    TokenKind kind;
    uint32_t offset, length;
    bool spaced;      /* blanks stood before it */
    const char *text; /* name, or what a text says */
    Number number;
} Token;

typedef struct Lexer {
    const Formula *formula;
    Arena *arena;
    FindingList *findings;
    size_t at; /* [bytes] */
    bool failed;
} Lexer;
Token lexer_next(Lexer *lexer);
bool is_name_start(uint32_t code);
bool is_name_code(uint32_t code); /* without brackets */

/* The place of text[offset, offset + length) in the formula's source; the formula's own when it cannot be found
 * there. */
Place formula_place(const Formula *formula, size_t offset, size_t length);
const Function *function_find(const char *name); /* in any case; NULL */
const FormulaFunction *function_doc(const Function *function);

/* ---- evaluating ---- */

typedef struct Frame Frame; /* a named formula being evaluated */

typedef struct InputSet {
    ARRAY(const Value *) values;
    uint32_t *slots; /* open addressing: index into values + 1 */
    size_t slot_count;
} InputSet;

typedef struct Evaluation {
    const Formula *formula; /* whose nodes are being evaluated */
    const FormulaNames *names;
    Arena *arena;
    FindingList *findings;
    const Frame *frame;
    unsigned depth;
    size_t steps;     /* left */
    InputSet *inputs; /* NULL: nobody asks */
    const char *path; /* of the value the formula is evaluated for */
    Finding *failure;
} Evaluation;

/* A call of a function. `terms`: its arguments' values; NULL for lazy ones, which evaluate the nodes themselves. */
typedef struct Call {
    Evaluation *e;
    const Node *node;
    const Scope *scope;
    const Term *terms;
    size_t count;
} Call;
struct Function {
    const char *name;
    bool lazy;
    bool each; /* the second argument is evaluated once an item */
    bool (*run)(const Call *call, int variant, Term *out);
    int variant; /* which of several functions with one body */
};

bool evaluate(Evaluation *e, const Node *node, const Scope *scope, Term *out);
bool evaluate_texts(Evaluation *e, const Node *node, const Scope *scope, Term *out);
bool evaluate_numbers(Evaluation *e, const Node *node, const Scope *scope, Term *out);
bool evaluate_comparison(Evaluation *e, const Node *node, const Scope *scope, Term *out);
bool evaluate_sign(Evaluation *e, const Node *node, const Scope *scope, Term *out);
bool evaluate_path(Evaluation *e, const Node *node, const Scope *scope, Term *out);
/* A named formula without parameters, met as a name. */
bool evaluate_named(Evaluation *e, const Node *node, const NamedFormula *named, const Scope *scope, Term *out);
/* The finding, when a call of a named formula is not right: `named` is NULL or takes another number of arguments. */
Finding *call_check(const Formula *formula, const Node *node, const NamedFormula *named, const FormulaNames *names,
                    Arena *arena, FindingList *findings);
/* The map whose members a scope gives names, or NULL. */
const Value *scope_map(const Scope *scope);
/* The nearest scope that has a current value, or NULL. */
const Scope *scope_current(const Scope *scope);
/* Evaluates the argument for one item of a list, the current value then. */
bool evaluate_item(const Call *call, size_t argument, const Term *item, size_t row, size_t rows, Term *out);
/* Counts steps; false with a finding when they are used up. */
bool evaluation_step(Evaluation *e, const Node *node, size_t steps);
void evaluation_touch(Evaluation *e, const Term *term);
/* Adds the finding at `node`, relating the place of `culprit`'s value (may be NULL); always false. `texts`: the
 * message's arguments, NULL for none. */
bool evaluation_fail(Evaluation *e, const Node *node, MessageId id, const Term *culprit, const char *const *texts);
bool evaluation_fail_limit(Evaluation *e, const Node *node, MessageId id, size_t limit);
#define TEXTS(...) ((const char *const[5]){__VA_ARGS__})
/* A name that is close to `name` among what can be seen, or NULL. */
const char *nearest_name(const char *name, const Scope *scope, const FormulaNames *names);
const char *nearest_function(const char *name, const FormulaNames *names, Arena *arena);

/* What `node` gave as what is wanted, or a finding. Blank and —— are the number 0 with *blank set, FALSE, and "". */
bool want_number(Evaluation *e, const Node *node, const Term *term, Number *out, bool *blank);
bool want_truth(Evaluation *e, const Node *node, const Term *term, bool *out);
bool want_text(Evaluation *e, const Node *node, const Term *term, const char **out);
bool want_int(Evaluation *e, const Node *node, const char *function, const Term *term, int64_t least, int64_t most,
              int64_t *out);
bool terms_equal(Evaluation *e, const Node *node, const Term *a, const Term *b, bool *out);
bool terms_order(Evaluation *e, const Node *node, const Term *a, const Term *b, int *out);

/* ---- terms ---- */
Term term_blank(void);
Term term_of_number(const Number *number, Arena *arena);
Term term_of_int(int64_t value);
Term term_of_text(const char *text);
Term term_of_truth(bool truth);
Term term_of_list(const Term *items, size_t count);
Number term_number(const Term *term); /* TERM_NUMBER */
bool term_is_map(const Term *term);
bool term_date(const Term *term, int *year, int *month, int *day);
/* A few words that show the term in a message. */
const char *term_brief(const Term *term, Arena *arena);

/* ---- bodies of functions, by file ---- */
#define BODY(name) bool name(const Call *call, int variant, Term *out)
typedef enum Extreme { EXTREME_LEAST, EXTREME_MOST } Extreme;
typedef enum TextTest { TEST_CONTAINS, TEST_STARTS, TEST_ENDS } TextTest;
typedef enum TextPart { PART_LEFT, PART_RIGHT, PART_MIDDLE } TextPart;
typedef enum DatePart { DATE_YEAR, DATE_MONTH, DATE_DAY } DatePart;
typedef enum Quantifier { QUANTIFIER_ALL, QUANTIFIER_ANY } Quantifier;
typedef enum Counted { COUNT_NUMBERS, COUNT_FILLED } Counted;
typedef enum Junction { JUNCTION_AND, JUNCTION_OR } Junction;
typedef enum TermTest { TEST_BLANK, TEST_NOT_APPLICABLE, TEST_NUMBER, TEST_TEXT } TermTest;
typedef enum RowPart { ROW_NUMBER, ROW_COUNT, ROW_LAST } RowPart;
/* The items of a call's arguments from number `argument` on, one after the other, lists opened. */
typedef struct Cursor {
    const Call *call;
    size_t argument, index;
    const Node *node; /* of the item last given */
    bool failed;      /* a map stood where items are wanted, or the steps are used up */
} Cursor;
bool cursor_next(Cursor *cursor, Term *item);
BODY(body_sum);
BODY(body_count);
BODY(body_extreme);
BODY(body_abs);
BODY(body_sign);
BODY(body_round);
BODY(body_int);
BODY(body_mod);
BODY(body_if);
BODY(body_ifs);
BODY(body_switch);
BODY(body_if_blank);
BODY(body_junction);
BODY(body_not);
BODY(body_truth);
BODY(body_term_test);
BODY(body_len);
BODY(body_part);
BODY(body_text_test);
BODY(body_find);
BODY(body_substitute);
BODY(body_trim);
BODY(body_join);
BODY(body_chinese);
BODY(body_text);
BODY(body_date_part);
BODY(body_index);
BODY(body_key);
BODY(body_keys);
BODY(body_values);
BODY(body_except);
BODY(body_filter);
BODY(body_map);
BODY(body_quantifier);
BODY(body_unique);
BODY(body_row);

#endif
