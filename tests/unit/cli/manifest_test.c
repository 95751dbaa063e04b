/* Tests of the manifest: what is read of it, torn or hostile, and that it is written anew from where its lines stand.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/manifest.h"
#include "cli_tests.h"

#define HEADER                                                                                                    \
    "{\"gongkai\":\"0\",\"format\":1,\"shard\":{\"number\":1,\"of\":2},\"list\":\"L\",\"root\":\"r\",\"files\":[" \
    "\"a\",\"b\"]}\n"
#define ENTRY(file, exit)                                                                   \
    "{\"file\":\"" file "\",\"output\":\"" file ".pdf\",\"status\":\"done\",\"exit\":" exit \
    ",\"findings\":[{\"x\":1}]}\n"

static Arena *arena;
static FindingList findings;
static char folder[] = "/tmp/gongkai-cli-XXXXXX";

static void setup(void)
{
    arena = arena_new();
    finding_list_init(&findings, arena, LANGUAGE_EN);
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
    unlink(path_join(arena, folder, "m"));
    unlink(path_join(arena, folder, "n"));
    rmdir(folder);
    arena_free(arena);
}

static const char *file_of(const char *name, const char *text, size_t len)
{
    const char *path = path_join(arena, folder, name);
    ck_assert(file_write_atomic(path, text, len));
    return path;
}

static bool load(const char *text, size_t len, Manifest *manifest)
{
    return manifest_load(file_of("m", text, len), arena, manifest, &findings);
}

static const char *line_of(const ManifestEntry *entry)
{
    ManifestLines lines = {0};
    const char *line = manifest_line(&lines, entry, arena);
    manifest_lines_end(&lines);
    return line;
}

START_TEST(the_last_line_of_a_file_holds)
{
    static const char TEXT[] = HEADER ENTRY("b", "0") ENTRY("a", "1") ENTRY("b", "2") "{\"file\":\"torn\"";
    Manifest manifest;
    ck_assert(load(TEXT, sizeof TEXT - 1, &manifest));
    ck_assert(manifest.headed);
    ck_assert_uint_eq(manifest.header.shards, 2);
    ck_assert_uint_eq(manifest.header.file_count, 2);
    ck_assert_uint_eq(manifest.entries.count, 2);
    ck_assert_int_eq(manifest_find(&manifest, "b")->status, 2);
    ck_assert_ptr_null(manifest_find(&manifest, "torn"));
    ck_assert_uint_eq(json_count(json_get(manifest_find(&manifest, "a")->json, "findings")), 0);
    const char *line = line_of(manifest_find(&manifest, "a"));
    ck_assert_ptr_nonnull(line);
    ck_assert_int_eq(strncmp(line, ENTRY("a", "1"), strlen(ENTRY("a", "1")) - 1), 0);
}
END_TEST

START_TEST(long_lines_and_many)
{
    /* Longer than a read, and over the ends of reads. */
    Buffer text = {0};
    buffer_text(&text, HEADER);
    for (int i = 0; i < 300; i++) {
        buffer_printf(&text, "{\"file\":\"f%03d\",\"output\":\"o\",\"exit\":0,\"department\":\"", i);
        for (int k = 0; k < (i == 7 ? 70000 : 300); k++)
            buffer_printf(&text, "%010d", k);
        buffer_text(&text, "\"}\n");
    }
    Manifest manifest;
    ck_assert(load(text.bytes, text.len, &manifest));
    ck_assert_uint_eq(manifest.entries.count, 300);
    for (int i = 0; i < 300; i++) {
        const ManifestEntry *entry = manifest_find(&manifest, arena_printf(arena, "f%03d", i));
        ck_assert_ptr_nonnull(entry);
        ck_assert_uint_eq(strlen(entry->department), i == 7 ? 700000 : 3000);
        ck_assert_int_eq(strncmp(line_of(entry), arena_printf(arena, "{\"file\":\"f%03d\"", i), 14), 0);
    }
    buffer_release(&text);
}
END_TEST

/* Lines that somebody made: left out, and what is beside them stays. */
static const char *const HOSTILE[] = {
    "\n",
    "[]\n",
    "null\n",
    "{\"file\":1,\"output\":\"x\"}\n",
    "{\"file\":\"x\"}\n",
    "{\"file\":\"x\",\"output\":\"x\",\"exit\":3}\n",
    "{\"file\":\"x\",\"output\":\"x\",\"exit\":-1}\n",
    "{\"file\":\"x\",\"output\":\"x\",\"exit\":99999999999}\n",
    "{\"file\":\"x\",\"output\":\"\\u0000\"}\n",
    "{\"file\":\"\x1b[31m\",\"output\":\"x\"}\n",
    "{\"file\":\"\xff\",\"output\":\"x\"}\n",
    "{\"file\":\"x\",\"output\":\"x\"} {\"file\":\"x\"}\n",
    "{\"gongkai\":\"0\",\"format\":1,\"shard\":{\"number\":1,\"of\":99999999999},\"list\":\"L\",\"root\":\"r\"}\n",
    "{\"gongkai\":\"0\",\"format\":1,\"shard\":{\"number\":0,\"of\":1},\"list\":\"L\",\"root\":\"r\"}\n",
    "{\"gongkai\":\"0\",\"format\":1,\"shard\":{\"number\":3,\"of\":2},\"list\":\"L\",\"root\":\"r\"}\n",
    "{\"gongkai\":\"0\",\"format\":1,\"shard\":{\"number\":-1,\"of\":-1},\"list\":\"L\",\"root\":\"r\"}\n",
    "{\"gongkai\":\"0\",\"format\":2,\"shard\":{\"number\":1,\"of\":1},\"list\":\"L\",\"root\":\"r\"}\n",
    "{\"gongkai\":\"0\",\"format\":1,\"shard\":{\"number\":1,\"of\":1},\"list\":7,\"root\":\"r\"}\n",
};

START_TEST(hostile_lines_are_left_out)
{
    Manifest manifest;
    const char *text = arena_printf(arena, "%s" ENTRY("a", "0"), HOSTILE[_i]);
    ck_assert(load(text, strlen(text), &manifest));
    ck_assert(!manifest.headed);
    ck_assert_uint_eq(manifest.entries.count, 1);
    ck_assert_str_eq(manifest.entries.items[0]->file, "a");
}
END_TEST

START_TEST(counts_stay_in_reach)
{
    static const char TEXT[] = "{\"file\":\"a\",\"output\":\"x\",\"pages\":-1,\"errors\":99999999999999,\"hints\":7}\n";
    Manifest manifest;
    ck_assert(load(TEXT, sizeof TEXT - 1, &manifest));
    ck_assert_uint_eq(manifest.entries.items[0]->pages, 0);
    ck_assert_uint_eq(manifest.entries.items[0]->errors, 0);
    ck_assert_uint_eq(manifest.entries.items[0]->hints, 7);
}
END_TEST

START_TEST(inputs_of_another_kind)
{
    static const char TEXT[] =
        "{\"file\":\"a\",\"output\":\"x\",\"inputs\":[1,{\"path\":2},{\"path\":\"p\",\"sha256\":\"h\"}]}\n"
        "{\"file\":\"b\",\"output\":\"x\",\"inputs\":{\"path\":\"p\"}}\n";
    Manifest manifest;
    ck_assert(load(TEXT, sizeof TEXT - 1, &manifest));
    const ManifestEntry *entry = manifest_find(&manifest, "a");
    ck_assert_uint_eq(entry->input_count, 3);
    ck_assert_ptr_null(entry->inputs[0].path);
    ck_assert_ptr_null(entry->inputs[1].path);
    ck_assert_str_eq(entry->inputs[2].hash, "h");
    ck_assert_uint_eq(manifest_find(&manifest, "b")->input_count, 0);
}
END_TEST

START_TEST(no_file_is_an_empty_manifest_and_no_regular_one_an_error)
{
    Manifest manifest;
    ck_assert(manifest_load(path_join(arena, folder, "none"), arena, &manifest, &findings));
    ck_assert_uint_eq(manifest.entries.count, 0);
    ck_assert_uint_eq(findings.errors, 0);
    ck_assert(!manifest_load(folder, arena, &manifest, &findings));
    ck_assert_uint_eq(findings.errors, 1);
    const char *pipe = path_join(arena, folder, "n");
    ck_assert_int_eq(mkfifo(pipe, 0600), 0);
    ck_assert(!manifest_load(pipe, arena, &manifest, &findings)); /* and does not wait for a writer */
}
END_TEST

START_TEST(written_anew_from_where_the_lines_stand)
{
    static const char TEXT[] = HEADER ENTRY("b", "0") "rubbish\n" ENTRY("a", "1");
    Manifest manifest;
    ck_assert(load(TEXT, sizeof TEXT - 1, &manifest));
    const ManifestEntry *entries[] = {manifest_find(&manifest, "a"), NULL, manifest_find(&manifest, "b")};
    const char *path = path_join(arena, folder, "m"); /* over the file it reads from */
    ck_assert(manifest_write(path, &manifest.header, entries, 3, arena));
    Manifest again;
    ck_assert(manifest_load(path, arena, &again, &findings));
    ck_assert(again.headed);
    ck_assert_uint_eq(again.header.file_count, 2);
    ck_assert_uint_eq(again.entries.count, 2);
    for (size_t i = 0; i < 3; i += 2)
        ck_assert_int_eq(
            memcmp(line_of(entries[i]), line_of(manifest_find(&again, entries[i]->file)), entries[i]->place->len), 0);
    ck_assert_int_lt(entries[0]->place->at, entries[2]->place->at);
}
END_TEST

START_TEST(a_line_that_is_gone_changes_nothing)
{
    static const char TEXT[] = HEADER ENTRY("a", "0");
    Manifest manifest;
    ck_assert(load(TEXT, sizeof TEXT - 1, &manifest));
    const char *path = path_join(arena, folder, "m");
    ck_assert_int_eq(truncate(path, sizeof HEADER + 5), 0);
    ck_assert(!manifest_write(path, &manifest.header, manifest.entries.items, 1, arena));
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(info.st_size, sizeof HEADER + 5);
    ck_assert_ptr_null(line_of(manifest.entries.items[0]));
}
END_TEST

Suite *manifest_suite(void)
{
    Suite *suite = suite_create("manifest");
    TCase *tests = tcase_create("manifest");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_last_line_of_a_file_holds);
    tcase_add_test(tests, long_lines_and_many);
    tcase_add_loop_test(tests, hostile_lines_are_left_out, 0, (int)(sizeof HOSTILE / sizeof *HOSTILE));
    tcase_add_test(tests, counts_stay_in_reach);
    tcase_add_test(tests, inputs_of_another_kind);
    tcase_add_test(tests, no_file_is_an_empty_manifest_and_no_regular_one_an_error);
    tcase_add_test(tests, written_anew_from_where_the_lines_stand);
    tcase_add_test(tests, a_line_that_is_gone_changes_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
