/* Packs from pieces, data over the base, documents as plain lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "template_tests.h"

char *read_text_file(const char *path, Arena *arena)
{
    char *bytes = NULL;
    size_t len = 0;
    return file_read(arena, path, (size_t)16 << 20, &bytes, &len) == FILE_OK ? bytes : NULL;
}

static void show(const FindingList *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        finding_print(findings, findings->items[i], stderr, false);
}

Pack *load_real_pack(Arena *arena)
{
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Pack *pack = pack_load(PACK_FOLDER, arena, &findings);
    show(&findings);
    ck_assert_uint_eq(findings.count, 0);
    ck_assert_ptr_nonnull(pack);
    return pack;
}

static void write_file(const char *folder, const char *name, const char *text, Arena *arena)
{
    if (text)
        ck_assert(file_write_atomic(path_join(arena, folder, name), text, strlen(text)));
}

Pack *load_small_pack(const char *notice, const char *tables, const char *words, Arena *arena, FindingList *findings)
{
    return load_covered_pack(notice, NULL, "", tables, words, arena, findings);
}

Pack *load_covered_pack(const char *notice, const char *cover, const char *style, const char *tables, const char *words,
                        Arena *arena, FindingList *findings)
{
    static const char *const NAMES[] = {"pack.yaml",   "schema.yaml", "style.yaml", "words.yaml",
                                        "tables.yaml", "notice.txt",  "cover.txt"};
    char folder[] = "/tmp/gongkai-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_file(folder, "pack.yaml", "{name: small, version: '1', title: small}\n", arena);
    write_file(folder, "schema.yaml",
               "{type: object, properties: {known: {type: string}, amount: {format: amount}, "
               "list: {type: array}, flag: {type: boolean}}}\n",
               arena);
    write_file(folder, "style.yaml",
               arena_printf(arena, "%s%s", read_text_file(PACK_FOLDER "/style.yaml", arena), style), arena);
    write_file(folder, "cover.txt", cover, arena);
    write_file(folder, "words.yaml", words, arena);
    write_file(folder, "tables.yaml", tables ? tables : "{}\n", arena);
    write_file(folder, "notice.txt", notice, arena);
    Pack *pack = pack_load(folder, arena, findings);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        unlink(path_join(arena, folder, NAMES[i]));
    rmdir(folder);
    return pack;
}

static Value *parse(const char *yaml, Arena *arena, FindingList *findings)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){"data.yaml", yaml, strlen(yaml)};
    return yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, findings);
}

Value *prepare_data(const Pack *pack, const char *yaml, const char *base, Arena *arena, FindingList *findings)
{
    Value *data = parse(yaml && *yaml ? yaml : "{}", arena, findings);
    Value *under = base ? parse(base, arena, findings) : NULL;
    if (!data || (base && !under))
        return NULL;
    if (under)
        value_merge_under(data, under, ORIGIN_GIVEN, arena);
    if (pack_defaults(pack))
        value_merge_under(data, pack_defaults(pack), ORIGIN_DEFAULT, arena);
    bool good = schema_check(pack_schema(pack), data, arena, findings);
    return good && data_compute(pack_schema(pack), data, arena, findings) ? data : NULL;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

typedef ARRAY(const char *) LineArray;

static void add_line(LineArray *lines, const InlineList *text, Arena *arena)
{
    if (text->count > 0)
        *array_push(arena, lines) = inline_list_text(text, arena);
}

static void add_cell(LineArray *lines, const Cell *cell, Arena *arena)
{
    for (size_t i = 0; i < cell->count; i++)
        add_line(lines, &cell->paragraphs[i], arena);
}

/* The header as it is read: row by row. */
static void add_header(LineArray *lines, const HeaderCell *cells, size_t count, int depth, Arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        if (depth == 0)
            add_cell(lines, &cells[i].cell, arena);
        else
            add_header(lines, cells[i].children, cells[i].count, depth - 1, arena);
    }
}

static void add_rows(LineArray *lines, const Row *rows, size_t count, Arena *arena)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < rows[i].count; j++)
            add_cell(lines, &rows[i].cells[j], arena);
}

static void add_group(LineArray *lines, const RowGroup *group, Arena *arena)
{
    if (group->label)
        add_cell(lines, group->label, arena);
    add_rows(lines, group->rows, group->row_count, arena);
    for (size_t i = 0; i < group->group_count; i++)
        add_group(lines, &group->groups[i], arena);
}

static void add_table(LineArray *lines, const Table *table, Arena *arena)
{
    add_line(lines, &table->caption, arena);
    for (size_t i = 0; i < table->lead_count; i++) {
        add_line(lines, &table->leads[i].left, arena);
        add_line(lines, &table->leads[i].right, arena);
    }
    for (size_t i = 0; i < table->once_count; i++) {
        add_cell(lines, &table->once[i].label, arena);
        add_cell(lines, &table->once[i].text, arena);
    }
    for (int depth = 0; depth < 5; depth++)
        add_header(lines, table->header, table->header_count, depth, arena);
    add_group(lines, &table->body, arena);
    add_rows(lines, table->totals, table->total_count, arena);
    for (size_t i = 0; i < table->note_count; i++)
        add_line(lines, &table->notes[i], arena);
}

Lines document_lines(const Document *document, Arena *arena)
{
    LineArray lines = {0};
    for (size_t i = 0; i < document->count; i++) {
        const Block *block = &document->blocks[i];
        switch (block->kind) {
        case BLOCK_HEADING:
            add_line(&lines, &block->as.heading.text, arena);
            break;
        case BLOCK_PARAGRAPH:
            add_line(&lines, &block->as.paragraph.text, arena);
            break;
        case BLOCK_TABLE:
            add_table(&lines, block->as.table, arena);
            break;
        case BLOCK_SIGNATURE:
            add_line(&lines, &block->as.signature.name, arena);
            add_line(&lines, &block->as.signature.date, arena);
            break;
        case BLOCK_PAGE_BREAK:
            break;
        }
    }
    return (Lines){lines.items, lines.count};
}

const char *finding_codes(FindingList *findings, Arena *arena)
{
    const char *codes = "";
    finding_list_sort(findings);
    for (size_t i = 0; i < findings->count; i++) {
        const Finding *finding = findings->items[i];
        codes = arena_printf(arena, "%s%s%s@%u:%u", codes, i > 0 ? " " : "", finding->code, finding->place.line,
                             finding->place.column);
    }
    return codes;
}

const char *dump_text(const Document *document, Arena *arena)
{
    Buffer out = {0};
    document_dump(document, &out);
    const char *text = arena_strndup(arena, out.bytes, out.len);
    buffer_release(&out);
    return text;
}
