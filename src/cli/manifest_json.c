/* One line of JSON -> a tree in an arena; text -> a quoted string. */
#include "cli/manifest_json.h"

#include <string.h>

#include "base/text.h"

#define DEPTH_MOST 32

typedef struct Reader {
    const char *at, *end;
    Arena *arena;
    const char *skipped; /* a key of the outermost map, or NULL */
    int depth;
} Reader;

static void skip_blanks(Reader *reader)
{
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) && *reader->at)
        reader->at++;
}

static bool take(Reader *reader, char wanted)
{
    skip_blanks(reader);
    if (reader->at >= reader->end || *reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

static bool read_hex(Reader *reader, uint32_t *code)
{
    *code = 0;
    if (reader->end - reader->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = *reader->at++;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        *code = *code << 4 | (uint32_t)digit;
    }
    return true;
}

/* After "\u": a code point, by two escapes beyond the BMP. */
static bool read_escape(Reader *reader, uint32_t *code)
{
    if (!read_hex(reader, code))
        return false;
    if (*code < 0xD800 || *code > 0xDFFF)
        return true;
    if (*code > 0xDBFF)
        return false; /* the second half of a pair alone */
    uint32_t low;
    if (reader->end - reader->at < 6 || reader->at[0] != '\\' || reader->at[1] != 'u')
        return false;
    reader->at += 2;
    if (!read_hex(reader, &low) || low < 0xDC00 || low > 0xDFFF)
        return false;
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* The text of a string whose opening quote has been taken; NULL when it is broken. */
static const char *read_string(Reader *reader)
{
    const char *close = reader->at;
    while (close < reader->end && *close != '"')
        close += *close == '\\' && close + 1 < reader->end ? 2 : 1;
    if (close >= reader->end)
        return NULL;
    char *text = arena_alloc(reader->arena, (size_t)(close - reader->at) + 1), *to = text;
    while (reader->at < close) {
        char c = *reader->at++;
        if ((unsigned char)c < 0x20)
            return NULL;
        if (c != '\\') {
            *to++ = c;
            continue;
        }
        static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
        c = *reader->at++;
        const char *known = c ? strchr(FROM, c) : NULL;
        uint32_t code;
        if (known) {
            *to++ = TO[known - FROM];
        } else if (c == 'u' && read_escape(reader, &code) && code != 0) {
            to += utf8_encode(code, to); /* never longer than its escape */
        } else {
            return NULL;
        }
    }
    reader->at = close + 1;
    return text;
}

static bool read_word(Reader *reader, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(reader->end - reader->at) < len || memcmp(reader->at, word, len) != 0)
        return false;
    reader->at += len;
    return true;
}

static bool read_number(Reader *reader, Json *value)
{
    const char *start = reader->at;
    bool whole = true, negative = *start == '-';
    int64_t number = 0;
    for (reader->at += negative; reader->at < reader->end; reader->at++) {
        char c = *reader->at;
        if (c >= '0' && c <= '9') {
            if (whole && number < INT64_MAX / 10 - 1)
                number = number * 10 + (c - '0');
        } else if (c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-') {
            whole = false;
        } else {
            break;
        }
    }
    if (reader->at == start + negative)
        return false;
    value->kind = JSON_NUMBER;
    value->text = arena_strndup(reader->arena, start, (size_t)(reader->at - start));
    value->number = !whole ? 0 : negative ? -number : number;
    return true;
}

static Json *read_value(Reader *reader);

/* Behind the quote that ends a string; `at` stands behind the one that opens it. */
static const char *skip_string(const char *at, const char *end)
{
    while (at < end && *at != '"')
        at += *at == '\\' ? 2 : 1;
    return at < end ? at + 1 : end;
}

/* A list or map unread, but for where it ends. */
static Json *skip_value(Reader *reader)
{
    skip_blanks(reader);
    if (reader->at >= reader->end || (*reader->at != '[' && *reader->at != '{'))
        return read_value(reader);
    size_t open = 0;
    do {
        char c = *reader->at++;
        if (c == '"')
            reader->at = skip_string(reader->at, reader->end);
        else
            open += (c == '[' || c == '{') ? 1 : (c == ']' || c == '}') ? (size_t)-1 : 0;
    } while (open > 0 && reader->at < reader->end);
    Json *value = arena_new_of(reader->arena, Json);
    value->kind = JSON_LIST;
    return open == 0 ? value : NULL;
}

static bool read_members(Reader *reader, Json *value, char close)
{
    const Json **link = &value->first;
    if (take(reader, close))
        return true;
    do {
        const char *key = NULL;
        if (close == '}' && (!take(reader, '"') || !(key = read_string(reader)) || !take(reader, ':')))
            return false;
        bool skipped = reader->depth == 1 && key && reader->skipped && text_equal(key, reader->skipped);
        Json *item = skipped ? skip_value(reader) : read_value(reader);
        if (!item)
            return false;
        item->key = key;
        *link = item;
        link = &item->next;
    } while (take(reader, ','));
    return take(reader, close);
}

static bool read_kind(Reader *reader, Json *value)
{
    switch (*reader->at) {
    case '{':
    case '[':
        value->kind = *reader->at == '{' ? JSON_MAP : JSON_LIST;
        reader->at++;
        return read_members(reader, value, value->kind == JSON_MAP ? '}' : ']');
    case '"':
        reader->at++;
        value->kind = JSON_TEXT;
        return (value->text = read_string(reader)) != NULL;
    case 't':
        value->kind = JSON_TRUE;
        return read_word(reader, "true");
    case 'f':
        value->kind = JSON_FALSE;
        return read_word(reader, "false");
    case 'n':
        return read_word(reader, "null");
    default:
        return read_number(reader, value);
    }
}

static Json *read_value(Reader *reader)
{
    skip_blanks(reader);
    if (reader->at >= reader->end || reader->depth >= DEPTH_MOST)
        return NULL;
    Json *value = arena_new_of(reader->arena, Json);
    value->raw = reader->at;
    reader->depth++;
    bool good = read_kind(reader, value);
    reader->depth--;
    value->raw_len = (size_t)(reader->at - value->raw);
    return good ? value : NULL;
}

const Json *json_parse(const char *text, size_t len, Arena *arena)
{
    return json_parse_without(NULL, text, len, arena);
}

const Json *json_parse_without(const char *skipped, const char *text, size_t len, Arena *arena)
{
    Reader reader = {.at = text, .end = text + len, .arena = arena, .skipped = skipped};
    const Json *value = utf8_valid_prefix(text, len) == len ? read_value(&reader) : NULL;
    skip_blanks(&reader);
    return reader.at == reader.end ? value : NULL;
}

const Json *json_get(const Json *map, const char *key)
{
    if (!map || map->kind != JSON_MAP)
        return NULL;
    const Json *member = map->first;
    while (member && !text_equal(member->key, key))
        member = member->next;
    return member;
}

const char *json_text(const Json *map, const char *key)
{
    const Json *member = json_get(map, key);
    return member && member->kind == JSON_TEXT ? member->text : NULL;
}

int64_t json_number(const Json *map, const char *key)
{
    const Json *member = json_get(map, key);
    return member && member->kind == JSON_NUMBER ? member->number : 0;
}

bool json_is_true(const Json *map, const char *key)
{
    const Json *member = json_get(map, key);
    return member && member->kind == JSON_TRUE;
}

size_t json_count(const Json *list)
{
    size_t count = 0;
    if (list && (list->kind == JSON_LIST || list->kind == JSON_MAP))
        for (const Json *item = list->first; item; item = item->next)
            count++;
    return count;
}
