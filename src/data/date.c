/* Turns the text of a date into year, month and day. */
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

#define YEAR_SIGN  0x5E74 /* 年 */
#define MONTH_SIGN 0x6708 /* 月 */
#define DAY_SIGN   0x65E5 /* 日 */

typedef struct Reading {
    const char *text;
    size_t len, at;
    bool wide; /* had full-width digits or separators, or blanks */
} Reading;

static uint32_t take_code(Reading *reading)
{
    uint32_t code = 0;
    if (reading->at < reading->len) {
        reading->at += utf8_decode(reading->text + reading->at, reading->len - reading->at, &code);
    }
    if (code > 0xFF00 && code < 0xFF5F) { /* full-width forms of ASCII */
        reading->wide = true;
        code -= 0xFEE0;
    }
    return code;
}

/* Digits at the reading position; *count of them. */
static int take_number(Reading *reading, int *count)
{
    int value = 0;
    *count = 0;
    while (reading->at < reading->len) {
        size_t before = reading->at;
        bool wide = reading->wide;
        uint32_t code = take_code(reading);
        if (code < '0' || code > '9' || *count == 8) {
            reading->at = before;
            reading->wide = wide;
            break;
        }
        value = value * 10 + (int)(code - '0');
        (*count)++;
    }
    return value;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Years of four digits; months and days of one or two. */
static bool take_parts(Reading *reading, Date *date, bool *other_form)
{
    int digits;
    date->year = take_number(reading, &digits);
    if (digits == 8 && reading->at == reading->len) { /* 20200131 */
        *other_form = true;
        date->month = date->year / 100 % 100;
        date->day = date->year % 100;
        date->year /= 10000;
        return true;
    }
    uint32_t first = take_code(reading);
    if (digits != 4 || (first != '-' && first != '/' && first != '.' && first != YEAR_SIGN)) {
        return false;
    }
    *other_form = first == '.';
    date->month = take_number(reading, &digits);
    uint32_t second = take_code(reading);
    if (digits < 1 || digits > 2 || second != (first == YEAR_SIGN ? MONTH_SIGN : first)) {
        return false;
    }
    date->day = take_number(reading, &digits);
    if (first == YEAR_SIGN && take_code(reading) != DAY_SIGN) {
        return false;
    }
    return digits >= 1 && digits <= 2 && reading->at == reading->len;
}

Date date_read(const char *text, size_t len)
{
    Date date = {.status = DATE_SYNTAX};
    Reading reading = {.text = text, .len = len};
    bool other_form = false;
    if (!take_parts(&reading, &date, &other_form)) {
        return date;
    }
    bool real = date.year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
                date.day <= days_in(date.year, date.month);
    date.status = !real ? DATE_UNREAL : other_form || reading.wide ? DATE_FORM : DATE_OK;
    return date;
}
