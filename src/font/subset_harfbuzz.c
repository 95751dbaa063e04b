/* Glyph ids -> a subset by HarfBuzz. */
#include <hb-subset.h>

#include "font/cff_int.h"
#include "font/subset_int.h"

/* CIDs become the new glyph ids: HarfBuzz keeps the old ones. The charset's place is always large enough: for two
 * glyphs any format has room for one number of format 0 (3 bytes); for more the shortest that it can be is a range of
 * format 1 (4 bytes, of at most 256 glyphs) or 5 bytes, which hold a range of format 2. */
static bool patch_charset(uint8_t *bytes, size_t len)
{
    CffFont cff;
    DictEntry entry;
    if (!cff_open((Slice){bytes, len}, &cff) || !cff.cid_keyed)
        return true;
    uint32_t count = cff.charstrings.count;
    if (count < 2)
        return true;
    if (!cff_dict_find(cff.top, DICT_CHARSET, &entry) || entry.count != 1 || entry.values[0] <= 2)
        return false;
    Slice charset = slice_from(cff.table, (size_t)entry.values[0]);
    uint8_t *out = bytes + entry.values[0];
    if (charset.len < 5)
        return false;
    if (count == 2 && charset.at[0] == 0) {
        write_u16(out + 1, 1);
    } else if (charset.at[0] == 1 && charset.at[3] == count - 2) {
        write_u16(out + 1, 1);
    } else {
        out[0] = 2;
        write_u16(out + 1, 1);
        write_u16(out + 3, count - 2);
    }
    return true;
}

static hb_subset_input_t *make_input(const Font *font, const uint32_t *glyphs, size_t count)
{
    static const hb_tag_t kept[] = {
        HB_TAG('C', 'F', 'F', ' '), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
        HB_TAG('h', 'm', 't', 'x'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('m', 'a', 'x', 'p'),
    };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    if (font->info.outlines == FONT_CFF)
        flags |= HB_SUBSET_FLAGS_DESUBROUTINIZE; /* faster, and smaller once deflated */
    hb_subset_input_set_flags(input, flags);
    hb_set_t *wanted = hb_subset_input_glyph_set(input);
    for (size_t i = 0; i < count; i++)
        hb_set_add(wanted, glyphs[i]);
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_clear(dropped);
    hb_set_invert(dropped);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        hb_set_del(dropped, kept[i]);
    return input;
}

static bool read_plan(hb_face_t *face, const hb_subset_plan_t *plan, Arena *arena, FontSubset *subset)
{
    const hb_map_t *to_old = hb_subset_plan_new_to_old_glyph_mapping(plan);
    subset->count = hb_map_get_population(to_old);
    subset->old_glyphs = arena_array_of(arena, uint32_t, subset->count);
    for (size_t i = 0; i < subset->count; i++)
        subset->old_glyphs[i] = hb_map_get(to_old, (hb_codepoint_t)i);

    bool cff = subset->outlines == FONT_CFF;
    hb_blob_t *blob = cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(face);
    unsigned len = 0;
    const char *bytes = hb_blob_get_data(blob, &len);
    uint8_t *copy = arena_copy(arena, bytes, len);
    subset->bytes = copy;
    subset->len = len;
    hb_blob_destroy(blob);
    return len > 0 && (!cff || patch_charset(copy, len));
}

bool subset_harfbuzz(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, FontSubset *subset)
{
    hb_subset_input_t *input = make_input(font, glyphs, count);
    hb_subset_plan_t *plan = input ? hb_subset_plan_create_or_fail(hb_font_get_face(font->hb), input) : NULL;
    hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    subset->cid_keyed = font->info.cid_keyed;
    bool sound = face && read_plan(face, plan, arena, subset) && subset_read_advances(subset, arena);
    hb_face_destroy(face);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return sound;
}
