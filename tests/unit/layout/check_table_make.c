/* Documents made in C -> pages: the builders of the layout tests. */
#include "check_table_make.h"
#include "base/text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static FontRole *role_new(Make *make, const char *name, const char *han)
{
    FontRole *role = arena_new_of(make->arena, FontRole);
    role->name = name;
    role->han = arena_new_of(make->arena, FontFile);
    role->han->path = han;
    role->latin = arena_new_of(make->arena, FontFile);
    role->latin->path = "LiberationSerif-Regular.ttf";
    role->han_count = role->latin_count = 1;
    return role;
}

static ParagraphStyle style_new(const char *name, const FontRole *font, int half_points, Align align)
{
    Length size = LENGTH_PER_PT / 2 * half_points;
    return (ParagraphStyle){
        .name = name, .font = font, .size = size, .pitch = length_scale(size, 13, 10), .align = align};
}

static void styles_init(Make *make, const FontRole *song, const FontRole *hei)
{
    make->body = style_new("body", song, 0, ALIGN_JUSTIFY);
    make->body.size = LENGTH_CELL;
    make->body.pitch = LENGTH_PITCH;
    make->body.on_grid = true;
    make->body.first_indent = 2 * LENGTH_CELL;
    make->heading = make->body;
    make->heading.name = "heading";
    make->heading.font = hei;
    make->heading.keep_with_next = true;
    make->title = style_new("title", song, 44, ALIGN_CENTER);
    make->title.on_grid = make->title.keep_with_next = make->title.balance = true;
    make->title.lines_after = 1;
    make->caption = style_new("caption", hei, 24, ALIGN_CENTER);
    make->caption.keep_with_next = true;
    make->lead = style_new("lead", song, 21, ALIGN_LEFT);
    make->head = style_new("head", hei, 21, ALIGN_CENTER);
    make->head.balance = true;
    make->cell = style_new("cell", song, 21, ALIGN_JUSTIFY);
    make->note = style_new("note", song, 18, ALIGN_JUSTIFY);
    make->folio = style_new("folio", song, 28, ALIGN_LEFT);
    make->table = (TableStyle){.name = "table",
                               .caption = &make->caption,
                               .lead = &make->lead,
                               .head = &make->head,
                               .body = &make->cell,
                               .note = &make->note,
                               .padding_x = LENGTH_MM(1),
                               .padding_y = LENGTH_MM(1),
                               .rule_outer = LENGTH_MM(35) / 100,
                               .rule_inner = LENGTH_MM(25) / 100,
                               .size_floor = LENGTH_PT(7),
                               .continued = "(2)",
                               .continued_bare = "(bare)"};
    make->turned = make->table;
    make->turned.turned = true;
}

Make *make_new(void)
{
    Arena *arena = arena_new();
    Make *make = arena_new_of(arena, Make);
    make->arena = arena;
    make->seed = 1;
    finding_list_init(&make->findings, arena, LANGUAGE_EN);
    const char *folders[] = {"fonts"};
    make->fonts = font_set_new(folders, 1);
    FontRole *song = role_new(make, "song", "FandolSong-Regular.otf"),
             *hei = role_new(make, "hei", "FandolHei-Regular.otf");
    FontRole *roles = arena_array_of(arena, FontRole, 2);
    roles[0] = *song;
    roles[1] = *hei;
    styles_init(make, &roles[0], &roles[1]);
    make->document.style = (DocumentStyle){.page = {.width = LENGTH_MM(210),
                                                    .height = LENGTH_MM(297),
                                                    .left = LENGTH_MM(28),
                                                    .top = LENGTH_MM(37),
                                                    .text_width = LENGTH_MM(156),
                                                    .text_height = LENGTH_MM(225),
                                                    .cell = LENGTH_CELL,
                                                    .pitch = LENGTH_PITCH,
                                                    .columns = 28,
                                                    .lines = 22,
                                                    .folio = &make->folio,
                                                    .folio_before = "- ",
                                                    .folio_after = " -",
                                                    .folio_drop = LENGTH_MM(7),
                                                    .folio_inset = LENGTH_CELL},
                                           .roles = roles,
                                           .role_count = 2,
                                           .fallback = &roles[0]};
    make->document.title = "test";
    make->document.language = "zh-CN";
    return make;
}

void make_free(Make *make)
{
    font_set_free(make->fonts);
    arena_free(make->arena);
}

unsigned make_random(Make *make, unsigned below)
{
    make->seed = make->seed * 1103515245u + 12345u;
    return (make->seed >> 16) % below;
}

InlineList make_text(Make *make, const char *tag, size_t han)
{
    /* common Hanzi that every font of the field has */
    static const uint16_t codes[] = {0x9884, 0x7B97, 0x516C, 0x5F00, 0x90E8, 0x95E8, 0x5E74, 0x5EA6,
                                     0x6536, 0x5165, 0x652F, 0x51FA, 0x9879, 0x76EE, 0x7EE9, 0x6548};
    size_t len = strlen(tag);
    char *text = arena_alloc(make->arena, len + 3 * han + 1);
    for (size_t i = 0; i < len; i++) {
        text[i] = tag[i];
    }
    for (size_t i = 0; i < han; i++) {
        len += utf8_encode(codes[make_random(make, 16)], text + len);
    }
    InlineList list = {.items = arena_new_of(make->arena, Inline), .count = 1};
    list.items[0] = (Inline){.kind = INLINE_TEXT, .text = text, .len = len};
    return list;
}

Cell make_cell(Make *make, const char *tag, size_t han)
{
    Cell cell = {.paragraphs = arena_new_of(make->arena, InlineList), .count = 1};
    cell.paragraphs[0] = make_text(make, tag, han);
    return cell;
}

Block *make_block(Make *make, BlockKind kind, const ParagraphStyle *style)
{
    Block *block = array_push(make->arena, &make->blocks);
    block->kind = kind;
    block->style = style;
    return block;
}

void make_paragraph(Make *make, const char *tag, size_t han)
{
    InlineList text = make_text(make, tag, han);
    make_block(make, BLOCK_PARAGRAPH, &make->body)->as.paragraph.text = text;
}

void make_lines(Make *make, const char *tag, size_t lines)
{
    InlineList text = {.items = arena_array_of(make->arena, Inline, 2 * lines)};
    for (size_t i = 0; i < lines; i++) {
        if (i > 0) {
            text.items[text.count++].kind = INLINE_LINE_BREAK;
        }
        text.items[text.count++] = make_text(make, arena_printf(make->arena, "%s.%zu.", tag, i), 3).items[0];
    }
    make_block(make, BLOCK_PARAGRAPH, &make->body)->as.paragraph.text = text;
}

void make_heading(Make *make, int level, const char *tag, size_t han)
{
    InlineList text = make_text(make, tag, han);
    make_block(make, BLOCK_HEADING, level == 0 ? &make->title : &make->heading)->as.heading =
        (Heading){.level = level, .text = text, .bookmark = true};
}

Row make_row(Make *make, const char *tag, size_t cells, size_t han)
{
    Row row = {.cells = arena_array_of(make->arena, Cell, cells), .count = cells};
    for (size_t i = 0; i < cells; i++) {
        row.cells[i] = make_cell(make, arena_printf(make->arena, "%s.%zu.", tag, i),
                                 han == 0 ? 0 : han / 2 + make_random(make, (unsigned)han));
    }
    return row;
}

static Row *make_rows(Make *make, const char *tag, size_t rows, size_t cells, size_t han)
{
    Row *list = arena_array_of(make->arena, Row, rows);
    for (size_t i = 0; i < rows; i++) {
        list[i] = make_row(make, arena_printf(make->arena, "%sr%zu", tag, i), cells, han);
    }
    return list;
}

Table *make_table(Make *make, const char *tag, size_t columns, const size_t *group_rows, size_t groups, size_t rows,
                  size_t han)
{
    Arena *arena = make->arena;
    Table *table = arena_new_of(arena, Table);
    table->style = &make->table;
    table->caption = make_text(make, arena_printf(arena, "%scap", tag), 6);
    table->columns = arena_array_of(arena, Column, columns);
    table->header = arena_array_of(arena, HeaderCell, columns);
    table->column_count = table->header_count = columns;
    for (size_t i = 0; i < columns; i++) {
        table->columns[i] = (Column){.share = 1};
        table->header[i].cell = make_cell(make, arena_printf(arena, "%sh%zu", tag, i), 4);
    }
    if (groups > 0) {
        table->body.groups = arena_array_of(arena, RowGroup, groups);
        table->body.group_count = groups;
        for (size_t i = 0; i < groups; i++) {
            Cell *label = arena_new_of(arena, Cell);
            *label = make_cell(make, arena_printf(arena, "%sg%zu.", tag, i), 4);
            table->body.groups[i] = (RowGroup){.label = label, .row_count = group_rows[i]};
            table->body.groups[i].rows =
                make_rows(make, arena_printf(arena, "%sg%zu", tag, i), group_rows[i], columns - 1, han);
        }
    } else {
        table->body.rows = make_rows(make, tag, rows, columns, han);
        table->body.row_count = rows;
    }
    make_block(make, BLOCK_TABLE, NULL)->as.table = table;
    return table;
}

PageList *make_pages(Make *make)
{
    make->document.blocks = make->blocks.items;
    make->document.count = make->blocks.count;
    return layout_document(&make->document, make->fonts, make->arena, &make->findings);
}
