/* Two Value trees -> the fewest changes that make the one of the other, consequences told from corrections. */
#include "base/text.h"
#include "revise/compare_int.h"

#define KEY_UNIT "\u91d1\u989d\u5355\u4f4d" /* 金额单位 */
#define UNIT_WAN "\u4e07\u5143"             /* 万元 */

static Change *add(Compare *compare, ChangeKind kind, const Value *before, const Value *after,
                   const Value *before_parent, const Value *after_parent)
{
    Change *change = array_push(compare->arena, &compare->changes);
    *change = (Change){.kind = kind,
                       .before = before,
                       .after = after,
                       .before_parent = before_parent,
                       .after_parent = after_parent,
                       .after_index = SIZE_MAX};
    return change;
}

static void compare_values(Compare *compare, const Value *before, const Value *after, const Value *before_parent,
                           const Value *after_parent);

/* ---- scalars ------------------------------------------------------------------------------------------------------
 */

/* A figure follows from others when it was not written, or when the schema's formula for it moved by as much. */
static bool is_consequence(Compare *compare, const Value *before, const Value *after, Decimal difference)
{
    if (after->origin == ORIGIN_COMPUTED)
        return true;
    Decimal was, is, moved;
    bool money = schema_facts(compare->schema, before).money;
    return schema_formula(compare->schema, before, compare->arena, &was) &&
           schema_formula(compare->schema, after, compare->arena, &is) &&
           (!money || decimal_shift(was, compare->shift, &was)) && decimal_subtract(is, was, &moved) &&
           decimal_compare(moved, difference) == 0;
}

static void add_value(Compare *compare, const Value *before, const Value *after, const Value *before_parent,
                      const Value *after_parent)
{
    bool whole = (before && !after && before->kind != VALUE_TEXT) || (after && !before && after->kind != VALUE_TEXT);
    Change *change = add(compare,
                         !whole   ? CHANGE_VALUE
                         : before ? CHANGE_REMOVED
                                  : CHANGE_ADDED,
                         before, after, before_parent, after_parent);
    if (!before || !after || before->reading != READ_NUMBER || after->reading != READ_NUMBER)
        return;
    change->has_difference = decimal_subtract(after->number, value_amount(compare, before, true), &change->difference);
    change->consequence = change->has_difference && is_consequence(compare, before, after, change->difference);
}

/* ---- sequences ----------------------------------------------------------------------------------------------------
 */

static void compare_sequences(Compare *compare, Sequence old, Sequence new, const char *identity,
                              const Value *before_parent, const Value *after_parent)
{
    Matching matching = sequence_match(compare, old, new, identity);
    /* What is gone is told before what came in its place: up to the old place of the next item that stayed. */
    size_t i = 0, stayed = 0;
    for (size_t j = 0; j < new.count || i < old.count; j++) {
        if (stayed <= j) {
            while (stayed < new.count && (matching.after[stayed] == NONE || matching.moved[stayed]))
                stayed++;
            for (size_t end = stayed < new.count ? matching.after[stayed] : old.count; i < end; i++)
                if (matching.before[i] == NONE)
                    add(compare, CHANGE_REMOVED, old.items[i], NULL, before_parent, after_parent);
            stayed++;
        }
        if (j >= new.count)
            break;
        size_t partner = matching.after[j];
        if (partner == NONE) {
            add(compare, CHANGE_ADDED, NULL, new.items[j], before_parent, after_parent)->after_index = j;
            continue;
        }
        if (matching.renamed[j])
            add(compare, CHANGE_RENAMED, old.items[partner], new.items[j], before_parent, after_parent);
        if (matching.moved[j])
            add(compare, CHANGE_MOVED, old.items[partner], new.items[j], before_parent, after_parent)->after_index = j;
        compare_values(compare, old.items[partner], new.items[j], before_parent, after_parent);
    }
}

static Sequence list_items(const Value *list)
{
    return (Sequence){(const Value **)list->items, list->count};
}

/* ---- maps ---------------------------------------------------------------------------------------------------------
 */

static Sequence open_members(Compare *compare, const Value *map)
{
    Sequence sequence = {arena_array_of(compare->arena, const Value *, map->count), 0};
    for (size_t i = 0; i < map->count; i++)
        if (!value_is_absent(map->items[i]) && schema_facts(compare->schema, map->items[i]).open)
            sequence.items[sequence.count++] = map->items[i];
    return sequence;
}

static void compare_maps(Compare *compare, const Value *before, const Value *after, const char *const *ignored)
{
    for (size_t i = 0; i < before->count; i++) {
        const Value *item = before->items[i];
        bool skipped = value_get(after, item->key) != NULL || schema_facts(compare->schema, item).open;
        for (size_t k = 0; ignored && ignored[k]; k++)
            skipped = skipped || text_equal(ignored[k], item->key);
        if (!skipped)
            compare_values(compare, item, NULL, before, after);
    }
    for (size_t i = 0; i < after->count; i++) {
        const Value *item = after->items[i];
        bool skipped = schema_facts(compare->schema, item).open;
        for (size_t k = 0; ignored && ignored[k]; k++)
            skipped = skipped || text_equal(ignored[k], item->key);
        if (!skipped)
            compare_values(compare, value_get(before, item->key), item, before, after);
    }
    compare_sequences(compare, open_members(compare, before), open_members(compare, after), NULL, before, after);
}

/* ---- the walk -----------------------------------------------------------------------------------------------------
 */

/* The identity of a renamed item is told by the renaming. */
static bool is_told(const Compare *compare, const Value *after)
{
    if (compare->changes.count == 0 || !after || !after->parent || !after->parent->parent)
        return false;
    const Value *item = after->parent, *list = item->parent;
    if (list->kind != VALUE_LIST || !text_equal(schema_facts(compare->schema, list).identity, after->key))
        return false;
    for (size_t i = compare->changes.count; i > 0; i--) {
        const Change *change = &compare->changes.items[i - 1];
        if (change->kind == CHANGE_RENAMED && change->after == item)
            return true;
    }
    return false;
}

static void compare_values(Compare *compare, const Value *before, const Value *after, const Value *before_parent,
                           const Value *after_parent)
{
    if (value_same(compare, before, after) || is_told(compare, after))
        return;
    if (value_is_absent(before) || value_is_absent(after) || before->kind != after->kind ||
        before->kind == VALUE_TEXT) {
        add_value(compare, value_is_absent(before) ? NULL : before, value_is_absent(after) ? NULL : after,
                  before_parent, after_parent);
    } else if (before->kind == VALUE_MAP) {
        compare_maps(compare, before, after, NULL);
    } else {
        compare_sequences(compare, list_items(before), list_items(after), schema_facts(compare->schema, after).identity,
                          before, after);
    }
}

static int unit_power(const Value *root)
{
    const char *unit = value_text(value_get(root, KEY_UNIT));
    return !unit || text_equal(unit, UNIT_WAN) ? 4 : 0;
}

ChangeList data_compare(const Schema *schema, const Value *before, const Value *after, const char *const *ignored,
                        Arena *arena)
{
    Compare compare = {.schema = schema, .arena = arena, .shift = unit_power(before) - unit_power(after)};
    if (before->kind == VALUE_MAP && after->kind == VALUE_MAP)
        compare_maps(&compare, before, after, ignored);
    return (ChangeList){compare.changes.items, compare.changes.count};
}

const char *change_path(const Change *change)
{
    return change->after ? change->after->path : change->before->path;
}
