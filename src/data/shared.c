/* Reads a notice's file and merges the files that its 共用 names under it. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

#define SHARED_MAX 16

typedef struct Sharing {
    Value *root;
    const char *path;       /* of the notice's file, as given */
    const char *own_path;   /* the same without links, NULL for standard input */
    const char *own_folder; /* without links, NULL when it cannot be told */
    Arena *arena;
    FindingList *findings;
    const char *real[SHARED_MAX]; /* files merged so far, without links */
    size_t count;
} Sharing;

static const char *real_path(Arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *copy = real == NULL ? NULL : arena_strdup(arena, real);
    free(real);
    return copy;
}

static bool is_inside(const char *folder, const char *path)
{
    size_t len = strlen(folder);
    return strncmp(path, folder, len) == 0 && (path[len] == '/' || (len > 0 && folder[len - 1] == '/'));
}

/* True for a path with a step "..": when such a file is not there, where it would be is what matters. */
static bool has_parent_step(const char *path)
{
    for (const char *at = path; *at != '\0';) {
        size_t len = strcspn(at, "/");
        if (len == 2 && at[0] == '.' && at[1] == '.') {
            return true;
        }
        at += len + (at[len] == '/');
    }
    return false;
}

static void report(Sharing *sharing, MessageId id, const Value *name)
{
    finding_add(sharing->findings, id, name->place, name->path, name->text, NULL);
}

/* The file's real path when it may be shared; NULL, reported, when not. */
static const char *find_shared(Sharing *sharing, const Value *name, const char *path)
{
    const char *real = real_path(sharing->arena, path);
    bool absolute = name->text[0] == '/';
    if (real == NULL) {
        bool leaves = absolute || has_parent_step(name->text);
        report(sharing, leaves ? MESSAGE_SHARED_OUTSIDE : MESSAGE_SHARED_MISSING, name);
        return NULL;
    }
    if (absolute || sharing->own_folder == NULL || !is_inside(sharing->own_folder, real)) {
        report(sharing, MESSAGE_SHARED_OUTSIDE, name);
        return NULL;
    }
    if (text_equal(real, sharing->own_path)) {
        report(sharing, MESSAGE_SHARED_SELF, name);
        return NULL;
    }
    for (size_t i = 0; i < sharing->count; i++) {
        if (strcmp(sharing->real[i], real) == 0) {
            report(sharing, MESSAGE_SHARED_TWICE, name);
            return NULL;
        }
    }
    return real;
}

static void report_not_map(const Value *root, Arena *arena, FindingList *findings)
{
    if (!report_root_text(root, arena, findings)) {
        finding_add(findings, MESSAGE_ROOT_NOT_MAP, root->place, root->path, NULL);
    }
}

static void merge_file(Sharing *sharing, const Value *name)
{
    if (value_text(name) == NULL || name->len == 0) {
        finding_add(sharing->findings, MESSAGE_SHARED_KIND, name->place, name->path, KEY_SHARED, NULL);
        return;
    }
    const char *path = path_join(sharing->arena, path_folder(sharing->arena, sharing->path), name->text);
    const char *real = find_shared(sharing, name, path);
    if (real == NULL) {
        return;
    }
    sharing->real[sharing->count++] = real;
    const Value *shared = yaml_load(path, &YAML_LIMITS_DEFAULT, sharing->arena, sharing->findings);
    if (shared == NULL) {
        return;
    }
    if (shared->kind != VALUE_MAP) {
        report_not_map(shared, sharing->arena, sharing->findings);
        return;
    }
    const Value *nested = value_get(shared, KEY_SHARED);
    if (nested != NULL) {
        finding_add(sharing->findings, MESSAGE_SHARED_NESTED, nested->key_place, nested->path, KEY_SHARED, NULL);
    }
    value_merge_under(sharing->root, shared, ORIGIN_SHARED, sharing->arena);
}

static void merge_all(Sharing *sharing, const Value *names)
{
    bool list = names->kind == VALUE_LIST;
    size_t count = list ? names->count : 1;
    if (count > SHARED_MAX) {
        char most[8];
        snprintf(most, sizeof most, "%d", SHARED_MAX);
        finding_add(sharing->findings, MESSAGE_SHARED_MANY, names->key_place, names->path, most, NULL);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        merge_file(sharing, list ? names->items[i] : names);
    }
}

Value *data_load(const char *path, Arena *arena, FindingList *findings)
{
    Value *root = yaml_load(path, &YAML_LIMITS_DEFAULT, arena, findings);
    if (root == NULL) {
        return NULL;
    }
    if (root->kind != VALUE_MAP) {
        report_not_map(root, arena, findings);
        return NULL;
    }
    const Value *names = value_get(root, KEY_SHARED);
    if (names != NULL && names->kind != VALUE_NULL) {
        bool from_input = strcmp(path, "-") == 0;
        Sharing sharing = {.root = root, .path = path, .arena = arena, .findings = findings};
        sharing.own_path = from_input ? NULL : real_path(arena, path);
        sharing.own_folder = real_path(arena, path_folder(arena, path));
        merge_all(&sharing, names);
    }
    return root;
}
