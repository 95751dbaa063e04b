/* Feeds bytes to the reader of manifests, as one line and as the lines of a file. */
#include <string.h>

#include "cli/manifest.h"
#include "fuzz.h"

/* A tree is of the text: strings without NUL, depth and counts in reach. */
static void check_json(const Json *json, int depth)
{
    REQUIRE(depth <= 32);
    for (; json; json = json->next) {
        REQUIRE(json->kind != JSON_TEXT || json->text);
        REQUIRE(!json->text || strlen(json->text) < (size_t)1 << 30);
        check_json(json->first, depth + 1);
    }
}

static void check_entry(const ManifestEntry *entry)
{
    REQUIRE(entry->file && entry->output && entry->place);
    REQUIRE(entry->status >= 0 && entry->status <= 2);
    for (size_t i = 0; i < entry->input_count; i++)
        REQUIRE(!entry->inputs[i].path || strlen(entry->inputs[i].path) > 0 || entry->inputs[i].path[0] == '\0');
    check_json(entry->json, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    const char *text = size > 0 ? (const char *)data : "";
    const Json *whole = json_parse(text, size, arena);
    if (whole)
        check_json(whole, 0);
    /* What is left out can only make a text good that was not; never the other way round. */
    const Json *without = json_parse_without("findings", text, size, arena);
    REQUIRE(!whole || without);
    for (size_t at = 0; at < size;) {
        const char *stop = memchr(text + at, '\n', size - at);
        size_t len = stop ? (size_t)(stop - text) - at : size - at;
        const ManifestEntry *entry = manifest_entry(text + at, len, arena);
        if (entry)
            check_entry(entry);
        at += len + 1;
    }
    arena_free(arena);
    return 0;
}
