/* UTF-8 text: decoding, checking, NFC, display width; and the only place that knows them (libunistring lives here and
 * in text/). */
#ifndef GONGKAI_BASE_TEXT_H
#define GONGKAI_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Decodes one code point at text[0..len), len > 0; returns its bytes (1-4), or 0 for malformed UTF-8 (overlong forms,
 * surrogates and values above U+10FFFF are malformed). */
static inline size_t utf8_decode(const char *text, size_t len, uint32_t *code);
size_t utf8_encode(uint32_t code, char out[4]); /* returns the bytes written, 0 if code is no scalar value */
/* The offset of the first malformed byte, or len when all is well. */
size_t utf8_valid_prefix(const char *text, size_t len);
size_t utf8_count(const char *text, size_t len); /* code points in well-formed text */
/* Code points of well-formed text into the arena; *count gets their number. */
uint32_t *utf8_to_codes(Arena *arena, const char *text, size_t len, size_t *count);

/* Unicode NFC. Returns `text` itself when it is normal already, else a new NUL-terminated string; *out_len its bytes.
 */
const char *text_nfc(Arena *arena, const char *text, size_t len, size_t *out_len);
/* Columns in a terminal: Hanzi 2, combining marks 0. For carets and tables in diagnostics. */
size_t text_display_width(const char *text, size_t len);
size_t code_display_width(uint32_t code);
/* What to show a person, on a terminal, for a code point: itself when harmless; for a control its picture (U+2400...);
 * U+FFFD for what steers or hides text unseen (bidirectional marks, zero-width signs, separators, no characters). */
uint32_t code_visible(uint32_t code);

/* Edits (insert, delete, replace, swap of neighbours) between two texts, in code points; stops at `limit` and returns
 * limit + 1. For "did you mean". */
size_t text_distance(const char *a, const char *b, size_t limit);

bool text_equal(const char *a, const char *b); /* both may be NULL; NULL equals only NULL */
bool text_starts_with(const char *text, const char *prefix);
bool text_ends_with(const char *text, const char *suffix);

/* The number 1..9999 in Chinese numerals as headings write it: 一, 十, 十一, 二十, 一百零一. Outside: decimal digits.
 */
const char *text_chinese_number(Arena *arena, unsigned number);

size_t utf8_decode_any(const char *text, size_t len, uint32_t *code);

/* Nearly all there is in a notice is decoded where it is wanted: ASCII, and three bytes that are neither too long nor a
 * surrogate, as Hanzi and their marks. */
static inline size_t utf8_decode(const char *text, size_t len, uint32_t *code)
{
    unsigned char lead = (unsigned char)text[0];
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    if (lead > 0xE0 && lead < 0xED && len >= 3) {
        unsigned char second = (unsigned char)text[1], third = (unsigned char)text[2];
        if ((second & 0xC0) == 0x80 && (third & 0xC0) == 0x80) {
            *code = (lead & 0x0Fu) << 12 | (second & 0x3Fu) << 6 | (third & 0x3Fu);
            return 3;
        }
    }
    return utf8_decode_any(text, len, code);
}

#endif
