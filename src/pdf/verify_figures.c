/* The attached map of figures -> for each what its page really shows in its boxes; what differs is reported. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pdf/pdf_int.h"
#include "pdf/read_int.h"

#define PARTS_MAX   1000
#define FAULTS_TOLD 20
/* A box is of 1/100 pt, a glyph's origin in it, and that of the next glyph on its right edge [pt]. */
#define BEFORE 0.02
#define WITHIN 0.1

/* ---- JSON as pdf_figures_json writes it ----------------------------------------------------------------------------
 */

static bool take(const char **at, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*at, word, len) != 0)
        return false;
    *at += len;
    return true;
}

/* After a backslash. */
static uint32_t take_escape(const char **at)
{
    static const char LETTERS[] = "bfnrt", CODES[] = "\b\f\n\r\t";
    char letter = **at;
    *at += letter != '\0';
    const char *known = letter ? strchr(LETTERS, letter) : NULL;
    if (letter != 'u')
        return known ? (uint32_t)CODES[known - LETTERS] : (unsigned char)letter;
    char digits[5] = {0};
    for (size_t i = 0; i < 4 && **at && **at != '"'; i++)
        digits[i] = *(*at)++;
    return (uint32_t)strtoul(digits, NULL, 16);
}

/* A string in its quotes; NULL: there is none. */
static const char *take_string(PdfFile *file, const char **at)
{
    if (!take(at, "\""))
        return NULL;
    char *out = arena_alloc(file->arena, strlen(*at) + 1);
    size_t len = 0;
    while (**at && **at != '"') {
        if (**at != '\\') {
            out[len++] = *(*at)++;
            continue;
        }
        ++*at;
        len += utf8_encode(take_escape(at), out + len); /* of 2 or 6 bytes, 3 at most are left */
    }
    out[len] = '\0';
    return take(at, "\"") ? out : NULL;
}

/* A number with as many decimals, made whole. */
static bool take_number(const char **at, int decimals, int64_t *out)
{
    int64_t value = 0;
    int seen = -1;
    bool minus = take(at, "-"), any = false;
    for (; (**at >= '0' && **at <= '9') || (**at == '.' && seen < 0); ++*at) {
        if (**at == '.') {
            seen = 0;
            continue;
        }
        if (value > INT32_MAX || seen >= decimals)
            return false;
        value = value * 10 + (**at - '0');
        seen += seen >= 0;
        any = true;
    }
    for (seen = seen < 0 ? 0 : seen; seen < decimals; seen++)
        value *= 10;
    *out = minus ? -value : value;
    return any;
}

static bool take_part(const char **at, PdfFigurePart *part)
{
    int64_t page;
    if (!take(at, "\"page\":") || !take_number(at, 0, &page) || page < 1)
        return false;
    part->page = (size_t)page;
    for (size_t i = 0; i < 4; i++)
        if (!take(at, i == 0 ? ",\"box\":[" : ",") || !take_number(at, 2, &part->box[i]))
            return false;
    return take(at, "]");
}

/* A line of the map. */
static bool take_figure(PdfFile *file, const char *line, PdfFigure *figure)
{
    PdfFigurePart parts[PARTS_MAX];
    const char *at = line;
    *figure = (PdfFigure){.part_count = 1};
    if (!take(&at, "{\"path\":") || !(figure->path = take_string(file, &at)) || !take(&at, ",") ||
        !take_part(&at, &parts[0]))
        return false;
    figure->changed = take(&at, ",\"changed\":true");
    figure->turned = take(&at, ",\"turned\":true");
    if (!take(&at, ",\"text\":") || !(figure->text = take_string(file, &at)))
        return false;
    parts[0].text = figure->text;
    if (take(&at, ",\"parts\":[")) {
        figure->part_count = 0;
        do {
            PdfFigurePart *part = &parts[figure->part_count++];
            if (!take(&at, "{") || !take_part(&at, part) || !take(&at, ",\"text\":") ||
                !(part->text = take_string(file, &at)) || !take(&at, "}"))
                return false;
        } while (figure->part_count < PARTS_MAX && take(&at, ","));
        if (!take(&at, "]"))
            return false;
    }
    figure->parts = arena_copy(file->arena, parts, figure->part_count * sizeof *parts);
    return take(&at, "}") && (*at == '\0' || strcmp(at, ",") == 0);
}

/* ---- the pages ------------------------------------------------------------------------------------------------------
 */

/* The text that lies in the box, whoever wrote it there; artifacts, as the word 草稿 over a draft, are no part of it.
 */
static void part_read(const Verify *verify, const PdfFigurePart *part, Buffer *out)
{
    if (part->page > verify->file.page_count)
        return;
    const ReadPage *page = &verify->pages[part->page - 1];
    double box[4];
    for (size_t i = 0; i < 4; i++)
        box[i] = (double)part->box[i] / 100;
    for (size_t i = 0; i < page->glyphs.count; i++) {
        const ReadGlyph *glyph = &page->glyphs.items[i];
        if (!glyph->artifact && glyph->x >= box[0] - BEFORE && glyph->x <= box[2] - WITHIN &&
            glyph->y >= box[1] - BEFORE && glyph->y <= box[3] - WITHIN)
            buffer_text(out, glyph->text);
    }
}

const char *pdf_box_words(const PdfFigurePart *part, Arena *arena)
{
    Buffer out = {0};
    for (size_t i = 0; i < 4; i++) {
        pdf_put_char(&out, i == 0 ? '[' : ' ');
        pdf_put_fixed(&out, part->box[i], 2);
    }
    pdf_put_char(&out, ']');
    const char *words = arena_strndup(arena, out.bytes, out.len);
    buffer_release(&out);
    return words;
}

/* False: the page shows something else. */
static bool figure_check(Verify *verify, PdfFigure *figure, bool told)
{
    PdfFile *file = &verify->file;
    Buffer shown = {0};
    const PdfFigurePart *wrong = NULL;
    for (size_t i = 0; i < figure->part_count; i++) {
        const PdfFigurePart *part = &figure->parts[i];
        size_t before = shown.len, len = strlen(part->text);
        part_read(verify, part, &shown);
        bool same = len > 0 && shown.len - before == len && memcmp(shown.bytes + before, part->text, len) == 0;
        if (!wrong && !same)
            wrong = part;
    }
    figure->shown = shown.len > 0 ? arena_strndup(file->arena, shown.bytes, shown.len) : "";
    buffer_release(&shown);
    if (wrong && told)
        finding_add(file->findings, MESSAGE_VERIFY_FIGURE, (Place){0}, NULL, file->name,
                    pdf_page_words(wrong->page, file->findings->language, file->arena),
                    pdf_box_words(wrong, file->arena), figure->path, figure->shown, figure->text, NULL);
    return !wrong;
}

void verify_figures(Verify *verify, const char *json, size_t len)
{
    PdfFile *file = &verify->file;
    ARRAY(PdfFigure) figures = {0};
    size_t faults = 0;
    char *text = arena_strndup(file->arena, json, len), *save = NULL;
    char *line = strtok_r(text, "\n", &save); /* the first tells version and unit */
    while (line && (line = strtok_r(NULL, "\n", &save)) && strcmp(line, "]}") != 0) {
        PdfFigure *figure = array_push(file->arena, &figures);
        if (take_figure(file, line, figure)) {
            faults += !figure_check(verify, figure, faults < FAULTS_TOLD);
            continue;
        }
        figures.count--;
        if (faults++ < FAULTS_TOLD)
            verify_fault(file, MESSAGE_VERIFY_FIGURE_MAP, 0, line);
    }
    if (faults > FAULTS_TOLD)
        finding_add(file->findings, MESSAGE_VERIFY_FIGURE_MORE, (Place){0}, NULL, file->name,
                    arena_printf(file->arena, "%zu", faults - FAULTS_TOLD), NULL);
    if (!line || strtok_r(NULL, "\n", &save))
        verify_fault(file, MESSAGE_VERIFY_FIGURE_MAP, 0, "]}");
    verify->report->figures = (PdfFigureList){figures.items, figures.count};
}
