/* gongkai build: one data file -> one PDF. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/edition.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"
#include "data/data.h"
#include "document/document.h"
#include "page/report.h"

typedef enum Dump { DUMP_NONE, DUMP_VALUES, DUMP_DOCUMENT, DUMP_PAGES } Dump;
static const char *const DUMP_WORDS[] = {"none", "values", "document", "pages", NULL};

typedef struct BuildOptions {
    CommonOptions common;
    const char *output, *last;
    PressOptions press;
    bool force, report, stable;
    int dump;
} BuildOptions;

static const OptionSpec OPTIONS[] = {
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .offset = offsetof(BuildOptions, output),
     .value = "FILE",
     .zh = "PDF 写到这里；不写时为当前文件夹里的“数据文件名.pdf”；- 为标准输出",
     .en = "write here; without it NAME.pdf in the current folder; '-' is standard output"},
    {.name = "last",
     .kind = OPTION_TEXT,
     .offset = offsetof(BuildOptions, last),
     .value = "FILE",
     .zh = "上年公开的数据：核对上年数和增减",
     .en = "the data published the year before: check against it"},
    {.name = "force",
     .kind = OPTION_FLAG,
     .offset = offsetof(BuildOptions, force),
     .zh = "数据有差错也排，每页标“草稿”",
     .en = "print in spite of errors in the data, marked as a draft on every page"},
    {.name = "dump",
     .kind = OPTION_CHOICE,
     .offset = offsetof(BuildOptions, dump),
     .choices = DUMP_WORDS,
     .zh = "不出 PDF，打印这一步的结果：数据、文档或版面",
     .en = "no PDF: print what this stage made"},
    {.name = "report",
     .kind = OPTION_FLAG,
     .offset = offsetof(BuildOptions, report),
     .zh = "说说版面：禁则、孤字、空白、超出版心的行各有多少，在哪里",
     .en = "tell what is wrong with the finished pages: line edges, runts, blanks, what sticks out"},
    {.name = "stable",
     .kind = OPTION_FLAG,
     .offset = offsetof(BuildOptions, stable),
     .zh = "更正版：没有改动的页尽量排得与前版一样（分页、列宽）",
     .en = "a corrected edition: keep the page breaks and column widths of the one before"},
    PRESS_OPTIONS(BuildOptions),
    COMMON_OPTIONS(BuildOptions),
};

static const Command BUILD = {
    .name = "build",
    .words_zh = "数据.yaml [-o 公开.pdf]",
    .words_en = "DATA.yaml [-o OUT.pdf]",
    .about_zh = "由一份部门预算数据排出一份公开情况说明（PDF）。数据文件写 - 时从标准输入读。\n"
                "退出码：0 完成；1 数据有差错；2 用法、文件、字体等问题。",
    .about_en = "Sets one department's budget notice as a PDF. DATA.yaml may be '-' for standard input.\n"
                "Exit status: 0 done; 1 something in the data; 2 usage, files, fonts.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .min_files = 1,
    .max_files = 1,
};

static const char *default_output(const char *path, Arena *arena)
{
    const char *stem = text_equal(path, "-") ? "notice" : path_stem(arena, path);
    return arena_printf(arena, "%s.pdf", stem);
}

static const JobStage STAGE_OF_DUMP[] = {
    [DUMP_NONE] = JOB_PDF, [DUMP_VALUES] = JOB_VALUES, [DUMP_DOCUMENT] = JOB_DOCUMENT, [DUMP_PAGES] = JOB_PAGES};

static void dump(const JobResult *result, int what, Buffer *out)
{
    if (what == DUMP_VALUES)
        value_dump(result->data, out);
    else if (what == DUMP_DOCUMENT)
        document_dump(result->document, out);
    else
        page_list_dump(result->pages, out);
}

/* Beside the screen edition: NAME-press.pdf. */
static void write_press(const JobResult *result, const char *beside, Arena *arena, FindingList *findings)
{
    const char *name = arena_printf(arena, "%s-press.pdf", path_stem(arena, beside));
    const char *target = path_join(arena, path_folder(arena, beside), name);
    if (!file_write_atomic(target, result->press.bytes, result->press.len))
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, target, strerror(errno), NULL);
}

/* What the press edition shall be; false with a finding. */
static bool read_press(const BuildOptions *options, Arena *arena, PdfPress *press, FindingList *findings)
{
    if (text_equal(options->output, "-") && options->dump == DUMP_NONE) {
        finding_add(findings, MESSAGE_PRESS_OUTPUT, (Place){0}, NULL, NULL);
        return false;
    }
    return edition_press(&options->press, arena, press, findings);
}

/* Writes the PDF, or the dump, where it is wanted. */
static void write_output(JobResult *result, const BuildOptions *options, const char *data, Arena *arena,
                         FindingList *findings)
{
    const char *target = options->output;
    if (options->dump != DUMP_NONE)
        dump(result, options->dump, &result->pdf);
    if (!target)
        target = options->dump != DUMP_NONE ? "-" : default_output(data, arena);
    if (text_equal(target, "-") && options->dump == DUMP_NONE && isatty(STDOUT_FILENO)) {
        finding_add(findings, MESSAGE_TERMINAL, (Place){0}, NULL, NULL);
        return;
    }
    if (!file_write_atomic(target, result->pdf.bytes, result->pdf.len))
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, target, strerror(errno), NULL);
    else if (result->press.len > 0)
        write_press(result, target, arena, findings);
}

/* The typographic report: words on stderr, one JSON object on stdout. */
static void print_report(const PageList *pages, const CommonOptions *options, Language language, Arena *arena)
{
    const PageReport *report = page_report_make(pages, arena);
    Buffer out = {0};
    if (options->json)
        page_report_print_json(report, &out);
    else
        page_report_print(report, language, &out);
    fwrite(out.bytes, 1, out.len, options->json ? stdout : stderr);
    buffer_release(&out);
}

int cmd_build(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    BuildOptions options = {0};
    Parsed parsed = options_parse(&BUILD, argc, argv, findings.language, arena, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(arena);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    Resources resources;
    resources_init(&resources, &options.common, arena);
    Job job = {.path = parsed.files[0],
               .last = options.last,
               .force = options.force,
               .stable = options.stable,
               .until = STAGE_OF_DUMP[options.dump]};
    PdfPress press;
    JobResult result = {0};
    bool ready = true;
    if (edition_press_wanted(&options.press)) {
        job.press = &press;
        ready = read_press(&options, arena, &press, &findings);
    }
    if (ready)
        result = job_run(&job, &resources, arena, &findings);
    if (result.done)
        write_output(&result, &options, job.path, arena, &findings);
    /* Hints are for check: whoever prints wants to know what is wrong. */
    report_findings(&findings, &options.common, &(SelectOptions){.severity = SEVERITY_WARNING}, NULL);
    if (options.report && result.pages)
        print_report(result.pages, &options.common, findings.language, arena);
    int status = finding_list_status(&findings);
    if (status == EXIT_DATA && result.done && options.force)
        status = EXIT_DONE;
    buffer_release(&result.pdf);
    buffer_release(&result.press);
    resources_release(&resources);
    arena_free(arena);
    return status;
}
