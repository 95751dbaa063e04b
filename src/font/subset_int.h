/* The ways to make a subset. Private to font/.
 *
 * Each takes the wanted glyphs sorted, without doubles, beginning with 0, and fills subset->bytes, len, old_glyphs,
 * advances, count, cid_keyed. false: it cannot; nothing in the subset counts then. */
#ifndef GONGKAI_FONT_SUBSET_INT_H
#define GONGKAI_FONT_SUBSET_INT_H

#include "font/font_int.h"

/* subset_glyf.c: a TrueType font without hints. Adds the parts of composite glyphs. */
bool subset_glyf(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, FontSubset *subset);
/* subset_cff.c: a CID-keyed CFF table with identity charset; name-keyed fonts become CID-keyed. Flat
 * charstrings without hints: those of one face are hinted in part, those of another not at all. `packed`: makes
 * subset->packed, not ->bytes. */
bool subset_cff(const Font *font, const uint32_t *glyphs, size_t count, bool packed, Arena *arena, FontSubset *subset);
/* subset_harfbuzz.c: the same by HarfBuzz, 10 to 40 times slower; name-keyed fonts stay so. For fonts with what the
 * above do not read, and for the tests to compare with. */
bool subset_harfbuzz(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, FontSubset *subset);

/* subset_widths.c: reads the advances out of a finished subset: equal to those inside the font program (PDF/A 6.2.11.5)
 * whatever the original's hmtx says. */
bool subset_read_advances(FontSubset *subset, Arena *arena);

#endif
