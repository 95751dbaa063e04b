/* The suites of base's unit tests and the few things they share. */
#ifndef GONGKAI_TESTS_BASE_H
#define GONGKAI_TESTS_BASE_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

Suite *arena_suite(void);
Suite *decimal_suite(void);
Suite *text_suite(void);
Suite *file_suite(void);
Suite *file_write_suite(void);
Suite *file_stage_suite(void);
Suite *finding_suite(void);
Suite *regex_suite(void);
Suite *json_suite(void);
Suite *sha256_suite(void);
Suite *finding_print_suite(void);

/* A fresh empty folder, and its removal with all that is in it (one level). */
const char *folder_make(Arena *arena);
void folder_remove(const char *folder);
size_t folder_count(const char *folder); /* entries but . and .. */

/* Runs `action` in a process of its own, its stderr closed; returns its exit status, or -1 when a signal ended it. */
int status_of(void (*action)(void));

/* ck_assert for loops of many thousand rounds: silent, and so a hundred times faster, while all is well. */
#define hold(condition)                           \
    do {                                          \
        if (!(condition)) {                       \
            ck_abort_msg("%s fails", #condition); \
        }                                         \
    } while (0)

/* The same numbers on every run and machine (xorshift64*). */
typedef struct Random {
    uint64_t state;
} Random;
uint64_t random_next(Random *random);

#endif
