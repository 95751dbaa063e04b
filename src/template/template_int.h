/* What the files of template share: the parsed template, the declared tables, the styles, the pack. */
#ifndef GONGKAI_TEMPLATE_TEMPLATE_INT_H
#define GONGKAI_TEMPLATE_TEMPLATE_INT_H

#include "template/template.h"

/* ---- the parsed text --------------------------------------------------------------------------------------------- */

/* How a heading counts, read off the number that the template writes: 一、 （一） 1. （1） 第一. */
typedef struct NumberForm {
    bool present;
    bool chinese;       /* 一 二 三, else 1 2 3 */
    const char *before; /* "（" or "第" or "" */
    const char *after;  /* "）" "、" "." "．" or "" */
} NumberForm;

typedef enum LineKind { LINE_BODY, LINE_HEADING, LINE_SIGNATURE } LineKind;

typedef enum NodeKind {
    NODE_TEXT,       /* the pack's own words */
    NODE_NUMBER,     /* a heading's or caption's number: computed */
    NODE_VALUE,      /* {{formula}} */
    NODE_SECTION,    /* {{#formula}} ... {{/}} */
    NODE_INVERTED,   /* {{^formula}} ... {{/}} */
    NODE_MARK,       /* {{、}}: a mark printed only where one is wanted */
    NODE_GOOD_BREAK, /* {{|}} */
    NODE_PAGE,       /* {{@ name}}: the number of the page the table stands on */
    NODE_TABLE,      /* {{> name}} */
    NODE_PAGE_BREAK, /* --- */
    NODE_LINE,       /* a paragraph begins */
    NODE_LINE_END
} NodeKind;

typedef struct TableSpec TableSpec;
typedef struct Node Node;
typedef struct NodeList {
    Node *items;
    size_t count;
} NodeList;

struct Node {
    NodeKind kind;
    LineKind line;      /* NODE_LINE */
    int level;          /* NODE_LINE: of a heading */
    bool keep_together; /* NODE_VALUE: {{=formula}} */
    bool counts_rows;   /* NODE_VALUE: a row's number, no figure of the notice */
    Origin origin;      /* the template's place */
    const char
        *text; /* NODE_TEXT, NODE_MARK; sections and values: the formula's text; NODE_TABLE, NODE_PAGE: its name */
    size_t len;
    Formula *formula;            /* NODE_VALUE, NODE_SECTION, NODE_INVERTED */
    NumberForm number;           /* NODE_NUMBER; NODE_LINE: what its style goes by */
    const ParagraphStyle *style; /* NODE_LINE: resolved when the pack is loaded */
    const char *style_name;      /* NODE_LINE: {{:name}}, or NULL */
    const TableSpec *table;      /* NODE_TABLE: resolved when the pack is loaded */
    NodeList children;           /* sections */
};

typedef enum TemplateMode {
    TEMPLATE_NOTICE,  /* lines may be headings, tables, signatures */
    TEMPLATE_CAPTION, /* one line; a leading number is computed */
    TEMPLATE_CELL     /* lines are paragraphs */
} TemplateMode;

/* What a parse needs; one for each text. */
typedef struct TemplateText {
    const char *text;
    size_t len;
    Place place; /* of the text's first character */
    bool mapped; /* place.source holds the very bytes of `text` at place.offset, so that inner places can be told */
    TemplateMode mode;
} TemplateText;

/* Parses; reports every error with its place and goes on. The result is usable only when no error was added. */
NodeList template_parse(TemplateText text, Arena *arena, FindingList *findings);
/* A template standing in a YAML scalar; NULL or blank gives an empty list. */
NodeList template_parse_scalar(const Value *scalar, TemplateMode mode, Arena *arena, FindingList *findings);
/* A formula standing in a YAML scalar; NULL for an absent one. */
Formula *formula_parse_scalar(const Value *scalar, Arena *arena, FindingList *findings);

/* numbering.c: the number at the start of text[0..len); returns its bytes, 0 for none. */
size_t number_form_match(const char *text, size_t len, NumberForm *form, Arena *arena);
const char *number_form_text(const NumberForm *form, unsigned number, Arena *arena);
bool number_form_equal(const NumberForm *a, const NumberForm *b);

/* ---- tables.yaml ------------------------------------------------------------------------------------------------- */

typedef struct HeaderSpec HeaderSpec;
struct HeaderSpec {
    NodeList title;
    HeaderSpec *children;
    size_t count;
};

typedef struct ColumnSpec {
    Column column;
    NodeList value;
    bool has_value;
    Place place;
} ColumnSpec;

typedef struct GroupSpec { /* one level of merged labels */
    Formula *each;
    NodeList label;
} GroupSpec;

typedef struct RowSpec { /* a fixed row or a total */
    Formula *when;       /* NULL: always */
    NodeList *cells;
    size_t count;
    Place place;
} RowSpec;

typedef struct LeadSpec {
    NodeList left, right;
} LeadSpec;

typedef struct OnceSpec {
    NodeList label, text;
} OnceSpec;

struct TableSpec {
    const char *name;
    Place place;
    const TableStyle *style;
    NodeList caption;
    bool bookmark;
    int level;
    LeadSpec *leads;
    size_t lead_count;
    OnceSpec *once;
    size_t once_count;
    HeaderSpec *header;
    size_t header_count;
    ColumnSpec *columns;
    size_t column_count;
    GroupSpec *groups;
    size_t group_count;
    Formula *each; /* rows from a list; NULL: the fixed rows */
    RowSpec *fixed;
    size_t fixed_count;
    RowSpec *totals;
    size_t total_count;
    NodeList empty; /* the note under a table without rows */
    NodeList *notes;
    size_t note_count;
};

/* ---- style.yaml -------------------------------------------------------------------------------------------------- */

typedef struct HeadingRule { /* the first that fits names the heading's style */
    bool any_level;
    int level;
    NumberForm number; /* not present: any */
    const ParagraphStyle *style;
} HeadingRule;

typedef struct StyleSheet {
    DocumentStyle document;
    const char *draft;
    bool cover; /* the pack's cover.txt is printed */
    FontRole *roles;
    ParagraphStyle *paragraphs;
    size_t paragraph_count;
    TableStyle *tables;
    size_t table_count;
    HeadingRule *headings;
    size_t heading_count;
    const ParagraphStyle *body, *signature;
} StyleSheet;

/* ---- the pack ---------------------------------------------------------------------------------------------------- */

struct Pack {
    const char *name, *version, *language;
    const Value *defaults;
    Schema *schema;
    FormulaNames *words;
    StyleSheet style;
    TableSpec *tables;
    size_t table_count;
    NodeList notice, cover;                    /* cover: empty for none */
    NodeList title, author, subject, keywords; /* metadata */
    Formula *date;
    const char **plain_numbers; /* top-level keys whose numbers are no figures: 年度 */
    size_t plain_number_count;
};

/* The files' own grammars (pack_schemas.c). */
typedef enum PackFile { PACK_FILE_PACK, PACK_FILE_STYLE, PACK_FILE_TABLES } PackFile;
/* Checks a file of the pack; false with findings. */
bool pack_file_check(PackFile file, Value *root, Arena *arena, FindingList *findings);

/* style.c, tables.c: from checked trees; false with findings. */
bool style_sheet_load(const Value *root, StyleSheet *sheet, Arena *arena, FindingList *findings);
const ParagraphStyle *style_sheet_find(const StyleSheet *sheet, const char *name);
const ParagraphStyle *style_sheet_heading(const StyleSheet *sheet, int level, const NumberForm *number);
bool tables_load(const Value *root, Pack *pack, Arena *arena, FindingList *findings);

/* pack_check.c: reports calls of what does not exist and slips in names. `words` may be NULL. */
void pack_check_formulas(const Pack *pack, const Value *schema, const Value *words, FindingList *findings);

/* ---- expansion --------------------------------------------------------------------------------------------------- */

#define LEVEL_MAX 9

/* A list being gone through, for {{、}}: in which paragraph its items printed something last; 0: none has. */
typedef struct Loop Loop;
struct Loop {
    size_t printed_in;  /* by the items before this one */
    size_t printing_in; /* this one too */
    Loop *outer;
};

typedef struct Expansion {
    const Pack *pack;
    Arena *arena;
    FindingList *findings;
    unsigned counters[LEVEL_MAX + 1];
    int level; /* of the last heading */
    ARRAY(Block) blocks;
    /* The paragraph being filled. */
    ARRAY(Inline) inlines;
    ARRAY(Inline) spare; /* empty: the room of the last paragraph expanded on the side, for the next */
    size_t paragraph;    /* its number, from 1 */
    const Node *line;    /* NODE_LINE it began with */
    Loop *loop;
    /* Cells, captions, metadata: paragraphs go here instead of into blocks. */
    bool collecting;
    ARRAY(InlineList) collected;
} Expansion;

void expansion_run(Expansion *expansion, const NodeList *nodes, const Scope *scope);
/* Expands on the side; returns the paragraphs. */
InlineList *expansion_collect(Expansion *expansion, const NodeList *nodes, const Scope *scope, size_t *count);
/* The same, joined into one paragraph. */
InlineList expansion_line(Expansion *expansion, const NodeList *nodes, const Scope *scope);
Cell expansion_cell(Expansion *expansion, const NodeList *nodes, const Scope *scope);
/* Counts one heading or caption of `level`. */
void expansion_enter_level(Expansion *expansion, int level);
/* Evaluates; false (with findings) on failure. formula NULL: false, silently. */
bool expansion_eval(Expansion *expansion, const Formula *formula, const Scope *scope, Term *out);

/* expand_table.c */
void expansion_table(Expansion *expansion, const TableSpec *spec, const Node *node, const Scope *scope);

#endif
