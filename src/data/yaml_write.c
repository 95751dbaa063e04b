/* Turns a Value tree back into YAML: block style, one form for one tree, without comments; reading it gives the tree.
 */
#include <string.h>

#include "base/text.h"
#include "data/data_int.h"

static bool is_written(const Value *value)
{
    return value->origin == ORIGIN_GIVEN || value->origin == ORIGIN_SHARED;
}

/* What may stand without quotes for certain: a sure part of YAML's plain style (YAML 1.2, 7.3.3). */
static bool is_plain(const char *text, size_t len)
{
    bool dash = len > 1 && text[0] == '-' && text[1] != ' ' && text[1] != '-';
    if (len == 0 || text[0] == ' ' || text[len - 1] == ' ' || text[len - 1] == ':')
        return false;
    if (!dash && strchr("-?:,[]{}#&*!|>'\"%@`", text[0]))
        return false;
    for (size_t at = 0, bytes; at < len; at += bytes) {
        uint32_t code;
        bytes = utf8_decode(text + at, len - at, &code);
        if (bytes == 0 || code < 0x20 || code_visible(code) != code)
            return false;
        bool gap = at + 1 < len && text[at + 1] == ' ';
        if ((text[at] == ':' && gap) || (text[at] == ' ' && at + 1 < len && text[at + 1] == '#'))
            return false;
    }
    return true;
}

static void put_quoted(const char *text, size_t len, Buffer *out)
{
    size_t written = 0; /* what lies behind stands as it is */
    buffer_text(out, "\"");
    for (size_t at = 0, bytes; at < len; at += bytes) {
        uint32_t code;
        bytes = utf8_decode(text + at, len - at, &code);
        bool seen = bytes > 0 ? bytes == 1 || code_visible(code) == code : true;
        bytes += bytes == 0;
        if (seen && text[at] != '"' && text[at] != '\\' && text[at] != '\n' && text[at] != '\t')
            continue;
        buffer_append(out, text + written, at - written);
        written = at + bytes;
        if (text[at] == '"' || text[at] == '\\')
            buffer_printf(out, "\\%c", text[at]);
        else if (text[at] == '\n')
            buffer_text(out, "\\n");
        else if (text[at] == '\t')
            buffer_text(out, "\\t");
        else
            buffer_printf(out, code > 0xFFFF ? "\\U%08X" : "\\u%04X", (unsigned)code);
    }
    buffer_append(out, text + written, len - written);
    buffer_text(out, "\"");
}

/* What stood in quotes stands in them again, for it is no number, whatever it looks like. */
static void put_scalar(const Value *value, Buffer *out)
{
    if (!value->quoted && is_plain(value->text, value->len))
        buffer_append(out, value->text, value->len);
    else
        put_quoted(value->text, value->len, out);
}

static size_t count_written(const Value *value)
{
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++)
        count += is_written(value->items[i]);
    return count;
}

static void put_indent(int depth, Buffer *out)
{
    for (int i = 0; i < depth; i++)
        buffer_text(out, "  ");
}

/* `opened`: the first line's indentation, or the dash before it, stands already. */
static void put_members(const Value *value, int depth, bool opened, bool (*skip)(const Value *), Buffer *out);

/* After "key:" or "-". */
static void put_value(const Value *value, int depth, bool in_list, Buffer *out)
{
    if (value->kind == VALUE_NULL) {
        buffer_text(out, " null\n");
    } else if (value->kind == VALUE_TEXT) {
        buffer_text(out, " ");
        put_scalar(value, out);
        buffer_text(out, "\n");
    } else if (count_written(value) == 0) {
        buffer_text(out, value->kind == VALUE_MAP ? " {}\n" : " []\n");
    } else {
        buffer_text(out, in_list ? " " : "\n");
        put_members(value, depth + 1, in_list, NULL, out);
    }
}

static void put_members(const Value *value, int depth, bool opened, bool (*skip)(const Value *), Buffer *out)
{
    for (size_t i = 0; i < value->count; i++) {
        const Value *item = value->items[i];
        if (!is_written(item) || (skip && skip(item)))
            continue;
        if (!opened)
            put_indent(depth, out);
        opened = false;
        if (value->kind == VALUE_LIST) {
            buffer_text(out, "-");
        } else {
            size_t len = strlen(item->key);
            if (is_plain(item->key, len) && !text_equal(item->key, "<<"))
                buffer_append(out, item->key, len);
            else
                put_quoted(item->key, len, out);
            buffer_text(out, ":");
        }
        put_value(item, depth, value->kind == VALUE_LIST, out);
    }
}

/* What 共用 names has been merged: the file stands alone. */
static bool is_merged(const Value *item)
{
    return item->key && text_equal(item->key, KEY_SHARED);
}

void value_to_yaml(const Value *root, Buffer *out)
{
    if (root->kind != VALUE_MAP || count_written(root) == 0) {
        put_value(root, -1, false, out);
        return;
    }
    put_members(root, 0, false, is_merged, out);
}
