/* Turns text into a JSON string. */
#include "base/json.h"

#include <string.h>

#include "base/text.h"

static void put_code(Buffer *out, uint32_t code)
{
    char bytes[4];
    if (code == '"' || code == '\\')
        buffer_printf(out, "\\%c", (char)code);
    else if (code == '\n')
        buffer_text(out, "\\n");
    else if (code == '\r')
        buffer_text(out, "\\r");
    else if (code == '\t')
        buffer_text(out, "\\t");
    else if (code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029)
        buffer_printf(out, "\\u%04x", (unsigned)code);
    else
        buffer_append(out, bytes, utf8_encode(code, bytes));
}

void json_put_bytes(Buffer *out, const char *text, size_t len)
{
    buffer_append(out, "\"", 1);
    for (size_t at = 0; at < len;) {
        uint32_t code = 0xFFFD;
        size_t size = utf8_decode(text + at, len - at, &code);
        put_code(out, size ? code : 0xFFFD);
        at += size ? size : 1;
    }
    buffer_append(out, "\"", 1);
}

void json_put_text(Buffer *out, const char *text)
{
    if (text)
        json_put_bytes(out, text, strlen(text));
    else
        buffer_text(out, "null");
}
