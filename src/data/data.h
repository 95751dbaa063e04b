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
    Place place;     /* the scalar, or the first character of the list or map; computed: the parent's */
    Place key_place; /* the key, for members of a map */
    const char *key; /* the key, for members of a map; NULL in lists and at the root */
    const char
        *path; /* canonical: 绩效/资金绩效目标[城市基层党建工作专项资金]/指标/产出指标[项目资金#2]; "" at the root */
    const Value *parent;
    Value **items; /* list items or map members in the order written */
    size_t count;
};

/* Members. All accept NULL and a value of the wrong kind, and answer NULL then. */
const Value *value_get(const Value *map, const char *key);
const Value *value_at(const Value *root,
                      const char *path);    /* by canonical path, or by plain keys "支出/基本支出/合计" */
const char *value_text(const Value *value); /* the scalar's text, NULL for none */
bool value_is_blank(const Value *value);    /* NULL, null, "", an empty list or map, READ_BLANK */
bool value_number(const Value *value, Decimal *out); /* true only for READ_NUMBER */

/* Text form of the tree with paths, places, readings and origins: --dump=values and goldens. */
void value_dump(const Value *root, Buffer *out);

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
/* Keys of `under` that `value` lacks are added with `origin`, deeply for maps; lists are taken whole or not at all. */
void value_merge_under(Value *value, const Value *under, ValueOrigin origin, Arena *arena);

/* ---- schema ------------------------------------------------------------------------------------------------------ */

/* JSON Schema subset, written as YAML; see templates/README.md for the keywords and the additions:
 *   type (string integer number boolean array object, or a list of them), properties, required, additionalProperties,
 *   patternProperties, items, enum, minimum, maximum, minItems, maxItems, minLength, maxLength, pattern (POSIX ERE),
 *   default, title, description, $defs, $ref (local), anyOf, format: amount | date | path
 *   x-identity: key that names a list's items in canonical paths; x-formula: computes an absent value;
 *   x-unit: the amount's unit when the file's does not apply (面积, 数量) */
typedef struct Schema Schema;
Schema *schema_load(const Value *yaml, Arena *arena,
                    FindingList *findings); /* NULL with findings when it is no schema */

/* Checks the tree, fills reading, number, date, boolean, path; adds defaults. Continues after findings. Unknown keys
 * get "did you mean" from the sibling properties by text_distance. Returns false when an error was found. */
bool schema_check(const Schema *schema, Value *root, Arena *arena, FindingList *findings);
/* x-formula for absent values, in dependency order; a value present is left as written (rules compare it later). */
bool data_compute(const Schema *schema, Value *root, Arena *arena, FindingList *findings);

/* ---- formulas ---------------------------------------------------------------------------------------------------- */

/* Spreadsheet-like formulas over the tree: SUM(收入.*), 支出.基本支出.合计 + 支出.项目支出.合计, IF(x > 0, "增加",
 * "减少"). paths   a.b.c; names may hold Hanzi, digits (not first), _ and full-width brackets （）; a."any key"."合计";
 *           `.*` all members; a list maps over its items (项目支出.主要项目.金额 is all amounts); `.` alone: the
 * current value; a first name is looked up in the scopes from the innermost outwards, then among the named formulas
 *   values  numbers (exact), "text", TRUE, FALSE, blank, lists; blank counts as 0 in + - and SUM, equals "" and blank
 * only operators  + - * / & = <> < <= > >=  and brackets; % after a number functions  SUM COUNT COUNTA MIN MAX ABS
 * ROUND IF AND OR NOT ISBLANK ISNUMBER LEN LEFT RIGHT MID CONTAINS STARTS ENDS JOIN(list, separator) INDEX(list, n)
 * YEAR MONTH DAY CHINESE(n) TEXT(number, places) VALUES KEY(value) ROW() named   formulas of the pack: 增减词(x): IF(x
 * > 0, "增加", IF(x < 0, "减少", "持平")) Arithmetic is exact (rationals inside); a division that does not come out
 * even must stand inside ROUND to be printed. */
typedef struct Formula Formula;
typedef struct FormulaNames FormulaNames; /* named formulas with parameters */

typedef enum TermKind {
    TERM_BLANK,
    TERM_NUMBER,
    TERM_TEXT,
    TERM_BOOLEAN,
    TERM_LIST,
    TERM_VALUE /* a map or list of the tree */
} TermKind;
typedef struct Term Term;
struct Term {
    TermKind kind;
    Decimal number;
    bool boolean;
    bool not_applicable; /* TERM_TEXT from an amount written —— */
    const char *text;
    const Term *items; /* TERM_LIST */
    size_t count;
    const Value *value; /* the value it is, unchanged, or (for computed terms) NULL */
};

/* Where names are looked up: the current value, then outwards. */
typedef struct Scope Scope;
struct Scope {
    const Value *value; /* a map gives its members names; a scalar is reached by `.` */
    size_t row;         /* from 1: which item of the list this is; 0: not an item */
    size_t rows;        /* how many items that list has */
    const char *name;   /* additional binding name -> term (parameters of named formulas), or NULL */
    const Term *term;
    const Scope *outer;
};

/* `place` is where the text stands, for findings. NULL with findings on a syntax error. */
Formula *formula_parse(const char *text, size_t len, Place place, Arena *arena, FindingList *findings);
/* Names from a YAML map { "增减词(x)": "IF(...)" , 三公合计: "SUM(...)" }. */
FormulaNames *formula_names_load(const Value *map, Arena *arena, FindingList *findings);
/* Evaluates; on failure (unknown name, text where a number is wanted, division by zero, overflow, too deep) adds a
 * finding at the formula's place, relating the value's, and returns false. `names` may be NULL. */
bool formula_eval(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                  FindingList *findings, Term *out);
bool term_is_true(const Term *term); /* Mustache truth: not blank, not FALSE, not "", not an empty list; 0 is true */
/* What {{formula}} prints: numbers of the tree with the digits they were given (and —— as ——), computed ones exact
 * without trailing zeros; text as it is; blank as "". Returns NULL for lists and maps. */
const char *term_text(const Term *term, Arena *arena);

#endif
