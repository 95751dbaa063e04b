/* Chosen charstrings -> a bare CFF table. Private to font/. */
#ifndef GONGKAI_FONT_CFF_WRITE_INT_H
#define GONGKAI_FONT_CFF_WRITE_INT_H

#include "base/file.h"
#include "font/glyph_code_int.h"

#define FONT_LIMIT 256 /* font DICTs: FDSelect numbers them in a byte */

typedef struct CffSubset {
    const CffFace *face;
    uint8_t new_fonts[FONT_LIMIT]; /* old number -> new one */
    uint8_t old_fonts[FONT_LIMIT]; /* new number -> old one */
    bool used[FONT_LIMIT];         /* by old number */
    size_t font_count;
    uint8_t *select; /* by new glyph id, new font numbers */
    uint32_t *ends;  /* by new glyph id, where its charstring ends, from the first one's start */
} CffSubset;

/* What stands before the charstrings of a CID-keyed table, Adobe-Identity-0, CID = glyph id; `name` is the font's
 * PostScript name. */
void cff_write_head(Buffer *out, const char *name, const CffSubset *work, size_t count);
/* What stands after them, `start` bytes from the table's start. */
void cff_write_tail(Buffer *out, const CffSubset *work, size_t start);

#endif
