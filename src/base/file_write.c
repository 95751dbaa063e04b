/* Turns bytes into a file that is either the old one or the new one whole, whatever happens in between. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

#define LINKS_MOST 40                             /* as the kernel: more is ELOOP */
#define TAIL_MOST  (sizeof ".2147483647.tmp" - 1) /* [bytes] of ".<pid>.tmp" */

static bool write_all(int fd, const void *bytes, size_t len)
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

/* ".<name>" for the temporary; a name too long for ".<name>.<pid>.tmp" is cut between characters and told from others
 * that begin alike by a hash (FNV-1a). */
static const char *temporary_head(Arena *scratch, const char *name)
{
    size_t len = strlen(name);
    if (1 + len + TAIL_MOST <= NAME_MAX) {
        return arena_printf(scratch, ".%s", name);
    }
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    }
    size_t keep = NAME_MAX - TAIL_MOST - 1 - 9;
    while (keep > 0 && ((unsigned char)name[keep] & 0xC0) == 0x80) {
        keep--;
    }
    return arena_printf(scratch, ".%.*s-%08x", (int)keep, name, hash);
}

/* The process of a temporary named "<head>.<pid>.tmp", or 0 when the name is none. */
static pid_t temporary_owner(const char *name, const char *head)
{
    if (!text_starts_with(name, head) || name[strlen(head)] != '.') {
        return 0;
    }
    const char *number = name + strlen(head) + 1;
    size_t count = strspn(number, "0123456789");
    if (count == 0 || count > 10 || !text_equal(number + count, ".tmp")) {
        return 0;
    }
    long long pid = strtoll(number, NULL, 10);
    return pid > 0 && pid <= INT_MAX ? (pid_t)pid : 0;
}

/* Removes a temporary unless somebody still writes it: whoever does holds its lock, also where process numbers do not
 * tell, as between containers. */
static void remove_stale(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0) {
        struct stat info;
        if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && flock(fd, LOCK_EX | LOCK_NB) == 0) {
            unlinkat(folder, name, 0);
        }
        close(fd);
    }
}

/* Gone, or a zombie that its parent has not fetched: it will write no more. */
static bool process_ended(pid_t process)
{
    if (kill(process, 0) != 0)
        return errno == ESRCH;
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)process);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (fd >= 0)
        close(fd);
    if (len <= 0)
        return false;
    text[len] = '\0';
    const char *name_end = strrchr(text, ')'); /* "pid (name) state": the name may hold brackets itself */
    return name_end && name_end[1] == ' ' && (name_end[2] == 'Z' || name_end[2] == 'X');
}

static void remove_stale_all(int folder, const char *head)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (!entries) {
        if (fd >= 0) {
            close(fd);
        }
        return; /* a folder we may write but not list */
    }
    const pid_t own = getpid();
    for (struct dirent *entry; (entry = readdir(entries));) {
        pid_t owner = entry->d_name[0] == '.' ? temporary_owner(entry->d_name, head) : 0;
        if (owner == own || (owner > 0 && process_ended(owner))) {
            remove_stale(folder, entry->d_name);
        }
    }
    closedir(entries);
}

/* Writes and renames within an open folder. `old`: the file to replace, or NULL. On failure nothing is left. */
static bool write_and_rename(int folder, const char *temporary, const char *name, const struct stat *old,
                             const void *bytes, size_t len)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    int fd;
    do {
        fd = openat(folder, temporary, flags, old ? 0600 : 0666); /* 0666: the umask takes its part */
    } while (fd < 0 && errno == EINTR);
    if (fd < 0) {
        return false;
    }
    (void)flock(fd, LOCK_EX | LOCK_NB); /* some file systems have no locks: then the process number must do */
    bool done = true;
    if (old) {
        /* Another's file stays another's where we may say so (root); else it becomes ours, as with every editor. */
        if (fchown(fd, old->st_uid, old->st_gid) != 0) {
            errno = 0;
        }
        done = fchmod(fd, old->st_mode & 0777) == 0;
    }
    done = done && write_all(fd, bytes, len) && fsync(fd) == 0 && renameat(folder, temporary, folder, name) == 0;
    int error = errno;
    if (!done) {
        unlinkat(folder, temporary, 0);
    }
    close(fd); /* after fsync it has no more news; before rename it would give the lock away */
    errno = error;
    return done;
}

static bool replace_file(Arena *scratch, const char *path, const struct stat *old, const void *bytes, size_t len)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (*name == '\0' || text_equal(name, ".") || text_equal(name, "..")) {
        errno = *path ? EISDIR : ENOENT;
        return false;
    }
    const char *folder_path = path_folder(scratch, path);
    int folder;
    do {
        folder = open(folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (folder < 0 && errno == EINTR);
    if (folder < 0 && errno == EACCES) {
        folder = open(folder_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    if (folder < 0) {
        return false;
    }
    const char *head = temporary_head(scratch, name);
    const char *temporary = arena_printf(scratch, "%s.%ld.tmp", head, (long)getpid());
    remove_stale_all(folder, head);
    bool done = write_and_rename(folder, temporary, name, old, bytes, len);
    int error = errno;
    if (done) {
        (void)fsync(folder); /* not every file system can; the file itself is safe by now */
    }
    close(folder);
    errno = error;
    return done;
}

static bool write_resolved(Arena *scratch, const char *path, const void *bytes, size_t len)
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
        int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        bool done = fd >= 0 && write_all(fd, bytes, len);
        int error = errno;
        done = fd >= 0 && close(fd) == 0 && done;
        errno = error;
        return done;
    }
    if (exists && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0) {
        return false; /* rename would not ask, but who took the right to write away meant it */
    }
    const char *target = resolve_links(scratch, path);
    return target && replace_file(scratch, target, exists ? &old : NULL, bytes, len);
}

bool file_write_atomic(const char *path, const void *bytes, size_t len)
{
    int fd = named_descriptor(path);
    if (fd >= 0) {
        if (fd == STDOUT_FILENO) {
            fflush(stdout);
        }
        return write_all(fd, bytes, len);
    }
    Arena *scratch = arena_new();
    bool done = write_resolved(scratch, path, bytes, len);
    int error = errno;
    arena_free(scratch);
    errno = error;
    return done;
}
