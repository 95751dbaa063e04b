/* Headings, paragraphs, signatures and folios on pages: places on the grid, and what stays together. */
#include <check.h>
#include <string.h>

#include "check_table_make.h"
#include "layout/layout_int.h"
#include "suites.h"

/* The line of the grid the item's baseline is on, or -1. */
static int grid_line(const Item *item)
{
    Length y = item->y - LENGTH_MM(37) - length_scale(LENGTH_CELL, 88, 100);
    return y % LENGTH_PITCH == 0 ? (int)(y / LENGTH_PITCH) : -1;
}

/* The first item that holds `text`; *page gets its page. */
static const Item *find(const PageList *pages, const char *text, size_t *page)
{
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item->kind == ITEM_GLYPHS && memmem(item->glyphs.text, item->glyphs.text_len, text, strlen(text))) {
                *page = p;
                return item;
            }
        }
    }
    ck_abort_msg("'%s' is not there", text);
    return NULL;
}

START_TEST(lines_fill_the_grid)
{
    Make *make = make_new();
    make_lines(make, "a", 50);
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    ck_assert_uint_eq(pages->count, 3);
    for (size_t i = 0; i < 50; i++) {
        size_t page;
        const Item *item = find(pages, arena_printf(make->arena, "a.%zu.", i), &page);
        ck_assert_uint_eq(page, i / 22);
        ck_assert_int_eq(grid_line(item), (int)(i % 22));
    }
    make_free(make);
}
END_TEST

/* Two paragraphs over a page's end: neither a first line alone before it nor a last line alone after it. */
START_TEST(no_orphans_and_no_widows)
{
    for (size_t a = 15; a <= 22; a++) {
        for (size_t b = 1; b <= 8; b++) {
            Make *make = make_new();
            make_lines(make, "a", a);
            make_lines(make, "b", b);
            make_lines(make, "c", 5);
            PageList *pages = make_pages(make);
            check_pages(make, pages);
            size_t first, second, last, before;
            find(pages, "b.0.", &first);
            find(pages, arena_printf(make->arena, "b.%zu.", (size_t)(b > 1)), &second);
            find(pages, arena_printf(make->arena, "b.%zu.", b - 1), &last);
            find(pages, arena_printf(make->arena, "b.%zu.", b > 1 ? b - 2 : 0), &before);
            ck_assert_msg(first == second && last == before, "%zu lines, then %zu", a, b);
            make_free(make);
        }
    }
}
END_TEST

/* A heading at any line of the page has two lines of what follows with it; a chain of headings goes together. */
START_TEST(headings_keep_with_what_follows)
{
    for (size_t lines = 16; lines <= 24; lines++) {
        Make *make = make_new();
        make_lines(make, "a", lines);
        make_heading(make, 1, "one", 4);
        make_heading(make, 2, "two", 4);
        make_lines(make, "b", 6);
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        size_t one, two, second;
        find(pages, "one", &one);
        find(pages, "two", &two);
        find(pages, "b.1.", &second);
        ck_assert_uint_eq(one, two);
        ck_assert_uint_eq(two, second);
        make_free(make);
    }
}
END_TEST

/* One line under a heading is not enough when more follows. */
START_TEST(a_heading_wants_two_lines)
{
    Make *make = make_new();
    make_lines(make, "a", 20);
    make_heading(make, 1, "one", 4);
    make_lines(make, "b", 1);
    make_lines(make, "c", 4);
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    size_t page;
    find(pages, "one", &page);
    ck_assert_uint_eq(page, 1);
    make_free(make);
}
END_TEST

START_TEST(a_heading_keeps_with_a_table)
{
    static const size_t groups[] = {9, 9}; /* a group of a quarter page */
    for (size_t lines = 8; lines < 22; lines++) {
        Make *make = make_new();
        make_lines(make, "a", lines);
        make_heading(make, 1, "one", 4);
        Table *table = make_table(make, "t", 4, groups, 2, 0, 3);
        OnceRow once = {.label = make_cell(make, "tol", 4), .text = make_cell(make, "tot", 110)};
        table->once = &once;
        table->once_count = 1;
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        size_t one, row, last;
        find(pages, "one", &one);
        find(pages, "tg0r0.0.", &row);
        find(pages, "tg0r8.0.", &last);
        ck_assert_uint_eq(one, row);
        if (lines >= 15) { /* the whole first group comes along, unless that leaves a third of the page empty */
            ck_assert_uint_eq(one, last);
        }
        make_free(make);
    }
}
END_TEST

/* 22 pt in lines of 28.6 pt: one line takes two of the grid, two take three; text in their middle. */
START_TEST(titles_take_whole_lines)
{
    for (size_t han = 10; han <= 30; han += 20) {
        Make *make = make_new();
        make_heading(make, 0, "x", han);
        make_lines(make, "a", 2);
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        size_t page;
        ck_assert_int_eq(grid_line(find(pages, "a.0.", &page)), (han == 10 ? 2 : 3) + 1); /* and a blank one */
        ck_assert_int_eq(grid_line(find(pages, "x", &page)), -1);
        make_free(make);
    }
}
END_TEST

START_TEST(body_snaps_back_after_a_table)
{
    for (size_t rows = 1; rows < 9; rows++) {
        Make *make = make_new();
        make_lines(make, "a", 3);
        make_table(make, "t", 4, NULL, 0, rows, 3);
        make_lines(make, "b", 3);
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        size_t page;
        const Item *line = find(pages, "b.0.", &page);
        ck_assert_int_ge(grid_line(line), 3);
        Length bottom = 0;
        for (size_t i = 0; i < pages->pages[0].count; i++) {
            const Item *item = &pages->pages[0].items[i];
            bool rule = item->kind == ITEM_RULE;
            bottom = rule && item->y + item->height > bottom ? item->y + item->height : bottom;
        }
        Length gap = line->y - length_scale(LENGTH_CELL, 88, 100) - bottom;
        ck_assert_int_ge(gap, LENGTH_PITCH / 3);
        ck_assert_int_lt(gap, LENGTH_PITCH * 4 / 3 + 1);
        make_free(make);
    }
}
END_TEST

static Length start_of(const PageList *pages, const char *text, Length *end)
{
    size_t page;
    const Item *item = find(pages, text, &page);
    *end = item->x + item->glyphs.width;
    return item->x;
}

/* 9704 7.3.5.2, both cases. */
START_TEST(signatures_stand_as_the_standard_says)
{
    for (int longer = 0; longer < 2; longer++) {
        Make *make = make_new();
        make_lines(make, "a", 4);
        Block *block = make_block(make, BLOCK_SIGNATURE, &make->body);
        InlineList name = make_text(make, "name", 0), date = make_text(make, longer ? "date-longer-name" : "dat", 0);
        block->as.signature.name = name;
        block->as.signature.date = date;
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        Length name_end, date_end, right = LENGTH_MM(28 + 156), cell = LENGTH_CELL;
        Length name_x = start_of(pages, "name", &name_end);
        Length date_x = start_of(pages, longer ? "date-" : "dat", &date_end);
        ck_assert_int_eq(date_x, name_x + 2 * cell);
        size_t page;
        ck_assert_int_eq(grid_line(find(pages, "name", &page)), 5); /* one line under the body */
        ck_assert_int_eq(grid_line(find(pages, "dat", &page)), 6);
        if (longer) {
            ck_assert_int_eq(date_end, right - 2 * cell);
        } else {
            ck_assert_int_eq(name_end, right - 2 * cell);
        }
        make_free(make);
    }
}
END_TEST

START_TEST(a_signature_is_never_alone)
{
    for (size_t lines = 17; lines <= 23; lines++) {
        Make *make = make_new();
        make_lines(make, "a", lines);
        Block *block = make_block(make, BLOCK_SIGNATURE, &make->body);
        InlineList name = make_text(make, "name", 4), date = make_text(make, "date", 2);
        block->as.signature.name = name;
        block->as.signature.date = date;
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        size_t name_page, date_page, last, before;
        find(pages, "name", &name_page);
        find(pages, "date", &date_page);
        find(pages, arena_printf(make->arena, "a.%zu.", lines - 1), &last);
        find(pages, arena_printf(make->arena, "a.%zu.", lines - 2), &before);
        ck_assert(name_page == date_page && date_page == last && last == before);
        make_free(make);
    }
}
END_TEST

/* 9704 7.5: odd right, even left, one character in; the dash 7 mm under the page body; also on turned pages. */
START_TEST(folios_stand_at_the_outer_foot)
{
    Make *make = make_new();
    make->document.style.page.draft = "DRAFT";
    make_lines(make, "a", 10);
    make_table(make, "t", 4, NULL, 0, 60, 3)->style = &make->turned;
    make_lines(make, "b", 30);
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    ck_assert_uint_ge(pages->count, 5);
    for (size_t p = 0; p < pages->count; p++) {
        const Page *page = &pages->pages[p];
        Length left = LENGTH_MM(210), right = 0, y = 0;
        size_t drafts = 0;
        ck_assert_int_eq(page->number, (int)p + 1);
        for (size_t i = 0; i < page->count; i++) {
            const Item *item = &page->items[i];
            if (item->kind == ITEM_GLYPHS && item->node == NODE_ARTIFACT && item->artifact == ARTIFACT_PAGINATION) {
                left = item->x < left ? item->x : left;
                right = item->x + item->glyphs.width > right ? item->x + item->glyphs.width : right;
                y = item->y;
            }
            drafts += item->kind == ITEM_GLYPHS && item->artifact == ARTIFACT_WATERMARK && item->node == NODE_ARTIFACT;
        }
        ck_assert_uint_eq(drafts, 2);
        ck_assert_int_gt(y, LENGTH_MM(37 + 225 + 7));
        ck_assert_int_lt(y, LENGTH_MM(37 + 225 + 7) + make->folio.size / 2);
        if (p % 2 == 0) {
            ck_assert_int_eq(right, LENGTH_MM(28 + 156) - LENGTH_CELL);
        } else {
            ck_assert_int_eq(left, LENGTH_MM(28) + LENGTH_CELL);
        }
    }
    make_free(make);
}
END_TEST

START_TEST(bookmarks_point_at_headings)
{
    Make *make = make_new();
    make_heading(make, 0, "title", 4);
    make_heading(make, 1, "one", 4);
    make_lines(make, "a", 30);
    make_heading(make, 3, "deep", 4);
    make_lines(make, "b", 3);
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    ck_assert_uint_eq(pages->bookmark_count, 3);
    static const int levels[] = {0, 1, 2};
    static const char *words[] = {"title", "one", "deep"};
    for (size_t i = 0; i < 3; i++) {
        const Target *target = &pages->targets[pages->bookmarks[i].target];
        size_t page;
        const Item *item = find(pages, words[i], &page);
        ck_assert_int_eq(pages->bookmarks[i].level, levels[i]);
        ck_assert_uint_eq(target->page, page);
        ck_assert(target->y <= item->y && target->y + 3 * LENGTH_PITCH > item->y);
        ck_assert_uint_eq(target->node, item->node);
    }
    make_free(make);
}
END_TEST

START_TEST(page_breaks_and_empty_documents)
{
    Make *make = make_new();
    make_block(make, BLOCK_PAGE_BREAK, NULL);
    make_lines(make, "a", 2);
    make_block(make, BLOCK_PAGE_BREAK, NULL);
    make_block(make, BLOCK_PAGE_BREAK, NULL);
    make_lines(make, "b", 2);
    make_block(make, BLOCK_PAGE_BREAK, NULL);
    PageList *pages = make_pages(make);
    check_pages(make, pages);
    ck_assert_uint_eq(pages->count, 2);
    make_free(make);
    make = make_new();
    pages = make_pages(make);
    ck_assert_uint_eq(pages->count, 1);
    make_free(make);
}
END_TEST

Suite *flow_suite(void)
{
    Suite *suite = suite_create("flow");
    TCase *flow = tcase_create("flow");
    tcase_set_timeout(flow, 60);
    tcase_add_test(flow, lines_fill_the_grid);
    tcase_add_test(flow, no_orphans_and_no_widows);
    tcase_add_test(flow, headings_keep_with_what_follows);
    tcase_add_test(flow, a_heading_wants_two_lines);
    tcase_add_test(flow, a_heading_keeps_with_a_table);
    tcase_add_test(flow, titles_take_whole_lines);
    tcase_add_test(flow, body_snaps_back_after_a_table);
    tcase_add_test(flow, signatures_stand_as_the_standard_says);
    tcase_add_test(flow, a_signature_is_never_alone);
    tcase_add_test(flow, folios_stand_at_the_outer_foot);
    tcase_add_test(flow, bookmarks_point_at_headings);
    tcase_add_test(flow, page_breaks_and_empty_documents);
    suite_add_tcase(suite, flow);
    return suite;
}
