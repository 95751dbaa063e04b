/* The vertical list: what stands under one another, with the cost of a page break after each. Private to layout/. */
#ifndef GONGKAI_LAYOUT_FLOW_INT_H
#define GONGKAI_LAYOUT_FLOW_INT_H

#include "layout/layout_int.h"

typedef struct TableBox TableBox; /* table_int.h */

/* A line with its place in a box: x from the measure's left edge, y of the baseline from the box's top. */
typedef struct PlacedLine {
    const Line *line;
    Length x, y, measure;
    NodeId node;
    LinePart part;
    bool first;     /* of its paragraph */
    bool justified; /* of a style that fills its lines */
    bool gridded;   /* one of the page's lines */
    size_t link;    /* the target that a click on it goes to, and 1; 0: none */
} PlacedLine;

/* Lines that no page break parts. */
typedef struct LineBox {
    PlacedLine *lines;
    size_t count;
    Length height; /* on_grid: a whole number of pitches */
    Length slack;  /* leading under the last line: may hang out of the page body */
    bool on_grid;  /* starts on one of the page's 22 lines */
} LineBox;

typedef enum FlowKind {
    FLOW_LINES, /* a LineBox */
    FLOW_SPACE, /* blank: vanishes at a page's head */
    FLOW_STRIP, /* one strip of a table's grid */
    FLOW_BREAK  /* a new page */
} FlowKind;

/* Costs of a page break, on the scale of the squared shortfall of a page in thousandths of its height: a page left
 * empty by a third costs 333 * 333. */
#define SHORTFALL(thousandths) ((int64_t)(thousandths) * (thousandths))
/* Of a page of height `body` that ends `room` above its foot. What lacks over a sixth of the page counts twice more:
 * one page half empty is worse than two that lack a quarter. */
static inline int64_t page_shortfall(Length room, Length body)
{
    int64_t lacks = room * 1000 / body, over = lacks > 167 ? lacks - 167 : 0;
    return SHORTFALL(lacks) + 2 * SHORTFALL(over);
}
/* The last page of a section may be short, but should not hold a few lines only: up to a third of it. */
static inline int64_t page_last_shortfall(Length room, Length body)
{
    Length lacks = room - body * 2 / 3;
    return lacks > 0 ? SHORTFALL(lacks * 1500 / body) : 0;
}
#define PENALTY_WISH       SHORTFALL(130)               /* up to this, no reason to leave a page short */
#define PENALTY_NEVER      ((int64_t)1000000000)        /* taken only when a page cannot be made otherwise */
#define PENALTY_IMPOSSIBLE ((int64_t)4 * PENALTY_NEVER) /* and this only when PENALTY_NEVER does not help */

#define NO_TARGET SIZE_MAX

typedef struct FlowItem {
    FlowKind kind;
    LineBox box;     /* FLOW_LINES; its height also for the other kinds */
    int64_t penalty; /* of a page break after this item */
    PageEnd keep;    /* what the penalty is for */
    size_t target;   /* a target that points at its top, or NO_TARGET */
    TableBox *table; /* FLOW_STRIP */
    size_t strip;
} FlowItem;

/* A section: a run of portrait pages, or of pages that hold one turned table. */
typedef struct FlowList {
    Layout *layout;
    bool turned;
    Length measure, body; /* width and height of the page body */
    Length pitch, cell;   /* the page's grid */
    ARRAY(FlowItem) items;
    int pending;        /* blank lines wanted before the next block */
    bool after_table;   /* the last block was a table: the next keeps off its rule */
    bool after_heading; /* the last block keeps with the next */
    size_t lone;        /* after the item of the one line that stands under a heading; 0: none */
} FlowList;

/* ---- flow.c, flow_lines.c ---- */

void flow_list_init(FlowList *list, Layout *layout, bool turned);
FlowItem *flow_push(FlowList *list, FlowKind kind); /* penalty 0, no target */
/* The blank lines before a block of `style`; call before its first item. */
void flow_open_block(FlowList *list, const ParagraphStyle *style);
void flow_close_block(FlowList *list, const ParagraphStyle *style);
/* A heading, paragraph or signature. */
void flow_block(FlowList *list, const Block *block);
/* The lines of a paragraph as items of the list, with the rules for orphans and widows. */
void flow_lines(FlowList *list, LineList lines, const ParagraphStyle *style, NodeId node, Length x, LinePart part);
/* Forbids a break after items first..end-1. */
void flow_keep(FlowList *list, size_t first, size_t end, PageEnd keep);
/* One box for each line; on_grid as the style says. */
LineBox line_box(Arena *arena, const FlowList *list, const ParagraphStyle *style, const Line *lines, size_t count,
                 Length x, NodeId node);
/* flow_table.c: a table's captions, strips and notes. */
void flow_table(FlowList *list, TableBox *table);

/* ---- paginate.c ---- */

/* Where the next item stands on the page. One bookkeeping for choosing breaks and for placing. */
typedef struct PageCursor {
    Length y;
    bool empty; /* nothing stands on the page yet */
} PageCursor;

/* Moves the cursor past the item; *top gets where it starts, the result is where its ink ends. Spaces at the head of a
 * page return -1 and move nothing. */
Length page_cursor_place(PageCursor *cursor, const FlowList *list, const FlowItem *item, Length *top);
/* What stands again at the head of a page that starts with `item`: the table's caption, leads and head. */
Length flow_item_repeat_height(const FlowItem *item);

typedef struct PageSpan {
    size_t first, end; /* items of the list */
    PageEnd why;
    Length blank; /* under its last ink */
} PageSpan;

typedef struct PageSpanList {
    PageSpan *items;
    size_t count;
} PageSpanList;

/* Chooses the breaks of the list by dynamic programming: the least sum of squared shortfalls and penalties. A page
 * before a FLOW_BREAK may be short for nothing, the last one too if a third of it is filled. Linear in the items.
 * `after`: why the last page ends. */
PageSpanList paginate(const FlowList *list, PageEnd after, Arena *arena);

/* ---- position.c, folio.c ---- */

/* A page body being filled: maps its upright coordinates (origin top left) to the page's. */
typedef struct Canvas {
    Layout *layout;
    const PageStyle *style;
    bool turned;
} Canvas;

void position_pages(const FlowList *list, PageSpanList spans);
/* x, y: the line's left edge and baseline in the page body. */
void canvas_line(const Canvas *canvas, const Line *line, Length x, Length y, NodeId node, ArtifactKind artifact);
/* The same, told to the report: `placed` at y below `top`, moved right by `shift`. */
void canvas_placed(const Canvas *canvas, const PlacedLine *placed, Length shift, Length top, NodeId node);
void canvas_rule(const Canvas *canvas, Length x, Length y, Length width, Length height);
/* A rectangle of the page body that leads to `target`; returns its index among the page's items. */
size_t canvas_link(const Canvas *canvas, Length x, Length y, Length width, Length height, NodeId node, size_t target);
/* references.c: `item` of the page being made shows `run`, whose origin is a page reference. */
void reference_note(const Canvas *canvas, const LineRun *run, size_t item, Length x, Length y, NodeId node);
/* Fills in the numbers. `boxes`: all tables. false with findings when one is not there. */
bool references_fill(Layout *layout, TableBox *const *boxes, size_t count);
/* contents.c: the cover and the contents pages, put before all others, where they are wanted. */
void front_add(Layout *layout);
/* cover.c: the cover, onto pages of its own. */
void cover_place(Layout *layout);
/* folio.c: a line of the pack's words, not of the notice. */
LineList words_set(Layout *layout, const ParagraphStyle *base, Length size, const char *words, Length measure);
/* folio.c: the page number and the draft word of page `number`, onto the page being made. */
void folio_place(Layout *layout, int number);

/* ---- structure.c ---- */

NodeId structure_node(Layout *layout, NodeId parent, Role role, const Origin *origin);
/* A target and a bookmark to it; its place is filled in by position_pages. Returns the target. */
size_t structure_bookmark(Layout *layout, int level, const InlineList *title, NodeId node);
size_t structure_target(Layout *layout, NodeId node);
/* Gives the run's nodes, targets and bookmarks to the page list; levels of bookmarks are made gapless. */
void structure_finish(Layout *layout);

/* The em box of a line: 0.88 of it stands over the baseline, as in all CJK fonts of the field. */
static inline Length em_ascent(Length size)
{
    return length_scale(size, 88, 100);
}

#endif
