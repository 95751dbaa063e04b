/* A full-width character and its font's glyph -> where the glyph stands in its cell, and which blank the cell can give.
 */
#include "layout/itemize_int.h"

/* The ink of ， or 。 lies amid the cell in some fonts (Taiwan's habit; ？ and ！ in many): blank on both sides. */
static bool is_inked_amid(const Font *font, uint32_t glyph)
{
    int box[4], em = font_info(font)->units_per_em;
    font_glyph_box(font, glyph, box);
    return box[0] * 4 > em && box[2] * 2 > em;
}

/* A glyph narrower than its cell, as Western faces have it: to the side where the mark's ink belongs. */
static Length narrow_shift(TextClass class, Length box, Length advance)
{
    if (class == TEXT_OPEN)
        return box - advance;
    if (class == TEXT_CLOSE || class == TEXT_COMMA || class == TEXT_STOP)
        return 0;
    return (box - advance) / 2;
}

void cluster_fit_cell(Cluster *cluster, uint32_t code, uint32_t glyph, Length size)
{
    TextClass class = (TextClass)cluster->class;
    Length advance = font_advance(cluster->font, glyph, size);
    cluster->box = advance;
    cluster->shift = 0;
    bool is_dash = class == TEXT_DASH || class == TEXT_ELLIPSIS || (class == TEXT_CONNECTOR && code == 0x2014);
    if (class == TEXT_CELL_SPACE || (is_dash && code != 0x2E3A)) {
        cluster->box = size;
        cluster->shift = (size - advance) / 2;
        return;
    }
    bool narrow = advance * 4 < size * 3;
    if ((class == TEXT_COMMA || class == TEXT_STOP) && !narrow && is_inked_amid(cluster->font, glyph)) {
        class = class == TEXT_COMMA ? TEXT_COMMA_MIDDLE : TEXT_STOP_MIDDLE;
        cluster->class = (uint8_t) class;
    }
    TextRoom room = text_room(class);
    if (room.lead == 0 && room.trail == 0)
        return;
    Length lead = length_scale(size, room.lead, TEXT_ROOM), trail = length_scale(size, room.trail, TEXT_ROOM);
    cluster->box = size - lead - trail;
    cluster->shift = narrow ? narrow_shift(class, cluster->box, advance) : (size - advance) / 2 - lead;
}

/* The ink of a cluster's glyph, from its origin. */
typedef struct Ink {
    Length left, right, height;
} Ink;

static Ink ink_of(const Strip *strip, const Cluster *cluster)
{
    int box[4], em = font_info(cluster->font)->units_per_em;
    font_glyph_box(cluster->font, strip->glyphs.items[cluster->glyph].id, box);
    return (Ink){
        .left = length_scale(strip->size, box[0], em),
        .right = length_scale(strip->size, box[2], em),
        .height = length_scale(strip->size, (Length)box[3] - box[1], em),
    };
}

/* The two halves of —— meet in the middle also when the font's dash does not fill its cell. */
static void join_dashes(const Strip *strip, Cluster *first, Cluster *second)
{
    Ink ink = ink_of(strip, first);
    if (ink.right <= ink.left)
        return;
    first->shift = strip->size - ink.right;
    second->shift = -ink.left;
}

/* The six dots of …… stand evenly also when the font leaves more room at the cell's edges than between three: the two
 * groups move towards each other. A dot is as high as it is wide. */
static void join_dots(const Strip *strip, Cluster *first, Cluster *second)
{
    Ink ink = ink_of(strip, first);
    Length row = ink.right - ink.left - ink.height; /* from the first dot's middle to the third's */
    Length shift = (strip->size - row - row / 2) / 2;
    if (row <= 0 || shift <= 0 || shift > strip->size / 8)
        return;
    first->shift += shift;
    second->shift -= shift;
}

void strip_join_pairs(Strip *strip)
{
    for (size_t i = 0; i + 1 < strip->clusters.count; i++) {
        Cluster *first = &strip->clusters.items[i], *second = first + 1;
        bool pair = (first->class == TEXT_DASH || first->class == TEXT_ELLIPSIS) && second->class == first->class &&
                    second->font == first->font && first->after == STOP_NEVER && first->glyph_count > 0 &&
                    strip->glyphs.items[first->glyph].id == strip->glyphs.items[second->glyph].id;
        if (!pair)
            continue;
        if (first->class == TEXT_DASH)
            join_dashes(strip, first, second);
        else
            join_dots(strip, first, second);
        i++;
    }
}
