/* What a process that was killed left beside the files it wrote -> gone. */
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

#include "base/file_int.h"
#include "base/text.h"

#define TAIL_MOST (sizeof ".2147483647.tmp" - 1) /* [bytes] of ".<pid>.tmp" */

const char *file_temporary_head(Arena *scratch, const char *name)
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

void file_sweep_head(int folder, const char *head)
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

/* ---- leftovers of many ------------------------------------------------------------------------------------------- */

static int compare_text(const void *text, const void *name)
{
    return strcmp(text, *(const char *const *)name);
}

/* Whether it is ".<one of the names>.<pid>.tmp" and that process has ended. */
static bool is_leftover(const char *entry, const char *const *names, size_t count)
{
    size_t len = strlen(entry);
    char name[NAME_MAX + 1];
    if (entry[0] != '.' || len <= sizeof ".tmp" || len > NAME_MAX) {
        return false;
    }
    memcpy(name, entry, len + 1);
    char *end = name + len - (sizeof ".tmp" - 1);
    *end = '\0';
    char *point = strrchr(name, '.');
    if (point == name) {
        return false;
    }
    *point = '\0';
    if (!bsearch(name + 1, names, count, sizeof *names, compare_text)) {
        return false;
    }
    pid_t owner = temporary_owner(entry, name);
    return owner > 0 && (owner == getpid() || process_ended(owner));
}

void file_sweep(const char *folder, const char *const *names, size_t count)
{
    DIR *entries = count > 0 ? opendir(folder) : NULL;
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        if (is_leftover(entry->d_name, names, count)) {
            remove_stale(dirfd(entries), entry->d_name);
        }
    }
    if (entries) {
        closedir(entries);
    }
}
