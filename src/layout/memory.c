/* Keys of text, fonts and style -> what was made of them, in a hash table that grows and never forgets one alone. */
#include "layout/memory_int.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX    16384     /* [bytes] a longer paragraph hardly comes twice */
#define PRIVATE_MAX (2 << 20) /* [bytes] of a memory for one document */
#define SHARED_MAX  (8 << 20) /* and of one that documents share, until it is trimmed */
#define SLOTS_FIRST 1024      /* a power of two */

typedef struct Entry {
    struct Entry *next; /* of the same slot */
    uint64_t hash;
    size_t len;
    const void *value;
    unsigned char key[];
} Entry;

typedef struct Chain {
    const Font *fonts[4][CHAIN_MAX]; /* of the chain, Han and Latin, and of the fallback */
    const Font *blank;               /* sets a blank that none of them has */
} Chain;

struct LayoutMemory {
    Arena *arena; /* of the entries and their values */
    bool shared;  /* the arena is its own */
    size_t keys;  /* [bytes] */
    size_t most;
    Entry **slots;
    size_t slot_count, count;
    ARRAY(Chain) chains;
};

static void memory_begin(LayoutMemory *memory, Arena *arena)
{
    memory->arena = arena;
    memory->keys = 0;
    memory->slot_count = SLOTS_FIRST;
    memory->slots = arena_array_of(arena, Entry *, memory->slot_count);
    memory->count = 0;
    memory->chains.items = NULL;
    memory->chains.count = memory->chains.capacity = 0;
}

LayoutMemory *layout_memory_new(void)
{
    LayoutMemory *memory = calloc(1, sizeof *memory);
    if (!memory)
        memory_exhausted();
    memory->shared = true;
    memory->most = SHARED_MAX;
    memory_begin(memory, arena_new());
    return memory;
}

void layout_memory_free(LayoutMemory *memory)
{
    if (memory)
        arena_free(memory->arena);
    free(memory);
}

/* Lines of a document's own memory are the document's anyway. */
static size_t bytes_kept(const LayoutMemory *memory)
{
    return memory->shared ? arena_used(memory->arena) : memory->keys;
}

void layout_memory_trim(LayoutMemory *memory)
{
    if (bytes_kept(memory) < memory->most)
        return;
    arena_free(memory->arena);
    memory_begin(memory, arena_new());
}

LayoutMemory *memory_of_document(Arena *arena)
{
    LayoutMemory *memory = arena_new_of(arena, LayoutMemory);
    memory->most = PRIVATE_MAX;
    memory_begin(memory, arena);
    return memory;
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

uint32_t memory_chain(LayoutMemory *memory, const FontChain *chain, const FontChain *fallback, const Font *blank)
{
    Chain wanted;
    memset(&wanted, 0, sizeof wanted); /* compared as bytes */
    wanted.blank = blank;
    memcpy(wanted.fonts[0], chain->han, chain->han_count * sizeof *chain->han);
    memcpy(wanted.fonts[1], chain->latin, chain->latin_count * sizeof *chain->latin);
    memcpy(wanted.fonts[2], fallback->han, fallback->han_count * sizeof *fallback->han);
    memcpy(wanted.fonts[3], fallback->latin, fallback->latin_count * sizeof *fallback->latin);
    size_t i = 0;
    while (i < memory->chains.count && memcmp(&memory->chains.items[i], &wanted, sizeof wanted) != 0)
        i++;
    if (i == memory->chains.count)
        *array_push(memory->arena, &memory->chains) = wanted;
    return (uint32_t)i;
}

/* Eight bytes at a time; only ever compared with hashes of the same run. */
static uint64_t hash_of(const unsigned char *bytes, size_t len)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u; /* 2^64 over the golden ratio */
    uint64_t hash = len * odd;
    for (; len >= sizeof hash; len -= sizeof hash, bytes += sizeof hash) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
    }
    uint64_t word = 0;
    memcpy(&word, bytes, len);
    hash = (hash ^ word) * odd;
    return hash ^ hash >> 29;
}

typedef struct KeyHead {
    Length size, pitch, first_indent, left_indent, right_indent, measure;
    uint32_t kind, align, balance, chain;
} KeyHead;

typedef struct KeyInline {
    uint32_t kind, keep_together, chain, len;
} KeyInline;

static size_t key_room(const InlineList *texts, size_t count)
{
    size_t room = sizeof(KeyHead);
    for (size_t i = 0; i < count; i++) {
        room += sizeof(KeyInline) * (texts[i].count + 1);
        for (size_t k = 0; k < texts[i].count; k++)
            room += texts[i].items[k].kind == INLINE_TEXT ? texts[i].items[k].len : 0;
    }
    return room;
}

static unsigned char *put(unsigned char *at, const void *bytes, size_t len)
{
    if (len > 0)
        memcpy(at, bytes, len);
    return at + len;
}

MemoryKey memory_key(Layout *layout, MemoryKind kind, const InlineList *texts, size_t count,
                     const ParagraphStyle *style, Length measure)
{
    size_t room = key_room(texts, count);
    if (room > TEXT_MAX)
        return (MemoryKey){0};
    KeyHead head = {.size = style->size,
                    .pitch = style->pitch,
                    .first_indent = style->first_indent,
                    .left_indent = style->left_indent,
                    .right_indent = style->right_indent,
                    .measure = measure,
                    .kind = kind,
                    .align = style->align,
                    .balance = style->balance,
                    .chain = layout_chain_of(layout, style->font)->number};
    unsigned char *bytes = arena_alloc(layout->scratch, room), *at = put(bytes, &head, sizeof head);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < texts[i].count; k++) {
            const Inline *source = &texts[i].items[k];
            const FontRole *role = source->font ? source->font : style->font;
            KeyInline piece = {.kind = source->kind,
                               .keep_together = source->keep_together,
                               .chain = layout_chain_of(layout, role)->number,
                               .len = source->kind == INLINE_TEXT ? (uint32_t)source->len : 0};
            at = put(at, &piece, sizeof piece);
            at = put(at, source->text, piece.len);
        }
        at = put(at, &(KeyInline){.kind = UINT32_MAX}, sizeof(KeyInline));
    }
    return (MemoryKey){bytes, room, hash_of(bytes, room)};
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

const void *memory_find(const Layout *layout, const MemoryKey *key)
{
    const LayoutMemory *memory = layout->memory;
    if (key->len == 0)
        return NULL;
    const Entry *entry = memory->slots[key->hash & (memory->slot_count - 1)];
    while (entry &&
           (entry->hash != key->hash || entry->len != key->len || memcmp(entry->key, key->bytes, key->len) != 0))
        entry = entry->next;
    return entry ? entry->value : NULL;
}

static bool takes(const LayoutMemory *memory, const MemoryKey *key)
{
    return key->len > 0 && bytes_kept(memory) < memory->most;
}

Arena *memory_arena(const Layout *layout, const MemoryKey *key)
{
    return takes(layout->memory, key) ? layout->memory->arena : layout->arena;
}

static void grow(LayoutMemory *memory)
{
    size_t count = memory->slot_count * 2;
    Entry **slots = arena_array_of(memory->arena, Entry *, count);
    for (size_t i = 0; i < memory->slot_count; i++) {
        for (Entry *entry = memory->slots[i], *next; entry; entry = next) {
            next = entry->next;
            entry->next = slots[entry->hash & (count - 1)];
            slots[entry->hash & (count - 1)] = entry;
        }
    }
    memory->slots = slots;
    memory->slot_count = count;
}

void memory_keep(Layout *layout, const MemoryKey *key, const void *value)
{
    LayoutMemory *memory = layout->memory;
    if (!takes(memory, key))
        return;
    if (memory->count == memory->slot_count)
        grow(memory);
    Entry **slot = &memory->slots[key->hash & (memory->slot_count - 1)];
    Entry *entry = arena_alloc(memory->arena, sizeof *entry + key->len);
    entry->next = *slot;
    entry->hash = key->hash;
    entry->len = key->len;
    entry->value = value;
    memcpy(entry->key, key->bytes, key->len);
    *slot = entry;
    memory->count++;
    memory->keys += sizeof *entry + key->len;
}
