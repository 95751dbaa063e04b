/* Turns a number into the Chinese numerals of a heading. */
#include "base/text.h"

static const uint16_t digits[] = {
    0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, /* 零一二三四五六七八九 */
};
static const uint16_t units[] = {0, 0x5341, 0x767E, 0x5343}; /* 十百千 */

const char *text_chinese_number(Arena *arena, unsigned number)
{
    if (number < 1 || number > 9999) {
        return arena_printf(arena, "%u", number);
    }
    char text[4 * 7];
    size_t len = 0;
    bool zero_due = false; /* zeros between two digits are said once, at the end never */
    unsigned scale = 1000;
    for (unsigned power = 4; power-- > 0; scale /= 10) {
        unsigned digit = number / scale % 10;
        if (digit == 0) {
            zero_due = len > 0;
            continue;
        }
        if (zero_due) {
            len += utf8_encode(digits[0], text + len);
            zero_due = false;
        }
        if (!(digit == 1 && power == 1 && len == 0)) { /* 十一, but 一百一十一 */
            len += utf8_encode(digits[digit], text + len);
        }
        if (power > 0) {
            len += utf8_encode(units[power], text + len);
        }
    }
    return arena_strndup(arena, text, len);
}
