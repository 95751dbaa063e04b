/* Glyph ids -> a bare CFF table, CID-keyed with CID = new glyph id (Adobe Technical Note 5176; ISO 32000-1 9.9), as it
 * is or as a zlib stream (RFC 1950) put together from the bits of its glyphs. */
#include <libdeflate.h>
#include <string.h>

#include "font/cff_write_int.h"
#include "font/subset_int.h"

#define ADLER_BASE 65521

/* The next glyph, whose charstring is `len` bytes long, is of an old font DICT. */
static bool add_glyph(CffSubset *work, size_t index, size_t len, uint32_t font)
{
    uint64_t end = len + (uint64_t)(index > 0 ? work->ends[index - 1] : 0);
    if (!work->used[font]) {
        work->used[font] = true;
        work->new_fonts[font] = (uint8_t)work->font_count;
        work->old_fonts[work->font_count++] = (uint8_t)font;
    }
    work->select[index] = work->new_fonts[font];
    work->ends[index] = (uint32_t)end;
    return end <= INT32_MAX;
}

/* ---- plain --------------------------------------------------------------------------------------------------------
 */

static bool read_charstrings(CffSubset *work, FontSubset *subset, Buffer *codes)
{
    uint8_t flat[CHARSTRING_LIMIT];
    for (size_t i = 0; i < subset->count; i++) {
        Slice code;
        uint32_t font;
        if (!cff_face_glyph(work->face, subset->old_glyphs[i], flat, &code, &font, &subset->advances[i]) ||
            !add_glyph(work, i, code.len, font))
            return false;
        buffer_append(codes, code.at, code.len);
    }
    return true;
}

static bool make_plain(const Font *font, CffSubset *work, Arena *arena, FontSubset *subset)
{
    Buffer codes = {0}, out = {0};
    bool sound = read_charstrings(work, subset, &codes);
    if (sound) {
        cff_write_head(&out, font->info.postscript_name, work, subset->count);
        buffer_append(&out, codes.bytes, codes.len);
        cff_write_tail(&out, work, out.len);
        subset->bytes = arena_copy(arena, out.bytes, out.len);
        subset->len = out.len;
    }
    buffer_release(&codes);
    buffer_release(&out);
    return sound;
}

/* ---- packed -------------------------------------------------------------------------------------------------------
 */

static const GlyphCode **find_codes(const Font *font, CffSubset *work, FontSubset *subset, Arena *arena, size_t *bits)
{
    const GlyphCode **codes = arena_array_of(arena, const GlyphCode *, subset->count);
    *bits = 0;
    for (size_t i = 0; i < subset->count; i++) {
        codes[i] = glyph_code(font, work->face, subset->old_glyphs[i], arena);
        if (!codes[i] || !add_glyph(work, i, codes[i]->len, codes[i]->font))
            return NULL;
        subset->advances[i] = codes[i]->advance;
        *bits += codes[i]->bit_count;
    }
    return codes;
}

/* The Adler-32 of bytes and of what follows them, of which `next` is the sums alone (RFC 1950, 8.2). */
static uint32_t adler_join(uint32_t sum, const GlyphCode *next)
{
    uint64_t low = sum & 0xFFFF, high = sum >> 16;
    high = (high + next->len * (low + ADLER_BASE - 1) + next->sums[1]) % ADLER_BASE;
    low = (low + next->sums[0] + ADLER_BASE - 1) % ADLER_BASE;
    return (uint32_t)(high << 16 | low);
}

/* Two blocks: what stands before the charstrings, then those and what follows them. */
static void put_stream(const GlyphCoder *coder, const Buffer *head, const GlyphCode **codes, const Buffer *tail,
                       FontSubset *subset, uint8_t *out)
{
    const uint8_t *before = (const uint8_t *)head->bytes, *after = (const uint8_t *)tail->bytes;
    Bits bits = {.out = out};
    bits_put(&bits, 0x0178, 16); /* deflate, a window of 32 KB; the second byte makes a multiple of 31 (2.2) */
    huffman_begin(&bits, &coder->tables, false);
    huffman_put(&bits, &coder->tables, before, head->len);
    huffman_end(&bits, &coder->tables);
    huffman_begin(&bits, &coder->outlines, true);
    uint32_t sum = libdeflate_adler32(1, before, head->len);
    for (size_t i = 0; i < subset->count; i++) {
        bits_copy(&bits, codes[i]->bits, codes[i]->bit_count);
        sum = adler_join(sum, codes[i]);
    }
    huffman_put(&bits, &coder->outlines, after, tail->len);
    huffman_end(&bits, &coder->outlines);
    uint8_t *end = bits.out + (bits.count > 0);
    write_u32(end, libdeflate_adler32(sum, after, tail->len));
    subset->packed = out;
    subset->packed_len = (size_t)(end + 4 - out);
}

static bool make_packed(const Font *font, CffSubset *work, Arena *arena, FontSubset *subset)
{
    const GlyphCoder *coder = glyph_coder(font, work->face);
    size_t bit_count;
    const GlyphCode **codes = find_codes(font, work, subset, arena, &bit_count);
    if (!codes)
        return false;
    Buffer head = {0}, tail = {0};
    cff_write_head(&head, font->info.postscript_name, work, subset->count);
    size_t charstrings = work->ends[subset->count - 1];
    cff_write_tail(&tail, work, head.len + charstrings);
    subset->len = head.len + charstrings + tail.len;
    size_t room = bit_count / 8 + 2 * (head.len + tail.len) + 2 * HUFFMAN_HEAD_MAX + 64;
    put_stream(coder, &head, codes, &tail, subset, arena_alloc_unset(arena, room, 1));
    buffer_release(&head);
    buffer_release(&tail);
    return true;
}

bool subset_cff(const Font *font, const uint32_t *glyphs, size_t count, bool packed, Arena *arena, FontSubset *subset)
{
    CffSubset *work = arena_new_of(arena, CffSubset);
    work->face = cff_face(font);
    if (!work->face)
        return false;
    subset->count = count;
    subset->cid_keyed = true;
    subset->old_glyphs = arena_copy(arena, glyphs, count * sizeof *glyphs);
    subset->advances = arena_array_of(arena, int, count);
    work->select = arena_alloc(arena, count);
    work->ends = arena_array_of(arena, uint32_t, count);
    return packed ? make_packed(font, work, arena, subset) : make_plain(font, work, arena, subset);
}
