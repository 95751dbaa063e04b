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
Value *job_read_data(const char *path, Resources *resources, Arena *arena, FindingList *findings, const Pack **pack)
{
    Value *data = data_load(path, arena, findings);
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

/* The pack's rules over the data. false ends the job. */
static bool check_rules(const Job *job, Resources *resources, const Pack *pack, JobResult *result, Arena *arena,
                        FindingList *findings)
{
    size_t troubles = findings->troubles, errors = findings->errors;
    const Pack *pack_last = NULL;
    const Value *last = job->last ? job_read_data(job->last, resources, arena, findings, &pack_last) : NULL;
    const Rules *rules = resources_rules(resources, pack, findings);
    if (findings->troubles > troubles || (job->last && !last))
        return false;
    if (rules)
        result->rules = rules_check(rules, result->data, last, arena, findings);
    return findings->errors == errors || job->force || job->check;
}

JobResult job_run(const Job *job, Resources *resources, Arena *arena, FindingList *findings)
{
    JobResult result = {0};
    const Pack *pack = NULL;
    size_t errors_before = findings->errors;
    Value *data = job_read_data(job->path, resources, arena, findings, &pack);
    result.data = data;
    result.pack = pack;
    if (!result.data || job->until == JOB_VALUES) {
        result.done = result.data != NULL;
        return result;
    }
    if (!check_rules(job, resources, pack, &result, arena, findings))
        return result;
    if (findings->errors > errors_before && !job->force && !job->check) /* a tree may be read in spite of errors */
        return result;
    if (!value_is_blank(value_get(data, REVISION_KEY))) {
        result.revision = revision_begin(data, job->path, job->before, pack, resources, arena, findings);
        if (!result.revision)
            return result;
    }
    bool draft = job->force && findings->errors > errors_before;
    Document *document = pack_expand(pack, data, draft, arena, findings);
    result.document = document;
    if (!document || !document_check(document, findings))
        return result;
    if (result.revision)
        revision_mark(result.revision, document, arena);
    if (job->until >= JOB_PAGES) {
        const PageList *before = NULL;
        if (job->stable && result.revision)
            before = layout_document(result.revision->before_document, resources->fonts, arena, findings);
        result.pages = before
                           ? revision_layout(document, before, resources->fonts, arena, findings)
                           : layout_document_like(document, NULL, resources->memory, resources->fonts, arena, findings);
        if (!result.pages)
            return result;
        if (result.revision)
            result.pages = revision_finish(result.revision, result.pages, document, arena, findings);
    }
    if (job->until == JOB_PDF) {
        EditionSource source = {result.pages, result.data, pack, result.revision};
        if (!edition_write(&source, resources, job->press, arena, &result.pdf, &result.press, findings))
            return result;
    }
    result.done = true;
    return result;
}
