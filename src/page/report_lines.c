/* Lines as they stand on the pages -> faults at their edges and off the grid. */
#include "base/text.h"
#include "page/report_int.h"

/* A hundredth of a point: the measure for "exact". */
#define EXACT (LENGTH_PER_PT / 100)

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == 0x3000 || code == 0xA0 || code == 0x200B;
}

const char *report_line_text(const Reporter *reporter, const PageLine *line)
{
    const Page *page = &reporter->pages->pages[line->page];
    size_t len = 0;
    for (size_t i = 0; i < line->item_count; i++)
        len += page->items[line->first_item + i].glyphs.text_len;
    char *text = arena_alloc(reporter->arena, len + 1), *end = text;
    for (size_t i = 0; i < line->item_count; i++) {
        const GlyphRun *run = &page->items[line->first_item + i].glyphs;
        for (size_t j = 0; j < run->text_len; j++)
            *end++ = run->text[j];
    }
    *end = '\0';
    return text;
}

uint32_t *report_line_codes(const Reporter *reporter, const PageLine *line, size_t *count)
{
    const char *text = report_line_text(reporter, line);
    size_t len = 0;
    while (text[len])
        len++;
    uint32_t *codes = utf8_to_codes(reporter->arena, text, len, count);
    while (*count > 0 && is_blank(codes[*count - 1]))
        --*count;
    while (*count > 0 && is_blank(*codes)) {
        codes++;
        --*count;
    }
    return codes;
}

/* The line's beginning, and the end of the line of the paragraph before it. */
static void check_edges(Reporter *reporter, const PageLine *above, const PageLine *line)
{
    size_t count, above_count;
    const uint32_t *codes = report_line_codes(reporter, line, &count);
    const uint32_t *before = report_line_codes(reporter, above, &above_count);
    if (count == 0 || above_count == 0)
        return;
    uint32_t left = before[above_count - 1], right = codes[0];
    bool split = left == right && (left == 0x2014 || left == 0x2026);
    if (report_begins_no_line(right) || split)
        report_add(reporter, FAULT_MARK, line->page, report_line_text(reporter, line));
    if (report_ends_no_line(left))
        report_add(reporter, FAULT_MARK, above->page, report_line_text(reporter, above));
    if (report_parts_number(above_count > 1 ? before[above_count - 2] : 0, left, right))
        report_add(reporter, FAULT_NUMBER, above->page, report_line_text(reporter, above));
}

static void check_place(Reporter *reporter, const PageLine *line)
{
    Length over = line->end - line->measure > -line->start ? line->end - line->measure : -line->start;
    if (over > EXACT)
        report_add(reporter, FAULT_OVERFULL, line->page, report_line_text(reporter, line))->amount = over;
    else if (line->justified && !line->last && !line->closes && line->end < line->measure - EXACT)
        report_add(reporter, FAULT_RAGGED, line->page, report_line_text(reporter, line))->amount =
            line->measure - line->end;
    if (line->forced) /* layout takes one only where a paragraph has no setting within bounds: the least bad */
        report_add(reporter, FAULT_FORCED, line->page, report_line_text(reporter, line))->explained = true;
    /* all baselines of the grid are the first one's and whole pitches; it stands 0.88 of a cell under the edge */
    if (line->gridded && (line->baseline - length_scale(reporter->pages->cell, 88, 100)) % reporter->pages->pitch != 0)
        report_add(reporter, FAULT_OFF_GRID, line->page, report_line_text(reporter, line));
}

/* 孤字不成行: a mark goes with its character. In narrow cells a single one is no fault. */
static void check_runt(Reporter *reporter, const PageLine *line)
{
    if (!line->last || line->first || line->part == LINE_CELL)
        return;
    size_t count, signs = 0;
    const uint32_t *codes = report_line_codes(reporter, line, &count);
    for (size_t i = 0; i < count; i++)
        signs += !report_is_mark(codes[i]);
    if (signs < 2)
        report_add(reporter, FAULT_RUNT, line->page, report_line_text(reporter, line));
}

void report_lines(Reporter *reporter)
{
    const PageList *pages = reporter->pages;
    /* by node: its line before, 0 for none, else the index and 1; the lines of a cut row's cells come in turns */
    size_t *above = arena_array_of(reporter->arena, size_t, pages->node_count + 1);
    for (size_t i = 0; i < pages->line_count; i++) {
        const PageLine *line = &pages->lines[i];
        if (line->part == LINE_FOLIO)
            continue;
        reporter->report->text_lines += line->part == LINE_BODY;
        check_place(reporter, line);
        if (line->node == NODE_ARTIFACT || line->node >= pages->node_count)
            continue; /* shown again: it was checked where it stood first */
        check_runt(reporter, line);
        const PageLine *before = above[line->node] > 0 ? &pages->lines[above[line->node] - 1] : NULL;
        if (before && !before->last && !before->closes)
            check_edges(reporter, before, line);
        above[line->node] = i + 1;
    }
}
