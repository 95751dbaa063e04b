/* Files: read whole with a limit; write beside the target and rename, so that no reader ever sees half a file. */
#ifndef GONGKAI_BASE_FILE_H
#define GONGKAI_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/types.h>

#include "base/arena.h"

typedef enum FileStatus { FILE_OK, FILE_TOO_LARGE, FILE_NOT_REGULAR, FILE_ERROR } FileStatus;

/* The file's bytes with a NUL after them (not counted). "-" reads standard input. On FILE_ERROR errno tells why.
 * FILE_NOT_REGULAR: a folder, socket or device. Never reads more than limit + 1 bytes. */
FileStatus file_read(Arena *arena, const char *path, size_t limit, char **bytes, size_t *len);

/* Writes a temporary file in the target's folder, fsyncs it, renames it over `path`, fsyncs the folder. On failure the
 * temporary file is gone, the old target is untouched, errno is set and false returned. The temporary's name is unique
 * to the process. "-" writes standard output. A SIGINT or SIGTERM between creation and rename may leave only a file
 * named ".<name>.<pid>.tmp", which the next run of the same target removes when its process is gone. */
bool file_write_atomic(const char *path, const void *bytes, size_t len);

/* The same in pieces, for what should not stand in memory as a whole. After open: put as often as wanted, then keep or
 * drop; the strings are in the arena. */
typedef struct FileDraft {
    int fd, folder;                      /* folder -1: fd is the target itself, a pipe or a device */
    long owner;                          /* the process whose number the temporary bears */
    const char *path, *temporary, *name; /* the folder's path, names in it */
} FileDraft;
bool file_draft_open(FileDraft *draft, const char *path, Arena *arena);
bool file_draft_put(FileDraft *draft, const void *bytes, size_t len);
bool file_draft_keep(FileDraft *draft);
void file_draft_drop(FileDraft *draft); /* errno stays */

/* The same in two halves, for many files at once: to wait for the disk once is not much dearer for ten than for one.
 * file_stage writes the temporary, starts its way to the disk and does not wait; any process may then call file_place,
 * which waits until it is there and renames it. Lasting is a place only after folder_sync. `owner`: the process by
 * whose end the temporary is told to be a leftover. Leftovers of others are file_sweep's, once for all `names`, which
 * are sorted by strcmp. */
typedef struct StagedFile {
    const char *temporary, *target; /* paths; temporary NULL: written already, to a pipe or a device */
} StagedFile;
bool file_stage(const char *path, long owner, const void *bytes, size_t len, Arena *arena, StagedFile *staged);
bool file_place(const StagedFile *staged); /* on failure the temporary is gone, errno set */
void folder_sync(const char *folder);
void file_sweep(const char *folder, const char *const *names, size_t count);

/* open(2), and again when a signal came between; O_CLOEXEC is added. `mode` for O_CREAT. */
int file_open_fd(const char *path, int flags, mode_t mode);

/* write(2) until all is written, also after signals. false with errno set; part of it may be written then. */
bool file_write_fd(int fd, const void *bytes, size_t len);

/* True also when it cannot be told: reading it will say why, where leaving it out would say nothing. */
bool file_exists(const char *path);
bool folder_exists(const char *path);
const char *path_join(Arena *arena, const char *folder, const char *name); /* name absolute: name alone */
const char *path_folder(Arena *arena, const char *path);                   /* "a/b.c" -> "a", "b.c" -> "." */
const char *path_stem(Arena *arena, const char *path);                     /* "a/b.c" -> "b" */

/* Growable bytes, for output. */
typedef struct Buffer {
    char *bytes;
    size_t len, capacity;
} Buffer;
void buffer_reserve(Buffer *buffer, size_t more); /* exits with 2 when out of memory */
/* Where `more` bytes can be written; what is, is then added to buffer->len. */
static inline char *buffer_room(Buffer *buffer, size_t more)
{
    if (more > buffer->capacity - buffer->len) {
        buffer_reserve(buffer, more);
    }
    return buffer->bytes + buffer->len;
}
/* A notice is put together of some hundred thousand pieces, mostly a few bytes: in place, where there is room. */
static inline void buffer_append(Buffer *buffer, const void *bytes, size_t len)
{
    if (len > buffer->capacity - buffer->len) {
        buffer_reserve(buffer, len);
    }
    if (len > 0) {
        memcpy(buffer->bytes + buffer->len, bytes, len);
        buffer->len += len;
    }
}
static inline void buffer_text(Buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}
__attribute__((format(printf, 2, 3))) void buffer_printf(Buffer *buffer, const char *format, ...);
void buffer_release(Buffer *buffer);

#endif
