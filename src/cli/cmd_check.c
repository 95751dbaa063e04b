/* gongkai check: all findings of all files, without printing anything. */
#include "cli/cli.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"

static const Command CHECK = {
    .name = "check",
    .takes = "qjpF",
    .min_files = 1,
    .usage_zh = "用法：gongkai check 数据.yaml…\n"
                "检查一份或多份部门预算数据，一次列出全部问题，不出文件。\n\n"
                "      --pack 文件夹   用这个模板，不看数据里的“模板”\n"
                "      --fonts 文件夹  先到这里找字体，可写多次\n"
                "      --json          每条一行 JSON，写到标准输出\n"
                "  -q, --quiet         只报错误\n"
                "  -h, --help          本说明\n\n"
                "退出码：0 没有差错；1 数据有差错；2 用法、文件、字体等问题\n",
    .usage_en = "Usage: gongkai check DATA.yaml...\n"
                "Reports all findings of all files; writes nothing.\n\n"
                "      --pack FOLDER   use this template pack, whatever the data names\n"
                "      --fonts FOLDER  look for fonts here first; may repeat\n"
                "      --json          findings as JSON Lines on standard output\n"
                "  -q, --quiet         errors only\n"
                "  -h, --help          this text\n\n"
                "Exit status: 0 no error; 1 something in the data; 2 usage, files, fonts\n",
};

int cmd_check(int argc, char **argv)
{
    Arena *shared = arena_new();
    Options options;
    Language language = language_from_environment();
    if (!options_parse(&CHECK, argc, argv, language, shared, &options) || options.help) {
        int status = options.help ? EXIT_DONE : EXIT_TROUBLE;
        arena_free(shared);
        return status;
    }
    Resources resources;
    resources_init(&resources, &options, shared);
    int worst = EXIT_DONE;
    for (int i = 0; i < options.file_count; i++) {
        Arena *arena = arena_new();
        FindingList findings;
        finding_list_init(&findings, arena, language);
        /* As far as the pages: a character no font has is found only there. */
        Job job = {.path = options.files[i], .until = JOB_PAGES};
        job_run(&job, &resources, arena, &findings);
        report_findings(&findings, &options);
        int status = finding_list_status(&findings);
        worst = status > worst ? status : worst;
        arena_free(arena);
    }
    resources_release(&resources);
    arena_free(shared);
    return worst;
}
