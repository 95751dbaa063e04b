/* PageList -> its text in the order of the structure: what a file made from it must give back. */
#include <string.h>

#include "pdf/pdf.h"

#define NONE UINT32_MAX

/* A node's own runs of text, all pages numbered through. */
typedef struct NodeText {
    uint32_t first, last;                     /* runs */
    uint32_t first_child, last_child, beside; /* nodes */
    uint32_t order;                           /* of the first run in it or below it */
} NodeText;

typedef struct RunText {
    const GlyphRun *run;
    uint32_t next; /* of the same node */
} RunText;

typedef struct TextWalk {
    const PageList *pages;
    NodeText *nodes;
    ARRAY(RunText) runs;
    Buffer out;
} TextWalk;

static bool is_block(Role role)
{
    switch (role) {
    case ROLE_HEADING:
    case ROLE_PARAGRAPH:
    case ROLE_CAPTION:
    case ROLE_HEADER_CELL:
    case ROLE_DATA_CELL:
    case ROLE_NOTE:
    case ROLE_TOC_ITEM:
        return true;
    case ROLE_DOCUMENT:
    case ROLE_TABLE:
    case ROLE_TABLE_HEAD:
    case ROLE_TABLE_BODY:
    case ROLE_TABLE_ROW:
    case ROLE_LINK:
    case ROLE_TOC:
    case ROLE_SPAN:
        break;
    }
    return false;
}

static void runs_gather(TextWalk *walk, Arena *arena)
{
    const PageList *pages = walk->pages;
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item->kind != ITEM_GLYPHS || item->node >= pages->node_count)
                continue;
            NodeText *node = &walk->nodes[item->node];
            uint32_t index = (uint32_t)walk->runs.count;
            *array_push(arena, &walk->runs) = (RunText){&item->glyphs, NONE};
            if (node->last == NONE)
                node->first = node->order = index;
            else
                walk->runs.items[node->last].next = index;
            node->last = index;
        }
    }
}

/* A parent's id is lower than its children's. */
static void nodes_link(TextWalk *walk)
{
    size_t count = walk->pages->node_count;
    for (size_t i = 1; i < count; i++) {
        NodeText *parent = &walk->nodes[walk->pages->nodes[i].parent];
        if (parent->last_child == NONE)
            parent->first_child = (uint32_t)i;
        else
            walk->nodes[parent->last_child].beside = (uint32_t)i;
        parent->last_child = (uint32_t)i;
    }
    for (size_t i = count; i-- > 1;) {
        NodeText *parent = &walk->nodes[walk->pages->nodes[i].parent];
        parent->order = walk->nodes[i].order < parent->order ? walk->nodes[i].order : parent->order;
    }
}

/* Own text and children as they follow one another on the pages; a child without text stays where it is. */
static void node_put(TextWalk *walk, size_t id)
{
    const NodeText *node = &walk->nodes[id];
    uint32_t run = node->first, child = node->first_child;
    while (run != NONE || child != NONE) {
        bool own = run != NONE;
        if (own && child != NONE && walk->nodes[child].order != NONE)
            own = run < walk->nodes[child].order;
        else if (own && child != NONE)
            own = false;
        if (own) {
            const RunText *text = &walk->runs.items[run];
            buffer_append(&walk->out, text->run->text, text->run->text_len);
            run = text->next;
        } else {
            node_put(walk, child);
            child = walk->nodes[child].beside;
        }
    }
    if (is_block(walk->pages->nodes[id].role))
        buffer_text(&walk->out, "\n");
}

const char *pdf_text(const PageList *pages, Arena *arena)
{
    if (pages->node_count == 0)
        return "";
    TextWalk walk = {.pages = pages, .nodes = arena_array_of(arena, NodeText, pages->node_count)};
    for (size_t i = 0; i < pages->node_count; i++)
        walk.nodes[i] = (NodeText){NONE, NONE, NONE, NONE, NONE, NONE};
    runs_gather(&walk, arena);
    nodes_link(&walk);
    node_put(&walk, 0);
    const char *text = walk.out.len > 0 ? arena_strndup(arena, walk.out.bytes, walk.out.len) : "";
    buffer_release(&walk.out);
    return text;
}
