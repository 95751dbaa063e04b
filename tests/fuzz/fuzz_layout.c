/* Bytes -> a document of headings, texts and tables as no clerk would write them -> pages and a file that must hold it.
 */
#include <string.h>

#include "font/font.h"
#include "fuzz.h"
#include "layout/layout.h"

typedef struct Input {
    const uint8_t *bytes;
    size_t len;
    Arena *arena;
    size_t cells; /* left: a bound for the time */
} Input;

/* A number below `below`; 0 when the bytes are used up. */
static size_t take(Input *in, size_t below)
{
    if (in->len == 0 || below < 2) {
        return 0;
    }
    size_t byte = *in->bytes++;
    in->len--;
    if (below > 256 && in->len > 0) {
        byte = byte << 8 | *in->bytes++;
        in->len--;
    }
    return byte % below;
}

static const char *take_piece(Input *in)
{
    static const char *const pieces[] = {
        "预算",
        "公开情况说明",
        "，",
        "。",
        "（",
        "）",
        "《",
        "》",
        "“",
        "”",
        "——",
        "……",
        "、",
        "：",
        "；",
        "！",
        "？",
        "·",
        "2020年",
        "1,234.56",
        "-0.5",
        "95%",
        "≥",
        "63%～68%",
        "4945.05万元",
        "〔2011〕24号",
        "PDF ",
        "the budget ",
        "internationalization",
        "https://example.gov.cn/a/b?c=d&e=f",
        " ",
        "　",
        "-",
        "/",
        "①",
        "\u00AD",
        "\u200B",
        "e\u0301",
        "\u00E9",
        "AVATAR",
        "fi",
        "县",
        "的",
        "1",
        "0",
        "——",
        "0000000000000000000000",
        "第",
        "项",
        "县人民政府办公室关于印发",
        "'",
        "\"",
        "(",
        ")",
        "…",
        "㎡",
        "℃",
        "WWWWWWWWWWWW",
        "\t",
        "\u4E00\u4E8C",
    };
    return pieces[take(in, sizeof pieces / sizeof *pieces)];
}

static InlineList take_text(Input *in, size_t most)
{
    static const Origin nowhere = {.path = "fuzz"};
    InlineList list = {0};
    size_t count = take(in, 4);
    list.items = arena_array_of(in->arena, Inline, count);
    for (size_t i = 0; i < count; i++) {
        Inline *item = &list.items[list.count++];
        item->origin = &nowhere;
        item->kind = take(in, 12) == 0 ? INLINE_LINE_BREAK : take(in, 12) == 1 ? INLINE_GOOD_BREAK : INLINE_TEXT;
        item->keep_together = take(in, 8) == 1;
        Buffer text = {0};
        size_t repeat = take(in, 16) == 1 ? take(in, 2000) + 1 : 1;
        for (size_t n = take(in, most) + 1; n > 0; n--) {
            buffer_text(&text, take_piece(in));
        }
        size_t once = text.len;
        for (; repeat > 1 && text.len < 1200; repeat--) {
            buffer_append(&text, arena_strndup(in->arena, text.bytes, once), once);
        }
        item->text = arena_strndup(in->arena, text.bytes, text.len);
        item->len = item->kind == INLINE_TEXT ? text.len : 0;
        buffer_release(&text);
    }
    return list;
}

/* A bookmark needs a title: the template never makes one without. */
static bool has_words(const InlineList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *text = list->items[i].text;
        if (list->items[i].kind == INLINE_TEXT &&
            strcspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") < strlen(text)) {
            return true;
        }
    }
    return false;
}

static Cell take_cell(Input *in)
{
    Cell cell = {.count = take(in, 8) == 1 ? take(in, 5) : 1};
    in->cells -= in->cells > 0;
    cell.paragraphs = arena_array_of(in->arena, InlineList, cell.count);
    for (size_t i = 0; i < cell.count; i++) {
        cell.paragraphs[i] = take_text(in, 4);
    }
    cell.has_align = take(in, 6) == 1;
    cell.align = (Align)take(in, 5);
    return cell;
}

static void take_columns(Input *in, Table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        Column *column = &table->columns[i];
        *column = (Column){.share = (int)take(in, 3), .align = (Align)take(in, 5), .row_head = take(in, 4) == 1};
        if (take(in, 3) == 1) {
            column->min_width = LENGTH_MM(1 + (Length)take(in, 60));
            column->max_width = take(in, 2) ? column->min_width + LENGTH_MM((Length)take(in, 60)) : 0;
        }
    }
}

/* `leaves` columns under some head cells, to `depth` levels. */
static HeaderCell *take_header(Input *in, size_t leaves, int depth, size_t *count)
{
    HeaderCell *cells = arena_array_of(in->arena, HeaderCell, leaves);
    *count = 0;
    while (leaves > 0) {
        HeaderCell *cell = &cells[(*count)++];
        size_t part = depth > 0 && take(in, 3) == 1 ? 1 + take(in, leaves) : 1;
        cell->cell = take_cell(in);
        if (part > 1 || (depth > 0 && take(in, 8) == 1)) {
            cell->children = take_header(in, part, depth - 1, &cell->count);
        }
        leaves -= part;
    }
    return cells;
}

static Row *take_rows(Input *in, size_t cells, RowKind kind, size_t *count)
{
    *count = take(in, 10) == 1 ? take(in, 120) : take(in, 6);
    *count = in->cells < *count * cells ? in->cells / (cells + 1) : *count;
    Row *rows = arena_array_of(in->arena, Row, *count);
    for (size_t i = 0; i < *count; i++) {
        rows[i] = (Row){.kind = kind, .cells = arena_array_of(in->arena, Cell, cells), .count = cells};
        for (size_t k = 0; k < cells; k++) {
            rows[i].cells[k] = take_cell(in);
        }
    }
    return rows;
}

static void take_groups(Input *in, RowGroup *group, size_t depth, size_t columns)
{
    if (depth == 0) {
        group->rows = take_rows(in, columns, ROW_BODY, &group->row_count);
        return;
    }
    group->group_count = 1 + take(in, 5);
    group->groups = arena_array_of(in->arena, RowGroup, group->group_count);
    for (size_t i = 0; i < group->group_count; i++) {
        Cell *label = arena_new_of(in->arena, Cell);
        *label = take_cell(in);
        group->groups[i].label = label;
        take_groups(in, &group->groups[i], depth - 1, columns - 1);
        if (depth == 1 && group->groups[i].row_count == 0) { /* a label has at least one row */
            RowGroup *inner = &group->groups[i];
            inner->rows = arena_array_of(in->arena, Row, 1);
            inner->rows[0] = (Row){.cells = arena_array_of(in->arena, Cell, columns - 1), .count = columns - 1};
            inner->row_count = 1;
        }
    }
}

static Table *take_table(Input *in, const TableStyle *styles)
{
    Table *table = arena_new_of(in->arena, Table);
    table->style = &styles[take(in, 2)];
    table->kind = "fuzz";
    table->caption = take_text(in, 6);
    table->bookmark = take(in, 2) && has_words(&table->caption);
    table->level = (int)take(in, 4);
    table->column_count = 1 + take(in, take(in, 4) == 1 ? 40 : 8);
    table->columns = arena_array_of(in->arena, Column, table->column_count);
    take_columns(in, table);
    table->header = take_header(in, table->column_count, 3, &table->header_count);
    table->lead_count = take(in, 3);
    table->leads = arena_array_of(in->arena, LeadLine, table->lead_count);
    for (size_t i = 0; i < table->lead_count; i++) {
        table->leads[i] = (LeadLine){take_text(in, 3), take_text(in, 3)};
    }
    table->once_count = table->column_count > 1 ? take(in, 3) : 0;
    table->once = arena_array_of(in->arena, OnceRow, table->once_count);
    for (size_t i = 0; i < table->once_count; i++) {
        table->once[i] = (OnceRow){take_cell(in), take_cell(in)};
    }
    size_t depth = take(in, 4);
    depth = depth < table->column_count ? depth : table->column_count - 1;
    take_groups(in, &table->body, depth, table->column_count);
    table->totals = take_rows(in, table->column_count, ROW_TOTAL, &table->total_count);
    table->note_count = take(in, 3);
    table->notes = arena_array_of(in->arena, InlineList, table->note_count);
    for (size_t i = 0; i < table->note_count; i++) {
        table->notes[i] = take_text(in, 8);
    }
    return table;
}

static FontRole role_of(Arena *arena, const char *name, const char *han)
{
    FontFile *files = arena_array_of(arena, FontFile, 2);
    files[0].path = han;
    files[1].path = "LiberationSerif-Regular.ttf";
    return (FontRole){name, &files[0], &files[1], 1, 1};
}

static ParagraphStyle style_of(Input *in, const char *name, const FontRole *font, Length size, Align align)
{
    ParagraphStyle style = {.name = name, .font = font, .size = size, .pitch = size * 13 / 10, .align = align};
    if (take(in, 4) == 1) {
        style.align = (Align)take(in, 5);
        style.balance = take(in, 2);
        style.first_indent = (Length)take(in, 5) * LENGTH_CELL;
        style.left_indent = (Length)take(in, 4) * LENGTH_CELL;
        style.right_indent = (Length)take(in, 4) * LENGTH_CELL;
        style.lines_before = (int)take(in, 3);
        style.lines_after = (int)take(in, 3);
        style.keep_with_next = take(in, 2);
    }
    return style;
}

static Document *take_document(Input *in)
{
    Arena *arena = in->arena;
    Document *document = arena_new_of(arena, Document);
    FontRole *roles = arena_array_of(arena, FontRole, 3);
    roles[0] = role_of(arena, "song", "FandolSong-Regular.otf");
    roles[1] = role_of(arena, "hei", "FandolHei-Regular.otf");
    roles[2] = role_of(arena, "rest", "NotoSansCJK-Regular.ttc");
    ParagraphStyle *styles = arena_array_of(arena, ParagraphStyle, 8);
    styles[0] = style_of(in, "body", &roles[0], LENGTH_CELL, ALIGN_JUSTIFY);
    styles[0].pitch = LENGTH_PITCH;
    styles[0].on_grid = true;
    styles[1] = style_of(in, "heading", &roles[1], LENGTH_CELL, ALIGN_CENTER);
    styles[1].on_grid = styles[1].keep_with_next = true;
    styles[1].pitch = LENGTH_PITCH;
    static const char *const names[] = {"caption", "lead", "head", "cell", "note", "folio"};
    for (size_t i = 0; i < 6; i++) {
        styles[2 + i] = style_of(in, names[i], &roles[i % 2], LENGTH_PT(8 + (Length)take(in, 6)), (Align)take(in, 4));
    }
    TableStyle *tables = arena_array_of(arena, TableStyle, 2);
    tables[0] = (TableStyle){.name = "table",
                             .caption = &styles[2],
                             .lead = &styles[3],
                             .head = &styles[4],
                             .body = &styles[5],
                             .note = &styles[6],
                             .padding_x = LENGTH_MM(1),
                             .padding_y = LENGTH_MM(1),
                             .rule_outer = LENGTH_MM(35) / 100,
                             .rule_inner = LENGTH_MM(25) / 100,
                             .size_floor = LENGTH_PT(5),
                             .continued = "（续）",
                             .continued_bare = "续表"};
    tables[1] = tables[0];
    tables[1].turned = true;
    document->style = (DocumentStyle){.page = {.width = LENGTH_MM(210),
                                               .height = LENGTH_MM(297),
                                               .left = LENGTH_MM(28),
                                               .top = LENGTH_MM(37),
                                               .text_width = LENGTH_MM(156),
                                               .text_height = LENGTH_MM(225),
                                               .cell = LENGTH_CELL,
                                               .pitch = LENGTH_PITCH,
                                               .columns = 28,
                                               .lines = 22,
                                               .folio = &styles[7],
                                               .folio_before = "- ",
                                               .folio_after = " -",
                                               .folio_drop = LENGTH_MM(7),
                                               .folio_inset = LENGTH_CELL,
                                               .draft = take(in, 8) == 1 ? "草稿" : NULL},
                                      .roles = roles,
                                      .role_count = 3,
                                      .fallback = &roles[2]};
    document->title = "fuzz";
    document->author = "fuzz";
    document->language = "zh-CN";
    size_t count = 1 + take(in, 8);
    document->blocks = arena_array_of(arena, Block, count);
    for (size_t i = 0; i < count && in->len > 0; i++) {
        Block *block = &document->blocks[document->count++];
        static const BlockKind kinds[] = {BLOCK_TABLE,     BLOCK_PARAGRAPH, BLOCK_HEADING,   BLOCK_TABLE,
                                          BLOCK_PARAGRAPH, BLOCK_SIGNATURE, BLOCK_PAGE_BREAK};
        block->kind = kinds[take(in, sizeof kinds / sizeof *kinds)];
        block->style = block->kind == BLOCK_HEADING ? &styles[1] : &styles[0];
        if (block->kind == BLOCK_TABLE) {
            block->style = NULL;
            block->as.table = take_table(in, tables);
        } else if (block->kind == BLOCK_PARAGRAPH) {
            block->as.paragraph.text = take_text(in, 60);
        } else if (block->kind == BLOCK_HEADING) {
            block->as.heading = (Heading){(int)take(in, 5), take_text(in, 12), take(in, 2)};
            block->as.heading.bookmark = block->as.heading.bookmark && has_words(&block->as.heading.text);
        } else if (block->kind == BLOCK_SIGNATURE) {
            block->as.signature = (Signature){take_text(in, 6), take_text(in, 3)};
        } else {
            block->style = NULL;
        }
    }
    return document;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FontSet *fonts; /* opened once */
    const char *folder = "fonts";
    fonts = fonts ? fonts : font_set_new(&folder, 1);
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_EN);
    Input in = {data, size, arena, 300};
    Document *document = take_document(&in);
    if (document_check(document, &findings)) {
        PageList *pages = layout_document(document, fonts, arena, &findings);
        REQUIRE((pages == NULL) == (findings.errors > 0));
        if (pages) {
            check_pages(document, pages);
            if (size % 4 == 0) {
                check_pdf(pages, arena);
            }
        }
    } else {
        REQUIRE(findings.errors > 0);
    }
    check_findings(&findings);
    arena_free(arena);
    return 0;
}
