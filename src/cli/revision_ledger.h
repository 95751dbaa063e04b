/* What the commands of the ledger share. */
#ifndef GONGKAI_CLI_REVISION_LEDGER_H
#define GONGKAI_CLI_REVISION_LEDGER_H

#include "revise/revise.h"

#define LEDGER_FOLDER "ledger" /* in the current folder, when none is named */

/* SHA-256 over the names and the files of all fonts that the pages use. */
const char *ledger_fonts_hash(const PageList *pages, Arena *arena);

#endif
