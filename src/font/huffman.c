/* How often symbols are met -> deflate's Huffman codes and the heads of blocks (RFC 1951, 3.2.2, 3.2.7). */
#include "font/huffman_int.h"

#include <stdlib.h>

enum {
    DISTANCES = 2, /* no one uses them, but some readers want a whole code */
    SYMBOLS = HUFFMAN_SYMBOLS + DISTANCES,
    LENGTH_CODES = 19, /* the alphabet that lengths of words are told in */
    LENGTH_BITS = 7,   /* its longest word */
    REPEAT = 16,       /* the length before, 3 to 6 times more */
};

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

/* Huffman's tree over leaves in the order of their weights: `parents` of the leaves, then of the nodes above them. */
static void build_tree(const Leaf *leaves, size_t count, uint16_t *parents)
{
    uint32_t weights[2 * SYMBOLS];
    size_t leaf = 0, node = count, end = count;
    for (size_t i = 0; i < count; i++)
        weights[i] = leaves[i].weight;
    for (; end < 2 * count - 1; end++) {
        weights[end] = 0;
        for (int half = 0; half < 2; half++) {
            size_t least = leaf < count && (node >= end || weights[leaf] <= weights[node]) ? leaf++ : node++;
            weights[end] += weights[least];
            parents[least] = (uint16_t)end;
        }
    }
}

/* Lengths of the words, 0 for weight 0; too long ones are made shorter by evening the weights out. */
static void find_lengths(const uint32_t *weights, size_t symbols, unsigned most, uint8_t *lengths)
{
    Leaf leaves[SYMBOLS];
    size_t count = 0;
    memset(lengths, 0, symbols);
    for (size_t i = 0; i < symbols; i++)
        if (weights[i] > 0)
            leaves[count++] = (Leaf){weights[i], (uint16_t)i};
    for (size_t i = 0; count < 2; i++) /* some readers want two words at least */
        if (weights[i] == 0)
            leaves[count++] = (Leaf){1, (uint16_t)i};
    for (bool fits = false; !fits;) {
        uint16_t parents[2 * SYMBOLS];
        uint8_t depths[2 * SYMBOLS];
        qsort(leaves, count, sizeof *leaves, compare_leaves);
        build_tree(leaves, count, parents);
        depths[2 * count - 2] = 0;
        fits = true;
        for (size_t i = 2 * count - 2; i-- > 0;)
            depths[i] = (uint8_t)(depths[parents[i]] + 1);
        for (size_t i = 0; i < count; i++) {
            fits &= depths[i] <= most;
            lengths[leaves[i].symbol] = depths[i];
            leaves[i].weight = leaves[i].weight / 2 + 1;
        }
    }
}

/* In the order of 3.2.2, turned round: words are written from their highest bit on. */
static void find_words(const uint8_t *lengths, size_t symbols, HuffmanWord *words)
{
    unsigned counts[16] = {0}, next[16] = {0};
    for (size_t i = 0; i < symbols; i++)
        counts[lengths[i]]++;
    counts[0] = 0;
    for (int i = 1; i < 16; i++)
        next[i] = (next[i - 1] + counts[i - 1]) << 1;
    for (size_t i = 0; i < symbols; i++) {
        unsigned word = next[lengths[i]]++, turned = 0;
        for (unsigned bit = 0; bit < lengths[i]; bit++)
            turned |= (word >> bit & 1) << (lengths[i] - 1u - bit);
        words[i] = (HuffmanWord){(uint16_t)turned, lengths[i]};
    }
}

/* ---- the head of a block ----------------------------------------------------------------------------------------- */

typedef struct Length {
    uint8_t symbol, extra, extra_bits;
} Length;

/* The lengths of all words, with repeats told as such. */
static size_t shorten_lengths(const uint8_t lengths[SYMBOLS], Length told[SYMBOLS])
{
    size_t made = 0;
    for (size_t i = 0, run; i < SYMBOLS; i += run) {
        for (run = 1; i + run < SYMBOLS && lengths[i + run] == lengths[i];)
            run++;
        if (i > 0 && lengths[i - 1] == lengths[i] && run >= 3) {
            run = run < 6 ? run : 6;
            told[made++] = (Length){REPEAT, (uint8_t)(run - 3), 2};
        } else {
            run = 1;
            told[made++] = (Length){lengths[i], 0, 0};
        }
    }
    return made;
}

static void make_head(HuffmanCode *code, const uint8_t lengths[SYMBOLS])
{
    static const uint8_t ORDER[LENGTH_CODES] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    Length told[SYMBOLS];
    size_t count = shorten_lengths(lengths, told), codes = LENGTH_CODES;
    uint32_t weights[LENGTH_CODES] = {0};
    uint8_t own[LENGTH_CODES];
    HuffmanWord words[LENGTH_CODES];
    for (size_t i = 0; i < count; i++)
        weights[told[i].symbol]++;
    find_lengths(weights, LENGTH_CODES, LENGTH_BITS, own);
    find_words(own, LENGTH_CODES, words);
    while (codes > 4 && own[ORDER[codes - 1]] == 0)
        codes--;
    Bits bits = {.out = code->head};
    bits_put(&bits, 2, 2); /* a block with a code of its own */
    bits_put(&bits, (HUFFMAN_SYMBOLS - 257) | (DISTANCES - 1) << 5 | (codes - 4) << 10, 14);
    bits_flush(&bits);
    for (size_t i = 0; i < codes; i++) {
        bits_put(&bits, own[ORDER[i]], 3);
        bits_flush(&bits);
    }
    for (size_t i = 0; i < count; i++) {
        bits_put(&bits, words[told[i].symbol].bits, words[told[i].symbol].count);
        bits_put(&bits, told[i].extra, told[i].extra_bits);
        bits_flush(&bits);
    }
    code->head_bits = 8 * (size_t)(bits.out - code->head) + bits.count;
}

void huffman_code_make(HuffmanCode *code, const uint32_t weights[256])
{
    uint32_t all[HUFFMAN_SYMBOLS];
    uint8_t lengths[SYMBOLS];
    for (size_t i = 0; i < HUFFMAN_SYMBOLS; i++)
        all[i] = i < 256 && weights[i] > 0 ? weights[i] : 1;
    find_lengths(all, HUFFMAN_SYMBOLS, HUFFMAN_WORD_BITS, lengths);
    find_words(lengths, HUFFMAN_SYMBOLS, code->words);
    memset(lengths + HUFFMAN_SYMBOLS, 1, DISTANCES);
    make_head(code, lengths);
}

/* ---- blocks --------------------------------------------------------------------------------------------------------
 */

void huffman_begin(Bits *bits, const HuffmanCode *code, bool last)
{
    bits_put(bits, last, 1);
    bits_flush(bits);
    bits_copy(bits, code->head, code->head_bits);
}

void huffman_put(Bits *bits, const HuffmanCode *code, const uint8_t *bytes, size_t len)
{
    const HuffmanWord *words = code->words;
    Bits own = *bits; /* in registers */
    size_t i = 0;
    for (; i + 4 <= len; i += 4) {
        for (size_t k = 0; k < 4; k++)
            bits_put(&own, words[bytes[i + k]].bits, words[bytes[i + k]].count);
        bits_flush(&own);
    }
    for (; i < len; i++) {
        bits_put(&own, words[bytes[i]].bits, words[bytes[i]].count);
        bits_flush(&own);
    }
    *bits = own;
}

void huffman_end(Bits *bits, const HuffmanCode *code)
{
    bits_put(bits, code->words[HUFFMAN_END].bits, code->words[HUFFMAN_END].count);
    bits_flush(bits);
}
