/* Turns few large blocks from malloc into many small allocations that are released together. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer) /* gcc, clang */
#include <sanitizer/asan_interface.h>
#define poison(bytes, size)   ASAN_POISON_MEMORY_REGION((bytes), (size))
#define unpoison(bytes, size) ASAN_UNPOISON_MEMORY_REGION((bytes), (size))
#define RED_ZONE              ((size_t)16) /* [bytes] between two allocations that nobody may touch */
#else
#define poison(bytes, size)   ((void)(bytes), (void)(size))
#define unpoison(bytes, size) ((void)(bytes), (void)(size))
#define RED_ZONE              ((size_t)0)
#endif

#define ALIGNMENT     ((size_t)16)
#define CHUNK_FIRST   ((size_t)64 << 10)
#define CHUNK_LARGEST ((size_t)4 << 20) /* chunks double up to here; a larger request gets a chunk of its own */
#define LIMIT_DEFAULT ((size_t)2 << 30)

typedef struct Chunk {
    struct Chunk *previous;
    size_t size, used; /* [bytes] of `bytes` */
    size_t used_below; /* [bytes] used in all previous chunks */
    _Alignas(16) unsigned char bytes[];
} Chunk;

struct Arena {
    Chunk *current;
    Chunk *spare; /* the last chunk a rewind gave back: a block that crosses a chunk's end must not malloc each time */
    void *last;   /* the newest allocation: it can grow in place */
    size_t reserved, limit; /* [bytes] of all chunks */
    size_t chunk_next;      /* [bytes] */
};

_Noreturn void memory_exhausted(void)
{
    fputs("gongkai: out of memory\n", stderr);
    exit(2);
}

static _Noreturn void limit_reached(const Arena *arena)
{
    fprintf(stderr, "gongkai: more than %zu MB of memory needed\n", arena->limit >> 20);
    exit(2);
}

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena) {
        memory_exhausted();
    }
    arena->limit = LIMIT_DEFAULT;
    arena->chunk_next = CHUNK_FIRST;
    return arena;
}

void arena_set_limit(Arena *arena, size_t bytes)
{
    arena->limit = bytes;
}

static void chunk_free(Arena *arena, Chunk *chunk)
{
    if (chunk) {
        arena->reserved -= sizeof(Chunk) + chunk->size;
        unpoison(chunk->bytes, chunk->size);
        free(chunk);
    }
}

void arena_free(Arena *arena)
{
    if (!arena) {
        return;
    }
    while (arena->current) {
        Chunk *previous = arena->current->previous;
        chunk_free(arena, arena->current);
        arena->current = previous;
    }
    chunk_free(arena, arena->spare);
    free(arena);
}

static void chunk_push(Arena *arena, size_t need)
{
    Chunk *chunk = arena->spare;
    arena->spare = NULL;
    if (chunk && chunk->size < need) {
        chunk_free(arena, chunk);
        chunk = NULL;
    }
    if (!chunk) {
        size_t room = arena->limit > arena->reserved ? arena->limit - arena->reserved : 0;
        size_t size = need > arena->chunk_next ? need : arena->chunk_next;
        size = size > room - (room < sizeof(Chunk) ? room : sizeof(Chunk)) ? need : size;
        if (room < sizeof(Chunk) || size > room - sizeof(Chunk)) {
            limit_reached(arena);
        }
        chunk = malloc(sizeof(Chunk) + size);
        if (!chunk) {
            memory_exhausted();
        }
        chunk->size = size;
        arena->reserved += sizeof(Chunk) + size;
        arena->chunk_next = arena->chunk_next < CHUNK_LARGEST ? arena->chunk_next * 2 : CHUNK_LARGEST;
        poison(chunk->bytes, chunk->size);
    }
    chunk->used = 0;
    chunk->previous = arena->current;
    chunk->used_below = arena->current ? arena->current->used_below + arena->current->used : 0;
    arena->current = chunk;
}

/* Not zeroed. */
static void *arena_take(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT - RED_ZONE - sizeof(Chunk)) {
        limit_reached(arena);
    }
    size_t padded = ((size ? size : 1) + RED_ZONE + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    if (!arena->current || padded > arena->current->size - arena->current->used) {
        chunk_push(arena, padded);
    }
    Chunk *chunk = arena->current;
    void *taken = chunk->bytes + chunk->used;
    chunk->used += padded;
    unpoison(taken, size);
    arena->last = taken;
    return taken;
}

void *arena_alloc(Arena *arena, size_t size)
{
    return memset(arena_take(arena, size), 0, size);
}

void *arena_alloc_array(Arena *arena, size_t count, size_t item_size)
{
    size_t size;
    if (__builtin_mul_overflow(count, item_size, &size)) {
        limit_reached(arena);
    }
    return arena_alloc(arena, size);
}

void *arena_alloc_unset(Arena *arena, size_t count, size_t item_size)
{
    size_t size;
    if (__builtin_mul_overflow(count, item_size, &size)) {
        limit_reached(arena);
    }
    return arena_take(arena, size);
}

void *arena_copy(Arena *arena, const void *data, size_t size)
{
    void *copy = arena_take(arena, size);
    return size ? memcpy(copy, data, size) : copy;
}

char *arena_strndup(Arena *arena, const char *text, size_t len)
{
    if (len == SIZE_MAX) {
        limit_reached(arena);
    }
    char *copy = arena_take(arena, len + 1);
    if (len) {
        memcpy(copy, text, len);
    }
    copy[len] = '\0';
    return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char few[128]; /* nearly all there is: printed once */
    int len = vsnprintf(few, sizeof few, format, args);
    va_end(args);
    if (len < 0) {
        memory_exhausted();
    }
    if ((size_t)len < sizeof few) {
        va_end(again);
        return arena_strndup(arena, few, (size_t)len);
    }
    char *text = arena_take(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

ArenaMark arena_mark(Arena *arena)
{
    arena->last = NULL; /* nothing from before the mark may grow into what the rewind gives back */
    return (ArenaMark){arena->current, arena->current ? arena->current->used : 0};
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    while (arena->current != mark.chunk) {
        Chunk *chunk = arena->current;
        assert(chunk && "the mark is of this arena and not rewound yet");
        arena->current = chunk->previous;
        poison(chunk->bytes, chunk->size);
        if (!arena->spare || arena->spare->size < chunk->size) {
            Chunk *smaller = arena->spare;
            arena->spare = chunk;
            chunk = smaller;
        }
        chunk_free(arena, chunk);
    }
    if (arena->current) {
        assert(mark.used <= arena->current->used);
        poison(arena->current->bytes + mark.used, arena->current->used - mark.used);
        arena->current->used = mark.used;
    }
    arena->last = NULL;
}

size_t arena_used(const Arena *arena)
{
    return arena->current ? arena->current->used_below + arena->current->used : 0;
}

/* Grows the newest allocation where it stands; false when the chunk is full. */
static bool grow_in_place(Arena *arena, void *items, size_t size)
{
    Chunk *chunk = arena->current;
    if (!items || items != arena->last) {
        return false;
    }
    size_t start = (size_t)((unsigned char *)items - chunk->bytes);
    size_t room = chunk->size - start;
    if (room < RED_ZONE + ALIGNMENT || size > room - RED_ZONE - ALIGNMENT) {
        return false;
    }
    chunk->used = start + ((size + RED_ZONE + ALIGNMENT - 1) & ~(ALIGNMENT - 1));
    unpoison(items, size);
    return true;
}

void *array_reserve(Arena *arena, void *items, size_t count, size_t *capacity, size_t item_size)
{
    if (count >= *capacity) {
        size_t larger, size;
        if (__builtin_mul_overflow(*capacity, (size_t)2, &larger)) {
            limit_reached(arena);
        }
        larger = larger ? larger : 8;
        if (__builtin_mul_overflow(larger, item_size, &size)) {
            limit_reached(arena);
        }
        if (!grow_in_place(arena, items, size)) {
            void *moved = arena_take(arena, size);
            if (count) {
                memcpy(moved, items, count * item_size);
            }
            items = moved;
        }
        memset((unsigned char *)items + count * item_size, 0, size - count * item_size);
        *capacity = larger;
    }
    return items;
}
