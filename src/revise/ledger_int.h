/* What the files of the ledger share. Private to revise/. */
#ifndef GONGKAI_REVISE_LEDGER_INT_H
#define GONGKAI_REVISE_LEDGER_INT_H

#include "revise/revise.h"

#define LEDGER_FILE  "ledger.jsonl"
#define LEDGER_LOCK  ".lock"
#define LEDGER_LIMIT ((size_t)256 << 20)
#define FILE_LIMIT   ((size_t)512 << 20)

/* The line of an entry, without its end; `before` is the hash of the line before, or NULL. */
void ledger_line_put(const LedgerEntry *entry, const char *before, Buffer *out);
/* Reads a line; *before gets what it says of the line before. false when it is none. */
bool ledger_line_read(const char *line, size_t len, LedgerEntry *entry, const char **before, Arena *arena);
const char *ledger_number(int64_t number, Arena *arena);

#endif
