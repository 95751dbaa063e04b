/* A corrected edition within the run of a notice: the edition before it read and compared, the list of corrections
 * handed to the template as data (更正/逐项, 更正/连带), the marks put on the document and the pages. */
#ifndef GONGKAI_CLI_REVISION_H
#define GONGKAI_CLI_REVISION_H

#include "cli/resources.h"
#include "data/data.h"
#include "document/document.h"
#include "page/page.h"
#include "pdf/pdf.h"
#include "revise/revise.h"

#define REVISION_KEY "更正"

/* One correction in the notice's own words. Texts are NULL where they do not apply. */
typedef struct RevisionLine {
    ChangeKind kind;
    const char *path;                       /* canonical; NULL for a figure that only the notice has */
    const Spot *spot;                       /* NULL: not printed in the notice */
    const char *label;                      /* what it is */
    size_t ordinal;                         /* which of a list's nameless items; 0: none */
    const char *before, *after;             /* with their units */
    const char *whole_before, *whole_after; /* texts not shortened; else the same */
    const char *difference;                 /* signed, with its unit */
    const char *reason;
    bool consequence;
} RevisionLine;

typedef struct RevisionLines {
    RevisionLine *items;
    size_t count;
} RevisionLines;

typedef struct RevisionInput {
    const Pack *pack;
    const Value *before, *after;
    const Document *before_document, *after_document; /* as the template makes them without any list of corrections */
} RevisionInput;

/* What differs, the changes of the data first, then the figures that only the notice has; `changes` gets the former. */
RevisionLines revision_lines(const RevisionInput *input, ChangeList *changes, Arena *arena);
/* 修改 增加 删除 移动 改名 */
const char *revision_kind(ChangeKind kind, Language language);
/* All lines as one JSON object a line. */
void revision_json(const RevisionLines *lines, Buffer *out);

typedef struct Revision Revision;
/* The chain: one JSON object on one line; and the same for the PDF's metadata. */
void revision_chain_json(const Revision *revision, const Value *data, Buffer *out);
PdfProvenance revision_provenance(const Revision *revision, const Value *data, Arena *arena);

/* ---- the pack's revision.yaml -------------------------------------------------------------------------------------
 */

typedef struct RevisionStyle {
    Length gap, width, cell_rule; /* marks */
    const char *address;          /* for the QR code; NULL: none is printed */
    Length code_size;
} RevisionStyle;

bool revision_style_load(const char *pack_folder, RevisionStyle *style, Arena *arena, FindingList *findings);

/* ---- the run ------------------------------------------------------------------------------------------------------
 */

struct Revision {
    const Value *before;
    const char *before_path, *before_hash, *hash; /* of the data, in hex */
    int64_t edition, before_edition;
    const char *date, *before_date; /* as written; NULL for none */
    RevisionLines lines;
    ChangeList changes;
    const Document *before_document;
    RevisionStyle style;
    const Pack *pack;
};

/* Reads a notice to its checked tree; in job.c. */
Value *job_read_data(const char *path, Resources *resources, Arena *arena, FindingList *findings, const Pack **pack);

/* For data with 更正: reads the edition before (at `before_path`; NULL: where 前版 says, seen from `path`), compares,
 * and adds the list to the data. NULL with findings when it cannot be a correction. */
Revision *revision_begin(Value *data, const char *path, const char *before_path, const Pack *pack, Resources *resources,
                         Arena *arena, FindingList *findings);
/* Marks the document's changed pieces. */
void revision_mark(const Revision *revision, Document *document, Arena *arena);
/* Sets a document so that the fewest pages differ from `before`: with its page breaks and column widths, with its
 * widths alone, or freely, whichever keeps the most pages. */
PageList *revision_layout(const Document *document, const PageList *before, FontSet *fonts, Arena *arena,
                          FindingList *findings);
/* Draws the marks, takes the folios off the list of corrections, adds the QR code. */
PageList *revision_finish(const Revision *revision, const PageList *pages, const Document *document, Arena *arena,
                          FindingList *findings);
/* The number of a notice's edition: 1, or what its 更正 says, or one more than that of its 前版. 0 with a finding when
 * the chain has no end. */
int64_t revision_edition(const Value *data, const char *path, Arena *arena, FindingList *findings);
/* The date of an edition: of its correction, else of publication; as written, or NULL. */
const char *revision_date(const Value *data);

#endif
