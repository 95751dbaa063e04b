/* The PDF: PageList -> bytes. libharu lives only here, and only its document, object, page, stream, outline and save
 * layers. */
#ifndef GONGKAI_PDF_PDF_H
#define GONGKAI_PDF_PDF_H

#include "base/arena.h"
#include "base/file.h"
#include "base/finding.h"
#include "font/font.h"
#include "page/page.h"

/* All zero is the screen edition. */
typedef struct PdfOptions {
    const char *producer; /* "gongkai 0.1.0" */
    bool keep_portrait;   /* turned pages get no /Rotate: they are shown as they are printed */
    bool plain;           /* streams are not compressed: for tests and for reading by eye */
} PdfOptions;

/* Same pages, same bytes: the file's identity is a digest of its content; its dates are the page list's date or
 * SOURCE_DATE_EPOCH's, else none. Returns false with findings on failure; `out` is then empty. What `out` held before
 * is dropped; `arena` takes scratch memory of about the file's size, `out` the file. */
bool pdf_write(const PageList *pages, const PdfOptions *options, Arena *arena, Buffer *out, FindingList *findings);

#endif
