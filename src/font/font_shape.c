/* Text of one font -> positioned glyphs, by HarfBuzz. */
#include "font/font_int.h"

/* Digits and what stands between them in amounts, rates and dates. Kerning inside would spoil columns of figures. */
static bool is_figure_mark(char byte)
{
    return byte == '.' || byte == ',' || byte == '-' || byte == '+' || byte == '%' || byte == '/' || byte == ':';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The next stretch of digits and figure marks that holds a digit; false when there is none from *start on. */
static bool next_figure(const char *text, size_t len, size_t *start, size_t *end)
{
    for (size_t at = *start; at < len; at = *end + 1) {
        bool digit = false;
        for (*end = at; *end < len && (is_digit(text[*end]) || is_figure_mark(text[*end])); ++*end)
            digit = digit || is_digit(text[*end]);
        *start = at;
        if (digit)
            return true;
    }
    return false;
}

/* Script and language decide which glyph forms a CJK font gives; the program's texts are Chinese of the mainland. */
static void set_script(hb_buffer_t *buffer)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    hb_script_t script = HB_SCRIPT_LATIN;
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        hb_script_t found = hb_unicode_script(unicode, infos[i].codepoint);
        if (found == HB_SCRIPT_COMMON || found == HB_SCRIPT_INHERITED || found == HB_SCRIPT_UNKNOWN)
            continue;
        script = found;
        break;
    }
    bool han = script == HB_SCRIPT_HAN;
    hb_buffer_set_script(buffer, script);
    hb_buffer_set_language(buffer, hb_language_from_string(han ? "zh-Hans" : "en", -1));
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
}

#define FIXED_FEATURES 5

/* kern on but within figures; ligatures off, for text must come out letter by letter; figures of one width. */
static hb_feature_t *make_features(const char *text, size_t len, Arena *scratch, unsigned *count)
{
    size_t figures = 0;
    for (size_t start = 0, end = 0; next_figure(text, len, &start, &end); start = end)
        figures++;
    hb_feature_t *features = arena_array_of(scratch, hb_feature_t, FIXED_FEATURES + figures);
    static const struct {
        hb_tag_t tag;
        uint32_t value;
    } fixed[FIXED_FEATURES] = {
        {HB_TAG('k', 'e', 'r', 'n'), 1}, {HB_TAG('l', 'i', 'g', 'a'), 0}, {HB_TAG('c', 'l', 'i', 'g'), 0},
        {HB_TAG('d', 'l', 'i', 'g'), 0}, {HB_TAG('t', 'n', 'u', 'm'), 1},
    };
    size_t n = 0;
    for (; n < FIXED_FEATURES; n++)
        features[n] =
            (hb_feature_t){fixed[n].tag, fixed[n].value, HB_FEATURE_GLOBAL_START, (unsigned)HB_FEATURE_GLOBAL_END};
    for (size_t start = 0, end = 0; next_figure(text, len, &start, &end); start = end)
        features[n++] = (hb_feature_t){HB_TAG('k', 'e', 'r', 'n'), 0, (unsigned)start, (unsigned)end};
    *count = (unsigned)n;
    return features;
}

/* Gives each glyph the text up to the next cluster. Clusters rise with the text, for the run is left to right. */
static void set_texts(ShapedRun *run, size_t len)
{
    size_t end = len;
    for (size_t i = run->count; i-- > 0;) {
        size_t start = i == 0 ? 0 : run->glyphs[i].text_at;
        if (i > 0 && run->glyphs[i - 1].text_at == start)
            continue; /* a further glyph of the cluster */
        size_t text_len = end - start;
        run->glyphs[i].text_at = (uint32_t)start;
        run->glyphs[i].text_len = text_len > UINT16_MAX ? UINT16_MAX : (uint16_t)text_len;
        end = start;
    }
}

ShapedRun font_shape(const Font *font, const char *text, size_t len, Length size, Arena *arena)
{
    hb_buffer_t *buffer = font->set->buffer;
    hb_buffer_clear_contents(buffer);
    /* Each letter and mark its own cluster, merged only where glyphs are: the finest map back to the text. */
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    /* Variation selectors and the like leave no glyph; their text joins the glyph before. */
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_add_utf8(buffer, text, (int)len, 0, (int)len);
    set_script(buffer);

    unsigned feature_count = 0;
    ArenaMark mark = arena_mark(arena);
    hb_feature_t *features = make_features(text, len, arena, &feature_count);
    bool shaped = hb_shape_full(font->hb, buffer, features, feature_count, NULL);
    if (!shaped || !hb_buffer_allocation_successful(buffer))
        memory_exhausted(); /* the buffer would hold characters, or less than the text */
    arena_rewind(arena, mark);

    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    ShapedRun run = {arena_array_of(arena, Glyph, count), count, 0};
    int64_t x = 0; /* font units, scaled once a glyph: rounding does not add up */
    int upem = font->info.units_per_em;
    for (unsigned i = 0; i < count; i++) {
        uint32_t id = infos[i].codepoint < font->info.glyph_count ? infos[i].codepoint : 0;
        run.glyphs[i] = (Glyph){
            .id = id,
            .x = length_scale(size, x + positions[i].x_offset, upem),
            .rise = length_scale(size, positions[i].y_offset, upem),
            .text_at = infos[i].cluster,
        };
        x += positions[i].x_advance;
    }
    run.width = length_scale(size, x, upem);
    set_texts(&run, len);
    return run;
}
