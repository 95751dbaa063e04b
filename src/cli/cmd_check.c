/* gongkai check: all findings of all files, without printing anything. */
#include "cli/cli.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"
#include "cli/sarif.h"

typedef struct CheckOptions {
    CommonOptions common;
    SelectOptions select;
    const char *last;
    bool sarif;
} CheckOptions;

static const OptionSpec OPTIONS[] = {
    {.name = "last",
     .kind = OPTION_TEXT,
     .offset = offsetof(CheckOptions, last),
     .value = "FILE",
     .zh = "上年公开的数据：核对上年数、增减和大的变化",
     .en = "the data published the year before: check against it"},
    SELECT_OPTIONS(CheckOptions),
    {.name = "sarif",
     .kind = OPTION_FLAG,
     .offset = offsetof(CheckOptions, sarif),
     .zh = "检查结果写成 SARIF 2.1.0，写到标准输出",
     .en = "findings as SARIF 2.1.0 on standard output"},
    COMMON_OPTIONS(CheckOptions),
};

static const Command CHECK = {
    .name = "check",
    .words_zh = "数据.yaml…",
    .words_en = "DATA.yaml...",
    .about_zh = "检查一份或多份部门预算数据，一次列出全部问题，不出文件。\n"
                "退出码：0 没有差错；1 数据有差错；2 用法、文件、字体等问题。",
    .about_en = "Reports all findings of all files; writes nothing.\n"
                "Exit status: 0 no error; 1 something in the data; 2 usage, files, fonts.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .min_files = 1,
};

/* The rules that --only and SARIF speak of: those of the default pack, or of --pack. */
static const Rules *known_rules(Resources *resources, Arena *arena, Language language)
{
    FindingList findings;
    finding_list_init(&findings, arena, language);
    const Pack *pack = resources_pack(resources, NULL, (Place){0}, &findings);
    return pack ? resources_rules(resources, pack, &findings) : NULL;
}

static int check_file(const char *path, const CheckOptions *options, Resources *resources, Language language,
                      bool several, Sarif *sarif)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language);
    /* As far as the pages: a character no font has is found only there. */
    Job job = {.path = path, .last = options->last, .check = true, .until = JOB_PAGES};
    job_run(&job, resources, arena, &findings);
    report_select(&findings, &options->select);
    if (options->sarif) {
        finding_list_sort(&findings);
        for (size_t i = 0; i < findings.count && (options->select.max == 0 || i < options->select.max); i++)
            sarif_finding(sarif, findings.items[i]);
    } else {
        report_findings(&findings, &options->common, &options->select, several ? path : NULL);
    }
    int status = finding_list_status(&findings);
    arena_free(arena);
    return status;
}

int cmd_check(int argc, char **argv)
{
    Arena *shared = arena_new();
    CheckOptions options = {0};
    Language language = language_from_environment();
    Parsed parsed = options_parse(&CHECK, argc, argv, language, shared, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(shared);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    Resources resources;
    Sarif sarif;
    resources_init(&resources, &options.common, shared);
    int worst = EXIT_DONE;
    if (options.select.only.count > 0) {
        const Rules *rules = known_rules(&resources, shared, language);
        if (rules && !report_only_known(&options.select, rules, language))
            worst = EXIT_TROUBLE;
    }
    bool run = worst == EXIT_DONE;
    if (options.sarif && run)
        sarif_begin(&sarif, stdout);
    for (int i = 0; i < parsed.file_count && run; i++) {
        int status = check_file(parsed.files[i], &options, &resources, language, parsed.file_count > 1, &sarif);
        worst = status > worst ? status : worst;
    }
    if (options.sarif && run)
        sarif_end(&sarif, known_rules(&resources, shared, language));
    resources_release(&resources);
    arena_free(shared);
    return worst;
}
