/* Canonical paths: writes the path of a value and finds the value of a path. */
#include <string.h>

#include "data/data_int.h"

static bool is_special(char c)
{
    return c == '/' || c == '[' || c == ']' || c == '#' || c == '\\';
}

static size_t escaped_length(const char *name)
{
    size_t len = 0;
    for (const char *at = name; *at != '\0'; at++) {
        len += is_special(*at) ? 2 : 1;
    }
    return len;
}

static char *write_escaped(char *out, const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        if (is_special(*at)) {
            *out++ = '\\';
        }
        *out++ = *at;
    }
    return out;
}

const char *path_member(Arena *arena, const char *parent, const char *key)
{
    size_t parent_len = strlen(parent);
    char *path = arena_alloc(arena, parent_len + escaped_length(key) + 2);
    char *at = path;
    memcpy(at, parent, parent_len);
    at += parent_len;
    if (parent_len > 0) {
        *at++ = '/';
    }
    *write_escaped(at, key) = '\0';
    return path;
}

const char *path_item(Arena *arena, const char *parent, const char *name, size_t ordinal)
{
    char number[24], *digits = number + sizeof number;
    if (name == NULL || ordinal > 1) {
        for (size_t left = ordinal; left > 0 || digits == number + sizeof number; left /= 10) {
            *--digits = (char)('0' + left % 10);
        }
        *--digits = '#';
    }
    size_t number_len = (size_t)(number + sizeof number - digits);
    size_t parent_len = strlen(parent);
    size_t name_len = name == NULL ? 0 : escaped_length(name);
    char *path = arena_alloc(arena, parent_len + name_len + number_len + 3);
    char *at = path;
    memcpy(at, parent, parent_len);
    at += parent_len;
    *at++ = '[';
    if (name != NULL) {
        at = write_escaped(at, name);
    }
    memcpy(at, digits, number_len);
    at += number_len;
    *at++ = ']';
    *at = '\0';
    return path;
}

/* The length of the key at the start of a path, up to its end, "/" or "[". */
static size_t key_length(const char *path)
{
    size_t len = 0;
    while (path[len] != '\0' && path[len] != '/' && path[len] != '[') {
        len += path[len] == '\\' && path[len + 1] != '\0' ? 2 : 1;
    }
    return len;
}

/* The length of "[...]" at the start of a path; 0 when it is not closed. */
static size_t selector_length(const char *path)
{
    size_t len = 1;
    while (path[len] != '\0' && path[len] != ']') {
        len += path[len] == '\\' && path[len + 1] != '\0' ? 2 : 1;
    }
    return path[len] == ']' ? len + 1 : 0;
}

static bool escaped_equal(const char *escaped, size_t len, const char *name)
{
    for (size_t i = 0; i < len; i++, name++) {
        if (escaped[i] == '\\' && i + 1 < len) {
            i++;
        }
        if (*name == '\0' || escaped[i] != *name) {
            return false;
        }
    }
    return *name == '\0';
}

/* Keys of a map are found through its index when the path has nothing escaped, which is nearly always. */
static const Value *member_at(const Value *map, const char *key, size_t len)
{
    char plain[256];
    if (memchr(key, '\\', len) == NULL && len < sizeof plain) {
        memcpy(plain, key, len);
        plain[len] = '\0';
        return value_get(map, plain);
    }
    for (size_t i = 0; map->kind == VALUE_MAP && i < map->count; i++) {
        if (escaped_equal(key, len, map->items[i]->key)) {
            return map->items[i];
        }
    }
    return NULL;
}

/* [name], [name#2] by the items' own paths; [#3] by position. */
static const Value *item_at(const Value *list, const char *selector, size_t len)
{
    if (list->kind != VALUE_LIST) {
        return NULL;
    }
    if (selector[1] == '#') {
        size_t n = 0, i = 2;
        while (i < len - 1 && selector[i] >= '0' && selector[i] <= '9' && n <= list->count) {
            n = n * 10 + (size_t)(selector[i++] - '0');
        }
        return i == len - 1 && n >= 1 && n <= list->count ? list->items[n - 1] : NULL;
    }
    size_t parent_len = strlen(list->path);
    for (size_t i = 0; i < list->count; i++) {
        const char *own = list->items[i]->path;
        if (strncmp(own, list->path, parent_len) == 0 && strncmp(own + parent_len, selector, len) == 0 &&
            own[parent_len + len] == '\0') {
            return list->items[i];
        }
    }
    return NULL;
}

const Value *value_at(const Value *root, const char *path)
{
    const Value *value = root;
    while (value != NULL && path != NULL && *path != '\0') {
        size_t len;
        if (*path == '[') {
            len = selector_length(path);
            value = len < 3 ? NULL : item_at(value, path, len);
        } else {
            len = key_length(path);
            value = len == 0 ? NULL : member_at(value, path, len);
        }
        path += len;
        if (*path == '/' && path[1] != '\0') {
            path++;
        } else if (*path != '\0' && *path != '[') {
            return NULL;
        }
    }
    return path == NULL ? NULL : value;
}
