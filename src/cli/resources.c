/* Finds and opens what all notices of a run share. */
#include "cli/resources.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/edition.h"

#define DEFAULT_PACK "部门预算公开" /* a folder's name, as in DATA: 模板 */

/* The nearest folder above the running program that holds templates/, or the share folder of an installed one. */
static const char *find_home(Arena *arena)
{
    const char *named = getenv("GONGKAI_HOME");
    if (named && named[0])
        return arena_strdup(arena, named);
    char program[4096];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len <= 0)
        return NULL;
    program[len] = '\0';
    const char *folder = path_folder(arena, program);
    for (const char *above = folder;;) {
        if (folder_exists(path_join(arena, above, "templates")))
            return above;
        if (text_equal(above, "/") || text_equal(above, "."))
            break;
        above = path_folder(arena, above);
    }
    const char *share = path_join(arena, path_folder(arena, folder), "share/gongkai");
    return folder_exists(share) ? share : NULL;
}

void resources_init(Resources *resources, const CommonOptions *options, Arena *arena)
{
    *resources = (Resources){.arena = arena, .home = find_home(arena), .pack_override = options->pack};
    const char **folders = arena_array_of(arena, const char *, options->fonts.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < options->fonts.count; i++)
        folders[count++] = options->fonts.items[i];
    if (resources->home)
        folders[count++] = path_join(arena, resources->home, "fonts");
    resources->fonts = font_set_new(folders, count);
}

void resources_release(Resources *resources)
{
    for (size_t i = 0; i < resources->packs.count; i++)
        rules_free(resources->packs.items[i].rules);
    layout_memory_free(resources->memory);
    font_set_free(resources->fonts);
}

/* A pack is named by its folder's name alone: a data file must not reach into other folders. */
static bool is_plain_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/');
}

const Pack *resources_pack(Resources *resources, const char *name, Place place, FindingList *findings)
{
    const char *folder = resources->pack_override;
    if (!folder) {
        if (!name)
            name = DEFAULT_PACK;
        if (!is_plain_name(name)) {
            finding_add(findings, MESSAGE_PACK_NAME, place, "模板", name, NULL);
            return NULL;
        }
        if (!resources->home || !folder_exists(path_join(resources->arena, resources->home, "templates"))) {
            finding_add(findings, MESSAGE_HOME_NOT_FOUND, (Place){0}, NULL, NULL);
            return NULL;
        }
        folder = path_join(resources->arena, path_join(resources->arena, resources->home, "templates"), name);
    }
    for (size_t i = 0; i < resources->packs.count; i++)
        if (text_equal(resources->packs.items[i].folder, folder))
            return resources->packs.items[i].pack;
    if (!folder_exists(folder)) {
        finding_add(findings, resources->pack_override ? MESSAGE_PACK_FOLDER : MESSAGE_PACK_NOT_FOUND, place, "模板",
                    name ? name : folder, folder, NULL);
        return NULL;
    }
    Pack *pack = pack_load(folder, resources->arena, findings);
    const char *hash = pack ? edition_pack_hash(folder, resources->arena, findings) : NULL;
    if (!hash)
        return NULL;
    *array_push(resources->arena, &resources->packs) = (LoadedPack){.folder = folder, .pack = pack, .hash = hash};
    return pack;
}

static Rules *read_rules(const Resources *resources, const LoadedPack *loaded, FindingList *findings)
{
    const char *path = path_join(resources->arena, loaded->folder, "rules.yaml");
    if (!file_exists(path))
        return NULL;
    Value *yaml = yaml_load(path, &YAML_LIMITS_DEFAULT, resources->arena, findings);
    return yaml ? rules_load(yaml, pack_words(loaded->pack), resources->arena, findings) : NULL;
}

const Rules *resources_rules(Resources *resources, const Pack *pack, FindingList *findings)
{
    for (size_t i = 0; i < resources->packs.count; i++) {
        LoadedPack *loaded = &resources->packs.items[i];
        if (loaded->pack != pack)
            continue;
        if (!loaded->rules_read)
            loaded->rules = read_rules(resources, loaded, findings);
        loaded->rules_read = loaded->rules != NULL;
        return loaded->rules;
    }
    return NULL;
}

const char *resources_pack_hash(const Resources *resources, const Pack *pack)
{
    for (size_t i = 0; i < resources->packs.count; i++)
        if (resources->packs.items[i].pack == pack)
            return resources->packs.items[i].hash;
    return NULL;
}

const char *resources_pack_folder(const Resources *resources, const Pack *pack)
{
    for (size_t i = 0; i < resources->packs.count; i++)
        if (resources->packs.items[i].pack == pack)
            return resources->packs.items[i].folder;
    return NULL;
}
