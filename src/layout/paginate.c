/* The vertical list of a section -> where its pages end: the least sum of squared shortfalls and penalties. */
#include "layout/flow_int.h"
#include "layout/stable_int.h"
#include "layout/table_int.h"

Length flow_item_repeat_height(const FlowItem *item)
{
    return item->kind == FLOW_STRIP ? table_repeat_height(item->table, item->strip) : 0;
}

Length page_cursor_place(PageCursor *cursor, const FlowList *list, const FlowItem *item, Length *top)
{
    if (item->kind == FLOW_SPACE || item->kind == FLOW_BREAK) {
        *top = cursor->y;
        if (!cursor->empty && item->kind == FLOW_SPACE) {
            cursor->y += item->box.height;
        }
        return -1;
    }
    if (cursor->empty) {
        cursor->y = flow_item_repeat_height(item);
        cursor->empty = false;
    }
    if (item->box.on_grid) {
        cursor->y = (cursor->y + list->pitch - 1) / list->pitch * list->pitch;
    }
    *top = cursor->y;
    cursor->y += item->box.height;
    return cursor->y - item->box.slack;
}

/* Height of the grid of strips first..last together. */
static Length strips_height(const TableBox *box, size_t first, size_t last)
{
    return box->strip_y[last + 1] - box->strip_y[first];
}

/* Whether merged labels that lie over the break after `last`, or before `first`, fit into their part on this page.
 * Only strips first..last of the table stand on the page. Returns how many do not. */
static int labels_cramped(const TableBox *box, size_t first, size_t last)
{
    int cramped = 0;
    size_t first_row = box->strips[first].first_row, last_row = box->strips[last].first_row;
    for (size_t d = 0; d < box->depth; d++) {
        for (int end = 0; end < 2; end++) {
            const GridCell *cell = table_cell_at(box, end ? last_row : first_row, d);
            if (!cell->label || cell->in_first) {
                continue;
            }
            const GridRow *top = &box->rows[cell->row], *bottom = &box->rows[cell->row + cell->row_span - 1];
            size_t label_first = top->first_strip, label_last = bottom->first_strip + bottom->strip_count - 1;
            if (label_first >= first && label_last <= last) {
                continue;
            }
            size_t from = label_first > first ? label_first : first, to = label_last < last ? label_last : last;
            Length need = cell->text_height + table_padding_height(box->table->style);
            cramped += strips_height(box, from, to) < need;
        }
    }
    return cramped;
}

static bool in_body(const FlowItem *item)
{
    return item->kind == FLOW_STRIP && item->strip > item->table->head_strip;
}

/* Labels of the tables that the page begins or ends in the middle of. */
static int page_cramped(const FlowItem *first, const FlowItem *last)
{
    int cramped = 0;
    bool one = first->kind == FLOW_STRIP && last->kind == FLOW_STRIP && first->table == last->table;
    if (in_body(first)) {
        cramped += labels_cramped(first->table, first->strip, one ? last->strip : first->table->strip_count - 1);
    }
    if (in_body(last) && !(one && in_body(first)) && last->strip + 1 < last->table->strip_count) {
        cramped += labels_cramped(last->table, last->table->head_strip + 1, last->strip);
    }
    return cramped;
}

static size_t skip_spaces(const FlowList *list, size_t i)
{
    while (i < list->items.count && list->items.items[i].kind == FLOW_SPACE) {
        i++;
    }
    return i;
}

typedef struct Choice {
    int64_t cost;    /* of all pages up to here; -1: no page starts here */
    size_t previous; /* where the page before starts */
} Choice;

/* A page that ends early although it could have gone on to a good break: text fills its pages, and only what must keep
 * together makes them short. Breaks that go against a wish only are good enough where a sixth of the page is empty. */
#define ENDS_EARLY       SHORTFALL(500)
#define LACKS_MUCH(body) ((body) / 6)

/* A break that the edition before did not have, where its breaks are to be kept: rather two short pages. */
#define STRAY SHORTFALL(1500)

/* A page that may end here. */
typedef struct Ending {
    size_t next; /* where the next page starts */
    int64_t cost;
    Length room; /* left empty */
    bool good;   /* nothing speaks against it */
    bool fair;   /* or but a wish */
    bool kept;   /* the edition before has a page break here */
} Ending;

typedef struct Endings {
    Arena *arena;
    ARRAY(Ending) list;
} Endings;

static void offer(Choice *choices, size_t first, const Endings *endings, Length body)
{
    bool good = false, fair = false;
    for (size_t i = endings->list.count; i > 0; i--) {
        const Ending *ending = &endings->list.items[i - 1];
        bool early = good || (fair && ending->room > LACKS_MUCH(body));
        int64_t total = choices[first].cost + ending->cost + (early && !ending->kept ? ENDS_EARLY : 0);
        if (choices[ending->next].cost < 0 || total < choices[ending->next].cost) {
            choices[ending->next] = (Choice){.cost = total, .previous = first};
        }
        good = good || ending->good;
        fair = fair || ending->fair;
    }
}

/* All pages that can start with item `first`; the section starts with `start`. */
static void find_endings(const FlowList *list, size_t start, size_t first, Endings *endings)
{
    const FlowItem *items = list->items.items;
    PageCursor cursor = {.empty = true};
    endings->list.count = 0;
    for (size_t i = first; i < list->items.count; i++) {
        Length top;
        if (items[i].kind == FLOW_BREAK) {
            *array_push(endings->arena, &endings->list) =
                (Ending){.next = skip_spaces(list, i + 1), .good = true, .fair = true};
            return;
        }
        Length ink = page_cursor_place(&cursor, list, &items[i], &top);
        if (ink < 0) {
            continue;
        }
        if (ink > list->body && i > first) {
            return;
        }
        size_t next = skip_spaces(list, i + 1);
        bool last = next == list->items.count;
        if (!last && items[next].kind == FLOW_BREAK) {
            continue;
        }
        Length room = ink < list->body ? list->body - ink : 0;
        int64_t against = page_cramped(&items[first], &items[i]) * PENALTY_NEVER + (last ? 0 : items[i].penalty);
        int64_t shortfall = !last           ? page_shortfall(room, list->body)
                            : first > start ? page_last_shortfall(room, list->body)
                                            : 0;
        bool kept = !last && list->layout->before && list->layout->before->count > 0 &&
                    stable_begins(list->layout, &items[next]);
        if (kept) {
            shortfall = 0;
        } else if (!last && list->layout->before && list->layout->before->count > 0) {
            shortfall += STRAY;
        }
        *array_push(endings->arena, &endings->list) = (Ending){.next = next,
                                                               .cost = against + shortfall,
                                                               .room = room,
                                                               .kept = kept,
                                                               .good = against == 0,
                                                               .fair = against <= PENALTY_WISH};
    }
}

/* Why the page first..end-1 goes no further: of the breaks that it had room for, what speaks against the best one, the
 * last of those that are alike; where it had room for none, what did not fit. */
static void tell_end(const FlowList *list, PageSpan *span, PageEnd after)
{
    const FlowItem *items = list->items.items;
    PageCursor cursor = {.empty = true};
    Length top, last_ink = 0;
    size_t i = span->first;
    for (; i < span->end; i++) {
        Length ink = items[i].kind == FLOW_BREAK ? -1 : page_cursor_place(&cursor, list, &items[i], &top);
        last_ink = ink >= 0 ? ink : last_ink;
    }
    span->blank = last_ink < list->body ? list->body - last_ink : 0;
    i = skip_spaces(list, span->end);
    if (i == list->items.count || items[span->end - 1].kind == FLOW_BREAK) {
        span->why = i == list->items.count ? after : PAGE_END_WISH;
        return;
    }
    int64_t least = INT64_MAX;
    for (i = span->end; i < list->items.count && items[i].kind != FLOW_BREAK; i++) {
        Length ink = page_cursor_place(&cursor, list, &items[i], &top);
        if (ink > list->body) {
            break;
        }
        int cramped = ink < 0 ? 0 : page_cramped(&items[span->first], &items[i]);
        int64_t against = items[i].penalty + cramped * PENALTY_NEVER;
        if (ink >= 0 && against <= least) {
            least = against;
            span->why = against == 0 ? PAGE_END_CHOICE : cramped > 0 ? PAGE_END_LABEL : items[i].keep;
        }
    }
    if (least == INT64_MAX && i < list->items.count) {
        const LineBox *box = &items[i].box;
        bool block = items[i].kind == FLOW_LINES && box->height > 2 * list->pitch;
        span->why = items[i].kind == FLOW_STRIP ? PAGE_END_ROW : block ? PAGE_END_BLOCK : PAGE_END_FULL;
    }
}

PageSpanList paginate(const FlowList *list, PageEnd after, Arena *arena)
{
    size_t count = list->items.count, start = skip_spaces(list, 0);
    Choice *choices = arena_array_of(arena, Choice, count + 1);
    for (size_t i = 0; i <= count; i++) {
        choices[i].cost = -1;
    }
    choices[start].cost = 0;
    Endings endings = {.arena = arena};
    for (size_t i = start; i < count; i++) {
        if (choices[i].cost >= 0) {
            find_endings(list, start, i, &endings);
            offer(choices, i, &endings, list->body);
        }
    }
    PageSpanList spans = {0};
    for (size_t i = count; i > start; i = choices[i].previous) {
        spans.count++;
    }
    spans.items = arena_array_of(arena, PageSpan, spans.count);
    size_t at = spans.count;
    for (size_t i = count; i > start; i = choices[i].previous) {
        spans.items[--at] = (PageSpan){.first = choices[i].previous, .end = i};
        tell_end(list, &spans.items[at], after);
    }
    return spans;
}
