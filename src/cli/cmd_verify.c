/* gongkai verify: one PDF of ours, and the data it may be from -> whether it holds what it claims. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "cli/report.h"
#include "cli/verify_data.h"
#include "pdf/pdf.h"
#include "revise/revise.h"

#define PDF_LIMIT_MB 256

typedef struct VerifyOptions {
    CommonOptions common;
    const char *chain;
    bool text;
} VerifyOptions;

static const OptionSpec OPTIONS[] = {
    {.name = "text",
     .kind = OPTION_FLAG,
     .offset = offsetof(VerifyOptions, text),
     .zh = "把文件里的文字按阅读顺序写到标准输出",
     .en = "write the file's text in reading order to standard output"},
    {.name = "chain",
     .kind = OPTION_TEXT,
     .offset = offsetof(VerifyOptions, chain),
     .value = "DIR",
     .zh = "核对这个台账：各版的先后，公开过的文件有没有被改过；不用写 PDF",
     .en = "check this ledger: the order of editions, and whether a published file was altered; no PDF is named"},
    COMMON_OPTIONS(VerifyOptions),
};

static const Command VERIFY = {
    .name = "verify",
    .words_zh = "公开.pdf [数据.yaml]",
    .words_en = "FILE.pdf [DATA.yaml]",
    .about_zh = "读回本程序出的 "
                "PDF，核对它自称的标准、字体、文字、结构、书签、附件；写上数据时，核对它是不是由这份数据排出的，\n"
                "逐个数字说出哪一页、什么位置与数据不符。\n"
                "退出码：0 全部相符；1 有不符之处；2 用法、文件等问题。",
    .about_en =
        "Reads a PDF of this program back and checks claims, fonts, text, structure, bookmarks and attachments;\n"
        "with DATA.yaml also whether it was made from that data, and which figures, by page and box, differ from it.\n"
        "Exit status: 0 all is as it should be; 1 something is not; 2 usage, files.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .min_files = 0,
    .max_files = 2,
};

static bool in_chinese(const Verification *verification)
{
    return verification->findings->language == LANGUAGE_ZH;
}

/* ---- the report -----------------------------------------------------------------------------------------------------
 */

static void print_line(const char *zh, const char *en, bool chinese, const char *text)
{
    if (text && *text)
        printf("%s%s%s\n", chinese ? zh : en, chinese ? "：" : ": ", text);
}

static const char *claims_text(const PdfReport *report, Arena *arena)
{
    const char *archive = report->archive ? "PDF/A-3a" : "", *accessible = report->accessible ? "PDF/UA-1" : "";
    const char *press = report->press ? "PDF/X-4" : "";
    return arena_printf(arena, "%s%s%s%s", archive, *archive && *accessible ? ", " : "", accessible, press);
}

static void print_report(const Verification *verification)
{
    const PdfReport *report = &verification->report;
    Arena *arena = verification->arena;
    bool zh = in_chinese(verification);
    const char *claims = claims_text(report, arena);
    print_line("标题", "title", zh, report->title);
    print_line("标准", "claims", zh, *claims ? claims : zh ? "不标" : "none");
    print_line("日期", "date", zh, report->date);
    print_line("程序", "program", zh, report->producer);
    if (report->pack)
        print_line("模板", "pack", zh,
                   arena_printf(arena, "%s %s %.16s", report->pack, report->pack_version ? report->pack_version : "",
                                report->pack_hash ? report->pack_hash : ""));
    print_line("数据 SHA-256", "data SHA-256", zh, report->data_hash);
    print_line("内容 SHA-256", "content SHA-256", zh, report->content_hash);
    print_line(
        "核对", "checked", zh,
        arena_printf(arena,
                     zh ? "%zu 页，%zu 种字体，%zu 个字，%zu 个结构元素，%zu 个书签，%zu 个数字（%zu 个与数据逐一相符）"
                        : "%zu pages, %zu fonts, %zu glyphs, %zu structure elements, %zu bookmarks, %zu figures (%zu "
                          "compared with the data)",
                     report->pages, report->fonts, report->glyphs, report->elements, report->bookmarks,
                     report->figures.count, verification->compared));
    print_line("来源", "origin", zh, verification->origin);
}

static bool read_pdf(const char *path, Arena *arena, FindingList *findings, char **bytes, size_t *len)
{
    FileStatus status = file_read(arena, path, (size_t)PDF_LIMIT_MB << 20, bytes, len);
    if (status == FILE_OK)
        return true;
    finding_add(findings,
                status == FILE_TOO_LARGE     ? MESSAGE_FILE_TOO_LARGE
                : status == FILE_NOT_REGULAR ? MESSAGE_FILE_NOT_REGULAR
                                             : MESSAGE_FILE_UNREADABLE,
                (Place){0}, NULL, path, status == FILE_TOO_LARGE ? "256" : strerror(errno), NULL);
    return false;
}

static void verify_chain(const VerifyOptions *options, Arena *arena, FindingList *findings)
{
    size_t editions;
    if (ledger_verify_chain(options->chain, arena, findings, &editions) && !options->common.quiet &&
        !options->common.json)
        printf(findings->language == LANGUAGE_ZH ? "%zu 版，全部相符\n" : "%zu editions, all as published\n", editions);
}

int cmd_verify(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    VerifyOptions options = {0};
    Parsed parsed = options_parse(&VERIFY, argc, argv, findings.language, arena, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(arena);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    if ((parsed.file_count == 0) == !options.chain) {
        finding_add(&findings, MESSAGE_VERIFY_WORDS, (Place){0}, NULL, NULL);
        options.chain = NULL;
    }
    if (parsed.file_count == 0) {
        if (options.chain)
            verify_chain(&options, arena, &findings);
        report_findings(&findings, &options.common, NULL, NULL);
        int chain_status = finding_list_status(&findings);
        arena_free(arena);
        return chain_status;
    }
    Resources resources;
    resources_init(&resources, &options.common, arena);
    Verification verification = {
        .name = parsed.files[0], .resources = &resources, .arena = arena, .findings = &findings};
    char *bytes;
    size_t len;
    if (read_pdf(parsed.files[0], arena, &findings, &bytes, &len)) {
        verification.report = pdf_verify(bytes, len, parsed.files[0], arena, &findings);
        if (verification.report.readable) {
            if (parsed.file_count > 1)
                verify_data(&verification, parsed.files[1]);
            else
                verify_attached(&verification);
            if (options.text)
                fputs(verification.report.text, stdout);
            else if (!options.common.json && !options.common.quiet)
                print_report(&verification);
        }
    }
    report_findings(&findings, &options.common, NULL, NULL);
    int status = finding_list_status(&findings);
    resources_release(&resources);
    arena_free(arena);
    return status;
}
