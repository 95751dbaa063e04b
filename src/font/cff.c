/* A CFF table -> its INDEXes and DICTs (Adobe Technical Note 5176). */
#include "font/cff_int.h"

bool cff_index_open(Slice table, size_t at, CffIndex *index)
{
    Slice part;
    if (!slice_part(table, at, 2, &part))
        return false;
    *index = (CffIndex){.table = table, .count = read_u16(part.at), .end = at + 2};
    if (index->count == 0)
        return true;
    if (!slice_part(table, at + 2, 1, &part) || part.at[0] < 1 || part.at[0] > 4)
        return false;
    index->offset_size = part.at[0];
    index->offsets = at + 3;
    size_t array = (size_t)(index->count + 1) * index->offset_size;
    if (!slice_part(table, index->offsets, array, &part))
        return false;
    index->base = index->offsets + array - 1;
    uint32_t last = 0;
    for (unsigned i = 0; i < index->offset_size; i++)
        last = last << 8 | part.at[array - index->offset_size + i];
    if (last < 1 || !slice_part(table, index->base + 1, last - 1, &part))
        return false;
    index->end = index->base + last;
    return true;
}

static uint32_t index_offset(const CffIndex *index, uint32_t i)
{
    const uint8_t *at = index->table.at + index->offsets + (size_t)i * index->offset_size;
    uint32_t offset = 0;
    for (unsigned k = 0; k < index->offset_size; k++)
        offset = offset << 8 | at[k];
    return offset;
}

bool cff_index_item(const CffIndex *index, uint32_t i, Slice *item)
{
    if (i >= index->count)
        return false;
    uint32_t start = index_offset(index, i), end = index_offset(index, i + 1);
    if (start < 1 || end < start || index->base + end > index->end)
        return false;
    *item = (Slice){index->table.at + index->base + start, end - start};
    return true;
}

/* One operand (5176 table 3). A real's whole part is enough: nothing here needs its fraction. */
static bool read_operand(Slice dict, size_t *at, int32_t *value, bool *whole)
{
    unsigned first = dict.at[*at];
    size_t left = dict.len - *at;
    if (first >= 32 && first <= 246) {
        *value = (int32_t)first - 139;
        *at += 1;
    } else if (first >= 247 && first <= 254 && left >= 2) {
        int next = dict.at[*at + 1];
        *value = first <= 250 ? ((int32_t)first - 247) * 256 + next + 108 : -((int32_t)first - 251) * 256 - next - 108;
        *at += 2;
    } else if (first == 28 && left >= 3) {
        *value = read_i16(dict.at + *at + 1);
        *at += 3;
    } else if (first == 29 && left >= 5) {
        *value = (int32_t)read_u32(dict.at + *at + 1);
        *at += 5;
    } else if (first == 30) {
        *value = 0;
        *whole = false;
        do
            *at += 1;
        while (*at < dict.len && dict.at[*at] >> 4 != 0xF && (dict.at[*at] & 0xF) != 0xF);
        if (*at == dict.len)
            return false;
        *at += 1;
    } else {
        return false;
    }
    return true;
}

bool cff_dict_next(Slice dict, size_t *at, DictEntry *entry)
{
    size_t start = *at;
    *entry = (DictEntry){.whole = true};
    while (*at < dict.len) {
        unsigned byte = dict.at[*at];
        if (byte <= 21) {
            *at += 1;
            if (byte == 12) {
                if (*at == dict.len)
                    return false;
                byte = DICT_ESCAPE | dict.at[*at];
                *at += 1;
            }
            entry->op = byte;
            entry->raw = (Slice){dict.at + start, *at - start};
            return true;
        }
        int32_t value;
        if (!read_operand(dict, at, &value, &entry->whole))
            return false;
        if (entry->count < DICT_VALUES)
            entry->values[entry->count] = value;
        entry->count++;
    }
    return false;
}

bool cff_dict_find(Slice dict, unsigned op, DictEntry *entry)
{
    DictEntry next;
    bool found = false;
    for (size_t at = 0; cff_dict_next(dict, &at, &next);)
        if (next.op == op) {
            *entry = next;
            found = true;
        }
    return found;
}

/* An operator's single offset; 0, which no part can have, when it is missing or negative. */
static size_t dict_offset(Slice dict, unsigned op)
{
    DictEntry entry;
    if (!cff_dict_find(dict, op, &entry) || entry.count != 1 || entry.values[0] < 0)
        return 0;
    return (size_t)entry.values[0];
}

bool cff_open(Slice table, CffFont *cff)
{
    *cff = (CffFont){.table = table};
    if (table.len < 4 || table.at[0] != 1)
        return false;
    CffIndex names, tops, strings;
    if (!cff_index_open(table, table.at[2], &names) || !cff_index_open(table, names.end, &tops) ||
        !cff_index_open(table, tops.end, &strings) || !cff_index_open(table, strings.end, &cff->globals))
        return false;
    if (names.count != 1 || tops.count != 1 || !cff_index_item(&names, 0, &cff->name) ||
        !cff_index_item(&tops, 0, &cff->top))
        return false;

    DictEntry entry;
    if (cff_dict_find(cff->top, DICT_TYPE, &entry) && (entry.count != 1 || entry.values[0] != 2))
        return false;
    size_t charstrings = dict_offset(cff->top, DICT_CHARSTRINGS);
    if (charstrings == 0 || !cff_index_open(table, charstrings, &cff->charstrings) || cff->charstrings.count == 0)
        return false;
    cff->cid_keyed = cff_dict_find(cff->top, DICT_ROS, &entry);
    if (!cff->cid_keyed)
        return true;
    size_t fonts = dict_offset(cff->top, DICT_FDARRAY), select = dict_offset(cff->top, DICT_FDSELECT);
    if (fonts == 0 || select == 0 || !cff_index_open(table, fonts, &cff->fonts) || cff->fonts.count == 0)
        return false;
    cff->fd_select = slice_from(table, select);
    return cff->fd_select.len > 0;
}

/* FDSelect format 3: ranges of 3 bytes (first glyph, font), in order of first glyphs, then the end. */
static bool select_range(Slice select, uint32_t glyph, uint32_t *font)
{
    if (select.len < 5)
        return false;
    size_t low = 0, high = read_u16(select.at + 1);
    if ((select.len - 5) / 3 < high || high == 0)
        return false;
    const uint8_t *ranges = select.at + 3;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (read_u16(ranges + 3 * middle) <= glyph)
            low = middle;
        else
            high = middle;
    }
    *font = ranges[3 * low + 2];
    return read_u16(ranges + 3 * low) <= glyph && glyph < read_u16(ranges + 3 * low + 3);
}

bool cff_glyph_font(const CffFont *cff, uint32_t glyph, uint32_t *font)
{
    *font = 0;
    if (!cff->cid_keyed)
        return true;
    Slice select = cff->fd_select;
    if (select.at[0] == 3)
        return select_range(select, glyph, font) && *font < cff->fonts.count;
    if (select.at[0] != 0 || glyph + 1 >= select.len)
        return false;
    *font = select.at[1 + glyph];
    return *font < cff->fonts.count;
}

bool cff_font_dict(const CffFont *cff, uint32_t font, Slice *dict)
{
    if (cff->cid_keyed)
        return cff_index_item(&cff->fonts, font, dict);
    *dict = cff->top;
    return true;
}

bool cff_private(const CffFont *cff, uint32_t font, CffPrivate *private)
{
    *private = (CffPrivate){0};
    Slice dict;
    DictEntry entry;
    if (!cff_font_dict(cff, font, &dict))
        return false;
    if (!cff_dict_find(dict, DICT_PRIVATE, &entry)) /* all defaults */
        return true;
    if (entry.count != 2 || entry.values[0] < 0 || entry.values[1] < 0)
        return false;
    size_t len = (size_t)entry.values[0], start = (size_t)entry.values[1];
    if (!slice_part(cff->table, start, len, &private->dict))
        return false;
    if (cff_dict_find(private->dict, DICT_DEFAULT_W, &entry)) {
        if (entry.count != 1 || !entry.whole)
            return false;
        private->default_width = entry.values[0];
    }
    if (cff_dict_find(private->dict, DICT_NOMINAL_W, &entry)) {
        if (entry.count != 1 || !entry.whole)
            return false;
        private->nominal_width = entry.values[0];
    }
    if (cff_dict_find(private->dict, DICT_STD_VW, &entry) && entry.count == 1)
    private->std_vw = entry.values[0];
    size_t locals = dict_offset(private->dict, DICT_SUBRS);
    return locals == 0 || cff_index_open(cff->table, start + locals, &private->locals);
}
