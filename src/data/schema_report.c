/* Says what is wrong with keys and kinds: wrong kind, unknown key and what was meant, keys swallowed by a text. */
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

/* Beyond this many there is no search for what was meant: the list would be folded anyway. */
#define GUESSES_MAX FINDING_FOLD_LIMIT
/* As many known keys are listed in a help. */
#define KEYS_LISTED_MAX 12

/* A text where keys were expected: perhaps they are there, with a colon that is none. */
static bool report_colon_in(Check *check, const Value *value)
{
    if (value->kind != VALUE_TEXT || value->quoted || value->place.source == NULL) {
        return false;
    }
    size_t wide = find_wide_colon(value->text, value->len), tight = find_tight_colon(value->text, value->len);
    if (wide == SIZE_MAX && tight == SIZE_MAX) {
        return false;
    }
    size_t at = wide != SIZE_MAX ? wide : tight;
    /* A colon is looked for in a few characters only, so it stands in the first line. */
    Place place = value->place;
    place.offset += (uint32_t)at;
    place.column += (uint32_t)utf8_count(value->text, at);
    place.length = wide != SIZE_MAX ? 3 : 1;
    const char *key = arena_strndup(check->findings->arena, value->text, at);
    finding_add(check->findings, wide != SIZE_MAX ? MESSAGE_YAML_WIDE_COLON : MESSAGE_YAML_TIGHT_COLON, place,
                value->path, key, NULL)
        ->suggestion = ": ";
    return true;
}

bool report_root_text(const Value *root, Arena *arena, FindingList *findings)
{
    Check check = {.arena = arena, .findings = findings};
    return report_colon_in(&check, root);
}

void report_kind(Check *check, const Schema *schema, const Value *value)
{
    unsigned types = schema->types;
    bool list = types == TYPE_ARRAY || types == (TYPE_ARRAY | TYPE_NULL);
    bool map = types == TYPE_OBJECT || types == (TYPE_OBJECT | TYPE_NULL);
    bool text = types != 0 && (types & (TYPE_ARRAY | TYPE_OBJECT)) == 0;
    bool is_list = value->kind == VALUE_LIST, is_map = value->kind == VALUE_MAP;
    MessageId id = MESSAGE_WANTS_OTHER;
    if ((map || list) && report_colon_in(check, value)) {
        return;
    }
    if (value->parent == NULL && map) {
        id = MESSAGE_ROOT_NOT_MAP;
    } else if (list) {
        id = is_map ? MESSAGE_WANTS_LIST_MAP : MESSAGE_WANTS_LIST_TEXT;
    } else if (map) {
        id = is_list ? MESSAGE_WANTS_MAP_LIST : MESSAGE_WANTS_MAP_TEXT;
    } else if (text) {
        id = is_list ? MESSAGE_WANTS_TEXT_LIST : is_map ? MESSAGE_WANTS_TEXT_MAP : MESSAGE_WANTS_OTHER;
    }
    Finding *finding = finding_add(check->findings, id, value->place, value->path, value_label(value), NULL);
    if (id == MESSAGE_WANTS_OTHER && schema->description != NULL) {
        finding->help = schema->description;
    }
}

/* ---- unknown keys ---- */

/* A key that is there, only written wrongly: not to be reported as missing as well. */
static void explain(Check *check, const char *key)
{
    *array_push(check->arena, &check->explained) = key;
}

/* `{名称：某}` makes the key 名称：某 with nothing after it. */
static bool report_colon_in_key(Check *check, const Value *member)
{
    if (member->kind != VALUE_NULL || member->key_place.source == NULL) {
        return false;
    }
    Value as_text = *member;
    as_text.kind = VALUE_TEXT;
    as_text.text = member->key;
    as_text.len = strlen(member->key);
    as_text.place = member->key_place;
    if (!report_colon_in(check, &as_text)) {
        return false;
    }
    size_t wide = find_wide_colon(as_text.text, as_text.len), tight = find_tight_colon(as_text.text, as_text.len);
    explain(check, arena_strndup(check->arena, as_text.text, wide != SIZE_MAX ? wide : tight));
    return true;
}

/* The member before this one whose keys include it: its indent got lost. */
static const Value *owner_before(const Schema *schema, const Value *map, const Value *member)
{
    const Value *owner = NULL;
    for (size_t i = 0; i < map->count && map->items[i] != member; i++) {
        bool known;
        const Schema *wanted = schema_property(schema, map->items[i]->key, &known);
        for (size_t j = 0; wanted != NULL && j < wanted->properties.count; j++) {
            if (strcmp(wanted->properties.items[j].name, member->key) == 0) {
                owner = map->items[i];
            }
        }
    }
    return owner;
}

/* The property nearest to an unknown key, among those the map does not have; NULL when none is near or two are. */
static const char *nearest_key(const Schema *schema, const Value *map, const char *key)
{
    size_t codes = utf8_count(key, strlen(key));
    size_t least = codes <= 2 ? 2 : codes <= 5 ? 3 : 4; /* fewer edits than this */
    const char *nearest = NULL;
    for (size_t i = 0; i < schema->properties.count; i++) {
        const char *name = schema->properties.items[i].name;
        size_t distance = text_distance(key, name, 4);
        if (distance <= 4 && codes >= 3 && (strstr(name, key) != NULL || strstr(key, name) != NULL)) {
            distance = distance < 2 ? distance : 2; /* 基金预算 for 基金预算收入 */
        }
        if (value_get(map, name) != NULL) {
            continue;
        }
        if (distance < least) {
            least = distance;
            nearest = name;
        } else if (distance == least && nearest != NULL) {
            nearest = NULL;
        }
    }
    return nearest;
}

static const char *known_keys(Check *check, const Schema *schema, const Value *map)
{
    Buffer list = {0};
    size_t listed = 0;
    for (size_t i = 0; i < schema->properties.count; i++) {
        if (value_get(map, schema->properties.items[i].name) == NULL) {
            buffer_printf(&list, "%s%s", listed++ == 0 ? "" : "\u3001", schema->properties.items[i].name); /* 、 */
        }
    }
    const char *text =
        listed == 0 || listed > KEYS_LISTED_MAX ? NULL : arena_strndup(check->arena, list.bytes, list.len);
    buffer_release(&list);
    return text;
}

void report_unknown_key(Check *check, const Schema *schema, const Value *map, const Value *member)
{
    FindingList *findings = check->findings;
    Place place = member->key_place;
    if (check->guesses++ >= GUESSES_MAX) {
        finding_add(findings, MESSAGE_UNKNOWN_KEY, place, member->path, member->key, NULL);
        return;
    }
    if (report_colon_in_key(check, member)) {
        return;
    }
    const Value *owner = owner_before(schema, map, member);
    if (owner != NULL) {
        explain(check, owner->key);
        finding_add(findings, MESSAGE_UNKNOWN_KEY_ELSEWHERE, place, member->path, member->key, owner->key, NULL);
        return;
    }
    const char *nearest = nearest_key(schema, map, member->key);
    if (nearest != NULL) {
        explain(check, nearest);
        finding_add(findings, MESSAGE_UNKNOWN_KEY_GUESS, place, member->path, member->key, nearest, NULL)->suggestion =
            nearest;
        return;
    }
    const char *known = known_keys(check, schema, map);
    if (known != NULL) {
        finding_add(findings, MESSAGE_UNKNOWN_KEY_LIST, place, member->path, member->key, known, NULL);
    } else {
        finding_add(findings, MESSAGE_UNKNOWN_KEY, place, member->path, member->key, NULL);
    }
}

/* ---- swallowed keys ---- */

static const char *missing_property(const Schema *schema, const Value *map, const char *key, size_t len)
{
    for (size_t i = 0; i < schema->properties.count; i++) {
        const char *name = schema->properties.items[i].name;
        if (strlen(name) == len && memcmp(name, key, len) == 0 && value_get(map, name) == NULL) {
            return name;
        }
    }
    return NULL;
}

/* 名称: 某项目 / 金额：3 on the next line is one text to YAML, "某项目 金额：3". The lines after the first that belong
 * to the text are looked at for a key of the same map that is missing from it. */
static void report_swallowed_lines(Check *check, const Schema *schema, const Value *map, const Value *member)
{
    const Source *source = member->place.source;
    Line line = line_around(source, member->place.offset);
    for (size_t consumed = member->place.length; consumed < member->len;) {
        if (line.end >= source->len) {
            return;
        }
        size_t next = line.end + 1;
        next += source->bytes[line.end] == '\r' && next < source->len && source->bytes[next] == '\n';
        line = line_around(source, next);
        size_t start = line.start;
        while (start < line.end && source->bytes[start] == ' ') {
            start++;
        }
        consumed += line.end - start + 1;
        size_t colon = find_wide_colon(source->bytes + start, line.end - start);
        const char *key = colon == SIZE_MAX ? NULL : missing_property(schema, map, source->bytes + start, colon);
        if (key != NULL && check->guesses++ < GUESSES_MAX) {
            finding_add(check->findings, MESSAGE_YAML_WIDE_COLON, place_at(source, start + colon, 3), member->path, key,
                        NULL)
                ->suggestion = ": ";
            explain(check, key);
        }
    }
}

/* { 名称: 某项目，金额：3 }: in braces a full-width comma parts nothing, and the next key is in the text. U+FF0C, then
 * a missing key, then U+FF1A or a half-width colon. */
static void report_swallowed_in_braces(Check *check, const Schema *schema, const Value *map, const Value *member)
{
    Line line = line_around(member->place.source, member->place.offset);
    if (memchr(member->place.source->bytes + line.start, '{', member->place.offset - line.start) == NULL) {
        return;
    }
    for (const char *comma = strstr(member->text, "\uFF0C"); comma != NULL; comma = strstr(comma + 3, "\uFF0C")) {
        const char *key = comma + 3, *wide = strstr(key, "\uFF1A"), *narrow = strchr(key, ':');
        const char *colon = wide == NULL || (narrow != NULL && narrow < wide) ? narrow : wide;
        const char *name = colon == NULL ? NULL : missing_property(schema, map, key, (size_t)(colon - key));
        if (name != NULL && check->guesses++ < GUESSES_MAX) {
            Place place = member->place;
            place.offset += (uint32_t)(comma - member->text);
            place.column += (uint32_t)utf8_count(member->text, (size_t)(comma - member->text));
            place.length = 3;
            finding_add(check->findings, MESSAGE_YAML_WIDE_COMMA, place, member->path, NULL)->suggestion = ", ";
            explain(check, name);
        }
    }
}

void report_swallowed_keys(Check *check, const Schema *schema, const Value *map)
{
    for (size_t i = 0; i < map->count && check->guesses < GUESSES_MAX; i++) {
        const Value *member = map->items[i];
        if (member->kind != VALUE_TEXT || member->quoted || member->place.source == NULL) {
            continue;
        }
        if (member->place.length < member->len) {
            report_swallowed_lines(check, schema, map, member);
        } else if (strstr(member->text, "\uFF0C") != NULL) {
            report_swallowed_in_braces(check, schema, map, member);
        }
    }
}
