/* A full-width character and its font's glyph -> where the glyph stands in its cell, and which blank the cell can give.
 */
#include "layout/paragraph_int.h"

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
