/* The text's lines -> the widest step from one Hanzi to the next. */
#include "base/text.h"
#include "page/report_int.h"

typedef struct Step {
    bool han; /* the glyph before is a Hanzi */
    Length x; /* where it stands on the page */
} Step;

static void run_steps(Reporter *reporter, const PageLine *line, const Item *item, Step *step)
{
    const GlyphRun *run = &item->glyphs;
    for (size_t i = 0; i < run->count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        uint32_t code = 0;
        if (glyph->text_len > 0)
            utf8_decode(run->text + glyph->text_at, glyph->text_len, &code);
        Length x = item->x + glyph->x;
        bool han = report_is_han(code);
        int wide = han && step->han ? (int)length_scale(x - step->x, 1000, run->size) : 0;
        if (wide > reporter->report->widest) {
            reporter->report->widest = wide;
            reporter->report->widest_page = line->page;
            reporter->report->widest_text = report_line_text(reporter, line);
        }
        *step = (Step){han, x};
    }
}

void report_steps(Reporter *reporter)
{
    const PageList *pages = reporter->pages;
    for (size_t i = 0; i < pages->line_count; i++) {
        const PageLine *line = &pages->lines[i];
        Step step = {0};
        for (size_t j = 0; line->part == LINE_BODY && j < line->item_count; j++)
            run_steps(reporter, line, &pages->pages[line->page].items[line->first_item + j], &step);
    }
}
