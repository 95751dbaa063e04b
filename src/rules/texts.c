/* Gathers the words a rule looks through: scalars that the notice itself gives, below some values or all. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "rules/rules_int.h"

void values_add(Values *values, const Value *value, Arena *arena)
{
    if (!value) {
        return;
    }
    for (size_t i = 0; i < values->count; i++) {
        if (values->items[i] == value) {
            return;
        }
    }
    values->items = array_reserve(arena, values->items, values->count, &values->capacity, sizeof *values->items);
    values->items[values->count++] = value;
}

/* The pack's own words are not the department's to change. */
static bool is_words(const Value *value)
{
    return value->kind == VALUE_TEXT && value->len > 0 && value->origin != ORIGIN_DEFAULT &&
           value->origin != ORIGIN_COMPUTED && (value->reading == READ_TEXT || value->reading == READ_NONE);
}

static bool is_no_text(const Run *run, const Value *value)
{
    if (value->parent != run->root || !value->key) {
        return false;
    }
    for (size_t i = 0; i < run->rules->no_text.count; i++) {
        if (text_equal(run->rules->no_text.items[i], value->key)) {
            return true;
        }
    }
    return false;
}

/* A walk meets every value once: no need to look whether it is there. */
static void gather(const Run *run, const Value *value, Values *out, Arena *arena)
{
    if (!value || is_no_text(run, value)) {
        return;
    }
    if (is_words(value)) {
        out->items = array_reserve(arena, out->items, out->count, &out->capacity, sizeof *out->items);
        out->items[out->count++] = value;
    }
    for (size_t i = 0; value->kind != VALUE_TEXT && i < value->count; i++) {
        gather(run, value->items[i], out, arena);
    }
}

Values case_texts(Case *one)
{
    Run *run = one->run;
    const Rule *rule = one->rule;
    Values found = {0};
    if (!rule->has_in) {
        if (run->texts.count == 0) {
            gather(run, run->root, &run->texts, run->arena);
        }
        return run->texts;
    }
    for (size_t i = 0; i < rule->in.count; i++) {
        Term term;
        if (!case_eval(one, rule->in.items[i], &term, NULL)) {
            break;
        }
        if (term.value) {
            gather(run, term.value, &found, run->scratch);
        }
        for (size_t k = 0; !term.value && term_is_list(&term) && k < term_count(&term); k++) {
            Term item = term_item(&term, k);
            gather(run, item.value, &found, run->scratch);
        }
    }
    return found;
}

static int compare_spans(const void *left, const void *right)
{
    const RegexSpan *a = left, *b = right;
    int order = (a->start > b->start) - (a->start < b->start);
    return order ? order : (a->end < b->end) - (a->end > b->end);
}

Excluded rule_excluded(const Rule *rule, const char *text, size_t len, Arena *arena)
{
    Excluded excluded = {0};
    for (size_t i = 0; i < rule->nots.count; i++) {
        RegexSpan spans[REGEX_GROUPS_MAX];
        for (size_t from = 0; regex_find(rule->nots.items[i], text, len, from, spans);
             from = regex_after(text, len, &spans[0])) {
            *array_push(arena, &excluded) = spans[0];
        }
    }
    if (rule->nots.count < 2 || excluded.count == 0) {
        return excluded;
    }
    /* The patterns' matches merged; one within another is of no use. */
    size_t kept = 0;
    qsort(excluded.items, excluded.count, sizeof *excluded.items, compare_spans);
    for (size_t i = 0; i < excluded.count; i++) {
        if (kept == 0 || excluded.items[i].end > excluded.items[kept - 1].end) {
            excluded.items[kept++] = excluded.items[i];
        }
    }
    excluded.count = kept;
    return excluded;
}

bool excludes(const Excluded *excluded, size_t start, size_t end)
{
    size_t low = 0, high = excluded->count; /* the last one that begins at or before `start` ends latest of those */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (excluded->items[middle].start <= start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && excluded->items[low - 1].end >= end;
}
