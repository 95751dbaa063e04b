/* Two sequences -> their longest common subsequence. */
#include "revise/align_int.h"

#include <stdint.h>

#define TABLE_MAX ((size_t)4 << 20)

Alignment align(size_t before, size_t after, bool (*same)(const void *context, size_t i, size_t j), const void *context,
                Arena *arena)
{
    Alignment out = {arena_array_of(arena, AlignedPair, before < after ? before : after), 0};
    size_t head = 0, tail = 0;
    while (head < before && head < after && same(context, head, head)) {
        out.pairs[out.count++] = (AlignedPair){head, head};
        head++;
    }
    while (tail < before - head && tail < after - head && same(context, before - 1 - tail, after - 1 - tail))
        tail++;
    size_t n = before - head - tail, m = after - head - tail, width = m + 1;
    if (n > 0 && m > 0 && (n + 1) * width <= TABLE_MAX) {
        uint32_t *best = arena_array_of(arena, uint32_t, (n + 1) * width);
        unsigned char *equal = arena_alloc(arena, n * m);
        for (size_t i = n; i-- > 0;) {
            for (size_t j = m; j-- > 0;) {
                uint32_t down = best[(i + 1) * width + j], right = best[i * width + j + 1];
                equal[i * m + j] = same(context, head + i, head + j);
                best[i * width + j] = equal[i * m + j] ? best[(i + 1) * width + j + 1] + 1
                                      : down > right   ? down
                                                       : right;
            }
        }
        for (size_t i = 0, j = 0; i < n && j < m;) {
            if (equal[i * m + j])
                out.pairs[out.count++] = (AlignedPair){head + i++, head + j++};
            else if (best[(i + 1) * width + j] >= best[i * width + j + 1])
                i++;
            else
                j++;
        }
    } else if (n > 0 && m > 0) {
        for (size_t k = 0; k < n && k < m; k++)
            if (same(context, head + k, head + k))
                out.pairs[out.count++] = (AlignedPair){head + k, head + k};
    }
    for (; tail > 0; tail--)
        out.pairs[out.count++] = (AlignedPair){before - tail, after - tail};
    return out;
}
