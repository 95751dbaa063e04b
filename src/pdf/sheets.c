/* The page list and the press's wishes -> the pages of the file: padded with blanks, or laid out as a booklet; and the
 * crop marks around them. */
#include "pdf/pdf_int.h"

#define MARK_LENGTH LENGTH_MM(5)
#define MARK_GAP    LENGTH_MM(3)                 /* from the trimmed edge, unless the bleed is wider */
#define MARK_ROOM   (MARK_LENGTH + LENGTH_MM(1)) /* outside the gap */
#define MARK_WIDTH  (LENGTH_PER_PT / 4)

static Length gap_choose(const PdfPress *press)
{
    return press->bleed > MARK_GAP ? press->bleed : MARK_GAP;
}

static size_t padded(size_t count, size_t multiple)
{
    return (count + multiple - 1) / multiple * multiple;
}

/* A blank page is as large as the last one. */
static const Page *page_or_last(const PageList *pages, size_t index)
{
    return &pages->pages[index < pages->count ? index : pages->count - 1];
}

/* The page at a place of the book; SIZE_MAX: a blank one. The notice begins on a recto, so that its odd pages are
 * rectos: a blank verso follows an odd number of pages before it (9704 7.5 counts no such page). */
static size_t page_at(const PdfWriter *writer, size_t place)
{
    const PageList *pages = writer->pages;
    if (pdf_is_press(writer) && pages->front % 2 == 1) {
        if (place == pages->front)
            return SIZE_MAX;
        place -= place > pages->front;
    }
    return place < pages->count ? place : SIZE_MAX;
}

static void single_lay(PdfWriter *writer, size_t count)
{
    const PageList *pages = writer->pages;
    writer->sheet_count = count;
    writer->sheets = arena_array_of(writer->arena, PdfSheet, count);
    for (size_t i = 0; i < count; i++) {
        PdfPart part = {page_at(writer, i), 0, 0};
        const Page *page = page_or_last(pages, part.page);
        writer->sheets[i] = (PdfSheet){{part}, 1, page->width, page->height};
    }
}

/* Saddle stitch: side s of n/2 holds pages n-s and s+1 (counted from 1), the lower number to the right on fronts and to
 * the left on backs. */
static void booklet_lay(PdfWriter *writer, size_t count)
{
    const PageList *pages = writer->pages;
    writer->sheet_count = count / 2;
    writer->sheets = arena_array_of(writer->arena, PdfSheet, writer->sheet_count);
    for (size_t s = 0; s < writer->sheet_count; s++) {
        size_t low = s, high = count - 1 - s;
        size_t sides[2] = {s % 2 == 0 ? high : low, s % 2 == 0 ? low : high};
        PdfSheet *sheet = &writer->sheets[s];
        sheet->count = 2;
        for (size_t i = 0; i < 2; i++) {
            sheet->parts[i] = (PdfPart){page_at(writer, sides[i]), sheet->width, 0};
            const Page *page = page_or_last(pages, sheet->parts[i].page);
            sheet->width += page->width;
            sheet->height = page->height > sheet->height ? page->height : sheet->height;
        }
    }
}

void pdf_sheets_lay(PdfWriter *writer)
{
    const PdfPress *press = &writer->options->press;
    size_t count = writer->pages->count;
    writer->tagged = writer->pages->node_count > 0;
    if (!pdf_is_press(writer) || count == 0) {
        single_lay(writer, count);
        return;
    }
    count += writer->pages->front % 2;
    writer->margin = press->marks ? gap_choose(press) + MARK_ROOM : press->bleed;
    if (press->booklet) {
        writer->tagged = false;
        booklet_lay(writer, padded(count, 4));
    } else {
        single_lay(writer, padded(count, press->pad > 0 ? (size_t)press->pad : 2));
    }
}

size_t pdf_sheet_of(const PdfWriter *writer, size_t page)
{
    for (size_t i = page; i < writer->sheet_count; i++) /* where it is looked for, it lies at its own place */
        if (writer->sheets[i].parts[0].page == page)
            return i;
    return 0;
}

/* ---- marks --------------------------------------------------------------------------------------------------------
 */

static void mark_put(Buffer *out, Length x, Length y, Length width, Length height)
{
    const Length numbers[] = {x, y, width, height};
    for (size_t i = 0; i < 4; i++) {
        pdf_put_e4(out, pdf_e4(numbers[i]));
        pdf_put_char(out, ' ');
    }
    pdf_put(out, "re\n");
}

void pdf_marks_put(const PdfWriter *writer, const PdfSheet *sheet, Buffer *out)
{
    Length margin = writer->margin, gap = gap_choose(&writer->options->press), half = MARK_WIDTH / 2;
    const Length across[2] = {margin, margin + sheet->width}, up[2] = {margin, margin + sheet->height};
    pdf_put(out, writer->tagged ? "/Artifact<</Type/Page>>BDC\n" : "");
    pdf_put(out, "/All cs 1 scn\n");
    for (int i = 0; i < 2; i++) {
        Length outside_x = i == 0 ? margin - gap - MARK_LENGTH : across[1] + gap;
        Length outside_y = i == 0 ? margin - gap - MARK_LENGTH : up[1] + gap;
        for (int j = 0; j < 2; j++) {
            mark_put(out, across[j] - half, outside_y, MARK_WIDTH, MARK_LENGTH);
            mark_put(out, outside_x, up[j] - half, MARK_LENGTH, MARK_WIDTH);
        }
    }
    pdf_put(out, "f\n");
    pdf_put(out, writer->tagged ? "EMC\n" : "");
}
