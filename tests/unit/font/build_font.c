/* A handful of charstrings -> an OpenType font, so that tests meet what the default fonts do not have. */
#include <string.h>

#include "font_tests.h"

static void put(Buffer *out, uint32_t value, unsigned bytes)
{
    for (unsigned i = bytes; i-- > 0;) {
        uint8_t byte = (uint8_t)(value >> (8 * i));
        buffer_append(out, &byte, 1);
    }
}

static void put_index(Buffer *out, const Slice *items, size_t count)
{
    put(out, (uint32_t)count, 2);
    if (count == 0)
        return;
    put(out, 2, 1);
    uint32_t offset = 1;
    put(out, offset, 2);
    for (size_t i = 0; i < count; i++)
        put(out, offset += (uint32_t)items[i].len, 2);
    for (size_t i = 0; i < count; i++)
        buffer_append(out, items[i].at, items[i].len);
}

static void put_number(Buffer *out, uint32_t value, unsigned op)
{
    put(out, 29, 1);
    put(out, value, 4);
    if (op != 0)
        put(out, op, 1);
}

#define TOP_SIZE     17 /* CharStrings 6, Private 11 */
#define PRIVATE_SIZE 18 /* three numbers with their operators */

static void put_cff(Buffer *out, const BuiltFont *built)
{
    Buffer strings = {0};
    put_index(&strings, built->charstrings, built->glyph_count);
    put(out, 0x01000401, 4);
    put_index(out, &(Slice){(const uint8_t *)"Built", 5}, 1);
    put(out, 1, 2); /* Top DICT INDEX */
    put(out, 1, 1);
    put(out, 1, 1);
    put(out, 1 + TOP_SIZE, 1);
    Buffer globals = {0};
    put_index(&globals, built->globals, built->global_count);
    uint32_t charstrings = (uint32_t)(out->len + TOP_SIZE + 2 + globals.len);
    put_number(out, charstrings, 17);
    put_number(out, PRIVATE_SIZE, 0);
    put_number(out, charstrings + (uint32_t)strings.len, 18);
    put(out, 0, 2); /* String INDEX */
    buffer_append(out, globals.bytes, globals.len);
    buffer_append(out, strings.bytes, strings.len);
    put_number(out, BUILT_DEFAULT_WIDTH, 20);
    put_number(out, BUILT_NOMINAL_WIDTH, 21);
    put_number(out, PRIVATE_SIZE, 19);
    put_index(out, built->locals, built->local_count);
    buffer_release(&strings);
    buffer_release(&globals);
}

static void put_head(Buffer *out)
{
    put(out, 0x00010000, 4);
    put(out, 0x00010000, 4);
    put(out, 0, 4);
    put(out, 0x5F0F3CF5, 4);
    put(out, 0, 2);
    put(out, 1000, 2);
    for (int i = 0; i < 4; i++)
        put(out, 0, 4);      /* created, modified */
    put(out, 0x0000FF38, 4); /* 0 -200 1000 800 */
    put(out, 0x03E80320, 4);
    put(out, 0, 4);
    put(out, 0x00020000, 4);
    put(out, 0, 2);
}

static void put_hhea(Buffer *out, size_t glyphs)
{
    put(out, 0x00010000, 4);
    put(out, 0x0320FF38, 4); /* 800 -200 */
    for (int i = 0; i < 13; i++)
        put(out, 0, 2);
    put(out, (uint32_t)glyphs, 2);
}

static void put_cmap(Buffer *out, size_t glyphs)
{
    put(out, 1, 4);
    put(out, 0x0003000A, 4); /* Windows, UCS-4 */
    put(out, 12, 4);
    put(out, 0x000C0000, 4);
    put(out, 16 + 12, 4);
    put(out, 0, 4);
    put(out, 1, 4);
    put(out, BUILT_FIRST_CODE, 4);
    put(out, BUILT_FIRST_CODE + (uint32_t)glyphs - 2, 4);
    put(out, 1, 4);
}

static void put_os2(Buffer *out, const BuiltFont *built)
{
    size_t start = out->len;
    put(out, built->os2_version, 2);
    put(out, 500, 2);
    put(out, 700, 2);
    put(out, 5, 2);
    put(out, built->fs_type, 2);
    while (out->len - start < 96)
        put(out, 0, 1);
}

MemoryFile build_font(const BuiltFont *built)
{
    Buffer tables[7] = {{0}}, file = {0};
    static const uint32_t tags[7] = {
        SFNT_TAG('C', 'F', 'F', ' '), SFNT_TAG('O', 'S', '/', '2'), SFNT_TAG('c', 'm', 'a', 'p'),
        SFNT_TAG('h', 'e', 'a', 'd'), SFNT_TAG('h', 'h', 'e', 'a'), SFNT_TAG('h', 'm', 't', 'x'),
        SFNT_TAG('m', 'a', 'x', 'p'),
    };
    put_cff(&tables[0], built);
    put_os2(&tables[1], built);
    put_cmap(&tables[2], built->glyph_count);
    put_head(&tables[3]);
    put_hhea(&tables[4], built->glyph_count);
    for (size_t i = 0; i < built->glyph_count; i++)
        put(&tables[5], 0x01F40000, 4);
    put(&tables[6], 0x00005000, 4);
    put(&tables[6], (uint32_t)built->glyph_count, 2);

    put(&file, SFNT_TAG('O', 'T', 'T', 'O'), 4);
    put(&file, 0x00070040, 4);
    put(&file, 0x00020030, 4);
    uint32_t offset = 12 + 16 * 7;
    for (size_t i = 0; i < 7; i++) {
        put(&file, i == 0 && built->no_outlines ? SFNT_TAG('E', 'B', 'D', 'T') : tags[i], 4);
        put(&file, 0, 4);
        put(&file, offset, 4);
        put(&file, (uint32_t)tables[i].len, 4);
        offset += (uint32_t)(tables[i].len + 3) / 4 * 4;
    }
    for (size_t i = 0; i < 7; i++) {
        buffer_append(&file, tables[i].bytes, tables[i].len);
        while (file.len % 4 != 0)
            put(&file, 0, 1);
        buffer_release(&tables[i]);
    }
    MemoryFile memory = memory_file(file.bytes, file.len);
    buffer_release(&file);
    return memory;
}
