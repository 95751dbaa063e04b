/* A notice and what the last run says of it -> whether its output would come out the same again. */
#include <string.h>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/cli.h"

#define OUTPUT_LIMIT ((size_t)2 << 30)

bool batch_hash_file(const char *path, char hex[SHA256_HEX])
{
    Arena *scratch = arena_new();
    char *bytes;
    size_t len;
    bool good = file_read(scratch, path, OUTPUT_LIMIT, &bytes, &len) == FILE_OK;
    if (good)
        sha256_hex_of(bytes, len, hex);
    arena_free(scratch);
    return good;
}

static bool same_file(const char *path, const char *wanted)
{
    char hex[SHA256_HEX];
    return wanted && batch_hash_file(path, hex) && text_equal(hex, wanted);
}

/* ---- the year before --------------------------------------------------------------------------------------------- */

const char *batch_last_path(const BatchWork *work, const BatchItem *item, Arena *arena)
{
    if (!work->options->last)
        return NULL;
    const char *slash = strrchr(item->file, '/');
    const char *name = work->list->root[0] || !slash ? item->file : slash + 1;
    const char *path = path_join(arena, work->options->last, name);
    return file_exists(path) ? path : NULL;
}

/* By contents: where they lie does not matter. */
static bool same_last(const char *path, const ManifestEntry *before)
{
    const char *hash = json_text(json_get(before->json, "last"), "sha256");
    return path ? same_file(path, hash) : !hash;
}

/* ---- up to date or not ------------------------------------------------------------------------------------------- */

bool batch_is_current(const BatchWork *work, const BatchItem *item, const ManifestEntry *before, Arena *arena)
{
    if (!before || !before->done || before->status != EXIT_DONE || !text_equal(before->output, item->output))
        return false;
    FindingList ignored; /* a pack that is gone is told by the run that follows */
    finding_list_init(&ignored, arena, work->language);
    const Pack *pack = resources_pack(work->resources, before->pack, (Place){0}, &ignored);
    if (!pack || !text_equal(before->key, batch_notice_key(work, pack, arena)))
        return false;
    const char *folder = path_folder(arena, item->path);
    for (size_t i = 0; i < before->input_count; i++)
        if (!before->inputs[i].path ||
            !same_file(path_join(arena, folder, before->inputs[i].path), before->inputs[i].hash))
            return false;
    const Json *fonts = json_get(before->json, "fonts");
    for (const Json *font = fonts && fonts->kind == JSON_LIST ? fonts->first : NULL; font; font = font->next) {
        char hex[SHA256_HEX];
        const char *path = json_text(font, "path");
        batch_font_key(path ? path : "", hex);
        if (!text_equal(hex, json_text(font, "key")))
            return false;
    }
    const char *output = work->options->output;
    return same_last(batch_last_path(work, item, arena), before) &&
           same_file(path_join(arena, output, before->output), before->hash) &&
           (!work->press ||
            (before->press_output && same_file(path_join(arena, output, before->press_output), before->press_hash)));
}
