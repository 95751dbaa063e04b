/* Exact numbers, against plain arithmetic in integers wide enough for it. */
#include <stdlib.h>
#include <string.h>

#include "check_formula.h"
#include "data/formula_int.h"

__extension__ typedef __int128 Signed;

/* xorshift: the same numbers in every run. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

typedef struct Fraction {
    Signed numerator, denominator; /* any, not reduced; denominator > 0 */
} Fraction;

static Fraction random_fraction(uint64_t *state)
{
    unsigned bits = (unsigned)(next_random(state) % 30) + 1;
    int64_t numerator = (int64_t)(next_random(state) % ((uint64_t)1 << bits));
    int64_t denominator = (int64_t)(next_random(state) % ((uint64_t)1 << (next_random(state) % 28))) + 1;
    return (Fraction){next_random(state) & 1 ? -numerator : numerator, denominator};
}

static Number number_of(Fraction a)
{
    Number numerator = number_from_int((int64_t)a.numerator), denominator = number_from_int((int64_t)a.denominator);
    Number out;
    ck_assert(number_divide(&numerator, &denominator, &out));
    return out;
}

static bool is_reduced(const Number *a)
{
    Wide x = a->numerator, y = a->denominator;
    while (y != 0) {
        Wide rest = x % y;
        x = y;
        y = rest;
    }
    return a->denominator > 0 && x == 1 && !(a->negative && a->numerator == 0);
}

static bool equals(const Number *a, Fraction b)
{
    Signed numerator = a->negative ? -(Signed)a->numerator : (Signed)a->numerator;
    return is_reduced(a) && numerator * b.denominator == b.numerator * (Signed)a->denominator;
}

START_TEST(test_arithmetic)
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 40000; i++) {
        Fraction a = random_fraction(&state), b = random_fraction(&state);
        Number x = number_of(a), y = number_of(b), out;
        Signed denominator = a.denominator * b.denominator;
        ck_assert(number_add(&x, &y, &out));
        ck_assert(equals(&out, (Fraction){a.numerator * b.denominator + b.numerator * a.denominator, denominator}));
        ck_assert(number_multiply(&x, &y, &out));
        ck_assert(equals(&out, (Fraction){a.numerator * b.numerator, denominator}));
        if (b.numerator != 0) {
            Signed sign = b.numerator < 0 ? -1 : 1;
            ck_assert(number_divide(&x, &y, &out));
            ck_assert(equals(&out, (Fraction){sign * a.numerator * b.denominator, sign * b.numerator * a.denominator}));
        }
        Signed left = a.numerator * b.denominator, right = b.numerator * a.denominator;
        ck_assert_int_eq(number_compare(&x, &y), (left > right) - (left < right));
        ck_assert_int_eq(number_compare(&x, &x), 0);
    }
}
END_TEST

START_TEST(test_round)
{
    uint64_t state = 362436069;
    static const Signed powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    for (int i = 0; i < 20000; i++) {
        Fraction a = random_fraction(&state);
        int places = (int)(next_random(&state) % 7);
        Number x = number_of(a), out;
        Signed scaled = (a.numerator < 0 ? -a.numerator : a.numerator) * powers[places];
        Signed whole = scaled / a.denominator, rest = scaled % a.denominator, sign = a.numerator < 0 ? -1 : 1;
        ck_assert(number_round(&x, places, ROUND_HALF_AWAY, &out));
        ck_assert(equals(&out, (Fraction){sign * (whole + (2 * rest >= a.denominator)), powers[places]}));
        ck_assert(number_round(&x, places, ROUND_AWAY, &out));
        ck_assert(equals(&out, (Fraction){sign * (whole + (rest > 0)), powers[places]}));
        ck_assert(number_round(&x, places, ROUND_TOWARDS_ZERO, &out));
        ck_assert(equals(&out, (Fraction){sign * whole, powers[places]}));
        ck_assert(number_round(&x, places, ROUND_DOWN, &out));
        ck_assert(equals(&out, (Fraction){sign * (whole + (sign < 0 && rest > 0)), powers[places]}));
    }
}
END_TEST

/* Digits read and written come back; decimals and numbers agree. */
START_TEST(test_text)
{
    Arena *arena = arena_new();
    uint64_t state = 521288629;
    for (int i = 0; i < 20000; i++) {
        Decimal decimal = {(int64_t)(next_random(&state) >> 2), 0}, back;
        decimal = decimal_trim(decimal);
        Number number = number_from_decimal(decimal), parsed;
        const char *text = number_text(&number, -1, false, arena);
        ck_assert_str_eq(text, decimal_text(decimal, arena));
        ck_assert(number_parse(text, strlen(text), &parsed));
        ck_assert_int_eq(number_compare(&number, &parsed), 0);
        ck_assert(number_to_decimal(&parsed, &back));
        ck_assert_int_eq(back.micro, decimal.micro);
        ck_assert_int_eq(back.places, decimal.places);
    }
    arena_free(arena);
}
END_TEST

/* Near the bound: refused, or right; comparing never overflows. */
START_TEST(test_bounds)
{
    Number largest = {NUMBER_MAX, 1, false}, least = {1, NUMBER_MAX, false}, one = number_from_int(1), out;
    ck_assert(!number_add(&largest, &one, &out));
    ck_assert(!number_multiply(&largest, &largest, &out));
    ck_assert(!number_multiply(&least, &least, &out));
    ck_assert(!number_add(&least, &largest, &out));
    ck_assert(number_multiply(&largest, &least, &out));
    ck_assert_int_eq(number_compare(&out, &one), 0);
    ck_assert(!number_round(&largest, 1, ROUND_HALF_AWAY, &out));
    ck_assert(number_round(&largest, 0, ROUND_HALF_AWAY, &out));
    ck_assert_int_eq(number_compare(&out, &largest), 0);
    Number negative = number_negate(largest);
    ck_assert(number_add(&largest, &negative, &out));
    ck_assert(out.numerator == 0 && !out.negative && out.denominator == 1);
    Number a = {NUMBER_MAX, NUMBER_MAX - 1, false}, b = {NUMBER_MAX - 1, NUMBER_MAX - 2, false};
    ck_assert_int_eq(number_compare(&a, &b), -1);
    ck_assert_int_eq(number_compare(&b, &a), 1);
    ck_assert_int_eq(number_compare(&negative, &least), -1);
    Decimal decimal;
    int64_t whole;
    ck_assert(!number_to_decimal(&largest, &decimal));
    ck_assert(!number_to_decimal(&least, &decimal));
    ck_assert(!number_to_int(&largest, &whole));
    Number half = {1, 2, true};
    ck_assert(!number_to_int(&half, &whole));
    ck_assert(number_to_decimal(&half, &decimal));
    ck_assert_int_eq(decimal.micro, -500000);
    ck_assert_int_eq(decimal.places, 1);
}
END_TEST

TCase *formula_number_case(void)
{
    TCase *tcase = tcase_create("number");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_arithmetic);
    tcase_add_test(tcase, test_round);
    tcase_add_test(tcase, test_text);
    tcase_add_test(tcase, test_bounds);
    return tcase;
}
