/* The data: YAML bytes -> Value tree in which every node keeps its file:line:column and its canonical path; schema
 * check; 共用 and defaults merged; totals computed; and the one evaluator of formulas.
 *
 * libyaml lives only in this module. The stages, in the order cli calls them:
 *   yaml_load     one file -> raw tree (scalars are text)
 *   data_load     the notice's file and the files its 共用 names, merged; still raw
 *   value_merge_under   the pack's defaults under it
 *   schema_check  types, required and unknown keys, ranges; scalars get their typed reading; all findings in one run
 *   data_compute  absent totals and other computed keys that the schema gives a formula for */
#ifndef GONGKAI_DATA_DATA_H
#define GONGKAI_DATA_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/finding.h"

/* ---- the tree ---------------------------------------------------------------------------------------------------- */

typedef enum ValueKind { VALUE_NULL, VALUE_TEXT, VALUE_LIST, VALUE_MAP } ValueKind;

/* What the schema makes of a scalar. READ_NONE: not checked yet, or text. */
typedef enum ValueReading {
    READ_NONE,
    READ_TEXT,
    READ_NUMBER,         /* integer or amount: `number` holds it, in the unit `unit_power` */
    READ_BLANK,          /* an amount not given */
    READ_NOT_APPLICABLE, /* an amount written —— */
    READ_BOOLEAN,
    READ_DATE
} ValueReading;

typedef enum ValueOrigin {
    ORIGIN_GIVEN,   /* the notice's own file */
    ORIGIN_SHARED,  /* a file named by 共用 */
    ORIGIN_DEFAULT, /* the pack's defaults or the schema's `default` */
    ORIGIN_COMPUTED /* a formula of the schema */
} ValueOrigin;

typedef struct Value Value;
struct Value {
    ValueKind kind;
    ValueReading reading;
    ValueOrigin origin;
    bool quoted;       /* the scalar stood in quotes or as a block: never null, number or boolean by itself */
    bool boolean;      /* READ_BOOLEAN */
    int8_t unit_power; /* READ_NUMBER amounts: 0 the file's 金额单位; written with another unit: the value has been
                          moved into the file's unit already and this tells by how much (0.6万元 in a 元 file: 4) */
    Decimal number;    /* READ_NUMBER; amounts in the file's 金额单位 */
    struct {
        int16_t year;
        uint8_t month, day;
    } date;           /* READ_DATE */
    const char *text; /* VALUE_TEXT: NFC UTF-8 without NUL; a computed number's text; NULL else */
    size_t len;
    Place place;      /* the scalar, or the first character of the list or map; computed: the parent's */
    Place key_place;  /* the key, for members of a map */
    const char *key;  /* the key, for members of a map; NULL in lists and at the root */
    const char *path; /* canonical, see below; "" at the root */
    const Value *parent;
    Value **items; /* list items or map members in the order written */
    size_t count;
    Value **sorted; /* private to data: the members by key, for maps too large to scan; else NULL */
};

/* Canonical paths: keys joined by "/", list items in brackets by the name the schema's x-identity gives them:
 * 绩效/资金绩效目标[城市基层党建工作专项资金]/指标/产出指标[项目资金#2]. "#2" is the second item of that name; an item
 * without a name (or with one over 255 bytes) is told by its place in the whole list: 部门职责[#3]; so are all items
 * until schema_check has run. In keys and names / [ ] # and \ are written with a \ before them. */

/* Members. All accept NULL and a value of the wrong kind, and answer NULL then. */
const Value *value_get(const Value *map, const char *key);
const Value *value_at(const Value *root, const char *path); /* by canonical path; [#n] does for every item */
const char *value_text(const Value *value);                 /* the scalar's text, NULL for none */
bool value_is_blank(const Value *value);                    /* NULL, null, "", an empty list or map, READ_BLANK */
bool value_number(const Value *value, Decimal *out);        /* true only for READ_NUMBER */

/* Where text[offset, offset + length) of a scalar stands in its file, through quotes, escapes and folded lines; the
 * whole scalar's place when it cannot be told (normalised text). Up to the end of a line. */
Place value_text_place(const Value *value, size_t offset, size_t length);

/* Text form of the tree with paths, places, readings and origins: --dump=values and goldens. */
void value_dump(const Value *root, Buffer *out);
/* The tree as YAML again, without comments, defaults, computed values and 共用 (whose files have been merged): one text
 * for one tree, from which the same notice can be made. */
void value_to_yaml(const Value *root, Buffer *out);

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Limits of hostile input. One file: 16 MB, 64 levels deep, 2,000,000 nodes (aliases count each time they are
 * followed), 255 bytes a key, 1 MB a scalar. Messages name the limit. */
typedef struct YamlLimits {
    size_t bytes, depth, nodes, key_bytes, scalar_bytes;
} YamlLimits;
extern const YamlLimits YAML_LIMITS_DEFAULT;

/* Reads and parses one YAML file ("-": standard input). NULL when nothing usable could be read; findings say why. After
 * a syntax error nothing of the file is returned. Reports: not UTF-8 (names GBK when the bytes fit it), UTF-16, NUL and
 * control characters, tabs as indentation, full-width ：，０-９ where YAML wants half-width, duplicate keys (both
 * places), more than one document, undefined or recursive aliases, over-limit. A BOM is accepted. Text is NFC. */
Value *yaml_load(const char *path, const YamlLimits *limits, Arena *arena, FindingList *findings);
/* The same from memory; `source` must outlive the tree. */
Value *yaml_parse(const Source *source, const YamlLimits *limits, Arena *arena, FindingList *findings);

/* yaml_load, then merges the files its 共用 names (path or list, relative to the file, inside its folder tree: a path
 * that leaves it, through .. or a link, is refused; at most 16 files; they may not name 共用 again) under its keys. */
Value *data_load(const char *path, Arena *arena, FindingList *findings);
/* Keys of `under` that `value` lacks or has nothing after are added with `origin`, deeply for maps; lists are taken
 * whole or not at all. */
void value_merge_under(Value *value, const Value *under, ValueOrigin origin, Arena *arena);

/* ---- schema ------------------------------------------------------------------------------------------------------ */

/* JSON Schema subset, written as YAML; see templates/README.md for the keywords and the additions:
 *   type (string integer number boolean array object, or a list of them), properties, required, additionalProperties,
 *   patternProperties, items, enum, const, minimum, maximum, minItems, maxItems, minLength, maxLength, pattern (POSIX
 *   ERE and \d \w \s, over code points), default, title, description, $defs, $ref (local; what stands beside it goes
 *   before), anyOf, format: amount | date | path
 *   x-identity: key that names a list's items in canonical paths, on the list or on its items; x-formula: computes an
 *   absent value; x-unit: of an amount: "none" keeps it out of conversion, 元 万元 ...: it is kept in that unit, any
 *   other word (平方米): that word may stand after the number. Other x-… keywords are left alone; the rest is refused.
 *
 *   A key with nothing after it is a key not given: null fits every type, takes the default, and only `required` minds
 *   (unless "null" is among the types); "" does the same for amounts, numbers, dates and booleans. anyOf takes the
 * first alternative that the value looks like (its kind, a scalar's reading, a map's required keys) and checks it by
 * that one. Amounts: 1,234.50, 0.6万元, 15250元 (into the file's 金额单位, exactly), blank, ——. Dates: 2020-01-31,
 *   2020/1/31, 2020年1月31日. Booleans: true false 是 否. A description serves as the help of a finding. */
typedef struct Schema Schema;
Schema *schema_load(const Value *yaml, Arena *arena,
                    FindingList *findings); /* NULL with findings when it is no schema */

/* Checks the tree, fills reading, number, date, boolean, path; adds defaults. Continues after findings. Unknown keys
 * get "did you mean" from the sibling properties by text_distance. Returns false when an error was found. */
bool schema_check(const Schema *schema, Value *root, Arena *arena, FindingList *findings);
/* x-formula for absent values; they may use one another's results, not their own. A value present is left as written
 * (rules compare it later). For a tree that schema_check found good: else its findings come again as formulas' ones. */
bool data_compute(const Schema *schema, Value *root, Arena *arena, FindingList *findings);

/* What the schema says of a value of a tree that schema_check found good. */
typedef struct SchemaFacts {
    const char *title;      /* or NULL */
    const char *identity;   /* of a list: the key that names its items; or NULL */
    bool open;              /* a member of a map whose key the schema does not name: such members have an order */
    bool money;             /* an amount in the file's 金额单位 */
    bool money_in_own_unit; /* an amount of money in a unit that the schema names */
    bool computed;          /* it has an x-formula */
    const char *unit;       /* x-unit; NULL for none */
} SchemaFacts;
SchemaFacts schema_facts(const Schema *root, const Value *value);
/* What the x-formula of a value gives, whether or not the value was written; false when it has none, or it gives no
 * number. */
bool schema_formula(const Schema *root, const Value *value, Arena *arena, Decimal *out);

/* ---- formulas ---------------------------------------------------------------------------------------------------- */

/* Spreadsheet-like formulas over the tree, for people who know Excel or WPS:
 *
 *     SUM(收入.*)      支出.基本支出.合计 + 支出.项目支出.合计      IF(x > 0, "增加", "减少")
 *
 *   paths      a.b.c. A name holds letters, Hanzi, digits (not first), _ · and full-width brackets in pairs:
 * 因公出国（境）费. Any other key stands in quotes: a."2020年"; `.a` and `."2020年"` are members of the current value.
 *              `.` alone is the current value. `.*` (no blank between) takes all members. Through a list a path goes on
 *              for each item, and the result is one flat list: 支出.项目支出.主要项目.金额 is all amounts; `.*` on a
 *              scalar is the scalar. A member that is absent is blank. The first name is looked up in the scopes from
 *              the innermost outwards, then among the named formulas without parameters; found nowhere it is an error,
 *              unless formula_names_allow named it or another item of the same list has it: then it is blank.
 *   values     numbers (exact), "text" ("" inside for a quote), TRUE, FALSE, blank, lists, maps
 *   operators  from the loosest: = <> < <= > >= (no chains); &; + -; * /; sign; % after a value. A leading = is
 * allowed. functions  formula_functions; names in any case. IF, IFS, SWITCH, AND, OR, IFBLANK evaluate only what they
 * need; FILTER, MAP, ALL, ANY evaluate their second argument once an item, with the item as the current value. named
 * formulas of the pack: 增减词(x): IF(x > 0, "增加", IF(x < 0, "减少", "持平")). The body sees its arguments, then all
 * that the caller sees.
 *
 * Blank counts as 0 in + - SUM and in < <= > >=; times or divided it stays blank; it equals blank and "" only, not 0.
 * An amount written —— counts as blank in all of these, is not ISBLANK (but ISNA) and prints ——. Arithmetic is exact
 * (rationals inside); a result that does not come out even must go through ROUND or TEXT to be printed.
 * Full-width ，＝“” and the like are diagnosed, each with what to write instead.
 *
 * Limits: 1 MB a formula or text, brackets 100 deep, named formulas 100 deep, 10,000,000 steps an evaluation. */
typedef struct Formula Formula;           /* immutable: may be evaluated by several threads at once */
typedef struct FormulaNames FormulaNames; /* named formulas with parameters; immutable once loaded */

typedef enum TermKind {
    TERM_BLANK,
    TERM_NUMBER,
    TERM_TEXT, /* a date too */
    TERM_BOOLEAN,
    TERM_LIST,
    TERM_VALUE /* a map or list of the tree */
} TermKind;
typedef struct Term Term;
struct Term {
    TermKind kind;
    Decimal number; /* with the places given, computed: the fewest */
    bool boolean;
    bool not_applicable; /* TERM_TEXT from an amount written —— */
    const char *text;
    const Term *items; /* TERM_LIST: never lists themselves */
    size_t count;
    const Value *value; /* the value it is, unchanged, or (for computed terms) NULL; a scalar keeps its value too */
    const struct Number *exact; /* TERM_NUMBER: NULL, or a number that `number` cannot hold (1/3; over 9*10^12) */
};

/* Where names are looked up: the current value, then outwards. */
typedef struct Scope Scope;
struct Scope {
    const Value *value; /* the current value; a map gives its members names; a scalar is reached by `.` */
    size_t row;         /* from 1: which item of the list this is; 0: not an item */
    size_t rows;        /* how many items that list has */
    const char *name;   /* additional binding name -> term (parameters of named formulas), or NULL */
    const Term *term;   /* the binding's; with name == NULL and value == NULL: the current value, computed */
    const Scope *outer;
};

/* `place` is where the text stands (its first character, or the YAML scalar's); findings point into it where they can.
 * NULL with findings on a syntax error. */
Formula *formula_parse(const char *text, size_t len, Place place, Arena *arena, FindingList *findings);
/* Names from a YAML map { "增减词(x)": "IF(...)" , 三公合计: "SUM(...)" }; NULL or null: no names. Reports all that is
 * wrong and leaves it out; never returns NULL. */
FormulaNames *formula_names_load(const Value *map, Arena *arena, FindingList *findings);
/* A first name that may be absent from the data: blank then, no error. For the properties of the schema. Copies. */
void formula_names_allow(FormulaNames *names, const char *name);
/* Whether every function and named formula it calls exists, with the right number of arguments (functions are checked
 * by formula_parse, named ones only here and when evaluated). For loading a pack. */
bool formula_check(const Formula *formula, const FormulaNames *names, FindingList *findings);

/* Evaluates; on failure (unknown name, text where a number is wanted, division by zero, overflow, too deep) adds a
 * finding at the formula's place, relating the value's, and returns false. `names` may be NULL. The result may point
 * into the formula, the tree and the arena. */
bool formula_eval(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                  FindingList *findings, Term *out);
/* The two sides of a formula that is a comparison as a whole, each to be evaluated alone, and its sign: = <> < <= > >=;
 * false when it is none. For messages that tell both figures. */
bool formula_sides(const Formula *formula, Arena *arena, const Formula **left, const Formula **right,
                   const char **sign);
/* Evaluates to the text that {{formula}} prints; false with a finding also for a list, a map (of more than nothing) and
 * a number that does not come out even. */
bool formula_print(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                   FindingList *findings, const char **text);
/* formula_eval, and the values of the tree that the evaluation read, each once, in order. */
typedef struct FormulaInputs {
    const Value **values;
    size_t count;
} FormulaInputs;
bool formula_inputs(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                    FindingList *findings, Term *out, FormulaInputs *inputs);

/* The paths a formula names, without evaluating it: for dependency order and for checking a pack against its schema. */
typedef struct FormulaPath {
    bool current;       /* begins with `.`: relative to the current value, steps may be none */
    bool relative;      /* stands in the second argument of FILTER, MAP, ALL or ANY: the item is looked up first */
    const char **steps; /* NULL stands for `*` */
    size_t count;
    uint32_t offset, length; /* [bytes] in the formula's text */
} FormulaPath;
FormulaPath *formula_paths(const Formula *formula, Arena *arena, size_t *count);
Place formula_path_place(const Formula *formula, const FormulaPath *path);

Term term_from_value(const Value *value); /* NULL: blank. Unchecked plain scalars that read as numbers are numbers */
bool term_is_blank(const Term *term);     /* blank, "", an empty list or map */
bool term_is_true(const Term *term); /* Mustache truth: not blank, not FALSE, not "", not an empty list; 0 is true */
/* What {{formula}} prints: numbers of the tree with the digits they were given (and —— as ——), computed ones exact
 * without trailing zeros; text as it is; blank as "". Returns NULL for lists, maps and numbers that do not come out
 * even at six places. */
const char *term_text(const Term *term, Arena *arena);
/* The items of a list, computed or of the tree: term_is_list, then 0 <= index < term_count. */
bool term_is_list(const Term *term);
size_t term_count(const Term *list);
Term term_item(const Term *list, size_t index);
/* A scope in which `item`, number `row` of `rows`, is the current value. `item` must live as long as the scope. */
Scope scope_item(const Term *item, size_t row, size_t rows, const Scope *outer);

/* The functions there are, sorted by name, for documentation. */
typedef struct FormulaFunction {
    const char *name;
    size_t min, max;             /* arguments; max SIZE_MAX: any number */
    const char *doc_zh, *doc_en; /* how it is called and what it gives, one line */
} FormulaFunction;
const FormulaFunction *formula_functions(size_t *count);

#endif
