/* Inlines in a style -> lines of a measure: the public face of paragraph setting. */
#include "layout/memory_int.h"
#include "layout/paragraph_int.h"

static Strip strip_new(Layout *layout, const InlineList *text, const ParagraphStyle *style, Length measure, bool first)
{
    Strip strip = {
        .inlines = text,
        .style = style,
        .size = style->size,
        .measure = measure,
        .first = first,
        .scratch = layout->scratch,
    };
    strip_measure(&strip);
    return strip;
}

/* The end of the strip that begins at inline `from`: a forced line end, or the text's. */
static size_t strip_end(const InlineList *text, size_t from)
{
    while (from < text->count && text->items[from].kind != INLINE_LINE_BREAK)
        from++;
    return from;
}

static void set_strip(Layout *layout, Strip *strip, size_t from, size_t to, bool last, LineList *lines,
                      size_t *capacity, Arena *arena)
{
    strip_itemize(layout, strip, from, to, true);
    if (strip->clusters.count == 0) { /* an empty text is an empty line */
        lines->items = array_reserve(arena, lines->items, lines->count, capacity, sizeof(Line));
        lines->items[lines->count++] =
            (Line){.x = strip->style->left_indent, .pitch = strip->style->pitch, .last = last};
        return;
    }
    strip_sum(strip);
    size_t count = 0;
    ChosenLine *chosen = strip_break(strip, &count);
    if (!lines->items) { /* just enough: most texts are a table's cells of a line or two */
        lines->items = arena_array_of(arena, Line, count);
        *capacity = count;
    }
    for (size_t i = 0; i < count; i++) {
        lines->items = array_reserve(arena, lines->items, lines->count, capacity, sizeof(Line));
        lines->items[lines->count++] = line_place(arena, strip, &chosen[i], last && i + 1 == count);
    }
}

static LineList set_anew(Layout *layout, const InlineList *text, const ParagraphStyle *style, Length measure,
                         Arena *arena)
{
    LineList lines = {0};
    size_t capacity = 0, from = 0;
    for (bool first = true;; first = false) {
        Strip strip = strip_new(layout, text, style, measure, first);
        ArenaMark mark = arena_mark(strip.scratch);
        size_t end = strip_end(text, from);
        set_strip(layout, &strip, from, end, end == text->count, &lines, &capacity, arena);
        arena_rewind(strip.scratch, mark);
        if (end == text->count)
            return lines;
        from = end + 1;
    }
}

/* Lines set before for the same text elsewhere: theirs are glyphs and places, ours the origins. */
static LineList lines_again(Layout *layout, const LineList *kept, const InlineList *text)
{
    LineList lines = {arena_copy(layout->arena, kept->items, kept->count * sizeof(Line)), kept->count};
    for (size_t i = 0; i < lines.count; i++) {
        Line *line = &lines.items[i];
        if (line->run_count == 0)
            continue;
        line->runs = arena_copy(layout->arena, line->runs, line->run_count * sizeof(LineRun));
        for (size_t k = 0; k < line->run_count; k++)
            line->runs[k].origin = text->items[line->runs[k].item].origin;
    }
    return lines;
}

LineList paragraph_set(Layout *layout, const InlineList *text, const ParagraphStyle *style, Length measure)
{
    ArenaMark mark = arena_mark(layout->scratch);
    MemoryKey key = memory_key(layout, MEMORY_LINES, text, 1, style, measure);
    const LineList *kept = memory_find(layout, &key);
    LineList lines;
    if (kept) {
        lines = lines_again(layout, kept, text);
    } else {
        size_t missing = layout->missing;
        Arena *arena = memory_arena(layout, &key);
        lines = set_anew(layout, text, style, measure, arena);
        if (layout->missing == missing) /* a missing character is reported wherever it stands */
            memory_keep(layout, &key, arena_copy(arena, &lines, sizeof lines));
    }
    arena_rewind(layout->scratch, mark);
    return lines;
}

static Length larger(Length a, Length b)
{
    return a > b ? a : b;
}

/* The line from cluster `first` to `last` by nature, without what its edges give up. */
static Length natural_width(const Strip *strip, size_t first, size_t last)
{
    while (last > first && strip->clusters.items[last].class == TEXT_SPACE)
        last--;
    return strip->sums[last].natural - strip->sums[first].natural + strip->clusters.items[last].box;
}

static void strip_widths(const Strip *strip, Length indent, Length *natural, Length *unbreakable)
{
    size_t count = strip->clusters.count, first = 0;
    LineRange whole = {0, count - 1, count - 1, strip->first, true};
    Length lead = line_lead(strip, &whole);
    *natural = larger(*natural, indent + lead + natural_width(strip, 0, count - 1));
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && strip->clusters.items[i].after < STOP_SOFT)
            continue;
        *unbreakable = larger(*unbreakable, (first == 0 ? indent + lead : 0) + natural_width(strip, first, i));
        first = i + 1;
    }
}

static void strip_pieces(const Strip *strip, Pieces *pieces)
{
    size_t first = 0, count = strip->clusters.count;
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && strip->clusters.items[i].after < STOP_SOFT)
            continue;
        size_t last = i;
        while (last > first && strip->clusters.items[last].class == TEXT_SPACE)
            last--;
        *array_push(pieces->arena, &pieces->list) =
            (Piece){.start = strip->sums[first].natural,
                    .end = strip->sums[last].natural + strip->clusters.items[last].box,
                    .closes = i + 1 == count};
        first = i + 1;
    }
}

TextWidths paragraph_measure(Layout *layout, const InlineList *text, const ParagraphStyle *style, Pieces *pieces)
{
    TextWidths widths = {0};
    size_t from = 0;
    for (bool first = true;; first = false) {
        Strip strip = strip_new(layout, text, style, 0, first);
        ArenaMark mark = arena_mark(strip.scratch);
        size_t end = strip_end(text, from);
        strip_itemize(layout, &strip, from, end, false);
        if (strip.clusters.count > 0) {
            strip_sum(&strip);
            strip_widths(&strip, first ? style->first_indent : 0, &widths.natural, &widths.unbreakable);
            if (pieces)
                strip_pieces(&strip, pieces);
        }
        arena_rewind(strip.scratch, mark);
        if (end == text->count)
            break;
        from = end + 1;
    }
    Length sides = style->left_indent + style->right_indent;
    widths.natural += sides;
    widths.unbreakable += sides;
    return widths;
}

void paragraph_widths(Layout *layout, const InlineList *text, const ParagraphStyle *style, Length *natural,
                      Length *unbreakable)
{
    ArenaMark mark = arena_mark(layout->scratch);
    MemoryKey key = memory_key(layout, MEMORY_TEXT, text, 1, style, 0);
    const TextWidths *kept = memory_find(layout, &key);
    TextWidths widths = {0};
    if (kept) {
        widths = *kept;
    } else {
        widths = paragraph_measure(layout, text, style, NULL);
        memory_keep(layout, &key, arena_copy(memory_arena(layout, &key), &widths, sizeof widths));
    }
    *natural = widths.natural;
    *unbreakable = widths.unbreakable;
    arena_rewind(layout->scratch, mark);
}
