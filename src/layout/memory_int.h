/* Texts set before -> their lines, without setting them again. Private to layout/.
 *
 * Setting is a function of the text, its fonts and style, and the measure; nothing else. What is the same comes back
 * the same, whoever asked first: a page does not depend on what was set before it. */
#ifndef GONGKAI_LAYOUT_MEMORY_INT_H
#define GONGKAI_LAYOUT_MEMORY_INT_H

#include <stdint.h>

#include "layout/layout_int.h"

typedef enum MemoryKind { MEMORY_LINES, MEMORY_TEXT, MEMORY_WIDTHS, MEMORY_FIT } MemoryKind;

/* All that setting depends on, as bytes. len 0: not to be remembered. */
typedef struct MemoryKey {
    const unsigned char *bytes;
    size_t len;
    uint64_t hash;
} MemoryKey;

/* A memory for one document; it and all it keeps lie in the document's arena. */
LayoutMemory *memory_of_document(Arena *arena);

/* A number for a chain of fonts with the fallback behind it, and `blank` behind both: equal numbers, equal fonts. */
uint32_t memory_chain(LayoutMemory *memory, const FontChain *chain, const FontChain *fallback, const Font *blank);

/* The key of `count` texts, which are set one after the other; it lies in layout->scratch. Origins are not part of it.
 */
MemoryKey memory_key(Layout *layout, MemoryKind kind, const InlineList *texts, size_t count,
                     const ParagraphStyle *style, Length measure);

/* What was kept under the key, or NULL. */
const void *memory_find(const Layout *layout, const MemoryKey *key);

/* Where what may be kept is to be made: the memory, or layout->arena when the memory is full. */
Arena *memory_arena(const Layout *layout, const MemoryKey *key);

/* Keeps `value`, which lies in memory_arena and must not change. Not when it is full or the key is none. */
void memory_keep(Layout *layout, const MemoryKey *key, const void *value);

#endif
