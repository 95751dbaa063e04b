/* Corrected editions: two Value trees -> the list of changes; two Documents -> what the notice prints differently; two
 * PageLists -> the pages to print again; and the ledger of editions. */
#ifndef GONGKAI_REVISE_REVISE_H
#define GONGKAI_REVISE_REVISE_H

#include "base/sha256.h"
#include "data/data.h"
#include "document/document.h"
#include "page/page.h"

/* ---- changes of the data ----------------------------------------------------------------------------------------- */

typedef enum ChangeKind {
    CHANGE_VALUE,   /* a scalar; `before` or `after` is NULL when the key was not given */
    CHANGE_ADDED,   /* an item of a list, a member of a map of open keys, or all that is under a key */
    CHANGE_REMOVED, /* the same */
    CHANGE_MOVED,   /* an item stands elsewhere in its list */
    CHANGE_RENAMED  /* an item's identity, or an open key; the rest of it is told by further changes */
} ChangeKind;

typedef struct Change {
    ChangeKind kind;
    const Value *before, *after;
    const Value *before_parent, *after_parent;
    size_t after_index; /* MOVED, and ADDED in a list or among open keys: where it stands now; else SIZE_MAX */
    bool consequence;   /* an amount that moved because its parts did */
    bool has_difference;
    Decimal difference; /* of two amounts, in the new file's unit */
} Change;

typedef struct ChangeList {
    Change *items;
    size_t count;
} ChangeList;

/* The fewest changes that make `after` of `before`, in the order of the notice; both checked and computed by `schema`.
 * Items of lists are matched by their identity, those without one by their content. Not compared: comments, the order
 * of keys that the schema names, how a number is written (元 or 万元, 558 or 558.00), and the root's keys in `ignored`
 * (NULL at the end; may be NULL). */
ChangeList data_compare(const Schema *schema, const Value *before, const Value *after, const char *const *ignored,
                        Arena *arena);
/* `before` with the changes made: `after`, but for what is not compared. Paths are not renewed. */
Value *changes_apply(const Schema *schema, const Value *before, const ChangeList *changes, Arena *arena);
/* Its canonical path: in the new data, of what is gone in the old. */
const char *change_path(const Change *change);

/* ---- changes of the notice --------------------------------------------------------------------------------------- */

/* Where the notice prints a value, in its own words; NULL for what does not apply. */
typedef struct Spot {
    const char *section;              /* headings, the outer first, parted by U+3000 */
    const char *table, *row, *column; /* caption; the row's heads; the column's title */
} Spot;

typedef struct SpotIndex SpotIndex;
SpotIndex *spots_read(const Document *document, Arena *arena);
/* Where the value of a path is printed first, or something in it; NULL when it is not printed. */
const Spot *spots_find(const SpotIndex *index, const char *path);

/* A figure that the notice works out from several data and that came out differently. */
typedef struct PrintedChange {
    const char *before, *after; /* as printed */
    const char *unit;           /* printed after it; "" for none */
    const char *name;           /* the pack's formula for it */
    Spot spot;
    Decimal difference;
} PrintedChange;

typedef struct PrintedList {
    PrintedChange *items;
    size_t count;
} PrintedList;

/* What two notices print differently, `changes` being those of their data. Figures that stand for one datum are not
 * told again. With `mark`, the pieces of `after` that differ get Origin.change, pieces of long text alone where they
 * differ. Pieces whose path begins with `own` (更正) are left alone. */
PrintedList document_compare(const Document *before, Document *after, const ChangeList *changes, const char *own,
                             bool mark, Arena *arena);

/* ---- pages ------------------------------------------------------------------------------------------------------- */

/* How corrected places are marked; lengths 0: not at all. */
typedef struct MarkStyle {
    Length left, right; /* the edges of the page body */
    Length top, bottom;
    Length gap, width; /* of the rule in the outer margin */
    Length cell_rule;  /* thickness of the line under what is corrected in a table */
} MarkStyle;

/* The pages with marks beside all items whose origin is changed, and those from the heading of `own` (更正说明) on
 * without folio. */
PageList *pages_mark(const PageList *pages, const MarkStyle *style, const char *own, Arena *arena);
/* Adds a QR code of a text as rules, its quiet zone within the square of `size` at x, y; false when the text is too
 * long for it. */
bool page_add_code(Page *page, const char *text, Length x, Length y, Length size, Arena *arena);

/* SHA-256 over the glyphs of the original fonts, their places, and the rules, without the folio. */
void page_hash(const PageList *pages, size_t index, char hex[SHA256_HEX]);

typedef enum PageChange {
    PAGE_IDENTICAL, /* to the last glyph, at the same number */
    PAGE_MOVED,     /* nothing on it was corrected, but it, or lines of it, stand elsewhere */
    PAGE_DIFFERENT
} PageChange;

typedef struct PageDifference {
    PageChange change;
    size_t was;                                  /* index of the old page with this very hash; SIZE_MAX: none */
    char hash[SHA256_HEX], old_hash[SHA256_HEX]; /* of the page, and of the old page at this index ("" for none) */
} PageDifference;

typedef struct PageDifferences {
    PageDifference *items; /* one a new page */
    size_t count, old_count;
} PageDifferences;
/* Pages that show what stands under `own` (更正) are different ones. */
PageDifferences pages_compare(const PageList *before, const PageList *after, const char *own, Arena *arena);

/* ---- the ledger -------------------------------------------------------------------------------------------------- */

/* One line of ledger.jsonl. Hashes are SHA-256 in hex. */
typedef struct LedgerEntry {
    int64_t number; /* from 1 */
    const char *region, *department;
    int64_t year, edition;
    const char *nature, *date, *reason; /* 更正 or 调整; NULL for a first edition */
    const char *data, *pdf;             /* names of the files */
    const char *data_hash, *pdf_hash, *content_hash;
    int64_t pages;
    int64_t stable;               /* 1: set with the page breaks and column widths of the edition before */
    int64_t predecessor;          /* number of the edition it replaces; 0: none */
    const char *predecessor_hash; /* of that edition's data */
    const char *program, *pack, *pack_version, *pack_hash, *fonts_hash;
    const char *epoch;     /* SOURCE_DATE_EPOCH of the run, or NULL */
    const char *published; /* when: 2024-03-01T08:00:00Z */
    const char *line_hash; /* of the line itself; what the next line names */
} LedgerEntry;

typedef struct Ledger {
    const char *folder;
    LedgerEntry *entries;
    size_t count;
    int lock;         /* file descriptor, or -1 */
    size_t sound_len; /* [bytes] of ledger.jsonl up to its last whole line */
    size_t torn_len;  /* [bytes] after it: an interrupted publication, of no account */
} Ledger;

/* Reads a ledger; with `lock`, makes the folder when it is not there and waits until no one else writes. false with
 * findings when it cannot be read, or a line does not name the one before it. */
bool ledger_open(Ledger *ledger, const char *folder, bool lock, Arena *arena, FindingList *findings);
void ledger_close(Ledger *ledger);
/* The latest edition of a department's year; NULL for none. */
const LedgerEntry *ledger_latest(const Ledger *ledger, const char *region, const char *department, int64_t year);
const LedgerEntry *ledger_by_data(const Ledger *ledger, const char *data_hash);
/* Files an edition under the lock: data and PDF first, then its line; each is on the disk before the next is begun, so
 * that a kill leaves the edition whole or not there. Fills in number, file names, hashes of the line. */
bool ledger_append(Ledger *ledger, LedgerEntry *entry, const Buffer *data, const Buffer *pdf, Arena *arena,
                   FindingList *findings);
/* Whether every file is what was published, and the editions follow one another; all faults are findings. */
bool ledger_verify_chain(const char *folder, Arena *arena, FindingList *findings, size_t *editions);

#endif
