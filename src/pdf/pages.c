/* Pages -> page objects with their contents, boxes, fonts and links. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pdf/pdf_int.h"

/* More pages than this stand in groups, so that a reader need not take all to find one. */
#define PAGES_FLAT_MAX  256
#define PAGES_PER_GROUP 64

static int page_compare(const void *key, const void *item)
{
    uint32_t ref = *(const uint32_t *)key, other = ((const PdfPage *)item)->object.ref;
    return (ref > other) - (ref < other);
}

/* A page's attribute belongs to libharu, so that our entries are found by its number. */
static HPDF_STATUS page_entries_write(HPDF_Dict page, HPDF_Stream out)
{
    const PdfWriter *writer = page->error->user_data;
    uint32_t ref = page->header.obj_id & 0x00FFFFFF;
    const PdfPage *item =
        bsearch(&ref, writer->page_items, writer->sheet_count, sizeof *writer->page_items, page_compare);
    if (!item)
        return HPDF_INVALID_OBJECT;
    return HPDF_Stream_Write(out, (const HPDF_BYTE *)item->object.body, (HPDF_UINT)item->object.body_len);
}

static void pages_add(PdfWriter *writer)
{
    size_t count = writer->sheet_count;
    writer->page_items = arena_array_of(writer->arena, PdfPage, count);
    if (count > PAGES_FLAT_MAX)
        PDF_TRY(writer, HPDF_SetPagesConfiguration(writer->doc, PAGES_PER_GROUP));
    for (size_t i = 0; i < count; i++) {
        HPDF_Page page = writer->page_items[i].page = PDF_MAKE(writer, HPDF_AddPage(writer->doc));
        if (!page)
            return;
        page->write_fn = page_entries_write;
        writer->page_items[i].object.ref = page->header.obj_id & 0x00FFFFFF;
        /* Its box is A4 in whole points, its resources name procedure sets of PDF 1.3. */
        PDF_TRY(writer, HPDF_Dict_RemoveElement(page, "MediaBox"));
        PDF_TRY(writer, HPDF_Dict_RemoveElement(page, "Resources"));
    }
}

/* ---- links --------------------------------------------------------------------------------------------------------
 */

void pdf_destination_put(const PdfWriter *writer, Buffer *out, const Target *target)
{
    assert(target->page < writer->pages->count);
    pdf_put_char(out, '[');
    pdf_put_ref(out, writer->page_items[pdf_sheet_of(writer, target->page)].object.ref);
    pdf_put(out, "/XYZ ");
    pdf_put_e4(out, pdf_e4(writer->margin + target->x));
    pdf_put_char(out, ' ');
    pdf_put_e4(out, pdf_e4(writer->margin + writer->pages->pages[target->page].height - target->y));
    pdf_put(out, " null]");
}

/* What the link says, for those who do not see it (ISO 14289-1 7.18.5): its text on this page, else the title of the
 * bookmark with the same target. */
static void link_contents_put(PdfWriter *writer, size_t page_index, const Item *link)
{
    const PageList *pages = writer->pages;
    const Page *page = &pages->pages[page_index];
    Buffer *text = &writer->scratch_data;
    text->len = 0;
    for (size_t i = 0; link->node != NODE_ARTIFACT && i < page->count; i++)
        if (page->items[i].kind == ITEM_GLYPHS && page->items[i].node == link->node)
            buffer_append(text, page->items[i].glyphs.text, page->items[i].glyphs.text_len);
    for (size_t i = 0; text->len == 0 && i < pages->bookmark_count; i++)
        if (pages->bookmarks[i].target == link->target)
            pdf_put(text, pages->bookmarks[i].title);
    if (text->len == 0) {
        writer->flaws |= FLAW_LINK;
        return;
    }
    pdf_put(&writer->scratch, "/Contents");
    pdf_put_text(&writer->scratch, text->bytes, text->len);
}

void pdf_link_write(PdfWriter *writer, PdfTags *tags, size_t page, const Item *item)
{
    Buffer *out = &writer->scratch;
    assert(item->target < writer->pages->target_count);
    PdfObject *object = pdf_object_new(writer);
    pdf_put(out, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
    pdf_put_box(out, writer->pages->pages[page].height, item->x, item->y, item->width, item->height);
    pdf_put(out, "/Dest");
    pdf_destination_put(writer, out, &writer->pages->targets[item->target]);
    link_contents_put(writer, page, item);
    if (item->node != NODE_ARTIFACT && writer->tagged) {
        pdf_put(out, "/StructParent ");
        pdf_put_int(out, pdf_tags_annotation(tags, page, item->node, object->ref));
    } else {
        writer->flaws |= FLAW_LINK;
    }
    pdf_object_finish(writer, object);
    Buffer *list = &writer->page_items[page].annotations;
    pdf_put_char(list, list->len == 0 ? '[' : ' ');
    pdf_put_ref(list, object->ref);
}

/* ---- pages --------------------------------------------------------------------------------------------------------
 */

/* Media, bleed and trim are nested: what is trimmed off is margin. */
static void boxes_put(const PdfWriter *writer, const PdfSheet *sheet, Buffer *out)
{
    Length margin = writer->margin, bleed = writer->options->press.bleed;
    Length height = sheet->height + 2 * margin, low = margin - bleed;
    pdf_put(out, "/MediaBox");
    pdf_put_box(out, height, 0, 0, sheet->width + 2 * margin, height);
    if (pdf_is_press(writer)) {
        pdf_put(out, "\n/BleedBox");
        pdf_put_box(out, height, low, low, sheet->width + 2 * bleed, sheet->height + 2 * bleed);
    }
    pdf_put(out, "\n/TrimBox");
    pdf_put_box(out, height, margin, margin, sheet->width, sheet->height);
}

static void page_entries_put(PdfWriter *writer, const PdfFont *fonts, const PdfTags *tags, size_t index,
                             const bool *fonts_used)
{
    const PdfSheet *sheet = &writer->sheets[index];
    Buffer *out = &writer->scratch;
    Buffer *annotations = &writer->page_items[index].annotations;
    boxes_put(writer, sheet, out);
    /* A turned table's head lies along the left edge (GB/T 9704 clause 8): a quarter turn clockwise sets it upright. */
    bool turned = sheet->parts[0].page != SIZE_MAX && writer->pages->pages[sheet->parts[0].page].turned;
    if (turned && !pdf_is_press(writer) && !writer->options->keep_portrait)
        pdf_put(out, "\n/Rotate 90");
    pdf_put(out, "\n/Resources<<");
    bool any = false;
    for (size_t i = 0; i < writer->pages->font_count; i++) {
        if (!fonts_used[i])
            continue;
        pdf_put(out, any ? "/F" : "/Font<</F");
        any = true;
        pdf_put_int(out, (int64_t)i + 1);
        pdf_put_char(out, ' ');
        pdf_put_ref(out, fonts[i].object->ref);
    }
    pdf_put(out, any ? ">>" : "");
    pdf_content_resources_put(writer, out);
    pdf_put(out, ">>");
    if (pdf_tags_page_marked(tags, index)) {
        pdf_put(out, "\n/StructParents ");
        pdf_put_int(out, (int64_t)index);
    }
    if (annotations->len > 0) {
        pdf_put(out, "\n/Tabs/S/Annots");
        buffer_append(out, annotations->bytes, annotations->len);
        pdf_put_char(out, ']');
    }
    pdf_put_char(out, '\n');
    pdf_object_finish(writer, &writer->page_items[index].object);
    buffer_release(annotations);
}

/* One page of the list where it lies on the sheet. */
static void part_put(PdfWriter *writer, size_t index, const PdfPart *part, Content *content)
{
    Length x = writer->margin + part->x, y = writer->margin + part->y;
    bool moved = x != 0 || y != 0;
    Content fresh = {.writer = writer,
                     .fonts = content->fonts,
                     .tags = content->tags,
                     .sheet_index = index,
                     .page = &writer->pages->pages[part->page],
                     .out = content->out,
                     .fonts_used = content->fonts_used,
                     .show = content->show,
                     .string = content->string};
    *content = fresh;
    content->show.len = content->string.len = 0;
    if (moved) {
        pdf_put(content->out, "q 1 0 0 1 ");
        pdf_put_e4(content->out, pdf_e4(x));
        pdf_put_char(content->out, ' ');
        pdf_put_e4(content->out, pdf_e4(y));
        pdf_put(content->out, " cm\n");
    }
    pdf_content_put(content);
    if (moved)
        pdf_put(content->out, "Q\n");
}

static void sheet_write(PdfWriter *writer, size_t index, Content *content)
{
    const PdfSheet *sheet = &writer->sheets[index];
    memset(content->fonts_used, 0, writer->pages->font_count * sizeof *content->fonts_used);
    content->out->len = 0;
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->parts[i].page != SIZE_MAX)
            part_put(writer, index, &sheet->parts[i], content);
    if (writer->options->press.marks && pdf_is_press(writer))
        pdf_marks_put(writer, sheet, content->out);
    if (writer->page_items[index].page)
        pdf_contents_finish(writer, ((HPDF_PageAttr)writer->page_items[index].page->attr)->contents,
                            content->out->bytes, content->out->len);
    if (!pdf_is_press(writer)) {
        const Page *page = &writer->pages->pages[sheet->parts[0].page];
        for (size_t i = 0; i < page->count; i++)
            if (page->items[i].kind == ITEM_LINK)
                pdf_link_write(writer, content->tags, index, &page->items[i]);
    }
    page_entries_put(writer, content->fonts, content->tags, index, content->fonts_used);
}

void pdf_pages_write(PdfWriter *writer, const PdfFont *fonts, PdfTags *tags)
{
    Buffer operators = {0};
    Content content = {.fonts = fonts,
                       .tags = tags,
                       .out = &operators,
                       .fonts_used = arena_array_of(writer->arena, bool, writer->pages->font_count)};
    pages_add(writer);
    for (size_t i = 0; i < writer->sheet_count && !writer->failed_call; i++)
        sheet_write(writer, i, &content);
    buffer_release(&content.show);
    buffer_release(&content.string);
    buffer_release(&operators);
}
