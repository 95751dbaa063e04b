/* The choice of page breaks, over vertical lists made by hand. */
#include <check.h>
#include <time.h>

#include "layout/flow_int.h"
#include "suites.h"

enum { UNIT = 1000 };

/* Items of whole units on a page of `body` units, off the grid, so that heights are what they say. */
static FlowList list_new(Layout *layout, int body)
{
    FlowList list = {.layout = layout, .measure = 1, .body = (Length)body * UNIT, .pitch = UNIT, .cell = UNIT};
    return list;
}

static void add(FlowList *list, FlowKind kind, int height, int64_t penalty)
{
    FlowItem *item = flow_push(list, kind);
    item->box.height = (Length)height * UNIT;
    item->penalty = penalty;
}

static Length page_room(const FlowList *list, size_t first, size_t end)
{
    Length height = 0;
    for (size_t i = first; i < end; i++) {
        bool counts = list->items.items[i].kind == FLOW_LINES || i + 1 < end;
        height += counts ? list->items.items[i].box.height : 0;
    }
    return list->body - height;
}

/* Height, penalty and follower of the page first..end; -1 when it does not fit. */
static int64_t ending_cost(const FlowList *list, size_t first, size_t end, size_t *next)
{
    Length height = list->body - page_room(list, first, end);
    size_t last = end - 1;
    while (last > first && list->items.items[last].kind != FLOW_LINES) {
        last--;
    }
    *next = end;
    while (*next < list->items.count && list->items.items[*next].kind == FLOW_SPACE) {
        (*next)++;
    }
    if (height > list->body && last > first) {
        return -1;
    }
    Length room = height < list->body ? list->body - height : 0;
    if (*next == list->items.count) {
        return first == 0 ? 0 : page_last_shortfall(room, list->body);
    }
    return page_shortfall(room, list->body) + list->items.items[last].penalty;
}

/* With what it costs to end early although the page could go on to an end that costs nothing but its shortfall. */
static int64_t page_cost(const FlowList *list, size_t first, size_t end, size_t *next)
{
    int64_t cost = ending_cost(list, first, end, next);
    for (size_t later = end + 1; cost >= 0 && later <= list->items.count; later++) {
        const FlowItem *item = &list->items.items[later - 1];
        size_t after;
        bool good = item->penalty == 0;
        good = good || (item->penalty <= PENALTY_WISH && page_room(list, first, end) > list->body / 6);
        if (item->kind == FLOW_LINES && ending_cost(list, first, later, &after) >= 0 &&
            (good || after == list->items.count)) {
            return cost + SHORTFALL(500);
        }
    }
    return cost;
}

/* The best cost of all ways, by trying them all. */
static int64_t brute_cost(const FlowList *list, size_t first)
{
    if (first == list->items.count) {
        return 0;
    }
    int64_t best = INT64_MAX;
    for (size_t end = first + 1; end <= list->items.count; end++) {
        size_t next;
        if (list->items.items[end - 1].kind == FLOW_SPACE) {
            continue;
        }
        int64_t cost = page_cost(list, first, end, &next);
        if (cost < 0) {
            break;
        }
        cost += brute_cost(list, next);
        best = cost < best ? cost : best;
    }
    return best;
}

START_TEST(breaks_are_the_best_of_all)
{
    Arena *arena = arena_new();
    unsigned seed = (unsigned)_i;
    for (int round = 0; round < 20; round++) {
        Layout layout = {.arena = arena};
        FlowList list = list_new(&layout, 10);
        for (int i = 0; i < 16; i++) {
            seed = seed * 1103515245u + 12345u;
            unsigned r = seed >> 16;
            bool space = r % 5 == 0 && i > 0 && i < 15 && list.items.items[i - 1].kind != FLOW_SPACE;
            int64_t penalty = r % 7 == 0 ? PENALTY_NEVER : r % 4 == 1 ? PENALTY_WISH : (int64_t)(r % 4) * 20000;
            add(&list, space ? FLOW_SPACE : FLOW_LINES, 1 + (int)(r / 8 % (r % 11 == 0 ? 12 : 4)), penalty);
        }
        PageSpanList spans = paginate(&list, PAGE_END_LAST, arena);
        int64_t cost = 0;
        size_t at = 0;
        for (size_t i = 0; i < spans.count; i++) {
            size_t next, end = spans.items[i].end;
            ck_assert_uint_eq(spans.items[i].first, at);
            while (list.items.items[end - 1].kind == FLOW_SPACE) {
                end--;
            }
            int64_t page = page_cost(&list, at, end, &next);
            ck_assert_int_ge(page, 0);
            cost += page;
            at = next;
        }
        ck_assert_uint_eq(at, list.items.count);
        ck_assert_int_eq(cost, brute_cost(&list, 0));
    }
    arena_free(arena);
}
END_TEST

START_TEST(forced_breaks_are_free_and_spaces_vanish)
{
    Arena *arena = arena_new();
    Layout layout = {.arena = arena};
    FlowList list = list_new(&layout, 10);
    add(&list, FLOW_LINES, 3, PENALTY_NEVER);
    add(&list, FLOW_SPACE, 2, 0);
    add(&list, FLOW_BREAK, 0, 0);
    add(&list, FLOW_SPACE, 2, 0);
    add(&list, FLOW_LINES, 10, 0);
    add(&list, FLOW_SPACE, 5, 0);
    add(&list, FLOW_LINES, 10, 0);
    PageSpanList spans = paginate(&list, PAGE_END_LAST, arena);
    ck_assert_uint_eq(spans.count, 3);
    ck_assert_uint_eq(spans.items[1].first, 4);
    ck_assert_uint_eq(spans.items[2].first, 6);
    arena_free(arena);
}
END_TEST

/* A page that must break a wish breaks the lesser one; an item taller than a page gets a page. */
START_TEST(every_list_has_pages)
{
    Arena *arena = arena_new();
    Layout layout = {.arena = arena};
    FlowList list = list_new(&layout, 10);
    for (int i = 0; i < 30; i++) {
        add(&list, FLOW_LINES, i == 7 ? 25 : 3, i == 2 ? PENALTY_IMPOSSIBLE : PENALTY_NEVER);
    }
    PageSpanList spans = paginate(&list, PAGE_END_LAST, arena);
    for (size_t i = 0; i < spans.count; i++) {
        ck_assert_uint_ne(spans.items[i].end, 3);
        ck_assert_uint_gt(spans.items[i].end, spans.items[i].first);
    }
    FlowList empty = list_new(&layout, 10);
    ck_assert_uint_eq(paginate(&empty, PAGE_END_LAST, arena).count, 0);
    arena_free(arena);
}
END_TEST

START_TEST(grid_items_snap_and_hang_their_leading_out)
{
    Arena *arena = arena_new();
    Layout layout = {.arena = arena};
    FlowList list = list_new(&layout, 10);
    list.body = 9600;
    FlowItem *item = flow_push(&list, FLOW_LINES);
    item->box.height = 2500;
    item = flow_push(&list, FLOW_LINES);
    item->box = (LineBox){.height = 7 * UNIT, .slack = 500, .on_grid = true};
    PageCursor cursor = {.empty = true};
    Length top;
    ck_assert_int_eq(page_cursor_place(&cursor, &list, &list.items.items[0], &top), 2500);
    ck_assert_int_eq(page_cursor_place(&cursor, &list, &list.items.items[1], &top), 9500);
    ck_assert_int_eq(top, 3000);
    ck_assert_uint_eq(paginate(&list, PAGE_END_LAST, arena).count, 1); /* 10000 high, but its ink ends at 9500 */
    arena_free(arena);
}
END_TEST

START_TEST(time_is_linear)
{
    double seconds[2];
    for (int i = 0; i < 2; i++) {
        Arena *arena = arena_new();
        Layout layout = {.arena = arena};
        FlowList list = list_new(&layout, 40);
        for (int j = 0; j < (i ? 400000 : 100000); j++) {
            add(&list, FLOW_LINES, 1 + j % 3, j % 5 ? 0 : PENALTY_NEVER);
        }
        clock_t start = clock();
        ck_assert_uint_gt(paginate(&list, PAGE_END_LAST, arena).count, 1000);
        seconds[i] = (double)(clock() - start) / CLOCKS_PER_SEC;
        arena_free(arena);
    }
    ck_assert_msg(seconds[1] < 10 * seconds[0] + 0.1, "%.3f s, %.3f s", seconds[0], seconds[1]);
}
END_TEST

Suite *paginate_suite(void)
{
    Suite *suite = suite_create("paginate");
    TCase *breaks = tcase_create("breaks");
    tcase_set_timeout(breaks, 30);
    tcase_add_loop_test(breaks, breaks_are_the_best_of_all, 0, 10);
    tcase_add_test(breaks, forced_breaks_are_free_and_spaces_vanish);
    tcase_add_test(breaks, every_list_has_pages);
    tcase_add_test(breaks, grid_items_snap_and_hang_their_leading_out);
    tcase_add_test(breaks, time_is_linear);
    suite_add_tcase(suite, breaks);
    return suite;
}
