/* A finished subset -> the advances inside its font program. */
#include <string.h>

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

/* The first operand is a real, 5176 table 5, that means a thousandth. */
static bool is_thousandth(Slice raw)
{
    static const char *const FORMS[] = {"0.001", ".001", "0.00100", "1E-3"};
    static const char NIBBLES[] = "0123456789.E~ -";
    char text[16] = {0};
    size_t len = 0;
    if (raw.len < 2 || raw.at[0] != 30)
        return false;
    for (size_t i = 2; i < 2 * raw.len && len < sizeof text - 3; i++) {
        unsigned nibble = i % 2 == 0 ? raw.at[i / 2] >> 4 : raw.at[i / 2] & 15;
        if (nibble == 15)
            break;
        text[len++] = NIBBLES[nibble] == '~' ? 'E' : NIBBLES[nibble];
        if (nibble == 12)
            text[len++] = '-';
    }
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (strcmp(text, FORMS[i]) == 0)
            return true;
    return false;
}

/* A CFF table's em is 1000 unless its matrix says otherwise; such a font is not told. */
static bool cff_size(FontSubset *program, int *units_per_em)
{
    CffFont cff;
    DictEntry matrix;
    if (!cff_open((Slice){program->bytes, program->len}, &cff))
        return false;
    program->count = cff.charstrings.count;
    program->cid_keyed = cff.cid_keyed;
    *units_per_em = 1000;
    return !cff_dict_find(cff.top, DICT_MATRIX, &matrix) || is_thousandth(matrix.raw);
}

static bool glyf_size(FontSubset *program, int *units_per_em)
{
    SfntDirectory tables;
    if (!sfnt_open((Slice){program->bytes, program->len}, 0, &tables))
        return false;
    Slice head = sfnt_table(&tables, SFNT_TAG('h', 'e', 'a', 'd'));
    Slice maxp = sfnt_table(&tables, SFNT_TAG('m', 'a', 'x', 'p'));
    if (head.len < 54 || maxp.len < 6)
        return false;
    *units_per_em = read_u16(head.at + 18);
    program->count = read_u16(maxp.at + 4);
    return *units_per_em > 0;
}

bool font_program_read(FontSubset *program, int *units_per_em, Arena *arena)
{
    bool sized = program->outlines == FONT_CFF ? cff_size(program, units_per_em) : glyf_size(program, units_per_em);
    return sized && subset_read_advances(program, arena);
}
