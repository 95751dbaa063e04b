/* Title, author, language and date -> the Info dictionary, the XMP stream and the catalog's entries. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "pdf/pdf_int.h"

/* The page list's day counts from midnight in China; SOURCE_DATE_EPOCH is a moment in UTC. */
PdfDates pdf_dates_choose(const PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    PdfDates dates = {NULL, NULL};
    if (pages->year > 0) {
        dates.info = arena_printf(writer->arena, "D:%04d%02d%02d000000+08'00'", pages->year, pages->month, pages->day);
        dates.xmp = arena_printf(writer->arena, "%04d-%02d-%02dT00:00:00+08:00", pages->year, pages->month, pages->day);
        return dates;
    }
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (!epoch && pdf_is_press(writer)) /* ISO 15930-7 6.5 wants a date; this one is no clock's */
        epoch = "0";
    char *end;
    if (!epoch || *epoch < '0' || *epoch > '9')
        return dates;
    errno = 0;
    long long seconds = strtoll(epoch, &end, 10);
    struct tm moment;
    time_t when = (time_t)seconds;
    if (errno != 0 || *end || !gmtime_r(&when, &moment) || moment.tm_year > 9999 - 1900)
        return dates;
    char text[40];
    strftime(text, sizeof text, "D:%Y%m%d%H%M%SZ", &moment);
    dates.info = arena_strdup(writer->arena, text);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &moment);
    dates.xmp = arena_strdup(writer->arena, text);
    return dates;
}

/* Control characters become blanks: XML has no way to write them. Both records must say the same, so what a string of
 * the one cannot hold is cut in both. */
static const char *plain_text(PdfWriter *writer, const char *text)
{
    if (!text || !*text)
        return NULL;
    char *copy = arena_strndup(writer->arena, text, pdf_text_fitting(text, strlen(text)));
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    return copy;
}

/* ---- Info ---------------------------------------------------------------------------------------------------------
 */

static void info_put(Buffer *out, const char *key, const char *text)
{
    if (!text)
        return;
    pdf_put(out, key);
    pdf_put_text(out, text, strlen(text));
    pdf_put_char(out, '\n');
}

PdfObject *pdf_metadata_write(PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    PdfWords words = {
        .dates = pdf_dates_choose(writer),
        .title = plain_text(writer, pages->title),
        .author = plain_text(writer, pages->author),
        .subject = plain_text(writer, pages->subject),
        .keywords = plain_text(writer, pages->keywords),
        .language = plain_text(writer, pages->language),
        .producer = plain_text(writer, writer->options->producer),
    };
    PdfObject *object = pdf_object_new(writer);
    Buffer *xmp = &writer->scratch_data;
    xmp->len = 0;
    pdf_xmp_put(writer, &words, xmp);
    pdf_put(&writer->scratch, "/Type/Metadata/Subtype/XML");
    pdf_stream_finish_raw(writer, object, xmp->bytes, xmp->len);

    Buffer *out = &writer->scratch;
    info_put(out, "/Title", words.title);
    info_put(out, "/Author", words.author);
    info_put(out, "/Subject", words.subject);
    info_put(out, "/Keywords", words.keywords);
    info_put(out, "/Creator", words.producer);
    info_put(out, "/Producer", words.producer);
    info_put(out, "/CreationDate", words.dates.info);
    info_put(out, "/ModDate", words.dates.info);
    if (pdf_is_press(writer))
        pdf_put(out, "/GTS_PDFXVersion(PDF/X-4)/Trapped/False\n");
    PDF_TRY(writer, HPDF_Dict_RemoveElement(writer->doc->info, "Producer")); /* libharu's own name and version */
    pdf_dict_extend(writer, writer->doc->info);
    return object;
}

/* ---- the catalog --------------------------------------------------------------------------------------------------
 */

/* 0: none. A booklet's sheets hold two each, which no label can tell. */
static int folio_of(const PdfWriter *writer, size_t sheet)
{
    size_t page = writer->sheets[sheet].parts[0].page;
    return page == SIZE_MAX || writer->sheets[sheet].count > 1 ? 0 : writer->pages->pages[page].number;
}

/* Folios as the pages print them; a page without one has an empty label (ISO 32000-1 12.4.2). */
static uint32_t page_labels_write(PdfWriter *writer)
{
    ARRAY(PdfTreeEntry) entries = {0};
    for (size_t i = 0; i < writer->sheet_count; i++) {
        int number = folio_of(writer, i), before = i > 0 ? folio_of(writer, i - 1) : -1;
        if (i > 0 && (number > 0 ? before > 0 && number == before + 1 : before <= 0))
            continue;
        PdfTreeEntry *entry = array_push(writer->arena, &entries);
        entry->limit = arena_printf(writer->arena, "%zu", i);
        entry->value = number > 0 ? arena_printf(writer->arena, "<</S/D/St %d>>", number) : "<<>>";
    }
    Buffer tree = {0};
    pdf_put_tree(writer, &tree, "Nums", entries.items, entries.count);
    PdfObject *object = pdf_object_new(writer);
    buffer_append(&writer->scratch, tree.bytes, tree.len);
    pdf_object_finish(writer, object);
    buffer_release(&tree);
    return object->ref;
}

void pdf_catalog_write(PdfWriter *writer, const PdfObject *metadata, const PdfObject *structure)
{
    const PageList *pages = writer->pages;
    uint32_t labels = page_labels_write(writer), intent = pdf_intent_write(writer);
    const uint32_t *attached = pdf_attachments_write(writer);
    Buffer *out = &writer->scratch;
    pdf_put(out, "/ViewerPreferences<</DisplayDocTitle true>>\n/Metadata ");
    pdf_put_ref(out, metadata->ref);
    pdf_put(out, "\n/PageLabels ");
    pdf_put_ref(out, labels);
    pdf_put(out, "\n/OutputIntents[");
    pdf_put_ref(out, intent);
    pdf_put(out, "]\n");
    if (attached)
        pdf_attachments_put(writer, attached, out);
    if (pages->language && *pages->language) {
        pdf_put(out, "/Lang");
        pdf_put_text(out, pages->language, strlen(pages->language));
        pdf_put_char(out, '\n');
    }
    if (structure) {
        pdf_put(out, "/MarkInfo<</Marked true>>\n/StructTreeRoot ");
        pdf_put_ref(out, structure->ref);
        pdf_put_char(out, '\n');
    }
    pdf_dict_extend(writer, writer->doc->catalog);
}
