/* Small documents made in C for the tests of layout, and what must hold of every page made from them. */
#ifndef GONGKAI_TESTS_LAYOUT_CHECK_TABLE_MAKE_H
#define GONGKAI_TESTS_LAYOUT_CHECK_TABLE_MAKE_H

#include "layout/layout.h"

typedef struct Make {
    Arena *arena;
    FontSet *fonts;
    FindingList findings;
    Document document;
    ParagraphStyle title, heading, body, caption, lead, head, cell, note, folio;
    TableStyle table, turned;
    ARRAY(Block) blocks;
    unsigned seed;
} Make;

Make *make_new(void);
void make_free(Make *make);
unsigned make_random(Make *make, unsigned below); /* the same sequence each time */

/* `tag` (ASCII, so that each piece can be told apart) and then `han` Hanzi. */
InlineList make_text(Make *make, const char *tag, size_t han);
Cell make_cell(Make *make, const char *tag, size_t han);
Block *make_block(Make *make, BlockKind kind, const ParagraphStyle *style);
void make_paragraph(Make *make, const char *tag, size_t han);
/* One paragraph of exactly `lines` lines of body text. */
void make_lines(Make *make, const char *tag, size_t lines);
void make_heading(Make *make, int level, const char *tag, size_t han);
/* A table of `columns` plain columns with a head of one row, and rows of `groups` groups: group_rows[i] rows each. No
 * groups: `rows` rows. Cells have `han` Hanzi each, varied a little. */
Table *make_table(Make *make, const char *tag, size_t columns, const size_t *group_rows, size_t groups, size_t rows,
                  size_t han);
Row make_row(Make *make, const char *tag, size_t cells, size_t han);

PageList *make_pages(Make *make);

/* Text in reading order equals the document's; everything within the page body; body lines on the grid; rules merged
 * and without gaps; nothing printed over anything else; as many columns in each row of the structure. */
void check_pages(const Make *make, const PageList *pages);
size_t count_text(const PageList *pages, size_t page, const char *text, bool artifact); /* items that hold it */

#endif
