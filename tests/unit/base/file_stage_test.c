/* Tests of files staged, placed and swept: what stands where between the halves, and after either fails. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base_tests.h"

static Arena *arena;
static const char *folder;

static void setup(void)
{
    arena = arena_new();
    folder = folder_make(arena);
}

static void teardown(void)
{
    folder_remove(folder);
    arena_free(arena);
}

static const char *in_folder(const char *name)
{
    return path_join(arena, folder, name);
}

static const char *text_of(const char *path)
{
    char *bytes = NULL;
    size_t len = 0;
    return file_read(arena, path, 1 << 24, &bytes, &len) == FILE_OK ? bytes : "";
}

static StagedFile stage(const char *path, const char *text)
{
    StagedFile staged;
    ck_assert(file_stage(path, getpid(), text, strlen(text), arena, &staged));
    return staged;
}

static void make(const char *path)
{
    ck_assert(file_write_atomic(path, "x", 1));
}

static long dead_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    return child;
}

START_TEST(staged_is_beside_and_placed_is_there)
{
    const char *path = in_folder("a.pdf");
    make(path);
    ck_assert_int_eq(chmod(path, 0604), 0);
    StagedFile staged = stage(path, "new");
    ck_assert_str_eq(text_of(path), "x");
    ck_assert_str_eq(text_of(staged.temporary), "new");
    ck_assert_str_eq(staged.temporary, in_folder(arena_printf(arena, ".a.pdf.%ld.tmp", (long)getpid())));
    ck_assert(file_place(&staged));
    folder_sync(folder);
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0604);
    ck_assert_str_eq(text_of(path), "new");
    ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(another_process_may_place)
{
    const char *path = in_folder("a.pdf");
    StagedFile staged;
    long parent = getpid();
    pid_t child = fork();
    if (child == 0)
        _exit(file_stage(path, parent, "child's", 7, arena, &staged) ? 0 : 1);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    staged = (StagedFile){in_folder(arena_printf(arena, ".a.pdf.%ld.tmp", parent)), path};
    ck_assert(file_place(&staged));
    ck_assert_str_eq(text_of(path), "child's");
}
END_TEST

START_TEST(a_link_stays_a_link)
{
    make(in_folder("real"));
    ck_assert_int_eq(symlink("real", in_folder("link")), 0);
    StagedFile staged = stage(in_folder("link"), "new");
    ck_assert_str_eq(staged.target, in_folder("real"));
    ck_assert(file_place(&staged));
    ck_assert_str_eq(text_of(in_folder("real")), "new");
    ck_assert_uint_eq(folder_count(folder), 2);
}
END_TEST

START_TEST(what_cannot_be_placed_leaves_nothing)
{
    StagedFile staged = stage(in_folder("a.pdf"), "new"), gone = staged;
    ck_assert_int_eq(mkdir(in_folder("a.pdf"), 0777), 0);
    ck_assert(!file_place(&staged));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_uint_eq(folder_count(folder), 1);
    ck_assert(!file_place(&gone));
    ck_assert_int_eq(errno, ENOENT);
    StagedFile device;
    ck_assert(file_stage("/dev/null", getpid(), "x", 1, arena, &device));
    ck_assert_ptr_null(device.temporary);
    ck_assert(file_place(&device));
    ck_assert(!file_stage(in_folder("no/such"), getpid(), "x", 1, arena, &device));
    ck_assert_int_eq(errno, ENOENT);
    ck_assert(!file_stage(in_folder("a.pdf"), getpid(), "x", 1, arena, &device));
    ck_assert_int_eq(errno, EISDIR);
}
END_TEST

START_TEST(a_draft_is_written_in_pieces_or_not_at_all)
{
    FileDraft draft;
    make(in_folder("a"));
    ck_assert(file_draft_open(&draft, in_folder("a"), arena));
    ck_assert(file_draft_put(&draft, "one", 3) && file_draft_put(&draft, "two", 3));
    ck_assert_str_eq(text_of(in_folder("a")), "x");
    ck_assert(file_draft_keep(&draft));
    ck_assert_str_eq(text_of(in_folder("a")), "onetwo");
    ck_assert(file_draft_open(&draft, in_folder("a"), arena));
    ck_assert(file_draft_put(&draft, "three", 5));
    errno = ENOSPC;
    file_draft_drop(&draft);
    ck_assert_int_eq(errno, ENOSPC);
    ck_assert_str_eq(text_of(in_folder("a")), "onetwo");
    ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(leftovers_of_these_names_and_dead_processes_go)
{
    long dead = dead_process();
    static const char *const NAMES[] = {"a.pdf", "b.c.pdf", "d.pdf"};
    const char *gone[] = {arena_printf(arena, ".a.pdf.%ld.tmp", dead), arena_printf(arena, ".b.c.pdf.%ld.tmp", dead),
                          arena_printf(arena, ".d.pdf.%ld.tmp", (long)getpid())};
    const char *stay[] = {arena_printf(arena, ".a.pdf.%ld.tmp", (long)getppid()), /* alive */
                          arena_printf(arena, ".e.pdf.%ld.tmp", dead),            /* not ours */
                          arena_printf(arena, "a.pdf.%ld.tmp", dead),
                          arena_printf(arena, ".a.pdf.%ldx.tmp", dead),
                          arena_printf(arena, ".a.pdf.0%ld.tmp.tmp", dead),
                          ".a.pdf.tmp",
                          ".a.pdf..tmp",
                          ".tmp",
                          "..tmp",
                          ".a.pdf",
                          arena_printf(arena, ".a.pdf.%ld", dead)};
    for (size_t i = 0; i < 3; i++)
        make(in_folder(gone[i]));
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        make(in_folder(stay[i]));
    file_sweep(folder, NAMES, 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_msg(!file_exists(in_folder(gone[i])), "%s", gone[i]);
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        ck_assert_msg(file_exists(in_folder(stay[i])), "%s", stay[i]);
    file_sweep(folder, NAMES, 0);
    file_sweep(in_folder("no-such"), NAMES, 3);
}
END_TEST

Suite *file_stage_suite(void)
{
    Suite *suite = suite_create("file_stage");
    TCase *tests = tcase_create("file_stage");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, staged_is_beside_and_placed_is_there);
    tcase_add_test(tests, another_process_may_place);
    tcase_add_test(tests, a_link_stays_a_link);
    tcase_add_test(tests, what_cannot_be_placed_leaves_nothing);
    tcase_add_test(tests, a_draft_is_written_in_pieces_or_not_at_all);
    tcase_add_test(tests, leftovers_of_these_names_and_dead_processes_go);
    suite_add_tcase(suite, tests);
    return suite;
}
