/* What the sources of the batch share: the list of notices, the workers' pool, the run. */
#ifndef GONGKAI_CLI_BATCH_INT_H
#define GONGKAI_CLI_BATCH_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/batch_queue.h"
#include "cli/county.h"
#include "cli/edition.h"
#include "cli/job.h"
#include "cli/manifest.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/resources.h"

/* Names the run itself uses in its output folder: no notice may have them. */
#define BATCH_MANIFEST   "manifest.jsonl"
#define BATCH_LOCK       ".gongkai.lock"
#define BATCH_INDEX_STEM "全县目录"
#define BATCH_VOLUME     "全县合订本"

typedef struct BatchOptions {
    CommonOptions common;
    PressOptions press;
    const char *output, *departments;
    const char *shard, *name, *last;
    size_t jobs, timeout, memory; /* timeout: [s] a notice, 0: none; memory: [MB] a worker */
    bool rebuild, force, index, volume, merge;
} BatchOptions;

/* ---- the list ---------------------------------------------------------------------------------------------------- */

typedef struct BatchItem {
    const char *path;   /* to open */
    const char *file;   /* as the manifest names it */
    const char *output; /* file name in the output folder */
    size_t bytes;       /* of the data file: long ones go first */
} BatchItem;

typedef struct BatchList {
    ARRAY(BatchItem) items;     /* in the order of their names */
    const char *root;           /* the one folder that was named, or "" */
    ARRAY(const char *) others; /* *.yaml without the key 部门 */
    const char *departments;    /* departments.yaml of the folder, or NULL */
    const char *hash;           /* SHA-256 of the names of all */
    size_t all;                 /* notices of all shards */
} BatchList;

/* All notices of the words, each once: folders are searched for *.yaml with a key 部门. `output` is left out. false
 * with findings for what cannot be read. */
bool batch_list_find(char **words, int count, const char *output, Arena *arena, BatchList *list, FindingList *findings);
/* Leaves every shards-th of them, from the shard-th on (from 1). */
void batch_list_shard(BatchList *list, size_t shard, size_t shards);
/* A file name of at most 200 bytes that is safe on every system, from any text. `taken` is left to the caller. */
const char *batch_safe_name(const char *text, Arena *arena);
/* Of the press edition of an output: "NAME.pdf" -> "NAME-press.pdf". */
const char *batch_press_name(const char *output, Arena *arena);
/* The text under a key at the left edge of a data file, where it stands plain on one line; else NULL. */
const char *batch_name_in(const char *bytes, size_t len, const char *key, Arena *arena);
/* Gives each item its output's name, all different under any folding of letters: by what stands in it under `key`, by
 * its file's name when that is NULL or not there. */
void batch_names_assign(BatchList *list, const char *key, Arena *arena);

/* ---- one notice -------------------------------------------------------------------------------------------------- */

/* What a worker needs, made before the fork. */
typedef struct BatchWork {
    const BatchOptions *options;
    const BatchList *list;
    const Manifest *before; /* the last run's */
    Resources *resources;
    CountyBook *county;
    const PdfPress *press;   /* or NULL */
    const char *program_key; /* hash of program, fonts and options */
    Language language;
    bool color;
    long process; /* the run's: what is written bears its number until it is in its place */
} BatchWork;

/* What came of a notice. */
typedef struct BatchOutcome {
    Buffer line;  /* the manifest's, without newline; empty: up to date, the old one holds */
    Buffer text;  /* findings as a person reads them */
    Buffer files; /* what is written and not in its place: of each the temporary and the target, both with their NUL */
} BatchOutcome;

void batch_outcome_release(BatchOutcome *outcome);
void batch_notice(const BatchWork *work, size_t index, BatchOutcome *outcome);
/* Whether the last run's output would come out the same again. `before`: what it says of it, or NULL. */
bool batch_is_current(const BatchWork *work, const BatchItem *item, const ManifestEntry *before, Arena *arena);
/* The data of the year before; NULL when none are wanted, or there are none. */
const char *batch_last_path(const BatchWork *work, const BatchItem *item, Arena *arena);
/* SHA-256 of a file; false when it cannot be read. */
bool batch_hash_file(const char *path, char hex[SHA256_HEX]);
/* Removes what a worker that died left of a notice. */
void batch_notice_sweep(const BatchWork *work, const BatchItem *item, Arena *arena);
/* The manifest's line of a notice without result: its worker died. */
void batch_notice_failed(const BatchItem *item, FindingList *findings, bool color, const BatchOptions *options,
                         BatchOutcome *outcome);

/* What a font is told by: its size and the directories of its tables, which hold the checksum of each (OpenType,
 * "Table Directory"). The fonts together have 180 MB: to hash them all would take longer than a hundred notices. */
void batch_font_key(const char *path, char hex[SHA256_HEX]);
/* Hash of the program, its libraries, the fonts in its folders, and the options. */
const char *batch_program_key(const BatchOptions *options, Resources *resources, Arena *arena);
/* The same with a notice's pack. */
const char *batch_notice_key(const BatchWork *work, const Pack *pack, Arena *arena);

/* ---- the pool ---------------------------------------------------------------------------------------------------- */

typedef enum BatchEnd { BATCH_COMPLETE, BATCH_STOPPED } BatchEnd;

/* Called in the parent for each notice when it is made; the outcome is the pool's. */
typedef void BatchFinished(void *context, size_t index, const BatchOutcome *outcome);

/* Takes all notices through worker processes; BATCH_STOPPED after SIGINT, SIGTERM or SIGHUP (*signal tells which).
 * `idle` is called at least ten times a second, and after each group of finished notices. */
BatchEnd batch_pool_run(const BatchWork *work, size_t workers, BatchFinished *finished, void (*idle)(void *context),
                        void *context, int *signal);

/* The worker's side: takes places of the queue, the first from `fd`, tells outcomes there, until there are no more. */
_Noreturn void batch_worker(const BatchWork *work, BatchQueue *queue, size_t worker, int fd);

/* ---- what lasts -------------------------------------------------------------------------------------------------- */

/* All notices there are, in the order of the list; NULL where there is no entry. */
typedef struct BatchResult {
    const BatchItem *items;
    const ManifestEntry **entries;
    bool *fresh; /* made in this run, not taken over from the last */
    size_t count;
} BatchResult;

/* Findings as they will be printed, of a notice each, kept in a file without a name. */
typedef struct BatchTexts {
    int fd; /* -1: could not be made; then there are none */
    int64_t *at;
    size_t *len, end;
} BatchTexts;

/* Brings finished notices to where they last, a group at a time: files onto the disk, into their places, the folder
 * onto the disk, then the lines into the manifest, and that onto the disk. A line is never there before its files. */
typedef struct BatchJournal {
    const BatchWork *work;
    Arena *arena;
    BatchResult *result;
    BatchTexts *texts;
    Progress *progress;
    const char *path;  /* the manifest */
    int manifest;      /* open for appending */
    int64_t end;       /* where it ends */
    int failure;       /* errno of what could not be written into it, or 0 */
    int64_t committed; /* [ms by progress_clock] when last */
    ARRAY(struct BatchPending) group;
} BatchJournal;

bool batch_journal_open(BatchJournal *journal); /* at the end of the manifest; false with errno */
void batch_journal_add(BatchJournal *journal, size_t index, const BatchOutcome *outcome);
void batch_journal_commit(BatchJournal *journal);
void batch_journal_tick(BatchJournal *journal); /* commits when it is time to */
void batch_journal_close(BatchJournal *journal);

void batch_texts_open(BatchTexts *texts, const char *folder, size_t count, Arena *arena);
void batch_texts_put(BatchTexts *texts, size_t index, const Buffer *text);
/* false when there is none. */
bool batch_texts_print(const BatchTexts *texts, size_t index, FILE *out);
void batch_texts_close(BatchTexts *texts);

/* ---- after the run ----------------------------------------------------------------------------------------------- */

/* The text without what a terminal would obey. */
const char *batch_visible(const char *text, Arena *arena);
/* The table by department, on `out`. */
void batch_summary_print(const BatchResult *result, const CountyRules *rules, Language language, FILE *out);

/* What a run and a merge have in common. Those that return false have told nothing yet of what is in `findings`. */
bool batch_output_make(const char *output, Arena *arena, FindingList *findings);
/* Hints at *.yaml that no notice shares, and that are none themselves: perhaps a notice whose key is misspelt. */
void batch_others_tell(const BatchList *list, const BatchResult *result, Arena *arena, FindingList *findings);
/* One run a folder; several shards of one list side by side. */
bool batch_lock(const char *output, size_t shard, size_t shards, Arena *arena, FindingList *findings);
/* What killed runs left beside these outputs. */
void batch_leftovers_remove(const char *output, const BatchList *list, Arena *arena);
const char *batch_manifest_name(size_t shard, size_t shards, Arena *arena);
bool batch_manifest_write(const char *path, const ManifestHeader *header, const BatchResult *result, Arena *arena,
                          FindingList *findings);
/* What a run or a merge ends with. */
typedef struct BatchEnding {
    const BatchOptions *options;
    const BatchResult *result;
    const BatchTexts *texts; /* NULL: none is fresh */
    const BatchList *list;
    const CountyRules *rules;
    Resources *resources;
    const char *program_key;
    const char *manifest; /* written already; again when the volume is new */
    ManifestHeader *header;
    bool whole; /* all notices are here */
} BatchEnding;

/* Findings, county, products, summary; the exit status. */
void batch_conclude(const BatchEnding *ending, Arena *arena, FindingList *findings, int *status);
/* The bound volume, unless it is up to date. */
void batch_volume(const BatchEnding *ending, const CountyNotices *notices, Arena *arena, FindingList *findings);
/* Opens the default pack, its fonts and its county.yaml, so that all workers share them; NULL when it is not there. */
const CountyRules *batch_warm(CountyBook *county, Resources *resources, Language language, Arena *arena);

bool batch_run(const BatchOptions *options, BatchList *list, size_t shard, size_t shards, Resources *resources,
               const PdfPress *press, Arena *arena, FindingList *findings, int *status);
bool batch_merge(const BatchOptions *options, char **words, int count, Arena *arena, FindingList *findings,
                 int *status);

#endif
