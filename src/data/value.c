/* The Value tree: making, searching, copying and merging its nodes. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/data_int.h"

Value *value_new(Arena *arena, ValueKind kind, Place place)
{
    Value *value = arena_new_of(arena, Value);
    value->kind = kind;
    value->place = place;
    value->path = "";
    return value;
}

int value_compare_keys(const void *a, const void *b)
{
    const Value *left = *(Value *const *)a, *right = *(Value *const *)b;
    int order = strcmp(left->key, right->key);
    if (order == 0) {
        order = (left->key_place.offset > right->key_place.offset) - (left->key_place.offset < right->key_place.offset);
    }
    return order;
}

void value_index(Value *map, Arena *arena)
{
    assert(map->kind == VALUE_MAP);
    map->sorted = NULL;
    if (map->count > MAP_SCAN_MAX) {
        map->sorted = arena_copy(arena, map->items, map->count * sizeof *map->items);
        qsort(map->sorted, map->count, sizeof *map->sorted, value_compare_keys);
    }
}

void value_extend(Value *map, Value *const *members, size_t count, Arena *arena)
{
    if (count == 0) {
        return;
    }
    Value **items = arena_array_of(arena, Value *, map->count + count);
    if (map->count > 0) {
        memcpy(items, map->items, map->count * sizeof *items);
    }
    memcpy(items + map->count, members, count * sizeof *items);
    map->items = items;
    map->count += count;
    value_index(map, arena);
}

Value *value_member(const Value *map, const char *key)
{
    if (map == NULL || map->kind != VALUE_MAP || key == NULL) {
        return NULL;
    }
    if (map->sorted == NULL) {
        for (size_t i = 0; i < map->count; i++) {
            const char *own = map->items[i]->key;
            if (own[0] == key[0] && strcmp(own, key) == 0) {
                return map->items[i];
            }
        }
        return NULL;
    }
    size_t low = 0, high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(map->sorted[middle]->key, key);
        if (order == 0) {
            return map->sorted[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

const Value *value_get(const Value *map, const char *key)
{
    return value_member(map, key);
}

const char *value_text(const Value *value)
{
    return value != NULL && value->kind == VALUE_TEXT ? value->text : NULL;
}

bool value_is_blank(const Value *value)
{
    if (value == NULL || value->reading == READ_BLANK) {
        return true;
    }
    switch (value->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_TEXT:
        return value->len == 0;
    case VALUE_LIST:
    case VALUE_MAP:
        return value->count == 0;
    }
    return false;
}

bool value_number(const Value *value, Decimal *out)
{
    if (value == NULL || value->reading != READ_NUMBER) {
        return false;
    }
    *out = value->number;
    return true;
}

Value *value_copy(const Value *value, const Value *parent, const char *key, Place key_place, size_t ordinal,
                  ValueOrigin origin, Arena *arena)
{
    Value *copy = arena_copy(arena, value, sizeof *value);
    copy->parent = parent;
    copy->key = key;
    copy->key_place = key_place;
    copy->origin = origin;
    copy->sorted = NULL;
    if (key != NULL) {
        copy->path = path_member(arena, parent->path, key);
    } else if (parent != NULL) {
        copy->path = path_item(arena, parent->path, NULL, ordinal);
    } else {
        copy->path = "";
    }
    if (value->count > 0) {
        copy->items = arena_array_of(arena, Value *, value->count);
        for (size_t i = 0; i < value->count; i++) {
            const Value *item = value->items[i];
            copy->items[i] = value_copy(item, copy, item->key, item->key_place, i + 1, origin, arena);
        }
        if (copy->kind == VALUE_MAP) {
            value_index(copy, arena);
        }
    }
    return copy;
}

void value_merge_under(Value *value, const Value *under, ValueOrigin origin, Arena *arena)
{
    if (value == NULL || under == NULL || value->kind != VALUE_MAP || under->kind != VALUE_MAP) {
        return;
    }
    ARRAY(Value *) missing = {0};
    for (size_t i = 0; i < under->count; i++) {
        const Value *theirs = under->items[i];
        Value *ours = value_member(value, theirs->key);
        if (ours == NULL) {
            *array_push(arena, &missing) = value_copy(theirs, value, theirs->key, theirs->key_place, 0, origin, arena);
        } else if (ours->kind == VALUE_NULL) {
            /* A key with nothing after it is a key not filled in; its own place stays. */
            *ours = *value_copy(theirs, value, ours->key, ours->key_place, 0, origin, arena);
            for (size_t j = 0; j < ours->count; j++) {
                ours->items[j]->parent = ours;
            }
        } else {
            value_merge_under(ours, theirs, origin, arena);
        }
    }
    value_extend(value, missing.items, missing.count, arena);
}
