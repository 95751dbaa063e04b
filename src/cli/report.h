/* Findings to the user: text on stderr or JSON Lines on stdout. */
#ifndef GONGKAI_CLI_REPORT_H
#define GONGKAI_CLI_REPORT_H

#include "base/finding.h"
#include "cli/options.h"

void report_findings(FindingList *findings, const CommonOptions *options);

#endif
