/* Patterns that words should not match; numbers that should follow one another; things said twice. */
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "rules/rules_int.h"

/* What the rule's `replace` has for the words found, or NULL. */
static const char *swap_for(const Rule *rule, const char *found)
{
    for (size_t i = 0; i < rule->swaps.count; i++) {
        if (strcmp(rule->swaps.items[i].from, found) == 0) {
            return rule->swaps.items[i].to;
        }
    }
    return NULL;
}

static void found_at(const Case *one, const Value *value, const Regex *regex, const RegexSpan *spans)
{
    Case inner = *one;
    bool well = false;
    size_t start = spans[0].start, end = spans[0].end;
    case_bind(&inner, NAME_ITEM, term_from_value(value));
    case_bind(&inner, NAME_FOUND,
              (Term){.kind = TERM_TEXT, .text = arena_strndup(one->run->scratch, value->text + start, end - start)});
    case_capture(&inner, regex, spans, value->text, value);
    if (!case_holds(&inner, one->rule->unless, &well) || well) {
        return;
    }
    const char *found = arena_strndup(one->run->scratch, value->text + start, end - start);
    Hit hit = {.value = value, .piece = true, .start = start, .end = end, .suggestion = swap_for(one->rule, found)};
    hit.related = one->matched;
    case_report(&inner, &hit);
}

/* By pattern: `nexts` says where in the joined texts it may find something next, and this text ends at `end`; NULL: it
 * may anywhere. */
static void find_in(Case *one, const Value *value, const size_t *nexts, size_t end)
{
    const Rule *rule = one->rule;
    Excluded excluded = {0};
    bool known = false;
    size_t hits = 0;
    for (size_t k = 0; k < rule->finds.count; k++) {
        RegexSpan spans[REGEX_GROUPS_MAX];
        if (nexts && nexts[k] >= end) {
            continue;
        }
        for (size_t from = 0; regex_find(rule->finds.items[k], value->text, value->len, from, spans);
             from = regex_after(value->text, value->len, &spans[0])) {
            if (!known) {
                excluded = rule_excluded(rule, value->text, value->len, one->run->scratch);
                known = true;
            }
            if (excludes(&excluded, spans[0].start, spans[0].end)) {
                continue;
            }
            if (hits++ == HITS_MOST) {
                return;
            }
            found_at(one, value, rule->finds.items[k], spans);
        }
    }
}

/* All words of the notice. */
static void find_in_all(Case *one, const Values *texts)
{
    const Rule *rule = one->rule;
    Buffer *joined = &one->run->joined;
    Arena *scratch = one->run->scratch;
    size_t *nexts = arena_array_of(scratch, size_t, rule->finds.count), start = 0;
    for (size_t i = joined->len ? texts->count : 0; i < texts->count; i++) {
        buffer_append(joined, texts->items[i]->text, texts->items[i]->len);
        buffer_text(joined, "\n");
    }
    for (size_t k = 0; k < rule->finds.count; k++) {
        nexts[k] = screen_next(&rule->screens[k], rule->finds.items[k], joined, 0, scratch);
    }
    for (size_t i = 0; i < texts->count; i++) {
        size_t end = start + texts->items[i]->len + 1;
        find_in(one, texts->items[i], nexts, end);
        for (size_t k = 0; k < rule->finds.count; k++) {
            if (nexts[k] < end) {
                nexts[k] = screen_next(&rule->screens[k], rule->finds.items[k], joined, end, scratch);
            }
        }
        start = end;
    }
}

void run_find(Case *one)
{
    Values texts = case_texts(one);
    if (!one->rule->has_in) {
        find_in_all(one, &texts);
        return;
    }
    for (size_t i = 0; i < texts.count; i++) {
        find_in(one, texts.items[i], NULL, 0);
    }
}

/* ---- repeated ---- */

typedef struct Said {
    const char *text;
    Term item;
} Said;

/* The item's words that must differ, without what the rule ignores. */
static const char *said_text(Case *one, const Term *item)
{
    const Rule *rule = one->rule;
    Term term = *item;
    if (rule->by && !case_eval(one, rule->by, &term, NULL)) {
        return NULL;
    }
    const char *text = term_text(&term, one->run->scratch);
    if (!text || !rule->ignore) {
        return text;
    }
    Buffer kept = {0};
    size_t len = strlen(text), from = 0;
    RegexSpan spans[REGEX_GROUPS_MAX];
    for (size_t at = 0; regex_find(rule->ignore, text, len, at, spans); at = regex_after(text, len, &spans[0])) {
        buffer_append(&kept, text + from, spans[0].start - from);
        from = spans[0].end;
    }
    buffer_append(&kept, text + from, len - from);
    text = arena_strndup(one->run->scratch, kept.bytes ? kept.bytes : "", kept.len);
    buffer_release(&kept);
    return text;
}

void run_repeated(Case *one)
{
    const Rule *rule = one->rule;
    ARRAY(Said) said = {0};
    Term list;
    if (!case_eval(one, rule->names.items[0], &list, NULL) || !term_is_list(&list)) {
        return;
    }
    for (size_t i = 0; i < term_count(&list); i++) {
        Term *item = arena_new_of(one->run->scratch, Term);
        *item = term_item(&list, i);
        Case inner = *one;
        case_push(&inner, scope_item(item, i + 1, term_count(&list), one->scope));
        case_bind(&inner, NAME_ITEM, *item);
        const char *text = said_text(&inner, item);
        if (!text || !item->value || utf8_count(text, strlen(text)) < (rule->shortest ? rule->shortest : 1)) {
            continue;
        }
        const Said *earlier = NULL;
        for (size_t k = 0; k < said.count && !earlier; k++) {
            earlier = strcmp(said.items[k].text, text) == 0 ? &said.items[k] : NULL;
        }
        if (!earlier) {
            *array_push(one->run->scratch, &said) = (Said){text, *item};
            continue;
        }
        Hit hit = {.value = item->value};
        Term at;
        if (rule->at && case_eval(&inner, rule->at, &at, NULL) && at.value) {
            hit.value = at.value;
        }
        values_add(&hit.related, earlier->item.value, one->run->scratch);
        case_bind_text(&inner, NAME_FOUND, text, strlen(text));
        case_bind(&inner, NAME_RIGHT_WORD, earlier->item);
        case_report(&inner, &hit);
    }
}

/* ---- numbering ---- */

/* Digits or Chinese numerals up to 99; 0 for neither. */
static unsigned read_number(const char *text, size_t len, Arena *arena)
{
    unsigned number = 0;
    size_t digits = 0;
    for (; digits < len && digits < 3 && text[digits] >= '0' && text[digits] <= '9'; digits++) {
        number = number * 10 + (unsigned)(text[digits] - '0');
    }
    if (digits == len) {
        return number;
    }
    for (number = 1; number < 100; number++) {
        const char *numeral = text_chinese_number(arena, number);
        if (strlen(numeral) == len && memcmp(numeral, text, len) == 0) {
            return number;
        }
    }
    return 0;
}

static void report_number(Case *one, const Value *value, RegexSpan span, unsigned wanted, bool chinese,
                          const Value *before)
{
    Arena *scratch = one->run->scratch;
    Case inner = *one;
    Hit hit = {.value = value, .piece = true, .start = span.start, .end = span.end};
    const char *text = chinese ? text_chinese_number(scratch, wanted) : arena_printf(scratch, "%u", wanted);
    values_add(&hit.related, before, scratch);
    hit.suggestion = text;
    case_bind_text(&inner, NAME_FOUND, value->text + span.start, span.end - span.start);
    case_bind_text(&inner, NAME_RIGHT_WORD, text, strlen(text));
    case_report(&inner, &hit);
}

void run_numbering(Case *one)
{
    Term list;
    unsigned last = 0;
    size_t hits = 0;
    const Value *before = NULL;
    if (!case_eval(one, one->rule->names.items[0], &list, NULL)) {
        return;
    }
    bool many = term_is_list(&list);
    for (size_t i = 0; i < (many ? term_count(&list) : 1); i++) {
        Term item = many ? term_item(&list, i) : list;
        RegexSpan spans[REGEX_GROUPS_MAX];
        if (!item.value || item.value->kind != VALUE_TEXT) {
            continue;
        }
        const char *text = item.value->text;
        for (size_t from = 0; regex_find(one->rule->finds.items[0], text, item.value->len, from, spans);
             from = regex_after(text, item.value->len, &spans[0])) {
            RegexSpan span = spans[1].start == SIZE_MAX ? spans[0] : spans[1];
            unsigned number = read_number(text + span.start, span.end - span.start, one->run->scratch);
            /* 1 begins anew: several numberings may follow one another. */
            if (number != 1 && number != last + 1 && hits++ < HITS_MOST) {
                bool chinese = text[span.start] < '0' || text[span.start] > '9';
                report_number(one, item.value, span, last + 1, chinese, before);
            }
            last = number ? number : last + 1;
            before = item.value;
        }
    }
}
