/* Prints a run's findings in the order of the file. */
#include "cli/report.h"

#include <stdlib.h>
#include <unistd.h>

/* Colours on a terminal only, and never against NO_COLOR (no-color.org). */
static bool wants_color(void)
{
    const char *refused = getenv("NO_COLOR");
    return isatty(STDERR_FILENO) && !(refused && refused[0]);
}

void report_findings(FindingList *findings, const CommonOptions *options)
{
    finding_list_sort(findings);
    bool color = wants_color();
    for (size_t i = 0; i < findings->count; i++) {
        if (options->json)
            finding_print_json(findings->items[i], stdout);
        else if (!options->quiet || findings->items[i]->severity == SEVERITY_ERROR)
            finding_print(findings, findings->items[i], stderr, color);
    }
    if (!options->json && !options->quiet && findings->count + findings->folded > 0)
        fprintf(stderr, "%s\n", finding_list_summary(findings, findings->arena));
}
