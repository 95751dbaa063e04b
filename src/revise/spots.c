/* A Document -> where it prints each value, in its own words: headings, table, row, column. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "revise/spots_int.h"

#define LEVELS 10
#define JOINT  "\u3000" /* between headings */

typedef struct Entry {
    const char *path;
    size_t order;
    const Spot *spot;
} Entry;

struct SpotIndex {
    Entry *entries; /* by path, then as printed */
    size_t count;
};

typedef struct Reader {
    Arena *arena;
    const char *headings[LEVELS]; /* by level; NULL for none */
    ARRAY(Entry) entries;
} Reader;

const char *cell_text(const Cell *cell, Arena *arena)
{
    const char *text = "";
    for (size_t i = 0; cell && i < cell->count; i++) {
        const char *line = inline_list_text(&cell->paragraphs[i], arena);
        text = *text ? arena_printf(arena, "%s%s", text, line) : line;
    }
    return text;
}

static void add(Reader *reader, const char *path, const Spot *spot)
{
    if (path && *path)
        *array_push(reader->arena, &reader->entries) = (Entry){path, reader->entries.count, spot};
}

static void add_inlines(Reader *reader, const InlineList *list, const Spot *spot)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].origin)
            add(reader, list->items[i].origin->path, spot);
}

static void add_cell(Reader *reader, const Cell *cell, const Spot *spot)
{
    for (size_t i = 0; i < cell->count; i++)
        add_inlines(reader, &cell->paragraphs[i], spot);
}

/* ---- headings -----------------------------------------------------------------------------------------------------
 */

void section_enter(const char *headings[], int level, const char *text)
{
    level = level < 0 ? 0 : level < LEVELS ? level : LEVELS - 1;
    headings[level] = text;
    for (int deeper = level + 1; deeper < LEVELS; deeper++)
        headings[deeper] = NULL;
}

const char *section_name(const char *const headings[], Arena *arena)
{
    const char *name = NULL;
    for (int level = 1; level < LEVELS; level++) /* the title is no section */
        if (headings[level])
            name = name ? arena_printf(arena, "%s" JOINT "%s", name, headings[level]) : headings[level];
    return name;
}

/* ---- tables -------------------------------------------------------------------------------------------------------
 */

static void header_leaves(const HeaderCell *cells, size_t count, const char *above, const char **titles, size_t *at,
                          Arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        const char *own = cell_text(&cells[i].cell, arena);
        if (cells[i].count > 0) {
            header_leaves(cells[i].children, cells[i].count, own, titles, at, arena);
            continue;
        }
        for (size_t j = 0; above && j < *at; j++) /* two columns of one title are told apart by what stands over them */
            if (text_equal(titles[j], own)) {
                own = arena_printf(arena, "%s" JOINT "%s", above, own);
                break;
            }
        titles[(*at)++] = own;
    }
}

const char **table_titles(const Table *table, Arena *arena)
{
    const char **titles = arena_array_of(arena, const char *, table->column_count + 1);
    size_t at = 0;
    header_leaves(table->header, table->header_count, NULL, titles, &at, arena);
    return titles;
}

/* The name in the last brackets of an item's path; NULL when it is told by its place. */
const char *path_name(const char *path, Arena *arena)
{
    size_t len = path ? strlen(path) : 0, start = 0;
    if (len < 3 || path[len - 1] != ']' || path[len - 2] == '\\')
        return NULL;
    for (size_t i = 0; i + 1 < len; i++) {
        if (path[i] == '\\')
            i++;
        else if (path[i] == '[')
            start = i + 1;
    }
    char *name = arena_alloc(arena, len + 1), *out = name;
    for (size_t i = start; i + 1 < len && path[i] != '#'; i++) {
        i += path[i] == '\\';
        *out++ = path[i];
    }
    return *name ? name : NULL;
}

const char *row_name(const Table *table, const Row *row, const char *labels, Arena *arena)
{
    size_t depth = table->column_count - row->count;
    const char *name = labels ? labels : "";
    for (size_t j = 0; j < row->count; j++) {
        const char *text = table->columns[depth + j].row_head ? cell_text(&row->cells[j], arena) : "";
        if (*text)
            name = *name ? arena_printf(arena, "%s" JOINT "%s", name, text) : text;
    }
    const char *own = path_name(row->origin.path, arena);
    if (own && !strstr(name, own))
        name = *name ? arena_printf(arena, "%s" JOINT "%s", name, own) : own;
    return *name ? name : NULL;
}

static void read_row(Reader *reader, const Table *table, const Row *row, const char **titles, const char *labels,
                     const Spot *around)
{
    Spot *whole = arena_new_of(reader->arena, Spot);
    *whole = *around;
    whole->row = row_name(table, row, labels, reader->arena);
    add(reader, row->origin.path, whole);
    for (size_t j = 0; j < row->count; j++) {
        Spot *spot = arena_new_of(reader->arena, Spot);
        *spot = *whole;
        spot->column = titles[table->column_count - row->count + j];
        add_cell(reader, &row->cells[j], spot);
    }
}

static void read_group(Reader *reader, const Table *table, const RowGroup *group, const char **titles,
                       const char *labels, const Spot *around)
{
    if (group->label) {
        const char *own = cell_text(group->label, reader->arena);
        labels = labels ? arena_printf(reader->arena, "%s" JOINT "%s", labels, own) : own;
        Spot *spot = arena_new_of(reader->arena, Spot);
        *spot = *around;
        spot->row = labels;
        add_cell(reader, group->label, spot);
    }
    for (size_t i = 0; i < group->group_count; i++)
        read_group(reader, table, &group->groups[i], titles, labels, around);
    for (size_t i = 0; i < group->row_count; i++)
        read_row(reader, table, &group->rows[i], titles, labels, around);
}

static void read_table(Reader *reader, const Table *table, const Spot *section)
{
    Arena *arena = reader->arena;
    Spot *spot = arena_new_of(arena, Spot);
    *spot = *section;
    spot->table = table->caption.count > 0 ? inline_list_text(&table->caption, arena) : table->kind;
    const char **titles = table_titles(table, arena);
    add_inlines(reader, &table->caption, spot);
    for (size_t i = 0; i < table->lead_count; i++) {
        add_inlines(reader, &table->leads[i].left, spot);
        add_inlines(reader, &table->leads[i].right, spot);
    }
    for (size_t i = 0; i < table->once_count; i++) {
        Spot *row = arena_new_of(arena, Spot);
        *row = *spot;
        row->row = cell_text(&table->once[i].label, arena);
        add_cell(reader, &table->once[i].text, row);
    }
    read_group(reader, table, &table->body, titles, NULL, spot);
    for (size_t i = 0; i < table->total_count; i++)
        read_row(reader, table, &table->totals[i], titles, NULL, spot);
    for (size_t i = 0; i < table->note_count; i++)
        add_inlines(reader, &table->notes[i], spot);
}

/* ---- the document -------------------------------------------------------------------------------------------------
 */

static void read_block(Reader *reader, const Block *block)
{
    Spot *spot = arena_new_of(reader->arena, Spot);
    if (block->kind == BLOCK_HEADING)
        section_enter(reader->headings, block->as.heading.level,
                      inline_list_text(&block->as.heading.text, reader->arena));
    spot->section = section_name(reader->headings, reader->arena);
    switch (block->kind) {
    case BLOCK_HEADING:
        add_inlines(reader, &block->as.heading.text, spot);
        break;
    case BLOCK_PARAGRAPH:
        add(reader, block->origin.path, spot);
        add_inlines(reader, &block->as.paragraph.text, spot);
        break;
    case BLOCK_TABLE:
        read_table(reader, block->as.table, spot);
        break;
    case BLOCK_SIGNATURE:
        add_inlines(reader, &block->as.signature.name, spot);
        add_inlines(reader, &block->as.signature.date, spot);
        break;
    case BLOCK_PAGE_BREAK:
        break;
    }
}

static int entry_compare(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

SpotIndex *spots_read(const Document *document, Arena *arena)
{
    Reader reader = {.arena = arena};
    for (size_t i = 0; i < document->count; i++)
        read_block(&reader, &document->blocks[i]);
    if (reader.entries.count > 0)
        qsort(reader.entries.items, reader.entries.count, sizeof *reader.entries.items, entry_compare);
    SpotIndex *index = arena_new_of(arena, SpotIndex);
    *index = (SpotIndex){reader.entries.items, reader.entries.count};
    return index;
}

const Spot *spots_find(const SpotIndex *index, const char *path)
{
    size_t low = 0, high = index->count, len = strlen(path);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(index->entries[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const Entry *first = NULL;
    for (size_t i = low; i < index->count && strncmp(index->entries[i].path, path, len) == 0; i++) {
        const Entry *entry = &index->entries[i];
        char next = entry->path[len];
        if (next == '\0')
            return entry->spot;
        if ((next == '/' || next == '[') && (!first || entry->order < first->order))
            first = entry;
    }
    return first ? first->spot : NULL;
}
