/* gongkai batch: a county's data files -> their PDFs, a manifest, an index. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/cli.h"
#include "cli/report.h"

static const OptionSpec OPTIONS[] = {
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .offset = offsetof(BatchOptions, output),
     .value = "DIR",
     .zh = "PDF 和清单 manifest.jsonl 写到这个文件夹",
     .en = "write the PDFs and manifest.jsonl into this folder"},
    {.name = "jobs",
     .letter = 'j',
     .kind = OPTION_COUNT,
     .offset = offsetof(BatchOptions, jobs),
     .value = "N",
     .min = 1,
     .max = 512,
     .zh = "同时排几份；不写时有几个处理器就排几份",
     .en = "workers; without it one a processor"},
    {.name = "rebuild",
     .kind = OPTION_FLAG,
     .offset = offsetof(BatchOptions, rebuild),
     .zh = "没有变化的也重排",
     .en = "make also what is up to date"},
    {.name = "force",
     .kind = OPTION_FLAG,
     .offset = offsetof(BatchOptions, force),
     .zh = "数据有差错也排，每页标“草稿”",
     .en = "print in spite of errors in the data, marked as a draft on every page"},
    {.name = "name",
     .kind = OPTION_TEXT,
     .offset = offsetof(BatchOptions, name),
     .value = "KEY",
     .zh = "PDF 用数据里的这一项取名，如 部门；不写时用数据文件的名字",
     .en = "name the PDFs by what the data say under this key, as 部门; without it by the data files' names"},
    {.name = "last",
     .kind = OPTION_TEXT,
     .offset = offsetof(BatchOptions, last),
     .value = "DIR",
     .zh = "上年公开的数据，文件名与今年的一样：核对上年数和增减",
     .en = "the folder of last year's data, files of the same names: figures and changes are compared"},
    {.name = "index",
     .kind = OPTION_FLAG,
     .offset = offsetof(BatchOptions, index),
     .zh = "另出全县目录（PDF 和 CSV），有合计",
     .en = "also the county's index, as PDF and CSV, with totals"},
    {.name = "volume",
     .kind = OPTION_FLAG,
     .offset = offsetof(BatchOptions, volume),
     .zh = "另出全县合订本：目录、连续页码、书签",
     .en = "also all notices in one file: contents, continuous page numbers, bookmarks"},
    {.name = "departments",
     .kind = OPTION_TEXT,
     .offset = offsetof(BatchOptions, departments),
     .value = "FILE",
     .zh = "应当公开的部门名单和全县合计；不写时为数据文件夹里的 departments.yaml",
     .en = "the departments that must publish, and the county's totals; without it departments.yaml beside the data"},
    {.name = "timeout",
     .kind = OPTION_COUNT,
     .offset = offsetof(BatchOptions, timeout),
     .value = "S",
     .max = 86400,
     .zh = "一份最多排几秒，0 为不限；不写时为 120",
     .en = "seconds a notice may take, 0 for any; without it 120"},
    {.name = "memory",
     .kind = OPTION_COUNT,
     .offset = offsetof(BatchOptions, memory),
     .value = "MB",
     .min = 16,
     .max = 1048576,
     .zh = "一份最多用多少内存；不写时为 1024",
     .en = "MB of memory a notice may take; without it 1024"},
    {.name = "shard",
     .kind = OPTION_TEXT,
     .offset = offsetof(BatchOptions, shard),
     .value = "K/N",
     .zh = "分给几台机器时，只排 N 片中的第 K 片（从 1 数）",
     .en = "of N shards make only the K-th, from 1"},
    {.name = "merge",
     .kind = OPTION_FLAG,
     .offset = offsetof(BatchOptions, merge),
     .zh = "不排：把各片的清单合成一份，查缺了哪些，核对全县",
     .en = "make none: join the shards' manifests, find what is missing, check the county"},
    PRESS_OPTIONS(BatchOptions),
    COMMON_OPTIONS(BatchOptions),
};

static const Command BATCH = {
    .name = "batch",
    .words_zh = "数据文件夹|数据.yaml… -o 文件夹 [选项]\n      gongkai batch --merge -o 文件夹 [各片的文件夹…]",
    .words_en = "DIR|DATA.yaml... -o OUTDIR [options]\n       gongkai batch --merge -o OUTDIR [DIR of a shard...]",
    .about_zh =
        "排一个县的全部公开说明。文件夹里有“部门”一项的 .yaml 都是公开数据；没有变化的不重排；中断了再运行就接着排。\n"
        "退出码是最重的那一份的：0 完成；1 数据有差错；2 用法、文件、字体、中断等问题。",
    .about_en =
        "Sets all notices of a county: every *.yaml of the folder with a key 部门. What is up to date is left;\n"
        "a run that was cut short goes on where it was. Exit status: the worst of the notices', as of build.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
};

/* "K/N" with 1 <= K <= N <= MANIFEST_SHARDS_MOST. */
static bool shard_parse(const char *text, size_t *shard, size_t *shards)
{
    char *end;
    errno = 0;
    unsigned long k = strtoul(text, &end, 10), n = 0;
    bool good = text[0] >= '0' && text[0] <= '9' && *end == '/' && end[1] >= '0' && end[1] <= '9';
    if (good)
        n = strtoul(end + 1, &end, 10);
    *shard = k;
    *shards = n;
    return good && *end == '\0' && !errno && k >= 1 && k <= n && n <= MANIFEST_SHARDS_MOST;
}

/* false: what went wrong is yet to be told. */
static bool run_list(const BatchOptions *options, Parsed parsed, Arena *arena, FindingList *findings, int *status)
{
    size_t shard = 1, shards = 1;
    if (options->shard && !shard_parse(options->shard, &shard, &shards)) {
        finding_add(findings, MESSAGE_BATCH_SHARD, (Place){0}, NULL, options->shard, NULL);
        return false;
    }
    if (shards > 1 && (options->index || options->volume)) {
        finding_add(findings, MESSAGE_BATCH_SHARD_PRODUCT, (Place){0}, NULL, NULL);
        return false;
    }
    if (options->last && !folder_exists(options->last)) {
        finding_add(findings, MESSAGE_FILE_UNREADABLE, (Place){0}, NULL, options->last, strerror(ENOTDIR), NULL);
        return false;
    }
    BatchList list;
    PdfPress press;
    bool wanted = edition_press_wanted(&options->press);
    if ((wanted && !edition_press(&options->press, arena, &press, findings)) ||
        !batch_output_make(options->output, arena, findings) ||
        !batch_lock(options->output, shard, shards, arena, findings) ||
        !batch_list_find(parsed.files, parsed.file_count, options->output, arena, &list, findings))
        return false;
    if (list.all == 0) {
        finding_add(findings, MESSAGE_BATCH_NOTHING, (Place){0}, NULL, NULL);
        return false;
    }
    batch_names_assign(&list, options->name, arena);
    batch_list_shard(&list, shard, shards);
    Resources resources;
    resources_init(&resources, &options->common, arena);
    bool told = batch_run(options, &list, shard, shards, &resources, wanted ? &press : NULL, arena, findings, status);
    resources_release(&resources);
    return told;
}

int cmd_batch(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    BatchOptions options = {.timeout = 120, .memory = 1024};
    Parsed parsed = options_parse(&BATCH, argc, argv, findings.language, arena, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(arena);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    int status = EXIT_TROUBLE;
    bool told = false;
    if (!options.output)
        finding_add(&findings, MESSAGE_BATCH_OUTPUT, (Place){0}, NULL, NULL);
    else if (options.merge)
        told = batch_merge(&options, parsed.files, parsed.file_count, arena, &findings, &status);
    else
        told = run_list(&options, parsed, arena, &findings, &status);
    if (!told)
        report_findings(&findings, &options.common, NULL, NULL);
    arena_free(arena);
    return status;
}
