/* Glyph ids -> TrueType outlines: where they stand, what they are made of, the same without instructions (OpenType 1.9
 * "glyf", "loca"). */
#include <string.h>

#include "font/glyf_int.h"

/* Flags of a composite's part. */
#define PART_WORDS        0x0001
#define PART_SCALE        0x0008
#define PART_MORE         0x0020
#define PART_TWO_SCALES   0x0040
#define PART_MATRIX       0x0080
#define PART_INSTRUCTIONS 0x0100

bool glyf_read(const Font *font, Glyf *tables)
{
    const SfntDirectory *directory = &font->tables;
    tables->glyf = sfnt_table(directory, SFNT_TAG('g', 'l', 'y', 'f'));
    tables->loca = sfnt_table(directory, SFNT_TAG('l', 'o', 'c', 'a'));
    tables->maxp = sfnt_table(directory, SFNT_TAG('m', 'a', 'x', 'p'));
    tables->head = sfnt_table(directory, SFNT_TAG('h', 'e', 'a', 'd'));
    tables->hhea = sfnt_table(directory, SFNT_TAG('h', 'h', 'e', 'a'));
    tables->count = font->info.glyph_count;
    tables->long_offsets = read_u16(tables->head.at + 50) != 0;
    return tables->maxp.len >= 32;
}

bool glyf_find(const Glyf *tables, uint32_t glyph, Slice *data)
{
    size_t start, end;
    if (tables->long_offsets) {
        start = read_u32(tables->loca.at + 4 * (size_t)glyph);
        end = read_u32(tables->loca.at + 4 * (size_t)glyph + 4);
    } else {
        start = 2 * (size_t)read_u16(tables->loca.at + 2 * (size_t)glyph);
        end = 2 * (size_t)read_u16(tables->loca.at + 2 * (size_t)glyph + 2);
    }
    if (start == end) {
        *data = (Slice){NULL, 0};
        return true;
    }
    return start < end && slice_part(tables->glyf, start, end - start, data) && data->len >= 10;
}

/* The part of a composite at *at; moves *at behind it. `more`: another follows. */
static bool next_part(Slice data, size_t *at, uint32_t *glyph, bool *more)
{
    Slice part = slice_from(data, *at);
    if (part.len < 4)
        return false;
    unsigned flags = read_u16(part.at);
    *glyph = read_u16(part.at + 2);
    size_t len = 4 + (flags & PART_WORDS ? 4 : 2);
    if (flags & PART_SCALE)
        len += 2;
    else if (flags & PART_TWO_SCALES)
        len += 4;
    else if (flags & PART_MATRIX)
        len += 8;
    *more = flags & PART_MORE;
    *at += len;
    return part.len >= len;
}

bool glyf_mark_parts(const Glyf *tables, const uint32_t *glyphs, size_t count, Arena *arena, uint8_t *marked,
                     size_t *marked_count)
{
    ARRAY(uint32_t) open = {0};
    for (size_t i = 0; i < count; i++) {
        marked[glyphs[i]] = 1;
        *array_push(arena, &open) = glyphs[i];
    }
    for (size_t i = 0; i < open.count; i++) {
        Slice data;
        if (!glyf_find(tables, open.items[i], &data))
            return false;
        if (data.len == 0 || read_i16(data.at) >= 0)
            continue;
        bool more = true;
        for (size_t at = 10; more;) {
            uint32_t part;
            if (!next_part(data, &at, &part, &more) || part >= tables->count)
                return false;
            if (!marked[part])
                *array_push(arena, &open) = part;
            marked[part] = 1;
        }
    }
    *marked_count = open.count;
    return true;
}

size_t glyf_copy(const FontSubset *subset, Slice data, uint8_t *out)
{
    if (data.len == 0)
        return 0;
    int contours = read_i16(data.at);
    if (contours == 0)
        return 0;
    if (contours > 0) {
        size_t head = 10 + 2 * (size_t)contours;
        if (data.len < head + 2)
            return SIZE_MAX;
        size_t points = head + 2 + read_u16(data.at + head);
        if (points > data.len)
            return SIZE_MAX;
        memcpy(out, data.at, head);
        write_u16(out + head, 0);
        memcpy(out + head + 2, data.at + points, data.len - points);
        return head + 2 + data.len - points;
    }
    size_t at = 10;
    bool more = true;
    memcpy(out, data.at, at);
    while (more) {
        uint32_t part;
        size_t start = at;
        if (!next_part(data, &at, &part, &more))
            return SIZE_MAX;
        memcpy(out + start, data.at + start, at - start);
        write_u16(out + start, read_u16(data.at + start) & ~(unsigned)PART_INSTRUCTIONS);
        write_u16(out + start + 2, font_subset_glyph(subset, part));
    }
    return at;
}
