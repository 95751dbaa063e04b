/* 共用: files merged under a notice, and the ways out of its folder that are refused. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suites.h"

typedef struct Folder {
    Bench bench;
    char path[64];
} Folder;

static void folder_write(Folder *folder, const char *name, const char *text)
{
    const char *path = arena_printf(folder->bench.arena, "%s/%s", folder->path, name);
    ck_assert(file_write_atomic(path, text, strlen(text)));
}

static Folder folder_new(void)
{
    Folder folder = {.bench = bench_new(), .path = "gongkai-test-XXXXXX"};
    const char *temporary = getenv("TMPDIR");
    snprintf(folder.path, sizeof folder.path, "%.40s/gongkai-XXXXXX", temporary != NULL ? temporary : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder.path));
    mkdir(arena_printf(folder.bench.arena, "%s/in", folder.path), 0700);
    folder_write(&folder, "outside.yaml", "甲: 外\n");
    return folder;
}

static void folder_free(Folder *folder)
{
    static const char *const names[] = {"in/a.yaml",    "in/b.yaml",    "in/c.yaml", "in/sub/d.yaml",
                                        "in/link.yaml", "in/loop.yaml", "in/n.yaml", "outside.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(arena_printf(folder->bench.arena, "%s/%s", folder->path, names[i]));
    }
    rmdir(arena_printf(folder->bench.arena, "%s/in/sub", folder->path));
    rmdir(arena_printf(folder->bench.arena, "%s/in", folder->path));
    rmdir(folder->path);
    bench_free(&folder->bench);
}

static Value *folder_load(Folder *folder, const char *text)
{
    folder_write(folder, "in/n.yaml", text);
    return data_load(arena_printf(folder->bench.arena, "%s/in/n.yaml", folder->path), folder->bench.arena,
                     &folder->bench.findings);
}

START_TEST(files_stand_under_the_notice_in_their_order)
{
    Folder folder = folder_new();
    mkdir(arena_printf(folder.bench.arena, "%s/in/sub", folder.path), 0700);
    folder_write(&folder, "in/a.yaml", "# a\n甲: 甲a\n乙: 乙a\n丁: {子: 子a, 丑: 丑a}\n");
    folder_write(&folder, "in/sub/d.yaml", "乙: 乙d\n丙: 丙d\n丁: {寅: 寅d}\n");
    const Value *root = folder_load(&folder, "甲: 甲n\n共用: [a.yaml, ./sub/d.yaml]\n丁: {子: 子n}\n");
    ck_assert_str_eq(bench_codes(&folder.bench), "");
    ck_assert_str_eq(value_text(value_get(root, "甲")), "甲n");
    ck_assert_str_eq(value_text(value_get(root, "乙")), "乙a");
    ck_assert_str_eq(value_text(value_get(root, "丙")), "丙d");
    ck_assert_str_eq(value_text(value_at(root, "丁/子")), "子n");
    ck_assert_str_eq(value_text(value_at(root, "丁/丑")), "丑a");
    ck_assert_str_eq(value_text(value_at(root, "丁/寅")), "寅d");
    const Value *shared = value_get(root, "乙");
    ck_assert_int_eq(shared->origin, ORIGIN_SHARED);
    ck_assert_int_eq(value_get(root, "甲")->origin, ORIGIN_GIVEN);
    ck_assert_uint_eq(shared->place.line, 3);
    ck_assert_uint_eq(shared->key_place.line, 3);
    ck_assert_ptr_nonnull(strstr(shared->place.source->name, "in/a.yaml"));
    folder_free(&folder);
}
END_TEST

START_TEST(ways_out_are_refused)
{
    static const struct {
        const char *text, *codes;
    } cases[] = {
        {"共用: a.yaml\n", ""},
        {"共用: sub/../a.yaml\n", ""},
        {"共用:\n", ""},
        {"共用: []\n", ""},
        {"共用: ../outside.yaml\n", "shared-outside@1:5"},
        {"共用: sub/../../outside.yaml\n", "shared-outside@1:5"},
        {"共用: ../../../../../../../../no/such\n", "shared-outside@1:5"},
        {"共用: /etc/passwd\n", "shared-outside@1:5"},
        {"共用: link.yaml\n", "shared-outside@1:5"},
        {"共用: loop.yaml\n", "shared-missing@1:5"},
        {"共用: nothing.yaml\n", "shared-missing@1:5"},
        {"共用: sub\n", "file-not-regular@0:0"},
        {"共用: n.yaml\n", "shared-cycle@1:5"},
        {"共用: [a.yaml, ./a.yaml]\n", "shared-twice@1:14"},
        {"共用: {a: b}\n", "shared-kind@1:5"},
        {"共用: [a.yaml, [b]]\n", "shared-kind@1:14"},
        {"共用: ''\n", "shared-kind@1:5"},
        {"共用: b.yaml\n", "shared-cycle@1:1"},
        {"共用: c.yaml\n", "yaml-wide-colon@1:2"},
        {"共用: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]\n", "shared-many@1:1"},
    };
    Folder folder = folder_new();
    mkdir(arena_printf(folder.bench.arena, "%s/in/sub", folder.path), 0700);
    folder_write(&folder, "in/a.yaml", "甲: 1\n");
    folder_write(&folder, "in/b.yaml", "共用: a.yaml\n");
    folder_write(&folder, "in/c.yaml", "甲：1\n");
    Arena *arena = folder.bench.arena;
    ck_assert_int_eq(symlink("../outside.yaml", arena_printf(arena, "%s/in/link.yaml", folder.path)), 0);
    ck_assert_int_eq(symlink("loop.yaml", arena_printf(arena, "%s/in/loop.yaml", folder.path)), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        finding_list_init(&folder.bench.findings, arena, LANGUAGE_ZH);
        ck_assert_ptr_nonnull(folder_load(&folder, cases[i].text));
        ck_assert_msg(strcmp(bench_codes(&folder.bench), cases[i].codes) == 0, "%s: %s", cases[i].text,
                      bench_codes(&folder.bench));
    }
    folder_free(&folder);
}
END_TEST

START_TEST(a_root_that_is_no_map_is_explained)
{
    static const struct {
        const char *text, *codes;
    } cases[] = {
        {"部门：某局\n", "yaml-wide-colon@1:3"},
        {"部门:某局\n", "yaml-tight-colon@1:3"},
        {"某局\n", "wrong-kind@1:1"},
        {"- 某局\n", "wrong-kind@1:1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Folder folder = folder_new();
        ck_assert_ptr_null(folder_load(&folder, cases[i].text));
        ck_assert_str_eq(bench_codes(&folder.bench), cases[i].codes);
        folder_free(&folder);
    }
}
END_TEST

Suite *shared_suite(void)
{
    Suite *suite = suite_create("shared");
    TCase *tests = tcase_create("shared");
    tcase_add_test(tests, files_stand_under_the_notice_in_their_order);
    tcase_add_test(tests, ways_out_are_refused);
    tcase_add_test(tests, a_root_that_is_no_map_is_explained);
    suite_add_tcase(suite, tests);
    return suite;
}
