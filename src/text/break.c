/* Classes -> where a line may end: the rules on marks of GB/T 15834-2011 5.1 between Chinese, UAX #14 inside Latin. */
#include "text/text_int.h"

#include <unilbrk.h>

/* 5.1.1-5.1.3, 5.1.6, 5.1.7, 5.1.9: may not begin a line. */
static bool may_begin(TextClass class)
{
    return !text_in(class, TEXT_SET(TEXT_CLOSE) | TEXT_SET(TEXT_COMMA) | TEXT_SET(TEXT_STOP) |
                               TEXT_SET(TEXT_COMMA_MIDDLE) | TEXT_SET(TEXT_STOP_MIDDLE) | TEXT_SET(TEXT_DOT) |
                               TEXT_SET(TEXT_CONNECTOR) | TEXT_SET(TEXT_SLASH) | TEXT_SET(TEXT_LATIN_CLOSE) |
                               TEXT_SET(TEXT_POSTFIX) | TEXT_SET(TEXT_POSTFIX_WIDE) | TEXT_SET(TEXT_SPACE) |
                               TEXT_SET(TEXT_JOINED) | TEXT_SET(TEXT_INVISIBLE));
}

/* 5.1.3, 5.1.9 (the GB level: / neither begins nor ends a line); signs stay with what they compare. */
static bool may_end(TextClass class)
{
    return !text_in(class, TEXT_SET(TEXT_OPEN) | TEXT_SET(TEXT_SLASH) | TEXT_SET(TEXT_SIGN_WIDE) |
                               TEXT_SET(TEXT_PREFIX_WIDE) | TEXT_SET(TEXT_LATIN_OPEN) | TEXT_SET(TEXT_SIGN) |
                               TEXT_SET(TEXT_PREFIX));
}

bool text_may_part(TextClass left, TextClass right)
{
    return may_end(left) && may_begin(right);
}

static bool is_latin(const TextChar *character)
{
    return text_is_latin((TextClass)character->class);
}

/* The Latin around [i] as UAX #14 sees it: words and the spaces between them. */
static bool is_latin_piece(const TextChar *chars, size_t i)
{
    return is_latin(&chars[i]) || chars[i].class == TEXT_SPACE || chars[i].class == TEXT_JOINED ||
           chars[i].class == TEXT_INVISIBLE;
}

/* A web address may part after its slashes; GB/T, and/or may not. */
static bool is_address(const uint32_t *codes, size_t from, size_t to)
{
    size_t slashes = 0;
    for (size_t i = from; i < to; i++) {
        if (codes[i] == '/' && i > from && codes[i - 1] == ':')
            return true;
        slashes += codes[i] == '/';
    }
    return slashes > 2 || (to - from > 4 && (codes[from] | 32) == 'w' && (codes[from + 1] | 32) == 'w' &&
                           (codes[from + 2] | 32) == 'w' && codes[from + 3] == '.');
}

static bool is_ascii_letter(uint32_t code)
{
    return (code | 32) >= 'a' && (code | 32) <= 'z';
}

/* Between two ASCII characters of a word: after a hyphen with two letters on both sides, not after dots and signs,
 * where libunistring allows it; an address parts after slashes, and if need be after its other marks. */
static TextBreak break_in_word(const uint32_t *codes, size_t from, size_t at, size_t to, bool address)
{
    uint32_t code = codes[at];
    if (address && code == '/')
        return codes[at + 1] != '/' ? TEXT_FREE : TEXT_GLUED;
    if (address && at > from && (code == '.' || code == '-' || code == '_' || code == '?' || code == '&'))
        return TEXT_SOFT;
    if (code != '-' || at < from + 2 || at + 2 >= to)
        return TEXT_GLUED;
    return is_ascii_letter(codes[at - 2]) && is_ascii_letter(codes[at - 1]) && is_ascii_letter(codes[at + 1]) &&
                   is_ascii_letter(codes[at + 2])
               ? TEXT_FREE
               : TEXT_GLUED;
}

static void break_word(const uint32_t *codes, size_t from, size_t to, TextChar *chars)
{
    bool address = is_address(codes, from, to);
    for (size_t i = from; i + 1 < to; i++)
        if (codes[i] < 0x80 && codes[i + 1] < 0x80 && chars[i].after != TEXT_NEVER)
            chars[i].after = (uint8_t)break_in_word(codes, from, i, to, address);
}

/* A stretch of Latin with the blanks in it. */
static void break_latin(const uint32_t *codes, size_t count, TextChar *chars, Arena *scratch)
{
    ArenaMark mark = arena_mark(scratch);
    char *breaks = arena_alloc(scratch, count);
    u32_possible_linebreaks(codes, count, "UTF-8", breaks);
    for (size_t i = 1; i < count; i++) /* what touches a space is found already */
        if (is_latin(&chars[i - 1]) && is_latin(&chars[i]) && chars[i - 1].after != TEXT_NEVER)
            chars[i - 1].after = breaks[i] == UC_BREAK_POSSIBLE ? TEXT_FREE : TEXT_GLUED;
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && chars[end].class != TEXT_SPACE)
            end++;
        break_word(codes, i, end, chars);
        i = end + 1;
    }
    arena_rewind(scratch, mark);
}

static bool is_no_break_space(uint32_t code)
{
    return code == 0xA0 || code == 0x202F || code == 0x2007;
}

/* —— and …… are two cells each; a longer row of them may part between the pairs. */
static size_t pair_row(const uint32_t *codes, size_t count, TextChar *chars, size_t i)
{
    size_t end = i + 1;
    while (end < count && chars[end].class == chars[i].class && codes[end] == codes[i])
        end++;
    for (size_t k = i; k + 1 < end; k++)
        chars[k].after = (k - i) % 2 == 0 || k + 2 == end ? TEXT_NEVER : TEXT_FREE;
    return end;
}

static TextBreak break_between(const uint32_t *codes, const TextChar *chars, size_t i)
{
    TextClass left = (TextClass)chars[i].class, right = (TextClass)chars[i + 1].class;
    if (left == TEXT_HAN && right == TEXT_HAN) /* nearly always */
        return TEXT_FREE;
    if (right == TEXT_JOINED || right == TEXT_SPACE)
        return TEXT_NEVER;
    if (codes[i] == 0x200B) /* zero width space */
        return may_begin(right) ? TEXT_FREE : TEXT_NEVER;
    if (right == TEXT_INVISIBLE || codes[i] == 0x2060 || codes[i] == 0xFEFF)
        return TEXT_NEVER;
    if (is_no_break_space(codes[i]))
        return TEXT_GLUED;
    if (left == TEXT_JOINED || left == TEXT_INVISIBLE) { /* stands for the character it belongs to */
        size_t base = i;
        while (base > 0 && (chars[base].class == TEXT_JOINED || chars[base].class == TEXT_INVISIBLE))
            base--;
        left = (TextClass)chars[base].class;
    }
    if (left == TEXT_SPACE && !may_begin(right))
        return right == TEXT_LATIN_CLOSE || right == TEXT_LATIN_MARK ? TEXT_GLUED : TEXT_NEVER;
    if (!text_may_part(left, right))
        return TEXT_NEVER;
    if (right == TEXT_DASH || right == TEXT_ELLIPSIS)
        return left == right ? TEXT_FREE : TEXT_SOFT; /* CLREQ: a line of the strict level does not begin so */
    if (left == TEXT_DIGIT_WIDE && right == TEXT_DIGIT_WIDE)
        return TEXT_GLUED;
    if ((right == TEXT_SIGN || right == TEXT_SIGN_WIDE) && text_is_latin(left))
        return TEXT_GLUED;
    return TEXT_FREE;
}

void text_find_breaks(const uint32_t *codes, size_t count, TextChar *chars, Arena *scratch)
{
    TextClass ended = TEXT_HAN; /* the last class that is no space */
    for (size_t i = 0; i + 1 < count; i++) {
        chars[i].after = (uint8_t)break_between(codes, chars, i);
        if (chars[i].class != TEXT_SPACE)
            ended = (TextClass)chars[i].class;
        else if (!may_end(ended) && chars[i].after > TEXT_GLUED) /* （ with a space after it */
            chars[i].after = TEXT_GLUED;
    }
    chars[count - 1].after = TEXT_FREE;
    for (size_t i = 0; i < count;) {
        if (chars[i].class == TEXT_DASH || chars[i].class == TEXT_ELLIPSIS) {
            i = pair_row(codes, count, chars, i);
        } else if (is_latin(&chars[i])) {
            size_t end = i + 1, words = chars[i].class != TEXT_DIGIT;
            for (; end < count && is_latin_piece(chars, end); end++)
                words += is_latin(&chars[end]) && chars[end].class != TEXT_DIGIT;
            if (words > 0)
                break_latin(codes + i, end - i, chars + i, scratch);
            else /* figures alone */
                for (size_t k = i; k + 1 < end; k++)
                    if (chars[k].class == TEXT_DIGIT && chars[k + 1].class == TEXT_DIGIT)
                        chars[k].after = TEXT_GLUED;
            i = end;
        } else {
            i++;
        }
    }
}

#define SHORT_BRACKET 4 /* characters */

/* （万元）, （试行）, “三公”: so short that they should not be parted. */
static void soften_brackets(TextChar *chars, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        if (chars[i].class != TEXT_OPEN && chars[i].class != TEXT_LATIN_OPEN)
            continue;
        size_t end = i + 1;
        while (end < count && end <= i + SHORT_BRACKET && chars[end].class == TEXT_HAN)
            end++;
        if (end < count && (chars[end].class == TEXT_CLOSE || chars[end].class == TEXT_LATIN_CLOSE))
            for (size_t k = i + 1; k + 1 < end; k++)
                if (chars[k].after == TEXT_FREE)
                    chars[k].after = TEXT_SOFT;
    }
}

void text_analyze(const uint32_t *codes, size_t count, TextChar *out, Arena *scratch)
{
    if (count == 0)
        return;
    text_resolve(codes, count, out);
    text_find_breaks(codes, count, out, scratch);
    text_glue_numbers(codes, count, out);
    soften_brackets(out, count);
}
