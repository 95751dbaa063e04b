/* Terms: what a formula gives, from values of the tree and from numbers, and back to the text that is printed. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "data/formula_int.h"

#define BRIEF_CODES 20

Term term_blank(void)
{
    return (Term){.kind = TERM_BLANK};
}

Term term_of_number(const Number *number, Arena *arena)
{
    Term term = {.kind = TERM_NUMBER};
    if (!number_to_decimal(number, &term.number)) {
        term.exact = arena_copy(arena, number, sizeof *number);
    }
    return term;
}

Term term_of_int(int64_t value)
{
    return (Term){.kind = TERM_NUMBER, .number = decimal_from_int(value)};
}

Term term_of_text(const char *text)
{
    return (Term){.kind = TERM_TEXT, .text = text};
}

Term term_of_truth(bool truth)
{
    return (Term){.kind = TERM_BOOLEAN, .boolean = truth};
}

Term term_of_list(const Term *items, size_t count)
{
    return (Term){.kind = TERM_LIST, .items = items, .count = count};
}

Number term_number(const Term *term)
{
    return term->exact ? *term->exact : number_from_decimal(term->number);
}

/* A scalar nobody has checked: a plain number is a number, plain true and false are truths, all else is text. */
static void read_unchecked(const Value *value, Term *term)
{
    Decimal number;
    if (value->quoted) {
        return;
    }
    if (decimal_parse(value->text, value->len, &number) == DECIMAL_OK) {
        term->kind = TERM_NUMBER;
        term->number = number;
    } else if (strcmp(value->text, "true") == 0 || strcmp(value->text, "false") == 0) {
        term->kind = TERM_BOOLEAN;
        term->boolean = value->text[0] == 't';
    }
}

static void read_scalar(const Value *value, Term *term)
{
    term->kind = TERM_TEXT;
    term->text = value->text;
    switch (value->reading) {
    case READ_NONE:
        read_unchecked(value, term);
        break;
    case READ_TEXT:
    case READ_DATE:
        break;
    case READ_NUMBER:
        term->kind = TERM_NUMBER;
        term->number = value->number;
        break;
    case READ_BLANK:
        term->kind = TERM_BLANK;
        break;
    case READ_NOT_APPLICABLE:
        term->not_applicable = true;
        break;
    case READ_BOOLEAN:
        term->kind = TERM_BOOLEAN;
        term->boolean = value->boolean;
        break;
    }
}

Term term_from_value(const Value *value)
{
    Term term = {.kind = TERM_BLANK, .value = value};
    if (value == NULL) {
        return term;
    }
    switch (value->kind) {
    case VALUE_NULL:
        break;
    case VALUE_TEXT:
        read_scalar(value, &term);
        break;
    case VALUE_LIST:
    case VALUE_MAP:
        term.kind = TERM_VALUE;
        break;
    }
    return term;
}

bool term_is_list(const Term *term)
{
    return term->kind == TERM_LIST || (term->kind == TERM_VALUE && term->value->kind == VALUE_LIST);
}

bool term_is_map(const Term *term)
{
    return term->kind == TERM_VALUE && term->value->kind == VALUE_MAP;
}

size_t term_count(const Term *list)
{
    return list->kind == TERM_LIST ? list->count : term_is_list(list) ? list->value->count : 0;
}

Term term_item(const Term *list, size_t index)
{
    if (index >= term_count(list)) {
        return term_blank();
    }
    return list->kind == TERM_LIST ? list->items[index] : term_from_value(list->value->items[index]);
}

Scope scope_item(const Term *item, size_t row, size_t rows, const Scope *outer)
{
    Scope scope = {.value = item->value, .row = row, .rows = rows, .outer = outer};
    if (item->value == NULL) {
        scope.term = item;
    }
    return scope;
}

bool term_is_blank(const Term *term)
{
    switch (term->kind) {
    case TERM_BLANK:
        return true;
    case TERM_TEXT:
        return !term->not_applicable && term->text[0] == '\0';
    case TERM_LIST:
        return term->count == 0;
    case TERM_VALUE:
        return term->value->count == 0;
    case TERM_NUMBER:
    case TERM_BOOLEAN:
        break;
    }
    return false;
}

bool term_is_true(const Term *term)
{
    return term->kind == TERM_BOOLEAN ? term->boolean : !term_is_blank(term);
}

const char *term_text(const Term *term, Arena *arena)
{
    switch (term->kind) {
    case TERM_BLANK:
        return "";
    case TERM_NUMBER:
        return term->exact ? number_text(term->exact, -1, false, arena) : decimal_text(term->number, arena);
    case TERM_TEXT:
        return term->text;
    case TERM_BOOLEAN:
        return term->value && term->value->text ? term->value->text : term->boolean ? "TRUE" : "FALSE";
    case TERM_LIST:
    case TERM_VALUE:
        break;
    }
    return NULL;
}

/* 2020-03-01, 2020/3/1, 2020.3.1 or with the Hanzi for year, month and day. */
static bool date_parse(const char *text, int parts[3])
{
    static const uint32_t hanzi[3] = {0x5E74, 0x6708, 0x65E5}; /* 年月日 */
    const char *at = text;
    size_t len = strlen(text);
    uint32_t mark = 0, code;
    for (int i = 0; i < 3; i++) {
        const char *start = at;
        for (parts[i] = 0; *at >= '0' && *at <= '9' && at - start < 4; at++) {
            parts[i] = parts[i] * 10 + (*at - '0');
        }
        if (at == start || (i > 0 && at - start > 2)) {
            return false;
        }
        size_t rest = len - (size_t)(at - text);
        size_t size = rest > 0 ? utf8_decode(at, rest, &code) : 0;
        mark = i == 0 && size > 0 ? code : mark;
        if (mark == hanzi[0] ? size == 0 || code != hanzi[i]
            : i < 2          ? size == 0 || code != mark || (mark != '-' && mark != '/' && mark != '.')
                             : size != 0) {
            return false;
        }
        at += size;
    }
    return *at == '\0' && parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1 && parts[2] <= 31;
}

bool term_date(const Term *term, int *year, int *month, int *day)
{
    if (term->value && term->value->reading == READ_DATE) {
        *year = term->value->date.year;
        *month = term->value->date.month;
        *day = term->value->date.day;
        return true;
    }
    int parts[3];
    if (term->kind != TERM_TEXT || !date_parse(term->text, parts)) {
        return false;
    }
    *year = parts[0];
    *month = parts[1];
    *day = parts[2];
    return true;
}

const char *term_brief(const Term *term, Arena *arena)
{
    if (term_is_list(term)) {
        return arena_printf(arena, "[%zu]", term_count(term));
    }
    if (term_is_map(term)) {
        return arena_printf(arena, "{%zu}", term->value->count);
    }
    const char *text = term_text(term, arena);
    if (text == NULL) { /* uneven: as a fraction, or by its size */
        bool small = term->exact->numerator >> 63 == 0 && term->exact->denominator >> 63 == 0;
        return !small ? "\u2026"
                      : arena_printf(arena, "%s%" PRIu64 "/%" PRIu64, term->exact->negative ? "-" : "",
                                     (uint64_t)term->exact->numerator, (uint64_t)term->exact->denominator);
    }
    size_t at = 0, count = 0, len = strlen(text);
    for (uint32_t code; at < len; count++) {
        if (count == BRIEF_CODES) {
            return arena_printf(arena, "%.*s\u2026", (int)at, text);
        }
        size_t size = utf8_decode(text + at, len - at, &code);
        at += size ? size : 1;
    }
    return text;
}
