/* Glyph ids -> a bare CFF table, CID-keyed with CID = new glyph id (Adobe Technical Note 5176; ISO 32000-1 9.9). */
#include "font/cff_write_int.h"
#include "font/charstring_int.h"
#include "font/subset_int.h"

static bool add_font(CffSubset *work, uint32_t old)
{
    if (work->read[old])
        return true;
    if (!cff_private(&work->cff, old, &work->privates[old]))
        return false;
    work->read[old] = true;
    work->new_fonts[old] = (uint8_t)work->font_count;
    work->old_fonts[work->font_count++] = (uint8_t)old;
    return true;
}

/* Whether any glyph may call a subroutine. */
static bool has_subroutines(const CffSubset *work)
{
    bool any = work->cff.globals.count > 0;
    for (size_t i = 0; i < work->font_count; i++)
        any = any || work->privates[work->old_fonts[i]].locals.count > 0;
    return any;
}

static bool read_fonts(CffSubset *work, const FontSubset *subset)
{
    for (size_t i = 0; i < subset->count; i++) {
        uint32_t old;
        if (!cff_glyph_font(&work->cff, subset->old_glyphs[i], &old) || old >= FONT_LIMIT || !add_font(work, old))
            return false;
        work->select[i] = work->new_fonts[old];
    }
    work->flat = has_subroutines(work);
    return true;
}

static bool read_charstrings(CffSubset *work, FontSubset *subset)
{
    uint8_t flat[CHARSTRING_LIMIT];
    for (size_t i = 0; i < subset->count; i++) {
        const CffPrivate *private = &work->privates[work->old_fonts[work->select[i]]];
        Slice code;
        if (!cff_index_item(&work->cff.charstrings, subset->old_glyphs[i], &code))
            return false;
        if (work->flat) {
            size_t len = 0;
            if (!charstring_flatten(&work->cff, private, code, flat, &len, &subset->advances[i]))
                return false;
            code = (Slice){flat, len};
        } else if (!charstring_width(&work->cff, private, code, &subset->advances[i])) {
            return false;
        }
        buffer_append(&work->code, code.at, code.len);
        if (work->code.len > INT32_MAX)
            return false;
        work->ends[i] = (uint32_t)work->code.len;
    }
    return true;
}

bool subset_cff(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, FontSubset *subset)
{
    CffSubset *work = arena_new_of(arena, CffSubset);
    if (!cff_open(sfnt_table(&font->tables, SFNT_TAG('C', 'F', 'F', ' ')), &work->cff))
        return false;
    subset->count = count;
    subset->cid_keyed = true;
    subset->old_glyphs = arena_copy(arena, glyphs, count * sizeof *glyphs);
    subset->advances = arena_array_of(arena, int, count);
    work->select = arena_alloc(arena, count);
    work->ends = arena_array_of(arena, uint32_t, count);
    bool sound = read_fonts(work, subset) && read_charstrings(work, subset);
    if (sound) {
        Buffer out = {0};
        cff_write(&out, font->info.postscript_name, work, count);
        subset->bytes = arena_copy(arena, out.bytes, out.len);
        subset->len = out.len;
        buffer_release(&out);
    }
    buffer_release(&work->code);
    return sound;
}
