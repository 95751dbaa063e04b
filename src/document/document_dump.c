/* Document -> its text form: one block a line, the parts of tables indented, styles by name, data by path.
 *
 * Within a line: {text|path} comes from the data, {#text|path} is a figure (path empty: computed by the pack),
 * {@kind} is the number of the page of that table, {+text|path} is kept together, {|} is a good break, {/} a new line;
 * all else is the pack's own words. A backslash stands before { } | and \ of the text itself. */
#include "document/document.h"

#include <string.h>

static void put_escaped(Buffer *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\n') {
            buffer_text(out, "\\n");
            continue;
        }
        if (strchr("{}|\\", text[i]))
            buffer_text(out, "\\");
        buffer_append(out, &text[i], 1);
    }
}

static void put_inlines(Buffer *out, const InlineList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const Inline *item = &list->items[i];
        switch (item->kind) {
        case INLINE_TEXT: {
            if (item->origin->page_of) {
                buffer_text(out, "{@");
                put_escaped(out, item->origin->page_of, strlen(item->origin->page_of));
                buffer_text(out, "}");
                break;
            }
            bool marked = item->origin->path || item->origin->figure || item->keep_together || item->font;
            if (marked)
                buffer_printf(out, "{%s%s", item->origin->figure ? "#" : "", item->keep_together ? "+" : "");
            put_escaped(out, item->text, item->len);
            if (marked) {
                buffer_text(out, "|");
                if (item->origin->path)
                    put_escaped(out, item->origin->path, strlen(item->origin->path));
                if (item->font)
                    buffer_printf(out, "|%s", item->font->name);
                buffer_text(out, "}");
            }
            break;
        }
        case INLINE_LINE_BREAK:
            buffer_text(out, "{/}");
            break;
        case INLINE_GOOD_BREAK:
            buffer_text(out, "{|}");
            break;
        }
    }
}

static void put_indent(Buffer *out, int depth)
{
    for (int i = 0; i < depth; i++)
        buffer_text(out, "  ");
}

static const char *const ALIGN_NAMES[] = {
    [ALIGN_JUSTIFY] = "justify", [ALIGN_LEFT] = "left",       [ALIGN_CENTER] = "center",
    [ALIGN_RIGHT] = "right",     [ALIGN_DECIMAL] = "decimal",
};

/* Paragraphs of a cell are parted by {/}. */
static void put_cell(Buffer *out, const Cell *cell)
{
    for (size_t i = 0; i < cell->count; i++) {
        if (i > 0)
            buffer_text(out, "{/}");
        put_inlines(out, &cell->paragraphs[i]);
    }
    if (cell->has_align)
        buffer_printf(out, " <%s>", ALIGN_NAMES[cell->align]);
}

static void put_length(Buffer *out, const char *name, Length length)
{
    if (length == 0)
        return;
    if (length % LENGTH_PER_MM == 0)
        buffer_printf(out, " %s=%lldmm", name, (long long)(length / LENGTH_PER_MM));
    else
        buffer_printf(out, " %s=%lld", name, (long long)length);
}

static void put_header(Buffer *out, const HeaderCell *cells, size_t count, int depth)
{
    for (size_t i = 0; i < count; i++) {
        put_indent(out, depth);
        buffer_text(out, "head ");
        put_cell(out, &cells[i].cell);
        buffer_text(out, "\n");
        put_header(out, cells[i].children, cells[i].count, depth + 1);
    }
}

static void put_rows(Buffer *out, const Row *rows, size_t count, int depth)
{
    for (size_t i = 0; i < count; i++) {
        put_indent(out, depth);
        buffer_text(out, rows[i].kind == ROW_TOTAL ? "total" : "row");
        if (rows[i].origin.path)
            buffer_printf(out, " @%s", rows[i].origin.path);
        buffer_text(out, ":");
        for (size_t j = 0; j < rows[i].count; j++) {
            buffer_text(out, j == 0 ? " " : " | ");
            put_cell(out, &rows[i].cells[j]);
        }
        buffer_text(out, "\n");
    }
}

static void put_group(Buffer *out, const RowGroup *group, int depth)
{
    if (group->label) {
        put_indent(out, depth);
        buffer_text(out, "group ");
        put_cell(out, group->label);
        buffer_text(out, "\n");
        depth++;
    }
    put_rows(out, group->rows, group->row_count, depth);
    for (size_t i = 0; i < group->group_count; i++)
        put_group(out, &group->groups[i], depth);
}

static void put_table(Buffer *out, const Table *table)
{
    buffer_printf(out, "table [%s] %s", table->style->name, table->kind);
    if (table->bookmark)
        buffer_printf(out, " bookmark=%d", table->level);
    buffer_text(out, ": ");
    put_inlines(out, &table->caption);
    buffer_text(out, "\n");
    for (size_t i = 0; i < table->lead_count; i++) {
        buffer_text(out, "  lead ");
        put_inlines(out, &table->leads[i].left);
        buffer_text(out, " | ");
        put_inlines(out, &table->leads[i].right);
        buffer_text(out, "\n");
    }
    for (size_t i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        buffer_printf(out, "  column %s share=%d", ALIGN_NAMES[column->align], column->share);
        put_length(out, "min", column->min_width);
        put_length(out, "max", column->max_width);
        buffer_text(out, column->row_head ? " row-head\n" : "\n");
    }
    for (size_t i = 0; i < table->once_count; i++) {
        buffer_text(out, "  once ");
        put_cell(out, &table->once[i].label);
        buffer_text(out, " | ");
        put_cell(out, &table->once[i].text);
        buffer_text(out, "\n");
    }
    put_header(out, table->header, table->header_count, 1);
    put_group(out, &table->body, 1);
    put_rows(out, table->totals, table->total_count, 1);
    for (size_t i = 0; i < table->note_count; i++) {
        buffer_text(out, "  note ");
        put_inlines(out, &table->notes[i]);
        buffer_text(out, "\n");
    }
}

static void put_block(Buffer *out, const Block *block)
{
    const char *style = block->style ? block->style->name : "";
    switch (block->kind) {
    case BLOCK_HEADING:
        buffer_printf(out, "heading %d [%s]%s: ", block->as.heading.level, style,
                      block->as.heading.bookmark ? " bookmark" : "");
        put_inlines(out, &block->as.heading.text);
        buffer_text(out, "\n");
        break;
    case BLOCK_PARAGRAPH:
        buffer_printf(out, "paragraph [%s]: ", style);
        put_inlines(out, &block->as.paragraph.text);
        buffer_text(out, "\n");
        break;
    case BLOCK_TABLE:
        put_table(out, block->as.table);
        break;
    case BLOCK_SIGNATURE:
        buffer_printf(out, "signature [%s]: ", style);
        put_inlines(out, &block->as.signature.name);
        buffer_text(out, " | ");
        put_inlines(out, &block->as.signature.date);
        buffer_text(out, "\n");
        break;
    case BLOCK_PAGE_BREAK:
        buffer_text(out, "page-break\n");
        break;
    }
}

static void put_meta(Buffer *out, const char *name, const char *value)
{
    if (!value)
        return;
    buffer_printf(out, "%s: ", name);
    put_escaped(out, value, strlen(value));
    buffer_text(out, "\n");
}

void document_dump(const Document *document, Buffer *out)
{
    put_meta(out, "title", document->title);
    put_meta(out, "language", document->language);
    put_meta(out, "author", document->author);
    put_meta(out, "subject", document->subject);
    put_meta(out, "keywords", document->keywords);
    if (document->year != 0)
        buffer_printf(out, "date: %04d-%02d-%02d\n", document->year, document->month, document->day);
    put_meta(out, "draft", document->style.page.draft);
    for (size_t i = 0; i < document->cover_count; i++) {
        buffer_text(out, "cover ");
        put_block(out, &document->cover[i]);
    }
    for (size_t i = 0; i < document->count; i++)
        put_block(out, &document->blocks[i]);
}
