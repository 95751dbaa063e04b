/* Goldens of geometry: tables of every pattern of spans on pages of every height, so that the page ends at every place
 * of them -> tests/layout/tables.geometry. With UPDATE=1 in the environment the file is written anew.
 *
 * The form: "pattern, pages of N-M mm" and a line a page, the same output told once. In it, millimetres from the left
 * edge and from the first thing of the table on the page: rules across as y:x0-x1, rules down as x:y0-y1, then the
 * texts by their tags as tag@x,y, those shown again with a *. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_table_make.h"
#include "suites.h"

enum { LOW = 26, HIGH = 96, STEP = 2 }; /* mm */
#define GOLDEN "tests/layout/tables.geometry"

/* ---- patterns ---------------------------------------------------------------------------------------------------- */

static RowGroup group_of(Make *make, const char *tag, size_t rows, size_t cells)
{
    Cell *label = arena_new_of(make->arena, Cell);
    *label = make_cell(make, tag, 2);
    RowGroup group = {.label = label, .rows = arena_array_of(make->arena, Row, rows), .row_count = rows};
    for (size_t i = 0; i < rows; i++) {
        group.rows[i] = make_row(make, arena_printf(make->arena, "%s%zu", tag, i), cells, 2);
    }
    return group;
}

static Table *plain(Make *make)
{
    return make_table(make, "", 3, NULL, 0, 5, 2);
}

static Table *spanned_head(Make *make)
{
    Table *table = make_table(make, "", 5, NULL, 0, 4, 2);
    HeaderCell *top = arena_array_of(make->arena, HeaderCell, 3), *middle = arena_array_of(make->arena, HeaderCell, 2);
    HeaderCell *leaves = table->header; /* h0 | x(h1 | y(h2 h3)) | h4 */
    middle[0] = leaves[1];
    middle[1] = (HeaderCell){.cell = make_cell(make, "y", 2), .children = &leaves[2], .count = 2};
    top[0] = leaves[0];
    top[1] = (HeaderCell){.cell = make_cell(make, "x", 2), .children = middle, .count = 2};
    top[2] = leaves[4];
    table->header = top;
    table->header_count = 3;
    return table;
}

static Table *grouped(Make *make)
{
    static const size_t rows[] = {3, 1, 2};
    return make_table(make, "", 3, rows, 3, 0, 2);
}

static Table *nested(Make *make)
{
    Table *table = make_table(make, "", 4, NULL, 0, 0, 2);
    RowGroup *outer = arena_array_of(make->arena, RowGroup, 2);
    outer[0] = group_of(make, "A", 0, 0);
    outer[0].groups = arena_array_of(make->arena, RowGroup, 2);
    outer[0].groups[0] = group_of(make, "a", 2, 2);
    outer[0].groups[1] = group_of(make, "b", 1, 2);
    outer[0].group_count = 2;
    outer[1] = group_of(make, "B", 0, 0);
    outer[1].groups = arena_array_of(make->arena, RowGroup, 1);
    outer[1].groups[0] = group_of(make, "c", 3, 2);
    outer[1].group_count = 1;
    table->body.groups = outer;
    table->body.group_count = 2;
    return table;
}

static Table *with_goal(Make *make)
{
    static const size_t rows[] = {2, 2};
    Table *table = make_table(make, "", 3, rows, 2, 0, 2);
    table->once = arena_new_of(make->arena, OnceRow);
    *table->once = (OnceRow){.label = make_cell(make, "goal", 1), .text = make_cell(make, "text", 60)};
    table->once_count = 1;
    return table;
}

static Table *with_ends(Make *make)
{
    Table *table = make_table(make, "", 3, NULL, 0, 4, 2);
    table->totals = arena_new_of(make->arena, Row);
    *table->totals = make_row(make, "sum", 2, 1); /* its first cell reaches over two columns */
    table->total_count = 1;
    table->notes = arena_new_of(make->arena, InlineList);
    *table->notes = make_text(make, "note", 4);
    table->note_count = 1;
    table->leads = arena_new_of(make->arena, LeadLine);
    *table->leads = (LeadLine){.left = make_text(make, "left", 3), .right = make_text(make, "right", 2)};
    table->lead_count = 1;
    return table;
}

static Table *tall_label(Make *make)
{
    static const size_t rows[] = {2, 3};
    Table *table = make_table(make, "", 3, rows, 2, 0, 2);
    *(Cell *)(uintptr_t)table->body.groups[1].label = make_cell(make, "tall", 60);
    table->columns[0].max_width = LENGTH_MM(20);
    return table;
}

static Table *cut_row(Make *make)
{
    Table *table = make_table(make, "", 2, NULL, 0, 3, 2);
    table->body.rows[1].cells[1] = make_cell(make, "long", 700);
    table->columns[1].max_width = LENGTH_MM(60);
    return table;
}

static Table *bare(Make *make)
{
    Table *table = plain(make);
    table->caption.count = 0;
    return table;
}

static Table *turned(Make *make)
{
    static const size_t rows[] = {9, 8, 9};
    Table *table = make_table(make, "", 3, rows, 3, 0, 2);
    table->style = &make->turned;
    return table;
}

static Table *one_column(Make *make)
{
    Table *table = make_table(make, "", 1, NULL, 0, 4, 2);
    table->once = arena_new_of(make->arena, OnceRow);
    *table->once = (OnceRow){.label = make_cell(make, "goal", 1), .text = make_cell(make, "text", 6)};
    table->once_count = 1;
    return table;
}

static const struct {
    const char *name;
    Table *(*make)(Make *make);
} patterns[] = {
    {"plain rows", plain},
    {"a head of three rows", spanned_head},
    {"groups of 3, 1, 2", grouped},
    {"groups of 2+1 and 3, nested", nested},
    {"a goal row over groups of 2, 2", with_goal},
    {"lines above, total, note", with_ends},
    {"a label higher than its rows", tall_label},
    {"a row higher than a page", cut_row},
    {"no caption", bare},
    {"turned, groups of 9, 8, 9", turned},
    {"one column", one_column},
};

/* ---- the form ---------------------------------------------------------------------------------------------------- */

/* Tenths of a millimetre. */
static void put(Buffer *out, Length length)
{
    Length tenths = length_scale(length, 10, LENGTH_PER_MM);
    buffer_printf(out, tenths % 10 ? "%lld.%lld" : "%lld", (long long)(tenths / 10), (long long)llabs(tenths % 10));
}

/* The table's own pieces and its notes, not the text before it, not the folio. */
static bool is_of_table(const PageList *pages, const Item *item)
{
    if (item->kind == ITEM_RULE || item->node == NODE_ARTIFACT) {
        return item->kind == ITEM_RULE || item->artifact == ARTIFACT_HEADER;
    }
    NodeId node = item->node;
    while (node != 0 && pages->nodes[node].role != ROLE_TABLE) {
        node = pages->nodes[node].parent;
    }
    return node != 0 || strstr(item->glyphs.text, "note");
}

/* Upright or turned, as its reader sees it. */
typedef struct Seen {
    Length x, y, width, height;
} Seen;

static Seen seen(const Page *page, const Item *item)
{
    if (!page->turned) {
        return (Seen){item->x - LENGTH_MM(28), item->y, item->width, item->height};
    }
    Length across = LENGTH_MM(37 + 225) - item->y;
    return item->kind == ITEM_RULE ? (Seen){across - item->height, item->x, item->height, item->width}
                                   : (Seen){across, item->x, 0, 0};
}

static void put_tag(Buffer *out, const Item *item, Seen at, Length top)
{
    const char *text = item->glyphs.text;
    size_t len = strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzAB.");
    if (len == 0) {
        return; /* Hanzi, and the later lines of a cell */
    }
    buffer_text(out, " ");
    buffer_append(out, text, len);
    buffer_text(out, item->node == NODE_ARTIFACT ? "*@" : "@");
    put(out, at.x);
    buffer_text(out, ",");
    put(out, at.y - top);
}

static void put_page(Buffer *out, const PageList *pages, const Page *page)
{
    Length top = INT64_MAX;
    for (size_t i = 0; i < page->count; i++) {
        if (is_of_table(pages, &page->items[i])) {
            Length y = seen(page, &page->items[i]).y;
            top = y < top ? y : top;
        }
    }
    if (top == INT64_MAX) {
        return;
    }
    buffer_text(out, "  across");
    for (size_t pass = 0; pass < 3; pass++) {
        for (size_t i = 0; i < page->count; i++) {
            const Item *item = &page->items[i];
            Seen at = seen(page, item);
            bool across = item->kind == ITEM_RULE && at.width > at.height;
            if (!is_of_table(pages, item) || pass != (item->kind == ITEM_RULE ? across ? 0u : 1u : 2u)) {
                continue;
            }
            if (pass == 2) {
                put_tag(out, item, at, top);
                continue;
            }
            buffer_text(out, " ");
            put(out, across ? at.y + at.height / 2 - top : at.x + at.width / 2);
            buffer_text(out, ":");
            put(out, across ? at.x : at.y - top);
            buffer_text(out, "-");
            put(out, across ? at.x + at.width : at.y + at.height - top);
        }
        buffer_text(out, pass == 0 ? "; down" : pass == 1 ? ";" : "\n");
    }
}

/* NULL where the page is too low for what stands on each. */
static char *pattern_text(size_t pattern, int height)
{
    Make *make = make_new();
    PageStyle *page = &make->document.style.page;
    make_lines(make, "before", 1);
    Table *table = patterns[pattern].make(make);
    page->text_height = table->style->turned ? page->text_height : LENGTH_MM(height);
    page->text_width = table->style->turned ? LENGTH_MM(height) : page->text_width;
    PageList *pages = make_pages(make);
    Buffer out = {0};
    for (size_t i = 0; pages && i < pages->count; i++) {
        put_page(&out, pages, &pages->pages[i]);
    }
    char *text = pages ? strndup(out.bytes, out.len) : NULL;
    if (pages) {
        check_pages(make, pages);
    }
    buffer_release(&out);
    make_free(make);
    return text;
}

static void put_pattern(Buffer *out, size_t pattern)
{
    char *last = NULL;
    for (int height = LOW, from = LOW; height <= HIGH + STEP; height += STEP) {
        char *text = height <= HIGH ? pattern_text(pattern, height) : NULL;
        if (!last || !text || strcmp(last, text) != 0) {
            if (last) {
                buffer_printf(out, "%s, pages of %d-%d mm\n%s", patterns[pattern].name, from, height - STEP, last);
            }
            from = height;
        }
        free(last);
        last = text;
    }
}

START_TEST(geometry_is_the_golden)
{
    Buffer out = {0};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        put_pattern(&out, i);
    }
    if (getenv("UPDATE")) {
        FILE *file = fopen(GOLDEN, "w");
        ck_assert_ptr_nonnull(file);
        fwrite(out.bytes, 1, out.len, file);
        fclose(file);
    }
    FILE *file = fopen(GOLDEN, "r");
    ck_assert_msg(file != NULL, "no " GOLDEN);
    char *golden = calloc(1, out.len + 2);
    size_t len = fread(golden, 1, out.len + 1, file), same = 0, line = 1;
    fclose(file);
    while (same < len && same < out.len && golden[same] == out.bytes[same]) {
        line += golden[same++] == '\n';
    }
    ck_assert_msg(same == out.len && same == len, GOLDEN ":%zu: differs; write it anew with UPDATE=1 and look", line);
    free(golden);
    buffer_release(&out);
}
END_TEST

Suite *table_geometry_suite(void)
{
    Suite *suite = suite_create("table geometry");
    TCase *golden = tcase_create("golden");
    tcase_set_timeout(golden, 60);
    tcase_add_test(golden, geometry_is_the_golden);
    suite_add_tcase(suite, golden);
    return suite;
}
