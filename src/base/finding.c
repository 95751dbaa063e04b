/* Turns what the stages have to say into one list, without repeats and without floods. */
#include "base/finding.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/finding_int.h"
#include "base/text.h"

/* Open addressing; a slot with hash 0 is empty. */
typedef struct Slot {
    uint64_t hash;
    const char *code; /* of a tally */
    Finding *finding; /* NULL for one folded away */
    size_t tally;
} Slot;

typedef struct Table {
    Slot *slots;
    size_t count, capacity; /* capacity: a power of two, or 0 */
} Table;

struct FindingIndex {
    Table seen;      /* by code, place and message */
    Table tallies;   /* by code: how many are stored */
    Finding dropped; /* what finding_add returns for one folded away; nobody reads it */
};

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ at[i]) * 1099511628211u; /* FNV-1a */
    }
    return hash;
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    return text ? hash_bytes(hash, text, strlen(text) + 1) : hash;
}

static const char *place_name(Place place)
{
    return place.source ? place.source->name : NULL;
}

static bool place_equal(Place a, Place b)
{
    return a.line == b.line && a.column == b.column && a.offset == b.offset && a.length == b.length &&
           text_equal(place_name(a), place_name(b));
}

static bool finding_equal(const Finding *a, const Finding *b)
{
    return text_equal(a->code, b->code) && place_equal(a->place, b->place) && text_equal(a->message, b->message);
}

static uint64_t finding_hash(const Finding *finding)
{
    const uint32_t numbers[] = {finding->place.line, finding->place.column, finding->place.offset,
                                finding->place.length};
    uint64_t hash = hash_text(14695981039346656037u, finding->code);
    hash = hash_bytes(hash, numbers, sizeof numbers);
    hash = hash_text(hash, place_name(finding->place));
    return hash_text(hash, finding->message) | 1;
}

static void table_grow(Arena *arena, Table *table)
{
    if (table->count * 2 < table->capacity) {
        return;
    }
    Table larger = {.count = table->count, .capacity = table->capacity ? table->capacity * 2 : 64};
    larger.slots = arena_array_of(arena, Slot, larger.capacity);
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->slots[i].hash) {
            size_t at = table->slots[i].hash >> 1 & (larger.capacity - 1);
            while (larger.slots[at].hash) {
                at = (at + 1) & (larger.capacity - 1);
            }
            larger.slots[at] = table->slots[i];
        }
    }
    *table = larger;
}

/* The slot of an equal finding, or the empty one where it belongs. One folded away is known by its hash alone. */
static Slot *seen_slot(Table *table, uint64_t hash, const Finding *finding)
{
    size_t at = hash >> 1 & (table->capacity - 1);
    for (;; at = (at + 1) & (table->capacity - 1)) {
        Slot *slot = &table->slots[at];
        if (!slot->hash || (slot->hash == hash && (!slot->finding || finding_equal(slot->finding, finding)))) {
            return slot;
        }
    }
}

static Slot *tally_slot(Table *table, const char *code)
{
    uint64_t hash = hash_text(14695981039346656037u, code) | 1;
    size_t at = hash >> 1 & (table->capacity - 1);
    for (;; at = (at + 1) & (table->capacity - 1)) {
        Slot *slot = &table->slots[at];
        if (!slot->hash) {
            table->count++;
            *slot = (Slot){.hash = hash, .code = code};
            return slot;
        }
        if (slot->hash == hash && text_equal(slot->code, code)) {
            return slot;
        }
    }
}

void finding_list_init(FindingList *list, Arena *arena, Language language)
{
    *list = (FindingList){.arena = arena, .language = language, .index = arena_new_of(arena, FindingIndex)};
}

static void severity_count(FindingList *list, const Finding *finding)
{
    list->errors += finding->severity == SEVERITY_ERROR;
    list->warnings += finding->severity == SEVERITY_WARNING;
    list->hints += finding->severity == SEVERITY_HINT;
    list->troubles += finding->severity == SEVERITY_ERROR && finding->class == FINDING_TROUBLE;
}

/* Called before the texts of a finding are made, so that they are all that lies after the mark. */
static ArenaMark draft_begin(FindingList *list)
{
    table_grow(list->arena, &list->index->seen);
    table_grow(list->arena, &list->index->tallies);
    return arena_mark(list->arena);
}

/* Takes over `draft`, whose texts were made since `mark`, or gives their memory back. */
static Finding *draft_store(FindingList *list, const Finding *draft, ArenaMark mark)
{
    FindingIndex *index = list->index;
    uint64_t hash = finding_hash(draft);
    Slot *seen = seen_slot(&index->seen, hash, draft);
    Slot *tally = tally_slot(&index->tallies, draft->code);
    index->dropped = (Finding){.code = tally->code, .severity = draft->severity, .class = draft->class};
    if (seen->hash) {
        arena_rewind(list->arena, mark);
        return seen->finding ? seen->finding : &index->dropped;
    }
    severity_count(list, draft);
    *seen = (Slot){.hash = hash};
    index->seen.count++;
    if (tally->tally == FINDING_FOLD_LIMIT) {
        list->folded++;
        arena_rewind(list->arena, mark);
        return &index->dropped;
    }
    tally->tally++;
    list->items = array_reserve(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    Finding *finding = arena_copy(list->arena, draft, sizeof *draft);
    seen->finding = list->items[list->count++] = finding;
    return finding;
}

Finding *finding_add(FindingList *list, MessageId id, Place place, const char *path, ...)
{
    const Message *message = message_find(id);
    const char *arguments[ARGUMENTS_MOST];
    va_list args;
    va_start(args, path);
    size_t count = message_arguments(args, arguments);
    va_end(args);
    ArenaMark mark = draft_begin(list);
    const char *help = message->help[list->language];
    Finding draft = {
        .code = message->code,
        .severity = message->severity,
        .class = message->class,
        .place = place,
        .path = path ? arena_strdup(list->arena, path) : NULL,
        .message = message_fill(list->arena, message->text[list->language], arguments, count),
        .help = *help ? message_fill(list->arena, help, arguments, count) : NULL,
    };
    return draft_store(list, &draft, mark);
}

Finding *finding_add_text(FindingList *list, const char *code, Severity severity, Place place, const char *path,
                          const char *message, const char *help)
{
    ArenaMark mark = draft_begin(list);
    Finding draft = {
        .code = arena_strdup(list->arena, code),
        .severity = severity,
        .class = FINDING_DATA,
        .place = place,
        .path = path ? arena_strdup(list->arena, path) : NULL,
        .message = arena_strdup(list->arena, message),
        .help = help && *help ? arena_strdup(list->arena, help) : NULL,
    };
    return draft_store(list, &draft, mark);
}

void finding_relate(FindingList *list, Finding *finding, MessageId id, Place place, ...)
{
    if (finding == &list->index->dropped) {
        return;
    }
    const char *arguments[ARGUMENTS_MOST];
    va_list args;
    va_start(args, place);
    size_t count = message_arguments(args, arguments);
    va_end(args);
    ArenaMark mark = arena_mark(list->arena);
    const char *text = message_fill(list->arena, message_find(id)->text[list->language], arguments, count);
    size_t related = finding->related_count;
    for (size_t i = 0; i < related; i++) { /* the finding itself came a second time */
        if (place_equal(finding->related[i].place, place) && text_equal(finding->related[i].text, text)) {
            arena_rewind(list->arena, mark);
            return;
        }
    }
    if ((related & (related - 1)) == 0) { /* full: the room is always a power of two */
        Related *larger = arena_array_of(list->arena, Related, related ? 2 * related : 1);
        if (related) {
            memcpy(larger, finding->related, related * sizeof *larger);
        }
        finding->related = larger;
    }
    finding->related[finding->related_count++] = (Related){place, text};
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

typedef struct Entry {
    Finding *finding;
    size_t order; /* qsort is not stable */
} Entry;

static int compare_entries(const void *left, const void *right)
{
    const Entry *a = left, *b = right;
    const char *a_name = place_name(a->finding->place), *b_name = place_name(b->finding->place);
    int order = strcmp(a_name ? a_name : "", b_name ? b_name : "");
    order = order ? order : compare_numbers(a->finding->place.line, b->finding->place.line);
    order = order ? order : compare_numbers(a->finding->place.column, b->finding->place.column);
    return order ? order : compare_numbers(a->order, b->order);
}

void finding_list_sort(FindingList *list)
{
    ArenaMark mark = arena_mark(list->arena);
    Entry *entries = arena_array_of(list->arena, Entry, list->count);
    for (size_t i = 0; i < list->count; i++) {
        entries[i] = (Entry){list->items[i], i};
    }
    qsort(entries, list->count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i] = entries[i].finding;
    }
    arena_rewind(list->arena, mark);
}

int finding_list_status(const FindingList *list)
{
    return list->troubles ? 2 : list->errors ? 1 : 0;
}
