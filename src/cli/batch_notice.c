/* One notice of the list -> its PDF, or the finding that it is up to date, and its line of the manifest. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/cli.h"
#include "data/data.h"

/* ---- the line ---------------------------------------------------------------------------------------------------- */

static void member(Buffer *line, const char *key, const char *text)
{
    buffer_printf(line, ",\"%s\":", key);
    json_put_text(line, text);
}

static void input_append(Buffer *line, const char *folder, const char *path, Arena *arena)
{
    char hex[SHA256_HEX];
    bool good = path && batch_hash_file(path_join(arena, folder, path), hex);
    buffer_text(line, line->bytes[line->len - 1] == '[' ? "{\"path\":" : ",{\"path\":");
    json_put_text(line, path);
    member(line, "sha256", good ? hex : NULL);
    buffer_text(line, "}");
}

/* The data file, the files its 共用 names, the edition it replaces. */
static void inputs_append(Buffer *line, const BatchItem *item, const char *own_hash, const Value *data, Arena *arena)
{
    const char *folder = path_folder(arena, item->path);
    const char *slash = strrchr(item->path, '/');
    const Value *shared = value_get(data, "共用");
    const char *replaced = value_text(value_at(data, "更正/前版"));
    buffer_text(line, ",\"inputs\":[{\"path\":");
    json_put_text(line, slash ? slash + 1 : item->path);
    member(line, "sha256", own_hash);
    buffer_text(line, "}");
    if (shared && shared->kind == VALUE_TEXT)
        input_append(line, folder, shared->text, arena);
    for (size_t i = 0; shared && shared->kind == VALUE_LIST && i < shared->count; i++)
        input_append(line, folder, value_text(shared->items[i]), arena);
    if (replaced)
        input_append(line, folder, replaced, arena);
    buffer_text(line, "]");
}

static void last_append(Buffer *line, const char *path)
{
    char hex[SHA256_HEX];
    if (!path)
        return;
    buffer_text(line, ",\"last\":{\"path\":");
    json_put_text(line, path);
    member(line, "sha256", batch_hash_file(path, hex) ? hex : NULL);
    buffer_text(line, "}");
}

/* Fonts from outside the folders that the key of the program covers. */
static void fonts_append(Buffer *line, const BatchWork *work, const PageList *pages, Arena *arena)
{
    const TextList *folders = &work->options->common.fonts;
    const char *home = work->resources->home ? path_join(arena, work->resources->home, "fonts/") : NULL;
    buffer_text(line, ",\"fonts\":[");
    for (size_t i = 0; pages && i < pages->font_count; i++) {
        const char *path = font_info(pages->fonts[i])->path;
        bool inside = home && text_starts_with(path, home);
        for (size_t f = 0; f < folders->count; f++)
            inside |= text_starts_with(path, folders->items[f]);
        if (inside)
            continue;
        char hex[SHA256_HEX];
        batch_font_key(path, hex);
        buffer_text(line, line->bytes[line->len - 1] == '[' ? "{\"path\":" : ",{\"path\":");
        json_put_text(line, path);
        member(line, "key", hex);
        buffer_text(line, "}");
    }
    buffer_text(line, "]");
}

static void findings_append(const FindingList *findings, const BatchOptions *options, bool color, BatchOutcome *outcome)
{
    char *json = NULL, *text = NULL;
    size_t json_len = 0, text_len = 0;
    FILE *objects = open_memstream(&json, &json_len), *words = open_memstream(&text, &text_len);
    if (!objects || !words)
        abort();
    for (size_t i = 0; i < findings->count; i++) {
        if (i)
            fputc(',', objects);
        finding_print_json(findings->items[i], objects);
        if (!options->common.json && (!options->common.quiet || findings->items[i]->severity == SEVERITY_ERROR))
            finding_print(findings, findings->items[i], words, color);
    }
    fclose(objects);
    fclose(words);
    for (size_t i = 0; i < json_len; i++)
        if (json[i] == '\n') /* the only ones: within strings they are escaped */
            json[i] = ' ';
    buffer_printf(&outcome->line, ",\"errors\":%zu,\"warnings\":%zu,\"hints\":%zu,\"findings\":[", findings->errors,
                  findings->warnings, findings->hints);
    buffer_append(&outcome->line, json, json_len);
    buffer_text(&outcome->line, "]");
    buffer_append(&outcome->text, text, text_len);
    free(json);
    free(text);
}

/* What the notice's own 核对例外 accept: never silent. */
static void exceptions_append(Buffer *line, const RuleOutcome *rules)
{
    buffer_text(line, ",\"exceptions\":[");
    for (size_t i = 0; i < rules->exception_count; i++) {
        buffer_text(line, i ? ",{\"rule\":" : "{\"rule\":");
        json_put_text(line, rules->exceptions[i].rule);
        member(line, "path", rules->exceptions[i].path);
        member(line, "reason", rules->exceptions[i].reason);
        member(line, "message", rules->exceptions[i].message);
        buffer_text(line, "}");
    }
    buffer_text(line, "]");
}

static void line_begin(Buffer *line, const BatchItem *item, bool done)
{
    buffer_text(line, "{\"file\":");
    json_put_text(line, item->file);
    member(line, "output", item->output);
    member(line, "status", done ? "done" : "failed");
}

/* ---- making ------------------------------------------------------------------------------------------------------ */

/* Not into its place: that the parent does, of many at once. */
static bool write_file(const BatchWork *work, const char *name, const Buffer *bytes, Arena *arena,
                       FindingList *findings, Buffer *files)
{
    StagedFile staged;
    const char *path = path_join(arena, work->options->output, name);
    if (!file_stage(path, work->process, bytes->bytes, bytes->len, arena, &staged)) {
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(errno), NULL);
        return false;
    }
    if (staged.temporary) {
        buffer_append(files, staged.temporary, strlen(staged.temporary) + 1);
        buffer_append(files, staged.target, strlen(staged.target) + 1);
    }
    return true;
}

static bool write_files(const BatchWork *work, const BatchItem *item, const JobResult *result, Arena *arena,
                        FindingList *findings, Buffer *files)
{
    bool good = write_file(work, item->output, &result->pdf, arena, findings, files) &&
                (!work->press ||
                 write_file(work, batch_press_name(item->output, arena), &result->press, arena, findings, files));
    if (!good && files->len > 0) {
        unlink(files->bytes);
        files->len = 0;
    }
    return good;
}

static void output_append(Buffer *line, const char *key, const char *name, const Buffer *bytes)
{
    char hex[SHA256_HEX];
    sha256_hex_of(bytes->bytes, bytes->len, hex);
    if (name) {
        buffer_printf(line, ",\"%s\":{\"output\":", key);
        json_put_text(line, name);
        member(line, "sha256", hex);
        buffer_printf(line, ",\"bytes\":%zu}", bytes->len);
        return;
    }
    member(line, key, hex);
    buffer_printf(line, ",\"bytes\":%zu", bytes->len);
}

static void edition_append(Buffer *line, const Value *data, bool draft)
{
    Decimal number = decimal_from_int(1);
    value_number(value_at(data, "更正/版次"), &number);
    buffer_printf(line, ",\"edition\":{\"number\":%lld,\"draft\":%s", (long long)(number.micro / DECIMAL_ONE),
                  draft ? "true" : "false");
    member(line, "replaces", value_text(value_at(data, "更正/前版")));
    buffer_text(line, "}");
}

static void last_missing(const char *folder, const BatchItem *item, Arena *arena, FindingList *findings)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){.name = item->path, .bytes = ""};
    finding_add(findings, MESSAGE_BATCH_LAST_NONE, (Place){.source = source}, NULL, folder, NULL);
}

static void make(const BatchWork *work, const BatchItem *item, Arena *arena, BatchOutcome *outcome)
{
    const BatchOptions *options = work->options;
    FindingList findings;
    finding_list_init(&findings, arena, work->language);
    char own_hash[SHA256_HEX];
    bool readable = batch_hash_file(item->path, own_hash);
    const char *last = batch_last_path(work, item, arena);
    if (options->last && !last)
        last_missing(options->last, item, arena, &findings);
    Job job = {.path = item->path, .last = last, .force = options->force, .until = JOB_PDF, .press = work->press};
    JobResult result = job_run(&job, work->resources, arena, &findings);
    size_t data_errors = findings.errors;
    bool done = result.done && write_files(work, item, &result, arena, &findings, &outcome->files);
    Buffer *line = &outcome->line;
    line_begin(line, item, done);
    inputs_append(line, item, readable ? own_hash : NULL, result.data, arena);
    last_append(line, last);
    const Value *named = value_get(result.data, "模板");
    const Pack *pack = result.data ? resources_pack(work->resources, value_text(named), (Place){0}, &findings) : NULL;
    member(line, "pack", value_text(named));
    member(line, "key", pack ? batch_notice_key(work, pack, arena) : NULL);
    if (done) {
        output_append(line, "sha256", NULL, &result.pdf);
        if (work->press)
            output_append(line, "press", batch_press_name(item->output, arena), &result.press);
        buffer_printf(line, ",\"pages\":%zu", result.pages->count);
    }
    fonts_append(line, work, result.pages, arena);
    edition_append(line, result.data, done && data_errors > 0);
    exceptions_append(line, &result.rules);
    member(line, "department", value_text(value_get(result.data, "部门")));
    if (pack)
        county_append(county_rules(work->county, work->resources, pack, &findings), result.data, arena, &findings,
                      line);
    int status = finding_list_status(&findings);
    if (status == EXIT_DATA && done && options->force)
        status = EXIT_DONE;
    buffer_printf(line, ",\"exit\":%d", status);
    finding_list_sort(&findings);
    findings_append(&findings, options, work->color, outcome);
    buffer_text(line, "}");
    buffer_release(&result.pdf);
    buffer_release(&result.press);
}

void batch_outcome_release(BatchOutcome *outcome)
{
    buffer_release(&outcome->line);
    buffer_release(&outcome->text);
    buffer_release(&outcome->files);
}

void batch_notice(const BatchWork *work, size_t index, BatchOutcome *outcome)
{
    const BatchItem *item = &work->list->items.items[index];
    Arena *arena = arena_new();
    if (work->resources->memory)
        layout_memory_trim(work->resources->memory);
    arena_set_limit(arena, work->options->memory << 20);
    if (work->options->rebuild || !batch_is_current(work, item, manifest_find(work->before, item->file), arena))
        make(work, item, arena, outcome);
    arena_free(arena);
}

void batch_notice_sweep(const BatchWork *work, const BatchItem *item, Arena *arena)
{
    const char *names[] = {item->output, batch_press_name(item->output, arena)};
    for (size_t i = 0; i < 2; i++)
        unlink(path_join(arena, work->options->output, arena_printf(arena, ".%s.%ld.tmp", names[i], work->process)));
}

void batch_notice_failed(const BatchItem *item, FindingList *findings, bool color, const BatchOptions *options,
                         BatchOutcome *outcome)
{
    line_begin(&outcome->line, item, false);
    buffer_text(&outcome->line, ",\"inputs\":[]");
    buffer_printf(&outcome->line, ",\"exit\":%d", finding_list_status(findings));
    findings_append(findings, options, color, outcome);
    buffer_text(&outcome->line, "}");
}
