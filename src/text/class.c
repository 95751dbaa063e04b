/* Code points -> classes, each alone. */
#include "text/text.h"

#include <unictype.h>

static TextClass class_of_ascii(uint32_t code)
{
    if (code >= '0' && code <= '9')
        return TEXT_DIGIT;
    if ((code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z'))
        return TEXT_LETTER;
    switch (code) {
    case '(':
    case '[':
    case '{':
        return TEXT_LATIN_OPEN;
    case ')':
    case ']':
    case '}':
    case '.':
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
        return TEXT_LATIN_CLOSE;
    case '+':
    case '=':
    case '<':
    case '>':
        return TEXT_SIGN;
    case '$':
        return TEXT_PREFIX;
    case '%':
        return TEXT_POSTFIX;
    default:
        return code <= ' ' || code == 0x7F ? TEXT_SPACE : TEXT_LATIN_MARK;
    }
}

static TextClass class_of_latin1(uint32_t code)
{
    switch (code) {
    case 0xA0: /* no-break space */
        return TEXT_SPACE;
    case 0xA2: /* ¢ £ */
    case 0xA3:
        return TEXT_PREFIX;
    case 0xA5: /* ¥ § */
    case 0xA7:
        return TEXT_PREFIX_WIDE;
    case 0xAD: /* soft hyphen */
        return TEXT_INVISIBLE;
    case 0xB0: /* ° */
        return TEXT_POSTFIX_WIDE;
    case 0xB1: /* ± × ÷ */
    case 0xD7:
    case 0xF7:
        return TEXT_SIGN_WIDE;
    case 0xB7: /* · */
        return TEXT_DOT;
    case 0xA1: /* ¡ ¿ « » */
    case 0xBF:
    case 0xAB:
    case 0xBB:
        return TEXT_LATIN_MARK;
    default:
        if (code < 0xA0)
            return TEXT_SPACE;
        return code >= 0xC0 || code == 0xAA || code == 0xB5 || code == 0xBA ? TEXT_LETTER : TEXT_HAN;
    }
}

/* U+2000-206F, general punctuation. */
static TextClass class_of_general(uint32_t code)
{
    switch (code) {
    case 0x200B: /* zero width space; non-joiner; direction marks; word joiner and invisible operators */
    case 0x200C:
    case 0x200E:
    case 0x200F:
        return TEXT_INVISIBLE;
    case 0x200D: /* zero width joiner */
        return TEXT_JOINED;
    case 0x2010: /* ‐ ‑ hyphens */
    case 0x2011:
        return TEXT_LATIN_MARK;
    case 0x2012: /* ‒ – */
    case 0x2013:
        return TEXT_CONNECTOR;
    case 0x2014: /* — ― */
    case 0x2015:
        return TEXT_DASH;
    case 0x2018: /* ‘ “ */
    case 0x201C:
        return TEXT_OPEN;
    case 0x2019: /* ’ ” */
    case 0x201D:
        return TEXT_CLOSE;
    case 0x2022: /* • ‧ */
    case 0x2027:
        return TEXT_DOT;
    case 0x2026: /* … */
        return TEXT_ELLIPSIS;
    case 0x2028: /* line and paragraph separators */
    case 0x2029:
    case 0x202F: /* narrow no-break space */
    case 0x205F:
        return TEXT_SPACE;
    case 0x2030: /* ‰ ‱ ′ ″ */
    case 0x2031:
    case 0x2032:
    case 0x2033:
        return TEXT_POSTFIX_WIDE;
    default:
        if (code <= 0x200A)
            return TEXT_SPACE;
        if ((code >= 0x202A && code <= 0x202E) || code >= 0x2060)
            return TEXT_INVISIBLE;
        return code < 0x2020 ? TEXT_LATIN_MARK : TEXT_HAN;
    }
}

/* U+2070-2E7F: symbols. */
static TextClass class_of_symbol(uint32_t code)
{
    switch (code) {
    case 0x2103: /* ℃ ℉ */
    case 0x2109:
        return TEXT_POSTFIX_WIDE;
    case 0x2116: /* № */
        return TEXT_PREFIX_WIDE;
    case 0x2212: /* − ≈ ≠ ≡ ≤ ≥ ≦ ≧ ≮ ≯ */
    case 0x2248:
    case 0x2260:
    case 0x2261:
    case 0x2264:
    case 0x2265:
    case 0x2266:
    case 0x2267:
    case 0x226E:
    case 0x226F:
        return TEXT_SIGN_WIDE;
    case 0x2E3A: /* ⸺ the dash of two cells as one character */
        return TEXT_DASH;
    default:
        return code >= 0x20A0 && code <= 0x20CF ? TEXT_PREFIX : TEXT_HAN;
    }
}

/* U+3000-303F, CJK punctuation. */
static TextClass class_of_cjk_mark(uint32_t code)
{
    switch (code) {
    case 0x3000:
        return TEXT_CELL_SPACE;
    case 0x3001: /* 、 */
        return TEXT_COMMA;
    case 0x3002: /* 。 */
        return TEXT_STOP;
    case 0x301C: /* 〜 〰 */
    case 0x3030:
        return TEXT_CONNECTOR;
    case 0x301D:
        return TEXT_OPEN;
    case 0x301E:
    case 0x301F:
        return TEXT_CLOSE;
    default:
        if (code >= 0x302A && code <= 0x302F)
            return TEXT_JOINED;
        /* 〈〉《》「」『』【】 and 〔〕〖〗〘〙〚〛: even ones open, odd ones close */
        if ((code >= 0x3008 && code <= 0x3011) || (code >= 0x3014 && code <= 0x301B))
            return code % 2 == 0 ? TEXT_OPEN : TEXT_CLOSE;
        return TEXT_HAN;
    }
}

/* U+FF00-FFEF, full-width and half-width forms. */
static TextClass class_of_wide(uint32_t code)
{
    if (code >= 0xFF10 && code <= 0xFF19)
        return TEXT_DIGIT_WIDE;
    switch (code) {
    case 0xFF08: /* （ ［ ｛ ｟ */
    case 0xFF3B:
    case 0xFF5B:
    case 0xFF5F:
        return TEXT_OPEN;
    case 0xFF09: /* ） ］ ｝ ｠ */
    case 0xFF3D:
    case 0xFF5D:
    case 0xFF60:
        return TEXT_CLOSE;
    case 0xFF0C: /* ， ． ： ； */
    case 0xFF0E:
    case 0xFF1A:
    case 0xFF1B:
        return TEXT_COMMA;
    case 0xFF01: /* ！ ？ */
    case 0xFF1F:
        return TEXT_STOP;
    case 0xFF0D: /* － ～ */
    case 0xFF5E:
        return TEXT_CONNECTOR;
    case 0xFF0F: /* ／ */
        return TEXT_SLASH;
    case 0xFF0B: /* ＋ ＜ ＝ ＞ */
    case 0xFF1C:
    case 0xFF1D:
    case 0xFF1E:
        return TEXT_SIGN_WIDE;
    case 0xFF04: /* ＄ ￠ ￡ ￥ ￦ */
    case 0xFFE0:
    case 0xFFE1:
    case 0xFFE5:
    case 0xFFE6:
        return TEXT_PREFIX_WIDE;
    case 0xFF05: /* ％ */
        return TEXT_POSTFIX_WIDE;
    case 0xFF61: /* half-width ideographic full stop and comma */
    case 0xFF64:
        return TEXT_LATIN_CLOSE;
    default:
        return TEXT_HAN;
    }
}

/* ㎡ and its kin among the squared units: ㎎㎏㎜㎝㎞㎡㏄ … */
static bool is_squared_unit(uint32_t code)
{
    return (code >= 0x3380 && code <= 0x33DF) && code != 0x33C2 && code != 0x33D8;
}

TextClass text_class(uint32_t code)
{
    if (code < 0x80)
        return class_of_ascii(code);
    if ((code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) ||
        (code >= 0x20000 && code <= 0x3FFFD))
        return TEXT_HAN;
    if (code >= 0x3000 && code <= 0x303F)
        return class_of_cjk_mark(code);
    if (code >= 0xFF00 && code <= 0xFFEF)
        return class_of_wide(code);
    if (code < 0x100)
        return class_of_latin1(code);
    if (code >= 0x2000 && code <= 0x206F)
        return class_of_general(code);
    if (code == 0x30FB) /* ・ */
        return TEXT_DOT;
    if (is_squared_unit(code))
        return TEXT_POSTFIX_WIDE;
    if (code == 0xFEFF || (code >= 0xE0000 && code <= 0xE007F))
        return TEXT_INVISIBLE;
    if ((code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF))
        return TEXT_JOINED;
    if (uc_is_general_category_withtable(code, UC_CATEGORY_MASK_M))
        return TEXT_JOINED;
    if ((code >= 0x2E80 && code <= 0x2FFF) || (code >= 0x3040 && code <= 0x33FF) ||
        (code >= 0xA000 && code <= 0xA4CF) || (code >= 0xAC00 && code <= 0xD7A3) ||
        (code >= 0xE000 && code <= 0xFAFF) || (code >= 0xFE10 && code <= 0xFE6F) || code >= 0x1B000)
        return TEXT_HAN;
    if (code >= 0x2070 && code <= 0x2E7F)
        return class_of_symbol(code);
    return TEXT_LETTER;
}

TextRoom text_room(TextClass class)
{
    if (class == TEXT_OPEN)
        return (TextRoom){8, 0};
    if (text_in(class, TEXT_SET(TEXT_CLOSE) | TEXT_SET(TEXT_COMMA) | TEXT_SET(TEXT_STOP)))
        return (TextRoom){0, 8};
    if (text_in(class, TEXT_SET(TEXT_COMMA_MIDDLE) | TEXT_SET(TEXT_STOP_MIDDLE) | TEXT_SET(TEXT_DOT)))
        return (TextRoom){4, 4};
    return (TextRoom){0, 0};
}
