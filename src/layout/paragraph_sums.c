/* Clusters -> sums of widths and of what gaps can give and take, so that a line's are differences of two. */
#include <assert.h>

#include "layout/paragraph_int.h"

void strip_measure(Strip *strip)
{
    for (int i = 0; i <= TEXT_ROOM; i++)
        strip->rooms[i] = length_scale(strip->size, i, TEXT_ROOM);
    assert(strip->size > 0);
    strip->permille = ((uint64_t)1000 << 32) / (uint64_t)strip->size;
}

TextGap strip_gap(const Strip *strip, size_t left)
{
    const Cluster *cluster = &strip->clusters.items[left];
    if (cluster->class == TEXT_HAN && cluster[1].class == TEXT_HAN) /* nearly always */
        return (TextGap){.stretch_tier = TEXT_STRETCH_CELLS};
    return text_gap((TextClass)cluster->class, (TextClass)cluster[1].class, (TextClass)cluster->spaced);
}

static void add_gap(const Strip *strip, Sums *sums, TextGap gap)
{
    sums->natural += strip_room(strip, gap.natural);
    if (gap.shrink > 0) {
        uint32_t shrink = (uint32_t)strip_room(strip, gap.shrink);
        sums->shrink[gap.shrink_tier] += shrink;
        sums->shrink_all += shrink;
    }
    switch ((TextStretch)gap.stretch_tier) {
    case TEXT_STRETCH_SPACE:
        sums->spaces += (uint32_t)strip_room(strip, gap.stretch);
        sums->spaces_count++;
        break;
    case TEXT_STRETCH_LATIN:
        sums->latin += (uint32_t)strip_room(strip, gap.stretch);
        sums->latin_count++;
        break;
    case TEXT_STRETCH_CELLS:
        sums->cells++;
        break;
    case TEXT_STRETCH_NEVER:
        break;
    }
}

void strip_sum(Strip *strip)
{
    size_t count = strip->clusters.count;
    strip->sums = arena_unset_array_of(strip->scratch, Sums, count + 1);
    Sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        const Cluster *cluster = &strip->clusters.items[i];
        strip->sums[i] = sums;
        sums.natural += cluster->box;
        sums.han += cluster->class == TEXT_HAN;
        sums.other +=
            cluster->class == TEXT_LETTER || cluster->class == TEXT_DIGIT || cluster->class == TEXT_DIGIT_WIDE;
        if (i + 1 < count)
            add_gap(strip, &sums, strip_gap(strip, i));
    }
    strip->sums[count] = sums;
}
