/* Turns a path into the bytes behind it, and into the paths beside it. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#define READ_FIRST ((size_t)64 << 10)

/* Reads to the end of `fd`, at most limit + 1 bytes. `expected`: how many there probably are. */
static FileStatus read_all(Arena *arena, int fd, size_t limit, size_t expected, char **bytes, size_t *len)
{
    size_t capacity = expected < limit ? expected + 1 : limit + 1; /* one more byte: to meet the end in one round */
    char *read_bytes = arena_alloc(arena, capacity + 1);
    size_t count = 0;
    for (;;) {
        if (count == capacity) {
            if (count > limit) {
                return FILE_TOO_LARGE;
            }
            size_t larger = capacity < limit / 2 ? capacity * 2 : limit + 1;
            char *moved = arena_alloc(arena, larger + 1);
            memcpy(moved, read_bytes, count);
            read_bytes = moved;
            capacity = larger;
        }
        ssize_t got = read(fd, read_bytes + count, capacity - count);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            return FILE_ERROR;
        }
        count += got > 0 ? (size_t)got : 0;
    }
    read_bytes[count] = '\0';
    *bytes = read_bytes;
    *len = count;
    return FILE_OK;
}

/* Readable as a stream of bytes that ends: a file, or a pipe as the shell's <(...) makes it. */
static bool mode_readable(mode_t mode)
{
    return S_ISREG(mode) || S_ISFIFO(mode);
}

int file_open_fd(const char *path, int flags, mode_t mode)
{
    int fd;
    do {
        fd = open(path, flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

FileStatus file_read(Arena *arena, const char *path, size_t limit, char **bytes, size_t *len)
{
    bool standard = text_equal(path, "-");
    struct stat info;
    limit = limit < SIZE_MAX / 4 ? limit : SIZE_MAX / 4;
    *bytes = NULL;
    *len = 0;
    /* Looked at before it is opened: to open a device may do something. */
    if (!standard && stat(path, &info) != 0) {
        return FILE_ERROR;
    }
    if (!standard && !mode_readable(info.st_mode)) {
        return FILE_NOT_REGULAR;
    }
    int fd = standard ? STDIN_FILENO : file_open_fd(path, O_RDONLY | O_NOCTTY, 0);
    if (fd < 0) {
        return FILE_ERROR;
    }
    FileStatus status = FILE_ERROR;
    ArenaMark mark = arena_mark(arena);
    if (fstat(fd, &info) == 0) {
        bool regular = S_ISREG(info.st_mode);
        if (standard ? S_ISDIR(info.st_mode) : !mode_readable(info.st_mode)) {
            status = FILE_NOT_REGULAR;
        } else if (regular && !standard && info.st_size > 0 && (uintmax_t)info.st_size > limit) {
            status = FILE_TOO_LARGE;
        } else {
            size_t expected = regular && info.st_size > 0 ? (size_t)info.st_size : READ_FIRST;
            status = read_all(arena, fd, limit, expected, bytes, len);
        }
    }
    int error = errno;
    if (!standard) {
        close(fd);
    }
    if (status != FILE_OK) {
        arena_rewind(arena, mark);
    }
    errno = error;
    return status;
}

bool file_exists(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return errno != ENOENT && errno != ENOTDIR;
    }
    return !S_ISDIR(info.st_mode);
}

bool folder_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *path_join(Arena *arena, const char *folder, const char *name)
{
    if (name[0] == '/' || folder[0] == '\0' || text_equal(folder, ".")) {
        return arena_strdup(arena, name);
    }
    return arena_printf(arena, "%s%s%s", folder, text_ends_with(folder, "/") ? "" : "/", name);
}

/* The length of a path without slashes at its end, though never without the root's. */
static size_t trimmed_length(const char *path, size_t len)
{
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    return len;
}

const char *path_folder(Arena *arena, const char *path)
{
    const char *slash = memrchr(path, '/', trimmed_length(path, strlen(path)));
    if (!slash) {
        return ".";
    }
    size_t len = trimmed_length(path, (size_t)(slash - path) + 1);
    return arena_strndup(arena, path, len);
}

const char *path_stem(Arena *arena, const char *path)
{
    size_t len = trimmed_length(path, strlen(path));
    const char *slash = memrchr(path, '/', len);
    const char *name = slash && len > 1 ? slash + 1 : path;
    size_t name_len = (size_t)(path + len - name);
    const char *point = memrchr(name, '.', name_len);
    return arena_strndup(arena, name, point && point > name ? (size_t)(point - name) : name_len);
}
