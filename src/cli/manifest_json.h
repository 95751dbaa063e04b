/* JSON (RFC 8259): one line of text -> a small tree, and text -> a quoted string. */
#ifndef GONGKAI_CLI_MANIFEST_JSON_H
#define GONGKAI_CLI_MANIFEST_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/file.h"

typedef enum JsonKind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_MAP } JsonKind;

typedef struct Json Json;
struct Json {
    JsonKind kind;
    const char *key;  /* of a member; NULL else */
    const char *text; /* JSON_TEXT: decoded; JSON_NUMBER: as written */
    int64_t number;   /* JSON_NUMBER: whole ones; 0 for the rest */
    const char *raw;  /* where its text begins in the line, not ended by NUL */
    size_t raw_len;
    const Json *first, *next; /* members or items; the sibling after it */
};

/* NULL when the text is no JSON, is nested deeper than 32, or holds a string with a NUL, which C could not. */
const Json *json_parse(const char *text, size_t len, Arena *arena);
/* The same but for what stands in the outermost map under `skipped`: that is an empty list, whatever it was. */
const Json *json_parse_without(const char *skipped, const char *text, size_t len, Arena *arena);
/* All accept NULL and a value of another kind: NULL, 0 or false then. */
const Json *json_get(const Json *map, const char *key);
const char *json_text(const Json *map, const char *key);
int64_t json_number(const Json *map, const char *key);
bool json_is_true(const Json *map, const char *key);
size_t json_count(const Json *list);

#endif
