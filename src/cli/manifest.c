/* manifest.jsonl -> entries, and the header -> its line. */
#include "cli/manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"

#define MANIFEST_FORMAT 1
#define MANIFEST_LIMIT  ((size_t)1 << 30) /* [bytes] 10,000 notices have about 40 MB */

const ManifestEntry *manifest_entry(const char *line, size_t len, Arena *arena)
{
    char *kept = arena_strndup(arena, line, len);
    const Json *json = json_parse(kept, len, arena);
    const char *file = json_text(json, "file"), *output = json_text(json, "output");
    if (!file || !output)
        return NULL;
    const Json *edition = json_get(json, "edition"), *inputs = json_get(json, "inputs");
    ManifestEntry *entry = arena_new_of(arena, ManifestEntry);
    *entry = (ManifestEntry){.line = kept,
                             .json = json,
                             .file = file,
                             .output = output,
                             .done = text_equal(json_text(json, "status"), "done"),
                             .draft = json_is_true(edition, "draft"),
                             .key = json_text(json, "key"),
                             .pack = json_text(json, "pack"),
                             .hash = json_text(json, "sha256"),
                             .press_output = json_text(json_get(json, "press"), "output"),
                             .press_hash = json_text(json_get(json, "press"), "sha256"),
                             .department = json_text(json, "department"),
                             .replaces = json_text(edition, "replaces"),
                             .pages = (size_t)json_number(json, "pages"),
                             .errors = (size_t)json_number(json, "errors"),
                             .warnings = (size_t)json_number(json, "warnings"),
                             .hints = (size_t)json_number(json, "hints"),
                             .status = (int)json_number(json, "exit")};
    entry->inputs = arena_array_of(arena, ManifestInput, json_count(inputs));
    for (const Json *input = inputs && inputs->kind == JSON_LIST ? inputs->first : NULL; input; input = input->next)
        entry->inputs[entry->input_count++] = (ManifestInput){json_text(input, "path"), json_text(input, "sha256")};
    return entry;
}

static bool read_header(const Json *json, Arena *arena, ManifestHeader *header)
{
    if (!json_text(json, "gongkai") || json_number(json, "format") != MANIFEST_FORMAT)
        return false;
    const Json *shard = json_get(json, "shard"), *files = json_get(json, "files");
    *header = (ManifestHeader){.shard = (size_t)json_number(shard, "number"),
                               .shards = (size_t)json_number(shard, "of"),
                               .list = json_text(json, "list"),
                               .root = json_text(json, "root"),
                               .files = arena_array_of(arena, const char *, json_count(files))};
    for (const Json *file = files && files->kind == JSON_LIST ? files->first : NULL; file; file = file->next)
        if (file->kind == JSON_TEXT)
            header->files[header->file_count++] = file->text;
    return header->list && header->root;
}

/* By file; of one file the later line last. */
typedef struct SeenEntry {
    const ManifestEntry *entry;
    size_t seen;
} SeenEntry;

static int compare_seen(const void *a, const void *b)
{
    const SeenEntry *left = a, *right = b;
    int order = strcmp(left->entry->file, right->entry->file);
    return order ? order : (left->seen > right->seen) - (left->seen < right->seen);
}

static int compare_file(const void *file, const void *entry)
{
    return strcmp(file, (*(const ManifestEntry *const *)entry)->file);
}

const ManifestEntry *manifest_find(const Manifest *manifest, const char *file)
{
    if (manifest->entries.count == 0)
        return NULL;
    const ManifestEntry **found =
        bsearch(file, manifest->entries.items, manifest->entries.count, sizeof *manifest->entries.items, compare_file);
    return found ? *found : NULL;
}

bool manifest_load(const char *path, Arena *arena, Manifest *manifest, FindingList *findings)
{
    char *bytes;
    size_t len;
    *manifest = (Manifest){0};
    FileStatus status = file_read(arena, path, MANIFEST_LIMIT, &bytes, &len);
    if (status == FILE_ERROR && errno == ENOENT)
        return true;
    if (status != FILE_OK) {
        finding_add(findings, MESSAGE_FILE_UNREADABLE, (Place){0}, NULL, path,
                    strerror(status == FILE_ERROR ? errno : EINVAL), NULL);
        return false;
    }
    ARRAY(SeenEntry) all = {0};
    for (const char *line = bytes, *end = bytes + len, *stop; line < end; line = stop + 1) {
        stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) /* torn: the run was killed while it wrote */
            break;
        size_t line_len = (size_t)(stop - line);
        if (!manifest->headed && all.count == 0 &&
            read_header(json_parse(line, line_len, arena), arena, &manifest->header)) {
            manifest->headed = true;
            continue;
        }
        const ManifestEntry *entry = manifest_entry(line, line_len, arena);
        if (entry)
            *array_push(arena, &all) = (SeenEntry){entry, all.count};
    }
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_seen);
    for (size_t i = 0; i < all.count; i++)
        if (i + 1 == all.count || !text_equal(all.items[i].entry->file, all.items[i + 1].entry->file))
            *array_push(arena, &manifest->entries) = all.items[i].entry;
    return true;
}

void manifest_header_append(const ManifestHeader *header, Buffer *out)
{
    buffer_printf(out,
                  "{\"gongkai\":\"%s\",\"format\":%d,\"shard\":{\"number\":%zu,\"of\":%zu},\"list\":", GONGKAI_VERSION,
                  MANIFEST_FORMAT, header->shard, header->shards);
    json_put_text(out, header->list);
    buffer_text(out, ",\"root\":");
    json_put_text(out, header->root);
    buffer_text(out, ",\"files\":[");
    for (size_t i = 0; i < header->file_count; i++) {
        buffer_text(out, i ? "," : "");
        json_put_text(out, header->files[i]);
    }
    buffer_text(out, "]}\n");
}
