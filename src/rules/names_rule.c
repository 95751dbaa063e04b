/* Names that are right, and words in the notice that are nearly but not quite one of them. */
#include <string.h>

#include "base/text.h"
#include "rules/rules_int.h"

typedef struct Name {
    const char *text;
    uint32_t *codes;
    size_t count;
    const Value *value;
    bool body; /* a bureau's: another character near its end names another bureau */
} Name;

/* Finance bureau and civil affairs bureau differ in the third character from the end. */
#define BODY_TAIL ((size_t)4)

typedef struct Sighting {
    size_t start, end; /* [code points] */
    const Name *name;
    size_t distance; /* 0: written right */
} Sighting;

typedef struct Search {
    Case *one;
    ARRAY(Name) names;
    uint32_t *codes;
    size_t count;
    ARRAY(Sighting) sightings; /* by where they start */
    size_t longest;            /* of the names, and one more */
} Search;

bool rule_is_distinct(const Rule *rule, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < rule->sets.count; i++) {
        bool has_a = false, has_b = false;
        for (size_t k = 0; k < rule->sets.items[i].count; k++) {
            has_a = has_a || rule->sets.items[i].codes[k] == a;
            has_b = has_b || rule->sets.items[i].codes[k] == b;
        }
        if (has_a && has_b) {
            return true;
        }
    }
    return false;
}

static bool is_han(uint32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) || code >= 0x20000;
}

/* How many slips turn the name into the window: 0 none, SIZE_MAX when it is another thing altogether. What differs is
 * the stretch between the common head and the common tail. */
static size_t slips(const Rule *rule, const Name *name, const uint32_t *window, size_t count)
{
    size_t head = 0, tail = 0, shorter = count < name->count ? count : name->count;
    while (head < shorter && window[head] == name->codes[head]) {
        head++;
    }
    while (tail < shorter - head && window[count - 1 - tail] == name->codes[name->count - 1 - tail]) {
        tail++;
    }
    size_t ours = name->count - head - tail, theirs = count - head - tail;
    const uint32_t *right = name->codes + head, *wrong = window + head;
    if (ours == 0 && theirs == 0) {
        return 0;
    }
    /* Left out or put in: only inside, for before and behind a name anything may stand. */
    if (ours + theirs == 1) {
        bool doubled = theirs == 1 && (wrong[0] == wrong[-(head > 0)] || wrong[0] == wrong[tail > 0]);
        bool inside = head > 0 && tail > 0;
        return inside && ((ours == 1 && name->count >= rule->longest) || doubled || !is_han(wrong[0])) ? 1 : SIZE_MAX;
    }
    /* A first or last character that differs belongs to other words: a name begins or ends where it likes. */
    if (head == 0 || tail < (name->body ? BODY_TAIL : 1)) {
        return SIZE_MAX;
    }
    if (ours == 1 && theirs == 1) {
        return is_han(wrong[0]) && !rule_is_distinct(rule, right[0], wrong[0]) ? 1 : SIZE_MAX;
    }
    if (ours == 2 && theirs == 2 && right[0] == wrong[1] && right[1] == wrong[0]) {
        return 1;
    }
    /* Two slips apart from each other; side by side they make another word, and another name. */
    if (name->count < rule->longest || ours != theirs || ours < 3) {
        return SIZE_MAX;
    }
    size_t differ = 0;
    for (size_t i = 0; i < ours; i++) {
        differ += right[i] != wrong[i];
        if (right[i] != wrong[i] && (!is_han(wrong[i]) || rule_is_distinct(rule, right[i], wrong[i]))) {
            return SIZE_MAX;
        }
    }
    return differ == 2 ? 2 : SIZE_MAX;
}

/* Of two that overlap the better one stays: the one written right when it holds the other, else the longer name. */
static void add_sighting(Search *search, Sighting new)
{
    size_t from = search->sightings.count;
    while (from > 0 && search->sightings.items[from - 1].start + search->longest > new.start) {
        from--;
    }
    for (size_t i = from; i < search->sightings.count; i++) {
        Sighting old = search->sightings.items[i];
        bool overlap = old.start < new.end &&new.start < old.end;
        bool old_wins = (old.distance == 0) == (new.distance == 0)
                            ? old.name->count > new.name->count ||
                                  (old.name->count == new.name->count &&old.distance <= new.distance)
                        : old.distance == 0 ? old.start <= new.start &&new.end <= old.end
                                            : !(new.start <= old.start &&old.end <= new.end);
        if (overlap && old_wins) {
            return;
        }
    }
    size_t kept = from;
    for (size_t i = from; i < search->sightings.count; i++) {
        Sighting old = search->sightings.items[i];
        if (!(old.start < new.end &&new.start < old.end)) {
            search->sightings.items[kept++] = old;
        }
    }
    search->sightings.count = kept;
    *array_push(search->one->run->scratch, &search->sightings) = new;
}

static void look_at(Search *search, const Name *name, size_t start)
{
    const Rule *rule = search->one->rule;
    Sighting best = {start, start, name, SIZE_MAX};
    for (size_t count = name->count - 1; count <= name->count + 1; count++) {
        if (start + count > search->count) {
            break;
        }
        size_t found = slips(rule, name, search->codes + start, count);
        if (found < best.distance || (found == best.distance && found != SIZE_MAX && count == name->count)) {
            best.distance = found;
            best.end = start + count;
        }
    }
    if (best.distance != SIZE_MAX) {
        add_sighting(search, best);
    }
}

static size_t byte_offset(const char *text, size_t codes)
{
    size_t at = 0;
    for (; text[at]; at++) {
        if (((unsigned char)text[at] & 0xC0) != 0x80 && codes-- == 0) {
            break;
        }
    }
    return at;
}

static void report(Search *search, const Value *value, const Excluded *excluded, const Sighting *sighting)
{
    Case inner = *search->one;
    Hit hit = {.value = value, .piece = true};
    hit.start = byte_offset(value->text, sighting->start);
    hit.end = byte_offset(value->text, sighting->end);
    if (excludes(excluded, hit.start, hit.end)) {
        return;
    }
    hit.suggestion = sighting->name->text;
    values_add(&hit.related, sighting->name->value, inner.run->scratch);
    case_bind_text(&inner, NAME_FOUND, value->text + hit.start, hit.end - hit.start);
    case_bind_text(&inner, NAME_RIGHT_WORD, sighting->name->text, strlen(sighting->name->text));
    case_report(&inner, &hit);
}

/* Whether some name's first character is there: a sighting begins with one. */
static bool may_hold(const Search *search, const Value *value)
{
    for (size_t i = 0; i < search->names.count; i++) {
        const Name *name = &search->names.items[i];
        uint32_t first;
        size_t size = utf8_decode(name->text, strlen(name->text), &first);
        if (memmem(value->text, value->len, name->text, size)) {
            return true;
        }
    }
    return false;
}

static void look(Search *search, const Value *value)
{
    if (!may_hold(search, value)) {
        return;
    }
    search->codes = utf8_to_codes(search->one->run->scratch, value->text, value->len, &search->count);
    search->sightings.count = 0;
    for (size_t start = 0; start < search->count; start++) {
        for (size_t i = 0; i < search->names.count; i++) {
            if (search->codes[start] == search->names.items[i].codes[0]) {
                look_at(search, &search->names.items[i], start);
            }
        }
    }
    Excluded excluded = {0};
    for (size_t i = 0, hits = 0; i < search->sightings.count && hits < HITS_MOST; i++) {
        if (search->sightings.items[i].distance > 0) {
            if (hits++ == 0) {
                excluded = rule_excluded(search->one->rule, value->text, value->len, search->one->run->scratch);
            }
            report(search, value, &excluded, &search->sightings.items[i]);
        }
    }
}

static void add_name(Search *search, const Term *term, bool body)
{
    const char *text = term->kind == TERM_TEXT ? term->text : NULL;
    Arena *scratch = search->one->run->scratch;
    size_t shortest = search->one->rule->shortest > 3 ? search->one->rule->shortest : 3;
    if (!text || utf8_count(text, strlen(text)) < shortest) {
        return;
    }
    for (size_t i = 0; i < search->names.count; i++) {
        if (strcmp(search->names.items[i].text, text) == 0) {
            return;
        }
    }
    Name *name = array_push(scratch, &search->names);
    name->text = text;
    name->codes = utf8_to_codes(scratch, text, strlen(text), &name->count);
    name->value = term->value;
    name->body = body;
    search->longest = name->count + 1 > search->longest ? name->count + 1 : search->longest;
}

static bool add_names(Search *search, const FormulaArray *formulas, bool body)
{
    for (size_t i = 0; i < formulas->count; i++) {
        Term term;
        if (!case_eval(search->one, formulas->items[i], &term, NULL)) {
            return false;
        }
        bool many = term_is_list(&term);
        for (size_t k = 0; k < (many ? term_count(&term) : 1); k++) {
            Term item = many ? term_item(&term, k) : term;
            add_name(search, &item, body);
        }
    }
    return true;
}

void run_names(Case *one)
{
    Search search = {.one = one};
    if (!add_names(&search, &one->rule->names, false) || !add_names(&search, &one->rule->bodies, true)) {
        return;
    }
    Values texts = case_texts(one);
    for (size_t i = 0; i < texts.count; i++) {
        bool itself = false;
        for (size_t k = 0; k < search.names.count; k++) {
            itself = itself || search.names.items[k].value == texts.items[i];
        }
        if (!itself) {
            look(&search, texts.items[i]);
        }
    }
}
