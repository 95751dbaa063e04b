/* Layout: Document -> PageList. One pass; nothing later calls back.
 *
 * Invariants (the reason why one pass is enough):
 *  1. The measure is constant within a section, so the lines of a paragraph and the heights of rows do not depend on
 * the page they land on. Measure first, paginate second.
 *  2. Pagination sees a vertical list (TeX's word) of flow items and only chooses where to break; it changes no height.
 *  3. A row is whole unless it is taller than the page body; then its cells, measured as lines, are cut between lines.
 *  4. A merged label that crosses a page is shown again on the next; a break is only allowed where both parts can hold
 * it, so no row grows for it.
 *  5. Rules are drawn after pagination, from the rows that share a page.
 *  6. Folios and page references have a reserved width and are filled in last. They can never move a line. */
#ifndef GONGKAI_LAYOUT_LAYOUT_H
#define GONGKAI_LAYOUT_LAYOUT_H

#include "base/arena.h"
#include "base/finding.h"
#include "document/document.h"
#include "font/font.h"
#include "page/page.h"

/* Texts set before, with the lines they took: documents of one kind have many in common. It belongs to the FontSet it
 * was used with; pages made with it refer to it until it is trimmed or freed. Pages do not depend on what is in it. */
typedef struct LayoutMemory LayoutMemory;
LayoutMemory *layout_memory_new(void);
void layout_memory_free(LayoutMemory *memory); /* NULL is allowed */
void layout_memory_trim(LayoutMemory *memory); /* forgets all when it has grown large (8 MB) */

/* NULL when an error left nothing to print: a character no font has, a font missing, a column that cannot be made
 * narrow enough. All such findings are reported in one run, with the place in the YAML. */
PageList *layout_document(const Document *document, FontSet *fonts, Arena *arena, FindingList *findings);
/* The same, but page breaks and column widths stay where `before`, the pages of another edition, has them, as far as
 * they fit: what did not change is then set as it was, at the price of pages less full. NULL: no hints. `memory` NULL:
 * one of the document's own. */
PageList *layout_document_like(const Document *document, const PageList *before, LayoutMemory *memory, FontSet *fonts,
                               Arena *arena, FindingList *findings);

#endif
