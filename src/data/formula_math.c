/* Functions on numbers: sums, counts, extremes, rounding. */
#include <string.h>

#include "data/formula_int.h"

static bool start_argument(Cursor *cursor, const Term *term)
{
    Evaluation *e = cursor->call->e;
    if (term_is_map(term)) {
        const char *count = arena_printf(e->arena, "%zu", term->value->count);
        cursor->failed = true;
        return evaluation_fail(e, cursor->node, MESSAGE_FORMULA_MAP_AS_ONE, term, TEXTS(count));
    }
    cursor->failed = !evaluation_step(e, cursor->node, term_count(term));
    return !cursor->failed;
}

bool cursor_next(Cursor *cursor, Term *item)
{
    const Call *call = cursor->call;
    for (; cursor->argument < call->count && !cursor->failed; cursor->argument++, cursor->index = 0) {
        const Term *term = &call->terms[cursor->argument];
        cursor->node = call->node->call.arguments[cursor->argument];
        if (cursor->index == 0 && !start_argument(cursor, term)) {
            return false;
        }
        if (cursor->index < (term_is_list(term) ? term_count(term) : 1)) {
            *item = term_is_list(term) ? term_item(term, cursor->index) : *term;
            cursor->index++;
            evaluation_touch(call->e, item);
            return true;
        }
    }
    return false;
}

static bool overflow(const Call *call)
{
    return evaluation_fail(call->e, call->node, MESSAGE_FORMULA_OVERFLOW, NULL, NULL);
}

__extension__ typedef __int128 SignedWide;

BODY(body_sum)
{
    (void)variant;
    SignedWide micro = 0; /* decimals, the usual case: 10^7 of 64 bits cannot overflow */
    Number total = number_from_int(0);
    Cursor cursor = {.call = call};
    for (Term item; cursor_next(&cursor, &item);) {
        if (item.kind == TERM_NUMBER && item.exact == NULL) {
            micro += item.number.micro;
            continue;
        }
        Number number;
        bool blank;
        if (!want_number(call->e, cursor.node, &item, &number, &blank)) {
            return false;
        }
        if (!number_add(&total, &number, &total)) {
            return overflow(call);
        }
    }
    Number decimals;
    if (cursor.failed) {
        return false;
    }
    if (!number_from_micro((Wide)(micro < 0 ? -micro : micro), micro < 0, &decimals) ||
        !number_add(&total, &decimals, &total)) {
        return overflow(call);
    }
    *out = term_of_number(&total, call->e->arena);
    return true;
}

BODY(body_count)
{
    int64_t count = 0;
    Cursor cursor = {.call = call};
    for (Term item; cursor_next(&cursor, &item);) {
        count += variant == COUNT_NUMBERS ? item.kind == TERM_NUMBER : !term_is_blank(&item);
    }
    *out = term_of_int(count);
    return !cursor.failed;
}

/* The item itself, so that it prints as it was given. */
BODY(body_extreme)
{
    *out = term_blank();
    Number best = number_from_int(0);
    Cursor cursor = {.call = call};
    for (Term item; cursor_next(&cursor, &item);) {
        Number number;
        bool blank;
        if (!want_number(call->e, cursor.node, &item, &number, &blank)) {
            return false;
        }
        int order = out->kind == TERM_BLANK ? 1 : number_compare(&number, &best);
        if (!blank && (out->kind == TERM_BLANK || (variant == EXTREME_LEAST ? order < 0 : order > 0))) {
            best = number;
            *out = item;
        }
    }
    return !cursor.failed;
}

/* Argument `index` as a number; when it is blank *out is the result already. */
static bool argument_number(const Call *call, size_t index, Number *number, bool *blank, Term *out)
{
    *out = term_blank();
    return want_number(call->e, call->node->call.arguments[index], &call->terms[index], number, blank);
}

BODY(body_abs)
{
    (void)variant;
    Number number;
    bool blank;
    if (!argument_number(call, 0, &number, &blank, out)) {
        return false;
    }
    if (!blank) {
        bool negative = number.negative;
        number.negative = false;
        *out = negative ? term_of_number(&number, call->e->arena) : call->terms[0];
    }
    return true;
}

BODY(body_sign)
{
    (void)variant;
    Number number;
    bool blank;
    if (!argument_number(call, 0, &number, &blank, out)) {
        return false;
    }
    if (!blank) {
        *out = term_of_int(number.numerator == 0 ? 0 : number.negative ? -1 : 1);
    }
    return true;
}

static bool rounded(const Call *call, int64_t places, RoundMode mode, Term *out)
{
    Number number;
    bool blank;
    if (!argument_number(call, 0, &number, &blank, out)) {
        return false;
    }
    if (!blank) {
        if (!number_round(&number, (int)places, mode, &number)) {
            return overflow(call);
        }
        *out = term_of_number(&number, call->e->arena);
    }
    return true;
}

#define PLACES_LEAST (-12) /* to the trillion */

BODY(body_round)
{
    int64_t places;
    const char *name = call->node->call.function->name;
    return want_int(call->e, call->node->call.arguments[1], name, &call->terms[1], PLACES_LEAST, DECIMAL_PLACES,
                    &places) &&
           rounded(call, places, (RoundMode)variant, out);
}

BODY(body_int)
{
    (void)variant;
    return rounded(call, 0, ROUND_DOWN, out);
}

BODY(body_mod)
{
    (void)variant;
    Number number, divisor, times;
    bool blank, divisor_blank;
    const Node *node = call->node->call.arguments[1];
    if (!argument_number(call, 0, &number, &blank, out) || !argument_number(call, 1, &divisor, &divisor_blank, out)) {
        return false;
    }
    if (divisor.numerator == 0) {
        return evaluation_fail(call->e, node, divisor_blank ? MESSAGE_FORMULA_BLANK_DIVISOR : MESSAGE_FORMULA_ZERO,
                               &call->terms[1], NULL);
    }
    if (blank) {
        return true;
    }
    if (!number_divide(&number, &divisor, &times) || !number_round(&times, 0, ROUND_DOWN, &times) ||
        !number_multiply(&times, &divisor, &times)) {
        return overflow(call);
    }
    times = number_negate(times);
    if (!number_add(&number, &times, &number)) {
        return overflow(call);
    }
    *out = term_of_number(&number, call->e->arena);
    return true;
}
