/* PageList -> the figures of the data with where they stand on the pages, and the JSON map of them. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "pdf/pdf_int.h"

/* Ink of digits and Hanzi within a line: over the baseline and under it, in thousandths of the size. */
#define ASCENT  880
#define DESCENT 120

typedef struct Gathering {
    Arena *arena;
    ARRAY(PdfFigure) figures;
    ARRAY(const ItemOrigin *) origins; /* parallel */
    uint32_t *open;                    /* by node: the figure its text ended with so far, from 1; 0: with other text */
} Gathering;

/* To 1/100 pt, which is what a marker around it needs. */
static void box_find(const Page *page, const Item *item, int64_t out[4])
{
    const GlyphRun *run = &item->glyphs;
    Length ascent = length_scale(run->size, ASCENT, 1000), descent = length_scale(run->size, DESCENT, 1000);
    Length base = page->height - item->y;
    Length across[4] = {item->x, base - descent, item->x + run->width, base + ascent};
    Length up[4] = {item->x - ascent, base, item->x + descent, base + run->width};
    const Length *box = run->turned ? up : across;
    for (size_t i = 0; i < 4; i++)
        out[i] = length_scale(box[i], 100, LENGTH_PER_PT);
}

/* Whether the run goes on with the figure that its node's text ended with: over a line's end it has the same origin,
 * over a page's end, where other cells may stand between, the same path. */
static PdfFigure *figure_continued(const Gathering *gathering, const Item *item, size_t page)
{
    uint32_t open = gathering->open[item->node];
    if (open == 0)
        return NULL;
    PdfFigure *figure = &gathering->figures.items[open - 1];
    bool same = gathering->origins.items[open - 1] == item->glyphs.origin;
    bool over_page = figure->parts[figure->part_count - 1].page < page;
    return same || (over_page && text_equal(figure->path, item->glyphs.origin->path)) ? figure : NULL;
}

static void part_add(Gathering *gathering, PdfFigure *figure, const Page *page, size_t number, const Item *item)
{
    const GlyphRun *run = &item->glyphs;
    PdfFigurePart *parts = arena_array_of(gathering->arena, PdfFigurePart, figure->part_count + 1);
    if (figure->part_count > 0)
        memcpy(parts, figure->parts, figure->part_count * sizeof *parts);
    PdfFigurePart *part = &parts[figure->part_count];
    part->page = number;
    part->text = arena_strndup(gathering->arena, run->text, run->text_len);
    box_find(page, item, part->box);
    figure->parts = parts;
    figure->text =
        figure->part_count++ == 0 ? part->text : arena_printf(gathering->arena, "%s%s", figure->text, part->text);
}

static void item_gather(Gathering *gathering, const Page *page, size_t number, const Item *item)
{
    const ItemOrigin *origin = item->glyphs.origin;
    if (!origin || !origin->figure || !origin->path) {
        gathering->open[item->node] = 0;
        return;
    }
    PdfFigure *figure = figure_continued(gathering, item, number);
    if (!figure) {
        figure = array_push(gathering->arena, &gathering->figures);
        *figure = (PdfFigure){.path = origin->path, .changed = origin->changed, .turned = item->glyphs.turned};
        *array_push(gathering->arena, &gathering->origins) = origin;
        gathering->open[item->node] = (uint32_t)gathering->figures.count;
    }
    part_add(gathering, figure, page, number, item);
}

PdfFigureList pdf_figures_find(const PageList *pages, Arena *arena)
{
    Gathering gathering = {.arena = arena, .open = arena_array_of(arena, uint32_t, pages->node_count + 1)};
    for (size_t p = 0; p < pages->count; p++) {
        const Page *page = &pages->pages[p];
        for (size_t i = 0; i < page->count; i++) {
            const Item *item = &page->items[i];
            if (item->kind == ITEM_GLYPHS && item->node < pages->node_count)
                item_gather(&gathering, page, p + 1, item);
        }
    }
    return (PdfFigureList){gathering.figures.items, gathering.figures.count};
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static void part_put(Buffer *out, const PdfFigurePart *part)
{
    pdf_put(out, "\"page\":");
    pdf_put_int(out, (int64_t)part->page);
    pdf_put(out, ",\"box\":");
    for (size_t i = 0; i < 4; i++) {
        pdf_put_char(out, i == 0 ? '[' : ',');
        pdf_put_fixed(out, part->box[i], 2);
    }
    pdf_put_char(out, ']');
}

void pdf_figures_json(const PageList *pages, Buffer *out)
{
    Arena *scratch = arena_new();
    PdfFigureList figures = pdf_figures_find(pages, scratch);
    pdf_put(out, "{\"version\":1,\"unit\":\"pt\",\"origin\":\"bottom left\",\"figures\":[");
    for (size_t i = 0; i < figures.count; i++) {
        const PdfFigure *figure = &figures.items[i];
        pdf_put(out, i > 0 ? ",\n{\"path\":" : "\n{\"path\":");
        json_put_text(out, figure->path);
        pdf_put_char(out, ',');
        part_put(out, &figure->parts[0]);
        pdf_put(out, figure->changed ? ",\"changed\":true" : "");
        pdf_put(out, figure->turned ? ",\"turned\":true,\"text\":" : ",\"text\":");
        json_put_text(out, figure->text);
        for (size_t p = 0; figure->part_count > 1 && p < figure->part_count; p++) {
            pdf_put(out, p == 0 ? ",\"parts\":[{" : ",{");
            part_put(out, &figure->parts[p]);
            pdf_put(out, ",\"text\":");
            json_put_text(out, figure->parts[p].text);
            pdf_put(out, p + 1 < figure->part_count ? "}" : "}]");
        }
        pdf_put_char(out, '}');
    }
    pdf_put(out, "\n]}\n");
    arena_free(scratch);
}
