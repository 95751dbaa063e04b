/* The texts that glyphs stand for -> one text a glyph (the most used) and the ToUnicode CMap that says so. */
#include <string.h>

#include "base/text.h"
#include "pdf/pdf_int.h"

#define BLOCK_MAX 100 /* entries between beginbfchar and endbfchar, Adobe Technical Note 5014 */

/* A further glyph of a cluster, which stands for nothing by itself, must map to something all the same (ISO 19005-2
 * 6.2.11.7.2): U+200B. The cluster is within an ActualText span then. */
static const char NOTHING[] = {(char)0xE2, (char)0x80, (char)0x8B, 0};

size_t pdf_cluster_count(const GlyphRun *run, size_t first)
{
    size_t count = 1;
    while (first + count < run->count && run->glyphs[first + count].text_len == 0)
        count++;
    return count;
}

bool pdf_run_ordered(const GlyphRun *run)
{
    size_t at = 0;
    for (size_t i = 0; i < run->count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        if (glyph->text_len == 0)
            continue;
        if (glyph->text_at < at || glyph->text_at + (size_t)glyph->text_len > run->text_len)
            return false;
        at = glyph->text_at + (size_t)glyph->text_len;
    }
    return true;
}

/* ISO 19005-3 6.2.11.7.2: what no code may be mapped to. */
static bool text_mappable(const char *text, size_t len)
{
    for (size_t at = 0, bytes; at < len; at += bytes) {
        uint32_t code;
        bytes = utf8_decode(text + at, len - at, &code);
        if (bytes == 0 || code == 0 || code == 0xFEFF || code == 0xFFFE)
            return false;
    }
    return true;
}

/* Private characters mean nothing to a reader; ISO 19005-3 6.2.11.7.3 wants actual text for them, though it can be only
 * the same. */
static bool text_private(const char *text, size_t len)
{
    for (size_t at = 0, bytes; at < len; at += bytes) {
        uint32_t code;
        bytes = utf8_decode(text + at, len - at, &code);
        if (bytes == 0)
            return true;
        if ((code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000)
            return true;
    }
    return false;
}

/* A code maps to no more than this [bytes of UTF-8, so that it is under 512 of UTF-16] (ISO 32000-1 9.10.3). */
#define DESTINATION_MAX 255

/* A Hanzi's three bytes are compared in place. */
static bool text_same(const GlyphText *known, const char *text, size_t len)
{
    if (known->len != len || known->text[0] != text[0] || known->text[len - 1] != text[len - 1])
        return false;
    return len <= 2 || (len == 3 ? known->text[1] == text[1] : memcmp(known->text, text, len) == 0);
}

static void text_count(PdfWriter *writer, PdfFont *font, uint32_t glyph, const char *text, size_t len, uint32_t uses)
{
    uint16_t code = font->codes[glyph];
    if (code == 0) /* .notdef stands for no text whatever was meant */
        writer->flaws |= FLAW_GLYPH;
    if (code == 0 || len == 0)
        return;
    if (len > DESTINATION_MAX) { /* its span says what is meant */
        uint32_t first;
        len = utf8_decode(text, len, &first);
        uses = 0;
    }
    GlyphText **link = &font->texts[code];
    for (; *link; link = &(*link)->next) {
        if (text_same(*link, text, len)) {
            (*link)->uses += uses;
            return;
        }
    }
    if (!text_mappable(text, len))
        writer->flaws |= FLAW_TEXT;
    GlyphText *entry = *link = arena_new_of(writer->arena, GlyphText);
    entry->private = text_private(text, len);
    entry->text = text;
    entry->len = len;
    entry->uses = uses;
}

/* The font's own glyph for each character in turn: then each glyph stands for its character. */
static bool cluster_separable(const PdfFont *font, const Glyph *glyphs, size_t count, const char *text, size_t len)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t code;
        size_t bytes = at < len ? utf8_decode(text + at, len - at, &code) : 0;
        if (bytes == 0 || font_glyph(font->font, code) != glyphs[i].id)
            return false;
        at += bytes;
    }
    return at == len;
}

static void cluster_count_texts(PdfWriter *writer, PdfFont *font, const Glyph *glyphs, size_t count, const char *text,
                                size_t len)
{
    if (count == 1) {
        text_count(writer, font, glyphs[0].id, text, len, 1);
    } else if (cluster_separable(font, glyphs, count, text, len)) {
        for (size_t i = 0; i < count; i++) {
            uint32_t code;
            size_t bytes = utf8_decode(text, len, &code);
            text_count(writer, font, glyphs[i].id, text, bytes, 1);
            text += bytes;
            len -= bytes;
        }
    } else { /* uses 0: only for want of anything better, the span says what is meant */
        text_count(writer, font, glyphs[0].id, text, len, 0);
        for (size_t i = 1; i < count; i++)
            text_count(writer, font, glyphs[i].id, NOTHING, strlen(NOTHING), 0);
    }
}

/* The most used text comes first, of equals the one met first. */
static void texts_choose(PdfFont *font)
{
    for (size_t code = 0; code < font->subset->count; code++) {
        GlyphText **best = &font->texts[code];
        for (GlyphText **link = best; *link; link = &(*link)->next)
            if ((*link)->uses > (*best)->uses)
                best = link;
        GlyphText *chosen = *best;
        if (chosen && chosen != font->texts[code]) {
            *best = chosen->next;
            chosen->next = font->texts[code];
            font->texts[code] = chosen;
        }
    }
}

void pdf_cmap_gather(PdfWriter *writer, PdfFont *fonts)
{
    const PageList *pages = writer->pages;
    for (size_t i = 0; i < pages->font_count; i++)
        if (fonts[i].used)
            fonts[i].texts = arena_array_of(writer->arena, GlyphText *, fonts[i].subset->count);
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item->kind != ITEM_GLYPHS)
                continue;
            const GlyphRun *run = &item->glyphs;
            for (size_t g = 0, count; g < run->count; g += count) {
                count = pdf_cluster_count(run, g);
                cluster_count_texts(writer, &fonts[run->font], run->glyphs + g, count,
                                    run->text + run->glyphs[g].text_at, run->glyphs[g].text_len);
            }
        }
    }
    for (size_t i = 0; i < pages->font_count; i++)
        if (fonts[i].used)
            texts_choose(&fonts[i]);
}

bool pdf_cluster_mapped(const PdfFont *font, const Glyph *glyphs, size_t count, const char *text, size_t len)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const GlyphText *mapped = font->texts[font->codes[glyphs[i].id]];
        if (!mapped || mapped->private || mapped->len > len - at || !text_same(mapped, text + at, mapped->len))
            return false;
        at += mapped->len;
    }
    return at == len;
}

/* ---- the CMap -----------------------------------------------------------------------------------------------------
 */

/* Each code by itself: Ghostscript 10.0 misreads ranges, with and without arrays. */
static void entries_put(Buffer *out, const PdfFont *font)
{
    size_t left = 0, in_block = 0;
    for (size_t code = 1; code < font->subset->count; code++)
        left += font->texts[code] != NULL;
    for (size_t code = 1; code < font->subset->count; code++) {
        const GlyphText *text = font->texts[code];
        if (!text)
            continue;
        if (in_block == 0) {
            pdf_put_int(out, (int64_t)(left < BLOCK_MAX ? left : BLOCK_MAX));
            pdf_put(out, " beginbfchar\n");
        }
        pdf_put_char(out, '<');
        pdf_put_hex(out, (unsigned)code, 4);
        pdf_put(out, "><");
        pdf_put_utf16_hex(out, text->text, text->len);
        pdf_put(out, ">\n");
        left--;
        if (++in_block == BLOCK_MAX || left == 0) {
            pdf_put(out, "endbfchar\n");
            in_block = 0;
        }
    }
}

void pdf_cmap_put(Buffer *out, const PdfFont *font)
{
    pdf_put(out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                 "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                 "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                 "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    entries_put(out, font);
    pdf_put(out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}
