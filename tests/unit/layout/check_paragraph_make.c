/* Marked text -> inlines -> lines, with the fonts of fonts/. */
#include "check_paragraph_make.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

Rig *rig_new(void)
{
    static const char *const folders[] = {"fonts"};
    if (!file_exists("fonts/FandolFang-Regular.otf") || !file_exists("fonts/LiberationSerif-Regular.ttf")) {
        fprintf(stderr, "skipped: fonts/ is empty\n");
        return NULL;
    }
    Arena *arena = arena_new();
    Rig *rig = arena_new_of(arena, Rig);
    rig->arena = arena;
    rig->fonts = font_set_new(folders, 1);
    finding_list_init(&rig->findings, arena, LANGUAGE_EN);
    FontFile *files = arena_array_of(arena, FontFile, 3);
    files[0].path = "FandolFang-Regular.otf";
    files[1].path = "LiberationSerif-Regular.ttf";
    files[2].path = "BabelStoneHan.ttf";
    rig->roles[0] = (FontRole){"body", &files[0], &files[1], 1, 1};
    rig->roles[1] = (FontRole){"fallback", &files[2], NULL, file_exists("fonts/BabelStoneHan.ttf"), 0};
    rig->document.style = (DocumentStyle){.roles = rig->roles, .role_count = 2, .fallback = &rig->roles[1]};
    rig->layout = (Layout){.document = &rig->document, .fonts = rig->fonts, .arena = arena, .findings = &rig->findings};
    rig->style = (ParagraphStyle){
        .name = "body", .font = &rig->roles[0], .size = LENGTH_CELL, .pitch = LENGTH_PITCH, .align = ALIGN_JUSTIFY};
    rig->memory = layout_memory_new(); /* tests rewind the arena */
    return layout_begin(&rig->layout, rig->memory) ? rig : NULL;
}

void rig_free(Rig *rig)
{
    layout_end(&rig->layout);
    layout_memory_free(rig->memory);
    font_set_free(rig->fonts);
    arena_free(rig->arena);
}

typedef ARRAY(Inline) Inlines;

static void add_text(Rig *rig, Inlines *inlines, const char *text, size_t len, bool keep)
{
    if (len > 0) {
        *array_push(rig->arena, inlines) = (Inline){
            .kind = INLINE_TEXT, .text = arena_strndup(rig->arena, text, len), .len = len, .keep_together = keep};
    }
}

InlineList rig_inlines(Rig *rig, const char *marked)
{
    Inlines inlines = {0};
    bool keep = false;
    const char *start = marked, *at = marked;
    for (; *at; at++) {
        bool line_break = strncmp(at, " / ", 3) == 0;
        if (*at != '{' && *at != '}' && *at != '^' && !line_break) {
            continue;
        }
        add_text(rig, &inlines, start, (size_t)(at - start), keep);
        keep = *at == '{' ? true : *at == '}' ? false : keep;
        if (*at == '^') {
            array_push(rig->arena, &inlines)->kind = INLINE_GOOD_BREAK;
        }
        if (line_break) {
            array_push(rig->arena, &inlines)->kind = INLINE_LINE_BREAK;
            at += 2;
        }
        start = at + 1;
    }
    add_text(rig, &inlines, start, (size_t)(at - start), keep);
    return (InlineList){inlines.items, inlines.count};
}

LineList rig_set(Rig *rig, const char *marked, Length measure)
{
    InlineList *list = arena_new_of(rig->arena, InlineList);
    *list = rig_inlines(rig, marked);
    return paragraph_set(&rig->layout, list, &rig->style, measure);
}

const char *rig_text(Rig *rig, const Line *line)
{
    size_t len = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        len += line->runs[i].text_len;
    }
    char *text = arena_alloc(rig->arena, len + 1);
    len = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        memcpy(text + len, line->runs[i].text, line->runs[i].text_len);
        len += line->runs[i].text_len;
    }
    return text;
}

Length rig_glyph_x(const Line *line, uint32_t code, size_t nth)
{
    for (size_t i = 0; i < line->run_count; i++) {
        const LineRun *run = &line->runs[i];
        for (size_t g = 0; g < run->count; g++) {
            uint32_t found = 0;
            if (run->glyphs[g].text_len > 0) {
                utf8_decode(run->text + run->glyphs[g].text_at, run->glyphs[g].text_len, &found);
            }
            if (found == code && nth-- == 0) {
                return run->x + run->glyphs[g].x;
            }
        }
    }
    return -1;
}
