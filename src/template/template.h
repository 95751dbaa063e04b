/* The template: a pack (a folder under templates/) + Value tree -> Document with its styles. What the notice says, and
 * how it looks, is in the pack; see templates/README.md for the pack's files and the template's language. */
#ifndef GONGKAI_TEMPLATE_TEMPLATE_H
#define GONGKAI_TEMPLATE_TEMPLATE_H

#include "base/arena.h"
#include "base/finding.h"
#include "data/data.h"
#include "document/document.h"

/* A pack read and parsed: pack.yaml, schema.yaml, defaults.yaml, words.yaml (named formulas), notice.txt, cover.txt
 * (where style.yaml wants a cover), tables.yaml, style.yaml. Read-only after pack_load; shared by all notices of a run.
 */
typedef struct Pack Pack;

/* NULL with findings (all of them) when the pack cannot be used. */
Pack *pack_load(const char *folder, Arena *arena, FindingList *findings);

const char *pack_name(const Pack *pack);    /* from pack.yaml: the same through an alias of the folder */
const char *pack_version(const Pack *pack); /* from pack.yaml */
const Schema *pack_schema(const Pack *pack);
const Value *pack_defaults(const Pack *pack); /* merged under the data; NULL for none */
const FormulaNames *pack_words(const Pack *pack);
const DocumentStyle *pack_style(const Pack *pack);

/* Expands the notice's text over checked data. Reports every failing formula; NULL when an error was found. `draft`:
 * print the pack's draft word on every page. */
Document *pack_expand(const Pack *pack, const Value *data, bool draft, Arena *arena, FindingList *findings);

#endif
