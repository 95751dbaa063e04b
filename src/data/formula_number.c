/* Turns numbers into exact fractions, computes with them, and writes them back as digits. */
#include <assert.h>
#include <string.h>

#include "data/formula_int.h"

static Wide gcd(Wide a, Wide b)
{
    while (b >> 64 != 0) {
        Wide rest = a % b;
        a = b;
        b = rest;
    }
    if (b == 0) {
        return a;
    }
    /* Below 2^64 the processor divides; nearly all amounts are there. */
    uint64_t large = (uint64_t)b, small = (uint64_t)(a % b);
    while (small != 0) {
        uint64_t rest = large % small;
        large = small;
        small = rest;
    }
    return large;
}

static bool product(Wide a, Wide b, Wide *out)
{
    if ((a | b) >> 59 != 0 && a != 0 && b > NUMBER_MAX / a) {
        return false;
    }
    *out = a * b;
    return true;
}

/* Neither part over 2 * NUMBER_MAX. */
static bool number_reduce(Wide numerator, Wide denominator, bool negative, Number *out)
{
    Wide common = gcd(numerator, denominator);
    *out = (Number){numerator / common, denominator / common, negative && numerator != 0};
    return out->numerator <= NUMBER_MAX && out->denominator <= NUMBER_MAX;
}

static Wide power_of_ten(unsigned power)
{
    assert(power <= 36);
    Wide value = 1;
    while (power-- > 0) {
        value *= 10;
    }
    return value;
}

Number number_from_int(int64_t value)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    return (Number){magnitude, 1, value < 0};
}

bool number_from_micro(Wide micro, bool negative, Number *out)
{
    return micro <= NUMBER_MAX && number_reduce(micro, (Wide)DECIMAL_ONE, negative, out);
}

Number number_from_decimal(Decimal decimal)
{
    Number number = number_from_int(decimal.micro);
    number_from_micro(number.numerator, number.negative, &number);
    return number;
}

/* The value times 10^6 when that is a whole number. */
static bool number_micro(const Number *a, Wide *out)
{
    Wide one = (Wide)DECIMAL_ONE;
    return a->denominator <= one && one % a->denominator == 0 && product(a->numerator, one / a->denominator, out);
}

bool number_to_decimal(const Number *a, Decimal *out)
{
    Wide micro;
    if (!number_micro(a, &micro) || micro > (Wide)DECIMAL_LIMIT) {
        return false;
    }
    *out = decimal_trim((Decimal){a->negative ? -(int64_t)micro : (int64_t)micro, 0});
    return true;
}

bool number_to_int(const Number *a, int64_t *out)
{
    if (a->denominator != 1 || a->numerator > INT64_MAX) {
        return false;
    }
    *out = a->negative ? -(int64_t)a->numerator : (int64_t)a->numerator;
    return true;
}

bool number_parse(const char *digits, size_t len, Number *out)
{
    Wide numerator = 0, denominator = 1;
    bool fraction = false;
    for (size_t i = 0; i < len; i++) {
        if (digits[i] == '.') {
            fraction = true;
            continue;
        }
        assert(digits[i] >= '0' && digits[i] <= '9');
        numerator = numerator * 10 + (unsigned)(digits[i] - '0');
        denominator = fraction ? denominator * 10 : denominator;
        if (numerator > NUMBER_MAX || denominator > NUMBER_MAX) {
            return false;
        }
    }
    return number_reduce(numerator, denominator, false, out);
}

bool number_add(const Number *a, const Number *b, Number *out)
{
    Wide common = gcd(a->denominator, b->denominator);
    Wide left, right, denominator;
    if (!product(a->numerator, b->denominator / common, &left) ||
        !product(b->numerator, a->denominator / common, &right) ||
        !product(a->denominator / common, b->denominator, &denominator)) {
        return false;
    }
    if (a->negative == b->negative) {
        return number_reduce(left + right, denominator, a->negative, out);
    }
    return left >= right ? number_reduce(left - right, denominator, a->negative, out)
                         : number_reduce(right - left, denominator, b->negative, out);
}

bool number_multiply(const Number *a, const Number *b, Number *out)
{
    /* Cancelled crosswise first the result is reduced, and overflows only when it must. */
    Wide first = gcd(a->numerator, b->denominator), second = gcd(b->numerator, a->denominator);
    Wide numerator, denominator;
    if (!product(a->numerator / first, b->numerator / second, &numerator) ||
        !product(a->denominator / second, b->denominator / first, &denominator)) {
        return false;
    }
    return number_reduce(numerator, denominator, a->negative != b->negative, out);
}

bool number_divide(const Number *a, const Number *b, Number *out)
{
    assert(b->numerator != 0);
    Number inverse = {b->denominator, b->numerator, b->negative};
    return number_multiply(a, &inverse, out);
}

static bool number_scale(const Number *a, int power, Number *out)
{
    Wide factor = power_of_ten((unsigned)(power < 0 ? -power : power));
    Number ten = power < 0 ? (Number){1, factor, false} : (Number){factor, 1, false};
    return number_multiply(a, &ten, out);
}

bool number_round(const Number *a, int places, RoundMode mode, Number *out)
{
    Number scaled;
    if (!number_scale(a, places, &scaled)) {
        return false;
    }
    Wide whole = scaled.numerator / scaled.denominator, rest = scaled.numerator % scaled.denominator;
    bool up = false;
    switch (mode) {
    case ROUND_HALF_AWAY:
        up = rest >= scaled.denominator - rest;
        break;
    case ROUND_AWAY:
        up = rest != 0;
        break;
    case ROUND_TOWARDS_ZERO:
        break;
    case ROUND_DOWN:
        up = rest != 0 && a->negative;
        break;
    }
    whole += up;
    Number rounded = {whole, 1, a->negative && whole != 0};
    return whole <= NUMBER_MAX && number_scale(&rounded, -places, out);
}

Number number_negate(Number a)
{
    a.negative = !a.negative && a.numerator != 0;
    return a;
}

/* Compares the whole parts, then the fractions by their reciprocals: no product that could overflow. */
static int magnitude_compare(Wide a, Wide b, Wide c, Wide d)
{
    for (int sign = 1;; sign = -sign) {
        Wide left = a / b, right = c / d;
        if (left != right) {
            return left < right ? -sign : sign;
        }
        Wide left_rest = a % b, right_rest = c % d;
        if (left_rest == 0 || right_rest == 0) {
            return left_rest == right_rest ? 0 : left_rest == 0 ? -sign : sign;
        }
        a = b, b = left_rest;
        c = d, d = right_rest;
    }
}

int number_compare(const Number *a, const Number *b)
{
    if (a->negative != b->negative) {
        return a->negative ? -1 : 1;
    }
    int order = magnitude_compare(a->numerator, a->denominator, b->numerator, b->denominator);
    return a->negative ? -order : order;
}

const char *number_text(const Number *a, int places, bool commas, Arena *arena)
{
    Wide micro;
    Number scaled;
    if (places < 0) {
        if (!number_micro(a, &micro)) {
            return NULL;
        }
        places = DECIMAL_PLACES;
        while (places > 0 && micro % 10 == 0) {
            micro /= 10;
            places--;
        }
    } else if (!number_scale(a, places, &scaled) || scaled.denominator != 1) {
        return NULL;
    } else {
        micro = scaled.numerator;
    }
    char digits[80], *at = digits + sizeof digits;
    *--at = '\0';
    for (int i = 0; i <= places || micro != 0; i++) {
        if (i == places && places > 0) {
            *--at = '.';
        }
        if (commas && i > places && (i - places) % 3 == 0) {
            *--at = ',';
        }
        *--at = (char)('0' + (int)(micro % 10));
        micro /= 10;
    }
    if (a->negative) {
        *--at = '-';
    }
    return arena_strdup(arena, at);
}
