/* Lengths and texts -> the words of the dump. */
#include <string.h>

#include "page/page_dump_int.h"

void dump_length(Buffer *out, Length length)
{
    Length thousandths = length_scale(length, 1000, LENGTH_PER_PT);
    long long size = thousandths < 0 ? -(long long)thousandths : (long long)thousandths;
    buffer_printf(out, "%s%lld.%03lld", thousandths < 0 ? "-" : "", size / 1000, size % 1000);
}

void dump_measure(Buffer *out, const char *name, Length length)
{
    buffer_printf(out, " %s=", name);
    dump_length(out, length);
}

/* Whether a byte of UTF-8 must be escaped to keep the line whole: controls, DEL. */
static bool is_control(unsigned char byte)
{
    return byte < 0x20 || byte == 0x7F;
}

void dump_quoted(Buffer *out, const char *text, size_t len)
{
    buffer_text(out, "\"");
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (!is_control(byte) && byte != '"' && byte != '\\')
            continue;
        buffer_append(out, text + from, i - from);
        from = i + 1;
        if (is_control(byte))
            buffer_printf(out, "\\x%02X", byte);
        else
            buffer_printf(out, "\\%c", byte);
    }
    buffer_append(out, text + from, len - from);
    buffer_text(out, "\"");
}

void dump_text(Buffer *out, const char *name, const char *text)
{
    if (!text)
        return;
    buffer_printf(out, " %s=", name);
    dump_quoted(out, text, strlen(text));
}

void dump_path(Buffer *out, const char *name, const char *path)
{
    if (!path)
        return;
    bool bare = *path != '\0';
    for (const char *at = path; *at; at++)
        bare = bare && !is_control((unsigned char)*at) && *at != ' ' && *at != '"';
    if (bare)
        buffer_printf(out, " %s=%s", name, path);
    else
        dump_text(out, name, path);
}
