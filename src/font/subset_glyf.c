/* Glyph ids -> a TrueType font of their outlines without hints (OpenType 1.9 "Font file"; ISO 32000-1 9.9). */
#include <string.h>

#include "font/glyf_int.h"
#include "font/subset_int.h"

enum { GLYF, HEAD, HHEA, HMTX, LOCA, MAXP, TABLE_COUNT }; /* in order of their tags */

typedef struct Outfile {
    uint8_t *bytes;
    size_t len;
    size_t starts[TABLE_COUNT], lens[TABLE_COUNT];
} Outfile;

static size_t round_up(size_t len, size_t step)
{
    return (len + step - 1) / step * step;
}

static uint8_t *begin_table(Outfile *file, size_t table)
{
    file->len = round_up(file->len, 4);
    file->starts[table] = file->len;
    return file->bytes + file->len;
}

static void end_table(Outfile *file, size_t table, size_t len)
{
    file->lens[table] = len;
    file->len = file->starts[table] + len;
}

/* The outlines, and into `offsets` where each begins and the last ends. */
static bool put_outlines(Outfile *file, const Glyf *tables, const FontSubset *subset, uint32_t *offsets)
{
    uint8_t *out = begin_table(file, GLYF);
    size_t len = 0;
    for (size_t i = 0; i < subset->count; i++) {
        Slice data;
        offsets[i] = (uint32_t)len;
        if (!glyf_find(tables, subset->old_glyphs[i], &data))
            return false;
        size_t copied = glyf_copy(subset, data, out + len);
        if (copied == SIZE_MAX)
            return false;
        len = round_up(len + copied, 2); /* short offsets count in twos */
    }
    offsets[subset->count] = (uint32_t)len;
    end_table(file, GLYF, len);
    return true;
}

static void put_metrics(Outfile *file, const Font *font, const Glyf *tables, FontSubset *subset)
{
    uint8_t *hhea = begin_table(file, HHEA);
    memcpy(hhea, tables->hhea.at, 36);
    write_u16(hhea + 34, (uint32_t)subset->count);
    end_table(file, HHEA, 36);

    uint8_t *hmtx = begin_table(file, HMTX);
    uint32_t longs = font->long_metrics;
    for (size_t i = 0; i < subset->count; i++) {
        uint32_t old = subset->old_glyphs[i];
        const uint8_t *bearing = old < longs ? font->hmtx.at + 4 * (size_t)old + 2
                                             : font->hmtx.at + 4 * (size_t)longs + 2 * (size_t)(old - longs);
        subset->advances[i] = font_advance_units(font, old);
        write_u16(hmtx + 4 * i, (uint32_t)subset->advances[i]);
        memcpy(hmtx + 4 * i + 2, bearing, 2);
    }
    end_table(file, HMTX, 4 * subset->count);
}

static void put_maxp(Outfile *file, const Glyf *tables, size_t count)
{
    uint8_t *maxp = begin_table(file, MAXP);
    memcpy(maxp, tables->maxp.at, 32);
    write_u16(maxp + 4, (uint32_t)count);
    write_u16(maxp + 14, 1);     /* maxZones: no twilight zone */
    memset(maxp + 16, 0, 6 * 2); /* what only instructions need */
    end_table(file, MAXP, 32);
}

static uint32_t checksum(const uint8_t *bytes, size_t len)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < len; i += 4) /* tables are filled up to four bytes with zeros */
        sum += read_u32(bytes + i);
    return sum;
}

static void put_directory(Outfile *file)
{
    static const uint32_t tags[TABLE_COUNT] = {
        [GLYF] = SFNT_TAG('g', 'l', 'y', 'f'), [HEAD] = SFNT_TAG('h', 'e', 'a', 'd'),
        [HHEA] = SFNT_TAG('h', 'h', 'e', 'a'), [HMTX] = SFNT_TAG('h', 'm', 't', 'x'),
        [LOCA] = SFNT_TAG('l', 'o', 'c', 'a'), [MAXP] = SFNT_TAG('m', 'a', 'x', 'p'),
    };
    uint8_t *out = file->bytes;
    write_u32(out, 0x00010000);
    write_u16(out + 4, TABLE_COUNT);
    write_u16(out + 6, 64); /* searchRange, entrySelector, rangeShift of six tables */
    write_u16(out + 8, 2);
    write_u16(out + 10, 32);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        uint8_t *record = out + 12 + 16 * i;
        write_u32(record, tags[i]);
        write_u32(record + 4, checksum(out + file->starts[i], file->lens[i]));
        write_u32(record + 8, (uint32_t)file->starts[i]);
        write_u32(record + 12, (uint32_t)file->lens[i]);
    }
    file->len = round_up(file->len, 4);
    write_u32(out + file->starts[HEAD] + 8, 0xB1B0AFBA - checksum(out, file->len));
}

/* Enough for all that is written: outlines can only shrink, but for the bytes that fill them up. false when they
 * overlap so much that the font was made to exhaust memory. */
static bool measure(const Glyf *tables, const FontSubset *subset, size_t *size)
{
    size_t outlines = 0;
    *size = 12 + 16 * TABLE_COUNT + 54 + 36 + 32 + 4 * TABLE_COUNT + (4 + 4) * (subset->count + 1);
    for (size_t i = 0; i < subset->count; i++) {
        Slice data;
        if (!glyf_find(tables, subset->old_glyphs[i], &data))
            return false;
        outlines += data.len;
        *size += data.len + 1;
    }
    return outlines <= tables->glyf.len;
}

static bool put_tables(Outfile *file, const Font *font, const Glyf *tables, FontSubset *subset, Arena *arena)
{
    uint32_t *offsets = arena_array_of(arena, uint32_t, subset->count + 1);
    file->len = 12 + 16 * TABLE_COUNT;
    if (!put_outlines(file, tables, subset, offsets))
        return false;
    bool long_offsets = offsets[subset->count] > 0xFFFF * 2;
    uint8_t *head = begin_table(file, HEAD);
    memcpy(head, tables->head.at, 54);
    write_u32(head + 8, 0); /* checkSumAdjustment counts as zero in the sum */
    write_u16(head + 50, long_offsets);
    end_table(file, HEAD, 54);
    put_metrics(file, font, tables, subset);

    uint8_t *loca = begin_table(file, LOCA);
    for (size_t i = 0; i <= subset->count; i++) {
        if (long_offsets)
            write_u32(loca + 4 * i, offsets[i]);
        else
            write_u16(loca + 2 * i, offsets[i] / 2);
    }
    end_table(file, LOCA, (long_offsets ? 4 : 2) * (subset->count + 1));
    put_maxp(file, tables, subset->count);
    put_directory(file);
    return true;
}

bool subset_glyf(const Font *font, const uint32_t *glyphs, size_t count, Arena *arena, FontSubset *subset)
{
    Glyf tables;
    if (!glyf_read(font, &tables))
        return false;
    uint8_t *marked = arena_alloc(arena, tables.count);
    if (!glyf_mark_parts(&tables, glyphs, count, arena, marked, &subset->count))
        return false;
    subset->old_glyphs = arena_array_of(arena, uint32_t, subset->count);
    for (uint32_t old = 0, next = 0; old < tables.count; old++)
        if (marked[old])
            subset->old_glyphs[next++] = old;
    subset->advances = arena_array_of(arena, int, subset->count);
    subset->cid_keyed = false;

    size_t size;
    if (!measure(&tables, subset, &size))
        return false;
    Outfile file = {.bytes = arena_alloc(arena, size)};
    if (!put_tables(&file, font, &tables, subset, arena))
        return false;
    subset->bytes = file.bytes;
    subset->len = file.len;
    return true;
}
