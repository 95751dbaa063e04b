/* Contents pages, page references, and turned tables in company: numbers, links, places in the structure. */
#include <check.h>
#include <string.h>

#include "check_table_make.h"
#include "page/report.h"
#include "suites.h"

static const Item *find(const PageList *pages, size_t page, const char *text)
{
    for (size_t i = 0; i < pages->pages[page].count; i++) {
        const Item *item = &pages->pages[page].items[i];
        if (item->kind == ITEM_GLYPHS && item->glyphs.text_len == strlen(text) &&
            memcmp(item->glyphs.text, text, strlen(text)) == 0) {
            return item;
        }
    }
    return NULL;
}

static size_t faults_of(Make *make, const PageList *pages)
{
    const PageReport *report = page_report_make(pages, make->arena);
    size_t faults = 0;
    for (size_t kind = 0; kind < FAULT_UNDERFULL; kind++) {
        faults += report->counts[kind];
    }
    return faults;
}

/* Three sections of 30 lines each: they begin on pages 1, 2 and 3. */
static void sections_make(Make *make)
{
    make_heading(make, 0, "title", 4);
    for (int i = 0; i < 3; i++) {
        make_heading(make, 1, arena_printf(make->arena, "sec%d", i), 4);
        make_lines(make, arena_printf(make->arena, "b%d", i), 24);
    }
    make_heading(make, 2, "deep", 4);
    make_lines(make, "c", 3);
}

START_TEST(contents_stand_before_the_notice)
{
    for (int over = 0; over < 8; over += 4) { /* 4: the notice has 4 pages, not more */
        Make *make = make_new();
        sections_make(make);
        size_t targets[3] = {0};
        make->document.style.contents = (ContentsStyle){.over_pages = over,
                                                        .title = "contents",
                                                        .title_style = &make->title,
                                                        .entries = {&make->body},
                                                        .entry_count = 1};
        PageList *pages = make_pages(make);
        ck_assert_ptr_nonnull(pages);
        ck_assert_uint_eq(pages->front, over == 0);
        ck_assert_int_eq(pages->pages[0].number, over == 0 ? 0 : 1);
        ck_assert_int_eq(pages->pages[pages->front].number, 1);
        ck_assert_uint_eq(faults_of(make, pages), 0);
        if (over > 0) {
            make_free(make);
            continue;
        }
        ck_assert_uint_eq(pages->count, 5);
        ck_assert_ptr_nonnull(find(pages, 0, "contents"));
        ck_assert_ptr_null(find(pages, 0, "deep")); /* of a level that is not listed */
        size_t links = 0;
        for (size_t i = 0; i < pages->pages[0].count; i++) {
            const Item *item = &pages->pages[0].items[i];
            if (item->kind != ITEM_LINK) {
                continue;
            }
            const Target *target = &pages->targets[item->target];
            ck_assert_uint_lt(links, 3);
            targets[links] = target->page;
            ck_assert_int_eq(pages->nodes[item->node].role, ROLE_LINK);
            NodeId entry = pages->nodes[item->node].parent;
            ck_assert_int_eq(pages->nodes[entry].role, ROLE_TOC_ITEM);
            ck_assert_int_eq(pages->nodes[pages->nodes[entry].parent].role, ROLE_TOC);
            ck_assert_int_eq(pages->nodes[target->node].role, ROLE_HEADING);
            ck_assert_uint_gt(target->node, item->node); /* read before the notice */
            const char *section = arena_printf(make->arena, "sec%zu", links++);
            ck_assert_ptr_nonnull(find(pages, target->page, section));
            /* the number that is printed is the folio of that page */
            const char *folio = arena_printf(make->arena, "%d", pages->pages[target->page].number);
            ck_assert_msg(find(pages, 0, folio) != NULL, "no %s", folio);
        }
        ck_assert_uint_eq(links, 3);
        ck_assert_uint_lt(targets[0], targets[1]);
        ck_assert_uint_lt(targets[1], targets[2]);
        for (size_t i = 1; i < pages->node_count; i++) {
            ck_assert_uint_lt(pages->nodes[i].parent, i);
        }
        make_free(make);
    }
}
END_TEST

/* A title seven lines down, a date eight lines under it; with a contents page or without; one too long for a page. */
START_TEST(cover_comes_first)
{
    static const struct {
        bool contents;
        size_t lines, front;
    } cases[] = {{false, 0, 1}, {true, 0, 2}, {true, 10, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Make *make = make_new();
        sections_make(make);
        ParagraphStyle title = make->body, date = make->body;
        title.lines_before = 7;
        date.lines_before = 8;
        Block cover[40] = {{.kind = BLOCK_PARAGRAPH, .style = &title}, {.kind = BLOCK_PARAGRAPH, .style = &date}};
        cover[0].as.paragraph.text = make_text(make, "cover", 4);
        cover[1].as.paragraph.text = make_text(make, "date", 4);
        for (size_t line = 0; line < cases[i].lines; line++) {
            cover[2 + line] = (Block){.kind = BLOCK_PARAGRAPH, .style = &make->body};
            cover[2 + line].as.paragraph.text = make_text(make, "more", 4);
        }
        make->document.cover = cover;
        make->document.cover_count = 2 + cases[i].lines;
        make->document.style.contents = (ContentsStyle){.title = "contents",
                                                        .title_style = &make->title,
                                                        .entries = {&make->body},
                                                        .entry_count = cases[i].contents};
        PageList *pages = make_pages(make);
        ck_assert_ptr_nonnull(pages);
        ck_assert_uint_eq(pages->front, cases[i].front);
        ck_assert_uint_eq(pages->count, cases[i].front + 4);
        ck_assert_uint_eq(faults_of(make, pages), 0);
        for (size_t page = 0; page < pages->count; page++) {
            ck_assert_int_eq(pages->pages[page].number, page < pages->front ? 0 : (int)(page - pages->front) + 1);
        }
        const Item *first = find(pages, 0, "cover"), *second = find(pages, 0, "date");
        ck_assert(first && second);
        ck_assert_int_eq(second->y - first->y, 9 * LENGTH_PITCH);
        ck_assert_int_eq(first->y - LENGTH_MM(37), 7 * LENGTH_PITCH + length_scale(LENGTH_CELL, 88, 100));
        for (size_t j = 0; j < pages->pages[0].count; j++) { /* no folio, nothing but paragraphs of the document */
            const StructNode *node = &pages->nodes[pages->pages[0].items[j].node];
            ck_assert_int_eq(node->role, ROLE_PARAGRAPH);
            ck_assert_uint_eq(node->parent, 0);
        }
        ck_assert_uint_eq(first->node, 1); /* read first */
        ck_assert_uint_eq(second->node, 2);
        ck_assert_int_eq(cases[i].contents, find(pages, pages->front - 1, "contents") != NULL);
        for (size_t j = 0; j < pages->target_count; j++) {
            ck_assert_uint_ge(pages->targets[j].page, pages->front);
            ck_assert_int_eq(pages->nodes[pages->targets[j].node].role, ROLE_HEADING);
        }
        make_free(make);
    }
}
END_TEST

/* "00" before the table's page is known; `lines` of text before the table. */
static void reference_make(Make *make, const char *kind, size_t lines)
{
    InlineList text = {.items = arena_array_of(make->arena, Inline, 3), .count = 3};
    Origin *origin = arena_new_of(make->arena, Origin), *plain = arena_new_of(make->arena, Origin);
    origin->page_of = kind;
    text.items[0] = make_text(make, "", 3).items[0];
    text.items[1] = (Inline){.kind = INLINE_TEXT, .text = "00", .len = 2, .origin = origin};
    text.items[2] = make_text(make, "", 8).items[0];
    text.items[0].origin = text.items[2].origin = plain;
    make_block(make, BLOCK_PARAGRAPH, &make->body)->as.paragraph.text = text;
    make_lines(make, "a", lines);
    make_table(make, "t", 3, NULL, 0, 2, 2)->kind = "budget";
}

START_TEST(references_show_the_page)
{
    Length right[2] = {0};
    for (int far = 0; far < 2; far++) {
        Make *make = make_new();
        reference_make(make, "budget", far ? 250 : 30);
        PageList *pages = make_pages(make);
        ck_assert_ptr_nonnull(pages);
        const Item *number = find(pages, 0, far ? "12" : "2");
        ck_assert_ptr_nonnull(number);
        ck_assert_int_eq(pages->nodes[number->node].role, ROLE_LINK);
        const Item *link = number + 1;
        ck_assert_int_eq(link->kind, ITEM_LINK);
        ck_assert_uint_eq(pages->targets[link->target].page, far ? 11 : 1);
        ck_assert_int_eq(pages->nodes[pages->targets[link->target].node].role, ROLE_TABLE);
        /* the figures stand in the middle of the room for two, and what follows does not move */
        Length room = link->width, first = number->glyphs.glyphs[0].x;
        ck_assert_int_ge(first, 0);
        ck_assert_int_le(first, far ? 1 : room / 2);
        right[far] = link[1].x;
        ck_assert_uint_eq(faults_of(make, pages), 0);
        make_free(make);
    }
    ck_assert_int_eq(right[0], right[1]);
}
END_TEST

START_TEST(references_to_nothing_are_told)
{
    Make *make = make_new();
    reference_make(make, "not there", 2);
    ck_assert_ptr_null(make_pages(make));
    ck_assert_uint_eq(make->findings.count, 1);
    ck_assert_str_eq(make->findings.items[0]->code, "page-of-nothing");
    make_free(make);
}
END_TEST

/* Turned tables that follow one another share a page when they fit; text between them parts them; one of several pages
 * repeats its head on each. */
START_TEST(turned_tables_share_pages)
{
    static const struct {
        size_t rows[2];
        bool between;
        size_t pages;
    } cases[] = {{{3, 3}, false, 3}, {{3, 3}, true, 5}, {{60, 3}, false, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Make *make = make_new();
        make_lines(make, "a", 3);
        make_table(make, "x", 3, NULL, 0, cases[i].rows[0], 2)->style = &make->turned;
        if (cases[i].between) {
            make_lines(make, "b", 3);
        }
        make_table(make, "y", 3, NULL, 0, cases[i].rows[1], 2)->style = &make->turned;
        make_lines(make, "c", 3);
        PageList *pages = make_pages(make);
        check_pages(make, pages);
        ck_assert_uint_eq(pages->count, cases[i].pages);
        ck_assert_int_eq(pages->pages[0].end, PAGE_END_TURNED);
        ck_assert_int_eq(pages->pages[pages->count - 1].end, PAGE_END_LAST);
        for (size_t page = 0; page < pages->count; page++) {
            bool turned = page > 0 && page + 1 < pages->count && !(cases[i].between && page == 2);
            ck_assert_int_eq(pages->pages[page].turned, turned);
        }
        ck_assert_uint_eq(faults_of(make, pages), 0);
        make_free(make);
    }
}
END_TEST

Suite *front_suite(void)
{
    Suite *suite = suite_create("front");
    TCase *front = tcase_create("front");
    tcase_add_test(front, contents_stand_before_the_notice);
    tcase_add_test(front, cover_comes_first);
    tcase_add_test(front, references_show_the_page);
    tcase_add_test(front, references_to_nothing_are_told);
    tcase_add_test(front, turned_tables_share_pages);
    suite_add_tcase(suite, front);
    return suite;
}
