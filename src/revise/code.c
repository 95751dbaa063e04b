/* A text -> a QR code on a page (ISO/IEC 18004), its dark modules as rules. */
#include <qrencode.h>
#include <string.h>

#include "revise/revise.h"

#define QUIET 4 /* [modules] of blank around it, ISO/IEC 18004 */

bool page_add_code(Page *page, const char *text, Length x, Length y, Length size, Arena *arena)
{
    QRcode *code = QRcode_encodeData((int)strlen(text), (const unsigned char *)text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    int width = code->width;
    Length module = size / (width + 2 * QUIET);
    ARRAY(Item) items = {0};
    for (size_t i = 0; i < page->count; i++)
        *array_push(arena, &items) = page->items[i];
    for (int row = 0; row < width; row++) {
        for (int from = 0, to; from < width; from = to + 1) {
            to = from;
            while (to < width && (code->data[row * width + to] & 1)) /* neighbours share a rule: no seams between */
                to++;
            if (to > from)
                *array_push(arena, &items) = (Item){.kind = ITEM_RULE,
                                                    .node = NODE_ARTIFACT,
                                                    .artifact = ARTIFACT_LAYOUT,
                                                    .color = COLOR_BLACK,
                                                    .x = x + (QUIET + from) * module,
                                                    .y = y + (QUIET + row) * module,
                                                    .width = (to - from) * module,
                                                    .height = module};
        }
    }
    QRcode_free(code);
    page->items = items.items;
    page->count = items.count;
    return true;
}
