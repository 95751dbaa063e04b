/* The document's cover -> a page whose blank lines count from its head. */
#include <assert.h>

#include "layout/flow_int.h"

void cover_place(Layout *layout)
{
    const Document *document = layout->document;
    FlowList list;
    flow_list_init(&list, layout, false);
    flow_push(&list, FLOW_LINES); /* of no height: blank lines would vanish at the page's head */
    for (size_t i = 0; i < document->cover_count; i++) {
        assert(document->cover[i].kind == BLOCK_PARAGRAPH);
        flow_block(&list, &document->cover[i]);
    }
    flow_keep(&list, 0, list.items.count - 1, PAGE_END_BLOCK); /* one page, unless it cannot be */
    position_pages(&list, paginate(&list, PAGE_END_WISH, layout->arena));
}
