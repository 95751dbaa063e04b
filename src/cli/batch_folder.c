/* The output folder: made, held against other runs, cleared of what killed ones left. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/batch_int.h"

static bool folder_make(const char *path, Arena *arena)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return folder_exists(path);
    const char *above = path_folder(arena, path);
    return errno == ENOENT && !text_equal(above, path) && folder_make(above, arena) && mkdir(path, 0777) == 0;
}

/* Locks a file of the folder; -1 when another run holds it. It stays: to remove it would let two runs in. */
static int lock_take(const char *path, int how)
{
    int fd = file_open_fd(path, O_RDWR | O_CREAT, 0666);
    if (fd >= 0 && flock(fd, how | LOCK_NB) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

bool batch_lock(const char *output, size_t shard, size_t shards, Arena *arena, FindingList *findings)
{
    bool whole = shards == 1;
    bool good = lock_take(path_join(arena, output, BATCH_LOCK), whole ? LOCK_EX : LOCK_SH) >= 0;
    if (good && !whole) /* shards of one list may run side by side, each once */
        good = lock_take(path_join(arena, output, arena_printf(arena, "%s-%zu-of-%zu", BATCH_LOCK, shard, shards)),
                         LOCK_EX) >= 0;
    if (!good)
        finding_add(findings, MESSAGE_BATCH_BUSY, (Place){0}, NULL, output, NULL);
    return good;
}

const char *batch_manifest_name(size_t shard, size_t shards, Arena *arena)
{
    return shards == 1 ? BATCH_MANIFEST : arena_printf(arena, "manifest-%zu-of-%zu.jsonl", shard, shards);
}

bool batch_output_make(const char *output, Arena *arena, FindingList *findings)
{
    if (folder_make(output, arena))
        return true;
    finding_add(findings, MESSAGE_BATCH_FOLDER, (Place){0}, NULL, output, strerror(errno), NULL);
    return false;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void batch_leftovers_remove(const char *output, const BatchList *list, Arena *arena)
{
    const char **names = arena_array_of(arena, const char *, 2 * list->items.count);
    size_t count = 0;
    for (size_t i = 0; i < list->items.count; i++) {
        names[count++] = list->items.items[i].output;
        names[count++] = batch_press_name(list->items.items[i].output, arena);
    }
    qsort(names, count, sizeof *names, compare_texts);
    file_sweep(output, names, count);
}
