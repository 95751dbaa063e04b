/* A CFF face's charstrings as bits of a deflate stream, made once each. Private to font/.
 *
 * All charstrings of a face are written in one code, which is reckoned from a few of its glyphs, and matches stay
 * within a charstring: so a glyph's bits are the same in every subset, whatever was made before. */
#ifndef GONGKAI_FONT_GLYPH_CODE_INT_H
#define GONGKAI_FONT_GLYPH_CODE_INT_H

#include "font/charstring_int.h"
#include "font/font_int.h"
#include "font/huffman_int.h"

/* A face's CFF table, read once. */
typedef struct CffFace {
    CffFont cff;
    CffPrivate *privates; /* by number of the font DICT */
    bool *sound;          /* of the privates */
    bool flat; /* some glyph may call a subroutine: charstrings are flattened; else copied with their hints */
} CffFace;
/* cff_face.c; NULL when the table cannot be used. */
const CffFace *cff_face(const Font *font);
/* A glyph's charstring as subsets hold it, in `flat`, CHARSTRING_LIMIT bytes long; its font DICT and its advance.
 * false when it is broken or uses what charstring_int.h names. */
bool cff_face_glyph(const CffFace *face, uint32_t glyph, uint8_t *flat, Slice *code, uint32_t *font, int *advance);

typedef struct GlyphCode {
    const uint8_t *bits; /* and 8 bytes that may be read past them */
    uint32_t bit_count;
    int32_t advance;
    uint16_t len;     /* [bytes] of the charstring */
    uint16_t sums[2]; /* its Adler-32 */
    uint8_t font;     /* DICT, old number */
} GlyphCode;

typedef struct GlyphCoder {
    HuffmanCode outlines, tables; /* tables: what stands around charstrings, offsets for the most part */
    GlyphCode *pages[BOX_PAGE_COUNT];
} GlyphCoder;
const GlyphCoder *glyph_coder(const Font *font, const CffFace *face);
/* NULL when the glyph's charstring cannot be had. Lives as long as the font, or once much is kept already as long as
 * `arena`. */
const GlyphCode *glyph_code(const Font *font, const CffFace *face, uint32_t glyph, Arena *arena);

#endif
