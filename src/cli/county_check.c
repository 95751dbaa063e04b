/* The manifest's entries and departments.yaml -> what does not agree over the county as a whole. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/county.h"

static Place place_of(const char *root, const char *file, Arena *arena)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){.name = root[0] ? path_join(arena, root, file) : file, .bytes = ""};
    return (Place){.source = source};
}

/* Whether `path`, told by the file `from`, is `file`: plain relative paths, as data files use them. */
static bool names_file(const char *from, const char *path, const char *file)
{
    const char *slash = strrchr(from, '/');
    size_t folder = slash ? (size_t)(slash - from) + 1 : 0;
    while (text_starts_with(path, "./"))
        path += 2;
    return strncmp(from, file, folder) == 0 && text_equal(file + folder, path);
}

bool county_is_replaced(const CountyNotices *notices, const ManifestEntry *entry)
{
    for (size_t i = 0; notices->corrected && i < notices->count; i++) {
        const ManifestEntry *other = notices->entries[i];
        if (other && other != entry && other->replaces && names_file(other->file, other->replaces, entry->file))
            return true;
    }
    return false;
}

/* ---- departments ------------------------------------------------------------------------------------------------- */

typedef struct Known {
    const char *department;
    const ManifestEntry *entry;
    bool listed;
} Known;

static int compare_known(const void *a, const void *b)
{
    const Known *left = a, *right = b;
    int order = strcmp(left->department, right->department);
    return order ? order : strcmp(left->entry->file, right->entry->file);
}

static int compare_name(const void *name, const void *known)
{
    return strcmp(name, ((const Known *)known)->department);
}

typedef struct Check {
    const CountyNotices *notices;
    Arena *arena;
    FindingList *findings;
    Known *known; /* sorted by department; editions that were replaced are left out */
    size_t known_count;
    bool complete; /* all notices' data could be read */
} Check;

static void check_twice(Check *check)
{
    for (size_t i = 1; i < check->known_count; i++) {
        if (!text_equal(check->known[i].department, check->known[i - 1].department) ||
            !check->known[i].entry->department || !check->known[i - 1].entry->department)
            continue;
        Finding *finding = finding_add(check->findings, MESSAGE_COUNTY_TWICE,
                                       place_of(check->notices->root, check->known[i].entry->file, check->arena), NULL,
                                       check->known[i].department, NULL);
        finding_relate(check->findings, finding, MESSAGE_COUNTY_TWICE_FIRST,
                       place_of(check->notices->root, check->known[i - 1].entry->file, check->arena), NULL);
    }
}

static void check_listed(Check *check, const Value *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const Value *item = list->items[i];
        const char *name = value_text(item->kind == VALUE_MAP ? value_get(item, "部门") : item);
        if (!name)
            continue;
        Known *known = check->known_count == 0
                           ? NULL
                           : bsearch(name, check->known, check->known_count, sizeof *check->known, compare_name);
        if (!known)
            finding_add(check->findings, MESSAGE_COUNTY_MISSING, item->place, NULL, name, NULL);
        else if (!known->entry->done)
            finding_add(check->findings, MESSAGE_COUNTY_FAILED, item->place, NULL, name, NULL);
        for (size_t k = 0; known && k < check->known_count; k++)
            check->known[k].listed |= text_equal(check->known[k].department, name);
    }
    for (size_t i = 0; i < check->known_count; i++)
        if (!check->known[i].listed && check->known[i].entry->department)
            finding_add(check->findings, MESSAGE_COUNTY_EXTRA,
                        place_of(check->notices->root, check->known[i].entry->file, check->arena), NULL,
                        check->known[i].department, NULL);
}

static void check_sum(Check *check, const Value *wanted)
{
    const char *text = value_text(wanted);
    Decimal total, figure, sum = {.places = 2}, difference;
    bool found = false, exact = true;
    if (!text || decimal_parse(text, wanted->len, &total) != DECIMAL_OK) {
        finding_add(check->findings, MESSAGE_COUNTY_AMOUNT, wanted->place, NULL, text ? text : "", NULL);
        return;
    }
    for (size_t i = 0; i < check->known_count; i++) {
        const ManifestEntry *entry = check->known[i].entry;
        found |= json_get(json_get(entry->json, "figures"), wanted->key) != NULL;
        if (county_figure(entry, wanted->key, &figure))
            exact &= decimal_add(sum, figure, &sum);
    }
    if (!found) {
        finding_add(check->findings, MESSAGE_COUNTY_SUM_UNKNOWN, wanted->key_place, NULL, wanted->key, NULL);
    } else if (!exact || decimal_compare(sum, total) != 0) {
        if (!decimal_subtract(total, sum, &difference))
            difference = total;
        if (difference.micro < 0)
            difference = decimal_negate(difference);
        finding_add(check->findings, MESSAGE_COUNTY_SUM, wanted->place, NULL, wanted->key, text,
                    decimal_text(sum, check->arena), decimal_text(difference, check->arena), NULL);
    }
}

static void check_departments(Check *check)
{
    if (!check->notices->departments)
        return;
    const Value *yaml = yaml_load(check->notices->departments, &YAML_LIMITS_DEFAULT, check->arena, check->findings);
    const Value *list = value_get(yaml, "名单"), *totals = value_get(yaml, "合计");
    if (!yaml)
        return;
    if (list && list->kind == VALUE_LIST)
        check_listed(check, list);
    else
        finding_add(check->findings, MESSAGE_COUNTY_LIST, yaml->place, NULL, NULL);
    /* With a notice that did not come out every sum would be wrong: that one has been told. */
    for (size_t i = 0; check->complete && totals && totals->kind == VALUE_MAP && i < totals->count; i++)
        check_sum(check, totals->items[i]);
}

/* ---- wording ----------------------------------------------------------------------------------------------------- */

typedef struct Said {
    const char *name, *hash, *file;
    uint32_t line;
    size_t order;
} Said;

static int compare_said(const void *a, const void *b)
{
    const Said *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    order = order ? order : strcmp(left->hash, right->hash);
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

static void tell_unlike(Check *check, const Said *said, const Said *most, size_t most_count)
{
    Source *own = arena_new_of(check->arena, Source), *other = arena_new_of(check->arena, Source);
    *own = (Source){.name = said->file, .bytes = ""};
    *other = (Source){.name = most->file, .bytes = ""};
    Finding *finding =
        finding_add(check->findings, MESSAGE_COUNTY_WORDING, (Place){.source = own, .line = said->line, .column = 1},
                    NULL, said->name, arena_printf(check->arena, "%zu", most_count), NULL);
    if (finding->related_count == 0)
        finding_relate(check->findings, finding, MESSAGE_COUNTY_WORDING_OTHER,
                       (Place){.source = other, .line = most->line, .column = 1}, NULL);
}

/* All that say one name: the wording most of them have is the county's; of as many, the one met first. */
static void check_name(Check *check, const Said *said, size_t count)
{
    const Said *most = NULL;
    size_t most_count = 0;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && text_equal(said[to].hash, said[from].hash); to++)
            ;
        if (to - from > most_count || (to - from == most_count && said[from].order < most->order)) {
            most = &said[from];
            most_count = to - from;
        }
    }
    for (size_t i = 0; i < count && most_count < count; i++)
        if (most && said[i].file && !text_equal(said[i].hash, most->hash))
            tell_unlike(check, &said[i], most, most_count);
}

static void check_wording(Check *check)
{
    ARRAY(Said) all = {0};
    for (size_t i = 0; i < check->known_count; i++) {
        const Json *wording = json_get(check->known[i].entry->json, "wording");
        for (const Json *item = wording && wording->kind == JSON_LIST ? wording->first : NULL; item;
             item = item->next) {
            if (json_count(item) != 4)
                continue;
            const Json *hash = item->first->next, *file = hash->next;
            if (item->first->kind == JSON_TEXT && hash->kind == JSON_TEXT)
                *array_push(check->arena, &all) =
                    (Said){item->first->text, hash->text, file->kind == JSON_TEXT ? file->text : NULL,
                           (uint32_t)file->next->number, all.count};
        }
    }
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_said);
    for (size_t from = 0, to; from < all.count; from = to) {
        for (to = from + 1; to < all.count && text_equal(all.items[to].name, all.items[from].name); to++)
            ;
        check_name(check, all.items + from, to - from);
    }
}

void county_check(const CountyNotices *notices, Arena *arena, FindingList *findings)
{
    Check check = {.notices = notices, .arena = arena, .findings = findings, .complete = true};
    check.known = arena_array_of(arena, Known, notices->count);
    for (size_t i = 0; i < notices->count; i++) {
        const ManifestEntry *entry = notices->entries[i];
        check.complete &= entry && entry->department;
        /* Data that could not be read most likely is the department's that its file is named after. */
        if (entry && !county_is_replaced(notices, entry))
            check.known[check.known_count++] =
                (Known){entry->department ? entry->department : path_stem(arena, entry->file), entry, false};
    }
    if (check.known_count > 0)
        qsort(check.known, check.known_count, sizeof *check.known, compare_known);
    check_twice(&check);
    check_departments(&check);
    check_wording(&check);
}
