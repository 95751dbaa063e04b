/* Memory: a bump allocator. A stage's whole result lives in the arena its caller passed in; nothing is freed alone.
 *
 * Allocation never fails from the caller's view: out of memory, or over the arena's limit, prints one line to stderr
 * and exits with status 2 (trouble). Input size, depth and counts are limited before they can get there. */
#ifndef GONGKAI_BASE_ARENA_H
#define GONGKAI_BASE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

/* A point to return to: everything allocated after it is given back by arena_rewind. For scratch memory of one block.
 */
typedef struct ArenaMark {
    void *chunk;
    size_t used;
} ArenaMark;

Arena *arena_new(void);
void arena_free(Arena *arena);                    /* NULL is allowed */
void arena_set_limit(Arena *arena, size_t bytes); /* of memory reserved; 2 GiB when not set */

/* Zeroed, aligned for any type. size 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);
void *arena_copy(Arena *arena, const void *data, size_t size);
char *arena_strndup(Arena *arena, const char *text, size_t len); /* adds the NUL */
char *arena_strdup(Arena *arena, const char *text);
__attribute__((format(printf, 2, 3))) char *arena_printf(Arena *arena, const char *format, ...);

ArenaMark arena_mark(Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);
size_t arena_used(const Arena *arena); /* [bytes] handed out, for the bench */

#define arena_new_of(arena, Type)          ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array_of(arena, Type, count) ((Type *)arena_alloc_array((arena), (count), sizeof(Type)))
/* For what is written whole before it is read: nothing is zeroed. */
#define arena_unset_array_of(arena, Type, count) ((Type *)arena_alloc_unset((arena), (count), sizeof(Type)))
void *arena_alloc_unset(Arena *arena, size_t count, size_t item_size);
void *arena_alloc_array(Arena *arena, size_t count, size_t item_size); /* checks count * item_size for overflow */

/* How allocation fails: one line to stderr, exit status 2. For what libraries could not allocate. */
_Noreturn void memory_exhausted(void);

/* Growable arrays in an arena. `ARRAY(Line) lines = {0}; *array_push(arena, &lines) = line;`
 * Growing copies; pointers to items are valid only until the next push. */
#define ARRAY(Type)             \
    struct {                    \
        Type *items;            \
        size_t count, capacity; \
    }
#define array_push(arena, array)                                                                                      \
    ((array)->items = (array)->count < (array)->capacity ? (array)->items                                             \
                                                         : array_reserve((arena), (array)->items, (array)->count,     \
                                                                         &(array)->capacity, sizeof *(array)->items), \
     &(array)->items[(array)->count++])
/* Room for one more item; returns the (perhaps moved) items. New items are zeroed. */
void *array_reserve(Arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

#endif
