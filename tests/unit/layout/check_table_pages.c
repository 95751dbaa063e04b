/* Pages -> verdict: what must hold of every page, whatever the document. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "check_table_make.h"

/* ---- the document's text, in reading order ----------------------------------------------------------------------- */

static void add_text(Buffer *out, const InlineList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == INLINE_TEXT) {
            buffer_append(out, list->items[i].text, list->items[i].len);
        }
    }
}

static void add_cell(Buffer *out, const Cell *cell)
{
    for (size_t i = 0; i < cell->count; i++) {
        add_text(out, &cell->paragraphs[i]);
    }
}

/* The cells of one row of the head; true when there is a row below. */
static bool add_head(Buffer *out, const HeaderCell *cells, size_t count, size_t level)
{
    bool more = false;
    for (size_t i = 0; i < count; i++) {
        if (level == 0) {
            add_cell(out, &cells[i].cell);
            more |= cells[i].count > 0;
        } else {
            more |= add_head(out, cells[i].children, cells[i].count, level - 1);
        }
    }
    return more;
}

static void add_rows(Buffer *out, const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < rows[i].count; j++) {
            add_cell(out, &rows[i].cells[j]);
        }
    }
}

static void add_group(Buffer *out, const RowGroup *group)
{
    if (group->label) {
        add_cell(out, group->label);
    }
    for (size_t i = 0; i < group->group_count; i++) {
        add_group(out, &group->groups[i]);
    }
    add_rows(out, group->rows, group->row_count);
}

static void add_table(Buffer *out, const Table *table)
{
    add_text(out, &table->caption);
    for (size_t i = 0; i < table->lead_count; i++) {
        add_text(out, &table->leads[i].left);
        add_text(out, &table->leads[i].right);
    }
    for (size_t i = 0; i < table->once_count; i++) {
        add_cell(out, &table->once[i].label);
        add_cell(out, &table->once[i].text);
    }
    for (size_t level = 0; add_head(out, table->header, table->header_count, level); level++) {
    }
    add_group(out, &table->body);
    add_rows(out, table->totals, table->total_count);
    for (size_t i = 0; i < table->note_count; i++) {
        add_text(out, &table->notes[i]);
    }
}

static void document_text(const Document *document, Buffer *out)
{
    for (size_t i = 0; i < document->count; i++) {
        const Block *block = &document->blocks[i];
        switch (block->kind) {
        case BLOCK_HEADING:
            add_text(out, &block->as.heading.text);
            break;
        case BLOCK_PARAGRAPH:
            add_text(out, &block->as.paragraph.text);
            break;
        case BLOCK_TABLE:
            add_table(out, block->as.table);
            break;
        case BLOCK_SIGNATURE:
            add_text(out, &block->as.signature.name);
            add_text(out, &block->as.signature.date);
            break;
        case BLOCK_PAGE_BREAK:
            break;
        }
    }
}

static void check_text(const Make *make, const PageList *pages)
{
    Buffer want = {0}, *nodes = calloc(pages->node_count, sizeof *nodes), have = {0};
    document_text(&make->document, &want);
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item->kind == ITEM_GLYPHS && item->node != NODE_ARTIFACT) {
                ck_assert_uint_lt(item->node, pages->node_count);
                buffer_append(&nodes[item->node], item->glyphs.text, item->glyphs.text_len);
            }
        }
    }
    for (size_t i = 0; i < pages->node_count; i++) {
        buffer_append(&have, nodes[i].bytes ? nodes[i].bytes : "", nodes[i].len);
        buffer_release(&nodes[i]);
    }
    buffer_append(&want, "", 1);
    buffer_append(&have, "", 1);
    ck_assert_str_eq(have.bytes, want.bytes);
    buffer_release(&want);
    buffer_release(&have);
    free(nodes);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

typedef struct Rect {
    Length x0, y0, x1, y1;
} Rect;

/* The em boxes of a run's glyphs, upright or turned. */
static Rect item_rect(const Item *item)
{
    if (item->kind != ITEM_GLYPHS) {
        return (Rect){item->x, item->y, item->x + item->width, item->y + item->height};
    }
    Length up = item->glyphs.size * 88 / 100, down = item->glyphs.size - up;
    return item->glyphs.turned ? (Rect){item->x - up, item->y - item->glyphs.width, item->x + down, item->y}
                               : (Rect){item->x, item->y - up, item->x + item->glyphs.width, item->y + down};
}

static bool rects_touch(Rect a, Rect b)
{
    return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}

static bool rects_overlap(Rect a, Rect b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static bool in_margin(const Item *item)
{
    return item->node == NODE_ARTIFACT &&
           (item->artifact == ARTIFACT_PAGINATION || item->artifact == ARTIFACT_WATERMARK);
}

static void check_inside(const Make *make, const Page *page)
{
    const PageStyle *style = &make->document.style.page;
    for (size_t i = 0; i < page->count; i++) {
        Rect rect = item_rect(&page->items[i]);
        if (in_margin(&page->items[i])) {
            ck_assert(!page->items[i].glyphs.turned);
            continue;
        }
        /* a title may stand out of its grid line by a hair, by rounding; a mark may hang by none */
        ck_assert_int_ge(rect.x0, style->left);
        ck_assert_int_ge(rect.y0, style->top);
        ck_assert_int_le(rect.x1, style->left + style->text_width);
        ck_assert_int_le(rect.y1, style->top + style->text_height);
    }
}

/* Body lines: those of the body's size. */
static void check_grid(const Make *make, const Page *page)
{
    const PageStyle *style = &make->document.style.page;
    for (size_t i = 0; i < page->count; i++) {
        const Item *item = &page->items[i];
        if (item->kind == ITEM_GLYPHS && !in_margin(item) && item->glyphs.size == make->body.size) {
            Length off = item->y - style->top - length_scale(style->cell, 88, 100);
            ck_assert_int_eq(off % style->pitch, 0);
        }
    }
}

static void check_overlaps(const Page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->items[i].kind != ITEM_GLYPHS) {
            continue;
        }
        for (size_t j = 0; j < page->count; j++) {
            bool both = page->items[j].kind == ITEM_GLYPHS;
            if (i != j && (!both || j > i) && rects_overlap(item_rect(&page->items[i]), item_rect(&page->items[j]))) {
                ck_abort_msg("'%.*s' is printed over %s '%.*s'", (int)page->items[i].glyphs.text_len,
                             page->items[i].glyphs.text, both ? "text" : "a rule",
                             both ? (int)page->items[j].glyphs.text_len : 0, both ? page->items[j].glyphs.text : "");
            }
        }
    }
}

/* ---- rules ------------------------------------------------------------------------------------------------------- */

static bool lies(Rect rect)
{
    return rect.x1 - rect.x0 > rect.y1 - rect.y0;
}

/* Whether a rule at right angles passes through the middle of one end of `rect`. */
static bool end_joined(const Page *page, Rect rect, bool far_end)
{
    Rect end = rect;
    if (lies(rect)) {
        end.x0 = end.x1 = far_end ? rect.x1 : rect.x0;
    } else {
        end.y0 = end.y1 = far_end ? rect.y1 : rect.y0;
    }
    for (size_t i = 0; i < page->count; i++) {
        Rect other = item_rect(&page->items[i]);
        if (page->items[i].kind == ITEM_RULE && lies(other) != lies(rect) && rects_touch(end, other)) {
            return true;
        }
    }
    return false;
}

static void check_rules(const Page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->items[i].kind != ITEM_RULE) {
            continue;
        }
        Rect rect = item_rect(&page->items[i]);
        ck_assert_int_eq(page->items[i].node, NODE_ARTIFACT);
        ck_assert(rect.x1 > rect.x0 && rect.y1 > rect.y0);
        ck_assert_msg(end_joined(page, rect, false) && end_joined(page, rect, true), "a rule ends in the open");
        for (size_t j = i + 1; j < page->count; j++) {
            Rect other = item_rect(&page->items[j]);
            bool line = page->items[j].kind == ITEM_RULE && lies(other) == lies(rect) &&
                        (lies(rect) ? other.y0 == rect.y0 : other.x0 == rect.x0);
            ck_assert_msg(!line || !rects_touch(rect, other), "two rules should be one");
        }
    }
}

/* ---- structure --------------------------------------------------------------------------------------------------- */

static NodeId node_above(const PageList *pages, NodeId node, Role role)
{
    while (node != NODE_ARTIFACT && pages->nodes[node].role != role) {
        node = pages->nodes[node].parent;
    }
    return node;
}

/* Walks all rows of a table with the spans still open from above. */
static void check_columns(const PageList *pages, NodeId table)
{
    enum { MAX = 64 };
    int open[MAX] = {0};
    int columns = 0;
    for (NodeId row = table; row < pages->node_count; row++) {
        if (pages->nodes[row].role != ROLE_TABLE_ROW || node_above(pages, row, ROLE_TABLE) != table) {
            continue;
        }
        int at = 0;
        for (NodeId cell = row + 1; cell < pages->node_count && pages->nodes[cell].parent == row; cell++) {
            while (at < MAX && open[at] > 0) {
                open[at++]--;
            }
            for (int i = 0; i < pages->nodes[cell].col_span && at < MAX; i++) {
                open[at++] = pages->nodes[cell].row_span - 1;
            }
        }
        while (at < MAX && open[at] > 0) {
            open[at++]--;
        }
        columns = columns ? columns : at;
        ck_assert_int_eq(at, columns);
    }
    for (int i = 0; i < MAX; i++) {
        ck_assert_int_eq(open[i], 0);
    }
}

static void check_structure(const PageList *pages)
{
    ck_assert_int_eq(pages->nodes[0].role, ROLE_DOCUMENT);
    for (NodeId i = 1; i < pages->node_count; i++) {
        const StructNode *node = &pages->nodes[i];
        ck_assert_uint_lt(node->parent, i);
        for (size_t h = 0; h < node->header_count; h++) {
            ck_assert_int_eq(pages->nodes[node->headers[h]].role, ROLE_HEADER_CELL);
        }
        if (node->role == ROLE_TABLE) {
            check_columns(pages, i);
        }
    }
    for (size_t i = 0; i < pages->target_count; i++) {
        ck_assert_uint_lt(pages->targets[i].page, pages->count);
    }
    for (size_t i = 0; i < pages->bookmark_count; i++) {
        ck_assert_int_le(pages->bookmarks[i].level, i == 0 ? 0 : pages->bookmarks[i - 1].level + 1);
    }
}

void check_pages(const Make *make, const PageList *pages)
{
    for (size_t i = 0; !pages && i < make->findings.count; i++) {
        finding_print(&make->findings, make->findings.items[i], stderr, false);
    }
    ck_assert_ptr_nonnull(pages);
    check_text(make, pages);
    check_structure(pages);
    for (size_t i = 0; i < pages->count; i++) {
        check_inside(make, &pages->pages[i]);
        check_grid(make, &pages->pages[i]);
        check_overlaps(&pages->pages[i]);
        check_rules(&pages->pages[i]);
    }
}

size_t count_text(const PageList *pages, size_t page, const char *text, bool artifact)
{
    size_t count = 0;
    for (size_t i = 0; i < pages->pages[page].count; i++) {
        const Item *item = &pages->pages[page].items[i];
        if (item->kind == ITEM_GLYPHS && (item->node == NODE_ARTIFACT) == artifact) {
            count += memmem(item->glyphs.text, item->glyphs.text_len, text, strlen(text)) != NULL;
        }
    }
    return count;
}
