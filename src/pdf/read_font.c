/* A Type0 font of ours -> its texts and widths by code, checked against the font program within. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pdf/read_int.h"

#define CODES 65536

/* ---- ToUnicode ----------------------------------------------------------------------------------------------------
 */

static unsigned code_of(const Node *string)
{
    return (unsigned)(unsigned char)string->bytes[0] << 8 | (unsigned char)string->bytes[1];
}

/* UTF-16BE -> UTF-8; NULL when it is broken or stands for nothing (ISO 19005-3 6.2.11.7.2). */
static const char *unicode_of(PdfFile *file, const Node *string, unsigned add)
{
    char *out = arena_alloc(file->arena, string->len * 2 + 1);
    const unsigned char *at = (const unsigned char *)string->bytes;
    size_t len = 0;
    if (string->len == 0 || string->len % 2 != 0)
        return NULL;
    for (size_t i = 0; i < string->len; i += 2) {
        uint32_t code = (uint32_t)at[i] << 8 | at[i + 1];
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < string->len) {
            code = 0x10000 + ((code - 0xD800) << 10) + (((uint32_t)at[i + 2] << 8 | at[i + 3]) & 0x3FF);
            i += 2;
        }
        if (i + 2 >= string->len)
            code += add;
        size_t bytes = utf8_encode(code, out + len);
        if (bytes == 0 || code == 0 || code == 0xFEFF || code == 0xFFFE)
            return NULL;
        len += bytes;
    }
    out[len] = '\0';
    return out;
}

static bool unicode_read(PdfFile *file, const Node *font, ReadFont *out)
{
    size_t len;
    const char *bytes = file_stream(file, file_get(file, font, "ToUnicode"), &len);
    if (!bytes)
        return false;
    Lexer lexer = {bytes, len, 0, file->arena, &file->node_budget, 0};
    const Node *before[3] = {NULL, NULL, NULL};
    bool ranges = false, within = false, ended = false;
    size_t held = 0;
    for (Node *node; (node = node_read(&lexer));) {
        if (node->kind == NODE_WORD) {
            ended = ended || node_named(node, "endcmap");
            bool begins = node_named(node, "beginbfrange") || node_named(node, "beginbfchar");
            ranges = node_named(node, "beginbfrange");
            within = begins;
            held = 0;
            continue;
        }
        if (!within || node->kind != NODE_STRING)
            continue;
        before[held++] = node;
        if (held < (ranges ? 3u : 2u))
            continue;
        held = 0;
        if (before[0]->len != 2 || (ranges && before[1]->len != 2))
            return false;
        unsigned first = code_of(before[0]), last = ranges ? code_of(before[1]) : first;
        for (unsigned code = first; code <= last; code++)
            if (code < out->count)
                out->texts[code] = unicode_of(file, node, code - first);
    }
    return ended && lexer.at >= len;
}

/* ---- widths -------------------------------------------------------------------------------------------------------
 */

static double number_of(const Node *node)
{
    return node_is(node, NODE_NUMBER) ? node->number : -1;
}

static void widths_read(PdfFile *file, const Node *cid, ReadFont *out)
{
    const Node *array = file_get(file, cid, "W");
    double usual = number_of(file_get(file, cid, "DW"));
    for (size_t i = 0; i < out->count; i++)
        out->widths[i] = usual < 0 ? 1000 : usual;
    for (size_t i = 0; node_is(array, NODE_ARRAY) && i + 1 < array->count;) {
        double first = number_of(array->items[i]);
        const Node *next = array->items[i + 1];
        if (first < 0)
            return;
        if (next->kind == NODE_ARRAY) {
            for (size_t n = 0; n < next->count; n++)
                if (first + (double)n < (double)out->count)
                    out->widths[(size_t)first + n] = number_of(next->items[n]);
            i += 2;
        } else if (i + 2 < array->count) {
            for (double code = first; code <= number_of(next) && code < (double)out->count; code++)
                out->widths[(size_t)code] = number_of(array->items[i + 2]);
            i += 3;
        } else {
            return;
        }
    }
}

/* ---- the program --------------------------------------------------------------------------------------------------
 */

/* CIDSet: a bit for each glyph of the program and no other. */
static bool cid_set_right(PdfFile *file, const Node *descriptor, size_t count)
{
    size_t len;
    const Node *set = file_get(file, descriptor, "CIDSet");
    const unsigned char *bits = (const unsigned char *)file_stream(file, set, &len);
    if (!set)
        return true;
    if (!bits || len != (count + 7) / 8)
        return false;
    for (size_t i = 0; i < len * 8; i++)
        if ((bits[i / 8] >> (7 - i % 8) & 1) != (i < count))
            return false;
    return true;
}

static bool program_read(PdfFile *file, const Node *descriptor, bool truetype, FontSubset *program, int *em)
{
    const Node *stream = file_get(file, descriptor, truetype ? "FontFile2" : "FontFile3");
    program->outlines = truetype ? FONT_TRUETYPE : FONT_CFF;
    program->bytes = (const unsigned char *)file_stream(file, stream, &program->len);
    if (!truetype && !node_named(node_get(stream, "Subtype"), "CIDFontType0C"))
        return false;
    return program->bytes && font_program_read(program, em, file->arena) && program->count <= CODES;
}

static bool widths_right(PdfFile *file, const ReadFont *font, const FontSubset *program, int em)
{
    for (size_t code = 0; code < font->count; code++) {
        double difference = font->widths[code] - (double)program->advances[code] * 1000 / em;
        if (difference > 0.5 || difference < -0.5) {
            verify_fault(file, MESSAGE_VERIFY_WIDTH, 0, arena_printf(file->arena, "%s, %zu", font->name, code));
            return false;
        }
    }
    return true;
}

const ReadFont *read_font(PdfFile *file, uint32_t ref)
{
    const Node *font = file_object(file, ref), *list = file_get(file, font, "DescendantFonts");
    const Node *cid = node_is(list, NODE_ARRAY) && list->count == 1 ? file_resolve(file, list->items[0]) : NULL;
    const Node *descriptor = file_get(file, cid, "FontDescriptor"), *name = file_get(file, font, "BaseFont");
    ReadFont *out = arena_new_of(file->arena, ReadFont);
    FontSubset program = {0};
    int em = 0;
    bool truetype = node_named(node_get(cid, "Subtype"), "CIDFontType2");
    out->ref = ref;
    out->name = name && name->kind == NODE_NAME ? name->bytes : "?";
    bool fits = node_named(node_get(font, "Subtype"), "Type0") &&
                node_named(node_get(font, "Encoding"), "Identity-H") && strlen(out->name) > 7 && out->name[6] == '+' &&
                (!truetype || node_named(node_get(cid, "CIDToGIDMap"), "Identity"));
    if (!fits || !program_read(file, descriptor, truetype, &program, &em)) {
        verify_fault(file, MESSAGE_VERIFY_FONT, 0, out->name);
        return NULL;
    }
    out->count = program.count;
    out->texts = arena_array_of(file->arena, const char *, out->count);
    out->widths = arena_array_of(file->arena, double, out->count);
    widths_read(file, cid, out);
    if (!cid_set_right(file, descriptor, out->count))
        verify_fault(file, MESSAGE_VERIFY_FONT, 0, out->name);
    if (!unicode_read(file, font, out))
        verify_fault(file, MESSAGE_VERIFY_UNICODE, 0, out->name);
    widths_right(file, out, &program, em);
    return out;
}
