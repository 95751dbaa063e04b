/* Two Documents -> the figures and words that the template itself makes and that came out differently; marks on them
 * and on all that shows changed data. */
#include <string.h>

#include "base/text.h"
#include "revise/align_int.h"
#include "revise/spots_int.h"

#define NAME_MAX 24 /* [code points] of the words that name a figure in a sentence */
#define LEVELS   10

typedef struct Walk {
    Arena *arena;
    const char *own;
    bool mark;
    ChangedPaths paths;
    const char *headings[LEVELS];
    ARRAY(PrintedChange) printed;
} Walk;

static bool is_own(const Walk *walk, const Inline *piece)
{
    const char *path = piece->origin ? piece->origin->path : NULL;
    size_t len = walk->own ? strlen(walk->own) : 0;
    return path && len > 0 && strncmp(path, walk->own, len) == 0 && path[len] == '/';
}

static bool has_own(const Walk *walk, const InlineList *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_own(walk, &list->items[i]))
            return true;
    return false;
}

static bool is_computed_figure(const Inline *piece)
{
    return piece->kind == INLINE_TEXT && piece->origin && !piece->origin->path && piece->origin->figure;
}

/* ---- pieces of a paragraph ----------------------------------------------------------------------------------------
 */

typedef struct Pieces {
    const InlineList *before, *after;
} Pieces;

static bool piece_same(const void *context, size_t i, size_t j)
{
    const Pieces *pieces = context;
    const Inline *a = &pieces->before->items[i], *b = &pieces->after->items[j];
    return a->kind == b->kind && a->len == b->len && (a->len == 0 || memcmp(a->text, b->text, a->len) == 0);
}

static bool ends_clause(uint32_t code)
{
    return code == 0xFF0C || code == 0x3002 || code == 0xFF1B || code == 0xFF1A || code == 0xFF08 || code == 0x3001;
}

/* The unit that the sentence prints after a figure: it stands in the data as 金额单位. */
static const char *figure_unit(const InlineList *list, size_t at)
{
    static const char UNIT[] = "\u91d1\u989d\u5355\u4f4d";
    const Inline *next = at + 1 < list->count ? &list->items[at + 1] : NULL;
    return next && next->kind == INLINE_TEXT && next->origin && text_equal(next->origin->path, UNIT) ? next->text : "";
}

/* The words before a figure back to the last mark: what the sentence calls it. NULL for none. */
static const char *figure_name(const InlineList *list, size_t at, Arena *arena)
{
    InlineList head = {list->items, at};
    const char *text = inline_list_text(&head, arena);
    size_t count;
    uint32_t *codes = utf8_to_codes(arena, text, strlen(text), &count);
    size_t from = count;
    while (from > 0 && count - from < NAME_MAX && !ends_clause(codes[from - 1]))
        from--;
    Buffer name = {0};
    char bytes[4];
    for (size_t i = from; i < count; i++)
        buffer_append(&name, bytes, utf8_encode(codes[i], bytes));
    const char *result = name.len > 0 ? arena_strndup(arena, name.bytes, name.len) : NULL;
    buffer_release(&name);
    return result;
}

static void tell(Walk *walk, const Inline *before, const Inline *after, const char *unit, const char *name,
                 const Spot *spot)
{
    Decimal was, is, difference;
    if (decimal_parse(before->text, before->len, &was) != DECIMAL_OK ||
        decimal_parse(after->text, after->len, &is) != DECIMAL_OK || !decimal_subtract(is, was, &difference) ||
        difference.micro == 0)
        return;
    *array_push(walk->arena, &walk->printed) = (PrintedChange){.before = before->text,
                                                               .after = after->text,
                                                               .unit = unit,
                                                               .name = name,
                                                               .spot = *spot,
                                                               .difference = difference};
}

/* The old piece that stood where `after` stands: of the same tag of the template, within the gap. */
static const Inline *stood_here(const InlineList *list, size_t from, size_t to, const Inline *after)
{
    for (size_t i = from; i < to; i++) {
        const Inline *piece = &list->items[i];
        if (is_computed_figure(piece) && piece->origin->place.offset == after->origin->place.offset)
            return piece;
    }
    return NULL;
}

static void mark_gap(Walk *walk, InlineList *after, size_t from, size_t to, bool gone)
{
    for (size_t j = from; walk->mark && j < to; j++)
        if (after->items[j].kind == INLINE_TEXT &&
            !changed_find(&walk->paths, after->items[j].origin->path, walk->arena))
            mark_piece(&after->items[j], PIECE_CHANGED, walk->arena);
    if (walk->mark && gone && from == to && after->count > 0) {
        Inline *next = &after->items[to < after->count ? to : after->count - 1];
        if (next->kind == INLINE_TEXT)
            mark_piece(next, PIECE_GONE_BEFORE, walk->arena);
    }
}

static void compare_inlines(Walk *walk, const InlineList *before, InlineList *after, const Spot *spot, bool in_cell)
{
    if (!has_own(walk, before) && !has_own(walk, after)) {
        Pieces pieces = {before, after};
        Alignment kept = align(before->count, after->count, piece_same, &pieces, walk->arena);
        for (size_t k = 0; k <= kept.count; k++) {
            size_t i = k > 0 ? kept.pairs[k - 1].before + 1 : 0, j = k > 0 ? kept.pairs[k - 1].after + 1 : 0;
            size_t end_i = k < kept.count ? kept.pairs[k].before : before->count;
            size_t end_j = k < kept.count ? kept.pairs[k].after : after->count;
            for (size_t at = j; at < end_j; at++) {
                const Inline *piece = &after->items[at];
                const Inline *was = is_computed_figure(piece) ? stood_here(before, i, end_i, piece) : NULL;
                if (was)
                    tell(walk, was, piece, figure_unit(after, at), in_cell ? NULL : figure_name(after, at, walk->arena),
                         spot);
            }
            mark_gap(walk, after, j, end_j, end_i > i);
        }
    }
    if (walk->mark)
        mark_data(after, &walk->paths, walk->arena);
}

/* Everything in it is new; what shows old data through a moved place is left to the data's own changes. */
static void mark_new(Walk *walk, InlineList *list, bool whole)
{
    for (size_t i = 0; walk->mark && !has_own(walk, list) && i < list->count; i++) {
        Inline *piece = &list->items[i];
        if (piece->kind == INLINE_TEXT && (whole || !piece->origin->path) &&
            !changed_find(&walk->paths, piece->origin->path, walk->arena))
            mark_piece(piece, PIECE_CHANGED, walk->arena);
    }
    if (walk->mark)
        mark_data(list, &walk->paths, walk->arena);
}

/* ---- tables -------------------------------------------------------------------------------------------------------
 */

static void compare_cells(Walk *walk, const Cell *before, Cell *after, const Spot *spot)
{
    for (size_t i = 0; i < after->count; i++) {
        if (before && i < before->count)
            compare_inlines(walk, &before->paragraphs[i], &after->paragraphs[i], spot, true);
        else
            mark_new(walk, &after->paragraphs[i], true);
    }
}

typedef struct FlatRow {
    Row *row;
    const char *labels;
} FlatRow;

typedef struct FlatRows {
    FlatRow *items;
    size_t count, capacity;
} FlatRows;

static void flatten(const RowGroup *group, const char *labels, FlatRows *rows, Arena *arena)
{
    if (group->label) {
        const char *own = cell_text(group->label, arena);
        labels = labels ? arena_printf(arena, "%s\u3000%s", labels, own) : own;
    }
    for (size_t i = 0; i < group->group_count; i++)
        flatten(&group->groups[i], labels, rows, arena);
    for (size_t i = 0; i < group->row_count; i++)
        *array_push(arena, rows) = (FlatRow){&group->rows[i], labels};
}

static FlatRows flat_rows(const Table *table, Arena *arena)
{
    FlatRows rows = {0};
    flatten(&table->body, NULL, &rows, arena);
    for (size_t i = 0; i < table->total_count; i++)
        *array_push(arena, &rows) = (FlatRow){&table->totals[i], NULL};
    return rows;
}

typedef struct RowPair {
    const FlatRows *before, *after;
    Arena *arena;
} RowPair;

static bool is_unnamed(const char *path)
{
    size_t len = path ? strlen(path) : 0;
    const char *open = len > 0 && path[len - 1] == ']' ? strrchr(path, '[') : NULL;
    return open && open[1] == '#';
}

static bool row_same(const void *context, size_t i, size_t j)
{
    const RowPair *pair = context;
    const Row *a = pair->before->items[i].row, *b = pair->after->items[j].row;
    if (a->count != b->count || a->kind != b->kind)
        return false;
    if (!a->origin.path || !b->origin.path)
        return !a->origin.path && !b->origin.path && a->origin.place.offset == b->origin.place.offset;
    if (!is_unnamed(a->origin.path) || !is_unnamed(b->origin.path))
        return strcmp(a->origin.path, b->origin.path) == 0;
    for (size_t k = 0; k < a->count; k++)
        if (strcmp(cell_text(&a->cells[k], pair->arena), cell_text(&b->cells[k], pair->arena)) != 0)
            return false;
    return true;
}

static void compare_row(Walk *walk, const Table *table, const Row *before, const FlatRow *after, const char **titles,
                        const Spot *around)
{
    Spot spot = *around;
    spot.row = row_name(table, after->row, after->labels, walk->arena);
    for (size_t j = 0; j < after->row->count; j++) {
        spot.column = titles[table->column_count - after->row->count + j];
        compare_cells(walk, before ? &before->cells[j] : NULL, &after->row->cells[j], &spot);
    }
}

static void mark_row_gone(Walk *walk, const FlatRows *rows, size_t next)
{
    if (!walk->mark || rows->count == 0)
        return;
    const Row *row = rows->items[next < rows->count ? next : rows->count - 1].row;
    for (size_t j = 0; j < row->count; j++)
        if (row->cells[j].count > 0 && row->cells[j].paragraphs[0].count > 0) {
            mark_piece(&row->cells[j].paragraphs[0].items[0], PIECE_GONE_BEFORE, walk->arena);
            return;
        }
}

static void compare_labels(Walk *walk, RowGroup *group)
{
    if (group->label)
        for (size_t i = 0; walk->mark && i < group->label->count; i++)
            mark_data(&group->label->paragraphs[i], &walk->paths, walk->arena);
    for (size_t i = 0; i < group->group_count; i++)
        compare_labels(walk, &group->groups[i]);
}

static void compare_tables(Walk *walk, const Table *before, Table *after, const Spot *section)
{
    Spot spot = *section;
    spot.table = after->caption.count > 0 ? inline_list_text(&after->caption, walk->arena) : after->kind;
    if (before)
        compare_inlines(walk, &before->caption, &after->caption, &spot, false);
    else
        mark_new(walk, &after->caption, true);
    static const InlineList NOTHING;
    for (size_t i = 0; i < after->lead_count; i++) {
        bool there = before && i < before->lead_count;
        compare_inlines(walk, there ? &before->leads[i].left : &NOTHING, &after->leads[i].left, &spot, false);
        compare_inlines(walk, there ? &before->leads[i].right : &NOTHING, &after->leads[i].right, &spot, false);
    }
    for (size_t i = 0; i < after->once_count; i++) {
        spot.row = cell_text(&after->once[i].label, walk->arena);
        compare_cells(walk, before && i < before->once_count ? &before->once[i].text : NULL, &after->once[i].text,
                      &spot);
    }
    spot.row = NULL;
    compare_labels(walk, &after->body);
    FlatRows old = before ? flat_rows(before, walk->arena) : (FlatRows){0}, new = flat_rows(after, walk->arena);
    RowPair pair = {&old, &new, walk->arena};
    Alignment kept = align(old.count, new.count, row_same, &pair, walk->arena);
    const char **titles = table_titles(after, walk->arena);
    for (size_t k = 0; k <= kept.count; k++) {
        size_t i = k > 0 ? kept.pairs[k - 1].before + 1 : 0, j = k > 0 ? kept.pairs[k - 1].after + 1 : 0;
        size_t end_i = k < kept.count ? kept.pairs[k].before : old.count;
        size_t end_j = k < kept.count ? kept.pairs[k].after : new.count;
        if (end_j == j && end_i > i)
            mark_row_gone(walk, &new, j);
        for (; j < end_j; j++, i++) /* rows without a name that were rewritten are compared in turn */
            compare_row(walk, after,
                        i < end_i && is_unnamed(old.items[i].row->origin.path) &&
                                old.items[i].row->count == new.items[j].row->count
                            ? old.items[i].row
                            : NULL,
                        &new.items[j], titles, &spot);
        if (k < kept.count)
            compare_row(walk, after, old.items[kept.pairs[k].before].row, &new.items[kept.pairs[k].after], titles,
                        &spot);
    }
    for (size_t i = 0; i < after->note_count; i++) {
        if (before && i < before->note_count)
            compare_inlines(walk, &before->notes[i], &after->notes[i], &spot, false);
        else
            mark_new(walk, &after->notes[i], true);
    }
}

/* ---- blocks -------------------------------------------------------------------------------------------------------
 */

typedef struct Blocks {
    const Document *before, *after;
    Arena *arena;
} Blocks;

static const InlineList *block_text(const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        return &block->as.heading.text;
    case BLOCK_PARAGRAPH:
        return &block->as.paragraph.text;
    case BLOCK_TABLE:
    case BLOCK_SIGNATURE:
    case BLOCK_PAGE_BREAK:
        break;
    }
    return NULL;
}

static bool block_same(const void *context, size_t i, size_t j)
{
    const Blocks *blocks = context;
    const Block *a = &blocks->before->blocks[i], *b = &blocks->after->blocks[j];
    if (a->kind != b->kind || a->origin.place.offset != b->origin.place.offset) {
        bool shown = a->origin.path && b->origin.path; /* their places are those of the data */
        if (a->kind != b->kind || !shown ||
            (a->kind == BLOCK_TABLE && !text_equal(a->as.table->kind, b->as.table->kind)))
            return false;
    }
    const char *p = a->origin.path, *q = b->origin.path;
    if (!p || !q)
        return !p && !q;
    if (!is_unnamed(p) || !is_unnamed(q))
        return strcmp(p, q) == 0;
    const InlineList *x = block_text(a), *y = block_text(b);
    return x && y && strcmp(inline_list_text(x, blocks->arena), inline_list_text(y, blocks->arena)) == 0;
}

static void compare_block(Walk *walk, const Block *before, Block *after)
{
    static const InlineList NOTHING;
    if (after->kind == BLOCK_HEADING)
        section_enter(walk->headings, after->as.heading.level, inline_list_text(&after->as.heading.text, walk->arena));
    Spot spot = {.section = section_name(walk->headings, walk->arena)};
    bool unnamed = is_unnamed(after->origin.path);
    switch (after->kind) {
    case BLOCK_HEADING:
    case BLOCK_PARAGRAPH: {
        InlineList *text = after->kind == BLOCK_HEADING ? &after->as.heading.text : &after->as.paragraph.text;
        if (before)
            compare_inlines(walk, block_text(before), text, &spot, false);
        else
            mark_new(walk, text, !unnamed);
        break;
    }
    case BLOCK_TABLE:
        compare_tables(walk, before ? before->as.table : NULL, after->as.table, &spot);
        break;
    case BLOCK_SIGNATURE:
        compare_inlines(walk, before ? &before->as.signature.name : &NOTHING, &after->as.signature.name, &spot, false);
        compare_inlines(walk, before ? &before->as.signature.date : &NOTHING, &after->as.signature.date, &spot, false);
        break;
    case BLOCK_PAGE_BREAK:
        break;
    }
}

/* Where the part of the notice that tells of the corrections begins: its heading after a page break; else the end. */
static size_t own_part(const Walk *walk, const Document *document)
{
    for (size_t i = document->count; i > 1; i--) {
        const Block *block = &document->blocks[i - 1];
        if (block->kind == BLOCK_HEADING && has_own(walk, &block->as.heading.text) &&
            document->blocks[i - 2].kind == BLOCK_PAGE_BREAK)
            return i - 2;
    }
    return document->count;
}

static void mark_block_gone(Walk *walk, Document *after, size_t at, size_t end)
{
    const InlineList *text = at < end ? block_text(&after->blocks[at]) : NULL;
    if (walk->mark && text && text->count > 0 && text->items[0].kind == INLINE_TEXT)
        mark_piece(&text->items[0], PIECE_GONE_BEFORE, walk->arena);
}

PrintedList document_compare(const Document *before, Document *after, const ChangeList *changes, const char *own,
                             bool mark, Arena *arena)
{
    Walk walk = {.arena = arena, .own = own, .mark = mark, .paths = changed_paths(changes, arena)};
    size_t old_count = own_part(&walk, before), new_count = own_part(&walk, after);
    Blocks blocks = {before, after, arena};
    Alignment kept = align(old_count, new_count, block_same, &blocks, arena);
    for (size_t k = 0; k <= kept.count; k++) {
        size_t i = k > 0 ? kept.pairs[k - 1].before + 1 : 0, j = k > 0 ? kept.pairs[k - 1].after + 1 : 0;
        size_t end_i = k < kept.count ? kept.pairs[k].before : old_count;
        size_t end_j = k < kept.count ? kept.pairs[k].after : new_count;
        if (end_i > i && end_j == j)
            mark_block_gone(&walk, after, j, new_count);
        for (; j < end_j; j++)
            compare_block(&walk, NULL, &after->blocks[j]);
        if (k < kept.count)
            compare_block(&walk, &before->blocks[kept.pairs[k].before], &after->blocks[kept.pairs[k].after]);
    }
    return (PrintedList){walk.printed.items, walk.printed.count};
}
