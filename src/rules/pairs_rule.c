/* Brackets and quotes that have no partner, or one of another width. */
#include <string.h>

#include "base/text.h"
#include "rules/rules_int.h"

#define NESTING_MOST 64

typedef struct Mark {
    size_t set, place; /* which set, and which character of it: even ones open */
    size_t start, end; /* [bytes] */
} Mark;

/* The first bytes of all marks: what begins with another needs no look. Hanzi do. */
typedef struct Leads {
    bool any[256];
} Leads;

static Leads find_leads(const Rule *rule)
{
    Leads leads = {{false}};
    for (size_t i = 0; i < rule->sets.count; i++) {
        for (size_t k = 0; k < rule->sets.items[i].count; k++) {
            char bytes[4];
            if (utf8_encode(rule->sets.items[i].codes[k], bytes)) {
                leads.any[(unsigned char)bytes[0]] = true;
            }
        }
    }
    return leads;
}

static bool find_mark(const Rule *rule, uint32_t code, Mark *mark)
{
    for (size_t i = 0; i < rule->sets.count; i++) {
        for (size_t k = 0; k < rule->sets.items[i].count; k++) {
            if (rule->sets.items[i].codes[k] == code) {
                mark->set = i;
                mark->place = k;
                return true;
            }
        }
    }
    return false;
}

/* `suggestion`: the character that belongs there, 0 for none. */
static void report(const Case *one, const Value *value, const Mark *mark, uint32_t suggestion)
{
    Case inner = *one;
    char bytes[5] = {0};
    Hit hit = {.value = value, .piece = true, .start = mark->start, .end = mark->end};
    if (suggestion) {
        utf8_encode(suggestion, bytes);
        hit.suggestion = arena_strdup(one->run->scratch, bytes);
    }
    case_bind_text(&inner, NAME_FOUND, value->text + mark->start, mark->end - mark->start);
    case_bind_text(&inner, NAME_RIGHT_WORD, bytes, strlen(bytes));
    case_report(&inner, &hit);
}

static void look(const Case *one, const Leads *leads, const Value *value)
{
    const Rule *rule = one->rule;
    Mark open[NESTING_MOST], mark;
    size_t depth = 0, hits = 0;
    Excluded excluded = {0};
    bool known = false;
    for (size_t at = 0; at < value->len && hits < HITS_MOST;) {
        if (!leads->any[(unsigned char)value->text[at]]) {
            at++;
            continue;
        }
        uint32_t code = 0;
        size_t size = utf8_decode(value->text + at, value->len - at, &code);
        size = size ? size : 1;
        mark.start = at;
        mark.end = at += size;
        if (!find_mark(rule, code, &mark)) {
            continue;
        }
        if (!known) {
            excluded = rule_excluded(rule, value->text, value->len, one->run->scratch);
            known = true;
        }
        if (excludes(&excluded, mark.start, mark.end)) {
            continue;
        }
        if (mark.place % 2 == 0) {
            if (depth == NESTING_MOST) {
                return;
            }
            open[depth++] = mark;
            continue;
        }
        /* What stands between and was never closed. */
        size_t partner = depth;
        while (partner > 0 && open[partner - 1].set != mark.set) {
            partner--;
        }
        if (partner == 0) {
            hits++;
            report(one, value, &mark, 0);
            continue;
        }
        while (depth > partner) {
            hits++;
            report(one, value, &open[--depth], 0);
        }
        depth--;
        if (open[depth].place / 2 != mark.place / 2) {
            report(one, value, &mark, rule->sets.items[mark.set].codes[open[depth].place + 1]);
        }
    }
    while (depth > 0) {
        report(one, value, &open[--depth], 0);
    }
}

void run_pairs(Case *one)
{
    Values texts = case_texts(one);
    Leads leads = find_leads(one->rule);
    for (size_t i = 0; i < texts.count; i++) {
        look(one, &leads, texts.items[i]);
    }
}
