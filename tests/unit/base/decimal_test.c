/* Tests of base/decimal.h: tables, every short text against a regular expression, and properties against 128 bits. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base_tests.h"

__extension__ typedef __int128 Wide;

static const struct {
    const char *text;
    DecimalStatus status;
    int64_t micro;
    int places;
    const char *printed;
} parse_cases[] = {
    {"0", DECIMAL_OK, 0, 0, "0"},
    {"-0", DECIMAL_OK, 0, 0, "0"},
    {"-0.00", DECIMAL_OK, 0, 2, "0.00"},
    {"558.00", DECIMAL_OK, 558000000, 2, "558.00"},
    {"4945.05", DECIMAL_OK, 4945050000, 2, "4945.05"},
    {"+5", DECIMAL_OK, 5000000, 0, "5"},
    {"-5", DECIMAL_OK, -5000000, 0, "-5"},
    {"\xE2\x88\x92"
     "5.5",
     DECIMAL_OK, -5500000, 1, "-5.5"}, /* U+2212 */
    {"-0.000001", DECIMAL_OK, -1, 6, "-0.000001"},
    {"007", DECIMAL_OK, 7000000, 0, "7"},
    {"1,234", DECIMAL_OK, 1234000000, 0, "1234"},
    {"12,345,678.90", DECIMAL_OK, 12345678900000, 2, "12345678.90"},
    {"-1,000", DECIMAL_OK, -1000000000, 0, "-1000"},
    {"9223372036854", DECIMAL_OK, DECIMAL_LIMIT, 0, "9223372036854"},
    {"-9223372036854.000000", DECIMAL_OK, -DECIMAL_LIMIT, 6, "-9223372036854.000000"},
    {"9223372036854.000001", DECIMAL_OVERFLOW, 0, 0, NULL},
    {"9223372036855", DECIMAL_OVERFLOW, 0, 0, NULL},
    {"99999999999999999999999999999999999999999999999999", DECIMAL_OVERFLOW, 0, 0, NULL},
    {"0000000000000000000000000000000000000000000000000001", DECIMAL_OK, 1000000, 0, "1"},
    {"0.0000001", DECIMAL_TOO_MANY_PLACES, 0, 0, NULL},
    {"1.0000000", DECIMAL_TOO_MANY_PLACES, 0, 0, NULL},
    {"1.0000000x", DECIMAL_SYNTAX, 0, 0, NULL},
    {"", DECIMAL_SYNTAX, 0, 0, NULL},
    {"-", DECIMAL_SYNTAX, 0, 0, NULL},
    {"--5", DECIMAL_SYNTAX, 0, 0, NULL},
    {"+-5", DECIMAL_SYNTAX, 0, 0, NULL},
    {".5", DECIMAL_SYNTAX, 0, 0, NULL},
    {"5.", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1.2.3", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1,23,4.5", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1234,567", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1,234567", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1,234,", DECIMAL_SYNTAX, 0, 0, NULL},
    {",234", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1,2345", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1.234,567", DECIMAL_SYNTAX, 0, 0, NULL},
    {" 5", DECIMAL_SYNTAX, 0, 0, NULL},
    {"5 ", DECIMAL_SYNTAX, 0, 0, NULL},
    {"1e3", DECIMAL_SYNTAX, 0, 0, NULL},
    {"0x10", DECIMAL_SYNTAX, 0, 0, NULL},
    {"nan", DECIMAL_SYNTAX, 0, 0, NULL},
    {"\xEF\xBC\x8B"
     "5",
     DECIMAL_SYNTAX, 0, 0, NULL},                 /* U+FF0B FULLWIDTH PLUS SIGN */
    {"\xEF\xBC\x95", DECIMAL_SYNTAX, 0, 0, NULL}, /* U+FF15 FULLWIDTH DIGIT FIVE */
    {"1\xEF\xBC\x8C"
     "234",
     DECIMAL_SYNTAX, 0, 0, NULL},             /* U+FF0C FULLWIDTH COMMA */
    {"\xE2\x88", DECIMAL_SYNTAX, 0, 0, NULL}, /* half a minus */
    {"\xE2\x80\x93"
     "5",
     DECIMAL_SYNTAX, 0, 0, NULL}, /* U+2013 EN DASH */
};

START_TEST(parse_table)
{
    Arena *arena = arena_new();
    const char *text = parse_cases[_i].text;
    Decimal value = {77, 7};
    DecimalStatus status = decimal_parse(text, strlen(text), &value);
    ck_assert_msg(status == parse_cases[_i].status, "'%s' gives status %d", text, (int)status);
    if (status == DECIMAL_OK) {
        ck_assert_int_eq(value.micro, parse_cases[_i].micro);
        ck_assert_int_eq(value.places, parse_cases[_i].places);
        ck_assert_str_eq(decimal_text(value, arena), parse_cases[_i].printed);
    }
    arena_free(arena);
}
END_TEST

START_TEST(parse_stops_at_the_given_length)
{
    Decimal value;
    ck_assert_int_eq(decimal_parse("12345", 3, &value), DECIMAL_OK);
    ck_assert_int_eq(value.micro, 123000000);
    ck_assert_int_eq(decimal_parse("5\0", 2, &value), DECIMAL_SYNTAX);
}
END_TEST

/* All 4^1 + ... + 4^9 texts of a digit, comma, point and sign. */
START_TEST(parse_accepts_just_what_the_grammar_says)
{
    static const char letters[] = "7,.-";
    regex_t grammar;
    ck_assert_int_eq(regcomp(&grammar, "^[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]+)?$", REG_EXTENDED | REG_NOSUB),
                     0);
    for (size_t len = 1; len <= 9; len++) {
        for (uint32_t number = 0; number < 1u << (2 * len); number++) {
            char text[10] = "";
            for (size_t i = 0; i < len; i++) {
                text[i] = letters[number >> (2 * i) & 3];
            }
            Decimal value;
            bool is_number = regexec(&grammar, text, 0, NULL, 0) == 0;
            DecimalStatus status = decimal_parse(text, len, &value);
            bool too_fine = is_number && strchr(text, '.') && strlen(strchr(text, '.')) > 7;
            DecimalStatus expected = !is_number ? DECIMAL_SYNTAX : too_fine ? DECIMAL_TOO_MANY_PLACES : DECIMAL_OK;
            if (status != expected) {
                ck_abort_msg("'%s' gives status %d", text, (int)status);
            }
        }
    }
    regfree(&grammar);
}
END_TEST

static Decimal decimal_of(const char *text)
{
    Decimal value = {0};
    ck_assert_msg(decimal_parse(text, strlen(text), &value) == DECIMAL_OK, "%s", text);
    return value;
}

START_TEST(text_and_parse_are_inverse)
{
    Arena *arena = arena_new();
    for (int64_t micro = -1100000; micro <= 1100000; micro += 7) {
        Decimal value = decimal_trim((Decimal){micro, 0});
        for (uint8_t places = value.places; places <= DECIMAL_PLACES; places++) {
            ArenaMark mark = arena_mark(arena);
            const char *text = decimal_text((Decimal){micro, places}, arena);
            Decimal back = decimal_of(text);
            hold(back.micro == micro);
            hold(back.places == places);
            arena_rewind(arena, mark);
        }
    }
    /* Places set too few by hand lose no digit. */
    ck_assert_str_eq(decimal_text((Decimal){1500000, 0}, arena), "1.5");
    arena_free(arena);
}
END_TEST

static int64_t random_micro(Random *random)
{
    int64_t value = (int64_t)(random_next(random) % (uint64_t)(2 * (DECIMAL_LIMIT / 2))) - DECIMAL_LIMIT / 2;
    value = random_next(random) & 1 ? value * 2 : value;
    return value >> random_next(random) % 63;
}

static Wide power_of_ten(int power)
{
    Wide value = 1;
    while (power-- > 0) {
        value *= 10;
    }
    return value;
}

static bool fits(Wide value)
{
    return value <= DECIMAL_LIMIT && value >= -DECIMAL_LIMIT;
}

START_TEST(sums_and_products_are_exact_or_refused)
{
    Random random = {20250101};
    for (int i = 0; i < 200000; i++) {
        Decimal a = decimal_trim((Decimal){random_micro(&random), 0});
        Decimal b = decimal_trim((Decimal){random_micro(&random), 0});
        int places = a.places > b.places ? a.places : b.places;
        Decimal out;
        Wide sum = (Wide)a.micro + b.micro, difference = (Wide)a.micro - b.micro, product = (Wide)a.micro * b.micro;
        hold(decimal_add(a, b, &out) == fits(sum));
        hold(!fits(sum) || (out.micro == sum && out.places == places));
        hold(decimal_subtract(a, b, &out) == fits(difference));
        hold(!fits(difference) || (out.micro == difference && out.places == places));
        bool exact = product % 1000000 == 0 && fits(product / 1000000);
        hold(decimal_multiply(a, b, &out) == exact);
        hold(!exact || (Wide)out.micro * 1000000 == product);
        hold(!exact || out.places == decimal_trim(out).places);
        hold(decimal_compare(a, b) == (difference > 0 ? 1 : difference < 0 ? -1 : 0));
        hold(decimal_compare(decimal_negate(a), decimal_negate(b)) == -decimal_compare(a, b));
    }
}
END_TEST

START_TEST(the_range_ends_where_it_says)
{
    Decimal most = {DECIMAL_LIMIT, 0}, least = {-DECIMAL_LIMIT, 0}, grain = {1, 6}, two = {2000000, 0}, out;
    ck_assert(!decimal_add(most, grain, &out) && !decimal_subtract(least, grain, &out));
    ck_assert(!decimal_subtract(most, decimal_negate(grain), &out) && !decimal_add(least, decimal_negate(grain), &out));
    ck_assert(decimal_subtract(most, grain, &out) && out.micro == DECIMAL_LIMIT - 1);
    ck_assert(decimal_add(least, grain, &out) && out.micro == 1 - DECIMAL_LIMIT);
    ck_assert(decimal_add(most, least, &out) && out.micro == 0);
    ck_assert(decimal_multiply(least, (Decimal){-1000000, 0}, &out) && out.micro == DECIMAL_LIMIT);
    ck_assert(!decimal_multiply(most, two, &out) && !decimal_multiply(least, two, &out));
    ck_assert(!decimal_multiply(most, most, &out) && !decimal_multiply(grain, grain, &out));
    ck_assert(!decimal_shift(most, 1, &out) && !decimal_shift(least, 1, &out));
    ck_assert(decimal_shift(least, 0, &out) && out.micro == -DECIMAL_LIMIT);
}
END_TEST

START_TEST(shift_moves_the_point_exactly_or_refuses)
{
    Random random = {4711};
    for (int i = 0; i < 100000; i++) {
        Decimal a = {random_micro(&random), 6}, out = {0};
        int power = (int)(random_next(&random) % 17) - 8;
        Wide scale = power_of_ten(abs(power));
        bool exact = power >= 0 ? fits(a.micro * scale) : a.micro % scale == 0;
        hold(decimal_shift(a, power, &out) == exact);
        hold(!exact || (power >= 0 ? out.micro == a.micro * scale : out.micro * scale == a.micro));
        hold(!exact || out.places == decimal_trim(out).places);
    }
    Decimal out;
    hold(decimal_shift(decimal_of("0"), 1000000000, &out) && out.micro == 0);
    hold(decimal_shift(decimal_of("0.00"), -1000000000, &out) && out.micro == 0);
    hold(!decimal_shift(decimal_of("1"), 1000000000, &out));
    hold(!decimal_shift(decimal_of("1"), -1000000000, &out));
    hold(decimal_shift(decimal_of("49450500.00"), -4, &out));
    hold(out.micro == 4945050000);
    hold(out.places == 2);
}
END_TEST

START_TEST(round_is_half_away_from_zero)
{
    static const struct {
        const char *value;
        int places;
        const char *rounded;
    } cases[] = {
        {"2.5", 0, "3"},
        {"-2.5", 0, "-3"},
        {"2.4", 0, "2"},
        {"0.005", 2, "0.01"},
        {"-0.005", 2, "-0.01"},
        {"0.004999", 2, "0.00"},
        {"-0.004", 2, "0.00"},
        {"1.005", 2, "1.01"},
        {"5", 2, "5.00"},
        {"1.123456", 6, "1.123456"},
        {"9.99995", 4, "10.0000"},
        {"0.5", 0, "1"},
        {"-0.5", 0, "-1"},
        {"0.499999", 0, "0"},
        {"9223372036853.999999", 0, "9223372036854"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Decimal rounded = decimal_round(decimal_of(cases[i].value), cases[i].places);
        ck_assert_str_eq(decimal_text(rounded, arena), cases[i].rounded);
    }
    /* Nearest, and away from zero when two are near alike. */
    Random random = {99};
    for (int i = 0; i < 100000; i++) {
        int places = (int)(random_next(&random) % 7);
        Wide unit = power_of_ten(6 - places);
        Decimal a = {random_micro(&random), 6}, rounded = decimal_round(a, places);
        Wide off = (Wide)rounded.micro - a.micro;
        hold(rounded.micro % unit == 0 && fits(rounded.micro));
        hold(2 * (off < 0 ? -off : off) <= unit);
        hold(2 * (off < 0 ? -off : off) != unit || (off > 0) == (a.micro > 0));
        hold(rounded.places == places);
    }
    arena_free(arena);
}
END_TEST

START_TEST(trim_from_int_and_compare)
{
    ck_assert_int_eq(decimal_trim(decimal_of("558.00")).places, 0);
    ck_assert_int_eq(decimal_trim(decimal_of("558.10")).places, 1);
    ck_assert_int_eq(decimal_trim(decimal_of("0.000001")).places, 6);
    ck_assert_int_eq(decimal_trim(decimal_of("0.000000")).places, 0);
    ck_assert_int_eq(decimal_compare(decimal_of("558.00"), decimal_of("558")), 0);
    ck_assert_int_eq(decimal_from_int(-12).micro, -12000000);
    ck_assert_int_eq(decimal_from_int(INT64_MAX).micro, DECIMAL_LIMIT);
    ck_assert_int_eq(decimal_from_int(INT64_MIN).micro, -DECIMAL_LIMIT);
    ck_assert_int_eq(decimal_negate(decimal_of("1.50")).micro, -1500000);
    ck_assert_int_eq(decimal_negate(decimal_of("1.50")).places, 2);
}
END_TEST

Suite *decimal_suite(void)
{
    Suite *suite = suite_create("decimal");
    TCase *tests = tcase_create("decimal");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, parse_table, 0, (int)(sizeof parse_cases / sizeof *parse_cases));
    tcase_add_test(tests, parse_stops_at_the_given_length);
    tcase_add_test(tests, parse_accepts_just_what_the_grammar_says);
    tcase_add_test(tests, text_and_parse_are_inverse);
    tcase_add_test(tests, sums_and_products_are_exact_or_refused);
    tcase_add_test(tests, the_range_ends_where_it_says);
    tcase_add_test(tests, shift_moves_the_point_exactly_or_refuses);
    tcase_add_test(tests, round_is_half_away_from_zero);
    tcase_add_test(tests, trim_from_int_and_compare);
    suite_add_tcase(suite, tests);
    return suite;
}
