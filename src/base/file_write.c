/* Turns bytes into a file that is either the old one or the new one whole, whatever happens in between. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_int.h"
#include "base/text.h"

#define LINKS_MOST 40 /* as the kernel: more is ELOOP */

bool file_write_fd(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len > 0) {
        ssize_t written = write(fd, at, len);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        at += written > 0 ? written : 0;
        len -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* The descriptor a path names: 1 for /dev/stdout, N for /dev/fd/N; -1 for a path as others. To open these again would
 * begin at the start of a file the shell has opened for several commands. */
static int named_descriptor(const char *path)
{
    if (text_equal(path, "-") || text_equal(path, "/dev/stdout")) {
        return STDOUT_FILENO;
    }
    if (text_equal(path, "/dev/stderr")) {
        return STDERR_FILENO;
    }
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (text_starts_with(path, folders[i])) {
            const char *number = path + strlen(folders[i]);
            size_t count = strspn(number, "0123456789");
            return count > 0 && count < 7 && number[count] == '\0' ? atoi(number) : -1;
        }
    }
    return -1;
}

/* The path behind symbolic links in the last component, which need not exist; NULL with errno. */
static const char *resolve_links(Arena *scratch, const char *path)
{
    for (int links = 0; links < LINKS_MOST; links++) {
        char *target = arena_alloc(scratch, PATH_MAX + 1);
        ssize_t len = readlink(path, target, PATH_MAX);
        if (len < 0) {
            return errno == EINVAL || errno == ENOENT ? path : NULL;
        }
        path = path_join(scratch, path_folder(scratch, path), target);
    }
    errno = ELOOP;
    return NULL;
}

/* ---- drafts ----------------------------------------------------------------------------------------------------- */

/* Makes the temporary within the draft's folder. `old`: the file to replace, or NULL. */
static bool draft_create(FileDraft *draft, const struct stat *old)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    do {
        draft->fd = openat(draft->folder, draft->temporary, flags, old ? 0600 : 0666); /* the umask takes its part */
    } while (draft->fd < 0 && errno == EINTR);
    if (draft->fd < 0) {
        return false;
    }
    (void)flock(draft->fd, LOCK_EX | LOCK_NB); /* some file systems have no locks: then the process number must do */
    if (!old) {
        return true;
    }
    /* Another's file stays another's where we may say so (root); else it becomes ours, as with every editor. */
    if (fchown(draft->fd, old->st_uid, old->st_gid) != 0) {
        errno = 0;
    }
    return fchmod(draft->fd, old->st_mode & 0777) == 0;
}

static bool draft_beside(FileDraft *draft, Arena *arena, const char *target, const struct stat *old, bool sweep)
{
    const char *slash = strrchr(target, '/');
    draft->name = slash ? slash + 1 : target;
    if (*draft->name == '\0' || text_equal(draft->name, ".") || text_equal(draft->name, "..")) {
        errno = *target ? EISDIR : ENOENT;
        return false;
    }
    draft->path = path_folder(arena, target);
    draft->folder = file_open_fd(draft->path, O_RDONLY | O_DIRECTORY, 0);
    if (draft->folder < 0 && errno == EACCES) {
        draft->folder = file_open_fd(draft->path, O_PATH | O_DIRECTORY, 0);
    }
    if (draft->folder < 0) {
        return false;
    }
    const char *head = file_temporary_head(arena, draft->name);
    draft->temporary = arena_printf(arena, "%s.%ld.tmp", head, draft->owner);
    if (sweep) {
        file_sweep_head(draft->folder, head);
    }
    return draft_create(draft, old);
}

static bool draft_try(FileDraft *draft, Arena *arena, const char *path, bool sweep)
{
    struct stat old;
    bool exists = stat(path, &old) == 0;
    if (!exists && errno != ENOENT) {
        return false;
    }
    if (exists && S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (exists && !S_ISREG(old.st_mode)) { /* a pipe or device: nothing to rename over */
        draft->fd = file_open_fd(path, O_WRONLY | O_NOCTTY, 0);
        return draft->fd >= 0;
    }
    if (exists && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0) {
        return false; /* rename would not ask, but who took the right to write away meant it */
    }
    const char *target = resolve_links(arena, path);
    return target && draft_beside(draft, arena, target, exists ? &old : NULL, sweep);
}

void file_draft_release(FileDraft *draft)
{
    int error = errno;
    if (draft->fd >= 0) {
        close(draft->fd);
    }
    if (draft->folder >= 0) {
        close(draft->folder);
    }
    draft->fd = draft->folder = -1;
    errno = error;
}

void file_draft_drop(FileDraft *draft)
{
    int error = errno;
    if (draft->fd >= 0 && draft->temporary) {
        unlinkat(draft->folder, draft->temporary, 0);
    }
    errno = error;
    file_draft_release(draft);
}

bool file_draft_begin(FileDraft *draft, Arena *arena, const char *path, long owner, bool sweep)
{
    *draft = (FileDraft){.fd = -1, .folder = -1, .owner = owner};
    bool good = draft_try(draft, arena, path, sweep);
    if (!good) {
        file_draft_drop(draft);
    }
    return good;
}

bool file_draft_open(FileDraft *draft, const char *path, Arena *arena)
{
    return file_draft_begin(draft, arena, path, getpid(), true);
}

bool file_draft_put(FileDraft *draft, const void *bytes, size_t len)
{
    return file_write_fd(draft->fd, bytes, len);
}

bool file_draft_keep(FileDraft *draft)
{
    if (!draft->temporary) { /* written where it belongs: what is wrong with it, close may be the first to say */
        int fd = draft->fd;
        draft->fd = -1;
        file_draft_release(draft);
        return close(fd) == 0;
    }
    if (fsync(draft->fd) != 0 || renameat(draft->folder, draft->temporary, draft->folder, draft->name) != 0) {
        file_draft_drop(draft);
        return false;
    }
    (void)fsync(draft->folder); /* not every file system can; the file itself is safe by now */
    file_draft_release(draft);  /* before rename it would give the lock away */
    return true;
}

bool file_write_atomic(const char *path, const void *bytes, size_t len)
{
    int fd = named_descriptor(path);
    if (fd >= 0) {
        if (fd == STDOUT_FILENO) {
            fflush(stdout);
        }
        return file_write_fd(fd, bytes, len);
    }
    Arena *scratch = arena_new();
    FileDraft draft;
    bool done = file_draft_open(&draft, path, scratch);
    if (done && !file_draft_put(&draft, bytes, len)) {
        file_draft_drop(&draft);
        done = false;
    }
    done = done && file_draft_keep(&draft);
    int error = errno;
    arena_free(scratch);
    errno = error;
    return done;
}
