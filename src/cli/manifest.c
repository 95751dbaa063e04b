/* A line of manifest.jsonl -> an entry; manifest.jsonl -> all of them. */
#include "cli/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"

#define MANIFEST_LIMIT ((off_t)4 << 30) /* [bytes] 10,000 notices full of findings have 350 MB */
#define COUNT_MOST     1000000000
#define READ_BYTES     ((size_t)256 << 10)

/* 0 for what is no count a notice could have: sums of them shall not overflow. */
static size_t count_of(const Json *json, const char *key)
{
    int64_t number = json_number(json, key);
    return number > 0 && number <= COUNT_MOST ? (size_t)number : 0;
}

const ManifestEntry *manifest_entry(const char *line, size_t len, Arena *arena)
{
    const Json *json = json_parse_without("findings", line, len, arena);
    const char *file = json_text(json, "file"), *output = json_text(json, "output");
    int64_t status = json_number(json, "exit");
    if (!file || !output || status < EXIT_DONE || status > EXIT_TROUBLE)
        return NULL;
    const Json *edition = json_get(json, "edition"), *inputs = json_get(json, "inputs");
    ManifestEntry *entry = arena_new_of(arena, ManifestEntry);
    *entry = (ManifestEntry){.place = arena_new_of(arena, ManifestPlace),
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
                             .pages = count_of(json, "pages"),
                             .errors = count_of(json, "errors"),
                             .warnings = count_of(json, "warnings"),
                             .hints = count_of(json, "hints"),
                             .status = (int)status};
    entry->inputs = arena_array_of(arena, ManifestInput, json_count(inputs));
    for (const Json *input = inputs && inputs->kind == JSON_LIST ? inputs->first : NULL; input; input = input->next)
        entry->inputs[entry->input_count++] = (ManifestInput){json_text(input, "path"), json_text(input, "sha256")};
    return entry;
}

static bool read_header(const Json *json, Arena *arena, ManifestHeader *header)
{
    if (!json_text(json, "gongkai") || json_number(json, "format") != MANIFEST_FORMAT)
        return false;
    const Json *shard = json_get(json, "shard"), *files = json_get(json, "files"), *volume = json_get(json, "volume");
    *header = (ManifestHeader){.shard = (size_t)json_number(shard, "number"),
                               .shards = (size_t)json_number(shard, "of"),
                               .list = json_text(json, "list"),
                               .root = json_text(json, "root"),
                               .volume_key = json_text(volume, "key"),
                               .volume_hash = json_text(volume, "sha256"),
                               .files = arena_array_of(arena, const char *, json_count(files))};
    for (const Json *file = files && files->kind == JSON_LIST ? files->first : NULL; file; file = file->next)
        if (file->kind == JSON_TEXT)
            header->files[header->file_count++] = file->text;
    return header->list && header->root && header->shard >= 1 && header->shard <= header->shards &&
           header->shards <= MANIFEST_SHARDS_MOST;
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

/* The lines of a file one after the other, each in the same room. */
typedef struct LineReader {
    int fd;
    Buffer room;
    size_t line, end; /* in the room: where the line begins, where what has been read ends */
    int64_t at;       /* of the line in the file */
    int error;
} LineReader;

/* The next line without its newline; NULL at the end, or with an error. What is behind the last newline is torn: the
 * run was killed while it wrote. */
static const char *next_line(LineReader *reader, size_t *len)
{
    Buffer *room = &reader->room;
    size_t looked = reader->line;
    for (;;) {
        const char *stop = reader->end > looked ? memchr(room->bytes + looked, '\n', reader->end - looked) : NULL;
        if (stop) {
            *len = (size_t)(stop - (room->bytes + reader->line));
            return room->bytes + reader->line;
        }
        if (reader->line > 0) {
            memmove(room->bytes, room->bytes + reader->line, reader->end - reader->line);
            reader->end -= reader->line;
            reader->line = 0;
        }
        looked = reader->end;
        if (room->len - reader->end < READ_BYTES) {
            static const char BLANK[READ_BYTES] = {0};
            buffer_append(room, BLANK, sizeof BLANK);
        }
        ssize_t got = read(reader->fd, room->bytes + reader->end, room->len - reader->end);
        if (got == 0)
            return NULL;
        if (got < 0 && errno != EINTR) {
            reader->error = errno;
            return NULL;
        }
        reader->end += got > 0 ? (size_t)got : 0;
    }
}

static void line_done(LineReader *reader, size_t len)
{
    reader->line += len + 1;
    reader->at += (int64_t)len + 1;
}

/* Opened for reading, or -1 with errno. */
static int open_regular(const char *path)
{
    struct stat info;
    int fd = file_open_fd(path, O_RDONLY | O_NOCTTY | O_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    bool told = fstat(fd, &info) == 0;
    if (told && S_ISREG(info.st_mode) && info.st_size <= MANIFEST_LIMIT)
        return fd;
    int error = !told ? errno : S_ISREG(info.st_mode) ? EFBIG : EINVAL;
    close(fd);
    errno = error;
    return -1;
}

bool manifest_load(const char *path, Arena *arena, Manifest *manifest, FindingList *findings)
{
    *manifest = (Manifest){0};
    LineReader reader = {.fd = open_regular(path)};
    if (reader.fd < 0 && errno == ENOENT)
        return true;
    ARRAY(SeenEntry) all = {0};
    size_t len;
    for (const char *line; reader.fd >= 0 && (line = next_line(&reader, &len)); line_done(&reader, len)) {
        if (!manifest->headed && all.count == 0 &&
            read_header(json_parse(line, len, arena), arena, &manifest->header)) {
            manifest->headed = true;
            continue;
        }
        const ManifestEntry *entry = manifest_entry(line, len, arena);
        if (entry) {
            *entry->place = (ManifestPlace){path, reader.at, len};
            *array_push(arena, &all) = (SeenEntry){entry, all.count};
        }
    }
    bool good = reader.fd >= 0 && !reader.error;
    if (!good)
        finding_add(findings, MESSAGE_FILE_UNREADABLE, (Place){0}, NULL, path,
                    strerror(reader.error ? reader.error : errno), NULL);
    if (reader.fd >= 0)
        close(reader.fd);
    buffer_release(&reader.room);
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_seen);
    for (size_t i = 0; i < all.count; i++)
        if (i + 1 == all.count || !text_equal(all.items[i].entry->file, all.items[i + 1].entry->file))
            *array_push(arena, &manifest->entries) = all.items[i].entry;
    return good;
}
