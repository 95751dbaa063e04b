/* The document: the notice as a tree of blocks with its styles, each piece with its origin in the data. Pure data, made
 * by template, read by layout. It knows nothing of YAML, fonts' insides or pages.
 *
 * Everything lives in one arena. Lengths: base/length.h. Text: NFC UTF-8, NUL-terminated. */
#ifndef GONGKAI_DOCUMENT_DOCUMENT_H
#define GONGKAI_DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/finding.h"
#include "base/length.h"

/* What a corrected edition did to a piece. */
typedef enum PieceChange { PIECE_SAME, PIECE_CHANGED, PIECE_GONE_BEFORE /* something stood before it */ } PieceChange;

/* Where a piece comes from: the data value, or the template text. */
typedef struct Origin {
    const char *path; /* canonical path of the value; NULL for the pack's own words */
    Place place;      /* in the YAML, or in the pack */
    bool figure;      /* a number of the notice: it goes into the figure map */
    PieceChange change;
    const char *page_of; /* the text keeps room for the number of the page where the first table of this kind stands;
                            NULL: plain text */
} Origin;

/* ---- styles ------------------------------------------------------------------------------------------------------ */

/* A font file in the folder `fonts/` of the program or the user, or an absolute path; index for collections. */
typedef struct FontFile {
    const char *path;
    int index;
    Place place; /* in style.yaml */
} FontFile;

/* A role (正文, 标题, 表格 …): which face sets a character. Latin letters, digits and ASCII marks go through `latin`
 * first, then `han`; all others through `han`, then `latin`, then the document's fallback. */
typedef struct FontRole {
    const char *name;
    FontFile *han, *latin;
    size_t han_count, latin_count;
} FontRole;

typedef enum Align { ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_DECIMAL } Align;

typedef struct ParagraphStyle {
    const char *name;
    const FontRole *font;
    Length size;         /* one character */
    Length pitch;        /* from baseline to baseline */
    Align align;         /* last line of ALIGN_JUSTIFY: left */
    Length first_indent; /* 左空二字: two cells */
    Length left_indent, right_indent;
    int lines_before, lines_after; /* blank lines of the page's grid around the block; before < 0: it takes so many of
                                      those the block before leaves */
    bool on_grid; /* its lines stand on the page's 22 lines; false: pitch of its own, the next grid block snaps */
    bool keep_with_next; /* headings and captions */
    bool balance;        /* short centred lines: break into lines of like length (titles 梯形/菱形, header cells) */
} ParagraphStyle;

typedef struct TableStyle {
    const char *name;
    const ParagraphStyle *caption, *lead, *head, *body, *note;
    Length padding_x, padding_y;   /* between rule and text, each side */
    Length rule_outer, rule_inner; /* thickness: 0.35 and 0.25 mm, 9704 7.4.1 */
    bool turned;                   /* set at right angles to the page, clause 8 */
    Length size_floor;             /* too wide: the body size may shrink to this, then it is an error */
    const char *continued;         /* put after the caption on the next pages: "（续）" */
    const char *continued_bare;    /* stands there when the table has no caption: "续表" */
} TableStyle;

typedef struct PageStyle {
    Length width, height;           /* 210 x 297 mm */
    Length left, top;               /* 订口 28 mm, 天头 37 mm */
    Length text_width, text_height; /* 版心 156 x 225 mm */
    Length cell, pitch;             /* grid: 28 cells, 22 lines; the first line's baseline follows from the font */
    int columns, lines;
    int first_number;                       /* the first page's; 0 is 1 */
    const ParagraphStyle *folio;            /* NULL: no page numbers */
    const char *folio_before, *folio_after; /* "— " and " —" */
    Length folio_drop;                      /* from the 版心's lower edge to the dash's middle: 7 mm, clause 7.5 */
    Length folio_inset;                     /* from the outer edge: one character */
    const char *draft;                      /* printed on every page of a forced edition: "草稿"; NULL: not a draft */
} PageStyle;

/* A contents page before the notice, without a folio: optional, 9704 does not know it. */
typedef struct ContentsStyle {
    int over_pages; /* shown when the notice has more pages than that */
    const char *title;
    const ParagraphStyle *title_style;
    const ParagraphStyle *entries[4]; /* by level, from 1: what has no style is not listed */
    size_t entry_count;               /* 0: no contents page */
} ContentsStyle;

/* What the second colour is on a screen and in print; not given: black. */
typedef struct ColorStyle {
    bool given;
    int rgb[3];  /* 0-255 */
    int cmyk[4]; /* percent of ink */
} ColorStyle;

typedef struct DocumentStyle {
    PageStyle page;
    ColorStyle second_color;
    ContentsStyle contents;
    const FontRole *roles; /* all roles, for font loading */
    size_t role_count;
    const FontRole *fallback; /* last resort for any character: `han` is its chain */
} DocumentStyle;

/* ---- text -------------------------------------------------------------------------------------------------------- */

typedef enum InlineKind {
    INLINE_TEXT,
    INLINE_LINE_BREAK, /* a new line here */
    INLINE_GOOD_BREAK, /* a place where the sense allows a break: titles prefer these to all others */
} InlineKind;

typedef struct Inline {
    InlineKind kind;
    const char *text; /* INLINE_TEXT */
    size_t len;
    const Origin *origin;
    bool keep_together;   /* names that a title may not break: the county's, the department's parts */
    const FontRole *font; /* NULL: the style's */
} Inline;

typedef struct InlineList {
    Inline *items;
    size_t count;
} InlineList;

/* ---- blocks ------------------------------------------------------------------------------------------------------ */

typedef struct Paragraph {
    InlineList text;
} Paragraph;

/* Level in the outline: 0 the notice's title, 1 its sections, ... The number (一、) is part of the text. */
typedef struct Heading {
    int level;
    InlineList text;
    bool bookmark;
} Heading;

/* Tables are slots, never grid spans: layout derives the grid. Cells hold paragraphs. */
typedef struct Cell {
    InlineList *paragraphs;
    size_t count; /* 0: an empty cell */
    const Origin *origin;
    bool has_align; /* else the column's */
    Align align;
} Cell;

typedef struct HeaderCell HeaderCell;
struct HeaderCell {
    Cell cell;
    HeaderCell *children; /* none: a leaf; the leaves, left to right, are the columns */
    size_t count;
};

typedef struct Column {
    Length min_width, max_width; /* bounds; 0: none */
    int share;                   /* of the width left over: 1 is a usual column, 0 takes only what it needs */
    Align align;
    bool row_head; /* its cells are headers of their rows (merged labels, item names) */
} Column;

typedef enum RowKind { ROW_BODY, ROW_TOTAL } RowKind;

typedef struct Row {
    RowKind kind;
    Cell *cells; /* columns from the depth of its group on: table columns - depth */
    size_t count;
    Origin origin; /* the list item the row is */
} Row;

/* Rows under one merged label; groups may nest: the label of depth d stands in column d. A group of depth 0 without
 * a label is the table's own list of rows. Rows and groups are never both present. */
typedef struct RowGroup RowGroup;
struct RowGroup {
    const Cell *label; /* NULL only at the root */
    RowGroup *groups;
    size_t group_count;
    Row *rows;
    size_t row_count;
};

/* A row above the header, on the table's first page only: the goal row of a performance table. The label takes the
 * first column, the text all others. */
typedef struct OnceRow {
    Cell label, text;
} OnceRow;

/* A line above the table, repeated on every page of it: left (编制部门：…) and right (单位：万元) ends. */
typedef struct LeadLine {
    InlineList left, right;
} LeadLine;

typedef struct Table {
    const TableStyle *style;
    const char *kind;   /* the declaration's name: tables of one kind share their column widths */
    InlineList caption; /* empty: none */
    bool bookmark;      /* the caption goes into the outline, at `level` */
    int level;
    LeadLine *leads;
    size_t lead_count;
    HeaderCell *header; /* the top row's cells */
    size_t header_count;
    Column *columns;
    size_t column_count;
    OnceRow *once;
    size_t once_count;
    RowGroup body;
    Row *totals; /* never open a page alone */
    size_t total_count;
    InlineList *notes; /* under the table */
    size_t note_count;
} Table;

/* The department's name and the date under the notice: 9704 7.3.5.2, with room for a seal. */
typedef struct Signature {
    InlineList name, date; /* date may be empty */
} Signature;

typedef enum BlockKind { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_SIGNATURE, BLOCK_PAGE_BREAK } BlockKind;

typedef struct Block {
    BlockKind kind;
    const ParagraphStyle *style; /* NULL for tables and page breaks */
    Origin origin;
    union {
        Heading heading;
        Paragraph paragraph;
        Table *table;
        Signature signature;
    } as;
} Block;

typedef struct Document {
    DocumentStyle style;
    const char *title;              /* plain text, for metadata */
    const char *language;           /* "zh-CN" */
    const char *author;             /* the department */
    const char *subject, *keywords; /* or NULL */
    int year, month, day;           /* 公开日期; year 0: none */
    Block *cover;                   /* paragraphs that stand on a page of their own before all else */
    size_t cover_count;             /* 0: no cover */
    Block *blocks;
    size_t count;
} Document;

/* ---- functions --------------------------------------------------------------------------------------------------- */

/* Checks what layout trusts: every style present, header leaves equal columns, every row has its cells at its depth,
 * groups and rows never mixed, lengths positive. A failure is our own mistake or the pack's: finding at the block's
 * origin. */
bool document_check(const Document *document, FindingList *findings);
/* Text form for --dump=document and goldens: one block a line, cells indented, styles by name, origins as path. */
void document_dump(const Document *document, Buffer *out);
/* The inlines' text, joined, for bookmarks and metadata. */
const char *inline_list_text(const InlineList *list, Arena *arena);

#endif
