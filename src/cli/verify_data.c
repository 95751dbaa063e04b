/* Figures and text of a file against data -> findings with page and box. */
#include "cli/verify_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/edition.h"
#include "cli/job.h"

#define FIGURES_TOLD 20
#define SHOWN_AROUND 24 /* bytes of text before the place where two texts part; as many twice after it */

typedef struct Comparison {
    Verification *verification;
    size_t differing;
} Comparison;

/* ---- findings ------------------------------------------------------------------------------------------------------
 */

static void figure_differs(Comparison *comparison, MessageId id, const PdfFigure *figure, const char *meant)
{
    Verification *verification = comparison->verification;
    Arena *arena = verification->arena;
    if (++comparison->differing > FIGURES_TOLD)
        return;
    finding_add(comparison->verification->findings, id, (Place){0}, NULL, verification->name,
                pdf_page_words(figure->parts[0].page, comparison->verification->findings->language, arena),
                pdf_box_words(&figure->parts[0], arena), figure->path, figure->shown, meant, NULL);
}

static void figure_lacks(Comparison *comparison, const PdfFigure *figure)
{
    if (++comparison->differing <= FIGURES_TOLD)
        finding_add(comparison->verification->findings, MESSAGE_VERIFY_FIGURE_LACKING, (Place){0}, NULL,
                    comparison->verification->name, figure->path, figure->text, NULL);
}

static void comparison_end(const Comparison *comparison)
{
    if (comparison->differing > FIGURES_TOLD)
        finding_add(comparison->verification->findings, MESSAGE_VERIFY_FIGURE_MORE, (Place){0}, NULL,
                    comparison->verification->name,
                    arena_printf(comparison->verification->arena, "%zu", comparison->differing - FIGURES_TOLD), NULL);
}

/* ---- by value ------------------------------------------------------------------------------------------------------
 */

/* Digits with a point; what else stands around is left out. */
static bool figure_number(const char *text, Decimal *out)
{
    char digits[64];
    size_t len = 0;
    for (const char *c = text; *c; c++)
        if (((*c >= '0' && *c <= '9') || *c == '.') && len < sizeof digits - 1)
            digits[len++] = *c;
    return len > 0 && decimal_parse(digits, len, out) == DECIMAL_OK;
}

/* The same figure, whatever its sign (减少 22 for -22) and unit (元 or 万元). */
static bool same_figure(Decimal shown, Decimal meant)
{
    static const int POWERS[] = {0, 4, -4};
    if (meant.micro < 0)
        meant = decimal_negate(meant);
    for (size_t i = 0; i < sizeof POWERS / sizeof *POWERS; i++) {
        Decimal moved;
        if (decimal_shift(meant, POWERS[i], &moved) && decimal_compare(shown, moved) == 0)
            return true;
    }
    return false;
}

/* The row that the figure before stood in: the next ones mostly stand there too, and a row is found by its name among
 * all others. */
typedef struct LastRow {
    const char *path;
    size_t len;
    const Value *row;
} LastRow;

static const Value *figure_value(const Value *data, const char *path, LastRow *last, Arena *arena)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    if (len > 0 && !(last->row && last->len == len && memcmp(last->path, path, len) == 0)) {
        ArenaMark mark = arena_mark(arena);
        *last = (LastRow){path, len, value_at(data, arena_strndup(arena, path, len))};
        arena_rewind(arena, mark);
    }
    const Value *value = len > 0 && last->row ? value_at(last->row, slash + 1) : NULL;
    return value ? value : value_at(data, path); /* a name may hold the slash */
}

/* What each page shows against the value under the figure's path. */
static void compare_values(Comparison *comparison, const Value *data)
{
    const PdfFigureList *figures = &comparison->verification->report.figures;
    LastRow last = {0};
    for (size_t i = 0; data && i < figures->count; i++) {
        const PdfFigure *figure = &figures->items[i];
        const Value *value = figure_value(data, figure->path, &last, comparison->verification->arena);
        Decimal shown, meant;
        if (!value || !value_number(value, &meant))
            figure_differs(comparison, MESSAGE_VERIFY_FIGURE_STRAY, figure, "");
        else if (figure_number(figure->shown, &shown) && same_figure(shown, meant))
            comparison->verification->compared++;
        else
            figure_differs(comparison, MESSAGE_VERIFY_FIGURE_VALUE, figure, value_text(value));
    }
}

/* ---- by the pages set again ----------------------------------------------------------------------------------------
 */

static const PdfFigure **figures_sorted(const PdfFigureList *figures, int (*compare)(const void *, const void *),
                                        Arena *arena)
{
    const PdfFigure **sorted = arena_array_of(arena, const PdfFigure *, figures->count + 1);
    for (size_t i = 0; i < figures->count; i++)
        sorted[i] = &figures->items[i];
    if (figures->count > 0)
        qsort(sorted, figures->count, sizeof *sorted, compare);
    return sorted;
}

/* By path; those of one path in the order of the pages, which is that of their list. */
static int figure_compare(const void *a, const void *b)
{
    const PdfFigure *x = *(const PdfFigure *const *)a, *y = *(const PdfFigure *const *)b;
    int order = strcmp(x->path, y->path);
    return order ? order : (x > y) - (x < y);
}

/* The n-th showing of a value in the file is the n-th of the pages as they should be. */
static void compare_words(Comparison *comparison, const PdfFigureList *wanted)
{
    Verification *verification = comparison->verification;
    const PdfFigureList *had = &verification->report.figures;
    Arena *arena = verification->arena;
    const PdfFigure **x = figures_sorted(had, figure_compare, arena),
                    **y = figures_sorted(wanted, figure_compare, arena);
    const PdfFigure **pairs = arena_array_of(arena, const PdfFigure *, had->count + 1);
    bool *found = arena_array_of(arena, bool, wanted->count + 1);
    for (size_t i = 0, j = 0; i < had->count && j < wanted->count;) {
        int order = strcmp(x[i]->path, y[j]->path);
        if (order == 0) {
            pairs[x[i] - had->items] = y[j];
            found[y[j] - wanted->items] = true;
        }
        i += order <= 0;
        j += order >= 0;
    }
    for (size_t i = 0; i < had->count; i++) {
        if (!pairs[i])
            figure_differs(comparison, MESSAGE_VERIFY_FIGURE_STRAY, &had->items[i], "");
        else if (strcmp(had->items[i].shown, pairs[i]->text) != 0)
            figure_differs(comparison, MESSAGE_VERIFY_FIGURE_VALUE, &had->items[i], pairs[i]->text);
        else
            verification->compared++;
    }
    for (size_t i = 0; i < wanted->count; i++)
        if (!found[i])
            figure_lacks(comparison, &wanted->items[i]);
}

/* A few words from where two texts part. */
static const char *text_around(const char *text, size_t at, Arena *arena)
{
    size_t from = at > SHOWN_AROUND ? at - SHOWN_AROUND : 0, end = at + 2 * SHOWN_AROUND, len = strlen(text);
    end = end < len ? end : len;
    while (from > 0 && ((unsigned char)text[from] & 0xC0) == 0x80)
        from--;
    while (end < len && ((unsigned char)text[end] & 0xC0) == 0x80)
        end++;
    return arena_strndup(arena, text + from, end - from);
}

/* All that the file says, in reading order, where the file is tagged. */
static void compare_text(Comparison *comparison, const PageList *pages)
{
    Verification *verification = comparison->verification;
    const char *had = verification->report.text, *wanted = pdf_text(pages, verification->arena);
    size_t at = 0;
    while (had[at] && had[at] == wanted[at])
        at++;
    if (had[at] != wanted[at] && verification->report.elements > 0)
        finding_add(comparison->verification->findings, MESSAGE_VERIFY_TEXT, (Place){0}, NULL, verification->name,
                    text_around(had, at, verification->arena), text_around(wanted, at, verification->arena), NULL);
}

/* ---- the data ------------------------------------------------------------------------------------------------------
 */

/* The attached data as the pack understands them; NULL when they are none, or the pack is not here. */
static const Value *attached_data(const Verification *verification)
{
    const PdfReport *report = &verification->report;
    Arena *arena = verification->arena;
    FindingList quiet;
    finding_list_init(&quiet, arena, verification->findings->language);
    Source *source = arena_new_of(arena, Source);
    *source = (Source){EDITION_DATA_NAME, report->data, report->data_len};
    Value *data = report->data ? yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, &quiet) : NULL;
    const Pack *pack = data ? resources_pack(verification->resources, report->pack, (Place){0}, &quiet) : NULL;
    if (!pack)
        return NULL;
    value_merge_under(data, pack_defaults(pack), ORIGIN_DEFAULT, arena);
    schema_check(pack_schema(pack), data, arena, &quiet);
    data_compute(pack_schema(pack), data, arena, &quiet);
    return data;
}

void verify_attached(Verification *verification)
{
    Comparison comparison = {verification, 0};
    compare_values(&comparison, attached_data(verification));
    comparison_end(&comparison);
}

static void add(Verification *verification, MessageId id, const char *first, const char *second)
{
    finding_add(verification->findings, id, (Place){0}, NULL, verification->name, first ? first : "?",
                second ? second : "?", NULL);
}

void verify_data(Verification *verification, const char *path)
{
    const PdfReport *report = &verification->report;
    FindingList quiet;
    finding_list_init(&quiet, verification->arena, verification->findings->language);
    Job job = {.path = path, .force = true, .until = JOB_PAGES};
    JobResult result = job_run(&job, verification->resources, verification->arena, &quiet);
    char data_hash[SHA256_HEX], content_hash[SHA256_HEX];
    if (!result.data) {
        finding_add(verification->findings, MESSAGE_VERIFY_DATA_UNUSABLE, (Place){0}, NULL, path, NULL);
        return;
    }
    Buffer yaml = edition_data(result.data, data_hash);
    buffer_release(&yaml);
    bool same_data = text_equal(data_hash, report->data_hash);
    if (!same_data)
        add(verification, MESSAGE_VERIFY_OTHER_DATA, path, NULL);
    const char *pack_hash = result.pack ? resources_pack_hash(verification->resources, result.pack) : NULL;
    bool same_program = text_equal(report->producer, "gongkai " GONGKAI_VERSION);
    bool same_pack = text_equal(pack_hash, report->pack_hash);
    Comparison comparison = {verification, 0};
    if (result.pages && same_program && same_pack && report->data) {
        PdfFigureList wanted = pdf_figures_find(result.pages, verification->arena);
        compare_words(&comparison, &wanted);
    } else if (report->data) {
        compare_values(&comparison, result.data);
    }
    comparison_end(&comparison);
    if (!same_data)
        return;
    bool chinese = verification->findings->language == LANGUAGE_ZH;
    verification->origin = chinese ? "数据相同" : "the same data";
    if (!result.pages)
        return;
    pdf_content_hash(result.pages, content_hash);
    if (!text_equal(content_hash, report->content_hash)) {
        add(verification,
            !same_program ? MESSAGE_VERIFY_OTHER_PROGRAM
            : !same_pack  ? MESSAGE_VERIFY_OTHER_PACK
                          : MESSAGE_VERIFY_OTHER_CONTENT,
            report->producer, report->pack);
        return;
    }
    compare_text(&comparison, result.pages);
    verification->origin = chinese ? "数据相同，重排一遍，内容也相同" : "the same data, and set again the same content";
}
