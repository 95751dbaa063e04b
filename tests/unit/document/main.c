/* Runs the tests of the document module. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "document/document.h"

typedef struct Sample {
    Arena *arena;
    FindingList findings;
    Origin own, datum, figure;
    FontRole role;
    ParagraphStyle style;
    TableStyle table_style;
    Column columns[3];
    HeaderCell header[2], leaves[2];
    InlineList texts[8];
    Inline inlines[8];
    Cell cells[8];
    Row rows[2], total;
    RowGroup group;
    Cell label;
    OnceRow once;
    LeadLine lead;
    Table table;
    Block blocks[5];
    Document document;
} Sample;

static InlineList text_of(Sample *sample, size_t index, const char *text, const Origin *origin)
{
    sample->inlines[index] = (Inline){.kind = INLINE_TEXT, .text = text, .len = strlen(text), .origin = origin};
    return (InlineList){&sample->inlines[index], 1};
}

static Cell cell_of(Sample *sample, size_t index, const char *text, const Origin *origin)
{
    sample->texts[index] = text_of(sample, index, text, origin);
    return (Cell){.paragraphs = &sample->texts[index], .count = 1, .origin = origin};
}

/* A document with one of everything: three columns, the last two under one head, one group of two rows, a total. */
static Sample *sample_new(void)
{
    Arena *arena = arena_new();
    Sample *s = arena_new_of(arena, Sample);
    s->arena = arena;
    finding_list_init(&s->findings, arena, LANGUAGE_ZH);
    s->datum = (Origin){.path = "a/b"};
    s->figure = (Origin){.path = "a/c", .figure = true};
    static FontFile file = {.path = "x.otf"};
    s->role = (FontRole){.name = "role", .han = &file, .han_count = 1};
    s->style = (ParagraphStyle){.name = "style", .font = &s->role, .size = 100, .pitch = 150};
    s->table_style = (TableStyle){.name = "grid",
                                  .caption = &s->style,
                                  .lead = &s->style,
                                  .head = &s->style,
                                  .body = &s->style,
                                  .note = &s->style,
                                  .size_floor = 50};
    s->columns[0] = (Column){.min_width = LENGTH_MM(10), .row_head = true, .align = ALIGN_LEFT};
    s->columns[1] = (Column){.share = 1, .align = ALIGN_DECIMAL};
    s->columns[2] = (Column){.max_width = 7, .align = ALIGN_CENTER};
    s->header[0].cell = cell_of(s, 0, "H0", &s->own);
    s->header[1].cell = cell_of(s, 1, "H1", &s->own);
    s->leaves[0].cell = cell_of(s, 2, "L0", &s->own);
    s->header[1].children = s->leaves;
    s->header[1].count = 2;
    s->label = cell_of(s, 3, "G", &s->datum);
    s->cells[0] = cell_of(s, 4, "12.50", &s->figure);
    s->cells[2] = cell_of(s, 5, "x|y", &s->own);
    s->rows[0] = (Row){.cells = &s->cells[0], .count = 2, .origin = s->datum};
    s->rows[1] = (Row){.cells = &s->cells[2], .count = 2};
    s->group = (RowGroup){.label = &s->label, .rows = s->rows, .row_count = 2};
    s->total = (Row){.kind = ROW_TOTAL, .cells = &s->cells[4], .count = 3};
    s->once = (OnceRow){.label = s->label, .text = s->cells[0]};
    s->lead = (LeadLine){.right = s->texts[0]};
    s->table = (Table){.style = &s->table_style,
                       .kind = "kind",
                       .bookmark = true,
                       .level = 3,
                       .caption = s->texts[1],
                       .leads = &s->lead,
                       .lead_count = 1,
                       .header = s->header,
                       .header_count = 2,
                       .columns = s->columns,
                       .column_count = 3,
                       .once = &s->once,
                       .once_count = 1,
                       .body = {.groups = &s->group, .group_count = 1},
                       .totals = &s->total,
                       .total_count = 1,
                       .notes = &s->texts[2],
                       .note_count = 1};
    s->blocks[0] = (Block){.kind = BLOCK_HEADING, .style = &s->style};
    s->blocks[0].as.heading = (Heading){.level = 1, .bookmark = true, .text = s->texts[3]};
    s->blocks[1] = (Block){.kind = BLOCK_PARAGRAPH, .style = &s->style};
    s->blocks[1].as.paragraph.text = s->texts[4];
    s->blocks[2] = (Block){.kind = BLOCK_TABLE};
    s->blocks[2].as.table = &s->table;
    s->blocks[3] = (Block){.kind = BLOCK_SIGNATURE, .style = &s->style};
    s->blocks[3].as.signature.name = s->texts[0];
    s->blocks[4] = (Block){.kind = BLOCK_PAGE_BREAK};
    s->document = (Document){.title = "T", .blocks = s->blocks, .count = 5, .year = 2024, .month = 2, .day = 6};
    s->document.style.page = (PageStyle){.width = 100,
                                         .height = 100,
                                         .text_width = 80,
                                         .text_height = 80,
                                         .left = 10,
                                         .top = 10,
                                         .cell = 1,
                                         .pitch = 2,
                                         .columns = 80,
                                         .lines = 40};
    s->document.style.roles = &s->role;
    s->document.style.role_count = 1;
    return s;
}

START_TEST(check_accepts_whole)
{
    Sample *s = sample_new();
    ck_assert(document_check(&s->document, &s->findings));
    ck_assert_uint_eq(s->findings.count, 0);
    arena_free(s->arena);
}
END_TEST

typedef void Break(Sample *sample);

static void break_style(Sample *s)
{
    s->blocks[1].style = NULL;
}
static void break_font(Sample *s)
{
    s->style.font = NULL;
}
static void break_size(Sample *s)
{
    s->style.size = 0;
}
static void break_page(Sample *s)
{
    s->document.style.page.left = 21;
}
static void break_header(Sample *s)
{
    s->header[1].count = 1;
}
static void break_row(Sample *s)
{
    s->rows[1].count = 3;
}
static void break_total(Sample *s)
{
    s->total.count = 2;
}
static void break_mixed(Sample *s)
{
    s->table.body.rows = &s->total;
    s->table.body.row_count = 1;
}
static void break_label(Sample *s)
{
    s->group.label = NULL;
}
static void break_root_label(Sample *s)
{
    s->table.body.label = &s->label;
}
static void break_width(Sample *s)
{
    s->columns[2].min_width = 8;
}
static void break_inline(Sample *s)
{
    s->inlines[4].len = 2;
}
static void break_origin(Sample *s)
{
    s->inlines[4].origin = NULL;
}

static const struct {
    Break *run;
    const char *code;
} BREAKS[] = {
    {break_style, "document-style-missing"}, {break_font, "document-font-missing"},
    {break_size, "document-length"},         {break_page, "document-length"},
    {break_header, "document-header"},       {break_row, "document-row-cells"},
    {break_total, "document-row-cells"},     {break_mixed, "document-group-mixed"},
    {break_label, "document-group-label"},   {break_root_label, "document-group-label"},
    {break_width, "document-length"},        {break_inline, "document-inline"},
    {break_origin, "document-inline"},
};

START_TEST(check_refuses)
{
    Sample *s = sample_new();
    BREAKS[_i].run(s);
    ck_assert(!document_check(&s->document, &s->findings));
    ck_assert_uint_ge(s->findings.count, 1);
    ck_assert_str_eq(s->findings.items[0]->code, BREAKS[_i].code);
    arena_free(s->arena);
}
END_TEST

START_TEST(dump_shows_all)
{
    static const char EXPECTED[] = "title: T\n"
                                   "date: 2024-02-06\n"
                                   "heading 1 [style] bookmark: {G|a/b}\n"
                                   "paragraph [style]: {#12.50|a/c}\n"
                                   "table [grid] kind bookmark=3: H1\n"
                                   "  lead  | H0\n"
                                   "  column left share=0 min=10mm row-head\n"
                                   "  column decimal share=1\n"
                                   "  column center share=0 max=7\n"
                                   "  once {G|a/b} | {#12.50|a/c}\n"
                                   "  head H0\n"
                                   "  head H1\n"
                                   "    head L0\n"
                                   "    head \n"
                                   "  group {G|a/b}\n"
                                   "    row @a/b: {#12.50|a/c} | \n"
                                   "    row: x\\|y | \n"
                                   "  total:  |  | \n"
                                   "  note L0\n"
                                   "signature [style]: H0 | \n"
                                   "page-break\n";
    Sample *s = sample_new();
    Buffer out = {0};
    document_dump(&s->document, &out);
    buffer_append(&out, "", 1);
    ck_assert_str_eq(out.bytes, EXPECTED);
    buffer_release(&out);
    arena_free(s->arena);
}
END_TEST

START_TEST(dump_marks_inlines)
{
    Sample *s = sample_new();
    Inline items[] = {
        {.kind = INLINE_TEXT, .text = "{a}", .len = 3, .origin = &s->own},
        {.kind = INLINE_GOOD_BREAK},
        {.kind = INLINE_TEXT, .text = "b", .len = 1, .origin = &s->own, .keep_together = true},
        {.kind = INLINE_LINE_BREAK},
        {.kind = INLINE_TEXT, .text = "c\nd", .len = 3, .origin = &s->figure, .font = &s->role},
    };
    s->blocks[0].as.heading.text = (InlineList){items, 5};
    s->document.count = 1;
    s->document.title = NULL;
    s->document.year = 0;
    Buffer out = {0};
    document_dump(&s->document, &out);
    buffer_append(&out, "", 1);
    ck_assert_str_eq(out.bytes, "heading 1 [style] bookmark: \\{a\\}{|}{+b|}{/}{#c\\nd|a/c|role}\n");
    ck_assert_str_eq(inline_list_text(&s->blocks[0].as.heading.text, s->arena), "{a}bc\nd");
    ck_assert_str_eq(inline_list_text(&(InlineList){0}, s->arena), "");
    buffer_release(&out);
    arena_free(s->arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("document");
    TCase *tcase = tcase_create("document");
    tcase_add_test(tcase, check_accepts_whole);
    tcase_add_loop_test(tcase, check_refuses, 0, sizeof BREAKS / sizeof *BREAKS);
    tcase_add_test(tcase, dump_shows_all);
    tcase_add_test(tcase, dump_marks_inlines);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
