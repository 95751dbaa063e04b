/* Turns the text of a formula into tokens, and says what to write where a Chinese input method left its own marks. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/formula_int.h"

#define KEY_BYTES_MAX 255 /* of a YAML key */

#define WIDE_OPEN   0xFF08 /* （ */
#define WIDE_CLOSE  0xFF09 /* ） */
#define QUOTE_OPEN  0x201C /* “ */
#define QUOTE_CLOSE 0x201D /* ” */

/* Full-width ASCII but for the brackets, which belong to names. */
static bool is_wide(uint32_t code)
{
    return code >= 0xFF01 && code <= 0xFF5E && code != WIDE_OPEN && code != WIDE_CLOSE;
}

static uint32_t half_width(uint32_t code)
{
    return is_wide(code) ? code - 0xFEE0 : code;
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

bool is_name_code(uint32_t code)
{
    code = half_width(code);
    if (code < 0x80) {
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || is_digit(code) || code == '_';
    }
    if (code >= 0x3400 && code <= 0x9FFF) {
        return true; /* Hanzi, and the hexagrams between */
    }
    static const struct {
        uint32_t first, last;
    } others[] = {
        {0x80, 0xB6},         {0xB8, 0xBF},     {0xD7, 0xD7},
        {0xF7, 0xF7},                                             /* Latin signs, but for the middle dot */
        {0x2000, 0x214F},     {0x2190, 0x245F}, {0x2500, 0x2BFF}, /* punctuation, arrows, mathematics, boxes */
        {0x2E00, 0x2E7F},     {0x2FF0, 0x3004}, {0x3008, 0x3020},
        {0x3030, 0x3030}, /* CJK punctuation */
        {0xD800, 0xDFFF},     {0xFE10, 0xFE1F}, {0xFE30, 0xFE6F},
        {0xFEFF, 0xFEFF}, /* presentation forms */
        {0xFF00, 0xFF65},     {0xFFE0, 0xFFFF}, {0xE0000, 0xE0FFF},
        {0x10FFFE, 0x10FFFF}, /* the rest of full width; specials */
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (code >= others[i].first && code <= others[i].last) {
            return false;
        }
    }
    return true;
}

bool is_name_start(uint32_t code)
{
    return is_name_code(code) && !is_digit(half_width(code)) && code != 0xB7 && code != 0x30FB; /* · ・ */
}

/* The code point at `at`; its bytes, 0 at the end and for malformed UTF-8. */
static size_t peek(const Lexer *lexer, size_t at, uint32_t *code)
{
    *code = 0;
    return at < lexer->formula->len ? utf8_decode(lexer->formula->text + at, lexer->formula->len - at, code) : 0;
}

static void report(Lexer *lexer, size_t from, MessageId id, const char *first, const char *second,
                   const char *suggestion)
{
    Place place = formula_place(lexer->formula, from, lexer->at - from);
    Finding *finding = finding_add(lexer->findings, id, place, NULL, first, second, NULL);
    finding->suggestion = suggestion;
    lexer->failed = true;
}

static const char *slice(const Lexer *lexer, size_t from, size_t to)
{
    return arena_strndup(lexer->arena, lexer->formula->text + from, to - from);
}

/* text[from, at) with its full-width characters made half-width; reports them when there were any. */
static const char *narrow(Lexer *lexer, size_t from)
{
    size_t whole = lexer->at - from;
    if (!memchr(lexer->formula->text + from, 0xEF, whole)) { /* the first byte of all of them */
        const char *same = slice(lexer, from, lexer->at);
        return text_nfc(lexer->arena, same, whole, &whole);
    }
    char *text = arena_alloc(lexer->arena, lexer->at - from + 1);
    size_t len = 0;
    bool changed = false;
    uint32_t code;
    for (size_t at = from, size; at < lexer->at && (size = peek(lexer, at, &code)) > 0; at += size) {
        changed |= is_wide(code);
        len += utf8_encode(half_width(code), text + len);
    }
    text[len] = '\0';
    if (changed) {
        report(lexer, from, MESSAGE_FORMULA_FULL_WIDTH, slice(lexer, from, lexer->at), text, text);
    }
    return text_nfc(lexer->arena, text, len, &len); /* as the keys are */
}

/* The bytes of a full-width bracketed part of a name, （…） with names inside, at `at`; 0 when it is none. */
static size_t bracketed_length(const Lexer *lexer, size_t at)
{
    size_t depth = 0;
    for (size_t end = at, size; end - at < KEY_BYTES_MAX; end += size) {
        uint32_t code;
        size = peek(lexer, end, &code);
        if (size == 0) {
            return 0;
        }
        if (code == WIDE_OPEN) {
            depth++;
        } else if (code == WIDE_CLOSE) {
            if (--depth == 0) {
                return end + size - at;
            }
        } else if (!is_name_code(code)) {
            return 0;
        }
    }
    return 0;
}

static void scan_name(Lexer *lexer)
{
    size_t from = lexer->at;
    bool first = true;
    uint32_t code;
    for (size_t size; (size = peek(lexer, lexer->at, &code)) > 0; lexer->at += size) {
        if (code == WIDE_OPEN) {
            bool called = first && function_find(slice(lexer, from, lexer->at)) != NULL;
            size = called ? 0 : bracketed_length(lexer, lexer->at);
            first = false;
            if (size == 0) {
                return;
            }
        } else if (!is_name_code(code)) {
            return;
        }
    }
}

static void scan_digits(Lexer *lexer)
{
    uint32_t code;
    for (size_t size; (size = peek(lexer, lexer->at, &code)) > 0 && is_digit(half_width(code)); lexer->at += size) {
    }
}

static Token read_number(Lexer *lexer, size_t from)
{
    Token token = {.kind = TOKEN_NUMBER};
    uint32_t point, next;
    scan_digits(lexer);
    size_t size = peek(lexer, lexer->at, &point);
    if (size > 0 && half_width(point) == '.' && peek(lexer, lexer->at + size, &next) > 0 &&
        is_digit(half_width(next))) {
        lexer->at += size;
        scan_digits(lexer);
    }
    if (peek(lexer, lexer->at, &next) > 0 && is_name_code(next)) {
        scan_name(lexer);
        report(lexer, from, MESSAGE_FORMULA_DIGIT_NAME, slice(lexer, from, lexer->at), NULL, NULL);
        token.kind = TOKEN_BAD;
        return token;
    }
    token.text = narrow(lexer, from);
    if (!number_parse(token.text, strlen(token.text), &token.number)) {
        report(lexer, from, MESSAGE_FORMULA_DIGITS, token.text, NULL, NULL);
        token.kind = TOKEN_BAD;
    }
    return token;
}

/* How a text is written in a formula: quoted, with the quotes inside doubled. */
static const char *quoted(Arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) * 2 + 3), *at = out;
    *at++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            *at++ = '"';
        }
        *at++ = *text;
    }
    *at++ = '"';
    *at = '\0';
    return out;
}

static bool closes_text(uint32_t open, uint32_t code)
{
    return open == QUOTE_OPEN || open == QUOTE_CLOSE ? code == QUOTE_CLOSE || code == QUOTE_OPEN : code == open;
}

/* A text in half-width quotes; or in curly or full-width ones, which are reported. `open` is the first quote, read. */
static Token read_text(Lexer *lexer, size_t from, uint32_t open)
{
    Token token = {.kind = TOKEN_TEXT};
    const char *bytes = lexer->formula->text;
    size_t start = lexer->at, doubled = 0, size;
    for (uint32_t code; (size = peek(lexer, lexer->at, &code)) > 0; lexer->at += size) {
        if (closes_text(open, code)) {
            if (open != '"' || bytes[lexer->at + 1] != '"') {
                break;
            }
            lexer->at++;
            doubled++;
        }
    }
    if (size == 0) {
        lexer->at = start;
        report(lexer, from, MESSAGE_FORMULA_TEXT_OPEN, NULL, NULL, NULL);
        token.kind = TOKEN_BAD;
        return token;
    }
    char *text = arena_alloc(lexer->arena, lexer->at - start - doubled + 1);
    size_t len = 0;
    for (size_t at = start; at < lexer->at; at++) {
        text[len++] = bytes[at];
        at += open == '"' && bytes[at] == '"';
    }
    token.text = text_nfc(lexer->arena, text, len, &len);
    lexer->at += size;
    if (open != '"') {
        const char *right = quoted(lexer->arena, text);
        report(lexer, from, MESSAGE_FORMULA_QUOTES, right, NULL, right);
    }
    return token;
}

/* Marks that mean something elsewhere: what they are, what is written for them, and how reading goes on. */
static TokenKind other_mark(uint32_t code, const char **right)
{
    static const struct {
        uint32_t code;
        TokenKind kind;
        const char *right;
    } marks[] = {
        {WIDE_OPEN, TOKEN_OPEN, "("},     {WIDE_CLOSE, TOKEN_CLOSE, ")"},
        {0x3001, TOKEN_COMMA, ","},       {';', TOKEN_COMMA, ","},             /* 、 ; */
        {0x3002, TOKEN_DOT, "."},         {0x00D7, TOKEN_MULTIPLY, "*"},       /* 。 × */
        {0x00F7, TOKEN_DIVIDE, "/"},      {0x2212, TOKEN_SUBTRACT, "-"},       /* ÷ − */
        {0x2264, TOKEN_LESS_EQUAL, "<="}, {0x2265, TOKEN_GREATER_EQUAL, ">="}, /* ≤ ≥ */
        {0x2260, TOKEN_UNEQUAL, "<>"},    {0x2018, TOKEN_BAD, "\""},           /* ≠ ‘ */
        {0x2019, TOKEN_BAD, "\""},        {'\'', TOKEN_BAD, "\""},             /* ’ */
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i].code == code) {
            *right = marks[i].right;
            return marks[i].kind;
        }
    }
    return TOKEN_END;
}

static TokenKind single_mark(uint32_t code)
{
    static const char marks[] = ".,()+-*/&%=<>";
    static const TokenKind kinds[] = {TOKEN_DOT,      TOKEN_COMMA,    TOKEN_OPEN,   TOKEN_CLOSE, TOKEN_ADD,
                                      TOKEN_SUBTRACT, TOKEN_MULTIPLY, TOKEN_DIVIDE, TOKEN_JOIN,  TOKEN_PERCENT,
                                      TOKEN_EQUAL,    TOKEN_LESS,     TOKEN_GREATER};
    const char *found = code > 0 && code < 0x80 ? strchr(marks, (int)code) : NULL;
    return found ? kinds[found - marks] : TOKEN_END;
}

/* = == < <= <> > >= => and != ; `first` is read. */
static TokenKind read_comparison(Lexer *lexer, size_t from, uint32_t first)
{
    static const struct {
        char text[3];
        TokenKind kind;
        const char *right; /* what is written for it, NULL: itself */
    } pairs[] = {
        {"<=", TOKEN_LESS_EQUAL, NULL}, {">=", TOKEN_GREATER_EQUAL, NULL}, {"<>", TOKEN_UNEQUAL, NULL},
        {"==", TOKEN_EQUAL, "="},       {"!=", TOKEN_UNEQUAL, "<>"},       {"=>", TOKEN_GREATER_EQUAL, ">="},
        {"=<", TOKEN_LESS_EQUAL, "<="}, {"><", TOKEN_UNEQUAL, "<>"},
    };
    uint32_t second;
    size_t size = peek(lexer, lexer->at, &second);
    for (size_t i = 0; size > 0 && i < sizeof pairs / sizeof *pairs; i++) {
        if (first != (unsigned char)pairs[i].text[0] || half_width(second) != (unsigned char)pairs[i].text[1]) {
            continue;
        }
        lexer->at += size;
        if (pairs[i].right) {
            report(lexer, from, MESSAGE_FORMULA_MARK, slice(lexer, from, lexer->at), pairs[i].right, pairs[i].right);
        } else {
            narrow(lexer, from);
        }
        return pairs[i].kind;
    }
    if (first != '!') {
        narrow(lexer, from);
    }
    return single_mark(first);
}

static TokenKind read_mark(Lexer *lexer, size_t from, uint32_t code)
{
    uint32_t half = half_width(code);
    TokenKind kind = TOKEN_END;
    if (half == '=' || half == '<' || half == '>' || half == '!') {
        kind = read_comparison(lexer, from, half);
    } else if ((kind = single_mark(half)) != TOKEN_END && half != code) {
        narrow(lexer, from);
    }
    const char *right;
    if (kind == TOKEN_END && (kind = other_mark(half, &right)) != TOKEN_END) {
        MessageId id = code == WIDE_OPEN || code == WIDE_CLOSE ? MESSAGE_FORMULA_FULL_WIDTH : MESSAGE_FORMULA_MARK;
        report(lexer, from, id, slice(lexer, from, lexer->at), right, right);
    }
    if (kind == TOKEN_END) {
        char shown[5] = {0};
        utf8_encode(code_visible(code), shown);
        const char *number = arena_printf(lexer->arena, "U+%04" PRIX32, code);
        report(lexer, from, MESSAGE_FORMULA_CHARACTER, arena_strdup(lexer->arena, shown), number, NULL);
        kind = TOKEN_BAD;
    }
    return kind;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xA0 || code == 0x3000;
}

Token lexer_next(Lexer *lexer)
{
    size_t start = lexer->at, size;
    uint32_t code;
    while ((size = peek(lexer, lexer->at, &code)) > 0 && is_blank(code)) {
        lexer->at += size;
    }
    size_t from = lexer->at;
    Token token = {.kind = TOKEN_END};
    if (size > 0 && is_digit(half_width(code))) {
        token = read_number(lexer, from);
    } else if (size > 0 && is_name_start(code)) {
        scan_name(lexer);
        token = (Token){.kind = TOKEN_NAME, .text = narrow(lexer, from)};
    } else if (code == '"' || code == 0xFF02 || code == QUOTE_OPEN || code == QUOTE_CLOSE) {
        lexer->at += size;
        token = read_text(lexer, from, code);
    } else if (size > 0) {
        lexer->at += size;
        token.kind = read_mark(lexer, from, code);
    }
    token.offset = (uint32_t)from;
    token.length = (uint32_t)(lexer->at - from);
    token.spaced = from > start;
    return token;
}
