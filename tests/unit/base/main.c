/* Runs the unit tests of base. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base_tests.h"

const char *folder_make(Arena *arena)
{
    const char *parent = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/gongkai-base-XXXXXX", parent && *parent ? parent : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    return folder;
}

static struct dirent *next_entry(DIR *entries)
{
    struct dirent *entry;
    do {
        entry = readdir(entries);
    } while (entry && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    return entry;
}

void folder_remove(const char *folder)
{
    DIR *entries = opendir(folder);
    ck_assert_ptr_nonnull(entries);
    for (struct dirent *entry; (entry = next_entry(entries));) {
        if (unlinkat(dirfd(entries), entry->d_name, 0) != 0) {
            unlinkat(dirfd(entries), entry->d_name, AT_REMOVEDIR);
        }
    }
    closedir(entries);
    rmdir(folder);
}

size_t folder_count(const char *folder)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    ck_assert_ptr_nonnull(entries);
    while (next_entry(entries)) {
        count++;
    }
    closedir(entries);
    return count;
}

int status_of(void (*action)(void))
{
    fflush(NULL);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDERR_FILENO);
        action();
        _exit(0);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

uint64_t random_next(Random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * 2685821657736338717u;
}

int main(void)
{
    SRunner *runner = srunner_create(arena_suite());
    srunner_add_suite(runner, decimal_suite());
    srunner_add_suite(runner, text_suite());
    srunner_add_suite(runner, file_suite());
    srunner_add_suite(runner, file_write_suite());
    srunner_add_suite(runner, file_stage_suite());
    srunner_add_suite(runner, finding_suite());
    srunner_add_suite(runner, regex_suite());
    srunner_add_suite(runner, json_suite());
    srunner_add_suite(runner, sha256_suite());
    srunner_add_suite(runner, finding_print_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
