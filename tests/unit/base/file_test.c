/* Tests of reading, of paths and of buffers in base/file.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
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

static const char *file_with(const char *name, const void *bytes, size_t len)
{
    const char *path = path_join(arena, folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

START_TEST(read_gives_the_bytes_and_a_nul)
{
    static const char bytes[] = "a\0b\nc";
    char *read = NULL;
    size_t len = 0;
    ck_assert_int_eq(file_read(arena, file_with("some", bytes, 5), 100, &read, &len), FILE_OK);
    ck_assert_uint_eq(len, 5);
    ck_assert_mem_eq(read, bytes, 6);
    ck_assert_int_eq(file_read(arena, file_with("none", "", 0), 100, &read, &len), FILE_OK);
    ck_assert_uint_eq(len, 0);
    ck_assert_str_eq(read, "");
    ck_assert_int_eq(file_read(arena, path_join(arena, folder, "none"), 0, &read, &len), FILE_OK);
}
END_TEST

START_TEST(read_keeps_the_limit)
{
    size_t size = 300000;
    char *bytes = arena_alloc(arena, size), *read = NULL;
    size_t len = 0;
    memset(bytes, 'x', size);
    const char *path = file_with("large", bytes, size);
    ck_assert_int_eq(file_read(arena, path, size, &read, &len), FILE_OK);
    ck_assert_uint_eq(len, size);
    ck_assert_mem_eq(read, bytes, size);
    ck_assert_int_eq(file_read(arena, path, SIZE_MAX, &read, &len), FILE_OK);
    size_t used = arena_used(arena);
    ck_assert_int_eq(file_read(arena, path, size - 1, &read, &len), FILE_TOO_LARGE);
    ck_assert_ptr_null(read);
    ck_assert_uint_eq(len, 0);
    ck_assert_uint_eq(arena_used(arena), used);
    ck_assert_int_eq(file_read(arena, "/dev/zero", 10, &read, &len), FILE_NOT_REGULAR);
}
END_TEST

/* A file that says it is empty and is not. */
START_TEST(read_does_not_trust_the_size)
{
    char *read = NULL;
    size_t len = 0;
    ck_assert_int_eq(file_read(arena, "/proc/self/status", 1 << 20, &read, &len), FILE_OK);
    ck_assert_uint_gt(len, 100);
    ck_assert_int_eq(file_read(arena, "/proc/self/status", 100, &read, &len), FILE_TOO_LARGE);
}
END_TEST

START_TEST(read_tells_what_is_no_file)
{
    char *read = NULL;
    size_t len = 0;
    ck_assert_int_eq(file_read(arena, folder, 100, &read, &len), FILE_NOT_REGULAR);
    ck_assert_int_eq(file_read(arena, "/dev/null", 100, &read, &len), FILE_NOT_REGULAR);
    ck_assert_int_eq(file_read(arena, path_join(arena, folder, "missing"), 100, &read, &len), FILE_ERROR);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(file_read(arena, "", 100, &read, &len), FILE_ERROR);
    const char *file = file_with("file", "x", 1);
    ck_assert_int_eq(file_read(arena, path_join(arena, file, "under"), 100, &read, &len), FILE_ERROR);
    ck_assert_int_eq(errno, ENOTDIR);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = path_join(arena, folder, "socket");
    ck_assert_uint_lt(strlen(path), sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(file_read(arena, path, 100, &read, &len), FILE_NOT_REGULAR);
    close(fd);
}
END_TEST

/* Feeds `count` bytes through a pipe as standard input and reads "-". */
static FileStatus read_standard(size_t count, size_t limit, size_t *len)
{
    int ends[2], saved = dup(STDIN_FILENO);
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        for (size_t i = 0; i < count; i++) {
            if (write(ends[1], "y", 1) != 1) {
                break;
            }
        }
        _exit(0);
    }
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    char *bytes = NULL;
    FileStatus status = file_read(arena, "-", limit, &bytes, len);
    for (size_t i = 0; i < *len; i++) {
        ck_assert_int_eq(bytes[i], 'y');
    }
    dup2(saved, STDIN_FILENO);
    close(saved);
    return status;
}

START_TEST(read_standard_input)
{
    size_t len = 0;
    ck_assert_int_eq(read_standard(70000, 70000, &len), FILE_OK);
    ck_assert_uint_eq(len, 70000);
    ck_assert_int_eq(read_standard(70001, 70000, &len), FILE_TOO_LARGE);
    ck_assert_int_eq(read_standard(0, 10, &len), FILE_OK);
    ck_assert_uint_eq(len, 0);
    int saved = dup(STDIN_FILENO), fd = open(folder, O_RDONLY);
    dup2(fd, STDIN_FILENO);
    char *bytes = NULL;
    ck_assert_int_eq(file_read(arena, "-", 10, &bytes, &len), FILE_NOT_REGULAR);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(fd);
}
END_TEST

START_TEST(existence)
{
    const char *file = file_with("there", "", 0);
    ck_assert(file_exists(file) && !folder_exists(file));
    ck_assert(!file_exists(folder) && folder_exists(folder));
    ck_assert(!file_exists(path_join(arena, folder, "not")) && !folder_exists(path_join(arena, folder, "not")));
}
END_TEST

START_TEST(paths)
{
    static const struct {
        const char *path, *folder, *stem;
    } cases[] = {
        {"a/b.c", "a", "b"},   {"b.c", ".", "b"},   {"/b.c", "/", "b"},           {"a//b", "a", "b"},
        {"a/b/", "a", "b"},    {"a/.b", "a", ".b"}, {"a/b.tar.gz", "a", "b.tar"}, {"/a/b/c.yaml", "/a/b", "c"},
        {"/", "/", "/"},       {"", ".", ""},       {"a.d/b", "a.d", "b"},        {"数据/示例.yaml", "数据", "示例"},
        {"../x.y", "..", "x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_str_eq(path_folder(arena, cases[i].path), cases[i].folder);
        ck_assert_str_eq(path_stem(arena, cases[i].path), cases[i].stem);
    }
    static const struct {
        const char *folder, *name, *joined;
    } joins[] = {
        {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {".", "b", "b"}, {"", "b", "b"}, {"/", "b", "/b"}, {"a", "/b", "/b"},
    };
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
        ck_assert_str_eq(path_join(arena, joins[i].folder, joins[i].name), joins[i].joined);
    }
}
END_TEST

START_TEST(buffers_grow)
{
    Buffer buffer = {0};
    for (int i = 0; i < 10000; i++) {
        buffer_printf(&buffer, "%04d,", i);
        buffer_text(&buffer, "x");
        buffer_append(&buffer, "\0", 1);
        buffer_append(&buffer, NULL, 0);
    }
    ck_assert_uint_eq(buffer.len, 70000);
    for (int i = 0; i < 10000; i++) {
        char expected[16];
        snprintf(expected, sizeof expected, "%04d,x", i);
        ck_assert_mem_eq(buffer.bytes + 7 * (size_t)i, expected, 7);
    }
    buffer_printf(&buffer, "%*s", 300000, "");
    ck_assert_uint_eq(buffer.len, 370000);
    buffer_release(&buffer);
    ck_assert_ptr_null(buffer.bytes);
    ck_assert_uint_eq(buffer.len, 0);
}
END_TEST

Suite *file_suite(void)
{
    Suite *suite = suite_create("file");
    TCase *tests = tcase_create("file");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, read_gives_the_bytes_and_a_nul);
    tcase_add_test(tests, read_keeps_the_limit);
    tcase_add_test(tests, read_does_not_trust_the_size);
    tcase_add_test(tests, read_tells_what_is_no_file);
    tcase_add_test(tests, read_standard_input);
    tcase_add_test(tests, existence);
    tcase_add_test(tests, paths);
    tcase_add_test(tests, buffers_grow);
    suite_add_tcase(suite, tests);
    return suite;
}
