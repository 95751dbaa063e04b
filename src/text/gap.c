/* Two neighbouring classes -> the room between them: what stands there by nature, what it may give and take.
 * CLREQ 3.1.6 (adjacent marks), 3.2.2-3.2.4 (squeezing, stretching), 3.2.6 (Chinese beside Western). */
#include "text/text.h"

#define QUARTER 4
#define HALF    8

/* Filling a cell of its own, so that its neighbours may be moved off when a line is too short. */
static bool is_cell(TextClass class)
{
    return class <= TEXT_CELL_SPACE && class != TEXT_CONNECTOR && class != TEXT_SLASH;
}

static bool has_trail(TextClass class)
{
    return text_room(class).trail > 0;
}

static bool has_lead(TextClass class)
{
    return text_room(class).lead > 0;
}

static bool is_mark(TextClass class)
{
    return class >= TEXT_OPEN && class <= TEXT_DOT;
}

static uint8_t mark_tier(TextClass class)
{
    if (class == TEXT_DOT)
        return TEXT_SHRINK_DOT;
    if (class == TEXT_OPEN || class == TEXT_CLOSE)
        return TEXT_SHRINK_BRACKET;
    if (class == TEXT_COMMA || class == TEXT_COMMA_MIDDLE)
        return TEXT_SHRINK_COMMA;
    return class == TEXT_STOP || class == TEXT_STOP_MIDDLE ? TEXT_SHRINK_STOP : 0;
}

/* Western text that wants a quarter between itself and a Hanzi on its left (right): not marks on their open side. */
static bool wants_gap_before(TextClass class)
{
    return class == TEXT_LETTER || class == TEXT_DIGIT || class == TEXT_LATIN_OPEN || class == TEXT_SIGN ||
           class == TEXT_PREFIX;
}

static bool wants_gap_after(TextClass class)
{
    return class == TEXT_LETTER || class == TEXT_DIGIT || class == TEXT_LATIN_CLOSE || class == TEXT_SIGN ||
           class == TEXT_POSTFIX;
}

/* CLREQ: no stretching inside —— and ……, beside 连接号 and 分隔号; signs and units stay at their numbers. */
static bool may_widen(TextClass left, TextClass right)
{
    if (is_cell(left) && is_cell(right)) {
        if (left == right && (left == TEXT_DASH || left == TEXT_ELLIPSIS))
            return false;
        return left != TEXT_SIGN_WIDE && left != TEXT_PREFIX_WIDE && right != TEXT_POSTFIX_WIDE;
    }
    return (has_trail(left) && text_is_latin(right)) || (text_is_latin(left) && has_lead(right));
}

static TextGap gap_of_marks(TextClass left, TextClass right)
{
    unsigned blank = (unsigned)text_room(left).trail + text_room(right).lead;
    if (is_mark(left) && is_mark(right)) /* two cells become one and a half */
        blank = blank > HALF ? blank - HALF : 0;
    uint8_t tier = 0;
    if (has_trail(left))
        tier = mark_tier(left);
    if (has_lead(right) && mark_tier(right) > tier)
        tier = mark_tier(right);
    return (TextGap){(uint8_t)blank, (uint8_t)blank, 0, tier, TEXT_STRETCH_NEVER};
}

TextGap text_gap(TextClass left, TextClass right, TextClass before_space)
{
    const TextGap nothing = {0, 0, 0, 0, TEXT_STRETCH_NEVER};
    if (right == TEXT_SPACE) /* the blank of a mark, if any; the space's own room follows the space */
        return has_trail(left) ? gap_of_marks(left, TEXT_HAN) : nothing;
    if (left == TEXT_SPACE) {
        if (has_lead(right))
            return gap_of_marks(TEXT_HAN, right);
        if (has_trail(before_space))
            return nothing;
        return (TextGap){QUARTER, 1, QUARTER, TEXT_SHRINK_SPACE, TEXT_STRETCH_SPACE};
    }
    if (has_trail(left) || has_lead(right)) {
        TextGap gap = gap_of_marks(left, right);
        if (may_widen(left, right))
            gap.stretch_tier = TEXT_STRETCH_CELLS;
        return gap;
    }
    if ((left == TEXT_HAN && wants_gap_before(right)) || (wants_gap_after(left) && right == TEXT_HAN))
        return (TextGap){QUARTER, QUARTER / 2, QUARTER, TEXT_SHRINK_LATIN, TEXT_STRETCH_LATIN};
    if (may_widen(left, right))
        return (TextGap){0, 0, 0, 0, TEXT_STRETCH_CELLS};
    return nothing;
}
