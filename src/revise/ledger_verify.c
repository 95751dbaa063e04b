/* A ledger -> findings: whether each file is what was published and each edition follows the one it replaces. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "revise/ledger_int.h"

static void check_file(const Ledger *ledger, const LedgerEntry *entry, const char *name, const char *wanted,
                       FindingList *findings)
{
    Arena *scratch = arena_new();
    char *bytes, hash[SHA256_HEX];
    size_t len;
    const char *number = ledger_number(entry->number, scratch);
    FileStatus status = file_read(scratch, path_join(scratch, ledger->folder, name), FILE_LIMIT, &bytes, &len);
    if (status == FILE_ERROR && errno == ENOENT) {
        finding_add(findings, MESSAGE_LEDGER_MISSING, (Place){0}, NULL, number, name, NULL);
    } else if (status != FILE_OK) {
        finding_add(findings, MESSAGE_LEDGER_ALTERED, (Place){0}, NULL, number, name, NULL);
    } else {
        sha256_hex_of(bytes, len, hash);
        if (!text_equal(hash, wanted))
            finding_add(findings, MESSAGE_LEDGER_ALTERED, (Place){0}, NULL, number, name, NULL);
    }
    arena_free(scratch);
}

/* The edition of the same department and year filed last before this one is the one it replaces. */
static bool follows(const Ledger *ledger, const LedgerEntry *entry)
{
    Ledger before = *ledger;
    before.count = (size_t)entry->number - 1;
    const LedgerEntry *last = ledger_latest(&before, entry->region, entry->department, entry->year);
    if (!last)
        return entry->predecessor == 0 && !entry->predecessor_hash && !entry->nature;
    return entry->predecessor == last->number && text_equal(entry->predecessor_hash, last->data_hash) &&
           entry->edition == last->edition + 1 && entry->nature;
}

bool ledger_verify_chain(const char *folder, Arena *arena, FindingList *findings, size_t *editions)
{
    Ledger ledger;
    size_t errors = findings->errors;
    *editions = 0;
    if (!ledger_open(&ledger, folder, false, arena, findings))
        return false;
    for (size_t i = 0; i < ledger.count; i++) {
        const LedgerEntry *entry = &ledger.entries[i];
        check_file(&ledger, entry, entry->data, entry->data_hash, findings);
        check_file(&ledger, entry, entry->pdf, entry->pdf_hash, findings);
        if (!follows(&ledger, entry))
            finding_add(findings, MESSAGE_LEDGER_PREDECESSOR, (Place){0}, NULL, ledger_number(entry->number, arena),
                        NULL);
    }
    static const char *const ENDINGS[] = {"yaml", "pdf"};
    for (size_t i = 0; i < 2; i++) {
        const char *name = arena_printf(arena, "%04zu.%s", ledger.count + 1, ENDINGS[i]);
        if (file_exists(path_join(arena, folder, name)))
            finding_add(findings, MESSAGE_LEDGER_ORPHAN, (Place){0}, NULL, name, NULL);
    }
    *editions = ledger.count;
    ledger_close(&ledger);
    return findings->errors == errors;
}
