/* What can be asked of all words of a notice at once: where a pattern finds something in them, joined by line breaks,
 * tells which texts it may find something in. One long search in place of many hundred short ones.
 *
 * That holds for a pattern whose way through one text is open in the joined ones too: nothing in it may ask for a
 * text's beginning or end, give nothing back, or be content only because a text ends. Any doubt, and each text is
 * asked. */
#include <string.h>

#include "base/text.h"
#include "rules/rules_int.h"

typedef struct Reader {
    const char *at;
    bool good;          /* so far nothing stands against it */
    bool refers;        /* \1: what a lookaround caught may differ among joined texts */
    bool look_captures; /* (?=(...)) */
} Reader;

typedef enum Within { WITHIN_PATTERN, WITHIN_LOOK, WITHIN_NEGATIVE } Within;

static bool read_branches(Reader *reader, Within within);

static bool refuse(Reader *reader)
{
    reader->good = false;
    return false;
}

/* \d \w \s, Han, marks. True when it may match a line break. */
static bool read_escape(Reader *reader, Within within, bool in_class)
{
    static const char HAN[] = "p{Han}";
    const char *at = ++reader->at;
    if (strncmp(at, HAN, sizeof HAN - 1) == 0) {
        reader->at += sizeof HAN - 1;
        return false;
    }
    bool mark = *at > ' ' && *at < 0x7F && !strchr("0123456789", *at) && !(*at >= 'a' && *at <= 'z') &&
                !(*at >= 'A' && *at <= 'Z');
    bool refers = *at >= '1' && *at <= '9' && !in_class && within != WITHIN_NEGATIVE;
    if (!mark && !refers && (*at == '\0' || !strchr("dwsSDW", *at))) {
        return refuse(reader);
    }
    if (refers && at[1] >= '0' && at[1] <= '9') {
        return refuse(reader); /* a group's number, or a code in octal */
    }
    reader->refers |= refers;
    reader->at++;
    return *at == 's' || *at == 'D' || *at == 'W';
}

/* [...]. True when it may match a line break. */
static bool read_class(Reader *reader, Within within)
{
    bool breaks = *++reader->at == '^';
    reader->at += breaks;
    for (bool first = true; reader->good && (first || *reader->at != ']'); first = false) {
        unsigned char c = (unsigned char)*reader->at;
        if (c < ' ' || (c == '[' && strchr(":.=", reader->at[1]))) {
            return refuse(reader);
        }
        if (c == '\\') {
            breaks |= read_escape(reader, within, true);
        } else {
            reader->at++;
        }
    }
    reader->at += reader->good;
    return breaks;
}

/* (...), (?:...), (?<name>...), lookarounds. True when it may match a line break. */
static bool read_group(Reader *reader, Within within)
{
    bool breaks, look = false, negative = false, captures = false;
    const char *at = ++reader->at;
    if (*at == '*') {
        return refuse(reader);
    }
    if (*at != '?') {
        captures = true;
    } else if (at[1] == ':') {
        reader->at = at + 2;
    } else if (at[1] == '=' || at[1] == '!') {
        look = true;
        negative = at[1] == '!';
        reader->at = at + 2;
    } else if (at[1] == '<' && (at[2] == '=' || at[2] == '!')) {
        look = true;
        negative = at[2] == '!';
        reader->at = at + 3;
    } else if (at[1] == '<' && strchr(at, '>')) {
        captures = true;
        reader->at = strchr(at, '>') + 1;
    } else {
        return refuse(reader);
    }
    if (look && within == WITHIN_NEGATIVE) {
        return refuse(reader);
    }
    reader->look_captures |= captures && within != WITHIN_PATTERN;
    breaks = read_branches(reader, negative                           ? WITHIN_NEGATIVE
                                   : look && within == WITHIN_PATTERN ? WITHIN_LOOK
                                                                      : within);
    if (*reader->at != ')') {
        return refuse(reader);
    }
    reader->at++;
    return breaks && !look;
}

/* * + ? {m,n} behind something. Without an end and over line breaks it would run through all texts from each. */
static void read_repeat(Reader *reader, bool breaks)
{
    bool endless = *reader->at == '*' || *reader->at == '+';
    if (*reader->at == '{') {
        size_t digits = strspn(reader->at + 1, "0123456789");
        const char *comma = reader->at + 1 + digits;
        size_t more = *comma == ',' ? 1 + strspn(comma + 1, "0123456789") : 0;
        endless = more == 1;
        reader->at = comma + more;
        if (digits == 0 || *reader->at != '}') {
            refuse(reader);
            return;
        }
    }
    reader->at++;
    if (*reader->at == '+' || (endless && breaks)) {
        refuse(reader);
        return;
    }
    reader->at += *reader->at == '?';
}

/* Over a character. What PCRE2_EXTENDED overlooks is refused before a repeat, which is of what stands before it. */
static void read_character(Reader *reader)
{
    uint32_t code = 0;
    size_t size = utf8_decode(reader->at, strlen(reader->at), &code);
    reader->at += size;
    bool overlooked =
        code == ' ' || code == 0x85 || code == 0x200E || code == 0x200F || code == 0x2028 || code == 0x2029;
    if (size == 0 || code < ' ' || (overlooked && *reader->at && strchr("*+?{", *reader->at))) {
        refuse(reader);
    }
}

/* One after the other and | between, up to ) or the end. True when any may match a line break. */
static bool read_branches(Reader *reader, Within within)
{
    bool any = false;
    while (reader->good && *reader->at && *reader->at != ')') {
        bool breaks = false;
        switch (*reader->at) {
        case '^':
        case '$':
        case '#':
        case '*':
        case '+':
        case '?':
        case '{':
            return refuse(reader);
        case '(':
            breaks = read_group(reader, within);
            break;
        case '[':
            breaks = read_class(reader, within);
            break;
        case '\\':
            breaks = read_escape(reader, within, false);
            break;
        default: /* also a dot: it stops at line breaks */
            read_character(reader);
        }
        if (reader->good && *reader->at && strchr("*+?{", *reader->at)) {
            read_repeat(reader, breaks);
        }
        any |= breaks;
    }
    return any && within == WITHIN_NEGATIVE ? refuse(reader) : any;
}

static bool may_join(const char *pattern)
{
    Reader reader = {.at = pattern, .good = true};
    read_branches(&reader, WITHIN_PATTERN);
    return reader.good && *reader.at == '\0' && !(reader.refers && reader.look_captures);
}

/* (\p{Han}{2,8})\1: a stretch said twice, which a pattern must try at each character and each length. */
static size_t read_doubled(const char *pattern, size_t *least)
{
    static const char HEAD[] = "(\\p{Han}{", TAIL[] = "})\\1";
    const char *at = pattern + sizeof HEAD - 1;
    if (strncmp(pattern, HEAD, sizeof HEAD - 1) != 0 || !(at[0] >= '1' && at[0] <= '9') || at[1] != ',' ||
        !(at[2] >= at[0] && at[2] <= '9') || strcmp(at + 3, TAIL) != 0) {
        return 0;
    }
    *least = (size_t)(at[0] - '0');
    return (size_t)(at[2] - '0');
}

Screen screen_read(const char *pattern)
{
    Screen screen = {.joins = may_join(pattern)};
    screen.doubled_most = read_doubled(pattern, &screen.doubled_least);
    return screen;
}

/* Whether codes[from - far...] and codes[from...] begin alike around `at`, for `far` characters or more. */
static bool is_doubled(const uint32_t *codes, size_t count, size_t at, size_t far)
{
    size_t start = at, end = at;
    while (start > far && codes[start - 1] == codes[start - 1 - far]) {
        start--;
    }
    while (end < count && codes[end] == codes[end - far]) {
        end++;
    }
    return end - start >= far;
}

/* Whether `least` to `most` characters stand twice in a row, none of them ASCII: Han never is. Of so many characters in
 * a row that equal those before them, one stands at each multiple of their number. */
static bool has_doubled(const char *text, size_t len, size_t least, size_t most, Arena *scratch)
{
    size_t count;
    uint32_t *codes = utf8_to_codes(scratch, text, len, &count);
    for (size_t i = 0; i < count; i++) {
        codes[i] = codes[i] < 0x80 ? UINT32_MAX - (uint32_t)i : codes[i]; /* like no other; files have at most 16 MB */
    }
    for (size_t far = least; far <= most; far++) {
        for (size_t at = far; at < count; at += far) {
            if (codes[at] == codes[at - far] && is_doubled(codes, count, at, far)) {
                return true;
            }
        }
    }
    return false;
}

size_t screen_next(const Screen *screen, const Regex *regex, const Buffer *joined, size_t from, Arena *scratch)
{
    RegexSpan spans[REGEX_GROUPS_MAX];
    if (from == 0 && screen->doubled_most &&
        !has_doubled(joined->bytes, joined->len, screen->doubled_least, screen->doubled_most, scratch)) {
        return SIZE_MAX;
    }
    switch (screen->joins ? regex_ask(regex, joined->bytes, joined->len, from, spans) : REGEX_UNKNOWN) {
    case REGEX_ABSENT:
        return SIZE_MAX;
    case REGEX_FOUND:
        return spans[0].start;
    case REGEX_UNKNOWN:
        break;
    }
    return from;
}
