/* A finished subset -> the advances inside its font program. */
#include "font/charstring_int.h"
#include "font/subset_int.h"

static bool read_cff(FontSubset *subset)
{
    CffFont cff;
    CffPrivate private;
    uint32_t last = UINT32_MAX;
    if (!cff_open((Slice){subset->bytes, subset->len}, &cff) || cff.charstrings.count != subset->count)
        return false;
    for (uint32_t i = 0; i < subset->count; i++) {
        uint32_t font;
        Slice code;
        if (!cff_glyph_font(&cff, i, &font) || !cff_index_item(&cff.charstrings, i, &code))
            return false;
        if (font != last && !cff_private(&cff, font, &private))
            return false;
        last = font;
        if (!charstring_width(&cff, &private, code, &subset->advances[i]))
            return false;
    }
    return true;
}

static bool read_hmtx(FontSubset *subset)
{
    SfntDirectory tables;
    if (!sfnt_open((Slice){subset->bytes, subset->len}, 0, &tables))
        return false;
    Slice hhea = sfnt_table(&tables, SFNT_TAG('h', 'h', 'e', 'a'));
    Slice hmtx = sfnt_table(&tables, SFNT_TAG('h', 'm', 't', 'x'));
    size_t longs = hhea.len >= 36 ? read_u16(hhea.at + 34) : 0;
    if (longs == 0 || hmtx.len < 4 * longs)
        return false;
    for (size_t i = 0; i < subset->count; i++)
        subset->advances[i] = read_u16(hmtx.at + 4 * (i < longs ? i : longs - 1));
    return true;
}

bool subset_read_advances(FontSubset *subset, Arena *arena)
{
    subset->advances = arena_array_of(arena, int, subset->count);
    return subset->outlines == FONT_CFF ? read_cff(subset) : read_hmtx(subset);
}
