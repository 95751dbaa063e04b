/* Turns an offset in a source into the line and column a person counts. */
#include <string.h>

#include "base/finding.h"
#include "base/text.h"

/* Lines end at LF, CR LF or CR, as YAML 1.2 (5.4) and editors have it. */
Place place_at(const Source *source, size_t offset, size_t length)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* a byte order mark takes no column */
    size_t len = source->len < UINT32_MAX ? source->len : UINT32_MAX;
    offset = offset < len ? offset : len;
    const char *bytes = source->bytes;
    uint32_t line = 1;
    size_t start = len >= 3 && memcmp(bytes, mark, 3) == 0 && offset >= 3 ? 3 : 0;
    for (size_t at = start; at < offset; at++) {
        /* The LF of CR LF counts with its CR. */
        if (bytes[at] == '\n' || (bytes[at] == '\r' && !(at + 1 < len && bytes[at + 1] == '\n'))) {
            line++;
            start = at + 1;
        }
    }
    uint32_t column = 1;
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
