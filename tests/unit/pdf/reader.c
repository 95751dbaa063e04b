/* A plain file of ours -> its objects, and the glyphs a page shows where any reader would put them (ISO 32000-1 9.4.4).
 * Floating point on purpose: it is what readers reckon with. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf_tests.h"

size_t count_text(const char *in, size_t len, const char *text)
{
    size_t count = 0;
    for (const char *at = in; (at = memmem(at, len - (size_t)(at - in), text, strlen(text))); at++)
        count++;
    return count;
}

bool holds(const Buffer *file, const char *text)
{
    return memmem(file->bytes, file->len, text, strlen(text)) != NULL;
}

const char *reader_object(const Buffer *file, unsigned number)
{
    char head[40];
    snprintf(head, sizeof head, "\n%u 0 obj\n", number);
    const char *at = memmem(file->bytes, file->len, head, strlen(head));
    return at ? at + strlen(head) : NULL;
}

unsigned reader_ref(const char *dict, const char *key)
{
    const char *end = strstr(dict, "endobj"), *at = dict;
    size_t len = strlen(key);
    unsigned number;
    while ((at = strstr(at, key)) && (!end || at < end)) {
        at += len;
        if (sscanf(at, *at == '[' ? "[%u 0 R" : "%u 0 R", &number) == 1 && !strchr("abcdefghijklmnopqrstuvwxyz", *at))
            return number;
    }
    return 0;
}

unsigned reader_page(const Buffer *file, size_t index)
{
    const char *at = file->bytes;
    for (size_t found = 0; (at = memmem(at, file->len - (size_t)(at - file->bytes), "/Type /Page\n", 12)); at++) {
        if (found++ < index)
            continue;
        while (strncmp(at, "obj\n", 4) != 0)
            at--;
        while (at[-1] != '\n')
            at--;
        return (unsigned)strtoul(at, NULL, 10);
    }
    ck_abort_msg("there is no page %zu", index);
    return 0;
}

/* ---- widths -------------------------------------------------------------------------------------------------------
 */

typedef struct Widths {
    double usual, of[65536];
    bool known;
} Widths;

static void widths_read(const Buffer *file, unsigned font, Widths *widths)
{
    const char *type0 = reader_object(file, font);
    ck_assert_ptr_nonnull(type0);
    const char *cid = reader_object(file, reader_ref(type0, "/DescendantFonts"));
    ck_assert_ptr_nonnull(cid);
    const char *usual = strstr(cid, "/DW "), *at = strstr(cid, "/W[");
    ck_assert_ptr_nonnull(usual);
    widths->usual = strtod(usual + 4, NULL);
    for (size_t i = 0; i < 65536; i++)
        widths->of[i] = widths->usual;
    if (!at || at > strstr(cid, "endobj"))
        at = "/W[]";
    at += 3;
    for (char *end; *at != ']';) {
        unsigned long first = strtoul(at, &end, 10), last;
        ck_assert_ptr_ne(at, end);
        for (at = end; *at == ' ';)
            at++;
        if (*at == '[') {
            for (at++; *at != ']'; at = end + (*end == ' '))
                widths->of[first++] = strtod(at, &end);
            at++;
        } else {
            last = strtoul(at, &end, 10);
            for (double width = strtod(end, (char **)&at); first <= last; first++)
                widths->of[first] = width;
        }
        while (*at == ' ')
            at++;
    }
    widths->known = true;
}

/* ---- operators ----------------------------------------------------------------------------------------------------
 */

typedef struct State {
    Arena *arena;
    const Buffer *file;
    const char *resources;
    Widths *fonts[20];
    ShownList list;
    double a, b, c, d, e, f; /* text line matrix */
    double along;            /* the pen, from the line's origin */
    double size, spacing, rise;
    int font;
    double stack[8];
    size_t depth;
} State;

static void font_choose(State *state, int number)
{
    char key[20];
    snprintf(key, sizeof key, "/F%d ", number);
    ck_assert_int_lt(number, 20);
    state->font = number;
    if (state->fonts[number])
        return;
    state->fonts[number] = arena_new_of(state->arena, Widths);
    widths_read(state->file, reader_ref(state->resources, key), state->fonts[number]);
}

static void codes_show(State *state, const unsigned char *bytes, size_t len)
{
    ck_assert_uint_eq(len % 2, 0);
    for (size_t i = 0; i < len; i += 2) {
        Shown *shown = array_push(state->arena, &state->list);
        shown->code = (unsigned)bytes[i] << 8 | bytes[i + 1];
        shown->x = state->e + state->a * state->along + state->c * state->rise;
        shown->y = state->f + state->b * state->along + state->d * state->rise;
        shown->size = state->size;
        shown->width = state->fonts[state->font]->of[shown->code];
        shown->font = state->font;
        shown->turned = state->b > 0.5;
        state->along += state->fonts[state->font]->of[shown->code] / 1000 * state->size + state->spacing;
    }
}

static const char *literal_read(State *state, const char *at)
{
    unsigned char bytes[4096];
    size_t len = 0;
    for (; *at != ')'; at++) {
        if (*at == '\\')
            at++;
        bytes[len++] = (unsigned char)(at[-1] == '\\' && *at == 'r' ? '\r' : *at);
    }
    codes_show(state, bytes, len);
    return at + 1;
}

static const char *hex_read(State *state, const char *at)
{
    unsigned char bytes[4096];
    size_t len = 0;
    for (; *at != '>'; at += 2, len++)
        ck_assert_int_eq(sscanf(at, "%2hhx", &bytes[len]), 1);
    codes_show(state, bytes, len);
    return at + 1;
}

static bool word_is(const char *at, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(at, word, len) == 0;
}

static void operator_do(State *state, const char *word, size_t len)
{
    const double *v = state->stack;
    if (word_is(word, len, "BT")) {
        state->a = state->d = 1;
        state->b = state->c = state->e = state->f = state->along = 0;
    } else if (word_is(word, len, "Td")) {
        state->e += state->a * v[0] + state->c * v[1];
        state->f += state->b * v[0] + state->d * v[1];
        state->along = 0;
    } else if (word_is(word, len, "Tm")) {
        state->a = v[0], state->b = v[1], state->c = v[2], state->d = v[3], state->e = v[4], state->f = v[5];
        state->along = 0;
    } else if (word_is(word, len, "Tf")) {
        state->size = v[0];
    } else if (word_is(word, len, "Tc")) {
        state->spacing = v[0];
    } else if (word_is(word, len, "Ts")) {
        state->rise = v[0];
    } else if (word_is(word, len, "BDC")) {
        state->depth = 0;
    }
    state->depth = 0;
}

static void content_read(State *state, const char *at, const char *end)
{
    bool in_array = false;
    while (at < end) {
        if (*at == ' ' || *at == '\n') {
            at++;
        } else if (*at == '(') {
            at = literal_read(state, at + 1);
        } else if (strncmp(at, "<<", 2) == 0) { /* properties: no strings with > within */
            for (at += 2; strncmp(at, ">>", 2) != 0 || at[2] == '>';)
                at++;
            at += 2;
        } else if (*at == '<') {
            at = hex_read(state, at + 1);
        } else if (*at == '[' || *at == ']') {
            in_array = *at++ == '[';
        } else if (*at == '/') {
            if (at[1] == 'F')
                font_choose(state, atoi(at + 2));
            for (at++; !strchr(" \n<[(", *at);)
                at++;
        } else if ((*at >= '0' && *at <= '9') || *at == '-' || *at == '.') {
            char *after;
            double value = strtod(at, &after);
            if (in_array)
                state->along -= value / 1000 * state->size;
            else if (state->depth < 8)
                state->stack[state->depth++] = value;
            at = after;
        } else {
            const char *word = at;
            while (at < end && ((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z')))
                at++;
            ck_assert_msg(at > word, "stray byte %02x", (unsigned char)*at);
            operator_do(state, word, (size_t)(at - word));
        }
    }
}

ShownList reader_shown(Arena *arena, const Buffer *file, size_t page)
{
    State state = {.arena = arena, .file = file};
    const char *dict = reader_object(file, reader_page(file, page));
    ck_assert_ptr_nonnull(dict);
    state.resources = strstr(dict, "/Resources");
    const char *contents = reader_object(file, reader_ref(dict, "/Contents "));
    ck_assert(state.resources && contents);
    const char *length = reader_object(file, reader_ref(contents, "/Length "));
    ck_assert_ptr_nonnull(length);
    const char *data = strstr(contents, "stream\r\n") + 8;
    content_read(&state, data, data + strtoul(length, NULL, 10));
    return state.list;
}
