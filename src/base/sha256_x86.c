/* Blocks of 64 bytes -> the state of SHA-256, by the instructions x86 processors have for it (Intel SHA extensions);
 * the plain way elsewhere. A notice's file is hashed several times over: this is a fifth of its time saved. */
#include "base/sha256_int.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>

#if defined(__clang__) || __GNUC__ < 11
#define LEAF_FEATURES 7
#define EBX_SHA       (1u << 29)

static bool sha_there(void)
{
    unsigned a, b, c, d;
    return __get_cpuid_count(LEAF_FEATURES, 0, &a, &b, &c, &d) && (b & EBX_SHA);
}
#else /* asked at the program's start: a virtual machine takes as long to answer as to hash 10 KB */
static bool sha_there(void)
{
    return __builtin_cpu_supports("sha");
}
#endif

bool sha256_fast_there(void)
{
    return sha_there() && __builtin_cpu_supports("sse4.1");
}

/* Four rounds: `words` of the schedule with their constants added. */
#define FOUR_ROUNDS(words)                               \
    do {                                                 \
        __m128i added = (words);                         \
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added); \
        added = _mm_shuffle_epi32(added, 0x0E);          \
        abef = _mm_sha256rnds2_epu32(abef, cdgh, added); \
    } while (0)

__attribute__((target("sha,sse4.1,ssse3"))) void sha256_fast_blocks(uint32_t state[8], const unsigned char *bytes,
                                                                    size_t blocks)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL); /* big-endian words */
    const __m128i *constants = (const __m128i *)(const void *)SHA256_CONSTANTS;
    __m128i low = _mm_loadu_si128((const __m128i *)(const void *)&state[0]);
    __m128i high = _mm_loadu_si128((const __m128i *)(const void *)&state[4]);
    low = _mm_shuffle_epi32(low, 0xB1);
    high = _mm_shuffle_epi32(high, 0x1B);
    __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xF0);
    for (; blocks > 0; blocks--, bytes += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4];
        for (int i = 0; i < 4; i++) {
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), order);
            FOUR_ROUNDS(_mm_add_epi32(w[i], _mm_loadu_si128(&constants[i])));
        }
        for (int i = 4; i < 16; i++) { /* w[t] = w[t-16] + s0(w[t-15]) + w[t-7] + s1(w[t-2]), four at a time */
            __m128i next = _mm_sha256msg1_epu32(w[0], w[1]);
            next = _mm_add_epi32(next, _mm_alignr_epi8(w[3], w[2], 4));
            next = _mm_sha256msg2_epu32(next, w[3]);
            w[0] = w[1];
            w[1] = w[2];
            w[2] = w[3];
            w[3] = next;
            FOUR_ROUNDS(_mm_add_epi32(next, _mm_loadu_si128(&constants[i])));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1B);
    high = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)(void *)&state[0], _mm_blend_epi16(low, high, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)&state[4], _mm_alignr_epi8(high, low, 8));
}

#else

bool sha256_fast_there(void)
{
    return false;
}

void sha256_fast_blocks(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
    sha256_plain_blocks(state, bytes, blocks);
}

#endif
