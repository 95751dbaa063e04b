/* What the files of pdf share. Private to pdf/. */
#ifndef GONGKAI_PDF_PDF_INT_H
#define GONGKAI_PDF_PDF_INT_H

/* libharu's internal header first: it declares the records that hpdf.h hides behind void pointers. */
#include <hpdf_doc.h>

#include <hpdf.h>

#include "pdf/pdf.h"

/* ---- writer.c: libharu's document and objects, and its first error ----------------------------------------------- */

typedef struct PdfWriter PdfWriter;

/* An indirect object whose body we write ourselves. libharu numbers it, places it and lists it in the
 * cross-reference table; a dictionary built entry by entry would cost ten times as much. */
typedef struct PdfObject {
    uint32_t ref;     /* its number: "ref 0 R" */
    const char *body; /* what stands between << and >> */
    size_t body_len;
    const void *data; /* of a stream, as stored; NULL: a dictionary */
    size_t data_len;
    bool program;    /* a font program as a zlib stream, which ends with a checksum of itself */
    HPDF_Stream out; /* while it is being written */
} PdfObject;

typedef struct PdfPage {
    HPDF_Page page;
    PdfObject object;   /* body: the entries libharu cannot write exactly */
    PdfObject contents; /* body: the filter */
    Buffer annotations; /* references, for /Annots; text */
} PdfPage;

/* A page of the file: one page of the list, a blank one, or (booklet) two side by side. */
typedef struct PdfPart {
    size_t page; /* index into the page list; SIZE_MAX: blank */
    Length x, y; /* of its bottom left corner, from the sheet's trimmed one */
} PdfPart;

typedef struct PdfSheet {
    PdfPart parts[2];
    size_t count;
    Length width, height; /* trimmed */
} PdfSheet;

/* What keeps a file from its claims; a bit each. */
typedef enum PdfFlaw {
    FLAW_STRUCTURE = 1, /* no logical structure */
    FLAW_LANGUAGE = 2,
    FLAW_TITLE = 4,
    FLAW_GLYPH = 8, /* .notdef is shown */
    FLAW_LINK = 16, /* a link outside the structure, or without words */
    FLAW_TEXT = 32  /* a character that may not be mapped to (U+0000, U+FEFF, U+FFFE) */
} PdfFlaw;

typedef struct PdfSpan {
    size_t from, to; /* [bytes] of the file */
} PdfSpan;

/* How much time a stream is worth. Measured over a notice of 28 pages: object streams shrink by an eighth at level 5
 * and take 0.4 ms longer; page contents and CMaps shrink by 3 % for as much, attachments by 1.5 KB for 0.3 ms. */
typedef enum PdfEffort { PDF_QUICK, PDF_SMALL, PDF_EFFORTS } PdfEffort;

struct PdfWriter {
    const PageList *pages;
    const PdfOptions *options;
    Arena *arena;
    FindingList *findings;
    HPDF_Doc doc;
    Buffer *out;
    PdfSheet *sheets;
    size_t sheet_count;
    Length margin;  /* around the trimmed sheet: bleed, and room for marks */
    bool tagged;    /* the structure is written */
    unsigned flaws; /* of PdfFlaw, as they are met */
    char content_hash[SHA256_HEX];
    PdfPage *page_items;     /* parallel to sheets, in the order of their object numbers */
    ARRAY(PdfSpan) programs; /* the font programs in `out`, without their checksums */
    Buffer scratch;          /* one body at a time */
    Buffer scratch_data;     /* one stream's data at a time */
    struct libdeflate_compressor *compressors[PDF_EFFORTS];
    const char *failed_call; /* the first that failed; NULL: none has. Every later call is then passed over */
    HPDF_STATUS failed_code, failed_detail;
};

/* Every call of libharu goes through one of these two: it often keeps an error to itself (HPDF_SetError calls no
 * handler and leaves later streams empty), so that return value and error field are both looked at, each time. */
#define PDF_TRY(writer, call)  ((writer)->failed_call ? false : pdf_check((writer), #call, (call)))
#define PDF_MAKE(writer, call) ((writer)->failed_call ? NULL : pdf_check_made((writer), #call, (call)))
bool pdf_check(PdfWriter *writer, const char *call, HPDF_STATUS status);
void *pdf_check_made(PdfWriter *writer, const char *call, void *made);

bool pdf_writer_open(PdfWriter *writer);
void pdf_writer_close(PdfWriter *writer);
void pdf_failure_report(PdfWriter *writer); /* one finding that names the call and libharu's code */

/* An object without a body yet; never NULL. */
PdfObject *pdf_object_new(PdfWriter *writer);
/* What pdf_object_new made, from libharu's object; NULL when it is another's. */
const PdfObject *pdf_object_of(const void *object);
/* The scratch buffer's text becomes the object's body; the buffer is emptied. */
void pdf_object_finish(PdfWriter *writer, PdfObject *object);
/* The same with stream data (copied or compressed, as is smaller). The body gets /Length and the filter. */
void pdf_stream_finish(PdfWriter *writer, PdfObject *object, const void *data, size_t len, PdfEffort effort);
/* The same, never compressed: for metadata, which is to be found by tools that know no PDF (ISO 19005-1 6.7.2). */
void pdf_stream_finish_raw(PdfWriter *writer, PdfObject *object, const void *data, size_t len);
/* The same with a font program that is a zlib stream already and stays where it is. */
void pdf_program_finish(PdfWriter *writer, PdfObject *object, const void *data, size_t len);
/* The data of a page's contents, whose object libharu has made: its stream, which copies byte by byte, gives way. */
void pdf_contents_finish(PdfWriter *writer, HPDF_Dict contents, const void *data, size_t len);
/* Adds the scratch buffer's text to a dictionary of libharu's own that has no write function and no attribute. */
void pdf_dict_extend(PdfWriter *writer, HPDF_Dict dict);
/* zlib data in the arena when it is enough smaller to pay for its /Filter, else NULL. */
const void *pdf_compress(PdfWriter *writer, const void *data, size_t len, PdfEffort effort, size_t *compressed_len);

/* save.c: all objects into writer->out; false with the finding when any call has failed. */
bool pdf_writer_save(PdfWriter *writer);

/* ---- format.c: numbers and strings in PDF's syntax --------------------------------------------------------------- */

#define PDF_E4 ((int64_t)10000) /* numbers are reckoned in 1/10000 pt */
#define PDF_E9 ((int64_t)1000000000)

/* [1/10000 pt], rounded half away from zero. */
static inline int64_t pdf_e4(Length length)
{
    return length_scale(length, PDF_E4, LENGTH_PER_PT);
}

/* The same to a thousandth of a point, 0.4 micrometres: places of glyphs and rules on a page. */
static inline int64_t pdf_place_e4(Length length)
{
    return length_scale(length, PDF_E4 / 10, LENGTH_PER_PT) * 10;
}

static inline void pdf_put_char(Buffer *out, char c)
{
    *buffer_room(out, 1) = c;
    out->len++;
}

static inline void pdf_put(Buffer *out, const char *text)
{
    buffer_append(out, text, strlen(text));
}

void pdf_put_int(Buffer *out, int64_t value);
/* value / 10^places without trailing zeros, "-0" or leading blanks. */
void pdf_put_fixed(Buffer *out, int64_t value, int places);
void pdf_put_e4(Buffer *out, int64_t e4); /* "12.5" for 125000 */
void pdf_put_ref(Buffer *out, uint32_t ref);
/* [left bottom right top] of a box given from the page's top left corner. */
void pdf_put_box(Buffer *out, Length page_height, Length x, Length y, Length width, Length height);
void pdf_put_name(Buffer *out, const char *name); /* with its slash, escaped, at most 127 bytes */
/* How much of a text a string may hold [bytes], in whole characters. */
size_t pdf_text_fitting(const char *text, size_t len);
/* A text string: as ASCII in parentheses when it is that, else UTF-16BE with its mark in hex; what does not fit is cut.
 */
void pdf_put_text(Buffer *out, const char *text, size_t len);
void pdf_put_utf16_hex(Buffer *out, const char *text, size_t len); /* the digits alone */
void pdf_put_hex(Buffer *out, unsigned value, int digits);
/* The bytes as a literal string or a hex string, whichever is shorter. */
void pdf_put_string(Buffer *out, const unsigned char *bytes, size_t len);
/* A name or number tree as ISO 32000-1 7.9.6 has it: `entries` are "limit" and value, both PDF syntax, in ascending
 * order of the limits. Puts the root's entries (not its << >>) into `out`, which may not be the scratch buffer. kind:
 * "Names" or "Nums". */
typedef struct PdfTreeEntry {
    const char *limit, *value;
} PdfTreeEntry;
void pdf_put_tree(PdfWriter *writer, Buffer *out, const char *kind, const PdfTreeEntry *entries, size_t count);

/* ---- fonts.c, cmap.c: the fonts used, as Type0 fonts ------------------------------------------------------------- */

/* A text that a glyph stands for. */
typedef struct GlyphText {
    const char *text;
    size_t len;
    uint32_t uses;
    bool private; /* characters that mean nothing to a reader: they want actual text besides */
    struct GlyphText *next;
} GlyphText;

typedef struct PdfFont {
    const Font *font;
    const FontInfo *info;
    bool used;
    FontSubset *subset;
    uint16_t *codes;   /* by old glyph id */
    int *widths;       /* by code, [1/1000 em], what /W says and readers advance by */
    GlyphText **texts; /* by code: [0] is what ToUnicode says */
    PdfObject *object; /* the Type0 font */
} PdfFont;

/* All fonts of the page list, used or not, in its order; subsets made. NULL with findings when one cannot be. */
PdfFont *pdf_fonts_new(PdfWriter *writer);
void pdf_fonts_write(PdfWriter *writer, PdfFont *fonts);
/* What ToUnicode says for the glyphs of a cluster, one after the other, is just the cluster's text. */
bool pdf_cluster_mapped(const PdfFont *font, const Glyph *glyphs, size_t count, const char *text, size_t len);
/* Glyphs of the cluster that begins at `first`. */
size_t pdf_cluster_count(const GlyphRun *run, size_t first);
/* The run's clusters follow its text: each piece of it then belongs to the cluster before it. */
bool pdf_run_ordered(const GlyphRun *run);
void pdf_cmap_gather(PdfWriter *writer, PdfFont *fonts); /* fills texts */
void pdf_cmap_put(Buffer *out, const PdfFont *font);     /* the ToUnicode CMap */

/* ---- tags.c: the structure tree ---------------------------------------------------------------------------------- */

/* Pages here are those of the file: indices into writer->sheets. */
typedef struct PdfTags PdfTags;
PdfTags *pdf_tags_new(PdfWriter *writer);
const char *pdf_tag_name(const PdfTags *tags, NodeId node);
/* Content of `node` begins on a page: the number of its marked-content sequence there. */
uint32_t pdf_tags_mark(PdfTags *tags, size_t page, NodeId node);
/* An annotation belongs to `node`: its /StructParent. */
uint32_t pdf_tags_annotation(PdfTags *tags, size_t page, NodeId node, uint32_t ref);
bool pdf_tags_page_marked(const PdfTags *tags, size_t page); /* it needs /StructParents (which is its index) */
/* NULL when the page list has no nodes. */
PdfObject *pdf_tags_write(PdfTags *tags);

/* ---- content.c, run.c: a page's operators ------------------------------------------------------------------------ */

typedef struct Content {
    PdfWriter *writer;
    const PdfFont *fonts;
    PdfTags *tags;
    size_t sheet_index;
    const Page *page;
    Buffer *out;
    bool *fonts_used; /* on this page */
    /* graphics state, as the reader has it */
    Color color;
    uint16_t font;
    bool font_set;
    int64_t size_e4, spacing_e4; /* Tf's size and Tc */
    Length rise;
    /* open brackets: a text object, and within it or around rules a marked-content sequence */
    bool in_text, in_path, in_mark;
    NodeId mark_node;
    ArtifactKind mark_artifact;
    /* the text line matrix: origin [1/10000 pt] and direction */
    bool turned;
    int64_t line_x, line_y;
    Buffer show, string; /* the TJ array being made, and its open string's codes */
    bool show_adjusted;  /* the array holds a number */
} Content;

void pdf_content_put(Content *content); /* the whole page into content->out */
/* The names of the graphics states and colour spaces that pages use, for their resources; shared objects once made. */
void pdf_content_resources_put(const PdfWriter *writer, Buffer *out);
/* Crop marks around the trimmed sheet. */
void pdf_marks_put(const PdfWriter *writer, const PdfSheet *sheet, Buffer *out);
void pdf_run_put(Content *content, const Item *item);
void pdf_content_color(Content *content, Color color);

/* ---- sheets.c: which pages of the list lie on which pages of the file -------------------------------------------- */

void pdf_sheets_lay(PdfWriter *writer);
/* Where a page of the list lies; NULL part when nowhere. Not for booklets. */
size_t pdf_sheet_of(const PdfWriter *writer, size_t page);

/* ---- attach.c, profile.c: what the catalog refers to ---------------------------------------------------------------
 */

/* Writes the files that travel within; their specifications' numbers, one each. NULL when there are none. */
const uint32_t *pdf_attachments_write(PdfWriter *writer);
void pdf_attachments_put(const PdfWriter *writer, const uint32_t *refs, Buffer *out); /* /AF and the names of /Names */
uint32_t pdf_intent_write(PdfWriter *writer);                                         /* the output intent */

/* ---- metadata.c, xmp.c --------------------------------------------------------------------------------------------
 */

typedef struct PdfDates {
    const char *info, *xmp; /* the same moment; NULL: none is known */
} PdfDates;

/* The words of both records, without control characters; NULL: nothing to say. */
typedef struct PdfWords {
    PdfDates dates;
    const char *title, *author, *subject, *keywords, *language, *producer;
} PdfWords;

static inline bool pdf_is_press(const PdfWriter *writer)
{
    return writer->options->edition == PDF_PRESS;
}
PdfDates pdf_dates_choose(const PdfWriter *writer);
void pdf_xmp_put(PdfWriter *writer, const PdfWords *words, Buffer *xmp);
bool pdf_claims_archive(const PdfWriter *writer); /* PDF/A-3a and PDF/UA-1 */

/* ---- document parts ---------------------------------------------------------------------------------------------- */

void pdf_pages_write(PdfWriter *writer, const PdfFont *fonts, PdfTags *tags);
/* The annotation of a link; it becomes part of its node. */
void pdf_link_write(PdfWriter *writer, PdfTags *tags, size_t page, const Item *item);
void pdf_destination_put(const PdfWriter *writer, Buffer *out, const Target *target); /* [page /XYZ x y null] */
void pdf_outline_write(PdfWriter *writer);
/* Fills the Info dictionary; returns the XMP stream's object. */
PdfObject *pdf_metadata_write(PdfWriter *writer);
void pdf_catalog_write(PdfWriter *writer, const PdfObject *metadata, const PdfObject *structure);

#endif
