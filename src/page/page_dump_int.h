/* What the files of the dump share. Private to page/. */
#ifndef GONGKAI_PAGE_PAGE_DUMP_INT_H
#define GONGKAI_PAGE_PAGE_DUMP_INT_H

#include "page/page.h"

/* A length in pt with three decimals. */
void dump_length(Buffer *out, Length length);
/* " name=value" */
void dump_measure(Buffer *out, const char *name, Length length);
/* Text in quotes; quotes, backslashes and control characters escaped, so that an item stays on its line. */
void dump_quoted(Buffer *out, const char *text, size_t len);
/* " name=" and the text quoted; nothing for NULL. */
void dump_text(Buffer *out, const char *name, const char *text);
/* " name=" and the text bare, as far as it has no blanks or control characters; nothing for NULL. */
void dump_path(Buffer *out, const char *name, const char *path);
/* PDF's name of the role: "TD", "H2"; "?" for a node that does not exist. */
void dump_role(Buffer *out, const PageList *pages, NodeId node);

/* The logical tree, bookmarks and targets. */
void dump_structure(const PageList *pages, Buffer *out);
/* The rest of an ITEM_GLYPHS line. */
void dump_glyphs(const PageList *pages, const GlyphRun *run, Buffer *out);

#endif
