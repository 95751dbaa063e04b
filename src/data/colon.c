/* Finds in a line the colon that was meant to end a key and does not: a full-width one, or one without a blank. */
#include "base/text.h"
#include "data/data_int.h"

#define KEY_CODES_MAX 30 /* code points of what may be a key, when its colon is in doubt */
#define COLON_WIDE    0xFF1A
#define IS_BLANK(c)   ((c) == ' ' || (c) == '\t')

/* Characters that do not stand in keys, so that what is before a colon is a sentence and not a key. */
static bool ends_key(uint32_t code)
{
    switch (code) {
    case '"':
    case '\'':
    case '[':
    case ']':
    case '{':
    case '}':
    case ',':
    case ';':
    case '#':
    case 0x3001: /* ideographic comma */
    case 0x3002: /* ideographic full stop */
    case 0xFF01: /* ！ */
    case 0xFF0C: /* ， */
    case 0xFF1B: /* ； */
    case 0xFF1F: /* ？ */
        return true;
    default:
        return false;
    }
}

size_t skip_to_text(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && (IS_BLANK(text[at]) || (text[at] == '-' && at + 1 < len && text[at + 1] == ' '))) {
        at++;
    }
    return at;
}

/* `wide`: look for U+FF1A, else for a half-width colon with something right after it. */
static size_t find_colon(const char *text, size_t len, bool wide)
{
    size_t at = skip_to_text(text, len), start = at;
    uint32_t before = 0;
    for (size_t codes = 0; at < len && codes <= KEY_CODES_MAX; codes++) {
        uint32_t code;
        size_t size = utf8_decode(text + at, len - at, &code);
        if (size == 0 || ends_key(code)) {
            return SIZE_MAX;
        }
        if (code == COLON_WIDE) {
            return wide && at > start ? at : SIZE_MAX;
        }
        if (code == ':') {
            bool tight = at + 1 < len && !IS_BLANK(text[at + 1]) && text[at + 1] != '/' && before >= 0x80;
            return !wide && tight && at > start ? at : SIZE_MAX;
        }
        before = code;
        at += size;
    }
    return SIZE_MAX;
}

size_t find_wide_colon(const char *text, size_t len)
{
    return find_colon(text, len, true);
}

size_t find_tight_colon(const char *text, size_t len)
{
    return find_colon(text, len, false);
}
