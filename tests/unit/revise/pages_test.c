/* Page hashes, the reprint list, marks in the margin, QR codes. */
#include <string.h>

#include "revise_tests.h"

enum { PAGES = 3, ITEMS = 4 };

typedef struct Set {
    PageList list;
    Page pages[PAGES];
    Item items[PAGES][ITEMS];
    Glyph glyphs[PAGES][ITEMS][4];
    ItemOrigin origins[PAGES][ITEMS];
    StructNode nodes[2];
    const char *names[1];
} Set;

/* Three pages of three lines of four glyphs and a folio. */
static Set *make(Arena *arena)
{
    Set *set = arena_new_of(arena, Set);
    set->names[0] = "Test";
    set->nodes[0] = (StructNode){.parent = NODE_ARTIFACT, .role = ROLE_DOCUMENT};
    set->nodes[1] = (StructNode){.parent = 0, .role = ROLE_DATA_CELL};
    set->list = (PageList){.pages = set->pages,
                           .count = PAGES,
                           .font_names = set->names,
                           .font_count = 1,
                           .nodes = set->nodes,
                           .node_count = 2};
    for (int p = 0; p < PAGES; p++) {
        set->pages[p] =
            (Page){.number = p + 1, .width = 10000, .height = 20000, .items = set->items[p], .count = ITEMS};
        for (int i = 0; i < ITEMS; i++) {
            for (int g = 0; g < 4; g++)
                set->glyphs[p][i][g] = (Glyph){.id = (uint32_t)(100 * p + 10 * i + g), .x = 100 * g};
            bool folio = i == ITEMS - 1;
            set->items[p][i] = (Item){.kind = ITEM_GLYPHS,
                                      .node = folio ? NODE_ARTIFACT : 1,
                                      .artifact = ARTIFACT_PAGINATION,
                                      .x = 2000,
                                      .y = 3000 + 150 * i,
                                      .glyphs = {.size = 100,
                                                 .width = 400,
                                                 .glyphs = set->glyphs[p][i],
                                                 .count = 4,
                                                 .text = "",
                                                 .origin = &set->origins[p][i]}};
            set->origins[p][i].path = "a";
        }
    }
    return set;
}

static const MarkStyle STYLE = {
    .left = 1500, .right = 8500, .top = 2500, .bottom = 17500, .gap = 200, .width = 30, .cell_rule = 7};

START_TEST(runs_cut_otherwise_hash_alike)
{
    Arena *arena = arena_new();
    Set *a = make(arena), *b = make(arena);
    char one[SHA256_HEX], other[SHA256_HEX];
    /* page 0, line 0 in two runs: the folio's item becomes the second half, so leave the folio out of both */
    a->pages[0].count = b->pages[0].count = 3;
    Item split[4] = {b->items[0][0], b->items[0][0], b->items[0][1], b->items[0][2]};
    split[0].glyphs.count = 2;
    static const Glyph HALF[2] = {{.id = 2, .x = 0}, {.id = 3, .x = 100}};
    split[1].x += 200;
    split[1].glyphs.glyphs = HALF;
    split[1].glyphs.count = 2;
    b->pages[0].items = split;
    b->pages[0].count = 4;
    page_hash(&a->list, 0, one);
    page_hash(&b->list, 0, other);
    ck_assert_str_eq(one, other);
    split[1].x += 1; /* by 1/5040 mm */
    page_hash(&b->list, 0, other);
    ck_assert_str_ne(one, other);
    arena_free(arena);
}
END_TEST

START_TEST(the_folio_is_not_hashed)
{
    Arena *arena = arena_new();
    Set *a = make(arena), *b = make(arena);
    char one[SHA256_HEX], other[SHA256_HEX];
    b->glyphs[0][ITEMS - 1][0].id = 7;
    page_hash(&a->list, 0, one);
    page_hash(&b->list, 0, other);
    ck_assert_str_eq(one, other);
    b->glyphs[0][0][0].id = 7;
    page_hash(&b->list, 0, other);
    ck_assert_str_ne(one, other);
    arena_free(arena);
}
END_TEST

START_TEST(pages_are_told_apart)
{
    Arena *arena = arena_new();
    Set *a = make(arena), *b = make(arena);
    Page first = b->pages[0]; /* the first two change places; a line of the third is corrected */
    b->pages[0] = b->pages[1];
    b->pages[1] = first;
    b->glyphs[2][1][2].id = 9;
    b->origins[2][1].changed = true;
    PageDifferences out = pages_compare(&a->list, &b->list, NULL, arena);
    ck_assert_uint_eq(out.count, 3);
    ck_assert_int_eq(out.items[0].change, PAGE_MOVED);
    ck_assert_uint_eq(out.items[0].was, 1);
    ck_assert_int_eq(out.items[1].change, PAGE_MOVED);
    ck_assert_int_eq(out.items[2].change, PAGE_DIFFERENT);
    ck_assert_uint_eq(out.items[2].was, SIZE_MAX);
    out = pages_compare(&a->list, &a->list, NULL, arena);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(out.items[i].change, PAGE_IDENTICAL);
    arena_free(arena);
}
END_TEST

static const Item *rule_of(const PageList *pages, size_t page, size_t nth)
{
    for (size_t i = 0; i < pages->pages[page].count; i++)
        if (pages->pages[page].items[i].kind == ITEM_RULE && nth-- == 0)
            return &pages->pages[page].items[i];
    return NULL;
}

START_TEST(marks_stand_in_the_outer_margin)
{
    Arena *arena = arena_new();
    Set *set = make(arena);
    set->origins[0][0].changed = set->origins[0][1].changed = true; /* lines that follow one another: one rule */
    set->origins[1][2].changed = true;
    set->origins[2][1].gone_before = true;
    PageList *marked = pages_mark(&set->list, &STYLE, NULL, arena);
    ck_assert_uint_eq(set->pages[0].count, ITEMS); /* what is given stays as it is */
    ck_assert(!set->nodes[1].changed);
    ck_assert(marked->nodes[1].changed);
    const Item *rule = NULL;
    for (size_t i = 0; rule_of(marked, 0, i); i++) /* two lines under cells, then the margin's */
        rule = rule_of(marked, 0, i);
    ck_assert_uint_eq(marked->pages[0].count, ITEMS + 3);
    ck_assert_int_eq(rule->x, STYLE.right + STYLE.gap);
    ck_assert_int_eq(rule->y, 3000 - 88);
    ck_assert_int_eq(rule->height, 250);
    ck_assert_int_eq(rule->width, STYLE.width);
    ck_assert_uint_eq(rule->node, NODE_ARTIFACT);
    for (size_t i = 0; rule_of(marked, 1, i); i++)
        rule = rule_of(marked, 1, i);
    ck_assert_int_eq(rule->x, STYLE.left - STYLE.gap - STYLE.width); /* even page: left */
    rule = rule_of(marked, 2, 0);
    ck_assert_int_eq(rule->width, 4 * STYLE.width); /* a tick where something is gone */
    ck_assert_int_eq(rule->y, 3150 - 88 - STYLE.width / 2);
    ck_assert_ptr_null(rule_of(marked, 2, 1));
    arena_free(arena);
}
END_TEST

START_TEST(turned_pages_are_marked_over_their_edge)
{
    Arena *arena = arena_new();
    Set *set = make(arena);
    set->pages[0].turned = true;
    set->items[0][1].glyphs.turned = true;
    set->origins[0][1].changed = true;
    PageList *marked = pages_mark(&set->list, &STYLE, NULL, arena);
    const Item *rule = rule_of(marked, 0, 1);
    ck_assert_ptr_nonnull(rule);
    if (!rule)
        return;
    ck_assert_int_eq(rule->y + rule->height, STYLE.top - STYLE.gap);
    ck_assert_int_eq(rule->x, 2000 - 88);
    ck_assert_int_eq(rule->width, 100);
    arena_free(arena);
}
END_TEST

START_TEST(the_list_of_corrections_has_no_folio)
{
    Arena *arena = arena_new();
    Set *set = make(arena);
    set->nodes[1].role = ROLE_HEADING;
    set->origins[0][0].path = "更正/性质"; /* the title */
    set->origins[2][0].path = "更正/性质";
    PageList *marked = pages_mark(&set->list, &STYLE, "更正", arena);
    ck_assert_int_eq(marked->pages[0].number, 1);
    ck_assert_int_eq(marked->pages[1].number, 2);
    ck_assert_int_eq(marked->pages[2].number, 0);
    ck_assert_uint_eq(marked->pages[2].count, ITEMS - 1);
    ck_assert_uint_eq(marked->pages[1].count, ITEMS);
    arena_free(arena);
}
END_TEST

START_TEST(a_code_is_rules)
{
    Arena *arena = arena_new();
    Set *set = make(arena);
    Page *page = &set->pages[0];
    ck_assert(page_add_code(page, "https://example.invalid/?2-00ff", 1000, 2000, 5000, arena));
    Length dark = 0, module = 0;
    for (size_t i = ITEMS; i < page->count; i++) {
        const Item *rule = &page->items[i];
        ck_assert_int_eq(rule->kind, ITEM_RULE);
        ck_assert(rule->x > 1000 && rule->y > 2000 && rule->x + rule->width < 6000 && rule->y + rule->height < 7000);
        module = rule->height;
        ck_assert_int_eq(rule->width % module, 0);
        dark += rule->width / module;
    }
    ck_assert_int_gt(dark, 150);
    ck_assert_int_eq(page->items[ITEMS].width, 7 * module); /* the finder's upper edge */
    char *long_text = arena_alloc(arena, 5001);
    memset(long_text, 'a', 5000);
    size_t count = page->count;
    ck_assert(!page_add_code(page, long_text, 0, 0, 5000, arena));
    ck_assert_uint_eq(page->count, count);
    arena_free(arena);
}
END_TEST

Suite *pages_suite(void)
{
    Suite *suite = suite_create("pages");
    TCase *tcase = tcase_create("pages");
    tcase_add_test(tcase, runs_cut_otherwise_hash_alike);
    tcase_add_test(tcase, the_folio_is_not_hashed);
    tcase_add_test(tcase, pages_are_told_apart);
    tcase_add_test(tcase, marks_stand_in_the_outer_margin);
    tcase_add_test(tcase, turned_pages_are_marked_over_their_edge);
    tcase_add_test(tcase, the_list_of_corrections_has_no_folio);
    tcase_add_test(tcase, a_code_is_rules);
    suite_add_tcase(suite, tcase);
    return suite;
}
