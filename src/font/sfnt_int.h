/* Bytes of an OpenType file -> its tables, bounds checked (OpenType 1.9, "Font file"). Private to font/. */
#ifndef GONGKAI_FONT_SFNT_INT_H
#define GONGKAI_FONT_SFNT_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes inside a font file. */
typedef struct Slice {
    const uint8_t *at;
    size_t len;
} Slice;

/* An empty slice when `start` lies outside; cut at the end otherwise. */
static inline Slice slice_from(Slice slice, size_t start)
{
    if (start >= slice.len)
        return (Slice){NULL, 0};
    return (Slice){slice.at + start, slice.len - start};
}

/* false when it does not hold start .. start+len. */
static inline bool slice_part(Slice slice, size_t start, size_t len, Slice *part)
{
    if (start > slice.len || len > slice.len - start)
        return false;
    *part = (Slice){slice.at + start, len};
    return true;
}

/* Big-endian numbers; the caller has checked that they are there. */
static inline uint16_t read_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static inline int read_i16(const uint8_t *at)
{
    return (int16_t)read_u16(at);
}

static inline uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static inline void write_u16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline void write_u32(uint8_t *at, uint32_t value)
{
    write_u16(at, value >> 16);
    write_u16(at + 2, value);
}

#define SFNT_TAG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

typedef enum SfntKind {
    SFNT_NONE, /* no OpenType at all */
    SFNT_FONT,
    SFNT_COLLECTION,
    SFNT_TYPE1,
    SFNT_BITMAP, /* a bitmap font file of another format (PCF, BDF, FON) */
    SFNT_WEB,    /* WOFF: packed, must be unpacked first */
} SfntKind;
SfntKind sfnt_kind(Slice file);

/* Faces in the file: 1, or a collection's number; 0 when broken. */
uint32_t sfnt_face_count(Slice file);

typedef struct SfntDirectory {
    Slice file;
    const uint8_t *records; /* 16 bytes each */
    uint32_t count;
} SfntDirectory;
/* false when the directory of face `index` is broken. */
bool sfnt_open(Slice file, uint32_t index, SfntDirectory *directory);
/* The table's bytes, cut at the file's end; empty when it has none. */
Slice sfnt_table(const SfntDirectory *directory, uint32_t tag);

#endif
