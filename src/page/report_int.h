/* What the files of the report share. Private to page/. */
#ifndef GONGKAI_PAGE_REPORT_INT_H
#define GONGKAI_PAGE_REPORT_INT_H

#include "page/report.h"

typedef struct Reporter {
    PageReport *report;
    const PageList *pages;
    Arena *arena;
} Reporter;

PageFault *report_add(Reporter *reporter, PageFaultKind kind, size_t page, const char *text);
/* A line's characters without blanks at its ends. */
uint32_t *report_line_codes(const Reporter *reporter, const PageLine *line, size_t *count);
const char *report_line_text(const Reporter *reporter, const PageLine *line);

void report_lines(Reporter *reporter); /* report_lines.c: marks, numbers, edges, grid */
void report_steps(Reporter *reporter); /* report_steps.c: the widest step */
void report_flow(Reporter *reporter);  /* report_flow.c: headings, captions, lonely lines, tables, page ends */

/* report_marks.c */
bool report_begins_no_line(uint32_t code);
bool report_ends_no_line(uint32_t code);
bool report_is_mark(uint32_t code);
bool report_is_han(uint32_t code);
bool report_parts_number(uint32_t before_left, uint32_t left, uint32_t right);

#endif
