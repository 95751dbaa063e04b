/* gongkai ledger: lists the editions filed, proves their chain, makes one again. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/edition.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"
#include "cli/revision_ledger.h"
#include "font/font.h"

typedef struct LedgerOptions {
    CommonOptions common;
    const char *ledger, *output;
    bool verify;
    size_t rebuild;
} LedgerOptions;

static const OptionSpec OPTIONS[] = {
    {.name = "ledger",
     .kind = OPTION_TEXT,
     .offset = offsetof(LedgerOptions, ledger),
     .value = "DIR",
     .zh = "台账文件夹；不写时为 ledger",
     .en = "the ledger's folder; without it 'ledger'"},
    {.name = "verify",
     .kind = OPTION_FLAG,
     .offset = offsetof(LedgerOptions, verify),
     .zh = "核对每个文件、每一行记录和各版的先后",
     .en = "check every file, every line and the order of editions"},
    {.name = "rebuild",
     .kind = OPTION_COUNT,
     .offset = offsetof(LedgerOptions, rebuild),
     .value = "N",
     .min = 1,
     .max = 1000000000,
     .zh = "由台账里的数据重排第 N 号，与当时公开的逐字节核对",
     .en = "make number N again from its data, and compare it byte for byte"},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .offset = offsetof(LedgerOptions, output),
     .value = "FILE",
     .zh = "重排的 PDF 写到这里；不写时只核对",
     .en = "write the file made again here; without it it is only compared"},
    COMMON_OPTIONS(LedgerOptions),
};

static const Command LEDGER = {
    .name = "ledger",
    .words_zh = "[--ledger 台账] [--verify | --rebuild N]",
    .words_en = "[--ledger DIR] [--verify | --rebuild N]",
    .about_zh = "列出台账里的各版；核对它们；由台账重排一版。\n"
                "退出码：0 完成，相符；1 有不符之处；2 用法、文件等问题。",
    .about_en = "Lists the editions filed; checks them; makes one again.\n"
                "Exit status: 0 done, all as it should be; 1 something is not; 2 usage, files.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .max_files = 0,
};

const char *ledger_fonts_hash(const PageList *pages, Arena *arena)
{
    char *hex = arena_alloc(arena, SHA256_HEX);
    Sha256 hash;
    sha256_begin(&hash);
    for (size_t i = 0; i < pages->font_count; i++) {
        size_t len;
        const void *bytes = font_file_bytes(pages->fonts[i], &len);
        sha256_add_text(&hash, pages->font_names[i]);
        sha256_add_int(&hash, (int64_t)len);
        sha256_add(&hash, bytes, len);
    }
    sha256_end_hex(&hash, hex);
    return hex;
}

/* ---- listing ------------------------------------------------------------------------------------------------------
 */

static void list(const Ledger *ledger, Language language)
{
    bool zh = language == LANGUAGE_ZH;
    for (size_t i = 0; i < ledger->count; i++) {
        const LedgerEntry *entry = &ledger->entries[i];
        printf(zh ? "%4" PRId64 "  %s  %s %" PRId64 "年  第%" PRId64 "版"
                  : "%4" PRId64 "  %s  %s %" PRId64 "  edition %" PRId64,
               entry->number, entry->published ? entry->published : "", entry->department, entry->year, entry->edition);
        if (entry->predecessor > 0)
            printf(zh ? "  %s第 %" PRId64 " 号" : "  %s of number %" PRId64, entry->nature ? entry->nature : "",
                   entry->predecessor);
        printf("  %s  %.16s\n", entry->pdf, entry->data_hash);
    }
    /* What an archive should note down: it changes when any line does. */
    if (ledger->count > 0)
        printf(zh ? "共 %zu 版；台账校验值 %s\n" : "%zu editions; the ledger's SHA-256 is %s\n", ledger->count,
               ledger->entries[ledger->count - 1].line_hash);
}

/* The lines themselves. */
static void list_json(const Ledger *ledger, Arena *arena)
{
    char *bytes;
    size_t len;
    if (file_read(arena, path_join(arena, ledger->folder, "ledger.jsonl"), SIZE_MAX / 2, &bytes, &len) == FILE_OK)
        fwrite(bytes, 1, len < ledger->sound_len ? len : ledger->sound_len, stdout);
}

/* ---- making again -------------------------------------------------------------------------------------------------
 */

static void compare_makers(const LedgerEntry *entry, const JobResult *result, const Resources *resources, Arena *arena,
                           FindingList *findings)
{
    const char *pack = resources_pack_hash(resources, result->pack);
    const char *was = arena_printf(arena, "%s %s (%.8s)", entry->pack, entry->pack_version, entry->pack_hash);
    const char *is = arena_printf(arena, "%s %s (%.8s)", pack_name(result->pack), pack_version(result->pack), pack);
    if (!text_equal(entry->program, "gongkai " GONGKAI_VERSION))
        finding_add(findings, MESSAGE_REBUILD_PROGRAM, (Place){0}, NULL, entry->program, "gongkai " GONGKAI_VERSION,
                    NULL);
    if (!text_equal(entry->pack_hash, pack))
        finding_add(findings, MESSAGE_REBUILD_PACK, (Place){0}, NULL, was, is, NULL);
    if (!text_equal(entry->fonts_hash, ledger_fonts_hash(result->pages, arena)))
        finding_add(findings, MESSAGE_REBUILD_FONTS, (Place){0}, NULL, NULL);
}

static void rebuild(const Ledger *ledger, const LedgerOptions *options, Resources *resources, Arena *arena,
                    FindingList *findings)
{
    if (options->rebuild > ledger->count) {
        finding_add(findings, MESSAGE_LEDGER_UNKNOWN, (Place){0}, NULL, arena_printf(arena, "%zu", options->rebuild),
                    NULL);
        return;
    }
    const LedgerEntry *entry = &ledger->entries[options->rebuild - 1];
    const LedgerEntry *before = entry->predecessor > 0 && (size_t)entry->predecessor <= ledger->count
                                    ? &ledger->entries[entry->predecessor - 1]
                                    : NULL;
    if (entry->epoch)
        setenv("SOURCE_DATE_EPOCH", entry->epoch, 1);
    else
        unsetenv("SOURCE_DATE_EPOCH");
    Job job = {.path = path_join(arena, ledger->folder, entry->data),
               .before = before ? path_join(arena, ledger->folder, before->data) : NULL,
               .stable = entry->stable != 0,
               .until = JOB_PDF,
               .check = true};
    JobResult result = job_run(&job, resources, arena, findings);
    if (result.done) {
        char hash[SHA256_HEX];
        sha256_hex_of(result.pdf.bytes, result.pdf.len, hash);
        compare_makers(entry, &result, resources, arena, findings);
        if (!text_equal(hash, entry->pdf_hash))
            finding_add(findings, MESSAGE_REBUILD_BYTES, (Place){0}, NULL, NULL);
        if (options->output && !file_write_atomic(options->output, result.pdf.bytes, result.pdf.len))
            finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, options->output, strerror(errno), NULL);
    }
    buffer_release(&result.pdf);
}

static void run(const LedgerOptions *options, Resources *resources, Arena *arena, FindingList *findings)
{
    const char *folder = options->ledger ? options->ledger : LEDGER_FOLDER;
    if (options->verify) {
        size_t editions;
        if (ledger_verify_chain(folder, arena, findings, &editions) && !options->common.quiet && !options->common.json)
            printf(findings->language == LANGUAGE_ZH ? "%zu 版，全部相符\n" : "%zu editions, all as published\n",
                   editions);
        return;
    }
    Ledger ledger;
    if (ledger_open(&ledger, folder, false, arena, findings)) {
        if (options->rebuild > 0)
            rebuild(&ledger, options, resources, arena, findings);
        else if (options->common.json)
            list_json(&ledger, arena);
        else
            list(&ledger, findings->language);
    }
    ledger_close(&ledger);
}

int cmd_ledger(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    LedgerOptions options = {0};
    Parsed parsed = options_parse(&LEDGER, argc, argv, findings.language, arena, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(arena);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    Resources resources;
    resources_init(&resources, &options.common, arena);
    if (parsed.file_count > 0)
        finding_add(&findings, MESSAGE_LEDGER_WORD, (Place){0}, NULL, parsed.files[0], NULL);
    else
        run(&options, &resources, arena, &findings);
    report_findings(&findings, &options.common, NULL, NULL);
    int status = finding_list_status(&findings);
    resources_release(&resources);
    arena_free(arena);
    return status;
}
