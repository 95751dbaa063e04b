/* What the files of layout share: the context of a run, and lines. The vertical list: flow_int.h; tables: table_int.h.
 * Private to layout/. */
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
    uint32_t number; /* memory_chain's */
} FontChain;

/* A piece of text that keeps room for a page number (invariant 6). */
typedef struct Reference {
    size_t page;       /* index */
    size_t item, link; /* of the page; link: SIZE_MAX for none */
    const Origin *origin;
} Reference;

typedef struct Layout {
    const Document *document;
    FontSet *fonts;
    Arena *arena; /* the result's */
    FindingList *findings;
    const PageList *before; /* of the edition before, to keep to; or NULL */
    ARRAY(PageColumns) columns;
    FontChain *chains; /* parallel to document->style.roles */
    FontChain fallback;
    PageList *pages;
    ARRAY(const Font *) page_fonts; /* becomes pages->fonts */
    ARRAY(Page) page_array;
    ARRAY(StructNode) nodes;
    ARRAY(Target) targets;
    ARRAY(Bookmark) bookmarks;
    ARRAY(PageLine) lines;
    ARRAY(Reference) references;
    bool front; /* the pages being made stand before the notice: no folio */
    ARRAY(PageTable) tables;
    ARRAY(Item) items;         /* of the page being made; copied when it is full */
    const Origin *last_origin; /* the item origin made last, for runs that follow one another */
    const ItemOrigin *last_item_origin;
    Arena *scratch;       /* of one paragraph at a time */
    Arena *pieces;        /* of one table cell at a time, while its strips use `scratch` */
    LayoutMemory *memory; /* texts set before */
    size_t missing;       /* characters that no font has, so far */
} Layout;

/* layout.c: makes a context of which document, fonts, arena and findings are set ready for setting texts; `memory`
 * NULL: one of its own. false with findings when a font cannot be opened. layout_end gives back what is not the
 * arena's. */
bool layout_begin(Layout *layout, LayoutMemory *memory);
void layout_end(Layout *layout);

/* fonts.c: opens all roles. false with findings when one cannot be opened. */
bool layout_open_fonts(Layout *layout);
/* The font that sets `code` in `role`: the role's chains, then the fallback; NULL when none has it. */
const Font *layout_font_for(const Layout *layout, const FontRole *role, uint32_t code, bool latin);
const Font *layout_blank_font(const Layout *layout); /* sets a blank where no font of a role has one */
const FontChain *layout_chain_of(const Layout *layout, const FontRole *role); /* the fallback for a role unknown */
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
    uint32_t item; /* the inline it comes from */
    const Origin *origin;
} LineRun;

typedef struct Line {
    LineRun *runs;
    size_t run_count;
    Length x,
        width;    /* ink extent within the measure: x is the indent or the centring, width to the last advance edge */
    Length pitch; /* the style's */
    bool last;    /* of its paragraph */
    bool closes;  /* before a forced line end */
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

#endif
