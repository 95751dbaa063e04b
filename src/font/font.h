/* Fonts: files -> metrics, glyph runs, subsets. FreeType and HarfBuzz live only here. */
#ifndef GONGKAI_FONT_FONT_H
#define GONGKAI_FONT_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/finding.h"
#include "base/length.h"
#include "page/page.h"

/* Owns the FreeType library and every face opened through it; a face is opened once, a file mapped once: opening reads
 * a few pages of it, whatever its size. Built before the workers fork and read by all of them. What fonts remember of
 * glyphs asked for is each process's own; one process must use a set from one thread only. Files must not be cut short
 * while the set lives (replacing them by renaming is safe). */
typedef struct FontSet FontSet;

/* `folders`: where relative names are looked for, in order. Strings are copied. */
FontSet *font_set_new(const char *const *folders, size_t count);
void font_set_free(FontSet *set);

/* Opens (or finds opened) face `index` of `file`. NULL with a finding at `place` when it is missing, broken, a bitmap
 * or Type 1 font, or may not be embedded (OS/2 fsType: restricted 0x2, no subsetting 0x100, bitmap only 0x200). */
const Font *font_open(FontSet *set, const char *file, int index, Place place, FindingList *findings);

typedef enum FontOutlines { FONT_TRUETYPE, FONT_CFF } FontOutlines;

/* All in font units of `units_per_em` but the names. */
typedef struct FontInfo {
    const char *postscript_name, *family, *path;
    int index;
    FontOutlines outlines;
    bool cid_keyed; /* CFF */
    int units_per_em;
    int ascent, descent, cap_height, x_height; /* descent is negative */
    int bbox[4];
    int italic_angle, stem_v, weight; /* degrees; OS/2 usWeightClass */
    bool fixed_pitch, serif;
    int underline_position, underline_thickness;
    uint32_t glyph_count;
    uint16_t fs_type;
} FontInfo;
const FontInfo *font_info(const Font *font);

/* The glyph of a code point by the font's cmap, 0 for none. Fast: cached after the first look. Not for complex text. */
uint32_t font_glyph(const Font *font, uint32_t code);
/* The glyph for code + variation selector, or font_glyph(code) when the font knows no such sequence. */
uint32_t font_glyph_variant(const Font *font, uint32_t code, uint32_t selector);
int font_advance_units(const Font *font, uint32_t glyph); /* horizontal, font units */
Length font_advance(const Font *font, uint32_t glyph, Length size);
/* Ink box of a glyph, font units: x_min y_min x_max y_max; all 0 for blanks. Slow (loads the outline); cached. */
void font_glyph_box(const Font *font, uint32_t glyph, int box[4]);

/* Shapes text of one font and direction with HarfBuzz (kerning but not within figures, tabular figures where the font
 * has them, required features; no ligatures but what `ccmp` makes: two U+2014 of Noto become one glyph). For Latin,
 * digits and marks; Hanzi need only font_glyph. Positions count from 0. Every byte of the text belongs to just one
 * glyph, in order; variation selectors and joiners join the glyph before. Text of nothing else gives no glyph. */
typedef struct ShapedRun {
    Glyph *glyphs;
    size_t count;
    Length width;
} ShapedRun;
ShapedRun font_shape(const Font *font, const char *text, size_t len, Length size, Arena *arena);

/* The face's whole file (or collection) bytes, for hashes. */
const void *font_file_bytes(const Font *font, size_t *len);

/* ---- subsets ----------------------------------------------------------------------------------------------------- */

typedef struct FontSubset {
    FontOutlines outlines;      /* FONT_CFF: a bare CFF table, FONT_TRUETYPE: an sfnt without cmap */
    bool cid_keyed;             /* CFF: with identity charset, name-keyed originals too. false: name-keyed, as
                                   only fonts with accents by endchar come out; code = new glyph id all the same */
    const unsigned char *bytes; /* NULL when `packed` is there */
    size_t len;
    const unsigned char *packed; /* the same as a zlib stream; NULL when `bytes` are there */
    size_t packed_len;
    uint32_t *old_glyphs; /* new glyph id -> old; [0] is .notdef */
    int *advances;        /* by new glyph id, in units of units_per_em, equal to those inside the font program */
    size_t count;         /* glyphs, .notdef and the parts of composites with them; new ids in the order of old ones */
} FontSubset;

/* The subset holding .notdef and `glyphs` (old ids, any order, doubles allowed). NULL with a finding when it cannot be
 * made. */
FontSubset *font_subset(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, FindingList *findings);
/* The same packed, where that is shorter and soon done (CFF): the font remembers each glyph's bits in the stream, which
 * are the same in every subset, so that a second subset of much the same glyphs costs little. */
FontSubset *font_subset_packed(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena,
                               FindingList *findings);
/* A font program as subsets are (of a file read back): `outlines`, `bytes` and `len` are given; fills count, advances
 * and the em they are in. false when it is broken. Hostile bytes are safe. */
bool font_program_read(FontSubset *program, int *units_per_em, Arena *arena);
/* New id of an old glyph in the subset; 0 when it is not in. */
uint32_t font_subset_glyph(const FontSubset *subset, uint32_t old_glyph);

#endif
