/* Turns the events of libyaml into a Value tree with places and paths. */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/yaml_int.h"

#define MB ((size_t)1024 * 1024)

const YamlLimits YAML_LIMITS_DEFAULT = {
    .bytes = 16 * MB, .depth = 64, .nodes = 2000000, .key_bytes = 255, .scalar_bytes = MB};

Place event_place(Builder *builder, const yaml_event_t *event)
{
    return positions_place(&builder->positions, event->start_mark.index, event->end_mark.index);
}

void stop_at_limit(Builder *builder, MessageId id, Place place, size_t limit)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", limit);
    finding_add(builder->findings, id, place, NULL, number, NULL);
    builder->stopped = true;
}

bool count_node(Builder *builder, const Value *value)
{
    builder->nodes++;
    builder->path_bytes += strlen(value->path) + 1;
    size_t limit = builder->limits->nodes;
    if (builder->nodes > limit || builder->path_bytes / PATH_BYTES_PER_NODE > limit) {
        stop_at_limit(builder, MESSAGE_YAML_LIMIT_NODES, value->place, limit);
        return false;
    }
    return true;
}

static Frame *top(Builder *builder)
{
    return builder->depth == 0 ? NULL : &builder->frames[builder->depth - 1];
}

/* Gives a new node its parent, key and path. */
static void place_node(Builder *builder, Value *value)
{
    const Frame *frame = top(builder);
    if (frame == NULL) {
        return;
    }
    value->parent = frame->value;
    if (frame->value->kind == VALUE_MAP) {
        value->key = frame->key;
        value->key_place = frame->key_place;
        value->path = path_member(builder->arena, frame->value->path, frame->key);
    } else {
        value->path = path_item(builder->arena, frame->value->path, NULL, builder->pending.count - frame->first + 1);
    }
}

/* Hands a finished node to the open list or map. */
static void attach(Builder *builder, Value *value)
{
    Frame *frame = top(builder);
    if (frame == NULL) {
        builder->root = value;
        return;
    }
    if (!frame->drop) {
        *array_push(builder->scratch, &builder->pending) = value;
    }
    frame->drop = false;
    frame->key = NULL;
}

static void report_duplicate(Builder *builder, const Value *first, const Value *again)
{
    char line[16];
    snprintf(line, sizeof line, "%" PRIu32, first->key_place.line);
    Finding *finding = finding_add(builder->findings, MESSAGE_YAML_DUPLICATE_KEY, again->key_place, again->path,
                                   again->key, line, NULL);
    finding_relate(builder->findings, finding, MESSAGE_YAML_FIRST_KEY, first->key_place, first->key, NULL);
}

/* Few members are compared each with each: nearly all maps are so small. */
static bool has_duplicates(const Value *map)
{
    for (size_t i = 1; i < map->count; i++) {
        const char *key = map->items[i]->key;
        for (size_t k = 0; k < i; k++) {
            if (map->items[k]->key[0] == key[0] && strcmp(map->items[k]->key, key) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Reports keys written twice and keeps the first of each. */
static void drop_duplicates(Builder *builder, Value *map)
{
    if (map->count <= MAP_SCAN_MAX && !has_duplicates(map)) {
        return;
    }
    Value **sorted = arena_copy(builder->scratch, map->items, map->count * sizeof *map->items);
    qsort(sorted, map->count, sizeof *sorted, value_compare_keys);
    size_t duplicates = 0;
    const Value *first = sorted[0];
    for (size_t i = 1; i < map->count; i++) {
        if (strcmp(first->key, sorted[i]->key) == 0) {
            if (builder->duplicates++ < FINDING_FOLD_LIMIT) {
                report_duplicate(builder, first, sorted[i]);
            }
            sorted[i]->parent = NULL;
            duplicates++;
        } else {
            first = sorted[i];
        }
    }
    if (duplicates > 0) {
        size_t kept = 0;
        for (size_t i = 0; i < map->count; i++) {
            if (map->items[i]->parent != NULL) {
                map->items[kept++] = map->items[i];
            }
        }
        map->count = kept;
    }
}

/* [日常维修，办公用房] is one item: YAML parts them by half-width commas only. U+FF0C is the full-width comma. */
static void check_flow_commas(Builder *builder, const Value *list)
{
    if (list->count == 1 && list->items[0]->kind == VALUE_TEXT && !list->items[0]->quoted) {
        const Value *item = list->items[0];
        const char *comma = strstr(item->text, "\uFF0C");
        if (comma != NULL) {
            finding_add(builder->findings, MESSAGE_YAML_WIDE_COMMA_LIST, item->place, item->path, NULL);
        }
    }
}

static void close_collection(Builder *builder)
{
    assert(builder->depth > 0 && "libyaml ends what it began");
    Frame frame = builder->frames[builder->depth - 1];
    Value *value = frame.value;
    value->count = builder->pending.count - frame.first;
    if (value->count > 0) {
        value->items =
            arena_copy(builder->arena, builder->pending.items + frame.first, value->count * sizeof *value->items);
    }
    builder->pending.count = frame.first;
    builder->depth--;
    if (value->kind == VALUE_MAP) {
        ArenaMark mark = arena_mark(builder->scratch);
        drop_duplicates(builder, value);
        arena_rewind(builder->scratch, mark);
        value_index(value, builder->arena);
    } else if (frame.flow) {
        check_flow_commas(builder, value);
    }
    anchor_close(builder, frame.anchor, value);
    attach(builder, value);
}

/* True when the next node is the key of the open map. */
static bool wants_key(Builder *builder)
{
    const Frame *frame = top(builder);
    return frame != NULL && frame->value->kind == VALUE_MAP && frame->key == NULL;
}

static bool check_tag(Builder *builder, const yaml_char_t *tag, Place place)
{
    static const char *const core[] = {"!",          YAML_NULL_TAG,  YAML_BOOL_TAG,      YAML_STR_TAG,
                                       YAML_INT_TAG, YAML_FLOAT_TAG, YAML_TIMESTAMP_TAG, YAML_SEQ_TAG,
                                       YAML_MAP_TAG};
    if (tag == NULL) {
        return true;
    }
    for (size_t i = 0; i < sizeof core / sizeof *core; i++) {
        if (strcmp((const char *)tag, core[i]) == 0) {
            return true;
        }
    }
    finding_add(builder->findings, MESSAGE_YAML_TAG, place, NULL, (const char *)tag, NULL);
    return false;
}

static void open_collection(Builder *builder, const yaml_event_t *event, ValueKind kind)
{
    bool is_map = kind == VALUE_MAP;
    const yaml_char_t *tag = is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    const yaml_char_t *anchor = is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    Place place = positions_place(&builder->positions, event->start_mark.index, event->start_mark.index);
    if (wants_key(builder)) {
        finding_add(builder->findings, MESSAGE_YAML_KEY_NOT_TEXT, place, top(builder)->value->path, NULL);
        builder->stopped = true;
        return;
    }
    if (builder->depth == builder->limits->depth) {
        stop_at_limit(builder, MESSAGE_YAML_LIMIT_DEPTH, place, builder->limits->depth);
        return;
    }
    check_tag(builder, tag, place);
    Value *value = value_new(builder->arena, kind, place);
    place_node(builder, value);
    if (!count_node(builder, value)) {
        return;
    }
    size_t number = anchor_open(builder, (const char *)anchor, place);
    bool flow = is_map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                       : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    builder->frames[builder->depth++] =
        (Frame){.value = value, .first = builder->pending.count, .anchor = number, .flow = flow};
}

static void take_key(Builder *builder, Frame *frame, const char *text, size_t len, bool plain, Place place)
{
    frame->key_place = place;
    frame->key = build_key(builder, text, len, place);
    if (frame->key == NULL) {
        frame->key = "?";
        frame->drop = true;
    } else if (plain && strcmp(frame->key, "<<") == 0) {
        finding_add(builder->findings, MESSAGE_YAML_MERGE_KEY, place, frame->value->path, NULL);
        frame->drop = true;
    }
}

static void take_scalar(Builder *builder, const yaml_event_t *event)
{
    Place place = event_place(builder, event);
    const char *anchor = (const char *)event->data.scalar.anchor;
    check_tag(builder, event->data.scalar.tag, place);
    if (wants_key(builder)) {
        size_t len;
        const char *text = build_text(builder, event, place, &len);
        if (text != NULL && anchor != NULL) {
            Value *value = value_new(builder->arena, VALUE_TEXT, place);
            value->text = text;
            value->len = len;
            anchor_close(builder, anchor_open(builder, anchor, place), value);
        }
        if (text != NULL) {
            take_key(builder, top(builder), text, len, event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, place);
        }
        return;
    }
    Value *value = build_scalar(builder, event, place);
    if (value == NULL) {
        return;
    }
    place_node(builder, value);
    if (count_node(builder, value)) {
        anchor_close(builder, anchor_open(builder, anchor, place), value);
        attach(builder, value);
    }
}

static void take_alias(Builder *builder, const yaml_event_t *event)
{
    Place place = event_place(builder, event);
    const Value *value = anchor_find(builder, (const char *)event->data.alias.anchor, place);
    if (value == NULL) {
        builder->stopped = true;
        return;
    }
    if (wants_key(builder)) {
        if (value->kind == VALUE_LIST || value->kind == VALUE_MAP) {
            finding_add(builder->findings, MESSAGE_YAML_KEY_NOT_TEXT, place, top(builder)->value->path, NULL);
            builder->stopped = true;
            return;
        }
        take_key(builder, top(builder), value->text == NULL ? "" : value->text, value->len, false, place);
        return;
    }
    const Frame *frame = top(builder);
    assert(frame != NULL && "an alias at the root has no anchor before it");
    size_t ordinal = builder->pending.count - frame->first + 1;
    Value *copy =
        alias_copy(builder, value, frame->value, frame->key, frame->key_place, ordinal, builder->depth, place);
    if (copy != NULL) {
        attach(builder, copy);
    }
}

static void take_event(Builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    case YAML_DOCUMENT_START_EVENT:
        if (++builder->documents > 1) {
            finding_add(builder->findings, MESSAGE_YAML_DOCUMENTS, event_place(builder, event), NULL, NULL);
            builder->stopped = true;
        }
        break;
    case YAML_ALIAS_EVENT:
        take_alias(builder, event);
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(builder, event, VALUE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(builder, event, VALUE_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(builder);
        break;
    }
}

static void parse_events(Builder *builder)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    const Source *source = builder->source;
    size_t start = builder->positions.start;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)source->bytes + start, source->len - start);
    for (bool done = false; !done;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            report_syntax(&parser, &builder->positions, builder->findings);
            builder->stopped = true;
            break;
        }
        take_event(builder, &event);
        done = event.type == YAML_STREAM_END_EVENT || builder->stopped;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

Value *yaml_parse(const Source *source, const YamlLimits *limits, Arena *arena, FindingList *findings)
{
    if (source->len > limits->bytes) {
        char number[24];
        snprintf(number, sizeof number, "%zu", limits->bytes / MB);
        finding_add(findings, MESSAGE_FILE_TOO_LARGE, (Place){.source = source}, NULL, source->name, number, NULL);
        return NULL;
    }
    Builder builder = {.source = source, .limits = limits, .arena = arena, .findings = findings};
    builder.scratch = arena_new();
    builder.frames = arena_array_of(builder.scratch, Frame, limits->depth + 1);
    if (source_check(source, &builder.positions, builder.scratch, findings)) {
        parse_events(&builder);
        if (!builder.stopped && builder.root == NULL) {
            finding_add(findings, MESSAGE_YAML_EMPTY, (Place){.source = source}, NULL, NULL);
        }
    }
    arena_free(builder.scratch);
    return builder.stopped ? NULL : builder.root;
}

Value *yaml_load(const char *path, const YamlLimits *limits, Arena *arena, FindingList *findings)
{
    Source *source = arena_new_of(arena, Source);
    source->name = arena_strdup(arena, path);
    char *bytes = NULL;
    char number[24];
    snprintf(number, sizeof number, "%zu", limits->bytes / MB);
    switch (file_read(arena, path, limits->bytes, &bytes, &source->len)) {
    case FILE_OK:
        source->bytes = bytes;
        return yaml_parse(source, limits, arena, findings);
    case FILE_TOO_LARGE:
        finding_add(findings, MESSAGE_FILE_TOO_LARGE, (Place){0}, NULL, path, number, NULL);
        break;
    case FILE_NOT_REGULAR:
        finding_add(findings, MESSAGE_FILE_NOT_REGULAR, (Place){0}, NULL, path, NULL);
        break;
    case FILE_ERROR:
        finding_add(findings, MESSAGE_FILE_UNREADABLE, (Place){0}, NULL, path, strerror(errno), NULL);
        break;
    }
    source->bytes = "";
    source->len = 0;
    return NULL;
}
