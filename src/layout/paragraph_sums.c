/* Clusters -> sums of widths and of what gaps can give and take, so that a line's are differences of two. */
#include "layout/paragraph_int.h"

TextGap strip_gap(const Strip *strip, size_t left)
{
    const Cluster *cluster = &strip->clusters.items[left];
    return text_gap((TextClass)cluster->class, (TextClass)cluster[1].class, (TextClass)cluster->spaced);
}

static void add_gap(const Strip *strip, Sums *sums, TextGap gap)
{
    sums->natural += strip_room(strip, gap.natural);
    if (gap.shrink > 0) {
        Length shrink = strip_room(strip, gap.shrink);
        sums->shrink[gap.shrink_tier] += shrink;
        sums->shrink_all += shrink;
    }
    switch ((TextStretch)gap.stretch_tier) {
    case TEXT_STRETCH_SPACE:
        sums->spaces += strip_room(strip, gap.stretch);
        sums->spaces_count++;
        break;
    case TEXT_STRETCH_LATIN:
        sums->latin += strip_room(strip, gap.stretch);
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
    strip->sums = arena_array_of(strip->scratch, Sums, count + 1);
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
