/* The shards' manifests -> one manifest, what is missing, and the county's checks and products. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/cli.h"

typedef struct Shard {
    const char *folder, *path;
    Manifest manifest;
} Shard;

typedef struct Merge {
    const BatchOptions *options;
    Arena *arena;
    FindingList *findings;
    ARRAY(Shard) shards;
} Merge;

static Place place_of(const char *path, Arena *arena)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){.name = path, .bytes = ""};
    return (Place){.source = source};
}

static bool is_shard_manifest(const char *name)
{
    return text_starts_with(name, "manifest-") && text_ends_with(name, ".jsonl") && strstr(name, "-of-");
}

static int compare_shards(const void *a, const void *b)
{
    const Shard *left = a, *right = b;
    size_t k = left->manifest.header.shard, n = right->manifest.header.shard;
    return k != n ? (k > n) - (k < n) : strcmp(left->path, right->path);
}

/* The shards' manifests of one folder; false with a finding when there is none. */
static bool read_folder(Merge *merge, const char *folder)
{
    DIR *opened = opendir(folder);
    size_t before = merge->shards.count;
    for (struct dirent *entry; opened && (entry = readdir(opened));) {
        if (!is_shard_manifest(entry->d_name))
            continue;
        Shard shard = {.folder = folder,
                       .path = path_join(merge->arena, folder, arena_strdup(merge->arena, entry->d_name))};
        if (manifest_load(shard.path, merge->arena, &shard.manifest, merge->findings) && shard.manifest.headed)
            *array_push(merge->arena, &merge->shards) = shard;
    }
    if (opened)
        closedir(opened);
    if (merge->shards.count == before)
        finding_add(merge->findings, MESSAGE_MERGE_NONE, (Place){0}, NULL, folder, NULL);
    return merge->shards.count > before;
}

/* All of one list, each there once. */
static bool check_shards(Merge *merge)
{
    const ManifestHeader *first = &merge->shards.items[0].manifest.header;
    size_t errors = merge->findings->errors, next = 1;
    for (size_t i = 1; i < merge->shards.count; i++) {
        const ManifestHeader *header = &merge->shards.items[i].manifest.header;
        if (header->shards != first->shards || !text_equal(header->list, first->list))
            finding_add(merge->findings, MESSAGE_MERGE_DIFFERENT, (Place){0}, NULL, merge->shards.items[0].path,
                        merge->shards.items[i].path, NULL);
    }
    if (merge->findings->errors > errors)
        return false;
    for (size_t i = 0; i <= merge->shards.count; i++) {
        size_t number = i < merge->shards.count ? merge->shards.items[i].manifest.header.shard : first->shards + 1;
        for (; next < number; next++)
            finding_add(merge->findings, MESSAGE_MERGE_MISSING, (Place){0}, NULL,
                        arena_printf(merge->arena, "%zu", next), arena_printf(merge->arena, "%zu", first->shards),
                        NULL);
        next = number + 1 > next ? number + 1 : next;
    }
    return true;
}

typedef struct Joined {
    BatchItem item;
    const ManifestEntry *entry;
} Joined;

static int compare_joined(const void *a, const void *b)
{
    return strcmp(((const Joined *)a)->item.file, ((const Joined *)b)->item.file);
}

static bool is_whole(const char *path, const char *hash)
{
    Arena *scratch = arena_new();
    char *bytes, hex[SHA256_HEX];
    size_t len;
    bool good = hash && file_read(scratch, path, (size_t)2 << 30, &bytes, &len) == FILE_OK;
    if (good)
        sha256_hex_of(bytes, len, hex);
    good = good && text_equal(hex, hash);
    arena_free(scratch);
    return good;
}

static void join_shard(Merge *merge, const Shard *shard, Joined *joined, size_t *count)
{
    const ManifestHeader *header = &shard->manifest.header;
    for (size_t i = 0; i < header->file_count; i++) {
        const char *file = header->files[i];
        const ManifestEntry *entry = manifest_find(&shard->manifest, file);
        if (!entry)
            finding_add(merge->findings, MESSAGE_MERGE_UNFINISHED, place_of(shard->path, merge->arena), NULL,
                        arena_printf(merge->arena, "%zu", header->shard), file, NULL);
        else if (entry->done && !is_whole(path_join(merge->arena, shard->folder, entry->output), entry->hash))
            finding_add(merge->findings, MESSAGE_MERGE_OUTPUT, place_of(shard->path, merge->arena), NULL, entry->output,
                        NULL);
        joined[(*count)++] = (Joined){{.path = file, .file = file, .output = entry ? entry->output : ""}, entry};
    }
}

static BatchResult join(Merge *merge, BatchItem **items)
{
    size_t all = 0, count = 0, kept = 0;
    for (size_t i = 0; i < merge->shards.count; i++)
        all += merge->shards.items[i].manifest.header.file_count;
    Joined *joined = arena_array_of(merge->arena, Joined, all);
    for (size_t i = 0; i < merge->shards.count; i++)
        join_shard(merge, &merge->shards.items[i], joined, &count);
    if (count > 0)
        qsort(joined, count, sizeof *joined, compare_joined);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !text_equal(joined[i].item.file, joined[kept - 1].item.file))
            joined[kept++] = joined[i];
    *items = arena_array_of(merge->arena, BatchItem, kept);
    const ManifestEntry **entries = arena_array_of(merge->arena, const ManifestEntry *, kept);
    bool *fresh = arena_array_of(merge->arena, bool, kept);
    for (size_t i = 0; i < kept; i++) {
        (*items)[i] = joined[i].item;
        entries[i] = joined[i].entry;
        fresh[i] = true;
    }
    return (BatchResult){*items, entries, fresh, kept};
}

bool batch_merge(const BatchOptions *options, char **words, int count, Arena *arena, FindingList *findings, int *status)
{
    Merge merge = {.options = options, .arena = arena, .findings = findings};
    if (!batch_output_make(options->output, arena, findings) || !batch_lock(options->output, 1, 1, arena, findings))
        return false;
    bool good = true;
    for (int i = 0; i < count; i++)
        good &= read_folder(&merge, words[i]);
    if (count == 0)
        good = read_folder(&merge, options->output);
    if (merge.shards.count == 0)
        return false;
    qsort(merge.shards.items, merge.shards.count, sizeof *merge.shards.items, compare_shards);
    if (!check_shards(&merge) || !good)
        return false;
    BatchItem *items;
    BatchResult result = join(&merge, &items);
    const ManifestHeader *first = &merge.shards.items[0].manifest.header;
    ManifestHeader header = {.shard = 1,
                             .shards = 1,
                             .list = first->list,
                             .root = first->root,
                             .files = arena_array_of(arena, const char *, result.count),
                             .file_count = result.count};
    for (size_t i = 0; i < result.count; i++)
        header.files[i] = result.items[i].file;
    const char *path = path_join(arena, options->output, BATCH_MANIFEST);
    Manifest before; /* of the last merge: its volume may still be good */
    if (manifest_load(path, arena, &before, findings)) {
        header.volume_key = before.header.volume_key;
        header.volume_hash = before.header.volume_hash;
    }
    batch_manifest_write(path, &header, &result, arena, findings);
    Resources resources;
    resources_init(&resources, &options->common, arena);
    CountyBook county = {0};
    const CountyRules *rules = batch_warm(&county, &resources, findings->language, arena);
    const char *departments = first->root[0] ? path_join(arena, first->root, "departments.yaml") : NULL;
    BatchList list = {.root = first->root, .departments = departments && file_exists(departments) ? departments : NULL};
    bool whole = findings->errors == 0; /* sums over a part of the county would all be wrong */
    BatchEnding ending = {.options = options,
                          .result = &result,
                          .list = &list,
                          .rules = rules,
                          .resources = &resources,
                          .program_key = batch_program_key(options, &resources, arena),
                          .manifest = path,
                          .header = &header,
                          .whole = whole};
    batch_conclude(&ending, arena, findings, status);
    resources_release(&resources);
    return true;
}
