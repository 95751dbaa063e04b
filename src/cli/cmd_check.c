/* gongkai check: all findings of all files, without printing anything. */
#include "cli/cli.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"

typedef struct CheckOptions {
    CommonOptions common;
} CheckOptions;

static const OptionSpec OPTIONS[] = {COMMON_OPTIONS(CheckOptions)};

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
    resources_init(&resources, &options.common, shared);
    int worst = EXIT_DONE;
    for (int i = 0; i < parsed.file_count; i++) {
        Arena *arena = arena_new();
        FindingList findings;
        finding_list_init(&findings, arena, language);
        /* As far as the pages: a character no font has is found only there. */
        Job job = {.path = parsed.files[i], .until = JOB_PAGES};
        job_run(&job, &resources, arena, &findings);
        report_findings(&findings, &options.common);
        int status = finding_list_status(&findings);
        worst = status > worst ? status : worst;
        arena_free(arena);
    }
    resources_release(&resources);
    arena_free(shared);
    return worst;
}
