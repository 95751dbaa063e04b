/* What must hold for every paragraph: random mixtures, random measures. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "check_paragraph_make.h"
#include "layout/paragraph_int.h"
#include "suites.h"

static uint32_t next_random(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

/* Pieces a notice is made of. */
static const char *random_piece(uint64_t *state)
{
    static const char *const pieces[] = {
        "预",     "算",          "部门",  "公开", "，",           "。",        "、",   "；",
        "：",     "（",          "）",    "《",   "》",           "“",         "”",    "——",
        "……",     "·",           "～",    "/",    "2020年",       "1月",       "31日", "95%",
        "≥",      "4945.05万元", "第3项", "12个", "〔2011〕24号", "3152.78元", "PDF",  "the ",
        "budget", " ",           "　",    "-",    "！",           "？",        "①",    "63%～68%",
        "国",     "收入",        "支出",  "情况", "说明",         "一",        "的",   "人民",
        "政府",   "财政",
    };
    return pieces[next_random(state, sizeof pieces / sizeof pieces[0])];
}

static bool is_one_of(uint32_t code, const char *set)
{
    for (size_t at = 0, len = strlen(set); at < len;) {
        uint32_t found = 0;
        at += utf8_decode(set + at, len - at, &found);
        if (found == code) {
            return true;
        }
    }
    return false;
}

#define CLOSING "，。、；：！？）》〕”～·/%"
#define OPENING "（《〔“≥/"

/* A line as code points with the places of their glyphs. */
typedef struct SetLine {
    uint32_t codes[4096];
    Length x[4096];
    const Font *fonts[4096];
    size_t count;   /* all */
    size_t visible; /* without blanks at the end */
} SetLine;

static void read_row(const Line *line, SetLine *row)
{
    row->count = 0;
    for (size_t r = 0; r < line->run_count; r++) {
        const LineRun *run = &line->runs[r];
        size_t text = 0;
        for (size_t g = 0; g < run->count; g++) {
            const Glyph *glyph = &run->glyphs[g];
            ck_assert_uint_eq(glyph->text_at, text); /* in order, nothing left out */
            text += glyph->text_len;
            for (size_t at = 0; at < glyph->text_len; row->count++) {
                at += utf8_decode(run->text + glyph->text_at + at, glyph->text_len - at, &row->codes[row->count]);
                row->x[row->count] = run->x + glyph->x;
                row->fonts[row->count] = run->font;
            }
        }
        ck_assert_uint_eq(text, run->text_len);
    }
    row->visible = row->count;
    while (row->visible > 0 && row->codes[row->visible - 1] == ' ') {
        row->visible--;
    }
}

/* The right edge of the last character by the font itself, not by what layout says: the whole cell of a mark, or its
 * ink half. */
static bool ends_at(const SetLine *row, Length edge, Length size)
{
    size_t last = row->visible - 1;
    uint32_t code = row->codes[last];
    Length advance = font_advance(row->fonts[last], font_glyph(row->fonts[last], code), size);
    Length end = row->x[last] + advance;
    if (end == edge) {
        return true;
    }
    if (code < 0x80 && end - edge <= 1 && edge - end <= 1) { /* glyphs of a shaped word are rounded each */
        return true;
    }
    if (code == 0x2026 && edge - end > 0 && edge - end < size / 8) { /* its dots are drawn to those before */
        return true;
    }
    bool half = is_one_of(code, "，。、；：）》”") && row->x[last] + size / 2 == edge;
    bool middle = is_one_of(code, "！？·") && (row->x[last] + size / 2 == edge || row->x[last] + size * 3 / 4 == edge);
    return half || middle;
}

static void check_edges(const SetLine *row, const SetLine *next, const char *text)
{
    if (row->visible == 0 || next->count == 0) {
        return;
    }
    uint32_t before = row->codes[row->visible - 1], after = next->codes[0];
    ck_assert_msg(!is_one_of(after, CLOSING), "U+%04X begins a line: %s", (unsigned)after, text);
    bool slash = before == '/' && row->count > row->visible; /* with a space after it, it is none between Hanzi */
    ck_assert_msg(slash || !is_one_of(before, OPENING), "U+%04X ends a line: %s", (unsigned)before, text);
    bool digits = before >= '0' && before <= '9';
    ck_assert_msg(!digits || row->count > row->visible ||
                      !((after >= '0' && after <= '9') || is_one_of(after, ".年月日万元项个")),
                  "a number was split before U+%04X: %s", (unsigned)after, text);
    ck_assert_msg(before != 0x4E07 || after != 0x5143 || row->codes[row->visible - 2] > '9', "a unit was split: %s",
                  text);
}

static void check_row(const SetLine *row, Length size, const char *text)
{
    for (size_t i = 1; i < row->visible; i++) {
        bool han = row->codes[i] >= 0x4E00 && row->codes[i] <= 0x9FFF;
        bool han_before = row->codes[i - 1] >= 0x4E00 && row->codes[i - 1] <= 0x9FFF;
        Length step = row->x[i] - row->x[i - 1];
        /* the glyph of an opening mark has its blank half on the left, which may lie under what stands before */
        Length under = is_one_of(row->codes[i], "（《〔“？！·") ? size / 2 : 0;
        ck_assert_msg(step + under >= 0, "U+%04X goes back from U+%04X: %s", (unsigned)row->codes[i],
                      (unsigned)row->codes[i - 1], text);
        ck_assert_msg(!han || !han_before || step >= size, "Hanzi overlap: %s", text);
        bool pair = row->codes[i] == row->codes[i - 1] && (row->codes[i] == 0x2014 || row->codes[i] == 0x2026);
        /* the dots of the two halves of …… are brought together */
        bool held = step == size || (row->codes[i] == 0x2026 && step < size && step > size * 3 / 4);
        ck_assert_msg(!pair || held || (i >= 2 && row->codes[i - 2] == row->codes[i]), "a dash was parted: %s", text);
    }
}

static void check_paragraph(Rig *rig, const char *text, Length measure, size_t *forced)
{
    static SetLine rows[2]; /* large; written anew for each line */
    LineList lines = rig_set(rig, text, measure);
    const char *found = "";
    SetLine *row = &rows[0], *before = &rows[1];
    for (size_t i = 0; i < lines.count; i++) {
        const Line *line = &lines.items[i];
        found = arena_printf(rig->arena, "%s%s", found, rig_text(rig, line));
        read_row(line, row);
        *forced += line->forced;
        if (i > 0 && !lines.items[i - 1].forced) {
            check_edges(before, row, text);
        }
        Length room = measure - (i == 0 ? rig->style.first_indent : 0);
        if (!line->forced) {
            check_row(row, rig->style.size, text);
            ck_assert_msg(line->width <= room, "a line is too wide: %s", text);
        }
        bool justified = rig->style.align == ALIGN_JUSTIFY && i + 1 < lines.count;
        if (justified && !line->forced && row->visible > 0) {
            ck_assert_int_eq(line->width, room);
            ck_assert_msg(ends_at(row, room, rig->style.size), "the edge after U+%04X is ragged: %s",
                          (unsigned)row->codes[row->visible - 1], text);
        }
        SetLine *swap = row;
        row = before;
        before = swap;
    }
    ck_assert_str_eq(found, text);
    ck_assert(lines.items[lines.count - 1].last);
}

START_TEST(test_random)
{
    Rig *rig = rig_new();
    if (!rig) {
        return;
    }
    uint64_t state = 20200131;
    size_t forced = 0;
    for (int round = 0; round < 4000; round++) {
        ArenaMark mark = arena_mark(rig->arena);
        char text[2048] = "";
        uint32_t pieces = next_random(&state, 90);
        for (uint32_t i = 0; i < pieces; i++) {
            strcat(text, random_piece(&state));
        }
        if (strstr(text, " / ")) { /* the rig's own mark */
            continue;
        }
        Length measure = (Length)(8 + next_random(&state, 22)) * LENGTH_CELL;
        rig->style.first_indent = next_random(&state, 2) ? 2 * LENGTH_CELL : 0;
        static const Align aligns[] = {ALIGN_JUSTIFY, ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT};
        rig->style.align = aligns[next_random(&state, 5)];
        rig->style.balance = rig->style.align == ALIGN_CENTER && next_random(&state, 2);
        check_paragraph(rig, text, measure, &forced);
        rig->layout.page_fonts.count = 0;
        arena_rewind(rig->arena, mark);
    }
    ck_assert_uint_eq(rig->findings.count, 0);
    rig_free(rig);
}
END_TEST

/* ---- against all ways to break a short paragraph -------------------------------------------------------------------
 */

typedef struct Search {
    const Strip *strip;
    size_t stops[64], count; /* clusters that end a line */
    Length widest;           /* the least possible */
    int64_t penalty;         /* of the ways with it: the least, too */
} Search;

static int64_t penalty_of(int64_t cost)
{
    return cost - cost % 100000000; /* penalties stand above looks */
}

static void search(Search *all, size_t first, Length widest, int64_t penalty)
{
    if (penalty > all->penalty || (penalty == all->penalty && widest >= all->widest)) {
        return;
    }
    if (first == all->strip->clusters.count) {
        all->penalty = penalty;
        all->widest = widest;
        return;
    }
    for (size_t i = 0; i < all->count; i++) {
        size_t last = all->stops[i];
        if (last < first) {
            continue;
        }
        LineRange range = {first, last, last, first == 0, last + 1 == all->strip->clusters.count};
        LineFit fit = line_fit(all->strip, &range, 0);
        search(all, last + 1, fit.widest > widest ? fit.widest : widest, penalty + penalty_of(fit.cost));
    }
}

START_TEST(test_optimum)
{
    Rig *rig = rig_new();
    if (!rig) {
        return;
    }
    uint64_t state = 5;
    size_t searched = 0, widened = 0;
    for (int round = 0; round < 3000; round++) {
        ArenaMark mark = arena_mark(rig->arena);
        char text[512] = "";
        for (uint32_t i = 0; i < 16; i++) {
            const char *piece = random_piece(&state);
            strcat(text, strchr(piece, ' ') ? "甲" : piece);
        }
        InlineList list = rig_inlines(rig, text);
        Strip strip = {.inlines = &list,
                       .style = &rig->style,
                       .size = LENGTH_CELL,
                       .measure = (Length)(8 + next_random(&state, 8)) * LENGTH_CELL,
                       .first = true,
                       .scratch = rig->arena};
        strip_measure(&strip);
        strip_itemize(&rig->layout, &strip, 0, list.count, true);
        strip_sum(&strip);
        Search all = {.strip = &strip, .widest = INT64_MAX, .penalty = INT64_MAX};
        for (size_t i = 0; i < strip.clusters.count && all.count < 64; i++) {
            if (strip.clusters.items[i].after >= STOP_KEEP) {
                all.stops[all.count++] = i;
            }
        }
        search(&all, 0, 0, 0);
        size_t count = 0;
        ChosenLine *lines = strip_break(&strip, &count);
        Length widest = 0;
        bool forced = false;
        for (size_t i = 0; i < count; i++) {
            widest = lines[i].fit.widest > widest ? lines[i].fit.widest : widest;
            forced = forced || lines[i].forced;
        }
        if (!forced) { /* a hundredth of a character is not looked at */
            Length bound = all.widest > LENGTH_CELL / 100 ? all.widest : LENGTH_CELL / 100;
            ck_assert_msg(widest <= bound, "%ld where %ld will do: %s", (long)widest, (long)all.widest, text);
            searched++;
            widened += widest > LENGTH_CELL / 100;
        } else {
            ck_assert_msg(all.penalty > 0, "forced without need: %s", text);
        }
        arena_rewind(rig->arena, mark);
    }
    ck_assert_uint_gt(searched, 1000);
    ck_assert_uint_gt(widened, 100);
    rig_free(rig);
}
END_TEST

/* Bytes of any kind, in any measure: nothing but the text comes out. */
START_TEST(test_hostile)
{
    Rig *rig = rig_new();
    if (!rig) {
        return;
    }
    uint64_t state = 3;
    for (int round = 0; round < 2000; round++) {
        ArenaMark mark = arena_mark(rig->arena);
        char text[200];
        size_t len = next_random(&state, sizeof text);
        for (size_t i = 0; i < len; i++) {
            text[i] = (char)(next_random(&state, 4) == 0 ? next_random(&state, 256) : 0xE4 + next_random(&state, 3));
        }
        Inline item = {.kind = INLINE_TEXT, .text = text, .len = len, .keep_together = next_random(&state, 3) == 0};
        InlineList list = {&item, 1};
        rig->style.first_indent = (Length)next_random(&state, 4) * LENGTH_CELL - LENGTH_CELL;
        rig->style.align = (Align)next_random(&state, 5);
        rig->style.balance = next_random(&state, 2);
        finding_list_init(&rig->findings, rig->arena, LANGUAGE_ZH);
        LineList lines = paragraph_set(&rig->layout, &list, &rig->style, (Length)next_random(&state, 5) * LENGTH_CELL);
        ck_assert_uint_ge(lines.count, 1);
        Length natural = 0, unbreakable = 0;
        paragraph_widths(&rig->layout, &list, &rig->style, &natural, &unbreakable);
        ck_assert_int_ge(natural, unbreakable - LENGTH_CELL);
        arena_rewind(rig->arena, mark);
    }
    rig_free(rig);
}
END_TEST

Suite *paragraph_random_suite(void)
{
    Suite *suite = suite_create("paragraph random");
    TCase *tests = tcase_create("random");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_random);
    tcase_add_test(tests, test_optimum);
    tcase_add_test(tests, test_hostile);
    suite_add_tcase(suite, tests);
    return suite;
}
