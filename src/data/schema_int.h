/* What loading, checking and computing by a schema share. */
#ifndef GONGKAI_DATA_SCHEMA_INT_H
#define GONGKAI_DATA_SCHEMA_INT_H

#include "base/regex.h"
#include "data/data_int.h"

/* Bits of `types`. */
enum {
    TYPE_STRING = 1,
    TYPE_INTEGER = 2,
    TYPE_NUMBER = 4,
    TYPE_BOOLEAN = 8,
    TYPE_ARRAY = 16,
    TYPE_OBJECT = 32,
    TYPE_NULL = 64
};
#define TYPES_SCALAR (TYPE_STRING | TYPE_INTEGER | TYPE_NUMBER | TYPE_BOOLEAN)

typedef enum SchemaFormat { FORMAT_NONE, FORMAT_AMOUNT, FORMAT_DATE, FORMAT_PATH } SchemaFormat;

typedef struct Property {
    const char *name;
    Schema *schema;
} Property;

typedef struct PatternProperty {
    const Regex *pattern;
    Schema *schema;
} PatternProperty;

struct Schema {
    const Value *node; /* where it is written */
    const Value *ref;  /* $ref's text; what this schema does not say itself is taken from there */
    enum { REF_OPEN, REF_BUSY, REF_DONE } ref_state;
    unsigned types; /* 0: any */
    SchemaFormat format;
    const char *title, *description;

    ARRAY(Property) properties; /* in the order written */
    Property *by_name;          /* the same by name */
    ARRAY(PatternProperty) patterns;
    ARRAY(const Value *) required;
    bool closed;        /* additionalProperties: false */
    Schema *additional; /* additionalProperties: a schema */

    Schema *items;
    const char *identity;
    const Value *min_items_node, *max_items_node;
    size_t min_items, max_items;

    ARRAY(const Value *) choices; /* enum, const */
    const Value *minimum_node, *maximum_node;
    Decimal minimum, maximum;
    const Value *min_length_node, *max_length_node;
    size_t min_length, max_length;
    const Regex *pattern;
    const char *unit; /* x-unit */

    const Value *default_value;
    Formula *formula;
    ARRAY(Schema *) any_of;

    FormulaNames *names; /* of the root: what formulas may name though a notice lacks it */
};

typedef struct SchemaLoader {
    const Value *root;
    Arena *arena;
    FindingList *findings;
    ARRAY(Schema *) schemas; /* all that were read, for $ref to find by node */
} SchemaLoader;

Schema *schema_read_node(SchemaLoader *loader, const Value *node);

/* The schema of a member, NULL when its key is not known; *known tells whether it may stand there at all. */
const Schema *schema_property(const Schema *schema, const char *key, bool *known);

typedef struct Check {
    const Schema *root;
    Arena *arena;
    FindingList *findings;
    int unit_power;                /* of the file's 金额单位: 元 0, 万元 4 */
    const char *unit;              /* its name */
    size_t path_bytes;             /* of paths written anew */
    size_t guesses;                /* searches for what was meant, which take time */
    ARRAY(const char *) explained; /* keys of the open maps that are there, only written wrongly */
    bool stopped;                  /* a limit was passed */
} Check;

/* anyOf: the alternative that a value looks like, else the first whose kind fits; the schema itself without anyOf. */
const Schema *schema_choose(Check *check, const Schema *schema, Value *value);
void check_value(Check *check, const Schema *schema, Value *value, bool renamed);
void check_scalar(Check *check, const Schema *schema, Value *value);
/* What is wrong with a value whose kind does not fit, in a clerk's words. */
void report_kind(Check *check, const Schema *schema, const Value *value);
/* The same for the root of a file that is no map: true when a colon explains it. */
bool report_root_text(const Value *root, Arena *arena, FindingList *findings);
void report_unknown_key(Check *check, const Schema *schema, const Value *map, const Value *member);
/* Keys that a text running over several lines has swallowed because their colon is full-width. */
void report_swallowed_keys(Check *check, const Schema *schema, const Value *map);
/* How messages call a value: its key, or its path in a list. */
const char *value_label(const Value *value);
/* A null, or an empty text where numbers, dates or booleans are wanted. */
bool is_unfilled(const Schema *schema, const Value *value);

/* ---- scalars ---- */
typedef enum AmountStatus {
    AMOUNT_OK,
    AMOUNT_BLANK,
    AMOUNT_NOT_APPLICABLE,
    AMOUNT_DASH, /* meant as —— but another dash */
    AMOUNT_SYNTAX,
    AMOUNT_COMMAS, /* thousands commas in the wrong places */
    AMOUNT_PLACES,
    AMOUNT_OVERFLOW
} AmountStatus;

typedef struct Amount {
    AmountStatus status;
    Decimal number;
    bool wide;        /* had full-width digits, signs, points or commas */
    const char *text; /* number and unit in half-width */
    const char *unit; /* what stands after the number, "" for nothing */
} Amount;

Amount amount_read(const char *text, size_t len, Arena *arena);
/* 元 0, 千元 3, 万元 4 (also 万), 百万元 6, 亿元 8 (also 亿); false for any other. */
bool unit_power_of(const char *unit, int *power);

typedef enum DateStatus { DATE_OK, DATE_SYNTAX, DATE_FORM, DATE_UNREAL } DateStatus;
/* 2020-01-31, 2020/1/31, 2020年1月31日. DATE_FORM: understood, but written in another way (2020.1.31, 20200131,
 * full-width digits). */
typedef struct Date {
    DateStatus status;
    int year, month, day;
} Date;
Date date_read(const char *text, size_t len);

#endif
