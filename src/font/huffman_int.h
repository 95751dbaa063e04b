/* Deflate's Huffman codes of bytes, without matches, and the bits written with them (RFC 1951, 3.2). Private to font/.
 *
 * Outlines hardly repeat: all that deflate finds in a font program beyond its codes are 3 % at many times the cost. */
#ifndef GONGKAI_FONT_HUFFMAN_INT_H
#define GONGKAI_FONT_HUFFMAN_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    HUFFMAN_END = 256, /* of the block: the symbol after those of the bytes */
    HUFFMAN_SYMBOLS = 257,
    HUFFMAN_WORD_BITS = 14, /* the longest word; four fit between two flushes */
    HUFFMAN_HEAD_MAX = 280, /* [bytes] of a block's head, and 8 that may be read past it */
};

/* A symbol's word, its first bit lowest. */
typedef struct HuffmanWord {
    uint16_t bits, count;
} HuffmanWord;

/* A block's code: its words, and the head that tells them to a reader. */
typedef struct HuffmanCode {
    HuffmanWord words[HUFFMAN_SYMBOLS];
    uint8_t head[HUFFMAN_HEAD_MAX];
    size_t head_bits; /* without the bit before, which says whether the block is the last */
} HuffmanCode;
/* From how often each byte is met, 0 as 1: any can be written. */
void huffman_code_make(HuffmanCode *code, const uint32_t weights[256]);

/* ---- bits ---------------------------------------------------------------------------------------------------------
 * Each call of bits_flush writes eight bytes, of which up to seven are written again by the next. */

typedef struct Bits {
    uint64_t held; /* the low `count` bits are still to be written; at most 7 after a flush */
    unsigned count;
    uint8_t *out;
} Bits;

/* At most 56 bits between two flushes. */
static inline void bits_put(Bits *bits, uint64_t value, unsigned count)
{
    bits->held |= value << bits->count;
    bits->count += count;
}

static inline void bits_flush(Bits *bits)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(bits->out, &bits->held, sizeof bits->held);
#else
    for (int i = 0; i < 8; i++)
        bits->out[i] = (uint8_t)(bits->held >> 8 * i);
#endif
    bits->out += bits->count / 8;
    bits->held >>= bits->count & ~7u;
    bits->count &= 7;
}

static inline uint64_t bits_read(const uint8_t *at)
{
    uint64_t value = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&value, at, sizeof value);
#else
    for (int i = 0; i < 8; i++)
        value |= (uint64_t)at[i] << 8 * i;
#endif
    return value;
}

/* Bits written before; up to 8 bytes past them are read. */
static inline void bits_copy(Bits *bits, const uint8_t *from, size_t count)
{
    Bits own = *bits; /* in registers */
    for (; count >= 56; count -= 56, from += 7) {
        bits_put(&own, bits_read(from) & (UINT64_MAX >> 8), 56);
        bits_flush(&own);
    }
    bits_put(&own, bits_read(from) & ((UINT64_C(1) << count) - 1), (unsigned)count);
    bits_flush(&own);
    *bits = own;
}

/* A block's head; `last`: no other follows. */
void huffman_begin(Bits *bits, const HuffmanCode *code, bool last);
void huffman_put(Bits *bits, const HuffmanCode *code, const uint8_t *bytes, size_t len);
void huffman_end(Bits *bits, const HuffmanCode *code);

#endif
