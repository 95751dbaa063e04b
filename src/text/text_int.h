/* What the files of text share. Private to text/. */
#ifndef GONGKAI_TEXT_TEXT_INT_H
#define GONGKAI_TEXT_TEXT_INT_H

#include "text/text.h"

/* resolve.c: classes of neighbours considered: quotes, dashes and hyphens inside Latin. */
void text_resolve(const uint32_t *codes, size_t count, TextChar *out);
/* break.c: break opportunities by classes and, inside Latin, by UAX #14. */
void text_find_breaks(const uint32_t *codes, size_t count, TextChar *chars, Arena *scratch);
/* number.c: glues numbers to signs and units, marks the soft places of dates and labels. */
void text_glue_numbers(const uint32_t *codes, size_t count, TextChar *chars);
/* unit.c: characters of the longest unit (万元, 年, 平方米, 个百分点) at codes[0..count), 0 for none. */
size_t text_unit_length(const uint32_t *codes, size_t count);

#endif
