/* Turns a finding into one line of JSON for programs (RFC 8259). */
#include <inttypes.h>

#include "base/finding_int.h"
#include "base/json.h"

void json_print_text(const char *text, FILE *out)
{
    Buffer buffer = {0};
    json_put_text(&buffer, text);
    fwrite(buffer.bytes, 1, buffer.len, out);
    buffer_release(&buffer);
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
