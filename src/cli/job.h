/* One notice through the stages. */
#ifndef GONGKAI_CLI_JOB_H
#define GONGKAI_CLI_JOB_H

#include <stdbool.h>

#include "base/file.h"
#include "base/finding.h"
#include "cli/resources.h"
#include "cli/revision.h"
#include "page/page.h"
#include "pdf/pdf.h"

typedef enum JobStage { JOB_VALUES, JOB_DOCUMENT, JOB_PAGES, JOB_PDF } JobStage;

typedef struct Job {
    const char *path;      /* the data file, "-" for standard input */
    const char *last;      /* the data of the year before, or NULL */
    const char *before;    /* of a corrected edition: the data it corrects; NULL: where its 前版 says */
    bool force;            /* print in spite of errors in the data, marked as a draft */
    bool stable;           /* a corrected edition keeps page breaks and column widths of the one before */
    bool check;            /* go on after errors of rules, to find more */
    JobStage until;        /* the last stage wanted */
    const PdfPress *press; /* a press edition too, or NULL */
} Job;

/* What the stages left, all in the caller's arena; NULL for a stage not reached. */
typedef struct JobResult {
    const Value *data;
    RuleOutcome rules; /* the findings that the notice itself accepts */
    const Document *document;
    const PageList *pages;
    const Revision *revision; /* of a corrected edition */
    const Pack *pack;
    Buffer pdf, press; /* released by the caller */
    bool done;         /* the stage wanted was reached */
} JobResult;

JobResult job_run(const Job *job, Resources *resources, Arena *arena, FindingList *findings);

#endif
