/* Break opportunities -> the same with numbers held together: sign, digits, point, thousands, % and unit, ranges, years
 * in brackets; with the places between the parts of a date and after labels marked as not liked.
 * GB/T 15835-2011 (a number in digits stays on one line), guides to 9704 on 年份, 文号 and number-unit groups. */
#include "text/text_int.h"

#define CODE_DI   0x7B2C /* 第 */
#define CODE_YEAR 0x5E74 /* 年 */
#define CODE_YU   0x4F59 /* 余, 多, 来, 几: about so many */
#define CODE_DUO  0x591A
#define CODE_LAI  0x6765
#define CODE_JI   0x51E0

typedef struct Numbers {
    const uint32_t *codes;
    TextChar *chars;
    size_t count;
} Numbers;

static TextClass class_at(const Numbers *n, size_t i)
{
    return i < n->count ? (TextClass)n->chars[i].class : TEXT_SPACE;
}

static uint32_t code_at(const Numbers *n, size_t i)
{
    return i < n->count ? n->codes[i] : 0;
}

static bool is_digit(const Numbers *n, size_t i)
{
    TextClass class = class_at(n, i);
    return class == TEXT_DIGIT || class == TEXT_DIGIT_WIDE;
}

static bool is_point(uint32_t code)
{
    return code == '.' || code == ',' || code == ':' || code == 0xFF0E; /* ． */
}

static bool is_sign(TextClass class)
{
    return class == TEXT_SIGN || class == TEXT_SIGN_WIDE || class == TEXT_PREFIX || class == TEXT_PREFIX_WIDE;
}

static bool is_postfix(TextClass class)
{
    return class == TEXT_POSTFIX || class == TEXT_POSTFIX_WIDE;
}

/* 十 百 千 万 亿 */
static bool is_multiplier(uint32_t code)
{
    return code == 0x5341 || code == 0x767E || code == 0x5343 || code == 0x4E07 || code == 0x4EBF;
}

/* 〇 零 一 to 九 */
static bool is_chinese_digit(uint32_t code)
{
    switch (code) {
    case 0x3007:
    case 0x96F6:
    case 0x4E00:
    case 0x4E8C:
    case 0x4E09:
    case 0x56DB:
    case 0x4E94:
    case 0x516D:
    case 0x4E03:
    case 0x516B:
    case 0x4E5D:
        return true;
    default:
        return false;
    }
}

static void glue(const Numbers *n, size_t at)
{
    if (at + 1 < n->count && n->chars[at].after > TEXT_GLUED)
        n->chars[at].after = TEXT_GLUED;
}

static void soften(const Numbers *n, size_t at)
{
    if (at + 1 < n->count && n->chars[at].after == TEXT_FREE)
        n->chars[at].after = TEXT_SOFT;
}

/* Digits with points and thousands from `at`: the index after them. */
static size_t number_end(const Numbers *n, size_t at)
{
    while (is_digit(n, at) || (is_point(code_at(n, at)) && is_digit(n, at + 1))) {
        if (is_digit(n, at + 1) || (is_point(code_at(n, at + 1)) && is_digit(n, at + 2)))
            glue(n, at);
        at++;
    }
    return at;
}

/* Glues `length` characters to what stands before `at`; returns the index after them. */
static size_t take(const Numbers *n, size_t at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        glue(n, at - 1 + i);
    return at + length;
}

static bool is_about(uint32_t code)
{
    return code == CODE_YU || code == CODE_DUO || code == CODE_LAI || code == CODE_JI;
}

static size_t unit_length(const Numbers *n, size_t at)
{
    return at < n->count ? text_unit_length(n->codes + at, n->count - at) : 0;
}

/* 20余个, 5万元, 1.2亿, 元/月 from `at`, after digits. */
static size_t quantity_end(const Numbers *n, size_t at)
{
    while (is_postfix(class_at(n, at)))
        at = take(n, at, 1);
    if (is_about(code_at(n, at)) && (is_multiplier(code_at(n, at + 1)) || unit_length(n, at + 1) > 0))
        at = take(n, at, 1);
    if (unit_length(n, at) < 3) /* 百分点 is no hundred */
        while (is_multiplier(code_at(n, at)))
            at = take(n, at, 1);
    if (is_about(code_at(n, at)) && unit_length(n, at + 1) > 0)
        at = take(n, at, 1);
    at = take(n, at, unit_length(n, at));
    if (class_at(n, at) == TEXT_SLASH && unit_length(n, at + 1) > 0)
        at = take(n, at, 1 + unit_length(n, at + 1));
    return at;
}

/* A typed space between number and unit: "20 万元", "95 %". */
static size_t spaced_unit_end(const Numbers *n, size_t at)
{
    if (class_at(n, at) != TEXT_SPACE || at >= n->count)
        return at;
    if (!is_postfix(class_at(n, at + 1)) && unit_length(n, at + 1) == 0 && !is_multiplier(code_at(n, at + 1)))
        return at;
    size_t end = quantity_end(n, at + 1);
    glue(n, at);
    return end;
}

/* 63%～68%, 2019—2021年, 1-6月: both sides of the connector. */
static void glue_range(const Numbers *n, size_t at)
{
    uint32_t code = code_at(n, at);
    bool connector =
        class_at(n, at) == TEXT_CONNECTOR || code == '-' || code == '~' || code == 0x2010 || code == 0x2011;
    if (!connector || at == 0)
        return;
    if (is_digit(n, at + 1) ||
        ((is_sign(class_at(n, at + 1)) || code_at(n, at + 1) == CODE_DI) && is_digit(n, at + 2))) {
        glue(n, at - 1);
        glue(n, at);
    }
}

/* 〔2011〕24号, (2011)24号: the year's brackets hold to the number. */
static void glue_bracketed_year(const Numbers *n, size_t start, size_t end)
{
    if (start == 0 || end - start != 4 || !is_digit(n, end + 1))
        return;
    TextClass open = class_at(n, start - 1), close = class_at(n, end);
    if ((open != TEXT_OPEN && open != TEXT_LATIN_OPEN) || (close != TEXT_CLOSE && close != TEXT_LATIN_CLOSE))
        return;
    glue(n, start - 1);
    glue(n, end - 1);
    glue(n, end);
    if (start >= 2)
        soften(n, start - 2);
}

/* A sentence or clause begins at `at`. */
static bool begins_clause(const Numbers *n, size_t at)
{
    if (at == 0)
        return true;
    TextClass before = class_at(n, at - 1);
    return before == TEXT_STOP || before == TEXT_COMMA || before == TEXT_CLOSE || before == TEXT_LATIN_CLOSE ||
           before == TEXT_SPACE || before == TEXT_CELL_SPACE;
}

/* 1． 2、 3. and （一） (1) at the head of a clause hold to their first words, if they can. */
static void soften_label(const Numbers *n, size_t start, size_t end)
{
    if (end - start > 3)
        return;
    size_t mark = end;
    if (start > 0 && (class_at(n, start - 1) == TEXT_OPEN || class_at(n, start - 1) == TEXT_LATIN_OPEN)) {
        if (class_at(n, end) != TEXT_CLOSE && class_at(n, end) != TEXT_LATIN_CLOSE)
            return;
        start--;
    } else if (code_at(n, end) != 0x3001 && code_at(n, end) != 0xFF0E && code_at(n, end) != '.') { /* 、 ． */
        return;
    }
    if (!begins_clause(n, start) || is_digit(n, mark + 1))
        return;
    if (class_at(n, mark + 1) == TEXT_SPACE)
        mark++;
    soften(n, mark);
}

/* 附件1, 表2, 图3 */
static bool is_numbered_thing(const Numbers *n, size_t at)
{
    uint32_t code = n->codes[at];
    return code == 0x8868 || code == 0x56FE || (code == 0x4EF6 && at > 0 && n->codes[at - 1] == 0x9644);
}

static size_t glue_number(const Numbers *n, size_t start)
{
    size_t end = number_end(n, start);
    if (start > 0 && is_numbered_thing(n, start - 1))
        soften(n, start - 1);
    for (size_t at = start; at > 0 && (is_sign(class_at(n, at - 1)) || code_at(n, at - 1) == CODE_DI); at--)
        glue(n, at - 1);
    glue_bracketed_year(n, start, end);
    soften_label(n, start, end);
    size_t unit = quantity_end(n, end);
    if (unit == end)
        unit = spaced_unit_end(n, end);
    if (unit > end && is_digit(n, unit))
        soften(n, unit - 1); /* 2020年|1月|31日 */
    glue_range(n, unit);
    return unit > start ? unit : start + 1;
}

/* 二〇二〇年 as one; 一、 and （一） as labels. */
static size_t glue_chinese_number(const Numbers *n, size_t start)
{
    size_t end = start;
    while (is_chinese_digit(code_at(n, end)) || code_at(n, end) == 0x5341) /* 十 */
        end++;
    if (end - start >= 3 && code_at(n, end) == CODE_YEAR)
        take(n, start + 1, end - start - 1 + unit_length(n, end));
    soften_label(n, start, end);
    return end;
}

void text_glue_numbers(const uint32_t *codes, size_t count, TextChar *chars)
{
    Numbers n = {codes, chars, count};
    for (size_t i = 0; i < count;) {
        if (is_digit(&n, i))
            i = glue_number(&n, i);
        else if (is_chinese_digit(codes[i]) || codes[i] == 0x5341)
            i = glue_chinese_number(&n, i);
        else
            i++;
    }
}
