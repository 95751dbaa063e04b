/* Chosen charstrings -> a bare CFF table. Private to font/. */
#ifndef GONGKAI_FONT_CFF_WRITE_INT_H
#define GONGKAI_FONT_CFF_WRITE_INT_H

#include "base/file.h"
#include "font/cff_int.h"

#define FONT_LIMIT 256 /* font DICTs: FDSelect numbers them in a byte */

typedef struct CffSubset {
    CffFont cff;
    bool flat;                       /* flatten charstrings; else copy them with their hints */
    CffPrivate privates[FONT_LIMIT]; /* by old number */
    uint8_t new_fonts[FONT_LIMIT];   /* old number -> new one */
    uint8_t old_fonts[FONT_LIMIT];   /* new number -> old one */
    bool read[FONT_LIMIT];           /* by old number */
    size_t font_count;
    uint8_t *select; /* by new glyph id, new font numbers */
    uint32_t *ends;  /* by new glyph id, in `code` */
    Buffer code;     /* charstrings */
} CffSubset;

/* CID-keyed, Adobe-Identity-0, CID = glyph id; `name` is the font's PostScript name. */
void cff_write(Buffer *out, const char *name, const CffSubset *work, size_t count);

#endif
