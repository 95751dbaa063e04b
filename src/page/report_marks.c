/* Characters -> what may not stand at the edges of a line, or be parted by them. */
#include <stddef.h>

#include "page/report_int.h"

static bool is_one_of(uint32_t code, const uint16_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (codes[i] == code)
            return true;
    return false;
}

#define ONE_OF(code, list) is_one_of(code, list, sizeof(list) / sizeof *(list))

/* 15834 5.1.1-5.1.3, 5.1.6, 5.1.7, 5.1.9: 。，、；：？！ ”’ ）〕】》〉 」』〗］｝ – ～ · ／ and the same in ASCII; and
 * what ends a number: ％ ‰ ℃ */
static const uint16_t NOT_FIRST[] = {
    0x3002, 0xFF0C, 0x3001, 0xFF1B, 0xFF1A, 0xFF1F, 0xFF01, 0x201D, 0x2019, 0xFF09, 0x3015, 0x3011,
    0x300B, 0x3009, 0x300D, 0x300F, 0x3017, 0xFF3D, 0xFF5D, 0x2013, 0xFF5E, 0x00B7, 0xFF0F, '.',
    ',',    ';',    ':',    '!',    '?',    ')',    ']',    '}',    '/',    0xFF0E,
};

/* 15834 5.1.3, 5.1.9: “‘（〔【《〈「『〖［｛ ／ */
static const uint16_t NOT_LAST[] = {
    0x201C, 0x2018, 0xFF08, 0x3014, 0x3010, 0x300A, 0x3008, 0x300C,
    0x300E, 0x3016, 0xFF3B, 0xFF5B, 0xFF0F, '(',    '[',    '{',
};

/* ≥ ≤ ＞ ＜ ± × ￥ + = < > $ № 第 */
static const uint16_t BEFORE_NUMBER[] = {0x2265, 0x2264, 0xFF1E, 0xFF1C, 0x00B1, 0x00D7, 0xFFE5,
                                         '+',    '=',    '<',    '>',    '$',    0x2116, 0x7B2C};

/* 元 万 亿 年 月 日 号 项 个 人 名 次 台 辆 件 份 套 岁 时 分 秒 米 ㎡ ℃ ‰ ％ and % */
static const uint16_t AFTER_NUMBER[] = {
    0x5143, 0x4E07, 0x4EBF, 0x5E74, 0x6708, 0x65E5, 0x53F7, 0x9879, 0x4E2A, 0x4EBA, 0x540D, 0x6B21, 0x53F0, 0x8F86,
    0x4EF6, 0x4EFD, 0x5957, 0x5C81, 0x65F6, 0x5206, 0x79D2, 0x7C73, 0x33A1, 0x2103, 0x2030, 0xFF05, '%',
};

bool report_begins_no_line(uint32_t code)
{
    return ONE_OF(code, NOT_FIRST);
}

bool report_ends_no_line(uint32_t code)
{
    return ONE_OF(code, NOT_LAST);
}

bool report_is_mark(uint32_t code)
{
    return ONE_OF(code, NOT_FIRST) || ONE_OF(code, NOT_LAST) || code == 0x2014 || code == 0x2026;
}

bool report_is_han(uint32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) || code == 0x3007 ||
           (code >= 0x20000 && code <= 0x3FFFF);
}

static bool is_digit(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19);
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

/* A line ends between left and right: digits, a digit and its sign, point, unit or bracket, or letters. */
bool report_parts_number(uint32_t before_left, uint32_t left, uint32_t right)
{
    if (is_digit(right))
        return is_digit(left) || ONE_OF(left, BEFORE_NUMBER) || ((left == '.' || left == ',') && is_digit(before_left));
    if (is_digit(left))
        return ONE_OF(right, AFTER_NUMBER);
    return is_letter(left) && is_letter(right);
}
