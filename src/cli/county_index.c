/* The manifest's entries -> the county's index: its data (YAML), set as PDF by a pack of its own, and as CSV from the
 * same table. */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/county_int.h"
#include "cli/job.h"
#include "document/document.h"

/* ---- data -------------------------------------------------------------------------------------------------------- */

/* JSON strings are YAML ones too. */
static void member(Buffer *yaml, const char *key, const char *text)
{
    json_put_text(yaml, key);
    buffer_text(yaml, ": ");
    json_put_text(yaml, text);
}

static void entry_append(const CountyNotices *notices, const CountyRules *rules, size_t index, const int *numbers,
                         Buffer *yaml)
{
    const ManifestEntry *entry = notices->entries[index];
    buffer_text(yaml, "- {");
    member(yaml, "部门", entry->department);
    for (size_t i = 0; i < rules->figures.count; i++) {
        const char *name = rules->figures.items[i].name, *text = json_text(json_get(entry->json, "figures"), name);
        Decimal number; /* of a manifest that came from elsewhere it may be anything */
        if (text && decimal_parse(text, strlen(text), &number) == DECIMAL_OK) {
            buffer_text(yaml, ", ");
            json_put_text(yaml, name);
            buffer_printf(yaml, ": %s", text);
        }
    }
    buffer_printf(yaml, ", 页数: %zu, ", entry->pages);
    member(yaml, "文件", entry->done ? entry->output : NULL);
    if (numbers)
        buffer_printf(yaml, ", 页码: %d", numbers[index]);
    buffer_text(yaml, "}\n");
}

Buffer county_index_data(const CountyNotices *notices, const CountyRules *rules, const int *numbers)
{
    Buffer yaml = {0};
    member(&yaml, "模板", rules->index);
    buffer_printf(&yaml, "\n合订: %s\n", numbers ? "true" : "false");
    member(&yaml, "金额单位", rules->unit);
    buffer_text(&yaml, "\n");
    const Json *facts = NULL;
    for (size_t i = 0; i < notices->count && !facts; i++)
        facts = notices->entries[i] ? json_get(notices->entries[i]->json, "facts") : NULL;
    for (const Json *fact = facts && facts->kind == JSON_MAP ? facts->first : NULL; fact; fact = fact->next) {
        member(&yaml, fact->key, fact->text);
        buffer_text(&yaml, "\n");
    }
    buffer_text(&yaml, "目录:\n");
    size_t count = 0;
    for (size_t i = 0; i < notices->count; i++) {
        const ManifestEntry *entry = notices->entries[i];
        if (entry && entry->department && (!numbers || entry->done) && !county_is_replaced(notices, entry)) {
            entry_append(notices, rules, i, numbers, &yaml);
            count++;
        }
    }
    if (count == 0)
        buffer_text(&yaml, "  []\n");
    return yaml;
}

/* ---- CSV --------------------------------------------------------------------------------------------------------- */

#define MARK "\xEF\xBB\xBF"

/* RFC 4180, with a mark so that spreadsheet programs know it for UTF-8. A cell that a spreadsheet would take for a
 * formula gets a blank in front, but for numbers. */
static void csv_cell(Buffer *csv, const char *text, bool first)
{
    Decimal number;
    bool formula = text[0] && strchr("=+-@\t\r", text[0]) && decimal_parse(text, strlen(text), &number) != DECIMAL_OK;
    buffer_text(csv, first ? "" : ",");
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    buffer_text(csv, quoted ? "\"" : "");
    buffer_text(csv, formula ? " " : "");
    for (const char *at = text; *at; at++)
        buffer_append(csv, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    buffer_text(csv, quoted ? "\"" : "");
}

static const char *cell_text(const Cell *cell, Arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < cell->count; i++) {
        const char *more = inline_list_text(&cell->paragraphs[i], arena);
        text = i ? arena_printf(arena, "%s %s", text, more) : more;
    }
    return text;
}

/* Columns under a common head: "head: column", for a table of one line of heads. */
static void csv_heads(Buffer *csv, const HeaderCell *cells, size_t count, const char *above, Arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = cell_text(&cells[i].cell, arena);
        if (above)
            text = arena_printf(arena, "%s：%s", above, text);
        if (cells[i].count > 0)
            csv_heads(csv, cells[i].children, cells[i].count, text, arena);
        else
            csv_cell(csv, text, csv->bytes[csv->len - 1] == '\n' || csv->len == sizeof MARK - 1);
    }
}

static void csv_row(Buffer *csv, const Row *row, Arena *arena)
{
    for (size_t i = 0; i < row->count; i++)
        csv_cell(csv, cell_text(&row->cells[i], arena), i == 0);
    buffer_text(csv, "\r\n");
}

static void document_csv(const Document *document, Buffer *csv, Arena *arena)
{
    buffer_text(csv, MARK);
    for (size_t b = 0; b < document->count; b++) {
        const Table *table = document->blocks[b].kind == BLOCK_TABLE ? document->blocks[b].as.table : NULL;
        if (!table)
            continue;
        csv_heads(csv, table->header, table->header_count, NULL, arena);
        buffer_text(csv, "\r\n");
        for (size_t i = 0; i < table->body.row_count; i++)
            csv_row(csv, &table->body.rows[i], arena);
        for (size_t i = 0; i < table->total_count; i++)
            csv_row(csv, &table->totals[i], arena);
    }
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

bool county_file_write(const char *path, const Buffer *bytes, FindingList *findings)
{
    bool good = file_write_atomic(path, bytes->bytes, bytes->len);
    if (!good)
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(errno), NULL);
    return good;
}

bool county_index_write(const CountyNotices *notices, const CountyRules *rules, Resources *resources,
                        const char *folder, const char *stem, Arena *arena, FindingList *findings)
{
    if (!rules->index) {
        finding_add(findings, MESSAGE_COUNTY_PACK, (Place){0}, NULL, NULL);
        return false;
    }
    const char *path = path_join(arena, folder, stem);
    const char *data = arena_printf(arena, "%s.yaml", path);
    Buffer yaml = county_index_data(notices, rules, NULL), csv = {0};
    bool good = county_file_write(data, &yaml, findings);
    Resources own = *resources; /* its pack is the index's own, whatever pack the notices were forced into */
    own.pack_override = NULL;
    Job job = {.path = data, .until = JOB_PDF};
    JobResult result = {0};
    if (good)
        result = job_run(&job, &own, arena, findings);
    good = result.done && county_file_write(arena_printf(arena, "%s.pdf", path), &result.pdf, findings);
    if (good) {
        document_csv(result.document, &csv, arena);
        good = county_file_write(arena_printf(arena, "%s.csv", path), &csv, findings);
    }
    buffer_release(&yaml);
    buffer_release(&csv);
    buffer_release(&result.pdf);
    buffer_release(&result.press);
    return good;
}
