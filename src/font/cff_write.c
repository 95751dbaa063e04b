/* Chosen charstrings -> a bare CFF table (Adobe Technical Note 5176). */
#include <string.h>

#include "font/cff_write_int.h"

/* Standard strings end at 390; these are the two of our String INDEX. */
#define SID_ADOBE    391
#define SID_IDENTITY 392

static void put_u8(Buffer *out, unsigned value)
{
    uint8_t byte = (uint8_t)value;
    buffer_append(out, &byte, 1);
}

static void put_u16(Buffer *out, size_t value)
{
    uint8_t bytes[2];
    write_u16(bytes, (uint32_t)value);
    buffer_append(out, bytes, 2);
}

/* A DICT's whole number, always in five bytes: offsets can be filled in later. */
static void put_number(Buffer *out, int32_t value)
{
    uint8_t bytes[5] = {29};
    write_u32(bytes + 1, (uint32_t)value);
    buffer_append(out, bytes, 5);
}

static void put_operator(Buffer *out, unsigned op)
{
    if (op >= DICT_ESCAPE)
        put_u8(out, op >> 8);
    put_u8(out, op & 0xFF);
}

static void put_entry(Buffer *out, unsigned op, int32_t value)
{
    put_number(out, value);
    put_operator(out, op);
}

/* An entry as the original has it. */
static void copy_entry(Buffer *out, Slice dict, unsigned op)
{
    DictEntry entry;
    if (cff_dict_find(dict, op, &entry))
        buffer_append(out, entry.raw.at, entry.raw.len);
}

/* Count, offset size and offsets of an INDEX; `ends` of its items from the data's start. */
static void put_index_head(Buffer *out, const uint32_t *ends, size_t count)
{
    put_u16(out, count);
    if (count == 0)
        return;
    uint32_t last = ends[count - 1] + 1;
    unsigned size = last <= 0xFF ? 1 : last <= 0xFFFF ? 2 : last <= 0xFFFFFF ? 3 : 4;
    put_u8(out, size);
    for (size_t i = 0; i <= count; i++) {
        uint8_t bytes[4];
        write_u32(bytes, i == 0 ? 1 : ends[i - 1] + 1);
        buffer_append(out, bytes + 4 - size, size);
    }
}

static void put_index_one(Buffer *out, const void *bytes, size_t len)
{
    uint32_t end = (uint32_t)len;
    put_index_head(out, &end, 1);
    buffer_append(out, bytes, len);
}

/* Where a DICT's five-byte numbers wait to be known. */
typedef struct TopOffsets {
    size_t charset, select, charstrings, fonts;
} TopOffsets;

static size_t put_later(Buffer *out, unsigned op)
{
    size_t at = out->len;
    put_entry(out, op, 0);
    return at;
}

static void fill_in(Buffer *out, size_t at, size_t value)
{
    write_u32((uint8_t *)out->bytes + at + 1, (uint32_t)value);
}

static void put_top(Buffer *out, const CffSubset *work, size_t glyph_count, TopOffsets *offsets)
{
    Buffer top = {0};
    put_number(&top, SID_ADOBE);
    put_number(&top, SID_IDENTITY);
    put_number(&top, 0);
    put_operator(&top, DICT_ROS); /* must come first */
    copy_entry(&top, work->face->cff.top, DICT_MATRIX);
    copy_entry(&top, work->face->cff.top, DICT_BBOX);
    put_entry(&top, DICT_CIDCOUNT, (int32_t)glyph_count);
    offsets->charset = put_later(&top, DICT_CHARSET);
    offsets->select = put_later(&top, DICT_FDSELECT);
    offsets->charstrings = put_later(&top, DICT_CHARSTRINGS);
    offsets->fonts = put_later(&top, DICT_FDARRAY);
    put_index_one(out, top.bytes, top.len);
    size_t start = out->len - top.len;
    offsets->charset += start;
    offsets->select += start;
    offsets->charstrings += start;
    offsets->fonts += start;
    buffer_release(&top);
}

/* Format 2, one range: CIDs 1 to count - 1; .notdef is not listed. */
static void put_charset(Buffer *out, size_t count)
{
    put_u8(out, count > 1 ? 2 : 0);
    if (count > 1) {
        put_u16(out, 1);
        put_u16(out, count - 2);
    }
}

/* Format 3 where its ranges take less than a byte a glyph. */
static void put_select(Buffer *out, const uint8_t *select, size_t count)
{
    size_t ranges = 1;
    for (size_t i = 1; i < count; i++)
        ranges += select[i] != select[i - 1];
    if (3 * ranges + 5 > count + 1) {
        put_u8(out, 0);
        buffer_append(out, select, count);
        return;
    }
    put_u8(out, 3);
    put_u16(out, ranges);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && select[i] == select[i - 1])
            continue;
        put_u16(out, i);
        put_u8(out, select[i]);
    }
    put_u16(out, count);
}

/* Without hints the widths are all that a Private DICT says. */
static void put_private(Buffer *out, const CffPrivate *private)
{
    put_entry(out, DICT_DEFAULT_W, private->default_width);
    put_entry(out, DICT_NOMINAL_W, private->nominal_width);
}

/* The FDArray, then the Private DICTs that it points to. */
void cff_write_tail(Buffer *out, const CffSubset *work, size_t start)
{
    Buffer dicts = {0}, privates = {0};
    uint32_t ends[FONT_LIMIT];
    size_t places[FONT_LIMIT], starts[FONT_LIMIT], before = out->len;
    for (size_t i = 0; i < work->font_count; i++) {
        Slice dict = {NULL, 0};
        starts[i] = privates.len;
        put_private(&privates, &work->face->privates[work->old_fonts[i]]);
        if (work->face->cff.cid_keyed && cff_font_dict(&work->face->cff, work->old_fonts[i], &dict))
            copy_entry(&dicts, dict, DICT_MATRIX); /* a name-keyed font's stands in the Top DICT */
        put_number(&dicts, (int32_t)(privates.len - starts[i]));
        places[i] = dicts.len;
        put_entry(&dicts, DICT_PRIVATE, 0);
        ends[i] = (uint32_t)dicts.len;
    }
    put_index_head(out, ends, work->font_count);
    size_t base = out->len;
    buffer_append(out, dicts.bytes, dicts.len);
    for (size_t i = 0; i < work->font_count; i++)
        fill_in(out, base + places[i], start + out->len - before + starts[i]);
    if (privates.len > 0)
        buffer_append(out, privates.bytes, privates.len);
    buffer_release(&dicts);
    buffer_release(&privates);
}

void cff_write_head(Buffer *out, const char *name, const CffSubset *work, size_t count)
{
    static const uint8_t header[4] = {1, 0, 4, 4};
    static const char strings[] = "AdobeIdentity";
    static const uint32_t string_ends[2] = {5, 13};
    TopOffsets offsets;
    size_t name_len = strlen(name);
    buffer_append(out, header, sizeof header);
    put_index_one(out, name, name_len < 127 ? name_len : 127);
    put_top(out, work, count, &offsets);
    put_index_head(out, string_ends, 2);
    buffer_append(out, strings, string_ends[1]);
    put_index_head(out, NULL, 0); /* Global Subr INDEX */
    fill_in(out, offsets.charset, out->len);
    put_charset(out, count);
    fill_in(out, offsets.select, out->len);
    put_select(out, work->select, count);
    fill_in(out, offsets.charstrings, out->len);
    put_index_head(out, work->ends, count);
    fill_in(out, offsets.fonts, out->len + work->ends[count - 1]);
}
