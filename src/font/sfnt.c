/* Bytes of an OpenType file -> its tables. */
#include <string.h>

#include "font/sfnt_int.h"

SfntKind sfnt_kind(Slice file)
{
    if (file.len < 12)
        return SFNT_NONE;
    switch (read_u32(file.at)) {
    case 0x00010000:
    case SFNT_TAG('O', 'T', 'T', 'O'):
    case SFNT_TAG('t', 'r', 'u', 'e'):
        return SFNT_FONT;
    case SFNT_TAG('t', 't', 'c', 'f'):
        return SFNT_COLLECTION;
    case SFNT_TAG('t', 'y', 'p', '1'):
    case SFNT_TAG('%', '!', 'P', 'S'): /* PFA */
    case SFNT_TAG('%', '!', 'F', 'o'):
        return SFNT_TYPE1;
    case SFNT_TAG('S', 'T', 'A', 'R'): /* BDF: STARTFONT */
    case 0x01666370:                   /* PCF */
        return SFNT_BITMAP;
    case SFNT_TAG('w', 'O', 'F', 'F'):
    case SFNT_TAG('w', 'O', 'F', '2'):
        return SFNT_WEB;
    default:
        break;
    }
    if (file.at[0] == 0x80 && file.at[1] == 0x01) /* PFB */
        return SFNT_TYPE1;
    return file.at[0] == 'M' && file.at[1] == 'Z' ? SFNT_BITMAP : SFNT_NONE; /* FON is a Windows program */
}

uint32_t sfnt_face_count(Slice file)
{
    switch (sfnt_kind(file)) {
    case SFNT_FONT:
        return 1;
    case SFNT_COLLECTION: {
        uint32_t count = read_u32(file.at + 8);
        return count <= (file.len - 12) / 4 ? count : 0;
    }
    case SFNT_NONE:
    case SFNT_TYPE1:
    case SFNT_BITMAP:
    case SFNT_WEB:
        break;
    }
    return 0;
}

bool sfnt_open(Slice file, uint32_t index, SfntDirectory *directory)
{
    if (index >= sfnt_face_count(file))
        return false;
    size_t start = sfnt_kind(file) == SFNT_COLLECTION ? read_u32(file.at + 12 + 4 * (size_t)index) : 0;
    Slice header = slice_from(file, start);
    if (header.len < 12)
        return false;
    uint32_t count = read_u16(header.at + 4);
    if ((header.len - 12) / 16 < count)
        return false;
    *directory = (SfntDirectory){file, header.at + 12, count};
    return true;
}

Slice sfnt_table(const SfntDirectory *directory, uint32_t tag)
{
    for (uint32_t i = 0; i < directory->count; i++) {
        const uint8_t *record = directory->records + 16 * (size_t)i;
        if (read_u32(record) != tag)
            continue;
        Slice table = slice_from(directory->file, read_u32(record + 8));
        uint32_t len = read_u32(record + 12);
        if (table.len > len)
            table.len = len;
        return table;
    }
    return (Slice){NULL, 0};
}
