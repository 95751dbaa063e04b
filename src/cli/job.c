/* Takes one notice through the stages; the only file that knows their order. A stage that left an error ends the job,
 * but for findings of rules on a forced edition. */
#include "cli/job.h"

#include "cli/cli.h"
#include "cli/edition.h"
#include "data/data.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "template/template.h"

/* File to checked tree. The pack decides what is in the file, so its name is read before the schema is known. */
static Value *read_data(const Job *job, Resources *resources, Arena *arena, FindingList *findings, const Pack **pack)
{
    Value *data = data_load(job->path, arena, findings);
    if (!data)
        return NULL;
    const Value *named = value_get(data, "模板");
    *pack = resources_pack(resources, value_text(named), named ? named->place : data->place, findings);
    if (!*pack)
        return NULL;
    value_merge_under(data, pack_defaults(*pack), ORIGIN_DEFAULT, arena);
    bool good = schema_check(pack_schema(*pack), data, arena, findings);
    if (good)
        good = data_compute(pack_schema(*pack), data, arena, findings);
    return good ? data : NULL;
}

JobResult job_run(const Job *job, Resources *resources, Arena *arena, FindingList *findings)
{
    JobResult result = {0};
    const Pack *pack = NULL;
    size_t errors_before = findings->errors;
    result.data = read_data(job, resources, arena, findings, &pack);
    if (!result.data || job->until == JOB_VALUES) {
        result.done = result.data != NULL;
        return result;
    }
    bool draft = job->force && findings->errors > errors_before;
    result.document = pack_expand(pack, result.data, draft, arena, findings);
    if (!result.document || !document_check(result.document, findings))
        return result;
    if (job->until >= JOB_PAGES) {
        result.pages = layout_document(result.document, resources->fonts, arena, findings);
        if (!result.pages)
            return result;
    }
    if (job->until == JOB_PDF) {
        EditionSource source = {result.pages, result.data, pack};
        if (!edition_write(&source, resources, job->press, arena, &result.pdf, &result.press, findings))
            return result;
    }
    result.done = true;
    return result;
}
