/* Finished pages -> the report of their faults. */
#include "page/report.h"

#include <stdlib.h>

#include "page/report_int.h"

PageFault *report_add(Reporter *reporter, PageFaultKind kind, size_t page, const char *text)
{
    PageFault *fault = array_push(reporter->arena, &reporter->report->faults);
    *fault = (PageFault){.kind = kind, .page = page, .text = text};
    return fault;
}

static int by_kind_and_page(const void *a, const void *b)
{
    const PageFault *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    return 0;
}

PageReport *page_report_make(const PageList *pages, Arena *arena)
{
    PageReport *report = arena_new_of(arena, PageReport);
    report->pages = pages;
    report->widest_text = "";
    Reporter reporter = {.report = report, .pages = pages, .arena = arena};
    report_lines(&reporter);
    report_steps(&reporter);
    report_flow(&reporter);
    if (report->faults.count > 0)
        qsort(report->faults.items, report->faults.count, sizeof *report->faults.items, by_kind_and_page);
    for (size_t i = 0; i < report->faults.count; i++) {
        report->counts[report->faults.items[i].kind]++;
        report->explained[report->faults.items[i].kind] += report->faults.items[i].explained;
    }
    return report;
}
