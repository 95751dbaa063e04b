/* Bytes -> their SHA-256 digest (FIPS 180-4 section 6.2). */
#include "base/sha256.h"
#include "base/sha256_int.h"

#include <string.h>

const uint32_t SHA256_CONSTANTS[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t word, int bits)
{
    return word >> bits | word << (32 - bits);
}

/* One round: the names of the eight words move on instead of the words. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                                          \
    do {                                                                                                          \
        uint32_t first = (h) + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (((e) & (f)) ^ (~(e) & (g))) +    \
                         SHA256_CONSTANTS[i] + w[i];                                                              \
        (d) += first;                                                                                             \
        (h) = first + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (((a) & (b)) ^ ((a) & (c)) ^ ((b) & (c))); \
    } while (0)

static void block_add(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6],
             h = state[7];
    for (int i = 0; i < 64; i += 8) {
        ROUND(a, b, c, d, e, f, g, h, i);
        ROUND(h, a, b, c, d, e, f, g, i + 1);
        ROUND(g, h, a, b, c, d, e, f, i + 2);
        ROUND(f, g, h, a, b, c, d, e, i + 3);
        ROUND(e, f, g, h, a, b, c, d, i + 4);
        ROUND(d, e, f, g, h, a, b, c, i + 5);
        ROUND(c, d, e, f, g, h, a, b, i + 6);
        ROUND(b, c, d, e, f, g, h, a, i + 7);
    }
    const uint32_t sums[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; i++)
        state[i] += sums[i];
}

void sha256_plain_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
    for (; blocks > 0; blocks--, bytes += 64)
        block_add(state, bytes);
}

static void blocks_add(Sha256 *hash, const unsigned char *bytes, size_t blocks)
{
    if (hash->fast)
        sha256_fast_blocks(hash->state, bytes, blocks);
    else
        sha256_plain_blocks(hash->state, bytes, blocks);
}

void sha256_begin(Sha256 *hash)
{
    static const uint32_t START[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(hash->state, START, sizeof START);
    hash->len = 0;
    hash->fast = sha256_fast_there();
}

void sha256_add(Sha256 *hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    size_t held = hash->len % 64;
    hash->len += len;
    if (held + len < 64) {
        if (len > 0)
            memcpy(hash->block + held, at, len);
        return;
    }
    if (held > 0) {
        memcpy(hash->block + held, at, 64 - held);
        blocks_add(hash, hash->block, 1);
        at += 64 - held;
        len -= 64 - held;
    }
    if (len >= 64) {
        blocks_add(hash, at, len / 64);
        at += len / 64 * 64;
        len %= 64;
    }
    if (len > 0)
        memcpy(hash->block, at, len);
}

void sha256_add_int(Sha256 *hash, int64_t value)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
    sha256_add(hash, bytes, sizeof bytes);
}

void sha256_add_text(Sha256 *hash, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    sha256_add_int(hash, text ? (int64_t)len : -1);
    sha256_add(hash, text, len);
}

void sha256_end(Sha256 *hash, unsigned char digest[SHA256_BYTES])
{
    static const unsigned char PADDING[64] = {0x80};
    uint64_t bits = hash->len * 8;
    sha256_add(hash, PADDING, 1 + (119 - hash->len % 64) % 64);
    sha256_add_int(hash, (int64_t)bits);
    for (int i = 0; i < SHA256_BYTES; i++)
        digest[i] = (unsigned char)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_end_hex(Sha256 *hash, char hex[SHA256_HEX])
{
    static const char DIGITS[] = "0123456789abcdef";
    unsigned char digest[SHA256_BYTES];
    sha256_end(hash, digest);
    for (int i = 0; i < SHA256_BYTES; i++) {
        hex[2 * i] = DIGITS[digest[i] >> 4];
        hex[2 * i + 1] = DIGITS[digest[i] & 15];
    }
    hex[SHA256_HEX - 1] = '\0';
}

void sha256_hex_of(const void *bytes, size_t len, char hex[SHA256_HEX])
{
    Sha256 hash;
    sha256_begin(&hash);
    sha256_add(&hash, bytes, len);
    sha256_end_hex(&hash, hex);
}
