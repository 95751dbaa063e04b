/* Document -> findings about what layout trusts, and the plain text of inlines. */
#include "document/document.h"

#include <string.h>

const char *inline_list_text(const InlineList *list, Arena *arena)
{
    size_t len = 0;
    for (size_t i = 0; i < list->count; i++)
        len += list->items[i].kind == INLINE_TEXT ? list->items[i].len : 0;
    char *text = arena_alloc(arena, len + 1), *end = text;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind != INLINE_TEXT || list->items[i].len == 0)
            continue;
        memcpy(end, list->items[i].text, list->items[i].len);
        end += list->items[i].len;
    }
    *end = '\0';
    return text;
}

typedef struct Check {
    FindingList *findings;
    Place place; /* the block's: where a failure is told */
    bool ok;
} Check;

static void fail(Check *check, MessageId id, const char *what)
{
    finding_add(check->findings, id, check->place, NULL, what ? what : "?", NULL);
    check->ok = false;
}

static void check_paragraph_style(Check *check, const ParagraphStyle *style)
{
    if (!style) {
        fail(check, MESSAGE_DOCUMENT_STYLE_MISSING, NULL);
        return;
    }
    if (!style->font)
        fail(check, MESSAGE_DOCUMENT_FONT_MISSING, style->name);
    if (style->size <= 0 || style->pitch <= 0 || style->left_indent < 0 || style->right_indent < 0 ||
        style->left_indent + style->first_indent < 0 || style->lines_after < 0)
        fail(check, MESSAGE_DOCUMENT_LENGTH, style->name);
}

static void check_inlines(Check *check, const InlineList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const Inline *item = &list->items[i];
        if (item->kind == INLINE_TEXT && (!item->text || !item->origin || strlen(item->text) != item->len)) {
            fail(check, MESSAGE_DOCUMENT_INLINE, item->text);
            return;
        }
    }
}

static void check_cell(Check *check, const Cell *cell)
{
    for (size_t i = 0; i < cell->count; i++)
        check_inlines(check, &cell->paragraphs[i]);
}

static size_t header_leaves(Check *check, const HeaderCell *cells, size_t count)
{
    size_t leaves = 0;
    for (size_t i = 0; i < count; i++) {
        check_cell(check, &cells[i].cell);
        leaves += cells[i].count == 0 ? 1 : header_leaves(check, cells[i].children, cells[i].count);
    }
    return leaves;
}

static void check_rows(Check *check, const Table *table, const Row *rows, size_t count, size_t depth)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].count + depth != table->column_count)
            fail(check, MESSAGE_DOCUMENT_ROW_CELLS, table->kind);
        for (size_t j = 0; j < rows[i].count; j++)
            check_cell(check, &rows[i].cells[j]);
    }
}

static void check_group(Check *check, const Table *table, const RowGroup *group, size_t depth)
{
    if (group->group_count > 0 && group->row_count > 0)
        fail(check, MESSAGE_DOCUMENT_GROUP_MIXED, table->kind);
    if ((group->label != NULL) != (depth > 0) || depth >= table->column_count)
        fail(check, MESSAGE_DOCUMENT_GROUP_LABEL, table->kind);
    if (group->label)
        check_cell(check, group->label);
    check_rows(check, table, group->rows, group->row_count, depth);
    for (size_t i = 0; i < group->group_count; i++)
        check_group(check, table, &group->groups[i], depth + 1);
}

static void check_table(Check *check, const Table *table)
{
    const TableStyle *style = table->style;
    if (!table->kind || !style) {
        fail(check, MESSAGE_DOCUMENT_STYLE_MISSING, table->kind);
        return;
    }
    const ParagraphStyle *parts[] = {style->caption, style->lead, style->head, style->body, style->note};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        check_paragraph_style(check, parts[i]);
    if (style->padding_x < 0 || style->padding_y < 0 || style->rule_outer < 0 || style->rule_inner < 0 ||
        style->size_floor <= 0)
        fail(check, MESSAGE_DOCUMENT_LENGTH, style->name);

    check_inlines(check, &table->caption);
    for (size_t i = 0; i < table->lead_count; i++) {
        check_inlines(check, &table->leads[i].left);
        check_inlines(check, &table->leads[i].right);
    }
    if (table->column_count == 0 || header_leaves(check, table->header, table->header_count) != table->column_count)
        fail(check, MESSAGE_DOCUMENT_HEADER, table->kind);
    for (size_t i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        if (column->min_width < 0 || column->max_width < 0 || column->share < 0 ||
            (column->max_width > 0 && column->max_width < column->min_width))
            fail(check, MESSAGE_DOCUMENT_LENGTH, table->kind);
    }
    for (size_t i = 0; i < table->once_count; i++) {
        if (table->column_count < 2)
            fail(check, MESSAGE_DOCUMENT_ROW_CELLS, table->kind);
        check_cell(check, &table->once[i].label);
        check_cell(check, &table->once[i].text);
    }
    check_group(check, table, &table->body, 0);
    check_rows(check, table, table->totals, table->total_count, 0);
    for (size_t i = 0; i < table->note_count; i++)
        check_inlines(check, &table->notes[i]);
}

static void check_block(Check *check, const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        check_paragraph_style(check, block->style);
        check_inlines(check, &block->as.heading.text);
        if (block->as.heading.level < 0)
            fail(check, MESSAGE_DOCUMENT_LENGTH, "level");
        break;
    case BLOCK_PARAGRAPH:
        check_paragraph_style(check, block->style);
        check_inlines(check, &block->as.paragraph.text);
        break;
    case BLOCK_TABLE:
        check_table(check, block->as.table);
        break;
    case BLOCK_SIGNATURE:
        check_paragraph_style(check, block->style);
        check_inlines(check, &block->as.signature.name);
        check_inlines(check, &block->as.signature.date);
        break;
    case BLOCK_PAGE_BREAK:
        break;
    }
}

static void check_page(Check *check, const PageStyle *page)
{
    if (page->width <= 0 || page->height <= 0 || page->left < 0 || page->top < 0 || page->text_width <= 0 ||
        page->text_height <= 0 || page->cell <= 0 || page->pitch <= 0 || page->columns <= 0 || page->lines <= 0 ||
        page->left + page->text_width > page->width || page->top + page->text_height > page->height)
        fail(check, MESSAGE_DOCUMENT_LENGTH, "page");
    if (page->folio)
        check_paragraph_style(check, page->folio);
}

static void check_contents(Check *check, const ContentsStyle *contents)
{
    if (contents->entry_count > 0)
        check_paragraph_style(check, contents->title_style);
    for (size_t i = 0; i < contents->entry_count; i++)
        check_paragraph_style(check, contents->entries[i]);
}

bool document_check(const Document *document, FindingList *findings)
{
    Check check = {.findings = findings, .ok = true};
    check_page(&check, &document->style.page);
    check_contents(&check, &document->style.contents);
    for (size_t i = 0; i < document->style.role_count; i++) {
        const FontRole *role = &document->style.roles[i];
        if (!role->name || role->han_count + role->latin_count == 0)
            fail(&check, MESSAGE_DOCUMENT_FONT_MISSING, role->name);
    }
    for (size_t i = 0; i < document->cover_count; i++) {
        check.place = document->cover[i].origin.place;
        check_block(&check, &document->cover[i]);
    }
    for (size_t i = 0; i < document->count; i++) {
        check.place = document->blocks[i].origin.place;
        check_block(&check, &document->blocks[i]);
    }
    return check.ok;
}
