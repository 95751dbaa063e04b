/* What came of all notices -> what is printed of it, and the county's products. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/cli.h"
#include "cli/report.h"

const char *batch_visible(const char *text, Arena *arena)
{
    Buffer shown = {0};
    for (size_t at = 0, len = strlen(text), size; at < len; at += size ? size : 1) {
        uint32_t code = 0xFFFD;
        char bytes[4];
        size = utf8_decode(text + at, len - at, &code);
        buffer_append(&shown, bytes, utf8_encode(code_visible(size ? code : 0xFFFD), bytes));
    }
    const char *kept = arena_strndup(arena, shown.bytes ? shown.bytes : "", shown.len);
    buffer_release(&shown);
    return kept;
}

/* A finding of the last run, from the manifest: without its line of the source. */
static void print_kept(const Json *finding, bool quiet, Arena *scratch, FILE *out)
{
    const char *severity = json_text(finding, "severity"), *file = json_text(finding, "file");
    const char *message = json_text(finding, "message"), *help = json_text(finding, "help");
    const char *code = json_text(finding, "code");
    if (!severity || !message || (quiet && !text_equal(severity, "error")))
        return;
    fprintf(out, "%s", file ? batch_visible(file, scratch) : "gongkai");
    if (json_number(finding, "line"))
        fprintf(out, ":%lld:%lld", (long long)json_number(finding, "line"), (long long)json_number(finding, "column"));
    fprintf(out, ": %s[%s]: %s\n", batch_visible(severity, scratch), code ? batch_visible(code, scratch) : "",
            batch_visible(message, scratch));
    if (help && help[0])
        fprintf(out, "   %s\n", batch_visible(help, scratch));
}

/* From the manifest: as JSON lines, or as they can be without the source. */
static void print_line(const char *line, size_t len, const CommonOptions *options, Arena *scratch)
{
    const Json *findings = json_get(json_parse(line, len, scratch), "findings");
    for (const Json *item = findings ? findings->first : NULL; item; item = item->next) {
        if (options->json)
            printf("%.*s\n", (int)item->raw_len, item->raw);
        else
            print_kept(item, options->quiet, scratch, stderr);
    }
}

static void print_findings(const BatchResult *result, const BatchTexts *texts, const CommonOptions *options)
{
    ManifestLines lines = {0};
    for (size_t i = 0; i < result->count; i++) {
        const ManifestEntry *entry = result->entries[i];
        if (!entry || entry->errors + (options->quiet && !options->json ? 0 : entry->warnings + entry->hints) == 0)
            continue;
        if (!options->json && texts && batch_texts_print(texts, i, stderr))
            continue;
        Arena *scratch = arena_new();
        const char *line = manifest_line(&lines, entry, scratch);
        if (line)
            print_line(line, entry->place->len, options, scratch);
        arena_free(scratch);
    }
    manifest_lines_end(&lines);
}

static int worst_status(const BatchResult *result)
{
    int worst = EXIT_DONE;
    for (size_t i = 0; i < result->count; i++) {
        int status = result->entries[i] ? result->entries[i]->status : EXIT_TROUBLE;
        worst = status > worst ? status : worst;
    }
    return worst;
}

void batch_others_tell(const BatchList *list, const BatchResult *result, Arena *arena, FindingList *findings)
{
    for (size_t o = 0; o < list->others.count; o++) {
        const char *other = list->others.items[o];
        bool used = false;
        for (size_t i = 0; i < result->count && !used; i++) {
            const ManifestEntry *entry = result->entries[i];
            for (size_t k = 0; entry && k < entry->input_count && !used; k++) {
                const char *folder = path_folder(arena, entry->file), *path = entry->inputs[k].path;
                if (path && text_starts_with(path, "./"))
                    path += 2;
                used = path && text_equal(other, text_equal(folder, ".") ? path : path_join(arena, folder, path));
            }
        }
        if (!used) {
            Source *source = arena_new_of(arena, Source);
            *source = (Source){.name = path_join(arena, list->root, other), .bytes = ""};
            finding_add(findings, MESSAGE_BATCH_OTHER, (Place){.source = source}, NULL, NULL);
        }
    }
}

bool batch_manifest_write(const char *path, const ManifestHeader *header, const BatchResult *result, Arena *arena,
                          FindingList *findings)
{
    bool good = manifest_write(path, header, result->entries, result->count, arena);
    if (!good)
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(errno), NULL);
    return good;
}

static void products(const BatchEnding *ending, const CountyNotices *notices, Arena *arena, FindingList *findings)
{
    const BatchOptions *options = ending->options;
    county_check(notices, arena, findings);
    if (options->index && ending->rules)
        county_index_write(notices, ending->rules, ending->resources, options->output, BATCH_INDEX_STEM, arena,
                           findings);
    if (options->volume && ending->rules)
        batch_volume(ending, notices, arena, findings);
}

void batch_conclude(const BatchEnding *ending, Arena *arena, FindingList *findings, int *status)
{
    const BatchOptions *options = ending->options;
    const BatchResult *result = ending->result;
    const char **files = arena_array_of(arena, const char *, result->count);
    for (size_t i = 0; i < result->count; i++)
        files[i] = result->items[i].file;
    CountyNotices notices = {.files = files,
                             .entries = result->entries,
                             .count = result->count,
                             .root = ending->list->root,
                             .departments = options->departments ? options->departments : ending->list->departments};
    for (size_t i = 0; i < result->count; i++)
        notices.corrected |= result->entries[i] && result->entries[i]->replaces;
    print_findings(result, ending->texts, &options->common);
    if (ending->whole)
        products(ending, &notices, arena, findings);
    report_findings(findings, &options->common, NULL, NULL);
    if (!options->common.quiet && !options->common.json)
        batch_summary_print(result, ending->rules, findings->language, stderr);
    int own = finding_list_status(findings), worst = worst_status(result);
    *status = own > worst ? own : worst;
}
