/* The numbers of headings and captions: recognized in the template, written anew from a count. */
#include <string.h>

#include "base/text.h"
#include "template/template_int.h"

#define CODE_ENUMERATION_COMMA 0x3001 /* 、 */
#define CODE_WIDE_STOP         0xFF0E /* ． */
#define CODE_WIDE_OPEN         0xFF08 /* （ */
#define CODE_WIDE_CLOSE        0xFF09 /* ） */
#define CODE_ORDINAL           0x7B2C /* 第 */

/* 一二三四五六七八九十百零 */
static const uint16_t CHINESE_DIGITS[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                          0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E, 0x96F6};

/* A code point read off `text` at `*at`; 0 at the end. */
static uint32_t take(const char *text, size_t len, size_t *at)
{
    uint32_t code = 0;
    size_t bytes = *at < len ? utf8_decode(text + *at, len - *at, &code) : 0;
    *at += bytes;
    return bytes > 0 ? code : 0;
}

static bool is_chinese_digit(uint32_t code)
{
    for (size_t i = 0; i < sizeof CHINESE_DIGITS / sizeof *CHINESE_DIGITS; i++)
        if (CHINESE_DIGITS[i] == code)
            return true;
    return false;
}

/* Digits of one kind from `at` on; returns the offset after them, `at` for none. */
static size_t skip_number(const char *text, size_t len, size_t at, bool *chinese)
{
    size_t start = at, next = at;
    uint32_t code = take(text, len, &next);
    *chinese = is_chinese_digit(code);
    while (next <= len && (*chinese ? is_chinese_digit(code) : code >= '0' && code <= '9')) {
        at = next;
        code = take(text, len, &next);
        if (code == 0)
            break;
    }
    return at - start <= 15 ? at : start; /* five Hanzi: 九百九十九 */
}

size_t number_form_match(const char *text, size_t len, NumberForm *form, Arena *arena)
{
    size_t at = 0, next = 0;
    uint32_t first = take(text, len, &next);
    bool bracket = first == CODE_WIDE_OPEN || first == '(', ordinal = first == CODE_ORDINAL;
    if (bracket || ordinal)
        at = next;
    *form = (NumberForm){.before = arena_strndup(arena, text, at), .after = ""};
    size_t end = skip_number(text, len, at, &form->chinese);
    if (end == at)
        return 0;
    if (!ordinal) {
        next = end;
        uint32_t mark = take(text, len, &next);
        bool fits = bracket ? mark == CODE_WIDE_CLOSE || mark == ')'
                            : mark == CODE_ENUMERATION_COMMA || mark == CODE_WIDE_STOP || mark == '.';
        if (!fits)
            return 0;
        form->after = arena_strndup(arena, text + end, next - end);
        end = next;
    }
    form->present = true;
    return end;
}

const char *number_form_text(const NumberForm *form, unsigned number, Arena *arena)
{
    if (form->chinese)
        return arena_printf(arena, "%s%s%s", form->before, text_chinese_number(arena, number), form->after);
    return arena_printf(arena, "%s%u%s", form->before, number, form->after);
}

bool number_form_equal(const NumberForm *a, const NumberForm *b)
{
    return a->present == b->present && a->chinese == b->chinese && strcmp(a->before, b->before) == 0 &&
           strcmp(a->after, b->after) == 0;
}
