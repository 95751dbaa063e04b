/* Page references of the text -> the numbers of the pages, each in the room kept for it, and links to them. */
#include <string.h>

#include "layout/flow_int.h"
#include "layout/table_int.h"

/* From the first figure's left edge to the last one's right. */
static Length kept_room(const GlyphRun *run, const Font *font)
{
    const Glyph *last = &run->glyphs[run->count - 1];
    return last->x + font_advance(font, last->id, run->size) - run->glyphs[0].x;
}

void reference_note(const Canvas *canvas, const LineRun *run, size_t item, Length x, Length y, NodeId node)
{
    Layout *layout = canvas->layout;
    Reference *reference = array_push(layout->arena, &layout->references);
    *reference = (Reference){.page = layout->page_array.count, .item = item, .link = SIZE_MAX, .origin = run->origin};
    if (node == NODE_ARTIFACT) {
        return; /* shown again: the first showing is the link */
    }
    NodeId link = structure_node(layout, node, ROLE_LINK, NULL);
    layout->items.items[item].node = link;
    Length width = kept_room(&layout->items.items[item].glyphs, run->font);
    reference->link = canvas_link(canvas, x, y - em_ascent(run->size), width, run->size, link, 0);
}

/* The number in the middle of the room. One digit more than there is room for takes half of itself from the gap on
 * either side, which is a quarter of a character or more. */
static void fill_in(Layout *layout, Item *item, int number)
{
    GlyphRun *run = &item->glyphs;
    const Font *font = layout->page_fonts.items[run->font];
    const char *text = arena_printf(layout->arena, "%d", number);
    ShapedRun shaped = font_shape(font, text, strlen(text), run->size, layout->arena);
    Length shift = run->glyphs[0].x + (kept_room(run, font) - shaped.width) / 2;
    for (size_t i = 0; i < shaped.count; i++) {
        shaped.glyphs[i].x += shift;
    }
    run->glyphs = shaped.glyphs;
    run->count = shaped.count;
    run->text = text;
    run->text_len = strlen(text);
}

static const TableBox *find_table(TableBox *const *boxes, size_t count, const char *kind)
{
    for (size_t i = 0; i < count; i++) {
        if (boxes[i]->table->kind && strcmp(boxes[i]->table->kind, kind) == 0) {
            return boxes[i];
        }
    }
    return NULL;
}

bool references_fill(Layout *layout, TableBox *const *boxes, size_t count)
{
    bool found = true;
    for (size_t i = 0; i < layout->references.count; i++) {
        const Reference *reference = &layout->references.items[i];
        const TableBox *box = find_table(boxes, count, reference->origin->page_of);
        if (!box) {
            finding_add(layout->findings, MESSAGE_PAGE_OF_NOTHING, reference->origin->place, NULL,
                        reference->origin->page_of, NULL);
            found = false;
            continue;
        }
        size_t target = layout->targets.items[box->target].page;
        Item *items = layout->page_array.items[reference->page].items;
        int number = layout->page_array.items[target].number;
        fill_in(layout, &items[reference->item], number > 0 ? number : (int)target + 1);
        if (reference->link != SIZE_MAX) {
            items[reference->link].target = box->target;
        }
    }
    return found;
}
