/* The words of the command line -> the notices there are, in the order of their names. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"
#include "data/data.h"

#define FOLDERS_DEEP 16
#define DEPARTMENTS  "departments.yaml"

typedef struct Search {
    BatchList *list;
    Arena *arena;
    FindingList *findings;
    dev_t output_device; /* the output folder, not searched */
    ino_t output_inode;
    bool output_known, good;
} Search;

/* Whether a key 部门 with a text after it stands at the left edge, or at the top of a flow map; data of other encodings
 * count as notices, for the reader says what is wrong with them. The whole file is read only by its worker. */
static bool looks_like_notice(const char *bytes, size_t len)
{
    static const char KEY[] = "\xE9\x83\xA8\xE9\x97\xA8"; /* 部门 */
    if (utf8_valid_prefix(bytes, len) < len)
        return true;
    const char *end = bytes + len;
    for (const char *line = bytes; line && line < end;
         line = memchr(line, '\n', (size_t)(end - line)), line += line != NULL) {
        const char *at = line;
        if (line == bytes && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0)
            at += 3;
        if (*at == '{')
            return strstr(at, KEY) != NULL;
        at += *at == '"' || *at == '\'' || *at == '?' ? 1 : 0;
        if (*at == ' ' && at > line)
            at++;
        if ((size_t)(end - at) < sizeof KEY - 1 || memcmp(at, KEY, sizeof KEY - 1) != 0)
            continue;
        at += sizeof KEY - 1;
        at += *at == '"' || *at == '\'' ? 1 : 0;
        at += strspn(at, " \t\xE3\x80"); /* with the bytes of a full-width blank */
        if (*at == ':' || *at == '\n' || *at == '\r' || memcmp(at, "\xEF\xBC\x9A", 3) == 0) /* ： */
            return true;
    }
    return false;
}

static void item_add(Search *search, const char *path, const char *file, size_t bytes)
{
    *array_push(search->arena, &search->list->items) = (BatchItem){.path = path, .file = file, .bytes = bytes};
}

static bool is_yaml(const char *name)
{
    return text_ends_with(name, ".yaml") || text_ends_with(name, ".yml");
}

static void file_found(Search *search, const char *path, const char *file, size_t size)
{
    if (text_equal(file, DEPARTMENTS)) {
        search->list->departments = path;
        return;
    }
    Arena *scratch = arena_new();
    char *bytes;
    size_t len;
    FileStatus status = file_read(scratch, path, YAML_LIMITS_DEFAULT.bytes, &bytes, &len);
    if (status != FILE_OK || looks_like_notice(bytes, len)) /* what cannot be read is told by its worker */
        item_add(search, path, file, size);
    else
        *array_push(search->arena, &search->list->others) = file;
    arena_free(scratch);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void folder_search(Search *search, const char *folder, const char *inside, int depth)
{
    DIR *opened = opendir(folder);
    if (!opened) {
        finding_add(search->findings, MESSAGE_FILE_UNREADABLE, (Place){0}, NULL, folder, strerror(errno), NULL);
        search->good = false;
        return;
    }
    ARRAY(const char *) names = {0};
    for (struct dirent *entry; (entry = readdir(opened));)
        if (entry->d_name[0] != '.')
            *array_push(search->arena, &names) = arena_strdup(search->arena, entry->d_name);
    closedir(opened);
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, compare_texts);
    for (size_t i = 0; i < names.count; i++) {
        const char *path = path_join(search->arena, folder, names.items[i]);
        const char *file = arena_printf(search->arena, "%s%s", inside, names.items[i]);
        struct stat info, link;
        if (stat(path, &info) != 0 || lstat(path, &link) != 0) {
            /* Not to be skipped in silence: a department would be missing. A dangling link is of no folder of ours. */
            if (is_yaml(file)) {
                item_add(search, path, file, 0); /* its worker tells why */
            } else if (errno != ENOENT) {
                finding_add(search->findings, MESSAGE_FILE_UNREADABLE, (Place){0}, NULL, path, strerror(errno), NULL);
                search->good = false;
            }
            continue;
        }
        if (S_ISDIR(info.st_mode)) {
            bool output =
                search->output_known && info.st_dev == search->output_device && info.st_ino == search->output_inode;
            if (!output && !S_ISLNK(link.st_mode) && depth < FOLDERS_DEEP)
                folder_search(search, path, arena_printf(search->arena, "%s/", file), depth + 1);
        } else if (S_ISREG(info.st_mode) && is_yaml(file)) {
            file_found(search, path, file, (size_t)info.st_size);
        }
    }
}

static int compare_items(const void *a, const void *b)
{
    return strcmp(((const BatchItem *)a)->file, ((const BatchItem *)b)->file);
}

/* Sorts by name and leaves each name once. */
static void list_order(BatchList *list, Arena *arena)
{
    size_t kept = 0;
    if (list->items.count > 0)
        qsort(list->items.items, list->items.count, sizeof *list->items.items, compare_items);
    for (size_t i = 0; i < list->items.count; i++)
        if (kept == 0 || !text_equal(list->items.items[i].file, list->items.items[kept - 1].file))
            list->items.items[kept++] = list->items.items[i];
    list->items.count = list->all = kept;
    Sha256 hash;
    char hex[SHA256_HEX];
    sha256_begin(&hash);
    for (size_t i = 0; i < kept; i++)
        sha256_add_text(&hash, list->items.items[i].file);
    sha256_end_hex(&hash, hex);
    list->hash = arena_strdup(arena, hex);
}

bool batch_list_find(char **words, int count, const char *output, Arena *arena, BatchList *list, FindingList *findings)
{
    Search search = {.list = list, .arena = arena, .findings = findings, .good = true};
    struct stat info;
    *list = (BatchList){.root = ""};
    if (stat(output, &info) == 0) {
        search.output_device = info.st_dev;
        search.output_inode = info.st_ino;
        search.output_known = true;
    }
    for (int i = 0; i < count; i++) {
        if (stat(words[i], &info) == 0 && S_ISDIR(info.st_mode)) {
            const char *slash = text_ends_with(words[i], "/") ? "" : "/";
            list->root = count == 1 ? words[i] : "";
            folder_search(&search, words[i], count == 1 ? "" : arena_printf(arena, "%s%s", words[i], slash), 0);
        } else {
            item_add(&search, words[i], words[i], stat(words[i], &info) == 0 ? (size_t)info.st_size : 0);
        }
    }
    list_order(list, arena);
    return search.good;
}

void batch_list_shard(BatchList *list, size_t shard, size_t shards)
{
    size_t kept = 0;
    for (size_t i = shard - 1; i < list->items.count; i += shards)
        list->items.items[kept++] = list->items.items[i];
    list->items.count = kept;
}
