/* Prints a run's findings in the order of the file, those that are wanted. */
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "rules/rules.h"

const char *const SEVERITY_WORDS[] = {"hint", "warning", "error", NULL};

/* Colours on a terminal only, and never against NO_COLOR (no-color.org). */
bool report_wants_color(void)
{
    const char *refused = getenv("NO_COLOR");
    return isatty(STDERR_FILENO) && !(refused && refused[0]);
}

/* Calls up the codes one by one: *at is the place to go on from. Returns its length, 0 at the end. */
static size_t next_code(const TextList *only, size_t *index, const char **at)
{
    while (*index < only->count) {
        const char *word = *at ? *at : only->items[*index];
        word += strspn(word, ", ");
        size_t len = strcspn(word, ", ");
        if (len > 0) {
            *at = word + len;
            return len;
        }
        *at = NULL;
        ++*index;
    }
    return 0;
}

static bool is_wanted(const Finding *finding, const SelectOptions *select)
{
    if (finding->severity == SEVERITY_ERROR && finding->class == FINDING_TROUBLE)
        return true;
    if ((int)finding->severity < select->severity)
        return false;
    if (select->only.count == 0)
        return true;
    size_t index = 0, len;
    const char *at = NULL;
    while ((len = next_code(&select->only, &index, &at)) > 0)
        if (strlen(finding->code) == len && strncmp(finding->code, at - len, len) == 0)
            return true;
    return false;
}

void report_select(FindingList *findings, const SelectOptions *select)
{
    if (select->only.count == 0 && select->severity == SEVERITY_HINT)
        return;
    size_t kept = 0;
    findings->errors = findings->warnings = findings->hints = findings->folded = 0;
    for (size_t i = 0; i < findings->count; i++) {
        Finding *finding = findings->items[i];
        if (!is_wanted(finding, select))
            continue;
        findings->items[kept++] = finding;
        findings->errors += finding->severity == SEVERITY_ERROR;
        findings->warnings += finding->severity == SEVERITY_WARNING;
        findings->hints += finding->severity == SEVERITY_HINT;
    }
    findings->count = kept;
}

bool report_only_known(const SelectOptions *select, const Rules *rules, Language language)
{
    size_t index = 0, len;
    const char *at = NULL;
    Arena *arena = arena_new();
    bool known = true;
    while (known && (len = next_code(&select->only, &index, &at)) > 0) {
        const char *code = arena_strndup(arena, at - len, len);
        known = finding_code_known(code) || rules_find(rules, code);
        if (!known)
            fprintf(stderr,
                    language == LANGUAGE_ZH
                        ? "gongkai: error[usage]: 没有代号为“%s”的规则\n   办法：gongkai explain 列出全部\n"
                        : "gongkai: error[usage]: no rule '%s'\n   help: see gongkai explain\n",
                    code);
    }
    arena_free(arena);
    return known;
}

static void print_summary(const FindingList *findings, size_t left_out, const char *name)
{
    bool zh = findings->language == LANGUAGE_ZH;
    if (left_out > 0)
        fprintf(stderr,
                zh ? "另有 %zu 条没有列出；gongkai check 列出全部\n" : "%zu more not shown; see gongkai check\n",
                left_out);
    if (name)
        fprintf(stderr, "%s%s", name, zh ? "：" : ": ");
    fprintf(stderr, "%s\n", finding_list_summary(findings, findings->arena));
}

void report_findings(FindingList *findings, const CommonOptions *options, const SelectOptions *select, const char *name)
{
    finding_list_sort(findings);
    bool color = report_wants_color();
    size_t most = select && select->max > 0 ? select->max : SIZE_MAX, shown = 0, wanted = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const Finding *finding = findings->items[i];
        if (options->quiet && !options->json && finding->severity != SEVERITY_ERROR)
            continue;
        wanted++;
        bool spared = select && !options->json && (int)finding->severity < select->severity;
        if (shown == most || spared)
            continue;
        shown++;
        if (options->json)
            finding_print_json(finding, stdout);
        else
            finding_print(findings, finding, stderr, color);
    }
    if (!options->json && !options->quiet && (findings->count + findings->folded > 0 || name))
        print_summary(findings, wanted - shown, name);
}
