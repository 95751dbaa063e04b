/* The two ways of taking blocks into a state of SHA-256: equal in result. */
#ifndef GONGKAI_BASE_SHA256_INT_H
#define GONGKAI_BASE_SHA256_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const uint32_t SHA256_CONSTANTS[64];

void sha256_plain_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks);
/* Only where sha256_fast_there. */
void sha256_fast_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks);
bool sha256_fast_there(void);

#endif
