/* The outlines of a TrueType font, bounds checked. Private to font/. */
#ifndef GONGKAI_FONT_GLYF_INT_H
#define GONGKAI_FONT_GLYF_INT_H

#include "font/font_int.h"

typedef struct Glyf {
    Slice glyf, loca, maxp, head, hhea;
    bool long_offsets;
    uint32_t count;
} Glyf;

/* false when maxp is too short for outlines; font_read has checked the rest. */
bool glyf_read(const Font *font, Glyf *tables);
/* A glyph's bytes, none for a blank. false when its place is broken. */
bool glyf_find(const Glyf *tables, uint32_t glyph, Slice *data);
/* Marks the glyphs and what composites are made of, to any depth. `marked` has a byte a glyph of the font. */
bool glyf_mark_parts(const Glyf *tables, const uint32_t *glyphs, size_t count, Arena *arena, uint8_t *marked,
                     size_t *marked_count);
/* Copies a glyph without its instructions; composites get the new numbers of their parts. Returns its length, never
 * more than that of `data`; SIZE_MAX for a broken one. */
size_t glyf_copy(const FontSubset *subset, Slice data, uint8_t *out);

#endif
