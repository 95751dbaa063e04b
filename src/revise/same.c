/* Two values -> whether they say the same, and how much they have in common. */
#include <string.h>

#include "base/text.h"
#include "revise/compare_int.h"

#define LIKENESS_TEXT_MAX 1500 /* [code points] texts longer than this are compared by their ends only */

bool value_is_absent(const Value *value)
{
    if (!value || value->reading == READ_BLANK)
        return true;
    switch (value->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_TEXT:
        return value->len == 0;
    case VALUE_MAP:
        for (size_t i = 0; i < value->count; i++)
            if (!value_is_absent(value->items[i]))
                return false;
        return true;
    case VALUE_LIST:
        break;
    }
    return false;
}

Decimal value_amount(const Compare *compare, const Value *value, bool old)
{
    Decimal number = value->number;
    if (old && compare->shift != 0 && schema_facts(compare->schema, value).money)
        decimal_shift(value->number, compare->shift, &number);
    return number;
}

static bool scalar_same(const Compare *compare, const Value *a, const Value *b)
{
    if (a->reading == READ_NUMBER && b->reading == READ_NUMBER)
        return decimal_compare(value_amount(compare, a, true), b->number) == 0;
    if (a->reading == READ_BOOLEAN && b->reading == READ_BOOLEAN)
        return a->boolean == b->boolean;
    if (a->reading == READ_DATE && b->reading == READ_DATE)
        return a->date.year == b->date.year && a->date.month == b->date.month && a->date.day == b->date.day;
    if (a->reading == READ_NOT_APPLICABLE && b->reading == READ_NOT_APPLICABLE)
        return true;
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* The open members of two maps must stand in one order. */
static bool order_same(const Compare *compare, const Value *a, const Value *b)
{
    size_t j = 0;
    for (size_t i = 0; i < a->count; i++) {
        if (value_is_absent(a->items[i]) || !schema_facts(compare->schema, a->items[i]).open)
            continue;
        while (j < b->count && (value_is_absent(b->items[j]) || !schema_facts(compare->schema, b->items[j]).open))
            j++;
        if (j == b->count || !text_equal(a->items[i]->key, b->items[j]->key))
            return false;
        j++;
    }
    return true;
}

static bool map_same(const Compare *compare, const Value *a, const Value *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!value_same(compare, a->items[i], value_get(b, a->items[i]->key)))
            return false;
    for (size_t i = 0; i < b->count; i++)
        if (!value_is_absent(b->items[i]) && !value_get(a, b->items[i]->key))
            return false;
    return order_same(compare, a, b);
}

bool value_same(const Compare *compare, const Value *before, const Value *after)
{
    bool absent = value_is_absent(before);
    if (absent || value_is_absent(after))
        return absent && value_is_absent(after);
    if (before->kind != after->kind)
        return false;
    if (before->kind == VALUE_TEXT)
        return scalar_same(compare, before, after);
    if (before->kind == VALUE_MAP)
        return map_same(compare, before, after);
    if (before->count != after->count)
        return false;
    for (size_t i = 0; i < before->count; i++)
        if (!value_same(compare, before->items[i], after->items[i]))
            return false;
    return true;
}

/* ---- digests ------------------------------------------------------------------------------------------------------
 */

/* FNV-1a; only a filter before value_same. */
static uint64_t digest_bytes(uint64_t digest, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        digest = (digest ^ at[i]) * UINT64_C(0x100000001B3);
    return digest;
}

uint64_t value_digest(const Compare *compare, const Value *value, bool old)
{
    uint64_t digest = UINT64_C(0xCBF29CE484222325);
    if (value_is_absent(value))
        return digest;
    int kind = (int)value->kind;
    digest = digest_bytes(digest, &kind, sizeof kind);
    if (value->kind == VALUE_TEXT && value->reading == READ_NUMBER) {
        int64_t micro = value_amount(compare, value, old).micro;
        return digest_bytes(digest, &micro, sizeof micro);
    }
    if (value->kind == VALUE_TEXT) {
        bool own_form = value->reading == READ_DATE || value->reading == READ_BOOLEAN;
        return own_form ? digest : digest_bytes(digest, value->text, value->len);
    }
    for (size_t i = 0; i < value->count; i++) {
        if (value->kind == VALUE_MAP && value_is_absent(value->items[i]))
            continue;
        uint64_t inner = value_digest(compare, value->items[i], old);
        if (value->kind == VALUE_MAP) /* the order of keys does not matter */
            digest += digest_bytes(inner, value->items[i]->key, strlen(value->items[i]->key));
        else
            digest = digest_bytes(digest, &inner, sizeof inner);
    }
    return digest;
}

/* ---- likeness -----------------------------------------------------------------------------------------------------
 */

/* Code points in common, in order: the longest common subsequence. */
static size_t text_common(Arena *arena, const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    size_t ends = 0;
    while (a_len > 0 && b_len > 0 && a[0] == b[0])
        a++, b++, a_len--, b_len--, ends++;
    while (a_len > 0 && b_len > 0 && a[a_len - 1] == b[b_len - 1])
        a_len--, b_len--, ends++;
    if (a_len > LIKENESS_TEXT_MAX || b_len > LIKENESS_TEXT_MAX)
        return ends;
    size_t *row = arena_array_of(arena, size_t, b_len + 1);
    for (size_t i = 0; i < a_len; i++) {
        size_t diagonal = 0;
        for (size_t j = 0; j < b_len; j++) {
            size_t above = row[j + 1], best = row[j] > above ? row[j] : above;
            row[j + 1] = a[i] == b[j] ? diagonal + 1 : best;
            diagonal = above;
        }
    }
    return ends + row[b_len];
}

static int text_likeness(const Compare *compare, const Value *before, const Value *after)
{
    ArenaMark mark = arena_mark(compare->arena);
    size_t a_len, b_len;
    const uint32_t *a = utf8_to_codes(compare->arena, before->text, before->len, &a_len);
    const uint32_t *b = utf8_to_codes(compare->arena, after->text, after->len, &b_len);
    size_t most = a_len > b_len ? a_len : b_len;
    size_t common = text_common(compare->arena, a, a_len, b, b_len);
    arena_rewind(compare->arena, mark);
    return most == 0 ? 1000 : (int)(common * 1000 / most);
}

int value_likeness(const Compare *compare, const Value *before, const Value *after, const char *identity)
{
    if (before->kind != after->kind)
        return 0;
    if (value_same(compare, before, after))
        return 1000;
    if (before->kind == VALUE_TEXT)
        return before->reading == READ_NUMBER ? 0 : text_likeness(compare, before, after);
    size_t all = 0, same = 0;
    if (before->kind == VALUE_LIST) {
        all = before->count > after->count ? before->count : after->count;
        size_t least = before->count + after->count - all;
        for (size_t i = 0; i < least; i++)
            same += value_same(compare, before->items[i], after->items[i]);
        return all == 0 ? 0 : (int)(same * 1000 / all);
    }
    for (size_t i = 0; i < before->count; i++) {
        const Value *item = before->items[i], *other = value_get(after, item->key);
        if (text_equal(item->key, identity) || (value_is_absent(item) && value_is_absent(other)))
            continue;
        all++;
        same += value_same(compare, item, other);
    }
    for (size_t i = 0; i < after->count; i++)
        all += !text_equal(after->items[i]->key, identity) && !value_is_absent(after->items[i]) &&
               !value_get(before, after->items[i]->key);
    return all == 0 ? 0 : (int)(same * 1000 / all);
}
