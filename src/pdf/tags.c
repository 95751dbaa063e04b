/* The page list's nodes and where their content stands -> the structure tree (ISO 32000-1 14.7, 14.8). */
#include <assert.h>
#include <string.h>

#include "pdf/pdf_int.h"

#define NO_REF UINT32_MAX

/* A piece of a node's own content: a marked-content sequence, or an annotation. */
typedef struct Piece {
    size_t page;
    uint32_t mcid;
    uint32_t annotation; /* its object; 0: a sequence */
    uint32_t order;      /* of all pieces, as they stand on the pages */
    uint32_t next;       /* of the same node, or NO_REF */
} Piece;

typedef struct NodeTags {
    uint32_t first_piece, last_piece;
    uint32_t first_child, last_child, next_sibling;
    uint32_t order; /* of the first piece in it or below it */
    bool needs_id;
    PdfObject *object;
} NodeTags;

typedef struct PageTags {
    ARRAY(NodeId) marks; /* by MCID */
} PageTags;

typedef struct AnnotationTag {
    uint32_t key;
    NodeId node;
} AnnotationTag;

struct PdfTags {
    PdfWriter *writer;
    unsigned char *levels; /* of headings */
    NodeTags *nodes;
    PageTags *pages;
    ARRAY(Piece) pieces;
    ARRAY(AnnotationTag) annotations;
    int id_digits; /* of every element identifier */
    Buffer trees;  /* the root's name and number trees */
};

static const char *const TAG_NAMES[] = {
    [ROLE_DOCUMENT] = "Document", [ROLE_HEADING] = "H1",       [ROLE_PARAGRAPH] = "P",      [ROLE_CAPTION] = "Caption",
    [ROLE_TABLE] = "Table",       [ROLE_TABLE_HEAD] = "THead", [ROLE_TABLE_BODY] = "TBody", [ROLE_TABLE_ROW] = "TR",
    [ROLE_HEADER_CELL] = "TH",    [ROLE_DATA_CELL] = "TD",     [ROLE_NOTE] = "Note",        [ROLE_LINK] = "Link",
    [ROLE_TOC] = "TOC",           [ROLE_TOC_ITEM] = "TOCI",    [ROLE_SPAN] = "Span",
};
static const char *const HEADING_NAMES[] = {"H1", "H2", "H3", "H4", "H5", "H6"};

const char *pdf_tag_name(const PdfTags *tags, NodeId node)
{
    Role role = tags->writer->pages->nodes[node].role;
    return role == ROLE_HEADING ? HEADING_NAMES[tags->levels[node] - 1] : TAG_NAMES[role];
}

/* 1 to 6, the first 1, none more than one below the one before (ISO 14289-1 7.4.2). */
static void levels_choose(PdfTags *tags)
{
    const PageList *pages = tags->writer->pages;
    int before = 0;
    for (size_t i = 0; i < pages->node_count; i++) {
        if (pages->nodes[i].role != ROLE_HEADING)
            continue;
        int level = pages->nodes[i].level < 1 ? 1 : pages->nodes[i].level > 6 ? 6 : pages->nodes[i].level;
        before = level > before + 1 ? before + 1 : level;
        tags->levels[i] = (unsigned char)before;
    }
}

PdfTags *pdf_tags_new(PdfWriter *writer)
{
    PdfTags *tags = arena_new_of(writer->arena, PdfTags);
    size_t count = writer->pages->node_count;
    tags->writer = writer;
    tags->nodes = arena_array_of(writer->arena, NodeTags, count);
    tags->pages = arena_array_of(writer->arena, PageTags, writer->sheet_count);
    tags->levels = arena_array_of(writer->arena, unsigned char, count);
    for (tags->id_digits = 1; count >> 4 * tags->id_digits > 0;)
        tags->id_digits++;
    levels_choose(tags);
    for (size_t i = 0; i < count; i++) {
        NodeTags *node = &tags->nodes[i];
        node->first_piece = node->last_piece = node->order = NO_REF;
        node->first_child = node->last_child = node->next_sibling = NO_REF;
    }
    return tags;
}

/* ---- content, as the pages are written ----------------------------------------------------------------------------
 */

static Piece *piece_add(PdfTags *tags, size_t page, NodeId id)
{
    NodeTags *node = &tags->nodes[id];
    uint32_t index = (uint32_t)tags->pieces.count;
    Piece *piece = array_push(tags->writer->arena, &tags->pieces);
    piece->page = page;
    piece->order = index;
    piece->next = NO_REF;
    if (node->last_piece == NO_REF)
        node->first_piece = index;
    else
        tags->pieces.items[node->last_piece].next = index;
    node->last_piece = index;
    return piece;
}

uint32_t pdf_tags_mark(PdfTags *tags, size_t page, NodeId node)
{
    uint32_t mcid = (uint32_t)tags->pages[page].marks.count;
    *array_push(tags->writer->arena, &tags->pages[page].marks) = node;
    piece_add(tags, page, node)->mcid = mcid;
    return mcid;
}

uint32_t pdf_tags_annotation(PdfTags *tags, size_t page, NodeId node, uint32_t ref)
{
    AnnotationTag *tag = array_push(tags->writer->arena, &tags->annotations);
    tag->key = (uint32_t)(tags->writer->sheet_count + tags->annotations.count - 1); /* after the pages' keys */
    tag->node = node;
    piece_add(tags, page, node)->annotation = ref;
    return tag->key;
}

bool pdf_tags_page_marked(const PdfTags *tags, size_t page)
{
    return tags->pages[page].marks.count > 0;
}

/* ---- the tree -----------------------------------------------------------------------------------------------------
 */

/* Links children in the order of their ids, gives each node its object and the order of its first content, and finds
 * who is referred to. A parent's id is lower than its children's, so that one pass each way does. */
static void tree_build(PdfTags *tags)
{
    const PageList *pages = tags->writer->pages;
    for (size_t i = 0; i < pages->node_count; i++) {
        const StructNode *source = &pages->nodes[i];
        NodeTags *node = &tags->nodes[i];
        node->object = pdf_object_new(tags->writer);
        node->needs_id = node->needs_id || source->role == ROLE_NOTE; /* ISO 14289-1 7.9 */
        node->order = node->first_piece == NO_REF ? NO_REF : tags->pieces.items[node->first_piece].order;
        for (size_t h = 0; h < source->header_count; h++) {
            assert(source->headers[h] < pages->node_count);
            tags->nodes[source->headers[h]].needs_id = true;
        }
        if (i == 0)
            continue;
        assert(source->parent < i);
        NodeTags *parent = &tags->nodes[source->parent];
        if (parent->last_child == NO_REF)
            parent->first_child = (uint32_t)i;
        else
            tags->nodes[parent->last_child].next_sibling = (uint32_t)i;
        parent->last_child = (uint32_t)i;
    }
    for (size_t i = pages->node_count; i-- > 1;) {
        NodeTags *parent = &tags->nodes[pages->nodes[i].parent];
        if (tags->nodes[i].order < parent->order)
            parent->order = tags->nodes[i].order;
    }
}

/* "(n012)": all of one length, so that the order of the ids is that of the nodes. */
static void id_put(const PdfTags *tags, Buffer *out, NodeId node)
{
    pdf_put(out, "(n");
    pdf_put_hex(out, node, tags->id_digits);
    pdf_put_char(out, ')');
}

static uint32_t page_ref(const PdfTags *tags, size_t page)
{
    return tags->writer->page_items[page].object.ref;
}

/* One kid of a /K array. `home`: the element's /Pg, whose sequences are mere numbers. */
static void piece_put(PdfTags *tags, const Piece *piece, size_t home)
{
    Buffer *out = &tags->writer->scratch;
    if (piece->annotation == 0 && piece->page == home) {
        pdf_put_int(out, piece->mcid);
        return;
    }
    pdf_put(out, piece->annotation ? "<</Type/OBJR/Obj " : "<</Type/MCR/MCID ");
    if (piece->annotation)
        pdf_put_ref(out, piece->annotation);
    else
        pdf_put_int(out, piece->mcid);
    if (piece->page != home) {
        pdf_put(out, "/Pg ");
        pdf_put_ref(out, page_ref(tags, piece->page));
    }
    pdf_put(out, ">>");
}

/* Own content and children in reading order: a piece goes before the first child that begins after it. Children
 * without content stay where their ids put them. */
static void kids_put(PdfTags *tags, const NodeTags *node, size_t home)
{
    Buffer *out = &tags->writer->scratch;
    uint32_t at = node->first_piece, child = node->first_child;
    char before = '[';
    if (at == NO_REF && child == NO_REF)
        return;
    pdf_put(out, "/K");
    while (at != NO_REF || child != NO_REF) {
        pdf_put_char(out, before);
        before = ' ';
        bool piece_next = at != NO_REF;
        if (piece_next && child != NO_REF) {
            uint32_t order = tags->nodes[child].order;
            piece_next = order != NO_REF && tags->pieces.items[at].order < order;
        }
        if (piece_next) {
            piece_put(tags, &tags->pieces.items[at], home);
            at = tags->pieces.items[at].next;
        } else {
            pdf_put_ref(out, tags->nodes[child].object->ref);
            child = tags->nodes[child].next_sibling;
        }
    }
    pdf_put_char(out, ']');
}

/* ISO 32000-1 14.8.5.7. */
static void table_attributes_put(PdfTags *tags, const StructNode *source)
{
    static const char *const SCOPES[] = {
        [SCOPE_ROW] = "/Scope/Row", [SCOPE_COLUMN] = "/Scope/Column", [SCOPE_BOTH] = "/Scope/Both"};
    Buffer *out = &tags->writer->scratch;
    bool scoped = source->role == ROLE_HEADER_CELL && source->scope != SCOPE_NONE;
    if (!scoped && source->row_span <= 1 && source->col_span <= 1 && source->header_count == 0)
        return;
    pdf_put(out, "/A<</O/Table");
    if (scoped)
        pdf_put(out, SCOPES[source->scope]);
    if (source->row_span > 1) {
        pdf_put(out, "/RowSpan ");
        pdf_put_int(out, source->row_span);
    }
    if (source->col_span > 1) {
        pdf_put(out, "/ColSpan ");
        pdf_put_int(out, source->col_span);
    }
    for (size_t i = 0; i < source->header_count; i++) {
        pdf_put(out, i == 0 ? "/Headers[" : "");
        id_put(tags, out, source->headers[i]);
    }
    pdf_put(out, source->header_count > 0 ? "]>>" : ">>");
}

static void element_write(PdfTags *tags, NodeId id, uint32_t parent)
{
    Buffer *out = &tags->writer->scratch;
    const StructNode *source = &tags->writer->pages->nodes[id];
    const NodeTags *node = &tags->nodes[id];
    size_t home = node->first_piece == NO_REF ? SIZE_MAX : tags->pieces.items[node->first_piece].page;
    pdf_put(out, "/S/");
    pdf_put(out, pdf_tag_name(tags, id));
    pdf_put(out, "/P ");
    pdf_put_ref(out, parent);
    if (home != SIZE_MAX) {
        pdf_put(out, "/Pg ");
        pdf_put_ref(out, page_ref(tags, home));
    }
    kids_put(tags, node, home);
    if (node->needs_id) {
        pdf_put(out, "/ID");
        id_put(tags, out, id);
    }
    if (source->role == ROLE_HEADER_CELL || source->role == ROLE_DATA_CELL)
        table_attributes_put(tags, source);
    if (source->changed) { /* the element's title, ISO 32000-1 14.7.2: corrected against the edition before */
        pdf_put(out, "/T(changed)");
    }
    if (source->actual_text) {
        pdf_put(out, "/ActualText");
        pdf_put_text(out, source->actual_text, strlen(source->actual_text));
    }
    if (source->alternate) {
        pdf_put(out, "/Alt");
        pdf_put_text(out, source->alternate, strlen(source->alternate));
    }
    pdf_object_finish(tags->writer, node->object);
}

/* ---- the root's trees ---------------------------------------------------------------------------------------------
 */

static const char *refs_text(PdfTags *tags, const PageTags *page)
{
    Buffer *out = &tags->writer->scratch_data;
    out->len = 0;
    for (size_t i = 0; i < page->marks.count; i++) {
        pdf_put_char(out, i == 0 ? '[' : ' ');
        pdf_put_ref(out, tags->nodes[page->marks.items[i]].object->ref);
    }
    pdf_put_char(out, ']');
    return arena_strndup(tags->writer->arena, out->bytes, out->len);
}

static uint32_t parent_tree_write(PdfTags *tags)
{
    Arena *arena = tags->writer->arena;
    size_t page_count = tags->writer->sheet_count;
    ARRAY(PdfTreeEntry) entries = {0};
    for (size_t i = 0; i < page_count; i++) {
        if (!pdf_tags_page_marked(tags, i))
            continue;
        PdfTreeEntry *entry = array_push(arena, &entries);
        entry->limit = arena_printf(arena, "%zu", i);
        entry->value = refs_text(tags, &tags->pages[i]);
    }
    for (size_t i = 0; i < tags->annotations.count; i++) {
        PdfTreeEntry *entry = array_push(arena, &entries);
        const AnnotationTag *tag = &tags->annotations.items[i];
        entry->limit = arena_printf(arena, "%u", tag->key);
        entry->value = arena_printf(arena, "%u 0 R", tags->nodes[tag->node].object->ref);
    }
    tags->trees.len = 0;
    pdf_put_tree(tags->writer, &tags->trees, "Nums", entries.items, entries.count);
    PdfObject *tree = pdf_object_new(tags->writer);
    buffer_append(&tags->writer->scratch, tags->trees.bytes, tags->trees.len);
    pdf_object_finish(tags->writer, tree);
    return tree->ref;
}

/* 0 when no node has an id. */
static uint32_t id_tree_write(PdfTags *tags)
{
    Arena *arena = tags->writer->arena;
    ARRAY(PdfTreeEntry) entries = {0};
    for (size_t i = 0; i < tags->writer->pages->node_count; i++) {
        if (!tags->nodes[i].needs_id)
            continue;
        PdfTreeEntry *entry = array_push(arena, &entries);
        Buffer *text = &tags->writer->scratch_data;
        text->len = 0;
        id_put(tags, text, (NodeId)i);
        entry->limit = arena_strndup(arena, text->bytes, text->len);
        text->len = 0;
        pdf_put_ref(text, tags->nodes[i].object->ref);
        entry->value = arena_strndup(arena, text->bytes, text->len);
    }
    if (entries.count == 0)
        return 0;
    tags->trees.len = 0;
    pdf_put_tree(tags->writer, &tags->trees, "Names", entries.items, entries.count);
    PdfObject *tree = pdf_object_new(tags->writer);
    buffer_append(&tags->writer->scratch, tags->trees.bytes, tags->trees.len);
    pdf_object_finish(tags->writer, tree);
    return tree->ref;
}

PdfObject *pdf_tags_write(PdfTags *tags)
{
    PdfWriter *writer = tags->writer;
    if (!writer->tagged)
        return NULL;
    PdfObject *root = pdf_object_new(writer);
    tree_build(tags);
    element_write(tags, 0, root->ref);
    for (size_t i = 1; i < writer->pages->node_count; i++)
        element_write(tags, (NodeId)i, tags->nodes[writer->pages->nodes[i].parent].object->ref);
    uint32_t parents = parent_tree_write(tags), ids = id_tree_write(tags);
    pdf_put(&writer->scratch, "/Type/StructTreeRoot/K ");
    pdf_put_ref(&writer->scratch, tags->nodes[0].object->ref);
    pdf_put(&writer->scratch, "/ParentTree ");
    pdf_put_ref(&writer->scratch, parents);
    pdf_put(&writer->scratch, "/ParentTreeNextKey ");
    pdf_put_int(&writer->scratch, (int64_t)(writer->sheet_count + tags->annotations.count));
    if (ids != 0) {
        pdf_put(&writer->scratch, "/IDTree ");
        pdf_put_ref(&writer->scratch, ids);
    }
    pdf_object_finish(writer, root);
    buffer_release(&tags->trees);
    return root;
}
