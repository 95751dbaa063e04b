/* Turns any bytes into a tree, a checked tree and a dump, for a fuzzer to find what crashes or hangs.
 *
 *   clang -fsanitize=fuzzer,address,undefined -Isrc ...          libFuzzer
 *   gcc -DFUZZ_MAIN ... && fuzz_yaml FILE...                      once over each file
 *
 * With FUZZ_MAIN and -m N each file is also mutated N times by a small generator of its own, the same each run. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char schema_yaml[] =
    "type: object\n"
    "required: [a, b]\n"
    "additionalProperties: false\n"
    "patternProperties: {'^x.*[0-9]+$': {type: number}}\n"
    "properties:\n"
    "  a: {format: amount, minimum: 0}\n"
    "  b: {type: array, x-identity: a, items: {$ref: '#'}}\n"
    "  c: {anyOf: [{type: string, enum: [one, two]}, {type: array, items: {$ref: '#/properties/c'}}, {$ref: '#'}]}\n"
    "  d: {format: date}\n"
    "  e: {type: [boolean, integer]}\n"
    "  f: {format: amount, x-formula: a + SUM(b.a)}\n"
    "  g: {type: string, maxLength: 3, pattern: '^(a|b)*$', default: ab}\n";

/* Every path must lead back to its value. Linear searches in lists make this quadratic, so only small trees. */
static void check_paths(const Value *root, const Value *value)
{
    const Value *found = value_at(root, value->path);
    if (found != value) {
        fprintf(stderr, "path leads elsewhere: %s\n", value->path);
        abort();
    }
    for (size_t i = 0; i < value->count; i++) {
        check_paths(root, value->items[i]);
    }
}

static void run(const Source *source, Arena *arena)
{
    YamlLimits limits = YAML_LIMITS_DEFAULT;
    limits.nodes = 20000;
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Value *root = yaml_parse(source, &limits, arena, &findings);
    if (root == NULL) {
        assert(findings.errors > 0 && "nothing is refused without a word");
        return;
    }
    static const Source schema_source = {"schema.yaml", schema_yaml, sizeof schema_yaml - 1};
    Schema *schema = schema_load(yaml_parse(&schema_source, &YAML_LIMITS_DEFAULT, arena, &findings), arena, &findings);
    assert(schema != NULL);
    schema_check(schema, root, arena, &findings);
    data_compute(schema, root, arena, &findings);
    if (source->len < 2000) {
        check_paths(root, root);
    }
    Buffer dump = {0};
    value_dump(root, &dump);
    buffer_release(&dump);
    for (size_t i = 0; i < findings.count; i++) {
        const Place *place = &findings.items[i]->place;
        assert(place->source == NULL || place->offset + place->length <= place->source->len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Source source = {"fuzz.yaml", arena_strndup(arena, (const char *)data, size), size};
    run(&source, arena);
    arena_free(arena);
    return 0;
}

#ifdef FUZZ_MAIN
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Changes a few places: a byte, a piece taken out, a piece copied, a piece of syntax put in. */
static size_t mutate(uint8_t *bytes, size_t len, size_t capacity, uint32_t *state)
{
    static const char *const pieces[] = {
        ": ",           "- ", "\n",     "\n  ", "{",   "}",      "[",     "]",   ", ",
        "\"",           "'",  "&a ",    "*a",   "#",   "|\n",    ">\n",   "? ",  "\xEF\xBC\x9A",
        "\xEF\xBC\x8C", "\t", "!!str ", "<<: ", "a: ", "b:\n- ", "---\n", "\\0", "%"};
    for (uint32_t n = next_random(state) % 4 + 1; n > 0 && len > 0; n--) {
        size_t at = next_random(state) % len, span = next_random(state) % 20 + 1;
        span = span > len - at ? len - at : span;
        const char *piece = pieces[next_random(state) % (sizeof pieces / sizeof *pieces)];
        size_t piece_len = strlen(piece);
        switch (next_random(state) % 4) {
        case 0:
            bytes[at] = (uint8_t)next_random(state);
            break;
        case 1:
            memmove(bytes + at, bytes + at + span, len - at - span);
            len -= span;
            break;
        case 2:
            if (len + span <= capacity) {
                memmove(bytes + at + span, bytes + at, len - at);
                len += span;
            }
            break;
        default:
            if (len + piece_len <= capacity) {
                memmove(bytes + at + piece_len, bytes + at, len - at);
                memcpy(bytes + at, piece, piece_len);
                len += piece_len;
            }
            break;
        }
    }
    return len;
}

int main(int argc, char **argv)
{
    long rounds = 0;
    uint32_t state = 2020;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-m") == 0 && i + 1 < argc) {
            rounds = strtol(argv[++i], NULL, 10);
            continue;
        }
        Arena *arena = arena_new();
        char *bytes;
        size_t len;
        if (file_read(arena, argv[i], (size_t)64 << 20, &bytes, &len) != FILE_OK) {
            perror(argv[i]);
            return 2;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, len);
        size_t capacity = len * 2 + 64;
        uint8_t *copy = arena_alloc(arena, capacity);
        for (long round = 0; round < rounds; round++) {
            memcpy(copy, bytes, len);
            LLVMFuzzerTestOneInput(copy, mutate(copy, len, capacity, &state));
        }
        arena_free(arena);
    }
    return 0;
}
#endif
