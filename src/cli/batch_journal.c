/* Outcomes of workers -> files in their places and lines of the manifest, which last in this order.
 *
 * One wait for the disk serves all that came meanwhile: the workers, who never wait for it, go on in that time. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/batch_int.h"

#define COMMIT_EVERY 50 /* [ms] more often costs CPU, less often more notices made again after a kill */
#define GROUP_MOST   32

typedef struct BatchPending {
    size_t index;
    BatchOutcome outcome;
    const char *unplaced; /* the file that could not be put into its place */
    int error;            /* and why */
} BatchPending;

bool batch_journal_open(BatchJournal *journal)
{
    journal->manifest = file_open_fd(journal->path, O_WRONLY | O_APPEND, 0);
    journal->end = journal->manifest < 0 ? 0 : lseek(journal->manifest, 0, SEEK_END);
    return journal->manifest >= 0 && journal->end >= 0;
}

void batch_journal_close(BatchJournal *journal)
{
    batch_journal_commit(journal);
    if (journal->manifest >= 0)
        close(journal->manifest);
}

static void copy(Buffer *to, const Buffer *from)
{
    if (from->len > 0)
        buffer_append(to, from->bytes, from->len);
}

void batch_journal_add(BatchJournal *journal, size_t index, const BatchOutcome *outcome)
{
    BatchPending *pending = array_push(journal->arena, &journal->group);
    *pending = (BatchPending){.index = index};
    copy(&pending->outcome.line, &outcome->line);
    copy(&pending->outcome.text, &outcome->text);
    copy(&pending->outcome.files, &outcome->files);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static void place_files(BatchPending *pending, const char **folder, Arena *scratch)
{
    const Buffer *files = &pending->outcome.files;
    for (size_t at = 0; at < files->len;) {
        StagedFile staged = {.temporary = files->bytes + at};
        staged.target = staged.temporary + strlen(staged.temporary) + 1;
        at = (size_t)(staged.target - files->bytes) + strlen(staged.target) + 1;
        if (pending->unplaced) {
            unlink(staged.temporary);
        } else if (!file_place(&staged)) {
            pending->unplaced = staged.target;
            pending->error = errno;
        } else {
            /* Nearly always one for all; another is where a link led. */
            const char *own = path_folder(scratch, staged.target);
            if (*folder && !text_equal(*folder, own))
                folder_sync(*folder);
            *folder = own;
        }
    }
}

/* What a worker took for done is not: another line, and the findings with one more. */
static void unplaced_tell(const BatchJournal *journal, BatchPending *pending, Arena *scratch)
{
    const BatchWork *work = journal->work;
    FindingList findings;
    finding_list_init(&findings, scratch, work->language);
    finding_add(&findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, pending->unplaced, strerror(pending->error),
                NULL);
    pending->outcome.line.len = 0;
    batch_notice_failed(&work->list->items.items[pending->index], &findings, work->color, work->options,
                        &pending->outcome);
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static bool append(BatchJournal *journal, const Buffer *lines)
{
    bool whole = file_write_fd(journal->manifest, lines->bytes, lines->len);
    if (!whole)
        journal->failure = errno;
    if (!whole && ftruncate(journal->manifest, journal->end) != 0)
        return false; /* half a line is left out by who reads it */
    if (fdatasync(journal->manifest) != 0 && !journal->failure)
        journal->failure = errno;
    journal->end += whole ? (int64_t)lines->len : 0;
    return whole;
}

static void count_notice(BatchJournal *journal, const BatchPending *pending, int64_t at)
{
    const BatchWork *work = journal->work;
    const BatchItem *item = &work->list->items.items[pending->index];
    const Buffer *line = &pending->outcome.line;
    const ManifestEntry *entry = line->len > 0 ? manifest_entry(line->bytes, line->len, journal->arena)
                                               : manifest_find(work->before, item->file);
    if (entry && line->len > 0 && at >= 0)
        *entry->place = (ManifestPlace){journal->path, at, line->len};
    journal->result->entries[pending->index] = entry;
    journal->result->fresh[pending->index] = line->len > 0;
    batch_texts_put(journal->texts, pending->index, &pending->outcome.text);
    ProgressResult result = !entry || !entry->done ? PROGRESS_FAILED : line->len > 0 ? PROGRESS_DONE : PROGRESS_CURRENT;
    progress_count(journal->progress, item->file, result, entry ? entry->pages : 0);
}

void batch_journal_tick(BatchJournal *journal)
{
    if (journal->group.count >= GROUP_MOST || progress_clock() - journal->committed >= COMMIT_EVERY)
        batch_journal_commit(journal);
}

void batch_journal_commit(BatchJournal *journal)
{
    if (journal->group.count == 0)
        return;
    Arena *scratch = arena_new();
    const char *folder = NULL;
    Buffer lines = {0};
    for (size_t i = 0; i < journal->group.count; i++)
        place_files(&journal->group.items[i], &folder, scratch);
    if (folder)
        folder_sync(folder);
    for (size_t i = 0; i < journal->group.count; i++) {
        BatchPending *pending = &journal->group.items[i];
        if (pending->unplaced)
            unplaced_tell(journal, pending, scratch);
        copy(&lines, &pending->outcome.line);
        if (pending->outcome.line.len > 0)
            buffer_append(&lines, "\n", 1);
    }
    int64_t at = journal->end;
    bool written = lines.len == 0 || append(journal, &lines);
    for (size_t i = 0; i < journal->group.count; i++) {
        BatchPending *pending = &journal->group.items[i];
        count_notice(journal, pending, written ? at : -1);
        at += pending->outcome.line.len > 0 ? (int64_t)pending->outcome.line.len + 1 : 0;
        batch_outcome_release(&pending->outcome);
    }
    journal->group.count = 0;
    journal->committed = progress_clock();
    buffer_release(&lines);
    arena_free(scratch);
}
