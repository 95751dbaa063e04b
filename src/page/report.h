/* The typographic report: what is wrong with the finished pages by the rules of the field, found from the pages alone.
 * It knows the rules of GB/T 15834-2011 5.1, GB/T 9704-2012 and CLREQ by tables of its own, not those that layout set
 * the lines by. */
#ifndef GONGKAI_PAGE_REPORT_H
#define GONGKAI_PAGE_REPORT_H

#include "page/page.h"

typedef enum PageFaultKind {
    FAULT_MARK,      /* a line begins or ends with what may not, —— or …… is split */
    FAULT_NUMBER,    /* a number, or a number and what belongs to it, on two lines; a word without hyphen */
    FAULT_RAGGED,    /* a line that should end at the right edge does not */
    FAULT_OVERFULL,  /* out of its measure, in text or cell */
    FAULT_FORCED,    /* no setting within bounds */
    FAULT_RUNT,      /* one character alone on a paragraph's last line */
    FAULT_OFF_GRID,  /* a line of text not on one of the page's lines */
    FAULT_STRANDED,  /* a heading with less than two lines, a caption without its table */
    FAULT_LONELY,    /* the first or last line of a paragraph alone on its page */
    FAULT_ROW,       /* a last row or a total alone, rows without their head, a label lost, a goal row alone */
    FAULT_UNDERFULL, /* a page that ends more than three lines short */
    FAULT_KINDS
} PageFaultKind;

typedef struct PageFault {
    PageFaultKind kind;
    size_t page;      /* index */
    const char *text; /* the line; the table's caption; "" for pages */
    Length amount;    /* FAULT_RAGGED, FAULT_OVERFULL: by how much; FAULT_UNDERFULL: how short */
    PageEnd why;      /* FAULT_UNDERFULL */
    bool explained;   /* a rule leaves no choice */
} PageFault;

typedef struct PageReport {
    const PageList *pages;
    size_t counts[FAULT_KINDS], explained[FAULT_KINDS];
    ARRAY(PageFault) faults; /* in the order of the pages, by kind */
    size_t text_lines;       /* of paragraphs */
    int widest;              /* thousandths of a character: the widest step from one Hanzi to the next in the text */
    size_t widest_page;
    const char *widest_text;
} PageReport;

PageReport *page_report_make(const PageList *pages, Arena *arena);
/* Everything in words, for --report. */
void page_report_print(const PageReport *report, Language language, Buffer *out);
/* The same as one JSON object. */
void page_report_print_json(const PageReport *report, Buffer *out);

#endif
