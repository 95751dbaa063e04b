/* All tables of a document -> measured boxes; tables of one kind get one set of column widths. */
#include <string.h>

#include "layout/table_int.h"

static void styles_init(TableBox *box)
{
    const TableStyle *style = box->table->style;
    for (Align align = ALIGN_JUSTIFY; align <= ALIGN_DECIMAL; align++) {
        box->head[align] = *style->head;
        box->body[align] = *style->body;
        box->head[align].align = box->body[align].align = align;
        box->head[align].on_grid = box->body[align].on_grid = false;
        box->body[align].balance = style->body->balance || align == ALIGN_CENTER; /* 服务对象 / 满意度指标 */
    }
}

static TableBox *box_new(Layout *layout, const Block *block)
{
    const PageStyle *page = &layout->document->style.page;
    TableBox *box = arena_new_of(layout->arena, TableBox);
    box->layout = layout;
    box->block = block;
    box->table = block->as.table;
    box->measure = box->table->style->turned ? page->text_height : page->text_width;
    box->limit = box->table->style->turned ? page->text_width : page->text_height;
    box->target = NO_TARGET;
    styles_init(box);
    table_grid_build(box);
    return box;
}

static bool same_kind(const TableBox *a, const TableBox *b)
{
    return a->table->kind && b->table->kind && strcmp(a->table->kind, b->table->kind) == 0 &&
           a->table->style == b->table->style && a->columns == b->columns;
}

TableBox **table_measure_all(Layout *layout)
{
    const Document *document = layout->document;
    size_t count = 0;
    for (size_t i = 0; i < document->count; i++) {
        count += document->blocks[i].kind == BLOCK_TABLE;
    }
    TableBox **boxes = arena_array_of(layout->arena, TableBox *, count);
    TableBox **kin = arena_array_of(layout->arena, TableBox *, count);
    size_t at = 0;
    for (size_t i = 0; i < document->count; i++) {
        if (document->blocks[i].kind == BLOCK_TABLE) {
            boxes[at] = box_new(layout, &document->blocks[i]);
            boxes[at]->index = at;
            at++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (boxes[i]->edges) {
            continue; /* with its kin already */
        }
        size_t kin_count = 0;
        for (size_t j = i; j < count; j++) {
            if (j == i || same_kind(boxes[i], boxes[j])) {
                kin[kin_count++] = boxes[j];
            }
        }
        table_columns_choose(layout, kin, kin_count);
    }
    return boxes;
}

Length table_padding_width(const TableStyle *style)
{
    return 2 * style->padding_x + style->rule_outer;
}

Length table_padding_height(const TableStyle *style)
{
    return 2 * style->padding_y + style->rule_outer;
}

Length table_lines_height(const ParagraphStyle *style, size_t lines)
{
    Length pitch = style->pitch > style->size ? style->pitch : style->size;
    return lines == 0 ? 0 : ((Length)lines - 1) * pitch + style->size;
}

Length table_repeat_height(const TableBox *box, size_t strip)
{
    if (strip == 0) {
        return 0;
    }
    return box->repeat_height + (strip > box->head_strip ? box->strips[box->head_strip].height : 0);
}
