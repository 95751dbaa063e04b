/* PageList -> the JSON map from each figure of the data to where it stands on the pages. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "pdf/pdf_int.h"

/* Ink of digits and Hanzi within a line: over the baseline and under it, in thousandths of the size. */
#define ASCENT  880
#define DESCENT 120

/* To 1/100 pt, which is what a marker around it needs. */
static void number_put(Buffer *out, Length length)
{
    pdf_put_fixed(out, length_scale(length, 100, LENGTH_PER_PT), 2);
}

static void box_put(Buffer *out, const Page *page, const Item *item)
{
    const GlyphRun *run = &item->glyphs;
    Length ascent = length_scale(run->size, ASCENT, 1000), descent = length_scale(run->size, DESCENT, 1000);
    Length base = page->height - item->y;
    Length across[4] = {item->x, base - descent, item->x + run->width, base + ascent};
    Length up[4] = {item->x - ascent, base, item->x + descent, base + run->width};
    const Length *box = run->turned ? up : across;
    for (size_t i = 0; i < 4; i++) {
        pdf_put_char(out, i == 0 ? '[' : ',');
        number_put(out, box[i]);
    }
    pdf_put_char(out, ']');
}

void pdf_figures_json(const PageList *pages, Buffer *out)
{
    bool any = false;
    pdf_put(out, "{\"version\":1,\"unit\":\"pt\",\"origin\":\"bottom left\",\"figures\":[");
    for (size_t p = 0; p < pages->count; p++) {
        const Page *page = &pages->pages[p];
        for (size_t i = 0; i < page->count; i++) {
            const Item *item = &page->items[i];
            const ItemOrigin *origin = item->kind == ITEM_GLYPHS ? item->glyphs.origin : NULL;
            if (!origin || !origin->figure || !origin->path || item->node == NODE_ARTIFACT)
                continue;
            pdf_put(out, any ? ",\n{\"path\":" : "\n{\"path\":");
            any = true;
            json_put_text(out, origin->path);
            pdf_put(out, ",\"page\":");
            pdf_put_int(out, (int64_t)p + 1);
            pdf_put(out, ",\"box\":");
            box_put(out, page, item);
            pdf_put(out, origin->changed ? ",\"changed\":true" : "");
            pdf_put(out, item->glyphs.turned ? ",\"turned\":true,\"text\":" : ",\"text\":");
            json_put_bytes(out, item->glyphs.text, item->glyphs.text_len);
            pdf_put_char(out, '}');
        }
    }
    pdf_put(out, "\n]}\n");
}
