/* The logical tree, bookmarks and targets of a display list -> text, a node a line, children indented. */
#include <string.h>

#include "page/page_dump_int.h"

void dump_role(Buffer *out, const PageList *pages, NodeId node)
{
    static const char *const names[] = {
        [ROLE_DOCUMENT] = "Document", [ROLE_HEADING] = "H",     [ROLE_PARAGRAPH] = "P",
        [ROLE_CAPTION] = "Caption",   [ROLE_TABLE] = "Table",   [ROLE_TABLE_HEAD] = "THead",
        [ROLE_TABLE_BODY] = "TBody",  [ROLE_TABLE_ROW] = "TR",  [ROLE_HEADER_CELL] = "TH",
        [ROLE_DATA_CELL] = "TD",      [ROLE_NOTE] = "Note",     [ROLE_LINK] = "Link",
        [ROLE_TOC] = "TOC",           [ROLE_TOC_ITEM] = "TOCI", [ROLE_SPAN] = "Span",
    };
    if (node >= pages->node_count || (size_t)pages->nodes[node].role >= sizeof names / sizeof *names) {
        buffer_text(out, "?");
        return;
    }
    const StructNode *which = &pages->nodes[node];
    buffer_text(out, names[which->role]);
    if (which->role == ROLE_HEADING)
        buffer_printf(out, "%d", which->level);
}

static void dump_node(const PageList *pages, NodeId id, size_t depth, Buffer *out)
{
    static const char *const scopes[] = {NULL, "row", "column", "both"};
    const StructNode *node = &pages->nodes[id];
    for (size_t i = 0; i <= depth; i++)
        buffer_text(out, "  ");
    buffer_printf(out, "%lu:", (unsigned long)id);
    dump_role(out, pages, id);
    if (node->scope != SCOPE_NONE)
        buffer_printf(out, " scope=%s", (size_t)node->scope < 4 ? scopes[node->scope] : "?");
    if (node->row_span > 1)
        buffer_printf(out, " rows=%d", node->row_span);
    if (node->col_span > 1)
        buffer_printf(out, " cols=%d", node->col_span);
    for (size_t i = 0; i < node->header_count; i++)
        buffer_printf(out, "%s%lu", i == 0 ? " headers=" : ",", (unsigned long)node->headers[i]);
    dump_text(out, "actual", node->actual_text);
    dump_text(out, "alternate", node->alternate);
    dump_path(out, "path", node->path);
    buffer_text(out, node->changed ? " changed\n" : "\n");
}

/* Children in order of ids, as lists: `first` and `next` by node, node_count for none. */
typedef struct Children {
    size_t *first, *next;
} Children;

static Children list_children(const PageList *pages, Arena *arena)
{
    size_t none = pages->node_count;
    Children children = {arena_array_of(arena, size_t, none), arena_array_of(arena, size_t, none)};
    for (size_t i = 0; i < none; i++)
        children.first[i] = children.next[i] = none;
    for (size_t i = none; i-- > 1;) {
        NodeId parent = pages->nodes[i].parent;
        if (parent >= none)
            continue;
        children.next[i] = children.first[parent];
        children.first[parent] = i;
    }
    return children;
}

static void dump_nodes(const PageList *pages, Buffer *out)
{
    size_t none = pages->node_count, depth = 0, seen = 0;
    Arena *arena = arena_new();
    Children children = list_children(pages, arena);
    for (size_t node = 0; node != none;) {
        dump_node(pages, (NodeId)node, depth, out);
        seen++;
        if (children.first[node] != none) {
            node = children.first[node];
            depth++;
            continue;
        }
        while (depth > 0 && children.next[node] == none) {
            node = pages->nodes[node].parent;
            depth--;
        }
        node = depth == 0 ? none : children.next[node];
    }
    arena_free(arena);
    if (seen < none)
        buffer_printf(out, "  unreachable=%zu\n", none - seen); /* a mistake of layout: parents outside or in a ring */
}

void dump_structure(const PageList *pages, Buffer *out)
{
    if (pages->node_count > 0) {
        buffer_text(out, "structure\n");
        dump_nodes(pages, out);
    }
    for (size_t i = 0; i < pages->bookmark_count; i++) {
        const Bookmark *bookmark = &pages->bookmarks[i];
        buffer_printf(out, "bookmark level=%d target=%zu ", bookmark->level, bookmark->target);
        dump_quoted(out, bookmark->title, strlen(bookmark->title));
        buffer_text(out, "\n");
    }
    for (size_t i = 0; i < pages->target_count; i++) {
        const Target *target = &pages->targets[i];
        buffer_printf(out, "target %zu page=%zu", i, target->page + 1);
        dump_measure(out, "x", target->x);
        dump_measure(out, "y", target->y);
        if (target->node != NODE_ARTIFACT) {
            buffer_printf(out, " node=%lu:", (unsigned long)target->node);
            dump_role(out, pages, target->node);
        }
        buffer_text(out, "\n");
    }
}
