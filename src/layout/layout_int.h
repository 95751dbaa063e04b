/* What the files of layout share. Private to layout/. */
#ifndef GONGKAI_LAYOUT_LAYOUT_INT_H
#define GONGKAI_LAYOUT_LAYOUT_INT_H

#include "layout/layout.h"
#include "text/text.h"

/* ---- the run's context ------------------------------------------------------------------------------------------- */

#define CHAIN_MAX 8
typedef struct FontChain { /* a FontRole, opened */
    const FontRole *role;
    const Font *han[CHAIN_MAX], *latin[CHAIN_MAX];
    size_t han_count, latin_count;
} FontChain;

typedef struct Layout {
    const Document *document;
    FontSet *fonts;
    Arena *arena; /* the result's */
    FindingList *findings;
    FontChain *chains; /* parallel to document->style.roles */
    FontChain fallback;
    PageList *pages;
    ARRAY(const Font *) page_fonts; /* becomes pages->fonts */
    ARRAY(Page) page_array;
    ARRAY(StructNode) nodes;
    ARRAY(Target) targets;
    ARRAY(Bookmark) bookmarks;
} Layout;

/* fonts.c: opens all roles. false with findings when one cannot be opened. */
bool layout_open_fonts(Layout *layout);
/* The font that sets `code` in `role`: the role's chains, then the fallback; NULL when none has it. */
const Font *layout_font_for(const Layout *layout, const FontRole *role, uint32_t code, bool latin);
uint16_t layout_font_index(Layout *layout, const Font *font); /* into pages->fonts, added on first use */

/* ---- lines (paragraph.c and its parts) ----------------------------------------------------------------------------
 */

/* A piece of a line ready to place: glyphs of one font and origin, x from the line's left edge. */
typedef struct LineRun {
    const Font *font;
    Length size, x, width;
    Glyph *glyphs; /* positions relative to x */
    size_t count;
    const char *text;
    size_t text_len;
    const Origin *origin;
} LineRun;

typedef struct Line {
    LineRun *runs;
    size_t run_count;
    Length x,
        width;    /* ink extent within the measure: x is the indent or the centring, width to the last advance edge */
    Length pitch; /* the style's */
    bool last;    /* of its paragraph */
    bool forced;  /* no setting within bounds: the least bad was taken */
    int han_on_last;  /* Hanzi (with their marks) on a last line; else 0 */
    Length decimal_x; /* ALIGN_DECIMAL: where the point stands (or would), from the line's left edge */
} Line;

typedef struct LineList {
    Line *items;
    size_t count;
} LineList;

/* Sets `text` in `style` to `measure`: itemizes, shapes, finds breaks, chooses lines for the paragraph as a whole,
 * justifies. Missing characters are findings at their origin (once a character and origin); they then take a blank
 * cell. An empty text gives one empty line. */
LineList paragraph_set(Layout *layout, const InlineList *text, const ParagraphStyle *style, Length measure);
/* Natural width on one line, and the widest piece that cannot be broken: for column widths. */
void paragraph_widths(Layout *layout, const InlineList *text, const ParagraphStyle *style, Length *natural,
                      Length *unbreakable);

/* ---- the vertical list --------------------------------------------------------------------------------------------
 */

typedef struct TableBox TableBox; /* table.h of layout: a measured table */

typedef enum FlowKind {
    FLOW_LINE,  /* one line of a paragraph or heading */
    FLOW_SPACE, /* blank lines of the grid: vanish at a page's head */
    FLOW_ROW,   /* one unbreakable strip of a table */
    FLOW_BREAK  /* a new page */
} FlowKind;

/* Cost of a page break after an item. */
#define PENALTY_NEVER 10000
typedef struct FlowItem {
    FlowKind kind;
    Length height;      /* on_grid: a whole number of pitches */
    bool on_grid;       /* stands on the page's 22 lines; a page position off the grid snaps down first */
    int penalty;        /* 0 free .. PENALTY_NEVER: breaking after this item */
    const Line *line;   /* FLOW_LINE */
    const Block *block; /* what it is a part of */
    NodeId node;
    const ParagraphStyle *style;
    TableBox *table;  /* FLOW_ROW */
    size_t strip;     /* FLOW_ROW: which strip of the table's body */
    bool first, last; /* of its block */
} FlowItem;

#endif
