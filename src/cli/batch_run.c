/* A list of notices -> PDFs, a manifest, a summary: one run in one output folder. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/cli.h"
#include "cli/report.h"

typedef struct Run {
    const BatchOptions *options;
    const BatchList *list;
    const Manifest *before;
    Arena *arena;
    BatchResult result;
    Buffer *texts;  /* findings of each, as they will be printed */
    Buffer pending; /* lines not yet in the manifest */
    int manifest;   /* open for appending */
    int failure;    /* errno of a write that failed, or 0 */
    Progress progress;
} Run;

/* ---- the manifest while running ---------------------------------------------------------------------------------- */

static void append_pending(Run *run)
{
    const char *at = run->pending.bytes;
    size_t left = run->pending.len;
    if (left == 0)
        return;
    while (left > 0) {
        ssize_t written = write(run->manifest, at, left);
        if (written < 0 && errno != EINTR) {
            run->failure = errno;
            break;
        }
        at += written > 0 ? written : 0;
        left -= written > 0 ? (size_t)written : 0;
    }
    if (fdatasync(run->manifest) != 0 && !run->failure)
        run->failure = errno;
    run->pending.len = 0;
}

static void notice_finished(void *context, size_t index, const BatchOutcome *outcome)
{
    Run *run = context;
    const BatchItem *item = &run->list->items.items[index];
    const ManifestEntry *entry = manifest_find(run->before, item->file);
    bool fresh = outcome->line.len > 0;
    if (fresh) {
        entry = manifest_entry(outcome->line.bytes, outcome->line.len, run->arena);
        buffer_append(&run->pending, outcome->line.bytes, outcome->line.len);
        buffer_append(&run->pending, "\n", 1);
        buffer_append(&run->texts[index], outcome->text.bytes, outcome->text.len);
    }
    run->result.entries[index] = entry;
    run->result.fresh[index] = fresh;
    progress_count(&run->progress, item->file,
                   !entry || !entry->done ? PROGRESS_FAILED
                   : fresh                ? PROGRESS_DONE
                                          : PROGRESS_CURRENT,
                   entry ? entry->pages : 0);
}

static void turn_finished(void *context)
{
    Run *run = context;
    append_pending(run);
    progress_draw(&run->progress);
}

/* The manifest whole: header, then the entries there are in the order of the list. */
bool batch_manifest_write(const char *path, const ManifestHeader *header, const ManifestEntry *const *entries,
                          size_t count, FindingList *findings)
{
    Buffer bytes = {0};
    manifest_header_append(header, &bytes);
    for (size_t i = 0; i < count; i++) {
        if (entries[i]) {
            buffer_text(&bytes, entries[i]->line);
            buffer_append(&bytes, "\n", 1);
        }
    }
    bool good = file_write_atomic(path, bytes.bytes, bytes.len);
    if (!good)
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(errno), NULL);
    buffer_release(&bytes);
    return good;
}

/* ---- reports ----------------------------------------------------------------------------------------------------- */

/* A finding of the last run, from the manifest: without its line of the source. */
static void print_kept(const Json *finding, bool quiet, FILE *out)
{
    const char *severity = json_text(finding, "severity"), *file = json_text(finding, "file");
    const char *message = json_text(finding, "message"), *help = json_text(finding, "help");
    if (!severity || !message || (quiet && !text_equal(severity, "error")))
        return;
    fprintf(out, "%s", file ? file : "gongkai");
    if (json_number(finding, "line"))
        fprintf(out, ":%lld:%lld", (long long)json_number(finding, "line"), (long long)json_number(finding, "column"));
    fprintf(out, ": %s[%s]: %s\n", severity, json_text(finding, "code") ? json_text(finding, "code") : "", message);
    if (help && help[0])
        fprintf(out, "   %s\n", help);
}

static void print_findings(const BatchResult *result, const Buffer *texts, const CommonOptions *options)
{
    for (size_t i = 0; i < result->count; i++) {
        const Json *findings = result->entries[i] ? json_get(result->entries[i]->json, "findings") : NULL;
        bool kept = !options->json && (!texts || !result->fresh[i]);
        if (!options->json && !kept)
            fwrite(texts[i].bytes ? texts[i].bytes : "", 1, texts[i].len, stderr);
        for (const Json *item = findings && (kept || options->json) ? findings->first : NULL; item; item = item->next) {
            if (options->json)
                printf("%.*s\n", (int)item->raw_len, item->raw);
            else
                print_kept(item, options->quiet, stderr);
        }
    }
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

/* *.yaml that no notice shares, and that are none themselves: perhaps a notice whose key is misspelt. */
static void tell_others(const Run *run, FindingList *findings)
{
    for (size_t o = 0; o < run->list->others.count; o++) {
        const char *other = run->list->others.items[o];
        bool used = false;
        for (size_t i = 0; i < run->result.count && !used; i++) {
            const ManifestEntry *entry = run->result.entries[i];
            for (size_t k = 0; entry && k < entry->input_count && !used; k++) {
                const char *folder = path_folder(run->arena, entry->file), *path = entry->inputs[k].path;
                if (path && text_starts_with(path, "./"))
                    path += 2;
                used = path && text_equal(other, text_equal(folder, ".") ? path : path_join(run->arena, folder, path));
            }
        }
        if (!used) {
            Source *source = arena_new_of(run->arena, Source);
            *source = (Source){.name = path_join(run->arena, run->list->root, other), .bytes = ""};
            finding_add(findings, MESSAGE_BATCH_OTHER, (Place){.source = source}, NULL, NULL);
        }
    }
}

/* ---- the run ----------------------------------------------------------------------------------------------------- */

static size_t processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (size_t)count : 1;
}

static bool folder_make(const char *path, Arena *arena)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return folder_exists(path);
    const char *above = path_folder(arena, path);
    return errno == ENOENT && !text_equal(above, path) && folder_make(above, arena) && mkdir(path, 0777) == 0;
}

/* Locks a file of the folder; -1 when another run holds it. It stays: to remove it would let two runs in. */
static int lock_take(const char *path, int how)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0 && flock(fd, how | LOCK_NB) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

bool batch_lock(const char *output, size_t shard, size_t shards, Arena *arena, FindingList *findings)
{
    bool whole = shards == 1;
    bool good = lock_take(path_join(arena, output, BATCH_LOCK), whole ? LOCK_EX : LOCK_SH) >= 0;
    if (good && !whole) /* shards of one list may run side by side, each once */
        good = lock_take(path_join(arena, output, arena_printf(arena, "%s-%zu-of-%zu", BATCH_LOCK, shard, shards)),
                         LOCK_EX) >= 0;
    if (!good)
        finding_add(findings, MESSAGE_BATCH_BUSY, (Place){0}, NULL, output, NULL);
    return good;
}

const char *batch_manifest_name(size_t shard, size_t shards, Arena *arena)
{
    return shards == 1 ? BATCH_MANIFEST : arena_printf(arena, "manifest-%zu-of-%zu.jsonl", shard, shards);
}

/* Opens the manifest for appending, with what the last run left in it. */
static bool manifest_open(Run *run, const char *path, const ManifestHeader *header, FindingList *findings)
{
    size_t count = run->list->items.count;
    const ManifestEntry **kept = arena_array_of(run->arena, const ManifestEntry *, count);
    for (size_t i = 0; i < count; i++)
        kept[i] = manifest_find(run->before, run->list->items.items[i].file);
    if (!batch_manifest_write(path, header, kept, count, findings))
        return false;
    run->manifest = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (run->manifest < 0)
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(errno), NULL);
    return run->manifest >= 0;
}

/* Opens what all notices are likely to need, so that the workers share it; what is wrong with it each notice tells. */
const CountyRules *batch_warm(CountyBook *county, Resources *resources, Language language, Arena *arena)
{
    FindingList ignored;
    finding_list_init(&ignored, arena, language);
    const Pack *pack = resources_pack(resources, NULL, (Place){0}, &ignored);
    if (!pack)
        return NULL;
    const DocumentStyle *style = pack_style(pack);
    for (size_t i = 0; i <= style->role_count; i++) {
        const FontRole *role = i < style->role_count ? &style->roles[i] : style->fallback;
        for (size_t f = 0; role && f < role->han_count + role->latin_count; f++) {
            const FontFile *file = f < role->han_count ? &role->han[f] : &role->latin[f - role->han_count];
            font_open(resources->fonts, file->path, file->index, file->place, &ignored);
        }
    }
    resources_rules(resources, pack, &ignored);
    resources->memory = layout_memory_new();
    return county_rules(county, resources, pack, &ignored);
}

static void products(const BatchOptions *options, const CountyNotices *notices, const CountyRules *rules,
                     Resources *resources, Arena *arena, FindingList *findings)
{
    county_check(notices, arena, findings);
    if (options->index && rules)
        county_index_write(notices, rules, resources, options->output, BATCH_INDEX_STEM, arena, findings);
    if (options->volume && rules)
        county_volume_write(notices, rules, resources, options->force,
                            path_join(arena, options->output, BATCH_VOLUME ".pdf"), findings);
}

void batch_conclude(const BatchOptions *options, const BatchResult *result, const Buffer *texts, const BatchList *list,
                    const CountyRules *rules, Resources *resources, bool whole, Arena *arena, FindingList *findings,
                    int *status)
{
    const char **files = arena_array_of(arena, const char *, result->count);
    for (size_t i = 0; i < result->count; i++)
        files[i] = result->items[i].file;
    CountyNotices notices = {.files = files,
                             .entries = result->entries,
                             .count = result->count,
                             .root = list->root,
                             .departments = options->departments ? options->departments : list->departments};
    print_findings(result, texts, &options->common);
    if (whole)
        products(options, &notices, rules, resources, arena, findings);
    report_findings(findings, &options->common, NULL, NULL);
    if (!options->common.quiet && !options->common.json)
        batch_summary_print(result, rules, findings->language, stderr);
    int own = finding_list_status(findings), worst = worst_status(result);
    *status = own > worst ? own : worst;
}

static void stopped(const Run *run, int signal_number, Language language)
{
    size_t left = 0;
    for (size_t i = 0; i < run->result.count; i++)
        left += run->result.entries[i] == NULL;
    fprintf(stderr,
            language == LANGUAGE_ZH ? "gongkai: 已停止，还有 %zu 份没有排；再运行同一命令就接着排\n"
                                    : "gongkai: stopped with %zu notices to go; the same command goes on\n",
            left);
    signal(signal_number, SIG_DFL); /* a shell's loop shall stop too */
    raise(signal_number);
}

bool batch_run(const BatchOptions *options, BatchList *list, size_t shard, size_t shards, Resources *resources,
               const PdfPress *press, Arena *arena, FindingList *findings, int *status)
{
    Manifest before;
    const char *path = path_join(arena, options->output, batch_manifest_name(shard, shards, arena));
    if (!manifest_load(path, arena, &before, findings))
        return false;
    size_t count = list->items.count;
    Run run = {.options = options, .list = list, .before = &before, .arena = arena};
    run.result = (BatchResult){list->items.items, arena_array_of(arena, const ManifestEntry *, count),
                               arena_array_of(arena, bool, count), count};
    run.texts = arena_array_of(arena, Buffer, count);
    ManifestHeader header = {.shard = shard,
                             .shards = shards,
                             .list = list->hash,
                             .root = list->root,
                             .files = arena_array_of(arena, const char *, count),
                             .file_count = count};
    for (size_t i = 0; i < count; i++)
        header.files[i] = list->items.items[i].file;
    if (!manifest_open(&run, path, &header, findings))
        return false;
    CountyBook county = {0};
    BatchWork work = {.options = options,
                      .list = list,
                      .before = &before,
                      .resources = resources,
                      .county = &county,
                      .press = press,
                      .program_key = batch_program_key(options, resources, arena),
                      .language = findings->language,
                      .color = report_wants_color()};
    const CountyRules *rules = batch_warm(&county, resources, findings->language, arena);
    size_t workers = options->jobs ? options->jobs : processors();
    int signal_number;
    progress_begin(&run.progress, count, options->common.quiet, findings->language, stderr);
    BatchEnd end =
        batch_pool_run(&work, workers < count ? workers : count, notice_finished, turn_finished, &run, &signal_number);
    append_pending(&run);
    progress_end(&run.progress);
    close(run.manifest);
    if (run.failure)
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(run.failure), NULL);
    if (end == BATCH_STOPPED) {
        stopped(&run, signal_number, findings->language);
        return false;
    }
    batch_manifest_write(path, &header, run.result.entries, count, findings);
    tell_others(&run, findings);
    batch_conclude(options, &run.result, run.texts, list, rules, resources, shards == 1, arena, findings, status);
    for (size_t i = 0; i < count; i++)
        buffer_release(&run.texts[i]);
    buffer_release(&run.pending);
    return true;
}

bool batch_output_make(const char *output, Arena *arena, FindingList *findings)
{
    if (folder_make(output, arena))
        return true;
    finding_add(findings, MESSAGE_BATCH_FOLDER, (Place){0}, NULL, output, strerror(errno), NULL);
    return false;
}
