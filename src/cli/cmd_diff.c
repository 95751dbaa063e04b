/* gongkai diff: two data files -> what changed, in the notice's own words, and which pages to print again. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/edition.h"
#include "cli/job.h"
#include "cli/options.h"
#include "cli/report.h"
#include "layout/layout.h"

typedef struct DiffOptions {
    CommonOptions common;
    bool html, no_pages, stable;
} DiffOptions;

static const OptionSpec OPTIONS[] = {
    {.name = "html",
     .kind = OPTION_FLAG,
     .offset = offsetof(DiffOptions, html),
     .zh = "结果写成网页，到标准输出",
     .en = "the result as HTML on standard output"},
    {.name = "no-pages",
     .kind = OPTION_FLAG,
     .offset = offsetof(DiffOptions, no_pages),
     .zh = "只比数据，不排版比页面",
     .en = "compare the data alone, not the pages"},
    {.name = "stable",
     .kind = OPTION_FLAG,
     .offset = offsetof(DiffOptions, stable),
     .zh = "新版按 build --stable 排：没有改动的页尽量不动",
     .en = "set the new edition as build --stable does: unchanged pages stay where they can"},
    COMMON_OPTIONS(DiffOptions),
};

static const Command DIFF = {
    .name = "diff",
    .words_zh = "旧数据.yaml 新数据.yaml",
    .words_en = "OLD.yaml NEW.yaml",
    .about_zh = "列出两份数据的不同：在哪一节、哪张表、哪一行、哪一栏，原为多少、现为多少；以及哪些页要重印。\n"
                "退出码：0 没有不同；1 有不同，或数据有差错；2 用法、文件、字体等问题。",
    .about_en = "Lists what differs between two data files, in the notice's own words, and the pages to print again.\n"
                "Exit status: 0 no difference; 1 differences, or something in the data; 2 usage, files, fonts.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .min_files = 2,
    .max_files = 2,
};

typedef struct Diff {
    RevisionLines lines;
    ChangeList changes;
    PageDifferences pages;
    bool has_pages;
    Language language;
} Diff;

/* ---- comparing ----------------------------------------------------------------------------------------------------
 */

static bool compare(Diff *diff, const char *const paths[2], const DiffOptions *options, Resources *resources,
                    Arena *arena, FindingList *findings)
{
    const Pack *packs[2];
    const Value *data[2];
    Document *documents[2];
    PageList *lists[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++) {
        data[i] = job_read_data(paths[i], resources, arena, findings, &packs[i]);
        documents[i] = data[i] ? pack_expand(packs[i], data[i], false, arena, findings) : NULL;
        if (!documents[i] || !document_check(documents[i], findings))
            return false;
    }
    RevisionInput input = {packs[1], data[0], data[1], documents[0], documents[1]};
    diff->lines = revision_lines(&input, &diff->changes, arena);
    if (options->no_pages)
        return true;
    bool corrected = !value_is_blank(value_get(data[1], REVISION_KEY));
    if (!corrected)
        document_compare(documents[0], documents[1], &diff->changes, REVISION_KEY, true, arena);
    for (int i = 0; i < 2; i++) {
        bool own = !value_is_blank(value_get(data[i], REVISION_KEY));
        Job job = {.path = paths[i], .check = true, .stable = i == 1 && options->stable, .until = JOB_PAGES};
        /* A corrected edition is compared as it is printed, with its marks and its list. */
        lists[i] = own ? (PageList *)job_run(&job, resources, arena, findings).pages
                   : options->stable && i == 1
                       ? revision_layout(documents[i], lists[0], resources->fonts, arena, findings)
                       : layout_document(documents[i], resources->fonts, arena, findings);
        if (!lists[i])
            return false;
    }
    diff->pages = pages_compare(lists[0], lists[1], corrected ? REVISION_KEY : NULL, arena);
    diff->has_pages = true;
    return true;
}

/* ---- in words -----------------------------------------------------------------------------------------------------
 */

static void put_where(const RevisionLine *line, bool zh, Buffer *out)
{
    const Spot *spot = line->spot;
    if (!spot)
        buffer_text(out, zh ? "（不印在公开说明里）" : "(not printed) ");
    if (spot && spot->section)
        buffer_text(out, spot->section);
    if (spot && spot->table)
        buffer_printf(out, zh ? "，“%s”表" : ", table '%s'", spot->table);
    if (spot && spot->row)
        buffer_printf(out, zh ? "“%s”行" : ", row '%s'", spot->row);
    if (spot && spot->column)
        buffer_printf(out, zh ? "“%s”栏" : ", column '%s'", spot->column);
    if (line->label && (!spot || !spot->column || line->kind != CHANGE_VALUE))
        buffer_printf(out, "%s%s", spot ? (zh ? "，" : ", ") : "", line->label);
    if (line->ordinal > 0)
        buffer_printf(out, zh ? "第%zu项" : " no. %zu", line->ordinal);
}

static void put_change(const RevisionLine *line, bool zh, Buffer *out)
{
    const char *before = line->before && *line->before ? line->before : zh ? "（空白）" : "(blank)";
    const char *after = line->after && *line->after ? line->after : zh ? "（空白）" : "(blank)";
    switch (line->kind) {
    case CHANGE_VALUE:
    case CHANGE_RENAMED:
        buffer_printf(out, zh ? "原为：%s　现为：%s" : "%s -> %s", before, after);
        if (line->difference)
            buffer_printf(out, zh ? "（%s）" : " (%s)", line->difference);
        break;
    case CHANGE_ADDED:
        buffer_text(out, after);
        break;
    case CHANGE_REMOVED:
        buffer_text(out, before);
        break;
    case CHANGE_MOVED:
        buffer_printf(out, zh ? "由第 %s 项移到第 %s 项" : "from place %s to place %s", before, after);
        break;
    }
}

static size_t put_lines(const Diff *diff, bool consequence, Buffer *out)
{
    size_t number = 0;
    bool zh = diff->language == LANGUAGE_ZH;
    for (size_t i = 0; i < diff->lines.count; i++) {
        const RevisionLine *line = &diff->lines.items[i];
        if (line->consequence != consequence)
            continue;
        buffer_printf(out, "%3zu. %s ", ++number, revision_kind(line->kind, diff->language));
        put_where(line, zh, out);
        buffer_text(out, "\n     ");
        put_change(line, zh, out);
        buffer_text(out, "\n");
    }
    return number;
}

/* "1, 3-5": the numbers of the pages of one kind; "" for none. */
static void put_pages(const Diff *diff, PageChange change, Buffer *out)
{
    bool first = true;
    for (size_t i = 0; i < diff->pages.count; i++) {
        if (diff->pages.items[i].change != change)
            continue;
        size_t last = i;
        while (last + 1 < diff->pages.count && diff->pages.items[last + 1].change == change)
            last++;
        buffer_printf(out, first ? "%zu" : ", %zu", i + 1);
        if (last > i)
            buffer_printf(out, "-%zu", last + 1);
        first = false;
        i = last;
    }
    if (first)
        buffer_text(out, diff->language == LANGUAGE_ZH ? "无" : "none");
}

/* Sheets printed on both sides of which a page is not identical. */
static void put_sheets(const Diff *diff, Buffer *out)
{
    bool any = false;
    size_t pages = diff->pages.count > diff->pages.old_count ? diff->pages.count : diff->pages.old_count;
    for (size_t i = 0; i < pages; i += 2) {
        bool same = true;
        for (size_t p = i; p < i + 2 && p < pages; p++)
            same = same && p < diff->pages.count && diff->pages.items[p].change == PAGE_IDENTICAL;
        if (same)
            continue;
        buffer_printf(out, "%s%zu", any ? ", " : "", i / 2 + 1);
        any = true;
    }
    if (!any)
        buffer_text(out, diff->language == LANGUAGE_ZH ? "无" : "none");
}

static void put_reprint(const Diff *diff, Buffer *out)
{
    static const struct {
        PageChange change;
        const char *zh, *en;
    } KINDS[] = {{PAGE_DIFFERENT, "内容不同的页", "pages that differ"},
                 {PAGE_MOVED, "只是移动的页", "pages that only moved"},
                 {PAGE_IDENTICAL, "一字不差的页", "pages identical to the last glyph"}};
    bool zh = diff->language == LANGUAGE_ZH;
    buffer_printf(out, zh ? "\n页：原 %zu 页，现 %zu 页\n" : "\nPages: %zu before, %zu now\n", diff->pages.old_count,
                  diff->pages.count);
    for (size_t i = 0; i < 3; i++) {
        buffer_printf(out, "  %s%s", zh ? KINDS[i].zh : KINDS[i].en, zh ? "：" : ": ");
        put_pages(diff, KINDS[i].change, out);
        buffer_text(out, "\n");
    }
    buffer_text(out, zh ? "  双面印刷要重印的张：" : "  sheets to print again, two pages a sheet: ");
    put_sheets(diff, out);
    buffer_text(out, zh ? "\n\n各页版面的 SHA-256（现 / 原）：\n"
                        : "\n\nSHA-256 of each page's display list (now / before):\n");
    for (size_t i = 0; i < diff->pages.count; i++)
        buffer_printf(out, "%4zu %s %s\n", i + 1, diff->pages.items[i].hash,
                      *diff->pages.items[i].old_hash ? diff->pages.items[i].old_hash : "-");
}

static void put_text(const Diff *diff, Buffer *out)
{
    bool zh = diff->language == LANGUAGE_ZH;
    if (diff->lines.count == 0) {
        buffer_text(out, zh ? "没有不同\n" : "no difference\n");
    } else {
        buffer_text(out, zh ? "改动：\n" : "Changes:\n");
        put_lines(diff, false, out);
        Buffer rest = {0};
        if (put_lines(diff, true, &rest) > 0) {
            buffer_text(out, zh ? "随之变动：\n" : "Moved by them:\n");
            buffer_append(out, rest.bytes, rest.len);
        }
        buffer_release(&rest);
    }
    if (diff->has_pages)
        put_reprint(diff, out);
}

/* ---- as JSON ------------------------------------------------------------------------------------------------------
 */

static void put_json(const Diff *diff, Buffer *out)
{
    static const char *const WORDS[] = {"identical", "moved", "different"};
    revision_json(&diff->lines, out);
    for (size_t i = 0; diff->has_pages && i < diff->pages.count; i++) {
        const PageDifference *page = &diff->pages.items[i];
        buffer_printf(out, "{\"page\": %zu, \"change\": \"%s\", \"was\": ", i + 1, WORDS[page->change]);
        if (page->was == SIZE_MAX)
            buffer_text(out, "null");
        else
            buffer_printf(out, "%zu", page->was + 1);
        buffer_printf(out, ", \"sha256\": \"%s\", \"old_sha256\": ", page->hash);
        buffer_printf(out, *page->old_hash ? "\"%s\"}\n" : "null}\n", page->old_hash);
    }
}

/* ---- as HTML ------------------------------------------------------------------------------------------------------
 */

static void put_escaped(const char *text, size_t len, Buffer *out)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '<')
            buffer_text(out, "&lt;");
        else if (text[i] == '>')
            buffer_text(out, "&gt;");
        else if (text[i] == '&')
            buffer_text(out, "&amp;");
        else if (text[i] == '"')
            buffer_text(out, "&quot;");
        else
            buffer_append(out, text + i, 1);
    }
}

static void put_cell(const char *tag, const char *text, Buffer *out)
{
    buffer_printf(out, "<td>%s%s%s", *tag ? "<" : "", tag, *tag ? ">" : "");
    put_escaped(text ? text : "", text ? strlen(text) : 0, out);
    buffer_printf(out, "%s%s%s</td>", *tag ? "</" : "", tag, *tag ? ">" : "");
}

static void put_table(const Diff *diff, bool consequence, Buffer *out)
{
    bool zh = diff->language == LANGUAGE_ZH;
    buffer_text(out, zh ? "<table><thead><tr><th scope=\"col\">类</th><th scope=\"col\">位置</th><th "
                          "scope=\"col\">原为</th><th scope=\"col\">现为</th><th scope=\"col\">相差</th></tr></thead>\n"
                        : "<table><thead><tr><th scope=\"col\">kind</th><th scope=\"col\">where</th><th "
                          "scope=\"col\">before</th><th scope=\"col\">now</th><th scope=\"col\">difference</th></tr>"
                          "</thead>\n");
    for (size_t i = 0; i < diff->lines.count; i++) {
        const RevisionLine *line = &diff->lines.items[i];
        if (line->consequence != consequence)
            continue;
        Buffer where = {0};
        put_where(line, zh, &where);
        buffer_append(&where, "", 1);
        buffer_text(out, "<tr>");
        put_cell("", revision_kind(line->kind, diff->language), out);
        put_cell("", where.bytes, out);
        put_cell(line->before ? "del" : "", line->before, out);
        put_cell(line->after ? "ins" : "", line->after, out);
        put_cell("", line->difference, out);
        buffer_text(out, "</tr>\n");
        buffer_release(&where);
    }
    buffer_text(out, "</table>\n");
}

static void put_html(const Diff *diff, Buffer *out)
{
    bool zh = diff->language == LANGUAGE_ZH;
    buffer_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title>\n<style>body{max-"
        "width:60em;margin:2em auto;padding:0 1em;font-family:sans-serif;line-height:1.6}table{border-collapse:"
        "collapse;width:100%%}td,th{border:1px solid #888;padding:.3em .5em;vertical-align:top}del{color:"
        "#a00}ins{color:#060}pre{overflow:auto}</style></head><body>\n<h1>%s</h1>\n",
        zh ? "zh-CN" : "en", zh ? "数据的不同" : "Differences", zh ? "数据的不同" : "Differences");
    if (diff->lines.count == 0)
        buffer_printf(out, "<p>%s</p>\n", zh ? "没有不同" : "no difference");
    else
        put_table(diff, false, out);
    for (size_t i = 0; i < diff->lines.count; i++)
        if (diff->lines.items[i].consequence) {
            buffer_printf(out, "<h2>%s</h2>\n", zh ? "随之变动" : "Moved by them");
            put_table(diff, true, out);
            break;
        }
    if (diff->has_pages) {
        Buffer pages = {0};
        put_reprint(diff, &pages);
        buffer_printf(out, "<h2>%s</h2>\n<pre>", zh ? "重印" : "Pages to print again");
        put_escaped(pages.bytes, pages.len, out);
        buffer_text(out, "</pre>\n");
        buffer_release(&pages);
    }
    buffer_text(out, "</body></html>\n");
}

int cmd_diff(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    DiffOptions options = {0};
    Parsed parsed = options_parse(&DIFF, argc, argv, findings.language, arena, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(arena);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    Resources resources;
    resources_init(&resources, &options.common, arena);
    Diff diff = {.language = findings.language};
    const char *const paths[2] = {parsed.files[0], parsed.files[1]};
    bool done = compare(&diff, paths, &options, &resources, arena, &findings);
    Buffer out = {0};
    if (done && options.common.json)
        put_json(&diff, &out);
    else if (done && options.html)
        put_html(&diff, &out);
    else if (done)
        put_text(&diff, &out);
    bool written = fwrite(out.bytes ? out.bytes : "", 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    report_findings(&findings, &options.common, NULL, NULL);
    int status = finding_list_status(&findings);
    if (!written)
        status = EXIT_TROUBLE;
    else if (status == EXIT_DONE && diff.lines.count > 0)
        status = EXIT_DATA;
    buffer_release(&out);
    resources_release(&resources);
    arena_free(arena);
    return status;
}
