/* Title, author, language and date -> the Info dictionary, the XMP packet and the catalog's entries. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "pdf/pdf_int.h"

typedef struct Dates {
    const char *info, *xmp; /* the same moment; NULL: none is known */
} Dates;

/* The page list's day counts from midnight in China; SOURCE_DATE_EPOCH is a moment in UTC. */
static Dates dates_choose(const PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    Dates dates = {NULL, NULL};
    if (pages->year > 0) {
        dates.info = arena_printf(writer->arena, "D:%04d%02d%02d000000+08'00'", pages->year, pages->month, pages->day);
        dates.xmp = arena_printf(writer->arena, "%04d-%02d-%02dT00:00:00+08:00", pages->year, pages->month, pages->day);
        return dates;
    }
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
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

/* Control characters become blanks: XML has no way to write them, and both records must say the same. */
static const char *plain_text(PdfWriter *writer, const char *text)
{
    if (!text || !*text)
        return NULL;
    char *copy = arena_strdup(writer->arena, text);
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

/* ---- XMP: ISO 16684-1 ---------------------------------------------------------------------------------------------
 */

static void xml_put(Buffer *out, const char *text)
{
    size_t len = strlen(text);
    for (size_t at = 0, bytes; at < len; at += bytes) {
        uint32_t code;
        bytes = utf8_decode(text + at, len - at, &code);
        const char *entity = bytes == 0 || code == 0xFFFE || code == 0xFFFF ? "&#xFFFD;"
                             : code == '<'                                  ? "&lt;"
                             : code == '>'                                  ? "&gt;"
                             : code == '&'                                  ? "&amp;"
                                                                            : NULL;
        if (entity)
            pdf_put(out, entity);
        else
            buffer_append(out, text + at, bytes);
        bytes += bytes == 0;
    }
}

static void xmp_put(Buffer *out, const char *before, const char *text, const char *after)
{
    if (!text)
        return;
    pdf_put(out, before);
    xml_put(out, text);
    pdf_put(out, after);
}

PdfObject *pdf_metadata_write(PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    Dates dates = dates_choose(writer);
    const char *title = plain_text(writer, pages->title), *author = plain_text(writer, pages->author);
    const char *subject = plain_text(writer, pages->subject), *keywords = plain_text(writer, pages->keywords);
    const char *producer = plain_text(writer, writer->options->producer);

    PdfObject *object = pdf_object_new(writer);
    Buffer *xmp = &writer->scratch_data;
    xmp->len = 0;
    pdf_put(xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                 "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                 "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                 "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                 " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
                 "<dc:format>application/pdf</dc:format>\n");
    xmp_put(xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", title, "</rdf:li></rdf:Alt></dc:title>\n");
    xmp_put(xmp, "<dc:creator><rdf:Seq><rdf:li>", author, "</rdf:li></rdf:Seq></dc:creator>\n");
    xmp_put(xmp, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", subject,
            "</rdf:li></rdf:Alt></dc:description>\n");
    xmp_put(xmp, "<dc:language><rdf:Bag><rdf:li>", plain_text(writer, pages->language),
            "</rdf:li></rdf:Bag></dc:language>\n");
    xmp_put(xmp, "<pdf:Keywords>", keywords, "</pdf:Keywords>\n");
    xmp_put(xmp, "<pdf:Producer>", producer, "</pdf:Producer>\n");
    xmp_put(xmp, "<xmp:CreatorTool>", producer, "</xmp:CreatorTool>\n");
    xmp_put(xmp, "<xmp:CreateDate>", dates.xmp, "</xmp:CreateDate>\n");
    xmp_put(xmp, "<xmp:ModifyDate>", dates.xmp, "</xmp:ModifyDate>\n");
    xmp_put(xmp, "<xmp:MetadataDate>", dates.xmp, "</xmp:MetadataDate>\n");
    pdf_put(xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    pdf_put(&writer->scratch, "/Type/Metadata/Subtype/XML");
    pdf_stream_finish_raw(writer, object, xmp->bytes, xmp->len);

    Buffer *out = &writer->scratch;
    info_put(out, "/Title", title);
    info_put(out, "/Author", author);
    info_put(out, "/Subject", subject);
    info_put(out, "/Keywords", keywords);
    info_put(out, "/Creator", producer);
    info_put(out, "/Producer", producer);
    info_put(out, "/CreationDate", dates.info);
    info_put(out, "/ModDate", dates.info);
    PDF_TRY(writer, HPDF_Dict_RemoveElement(writer->doc->info, "Producer")); /* libharu's own name and version */
    pdf_dict_extend(writer, writer->doc->info);
    return object;
}

/* ---- the catalog --------------------------------------------------------------------------------------------------
 */

/* Folios as the pages print them; a page without one has an empty label (ISO 32000-1 12.4.2). */
static uint32_t page_labels_write(PdfWriter *writer)
{
    const PageList *pages = writer->pages;
    ARRAY(PdfTreeEntry) entries = {0};
    for (size_t i = 0; i < pages->count; i++) {
        int number = pages->pages[i].number, before = i > 0 ? pages->pages[i - 1].number : -1;
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
    uint32_t labels = page_labels_write(writer);
    Buffer *out = &writer->scratch;
    pdf_put(out, "/ViewerPreferences<</DisplayDocTitle true>>\n/Metadata ");
    pdf_put_ref(out, metadata->ref);
    pdf_put(out, "\n/PageLabels ");
    pdf_put_ref(out, labels);
    pdf_put_char(out, '\n');
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
