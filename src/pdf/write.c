/* PageList -> PDF bytes: the order in which the parts of the file are made. */
#include "pdf/pdf_int.h"

static bool parts_write(PdfWriter *writer)
{
    PdfFont *fonts = pdf_fonts_new(writer);
    if (!fonts)
        return false;
    PdfTags *tags = pdf_tags_new(writer);
    pdf_pages_write(writer, fonts, tags);
    pdf_outline_write(writer);
    if (!writer->failed_call) {
        pdf_fonts_write(writer, fonts);
        PdfObject *structure = pdf_tags_write(tags);
        PdfObject *metadata = pdf_metadata_write(writer);
        pdf_catalog_write(writer, metadata, structure);
    }
    return pdf_writer_save(writer);
}

bool pdf_write(const PageList *pages, const PdfOptions *options, Arena *arena, Buffer *out, FindingList *findings)
{
    PdfWriter writer = {.pages = pages, .options = options, .arena = arena, .out = out, .findings = findings};
    out->len = 0;
    bool written = pdf_writer_open(&writer) ? parts_write(&writer) : (pdf_failure_report(&writer), false);
    pdf_writer_close(&writer);
    if (!written)
        out->len = 0;
    return written;
}
