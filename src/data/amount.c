/* Turns the text of an amount into an exact number and the unit written after it. */
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

/* The ASCII a full-width form stands for in a number, 0 for none. */
static char narrow(uint32_t code)
{
    if (code >= 0xFF10 && code <= 0xFF19) { /* ０ to ９ */
        return (char)('0' + (code - 0xFF10));
    }
    switch (code) {
    case 0xFF0B: /* ＋ */
        return '+';
    case 0xFF0D: /* － */
        return '-';
    case 0xFF0C: /* ， */
        return ',';
    case 0xFF0E: /* ． */
    case 0x3002: /* 。 typed for a point with the Chinese keyboard on */
        return '.';
    default:
        return '\0';
    }
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == 0xA0 || code == 0x3000;
}

static bool in_number(uint32_t code)
{
    return (code >= '0' && code <= '9') || code == '+' || code == '-' || code == '.' || code == ',' || code == 0x2212;
}

/* Dashes of any kind, and nothing else: *proper for exactly two U+2014. */
static bool only_dashes(const char *text, size_t len, bool *proper)
{
    size_t count = 0, em = 0;
    for (size_t at = 0; at < len; count++) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        bool other = code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0x2500 ||
                     code == 0x30FC || code == 0x4E00 || code == 0xFF0D; /* ー and 一 look like dashes */
        if (!other) {
            return false;
        }
        em += code == 0x2014;
    }
    *proper = count == 2 && em == 2;
    return count > 0;
}

/* Everything before `*unit_at` belongs to the number. Full-width forms become ASCII; blanks between them are dropped.
 */
static char *take_number(const char *text, size_t len, Arena *arena, size_t *unit_at, bool *wide)
{
    char *number = arena_alloc(arena, len + 1);
    size_t count = 0, at = 0;
    while (at < len) {
        uint32_t code;
        size_t size = utf8_decode(text + at, len - at, &code);
        char ascii = narrow(code);
        if (ascii != '\0') {
            number[count++] = ascii;
            *wide = true;
        } else if (in_number(code)) {
            memcpy(number + count, text + at, size);
            count += size;
        } else if (!is_blank(code)) {
            break;
        }
        at += size;
    }
    *unit_at = at;
    return number;
}

static bool has_inner_blank(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        if (is_blank(code)) {
            return true;
        }
    }
    return false;
}

static void trim(const char **text, size_t *len)
{
    uint32_t code;
    while (*len > 0) {
        size_t size = utf8_decode(*text, *len, &code);
        if (!is_blank(code)) {
            break;
        }
        *text += size;
        *len -= size;
    }
    while (*len > 0) {
        size_t last = *len - 1;
        while (last > 0 && ((unsigned char)(*text)[last] & 0xC0) == 0x80) {
            last--;
        }
        utf8_decode(*text + last, *len - last, &code);
        if (!is_blank(code)) {
            break;
        }
        *len = last;
    }
}

static char *without_commas(const char *number, Arena *arena)
{
    char *plain = arena_strdup(arena, number), *out = plain;
    for (const char *at = number; *at != '\0'; at++) {
        if (*at != ',') {
            *out++ = *at;
        }
    }
    *out = '\0';
    return plain;
}

static AmountStatus parse_number(const char *number, Decimal *out, Arena *arena)
{
    switch (decimal_parse(number, strlen(number), out)) {
    case DECIMAL_OK:
        return AMOUNT_OK;
    case DECIMAL_TOO_MANY_PLACES:
        return AMOUNT_PLACES;
    case DECIMAL_OVERFLOW:
        return AMOUNT_OVERFLOW;
    case DECIMAL_SYNTAX:
        break;
    }
    const char *plain = without_commas(number, arena);
    return strcmp(plain, number) != 0 && decimal_parse(plain, strlen(plain), out) == DECIMAL_OK ? AMOUNT_COMMAS
                                                                                                : AMOUNT_SYNTAX;
}

Amount amount_read(const char *text, size_t len, Arena *arena)
{
    Amount amount = {.unit = "", .text = ""};
    trim(&text, &len);
    if (len == 0) {
        amount.status = AMOUNT_BLANK;
        return amount;
    }
    bool proper;
    if (only_dashes(text, len, &proper)) {
        amount.status = proper ? AMOUNT_NOT_APPLICABLE : AMOUNT_DASH;
        return amount;
    }
    size_t unit_at;
    const char *number = take_number(text, len, arena, &unit_at, &amount.wide);
    amount.unit = arena_strndup(arena, text + unit_at, len - unit_at);
    amount.text = arena_printf(arena, "%s%s", number, amount.unit);
    const char *digits = text;
    size_t digits_len = unit_at;
    trim(&digits, &digits_len);
    amount.status = has_inner_blank(digits, digits_len) ? AMOUNT_SYNTAX : parse_number(number, &amount.number, arena);
    return amount;
}

bool unit_power_of(const char *unit, int *power)
{
    static const struct {
        const char *name;
        int power;
    } units[] = {
        {"\u5143", 0},             /* 元 */
        {"\u5343\u5143", 3},       /* 千元 */
        {"\u4E07\u5143", 4},       /* 万元 */
        {"\u4E07", 4},             /* 万 */
        {"\u767E\u4E07\u5143", 6}, /* 百万元 */
        {"\u4EBF\u5143", 8},       /* 亿元 */
        {"\u4EBF", 8},             /* 亿 */
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (text_equal(unit, units[i].name)) {
            *power = units[i].power;
            return true;
        }
    }
    return false;
}
