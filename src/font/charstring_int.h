/* A Type 2 charstring -> its width, or the same outline without subroutines and hints (Adobe Technical Note 5177).
 * Private to font/. */
#ifndef GONGKAI_FONT_CHARSTRING_INT_H
#define GONGKAI_FONT_CHARSTRING_INT_H

#include "font/cff_int.h"

#define CHARSTRING_LIMIT 65535 /* [bytes] the longest one, as written */

/* The advance inside the charstring, font units. false when it is broken or uses what no font of today does:
 * arithmetic, accents by endchar, widths that are no whole numbers. */
bool charstring_width(const CffFont *cff, const CffPrivate *private, Slice code, int *width);

/* Also writes the flat charstring to `out`, CHARSTRING_LIMIT bytes long, and its length to *len. */
bool charstring_flatten(const CffFont *cff, const CffPrivate *private, Slice code, uint8_t *out, size_t *len,
                        int *width);

#endif
