/* Turns a YAML map into named formulas, finds them by name, and says which name was meant. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/formula_int.h"

#define NEAREST_CANDIDATES 1000 /* of one map: a suggestion is not worth more */

uint64_t text_hash(const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    }
    return hash ^ hash >> 32;
}

/* The slot of the name, or the empty one where it belongs. */
static uint32_t *names_slot(const FormulaNames *names, const char *name)
{
    size_t at = text_hash(name) & (names->slot_count - 1);
    while (names->slots[at] && strcmp(names->entries.items[names->slots[at] - 1]->name, name) != 0) {
        at = (at + 1) & (names->slot_count - 1);
    }
    return &names->slots[at];
}

const NamedFormula *names_find(const FormulaNames *names, const char *name)
{
    if (names == NULL || names->slot_count == 0) {
        return NULL;
    }
    uint32_t slot = *names_slot(names, name);
    return slot ? names->entries.items[slot - 1] : NULL;
}

static void names_add(FormulaNames *names, NamedFormula *entry)
{
    *array_push(names->arena, &names->entries) = entry;
    if (names->entries.count * 2 <= names->slot_count) {
        *names_slot(names, entry->name) = (uint32_t)names->entries.count;
        return;
    }
    names->slot_count = names->slot_count ? names->slot_count * 2 : 64;
    names->slots = arena_array_of(names->arena, uint32_t, names->slot_count);
    for (size_t i = 0; i < names->entries.count; i++) {
        *names_slot(names, names->entries.items[i]->name) = (uint32_t)i + 1;
    }
}

void formula_names_allow(FormulaNames *names, const char *name)
{
    if (names_find(names, name) == NULL) {
        NamedFormula *entry = arena_new_of(names->arena, NamedFormula);
        entry->name = arena_strdup(names->arena, name);
        names_add(names, entry);
    }
}

/* `name` or `name(x, y)`; false with a finding. */
static bool parse_head(const Value *member, NamedFormula *entry, Arena *arena, FindingList *findings)
{
    Formula head = {.text = member->key, .len = strlen(member->key), .place = member->key_place};
    Lexer lexer = {.formula = &head, .arena = arena, .findings = findings};
    ARRAY(const char *) parameters = {0};
    Token name = lexer_next(&lexer), token = lexer_next(&lexer);
    bool good = name.kind == TOKEN_NAME && !text_ends_with(name.text, "\uFF09"); /* ） */
    if (good && token.kind == TOKEN_OPEN) {
        do {
            token = lexer_next(&lexer);
            good = good && token.kind == TOKEN_NAME;
            for (size_t i = 0; good && i < parameters.count; i++) {
                if (text_equal(parameters.items[i], token.text)) {
                    Place place = formula_place(&head, token.offset, token.length);
                    finding_add(findings, MESSAGE_FORMULA_PARAMETER_TWICE, place, member->path, token.text, NULL);
                    return false;
                }
            }
            *array_push(arena, &parameters) = token.text;
            token = lexer_next(&lexer);
        } while (good && token.kind == TOKEN_COMMA);
        good = good && token.kind == TOKEN_CLOSE;
        token = lexer_next(&lexer);
    }
    if (!lexer.failed && (!good || token.kind != TOKEN_END)) {
        finding_add(findings, MESSAGE_FORMULA_NAME_FORM, member->key_place, member->path, member->key, NULL);
    }
    entry->name = name.text;
    entry->parameters = parameters.items;
    entry->count = parameters.count;
    entry->place = member->key_place;
    return good && !lexer.failed && token.kind == TOKEN_END;
}

static void load_one(FormulaNames *names, const Value *member, Arena *arena, FindingList *findings)
{
    NamedFormula *entry = arena_new_of(arena, NamedFormula);
    if (!parse_head(member, entry, arena, findings)) {
        return;
    }
    const NamedFormula *earlier = names_find(names, entry->name);
    if (function_find(entry->name)) {
        finding_add(findings, MESSAGE_FORMULA_NAME_TAKEN, member->key_place, member->path, entry->name, NULL);
    } else if (earlier) {
        Finding *finding =
            finding_add(findings, MESSAGE_FORMULA_NAME_TWICE, member->key_place, member->path, entry->name, NULL);
        finding_relate(findings, finding, MESSAGE_FORMULA_FIRST_HERE, earlier->place, NULL);
    } else if (member->kind != VALUE_TEXT) {
        finding_add(findings, MESSAGE_FORMULA_NAME_VALUE, member->key_place, member->path, entry->name, NULL);
    } else {
        entry->body = formula_parse(member->text, member->len, member->place, arena, findings);
        if (entry->body) {
            names_add(names, entry);
        }
    }
}

FormulaNames *formula_names_load(const Value *map, Arena *arena, FindingList *findings)
{
    FormulaNames *names = arena_new_of(arena, FormulaNames);
    names->arena = arena;
    if (map == NULL || map->kind == VALUE_NULL) {
        return names;
    }
    if (map->kind != VALUE_MAP) {
        finding_add(findings, MESSAGE_FORMULA_NAMES_KIND, map->place, map->path, NULL);
        return names;
    }
    size_t errors = findings->errors;
    for (size_t i = 0; i < map->count; i++) {
        load_one(names, map->items[i], arena, findings);
    }
    /* When some were left out, calls of them are not worth a finding each. */
    for (size_t i = 0; findings->errors == errors && i < names->entries.count; i++) {
        formula_check(names->entries.items[i]->body, names, findings);
    }
    return names;
}

/* ---- did you mean ---- */

typedef struct Nearest {
    const char *name; /* what was written */
    const char *best;
    size_t distance; /* only what is nearer is better */
} Nearest;

static Nearest nearest_begin(const char *name)
{
    size_t count = utf8_count(name, strlen(name));
    size_t most = count < 2 ? 0 : count < 6 ? 1 : count / 3;
    return (Nearest){.name = name, .distance = most + 1};
}

static void nearest_try(Nearest *nearest, const char *candidate)
{
    size_t distance = text_distance(nearest->name, candidate, nearest->distance);
    if (distance < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}

const char *nearest_name(const char *name, const Scope *scope, const FormulaNames *names)
{
    Nearest nearest = nearest_begin(name);
    for (; scope; scope = scope->outer) {
        const Value *map = scope_map(scope);
        for (size_t i = 0; map && i < map->count && i < NEAREST_CANDIDATES; i++) {
            nearest_try(&nearest, map->items[i]->key);
        }
        if (scope->name) {
            nearest_try(&nearest, scope->name);
        }
    }
    for (size_t i = 0; names && i < names->entries.count; i++) {
        nearest_try(&nearest, names->entries.items[i]->name);
    }
    return nearest.best;
}

static char *upper_case(Arena *arena, const char *name)
{
    char *upper = arena_strdup(arena, name);
    for (char *at = upper; *at != '\0'; at++) {
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    }
    return upper;
}

const char *nearest_function(const char *name, const FormulaNames *names, Arena *arena)
{
    Nearest nearest = nearest_begin(upper_case(arena, name));
    size_t count;
    const FormulaFunction *functions = formula_functions(&count);
    for (size_t i = 0; i < count; i++) {
        nearest_try(&nearest, functions[i].name);
    }
    nearest.name = name;
    for (size_t i = 0; names && i < names->entries.count; i++) {
        if (names->entries.items[i]->body) {
            nearest_try(&nearest, names->entries.items[i]->name);
        }
    }
    return nearest.best;
}
