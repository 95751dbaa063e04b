/* Turns a finding into one line of JSON for programs (RFC 8259). */
#include <inttypes.h>
#include <string.h>

#include "base/finding_int.h"
#include "base/text.h"

static void print_escaped(uint32_t code, FILE *out)
{
    switch (code) {
    case '"':
        fputs("\\\"", out);
        return;
    case '\\':
        fputs("\\\\", out);
        return;
    case '\n':
        fputs("\\n", out);
        return;
    case '\r':
        fputs("\\r", out);
        return;
    case '\t':
        fputs("\\t", out);
        return;
    default:
        break;
    }
    /* Beyond what RFC 8259 asks: C1 controls, which a terminal obeys, and the two separators some readers break at. */
    if (code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029) {
        fprintf(out, "\\u%04" PRIx32, code);
        return;
    }
    char bytes[4];
    fwrite(bytes, 1, utf8_encode(code, bytes), out);
}

void json_print_text(const char *text, FILE *out)
{
    if (!text) {
        fputs("null", out);
        return;
    }
    size_t len = strlen(text);
    fputc('"', out);
    for (size_t at = 0; at < len;) {
        uint32_t code = 0xFFFD;
        size_t size = utf8_decode(text + at, len - at, &code);
        print_escaped(code, out);
        at += size ? size : 1;
    }
    fputc('"', out);
}

static void print_member(const char *key, const char *text, FILE *out)
{
    fprintf(out, ",\"%s\":", key);
    json_print_text(text, out);
}

/* {"file":...,"line":...,"column":... ; the brace stays open. */
static void print_place(Place place, FILE *out)
{
    fputs("{\"file\":", out);
    json_print_text(place.source ? place.source->name : NULL, out);
    if (place.source && place.line) {
        fprintf(out, ",\"line\":%" PRIu32 ",\"column\":%" PRIu32, place.line, place.column);
    } else {
        fputs(",\"line\":null,\"column\":null", out);
    }
}

void finding_print_json(const Finding *finding, FILE *out)
{
    print_place(finding->place, out);
    print_member("severity", severity_name(finding->severity), out);
    print_member("code", finding->code, out);
    print_member("message", finding->message, out);
    print_member("path", finding->path, out);
    print_member("help", finding->help, out);
    print_member("suggestion", finding->suggestion, out);
    fputs(",\"related\":[", out);
    for (size_t i = 0; i < finding->related_count; i++) {
        fputs(i ? "," : "", out);
        print_place(finding->related[i].place, out);
        print_member("message", finding->related[i].text, out);
        fputc('}', out);
    }
    fputs("]}\n", out);
}
