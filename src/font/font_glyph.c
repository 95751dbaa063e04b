/* Code points -> glyphs, glyphs -> advances and ink boxes. */
#include <ft2build.h>
#include FT_BBOX_H

#include "font/font_int.h"

uint32_t font_glyph(const Font *font, uint32_t code)
{
    if (code >= 0x110000)
        return 0;
    uint32_t **page = &font->cache->glyphs[code >> GLYPH_PAGE_BITS];
    if (!*page)
        *page = arena_array_of(font->set->arena, uint32_t, GLYPH_PAGE_SIZE);
    uint32_t *entry = &(*page)[code & (GLYPH_PAGE_SIZE - 1)];
    if (*entry == 0) {
        hb_codepoint_t glyph = 0;
        /* A broken cmap may name glyphs that are not there. */
        if (!hb_font_get_nominal_glyph(font->hb, code, &glyph) || glyph >= font->info.glyph_count)
            glyph = 0;
        *entry = glyph + 1;
    }
    return *entry - 1;
}

uint32_t font_glyph_variant(const Font *font, uint32_t code, uint32_t selector)
{
    hb_codepoint_t glyph = 0;
    if (hb_font_get_variation_glyph(font->hb, code, selector, &glyph) && glyph < font->info.glyph_count)
        return glyph;
    return font_glyph(font, code);
}

int font_advance_units(const Font *font, uint32_t glyph)
{
    if (glyph >= font->info.glyph_count)
        return 0;
    uint32_t record = glyph < font->long_metrics ? glyph : font->long_metrics - 1;
    return read_u16(font->hmtx.at + 4 * (size_t)record);
}

Length font_advance(const Font *font, uint32_t glyph, Length size)
{
    return length_scale(size, font_advance_units(font, glyph), font->info.units_per_em);
}

FT_Face font_outlines(const Font *font)
{
    FontCache *cache = font->cache;
    FontSet *set = font->set;
    if (cache->outlines || cache->no_outlines)
        return cache->outlines;
    if (!set->library && FT_Init_FreeType(&set->library) != 0)
        set->library = NULL;
    Slice bytes = font->file->bytes;
    if (!set->library ||
        FT_New_Memory_Face(set->library, bytes.at, (FT_Long)bytes.len, font->info.index, &cache->outlines) != 0) {
        cache->outlines = NULL;
        cache->no_outlines = true;
    }
    return cache->outlines;
}

static void load_box(const Font *font, uint32_t glyph, int box[4])
{
    FT_Face face = font_outlines(font);
    FT_BBox bounds;
    if (!face || FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE) != 0 || face->glyph->format != FT_GLYPH_FORMAT_OUTLINE ||
        face->glyph->outline.n_points == 0 || FT_Outline_Get_BBox(&face->glyph->outline, &bounds) != 0)
        return;
    box[0] = (int)bounds.xMin;
    box[1] = (int)bounds.yMin;
    box[2] = (int)bounds.xMax;
    box[3] = (int)bounds.yMax;
}

void font_glyph_box(const Font *font, uint32_t glyph, int box[4])
{
    box[0] = box[1] = box[2] = box[3] = 0;
    if (glyph >= font->info.glyph_count)
        return;
    GlyphBox **page = &font->cache->boxes[glyph >> BOX_PAGE_BITS];
    if (!*page)
        *page = arena_array_of(font->set->arena, GlyphBox, BOX_PAGE_SIZE);
    GlyphBox *entry = &(*page)[glyph & (BOX_PAGE_SIZE - 1)];
    if (!entry->known) {
        load_box(font, glyph, entry->box);
        entry->known = true;
    }
    for (int i = 0; i < 4; i++)
        box[i] = entry->box[i];
}
