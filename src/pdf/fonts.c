/* The fonts a page list uses -> subsets and Type0 fonts with Identity-H (ISO 32000-1 9.7): code = new glyph id. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

/* ISO 32000-1 9.8.2. */
#define FLAG_FIXED_PITCH 1
#define FLAG_SERIF       2
#define FLAG_SYMBOLIC    4
#define FLAG_ITALIC      64

#define NAME_MAX_BYTES 127 /* Annex C.2 */
#define TAG_LETTERS    6
#define WIDTH_RUN_MIN  4 /* equal widths in a row that are shorter as "first last width" */

static unsigned char **usage_gather(PdfWriter *writer, PdfFont *fonts)
{
    const PageList *pages = writer->pages;
    unsigned char **used = arena_array_of(writer->arena, unsigned char *, pages->font_count);
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            if (item->kind != ITEM_GLYPHS || item->glyphs.count == 0)
                continue;
            uint16_t index = item->glyphs.font;
            assert(index < pages->font_count);
            PdfFont *font = &fonts[index];
            if (!font->used) {
                font->used = true;
                font->info = font_info(font->font);
                used[index] = arena_alloc(writer->arena, font->info->glyph_count);
            }
            for (size_t g = 0; g < item->glyphs.count; g++) {
                assert(item->glyphs.glyphs[g].id < font->info->glyph_count);
                used[index][item->glyphs.glyphs[g].id] = 1;
            }
        }
    }
    return used;
}

static bool subset_make(PdfWriter *writer, PdfFont *font, const unsigned char *used)
{
    ARRAY(uint32_t) glyphs = {0};
    for (uint32_t id = 0; id < font->info->glyph_count; id++)
        if (used[id])
            *array_push(writer->arena, &glyphs) = id;
    font->subset = writer->options->plain
                       ? font_subset(font->font, glyphs.items, glyphs.count, writer->arena, writer->findings)
                       : font_subset_packed(font->font, glyphs.items, glyphs.count, writer->arena, writer->findings);
    if (!font->subset)
        return false;
    size_t count = font->subset->count;
    font->codes = arena_array_of(writer->arena, uint16_t, font->info->glyph_count);
    font->widths = arena_array_of(writer->arena, int, count);
    for (size_t code = 0; code < count; code++) {
        font->codes[font->subset->old_glyphs[code]] = (uint16_t)code;
        /* Whole numbers: some readers (MuPDF) round /W, and positions are reckoned from what readers advance by. At
         * most half a unit off the program's, where ISO 19005-2 6.2.11.5 allows one. */
        font->widths[code] = (int)length_scale(font->subset->advances[code], 1000, font->info->units_per_em);
    }
    return true;
}

PdfFont *pdf_fonts_new(PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    PdfFont *fonts = arena_array_of(writer->arena, PdfFont, pages->font_count);
    for (size_t i = 0; i < pages->font_count; i++)
        fonts[i].font = pages->fonts[i];
    unsigned char **used = usage_gather(writer, fonts);
    bool all = true;
    for (size_t i = 0; i < pages->font_count; i++)
        if (fonts[i].used)
            all = subset_make(writer, &fonts[i], used[i]) && all;
    if (!all)
        return NULL;
    pdf_cmap_gather(writer, fonts);
    for (size_t i = 0; i < pages->font_count; i++)
        if (fonts[i].used)
            fonts[i].object = pdf_object_new(writer);
    return fonts;
}

/* ---- the dictionaries ---------------------------------------------------------------------------------------------
 */

/* "ABCDEF+Name": the tag is a digest (FNV-1a) of the glyphs chosen, so that equal subsets have equal names. */
static const char *subset_name(PdfWriter *writer, const PdfFont *font)
{
    uint64_t hash = 14695981039346656037u;
    for (const char *c = font->info->postscript_name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    for (size_t i = 0; i < font->subset->count; i++)
        for (int shift = 0; shift < 32; shift += 8)
            hash = (hash ^ (font->subset->old_glyphs[i] >> shift & 255)) * 1099511628211u;
    char tag[TAG_LETTERS + 1] = {0};
    for (int i = 0; i < TAG_LETTERS; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    return arena_printf(writer->arena, "%s+%.*s", tag, NAME_MAX_BYTES - TAG_LETTERS - 1 - (int)strlen("-Identity-H"),
                        font->info->postscript_name);
}

static int width_compare(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int width_most_common(PdfWriter *writer, const PdfFont *font)
{
    size_t count = font->subset->count;
    ArenaMark mark = arena_mark(writer->arena);
    int *sorted = arena_copy(writer->arena, font->widths, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, width_compare);
    int best = 0;
    size_t best_count = 0;
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && sorted[next] == sorted[i];)
            next++;
        if (next - i > best_count) {
            best = sorted[i];
            best_count = next - i;
        }
    }
    arena_rewind(writer->arena, mark);
    return best;
}

/* The codes from..to-1, none of default width: "first [w w w]" and "first last w". */
static void widths_put_stretch(Buffer *out, const int *widths, size_t from, size_t to)
{
    bool open = false;
    for (size_t i = from, next; i < to; i = next) {
        for (next = i + 1; next < to && widths[next] == widths[i];)
            next++;
        if (next - i >= WIDTH_RUN_MIN) {
            pdf_put(out, open ? "]" : i > from ? " " : "");
            pdf_put_int(out, (int64_t)i);
            pdf_put_char(out, ' ');
            pdf_put_int(out, (int64_t)next - 1);
            pdf_put_char(out, ' ');
            pdf_put_int(out, widths[i]);
            open = false;
            continue;
        }
        for (size_t code = i; code < next; code++) {
            pdf_put(out, open || code > from ? " " : "");
            if (!open) {
                pdf_put_int(out, (int64_t)code);
                pdf_put_char(out, '[');
            }
            pdf_put_int(out, widths[code]);
            open = true;
        }
    }
    if (open)
        pdf_put_char(out, ']');
}

static void widths_put(PdfWriter *writer, Buffer *out, const PdfFont *font)
{
    int usual = width_most_common(writer, font);
    size_t count = font->subset->count;
    bool any = false;
    pdf_put(out, "/DW ");
    pdf_put_int(out, usual);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && (font->widths[next] != usual) == (font->widths[i] != usual);)
            next++;
        if (font->widths[i] == usual)
            continue;
        pdf_put(out, any ? " " : "/W[");
        any = true;
        widths_put_stretch(out, font->widths, i, next);
    }
    pdf_put(out, any ? "]" : "");
}

static int64_t per_mille(const FontInfo *info, int units)
{
    return length_scale(units, 1000, info->units_per_em);
}

/* A bit for each glyph of the program, all there (ISO 32000-1 table 124). PDF/A-3 asks only that it be right; readers
 * that check subsets by PDF/A-1's rules want it. */
static uint32_t cid_set_write(PdfWriter *writer, const PdfFont *font)
{
    PdfObject *object = pdf_object_new(writer);
    size_t count = font->subset->count, len = (count + 7) / 8;
    Buffer *bits = &writer->scratch_data;
    bits->len = 0;
    for (size_t i = 0; i < len; i++)
        pdf_put_char(bits, (char)(i + 1 < len || count % 8 == 0 ? 0xFF : 0xFF << (8 - count % 8)));
    pdf_stream_finish(writer, object, bits->bytes, bits->len, PDF_QUICK);
    return object->ref;
}

static uint32_t descriptor_write(PdfWriter *writer, const PdfFont *font, const char *name, uint32_t program)
{
    uint32_t cids = cid_set_write(writer, font);
    const FontInfo *info = font->info;
    Buffer *out = &writer->scratch;
    PdfObject *object = pdf_object_new(writer);
    pdf_put(out, "/Type/FontDescriptor/FontName");
    pdf_put_name(out, name);
    pdf_put(out, "/Flags ");
    pdf_put_int(out, (info->fixed_pitch ? FLAG_FIXED_PITCH : 0) | (info->serif ? FLAG_SERIF : 0) | FLAG_SYMBOLIC |
                         (info->italic_angle != 0 ? FLAG_ITALIC : 0));
    pdf_put(out, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        pdf_put_int(out, per_mille(info, info->bbox[i]));
        pdf_put_char(out, i < 3 ? ' ' : ']');
    }
    const struct {
        const char *key;
        int64_t value;
    } numbers[] = {
        {"/ItalicAngle ", info->italic_angle},
        {"/Ascent ", per_mille(info, info->ascent)},
        {"/Descent ", per_mille(info, info->descent)},
        {"/CapHeight ", per_mille(info, info->cap_height)},
        {"/StemV ", info->stem_v},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        pdf_put(out, numbers[i].key);
        pdf_put_int(out, numbers[i].value);
    }
    pdf_put(out, font->subset->outlines == FONT_CFF ? "/FontFile3 " : "/FontFile2 ");
    pdf_put_ref(out, program);
    pdf_put(out, "/CIDSet ");
    pdf_put_ref(out, cids);
    pdf_object_finish(writer, object);
    return object->ref;
}

static uint32_t program_write(PdfWriter *writer, const PdfFont *font)
{
    const FontSubset *subset = font->subset;
    PdfObject *object = pdf_object_new(writer);
    if (subset->outlines == FONT_CFF) {
        pdf_put(&writer->scratch, "/Subtype/CIDFontType0C");
    } else {
        pdf_put(&writer->scratch, "/Length1 ");
        pdf_put_int(&writer->scratch, (int64_t)subset->len);
    }
    if (subset->packed)
        pdf_program_finish(writer, object, subset->packed, subset->packed_len);
    else
        pdf_stream_finish(writer, object, subset->bytes, subset->len, PDF_QUICK);
    return object->ref;
}

static uint32_t descendant_write(PdfWriter *writer, const PdfFont *font, const char *name, uint32_t descriptor)
{
    bool cff = font->subset->outlines == FONT_CFF;
    Buffer *out = &writer->scratch;
    PdfObject *object = pdf_object_new(writer);
    pdf_put(out, cff ? "/Type/Font/Subtype/CIDFontType0/BaseFont" : "/Type/Font/Subtype/CIDFontType2/BaseFont");
    pdf_put_name(out, name);
    pdf_put(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ");
    pdf_put_ref(out, descriptor);
    if (!cff)
        pdf_put(out, "/CIDToGIDMap/Identity");
    widths_put(writer, out, font);
    pdf_object_finish(writer, object);
    return object->ref;
}

static void font_write(PdfWriter *writer, const PdfFont *font)
{
    Buffer *out = &writer->scratch;
    const char *name = subset_name(writer, font);
    uint32_t program = program_write(writer, font);
    uint32_t descriptor = descriptor_write(writer, font, name, program);
    uint32_t descendant = descendant_write(writer, font, name, descriptor);
    PdfObject *unicode = pdf_object_new(writer);
    writer->scratch_data.len = 0;
    pdf_cmap_put(&writer->scratch_data, font);
    pdf_stream_finish(writer, unicode, writer->scratch_data.bytes, writer->scratch_data.len, PDF_QUICK);
    pdf_put(out, "/Type/Font/Subtype/Type0/BaseFont");
    /* Table 121: a Type 0 CIDFont's name goes with the CMap's. */
    pdf_put_name(out, font->subset->outlines == FONT_CFF ? arena_printf(writer->arena, "%s-Identity-H", name) : name);
    pdf_put(out, "/Encoding/Identity-H/DescendantFonts[");
    pdf_put_ref(out, descendant);
    pdf_put(out, "]/ToUnicode ");
    pdf_put_ref(out, unicode->ref);
    pdf_object_finish(writer, font->object);
}

void pdf_fonts_write(PdfWriter *writer, PdfFont *fonts)
{
    for (size_t i = 0; i < writer->pages->font_count; i++)
        if (fonts[i].used)
            font_write(writer, &fonts[i]);
}
