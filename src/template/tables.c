/* tables.yaml -> the tables that notice.txt may place: columns, header tree, groups, rows, totals, notes. */
#include <string.h>

#include "template/template_int.h"

typedef struct Loader {
    const Pack *pack;
    Arena *arena;
    FindingList *findings;
    bool ok;
} Loader;

static void fail(Loader *loader, MessageId id, Place place, const char *path, const char *a, const char *b)
{
    finding_add(loader->findings, id, place, path, a, b, NULL);
    loader->ok = false;
}

static NodeList load_template(const Loader *loader, const Value *value, TemplateMode mode)
{
    return template_parse_scalar(value, mode, loader->arena, loader->findings);
}

static size_t list_count(const Value *value)
{
    return value && value->kind == VALUE_LIST ? value->count : 0;
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static size_t count_leaves(const Value *columns)
{
    size_t leaves = 0;
    for (size_t i = 0; i < columns->count; i++) {
        const Value *children = value_get(columns->items[i], "columns");
        leaves += list_count(children) > 0 ? count_leaves(children) : 1;
    }
    return leaves;
}

static Align read_align(const Value *map)
{
    static const char *const NAMES[] = {"justify", "left", "center", "right", "decimal"};
    const char *text = value_text(value_get(map, "align"));
    for (size_t i = 0; text && i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(text, NAMES[i]) == 0)
            return (Align)i;
    return ALIGN_LEFT;
}

static Length read_mm(const Value *list, size_t index)
{
    Decimal number;
    return list_count(list) > index && value_number(list->items[index], &number)
               ? length_scale(number.micro, LENGTH_PER_MM, DECIMAL_ONE)
               : 0;
}

static void load_column(Loader *loader, const Value *map, ColumnSpec *column)
{
    const Value *share = value_get(map, "share"), *head = value_get(map, "row-head"), *width = value_get(map, "width");
    Decimal number = decimal_from_int(1);
    value_number(share, &number);
    column->column = (Column){.min_width = read_mm(width, 0),
                              .max_width = read_mm(width, 1),
                              .share = (int)(number.micro / DECIMAL_ONE),
                              .align = read_align(map),
                              .row_head = head && head->reading == READ_BOOLEAN && head->boolean};
    column->has_value = value_get(map, "value") != NULL;
    column->value = load_template(loader, value_get(map, "value"), TEMPLATE_CELL);
    column->place = map->place;
    if (column->column.max_width > 0 && column->column.max_width < column->column.min_width)
        fail(loader, MESSAGE_TABLE_WIDTH, width->place, width->path, NULL, NULL);
}

static HeaderSpec *load_header(Loader *loader, const Value *columns, TableSpec *spec)
{
    HeaderSpec *header = arena_array_of(loader->arena, HeaderSpec, columns->count);
    for (size_t i = 0; i < columns->count; i++) {
        const Value *map = columns->items[i], *children = value_get(map, "columns");
        header[i].title = load_template(loader, value_get(map, "title"), TEMPLATE_CELL);
        if (list_count(children) > 0) {
            header[i].children = load_header(loader, children, spec);
            header[i].count = children->count;
        } else {
            load_column(loader, map, &spec->columns[spec->column_count++]);
        }
    }
    return header;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static RowSpec *load_rows(Loader *loader, const Value *list, const TableSpec *spec, size_t *count)
{
    *count = list_count(list);
    RowSpec *rows = arena_array_of(loader->arena, RowSpec, *count);
    for (size_t i = 0; i < *count; i++) {
        const Value *cells = value_get(list->items[i], "cells"), *when = value_get(list->items[i], "when");
        rows[i].when = formula_parse_scalar(when, loader->arena, loader->findings);
        rows[i].count = list_count(cells);
        rows[i].place = list->items[i]->place;
        rows[i].cells = arena_array_of(loader->arena, NodeList, rows[i].count);
        for (size_t j = 0; j < rows[i].count; j++)
            rows[i].cells[j] = load_template(loader, cells->items[j], TEMPLATE_CELL);
        if (rows[i].count != spec->column_count)
            fail(loader, MESSAGE_TABLE_ROW_CELLS, rows[i].place, list->items[i]->path,
                 arena_printf(loader->arena, "%zu", rows[i].count),
                 arena_printf(loader->arena, "%zu", spec->column_count));
    }
    return rows;
}

static void load_groups(Loader *loader, const Value *list, TableSpec *spec)
{
    spec->group_count = list_count(list);
    spec->groups = arena_array_of(loader->arena, GroupSpec, spec->group_count);
    for (size_t i = 0; i < spec->group_count; i++) {
        spec->groups[i].each = formula_parse_scalar(value_get(list->items[i], "each"), loader->arena, loader->findings);
        spec->groups[i].label = load_template(loader, value_get(list->items[i], "label"), TEMPLATE_CELL);
    }
    if (spec->group_count >= spec->column_count && spec->group_count > 0)
        fail(loader, MESSAGE_TABLE_GROUPS, list->place, list->path, NULL, NULL);
}

static void load_frame(Loader *loader, const Value *map, TableSpec *spec)
{
    const Value *leads = value_get(map, "leads"), *once = value_get(map, "once"), *notes = value_get(map, "notes");
    spec->lead_count = list_count(leads);
    spec->leads = arena_array_of(loader->arena, LeadSpec, spec->lead_count);
    for (size_t i = 0; i < spec->lead_count; i++) {
        spec->leads[i].left = load_template(loader, value_get(leads->items[i], "left"), TEMPLATE_CELL);
        spec->leads[i].right = load_template(loader, value_get(leads->items[i], "right"), TEMPLATE_CELL);
    }
    spec->once_count = list_count(once);
    spec->once = arena_array_of(loader->arena, OnceSpec, spec->once_count);
    for (size_t i = 0; i < spec->once_count; i++) {
        spec->once[i].label = load_template(loader, value_get(once->items[i], "label"), TEMPLATE_CELL);
        spec->once[i].text = load_template(loader, value_get(once->items[i], "text"), TEMPLATE_CELL);
    }
    spec->note_count = list_count(notes);
    spec->notes = arena_array_of(loader->arena, NodeList, spec->note_count);
    for (size_t i = 0; i < spec->note_count; i++)
        spec->notes[i] = load_template(loader, notes->items[i], TEMPLATE_CELL);
    spec->empty = load_template(loader, value_get(map, "empty"), TEMPLATE_CELL);
}

static const TableStyle *find_style(const Pack *pack, const char *name)
{
    for (size_t i = 0; name && i < pack->style.table_count; i++)
        if (strcmp(pack->style.tables[i].name, name) == 0)
            return &pack->style.tables[i];
    return NULL;
}

static void load_table(Loader *loader, const Value *map, TableSpec *spec)
{
    const Value *columns = value_get(map, "columns"), *style = value_get(map, "style"),
                *level = value_get(map, "level"), *rows = value_get(map, "rows"), *fixed = value_get(map, "fixed-rows");
    Decimal number;
    spec->name = map->key;
    spec->place = map->place;
    spec->style = find_style(loader->pack, value_text(style));
    if (!spec->style)
        fail(loader, MESSAGE_STYLE_UNKNOWN, style->place, style->path, value_text(style), NULL);
    spec->caption = load_template(loader, value_get(map, "caption"), TEMPLATE_CAPTION);
    spec->bookmark = value_number(level, &number);
    spec->level = spec->bookmark ? (int)(number.micro / DECIMAL_ONE) : LEVEL_MAX;
    spec->columns = arena_array_of(loader->arena, ColumnSpec, count_leaves(columns));
    spec->header = load_header(loader, columns, spec);
    spec->header_count = columns->count;
    load_groups(loader, value_get(map, "groups"), spec);
    spec->each = formula_parse_scalar(rows, loader->arena, loader->findings);
    spec->fixed = load_rows(loader, fixed, spec, &spec->fixed_count);
    spec->totals = load_rows(loader, value_get(map, "totals"), spec, &spec->total_count);
    load_frame(loader, map, spec);
    if ((rows != NULL) == (fixed != NULL) || (fixed && spec->group_count > 0))
        fail(loader, MESSAGE_TABLE_ROWS, map->key_place, map->path, map->key, NULL);
    for (size_t i = 0; i < spec->column_count; i++)
        if (rows && spec->columns[i].has_value != (i >= spec->group_count))
            fail(loader, i < spec->group_count ? MESSAGE_TABLE_VALUE_EXTRA : MESSAGE_TABLE_VALUE_MISSING,
                 spec->columns[i].place, map->path, map->key, NULL);
}

bool tables_load(const Value *root, Pack *pack, Arena *arena, FindingList *findings)
{
    Loader loader = {.pack = pack, .arena = arena, .findings = findings, .ok = true};
    pack->tables = arena_array_of(arena, TableSpec, root->count);
    pack->table_count = root->count;
    for (size_t i = 0; i < root->count; i++)
        load_table(&loader, root->items[i], &pack->tables[i]);
    return loader.ok;
}
