/* Inlines -> one text with its code points, classes, and the places where a line may end. */
#include "layout/itemize_int.h"

#include <string.h>

#include "base/text.h"

#define REPLACEMENT 0xFFFD

static void decode_inline(Strip *strip, Decoded *decoded, uint32_t item)
{
    const Inline *source = &strip->inlines->items[item];
    for (size_t at = 0; at < source->len;) {
        uint32_t code = 0;
        size_t bytes = utf8_decode(source->text + at, source->len - at, &code);
        if (bytes == 0) { /* data is checked UTF-8; a pack's text may not be */
            bytes = 1;
            code = REPLACEMENT;
        }
        at += bytes;
        if (text_is_control(code))
            code = ' ';
        decoded->codes[decoded->count] = code;
        decoded->items[decoded->count] = item;
        decoded->offsets[decoded->count++] = (uint32_t)strip->text_len;
        strip->text_len += utf8_encode(code, strip->text + strip->text_len);
    }
}

static Stop stop_of(TextBreak after)
{
    switch (after) {
    case TEXT_NEVER:
        return STOP_NEVER;
    case TEXT_GLUED:
        return STOP_GLUED;
    case TEXT_SOFT:
        return STOP_SOFT;
    case TEXT_FREE:
        break;
    }
    return STOP_FREE;
}

/* The document's wishes over the text's rules. */
static void mark_stops(const Strip *strip, Decoded *decoded)
{
    for (size_t i = 0; i < decoded->count; i++) {
        Stop stop = stop_of((TextBreak)decoded->chars[i].after);
        uint32_t item = decoded->items[i];
        bool last_of_item = i + 1 == decoded->count || decoded->items[i + 1] != item;
        if (!last_of_item && stop > STOP_KEEP && strip->inlines->items[item].keep_together)
            stop = STOP_KEEP;
        if (last_of_item && i + 1 < decoded->count && stop != STOP_NEVER)
            for (uint32_t k = item + 1; k < decoded->items[i + 1]; k++)
                if (strip->inlines->items[k].kind == INLINE_GOOD_BREAK)
                    stop = STOP_GOOD;
        decoded->stops[i] = stop;
    }
}

Decoded strip_decode(Strip *strip, size_t from, size_t to)
{
    size_t bytes = 0;
    for (size_t i = from; i < to; i++)
        bytes += strip->inlines->items[i].kind == INLINE_TEXT ? strip->inlines->items[i].len : 0;
    Arena *scratch = strip->scratch;
    strip->text = arena_alloc(scratch, bytes * 3 + 4); /* a malformed byte becomes U+FFFD, of three */
    Decoded decoded = {
        .codes = arena_unset_array_of(scratch, uint32_t, bytes),
        .offsets = arena_unset_array_of(scratch, uint32_t, bytes + 1),
        .items = arena_unset_array_of(scratch, uint32_t, bytes),
    };
    for (size_t i = from; i < to; i++)
        if (strip->inlines->items[i].kind == INLINE_TEXT)
            decode_inline(strip, &decoded, (uint32_t)i);
    decoded.offsets[decoded.count] = (uint32_t)strip->text_len;
    decoded.chars = arena_unset_array_of(scratch, TextChar, decoded.count);
    decoded.stops = arena_unset_array_of(scratch, Stop, decoded.count);
    text_analyze(decoded.codes, decoded.count, decoded.chars, scratch);
    mark_stops(strip, &decoded);
    return decoded;
}
