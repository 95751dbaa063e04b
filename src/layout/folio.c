/* A page's number -> the folio, and the draft word of a forced edition, on the upright page. */
#include <string.h>

#include "layout/flow_int.h"

/* Where the middle of a line's first sign stands over the baseline: the dash of the folio; two fifths of the em when
 * the font does not tell. */
static Length middle_rise(const Line *line)
{
    for (size_t i = 0; i < line->run_count; i++) {
        const LineRun *run = &line->runs[i];
        int box[4] = {0};
        if (run->count > 0) {
            font_glyph_box(run->font, run->glyphs[0].id, box);
        }
        if (box[3] > box[1]) {
            return length_scale(run->size, box[1] + box[3], 2 * font_info(run->font)->units_per_em);
        }
    }
    return 0;
}

LineList words_set(Layout *layout, const ParagraphStyle *base, Length size, const char *words, Length measure)
{
    ParagraphStyle *style = arena_copy(layout->arena, base, sizeof *base);
    style->align = ALIGN_LEFT;
    style->first_indent = style->left_indent = style->right_indent = 0;
    style->size = size;
    Inline *text = arena_new_of(layout->arena, Inline);
    *text = (Inline){.kind = INLINE_TEXT, .text = words, .len = strlen(words)};
    InlineList list = {.items = text, .count = 1};
    return paragraph_set(layout, &list, style, measure);
}

/* The x of a line one inset from the outer edge: odd pages right, even left. */
static Length outer_x(const PageStyle *page, const Line *line, int number)
{
    return number % 2 ? page->text_width - page->folio_inset - line->width : page->folio_inset;
}

static void draft_place(Layout *layout, const Canvas *canvas, int number)
{
    const PageStyle *page = canvas->style;
    const ParagraphStyle *base = page->folio;
    for (size_t i = 0; !base && i < layout->document->count; i++) {
        base = layout->document->blocks[i].style;
    }
    if (!base) {
        return;
    }
    Length size = page->cell * 2;
    LineList lines = words_set(layout, base, size, page->draft, page->text_width);
    for (size_t i = 0; i < lines.count && i < 1; i++) {
        const Line *line = &lines.items[i];
        /* in the middle of the head margin at the outer side, and at the foot in the middle, below the folio's line */
        canvas_line(canvas, line, outer_x(page, line, number) - line->x, em_ascent(size) - page->top / 2 - size / 2,
                    NODE_ARTIFACT, ARTIFACT_WATERMARK);
        canvas_line(canvas, line, (page->text_width - line->width) / 2 - line->x,
                    page->text_height + 2 * page->folio_drop + em_ascent(size) - size / 2, NODE_ARTIFACT,
                    ARTIFACT_WATERMARK);
    }
}

/* 9704 7.5: the middle of the dashes 7 mm under the page body, one character in from the outer edge. */
void folio_place(Layout *layout, int number)
{
    const PageStyle *page = &layout->document->style.page;
    Canvas canvas = {.layout = layout, .style = page};
    if (page->draft) {
        draft_place(layout, &canvas, number);
    }
    if (!page->folio || layout->front) {
        return;
    }
    const char *words = arena_printf(layout->arena, "%s%d%s", page->folio_before ? page->folio_before : "", number,
                                     page->folio_after ? page->folio_after : "");
    LineList lines = words_set(layout, page->folio, page->folio->size, words, page->text_width);
    if (lines.count > 0) {
        const Line *line = &lines.items[0];
        canvas_line(&canvas, line, outer_x(page, line, number) - line->x,
                    page->text_height + page->folio_drop + middle_rise(line), NODE_ARTIFACT, ARTIFACT_PAGINATION);
    }
}
