/* The typographic report over pages made by hand: each fault is found, and nothing else is. */
#include <check.h>
#include <string.h>

#include "page/report.h"
#include "suites.h"

#define CELL  LENGTH_CELL
#define PITCH LENGTH_PITCH

typedef struct Maker {
    Arena *arena;
    PageList pages;
    ARRAY(Item) items[4];
    ARRAY(PageLine) lines;
    StructNode nodes[8];
} Maker;

/* Hanzi and marks a cell wide, at `step` thousandths of it; a line of text 28 cells wide. */
static PageLine *line_add(Maker *maker, size_t page, NodeId node, LinePart part, const char *text, int step)
{
    GlyphRun run = {.size = CELL, .text = text, .text_len = strlen(text)};
    Glyph *glyphs = arena_array_of(maker->arena, Glyph, run.text_len + 1);
    for (size_t at = 0; at < run.text_len; run.count++) {
        Glyph *glyph = &glyphs[run.count];
        *glyph = (Glyph){.x = (Length)run.count * CELL * step / 1000, .text_at = (uint32_t)at};
        do {
            at++;
        } while (((unsigned char)text[at] & 0xC0) == 0x80);
        glyph->text_len = (uint16_t)(at - glyph->text_at);
    }
    run.glyphs = glyphs;
    PageLine *line = array_push(maker->arena, &maker->lines);
    *line = (PageLine){.page = (uint32_t)page,
                       .first_item = (uint32_t)maker->items[page].count,
                       .item_count = 1,
                       .node = node,
                       .part = part,
                       .justified = true,
                       .gridded = true,
                       .end = 28 * CELL,
                       .measure = 28 * CELL,
                       .baseline = length_scale(CELL, 88, 100) + (Length)maker->items[page].count * PITCH};
    *array_push(maker->arena, &maker->items[page]) = (Item){.kind = ITEM_GLYPHS, .node = node, .glyphs = run};
    return line;
}

static Maker *maker_new(void)
{
    Arena *arena = arena_new();
    Maker *maker = arena_new_of(arena, Maker);
    maker->arena = arena;
    maker->nodes[0].parent = NODE_ARTIFACT;
    for (size_t i = 1; i < 8; i++)
        maker->nodes[i].role = ROLE_PARAGRAPH;
    return maker;
}

static PageReport *report_of(Maker *maker, Page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pages[i].items = maker->items[i].items;
        pages[i].count = maker->items[i].count;
    }
    maker->pages.pages = pages;
    maker->pages.count = count;
    maker->pages.nodes = maker->nodes;
    maker->pages.node_count = 8;
    maker->pages.lines = maker->lines.items;
    maker->pages.line_count = maker->lines.count;
    maker->pages.cell = CELL;
    maker->pages.pitch = PITCH;
    return page_report_make(&maker->pages, maker->arena);
}

static void check_counts(const PageReport *report, PageFaultKind kind, size_t count, const char *about)
{
    for (size_t i = 0; i < FAULT_KINDS; i++)
        ck_assert_msg(report->counts[i] == (i == kind ? count : 0), "%s: %zu of kind %zu", about, report->counts[i], i);
}

/* Two lines of a paragraph that may not be parted so; kinds: FAULT_KINDS is none. */
static const struct {
    const char *upper, *lower;
    PageFaultKind kind;
} edges[] = {
    {"预算收入", "支出安排", FAULT_KINDS},    {"预算收入，", "支出安排", FAULT_KINDS},
    {"预算收入", "，支出安排", FAULT_MARK},   {"预算收入", "。支出安排", FAULT_MARK},
    {"预算收入", "”支出安排", FAULT_MARK},    {"预算收入（", "支出）安排", FAULT_MARK},
    {"预算收入“", "支出”安排", FAULT_MARK},   {"预算收入", "“支出”安排", FAULT_KINDS},
    {"预算收入", "·支出安排", FAULT_MARK},    {"预算收入", "～支出安排", FAULT_MARK},
    {"预算收入—", "—支出安排", FAULT_MARK},   {"预算收入…", "…支出安排", FAULT_MARK},
    {"预算收入", "——支出安排", FAULT_KINDS},  {"预算收入/", "支出安排", FAULT_KINDS},
    {"安排12", "34万元整", FAULT_NUMBER},     {"安排12.", "34万元整", FAULT_NUMBER},
    {"安排1234", "万元的支出", FAULT_NUMBER}, {"安排1234万元", "的支出", FAULT_KINDS},
    {"超过≥", "95个支部", FAULT_NUMBER},      {"安排2020", "年的支出", FAULT_NUMBER},
    {"安排2020年", "1月的支出", FAULT_KINDS}, {"第", "12项支出", FAULT_NUMBER},
    {"平台web", "site的建设", FAULT_NUMBER},  {"安排96", "%的支出", FAULT_NUMBER},
    {"共有3", "个支部的", FAULT_NUMBER},      {"其中有。", "12个支部", FAULT_KINDS},
};

START_TEST(edges_of_lines)
{
    Maker *maker = maker_new();
    line_add(maker, 0, 1, LINE_BODY, edges[_i].upper, 1000)->first = true;
    line_add(maker, 0, 1, LINE_BODY, edges[_i].lower, 1000)->last = true;
    Page page = {.end = PAGE_END_LAST};
    const PageReport *report = report_of(maker, &page, 1);
    check_counts(report, edges[_i].kind, 1, edges[_i].lower);
    /* between two paragraphs anything goes */
    maker->lines.items[0].last = maker->lines.items[1].first = true;
    check_counts(report_of(maker, &page, 1), FAULT_KINDS, 0, edges[_i].lower);
    arena_free(maker->arena);
}
END_TEST

typedef enum Spoil { SPOIL_NOTHING, SPOIL_EDGE, SPOIL_OVER, SPOIL_LEFT, SPOIL_BOUNDS, SPOIL_GRID, SPOIL_RUNT } Spoil;

static const struct {
    Spoil spoil;
    PageFaultKind kind;
} places[] = {{SPOIL_NOTHING, FAULT_KINDS}, {SPOIL_EDGE, FAULT_RAGGED},   {SPOIL_OVER, FAULT_OVERFULL},
              {SPOIL_LEFT, FAULT_OVERFULL}, {SPOIL_BOUNDS, FAULT_FORCED}, {SPOIL_GRID, FAULT_OFF_GRID},
              {SPOIL_RUNT, FAULT_RUNT}};

START_TEST(places_of_lines)
{
    Spoil spoil = places[_i].spoil;
    Maker *maker = maker_new();
    PageLine *line = line_add(maker, 0, 1, LINE_BODY, "预算收入支出", 1000);
    line->first = true;
    line->end -= spoil == SPOIL_EDGE ? LENGTH_PER_PT / 10 : LENGTH_PER_PT / 200; /* under a hundredth is exact */
    line->end += spoil == SPOIL_OVER ? LENGTH_PER_PT / 10 : 0;
    line->start -= spoil == SPOIL_LEFT ? LENGTH_PER_PT : 0;
    line->forced = spoil == SPOIL_BOUNDS;
    line->baseline += spoil == SPOIL_GRID ? 10 : 0;
    line = line_add(maker, 0, 1, LINE_BODY, spoil == SPOIL_RUNT ? "入。" : "入支。", 1000);
    line->last = true;
    line->end = 3 * CELL; /* a last line may end anywhere */
    Page page = {.end = PAGE_END_LAST};
    check_counts(report_of(maker, &page, 1), places[_i].kind, 1, "spoilt");
    arena_free(maker->arena);
}
END_TEST

/* Lines on two pages, | between: h heading, b B first and last line of a paragraph, m one between, o a paragraph of one
 * line, c caption, t a cell. */
static const struct {
    const char *lines;
    PageFaultKind kind;
} flows[] = {
    {"hbmB|hbB", FAULT_KINDS}, {"obmBh|bmB", FAULT_STRANDED}, {"oho|bmB", FAULT_STRANDED}, {"oho|hbB", FAULT_KINDS},
    {"ohbm|mB", FAULT_KINDS},  {"ob|mB", FAULT_LONELY},       {"obm|B", FAULT_LONELY},     {"oc|tt", FAULT_STRANDED},
    {"oct|tt", FAULT_KINDS},   {"oht|bB", FAULT_KINDS},       {"ohh|bB", FAULT_STRANDED},  {"oh", FAULT_KINDS},
};

START_TEST(what_stands_alone)
{
    Maker *maker = maker_new();
    size_t page = 0, count = 0;
    for (const char *at = flows[_i].lines; *at; at++) {
        if (*at == '|') {
            page++;
            continue;
        }
        LinePart part = *at == 'h' ? LINE_HEADING : *at == 'c' ? LINE_CAPTION : *at == 't' ? LINE_CELL : LINE_BODY;
        bool one = strchr("hoct", *at) != NULL;
        NodeId node = one ? NODE_ARTIFACT : 1;
        PageLine *line = line_add(maker, page, node, part, "预算收入支出", 1000);
        line->first = one || *at == 'b';
        line->last = one || *at == 'B';
        line->gridded = false;
    }
    Page pages[2] = {{.end = PAGE_END_FULL}, {.end = PAGE_END_LAST}};
    const PageReport *report = report_of(maker, pages, page + 1);
    count = flows[_i].kind == FAULT_KINDS ? 0 : 1;
    check_counts(report, flows[_i].kind, count, flows[_i].lines);
    arena_free(maker->arena);
}
END_TEST

static const struct {
    PageTable parts[2];
    size_t faults;
} tables[] = {
    {{{0, 0, "t", 0, 3, 5, true, false, 0}, {1, 0, "t", 3, 5, 5, true, false, 0}}, 0},
    {{{0, 0, "t", 0, 4, 5, true, false, 0}, {1, 0, "t", 4, 5, 5, true, false, 0}}, 1},  /* a last row alone */
    {{{0, 0, "t", 0, 1, 2, true, false, 0}, {1, 0, "t", 1, 2, 2, true, false, 0}}, 0},  /* of two rows each is that */
    {{{0, 0, "t", 0, 3, 5, true, false, 0}, {1, 0, "t", 3, 5, 5, true, true, 0}}, 1},   /* a total first */
    {{{0, 0, "t", 0, 3, 5, true, false, 0}, {1, 0, "t", 3, 5, 5, false, false, 0}}, 1}, /* no head */
    {{{0, 0, "t", 0, 3, 5, true, false, 2}, {1, 0, "t", 3, 5, 5, true, false, 0}}, 2},  /* two labels lost */
    {{{0, 0, "t", 0, 0, 5, true, false, 0}, {1, 0, "t", 0, 5, 5, true, false, 0}}, 1},  /* a goal row alone */
    {{{0, 0, "t", 0, 5, 5, true, false, 0}, {1, 0, "t", 4, 5, 5, true, false, 0}}, 0},  /* a row that is cut */
    {{{0, 0, "t", 0, 5, 5, true, false, 0}, {1, 1, "u", 0, 1, 1, true, false, 0}}, 0},
};

START_TEST(rows_that_stand_alone)
{
    Maker *maker = maker_new();
    Page pages[2] = {{.end = PAGE_END_FULL}, {.end = PAGE_END_LAST}};
    PageTable parts[2] = {tables[_i].parts[0], tables[_i].parts[1]};
    maker->pages.tables = parts;
    maker->pages.table_count = 2;
    check_counts(report_of(maker, pages, 2), FAULT_ROW, tables[_i].faults, "rows");
    arena_free(maker->arena);
}
END_TEST

START_TEST(pages_that_end_short)
{
    Maker *maker = maker_new();
    Page pages[4] = {{.end = PAGE_END_FULL, .blank = 3 * PITCH},
                     {.end = PAGE_END_ROW, .blank = 4 * PITCH},
                     {.end = PAGE_END_CHOICE, .blank = 5 * PITCH},
                     {.end = PAGE_END_LAST, .blank = 9 * PITCH}};
    const PageReport *report = report_of(maker, pages, 4);
    check_counts(report, FAULT_UNDERFULL, 2, "pages");
    ck_assert_uint_eq(report->explained[FAULT_UNDERFULL], 1);
    ck_assert_uint_eq(report->faults.items[0].page, 1);
    ck_assert(report->faults.items[0].explained);
    ck_assert(!report->faults.items[1].explained);
    Buffer out = {0};
    page_report_print(report, LANGUAGE_EN, &out);
    buffer_append(&out, "", 1);
    ck_assert_ptr_nonnull(strstr(out.bytes, "     2  pages over three lines short (explained: 1)\n"
                                            "      page 2: 4.0 lines; the next row does not fit\n"
                                            "      page 3: 5.0 lines; for the pages after it\n"));
    out.len = 0;
    page_report_print_json(report, &out);
    buffer_append(&out, "", 1);
    ck_assert_ptr_nonnull(strstr(out.bytes, "\"underfull\":2}"));
    buffer_release(&out);
    arena_free(maker->arena);
}
END_TEST

START_TEST(the_widest_step)
{
    Maker *maker = maker_new();
    line_add(maker, 0, 1, LINE_BODY, "预算收入支出", 1010)->first = true;
    line_add(maker, 0, 1, LINE_BODY, "预算，入支出", 1042); /* beside a mark is no step of Hanzi */
    line_add(maker, 0, 1, LINE_BODY, "预，算，入，", 1900)->last = true;
    Page page = {.end = PAGE_END_LAST};
    const PageReport *report = report_of(maker, &page, 1);
    ck_assert_int_eq(report->widest, 1042);
    ck_assert_str_eq(report->widest_text, "预算，入支出");
    arena_free(maker->arena);
}
END_TEST

Suite *report_suite(void)
{
    Suite *suite = suite_create("report");
    TCase *report = tcase_create("report");
    tcase_add_loop_test(report, edges_of_lines, 0, sizeof edges / sizeof *edges);
    tcase_add_loop_test(report, places_of_lines, 0, sizeof places / sizeof *places);
    tcase_add_loop_test(report, what_stands_alone, 0, sizeof flows / sizeof *flows);
    tcase_add_loop_test(report, rows_that_stand_alone, 0, sizeof tables / sizeof *tables);
    tcase_add_test(report, pages_that_end_short);
    tcase_add_test(report, the_widest_step);
    suite_add_tcase(suite, report);
    return suite;
}
