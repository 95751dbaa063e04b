/* Functions on texts and dates, and from numbers to text. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/formula_int.h"

static bool argument_text(const Call *call, size_t index, const char **text)
{
    return want_text(call->e, call->node->call.arguments[index], &call->terms[index], text);
}

static bool argument_int(const Call *call, size_t index, int64_t least, int64_t most, int64_t *out)
{
    return want_int(call->e, call->node->call.arguments[index], call->node->call.function->name, &call->terms[index],
                    least, most, out);
}

/* Reading or writing a text costs steps by its length, so that texts cannot be multiplied without end. */
static bool text_step(const Call *call, size_t len)
{
    return evaluation_step(call->e, call->node, len / 64);
}

static bool text_too_long(const Call *call)
{
    return evaluation_fail_limit(call->e, call->node, MESSAGE_FORMULA_TEXT_LONG, FORMULA_TEXT_MAX >> 20);
}

/* The byte offset of code point number `count`, or the length. */
static size_t offset_of(const char *text, size_t count)
{
    size_t at = 0;
    for (; text[at] != '\0'; at++) {
        if (((unsigned char)text[at] & 0xC0) != 0x80 && count-- == 0) {
            break;
        }
    }
    return at;
}

BODY(body_len)
{
    (void)variant;
    const char *text;
    if (!argument_text(call, 0, &text)) {
        return false;
    }
    size_t len = strlen(text);
    *out = term_of_int((int64_t)utf8_count(text, len));
    return text_step(call, len);
}

BODY(body_part)
{
    const char *text;
    int64_t start = 1, count = 1;
    size_t last = call->count - 1;
    if (!argument_text(call, 0, &text) || (last > 0 && !argument_int(call, last, 0, INT32_MAX, &count)) ||
        (variant == PART_MIDDLE && !argument_int(call, 1, 1, INT32_MAX, &start))) {
        return false;
    }
    size_t len = strlen(text);
    int64_t codes = (int64_t)utf8_count(text, len);
    if (variant == PART_RIGHT) {
        start = count < codes ? codes - count + 1 : 1;
    }
    const char *from = text + offset_of(text, (size_t)start - 1);
    *out = term_of_text(arena_strndup(call->e->arena, from, offset_of(from, (size_t)count)));
    return text_step(call, len);
}

BODY(body_text_test)
{
    const char *text, *part;
    if (!argument_text(call, 0, &text) || !argument_text(call, 1, &part)) {
        return false;
    }
    *out = term_of_truth(variant == TEST_CONTAINS ? strstr(text, part) != NULL
                         : variant == TEST_STARTS ? text_starts_with(text, part)
                                                  : text_ends_with(text, part));
    return text_step(call, strlen(text));
}

BODY(body_find)
{
    (void)variant;
    const char *part, *text;
    if (!argument_text(call, 0, &part) || !argument_text(call, 1, &text)) {
        return false;
    }
    const char *found = strstr(text, part);
    *out = found ? term_of_int((int64_t)utf8_count(text, (size_t)(found - text)) + 1) : term_blank();
    return text_step(call, strlen(text));
}

BODY(body_substitute)
{
    (void)variant;
    const char *text, *old, *new;
    if (!argument_text(call, 0, &text) || !argument_text(call, 1, &old) || !argument_text(call, 2, &new)) {
        return false;
    }
    size_t old_len = strlen(old), new_len = strlen(new), len = strlen(text), count = 0;
    for (const char *at = text; old_len > 0 && (at = strstr(at, old)) != NULL; at += old_len) {
        count++;
    }
    if (count == 0) {
        *out = call->terms[0];
        return text_step(call, len);
    }
    len = len - count * old_len + count * new_len;
    if (len > FORMULA_TEXT_MAX) {
        return text_too_long(call);
    }
    char *result = arena_alloc(call->e->arena, len + 1), *to = result;
    for (const char *found; (found = strstr(text, old)) != NULL; text = found + old_len) {
        memcpy(to, text, (size_t)(found - text));
        to += found - text;
        memcpy(to, new, new_len);
        to += new_len;
    }
    memcpy(to, text, strlen(text));
    *out = term_of_text(result);
    return text_step(call, len);
}

/* The bytes of a blank at the start or, `end`, before `len`; 0 for none. */
static size_t blank_length(const char *text, size_t len, bool end)
{
    static const char wide[] = "\u3000"; /* the ideographic space */
    size_t size = sizeof wide - 1;
    if (len == 0) {
        return 0;
    }
    char c = end ? text[len - 1] : text[0];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        return 1;
    }
    return len >= size && memcmp(end ? text + len - size : text, wide, size) == 0 ? size : 0;
}

BODY(body_trim)
{
    (void)variant;
    const char *text;
    if (!argument_text(call, 0, &text)) {
        return false;
    }
    size_t len = strlen(text);
    for (size_t size; (size = blank_length(text, len, false)) > 0; len -= size) {
        text += size;
    }
    for (size_t size; (size = blank_length(text, len, true)) > 0;) {
        len -= size;
    }
    *out = term_of_text(arena_strndup(call->e->arena, text, len));
    return text_step(call, len);
}

BODY(body_join)
{
    (void)variant;
    const char *separator, *last;
    if (!argument_text(call, 1, &separator) || !argument_text(call, call->count - 1, &last)) {
        return false;
    }
    Call list = *call; /* the items of the first argument alone */
    list.count = 1;
    ARRAY(const char *) texts = {0};
    size_t len = 0;
    Cursor cursor = {.call = &list};
    for (Term item; cursor_next(&cursor, &item);) {
        const char *text;
        if (!want_text(call->e, cursor.node, &item, &text)) {
            return false;
        }
        if (*text != '\0') {
            len += strlen(text) + strlen(separator);
            *array_push(call->e->arena, &texts) = text;
        }
        if (len > FORMULA_TEXT_MAX) {
            return text_too_long(call);
        }
    }
    len += strlen(last);
    char *result = arena_alloc(call->e->arena, len + 1), *to = result;
    for (size_t i = 0; i < texts.count; i++) {
        const char *before = i == 0 ? "" : i + 1 == texts.count ? last : separator;
        to = stpcpy(stpcpy(to, before), texts.items[i]);
    }
    *out = term_of_text(result);
    return !cursor.failed && text_step(call, len);
}

BODY(body_chinese)
{
    (void)variant;
    int64_t number;
    if (!argument_int(call, 0, 1, 9999, &number)) {
        return false;
    }
    *out = term_of_text(text_chinese_number(call->e->arena, (unsigned)number));
    return true;
}

typedef struct NumberFormat {
    int places;
    bool commas, percent;
} NumberFormat;

/* The spreadsheet's formats that a notice can need: 0 0.00 #,##0 #,##0.00 and these with %. */
static bool format_parse(const char *text, NumberFormat *out)
{
    *out = (NumberFormat){0};
    if (text_starts_with(text, "#,##")) {
        out->commas = true;
        text += 4;
    }
    if (*text++ != '0') {
        return false;
    }
    if (*text == '.') {
        out->places = (int)strspn(++text, "0");
        text += out->places;
        if (out->places == 0 || out->places > DECIMAL_PLACES) {
            return false;
        }
    }
    out->percent = *text == '%';
    return text[out->percent] == '\0';
}

BODY(body_text)
{
    (void)variant;
    NumberFormat format = {0};
    Number number;
    bool blank;
    if (call->terms[1].kind == TERM_TEXT) {
        if (!format_parse(call->terms[1].text, &format)) {
            return evaluation_fail(call->e, call->node->call.arguments[1], MESSAGE_FORMULA_FORMAT, &call->terms[1],
                                   TEXTS(term_brief(&call->terms[1], call->e->arena)));
        }
    } else {
        int64_t places;
        if (!argument_int(call, 1, 0, DECIMAL_PLACES, &places)) {
            return false;
        }
        format.places = (int)places;
    }
    if (!want_number(call->e, call->node->call.arguments[0], &call->terms[0], &number, &blank)) {
        return false;
    }
    if (blank) { /* prints as it is: nothing, or —— */
        *out = call->terms[0];
        return true;
    }
    const Number hundred = number_from_int(100);
    const char *text = NULL;
    if ((!format.percent || number_multiply(&number, &hundred, &number)) &&
        number_round(&number, format.places, ROUND_HALF_AWAY, &number)) {
        text = number_text(&number, format.places, format.commas, call->e->arena);
    }
    if (text == NULL) {
        return evaluation_fail(call->e, call->node, MESSAGE_FORMULA_OVERFLOW, &call->terms[0], NULL);
    }
    *out = term_of_text(format.percent ? arena_printf(call->e->arena, "%s%%", text) : text);
    return true;
}

BODY(body_date_part)
{
    int year, month, day;
    const Term *term = &call->terms[0];
    *out = term_blank();
    if (term_is_blank(term)) {
        return true;
    }
    if (!term_date(term, &year, &month, &day)) {
        return evaluation_fail(call->e, call->node->call.arguments[0], MESSAGE_FORMULA_NOT_DATE, term,
                               TEXTS(term_brief(term, call->e->arena)));
    }
    *out = term_of_int(variant == DATE_YEAR ? year : variant == DATE_MONTH ? month : day);
    return true;
}
