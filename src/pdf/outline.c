/* Bookmarks -> the outline, nested by their levels. */
#include <assert.h>
#include <string.h>

#include "pdf/pdf_int.h"

#define LEVELS_MAX 16

static HPDF_Outline item_add(PdfWriter *writer, HPDF_Outline parent, const Bookmark *bookmark)
{
    Buffer *out = &writer->scratch;
    HPDF_Outline item = PDF_MAKE(writer, HPDF_CreateOutline(writer->doc, parent, "", NULL));
    if (!item)
        return NULL;
    /* libharu's title knows no Unicode past U+FFFF, its destinations no open zoom, and its /Type is the root's. */
    PDF_TRY(writer, HPDF_Dict_RemoveElement(item, "Title"));
    PDF_TRY(writer, HPDF_Dict_RemoveElement(item, "Type"));
    PDF_TRY(writer, HPDF_Outline_SetOpened(item, bookmark->level == 0));
    pdf_put(out, "/Title");
    pdf_put_text(out, bookmark->title, strlen(bookmark->title));
    pdf_put(out, "/Dest");
    pdf_destination_put(writer, out, &writer->pages->targets[bookmark->target]);
    pdf_put_char(out, '\n');
    pdf_dict_extend(writer, item);
    return item;
}

void pdf_outline_write(PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    HPDF_Outline open[LEVELS_MAX + 1] = {NULL}; /* [0]: the root; [n]: the last item of level n - 1, or above */
    for (size_t i = 0; i < pages->bookmark_count && !writer->failed_call; i++) {
        const Bookmark *bookmark = &pages->bookmarks[i];
        assert(bookmark->target < pages->target_count);
        int level = bookmark->level < 0 ? 0 : bookmark->level < LEVELS_MAX ? bookmark->level : LEVELS_MAX - 1;
        HPDF_Outline item = item_add(writer, open[level], bookmark);
        for (int below = level + 1; below <= LEVELS_MAX; below++) /* a level left out hangs on the next one above */
            open[below] = item;
    }
    if (pages->bookmark_count > 0)
        PDF_TRY(writer, HPDF_SetPageMode(writer->doc, HPDF_PAGE_MODE_USE_OUTLINE));
}
