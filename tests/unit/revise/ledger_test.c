/* The ledger: what is filed is found again; what was altered, cut or left half is told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "revise_tests.h"

typedef struct Desk {
    Arena *arena;
    FindingList findings;
    char folder[64];
} Desk;

static void desk_open(Desk *desk)
{
    desk->arena = arena_new();
    finding_list_init(&desk->findings, desk->arena, LANGUAGE_EN);
    strcpy(desk->folder, "/tmp/gongkai-ledger-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(desk->folder));
}

static void desk_close(Desk *desk)
{
    ck_assert_int_eq(system(arena_printf(desk->arena, "rm -rf '%s'", desk->folder)), 0);
    arena_free(desk->arena);
}

static const char *path_of(Desk *desk, const char *name)
{
    return path_join(desk->arena, desk->folder, name);
}

static void file_one(Desk *desk, const char *department, const char *data)
{
    Ledger ledger;
    ck_assert(ledger_open(&ledger, desk->folder, true, desk->arena, &desk->findings));
    const LedgerEntry *latest = ledger_latest(&ledger, "示例县", department, 2024);
    LedgerEntry entry = {.region = "示例县",
                         .department = department,
                         .year = 2024,
                         .edition = latest ? latest->edition + 1 : 1,
                         .nature = latest ? "更正" : NULL,
                         .reason = "原因“\"\\\t”",
                         .predecessor = latest ? latest->number : 0,
                         .predecessor_hash = latest ? latest->data_hash : NULL,
                         .pages = 9};
    Buffer bytes = {0}, pdf = {0};
    buffer_text(&bytes, data);
    buffer_printf(&pdf, "%%PDF %s", data);
    ck_assert(ledger_append(&ledger, &entry, &bytes, &pdf, desk->arena, &desk->findings));
    buffer_release(&bytes);
    buffer_release(&pdf);
    ledger_close(&ledger);
}

static bool has(const Desk *desk, const char *code)
{
    for (size_t i = 0; i < desk->findings.count; i++)
        if (text_equal(desk->findings.items[i]->code, code))
            return true;
    return false;
}

static bool verify(Desk *desk, size_t editions)
{
    size_t found = 0;
    bool good = ledger_verify_chain(desk->folder, desk->arena, &desk->findings, &found);
    ck_assert_uint_eq(found, editions);
    return good;
}

static void overwrite(Desk *desk, const char *name, const char *from, const char *to)
{
    char *bytes;
    size_t len;
    ck_assert_int_eq(file_read(desk->arena, path_of(desk, name), 1 << 20, &bytes, &len), FILE_OK);
    char *at = strstr(bytes, from);
    ck_assert_ptr_nonnull(at);
    ck_assert_uint_eq(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
    ck_assert(file_write_atomic(path_of(desk, name), bytes, len));
}

static void append(Desk *desk, const char *text)
{
    FILE *file = fopen(path_of(desk, "ledger.jsonl"), "a");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

START_TEST(filed_is_found)
{
    Desk desk;
    desk_open(&desk);
    file_one(&desk, "甲局", "a: 1\n");
    file_one(&desk, "乙局", "a: 2\n");
    file_one(&desk, "甲局", "a: 3\n");
    ck_assert(verify(&desk, 3));
    Ledger ledger;
    ck_assert(ledger_open(&ledger, desk.folder, false, desk.arena, &desk.findings));
    const LedgerEntry *latest = ledger_latest(&ledger, "示例县", "甲局", 2024);
    ck_assert_int_eq(latest->number, 3);
    ck_assert_int_eq(latest->edition, 2);
    ck_assert_int_eq(latest->predecessor, 1);
    ck_assert_str_eq(latest->reason, "原因“\"\\\t”");
    ck_assert_str_eq(latest->data, "0003.yaml");
    ck_assert_ptr_null(ledger_latest(&ledger, "示例县", "甲局", 2023));
    ck_assert_int_eq(ledger_by_data(&ledger, ledger.entries[1].data_hash)->number, 2);
    ledger_close(&ledger);
    ck_assert_uint_eq(desk.findings.count, 0);
    desk_close(&desk);
}
END_TEST

START_TEST(altered_files_are_told)
{
    static const struct {
        const char *file, *from, *to, *code;
    } CASES[] = {
        {"0001.pdf", "a: 1", "a: 9", "ledger-altered"},
        {"0002.yaml", "a: 2", "a: 8", "ledger-altered"},
        {"ledger.jsonl", "\"pages\": 9", "\"pages\": 8", "ledger-chain"}, /* the first line */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Desk desk;
        desk_open(&desk);
        file_one(&desk, "甲局", "a: 1\n");
        file_one(&desk, "甲局", "a: 2\n");
        overwrite(&desk, CASES[i].file, CASES[i].from, CASES[i].to);
        size_t found;
        ck_assert(!ledger_verify_chain(desk.folder, desk.arena, &desk.findings, &found));
        ck_assert_msg(has(&desk, CASES[i].code), "%s", CASES[i].file);
        desk_close(&desk);
    }
}
END_TEST

START_TEST(missing_and_left_over)
{
    Desk desk;
    desk_open(&desk);
    file_one(&desk, "甲局", "a: 1\n");
    ck_assert(file_write_atomic(path_of(&desk, "0002.pdf"), "x", 1));
    ck_assert(verify(&desk, 1));
    ck_assert(has(&desk, "ledger-orphan"));
    unlink(path_of(&desk, "0001.yaml"));
    ck_assert(!verify(&desk, 1));
    ck_assert(has(&desk, "ledger-missing"));
    file_one(&desk, "乙局", "b: 1\n"); /* takes the place of what was left over */
    Ledger ledger;
    ck_assert(ledger_open(&ledger, desk.folder, false, desk.arena, &desk.findings));
    ck_assert_uint_eq(ledger.count, 2);
    ledger_close(&ledger);
    desk_close(&desk);
}
END_TEST

START_TEST(half_a_line_counts_for_nothing)
{
    Desk desk;
    desk_open(&desk);
    file_one(&desk, "甲局", "a: 1\n");
    append(&desk, "{\"number\": 2, \"year\": 20");
    ck_assert(verify(&desk, 1));
    file_one(&desk, "甲局", "a: 2\n");
    ck_assert(has(&desk, "ledger-torn"));
    ck_assert(verify(&desk, 2));
    append(&desk, "not a line\n");
    size_t found;
    ck_assert(!ledger_verify_chain(desk.folder, desk.arena, &desk.findings, &found));
    ck_assert(has(&desk, "ledger-line"));
    desk_close(&desk);
}
END_TEST

START_TEST(a_line_taken_out_is_told)
{
    Desk desk;
    desk_open(&desk);
    for (int i = 0; i < 3; i++)
        file_one(&desk, "甲局", arena_printf(desk.arena, "a: %d\n", i));
    char *bytes;
    size_t len;
    ck_assert_int_eq(file_read(desk.arena, path_of(&desk, "ledger.jsonl"), 1 << 20, &bytes, &len), FILE_OK);
    char *second = strchr(bytes, '\n') + 1, *third = strchr(second, '\n') + 1;
    memmove(second, third, len - (size_t)(third - bytes) + 1);
    ck_assert(file_write_atomic(path_of(&desk, "ledger.jsonl"), bytes, strlen(bytes)));
    size_t found;
    ck_assert(!ledger_verify_chain(desk.folder, desk.arena, &desk.findings, &found));
    ck_assert(has(&desk, "ledger-chain"));
    desk_close(&desk);
}
END_TEST

START_TEST(no_ledger)
{
    Desk desk;
    desk_open(&desk);
    size_t found;
    ck_assert(!ledger_verify_chain(desk.folder, desk.arena, &desk.findings, &found));
    ck_assert(has(&desk, "ledger-none"));
    ck_assert_int_eq(finding_list_status(&desk.findings), 2);
    desk_close(&desk);
}
END_TEST

Suite *ledger_suite(void)
{
    Suite *suite = suite_create("ledger");
    TCase *tcase = tcase_create("ledger");
    tcase_add_test(tcase, filed_is_found);
    tcase_add_test(tcase, altered_files_are_told);
    tcase_add_test(tcase, missing_and_left_over);
    tcase_add_test(tcase, half_a_line_counts_for_nothing);
    tcase_add_test(tcase, a_line_taken_out_is_told);
    tcase_add_test(tcase, no_ledger);
    suite_add_tcase(suite, tcase);
    return suite;
}
