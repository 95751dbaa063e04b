/* The structure tree of a file read back -> what is wrong with it: orphans either way, order, tables, ids. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/read_int.h"

#define TREE_DEPTH  64
#define COLUMNS_MAX 1000
#define SPAN_MAX    1000000

typedef struct TagWalk {
    Verify *verify;
    PdfFile *file;
    const Node **parents; /* by /StructParents: ParentTree's value */
    size_t parent_count;
    size_t *turns; /* by page: of the sequence that the tree read there last */
    ARRAY(const char *) ids, headers;
    int heading;
    size_t annotations;  /* that elements have */
    size_t *page_of_ref; /* by object number: page index + 1 */
} TagWalk;

static void fault(TagWalk *walk, size_t page, const char *what)
{
    verify_fault(walk->file, MESSAGE_VERIFY_TAG, page, what);
}

static bool role_known(const char *role)
{
    static const char *const ROLES[] = {"Document", "H1",      "H2",    "H3",    "H4",    "H5",   "H6",
                                        "P",        "Caption", "Table", "THead", "TBody", "TR",   "TH",
                                        "TD",       "Note",    "Link",  "TOC",   "TOCI",  "Span", "Figure"};
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++)
        if (strcmp(role, ROLES[i]) == 0)
            return true;
    return false;
}

/* ---- tables --------------------------------------------------------------------------------------------------------
 */

/* How many rows or columns a cell spans; 0: no such number. */
static int span_of(TagWalk *walk, const Node *cell, const char *key)
{
    const Node *value = file_get(walk->file, file_get(walk->file, cell, "A"), key);
    if (!value)
        return 1;
    return node_is(value, NODE_NUMBER) && value->number >= 1 && value->number <= SPAN_MAX ? (int)value->number : 0;
}

/* Rows of THead and TBody in turn. */
static void rows_gather(TagWalk *walk, const Node *element, int depth, TreeLeaves *rows)
{
    const Node *kids = file_get(walk->file, element, "K");
    for (size_t i = 0; node_is(kids, NODE_ARRAY) && i < kids->count && depth < 3; i++) {
        const Node *kid = file_resolve(walk->file, kids->items[i]), *role = node_get(kid, "S");
        if (node_named(role, "TR"))
            *array_push(walk->file->arena, rows) = kid;
        else if (node_named(role, "THead") || node_named(role, "TBody"))
            rows_gather(walk, kid, depth + 1, rows);
    }
}

/* A head never stands without a body (ISO 14289-1 7.2, ISO 32000-1 14.8.4.3.4). */
static bool has_body(TagWalk *walk, const Node *table)
{
    const Node *kids = file_get(walk->file, table, "K");
    bool head = false, body = false;
    for (size_t i = 0; node_is(kids, NODE_ARRAY) && i < kids->count; i++) {
        const Node *role = node_get(file_resolve(walk->file, kids->items[i]), "S");
        head = head || node_named(role, "THead");
        body = body || node_named(role, "TBody");
    }
    return body || !head;
}

/* ISO 14289-1 7.2: every row has the same number of columns with spans counted. `reach`: how many rows more each column
 * is covered by a cell above. */
static void table_check(TagWalk *walk, const Node *table)
{
    TreeLeaves rows = {0};
    int reach[COLUMNS_MAX] = {0};
    int columns = -1;
    char where[60];
    rows_gather(walk, table, 0, &rows);
    if (!has_body(walk, table))
        verify_fault(walk->file, MESSAGE_VERIFY_TABLE, 0, "THead");
    for (size_t r = 0; r < rows.count; r++) {
        const Node *kids = file_get(walk->file, rows.items[r], "K");
        int at = 0, end = 0;
        snprintf(where, sizeof where, "Table, TR %zu", r + 1);
        for (size_t i = 0; node_is(kids, NODE_ARRAY) && i < kids->count; i++) {
            const Node *cell = file_resolve(walk->file, kids->items[i]);
            int across = span_of(walk, cell, "ColSpan"), down = span_of(walk, cell, "RowSpan");
            while (at < COLUMNS_MAX && reach[at] > 0)
                at++;
            if (across == 0 || down == 0 || at + across > COLUMNS_MAX || (size_t)down > rows.count - r) {
                verify_fault(walk->file, MESSAGE_VERIFY_TABLE, 0, where);
                return;
            }
            for (int c = at; c < at + across; c++) {
                if (reach[c] > 0)
                    verify_fault(walk->file, MESSAGE_VERIFY_TABLE, 0, where);
                reach[c] = down;
            }
            at += across;
        }
        for (int c = 0; c < COLUMNS_MAX; c++)
            end = reach[c] > 0 ? c + 1 : end;
        for (int c = 0; c < end; c++)
            if (reach[c]-- <= 0)
                end = -1;
        if (end < 0 || (columns >= 0 && end != columns)) {
            verify_fault(walk->file, MESSAGE_VERIFY_TABLE, 0, where);
            return;
        }
        columns = end;
    }
}

/* A data cell must say which headers it belongs to, or stand where a scoped header reaches; ours always say. */
static void cell_check(TagWalk *walk, const Node *element, const char *role)
{
    const Node *attributes = file_get(walk->file, element, "A"), *headers = file_get(walk->file, attributes, "Headers");
    if (strcmp(role, "TD") == 0 && !(node_is(headers, NODE_ARRAY) && headers->count > 0))
        verify_fault(walk->file, MESSAGE_VERIFY_TABLE, 0, "TD, Headers");
    if (strcmp(role, "TH") == 0 && !node_get(attributes, "Scope") && !node_get(element, "ID"))
        verify_fault(walk->file, MESSAGE_VERIFY_TABLE, 0, "TH, Scope");
    for (size_t i = 0; node_is(headers, NODE_ARRAY) && i < headers->count; i++)
        if (headers->items[i]->kind == NODE_STRING)
            *array_push(walk->file->arena, &walk->headers) = headers->items[i]->bytes;
}

/* ---- elements ------------------------------------------------------------------------------------------------------
 */

static size_t page_index(const TagWalk *walk, const Node *ref)
{
    if (!node_is(ref, NODE_REF) || (size_t)ref->number >= walk->file->count)
        return SIZE_MAX;
    return walk->page_of_ref[(size_t)ref->number] - 1; /* 0 - 1: no page */
}

/* What the ParentTree has under a key: of a page its row, of an annotation a reference. */
static const Node *parent_of(const TagWalk *walk, const Node *key)
{
    if (!node_is(key, NODE_NUMBER) || key->number < 0 || key->number >= (double)walk->parent_count)
        return NULL;
    return walk->parents[(size_t)key->number];
}

static const Node *page_row(const TagWalk *walk, size_t page)
{
    return file_resolve(walk->file, parent_of(walk, node_get(walk->file->pages[page], "StructParents")));
}

/* An annotation of a link must be tied back to it. */
static void annotation_check(TagWalk *walk, const Node *reference, const char *role, uint32_t owner)
{
    const Node *annotation = file_get(walk->file, reference, "Obj");
    const Node *tied = parent_of(walk, node_get(annotation, "StructParent"));
    walk->annotations++;
    if (strcmp(role, "Link") != 0 || !node_named(node_get(annotation, "Subtype"), "Link") || !node_is(tied, NODE_REF) ||
        tied->number != owner)
        fault(walk, 0, "OBJR");
}

/* A sequence that an element owns: it must be there and be tied back, and each page's sequences must run in the order
 * in which the tree reads them. An element that goes on over a page break, as a cell that is cut, has sequences on
 * several pages: the rule holds for each page by itself. */
static void piece_check(TagWalk *walk, size_t page, const Node *number, uint32_t owner)
{
    Verify *verify = walk->verify;
    if (page >= walk->file->page_count || !node_is(number, NODE_NUMBER) || number->number < 0) {
        fault(walk, 0, "MCR");
        return;
    }
    size_t mcid = (size_t)number->number;
    const ReadPage *read = &verify->pages[page];
    ReadMark *mark = mcid < read->mark_count ? &read->marks[mcid] : NULL;
    if (!mark || mark->turn == 0) {
        fault(walk, page + 1, "MCID");
        return;
    }
    if (mark->turn < walk->turns[page])
        fault(walk, page + 1, "reading order");
    walk->turns[page] = mark->turn;
    mark->turn = 0;
    buffer_append(&verify->text, mark->text.bytes, mark->text.len);
    const Node *row = page_row(walk, page);
    if (!node_is(row, NODE_ARRAY) || mcid >= row->count || !node_is(row->items[mcid], NODE_REF) ||
        row->items[mcid]->number != owner)
        fault(walk, page + 1, "ParentTree");
}

static void element_walk(TagWalk *walk, uint32_t ref, uint32_t parent, int depth)
{
    PdfFile *file = walk->file;
    const Node *element = file_object(file, ref), *role = node_get(element, "S"), *up = node_get(element, "P");
    size_t home = page_index(walk, node_get(element, "Pg"));
    if (depth > TREE_DEPTH || !node_is(role, NODE_NAME) || ++walk->verify->report->elements > file->count) {
        fault(walk, 0, "StructElem");
        return;
    }
    if (!node_is(up, NODE_REF) || up->number != parent)
        fault(walk, 0, "P");
    if (!role_known(role->bytes))
        fault(walk, 0, role->bytes);
    if (role->bytes[0] == 'H' && role->len == 2) {
        int level = role->bytes[1] - '0';
        if (level > walk->heading + 1)
            fault(walk, 0, role->bytes);
        walk->heading = level;
    }
    if (node_is(node_get(element, "ID"), NODE_STRING))
        *array_push(file->arena, &walk->ids) = node_get(element, "ID")->bytes;
    cell_check(walk, element, role->bytes);
    const Node *kids = file_get(file, element, "K");
    for (size_t i = 0; node_is(kids, NODE_ARRAY) && i < kids->count; i++) {
        const Node *kid = kids->items[i];
        if (kid->kind == NODE_NUMBER)
            piece_check(walk, home, kid, ref);
        else if (kid->kind == NODE_REF)
            element_walk(walk, (uint32_t)kid->number, ref, depth + 1);
        else if (node_named(node_get(kid, "Type"), "MCR"))
            piece_check(walk, node_get(kid, "Pg") ? page_index(walk, node_get(kid, "Pg")) : home, node_get(kid, "MCID"),
                        ref);
        else if (node_named(node_get(kid, "Type"), "OBJR"))
            annotation_check(walk, kid, role->bytes, ref);
        else
            fault(walk, 0, "K");
    }
    if (strcmp(role->bytes, "Table") == 0)
        table_check(walk, element);
    static const char *const BLOCKS[] = {"P", "Caption", "TH", "TD", "Note", "TOCI"};
    bool block = role->bytes[0] == 'H';
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        block = block || strcmp(role->bytes, BLOCKS[i]) == 0;
    if (block)
        buffer_text(&walk->verify->text, "\n");
}

static int text_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void headers_check(TagWalk *walk)
{
    if (walk->ids.count > 0)
        qsort(walk->ids.items, walk->ids.count, sizeof *walk->ids.items, text_compare);
    for (size_t i = 1; i < walk->ids.count; i++)
        if (strcmp(walk->ids.items[i - 1], walk->ids.items[i]) == 0)
            fault(walk, 0, walk->ids.items[i]);
    for (size_t i = 0; i < walk->headers.count; i++) {
        if (walk->ids.count == 0 || !bsearch(&walk->headers.items[i], walk->ids.items, walk->ids.count,
                                             sizeof *walk->ids.items, text_compare)) {
            verify_fault(walk->file, MESSAGE_VERIFY_TABLE, 0, walk->headers.items[i]);
            return;
        }
    }
}

/* After the walk: each sequence was somebody's, and the page's row of the ParentTree is as long as there are sequences.
 */
static void page_check(TagWalk *walk, size_t page)
{
    const ReadPage *read = &walk->verify->pages[page];
    const Node *row = page_row(walk, page);
    if ((node_is(row, NODE_ARRAY) ? row->count : 0) != read->turns)
        fault(walk, page + 1, "ParentTree");
    for (size_t m = 0; m < read->mark_count; m++) {
        if (read->marks[m].turn > 0) {
            fault(walk, page + 1, arena_printf(walk->file->arena, "MCID %zu", m));
            return;
        }
    }
}

void verify_structure(Verify *verify)
{
    PdfFile *file = &verify->file;
    const Node *root_ref = node_get(file->root, "StructTreeRoot"), *root = file_resolve(file, root_ref);
    TagWalk walk = {.verify = verify, .file = file};
    TreeLeaves leaves = {0};
    if (!node_is(root, NODE_DICT) || !node_is(root_ref, NODE_REF))
        return;
    file_tree(file, node_get(root, "ParentTree"), "Nums", 0, &leaves);
    for (size_t i = 0; i + 1 < leaves.count; i += 2)
        if (node_is(leaves.items[i], NODE_NUMBER) && leaves.items[i]->number >= 0 &&
            leaves.items[i]->number < (double)file->count)
            walk.parent_count = (size_t)leaves.items[i]->number + 1 > walk.parent_count
                                    ? (size_t)leaves.items[i]->number + 1
                                    : walk.parent_count;
    walk.parents = arena_array_of(file->arena, const Node *, walk.parent_count + 1);
    for (size_t i = 0; i + 1 < leaves.count; i += 2)
        if (node_is(leaves.items[i], NODE_NUMBER) && leaves.items[i]->number >= 0 &&
            leaves.items[i]->number < (double)walk.parent_count)
            walk.parents[(size_t)leaves.items[i]->number] = leaves.items[i + 1];
    walk.turns = arena_array_of(file->arena, size_t, file->page_count);
    walk.page_of_ref = arena_array_of(file->arena, size_t, file->count);
    for (size_t i = 0; i < file->page_count; i++)
        if (file->page_refs[i] < file->count)
            walk.page_of_ref[file->page_refs[i]] = i + 1;
    const Node *top = node_get(root, "K");
    if (node_is(top, NODE_REF))
        element_walk(&walk, (uint32_t)top->number, (uint32_t)root_ref->number, 0);
    else
        fault(&walk, 0, "StructTreeRoot");
    headers_check(&walk);
    for (size_t p = 0; p < file->page_count; p++)
        page_check(&walk, p);
    if (walk.annotations != verify->annotations)
        fault(&walk, 0, "Annots");
}
