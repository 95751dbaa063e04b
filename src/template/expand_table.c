/* A declared table + data -> Table: header, groups of rows with their labels, totals, notes. */
#include "template/template_int.h"

static Origin item_origin(const Value *value, const Node *node)
{
    Origin origin = node->origin;
    if (value && value->path[0] != '\0') {
        origin.path = value->path;
        origin.place = value->place;
    }
    return origin;
}

static HeaderCell *expand_header(Expansion *expansion, const HeaderSpec *specs, size_t count, const Scope *scope)
{
    HeaderCell *cells = arena_array_of(expansion->arena, HeaderCell, count);
    for (size_t i = 0; i < count; i++) {
        cells[i].cell = expansion_cell(expansion, &specs[i].title, scope);
        cells[i].count = specs[i].count;
        cells[i].children = expand_header(expansion, specs[i].children, specs[i].count, scope);
    }
    return cells;
}

static bool is_map(const Term *term)
{
    return term->kind == TERM_VALUE && term->value->kind == VALUE_MAP;
}

/* How many items the list, or members the map, has that `formula` gives; a blank has none. */
static size_t eval_items(Expansion *expansion, const Formula *formula, const Scope *scope, Term *list)
{
    if (!expansion_eval(expansion, formula, scope, list))
        return 0;
    return is_map(list) ? list->value->count : term_count(list);
}

static Term item_at(const Term *list, size_t index)
{
    return is_map(list) ? term_from_value(list->value->items[index]) : term_item(list, index);
}

static void expand_rows(Expansion *expansion, const TableSpec *spec, const Node *node, const Scope *scope,
                        RowGroup *group)
{
    Term list;
    size_t count = eval_items(expansion, spec->each, scope, &list);
    group->rows = arena_array_of(expansion->arena, Row, count);
    group->row_count = count;
    for (size_t i = 0; i < count; i++) {
        Term item = item_at(&list, i);
        Scope inner = scope_item(&item, i + 1, count, scope);
        Row *row = &group->rows[i];
        row->origin = item_origin(item.value, node);
        row->count = spec->column_count - spec->group_count;
        row->cells = arena_array_of(expansion->arena, Cell, row->count);
        for (size_t j = 0; j < row->count; j++)
            row->cells[j] = expansion_cell(expansion, &spec->columns[spec->group_count + j].value, &inner);
    }
}

static bool has_rows(const RowGroup *group)
{
    return group->row_count > 0 || group->group_count > 0;
}

/* Labels from `depth` on; a label without rows is left out. */
static void expand_groups(Expansion *expansion, const TableSpec *spec, const Node *node, const Scope *scope,
                          size_t depth, RowGroup *group)
{
    if (depth == spec->group_count) {
        expand_rows(expansion, spec, node, scope, group);
        return;
    }
    Term list;
    size_t count = eval_items(expansion, spec->groups[depth].each, scope, &list);
    group->groups = arena_array_of(expansion->arena, RowGroup, count);
    for (size_t i = 0; i < count; i++) {
        Term item = item_at(&list, i);
        Scope inner = scope_item(&item, i + 1, count, scope);
        RowGroup *child = &group->groups[group->group_count];
        *child = (RowGroup){0};
        expand_groups(expansion, spec, node, &inner, depth + 1, child);
        if (!has_rows(child))
            continue;
        Cell *label = arena_new_of(expansion->arena, Cell);
        *label = expansion_cell(expansion, &spec->groups[depth].label, &inner);
        child->label = label;
        group->group_count++;
    }
}

static Row *expand_fixed(Expansion *expansion, const RowSpec *specs, size_t spec_count, RowKind kind, const Node *node,
                         const Scope *scope, size_t *count)
{
    Row *rows = arena_array_of(expansion->arena, Row, spec_count);
    *count = 0;
    for (size_t i = 0; i < spec_count; i++) {
        Term when;
        if (specs[i].when && (!expansion_eval(expansion, specs[i].when, scope, &when) || !term_is_true(&when)))
            continue;
        Row *row = &rows[(*count)++];
        row->kind = kind;
        row->origin = (Origin){.place = specs[i].place.source ? specs[i].place : node->origin.place};
        row->count = specs[i].count;
        row->cells = arena_array_of(expansion->arena, Cell, row->count);
        for (size_t j = 0; j < row->count; j++)
            row->cells[j] = expansion_cell(expansion, &specs[i].cells[j], scope);
    }
    return rows;
}

static void expand_frame(Expansion *expansion, const TableSpec *spec, const Scope *scope, Table *table)
{
    table->leads = arena_array_of(expansion->arena, LeadLine, spec->lead_count);
    for (size_t i = 0; i < spec->lead_count; i++) {
        LeadLine lead = {expansion_line(expansion, &spec->leads[i].left, scope),
                         expansion_line(expansion, &spec->leads[i].right, scope)};
        if (lead.left.count > 0 || lead.right.count > 0)
            table->leads[table->lead_count++] = lead;
    }
    table->once = arena_array_of(expansion->arena, OnceRow, spec->once_count);
    for (size_t i = 0; i < spec->once_count; i++) {
        OnceRow once = {expansion_cell(expansion, &spec->once[i].label, scope),
                        expansion_cell(expansion, &spec->once[i].text, scope)};
        if (once.text.count > 0)
            table->once[table->once_count++] = once;
    }
    ARRAY(InlineList) notes = {0};
    for (size_t i = 0; i < spec->note_count + 1; i++) {
        bool last = i == spec->note_count;
        if (last && has_rows(&table->body))
            break;
        size_t count = 0;
        InlineList *lines = expansion_collect(expansion, last ? &spec->empty : &spec->notes[i], scope, &count);
        for (size_t j = 0; j < count; j++)
            *array_push(expansion->arena, &notes) = lines[j];
    }
    table->notes = notes.items;
    table->note_count = notes.count;
}

void expansion_table(Expansion *expansion, const TableSpec *spec, const Node *node, const Scope *scope)
{
    Arena *arena = expansion->arena;
    Table *table = arena_new_of(arena, Table);
    int level = expansion->level;
    table->style = spec->style;
    table->kind = spec->name;
    table->bookmark = spec->bookmark;
    table->level = spec->level;
    expansion->level = spec->level; /* the caption's number counts there */
    table->caption = expansion_line(expansion, &spec->caption, scope);
    expansion->level = level;
    table->header = expand_header(expansion, spec->header, spec->header_count, scope);
    table->header_count = spec->header_count;
    table->columns = arena_array_of(arena, Column, spec->column_count);
    table->column_count = spec->column_count;
    for (size_t i = 0; i < spec->column_count; i++)
        table->columns[i] = spec->columns[i].column;
    if (spec->each)
        expand_groups(expansion, spec, node, scope, 0, &table->body);
    else
        table->body.rows =
            expand_fixed(expansion, spec->fixed, spec->fixed_count, ROW_BODY, node, scope, &table->body.row_count);
    expand_frame(expansion, spec, scope, table);
    if (has_rows(&table->body)) {
        table->totals =
            expand_fixed(expansion, spec->totals, spec->total_count, ROW_TOTAL, node, scope, &table->total_count);
    } else { /* an empty table is published with one blank row and said to be empty */
        table->body.rows = arena_new_of(arena, Row);
        table->body.rows->origin = (Origin){.place = node->origin.place};
        table->body.rows->count = spec->column_count;
        table->body.rows->cells = arena_array_of(arena, Cell, spec->column_count);
        table->body.row_count = 1;
        table->body.groups = NULL;
    }
    Block block = {.kind = BLOCK_TABLE, .origin = item_origin(scope->row > 0 ? scope->value : NULL, node)};
    block.as.table = table;
    *array_push(arena, &expansion->blocks) = block;
}
