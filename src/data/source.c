/* Checks that a source is text YAML can hold, and turns code point counts into line, column and byte offset. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/data_int.h"

#define CHECKPOINT_STEP 16 /* code points between checkpoints: a place costs at most this many steps */

#define REPORTED_MAX 100 /* forbidden characters reported: a file of nothing else would take seconds to report */

/* A BOM, or every other byte NUL as in Chinese-free UTF-16. */
static bool looks_utf16(const Source *source)
{
    const unsigned char *bytes = (const unsigned char *)source->bytes;
    if (source->len >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF))) {
        return true;
    }
    size_t looked = source->len < 512 ? source->len : 512, zeros[2] = {0, 0};
    for (size_t i = 0; i < looked; i++) {
        zeros[i % 2] += bytes[i] == 0;
    }
    return looked >= 8 && ((zeros[0] == 0 && zeros[1] > looked / 8) || (zeros[1] == 0 && zeros[0] > looked / 8));
}

/* GB 18030 by structure: pairs 81..FE 40..FE, or four bytes 81..FE 30..39 81..FE 30..39. Much UTF-8 fits too, so the
 * text must also fail as UTF-8 more often than it succeeds. */
static bool looks_gbk(const Source *source)
{
    const unsigned char *bytes = (const unsigned char *)source->bytes;
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < source->len;) {
        if (bytes[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t code;
        size_t size = utf8_decode(source->bytes + at, source->len - at, &code);
        good += size > 0;
        bad += size == 0;
        at += size > 0 ? size : 1;
    }
    if (bad <= good) {
        return false;
    }
    for (size_t at = 0; at < source->len;) {
        if (bytes[at] < 0x80) {
            at++;
            continue;
        }
        if (bytes[at] == 0x80 || bytes[at] == 0xFF || at + 1 >= source->len) {
            return false;
        }
        unsigned char second = bytes[at + 1];
        if (second >= 0x40 && second != 0x7F && second != 0xFF) {
            at += 2;
        } else if (second >= 0x30 && second <= 0x39 && at + 3 < source->len) {
            at += 4;
        } else {
            return false;
        }
    }
    return true;
}

/* Characters YAML 1.2 (5.1) does not allow in a stream, and a BOM in the middle of one. */
static bool is_forbidden(uint32_t code)
{
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
           (code >= 0x7F && code < 0xA0 && code != 0x85) || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

static void report_forbidden(uint32_t code, Place place, FindingList *findings)
{
    char name[16];
    snprintf(name, sizeof name, "U+%04" PRIX32, code);
    finding_add(findings, code == 0 ? MESSAGE_YAML_NUL : MESSAGE_YAML_CONTROL, place, NULL, name, NULL);
}

/* Lines end at LF, CR LF (with its LF) or CR, as place_at has it. */
static bool line_breaks_at(const Source *source, size_t offset)
{
    char c = source->bytes[offset];
    return c == '\n' || (c == '\r' && !(offset + 1 < source->len && source->bytes[offset + 1] == '\n'));
}

/* Moves over one code point. */
static void step(const Source *source, Checkpoint *at, uint32_t size)
{
    bool breaks = line_breaks_at(source, at->offset);
    at->offset += size;
    at->column++;
    if (breaks) {
        at->line++;
        at->column = 1;
    }
}

bool source_check(const Source *source, Positions *positions, Arena *scratch, FindingList *findings)
{
    Place whole = {.source = source};
    *positions = (Positions){.source = source};
    if (looks_utf16(source)) {
        finding_add(findings, MESSAGE_YAML_UTF16, whole, NULL, NULL);
        return false;
    }
    if (source->len >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0) {
        positions->start = 3;
    }
    size_t valid = utf8_valid_prefix(source->bytes, source->len);
    if (valid < source->len) {
        if (looks_gbk(source)) {
            finding_add(findings, MESSAGE_YAML_GBK, whole, NULL, NULL);
        } else {
            Place place = place_at(source, valid, 1);
            finding_add(findings, MESSAGE_YAML_NOT_UTF8, place, NULL, NULL);
        }
        return false;
    }
    size_t count = utf8_count(source->bytes + positions->start, source->len - positions->start);
    positions->checkpoints = arena_array_of(scratch, Checkpoint, count / CHECKPOINT_STEP + 1);
    size_t reported = 0;
    Checkpoint at = {(uint32_t)positions->start, 1, 1};
    for (size_t index = 0;; index++) {
        if (index % CHECKPOINT_STEP == 0) {
            positions->checkpoints[positions->count++] = at;
        }
        if (at.offset >= source->len) {
            break;
        }
        unsigned char lead = (unsigned char)source->bytes[at.offset];
        if ((lead >= 0x20 && lead < 0x7F) || (lead >= 0xE3 && lead <= 0xEC)) { /* ASCII, Hanzi: nothing to ask */
            at.offset += lead < 0x7F ? 1 : 3;
            at.column++;
            continue;
        }
        uint32_t code;
        uint32_t size = (uint32_t)utf8_decode(source->bytes + at.offset, source->len - at.offset, &code);
        if (is_forbidden(code) && reported++ < REPORTED_MAX) {
            Place place = {source, at.line, at.column, at.offset, size};
            report_forbidden(code, place, findings);
        }
        step(source, &at, size);
    }
    return reported == 0;
}

/* From the checkpoint before it, or from where the last one asked for was: they come nearly in order. */
static Checkpoint position_of(Positions *positions, size_t index)
{
    size_t nearest = index / CHECKPOINT_STEP;
    if (nearest >= positions->count) {
        nearest = positions->count - 1;
    }
    Checkpoint at = positions->checkpoints[nearest];
    size_t i = nearest * CHECKPOINT_STEP;
    if (positions->last_index > i && positions->last_index <= index) {
        i = positions->last_index;
        at = positions->last;
    }
    const Source *source = positions->source;
    for (; i < index && at.offset < source->len; i++) {
        unsigned char lead = (unsigned char)source->bytes[at.offset];
        step(source, &at, lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
    }
    positions->last_index = i;
    positions->last = at;
    return at;
}

Place positions_place(Positions *positions, size_t from, size_t to)
{
    const Source *source = positions->source;
    Checkpoint start = position_of(positions, from), end = position_of(positions, to);
    if (end.offset < start.offset) {
        end = start;
    }
    if (end.line != start.line) {
        end.offset = (uint32_t)line_around(source, start.offset).end;
    }
    return (Place){source, start.line, start.column, start.offset, end.offset - start.offset};
}

Line line_around(const Source *source, size_t offset)
{
    Line line = {offset, offset};
    while (line.start > 0 && !line_breaks_at(source, line.start - 1)) {
        line.start--;
    }
    while (line.end < source->len && source->bytes[line.end] != '\n' && source->bytes[line.end] != '\r') {
        line.end++;
    }
    return line;
}

Line line_before(const Source *source, Line line)
{
    return line.start == 0 ? (Line){0, 0} : line_around(source, line.start - 1);
}
