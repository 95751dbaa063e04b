/* gongkai publish: one data file -> an edition in the ledger. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/edition.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"
#include "cli/revision_ledger.h"

typedef struct PublishOptions {
    CommonOptions common;
    const char *ledger, *last;
    bool stable;
} PublishOptions;

static const OptionSpec OPTIONS[] = {
    {.name = "ledger",
     .kind = OPTION_TEXT,
     .offset = offsetof(PublishOptions, ledger),
     .value = "DIR",
     .zh = "台账文件夹；不写时为 ledger",
     .en = "the ledger's folder; without it 'ledger'"},
    {.name = "last",
     .kind = OPTION_TEXT,
     .offset = offsetof(PublishOptions, last),
     .value = "FILE",
     .zh = "上年公开的数据：核对上年数和增减",
     .en = "the data published the year before: check against it"},
    {.name = "stable",
     .kind = OPTION_FLAG,
     .offset = offsetof(PublishOptions, stable),
     .zh = "更正版：没有改动的页尽量排得与前版一样（分页、列宽）",
     .en = "a corrected edition: keep the page breaks and column widths of the one before"},
    COMMON_OPTIONS(PublishOptions),
};

static const Command PUBLISH = {
    .name = "publish",
    .words_zh = "数据.yaml [--ledger 台账]",
    .words_en = "DATA.yaml [--ledger DIR]",
    .about_zh = "排出公开情况说明，连同数据记入台账。台账只增不改：每版一份数据、一份 PDF、一行记录。\n"
                "已经公开过的，要写“更正”，从最新一版改起。\n"
                "退出码：0 完成；1 数据有差错，或不能公开；2 用法、文件、字体等问题。",
    .about_en = "Sets a notice and files it, with its data, in the append-only ledger of editions.\n"
                "Exit status: 0 done; 1 something in the data, or refused; 2 usage, files, fonts.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .min_files = 1,
    .max_files = 1,
};

static const char *number(Arena *arena, int64_t value)
{
    return arena_printf(arena, "%lld", (long long)value);
}

static const char *text_of(const Value *data, const char *key)
{
    const char *text = value_text(value_get(data, key));
    return text ? text : "";
}

/* ---- may it be published ------------------------------------------------------------------------------------------
 */

static bool may_correct(const Ledger *ledger, const JobResult *result, const LedgerEntry *latest, Arena *arena,
                        FindingList *findings)
{
    const Value *named = value_get(value_get(result->data, REVISION_KEY), "前版");
    const LedgerEntry *corrected = ledger_by_data(ledger, result->revision->before_hash);
    if (!latest || !corrected) {
        finding_add(findings, MESSAGE_PUBLISH_UNPUBLISHED, named->place, named->path, NULL);
    } else if (corrected->number != latest->number) {
        finding_add(findings, MESSAGE_PUBLISH_STALE, named->place, named->path, number(arena, corrected->number),
                    number(arena, latest->number), number(arena, latest->edition), NULL);
    } else if (result->revision->edition != latest->edition + 1) {
        finding_add(findings, MESSAGE_REVISE_EDITION, named->place, named->path, number(arena, latest->edition + 1),
                    number(arena, latest->edition), number(arena, result->revision->edition), NULL);
    } else {
        return true;
    }
    return false;
}

static bool may_publish(const Ledger *ledger, const JobResult *result, const LedgerEntry *entry,
                        const LedgerEntry *latest, Arena *arena, FindingList *findings)
{
    if (result->revision)
        return may_correct(ledger, result, latest, arena, findings);
    if (!latest)
        return true;
    finding_add(findings, MESSAGE_PUBLISH_AGAIN, result->data->place, NULL, entry->department,
                number(arena, entry->year), number(arena, latest->number), number(arena, latest->edition), NULL);
    return false;
}

/* ---- filing -------------------------------------------------------------------------------------------------------
 */

static const char *now_text(Arena *arena)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm parts;
    char text[32] = "";
    if (gmtime_r(&now, &parts))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return arena_strdup(arena, text);
}

static LedgerEntry entry_of(const JobResult *result, const Resources *resources, Arena *arena)
{
    const Value *revision = value_get(result->data, REVISION_KEY);
    char *content = arena_alloc(arena, SHA256_HEX);
    pdf_content_hash(result->pages, content);
    Decimal year = {0};
    value_number(value_get(result->data, "年度"), &year);
    return (LedgerEntry){.region = text_of(result->data, "地区"),
                         .department = text_of(result->data, "部门"),
                         .year = year.micro / DECIMAL_ONE,
                         .edition = result->revision ? result->revision->edition : 1,
                         .nature = value_text(value_get(revision, "性质")),
                         .reason = value_text(value_get(revision, "原因")),
                         .date = revision_date(result->data),
                         .content_hash = content,
                         .pages = (int64_t)result->pages->count,
                         .program = "gongkai " GONGKAI_VERSION,
                         .pack = pack_name(result->pack),
                         .pack_version = pack_version(result->pack),
                         .pack_hash = resources_pack_hash(resources, result->pack),
                         .fonts_hash = ledger_fonts_hash(result->pages, arena),
                         .epoch = getenv("SOURCE_DATE_EPOCH"),
                         .published = now_text(arena)};
}

static bool publish(const PublishOptions *options, const char *path, Resources *resources, Arena *arena,
                    FindingList *findings, LedgerEntry *entry)
{
    if (text_equal(path, "-")) {
        finding_add(findings, MESSAGE_PUBLISH_PIPE, (Place){0}, NULL, NULL);
        return false;
    }
    Ledger ledger;
    Job job = {.path = path, .last = options->last, .stable = options->stable, .until = JOB_PDF};
    JobResult result = {0};
    bool done = false;
    if (ledger_open(&ledger, options->ledger ? options->ledger : LEDGER_FOLDER, true, arena, findings))
        result = job_run(&job, resources, arena, findings);
    if (result.done && findings->errors == 0) {
        *entry = entry_of(&result, resources, arena);
        const LedgerEntry *latest = ledger_latest(&ledger, entry->region, entry->department, entry->year);
        if (may_publish(&ledger, &result, entry, latest, arena, findings)) {
            char hash[SHA256_HEX];
            Buffer data = edition_data(result.data, hash);
            entry->stable = options->stable && result.revision;
            entry->predecessor = latest ? latest->number : 0;
            entry->predecessor_hash = latest ? latest->data_hash : NULL;
            done = ledger_append(&ledger, entry, &data, &result.pdf, arena, findings);
            buffer_release(&data);
        }
    }
    buffer_release(&result.pdf);
    ledger_close(&ledger);
    return done;
}

int cmd_publish(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    PublishOptions options = {0};
    Parsed parsed = options_parse(&PUBLISH, argc, argv, findings.language, arena, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(arena);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    Resources resources;
    resources_init(&resources, &options.common, arena);
    LedgerEntry entry = {0};
    bool done = publish(&options, parsed.files[0], &resources, arena, &findings, &entry);
    report_findings(&findings, &options.common, NULL, NULL);
    if (done && !options.common.quiet)
        printf(findings.language == LANGUAGE_ZH ? "已记入台账：第 %lld 号，第 %lld 版，%s\n"
                                                : "filed as number %lld, edition %lld, %s\n",
               (long long)entry.number, (long long)entry.edition, entry.pdf);
    int status = finding_list_status(&findings);
    resources_release(&resources);
    arena_free(arena);
    return status;
}
