/* The display list: what stands where on each page, and what it means. The one border between layout and output; pure
 * data.
 *
 * Coordinates: [Length] from the page's top left corner, x to the right, y down, always of the upright (portrait) page.
 * What a turned table holds is turned by layout: its glyph runs have `turned` set (the text runs upwards, 90°
 * anticlockwise, 9704 clause 8), its rules are rectangles like all others. The page object itself is never turned.
 * Items stand in painting order, which is the reading order wherever they belong to the logical structure. */
#ifndef GONGKAI_PAGE_PAGE_H
#define GONGKAI_PAGE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/finding.h"
#include "base/length.h"

typedef enum Color { COLOR_BLACK, COLOR_SECOND } Color; /* each edition maps its own */

/* The second colour as each edition shows it; not given: black. */
typedef struct InkColor {
    bool given;
    int rgb[3];  /* 0-255, the screen's */
    int cmyk[4]; /* percent of ink, the press's */
} InkColor;

/* ---- structure: the logical tree, in reading order --------------------------------------------------------------- */

typedef enum Role {
    ROLE_DOCUMENT,
    ROLE_HEADING, /* level 1-6 */
    ROLE_PARAGRAPH,
    ROLE_CAPTION,
    ROLE_TABLE,
    ROLE_TABLE_HEAD, /* THead, TBody, TR, TH, TD */
    ROLE_TABLE_BODY,
    ROLE_TABLE_ROW,
    ROLE_HEADER_CELL,
    ROLE_DATA_CELL,
    ROLE_NOTE,
    ROLE_LINK,
    ROLE_TOC,
    ROLE_TOC_ITEM,
    ROLE_SPAN /* with actual_text */
} Role;

typedef enum HeaderScope { SCOPE_NONE, SCOPE_ROW, SCOPE_COLUMN, SCOPE_BOTH } HeaderScope;

typedef uint32_t NodeId; /* index into PageList.nodes; node 0 is the Document */
#define NODE_ARTIFACT UINT32_MAX

/* Children are those nodes that name it as parent, in the order of their ids. */
typedef struct StructNode {
    NodeId parent; /* NODE_ARTIFACT for node 0 */
    Role role;
    int level;              /* ROLE_HEADING */
    HeaderScope scope;      /* ROLE_HEADER_CELL */
    int row_span, col_span; /* cells; 1 is usual */
    NodeId *headers;        /* cells: the header cells they belong to */
    size_t header_count;
    const char *actual_text; /* when the glyphs' text differs from the text meant; or NULL */
    const char *alternate;   /* pictures */
    const char *path;        /* canonical path of the value it shows, or NULL */
    bool changed;            /* marked as corrected */
} StructNode;

/* ---- items ------------------------------------------------------------------------------------------------------- */

/* One glyph of a run. Positions are exact: `x` is where its origin stands, from the run's origin along the line. */
typedef struct Glyph {
    uint32_t id; /* in the original font file */
    Length x;
    Length rise; /* off the baseline; nearly always 0 */
    uint32_t
        text_at; /* [bytes] its cluster's text in the run: the glyph stands for text[text_at .. text_at+text_len) */
    uint16_t text_len; /* 0: a further glyph of the same cluster */
} Glyph;

/* Where the thing shown comes from. */
typedef struct ItemOrigin {
    const char *path; /* canonical path, or NULL */
    Place place;
    bool figure;
    bool changed;     /* corrected against the edition before */
    bool gone_before; /* something that stood before it is gone */
} ItemOrigin;

typedef struct GlyphRun {
    uint16_t font; /* index into PageList.fonts */
    Length size;
    Length width; /* the run's advance, with all spacing */
    const Glyph *glyphs;
    size_t count;
    const char *text; /* the run's UTF-8; clusters index it. Text extracted equals the concatenation of these. */
    size_t text_len;
    bool turned;
    const ItemOrigin *origin; /* or NULL */
} GlyphRun;

typedef enum ItemKind { ITEM_GLYPHS, ITEM_RULE, ITEM_LINK } ItemKind;

/* Why an artifact is there: PDF wants it typed. */
typedef enum ArtifactKind {
    ARTIFACT_LAYOUT,
    ARTIFACT_PAGINATION,
    ARTIFACT_HEADER /* repeated table head */,
    ARTIFACT_WATERMARK
} ArtifactKind;

typedef struct Item {
    ItemKind kind;
    NodeId node;           /* NODE_ARTIFACT: no part of the structure */
    ArtifactKind artifact; /* when node is NODE_ARTIFACT */
    Color color;
    Length x, y;          /* glyphs: origin on the baseline; rule and link: top left corner */
    Length width, height; /* rule and link */
    GlyphRun glyphs;      /* ITEM_GLYPHS */
    size_t target;        /* ITEM_LINK: index into PageList.targets */
} Item;

/* Why a page ends where it ends. */
typedef enum PageEnd {
    PAGE_END_FULL,     /* nothing more goes on it */
    PAGE_END_LAST,     /* of the document */
    PAGE_END_WISH,     /* a page break of the template */
    PAGE_END_TURNED,   /* a turned page follows, or an upright one after turned ones */
    PAGE_END_HEADING,  /* a heading and two lines under it keep together */
    PAGE_END_LINES,    /* the first or last line of a paragraph would stand alone */
    PAGE_END_BLOCK,    /* what is one piece does not fit: a title, a signature */
    PAGE_END_OPENING,  /* caption, goal row, head and the first rows of a table keep together */
    PAGE_END_ROW,      /* the next row does not fit */
    PAGE_END_GROUP,    /* rows under one label keep together */
    PAGE_END_TABLE,    /* a table that fits a page keeps together */
    PAGE_END_LAST_ROW, /* the last row of a table, a total, its notes are not carried over alone */
    PAGE_END_LABEL,    /* a merged label would not fit into its part */
    PAGE_END_CHOICE    /* it could go on: the pages after it are better so */
} PageEnd;

typedef struct Page {
    int number;  /* the folio; 0: none is printed */
    bool turned; /* holds a turned table: a screen edition may show it rotated */
    PageEnd end;
    Length blank; /* of the page body, under its last ink */
    Length width, height;
    Item *items;
    size_t count;
    uint64_t begins; /* told apart by what it begins with, for the next edition's layout; 0: not told */
} Page;

/* A place to go to: bookmarks and links. */
typedef struct Target {
    size_t page; /* index */
    Length x, y;
    NodeId node;
} Target;

typedef struct Bookmark {
    int level; /* 0 is the top */
    const char *title;
    size_t target;
} Bookmark;

/* ---- what the typographic report wants to know and items do not tell -------------------------------------------- */

typedef enum LinePart { LINE_BODY, LINE_HEADING, LINE_CAPTION, LINE_CELL, LINE_NOTE, LINE_FOLIO } LinePart;

/* A line as it was set. Lengths along it are from the left edge of its measure. */
typedef struct PageLine {
    uint32_t page, first_item, item_count;
    NodeId node; /* NODE_ARTIFACT: shown again, or a folio */
    LinePart part;
    bool first, last; /* of its paragraph */
    bool closes;      /* before a forced line end */
    bool justified;   /* of a style that fills its lines */
    bool forced;      /* no setting within bounds was found */
    bool gridded;     /* one of the lines of the page's grid */
    int han;          /* on a last line: its Hanzi */
    Length start, end, measure;
    Length baseline; /* from the top of the page body */
} PageLine;

/* A table's part on one page; rows of its body and totals are counted, not those of its head. */
typedef struct PageTable {
    uint32_t page, table; /* the document's table, from 0 */
    const char *caption;  /* or "" */
    uint32_t first_row, end_row, row_count;
    bool headed;      /* its head stands on the page */
    bool total_first; /* the first row is a total */
    uint32_t lost;    /* labels that found no room */
} PageTable;

/* The widths of all tables of one kind, for the next edition's layout. */
typedef struct PageColumns {
    const char *kind;
    const Length *widths;
    size_t count;
} PageColumns;

/* A font of the display list. `handle` is font/'s Font; page/ does not look inside. */
typedef struct Font Font;

typedef struct PageList {
    Page *pages;
    size_t count;
    size_t front; /* pages before the notice's first: cover and contents, without folio. A press edition puts a blank
                     one after an odd number of them */
    const Font **fonts;
    const char **font_names; /* PostScript names, for the dump; parallel to fonts */
    size_t font_count;
    StructNode *nodes;
    size_t node_count;
    Target *targets;
    size_t target_count;
    Bookmark *bookmarks;
    size_t bookmark_count;
    PageLine *lines; /* in the order of the pages */
    size_t line_count;
    PageTable *tables;
    size_t table_count;
    PageColumns *columns;
    size_t columns_count;
    InkColor second_color;
    Length cell, pitch;                                         /* the page's grid */
    const char *title, *author, *subject, *keywords, *language; /* metadata; subject and keywords may be NULL */
    int year, month, day;                                       /* year 0: no date */
} PageList;

/* --dump=pages and goldens: an item a line, lengths in pt with three decimals, nodes by role. */
void page_list_dump(const PageList *pages, Buffer *out);
/* The same for one page. */
void page_dump(const PageList *pages, size_t index, Buffer *out);

#endif
