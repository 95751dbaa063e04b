/* Texts remembered: what comes back is as if set anew, with the origins of whoever asks. */
#include <stdio.h>
#include <string.h>

#include "check_paragraph_make.h"
#include "layout/memory_int.h"
#include "suites.h"

static InlineList text_of(Rig *rig, const char *text, const Origin *origin)
{
    InlineList list = {arena_new_of(rig->arena, Inline), 1};
    list.items[0] = (Inline){.kind = INLINE_TEXT, .text = text, .len = strlen(text), .origin = origin};
    return list;
}

static const Glyph *glyphs_of(const LineList *lines)
{
    return lines->items[0].runs[0].glyphs;
}

START_TEST(same_text_other_origin)
{
    Rig *rig = rig_new();
    if (!rig)
        return;
    Origin one = {.path = "甲/1"}, two = {.path = "甲/2"};
    InlineList first = text_of(rig, "预算公开", &one), second = text_of(rig, "预算公开", &two);
    LineList lines = paragraph_set(&rig->layout, &first, &rig->style, 2 * LENGTH_CELL);
    LineList again = paragraph_set(&rig->layout, &second, &rig->style, 2 * LENGTH_CELL);
    ck_assert_uint_eq(lines.count, 2);
    ck_assert_uint_eq(again.count, 2);
    ck_assert_ptr_eq(glyphs_of(&lines), glyphs_of(&again)); /* remembered */
    for (size_t i = 0; i < 2; i++) {
        ck_assert_ptr_eq(lines.items[i].runs[0].origin, &one);
        ck_assert_ptr_eq(again.items[i].runs[0].origin, &two);
        ck_assert_int_eq(lines.items[i].width, again.items[i].width);
    }
    rig_free(rig);
}
END_TEST

/* Everything that changes a line is part of the key. */
START_TEST(another_way_to_set_it)
{
    Rig *rig = rig_new();
    if (!rig)
        return;
    InlineList text = text_of(rig, "预算公开", NULL), kept = text_of(rig, "预算公开", NULL),
               other = text_of(rig, "预算公布", NULL);
    kept.items[0].keep_together = true;
    const Glyph *usual = glyphs_of(&(LineList[]){paragraph_set(&rig->layout, &text, &rig->style, 20 * LENGTH_CELL)}[0]);
    ParagraphStyle styles[8];
    for (size_t i = 0; i < 8; i++)
        styles[i] = rig->style;
    styles[0].size += 1;
    styles[1].pitch += 1;
    styles[2].align = ALIGN_RIGHT;
    styles[3].first_indent = LENGTH_CELL;
    styles[4].left_indent = LENGTH_CELL;
    styles[5].right_indent = LENGTH_CELL;
    styles[6].balance = true;
    styles[7].font = &rig->roles[1];
    for (size_t i = 0; i < 8; i++) {
        LineList lines = paragraph_set(&rig->layout, &text, &styles[i], 20 * LENGTH_CELL);
        ck_assert_ptr_ne(glyphs_of(&lines), usual);
    }
    LineList narrow = paragraph_set(&rig->layout, &text, &rig->style, 21 * LENGTH_CELL);
    LineList whole = paragraph_set(&rig->layout, &kept, &rig->style, 20 * LENGTH_CELL);
    LineList changed = paragraph_set(&rig->layout, &other, &rig->style, 20 * LENGTH_CELL);
    ck_assert_ptr_ne(glyphs_of(&narrow), usual);
    ck_assert_ptr_ne(glyphs_of(&whole), usual);
    ck_assert_ptr_ne(glyphs_of(&changed), usual);
    LineList same = paragraph_set(&rig->layout, &text, &(ParagraphStyle[]){rig->style}[0], 20 * LENGTH_CELL);
    ck_assert_ptr_eq(glyphs_of(&same), usual);
    rig_free(rig);
}
END_TEST

/* A character that no font has is a finding wherever it stands, also in a text set before. */
START_TEST(missing_characters_are_told_each_time)
{
    Rig *rig = rig_new();
    if (!rig)
        return;
    Origin one = {.path = "甲/1", .place = {.line = 1, .column = 1}},
           two = {.path = "甲/2", .place = {.line = 2, .column = 1}};
    InlineList first = text_of(rig, "缺\xF3\xB0\x80\x80字", &one), second = text_of(rig, "缺\xF3\xB0\x80\x80字", &two);
    paragraph_set(&rig->layout, &first, &rig->style, 20 * LENGTH_CELL);
    ck_assert_uint_eq(rig->findings.errors, 1);
    paragraph_set(&rig->layout, &second, &rig->style, 20 * LENGTH_CELL);
    ck_assert_uint_eq(rig->findings.errors, 2);
    rig_free(rig);
}
END_TEST

/* More than it holds is set all the same; trimmed, it begins anew. */
START_TEST(full_and_trimmed)
{
    Rig *rig = rig_new();
    if (!rig)
        return;
    char text[64];
    for (int i = 0; i < 60000; i++) {
        ArenaMark mark = arena_mark(rig->arena);
        snprintf(text, sizeof text, "第%d项", i);
        InlineList list = text_of(rig, text, NULL);
        ck_assert_uint_eq(paragraph_set(&rig->layout, &list, &rig->style, 20 * LENGTH_CELL).count, 1);
        arena_rewind(rig->arena, mark);
    }
    InlineList list = text_of(rig, "第1项", NULL);
    LineList before = paragraph_set(&rig->layout, &list, &rig->style, 20 * LENGTH_CELL);
    LineList kept = paragraph_set(&rig->layout, &list, &rig->style, 20 * LENGTH_CELL);
    ck_assert_ptr_eq(glyphs_of(&before), glyphs_of(&kept));
    InlineList fresh = text_of(rig, "新", NULL);
    LineList one = paragraph_set(&rig->layout, &fresh, &rig->style, 20 * LENGTH_CELL);
    LineList two = paragraph_set(&rig->layout, &fresh, &rig->style, 20 * LENGTH_CELL);
    ck_assert_ptr_ne(glyphs_of(&one), glyphs_of(&two)); /* full */
    Length width = before.items[0].width;
    layout_memory_trim(rig->memory);
    layout_end(&rig->layout); /* chains are numbered by the memory */
    ck_assert(layout_begin(&rig->layout, rig->memory));
    LineList after = paragraph_set(&rig->layout, &list, &rig->style, 20 * LENGTH_CELL);
    ck_assert_uint_eq(after.count, 1);
    ck_assert_int_eq(after.items[0].width, width);
    rig_free(rig);
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *memory = tcase_create("texts");
    tcase_set_timeout(memory, 60);
    tcase_add_test(memory, same_text_other_origin);
    tcase_add_test(memory, another_way_to_set_it);
    tcase_add_test(memory, missing_characters_are_told_each_time);
    tcase_add_test(memory, full_and_trimmed);
    suite_add_tcase(suite, memory);
    return suite;
}
