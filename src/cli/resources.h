/* What all notices of a run share: where packs and fonts lie, the packs read, the fonts open. Made once, before workers
 * fork. */
#ifndef GONGKAI_CLI_RESOURCES_H
#define GONGKAI_CLI_RESOURCES_H

#include "base/arena.h"
#include "base/finding.h"
#include "cli/options.h"
#include "font/font.h"
#include "layout/layout.h"
#include "rules/rules.h"
#include "template/template.h"

typedef struct LoadedPack {
    const char *folder;
    Pack *pack;
    const char *hash; /* of its files */
    Rules *rules;     /* NULL: the pack has none, or they are not read yet */
    bool rules_read;
} LoadedPack;

typedef struct Resources {
    Arena *arena;
    const char *home; /* the folder that holds templates/ and fonts/; NULL when none was found */
    const char *pack_override;
    FontSet *fonts;
    LayoutMemory *memory; /* of texts set, for runs of many notices; NULL: each document has its own */
    ARRAY(LoadedPack) packs;
} Resources;

/* Finds the home folder: $GONGKAI_HOME; else the nearest folder above the program that has templates/; else
 * PREFIX/share/gongkai beside the program's bin/. Opens no font yet. */
void resources_init(Resources *resources, const CommonOptions *options, Arena *arena);
void resources_release(Resources *resources);

/* The pack a notice names (its 模板; `name` NULL: the default), read once. NULL with findings; `place` is where it was
 * named. */
const Pack *resources_pack(Resources *resources, const char *name, Place place, FindingList *findings);

/* The rules of a pack that resources_pack gave, read once; NULL when it has none, or with findings. */
const Rules *resources_rules(Resources *resources, const Pack *pack, FindingList *findings);

/* SHA-256 of the files of a pack that resources_pack gave, in hex. */
const char *resources_pack_hash(const Resources *resources, const Pack *pack);

/* The folder of a pack that resources_pack gave; NULL for another. */
const char *resources_pack_folder(const Resources *resources, const Pack *pack);

#endif
