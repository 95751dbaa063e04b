/* A page's content stream -> the text of each marked-content sequence and the place of each glyph; what it may not hold
 * is reported. */
#include <string.h>

#include "base/text.h"
#include "pdf/read_int.h"

#define MARKS_DEEP 32
#define OPERANDS   16
#define MCID_MOST  200000

typedef enum MarkKind { MARK_OTHER, MARK_ARTIFACT, MARK_CONTENT, MARK_ACTUAL } MarkKind;

typedef struct Reader {
    Verify *verify;
    PdfFile *file;
    ReadPage *page;
    size_t index;
    const Node *fonts;
    struct {
        MarkKind kind;
        size_t mcid;
    } marks[MARKS_DEEP];
    int depth;
    const ReadFont *font;
    double a, b, c, d, e, f; /* text line matrix */
    double along, size, spacing;
    double origin_x, origin_y; /* of cm */
    bool claims_tags, faulted;
} Reader;

static void fault(Reader *reader, MessageId id, const char *what)
{
    if (!reader->faulted) /* one a page: the rest follows from it */
        verify_fault(reader->file, id, reader->index + 1, what);
    reader->faulted = true;
}

static bool in_mark(const Reader *reader, MarkKind kind, size_t *mcid)
{
    for (int i = reader->depth; i-- > 0;) {
        if (reader->marks[i].kind != kind)
            continue;
        if (mcid)
            *mcid = reader->marks[i].mcid;
        return true;
    }
    return false;
}

/* ---- marks --------------------------------------------------------------------------------------------------------
 */

static void text_take(Reader *reader, const char *text)
{
    size_t mcid;
    if (in_mark(reader, MARK_CONTENT, &mcid))
        buffer_text(&reader->page->marks[mcid].text, text);
}

static void mark_open(Reader *reader, Node **operands, size_t count)
{
    const Node *tag = count > 0 ? operands[0] : NULL, *properties = count > 1 ? operands[1] : NULL;
    const Node *mcid = node_get(properties, "MCID"), *actual = node_get(properties, "ActualText");
    MarkKind kind = node_named(tag, "Artifact") ? MARK_ARTIFACT : MARK_OTHER;
    size_t number = 0;
    if (reader->depth >= MARKS_DEEP)
        return;
    if (node_is(mcid, NODE_NUMBER) && mcid->number >= 0 && mcid->number < MCID_MOST) {
        kind = MARK_CONTENT;
        number = (size_t)mcid->number;
        ReadPage *page = reader->page;
        if (number >= page->mark_count) { /* they are numbered in turn; more room than needed is none lost */
            size_t room = number + 64;
            ReadMark *marks = arena_array_of(reader->file->arena, ReadMark, room);
            if (page->mark_count > 0)
                memcpy(marks, page->marks, page->mark_count * sizeof *marks);
            page->marks = marks;
            page->mark_count = room;
        }
        if (page->marks[number].turn > 0 || in_mark(reader, MARK_CONTENT, NULL) || in_mark(reader, MARK_ARTIFACT, NULL))
            fault(reader, MESSAGE_VERIFY_MARK, "MCID");
        page->marks[number].turn = ++page->turns;
    } else if (actual) {
        kind = MARK_ACTUAL;
        const char *text = file_text(reader->file, actual);
        if (text)
            text_take(reader, text);
    } else if (kind == MARK_ARTIFACT && in_mark(reader, MARK_CONTENT, NULL)) {
        fault(reader, MESSAGE_VERIFY_MARK, "Artifact");
    }
    reader->marks[reader->depth].kind = kind;
    reader->marks[reader->depth++].mcid = number;
}

/* ---- text ---------------------------------------------------------------------------------------------------------
 */

static void show(Reader *reader, const Node *string)
{
    const ReadFont *font = reader->font;
    bool actual = in_mark(reader, MARK_ACTUAL, NULL), artifact = in_mark(reader, MARK_ARTIFACT, NULL);
    for (size_t i = 0; i + 1 < string->len; i += 2) {
        unsigned code = (unsigned)(unsigned char)string->bytes[i] << 8 | (unsigned char)string->bytes[i + 1];
        const char *text = font && code < font->count ? font->texts[code] : NULL;
        reader->verify->report->glyphs++;
        if (!text || code == 0)
            fault(reader, MESSAGE_VERIFY_CODE,
                  arena_printf(reader->file->arena, "%s, %u", font ? font->name : "?", code));
        if (!actual && text)
            text_take(reader, text);
        ReadGlyph *glyph = array_push(reader->file->arena, &reader->page->glyphs);
        glyph->x = reader->e + reader->a * reader->along + reader->origin_x;
        glyph->y = reader->f + reader->b * reader->along + reader->origin_y;
        glyph->text = text ? text : "";
        glyph->artifact = artifact;
        if (font && code < font->count)
            reader->along += font->widths[code] / 1000 * reader->size + reader->spacing;
    }
}

static double operand(Node **operands, size_t count, size_t i)
{
    const Node *node = i < count ? operands[i] : NULL;
    return node && node->kind == NODE_NUMBER ? node->number : 0;
}

static void font_choose(Reader *reader, const Node *name)
{
    const Node *ref = name && name->kind == NODE_NAME ? node_get(reader->fonts, name->bytes) : NULL;
    reader->font = node_is(ref, NODE_REF) ? verify_font(reader->verify, (uint32_t)ref->number) : NULL;
}

static void paint_check(Reader *reader, const char *operator)
{
    if (reader->claims_tags && !in_mark(reader, MARK_CONTENT, NULL) && !in_mark(reader, MARK_ARTIFACT, NULL))
        fault(reader, MESSAGE_VERIFY_MARK, operator);
}

/* What an edition may paint with: gray and sRGB, or black ink alone and the second colour's two. */
static void color_check(Reader *reader, const char *operator, Node ** operands, size_t count)
{
    bool press = reader->verify->report->press;
    bool black =
        operand(operands, count, 0) == 0 && operand(operands, count, 1) == 0 && operand(operands, count, 2) == 0;
    bool second = operand(operands, count, 0) == 0 && operand(operands, count, 3) == 0;
    bool good = press ? strcmp(operator, "k") == 0 && count == 4 && (black || second)
                      : strcmp(operator, "g") == 0 || strcmp(operator, "rg") == 0;
    if (!good)
        fault(reader, MESSAGE_VERIFY_COLOR, operator);
}

static void text_operate(Reader *reader, const char *word, Node **operands, size_t count)
{
    if (strcmp(word, "BT") == 0) {
        reader->a = reader->d = 1;
        reader->b = reader->c = reader->e = reader->f = reader->along = 0;
    } else if (strcmp(word, "Tf") == 0) {
        font_choose(reader, count > 0 ? operands[0] : NULL);
        reader->size = operand(operands, count, 1);
    } else if (strcmp(word, "Tc") == 0) {
        reader->spacing = operand(operands, count, 0);
    } else if (strcmp(word, "Td") == 0) {
        double x = operand(operands, count, 0), y = operand(operands, count, 1);
        reader->e += reader->a * x + reader->c * y;
        reader->f += reader->b * x + reader->d * y;
        reader->along = 0;
    } else if (strcmp(word, "Tm") == 0) {
        double *const to[] = {&reader->a, &reader->b, &reader->c, &reader->d, &reader->e, &reader->f};
        for (size_t i = 0; i < 6; i++)
            *to[i] = operand(operands, count, i);
        reader->along = 0;
    } else if (strcmp(word, "Tj") == 0 || strcmp(word, "TJ") == 0) {
        paint_check(reader, word);
        if (count == 0)
            return;
        const Node *shown = operands[0];
        if (shown->kind == NODE_STRING)
            show(reader, shown);
        for (size_t i = 0; shown->kind == NODE_ARRAY && i < shown->count; i++) {
            if (shown->items[i]->kind == NODE_STRING)
                show(reader, shown->items[i]);
            else
                reader->along -= operand(shown->items, shown->count, i) / 1000 * reader->size;
        }
    }
}

static void operate(Reader *reader, const char *word, Node **operands, size_t count)
{
    static const char *const STATE[] = {"q", "Q", "gs", "re", "ET", "Ts", "cs", "scn", NULL};
    static const char *const TEXT[] = {"BT", "Tf", "Tc", "Td", "Tm", "Tj", "TJ", NULL};
    static const char *const COLOR[] = {"g", "rg", "k", NULL};
    for (size_t i = 0; TEXT[i]; i++) {
        if (strcmp(word, TEXT[i]) == 0) {
            text_operate(reader, word, operands, count);
            return;
        }
    }
    for (size_t i = 0; COLOR[i]; i++) {
        if (strcmp(word, COLOR[i]) == 0) {
            color_check(reader, word, operands, count);
            return;
        }
    }
    for (size_t i = 0; STATE[i]; i++)
        if (strcmp(word, STATE[i]) == 0)
            return;
    if (strcmp(word, "BDC") == 0 || strcmp(word, "BMC") == 0) {
        mark_open(reader, operands, count);
    } else if (strcmp(word, "EMC") == 0) {
        if (reader->depth-- <= 0) {
            reader->depth = 0;
            fault(reader, MESSAGE_VERIFY_MARK, word);
        }
    } else if (strcmp(word, "f") == 0) {
        paint_check(reader, word);
    } else if (strcmp(word, "cm") == 0) {
        reader->origin_x = operand(operands, count, 4);
        reader->origin_y = operand(operands, count, 5);
    } else {
        fault(reader, MESSAGE_VERIFY_OPERATOR, word);
    }
}

bool read_page(Verify *verify, size_t index)
{
    PdfFile *file = &verify->file;
    const Node *page = file->pages[index], *resources = file_get(file, page, "Resources");
    Reader reader = {.verify = verify,
                     .file = file,
                     .page = &verify->pages[index],
                     .index = index,
                     .fonts = file_get(file, resources, "Font"),
                     .claims_tags = verify->report->archive || file_get(file, file->root, "StructTreeRoot")};
    size_t len = 0;
    const char *bytes = file_stream(file, file_get(file, page, "Contents"), &len);
    if (!bytes) {
        verify_fault(file, MESSAGE_VERIFY_CONTENT, index + 1, "Contents");
        return false;
    }
    Lexer lexer = {bytes, len, 0, file->arena, &file->node_budget, 0};
    Node *operands[OPERANDS];
    size_t count = 0;
    for (Node *node; (node = node_read(&lexer));) {
        if (node->kind == NODE_WORD) {
            operate(&reader, node->bytes, operands, count);
            count = 0;
        } else if (count < OPERANDS) {
            operands[count++] = node;
        }
    }
    if (reader.depth != 0)
        fault(&reader, MESSAGE_VERIFY_MARK, "EMC");
    return true;
}
