/* What the two files of itemizing share. Private to layout/. */
#ifndef GONGKAI_LAYOUT_ITEMIZE_INT_H
#define GONGKAI_LAYOUT_ITEMIZE_INT_H

#include "layout/paragraph_int.h"

/* A strip's text, decoded. All arrays have `count` items but `offsets`, which has one more. */
typedef struct Decoded {
    uint32_t *codes;
    uint32_t *offsets; /* [bytes] in strip->text */
    uint32_t *items;   /* indices into the inlines */
    TextChar *chars;
    Stop *stops; /* after each */
    size_t count;
} Decoded;

/* itemize_text.c: inlines [from, to) -> text, codes, classes, stops. */
Decoded strip_decode(Strip *strip, size_t from, size_t to);
/* itemize_marks.c: box, shift and class of a full-width character by its font's glyph; the halves of —— and …… put
 * together. */
void cluster_fit_cell(Cluster *cluster, uint32_t code, uint32_t glyph, Length size);
void strip_join_pairs(Strip *strip);
/* itemize_missing.c: the finding for a character no font has; once a character and origin. */
typedef struct MissingList MissingList;
void missing_report(Layout *layout, const Strip *strip, MissingList **list, uint32_t code, uint32_t item);

#endif
