/* A pack's county.yaml, and a notice's data -> the notice's figures and wordings in the manifest. */
#include "cli/county.h"

#include <string.h>

#include "base/json.h"
#include "base/sha256.h"
#include "base/text.h"

#define WORDING_HEX 16 /* digits of a wording's hash: tells some hundred texts apart */

static const Formula *read_formula(const Value *value, const Pack *pack, Arena *arena, FindingList *findings)
{
    const char *text = value_text(value);
    if (!text)
        return NULL;
    Formula *formula = formula_parse(text, value->len, value_text_place(value, 0, value->len), arena, findings);
    return formula && formula_check(formula, pack_words(pack), findings) ? formula : NULL;
}

static const char *pack_folder(const Resources *resources, const Pack *pack)
{
    for (size_t i = 0; i < resources->packs.count; i++)
        if (resources->packs.items[i].pack == pack)
            return resources->packs.items[i].folder;
    return NULL;
}

static void read_named(const Value *map, CountyRules *rules, bool facts, Arena *arena, FindingList *findings)
{
    for (size_t i = 0; map && map->kind == VALUE_MAP && i < map->count; i++) {
        const Formula *formula = read_formula(map->items[i], rules->pack, arena, findings);
        CountyFigure named = {map->items[i]->key, formula};
        if (formula && facts)
            *array_push(arena, &rules->facts) = named;
        else if (formula)
            *array_push(arena, &rules->figures) = named;
    }
}

static void read_rules(const Value *yaml, CountyRules *rules, Arena *arena, FindingList *findings)
{
    const Value *wording = value_get(yaml, "wording");
    rules->total = value_text(value_get(yaml, "total"));
    rules->index = value_text(value_get(yaml, "index"));
    const char *unit = value_text(value_get(yaml, "unit"));
    rules->unit = unit ? unit : "";
    rules->scale = read_formula(value_get(yaml, "scale"), rules->pack, arena, findings);
    read_named(value_get(yaml, "figures"), rules, false, arena, findings);
    read_named(value_get(yaml, "facts"), rules, true, arena, findings);
    for (size_t i = 0; wording && wording->kind == VALUE_LIST && i < wording->count; i++) {
        const Value *item = wording->items[i];
        CountyWording found = {read_formula(value_get(item, "each"), rules->pack, arena, findings),
                               read_formula(value_get(item, "name"), rules->pack, arena, findings),
                               read_formula(value_get(item, "text"), rules->pack, arena, findings)};
        if (found.each && found.name && found.text)
            *array_push(arena, &rules->wording) = found;
    }
}

const CountyRules *county_rules(CountyBook *book, Resources *resources, const Pack *pack, FindingList *findings)
{
    for (size_t i = 0; i < book->items.count; i++)
        if (book->items.items[i]->pack == pack)
            return book->items.items[i];
    CountyRules *rules = arena_new_of(resources->arena, CountyRules);
    *rules = (CountyRules){.pack = pack, .unit = ""};
    const char *folder = pack_folder(resources, pack);
    const char *path = folder ? path_join(resources->arena, folder, "county.yaml") : NULL;
    if (path && file_exists(path)) {
        const Value *yaml = yaml_load(path, &YAML_LIMITS_DEFAULT, resources->arena, findings);
        if (yaml)
            read_rules(yaml, rules, resources->arena, findings);
    }
    *array_push(resources->arena, &book->items) = rules;
    return rules;
}

/* A number in the county's unit, with two places at least: amounts stand under one another. */
static const char *figure_text(const CountyRules *rules, const CountyFigure *figure, const Scope *scope, Arena *arena,
                               FindingList *findings)
{
    Term term, scale = {.kind = TERM_NUMBER, .number = decimal_from_int(1)};
    const FormulaNames *names = pack_words(rules->pack);
    if (!formula_eval(figure->formula, scope, names, arena, findings, &term) || term.kind != TERM_NUMBER)
        return NULL;
    if (rules->scale && !formula_eval(rules->scale, scope, names, arena, findings, &scale))
        return NULL;
    Decimal number;
    if (!decimal_multiply(term.number, scale.number, &number))
        number = decimal_from_int(0);
    number = decimal_trim(number);
    number.places = number.places < 2 ? 2 : number.places;
    return decimal_text(number, arena);
}

static void wording_append(const CountyRules *rules, const CountyWording *wording, const Scope *scope, Arena *arena,
                           FindingList *findings, Buffer *line)
{
    Term list;
    const FormulaNames *names = pack_words(rules->pack);
    if (!formula_eval(wording->each, scope, names, arena, findings, &list) || !term_is_list(&list))
        return;
    for (size_t i = 0; i < term_count(&list); i++) {
        Term item = term_item(&list, i);
        Scope inner = scope_item(&item, i + 1, term_count(&list), scope);
        const char *name, *text;
        if (!formula_print(wording->name, &inner, names, arena, findings, &name) ||
            !formula_print(wording->text, &inner, names, arena, findings, &text))
            continue;
        char hex[SHA256_HEX];
        sha256_hex_of(text, strlen(text), hex);
        const Place place = item.value ? item.value->place : (Place){0};
        buffer_text(line, text_ends_with((char[]){line->bytes[line->len - 1], '\0'}, "[") ? "[" : ",[");
        json_put_text(line, name);
        buffer_printf(line, ",\"%.*s\",", WORDING_HEX, hex);
        json_put_text(line, place.source ? place.source->name : NULL);
        buffer_printf(line, ",%u]", (unsigned)place.line);
    }
}

void county_append(const CountyRules *rules, const Value *data, Arena *arena, FindingList *findings, Buffer *line)
{
    Scope scope = {.value = data};
    buffer_text(line, ",\"figures\":{");
    for (size_t i = 0; i < rules->figures.count; i++) {
        const CountyFigure *figure = &rules->figures.items[i];
        buffer_text(line, i ? "," : "");
        json_put_text(line, figure->name);
        buffer_text(line, ":");
        json_put_text(line, figure_text(rules, figure, &scope, arena, findings));
    }
    buffer_text(line, "},\"facts\":{");
    for (size_t i = 0; i < rules->facts.count; i++) {
        const char *text = NULL;
        const CountyFigure *fact = &rules->facts.items[i];
        formula_print(fact->formula, &scope, pack_words(rules->pack), arena, findings, &text);
        buffer_text(line, i ? "," : "");
        json_put_text(line, fact->name);
        buffer_text(line, ":");
        json_put_text(line, text);
    }
    buffer_text(line, "},\"wording\":[");
    for (size_t i = 0; i < rules->wording.count; i++)
        wording_append(rules, &rules->wording.items[i], &scope, arena, findings, line);
    buffer_text(line, "]");
}

bool county_figure(const ManifestEntry *entry, const char *name, Decimal *out)
{
    const char *text = entry && name ? json_text(json_get(entry->json, "figures"), name) : NULL;
    return text && decimal_parse(text, strlen(text), out) == DECIMAL_OK;
}
