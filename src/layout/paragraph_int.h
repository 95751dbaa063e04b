/* What the files of paragraph setting share: clusters, their sums, and lines chosen from them. Private to layout/.
 *
 * The way: itemize.c makes clusters of the inlines, paragraph_sums.c adds up what stands and gives between them,
 * line_fit.c says what one line would cost, line_break.c chooses all lines together, justify.c places the glyphs. */
#ifndef GONGKAI_LAYOUT_PARAGRAPH_INT_H
#define GONGKAI_LAYOUT_PARAGRAPH_INT_H

#include "layout/layout_int.h"

/* How ready a paragraph is to end a line after a cluster; above TextBreak come the wishes of the document. */
typedef enum Stop {
    STOP_NEVER,     /* a mark's rule: only when nothing else is left */
    STOP_GLUED,     /* inside a word or a number with its unit */
    STOP_EMERGENCY, /* the same in a piece too wide for a line */
    STOP_KEEP,      /* inside words that belong together by the document's wish */
    STOP_SOFT,
    STOP_FREE,
    STOP_GOOD /* INLINE_GOOD_BREAK */
} Stop;

/* What moves as one: a Hanzi or mark with what is joined to it, or one cluster of a shaped word. */
typedef struct Cluster {
    const Font *font;
    Length box;   /* its width, without the blank halves of marks: they are in the gaps */
    Length shift; /* from the box's left edge to the glyph's origin */
    uint32_t glyph, glyph_count;
    uint32_t text_at, text_len;
    uint32_t item;  /* the inline it comes from */
    uint8_t class;  /* TextClass */
    uint8_t after;  /* Stop */
    uint8_t spaced; /* TextClass before the run of spaces it ends; TEXT_HAN when there is none */
} Cluster;

/* Sums over clusters and gaps before an index: a line's are differences of two. The small ones may wrap around in a
 * long text: their differences do not. */
typedef struct Sums {
    Length natural;
    uint32_t shrink[TEXT_SHRINK_TIERS], shrink_all;
    uint32_t spaces, latin; /* what gaps of these stretch tiers can take */
    uint32_t cells;         /* gaps of TEXT_STRETCH_CELLS */
    uint32_t spaces_count, latin_count;
    uint32_t han, other; /* Hanzi; Latin letters and digits */
} Sums;

/* A piece of a paragraph between forced line ends. */
typedef struct Strip {
    const Layout *layout;
    const InlineList *inlines;
    const ParagraphStyle *style;
    Length size;                 /* of a character */
    Length rooms[TEXT_ROOM + 1]; /* so many sixteenths of it */
    uint64_t permille;           /* thousandths of a character in a unit, times 2^32 */
    Length measure;
    bool first; /* of its paragraph: takes the first line's indent */
    ARRAY(Cluster) clusters;
    ARRAY(Glyph) glyphs; /* x from the cluster's origin */
    char *text;
    size_t text_len;
    Sums *sums; /* clusters.count + 1 */
    Arena *scratch;
} Strip;

/* Clusters first..last of a strip as one line. */
typedef struct LineRange {
    size_t first, last;
    size_t visible; /* the last that is no space; first when all are */
    bool opens;     /* the first line of its paragraph */
    bool closes;    /* the last one before a forced end */
} LineRange;

/* How a line would be set. */
typedef struct LineFit {
    Length natural; /* with the room taken at its edges */
    Length extra;   /* > 0: to be widened by this, < 0: squeezed */
    Length widest;  /* what each gap between cells gains */
    bool trimmed;   /* the mark at its end gives its blank up */
    bool forced;    /* out of bounds */
    uint8_t tone;   /* 0 tight, 1 even, 2 loose, 3 very loose: neighbours should not differ by more than one */
    int64_t cost;
} LineFit;

/* itemize.c: inlines [from, to) -> strip->clusters, glyphs, text. `report`: missing characters become findings. */
void strip_itemize(Layout *layout, Strip *strip, size_t from, size_t to, bool report);
/* paragraph_sums.c */
void strip_measure(Strip *strip);                   /* rooms and permille of strip->size */
TextGap strip_gap(const Strip *strip, size_t left); /* between cluster `left` and the next */
void strip_sum(Strip *strip);
static inline int64_t strip_permille(const Strip *strip, Length amount)
{
    return (int64_t)((uint64_t)amount * strip->permille >> 32);
}
static inline Length strip_room(const Strip *strip, unsigned sixteenths)
{
    return strip->rooms[sixteenths];
}

/* What stays together: places on the endless line. */
typedef struct Piece {
    Length start, end;
    bool closes; /* a line ends after it */
} Piece;

typedef struct Pieces {
    Arena *arena;
    ARRAY(Piece) list;
} Pieces;

/* paragraph.c: the widths of a text, and its pieces in order into `pieces` when that is not NULL. Findings: none. */
typedef struct TextWidths {
    Length natural, unbreakable; /* on one line; of the widest piece */
} TextWidths;
TextWidths paragraph_measure(Layout *layout, const InlineList *text, const ParagraphStyle *style, Pieces *pieces);

/* line_fit.c */
Length line_measure(const Strip *strip, bool opens);
/* Blank at the line's left edge that stays; what the mark at its end would take. */
Length line_lead(const Strip *strip, const LineRange *range);
Length line_trail(const Strip *strip, const LineRange *range);
LineFit line_fit(const Strip *strip, const LineRange *range, Length ideal);

/* line_break.c: the lines of a strip; in strip->scratch. */
typedef struct ChosenLine {
    LineRange range;
    LineFit fit;
    bool forced; /* out of bounds, or an unbreakable piece was broken */
} ChosenLine;
ChosenLine *strip_break(Strip *strip, size_t *count);

/* justify.c */
Line line_place(Arena *arena, const Strip *strip, const ChosenLine *chosen, bool last);

#endif
