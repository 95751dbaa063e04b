/* The tables of an opened face -> FontInfo, or what makes the face unusable. */
#include <stdlib.h>
#include <string.h>

#include "font/cff_int.h"
#include "font/font_int.h"

#define TAG_CFF  SFNT_TAG('C', 'F', 'F', ' ')
#define TAG_CFF2 SFNT_TAG('C', 'F', 'F', '2')
#define TAG_GLYF SFNT_TAG('g', 'l', 'y', 'f')
#define TAG_HEAD SFNT_TAG('h', 'e', 'a', 'd')
#define TAG_HHEA SFNT_TAG('h', 'h', 'e', 'a')
#define TAG_HMTX SFNT_TAG('h', 'm', 't', 'x')
#define TAG_LOCA SFNT_TAG('l', 'o', 'c', 'a')
#define TAG_MAXP SFNT_TAG('m', 'a', 'x', 'p')
#define TAG_NAME SFNT_TAG('n', 'a', 'm', 'e')
#define TAG_OS2  SFNT_TAG('O', 'S', '/', '2')
#define TAG_POST SFNT_TAG('p', 'o', 's', 't')
#define TAG_CMAP SFNT_TAG('c', 'm', 'a', 'p')

/* OS/2 fsType. Before version 3 several of the low bits may be set, and the most generous counts. */
#define FS_RESTRICTED   0x002
#define FS_PREVIEW      0x004
#define FS_EDITABLE     0x008
#define FS_NO_SUBSET    0x100
#define FS_BITMAPS_ONLY 0x200

static FontTrouble read_outlines(Font *font, const char **detail)
{
    FontInfo *info = &font->info;
    Slice cff_table = sfnt_table(&font->tables, TAG_CFF), glyf = sfnt_table(&font->tables, TAG_GLYF);
    if (cff_table.len > 0) {
        CffFont cff;
        CffPrivate private;
        *detail = "CFF";
        if (!cff_open(cff_table, &cff) || cff.charstrings.count != info->glyph_count)
            return FONT_BROKEN;
        info->outlines = FONT_CFF;
        info->cid_keyed = cff.cid_keyed;
        if (cff_private(&cff, 0, &private))
            info->stem_v = private.std_vw;
        return FONT_SOUND;
    }
    if (sfnt_table(&font->tables, TAG_CFF2).len > 0)
        return FONT_CFF2;
    if (glyf.len == 0)
        return FONT_BITMAP;
    size_t offset_size = read_u16(sfnt_table(&font->tables, TAG_HEAD).at + 50) == 0 ? 2 : 4;
    *detail = "loca";
    if (sfnt_table(&font->tables, TAG_LOCA).len / offset_size < (size_t)info->glyph_count + 1)
        return FONT_BROKEN;
    info->outlines = FONT_TRUETYPE;
    return FONT_SOUND;
}

static bool read_metrics(Font *font, const char **detail)
{
    FontInfo *info = &font->info;
    Slice head = sfnt_table(&font->tables, TAG_HEAD), hhea = sfnt_table(&font->tables, TAG_HHEA);
    Slice maxp = sfnt_table(&font->tables, TAG_MAXP);
    *detail = "head";
    if (head.len < 54 || read_u32(head.at + 12) != 0x5F0F3CF5)
        return false;
    info->units_per_em = read_u16(head.at + 18);
    if (info->units_per_em < 16 || info->units_per_em > 16384)
        return false;
    for (size_t i = 0; i < 4; i++)
        info->bbox[i] = read_i16(head.at + 36 + 2 * i);
    *detail = "maxp";
    if (maxp.len < 6)
        return false;
    info->glyph_count = read_u16(maxp.at + 4);
    if (info->glyph_count == 0)
        return false;
    *detail = "hhea";
    if (hhea.len < 36)
        return false;
    info->ascent = read_i16(hhea.at + 4);
    info->descent = read_i16(hhea.at + 6);
    font->long_metrics = read_u16(hhea.at + 34);
    *detail = "hmtx";
    font->hmtx = sfnt_table(&font->tables, TAG_HMTX);
    if (font->long_metrics == 0 || font->long_metrics > info->glyph_count)
        return false;
    if (font->hmtx.len < 4 * (size_t)font->long_metrics + 2 * (size_t)(info->glyph_count - font->long_metrics))
        return false;
    *detail = "cmap";
    return sfnt_table(&font->tables, TAG_CMAP).len >= 4;
}

/* PANOSE of Latin text faces (family 2) says it best; else the IBM class: 1-5 and 7 have serifs, 8 has none. */
static bool has_serifs(Slice os2)
{
    unsigned family = os2.at[32], style = os2.at[33], class = os2.at[30];
    if (family == 2 && style >= 2)
        return style <= 10;
    return (class >= 1 && class <= 5) || class == 7;
}

/* The top of a letter that has a flat one, for fonts that do not tell. */
static int letter_height(const Font *font, uint32_t letter)
{
    int box[4] = {0};
    uint32_t glyph = font_glyph(font, letter);
    if (glyph != 0)
        font_glyph_box(font, glyph, box);
    return box[3];
}

static void read_style(Font *font)
{
    FontInfo *info = &font->info;
    Slice os2 = sfnt_table(&font->tables, TAG_OS2), post = sfnt_table(&font->tables, TAG_POST);
    info->weight = 400;
    if (os2.len >= 78) {
        info->weight = read_u16(os2.at + 4);
        info->fs_type = read_u16(os2.at + 8);
        info->serif = has_serifs(os2);
        if (info->ascent == 0 && info->descent == 0) {
            info->ascent = read_i16(os2.at + 68);
            info->descent = read_i16(os2.at + 70);
        }
        if (read_u16(os2.at) >= 2 && os2.len >= 96) {
            info->x_height = read_i16(os2.at + 86);
            info->cap_height = read_i16(os2.at + 88);
        }
    }
    if (info->weight < 1 || info->weight > 1000)
        info->weight = 400;
    bool bold = read_u16(sfnt_table(&font->tables, TAG_HEAD).at + 44) & 1; /* macStyle */
    if (bold && info->weight == 400)                                       /* Fandol's bold faces say so there alone */
        info->weight = 700;
    if (info->descent > 0) /* some fonts give it without its sign */
        info->descent = -info->descent;
    if (post.len >= 16) {
        info->italic_angle = (int)length_scale((int32_t)read_u32(post.at + 4), 1, 65536);
        info->underline_position = read_i16(post.at + 8);
        info->underline_thickness = read_i16(post.at + 10);
        info->fixed_pitch = read_u32(post.at + 12) != 0;
    }
    if (info->stem_v <= 0) /* the usual guess from the weight, per 1000 units: 400 gives 88, 700 gives 166 */
        info->stem_v = (50 + info->weight * info->weight / (65 * 65)) * info->units_per_em / 1000;
}

/* A name record of Unicode (platforms 0 and 3) or Roman (1) in ASCII; NULL when there is none. */
static char *read_name(const Font *font, unsigned wanted, bool for_postscript)
{
    Slice name = sfnt_table(&font->tables, TAG_NAME);
    if (name.len < 6)
        return NULL;
    size_t count = read_u16(name.at + 2), strings = read_u16(name.at + 4);
    char text[128];
    size_t len = 0;
    for (size_t i = 0; i < count && 6 + 12 * (i + 1) <= name.len && len == 0; i++) {
        const uint8_t *record = name.at + 6 + 12 * i;
        unsigned platform = read_u16(record), language = read_u16(record + 4);
        Slice value;
        if (read_u16(record + 6) != wanted || (platform == 3 && language != 0x409) ||
            !slice_part(name, strings + read_u16(record + 10), read_u16(record + 8), &value))
            continue;
        size_t step = platform == 1 ? 1 : 2;
        for (size_t at = 0; at + step <= value.len && len < sizeof text - 1; at += step) {
            unsigned code = step == 1 ? value.at[at] : read_u16(value.at + at);
            bool space = code == ' ' && !for_postscript;
            /* A PostScript name has no blanks, delimiters or bytes beyond ASCII (OpenType "name", id 6). */
            if (space || (code > ' ' && code < 0x7F && !(for_postscript && strchr("[](){}<>/%", (int)code))))
                text[len++] = (char)code;
        }
    }
    return len == 0 ? NULL : arena_strndup(font->set->arena, text, len);
}

static void read_names(Font *font)
{
    FontInfo *info = &font->info;
    const char *stem = path_stem(font->set->arena, font->file->path);
    info->postscript_name = read_name(font, 6, true);
    if (!info->postscript_name) {
        char *name = arena_strdup(font->set->arena, stem);
        for (char *at = name; *at; at++)
            if (*at <= ' ' || *at >= 0x7F || strchr("[](){}<>/%", *at))
                *at = '-';
        info->postscript_name = *name ? name : "Font";
    }
    info->family = read_name(font, 1, false);
    if (!info->family)
        info->family = info->postscript_name;
}

static bool may_embed(unsigned fs_type)
{
    bool restricted = (fs_type & FS_RESTRICTED) && !(fs_type & (FS_PREVIEW | FS_EDITABLE));
    return !restricted && !(fs_type & (FS_NO_SUBSET | FS_BITMAPS_ONLY));
}

FontTrouble font_read(Font *font, const char **detail)
{
    if (!read_metrics(font, detail)) {
        /* A bitmap-only font may leave out what outlines need; say what it is rather than what it lacks. */
        bool bitmap = sfnt_table(&font->tables, SFNT_TAG('E', 'B', 'D', 'T')).len > 0 ||
                      sfnt_table(&font->tables, SFNT_TAG('b', 'd', 'a', 't')).len > 0;
        return bitmap ? FONT_BITMAP : FONT_BROKEN;
    }
    FontTrouble trouble = read_outlines(font, detail);
    if (trouble != FONT_SOUND)
        return trouble;
    read_style(font);
    read_names(font);
    return may_embed(font->info.fs_type) ? FONT_SOUND : FONT_NO_EMBEDDING;
}

void font_read_letters(Font *font)
{
    if (font->info.cap_height <= 0)
        font->info.cap_height = letter_height(font, 'H');
    if (font->info.x_height <= 0)
        font->info.x_height = letter_height(font, 'x');
}
