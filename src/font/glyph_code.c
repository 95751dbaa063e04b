/* A charstring -> bits of a deflate stream, in its face's code; kept, for the next notice has most glyphs again. */
#include "font/glyph_code_int.h"

#include <libdeflate.h>

#define KEPT_LIMIT ((size_t)8 << 20) /* [bytes] of all faces of a set: some 30 000 Hanzi */

enum {
    OFFSET_HIGH = 8, /* offsets are of three bytes, and few subsets of 512 KB */
    SPREAD = 64,     /* glyphs that a code is reckoned from when the face has no Hanzi */
    LITERAL_WEIGHT = 3,
};

/* Hanzi that notices of budgets use much: those of a face tell how its charstrings are written. */
static const uint16_t SAMPLE[] = {
    0x653F, 0x5E9C, 0x90E8, 0x95E8, 0x9884, 0x7B97, 0x516C, 0x5F00, 0x6536, 0x652F, 0x8BF4, 0x660E, 0x8D22, 0x52A1,
    0x7BA1, 0x7406, 0x673A, 0x5173, 0x4E8B, 0x4E1A, 0x5355, 0x4F4D, 0x9879, 0x76EE, 0x8D44, 0x91D1, 0x7EE9, 0x6548,
    0x6807, 0x6307, 0x5DE5, 0x4F5C, 0x4EBA, 0x5458, 0x7ECF, 0x8D39, 0x603B, 0x989D, 0x4E07, 0x5143, 0x56FD, 0x5BB6,
    0x57FA, 0x672C, 0x5EFA, 0x8BBE, 0x4F1A, 0x8BA1, 0x5E74, 0x5EA6, 0x804C, 0x8D23, 0x5B89, 0x6392, 0x4F7F, 0x7528,
    0x60C5, 0x51B5, 0x6570, 0x91CF, 0x8D28, 0x670D, 0x4FDD, 0x969C, 0x793E, 0x6EE1, 0x610F, 0x53BF, 0x59D4, 0x7EC4,
    0x7EC7, 0x519C, 0x6751, 0x515A, 0x5E72, 0x6559, 0x80B2, 0x57F9, 0x8BAD, 0x4FE1, 0x606F, 0x5316, 0x91C7, 0x8D2D,
    0x56FA, 0x5B9A, 0x4EA7, 0x7F6E, 0x8FD0, 0x884C, 0x7EF4, 0x62A4, 0x573A, 0x65B9, 0x6CD5, 0x548C,
};

/* ---- the code -----------------------------------------------------------------------------------------------------
 */

static size_t weigh_glyph(const CffFace *face, uint32_t glyph, uint32_t *weights)
{
    uint8_t flat[CHARSTRING_LIMIT];
    Slice code;
    uint32_t font;
    int advance;
    if (!cff_face_glyph(face, glyph, flat, &code, &font, &advance))
        return 0;
    for (size_t i = 0; i < code.len; i++)
        weights[code.at[i]] += LITERAL_WEIGHT;
    return code.len;
}

static void make_outlines_code(const Font *font, const CffFace *face, HuffmanCode *code)
{
    uint32_t weights[256] = {0}, glyph;
    size_t total = 0;
    for (size_t i = 0; i < sizeof SAMPLE / sizeof *SAMPLE; i++)
        if ((glyph = font_glyph(font, SAMPLE[i])) != 0)
            total += weigh_glyph(face, glyph, weights);
    for (uint32_t i = 0; total == 0 && i < SPREAD; i++)
        total += weigh_glyph(face, (uint32_t)((uint64_t)i * face->cff.charstrings.count / SPREAD), weights);
    huffman_code_make(code, weights);
}

/* Every third byte is the high one of an offset. */
static void make_tables_code(HuffmanCode *code)
{
    uint32_t weights[256] = {0};
    for (size_t i = 0; i < OFFSET_HIGH; i++)
        weights[i] = i < OFFSET_HIGH / 2 ? 32 : 8;
    huffman_code_make(code, weights);
}

const GlyphCoder *glyph_coder(const Font *font, const CffFace *face)
{
    FontCache *cache = font->cache;
    if (!cache->coder) {
        cache->coder = arena_new_of(font->set->arena, GlyphCoder);
        make_outlines_code(font, face, &cache->coder->outlines);
        make_tables_code(&cache->coder->tables);
    }
    return cache->coder;
}

/* ---- glyphs -------------------------------------------------------------------------------------------------------
 */

static bool make_code(const CffFace *face, const GlyphCoder *coder, uint32_t glyph, Arena *arena, GlyphCode *made)
{
    uint8_t flat[CHARSTRING_LIMIT], room[2 * CHARSTRING_LIMIT + 16];
    Slice code;
    uint32_t font;
    int advance;
    if (!cff_face_glyph(face, glyph, flat, &code, &font, &advance) || code.len > CHARSTRING_LIMIT)
        return false;
    Bits bits = {.out = room};
    huffman_put(&bits, &coder->outlines, code.at, code.len);
    uint32_t sum = libdeflate_adler32(1, code.at, code.len);
    size_t whole = (size_t)(bits.out - room);
    uint8_t *kept = arena_alloc(arena, whole + 1 + 8);
    memcpy(kept, room, whole + 1);
    *made = (GlyphCode){.bits = kept,
                        .bit_count = (uint32_t)(8 * whole + bits.count),
                        .advance = advance,
                        .len = (uint16_t)code.len,
                        .sums = {(uint16_t)sum, (uint16_t)(sum >> 16)},
                        .font = (uint8_t)font};
    return true;
}

const GlyphCode *glyph_code(const Font *font, const CffFace *face, uint32_t glyph, Arena *arena)
{
    GlyphCoder *coder = font->cache->coder;
    Arena *own = font->set->arena;
    size_t *kept = &font->set->codes_kept;
    GlyphCode **page = &coder->pages[glyph >> BOX_PAGE_BITS], *entry;
    if (*page && (*page)[glyph & (BOX_PAGE_SIZE - 1)].bits)
        return &(*page)[glyph & (BOX_PAGE_SIZE - 1)];
    if (*kept >= KEPT_LIMIT) {
        entry = arena_new_of(arena, GlyphCode);
        return make_code(face, coder, glyph, arena, entry) ? entry : NULL;
    }
    if (!*page) {
        *page = arena_array_of(own, GlyphCode, BOX_PAGE_SIZE);
        *kept += BOX_PAGE_SIZE * sizeof **page;
    }
    entry = &(*page)[glyph & (BOX_PAGE_SIZE - 1)];
    if (!make_code(face, coder, glyph, own, entry))
        return NULL;
    *kept += entry->bit_count / 8 + 16;
    return entry;
}
