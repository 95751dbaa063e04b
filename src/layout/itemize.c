/* A strip's text -> clusters: what moves as one, with font, glyphs, width, class, and whether a line may end after. */
#include "layout/itemize_int.h"

#include <assert.h>

typedef struct Itemizer {
    Layout *layout;
    Strip *strip;
    Decoded text;
    MissingList *missing;
    bool report;
} Itemizer;

static const FontRole *role_at(const Itemizer *it, size_t i)
{
    const Inline *source = &it->strip->inlines->items[it->text.items[i]];
    return source->font ? source->font : it->strip->style->font;
}

static const Font *font_at(const Itemizer *it, size_t i)
{
    return layout_font_for(it->layout, role_at(it, i), it->text.codes[i], it->text.chars[i].latin);
}

/* Any font of the role, for blanks and for characters that none has. */
static const Font *blank_font(const Itemizer *it, size_t i, uint32_t *glyph)
{
    const Font *font = layout_font_for(it->layout, role_at(it, i), ' ', true);
    if (!font)
        font = layout_font_for(it->layout, role_at(it, i), 0x3000, false);
    if (!font)
        font = layout_blank_font(it->layout);
    *glyph = font_glyph(font, ' ');
    return font;
}

/* A cluster of text.codes[from..to), without glyphs yet. */
static Cluster *push_cluster(Itemizer *it, size_t from, size_t to)
{
    Cluster *cluster = array_push(it->strip->scratch, &it->strip->clusters);
    *cluster = (Cluster){
        .glyph = (uint32_t)it->strip->glyphs.count,
        .text_at = it->text.offsets[from],
        .text_len = it->text.offsets[to] - it->text.offsets[from],
        .item = it->text.items[from],
        .class = it->text.chars[from].class,
        .after = (uint8_t)it->text.stops[to - 1],
    };
    return cluster;
}

static void push_glyph(Itemizer *it, Cluster *cluster, uint32_t id, Length x, Length rise)
{
    *array_push(it->strip->scratch, &it->strip->glyphs) = (Glyph){.id = id, .x = x, .rise = rise};
    cluster->glyph_count++;
}

/* The end of what is joined to text.codes[i]: marks, selectors, invisible characters. */
static size_t joined_end(const Itemizer *it, size_t i)
{
    size_t end = i + 1;
    while (end < it->text.count &&
           (it->text.chars[end].class == TEXT_JOINED || it->text.chars[end].class == TEXT_INVISIBLE))
        end++;
    return end;
}

static bool is_selector(uint32_t code)
{
    return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
}

/* Marks put over a Hanzi: shaped with it, or each reported when no font has both. */
static void join_marks(Itemizer *it, Cluster *cluster, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        uint32_t code = it->text.codes[i];
        if (it->text.chars[i].class == TEXT_INVISIBLE || is_selector(code) || code == 0x200D)
            continue;
        uint32_t glyph = font_glyph(cluster->font, code);
        if (glyph != 0)
            push_glyph(it, cluster, glyph, cluster->box - font_advance(cluster->font, glyph, it->strip->size), 0);
        else if (it->report)
            missing_report(it->layout, it->strip, &it->missing, code, it->text.items[i]);
    }
}

/* One cell: a Hanzi, a full-width mark, a sign. */
static size_t itemize_cell(Itemizer *it, size_t i)
{
    size_t end = joined_end(it, i);
    uint32_t code = it->text.codes[i];
    Cluster *cluster = push_cluster(it, i, end);
    cluster->font = font_at(it, i);
    if (!cluster->font) {
        uint32_t blank = 0;
        if (it->report && cluster->class != TEXT_CELL_SPACE)
            missing_report(it->layout, it->strip, &it->missing, code, cluster->item);
        cluster->font = blank_font(it, i, &blank);
        cluster->box = it->strip->size;
        push_glyph(it, cluster, blank, 0, 0);
        return end;
    }
    bool variant = end > i + 1 && is_selector(it->text.codes[i + 1]);
    uint32_t glyph =
        variant ? font_glyph_variant(cluster->font, code, it->text.codes[i + 1]) : font_glyph(cluster->font, code);
    push_glyph(it, cluster, glyph, 0, 0);
    cluster_fit_cell(cluster, code, glyph, it->strip->size);
    if (end > i + 1)
        join_marks(it, cluster, i, end);
    return end;
}

/* A word space: a glyph for the text's sake, room in the gap after it. */
static size_t itemize_space(Itemizer *it, size_t i)
{
    size_t end = joined_end(it, i), count = it->strip->clusters.count;
    uint8_t spaced = TEXT_HAN;
    if (count > 0) {
        const Cluster *before = &it->strip->clusters.items[count - 1];
        spaced = before->class == TEXT_SPACE ? before->spaced : before->class;
    }
    uint32_t glyph = 0;
    Cluster *cluster = push_cluster(it, i, end);
    cluster->font = blank_font(it, i, &glyph);
    cluster->spaced = spaced;
    push_glyph(it, cluster, glyph, 0, 0);
    return end;
}

/* Digits with their points and signs need no shaping: every figure is as wide as the next. */
static bool is_figures(const Itemizer *it, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint8_t class = it->text.chars[i].class;
        if (class != TEXT_DIGIT && class != TEXT_LATIN_CLOSE && class != TEXT_POSTFIX && class != TEXT_SIGN &&
            class != TEXT_LATIN_OPEN)
            return false;
    }
    return true;
}

static void set_figures(Itemizer *it, const Font *font, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        Cluster *cluster = push_cluster(it, i, i + 1);
        uint32_t glyph = font_glyph(font, it->text.codes[i]);
        cluster->font = font;
        cluster->box = font_advance(font, glyph, it->strip->size);
        push_glyph(it, cluster, glyph, 0, 0);
    }
}

/* Adds a shaped cluster's glyphs to `cluster`, which begins at x0 of the run. */
static void add_shaped(Itemizer *it, Cluster *cluster, const ShapedRun *run, size_t from, size_t to, Length x0)
{
    for (size_t g = from; g < to; g++)
        push_glyph(it, cluster, run->glyphs[g].id, run->glyphs[g].x - x0, run->glyphs[g].rise);
    cluster->box = (to < run->count ? run->glyphs[to].x : run->width) - x0;
}

static void shape_word(Itemizer *it, const Font *font, size_t from, size_t to)
{
    Strip *strip = it->strip;
    uint32_t start = it->text.offsets[from];
    ShapedRun run = font_shape(font, strip->text + start, it->text.offsets[to] - start, strip->size, strip->scratch);
    size_t code = from;
    Length x0 = 0;
    for (size_t g = 0; g < run.count;) {
        size_t next = g + 1;
        while (next < run.count && run.glyphs[next].text_len == 0)
            next++;
        uint32_t text_end = next < run.count ? start + run.glyphs[next].text_at : it->text.offsets[to];
        size_t end = code;
        while (end < to && it->text.offsets[end] < text_end)
            end++;
        bool joined = end == code || (it->text.chars[code].class == TEXT_JOINED && code > from);
        if (joined && g > 0) {
            Cluster *cluster = &strip->clusters.items[strip->clusters.count - 1];
            add_shaped(it, cluster, &run, g, next, x0);
            cluster->text_len = it->text.offsets[end] - cluster->text_at;
            cluster->after = (uint8_t)it->text.stops[end - 1];
        } else {
            Cluster *cluster = push_cluster(it, code, end > code ? end : code + 1);
            cluster->font = font;
            x0 = run.glyphs[g].x;
            add_shaped(it, cluster, &run, g, next, x0);
        }
        code = end;
        g = next;
    }
}

/* Does text.codes[i] go on the word begun in `font`? A mark of it that the font has not is reported. */
static bool is_of_word(Itemizer *it, size_t i, const Font *font)
{
    TextClass class = (TextClass)it->text.chars[i].class;
    uint32_t code = it->text.codes[i];
    if (text_is_latin(class))
        return font_at(it, i) == font;
    if (class != TEXT_JOINED)
        return false;
    if (!is_selector(code) && code != 0x200D && font_glyph(font, code) == 0 && it->report)
        missing_report(it->layout, it->strip, &it->missing, code, it->text.items[i]);
    return true;
}

/* A Latin word, or what of it one font sets. */
static size_t itemize_word(Itemizer *it, size_t i)
{
    const Font *font = font_at(it, i);
    if (!font)
        return itemize_cell(it, i); /* reports it */
    size_t end = i + 1;
    while (end < it->text.count && it->text.items[end] == it->text.items[i] && is_of_word(it, end, font))
        end++;
    if (is_figures(it, i, end))
        set_figures(it, font, i, end);
    else
        shape_word(it, font, i, end);
    while (end < it->text.count && it->text.chars[end].class == TEXT_INVISIBLE) { /* no glyph, but text */
        Cluster *cluster = &it->strip->clusters.items[it->strip->clusters.count - 1];
        cluster->after = (uint8_t)it->text.stops[end];
        cluster->text_len = it->text.offsets[++end] - cluster->text_at;
    }
    return end;
}

void strip_itemize(Layout *layout, Strip *strip, size_t from, size_t to, bool report)
{
    Itemizer it = {.layout = layout, .strip = strip, .report = report};
    it.text = strip_decode(strip, from, to);
    strip->clusters.items = arena_unset_array_of(strip->scratch, Cluster, it.text.count);
    strip->glyphs.items = arena_unset_array_of(strip->scratch, Glyph, it.text.count);
    strip->clusters.capacity = strip->glyphs.capacity = it.text.count;
    size_t i = 0;
    while (i < it.text.count && it.text.chars[i].class == TEXT_INVISIBLE)
        i++; /* nothing to belong to */
    while (i < it.text.count) {
        TextClass class = (TextClass)it.text.chars[i].class;
        if (class == TEXT_SPACE)
            i = itemize_space(&it, i);
        else if (text_is_latin(class))
            i = itemize_word(&it, i);
        else
            i = itemize_cell(&it, i);
    }
    strip_join_pairs(strip);
    assert(strip->clusters.count == 0 || strip->clusters.items[strip->clusters.count - 1].after >= STOP_FREE);
}
