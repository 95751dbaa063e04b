/* gongkai build: one data file -> one PDF. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"
#include "data/data.h"
#include "document/document.h"

static const Command BUILD = {
    .name = "build",
    .takes = "oqfdjpF",
    .min_files = 1,
    .max_files = 1,
    .usage_zh = "用法：gongkai build 数据.yaml [-o 公开.pdf]\n"
                "由一份部门预算数据排出一份公开情况说明（PDF）。数据文件写 - 时从标准输入读。\n\n"
                "  -o, --output 文件   PDF 写到这里；不写时为当前文件夹里的“数据文件名.pdf”；- 为标准输出\n"
                "      --force         数据有差错也排，每页标“草稿”\n"
                "      --dump=阶段     不出 PDF，打印 values（数据）、document（文档）或 pages（版面）\n"
                "      --pack 文件夹   用这个模板，不看数据里的“模板”\n"
                "      --fonts 文件夹  先到这里找字体，可写多次\n"
                "      --json          检查结果每条一行 JSON，写到标准输出\n"
                "  -q, --quiet         只报错误\n"
                "  -h, --help          本说明\n\n"
                "退出码：0 完成；1 数据有差错；2 用法、文件、字体等问题\n",
    .usage_en = "Usage: gongkai build DATA.yaml [-o OUT.pdf]\n"
                "Sets one department's budget notice as a PDF. DATA.yaml may be '-' for standard input.\n\n"
                "  -o, --output FILE   write here; without it NAME.pdf in the current folder; '-' is standard output\n"
                "      --force         print in spite of errors in the data, marked as a draft on every page\n"
                "      --dump=STAGE    no PDF: print values, document or pages\n"
                "      --pack FOLDER   use this template pack, whatever the data names\n"
                "      --fonts FOLDER  look for fonts here first; may repeat\n"
                "      --json          findings as JSON Lines on standard output\n"
                "  -q, --quiet         errors only\n"
                "  -h, --help          this text\n\n"
                "Exit status: 0 done; 1 something in the data; 2 usage, files, fonts\n",
};

static const char *default_output(const char *path, Arena *arena)
{
    const char *stem = text_equal(path, "-") ? "notice" : path_stem(arena, path);
    return arena_printf(arena, "%s.pdf", stem);
}

static const JobStage STAGE_OF_DUMP[] = {
    [DUMP_NONE] = JOB_PDF, [DUMP_VALUES] = JOB_VALUES, [DUMP_DOCUMENT] = JOB_DOCUMENT, [DUMP_PAGES] = JOB_PAGES};

static void dump(const JobResult *result, Dump what, Buffer *out)
{
    if (what == DUMP_VALUES)
        value_dump(result->data, out);
    else if (what == DUMP_DOCUMENT)
        document_dump(result->document, out);
    else
        page_list_dump(result->pages, out);
}

/* Writes the PDF, or the dump, where it is wanted. */
static void write_output(JobResult *result, const Options *options, Arena *arena, FindingList *findings)
{
    const char *target = options->output;
    if (options->dump != DUMP_NONE)
        dump(result, options->dump, &result->pdf);
    if (!target)
        target = options->dump != DUMP_NONE ? "-" : default_output(options->files[0], arena);
    if (text_equal(target, "-") && options->dump == DUMP_NONE && isatty(STDOUT_FILENO)) {
        finding_add(findings, MESSAGE_TERMINAL, (Place){0}, NULL, NULL);
        return;
    }
    if (!file_write_atomic(target, result->pdf.bytes, result->pdf.len))
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, target, strerror(errno), NULL);
}

int cmd_build(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    Options options;
    if (!options_parse(&BUILD, argc, argv, findings.language, arena, &options) || options.help) {
        int status = options.help ? EXIT_DONE : EXIT_TROUBLE;
        arena_free(arena);
        return status;
    }
    Resources resources;
    resources_init(&resources, &options, arena);
    Job job = {.path = options.files[0], .force = options.force, .until = STAGE_OF_DUMP[options.dump]};
    JobResult result = job_run(&job, &resources, arena, &findings);
    if (result.done)
        write_output(&result, &options, arena, &findings);
    report_findings(&findings, &options);
    int status = finding_list_status(&findings);
    if (status == EXIT_DATA && result.done && options.force)
        status = EXIT_DONE;
    buffer_release(&result.pdf);
    resources_release(&resources);
    arena_free(arena);
    return status;
}
