/* Text: code points -> classes, break opportunities, and the room that punctuation gives and takes. Knows no fonts.
 * Sources: GB/T 15834-2011 5.1 (punctuation), GB/T 15835-2011 (numbers), W3C CLREQ, UAX #14 (through libunistring). */
#ifndef GONGKAI_TEXT_TEXT_H
#define GONGKAI_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* What a character is for line breaking and spacing. A full-width mark is a cell of two halves or four quarters: ink,
 * and blank that may be given up; text_room says which. */
typedef enum TextClass {
    TEXT_HAN,          /* Hanzi, kana, and whatever else fills a cell of its own */
    TEXT_OPEN,         /* （ 〔 【 《 〈 “ ‘: blank left half */
    TEXT_CLOSE,        /* ） 〕 】 》 〉 ” ’: blank right half */
    TEXT_COMMA,        /* ， 、 ； ： ．: blank right half */
    TEXT_STOP,         /* 。 ？ ！: blank right half */
    TEXT_COMMA_MIDDLE, /* the same from a font that draws them amid the cell: layout sets these two by the ink */
    TEXT_STOP_MIDDLE,
    TEXT_DOT,          /* 间隔号 ·: a blank quarter on both sides */
    TEXT_DASH,         /* each half of —— */
    TEXT_ELLIPSIS,     /* each half of …… */
    TEXT_CONNECTOR,    /* 连接号 - – — ～ beside Chinese or between numbers */
    TEXT_SLASH,        /* 分隔号 / beside Chinese */
    TEXT_DIGIT_WIDE,   /* ０-９ */
    TEXT_SIGN_WIDE,    /* ≥ ≤ ＞ ± ×: stays with what follows */
    TEXT_PREFIX_WIDE,  /* ￥ № */
    TEXT_POSTFIX_WIDE, /* ‰ ℃ ㎡ ％ */
    TEXT_CELL_SPACE,   /* U+3000 */
    TEXT_LETTER,       /* Latin, Greek, Cyrillic, and scripts we do not know */
    TEXT_DIGIT,
    TEXT_LATIN_OPEN,  /* ( [ { */
    TEXT_LATIN_CLOSE, /* ) ] } . , ; : ! ? */
    TEXT_LATIN_MARK,  /* - / " ' & and the like inside Latin */
    TEXT_SIGN,        /* + = < > */
    TEXT_PREFIX,      /* $ */
    TEXT_POSTFIX,     /* % */
    TEXT_SPACE,
    TEXT_JOINED,    /* combining marks, variation selectors, ZWJ: part of the character before */
    TEXT_INVISIBLE, /* ZWSP, word joiner, soft hyphen, direction marks: no glyph */
    TEXT_CLASS_COUNT
} TextClass;

/* The class of a code point alone; quotes, dashes and hyphens as in Chinese. */
TextClass text_class(uint32_t code);
/* Controls and the separators of lines and paragraphs: they are set as a space. */
static inline bool text_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

/* A code of a private use area: it names no character, and every font may draw another one there. */
bool text_is_private(uint32_t code);
/* The character that GBK and GB 18030-2000 had at a private code; 0 where they had none. */
uint32_t text_meant_by(uint32_t code);

/* May a line end after a character? In rising order of liking. */
typedef enum TextBreak {
    TEXT_NEVER, /* a rule of GB/T 15834 5.1 forbids it: a mark would begin or end a line, ——, …… would part */
    TEXT_GLUED, /* inside a word, a number with its unit, a range, 〔2011〕24号: only when it fits no line alone */
    TEXT_SOFT,  /* between the parts of a date, before ——, after （一）: allowed, not liked */
    TEXT_FREE
} TextBreak;

typedef struct TextChar {
    uint8_t class; /* TextClass, with its neighbours considered */
    uint8_t after; /* TextBreak between this and the next character; of the last one: TEXT_FREE */
    bool latin;    /* set by the Latin face first */
} TextChar;

/* Classes and break opportunities of a paragraph, out[0..count). Control characters count as spaces. */
void text_analyze(const uint32_t *codes, size_t count, TextChar *out, Arena *scratch);

/* May a line end between these two by the rules on marks alone? For emergencies. */
bool text_may_part(TextClass left, TextClass right);

/* Sets of classes, for `text_in(class, TEXT_SET(TEXT_OPEN) | ...)`. */
#define TEXT_SET(class) (1u << (class))
static inline bool text_in(TextClass class, uint32_t set)
{
    return (set >> class & 1) != 0;
}

static inline bool text_is_latin(TextClass class)
{
    return class >= TEXT_LETTER && class <= TEXT_POSTFIX;
}

/* ---- spacing ----------------------------------------------------------------------------------------------------- */

#define TEXT_ROOM 16 /* room is counted in sixteenths of a character */

/* What gives way first when a line is too long, CLREQ's order (the mark at the line's end comes before all). */
typedef enum TextShrink {
    TEXT_SHRINK_SPACE,
    TEXT_SHRINK_DOT,
    TEXT_SHRINK_BRACKET,
    TEXT_SHRINK_COMMA,
    TEXT_SHRINK_LATIN, /* between Hanzi and Latin or digits: 1/4, at least 1/8 */
    TEXT_SHRINK_STOP,
    TEXT_SHRINK_TIERS
} TextShrink;

/* What widens first when it is too short. */
typedef enum TextStretch {
    TEXT_STRETCH_SPACE, /* to 1/2 */
    TEXT_STRETCH_LATIN, /* to 1/2 */
    TEXT_STRETCH_CELLS, /* between the cells of Chinese: all equally, without bound of their own */
    TEXT_STRETCH_NEVER  /* inside —— and ……, beside 连接号 and /, inside words and numbers */
} TextStretch;

/* The room between two neighbours on a line. */
typedef struct TextGap {
    uint8_t natural, shrink, stretch; /* sixteenths; stretch 0 for TEXT_STRETCH_CELLS, which has no bound */
    uint8_t shrink_tier;              /* TextShrink */
    uint8_t stretch_tier;             /* TextStretch */
} TextGap;

/* A space is a character without width; its room stands in the gap after it. The gap after a space next to the blank
 * half of a mark is that blank, not more: pass the mark's class as `before_space` (any other class: TEXT_HAN). */
TextGap text_gap(TextClass left, TextClass right, TextClass before_space);

/* The blank parts inside a mark's cell, in sixteenths: they are part of the gaps, the mark's box is what is left. */
typedef struct TextRoom {
    uint8_t lead, trail;
} TextRoom;
TextRoom text_room(TextClass class);

#endif
