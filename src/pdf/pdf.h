/* The PDF: PageList -> bytes. libharu lives only here, and only its document, object, page, stream, outline and save
 * layers. And back: our own files read again, to see that they hold what they claim. */
#ifndef GONGKAI_PDF_PDF_H
#define GONGKAI_PDF_PDF_H

#include "base/arena.h"
#include "base/file.h"
#include "base/finding.h"
#include "base/sha256.h"
#include "font/font.h"
#include "page/page.h"

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* PDF_SCREEN: PDF/A-3a and PDF/UA-1 in one file, for archive, screen and screen reader. It claims so only when it is
 * so: without structure, language or title, or with a character that no font has, the claim is left out with a warning.
 * PDF_PRESS: the same pages as PDF/X-4: no annotations, K-only black that overprints, a printer's output intent. */
typedef enum PdfEdition { PDF_SCREEN, PDF_PRESS } PdfEdition;

/* A file that travels within (screen edition). */
typedef struct PdfAttachment {
    const char *name, *description;
    const char *mime;         /* "application/yaml" */
    const char *relationship; /* AFRelationship of ISO 19005-3 annex E: Source, Data, Supplement */
    const void *bytes;
    size_t len;
} PdfAttachment;

/* Where the pages come from, for the metadata; NULL: not known. The hashes are SHA-256 in hex. */
typedef struct PdfProvenance {
    const char *data_hash; /* of the attached data */
    const char *pack, *pack_version, *pack_hash;
    const char *nature, *edition; /* of a corrected edition: 更正 or 调整, and its number; NULL for a first one */
    const char *before_edition, *before_date, *before_hash; /* of the edition it replaces: the hash is of its data */
} PdfProvenance;

/* How the press edition lies on its sheets. */
typedef struct PdfPress {
    const void *profile; /* ICC; NULL: the generic CMYK one within the program */
    size_t profile_len;
    Length bleed; /* around the trimmed page; 0: none */
    bool marks;   /* crop marks outside the bleed */
    int pad;      /* pages are made up to a multiple of this with blank ones; 0: 2, so that each leaf has its verso */
    bool booklet; /* two pages a side, to be folded and stitched in one; pads to 4; without structure and bookmarks */
} PdfPress;

/* All zero is the screen edition. */
typedef struct PdfOptions {
    const char *producer; /* "gongkai 0.1.0" */
    bool keep_portrait;   /* turned pages get no /Rotate: they are shown as they are printed */
    bool plain;           /* streams are not compressed: for tests and for reading by eye */
    PdfEdition edition;
    PdfPress press;
    PdfProvenance provenance;
    const PdfAttachment *attachments;
    size_t attachment_count;
    const char *content_hash; /* pdf_content_hash of the pages, when the caller has it; NULL: reckoned */
} PdfOptions;

/* Same pages, same bytes: the file's identity is a digest of its content; its dates are the page list's date or
 * SOURCE_DATE_EPOCH's, else none (in the press edition, which must have one, 1970-01-01 with a hint). Returns false
 * with findings on failure; `out` is then empty. What `out` held before is dropped; `arena` takes scratch memory of
 * about the file's size, `out` the file. */
bool pdf_write(const PageList *pages, const PdfOptions *options, Arena *arena, Buffer *out, FindingList *findings);

/* SHA-256 over all that the pages show and mean: glyphs and their places, rules, structure, bookmarks, titles. What
 * both editions of one run have in common, and nothing of how they are written. */
void pdf_content_hash(const PageList *pages, char hex[SHA256_HEX]);

/* A figure's ink on one line of one page. */
typedef struct PdfFigurePart {
    size_t page;    /* from 1 */
    int64_t box[4]; /* left, bottom, right, top [1/100 pt] from the page's bottom left corner, as in the PDF */
    const char *text;
} PdfFigurePart;

/* A number of the data where it is shown: in one place, or broken over lines or pages. */
typedef struct PdfFigure {
    const char *path, *text; /* of all its parts */
    PdfFigurePart *parts;    /* one at least */
    size_t part_count;
    bool changed, turned;
    const char *shown; /* read back: what the page has in its boxes */
} PdfFigure;

typedef struct PdfFigureList {
    PdfFigure *items;
    size_t count;
} PdfFigureList;

PdfFigureList pdf_figures_find(const PageList *pages, Arena *arena);
/* The map of them: JSON, one figure a line; one that is broken has its parts too. */
void pdf_figures_json(const PageList *pages, Buffer *out);

/* Whether the bytes are an ICC profile of a CMYK printer, as PDF/X-4 wants for its output intent; false with a finding
 * that names the file. */
bool pdf_profile_check(const void *bytes, size_t len, const char *name, FindingList *findings);

/* ---- reading our own files back ---------------------------------------------------------------------------------- */

/* What a file says and what was found in it. Strings live in the arena; NULL: the file does not say. */
typedef struct PdfReport {
    bool readable;
    bool archive, accessible, press; /* claims: PDF/A-3a, PDF/UA-1, PDF/X-4 */
    size_t pages, fonts, glyphs, elements, bookmarks;
    const char *title, *language, *date, *producer;
    const char *content_hash, *data_hash, *pack, *pack_version, *pack_hash;
    const void *data; /* the attached data's bytes; NULL: there are none */
    size_t data_len;
    PdfFigureList figures; /* as the attached map has them */
    const char *text;      /* all pages' text, in reading order */
} PdfReport;

/* Where a finding about a figure is: ", page 3", "[72.00 700.12 90.00 716.00]". */
const char *pdf_page_words(size_t page, Language language, Arena *arena);
const char *pdf_box_words(const PdfFigurePart *part, Arena *arena);

/* The text of a page list in the order of its structure, as PdfReport's of a file made from it; "" without structure.
 */
const char *pdf_text(const PageList *pages, Arena *arena);

/* Reads a file of ours and checks all that it claims; every fault is a finding whose code begins with "verify-".
 * `name` is the file's, for messages. Hostile bytes are safe to read. */
PdfReport pdf_verify(const void *bytes, size_t len, const char *name, Arena *arena, FindingList *findings);

#endif
