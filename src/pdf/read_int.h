/* What the files that read our own PDF back share. Private to pdf/.
 *
 * Why not libqpdf: our files need only cross-reference streams, object streams and Flate, which are 500 lines here; it
 * would bring C++ and a library of 3 MB into a program that starts in 2 ms. The tests read the files with qpdf,
 * Poppler, MuPDF, Ghostscript and pdf.js all the same. */
#ifndef GONGKAI_PDF_READ_INT_H
#define GONGKAI_PDF_READ_INT_H

#include "pdf/pdf.h"

/* ---- read_object.c: PDF syntax -> nodes ---------------------------------------------------------------------------
 */

typedef enum NodeKind {
    NODE_NULL,
    NODE_BOOLEAN,
    NODE_NUMBER,
    NODE_NAME,
    NODE_STRING,
    NODE_ARRAY,
    NODE_DICT,
    NODE_REF,
    NODE_WORD /* an operator, or a keyword of the file */
} NodeKind;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    double number;     /* NODE_BOOLEAN: 0 or 1; NODE_REF: the object's number */
    const char *bytes; /* NODE_NAME (without slash), NODE_STRING, NODE_WORD; with a NUL after them */
    size_t len;
    Node **items; /* NODE_ARRAY; NODE_DICT: the values, `keys` beside them */
    const char **keys;
    size_t count;
    const char *data; /* NODE_DICT of a stream: its bytes as stored */
    size_t data_len;
};

typedef struct Lexer {
    const char *bytes;
    size_t len, at;
    Arena *arena;
    size_t *budget; /* nodes that may still be made, of the whole file */
    int depth;
} Lexer;

/* The next node; NULL at the end, at what is no PDF syntax, or when the budget is spent. References are recognised. */
Node *node_read(Lexer *lexer);
const Node *node_get(const Node *dict, const char *key); /* NULL for other kinds too */
static inline bool node_is(const Node *node, NodeKind kind)
{
    return node && node->kind == kind;
}
bool node_named(const Node *node, const char *name); /* a name or word of that text */

/* ---- read_file.c: the file's objects ------------------------------------------------------------------------------
 */

typedef struct FileEntry {
    unsigned char kind; /* of the cross-reference stream: 0 free, 1 at an offset, 2 in an object stream */
    uint32_t place, index;
    bool loading;
    const Node *node;
} FileEntry;

typedef struct PackedStream {
    const char *bytes;
    size_t len, first, count;
    uint32_t *offsets;
    bool opened;
} PackedStream;

typedef struct PdfFile {
    const char *bytes;
    size_t len;
    const char *name;
    Arena *arena;
    FindingList *findings;
    FileEntry *entries;
    PackedStream *packed; /* by object number */
    size_t count;
    size_t node_budget, byte_budget;
    const Node *trailer, *root, *info;
    const Node **pages;
    uint32_t *page_refs;
    size_t page_count;
} PdfFile;

bool file_open(PdfFile *file); /* false: it is none of ours, or damaged */
const Node *file_object(PdfFile *file, uint32_t number);
const Node *file_resolve(PdfFile *file, const Node *node); /* follows a reference */
const Node *file_get(PdfFile *file, const Node *dict, const char *key);
/* A stream's bytes, unpacked; NULL when they cannot be. */
const char *file_stream(PdfFile *file, const Node *stream, size_t *len);
/* A text string as UTF-8. */
const char *file_text(PdfFile *file, const Node *string);
/* Calls nothing back: leaves of a name or number tree, keys and values in turn. */
typedef struct TreeLeaves {
    const Node **items;
    size_t count, capacity;
} TreeLeaves;
void file_tree(PdfFile *file, const Node *node, const char *kind, int depth, TreeLeaves *out);

/* ---- read_font.c --------------------------------------------------------------------------------------------------
 */

typedef struct ReadFont {
    uint32_t ref;
    const char *name;
    const char **texts; /* by code; NULL: no ToUnicode */
    double *widths;     /* by code, [1/1000 em] */
    size_t count;       /* glyphs of the program */
} ReadFont;

/* The font behind a reference, read and checked once. NULL when it cannot be used. */
const ReadFont *read_font(PdfFile *file, uint32_t ref);

/* ---- read_content.c -----------------------------------------------------------------------------------------------
 */

typedef struct ReadGlyph {
    double x, y;
    const char *text; /* what ToUnicode says; "" for nothing */
    bool artifact;
} ReadGlyph;

/* A marked-content sequence of a page. */
typedef struct ReadMark {
    Buffer text;
    size_t
        turn; /* which one it is as the content runs, from 1; 0: there is none of that MCID, or it is owned already */
} ReadMark;

typedef struct ReadPage {
    ReadMark *marks; /* by MCID */
    size_t mark_count, turns;
    ARRAY(ReadGlyph) glyphs;
} ReadPage;

typedef struct Verify {
    PdfFile file;
    PdfReport *report;
    ReadPage *pages;
    size_t annotations; /* of all pages */
    ARRAY(const ReadFont *) fonts;
    Buffer text;
} Verify;

bool read_page(Verify *verify, size_t index);
const ReadFont *verify_font(Verify *verify, uint32_t ref);

/* ---- verify.c and its parts: what is wrong ------------------------------------------------------------------------
 */

void verify_structure(Verify *verify); /* verify_tags.c */
void verify_metadata(Verify *verify);  /* verify_metadata.c */
void verify_attachments(Verify *verify);
void verify_figures(Verify *verify, const char *json, size_t len); /* verify_figures.c: the attached map */
/* Adds a finding about the file; `page` counts from 1, 0: the file as a whole. `what` is data, not a sentence. */
void verify_fault(PdfFile *file, MessageId id, size_t page, const char *what);

#endif
