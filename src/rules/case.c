/* One rule applied to one item: its names, its formulas, its words, and the finding it ends in. */
#include <string.h>

#include "base/file.h"
#include "rules/rules_int.h"

/* More parts than this do not help to find the wrong one. */
#define RELATED_MOST 12

Scope *case_push(Case *one, Scope scope)
{
    Scope *pushed = arena_copy(one->run->scratch, &scope, sizeof scope);
    pushed->outer = one->scope;
    one->scope = pushed;
    return pushed;
}

void case_bind(Case *one, const char *name, Term term)
{
    case_push(one, (Scope){.name = name, .term = arena_copy(one->run->scratch, &term, sizeof term)});
}

/* Digits become a number, so that formulas can reckon with them. */
void case_bind_text(Case *one, const char *name, const char *text, size_t len)
{
    Term term = {.kind = TERM_TEXT, .text = arena_strndup(one->run->scratch, text, len)};
    if (decimal_parse(text, len, &term.number) == DECIMAL_OK) {
        term.kind = TERM_NUMBER;
    }
    case_bind(one, name, term);
}

void case_capture(Case *one, const Regex *regex, const RegexSpan *spans, const char *text, const Value *value)
{
    for (size_t i = 0; i < regex_name_count(regex); i++) {
        size_t group;
        const char *name = regex_name(regex, i, &group);
        RegexSpan span = spans[group];
        if (span.start == SIZE_MAX) {
            case_bind(one, name, (Term){.kind = TERM_BLANK});
            continue;
        }
        case_bind_text(one, name, text + span.start, span.end - span.start);
        one->captures.items = array_reserve(one->run->scratch, one->captures.items, one->captures.count,
                                            &one->captures.capacity, sizeof *one->captures.items);
        one->captures.items[one->captures.count++] = (Capture){name, value, span.start, span.end};
    }
}

static void report_failure(Case *one, const FindingList *why)
{
    Run *run = one->run;
    if (run->failed) {
        return;
    }
    run->failed = true;
    const char *message = why->count ? why->items[0]->message : "";
    Place place = why->count ? why->items[0]->place : one->rule->info.place;
    Finding *finding =
        finding_add(run->findings, MESSAGE_RULE_FAILED, place, one->item->path, one->rule->info.id, message, NULL);
    if (one->item->place.line > 0) {
        finding_relate(run->findings, finding, MESSAGE_RULE_FAILED_FOR, one->item->place, NULL);
    }
}

bool case_eval(Case *one, const Formula *formula, Term *out, FormulaInputs *inputs)
{
    Run *run = one->run;
    const FormulaNames *names = run->rules->names;
    bool good = inputs ? formula_inputs(formula, one->scope, names, run->scratch, &run->why, out, inputs)
                       : formula_eval(formula, one->scope, names, run->scratch, &run->why, out);
    if (!good) {
        report_failure(one, &run->why);
    }
    if (run->why.count) {
        finding_list_init(&run->why, run->scratch, run->findings->language);
    }
    return good;
}

bool case_holds(Case *one, const Formula *formula, bool *out)
{
    Term term;
    if (!formula) {
        return true;
    }
    if (!case_eval(one, formula, &term, NULL)) {
        return false;
    }
    *out = term_is_true(&term);
    return true;
}

/* A number that does not come out even is told to four places: the message need not be exact, the check was. */
static const char *phrase_text(Case *one, const Formula *formula)
{
    Term term;
    if (!case_eval(one, formula, &term, NULL)) {
        return "";
    }
    const char *text = term_text(&term, one->run->scratch);
    return text ? text : "\u2026";
}

const char *case_phrase(Case *one, const Phrase *phrase)
{
    Buffer out = {0};
    for (size_t i = 0; i < phrase->count; i++) {
        const Piece *piece = &phrase->items[i];
        buffer_text(&out, piece->text ? piece->text : phrase_text(one, piece->formula));
    }
    const char *text = arena_strndup(one->run->scratch, out.bytes ? out.bytes : "", out.len);
    buffer_release(&out);
    return text;
}

static Place hit_place(const Hit *hit)
{
    return hit->piece && hit->value->kind == VALUE_TEXT
               ? value_text_place(hit->value, hit->start, hit->end - hit->start)
               : hit->value->place;
}

static void relate(Case *one, Finding *finding, const Hit *hit)
{
    FindingList *findings = one->run->findings;
    size_t shown = 0;
    for (size_t i = 0; i < hit->related.count && shown < RELATED_MOST; i++) {
        const Value *value = hit->related.items[i];
        if (value == hit->value || !value->place.source || value->place.line == 0 || value->origin == ORIGIN_COMPUTED) {
            continue;
        }
        shown++;
        if (value->reading == READ_NUMBER) {
            finding_relate(findings, finding, MESSAGE_RULE_FIGURE, value->place, value->path, value->text, NULL);
        } else {
            finding_relate(findings, finding, MESSAGE_RULE_WORDS, value->place, value->path, NULL);
        }
    }
}

void case_report(Case *one, const Hit *hit)
{
    Run *run = one->run;
    const Rule *rule = one->rule;
    const char *message = rule->message.count ? case_phrase(one, &rule->message) : rule->info.title;
    Place place = hit_place(hit);
    const ExceptionEntry *entry = exceptions_find(run, rule->info.id, hit->value->path);
    if (entry) {
        exceptions_accept(run, entry, rule->info.id, hit->value->path, message, place);
        return;
    }
    const char *help = rule->help.count ? case_phrase(one, &rule->help) : NULL;
    Finding *finding =
        finding_add_text(run->findings, rule->info.id, rule->info.severity, place, hit->value->path, message, help);
    const char *suggestion = hit->suggestion       ? hit->suggestion
                             : rule->suggest.count ? case_phrase(one, &rule->suggest)
                                                   : NULL;
    finding->suggestion = suggestion ? arena_strdup(run->findings->arena, suggestion) : NULL;
    relate(one, finding, hit);
}
