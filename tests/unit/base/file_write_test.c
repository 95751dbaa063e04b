/* Tests of file_write_atomic: what is there after success, after every failure we can cause, and meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base_tests.h"

static Arena *arena;
static const char *folder;
static mode_t old_umask;

static void setup(void)
{
    arena = arena_new();
    folder = folder_make(arena);
    old_umask = umask(027);
}

static void teardown(void)
{
    umask(old_umask);
    folder_remove(folder);
    arena_free(arena);
}

static const char *in_folder(const char *name)
{
    return path_join(arena, folder, name);
}

static bool write_text(const char *path, const char *text)
{
    return file_write_atomic(path, text, strlen(text));
}

static const char *text_of(const char *path)
{
    char *bytes = NULL;
    size_t len = 0;
    return file_read(arena, path, 1 << 24, &bytes, &len) == FILE_OK ? bytes : NULL;
}

static mode_t mode_of(const char *path)
{
    struct stat info;
    ck_assert_int_eq(lstat(path, &info), 0);
    return info.st_mode & 07777;
}

/* The number of a process that is gone. */
static pid_t dead_process(void)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    return child;
}

START_TEST(new_and_replaced)
{
    const char *path = in_folder("公开.pdf");
    ck_assert(write_text(path, "one"));
    ck_assert_str_eq(text_of(path), "one");
    ck_assert_uint_eq(mode_of(path), 0640); /* 0666 & ~027 */
    ck_assert_int_eq(chmod(path, 0604), 0);
    ck_assert(write_text(path, "second"));
    ck_assert_str_eq(text_of(path), "second");
    ck_assert_uint_eq(mode_of(path), 0604);
    ck_assert(write_text(path, ""));
    ck_assert_str_eq(text_of(path), "");
    ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(large_and_in_the_current_folder)
{
    size_t size = 3000000;
    char *bytes = arena_alloc(arena, size + 1);
    memset(bytes, 'z', size);
    int here = open(".", O_RDONLY);
    ck_assert_int_eq(chdir(folder), 0);
    bool done = file_write_atomic("plain", bytes, size);
    ck_assert_int_eq(fchdir(here), 0);
    close(here);
    ck_assert(done);
    ck_assert_str_eq(text_of(in_folder("plain")), bytes);
    ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(old_readers_keep_the_old_file)
{
    const char *path = in_folder("file");
    ck_assert(write_text(path, "old"));
    int fd = open(path, O_RDONLY);
    ck_assert(write_text(path, "new"));
    char bytes[4] = "";
    ck_assert_int_eq(read(fd, bytes, 3), 3);
    ck_assert_str_eq(bytes, "old");
    close(fd);
}
END_TEST

START_TEST(links_stay_links)
{
    ck_assert(write_text(in_folder("target"), "old"));
    ck_assert_int_eq(symlink("target", in_folder("link")), 0);
    ck_assert_int_eq(symlink(in_folder("link"), in_folder("second")), 0);
    ck_assert(write_text(in_folder("second"), "new"));
    ck_assert_str_eq(text_of(in_folder("target")), "new");
    struct stat info;
    ck_assert(lstat(in_folder("link"), &info) == 0 && S_ISLNK(info.st_mode));
    ck_assert(lstat(in_folder("second"), &info) == 0 && S_ISLNK(info.st_mode));
    ck_assert_int_eq(symlink("not yet", in_folder("dangling")), 0);
    ck_assert(write_text(in_folder("dangling"), "made"));
    ck_assert_str_eq(text_of(in_folder("not yet")), "made");
    ck_assert_int_eq(symlink("loop", in_folder("loop")), 0);
    ck_assert(!write_text(in_folder("loop"), "x"));
    ck_assert_int_eq(errno, ELOOP);
    ck_assert_uint_eq(folder_count(folder), 6);
}
END_TEST

START_TEST(names_as_long_as_may_be)
{
    char name[NAME_MAX + 2];
    for (size_t len = NAME_MAX - 25; len <= NAME_MAX; len++) {
        memset(name, 'n', len);
        name[len] = '\0';
        ck_assert_msg(write_text(in_folder(name), "long"), "%zu bytes", len);
        ck_assert_str_eq(text_of(in_folder(name)), "long");
    }
    for (size_t i = 0; i < 85; i++) {
        memcpy(name + 3 * i, "\xE5\x85\xAC", 3);
    }
    name[255] = '\0';
    ck_assert(write_text(in_folder(name), "Hanzi"));
    ck_assert_str_eq(text_of(in_folder(name)), "Hanzi");
    ck_assert_uint_eq(folder_count(folder), 27);
    memset(name, 'n', NAME_MAX + 1);
    name[NAME_MAX + 1] = '\0';
    ck_assert(!write_text(in_folder(name), "too long"));
    ck_assert_int_eq(errno, ENAMETOOLONG);
}
END_TEST

static const struct {
    const char *target;
    int error;
} failures[] = {
    {"missing/file", ENOENT}, {"plain/file", ENOTDIR}, {"folder", EISDIR}, {"folder/", EISDIR},
    {"new/", EISDIR},         {"folder/.", EISDIR},    {"", EISDIR}, /* the folder itself */
};

START_TEST(what_cannot_be_written_changes_nothing)
{
    ck_assert(write_text(in_folder("plain"), "kept"));
    ck_assert_int_eq(mkdir(in_folder("folder"), 0700), 0);
    const char *path = arena_printf(arena, "%s/%s", folder, failures[_i].target);
    errno = 0;
    ck_assert(!write_text(path, "x"));
    int error = errno;
    ck_assert_msg(error == failures[_i].error || error == ENOENT, "%s: %s", path, strerror(error));
    ck_assert_str_eq(text_of(in_folder("plain")), "kept");
    ck_assert_uint_eq(folder_count(folder), 2);
    ck_assert_uint_eq(folder_count(in_folder("folder")), 0);
    ck_assert(!write_text("", "x"));
    ck_assert_int_eq(errno, ENOENT);
}
END_TEST

static void write_without_room(void)
{
    struct rlimit limit = {1000, 1000};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    char bytes[5000] = {0};
    if (file_write_atomic(in_folder("old"), bytes, sizeof bytes)) {
        _exit(10);
    }
    if (errno != EFBIG) {
        _exit(11);
    }
    _exit(file_write_atomic(in_folder("new"), bytes, sizeof bytes) ? 12 : 0);
}

START_TEST(a_full_disk_leaves_the_old_file_and_no_other)
{
    ck_assert(write_text(in_folder("old"), "kept"));
    ck_assert_int_eq(status_of(write_without_room), 0);
    ck_assert_str_eq(text_of(in_folder("old")), "kept");
    ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

static void write_read_only(void)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        _exit(77);
    }
    if (write_text(in_folder("file"), "x") || errno != EACCES) {
        _exit(10);
    }
    if (write_text(in_folder("other"), "x") || errno != EACCES) {
        _exit(11);
    }
    _exit(0);
}

START_TEST(a_folder_we_may_not_write_is_refused)
{
    ck_assert(write_text(in_folder("file"), "kept"));
    ck_assert_int_eq(chmod(in_folder("file"), 0666), 0);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    int status = status_of(write_read_only);
    ck_assert_int_eq(chmod(folder, 0777), 0);
    ck_assert(status == 0 || status == 77);
    ck_assert_int_eq(chmod(in_folder("file"), 0444), 0);
    ck_assert_str_eq(text_of(in_folder("file")), "kept");
}
END_TEST

static void write_protected(void)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        _exit(77);
    }
    _exit(write_text(in_folder("file"), "x") ? 10 : errno == EACCES ? 0 : 11);
}

START_TEST(a_write_protected_file_is_not_replaced)
{
    ck_assert(write_text(in_folder("file"), "kept"));
    ck_assert_int_eq(chmod(in_folder("file"), 0444), 0);
    ck_assert_int_eq(chmod(folder, 0777), 0);
    int status = status_of(write_protected);
    ck_assert(status == 0 || status == 77);
    ck_assert_str_eq(text_of(in_folder("file")), "kept");
}
END_TEST

START_TEST(devices_and_pipes_are_written_directly)
{
    ck_assert(write_text("/dev/null", "x"));
    struct stat info;
    ck_assert(stat("/dev/null", &info) == 0 && S_ISCHR(info.st_mode));
    ck_assert(!write_text("/dev/full", "x"));
    ck_assert_int_eq(errno, ENOSPC);
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    int fd = open(in_folder("pipe"), O_RDWR);
    ck_assert(write_text(in_folder("pipe"), "through"));
    char bytes[8] = "";
    ck_assert_int_eq(read(fd, bytes, 7), 7);
    ck_assert_str_eq(bytes, "through");
    close(fd);
    ck_assert(stat(in_folder("pipe"), &info) == 0 && S_ISFIFO(info.st_mode));
}
END_TEST

START_TEST(standard_output_goes_on_where_it_stands)
{
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    int fd = open(in_folder("out"), O_RDWR | O_CREAT, 0600);
    dup2(fd, STDOUT_FILENO);
    printf("a");
    bool dash = write_text("-", "b");
    bool device = write_text("/dev/stdout", "c");
    bool number = write_text("/dev/fd/1", "d");
    dup2(saved, STDOUT_FILENO);
    close(saved);
    close(fd);
    ck_assert(dash && device && number);
    ck_assert_str_eq(text_of(in_folder("out")), "abcd");
    ck_assert(!write_text("/dev/fd/9999", "x"));
}
END_TEST

static const char *temporary_of(const char *name, pid_t process)
{
    const char *path = in_folder(arena_printf(arena, ".%s.%ld.tmp", name, (long)process));
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    ck_assert_int_ge(fd, 0);
    close(fd);
    return path;
}

START_TEST(leftovers_of_dead_processes_are_removed_and_nothing_else)
{
    pid_t dead = dead_process();
    const char *gone = temporary_of("a.pdf", dead);
    const char *own = temporary_of("a.pdf", getpid()); /* of an earlier process with our number */
    const char *living = temporary_of("a.pdf", getppid());
    const char *other = temporary_of("b.pdf", dead);
    const char *user = in_folder(".a.pdf.12x.tmp"), *backup = in_folder(".a.pdf.tmp");
    ck_assert(write_text(user, "mine") && write_text(backup, "mine"));
    const char *target = in_folder("a.pdf");
    ck_assert(write_text(target, "done"));
    ck_assert(!file_exists(gone) && !file_exists(own));
    ck_assert(file_exists(living) && file_exists(other) && file_exists(user) && file_exists(backup));
    ck_assert_uint_eq(folder_count(folder), 5);
}
END_TEST

/* Killed, but not yet fetched by its parent: kill(pid, 0) still finds it. */
START_TEST(a_zombies_leftover_is_removed)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    siginfo_t ended;
    ck_assert_int_eq(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT), 0);
    const char *path = temporary_of("a.pdf", child);
    ck_assert(write_text(in_folder("a.pdf"), "done"));
    ck_assert(!file_exists(path));
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

START_TEST(a_leftover_still_locked_is_somebodys)
{
    const char *path = temporary_of("a.pdf", dead_process());
    int fd = open(path, O_RDONLY);
    ck_assert_int_eq(flock(fd, LOCK_EX), 0);
    ck_assert(write_text(in_folder("a.pdf"), "done"));
    ck_assert(file_exists(path));
    close(fd);
    ck_assert(write_text(in_folder("a.pdf"), "again"));
    ck_assert(!file_exists(path));
}
END_TEST

/* A link laid where the temporary will be must not lead our bytes elsewhere. */
START_TEST(a_link_in_the_temporarys_place_is_not_followed)
{
    ck_assert(write_text(in_folder("victim"), "kept"));
    const char *trap = in_folder(arena_printf(arena, ".a.pdf.%ld.tmp", (long)getpid()));
    ck_assert_int_eq(symlink("victim", trap), 0);
    ck_assert(!write_text(in_folder("a.pdf"), "x"));
    ck_assert_int_eq(errno, EEXIST);
    ck_assert_str_eq(text_of(in_folder("victim")), "kept");
}
END_TEST

START_TEST(no_reader_sees_half_a_file)
{
    enum { SIZE = 200000 };
    const char *path = in_folder("file");
    char *bytes = arena_alloc(arena, SIZE + 1);
    memset(bytes, 'a', SIZE);
    ck_assert(file_write_atomic(path, bytes, SIZE));
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 60; i++) {
            memset(bytes, 'a' + i % 26, SIZE);
            if (!file_write_atomic(path, bytes, SIZE)) {
                _exit(1);
            }
        }
        _exit(0);
    }
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        ArenaMark mark = arena_mark(arena);
        char *seen = NULL;
        size_t len = 0;
        ck_assert_int_eq(file_read(arena, path, SIZE, &seen, &len), FILE_OK);
        ck_assert_uint_eq(len, SIZE);
        ck_assert_mem_eq(seen, seen + 1, SIZE - 1); /* all one letter */
        arena_rewind(arena, mark);
    }
    ck_assert_int_eq(status, 0);
    ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

Suite *file_write_suite(void)
{
    Suite *suite = suite_create("file_write");
    TCase *tests = tcase_create("file_write");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, new_and_replaced);
    tcase_add_test(tests, large_and_in_the_current_folder);
    tcase_add_test(tests, old_readers_keep_the_old_file);
    tcase_add_test(tests, links_stay_links);
    tcase_add_test(tests, names_as_long_as_may_be);
    tcase_add_loop_test(tests, what_cannot_be_written_changes_nothing, 0, (int)(sizeof failures / sizeof *failures));
    tcase_add_test(tests, a_full_disk_leaves_the_old_file_and_no_other);
    tcase_add_test(tests, a_folder_we_may_not_write_is_refused);
    tcase_add_test(tests, a_write_protected_file_is_not_replaced);
    tcase_add_test(tests, devices_and_pipes_are_written_directly);
    tcase_add_test(tests, standard_output_goes_on_where_it_stands);
    tcase_add_test(tests, leftovers_of_dead_processes_are_removed_and_nothing_else);
    tcase_add_test(tests, a_zombies_leftover_is_removed);
    tcase_add_test(tests, a_leftover_still_locked_is_somebodys);
    tcase_add_test(tests, a_link_in_the_temporarys_place_is_not_followed);
    tcase_add_test(tests, no_reader_sees_half_a_file);
    suite_add_tcase(suite, tests);
    return suite;
}
