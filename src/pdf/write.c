/* PageList -> PDF bytes: the order in which the parts of the file are made. */
#include <stdio.h>
#include <stdlib.h>

#include "pdf/pdf_int.h"

bool pdf_claims_archive(const PdfWriter *writer)
{
    return writer->flaws == 0 && !pdf_is_press(writer);
}

/* What can be told before the pages are written; the rest is met on the way. */
static void flaws_find(PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    writer->flaws |= writer->tagged ? 0 : FLAW_STRUCTURE;
    writer->flaws |= pages->language && *pages->language ? 0 : FLAW_LANGUAGE;
    writer->flaws |= pages->title && *pages->title ? 0 : FLAW_TITLE;
}

/* One finding for each thing that keeps the file from what it would claim. */
static void flaws_report(const PdfWriter *writer)
{
    static const struct {
        PdfFlaw flaw;
        MessageId id;
    } MESSAGES[] = {
        {FLAW_GLYPH, MESSAGE_PDF_FLAW_GLYPH},       {FLAW_LINK, MESSAGE_PDF_FLAW_LINK},
        {FLAW_TEXT, MESSAGE_PDF_FLAW_TEXT},         {FLAW_STRUCTURE, MESSAGE_PDF_FLAW_STRUCTURE},
        {FLAW_LANGUAGE, MESSAGE_PDF_FLAW_LANGUAGE}, {FLAW_TITLE, MESSAGE_PDF_FLAW_TITLE},
    };
    for (size_t i = 0; !pdf_is_press(writer) && i < sizeof MESSAGES / sizeof *MESSAGES; i++)
        if (writer->flaws & MESSAGES[i].flaw)
            finding_add(writer->findings, MESSAGES[i].id, (Place){0}, NULL, NULL);
    if (pdf_is_press(writer) && writer->pages->year == 0 && !getenv("SOURCE_DATE_EPOCH"))
        finding_add(writer->findings, MESSAGE_PRESS_DATE, (Place){0}, NULL, NULL);
}

static bool parts_write(PdfWriter *writer)
{
    pdf_sheets_lay(writer);
    flaws_find(writer);
    if (writer->options->content_hash)
        snprintf(writer->content_hash, sizeof writer->content_hash, "%s", writer->options->content_hash);
    else
        pdf_content_hash(writer->pages, writer->content_hash);
    PdfFont *fonts = pdf_fonts_new(writer);
    if (!fonts)
        return false;
    PdfTags *tags = pdf_tags_new(writer);
    pdf_pages_write(writer, fonts, tags);
    if (writer->tagged || !writer->options->press.booklet)
        pdf_outline_write(writer);
    if (!writer->failed_call) {
        pdf_fonts_write(writer, fonts);
        PdfObject *structure = pdf_tags_write(tags);
        PdfObject *metadata = pdf_metadata_write(writer);
        pdf_catalog_write(writer, metadata, structure);
    }
    if (!pdf_writer_save(writer))
        return false;
    flaws_report(writer);
    return true;
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
