/* A layout with real fonts to set single paragraphs in: the rig of the paragraph tests. */
#ifndef TESTS_UNIT_LAYOUT_CHECK_PARAGRAPH_MAKE_H
#define TESTS_UNIT_LAYOUT_CHECK_PARAGRAPH_MAKE_H

#include "layout/layout_int.h"

typedef struct Rig {
    Arena *arena;
    FontSet *fonts;
    FindingList findings;
    FontRole roles[2]; /* FandolFang with Liberation Serif; BabelStone Han as the fallback */
    Document document;
    Layout layout;
    LayoutMemory *memory;
    ParagraphStyle style; /* the body's: 3号, justified, no indent */
} Rig;

/* NULL, said on stderr, when fonts/ is empty: the test is skipped. */
Rig *rig_new(void);
void rig_free(Rig *rig);

/* Inlines of marked text: { and } keep together, ^ is a good break, / alone between two blanks a forced line end. */
InlineList rig_inlines(Rig *rig, const char *marked);
LineList rig_set(Rig *rig, const char *marked, Length measure);
/* The text of a line, of all its runs. */
const char *rig_text(Rig *rig, const Line *line);

/* Where the first glyph for `code` of a line stands, from the line's left edge; -1 when there is none. */
Length rig_glyph_x(const Line *line, uint32_t code, size_t nth);
#endif
