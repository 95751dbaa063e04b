/* Turns UTF-8 into code points and back, and measures and compares what it says. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <uniwidth.h>

size_t utf8_decode_any(const char *text, size_t len, uint32_t *code)
{
    const unsigned char *at = (const unsigned char *)text;
    unsigned char lead = at[0];
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    /* Nearly all there is in a notice: Hanzi and their marks, three bytes, none of them too long or a surrogate. */
    if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && len >= 3 && (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80) {
        *code = (lead & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
        return 3;
    }
    size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || len < size) {
        return 0;
    }
    uint32_t value = lead & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (at[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    *code = value;
    return size;
}

size_t utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return 0;
    }
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)((0xF00u >> size & 0xFF) | code);
    return size;
}

/* The bytes at the start that are ASCII, eight at a time. */
static size_t ascii_prefix(const char *text, size_t len)
{
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= len; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        if (word & 0x8080808080808080u) {
            break;
        }
    }
    while (at < len && (unsigned char)text[at] < 0x80) {
        at++;
    }
    return at;
}

/* The bytes at the start that are three-byte characters from U+5000 to U+9FFF, well-formed: most Hanzi. */
static size_t hanzi_prefix(const char *text, size_t len)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + len;
    while (end - at >= 3 && at[0] >= 0xE5 && at[0] <= 0xE9 && (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80) {
        at += 3;
    }
    return (size_t)(at - (const unsigned char *)text);
}

size_t utf8_valid_prefix(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len) {
        if ((unsigned char)text[at] < 0x80) {
            at += ascii_prefix(text + at, len - at);
            continue;
        }
        at += hanzi_prefix(text + at, len - at);
        if (at == len) {
            break;
        }
        uint32_t code;
        size_t size = utf8_decode(text + at, len - at, &code);
        if (size == 0) {
            break;
        }
        at += size;
    }
    return at;
}

size_t utf8_count(const char *text, size_t len)
{
    size_t count = 0, at = 0;
    for (uint64_t word; at + sizeof word <= len; at += sizeof word) { /* eight bytes: 1 for each that continues none */
        memcpy(&word, text + at, sizeof word);
        uint64_t starts = (~word >> 7 | word >> 6) & 0x0101010101010101u;
        count += starts * 0x0101010101010101u >> 56;
    }
    for (; at < len; at++) {
        count += ((unsigned char)text[at] & 0xC0) != 0x80;
    }
    return count;
}

uint32_t *utf8_to_codes(Arena *arena, const char *text, size_t len, size_t *count)
{
    uint32_t *codes = arena_array_of(arena, uint32_t, utf8_count(text, len));
    size_t at = 0, n = 0;
    while (at < len) {
        size_t size = utf8_decode(text + at, len - at, &codes[n]);
        if (size == 0) {
            break;
        }
        at += size;
        n++;
    }
    *count = n;
    return codes;
}

/* True for ranges where every character is NFC_Quick_Check=Yes with combining class 0 (DerivedNormalizationProps.txt,
 * DerivedCombiningClass.txt), so that a text of these alone is normal; what is outside is for the library to judge. */
static bool code_surely_nfc(uint32_t code)
{
    return code < 0x300                           /* Latin */
           || (code >= 0x2010 && code <= 0x2027)  /* dashes, quotes, ellipsis */
           || (code >= 0x2460 && code <= 0x27FF)  /* circled digits, boxes, signs */
           || (code >= 0x3001 && code <= 0x3029)  /* CJK punctuation */
           || (code >= 0x3400 && code <= 0x4DBF)  /* CJK Extension A */
           || (code >= 0x4E00 && code <= 0x9FFF)  /* CJK */
           || (code >= 0xFF01 && code <= 0xFFEF); /* full-width forms */
}

static bool text_surely_nfc(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        at += ascii_prefix(text + at, len - at);
        at += hanzi_prefix(text + at, len - at);
        if (at < len) {
            uint32_t code;
            size_t size = utf8_decode(text + at, len - at, &code);
            if (size == 0 || !code_surely_nfc(code)) {
                return false;
            }
            at += size;
        }
    }
    return true;
}

const char *text_nfc(Arena *arena, const char *text, size_t len, size_t *out_len)
{
    *out_len = len;
    if (text_surely_nfc(text, len)) {
        return text;
    }
    size_t normal_len = 0;
    uint8_t *normal = u8_normalize(UNINORM_NFC, (const uint8_t *)text, len, NULL, &normal_len);
    if (!normal) {
        memory_exhausted();
    }
    if (normal_len != len || memcmp(normal, text, len) != 0) {
        text = arena_strndup(arena, (const char *)normal, normal_len);
        *out_len = normal_len;
    }
    free(normal);
    return text;
}

size_t code_display_width(uint32_t code)
{
    int width = uc_width(code, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

size_t text_display_width(const char *text, size_t len)
{
    size_t width = 0;
    for (size_t at = 0; at < len;) {
        uint32_t code = 0xFFFD;
        size_t size = utf8_decode(text + at, len - at, &code);
        width += code_display_width(code);
        at += size ? size : 1;
    }
    return width;
}

uint32_t code_visible(uint32_t code)
{
    if (code < 0x20) {
        return 0x2400 + code;
    }
    if (code == 0x7F) {
        return 0x2421;
    }
    /* From U+2E80 to the surrogates there are only letters, marks and signs (Scripts.txt: Han, Hangul and their kin).
     */
    if (code < 0x7F || (code >= 0x2E80 && code < 0xD800)) {
        return code;
    }
    const uint32_t unseen =
        UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cs | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp;
    return code > 0x10FFFF || uc_is_general_category_withtable(code, unseen) ? 0xFFFD : code;
}

bool text_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool text_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends_with(const char *text, const char *suffix)
{
    size_t len = strlen(text), tail = strlen(suffix);
    return tail <= len && memcmp(text + len - tail, suffix, tail) == 0;
}
