/* Makes scalars and keys of events, and copies of anchored values of aliases, all under the limits. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/yaml_int.h"

/* More anchors than any file written by hand has; keeps the table small under hostile input. */
#define ANCHORS_MAX 4096

/* Removes control characters that came in as escapes ("\0", "\a"); reports the first. */
static char *strip_controls(Builder *builder, const char *text, size_t *len, Place place)
{
    char *clean = arena_alloc(builder->arena, *len + 1);
    size_t kept = 0;
    bool reported = false;
    for (size_t i = 0; i < *len; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t') {
            clean[kept++] = text[i];
        } else if (!reported) {
            char name[16];
            snprintf(name, sizeof name, "U+%04X", c);
            finding_add(builder->findings, c == 0 ? MESSAGE_YAML_NUL : MESSAGE_YAML_CONTROL, place, NULL, name, NULL);
            reported = true;
        }
    }
    clean[kept] = '\0';
    *len = kept;
    return clean;
}

static bool has_controls(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
            return true;
        }
    }
    return false;
}

const char *build_text(Builder *builder, const yaml_event_t *event, Place place, size_t *len)
{
    const char *raw = (const char *)event->data.scalar.value;
    size_t raw_len = event->data.scalar.length;
    if (raw_len > builder->limits->scalar_bytes) {
        stop_at_limit(builder, MESSAGE_YAML_LIMIT_SCALAR, place, builder->limits->scalar_bytes / 1024);
        return NULL;
    }
    const char *text = text_nfc(builder->arena, raw, raw_len, len);
    if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && has_controls(text, *len)) {
        return strip_controls(builder, text, len, place);
    }
    return text == raw ? arena_strndup(builder->arena, raw, raw_len) : text;
}

/* The core schema's null (YAML 1.2, 10.2.1.1). */
static bool is_null(const char *text, size_t len)
{
    return len == 0 || (len == 1 && text[0] == '~') ||
           (len == 4 && (memcmp(text, "null", 4) == 0 || memcmp(text, "Null", 4) == 0 || memcmp(text, "NULL", 4) == 0));
}

Value *build_scalar(Builder *builder, const yaml_event_t *event, Place place)
{
    const char *tag = (const char *)event->data.scalar.tag;
    size_t len;
    const char *text = build_text(builder, event, place, &len);
    if (text == NULL) {
        return NULL;
    }
    bool quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE ||
                  (tag != NULL && (strcmp(tag, YAML_STR_TAG) == 0 || strcmp(tag, "!") == 0));
    if ((!quoted && is_null(text, len)) || (tag != NULL && strcmp(tag, YAML_NULL_TAG) == 0)) {
        return value_new(builder->arena, VALUE_NULL, place);
    }
    Value *value = value_new(builder->arena, VALUE_TEXT, place);
    value->text = text;
    value->len = len;
    value->quoted = quoted;
    return value;
}

/* The bytes of a blank that looks like an indent or nothing at all but belongs to the text: U+3000, U+00A0, U+200B. */
static size_t wide_blank(const char *text, size_t len)
{
    uint32_t code;
    size_t size = len == 0 ? 0 : utf8_decode(text, len, &code);
    return size > 0 && (code == 0x3000 || code == 0xA0 || code == 0x200B || code == ' ') ? size : 0;
}

const char *build_key(Builder *builder, const char *text, size_t len, Place place)
{
    if (len > builder->limits->key_bytes) {
        stop_at_limit(builder, MESSAGE_YAML_LIMIT_KEY, place, builder->limits->key_bytes);
        return NULL;
    }
    size_t from = 0, to = len;
    while (wide_blank(text + from, to - from) > 0) {
        from += wide_blank(text + from, to - from);
    }
    while (to > from) {
        size_t last = to - 1;
        while (last > from && ((unsigned char)text[last] & 0xC0) == 0x80) {
            last--;
        }
        if (wide_blank(text + last, to - last) == 0) {
            break;
        }
        to = last;
    }
    if (from == to) {
        finding_add(builder->findings, MESSAGE_YAML_KEY_EMPTY, place, NULL, NULL);
        return NULL;
    }
    const char *key = arena_strndup(builder->arena, text + from, to - from);
    if (to - from != len) {
        Finding *finding = finding_add(builder->findings, MESSAGE_YAML_KEY_BLANKS, place, NULL, key, NULL);
        finding->suggestion = key;
    }
    return key;
}

/* Where a name stands among the anchors in order, or would stand. */
static size_t anchor_search(const Builder *builder, const char *name, bool *found)
{
    size_t low = 0, high = builder->anchor_order_count;
    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(builder->anchors.items[builder->anchor_order[middle]].name, name);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t anchor_open(Builder *builder, const char *name, Place place)
{
    if (name == NULL) {
        return 0;
    }
    if (builder->anchors.count == ANCHORS_MAX) {
        stop_at_limit(builder, MESSAGE_YAML_LIMIT_ANCHORS, place, ANCHORS_MAX);
        return 0;
    }
    size_t number = builder->anchors.count;
    *array_push(builder->scratch, &builder->anchors) =
        (Anchor){.name = arena_strdup(builder->scratch, name), .place = place};
    bool found;
    size_t at = anchor_search(builder, name, &found);
    if (!found) {
        builder->anchor_order = array_reserve(builder->scratch, builder->anchor_order, builder->anchor_order_count,
                                              &builder->anchor_order_capacity, sizeof *builder->anchor_order);
        memmove(builder->anchor_order + at + 1, builder->anchor_order + at,
                (builder->anchor_order_count - at) * sizeof *builder->anchor_order);
        builder->anchor_order_count++;
    }
    builder->anchor_order[at] = number; /* a name given again means the newer node from here on (YAML 1.2, 3.2.2.2) */
    return number + 1;
}

void anchor_close(Builder *builder, size_t number_plus_one, const Value *value)
{
    if (number_plus_one > 0) {
        builder->anchors.items[number_plus_one - 1].value = value;
    }
}

const Value *anchor_find(Builder *builder, const char *name, Place place)
{
    bool found;
    size_t at = anchor_search(builder, name, &found);
    if (!found) {
        finding_add(builder->findings, MESSAGE_YAML_ALIAS_UNDEFINED, place, NULL, name, NULL);
        return NULL;
    }
    const Anchor *anchor = &builder->anchors.items[builder->anchor_order[at]];
    if (anchor->value == NULL) {
        Finding *finding = finding_add(builder->findings, MESSAGE_YAML_ALIAS_RECURSIVE, place, NULL, name, NULL);
        finding_relate(builder->findings, finding, MESSAGE_YAML_ANCHOR_HERE, anchor->place, name, NULL);
        return NULL;
    }
    return anchor->value;
}

Value *alias_copy(Builder *builder, const Value *value, const Value *parent, const char *key, Place key_place,
                  size_t ordinal, size_t depth, Place place)
{
    bool open = value->kind == VALUE_LIST || value->kind == VALUE_MAP;
    if (open && depth >= builder->limits->depth) {
        stop_at_limit(builder, MESSAGE_YAML_LIMIT_DEPTH, place, builder->limits->depth);
        return NULL;
    }
    Value *copy = arena_copy(builder->arena, value, sizeof *value);
    copy->parent = parent;
    copy->key = key;
    copy->key_place = key_place;
    copy->sorted = NULL;
    copy->path = key != NULL ? path_member(builder->arena, parent->path, key)
                             : path_item(builder->arena, parent->path, NULL, ordinal);
    Value counted = {.path = copy->path, .place = place};
    if (!count_node(builder, &counted)) {
        return NULL;
    }
    if (value->count > 0) {
        copy->items = arena_array_of(builder->arena, Value *, value->count);
    }
    for (size_t i = 0; i < value->count; i++) {
        const Value *item = value->items[i];
        copy->items[i] = alias_copy(builder, item, copy, item->key, item->key_place, i + 1, depth + 1, place);
        if (copy->items[i] == NULL) {
            return NULL;
        }
    }
    if (copy->kind == VALUE_MAP) {
        value_index(copy, builder->arena);
    }
    return copy;
}
