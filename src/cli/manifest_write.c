/* Entries -> manifest.jsonl, written anew from the lines where they stand. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/manifest.h"

void manifest_lines_end(ManifestLines *lines)
{
    if (lines->path)
        close(lines->fd);
    *lines = (ManifestLines){0};
}

static bool lines_open(ManifestLines *lines, const char *path)
{
    if (lines->path && text_equal(lines->path, path))
        return true;
    manifest_lines_end(lines);
    int fd = file_open_fd(path, O_RDONLY | O_NOCTTY | O_NONBLOCK, 0);
    if (fd < 0)
        return false;
    *lines = (ManifestLines){path, fd};
    return true;
}

const char *manifest_line(ManifestLines *lines, const ManifestEntry *entry, Arena *arena)
{
    const ManifestPlace *place = entry->place;
    errno = ENOENT;
    if (!place->path || !lines_open(lines, place->path))
        return NULL;
    char *line = arena_alloc(arena, place->len + 1);
    for (size_t got = 0; got < place->len;) {
        ssize_t more = pread(lines->fd, line + got, place->len - got, (off_t)place->at + (off_t)got);
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0) { /* shorter than it was: somebody else has written it */
            errno = more == 0 ? EIO : errno;
            return NULL;
        }
        got += (size_t)more;
    }
    return line;
}

static void header_append(const ManifestHeader *header, Buffer *out)
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
    buffer_text(out, "]");
    if (header->volume_key && header->volume_hash) {
        buffer_text(out, ",\"volume\":{\"key\":");
        json_put_text(out, header->volume_key);
        buffer_text(out, ",\"sha256\":");
        json_put_text(out, header->volume_hash);
        buffer_text(out, "}");
    }
    buffer_text(out, "}\n");
}

/* Copies the entries' lines; offsets[i] is where the i-th begins, or -1. */
static bool lines_copy(FileDraft *draft, int64_t at, const ManifestEntry *const *entries, size_t count,
                       int64_t *offsets)
{
    ManifestLines lines = {0};
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        offsets[i] = -1;
        if (!entries[i] || !entries[i]->place->path)
            continue;
        Arena *scratch = arena_new();
        const char *line = manifest_line(&lines, entries[i], scratch);
        size_t len = entries[i]->place->len;
        good = line && file_draft_put(draft, line, len) && file_draft_put(draft, "\n", 1);
        offsets[i] = at;
        at += (int64_t)len + 1;
        int error = errno;
        arena_free(scratch);
        errno = error;
    }
    int error = errno;
    manifest_lines_end(&lines);
    errno = error;
    return good;
}

bool manifest_write(const char *path, const ManifestHeader *header, const ManifestEntry *const *entries, size_t count,
                    Arena *arena)
{
    FileDraft draft;
    if (!file_draft_open(&draft, path, arena))
        return false;
    Buffer head = {0};
    header_append(header, &head);
    int64_t *offsets = arena_array_of(arena, int64_t, count);
    bool good =
        file_draft_put(&draft, head.bytes, head.len) && lines_copy(&draft, (int64_t)head.len, entries, count, offsets);
    buffer_release(&head);
    if (!good) {
        file_draft_drop(&draft);
        return false;
    }
    if (!file_draft_keep(&draft))
        return false;
    for (size_t i = 0; i < count; i++)
        if (offsets[i] >= 0) {
            entries[i]->place->path = path;
            entries[i]->place->at = offsets[i];
        }
    return true;
}
