/* SHA-256 (FIPS 180-4): what editions, data and packs are known by. */
#ifndef GONGKAI_BASE_SHA256_H
#define GONGKAI_BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32
#define SHA256_HEX   65 /* digits and the NUL */

typedef struct Sha256 {
    uint32_t state[8];
    uint64_t len; /* [bytes] taken */
    unsigned char block[64];
    bool fast; /* the processor has instructions for it: asked once, for asking is slow in a virtual machine */
} Sha256;

void sha256_begin(Sha256 *hash);
void sha256_add(Sha256 *hash, const void *bytes, size_t len);
/* Adds a number or a text so that two different sequences of additions never make the same bytes. */
void sha256_add_int(Sha256 *hash, int64_t value);
void sha256_add_text(Sha256 *hash, const char *text); /* NULL differs from "" */
void sha256_end(Sha256 *hash, unsigned char digest[SHA256_BYTES]);
void sha256_end_hex(Sha256 *hash, char hex[SHA256_HEX]); /* lower case */
void sha256_hex_of(const void *bytes, size_t len, char hex[SHA256_HEX]);

#endif
