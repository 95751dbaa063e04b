/* The old data and the changes -> the new data: what shows that the list of changes is complete. */
#include <stdlib.h>

#include "base/text.h"
#include "revise/compare_int.h"

typedef struct Apply {
    Arena *arena;
    const Schema *schema;
    const ChangeList *changes;
} Apply;

static const Change *change_of(const Apply *apply, const Value *before, ChangeKind kind)
{
    for (size_t i = 0; before && i < apply->changes->count; i++) {
        const Change *change = &apply->changes->items[i];
        if (change->before == before && change->kind == kind)
            return change;
    }
    return NULL;
}

static Value *copy_tree(const Apply *apply, const Value *value)
{
    Value *copy = arena_copy(apply->arena, value, sizeof *value);
    copy->sorted = NULL;
    copy->items = arena_array_of(apply->arena, Value *, value->count);
    for (size_t i = 0; i < value->count; i++) {
        copy->items[i] = copy_tree(apply, value->items[i]);
        copy->items[i]->parent = copy;
    }
    return copy;
}

static Value *apply_value(const Apply *apply, const Value *value);

static Value *apply_rest(const Apply *apply, const Value *value)
{
    const Change *rewritten = change_of(apply, value, CHANGE_VALUE);
    Value *made = rewritten ? copy_tree(apply, rewritten->after) : apply_value(apply, value);
    const Change *renamed = change_of(apply, value, CHANGE_RENAMED);
    if (!renamed)
        return made;
    if (made->key) {
        made->key = renamed->after->key;
        return made;
    }
    /* the identity: the one key whose text is the item's name; found as what differs and no other change tells */
    for (size_t i = 0; i < made->count; i++) {
        const Value *now = value_get(renamed->after, made->items[i]->key);
        if (!now || now->kind != VALUE_TEXT || !value_get(value, made->items[i]->key) ||
            change_of(apply, value_get(value, made->items[i]->key), CHANGE_VALUE))
            continue;
        made->items[i] = copy_tree(apply, now);
        made->items[i]->parent = made;
    }
    return made;
}

static bool stays(const Apply *apply, const Value *item)
{
    const Change *rewritten = change_of(apply, item, CHANGE_VALUE);
    return !change_of(apply, item, CHANGE_REMOVED) && !change_of(apply, item, CHANGE_MOVED) &&
           !(rewritten && !rewritten->after);
}

typedef struct Arrival {
    const Change *change;
    size_t index, order;
} Arrival;

static int arrival_compare(const void *a, const void *b)
{
    const Arrival *x = a, *y = b;
    if (x->index != y->index)
        return x->index < y->index ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* Keys that the schema names have no order: they come first, with those that are new. */
static bool has_order(const Apply *apply, const Value *parent, const Value *item)
{
    return parent->kind == VALUE_LIST || schema_facts(apply->schema, item).open;
}

static bool is_given_now(const Apply *apply, const Value *parent, const Value *item)
{
    for (size_t i = 0; item->key && i < apply->changes->count; i++) {
        const Change *change = &apply->changes->items[i];
        if (change->before_parent == parent && !change->before && text_equal(change->after->key, item->key))
            return true;
    }
    return false;
}

static Value *apply_value(const Apply *apply, const Value *value)
{
    if (value->kind != VALUE_LIST && value->kind != VALUE_MAP)
        return copy_tree(apply, value);
    ARRAY(Value *) all = {0}, kept = {0};
    ARRAY(Arrival) arrivals = {0};
    for (size_t i = 0; i < value->count; i++) {
        const Value *item = value->items[i];
        if (!stays(apply, item) ||
            (value->kind == VALUE_MAP && value_is_absent(item) && is_given_now(apply, value, item)))
            continue;
        if (!has_order(apply, value, item))
            *array_push(apply->arena, &all) = apply_rest(apply, item);
        else if (value->kind == VALUE_LIST || !value_is_absent(item))
            *array_push(apply->arena, &kept) = apply_rest(apply, item);
    }
    for (size_t i = 0; i < apply->changes->count; i++) {
        const Change *change = &apply->changes->items[i];
        if (change->before_parent != value || (change->before && change->kind != CHANGE_MOVED))
            continue;
        if (change->after_index == SIZE_MAX)
            *array_push(apply->arena, &all) = copy_tree(apply, change->after);
        else
            *array_push(apply->arena, &arrivals) = (Arrival){change, change->after_index, i};
    }
    if (arrivals.count > 0)
        qsort(arrivals.items, arrivals.count, sizeof *arrivals.items, arrival_compare);
    size_t next = 0, place = 0;
    for (size_t i = 0; i < kept.count || next < arrivals.count; place++) {
        if (next < arrivals.count && (arrivals.items[next].index <= place || i == kept.count)) {
            const Change *change = arrivals.items[next++].change;
            *array_push(apply->arena, &all) =
                change->before ? apply_rest(apply, change->before) : copy_tree(apply, change->after);
        } else {
            *array_push(apply->arena, &all) = kept.items[i++];
        }
    }
    Value *made = arena_copy(apply->arena, value, sizeof *value);
    made->sorted = NULL;
    made->items = all.items;
    made->count = all.count;
    for (size_t i = 0; i < made->count; i++)
        made->items[i]->parent = made;
    return made;
}

Value *changes_apply(const Schema *schema, const Value *before, const ChangeList *changes, Arena *arena)
{
    Apply apply = {arena, schema, changes};
    return apply_value(&apply, before);
}
