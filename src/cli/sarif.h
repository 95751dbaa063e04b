/* Findings as SARIF 2.1.0 (OASIS), for editors and CI: one run, written as it goes. */
#ifndef GONGKAI_CLI_SARIF_H
#define GONGKAI_CLI_SARIF_H

#include <stdio.h>

#include "base/finding.h"
#include "rules/rules.h"

typedef struct Sarif {
    FILE *out;
    size_t results;
} Sarif;

void sarif_begin(Sarif *sarif, FILE *out);
void sarif_finding(Sarif *sarif, const Finding *finding);
/* `rules` (may be NULL) are described in the tool's part. */
void sarif_end(Sarif *sarif, const Rules *rules);

#endif
