/* Reads a pack's rules.yaml into rules, and says what is wrong with it. */
#include <string.h>

#include "base/text.h"
#include "rules/rules_int.h"

typedef struct Loader {
    Rules *rules;
    const Value *patterns;
    FindingList *findings;
} Loader;

/* By RuleKind: the key that makes a rule one of this kind. */
static const char *const KIND_KEYS[RULE_KIND_COUNT] = {"formula",  "find",      "names",  "pairs",
                                                       "repeated", "numbering", "similar"};

static const char *const RULE_KEYS[] = {
    "id",        "title",    "severity", "for",      "each",     "match",  "let",      "when",    "formula",
    "tolerance", "at",       "find",     "in",       "not",      "unless", "replace",  "suggest", "names",
    "bodies",    "shortest", "longest",  "distinct", "distance", "pairs",  "repeated", "by",      "ignore",
    "numbering", "pattern",  "similar",  "message",  "help",     "source", "example",  NULL};
static const char *const FILE_KEYS[] = {"rules", "patterns", "not-text", NULL};

static void fail(const Loader *loader, MessageId id, const Value *at, const char *text)
{
    finding_add(loader->findings, id, at->place, NULL, text, NULL);
}

static void check_keys(const Loader *loader, const Value *map, const char *const *keys)
{
    for (size_t i = 0; i < map->count; i++) {
        const char *key = map->items[i]->key, *nearest = NULL;
        size_t best = 3;
        bool known = false;
        for (size_t k = 0; keys[k] && !known; k++)
            known = text_equal(key, keys[k]);
        for (size_t k = 0; keys[k] && !known; k++) {
            size_t distance = text_distance(key, keys[k], best);
            if (distance < best) {
                best = distance;
                nearest = keys[k];
            }
        }
        if (!known) {
            Finding *finding =
                finding_add(loader->findings, MESSAGE_RULE_KEY, map->items[i]->key_place, NULL, key, NULL);
            finding->suggestion = nearest;
        }
    }
}

static const Formula *parse_text(const Loader *loader, const char *text, size_t len, Place place)
{
    Formula *formula = formula_parse(text, len, place, loader->rules->arena, loader->findings);
    return formula && formula_check(formula, loader->rules->names, loader->findings) ? formula : NULL;
}

static const Formula *parse_formula(const Loader *loader, const Value *value)
{
    if (!value) {
        return NULL;
    }
    if (value->kind != VALUE_TEXT) {
        fail(loader, MESSAGE_RULE_WANTS_TEXT, value, value->key ? value->key : "");
        return NULL;
    }
    return parse_text(loader, value->text, value->len, value->place);
}

/* A pattern's text, or the name of one of `patterns`. */
static const char *pattern_text(const Loader *loader, const Value *value)
{
    const char *text = value_text(value);
    const Value *named = value_get(loader->patterns, text);
    return named && named->text ? named->text : text;
}

static Regex *parse_regex(const Loader *loader, const Value *value)
{
    Arena *arena = loader->rules->arena;
    const char *text = pattern_text(loader, value), *error = NULL;
    size_t offset = 0;
    if (!text) {
        fail(loader, MESSAGE_RULE_WANTS_TEXT, value, value->key ? value->key : "");
        return NULL;
    }
    Regex *regex = regex_compile(text, REGEX_SPACED | REGEX_FAST, arena, &error, &offset);
    if (!regex) {
        const Value *named = value_get(loader->patterns, value->text);
        Place place = named ? named->place : value_text_place(value, offset, 1);
        finding_add(loader->findings, MESSAGE_RULE_PATTERN, place, NULL, error, NULL);
        return NULL;
    }
    *array_push(arena, &loader->rules->regexes) = regex;
    return regex;
}

/* One or a list of them: calls `take` for each scalar. */
static const Value *one_of(const Value *value, size_t index)
{
    if (!value || value->kind != VALUE_LIST) {
        return index == 0 ? value : NULL;
    }
    return index < value->count ? value->items[index] : NULL;
}

static void parse_formulas(const Loader *loader, const Value *value, FormulaArray *out)
{
    const Value *item;
    for (size_t i = 0; (item = one_of(value, i)) != NULL; i++) {
        const Formula *formula = parse_formula(loader, item);
        if (formula) {
            out->items =
                array_reserve(loader->rules->arena, out->items, out->count, &out->capacity, sizeof *out->items);
            out->items[out->count++] = formula;
        }
    }
}

static void parse_regexes(const Loader *loader, const Value *value, RegexArray *out)
{
    const Value *item;
    for (size_t i = 0; (item = one_of(value, i)) != NULL; i++) {
        const Regex *regex = parse_regex(loader, item);
        if (regex) {
            out->items =
                array_reserve(loader->rules->arena, out->items, out->count, &out->capacity, sizeof *out->items);
            out->items[out->count++] = regex;
        }
    }
}

/* For the patterns that parse_regexes gave; they mean nothing when one of them was not good. */
static Screen *parse_screens(const Loader *loader, const Value *value, size_t count)
{
    Screen *screens = arena_array_of(loader->rules->arena, Screen, count);
    for (size_t i = 0; i < count; i++) {
        const char *text = pattern_text(loader, one_of(value, i));
        screens[i] = text ? screen_read(text) : (Screen){0};
    }
    return screens;
}

static Phrase parse_phrase(const Loader *loader, const Value *value)
{
    ARRAY(Piece) pieces = {0};
    Arena *arena = loader->rules->arena;
    const char *text = value_text(value);
    for (const char *at = text; at && *at;) {
        const char *open = strstr(at, "{{"), *close = open ? strstr(open, "}}") : NULL;
        size_t plain = close ? (size_t)(open - at) : strlen(at);
        if (plain) {
            *array_push(arena, &pieces) = (Piece){.text = arena_strndup(arena, at, plain)};
        }
        if (!close) {
            break;
        }
        size_t start = (size_t)(open - text) + 2, len = (size_t)(close - open) - 2;
        const Formula *formula = parse_text(loader, text + start, len, value_text_place(value, start, len));
        if (formula) {
            *array_push(arena, &pieces) = (Piece){.formula = formula};
        }
        at = close + 2;
    }
    return (Phrase){pieces.items, pieces.count};
}

static size_t parse_count(const Loader *loader, const Value *value, size_t otherwise)
{
    Decimal number;
    if (!value) {
        return otherwise;
    }
    if (value->kind != VALUE_TEXT || decimal_parse(value->text, value->len, &number) != DECIMAL_OK ||
        number.micro < 0 || number.micro % DECIMAL_ONE != 0) {
        fail(loader, MESSAGE_RULE_WANTS_COUNT, value, value->key);
        return otherwise;
    }
    return (size_t)(number.micro / DECIMAL_ONE);
}

static void parse_severity(const Loader *loader, const Value *map, RuleInfo *info)
{
    static const char *const NAMES[] = {"hint", "warning", "error"};
    const Value *value = value_get(map, "severity");
    const char *text = value_text(value);
    for (int i = SEVERITY_HINT; i <= SEVERITY_ERROR; i++) {
        if (text && strcmp(text, NAMES[i]) == 0) {
            info->severity = (Severity)i;
            return;
        }
    }
    info->off = text && strcmp(text, "off") == 0;
    if (!info->off) {
        fail(loader, MESSAGE_RULE_SEVERITY, value ? value : map, text ? text : "");
    }
}

/* A scalar, or the lines of a list. */
static const char *list_text(const Value *value, Arena *arena)
{
    const char *text = value_text(value);
    for (size_t i = 0; value && value->kind == VALUE_LIST && i < value->count; i++) {
        const char *item = value_text(value->items[i]);
        text = text ? arena_printf(arena, "%s\n%s", text, item ? item : "") : item;
    }
    return text;
}

static void parse_info(const Loader *loader, const Value *map, Rule *rule)
{
    Arena *arena = loader->rules->arena;
    RuleInfo *info = &rule->info;
    info->place = map->place;
    info->id = value_text(value_get(map, "id"));
    info->title = value_text(value_get(map, "title"));
    info->kind = KIND_KEYS[rule->kind];
    info->check = list_text(value_get(map, KIND_KEYS[rule->kind]), arena);
    info->loop = list_text(value_get(map, "for"), arena);
    info->each = list_text(value_get(map, "each"), arena);
    info->when = value_text(value_get(map, "when"));
    info->tolerance = value_text(value_get(map, "tolerance"));
    info->message = value_text(value_get(map, "message"));
    info->source = value_text(value_get(map, "source"));
    info->example = value_text(value_get(map, "example"));
    parse_severity(loader, map, info);
    if (!info->id || !info->id[0] || strpbrk(info->id, " \t\n")) {
        fail(loader, MESSAGE_RULE_NO_ID, map, "");
        info->id = "?";
    } else if (rules_find(loader->rules, info->id) || strcmp(info->id, RULE_ROUNDING) == 0) {
        fail(loader, MESSAGE_RULE_ID_TWICE, value_get(map, "id"), info->id);
    }
    if (!info->title || !info->title[0]) {
        fail(loader, MESSAGE_RULE_NO_TITLE, map, info->id);
        info->title = info->id;
    }
}

static void parse_matches(const Loader *loader, const Value *map, Rule *rule)
{
    const Value *match = value_get(map, "match"), *let = value_get(map, "let"), *replace = value_get(map, "replace");
    Arena *arena = loader->rules->arena;
    for (size_t i = 0; match && match->kind == VALUE_MAP && i < match->count; i++) {
        const Value *item = match->items[i];
        const Formula *subject = parse_text(loader, item->key, strlen(item->key), item->key_place);
        const Regex *regex = parse_regex(loader, item);
        if (subject && regex) {
            *array_push(arena, &rule->matches) = (Match){subject, regex};
        }
    }
    for (size_t i = 0; let && let->kind == VALUE_MAP && i < let->count; i++) {
        const Formula *formula = parse_formula(loader, let->items[i]);
        if (formula) {
            *array_push(arena, &rule->lets) = (Named){let->items[i]->key, formula};
        }
    }
    for (size_t i = 0; replace && replace->kind == VALUE_MAP && i < replace->count; i++) {
        const char *to = value_text(replace->items[i]);
        *array_push(arena, &rule->swaps) = (Swap){replace->items[i]->key, to ? to : ""};
    }
}

static void parse_sets(const Loader *loader, const Value *value, Rule *rule)
{
    const Value *item;
    for (size_t i = 0; (item = one_of(value, i)) != NULL; i++) {
        if (item->kind == VALUE_TEXT) {
            CodeSet *set = array_push(loader->rules->arena, &rule->sets);
            set->codes = utf8_to_codes(loader->rules->arena, item->text, item->len, &set->count);
        }
    }
}

static bool names_last_year(const Formula *formula, Arena *arena)
{
    size_t count = 0;
    const FormulaPath *paths = formula ? formula_paths(formula, arena, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (!paths[i].current && paths[i].count > 0 && text_equal(paths[i].steps[0], NAME_LAST_YEAR)) {
            return true;
        }
    }
    return false;
}

static bool asks_last_year(const Rule *rule, Arena *arena)
{
    bool found = names_last_year(rule->when, arena) || names_last_year(rule->formula, arena);
    for (size_t i = 0; i < rule->lets.count; i++) {
        found = found || names_last_year(rule->lets.items[i].formula, arena);
    }
    for (size_t i = 0; i < rule->loops.count; i++) {
        found = found || names_last_year(rule->loops.items[i], arena);
    }
    return found;
}

static void parse_check(const Loader *loader, const Value *map, Rule *rule)
{
    const Value *check = value_get(map, KIND_KEYS[rule->kind]);
    switch (rule->kind) {
    case RULE_FORMULA:
        rule->formula = parse_formula(loader, check);
        if (rule->formula) {
            formula_sides(rule->formula, loader->rules->arena, &rule->left, &rule->right, &rule->sign);
        }
        break;
    case RULE_FIND:
        parse_regexes(loader, check, &rule->finds);
        rule->screens = parse_screens(loader, check, rule->finds.count);
        break;
    case RULE_NAMES:
    case RULE_SIMILAR:
        parse_formulas(loader, check, &rule->names);
        parse_sets(loader, value_get(map, "distinct"), rule);
        break;
    case RULE_PAIRS:
        parse_sets(loader, check, rule);
        break;
    case RULE_NUMBERING:
        parse_regexes(loader, value_get(map, "pattern"), &rule->finds);
        parse_formulas(loader, check, &rule->names);
        break;
    case RULE_REPEATED:
        parse_formulas(loader, check, &rule->names);
        break;
    case RULE_KIND_COUNT:
        break;
    }
    size_t wanted = rule->kind == RULE_SIMILAR ? 2 : 1;
    bool patterned = rule->kind == RULE_FIND || rule->kind == RULE_NUMBERING, paired = rule->kind == RULE_PAIRS;
    if ((patterned && rule->finds.count == 0) || (paired && rule->sets.count == 0) ||
        (!patterned && !paired && rule->kind != RULE_FORMULA && rule->names.count < wanted)) {
        fail(loader, MESSAGE_RULE_INCOMPLETE, check, rule->info.id);
    }
}

static void load_rule(const Loader *loader, const Value *map)
{
    Arena *arena = loader->rules->arena;
    if (map->kind != VALUE_MAP) {
        fail(loader, MESSAGE_RULE_WANTS_MAP, map, "");
        return;
    }
    check_keys(loader, map, RULE_KEYS);
    Rule *rule = arena_new_of(arena, Rule);
    size_t kinds = 0;
    for (int i = 0; i < RULE_KIND_COUNT; i++) {
        if (value_get(map, KIND_KEYS[i])) {
            rule->kind = (RuleKind)i;
            kinds++;
        }
    }
    if (kinds != 1) {
        const char *id = value_text(value_get(map, "id"));
        fail(loader, MESSAGE_RULE_KIND, map, id ? id : "?");
        return;
    }
    parse_info(loader, map, rule);
    parse_formulas(loader, value_get(map, "for"), &rule->loops);
    parse_formulas(loader, value_get(map, "each"), &rule->inner);
    parse_matches(loader, map, rule);
    rule->when = parse_formula(loader, value_get(map, "when"));
    rule->at = parse_formula(loader, value_get(map, "at"));
    rule->tolerance = parse_formula(loader, value_get(map, "tolerance"));
    rule->unless = parse_formula(loader, value_get(map, "unless"));
    rule->by = parse_formula(loader, value_get(map, "by"));
    rule->message = parse_phrase(loader, value_get(map, "message"));
    rule->help = parse_phrase(loader, value_get(map, "help"));
    rule->suggest = parse_phrase(loader, value_get(map, "suggest"));
    rule->own_suggestion = value_get(map, "suggest") != NULL;
    rule->has_in = value_get(map, "in") != NULL;
    parse_formulas(loader, value_get(map, "in"), &rule->in);
    parse_regexes(loader, value_get(map, "not"), &rule->nots);
    rule->ignore = value_get(map, "ignore") ? parse_regex(loader, value_get(map, "ignore")) : NULL;
    parse_formulas(loader, value_get(map, "bodies"), &rule->bodies);
    rule->shortest = parse_count(loader, value_get(map, "shortest"), 0);
    rule->longest = parse_count(loader, value_get(map, "longest"), SIZE_MAX);
    rule->distance = parse_count(loader, value_get(map, "distance"), 2);
    parse_check(loader, map, rule);
    rule->needs_last = asks_last_year(rule, arena);
    *array_push(arena, &loader->rules->items) = rule;
}

Rules *rules_load(const Value *yaml, const FormulaNames *names, Arena *arena, FindingList *findings)
{
    static const char DIFFERENCE[] = "ABS(ROUND(" NAME_LEFT " - " NAME_RIGHT ", 6))";
    size_t errors = findings->errors;
    Rules *rules = arena_new_of(arena, Rules);
    rules->arena = arena;
    rules->names = names;
    Loader loader = {rules, value_get(yaml, "patterns"), findings};
    const Value *list = value_get(yaml, "rules"), *no_text = value_get(yaml, "not-text");
    if (!list || list->kind != VALUE_LIST) {
        fail(&loader, MESSAGE_RULE_NO_LIST, yaml, "");
        return NULL;
    }
    check_keys(&loader, yaml, FILE_KEYS);
    rules->difference = parse_text(&loader, DIFFERENCE, sizeof DIFFERENCE - 1, yaml->place);
    for (size_t i = 0; no_text && no_text->kind == VALUE_LIST && i < no_text->count; i++) {
        *array_push(arena, &rules->no_text) = value_text(no_text->items[i]);
    }
    for (size_t i = 0; i < list->count; i++) {
        load_rule(&loader, list->items[i]);
    }
    if (findings->errors > errors) {
        rules_free(rules);
        return NULL;
    }
    return rules;
}

void rules_free(Rules *rules)
{
    for (size_t i = 0; rules && i < rules->regexes.count; i++) {
        regex_free(rules->regexes.items[i]);
    }
}
