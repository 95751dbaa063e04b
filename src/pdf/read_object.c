/* PDF syntax -> nodes (ISO 32000-1 7.2, 7.3), bounded against hostile input. */
#include <stdlib.h>
#include <string.h>

#include "pdf/read_int.h"

#define DEPTH_MAX 40

static bool is_space(int c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(int c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' || c == '/' ||
           c == '%';
}

static int peek(const Lexer *lexer, size_t ahead)
{
    return lexer->at + ahead < lexer->len ? (unsigned char)lexer->bytes[lexer->at + ahead] : -1;
}

static void skip_space(Lexer *lexer)
{
    for (;;) {
        while (lexer->at < lexer->len && is_space(lexer->bytes[lexer->at]))
            lexer->at++;
        if (peek(lexer, 0) != '%')
            return;
        while (lexer->at < lexer->len && lexer->bytes[lexer->at] != '\n' && lexer->bytes[lexer->at] != '\r')
            lexer->at++;
    }
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static Node *make(Lexer *lexer, NodeKind kind)
{
    if (*lexer->budget == 0)
        return NULL;
    --*lexer->budget;
    Node *node = arena_new_of(lexer->arena, Node);
    node->kind = kind;
    return node;
}

static Node *make_bytes(Lexer *lexer, NodeKind kind, const char *bytes, size_t len)
{
    Node *node = make(lexer, kind);
    if (node) {
        node->bytes = arena_strndup(lexer->arena, bytes, len);
        node->len = len;
    }
    return node;
}

static Node *read_hex(Lexer *lexer)
{
    size_t end = ++lexer->at, len = 0, digits = 0;
    while (end < lexer->len && lexer->bytes[end] != '>')
        end++;
    if (end == lexer->len)
        return NULL;
    char *out = arena_alloc(lexer->arena, (end - lexer->at) / 2 + 1);
    int value = 0;
    for (; lexer->at < end; lexer->at++) {
        int c = peek(lexer, 0), digit = hex_digit(c);
        if (digit < 0 && !is_space(c))
            return NULL;
        if (digit < 0)
            continue;
        value = value * 16 + digit;
        if (++digits % 2 == 0) {
            out[len++] = (char)value;
            value = 0;
        }
    }
    lexer->at++;
    if (digits % 2 != 0)
        out[len++] = (char)(value * 16);
    return make_bytes(lexer, NODE_STRING, out, len);
}

/* After a backslash; -1: nothing stands for it. */
static int read_escape(Lexer *lexer)
{
    int c = peek(lexer, 0), value = 0;
    lexer->at++;
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case '\r':
        lexer->at += peek(lexer, 0) == '\n';
        return -1;
    case '\n':
        return -1;
    default:
        break;
    }
    if (c < '0' || c > '7')
        return c;
    value = c - '0';
    for (int i = 0; i < 2 && peek(lexer, 0) >= '0' && peek(lexer, 0) <= '7'; i++, lexer->at++)
        value = value * 8 + peek(lexer, 0) - '0';
    return value & 255;
}

static Node *read_literal(Lexer *lexer)
{
    Buffer out = {0};
    int depth = 1;
    for (lexer->at++; depth > 0;) {
        int c = peek(lexer, 0);
        if (c < 0)
            break;
        lexer->at++;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == '\\')
            c = read_escape(lexer);
        else if (c == '\r') {
            lexer->at += peek(lexer, 0) == '\n';
            c = '\n';
        }
        char byte = (char)c;
        if (depth > 0 && c >= 0)
            buffer_append(&out, &byte, 1);
    }
    Node *node = depth == 0 ? make_bytes(lexer, NODE_STRING, out.bytes ? out.bytes : "", out.len) : NULL;
    buffer_release(&out);
    return node;
}

static Node *read_name(Lexer *lexer)
{
    char name[256];
    size_t len = 0;
    for (lexer->at++; peek(lexer, 0) >= 0 && !is_space(peek(lexer, 0)) && !is_delimiter(peek(lexer, 0)); lexer->at++) {
        int c = peek(lexer, 0);
        if (c == '#' && hex_digit(peek(lexer, 1)) >= 0 && hex_digit(peek(lexer, 2)) >= 0) {
            c = hex_digit(peek(lexer, 1)) * 16 + hex_digit(peek(lexer, 2));
            lexer->at += 2;
        }
        if (len >= sizeof name - 1 || c == 0)
            return NULL;
        name[len++] = (char)c;
    }
    return make_bytes(lexer, NODE_NAME, name, len);
}

/* "12 0 R" from its first number on. */
static bool read_reference(Lexer *lexer, Node *number)
{
    size_t at = lexer->at;
    if (number->number < 0 || number->number > 8388607 || number->number != (double)(int64_t)number->number)
        return false;
    if (peek(lexer, 0) != ' ' || peek(lexer, 1) != '0' || peek(lexer, 2) != ' ' || peek(lexer, 3) != 'R')
        return false;
    int after = peek(lexer, 4);
    if (after >= 0 && !is_space(after) && !is_delimiter(after))
        return false;
    number->kind = NODE_REF;
    lexer->at = at + 4;
    return true;
}

static Node *read_token(Lexer *lexer)
{
    size_t start = lexer->at;
    while (peek(lexer, 0) >= 0 && !is_space(peek(lexer, 0)) && !is_delimiter(peek(lexer, 0)))
        lexer->at++;
    size_t len = lexer->at - start;
    const char *text = lexer->bytes + start;
    if (len == 0 || len > 40)
        return NULL;
    if ((text[0] >= '0' && text[0] <= '9') || text[0] == '-' || text[0] == '+' || text[0] == '.') {
        Node *node = make(lexer, NODE_NUMBER);
        double value = 0, scale = 1;
        bool fraction = false;
        for (size_t i = text[0] == '-' || text[0] == '+'; node && i < len; i++) {
            if (text[i] == '.' && !fraction)
                fraction = true;
            else if (text[i] >= '0' && text[i] <= '9')
                value = value * 10 + (text[i] - '0'), scale = fraction ? scale * 10 : 1;
            else
                return NULL;
        }
        if (!node)
            return NULL;
        node->number = (text[0] == '-' ? -value : value) / scale;
        read_reference(lexer, node);
        return node;
    }
    if (len == 4 && memcmp(text, "null", 4) == 0)
        return make(lexer, NODE_NULL);
    if ((len == 4 && memcmp(text, "true", 4) == 0) || (len == 5 && memcmp(text, "false", 5) == 0)) {
        Node *node = make(lexer, NODE_BOOLEAN);
        if (node)
            node->number = len == 4;
        return node;
    }
    return make_bytes(lexer, NODE_WORD, text, len);
}

static Node *read_list(Lexer *lexer, bool dict)
{
    ARRAY(Node *) items = {0};
    ARRAY(const char *) keys = {0};
    Node *list = make(lexer, dict ? NODE_DICT : NODE_ARRAY);
    lexer->at += dict ? 2 : 1;
    while (list) {
        skip_space(lexer);
        if (dict ? peek(lexer, 0) == '>' && peek(lexer, 1) == '>' : peek(lexer, 0) == ']')
            break;
        Node *item = node_read(lexer);
        if (dict) {
            if (!item || item->kind != NODE_NAME)
                return NULL;
            *array_push(lexer->arena, &keys) = item->bytes;
            item = node_read(lexer);
        }
        if (!item || item->kind == NODE_WORD)
            return NULL;
        *array_push(lexer->arena, &items) = item;
    }
    if (!list)
        return NULL;
    lexer->at += dict ? 2 : 1;
    list->items = items.items;
    list->keys = keys.items;
    list->count = items.count;
    return list;
}

Node *node_read(Lexer *lexer)
{
    skip_space(lexer);
    int c = peek(lexer, 0);
    if (c < 0)
        return NULL;
    if (c == '(')
        return read_literal(lexer);
    if (c == '/')
        return read_name(lexer);
    bool dict = c == '<' && peek(lexer, 1) == '<';
    if (c == '<' && !dict)
        return read_hex(lexer);
    if (!dict && c != '[')
        return read_token(lexer);
    if (lexer->depth >= DEPTH_MAX)
        return NULL;
    lexer->depth++;
    Node *list = read_list(lexer, dict);
    lexer->depth--;
    return list;
}

const Node *node_get(const Node *dict, const char *key)
{
    for (size_t i = 0; dict && dict->kind == NODE_DICT && i < dict->count; i++)
        if (strcmp(dict->keys[i], key) == 0)
            return dict->items[i];
    return NULL;
}

bool node_named(const Node *node, const char *name)
{
    return node && (node->kind == NODE_NAME || node->kind == NODE_WORD) && strcmp(node->bytes, name) == 0;
}
