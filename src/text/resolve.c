/* Classes alone -> classes among neighbours: which quotes, dashes, hyphens and slashes are Chinese and which Latin. */
#include "text/text_int.h"

#define LEFT_DOUBLE  0x201C /* “ */
#define RIGHT_DOUBLE 0x201D /* ” */
#define LEFT_SINGLE  0x2018 /* ‘ */
#define RIGHT_SINGLE 0x2019 /* ’ */

static bool is_chinese(TextClass class)
{
    return class <= TEXT_CELL_SPACE;
}

static bool is_word(TextClass class)
{
    return class == TEXT_LETTER || class == TEXT_DIGIT;
}

static TextClass class_at(const TextChar *chars, size_t count, size_t i)
{
    return i < count ? (TextClass)chars[i].class : TEXT_SPACE;
}

/* A paragraph without a Hanzi is Latin: its quotes, dashes and dots are those of its face. */
static void resolve_latin(const uint32_t *codes, size_t count, TextChar *out)
{
    for (size_t i = 0; i < count; i++) {
        TextClass class = (TextClass)out[i].class, before = class_at(out, count, i - 1);
        if (codes[i] == LEFT_DOUBLE || codes[i] == LEFT_SINGLE)
            out[i].class = TEXT_LATIN_OPEN;
        else if (codes[i] == RIGHT_DOUBLE || codes[i] == RIGHT_SINGLE)
            out[i].class = TEXT_LATIN_CLOSE;
        else if (class == TEXT_ELLIPSIS && is_word(before))
            out[i].class = TEXT_LATIN_CLOSE;
        else if ((class == TEXT_DOT || class == TEXT_CONNECTOR) && codes[i] < 0x3000 && before == TEXT_LETTER &&
                 is_word(class_at(out, count, i + 1)))
            out[i].class = TEXT_LATIN_MARK;
    }
}

/* Quotes of one kind that have no Chinese within or beside them belong to the Latin around. */
typedef struct OpenQuote {
    size_t at; /* index + 1; 0: none is open */
    size_t chinese;
} OpenQuote;

static void close_quote(TextChar *out, size_t count, OpenQuote *open, size_t at, size_t chinese)
{
    bool latin = false;
    if (open->at > 0) {
        size_t from = open->at - 1;
        bool outside = is_chinese(class_at(out, count, from - 1)) || is_chinese(class_at(out, count, at + 1));
        latin = chinese == open->chinese && !outside && (from > 0 || at + 1 < count);
        if (latin) {
            out[from].class = TEXT_LATIN_OPEN;
            out[at].class = TEXT_LATIN_CLOSE;
        }
    } else {
        latin = text_is_latin(class_at(out, count, at - 1)) && text_is_latin(class_at(out, count, at + 1));
        if (latin)
            out[at].class = TEXT_LATIN_MARK; /* an apostrophe */
    }
    open->at = 0;
}

static void resolve_quotes(const uint32_t *codes, size_t count, TextChar *out)
{
    OpenQuote doubles = {0, 0}, singles = {0, 0};
    size_t chinese = 0; /* Hanzi so far */
    for (size_t i = 0; i < count; i++) {
        switch (codes[i]) {
        case LEFT_DOUBLE:
            doubles = (OpenQuote){i + 1, chinese};
            break;
        case LEFT_SINGLE:
            singles = (OpenQuote){i + 1, chinese};
            break;
        case RIGHT_DOUBLE:
            close_quote(out, count, &doubles, i, chinese);
            break;
        case RIGHT_SINGLE:
            if (class_at(out, count, i - 1) == TEXT_LETTER && class_at(out, count, i + 1) == TEXT_LETTER)
                out[i].class = TEXT_LATIN_MARK; /* don’t */
            else
                close_quote(out, count, &singles, i, chinese);
            break;
        default:
            chinese += out[i].class == TEXT_HAN;
        }
    }
}

static bool is_hyphen(uint32_t code)
{
    return code == '-' || code == 0x2010 || code == 0x2011;
}

/* - between Hanzi is a 短横线; before a digit, with no word before it, a minus. */
static TextClass hyphen_class(TextClass before, TextClass after)
{
    if (after == TEXT_DIGIT && !is_word(before) && before != TEXT_POSTFIX && before != TEXT_POSTFIX_WIDE)
        return TEXT_SIGN;
    if (is_chinese(before) || is_chinese(after))
        return is_word(before) || is_word(after) || (is_chinese(before) && is_chinese(after)) ? TEXT_CONNECTOR
                                                                                              : TEXT_LATIN_MARK;
    return TEXT_LATIN_MARK;
}

static void resolve_mark(const uint32_t *codes, size_t count, TextChar *out, size_t i)
{
    TextClass before = class_at(out, count, i - 1), after = class_at(out, count, i + 1);
    if (is_hyphen(codes[i])) {
        out[i].class = (uint8_t)hyphen_class(before, after);
    } else if (codes[i] == '/') {
        if (is_chinese(before) || is_chinese(after) || before == TEXT_SPACE || after == TEXT_SPACE)
            out[i].class = TEXT_SLASH;
    } else if (codes[i] == '~') {
        if (is_chinese(before) || is_chinese(after) || (before != TEXT_LATIN_MARK && after == TEXT_DIGIT))
            out[i].class = TEXT_CONNECTOR;
    } else if (codes[i] == 0xFF0D) { /* － before a number and after none: a minus */
        bool after_number = is_word(before) || before == TEXT_DIGIT_WIDE || before == TEXT_POSTFIX;
        if ((after == TEXT_DIGIT || after == TEXT_DIGIT_WIDE) && !after_number)
            out[i].class = TEXT_SIGN_WIDE;
    } else if (out[i].class == TEXT_DOT) {
        if (codes[i] != 0x30FB && text_is_latin(before) && text_is_latin(after))
            out[i].class = TEXT_LATIN_MARK;
    }
}

/* A dash alone is a 一字线 (连接号); two are a 破折号. */
static void resolve_dashes(const uint32_t *codes, size_t count, TextChar *out)
{
    for (size_t i = 0; i < count; i++) {
        if (out[i].class != TEXT_DASH || codes[i] == 0x2E3A)
            continue;
        size_t end = i + 1;
        while (end < count && codes[end] == codes[i])
            end++;
        if (end - i == 1)
            out[i].class = TEXT_CONNECTOR;
        i = end - 1;
    }
}

void text_resolve(const uint32_t *codes, size_t count, TextChar *out)
{
    size_t chinese = 0;
    for (size_t i = 0; i < count; i++) {
        out[i].class = (uint8_t)text_class(codes[i]);
        chinese += out[i].class == TEXT_HAN || out[i].class == TEXT_COMMA || out[i].class == TEXT_STOP;
    }
    resolve_dashes(codes, count, out);
    for (size_t i = 0; i < count; i++)
        if (out[i].class == TEXT_LATIN_MARK || out[i].class == TEXT_DOT || out[i].class == TEXT_CONNECTOR)
            resolve_mark(codes, count, out, i);
    if (chinese == 0)
        resolve_latin(codes, count, out);
    else
        resolve_quotes(codes, count, out);
    for (size_t i = 0; i < count; i++)
        out[i].latin = codes[i] < 0x80 || text_is_latin((TextClass)out[i].class);
}
