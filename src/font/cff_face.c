/* A font's CFF table -> what every subset of it needs, read once. */
#include "font/cff_write_int.h"
#include "font/glyph_code_int.h"

static bool read_face(const Font *font, CffFace *face)
{
    Arena *arena = font->set->arena;
    CffFont *cff = &face->cff;
    if (!cff_open(sfnt_table(&font->tables, SFNT_TAG('C', 'F', 'F', ' ')), cff))
        return false;
    uint32_t count = cff->cid_keyed ? cff->fonts.count : 1;
    if (count > FONT_LIMIT)
        count = FONT_LIMIT;
    face->privates = arena_array_of(arena, CffPrivate, count);
    face->sound = arena_array_of(arena, bool, count);
    for (uint32_t i = 0; i < count; i++)
        face->sound[i] = cff_private(cff, i, &face->privates[i]);
    return true;
}

const CffFace *cff_face(const Font *font)
{
    FontCache *cache = font->cache;
    if (!cache->cff && !cache->no_cff) {
        CffFace *face = arena_new_of(font->set->arena, CffFace);
        cache->cff = read_face(font, face) ? face : NULL;
        cache->no_cff = !cache->cff;
    }
    return cache->cff;
}

bool cff_face_glyph(const CffFace *face, uint32_t glyph, uint8_t *flat, Slice *code, uint32_t *font, int *advance)
{
    if (!cff_glyph_font(&face->cff, glyph, font) || *font >= FONT_LIMIT || !face->sound[*font] ||
        !cff_index_item(&face->cff.charstrings, glyph, code))
        return false;
    size_t len = 0;
    bool sound = charstring_flatten(&face->cff, &face->privates[*font], *code, flat, &len, advance);
    *code = (Slice){flat, len};
    return sound;
}
