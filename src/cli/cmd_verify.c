/* gongkai verify: one PDF of ours, and the data it may be from -> whether it holds what it claims. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/edition.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"
#include "data/data.h"
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
                "PDF，核对它自称的标准、字体、文字、结构、书签、附件；写上数据时，核对它是不是由这份数据排出的。\n"
                "退出码：0 全部相符；1 有不符之处；2 用法、文件等问题。",
    .about_en =
        "Reads a PDF of this program back and checks claims, fonts, text, structure, bookmarks and attachments;\n"
        "with DATA.yaml also whether it was made from that data.\n"
        "Exit status: 0 all is as it should be; 1 something is not; 2 usage, files.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .min_files = 0,
    .max_files = 2,
};

typedef struct Verification {
    const char *name;
    PdfReport report;
    Resources *resources;
    Arena *arena;
    FindingList *findings;
    size_t compared;    /* figures that the attached data confirms */
    const char *origin; /* what DATA.yaml is to the file; NULL: none was given */
} Verification;

static bool in_chinese(const Verification *verification)
{
    return verification->findings->language == LANGUAGE_ZH;
}

/* ---- the figures and the attached data ------------------------------------------------------------------------------
 */

/* Digits with a point; what else stands around is left out. */
static bool figure_number(const char *text, Decimal *out)
{
    char digits[64];
    size_t len = 0;
    for (const char *c = text; *c; c++)
        if (((*c >= '0' && *c <= '9') || *c == '.') && len < sizeof digits - 1)
            digits[len++] = *c;
    return len > 0 && decimal_parse(digits, len, out) == DECIMAL_OK;
}

/* The same figure, whatever its sign (减少 22 for -22) and unit (元 or 万元). */
static bool same_figure(Decimal shown, Decimal meant)
{
    static const int POWERS[] = {0, 4, -4};
    if (meant.micro < 0)
        meant = decimal_negate(meant);
    for (size_t i = 0; i < sizeof POWERS / sizeof *POWERS; i++) {
        Decimal moved;
        if (decimal_shift(meant, POWERS[i], &moved) && decimal_compare(shown, moved) == 0)
            return true;
    }
    return false;
}

/* The attached data as the pack understands them; NULL when they are none, or the pack is not here. */
static const Value *attached_data(const Verification *verification, FindingList *quiet)
{
    const PdfReport *report = &verification->report;
    Arena *arena = verification->arena;
    Source *source = arena_new_of(arena, Source);
    *source = (Source){EDITION_DATA_NAME, report->data, report->data_len};
    Value *data = report->data ? yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, quiet) : NULL;
    const Pack *pack = data ? resources_pack(verification->resources, report->pack, (Place){0}, quiet) : NULL;
    if (!pack)
        return NULL;
    value_merge_under(data, pack_defaults(pack), ORIGIN_DEFAULT, arena);
    schema_check(pack_schema(pack), data, arena, quiet);
    data_compute(pack_schema(pack), data, arena, quiet);
    return data;
}

static void compare_figures(Verification *verification)
{
    FindingList quiet;
    finding_list_init(&quiet, verification->arena, verification->findings->language);
    const Value *data = attached_data(verification, &quiet);
    for (size_t i = 0; data && i < verification->report.figures; i++) {
        const PdfFigure *figure = &verification->report.figure_items[i];
        const Value *value = value_at(data, figure->path);
        Decimal shown, meant;
        if (!value || !value_number(value, &meant) || !figure_number(figure->text, &shown))
            continue;
        verification->compared++;
        if (same_figure(shown, meant))
            continue;
        const char *page =
            arena_printf(verification->arena, in_chinese(verification) ? "第 %zu 页" : ", page %zu", figure->page);
        const char *what =
            arena_printf(verification->arena, "%s: %s, %s", figure->path, figure->text, value_text(value));
        finding_add(verification->findings, MESSAGE_VERIFY_FIGURE, (Place){0}, NULL, verification->name, page, what,
                    NULL);
    }
}

/* ---- the data it may be from ----------------------------------------------------------------------------------------
 */

/* The pages again from the data, by this program and this pack: the content's digest tells whether they are the same.
 */
static void compare_data(Verification *verification, const char *path)
{
    const PdfReport *report = &verification->report;
    FindingList quiet;
    finding_list_init(&quiet, verification->arena, verification->findings->language);
    Job job = {.path = path, .force = true, .until = JOB_PAGES};
    JobResult result = job_run(&job, verification->resources, verification->arena, &quiet);
    char data_hash[SHA256_HEX], content_hash[SHA256_HEX];
    if (!result.data) {
        finding_add(verification->findings, MESSAGE_VERIFY_DATA_UNUSABLE, (Place){0}, NULL, path, NULL);
        return;
    }
    Buffer yaml = edition_data(result.data, data_hash);
    buffer_release(&yaml);
    if (!text_equal(data_hash, report->data_hash)) {
        finding_add(verification->findings, MESSAGE_VERIFY_OTHER_DATA, (Place){0}, NULL, verification->name, path,
                    NULL);
        return;
    }
    verification->origin = in_chinese(verification) ? "数据相同" : "the same data";
    if (!result.pages)
        return;
    pdf_content_hash(result.pages, content_hash);
    if (text_equal(content_hash, report->content_hash)) {
        verification->origin = in_chinese(verification) ? "数据相同，重排一遍，内容也相同"
                                                        : "the same data, and set again the same content";
        return;
    }
    const Value *named = value_get(result.data, "模板");
    const Pack *pack = resources_pack(verification->resources, value_text(named), (Place){0}, &quiet);
    const char *pack_hash = pack ? resources_pack_hash(verification->resources, pack) : NULL;
    bool same_program = text_equal(report->producer, "gongkai " GONGKAI_VERSION);
    finding_add(verification->findings,
                !same_program                               ? MESSAGE_VERIFY_OTHER_PROGRAM
                : !text_equal(pack_hash, report->pack_hash) ? MESSAGE_VERIFY_OTHER_PACK
                                                            : MESSAGE_VERIFY_OTHER_CONTENT,
                (Place){0}, NULL, verification->name, report->producer ? report->producer : "?",
                report->pack ? report->pack : "?", NULL);
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
                     report->pages, report->fonts, report->glyphs, report->elements, report->bookmarks, report->figures,
                     verification->compared));
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
            compare_figures(&verification);
            if (parsed.file_count > 1)
                compare_data(&verification, parsed.files[1]);
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
