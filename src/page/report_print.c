/* The report -> words for the user, or JSON. */
#include <string.h>

#include "base/json.h"
#include "page/report.h"

typedef struct Words {
    const char *zh, *en, *code;
} Words;

static const Words FAULTS[] = {
#define REPORT_FAULT(code, zh, en) {zh, en, code},
#include "base/messages_report.def"
#undef REPORT_FAULT
};
static const Words ENDS[] = {
#define REPORT_END(zh, en) {zh, en, NULL},
#include "base/messages_report.def"
#undef REPORT_END
};
static const Words WIDEST[] = {
#define REPORT_WIDEST(zh, en) {zh, en, NULL},
#include "base/messages_report.def"
#undef REPORT_WIDEST
};
_Static_assert(sizeof FAULTS / sizeof *FAULTS == FAULT_KINDS, "a word for each fault");
_Static_assert(sizeof ENDS / sizeof *ENDS == PAGE_END_CHOICE + 1, "a word for each page end");

static const char *in_language(const Words *words, Language language)
{
    return language == LANGUAGE_ZH ? words->zh : words->en;
}

/* Tenths, rounded. */
static void put_tenths(Buffer *out, Length amount, Length unit)
{
    Length tenths = length_scale(amount, 10, unit);
    buffer_printf(out, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* At most the first 24 characters. */
static void put_text(Buffer *out, const char *text, bool zh)
{
    size_t len = 0, signs = 0;
    while (text[len] && signs < 24) {
        len++;
        while (((unsigned char)text[len] & 0xC0) == 0x80)
            len++;
        signs++;
    }
    buffer_text(out, zh ? "“" : "\"");
    buffer_append(out, text, len);
    buffer_text(out, text[len] ? "…" : "");
    buffer_text(out, zh ? "”" : "\"");
}

/* The page as the reader finds it: the sheet, from 1. */
static void put_page(Buffer *out, size_t index, bool zh)
{
    buffer_printf(out, zh ? "第%zu页" : "page %zu", index + 1);
}

static void put_fault(const PageReport *report, const PageFault *fault, Language language, Buffer *out)
{
    bool zh = language == LANGUAGE_ZH;
    buffer_text(out, "      ");
    put_page(out, fault->page, zh);
    buffer_text(out, zh ? "：" : ": ");
    if (fault->kind == FAULT_UNDERFULL) {
        put_tenths(out, fault->amount, report->pages->pitch);
        buffer_printf(out, zh ? "行；%s" : " lines; %s", in_language(&ENDS[fault->why], language));
    } else {
        put_text(out, fault->text, zh);
    }
    if (fault->amount != 0 && fault->kind != FAULT_UNDERFULL) {
        buffer_text(out, " ");
        put_tenths(out, fault->amount, LENGTH_PER_PT);
        buffer_text(out, " pt");
    }
    buffer_text(out, "\n");
}

void page_report_print(const PageReport *report, Language language, Buffer *out)
{
    enum { MOST = 40 }; /* of a kind */
    bool zh = language == LANGUAGE_ZH;
    const PageList *pages = report->pages;
    buffer_printf(
        out, zh ? "版面：%zu页，正文%zu行，表格%zu部分\n" : "pages: %zu; lines of text: %zu; parts of tables: %zu\n",
        pages->count, report->text_lines, pages->table_count);
    size_t at = 0;
    for (size_t kind = 0; kind < FAULT_KINDS; kind++) {
        buffer_printf(out, "%6zu  %s", report->counts[kind], in_language(&FAULTS[kind], language));
        if (report->explained[kind] > 0)
            buffer_printf(out, zh ? "（有缘由的%zu）" : " (explained: %zu)", report->explained[kind]);
        buffer_text(out, "\n");
        for (size_t i = 0; i < report->counts[kind]; i++, at++)
            if (i < MOST)
                put_fault(report, &report->faults.items[at], language, out);
    }
    buffer_printf(out, "%s%d.%03d", in_language(WIDEST, language), report->widest / 1000, report->widest % 1000);
    if (report->widest > 0) {
        buffer_text(out, zh ? "，" : ", ");
        put_page(out, report->widest_page, zh);
        buffer_text(out, zh ? "：" : ": ");
        put_text(out, report->widest_text, zh);
    }
    buffer_text(out, "\n");
}

void page_report_print_json(const PageReport *report, Buffer *out)
{
    buffer_printf(out, "{\"pages\":%zu,\"lines\":%zu,\"widest\":%d,\"counts\":{", report->pages->count,
                  report->text_lines, report->widest);
    for (size_t kind = 0; kind < FAULT_KINDS; kind++)
        buffer_printf(out, "%s\"%s\":%zu", kind ? "," : "", FAULTS[kind].code, report->counts[kind]);
    buffer_text(out, "},\"faults\":[");
    for (size_t i = 0; i < report->faults.count; i++) {
        const PageFault *fault = &report->faults.items[i];
        buffer_printf(out, "%s{\"kind\":\"%s\",\"page\":%zu,\"explained\":%s,\"pt\":", i ? "," : "",
                      FAULTS[fault->kind].code, fault->page + 1, fault->explained ? "true" : "false");
        put_tenths(out, fault->amount, LENGTH_PER_PT);
        buffer_text(out, ",\"text\":");
        json_put_text(out, fault->kind == FAULT_UNDERFULL ? ENDS[fault->why].zh : fault->text);
        buffer_text(out, "}");
    }
    buffer_text(out, "]}\n");
}
