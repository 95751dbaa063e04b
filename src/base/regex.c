/* Turns patterns into compiled expressions of PCRE2, and texts into what they catch. The only owner of its handles. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/regex.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A pattern of ours takes a few hundred steps a position; a hostile text must not make it take millions. */
#define MATCH_LIMIT 1000000u
#define DEPTH_LIMIT 10000u
#define HEAP_LIMIT  20000u /* [KiB] */

typedef struct GroupName {
    const char *name;
    size_t group;
} GroupName;

struct Regex {
    pcre2_general_context *memory; /* the arena */
    pcre2_code *code;
    pcre2_match_context *limits;
    GroupName *names;
    size_t name_count;
    bool fast; /* compiled to machine code */
};

static int compare_groups(const GroupName *a, const GroupName *b)
{
    return (a->group > b->group) - (a->group < b->group);
}

/* PCRE2's table is sorted by name: two bytes of number, the name, NUL; entries of one size. */
static void read_names(Regex *regex, Arena *arena)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &count);
    if (count == 0) {
        return;
    }
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, (void *)&table);
    regex->names = arena_array_of(arena, GroupName, count);
    for (; regex->name_count < count; regex->name_count++, table += size) {
        GroupName entry = {arena_strdup(arena, (const char *)table + 2), (size_t)table[0] << 8 | table[1]};
        size_t at = regex->name_count;
        for (; at > 0 && compare_groups(&regex->names[at - 1], &entry) > 0; at--) {
            regex->names[at] = regex->names[at - 1];
        }
        regex->names[at] = entry;
    }
}

static void *take(size_t size, void *arena)
{
    return arena_alloc(arena, size);
}

static void keep(void *block, void *arena)
{
    (void)block, (void)arena; /* goes with the arena */
}

Regex *regex_compile(const char *pattern, RegexOptions wanted, Arena *arena, const char **error, size_t *offset)
{
    int code = 0;
    PCRE2_SIZE at = 0;
    uint32_t groups = 0;
    Regex *regex = arena_new_of(arena, Regex);
    regex->memory = pcre2_general_context_create(take, keep, arena);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | (wanted & REGEX_SPACED ? PCRE2_EXTENDED : 0);
    pcre2_compile_context *compile = pcre2_compile_context_create(regex->memory);
    regex->code = pcre2_compile((PCRE2_SPTR)pattern, strlen(pattern), options, &code, &at, compile);
    *offset = at;
    if (!regex->code) {
        unsigned char text[256];
        pcre2_get_error_message(code, text, sizeof text);
        *error = arena_strdup(arena, (const char *)text);
        return NULL;
    }
    pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups >= REGEX_GROUPS_MAX) {
        *error = arena_printf(arena, "more than %d groups", REGEX_GROUPS_MAX - 1);
        return NULL;
    }
    if (wanted & REGEX_FAST) /* where there is none, matching is only slower */
        regex->fast = pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) == 0;
    regex->limits = pcre2_match_context_create(regex->memory);
    pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(regex->limits, HEAP_LIMIT);
    read_names(regex, arena);
    return regex;
}

void regex_free(Regex *regex)
{
    if (regex)
        pcre2_code_free(regex->code);
}

/* What a match works in, on the stack: a notice asks some ten thousand times, mostly short texts, and the heap would
 * take as long as the search. */
typedef struct Room {
    size_t used; /* [bytes] */
    _Alignas(16) unsigned char bytes[1024];
} Room;

static void *room_take(size_t size, void *place)
{
    Room *room = place;
    if (size > sizeof room->bytes - room->used)
        return malloc(size);
    void *taken = room->bytes + room->used;
    room->used += (size + 15) & ~(size_t)15;
    return taken;
}

static void room_keep(void *block, void *place)
{
    const Room *room = place;
    uintptr_t at = (uintptr_t)block, start = (uintptr_t)room->bytes;
    if (at < start || at >= start + sizeof room->bytes)
        free(block);
}

RegexAnswer regex_ask(const Regex *regex, const char *text, size_t len, size_t from, RegexSpan spans[REGEX_GROUPS_MAX])
{
    if (from > len) {
        return REGEX_ABSENT;
    }
    Room room;
    room.used = 0;
    pcre2_general_context *memory = pcre2_general_context_create(room_take, room_keep, &room);
    pcre2_match_data *data = memory ? pcre2_match_data_create(REGEX_GROUPS_MAX, memory) : NULL;
    if (!data) {
        memory_exhausted();
    }
    /* The tree's text is well-formed: yaml_load saw to it. */
    const uint32_t checked = PCRE2_NO_UTF_CHECK;
    PCRE2_SPTR bytes = (PCRE2_SPTR)text;
    int count = regex->fast ? pcre2_jit_match(regex->code, bytes, len, from, checked, data, regex->limits)
                            : pcre2_match(regex->code, bytes, len, from, checked, data, regex->limits);
    if (count == PCRE2_ERROR_NOMEMORY) {
        memory_exhausted(); /* no match would be a check passed */
    }
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
    for (int i = 0; count > 0 && i < REGEX_GROUPS_MAX; i++) {
        bool set = i < count && ends[2 * i] != PCRE2_UNSET && ends[2 * i] <= ends[2 * i + 1];
        spans[i] = set ? (RegexSpan){ends[2 * i], ends[2 * i + 1]} : (RegexSpan){SIZE_MAX, SIZE_MAX};
    }
    pcre2_match_data_free(data);
    pcre2_general_context_free(memory);
    if (count <= 0) {
        return count == PCRE2_ERROR_NOMATCH ? REGEX_ABSENT : REGEX_UNKNOWN;
    }
    return spans[0].start != SIZE_MAX ? REGEX_FOUND : REGEX_UNKNOWN;
}

bool regex_find(const Regex *regex, const char *text, size_t len, size_t from, RegexSpan spans[REGEX_GROUPS_MAX])
{
    return regex_ask(regex, text, len, from, spans) == REGEX_FOUND;
}

bool regex_found(const Regex *regex, const char *text, size_t len)
{
    RegexSpan spans[REGEX_GROUPS_MAX];
    return regex_find(regex, text, len, 0, spans);
}

size_t regex_after(const char *text, size_t len, const RegexSpan *whole)
{
    if (whole->end > whole->start || whole->end >= len) {
        return whole->end > whole->start ? whole->end : len + 1;
    }
    uint32_t code;
    size_t size = utf8_decode(text + whole->end, len - whole->end, &code);
    return whole->end + (size ? size : 1);
}

size_t regex_name_count(const Regex *regex)
{
    return regex->name_count;
}

const char *regex_name(const Regex *regex, size_t index, size_t *group)
{
    *group = regex->names[index].group;
    return regex->names[index].name;
}
