/* A list of notices -> PDFs, a manifest, a summary: one run in one output folder. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/report.h"

static void notice_finished(void *journal, size_t index, const BatchOutcome *outcome)
{
    batch_journal_add(journal, index, outcome);
}

static void turn_finished(void *context)
{
    BatchJournal *journal = context;
    batch_journal_tick(journal);
    progress_draw(journal->progress);
}

static size_t processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (size_t)count : 1;
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

static void stopped(const BatchResult *result, int signal_number, Language language)
{
    size_t left = 0;
    for (size_t i = 0; i < result->count; i++)
        left += result->entries[i] == NULL;
    fprintf(stderr,
            language == LANGUAGE_ZH ? "gongkai: 已停止，还有 %zu 份没有排；再运行同一命令就接着排\n"
                                    : "gongkai: stopped with %zu notices to go; the same command goes on\n",
            left);
    signal(signal_number, SIG_DFL); /* a shell's loop shall stop too */
    raise(signal_number);
}

static ManifestHeader header_make(const BatchList *list, size_t shard, size_t shards, Arena *arena)
{
    size_t count = list->items.count;
    const char **files = arena_array_of(arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        files[i] = list->items.items[i].file;
    return (ManifestHeader){
        .shard = shard, .shards = shards, .list = list->hash, .root = list->root, .files = files, .file_count = count};
}

static BatchResult result_make(const BatchList *list, Arena *arena)
{
    size_t count = list->items.count;
    return (BatchResult){list->items.items, arena_array_of(arena, const ManifestEntry *, count),
                         arena_array_of(arena, bool, count), count};
}

/* The manifest with what the last run left in it, to go on behind it. */
static bool journal_begin(BatchJournal *journal, const ManifestHeader *header, FindingList *findings)
{
    const BatchWork *work = journal->work;
    BatchResult kept = result_make(work->list, journal->arena);
    for (size_t i = 0; i < kept.count; i++)
        kept.entries[i] = manifest_find(work->before, kept.items[i].file);
    if (!batch_manifest_write(journal->path, header, &kept, journal->arena, findings))
        return false;
    if (batch_journal_open(journal))
        return true;
    finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, journal->path, strerror(errno), NULL);
    return false;
}

/* All notices through the pool and into the journal. */
static BatchEnd make_all(BatchJournal *journal, int *signal_number)
{
    const BatchOptions *options = journal->work->options;
    size_t count = journal->result->count, workers = options->jobs ? options->jobs : processors();
    progress_begin(journal->progress, count, options->common.quiet, journal->work->language, stderr);
    BatchEnd end = batch_pool_run(journal->work, workers < count ? workers : count, notice_finished, turn_finished,
                                  journal, signal_number);
    batch_journal_close(journal);
    progress_end(journal->progress);
    return end;
}

bool batch_run(const BatchOptions *options, BatchList *list, size_t shard, size_t shards, Resources *resources,
               const PdfPress *press, Arena *arena, FindingList *findings, int *status)
{
    Manifest before;
    const char *path = path_join(arena, options->output, batch_manifest_name(shard, shards, arena));
    if (!manifest_load(path, arena, &before, findings))
        return false;
    CountyBook county = {0};
    BatchWork work = {.options = options,
                      .list = list,
                      .before = &before,
                      .resources = resources,
                      .county = &county,
                      .press = press,
                      .language = findings->language,
                      .color = report_wants_color(),
                      .process = getpid()};
    BatchResult result = result_make(list, arena);
    BatchTexts texts;
    Progress progress;
    BatchJournal journal = {
        .work = &work, .arena = arena, .result = &result, .texts = &texts, .progress = &progress, .path = path};
    ManifestHeader header = header_make(list, shard, shards, arena);
    header.volume_key = before.header.volume_key;
    header.volume_hash = before.header.volume_hash;
    if (!journal_begin(&journal, &header, findings))
        return false;
    batch_leftovers_remove(options->output, list, arena);
    batch_texts_open(&texts, options->output, result.count, arena);
    work.program_key = batch_program_key(options, resources, arena);
    const CountyRules *rules = batch_warm(&county, resources, findings->language, arena);
    int signal_number;
    if (make_all(&journal, &signal_number) == BATCH_STOPPED) {
        stopped(&result, signal_number, findings->language);
        return false;
    }
    if (journal.failure)
        finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(journal.failure), NULL);
    batch_manifest_write(path, &header, &result, arena, findings);
    batch_others_tell(list, &result, arena, findings);
    BatchEnding ending = {.options = options,
                          .result = &result,
                          .texts = &texts,
                          .list = list,
                          .rules = rules,
                          .resources = resources,
                          .program_key = work.program_key,
                          .manifest = path,
                          .header = &header,
                          .whole = shards == 1};
    batch_conclude(&ending, arena, findings, status);
    batch_texts_close(&texts);
    return true;
}
