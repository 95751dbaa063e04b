/* The pages of the edition before -> hints: where its pages began, how wide its columns were. */
#include <string.h>

#include "base/text.h"
#include "layout/stable_int.h"
#include "layout/table_int.h"

/* FNV-1a; a key that two places share by chance costs a page break its reason, no more. */
static uint64_t key_add(uint64_t key, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        key = (key ^ (unsigned char)text[i]) * UINT64_C(0x100000001B3);
    }
    return key;
}

static uint64_t key_line(uint64_t key, const Line *line)
{
    for (size_t i = 0; i < line->run_count; i++) {
        key = key_add(key, line->runs[i].text, line->runs[i].text_len);
    }
    return key;
}

/* A table's strip: the name of its kind and caption for its first, else the first cell of its row. */
static uint64_t key_strip(uint64_t key, const TableBox *box, size_t number)
{
    const char *kind = box->table->kind ? box->table->kind : "";
    key = key_add(key, kind, strlen(kind));
    if (number <= box->head_strip) {
        for (size_t i = 0; i < box->table->caption.count; i++) {
            key = key_add(key, box->table->caption.items[i].text, box->table->caption.items[i].len);
        }
        return key_add(key, (const char *)&number, sizeof number);
    }
    const TableStrip *strip = &box->strips[number];
    key = key_add(key, (const char *)&strip->line, sizeof strip->line);
    for (size_t col = box->depth; col < box->columns; col++) {
        const GridCell *cell = table_cell_at(box, strip->first_row, col);
        if (cell->lines.count > 0) {
            return key_line(key, &cell->lines.items[0]);
        }
    }
    return key;
}

uint64_t flow_item_key(const FlowItem *item)
{
    uint64_t key = UINT64_C(0xCBF29CE484222325);
    if (item->kind == FLOW_STRIP) {
        return key_strip(key, item->table, item->strip);
    }
    return item->kind == FLOW_LINES && item->box.count > 0 ? key_line(key, item->box.lines[0].line) : 0;
}

bool stable_begins(const Layout *layout, const FlowItem *item)
{
    uint64_t key = flow_item_key(item);
    for (size_t i = 0; key != 0 && i < layout->before->count; i++) {
        if (layout->before->pages[i].begins == key) {
            return true;
        }
    }
    return false;
}

const PageColumns *stable_columns(const Layout *layout, const Table *table)
{
    for (size_t i = 0; layout->before && i < layout->before->columns_count; i++) {
        const PageColumns *columns = &layout->before->columns[i];
        if (columns->count == table->column_count && text_equal(columns->kind, table->kind)) {
            return columns;
        }
    }
    return NULL;
}
