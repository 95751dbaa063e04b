/* Blocks -> the logical tree, targets and bookmarks, in reading order. */
#include <string.h>

#include "base/text.h"
#include "layout/flow_int.h"
#include "text/text.h"

NodeId structure_node(Layout *layout, NodeId parent, Role role, const Origin *origin)
{
    StructNode *node = array_push(layout->arena, &layout->nodes);
    *node = (StructNode){.parent = parent, .role = role, .row_span = 1, .col_span = 1};
    node->path = origin ? origin->path : NULL;
    return (NodeId)(layout->nodes.count - 1);
}

size_t structure_target(Layout *layout, NodeId node)
{
    *array_push(layout->arena, &layout->targets) = (Target){.node = node};
    return layout->targets.count - 1;
}

/* The heading's words as they are set: controls as spaces; invisible characters before the first have no glyph to
 * belong to and are not. */
static const char *bookmark_title(const InlineList *list, Arena *arena)
{
    const char *text = inline_list_text(list, arena);
    size_t len = strlen(text), out = 0;
    char *title = arena_alloc(arena, len + 1);
    bool begun = false;
    for (size_t at = 0, size; at < len; at += size) {
        uint32_t code;
        size = utf8_decode(text + at, len - at, &code);
        if (size == 0) {
            size = 1;
        } else if (text_is_control(code)) {
            title[out++] = ' ';
            begun = true;
            continue;
        } else if (!begun && text_class(code) == TEXT_INVISIBLE) {
            continue;
        }
        begun = true;
        memcpy(title + out, text + at, size);
        out += size;
    }
    title[out] = '\0';
    return title;
}

size_t structure_bookmark(Layout *layout, int level, const InlineList *title, NodeId node)
{
    structure_target(layout, node);
    *array_push(layout->arena, &layout->bookmarks) =
        (Bookmark){.level = level, .title = bookmark_title(title, layout->arena), .target = layout->targets.count - 1};
    return layout->targets.count - 1;
}

/* The first bookmark is of level 0, each other at most one deeper than the one before: an outline without gaps. */
static void close_level_gaps(Bookmark *bookmarks, size_t count)
{
    enum { DEPTH_MAX = 16 };
    int open[DEPTH_MAX] = {0}; /* the declared levels of the open ancestors */
    int depth = 0;
    for (size_t i = 0; i < count; i++) {
        while (depth > 0 && open[depth - 1] >= bookmarks[i].level) {
            depth--;
        }
        depth = depth < DEPTH_MAX ? depth : DEPTH_MAX - 1;
        open[depth] = bookmarks[i].level;
        bookmarks[i].level = depth++;
    }
}

void structure_finish(Layout *layout)
{
    PageList *pages = layout->pages;
    close_level_gaps(layout->bookmarks.items, layout->bookmarks.count);
    pages->nodes = layout->nodes.items;
    pages->node_count = layout->nodes.count;
    pages->targets = layout->targets.items;
    pages->target_count = layout->targets.count;
    pages->bookmarks = layout->bookmarks.items;
    pages->bookmark_count = layout->bookmarks.count;
    pages->lines = layout->lines.items;
    pages->line_count = layout->lines.count;
    pages->tables = layout->tables.items;
    pages->table_count = layout->tables.count;
    pages->cell = layout->document->style.page.cell;
    pages->pitch = layout->document->style.page.pitch;
}
