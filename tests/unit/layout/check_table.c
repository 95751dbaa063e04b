/* Tables: grid, column widths, and what stands on each page for all kinds of spans at all break positions. */
#include <check.h>
#include <string.h>
#include <time.h>

#include "check_table_make.h"
#include "layout/table_int.h"
#include "suites.h"

/* ---- columns ----------------------------------------------------------------------------------------------------- */

/* Texts that break anywhere but lose `slack` at the end of each line. */
static RowSample sample_of(Make *make, const Length *naturals, size_t rows, size_t columns, Length slack)
{
    enum { LINES = 12 };
    CellFit *fits = arena_array_of(make->arena, CellFit, rows * columns);
    for (size_t i = 0; i < rows * columns; i++) {
        Length *widths = arena_array_of(make->arena, Length, LINES);
        fits[i] = (CellFit){.widths = widths, .count = naturals[i] > 0 ? LINES : 0, .span = 1, .natural = naturals[i]};
        for (Length n = 1; n <= LINES; n++) {
            widths[n - 1] = (naturals[i] + (n - 1) * slack + n - 1) / n;
        }
    }
    return (RowSample){.cells = fits, .rows = rows, .padding = LENGTH_MM(2)};
}

START_TEST(widths_close_on_the_measure)
{
    Make *make = make_new();
    for (int round = 0; round < 300; round++) {
        ColumnNeed needs[8];
        Length naturals[20 * 8], widths[8], measure = LENGTH_MM(156), least = 0;
        size_t columns = 1 + make_random(make, 8);
        for (size_t i = 0; i < columns; i++) {
            needs[i] = (ColumnNeed){.least = LENGTH_MM(2 + make_random(make, 16)), .share = (int)make_random(make, 3)};
            needs[i].decent = needs[i].least + LENGTH_MM(make_random(make, 8));
            needs[i].natural = needs[i].decent + (Length)make_random(make, 1000000);
            needs[i].most = make_random(make, 4) == 0 ? needs[i].decent + LENGTH_MM(3) : 0;
            needs[i].amount = make_random(make, 2);
            least += needs[i].least;
        }
        for (size_t i = 0; i < 20 * columns; i++) {
            naturals[i] = (Length)make_random(make, 30000) * make_random(make, 40);
        }
        RowSample sample = sample_of(make, naturals, 20, columns, 9000);
        table_widths_solve(needs, columns, &sample, measure, widths);
        Length sum = 0;
        for (size_t i = 0; i < columns; i++) {
            ck_assert_int_ge(widths[i], needs[i].least);
            sum += widths[i];
        }
        ck_assert_int_eq(sum, measure);
    }
    make_free(make);
}
END_TEST

/* A long text beside short ones gets the room; the height is that of the best widths, not of equal ones. */
START_TEST(widths_go_where_the_text_is)
{
    Make *make = make_new();
    ColumnNeed needs[3];
    Length naturals[3] = {LENGTH_MM(40), LENGTH_MM(400), LENGTH_MM(40)}, widths[3];
    for (int i = 0; i < 3; i++) {
        needs[i] = (ColumnNeed){
            .least = LENGTH_MM(10), .decent = LENGTH_MM(15), .natural = naturals[i] + LENGTH_MM(2), .share = 1};
    }
    RowSample sample = sample_of(make, naturals, 1, 3, LENGTH_MM(2));
    table_widths_solve(needs, 3, &sample, LENGTH_MM(156), widths);
    ck_assert_int_ge(widths[1], LENGTH_MM(100));
    make_free(make);
}
END_TEST

static size_t lines_in(const RowSample *sample, const Length *widths)
{
    size_t sum = 0;
    for (size_t row = 0; row < sample->rows; row++) {
        size_t most = 1;
        for (size_t col = 0; col < 3; col++) {
            size_t lines = table_fit_lines(&sample->cells[3 * row + col], widths[col] - sample->padding);
            most = lines > most ? lines : most;
        }
        sum += most;
    }
    return sum;
}

/* The search comes within a tenth of the best that trying all widths finds. */
START_TEST(widths_are_nearly_the_best)
{
    enum { ROWS = 12, STEPS = 64 };
    Make *make = make_new();
    for (int round = 0; round < 20; round++) {
        ColumnNeed needs[3];
        Length naturals[3 * ROWS], widths[3], measure = LENGTH_MM(156), step = measure / STEPS;
        for (size_t i = 0; i < 3 * ROWS; i++) {
            naturals[i] = LENGTH_MM(make_random(make, 40)) * (make_random(make, 6) == 0 ? 10 : 1);
        }
        for (size_t i = 0; i < 3; i++) {
            needs[i] = (ColumnNeed){.least = LENGTH_MM(12), .decent = LENGTH_MM(12), .share = 1};
            for (size_t row = 0; row < ROWS; row++) {
                Length natural = naturals[3 * row + i] + LENGTH_MM(2);
                needs[i].natural = natural > needs[i].natural ? natural : needs[i].natural;
            }
        }
        RowSample sample = sample_of(make, naturals, ROWS, 3, LENGTH_MM(2));
        table_widths_solve(needs, 3, &sample, measure, widths);
        size_t best = SIZE_MAX, have = lines_in(&sample, widths);
        for (Length a = LENGTH_MM(12); a < measure; a += step) {
            for (Length b = LENGTH_MM(12); a + b <= measure - LENGTH_MM(12); b += step) {
                Length tried[3] = {a, b, measure - a - b};
                size_t lines = lines_in(&sample, tried);
                best = lines < best ? lines : best;
            }
        }
        ck_assert_msg(have * 10 <= best * 11, "round %d: %zu lines, %zu are possible", round, have, best);
    }
    make_free(make);
}
END_TEST

START_TEST(amounts_declared_alike_look_alike)
{
    Make *make = make_new();
    for (int tight = 0; tight < 2; tight++) { /* tight: their heads would like more room than there is */
        ColumnNeed needs[5];
        Length naturals[5] = {0}, widths[5];
        for (int i = 0; i < 5; i++) {
            Length need = LENGTH_MM(15 + 4 * i);
            naturals[i] = tight ? need * (i + 1) : 0;
            needs[i] = (ColumnNeed){.least = need,
                                    .decent = need,
                                    .natural = need + naturals[i],
                                    .amount = i > 0,
                                    .share = 1,
                                    .most = i == 4 ? LENGTH_MM(40) : 0};
        }
        RowSample sample = sample_of(make, naturals, 1, 5, LENGTH_MM(2));
        table_widths_solve(needs, 5, &sample, LENGTH_MM(156), widths);
        for (int i = 2; i < 4; i++) {
            ck_assert_int_le(widths[i] - widths[1], 1);
            ck_assert_int_ge(widths[i] - widths[1], -1);
        }
        ck_assert_int_eq(widths[0] + widths[1] + widths[2] + widths[3] + widths[4], LENGTH_MM(156));
    }
    make_free(make);
}
END_TEST

/* A piece that no line may part decides over the number of lines: 大|发〔2011〕24号|文件 is three lines where the piece
 * fills one, two where the piece has room for one character more. */
START_TEST(pieces_decide_over_lines)
{
    Make *make = make_new();
    Layout layout = {
        .document = &make->document, .fonts = make->fonts, .arena = make->arena, .findings = &make->findings};
    ck_assert(layout_begin(&layout, NULL));
    Cell cell = make_cell(make, "大发〔2011〕24号文件", 0);
    ParagraphStyle style = make->cell;
    style.align = ALIGN_LEFT;
    GridCell at = {.cell = &cell, .row_span = 1, .col_span = 1, .style = &style};
    Length natural, piece;
    paragraph_widths(&layout, &cell.paragraphs[0], &style, &natural, &piece);
    CellFit fit = table_cell_fit(&layout, &at, true, make->arena);
    ck_assert_int_eq(fit.widths[0], natural);
    ck_assert_uint_eq(table_fit_lines(&fit, natural - 1), 2);
    ck_assert_uint_ge(fit.count, 2);
    for (uint32_t n = 0; n < fit.count; n++) { /* as the paragraph is set in truth */
        LineList lines = paragraph_set(&layout, &cell.paragraphs[0], &style, fit.widths[n]);
        ck_assert_uint_le(lines.count, n + 1);
        ck_assert_int_ge(fit.widths[n], piece);
    }
    layout_end(&layout);
    make_free(make);
}
END_TEST

/* ---- grid -------------------------------------------------------------------------------------------------------- */

START_TEST(header_trees_become_spans)
{
    Make *make = make_new();
    Table *table = make_table(make, "t", 5, NULL, 0, 2, 2);
    /* a | b(c d(e f)) | g : three rows */
    HeaderCell *d = arena_array_of(make->arena, HeaderCell, 2), *b = arena_array_of(make->arena, HeaderCell, 2);
    d[0].cell = make_cell(make, "he", 1);
    d[1].cell = make_cell(make, "hf", 1);
    b[0].cell = make_cell(make, "hc", 1);
    b[1] = (HeaderCell){.cell = make_cell(make, "hd", 1), .children = d, .count = 2};
    table->header[0].cell = make_cell(make, "ha", 1);
    table->header[1] = (HeaderCell){.cell = make_cell(make, "hb", 1), .children = b, .count = 2};
    table->header_count = 3;
    table->header[2].cell = make_cell(make, "hg", 1);
    /* leaves: a c e f g = 5 columns */
    TableBox box = {.layout = &(Layout){.arena = make->arena}, .table = table};
    table_grid_build(&box);
    ck_assert_uint_eq(box.head_count, 3);
    static const char *want[3] = {"abbbg", "acddg", "acefg"};
    for (size_t row = 0; row < 3; row++) {
        for (size_t col = 0; col < 5; col++) {
            const GridCell *cell = table_cell_at(&box, row, col);
            ck_assert_int_eq(cell->cell->paragraphs[0].items[0].text[1], want[row][col]);
            ck_assert(cell->row <= row && row < cell->row + cell->row_span);
        }
    }
    check_pages(make, make_pages(make));
    make_free(make);
}
END_TEST

START_TEST(short_totals_span_and_empty_groups_stand)
{
    Make *make = make_new();
    static const size_t rows[] = {2, 0};
    Table *table = make_table(make, "t", 4, rows, 2, 0, 2);
    Row total = make_row(make, "total", 2, 1);
    table->totals = &total;
    table->total_count = 1;
    TableBox box = {.layout = &(Layout){.arena = make->arena}, .table = table};
    table_grid_build(&box);
    ck_assert_uint_eq(box.row_count, 1 + 2 + 1 + 1);
    ck_assert_uint_eq(table_cell_at(&box, 1, 0)->row_span, 2);
    ck_assert_uint_eq(table_cell_at(&box, 4, 0)->col_span, 3);
    ck_assert_ptr_null(table_cell_at(&box, 3, 2)->cell);
    check_pages(make, make_pages(make));
    make_free(make);
}
END_TEST

/* ---- pages ------------------------------------------------------------------------------------------------------- */

typedef struct Pattern {
    size_t columns;
    size_t groups[24]; /* rows of each; 0 ends */
    size_t rows;       /* without groups */
    size_t han;
    bool turned, once, totals, leads, notes;
} Pattern;

static const Pattern patterns[] = {
    {.columns = 4, .rows = 1, .han = 3},
    {.columns = 4, .rows = 2, .han = 3},
    {.columns = 4, .rows = 60, .han = 4, .totals = true, .leads = true},
    {.columns = 4, .rows = 60, .han = 4},
    {.columns = 5, .groups = {3, 2, 1}, .han = 8, .once = true},
    {.columns = 5, .groups = {1, 1, 1, 1, 1, 1, 1}, .han = 20, .once = true, .notes = true},
    {.columns = 6, .groups = {12, 3}, .han = 10, .totals = true},
    {.columns = 3, .groups = {40}, .han = 5, .leads = true},
    {.columns = 3, .groups = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, .han = 30},
    {.columns = 8, .groups = {5, 25, 1}, .han = 4, .turned = true, .leads = true, .once = true},
    {.columns = 4, .rows = 30, .han = 30, .turned = true, .totals = true, .notes = true},
};

static Table *pattern_table(Make *make, const Pattern *pattern)
{
    size_t groups = 0;
    while (pattern->groups[groups] > 0) {
        groups++;
    }
    Table *table = make_table(make, "t", pattern->columns, pattern->groups, groups, pattern->rows, pattern->han);
    table->style = pattern->turned ? &make->turned : &make->table;
    table->bookmark = true;
    table->level = 2;
    if (pattern->once) {
        table->once = arena_new_of(make->arena, OnceRow);
        table->once_count = 1;
        *table->once = (OnceRow){.label = make_cell(make, "tol", 4), .text = make_cell(make, "tot", 90)};
    }
    if (pattern->totals) {
        table->totals = arena_new_of(make->arena, Row);
        table->total_count = 1;
        *table->totals = make_row(make, "sum", pattern->columns, 2);
    }
    if (pattern->leads) {
        table->leads = arena_new_of(make->arena, LeadLine);
        table->lead_count = 1;
        *table->leads = (LeadLine){.left = make_text(make, "tll", 6), .right = make_text(make, "tlr", 4)};
    }
    if (pattern->notes) {
        table->notes = arena_new_of(make->arena, InlineList);
        table->note_count = 1;
        *table->notes = make_text(make, "tnote", 60);
    }
    return table;
}

/* On each page with rows: the head once; the label of each group that has rows there once, except that a group split
 * by a page may show it on either side only when it would not fit, which these patterns do not do. */
static void check_part(const Table *table, const PageList *pages, size_t page, Arena *arena)
{
    size_t rows = 0;
    for (size_t g = 0; g < table->body.group_count; g++) {
        size_t here = 0;
        for (size_t r = 0; r < table->body.groups[g].row_count; r++) {
            here += count_text(pages, page, arena_printf(arena, "tg%zur%zu.0.", g, r), false);
        }
        const char *label = arena_printf(arena, "tg%zu.", g);
        size_t labels = count_text(pages, page, label, false) + count_text(pages, page, label, true);
        ck_assert_msg(labels == (here > 0), "page %zu: group %zu has %zu rows and %zu labels", page, g, here, labels);
        rows += here;
    }
    for (size_t r = 0; r < table->body.row_count; r++) {
        rows += count_text(pages, page, arena_printf(arena, "tr%zu.0.", r), false);
    }
    size_t totals = count_text(pages, page, "sum.0.", false);
    ck_assert_msg(totals == 0 || rows > 0, "page %zu: the total alone", page);
    size_t first = count_text(pages, page, "th0", false), again = count_text(pages, page, "th0", true);
    ck_assert_uint_eq(first + again, rows > 0);
    ck_assert_uint_eq(count_text(pages, page, "tcap", false), first);
    ck_assert_uint_eq(count_text(pages, page, "tcap", true), again);
    ck_assert_uint_eq(count_text(pages, page, "tll", again), table->lead_count && rows > 0);
    ck_assert_uint_eq(count_text(pages, page, "tot", false), table->once_count && first);
    size_t all = table->body.row_count;
    ck_assert_msg(!again || all < 3 || table->total_count || rows > 1, "page %zu: a last row alone", page);
}

START_TEST(spans_at_all_break_positions)
{
    const Pattern *pattern = &patterns[_i / 8];
    for (size_t lines = (size_t)_i % 8; lines < 22; lines += 8) {
        Make *make = make_new();
        if (lines > 0) {
            make_lines(make, "before", lines);
        }
        Table *table = pattern_table(make, pattern);
        make_lines(make, "after", 3);
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        for (size_t page = 0; page < pages->count; page++) {
            check_part(table, pages, page, make->arena);
            bool before = count_text(pages, page, "before", false) + count_text(pages, page, "after", false) > 0;
            ck_assert(!(before && pages->pages[page].turned));
        }
        make_free(make);
    }
}
END_TEST

/* Two levels of labels, long label texts in short groups, and many rows: the labels are shown where their rows are. */
START_TEST(nested_groups_over_pages)
{
    for (size_t lines = 0; lines < 20; lines += 3) {
        Make *make = make_new();
        make_lines(make, "before", lines + 1);
        Table *table = make_table(make, "t", 5, NULL, 0, 0, 5);
        table->body.groups = arena_array_of(make->arena, RowGroup, 3);
        table->body.group_count = 3;
        for (size_t g = 0; g < 3; g++) {
            RowGroup *group = &table->body.groups[g];
            Cell *labels = arena_array_of(make->arena, Cell, 5);
            labels[4] = make_cell(make, arena_printf(make->arena, "tg%zu.", g), 6);
            *group = (RowGroup){.label = &labels[4], .group_count = 4};
            group->groups = arena_array_of(make->arena, RowGroup, 4);
            for (size_t i = 0; i < 4; i++) {
                labels[i] = make_cell(make, arena_printf(make->arena, "ts%zu%zu.", g, i), 8 * (i + 1));
                group->groups[i] = (RowGroup){.label = &labels[i], .row_count = 1 + i * g};
                group->groups[i].rows = arena_array_of(make->arena, Row, 1 + i * g);
                for (size_t r = 0; r < 1 + i * g; r++) {
                    group->groups[i].rows[r] = make_row(make, arena_printf(make->arena, "r%zu%zu%zu", g, i, r), 3, 12);
                }
            }
        }
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        for (size_t page = 0; page < pages->count; page++) {
            for (size_t g = 0; g < 3; g++) {
                const char *rows = arena_printf(make->arena, "r%zu", g),
                           *label = arena_printf(make->arena, "tg%zu.", g);
                ck_assert_uint_eq(count_text(pages, page, rows, false) > 0,
                                  count_text(pages, page, label, false) + count_text(pages, page, label, true));
            }
        }
        make_free(make);
    }
}
END_TEST

/* Rows, labels and goal rows that no page holds. */
START_TEST(what_no_page_holds_is_cut_between_lines)
{
    static const size_t groups[] = {2, 3};
    for (int turned = 0; turned < 2; turned++) {
        for (int part = 0; part < 3; part++) {
            Make *make = make_new();
            make_lines(make, "before", 7);
            Table *table = make_table(make, "t", 4, groups, 2, 0, 4);
            table->style = turned ? &make->turned : &make->table;
            if (part == 0) {
                table->body.groups[1].rows[1].cells[1] = make_cell(make, "tall", 2500);
            } else if (part == 1) {
                *(Cell *)table->body.groups[0].label = make_cell(make, "tall", 700);
            } else {
                table->once = arena_new_of(make->arena, OnceRow);
                table->once_count = 1;
                *table->once = (OnceRow){.label = make_cell(make, "tol", 4), .text = make_cell(make, "tall", 4000)};
            }
            PageList *pages = make_pages(make);
            check_pages(make, pages);
            ck_assert_uint_ge(pages->count, 2);
            make_free(make);
        }
    }
}
END_TEST

/* The first line of a cut row keeps off the rule over it as far as in any row. */
START_TEST(cut_rows_keep_their_padding)
{
    Make *make = make_new();
    Table *table = make_table(make, "t", 2, NULL, 0, 1, 4);
    table->body.rows[0].cells[1] = make_cell(make, "tall", 3000);
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    const Page *page = &pages->pages[0];
    Length text = LENGTH_MM(297), rule = 0;
    for (size_t i = 0; i < page->count; i++) {
        const Item *item = &page->items[i];
        bool tall = item->kind == ITEM_GLYPHS && memmem(item->glyphs.text, item->glyphs.text_len, "tall", 4);
        text = tall ? item->y - length_scale(item->glyphs.size, 88, 100) : text;
    }
    for (size_t i = 0; i < page->count; i++) {
        const Item *item = &page->items[i];
        bool over = item->kind == ITEM_RULE && item->width > item->height && item->y < text;
        rule = over && item->y + item->height > rule ? item->y + item->height : rule;
    }
    ck_assert_int_ge(text - rule, make->table.padding_y);
    make_free(make);
}
END_TEST

static size_t count_nodes(const PageList *pages, Role role)
{
    size_t count = 0;
    for (size_t i = 0; i < pages->node_count; i++) {
        count += pages->nodes[i].role == role;
    }
    return count;
}

/* ISO 32000-1 14.8.4.3.4: a THead goes with a TBody; where there are no rows, the head's are the body. */
START_TEST(a_head_without_rows_is_the_body)
{
    for (size_t rows = 0; rows < 2; rows++) {
        Make *make = make_new();
        make_table(make, "t", 3, NULL, 0, rows, 4);
        PageList *pages = make_pages(make);
        ck_assert_uint_eq(count_nodes(pages, ROLE_TABLE_HEAD), rows);
        ck_assert_uint_eq(count_nodes(pages, ROLE_TABLE_BODY), 1);
        ck_assert_uint_eq(count_nodes(pages, ROLE_HEADER_CELL), 3);
        make_free(make);
    }
}
END_TEST

/* A label taller than its rows makes the last of them higher, and its column wider. */
START_TEST(long_labels_get_room)
{
    static const size_t groups[] = {2, 2};
    Make *make = make_new();
    Table *table = make_table(make, "t", 4, groups, 2, 0, 2);
    *(Cell *)table->body.groups[0].label = make_cell(make, "long", 120);
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    Length first = LENGTH_MM(210);
    for (size_t i = 0; i < pages->pages[0].count; i++) {
        const Item *item = &pages->pages[0].items[i];
        bool upright = item->kind == ITEM_RULE && item->width == make->table.rule_inner;
        first = upright && item->x < first ? item->x : first;
    }
    ck_assert_int_ge(first - LENGTH_MM(28), 10 * make->cell.size);
    make_free(make);
}
END_TEST

START_TEST(words_among_amounts_stay_in_their_cell)
{
    Make *make = make_new();
    Table *table = make_table(make, "t", 3, NULL, 0, 3, 3);
    table->columns[1].align = ALIGN_DECIMAL;
    table->columns[1].max_width = LENGTH_MM(25);
    table->body.rows[0].cells[1] = make_cell(make, "0.123456", 0);
    table->body.rows[1].cells[1] = make_cell(make, "0.5", 9);
    table->body.rows[2].cells[1] = make_cell(make, "123456.", 0);
    check_pages(make, make_pages(make));
    make_free(make);
}
END_TEST

START_TEST(heads_that_cannot_be_repeated_are_told)
{
    for (int part = 0; part < 2; part++) {
        Make *make = make_new();
        Table *table = make_table(make, "t", 4, NULL, 0, 3, 3);
        if (part == 0) {
            table->caption = make_text(make, "cap", 2000);
        } else {
            table->header[2].cell = make_cell(make, "head", 2000);
        }
        ck_assert_ptr_null(make_pages(make));
        ck_assert_str_eq(make->findings.items[0]->code, "table-head-too-tall");
        make_free(make);
    }
}
END_TEST

START_TEST(tables_of_a_kind_share_their_columns)
{
    Make *make = make_new();
    for (size_t i = 0; i < 4; i++) {
        Table *table = make_table(make, arena_printf(make->arena, "t%zu", i), 5, NULL, 0, 3, 3 + 9 * i);
        table->kind = "goal";
    }
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    Length places[4] = {0}; /* of the inner uprights, by their order */
    size_t uprights = 0;
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item->kind == ITEM_RULE && item->height > item->width && item->width == make->table.rule_inner) {
                Length *place = &places[uprights++ % 4];
                ck_assert(*place == 0 || *place == item->x);
                *place = item->x;
            }
        }
    }
    ck_assert(uprights >= 16 && uprights % 4 == 0);
    make_free(make);
}
END_TEST

static const Item *find_item(const PageList *pages, const char *text)
{
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item->kind == ITEM_GLYPHS && item->glyphs.text_len == strlen(text) &&
                memcmp(item->glyphs.text, text, strlen(text)) == 0) {
                return item;
            }
        }
    }
    ck_abort_msg("'%s' is not there", text);
    return NULL;
}

START_TEST(amounts_align_on_the_point)
{
    static const char *amounts[] = {"4945.05", "8.4", "12", "-1234567.123", "0"};
    Make *make = make_new();
    Table *table = make_table(make, "t", 3, NULL, 0, 5, 3);
    table->columns[2].align = ALIGN_DECIMAL;
    for (size_t i = 0; i < 5; i++) {
        table->body.rows[i].cells[2] = make_cell(make, amounts[i], 0);
    }
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    Length point = 0;
    for (size_t i = 0; i < 5; i++) {
        const Item *item = find_item(pages, amounts[i]);
        const char *dot = strchr(amounts[i], '.');
        Length at = item->x + item->glyphs.width;
        for (size_t g = 0; dot && g < item->glyphs.count; g++) {
            if (item->glyphs.glyphs[g].text_at == (size_t)(dot - amounts[i])) {
                at = item->x + item->glyphs.glyphs[g].x;
            }
        }
        ck_assert_msg(point == 0 || point == at, "the point of %s is off by %ld", amounts[i], (long)(at - point));
        point = at;
    }
    make_free(make);
}
END_TEST

START_TEST(too_many_figures_shrink_then_fail)
{
    for (size_t columns = 8; columns <= 26; columns += 6) {
        Make *make = make_new();
        Table *table = make_table(make, "t", columns, NULL, 0, 3, 0);
        for (size_t i = 0; i < columns; i++) {
            table->columns[i].align = ALIGN_DECIMAL;
            table->header[i].cell = make_cell(make, "", 2);
            for (size_t r = 0; r < 3; r++) {
                table->body.rows[r].cells[i] = make_cell(make, "12345.67", 0);
            }
        }
        PageList *pages = make_pages(make);
        if (columns < 14) {
            check_pages(make, pages);
            ck_assert_int_eq(find_item(pages, "12345.67")->glyphs.size <= make->cell.size, 1);
        } else {
            ck_assert(columns == 14 || !pages);
            ck_assert(pages || strcmp(make->findings.items[0]->code, "table-too-wide") == 0);
        }
        make_free(make);
    }
}
END_TEST

START_TEST(ten_thousand_rows_take_under_a_second)
{
    Make *make = make_new();
    make_table(make, "t", 6, NULL, 0, 10000, 3);
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    PageList *pages = make_pages(make);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    ck_assert_ptr_nonnull(pages);
    ck_assert_uint_gt(pages->count, 100);
#ifndef __SANITIZE_ADDRESS__
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    ck_assert_msg(seconds < 1.0, "%.2f s", seconds);
#endif
    make_free(make);
}
END_TEST

Suite *table_suite(void)
{
    Suite *suite = suite_create("table");
    TCase *columns = tcase_create("columns");
    tcase_add_test(columns, widths_close_on_the_measure);
    tcase_add_test(columns, widths_go_where_the_text_is);
    tcase_add_test(columns, widths_are_nearly_the_best);
    tcase_add_test(columns, amounts_declared_alike_look_alike);
    tcase_add_test(columns, pieces_decide_over_lines);
    tcase_add_test(columns, header_trees_become_spans);
    tcase_add_test(columns, short_totals_span_and_empty_groups_stand);
    suite_add_tcase(suite, columns);
    TCase *pages = tcase_create("pages");
    tcase_set_timeout(pages, 60);
    tcase_add_loop_test(pages, spans_at_all_break_positions, 0, 8 * (int)(sizeof patterns / sizeof *patterns));
    tcase_add_test(pages, nested_groups_over_pages);
    tcase_add_test(pages, what_no_page_holds_is_cut_between_lines);
    tcase_add_test(pages, cut_rows_keep_their_padding);
    tcase_add_test(pages, a_head_without_rows_is_the_body);
    tcase_add_test(pages, long_labels_get_room);
    tcase_add_test(pages, words_among_amounts_stay_in_their_cell);
    tcase_add_test(pages, heads_that_cannot_be_repeated_are_told);
    tcase_add_test(pages, tables_of_a_kind_share_their_columns);
    tcase_add_test(pages, amounts_align_on_the_point);
    tcase_add_test(pages, too_many_figures_shrink_then_fail);
    tcase_add_test(pages, ten_thousand_rows_take_under_a_second);
    suite_add_tcase(suite, pages);
    return suite;
}
