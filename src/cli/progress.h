/* How far a batch is: a bar on a terminal, plain lines elsewhere, nothing with --quiet. */
#ifndef GONGKAI_CLI_PROGRESS_H
#define GONGKAI_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/finding.h"

typedef enum ProgressKind { PROGRESS_NONE, PROGRESS_LINES, PROGRESS_BAR } ProgressKind;

typedef struct Progress {
    ProgressKind kind;
    FILE *out;
    Language language;
    size_t total, finished, current, failed; /* current: were up to date already */
    char failure[96];                        /* the last file that failed */
    int64_t started, drawn;                  /* [ms] by progress_clock; drawn: when last */
} Progress;

int64_t progress_clock(void); /* [ms], never set back */

void progress_begin(Progress *progress, size_t total, bool quiet, Language language, FILE *out);

typedef enum ProgressResult { PROGRESS_DONE, PROGRESS_CURRENT, PROGRESS_FAILED } ProgressResult;
/* One notice is finished: `file` its name. */
void progress_count(Progress *progress, const char *file, ProgressResult result, size_t pages);
/* Draws the bar when a tenth of a second has gone by. */
void progress_draw(Progress *progress);
/* Takes the bar away, before other words are printed. */
void progress_end(Progress *progress);

#endif
