/* Turns an offset in a source into the line and column a person counts. */
#include <string.h>

#include "base/finding.h"
#include "base/text.h"

/* Lines end at LF, CR LF or CR, as YAML 1.2 (5.4) and editors have it. */
static bool line_ends(const Source *source, size_t at)
{
    char byte = source->bytes[at];
    /* The LF of CR LF counts with its CR. */
    return byte == '\n' || (byte == '\r' && !(at + 1 < source->len && source->bytes[at + 1] == '\n'));
}

Place place_after(Place from, size_t offset, size_t length)
{
    const Source *source = from.source;
    const char *bytes = source->bytes;
    size_t len = source->len < UINT32_MAX ? source->len : UINT32_MAX;
    offset = offset < len ? offset : len;
    uint32_t line = from.line, column = from.column;
    size_t start = from.offset; /* of what is left of the line */
    for (size_t at = start; at < offset; at++) {
        if (line_ends(source, at)) {
            line++;
            column = 1;
            start = at + 1;
        }
    }
    for (size_t at = start; at < offset; column++) {
        uint32_t code;
        size_t size = utf8_decode(bytes + at, len - at, &code);
        at += size ? size : 1;
    }
    length = length < len - offset ? length : len - offset;
    size_t within = 0;
    while (within < length && bytes[offset + within] != '\n' && bytes[offset + within] != '\r') {
        within++;
    }
    return (Place){source, line, column, (uint32_t)offset, (uint32_t)within};
}

Place place_at(const Source *source, size_t offset, size_t length)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* a byte order mark takes no column */
    bool marked = source->len >= 3 && offset >= 3 && memcmp(source->bytes, mark, 3) == 0;
    return place_after((Place){source, 1, 1, marked ? 3 : 0, 0}, offset, length);
}
