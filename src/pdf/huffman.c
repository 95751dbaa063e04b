/* Bytes -> a zlib stream of Huffman-coded literals (RFC 1951, 3.2.7), block by block. */
#include "pdf/huffman.h"

#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = 65536,      /* [bytes] the code is made anew for each: outlines differ from tables */
    LITERALS = 257,     /* the bytes and the end of the block */
    END = 256,          /* its code */
    LENGTHS = 16,       /* lengths of codes, 0 to 15, each written as such: no repeats of lengths */
    LENGTH_CODES = 19,  /* the alphabet that lengths are written in has three more, which are not used */
    CODE_BITS = 15,     /* the longest code of a literal */
    LENGTH_BITS = 7,    /* the longest code of a length */
    HEAD_BITS = 3 + 14, /* of a block: kind, and three counts */
};

typedef struct Bits {
    uint64_t held; /* the low `count` bits are still to be written */
    int count;
    unsigned char *out;
} Bits;

/* At most 56 bits held with the new ones. */
static inline void bits_put(Bits *bits, uint64_t value, int count)
{
    bits->held |= value << bits->count;
    bits->count += count;
}

static inline void bits_flush(Bits *bits)
{
    for (; bits->count >= 8; bits->count -= 8, bits->held >>= 8)
        *bits->out++ = (unsigned char)bits->held;
}

/* The same eight bytes at a time: writes past the end, never more than seven. */
static inline void bits_flush_fast(Bits *bits)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(bits->out, &bits->held, sizeof bits->held);
#else
    for (int i = 0; i < 8; i++)
        bits->out[i] = (unsigned char)(bits->held >> 8 * i);
#endif
    bits->out += bits->count / 8;
    bits->held >>= bits->count & ~7;
    bits->count &= 7;
}

/* ---- codes ------------------------------------------------------------------------------------------------------- */

typedef struct Leaf {
    uint32_t weight;
    uint16_t symbol;
} Leaf;

static int compare_leaves(const void *a, const void *b)
{
    const Leaf *left = a, *right = b;
    int order = (left->weight > right->weight) - (left->weight < right->weight);
    return order ? order : (left->symbol > right->symbol) - (left->symbol < right->symbol);
}

/* Huffman's tree over leaves in the order of their weights: `parent` of the leaves, then of the nodes above them. */
static void tree_build(const Leaf *leaves, size_t count, uint16_t *parent)
{
    uint32_t weights[2 * LITERALS];
    size_t leaf = 0, node = count, end = count;
    for (size_t i = 0; i < count; i++)
        weights[i] = leaves[i].weight;
    for (; end < 2 * count - 1; end++) {
        weights[end] = 0;
        for (int half = 0; half < 2; half++) {
            size_t least = leaf < count && (node >= end || weights[leaf] <= weights[node]) ? leaf++ : node++;
            weights[end] += weights[least];
            parent[least] = (uint16_t)end;
        }
    }
}

/* Lengths of the codes by weight, 0 for weight 0; too long ones are made shorter by evening the weights out. */
static void lengths_find(const uint32_t *weights, size_t symbols, int most, uint8_t *lengths)
{
    Leaf leaves[LITERALS];
    size_t count = 0;
    memset(lengths, 0, symbols);
    for (size_t i = 0; i < symbols; i++)
        if (weights[i] > 0)
            leaves[count++] = (Leaf){weights[i], (uint16_t)i};
    for (size_t i = 0; count < 2; i++) { /* a code has two words at least */
        if (weights[i] == 0)
            leaves[count++] = (Leaf){1, (uint16_t)i};
    }
    for (bool fits = false; !fits;) {
        uint16_t parent[2 * LITERALS];
        uint8_t depth[2 * LITERALS];
        qsort(leaves, count, sizeof *leaves, compare_leaves);
        tree_build(leaves, count, parent);
        depth[2 * count - 2] = 0;
        fits = true;
        for (size_t i = 2 * count - 2; i-- > 0;)
            depth[i] = (uint8_t)(depth[parent[i]] + 1);
        for (size_t i = 0; i < count; i++) {
            fits &= depth[i] <= most;
            lengths[leaves[i].symbol] = depth[i];
            leaves[i].weight = leaves[i].weight / 2 + 1;
        }
    }
}

/* The codes in the order of RFC 1951, 3.2.2, their bits turned round: they are written from the highest on. */
static void codes_find(const uint8_t *lengths, size_t symbols, uint16_t *codes)
{
    unsigned counts[LENGTHS] = {0}, next[LENGTHS] = {0};
    for (size_t i = 0; i < symbols; i++)
        counts[lengths[i]]++;
    counts[0] = 0;
    for (int i = 1; i < LENGTHS; i++)
        next[i] = (next[i - 1] + counts[i - 1]) << 1;
    for (size_t i = 0; i < symbols; i++) {
        unsigned code = next[lengths[i]]++, turned = 0;
        for (int bit = 0; bit < lengths[i]; bit++)
            turned |= (code >> bit & 1) << (lengths[i] - 1 - bit);
        codes[i] = (uint16_t)turned;
    }
}

/* ---- blocks ------------------------------------------------------------------------------------------------------ */

static void weigh(const unsigned char *bytes, size_t len, uint32_t *weights)
{
    uint32_t odd[256] = {0}; /* two tables: a run of one byte does not wait for itself */
    size_t i = 0;
    for (; i + 1 < len; i += 2) {
        weights[bytes[i]]++;
        odd[bytes[i + 1]]++;
    }
    if (i < len)
        weights[bytes[i]]++;
    for (size_t k = 0; k < 256; k++)
        weights[k] += odd[k];
    weights[END] = 1;
}

static void head_put(Bits *bits, const uint8_t *lengths, bool last)
{
    static const uint8_t ORDER[LENGTH_CODES] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    uint32_t weights[LENGTHS] = {0};
    uint8_t short_lengths[LENGTH_CODES] = {0};
    uint16_t codes[LENGTH_CODES];
    for (size_t i = 0; i < LITERALS; i++)
        weights[lengths[i]]++;
    weights[1] += 2; /* two distances of one bit, which no one uses: some readers want a whole code */
    lengths_find(weights, LENGTHS, LENGTH_BITS, short_lengths);
    codes_find(short_lengths, LENGTH_CODES, codes);
    bits_put(bits, last | 2u << 1, 3);
    bits_put(bits, (LITERALS - 257) | (2 - 1) << 5 | (LENGTH_CODES - 4) << 10, 14);
    bits_flush(bits);
    for (size_t i = 0; i < LENGTH_CODES; i++) {
        bits_put(bits, short_lengths[ORDER[i]], 3);
        bits_flush(bits);
    }
    for (size_t i = 0; i < LITERALS + 2; i++) {
        uint8_t length = i < LITERALS ? lengths[i] : 1;
        bits_put(bits, codes[length], short_lengths[length]);
        bits_flush(bits);
    }
}

static void block_put(Bits *bits, const unsigned char *bytes, size_t len, bool last)
{
    uint32_t weights[LITERALS] = {0};
    uint8_t lengths[LITERALS];
    uint16_t codes[LITERALS];
    weigh(bytes, len, weights);
    lengths_find(weights, LITERALS, CODE_BITS, lengths);
    codes_find(lengths, LITERALS, codes);
    head_put(bits, lengths, last);
    size_t i = 0;
    Bits own = *bits;              /* in registers */
    for (; i + 3 <= len; i += 3) { /* 3 times 15 bits and the 7 held fit */
        bits_put(&own, codes[bytes[i]], lengths[bytes[i]]);
        bits_put(&own, codes[bytes[i + 1]], lengths[bytes[i + 1]]);
        bits_put(&own, codes[bytes[i + 2]], lengths[bytes[i + 2]]);
        bits_flush_fast(&own);
    }
    *bits = own;
    for (; i < len; i++) {
        bits_put(bits, codes[bytes[i]], lengths[bytes[i]]);
        bits_flush(bits);
    }
    bits_put(bits, codes[END], lengths[END]);
    bits_flush(bits);
}

size_t huffman_bound(size_t len)
{
    /* No code of a block is worse than eight bits a byte by more than its head: Huffman's is the best there is, but for
     * evened weights; two bytes a byte hold any. Eight more are written past the end. */
    size_t blocks = len / BLOCK + 1;
    return 2 * len + blocks * (HEAD_BITS + LENGTH_CODES * 3 + (LITERALS + 2) * LENGTH_BITS + CODE_BITS) / 8 + 16;
}

size_t huffman_deflate(const unsigned char *bytes, size_t len, unsigned char *out)
{
    Bits bits = {.out = out};
    *bits.out++ = 0x78; /* deflate, a window of 32 KB; the second byte makes a multiple of 31 (RFC 1950, 2.2) */
    *bits.out++ = 0x01;
    size_t at = 0;
    do {
        size_t piece = len - at < BLOCK ? len - at : BLOCK;
        block_put(&bits, bytes + at, piece, at + piece == len);
        at += piece;
    } while (at < len);
    if (bits.count > 0)
        *bits.out++ = (unsigned char)bits.held;
    uint32_t sum = libdeflate_adler32(1, bytes, len);
    for (int shift = 24; shift >= 0; shift -= 8)
        *bits.out++ = (unsigned char)(sum >> shift);
    return (size_t)(bits.out - out);
}
