/* The county's bound volume: set again only when what it is made from has changed. */
#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"

/* Program, options, packs, and of each notice in order its data and what was made of them. */
static const char *volume_key(const BatchEnding *ending, const CountyNotices *notices, Arena *arena)
{
    FindingList ignored; /* a pack that is not there is told when the volume is set */
    Sha256 hash;
    char hex[SHA256_HEX];
    finding_list_init(&ignored, arena, LANGUAGE_EN);
    const char *index = ending->rules->index;
    const Pack *pack = index ? resources_pack(ending->resources, index, (Place){0}, &ignored) : NULL;
    sha256_begin(&hash);
    sha256_add_text(&hash, ending->program_key);
    sha256_add_text(&hash, ending->options->common.pack);
    sha256_add_text(&hash, pack ? resources_pack_hash(ending->resources, pack) : NULL);
    for (size_t i = 0; i < notices->count; i++) {
        const ManifestEntry *entry = notices->entries[i];
        sha256_add_text(&hash, notices->files[i]);
        sha256_add_int(&hash, entry != NULL);
        if (!entry)
            continue;
        sha256_add_text(&hash, entry->key);
        sha256_add_text(&hash, entry->hash);
        sha256_add_text(&hash, entry->output);
        sha256_add_int(&hash, (int64_t)entry->input_count);
        for (size_t k = 0; k < entry->input_count; k++) {
            sha256_add_text(&hash, entry->inputs[k].path);
            sha256_add_text(&hash, entry->inputs[k].hash);
        }
    }
    sha256_end_hex(&hash, hex);
    return arena_strdup(arena, hex);
}

void batch_volume(const BatchEnding *ending, const CountyNotices *notices, Arena *arena, FindingList *findings)
{
    const BatchOptions *options = ending->options;
    ManifestHeader *header = ending->header;
    const char *path = path_join(arena, options->output, BATCH_VOLUME ".pdf");
    const char *key = volume_key(ending, notices, arena);
    char hex[SHA256_HEX];
    if (!options->rebuild && text_equal(header->volume_key, key) && batch_hash_file(path, hex) &&
        text_equal(header->volume_hash, hex))
        return;
    if (!county_volume_write(notices, ending->rules, ending->resources, options->force, path, findings))
        return;
    header->volume_key = key;
    header->volume_hash = batch_hash_file(path, hex) ? arena_strdup(arena, hex) : NULL;
    batch_manifest_write(ending->manifest, header, ending->result, arena, findings);
}
