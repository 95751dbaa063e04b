/* Names of one list that are nearly, and not quite, a name of another: one thing written in two ways. */
#include <string.h>

#include "base/text.h"
#include "rules/rules_int.h"

/* Lists longer than this are compared in part only: the work grows with the product. */
#define NAMES_MOST 500

typedef struct Entry {
    Term item;
    const char *text; /* what is compared */
    size_t count;     /* [code points] */
} Entry;
typedef struct Entries {
    Entry *items;
    size_t count;
} Entries;

/* A list's names, by the rule's `by` where it has one. */
static bool read_names(Case *one, const Formula *formula, Entries *out)
{
    Term list;
    Arena *scratch = one->run->scratch;
    if (!case_eval(one, formula, &list, NULL) || !term_is_list(&list)) {
        return false;
    }
    size_t count = term_count(&list) < NAMES_MOST ? term_count(&list) : NAMES_MOST;
    *out = (Entries){arena_array_of(scratch, Entry, count), 0};
    for (size_t i = 0; i < count; i++) {
        Term *item = arena_new_of(scratch, Term), text;
        *item = text = term_item(&list, i);
        Case inner = *one;
        case_push(&inner, scope_item(item, i + 1, count, one->scope));
        if (one->rule->by && !case_eval(&inner, one->rule->by, &text, NULL)) {
            return false;
        }
        if (text.kind == TERM_TEXT && item->value) {
            out->items[out->count++] = (Entry){*item, text.text, utf8_count(text.text, strlen(text.text))};
        }
    }
    return true;
}

static bool has_text(const Entries *entries, const char *text)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (strcmp(entries->items[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

/* One character for another in a short name, or one that tells things apart, makes another name: \u6539\u6C34,
 * \u6539\u5395. */
static bool is_other(Case *one, const Entry *a, const Entry *b)
{
    enum { LONG = 7 };
    if (a->count != b->count) {
        return false;
    }
    size_t count;
    const uint32_t *left = utf8_to_codes(one->run->scratch, a->text, strlen(a->text), &count);
    const uint32_t *right = utf8_to_codes(one->run->scratch, b->text, strlen(b->text), &count);
    for (size_t i = 0; i < count; i++) {
        if (left[i] != right[i] && rule_is_distinct(one->rule, left[i], right[i])) {
            return true;
        }
    }
    return count < LONG;
}

/* The nearest name of the first list that the second has not, too. */
static const Entry *nearest(Case *one, const Entries lists[2], const Entry *entry)
{
    const Rule *rule = one->rule;
    const Entry *found = NULL;
    size_t best = rule->distance + 1;
    for (size_t i = 0; i < lists[0].count && best > 0; i++) {
        const Entry *other = &lists[0].items[i];
        size_t distance = text_distance(entry->text, other->text, rule->distance);
        if (distance < best && !has_text(&lists[1], other->text) && !is_other(one, entry, other)) {
            best = distance;
            found = other;
        }
    }
    return found;
}

void run_similar(Case *one)
{
    const Rule *rule = one->rule;
    Entries lists[2];
    if (!read_names(one, rule->names.items[0], &lists[0]) || !read_names(one, rule->names.items[1], &lists[1])) {
        return;
    }
    for (size_t i = 0; i < lists[1].count; i++) {
        const Entry *entry = &lists[1].items[i];
        if (entry->count < rule->shortest || has_text(&lists[0], entry->text)) {
            continue;
        }
        const Entry *other = nearest(one, lists, entry);
        Excluded excluded = rule_excluded(rule, entry->text, strlen(entry->text), one->run->scratch);
        if (other && !excludes(&excluded, 0, strlen(entry->text))) {
            Case inner = *one;
            Hit hit = {.value = entry->item.value};
            values_add(&hit.related, other->item.value, one->run->scratch);
            case_bind(&inner, NAME_FOUND, entry->item);
            case_bind(&inner, NAME_RIGHT_WORD, other->item);
            case_report(&inner, &hit);
        }
    }
}
