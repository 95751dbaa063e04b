/* Preloaded: makes one call of a program fail. FAULT_CALL names the call, FAULT_NTH which of them (from 1; in each
 * process anew after a fork), FAULT_ERRNO how: a number, or 0 for half of what was asked (read, write). FAULT_MARK is a
 * file that is made when it happened, so that a run without it tells that there are no more. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static const char *call, *mark;
static long nth, kind;
static volatile long seen;
static bool ready;

/* After the constructors of the libraries: what GLib does before main (it aborts) is not the program's. */
__attribute__((constructor)) static void begin(void)
{
    call = getenv("FAULT_CALL");
    mark = getenv("FAULT_MARK");
    nth = getenv("FAULT_NTH") ? atol(getenv("FAULT_NTH")) : 0;
    kind = getenv("FAULT_ERRNO") ? atol(getenv("FAULT_ERRNO")) : EIO;
    ready = true;
}

static bool due(const char *name)
{
    if (!ready || !call || strcmp(call, name) != 0 || __sync_add_and_fetch(&seen, 1) != nth) {
        return false;
    }
    long fd = mark ? syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT, 0666) : -1;
    if (fd >= 0) {
        syscall(SYS_close, fd);
    }
    errno = (int)kind;
    return kind != 0;
}

/* Whether to do half of it. */
static bool half_due(const char *name)
{
    return seen == nth && kind == 0 && call && strcmp(call, name) == 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void *malloc(size_t size)
{
    return due("malloc") ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return due("malloc") ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return size && due("malloc") ? NULL : __libc_realloc(old, size);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    if (fd == 2) { /* the message itself */
        return syscall(SYS_write, fd, bytes, len);
    }
    if (due("write")) {
        return -1;
    }
    return syscall(SYS_write, fd, bytes, half_due("write") && len > 1 ? len / 2 : len);
}

ssize_t read(int fd, void *bytes, size_t len)
{
    if (due("read")) {
        return -1;
    }
    return syscall(SYS_read, fd, bytes, half_due("read") && len > 1 ? len / 2 : len);
}

int fdatasync(int fd)
{
    return due("fsync") ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
    return due("fsync") ? -1 : (int)syscall(SYS_fsync, fd);
}

int close(int fd)
{
    long done = syscall(SYS_close, fd); /* as Linux does: closed, whatever it says */
    return due("close") ? -1 : (int)done;
}

int renameat(int from, const char *a, int to, const char *b)
{
    return due("rename") ? -1 : (int)syscall(SYS_renameat, from, a, to, b);
}

int rename(const char *a, const char *b)
{
    return due("rename") ? -1 : (int)syscall(SYS_rename, a, b);
}

static mode_t mode_of(int flags, va_list args)
{
    return flags & O_CREAT ? va_arg(args, mode_t) : 0;
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return due("open") ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return due("open") ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int fchmod(int fd, mode_t mode)
{
    return due("chmod") ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int ftruncate(int fd, off_t len)
{
    return due("truncate") ? -1 : (int)syscall(SYS_ftruncate, fd, len);
}

int mkdir(const char *path, mode_t mode)
{
    return due("mkdir") ? -1 : (int)syscall(SYS_mkdir, path, mode);
}

void *mmap(void *at, size_t len, int protection, int flags, int fd, off_t offset)
{
    return due("mmap") ? MAP_FAILED : (void *)syscall(SYS_mmap, at, len, protection, flags, fd, offset);
}

ssize_t readlink(const char *path, char *target, size_t size)
{
    return due("readlink") ? -1 : (ssize_t)syscall(SYS_readlink, path, target, size);
}

int fstat(int fd, struct stat *info)
{
    return due("stat") ? -1 : REAL(fstat)(fd, info);
}

int stat(const char *path, struct stat *info)
{
    return due("stat") ? -1 : REAL(stat)(path, info);
}

pid_t fork(void)
{
    if (due("fork")) {
        return -1;
    }
    return REAL(fork)();
}

int pipe2(int ends[2], int flags)
{
    return due("pipe") ? -1 : (int)syscall(SYS_pipe2, ends, flags);
}
