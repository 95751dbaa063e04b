/* Turns a Value tree into text, a line a node: path, kind and reading, content, line:column, origin. */
#include <inttypes.h>

#include "data/data_int.h"

static const char *kind_name(const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL:
        return "null";
    case VALUE_LIST:
        return "list";
    case VALUE_MAP:
        return "map";
    case VALUE_TEXT:
        return value->quoted ? "quoted" : "plain";
    }
    return "?";
}

static const char *origin_name(ValueOrigin origin)
{
    switch (origin) {
    case ORIGIN_GIVEN:
        return "";
    case ORIGIN_SHARED:
        return " shared";
    case ORIGIN_DEFAULT:
        return " default";
    case ORIGIN_COMPUTED:
        return " computed";
    }
    return "?";
}

static void dump_text(const Value *value, Buffer *out)
{
    buffer_text(out, " \"");
    for (size_t i = 0; i < value->len; i++) {
        unsigned char c = (unsigned char)value->text[i];
        if (c == '"' || c == '\\') {
            buffer_printf(out, "\\%c", c);
        } else if (c == '\n') {
            buffer_text(out, "\\n");
        } else if (c < 0x20) {
            buffer_printf(out, "\\x%02X", c);
        } else {
            buffer_append(out, &value->text[i], 1);
        }
    }
    buffer_text(out, "\"");
}

static void dump_reading(const Value *value, Buffer *out)
{
    switch (value->reading) {
    case READ_NONE:
    case READ_TEXT:
        break;
    case READ_NUMBER: {
        uint64_t size = value->number.micro < 0 ? -(uint64_t)value->number.micro : (uint64_t)value->number.micro;
        buffer_printf(out, " number %s%" PRIu64 ".%06" PRIu64 " places %u", value->number.micro < 0 ? "-" : "",
                      size / (uint64_t)DECIMAL_ONE, size % (uint64_t)DECIMAL_ONE, value->number.places);
        if (value->unit_power != 0) {
            buffer_printf(out, " power %d", value->unit_power);
        }
        break;
    }
    case READ_BLANK:
        buffer_text(out, " blank");
        break;
    case READ_NOT_APPLICABLE:
        buffer_text(out, " not-applicable");
        break;
    case READ_BOOLEAN:
        buffer_text(out, value->boolean ? " true" : " false");
        break;
    case READ_DATE:
        buffer_printf(out, " date %04d-%02u-%02u", value->date.year, value->date.month, value->date.day);
        break;
    }
}

static void dump_node(const Value *value, const Source *parent_source, Buffer *out)
{
    buffer_text(out, value->path[0] == '\0' ? "." : value->path);
    buffer_printf(out, " = %s", kind_name(value));
    if (value->kind == VALUE_TEXT) {
        dump_text(value, out);
    } else if (value->kind != VALUE_NULL) {
        buffer_printf(out, " %zu", value->count);
    }
    dump_reading(value, out);
    buffer_printf(out, " @%" PRIu32 ":%" PRIu32, value->place.line, value->place.column);
    if (value->place.source != parent_source && value->place.source != NULL) {
        buffer_printf(out, " in %s", value->place.source->name);
    }
    buffer_printf(out, "%s\n", origin_name(value->origin));
    for (size_t i = 0; i < value->count; i++) {
        dump_node(value->items[i], value->place.source, out);
    }
}

void value_dump(const Value *root, Buffer *out)
{
    if (root != NULL) {
        dump_node(root, root->place.source, out);
    }
}
