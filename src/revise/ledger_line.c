/* An edition -> its line of JSON in the ledger, and back (JSON is YAML). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "revise/ledger_int.h"

const char *ledger_number(int64_t number, Arena *arena)
{
    return arena_printf(arena, "%" PRId64, number);
}

typedef struct TextField {
    const char *name;
    size_t offset;
} TextField;

/* In the order of the line; the numbers go before. */
static const TextField TEXTS[] = {
    {"region", offsetof(LedgerEntry, region)},
    {"department", offsetof(LedgerEntry, department)},
    {"nature", offsetof(LedgerEntry, nature)},
    {"date", offsetof(LedgerEntry, date)},
    {"reason", offsetof(LedgerEntry, reason)},
    {"data", offsetof(LedgerEntry, data)},
    {"data_sha256", offsetof(LedgerEntry, data_hash)},
    {"pdf", offsetof(LedgerEntry, pdf)},
    {"pdf_sha256", offsetof(LedgerEntry, pdf_hash)},
    {"content_sha256", offsetof(LedgerEntry, content_hash)},
    {"predecessor_data_sha256", offsetof(LedgerEntry, predecessor_hash)},
    {"program", offsetof(LedgerEntry, program)},
    {"pack", offsetof(LedgerEntry, pack)},
    {"pack_version", offsetof(LedgerEntry, pack_version)},
    {"pack_sha256", offsetof(LedgerEntry, pack_hash)},
    {"fonts_sha256", offsetof(LedgerEntry, fonts_hash)},
    {"source_date_epoch", offsetof(LedgerEntry, epoch)},
    {"published", offsetof(LedgerEntry, published)},
};
static const TextField NUMBERS[] = {
    {"number", offsetof(LedgerEntry, number)},   {"year", offsetof(LedgerEntry, year)},
    {"edition", offsetof(LedgerEntry, edition)}, {"pages", offsetof(LedgerEntry, pages)},
    {"stable", offsetof(LedgerEntry, stable)},   {"predecessor", offsetof(LedgerEntry, predecessor)},
};

#define TEXT_AT(entry, field)   (*(const char **)(void *)((char *)(entry) + (field).offset))
#define NUMBER_AT(entry, field) (*(int64_t *)(void *)((char *)(entry) + (field).offset))

void ledger_line_put(const LedgerEntry *entry, const char *before, Buffer *out)
{
    LedgerEntry *from = (LedgerEntry *)entry;
    buffer_text(out, "{");
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        buffer_printf(out, "%s\"%s\": %" PRId64, i > 0 ? ", " : "", NUMBERS[i].name, NUMBER_AT(from, NUMBERS[i]));
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        buffer_printf(out, ", \"%s\": ", TEXTS[i].name);
        json_put_text(out, TEXT_AT(from, TEXTS[i]));
    }
    buffer_text(out, ", \"line_before_sha256\": ");
    json_put_text(out, before);
    buffer_text(out, "}");
}

static bool is_name(const char *name)
{
    return name && *name && *name != '.' && !strchr(name, '/');
}

bool ledger_line_read(const char *line, size_t len, LedgerEntry *entry, const char **before, Arena *arena)
{
    FindingList quiet;
    finding_list_init(&quiet, arena, LANGUAGE_EN);
    Source *source = arena_new_of(arena, Source);
    *source = (Source){LEDGER_FILE, line, len};
    const Value *map = yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, &quiet);
    if (!map || map->kind != VALUE_MAP || quiet.errors > 0)
        return false;
    *entry = (LedgerEntry){0};
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        const char *text = value_text(value_get(map, NUMBERS[i].name));
        if (!text || strspn(text, "0123456789") != strlen(text) || strlen(text) > 15 || !*text)
            return false;
        NUMBER_AT(entry, NUMBERS[i]) = strtoll(text, NULL, 10);
    }
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        TEXT_AT(entry, TEXTS[i]) = value_text(value_get(map, TEXTS[i].name));
    *before = value_text(value_get(map, "line_before_sha256"));
    return entry->number > 0 && entry->region && entry->department && is_name(entry->data) && is_name(entry->pdf) &&
           entry->data_hash && entry->pdf_hash;
}
