/* The manifest of a batch: manifest.jsonl, one JSON object a line. The first line tells of the run (program, shard, all
 * its files), each other of one notice. During a run lines are appended and synced, so that a killed run goes on where
 * it was; the last line of a file holds. A run that ends well writes it anew in the order of its list: the same inputs
 * give the same manifest, byte for byte, whatever the number of workers. */
#ifndef GONGKAI_CLI_MANIFEST_H
#define GONGKAI_CLI_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/finding.h"
#include "cli/manifest_json.h"

#define MANIFEST_FORMAT      1
#define MANIFEST_SHARDS_MOST 10000

typedef struct ManifestInput {
    const char *path; /* relative to the notice's data file's folder */
    const char *hash; /* SHA-256; NULL: it could not be read */
} ManifestInput;

/* Where an entry's line stands. Not kept in memory: findings make lines long, and a county has thousands. */
typedef struct ManifestPlace {
    const char *path; /* NULL: nowhere, for it could not be written */
    int64_t at;
    size_t len; /* without the newline */
} ManifestPlace;

/* One notice. Strings are in the arena given to manifest_entry. */
typedef struct ManifestEntry {
    ManifestPlace *place; /* changes when the manifest is written anew */
    const Json *json;     /* without its findings: manifest_line has them */
    const char *file;     /* as the list names it */
    const char *output;   /* relative to the manifest's folder */
    bool done;            /* the output was written */
    bool draft;
    const char *key;                       /* hash of program, pack, fonts and options */
    const char *pack;                      /* the pack's folder */
    const char *hash;                      /* of the output */
    const char *press_output, *press_hash; /* or NULL */
    const char *department;                /* NULL when the data did not get so far */
    const char *replaces; /* the data file this edition replaces, relative to its own folder; or NULL */
    ManifestInput *inputs;
    size_t input_count;
    size_t pages, errors, warnings, hints;
    int status; /* exit status it would have alone */
} ManifestEntry;

/* What to read lines with; manifest_lines_end closes it. */
typedef struct ManifestLines {
    const char *path; /* of the open one */
    int fd;
} ManifestLines;

/* NULL when the line is no entry (torn by a crash, or of another version). Its place is nowhere yet. */
const ManifestEntry *manifest_entry(const char *line, size_t len, Arena *arena);
/* The line where it stands; NULL with errno. */
const char *manifest_line(ManifestLines *lines, const ManifestEntry *entry, Arena *arena);
void manifest_lines_end(ManifestLines *lines);

/* What the first line tells. */
typedef struct ManifestHeader {
    size_t shard, shards; /* 1/1: not sharded */
    const char *list;     /* SHA-256 over the names of all files of all shards, in order */
    const char **files;   /* of this shard, in order */
    size_t file_count;
    const char *root; /* the folder the files are relative to, as it was given; "" when they were named one by one */
    const char *volume_key, *volume_hash; /* of the bound volume: what it was made from, and its own; or NULL */
} ManifestHeader;

typedef struct Manifest {
    bool headed; /* the first line was there */
    ManifestHeader header;
    ARRAY(const ManifestEntry *) entries; /* the last of each file, sorted by file */
} Manifest;

/* A file that is not there is an empty manifest. false with a finding when it cannot be read. Broken lines are left
 * out. */
bool manifest_load(const char *path, Arena *arena, Manifest *manifest, FindingList *findings);
const ManifestEntry *manifest_find(const Manifest *manifest, const char *file);

/* Writes a manifest whole: its header, then the entries there are in their order, from where they stand; these are
 * their places from then on. An entry that stands nowhere is left out. false with errno; then nothing has changed. */
bool manifest_write(const char *path, const ManifestHeader *header, const ManifestEntry *const *entries, size_t count,
                    Arena *arena);

#endif
