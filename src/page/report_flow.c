/* What follows what on the pages -> headings, captions, lines and rows left alone, and pages that end short. */
#include "page/report_int.h"

/* The next line on the same page that is no folio, or NULL. */
static const PageLine *next_line(const PageList *pages, const PageLine *line)
{
    const PageLine *end = pages->lines + pages->line_count;
    for (const PageLine *next = line + 1; next < end && next->page == line->page; next++)
        if (next->part != LINE_FOLIO)
            return next;
    return NULL;
}

/* The first line of the pages after it. */
static const PageLine *line_over(const PageList *pages, const PageLine *line)
{
    const PageLine *end = pages->lines + pages->line_count;
    for (const PageLine *next = line + 1; next < end; next++)
        if (next->page > line->page && next->part != LINE_FOLIO)
            return next;
    return NULL;
}

/* A heading wants two lines, or a table, or all that stands under it. */
static bool is_stranded(const PageList *pages, const PageLine *heading)
{
    const PageLine *over = line_over(pages, heading), *next = next_line(pages, heading);
    if (!over)
        return false;
    if (!next)
        return true;
    if (next->part != LINE_BODY || next_line(pages, next))
        return false;
    /* one line, all that stands under it but for a turned table, is enough */
    return !(next->last && (over->part == LINE_HEADING || pages->pages[heading->page].end == PAGE_END_TURNED));
}

static void check_line(Reporter *reporter, const PageLine *before, const PageLine *line)
{
    const PageList *pages = reporter->pages;
    const PageLine *next = next_line(pages, line), *over = line_over(pages, line);
    bool opens = !before || before->page != line->page;
    if (line->part == LINE_HEADING && line->last && is_stranded(pages, line))
        report_add(reporter, FAULT_STRANDED, line->page, report_line_text(reporter, line));
    if (line->part == LINE_CAPTION && !next)
        report_add(reporter, FAULT_STRANDED, line->page, report_line_text(reporter, line));
    bool text = line->part == LINE_BODY || line->part == LINE_NOTE;
    if (text && ((opens && line->last && !line->first) || (!next && over && line->first && !line->last)))
        report_add(reporter, FAULT_LONELY, line->page, report_line_text(reporter, line));
}

/* One row carried over, a total that opens a page, rows without a head, a page without any row. */
static void check_table(Reporter *reporter, const PageTable *before, const PageTable *table)
{
    bool continued = before && before->table == table->table;
    bool same_row = continued && before->end_row == table->first_row + 1; /* of a row that is cut */
    bool alone = continued && !same_row && table->row_count > 2 && table->end_row == table->row_count &&
                 table->end_row == table->first_row + 1;
    bool bare = !continued && table->row_count > 0 && table->end_row == 0;
    if (alone || bare || (continued && table->total_first) || !table->headed)
        report_add(reporter, FAULT_ROW, table->page, table->caption);
    for (uint32_t i = 0; i < table->lost; i++)
        report_add(reporter, FAULT_ROW, table->page, table->caption);
}

static void check_end(Reporter *reporter, size_t index)
{
    const Page *page = &reporter->pages->pages[index];
    if (page->blank <= 3 * reporter->pages->pitch || page->end == PAGE_END_LAST || page->end == PAGE_END_WISH)
        return;
    PageFault *fault = report_add(reporter, FAULT_UNDERFULL, index, "");
    fault->amount = page->blank;
    fault->why = page->end;
    fault->explained = page->end != PAGE_END_FULL && page->end != PAGE_END_CHOICE;
}

void report_flow(Reporter *reporter)
{
    const PageList *pages = reporter->pages;
    const PageLine *before = NULL;
    for (size_t i = 0; i < pages->line_count; i++) {
        if (pages->lines[i].part == LINE_FOLIO)
            continue;
        check_line(reporter, before, &pages->lines[i]);
        before = &pages->lines[i];
    }
    for (size_t i = 0; i < pages->table_count; i++)
        check_table(reporter, i > 0 ? &pages->tables[i - 1] : NULL, &pages->tables[i]);
    for (size_t i = 0; i < pages->count; i++)
        check_end(reporter, i);
}
