/* Turns digits as people write them into exact decimals, computes with them, and writes them back. */
#include "base/decimal.h"

#include <assert.h>

__extension__ typedef __int128 Wide; /* -pedantic knows no __int128 */

static const int64_t powers[DECIMAL_PLACES + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool decimal_fit(Wide micro, int places, Decimal *out)
{
    if (micro > DECIMAL_LIMIT || micro < -DECIMAL_LIMIT) {
        return false;
    }
    *out = (Decimal){(int64_t)micro, (uint8_t)places};
    return true;
}

/* The length of a sign at the start: "+", "-", or U+2212 MINUS SIGN (E2 88 92). */
static size_t sign_length(const char *text, size_t len, bool *negative)
{
    *negative = false;
    if (len >= 1 && (text[0] == '+' || text[0] == '-')) {
        *negative = text[0] == '-';
        return 1;
    }
    if (len >= 3 && text[0] == '\xE2' && text[1] == '\x88' && text[2] == '\x92') {
        *negative = true;
        return 3;
    }
    return 0;
}

/* The bytes of the whole part, 0 when it is none: digits alone, or one to three digits and then groups ",ddd". */
static size_t whole_length(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && is_digit(text[at])) {
        at++;
    }
    if (at == len || text[at] != ',') {
        return at;
    }
    if (at < 1 || at > 3) {
        return 0;
    }
    while (at < len && text[at] == ',') {
        for (size_t i = 1; i <= 3; i++) {
            if (at + i >= len || !is_digit(text[at + i])) {
                return 0;
            }
        }
        at += 4;
    }
    return at;
}

DecimalStatus decimal_parse(const char *text, size_t len, Decimal *out)
{
    bool negative;
    size_t at = sign_length(text, len, &negative);
    size_t whole_end = at + whole_length(text + at, len - at);
    if (whole_end == at) {
        return DECIMAL_SYNTAX;
    }
    size_t places = 0;
    if (whole_end < len) {
        places = len - whole_end - 1;
        if (text[whole_end] != '.' || places == 0) {
            return DECIMAL_SYNTAX;
        }
        for (size_t i = whole_end + 1; i < len; i++) {
            if (!is_digit(text[i])) {
                return DECIMAL_SYNTAX;
            }
        }
    }
    if (places > DECIMAL_PLACES) {
        return DECIMAL_TOO_MANY_PLACES;
    }
    Wide value = 0;
    for (size_t i = at; i < len; i++) {
        if (is_digit(text[i])) {
            value = value * 10 + (text[i] - '0');
            if (value > DECIMAL_LIMIT) {
                return DECIMAL_OVERFLOW;
            }
        }
    }
    value *= powers[DECIMAL_PLACES - places];
    return decimal_fit(negative ? -value : value, (int)places, out) ? DECIMAL_OK : DECIMAL_OVERFLOW;
}

Decimal decimal_from_int(int64_t value)
{
    const int64_t largest = DECIMAL_LIMIT / DECIMAL_ONE;
    value = value > largest ? largest : value < -largest ? -largest : value;
    return (Decimal){value * DECIMAL_ONE, 0};
}

bool decimal_add(Decimal a, Decimal b, Decimal *out)
{
    return decimal_fit((Wide)a.micro + b.micro, a.places > b.places ? a.places : b.places, out);
}

bool decimal_subtract(Decimal a, Decimal b, Decimal *out)
{
    return decimal_fit((Wide)a.micro - b.micro, a.places > b.places ? a.places : b.places, out);
}

bool decimal_multiply(Decimal a, Decimal b, Decimal *out)
{
    Wide product = (Wide)a.micro * b.micro;
    if (product % DECIMAL_ONE != 0 || !decimal_fit(product / DECIMAL_ONE, 0, out)) {
        return false;
    }
    *out = decimal_trim(*out);
    return true;
}

int decimal_compare(Decimal a, Decimal b)
{
    return (a.micro > b.micro) - (a.micro < b.micro);
}

bool decimal_shift(Decimal a, int power, Decimal *out)
{
    Wide value = a.micro;
    for (; value != 0 && power > 0; power--) {
        value *= 10;
        if (value > DECIMAL_LIMIT || value < -DECIMAL_LIMIT) {
            return false;
        }
    }
    for (; value != 0 && power < 0; power++) {
        if (value % 10 != 0) {
            return false;
        }
        value /= 10;
    }
    *out = decimal_trim((Decimal){(int64_t)value, 0});
    return true;
}

Decimal decimal_negate(Decimal a)
{
    assert(a.micro >= -DECIMAL_LIMIT && a.micro <= DECIMAL_LIMIT);
    return (Decimal){-a.micro, a.places};
}

Decimal decimal_trim(Decimal a)
{
    int places = 0;
    while (a.micro % powers[DECIMAL_PLACES - places] != 0) {
        places++;
    }
    return (Decimal){a.micro, (uint8_t)places};
}

Decimal decimal_round(Decimal a, int places)
{
    assert(places >= 0 && places <= DECIMAL_PLACES);
    assert(a.micro >= -DECIMAL_LIMIT && a.micro <= DECIMAL_LIMIT);
    int64_t unit = powers[DECIMAL_PLACES - places];
    int64_t rest = a.micro % unit; /* has the sign of a */
    int64_t kept = a.micro - rest;
    if (rest >= unit - rest) {
        kept += unit;
    } else if (-rest >= unit + rest) {
        kept -= unit;
    }
    return (Decimal){kept, (uint8_t)places};
}

const char *decimal_text(Decimal a, Arena *arena)
{
    /* A value never loses digits for being printed, even when its places were set by hand. */
    int needed = decimal_trim(a).places;
    int places = a.places > needed ? a.places : needed;
    assert(places <= DECIMAL_PLACES);
    uint64_t magnitude = a.micro < 0 ? 0 - (uint64_t)a.micro : (uint64_t)a.micro;
    uint64_t whole = magnitude / (uint64_t)DECIMAL_ONE;
    uint64_t rest = magnitude % (uint64_t)DECIMAL_ONE;
    const char *sign = a.micro < 0 ? "-" : "";
    if (places == 0) {
        return arena_printf(arena, "%s%llu", sign, (unsigned long long)whole);
    }
    return arena_printf(arena, "%s%llu.%0*llu", sign, (unsigned long long)whole, places,
                        (unsigned long long)(rest / (uint64_t)powers[DECIMAL_PLACES - places]));
}
