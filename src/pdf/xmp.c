/* Title, dates, claims, identity -> the XMP packet (ISO 16684-1), with the descriptions of the schemas that PDF/A does
 * not know (ISO 19005-3 6.6.2.3). */
#include <string.h>

#include "base/text.h"
#include "pdf/pdf_int.h"

#define GONGKAI_SCHEMA "https://gongkai.invalid/ns/edition/1.0/"

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
    if (!text || !*text)
        return;
    pdf_put(out, before);
    xml_put(out, text);
    pdf_put(out, after);
}

/* "uuid:" and 128 bits of a digest, in the grouping of RFC 9562 with the version for own ways of making them. */
static void uuid_put(Buffer *out, const char *hex)
{
    pdf_put(out, "uuid:");
    for (int i = 0; i < 32; i++) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            pdf_put_char(out, '-');
        pdf_put_char(out, i == 12   ? '8'
                          : i == 16 ? "89ab"[(hex[i] < 'a' ? hex[i] - '0' : hex[i] - 'a' + 10) & 3]
                                    : hex[i]);
    }
}

/* The document is the same in both editions; the instance tells them apart. */
static void identity_put(const PdfWriter *writer, Buffer *out)
{
    const PdfPress *press = &writer->options->press;
    char instance[SHA256_HEX];
    Sha256 hash;
    sha256_begin(&hash);
    sha256_add_text(&hash, writer->content_hash);
    sha256_add_text(&hash, writer->options->producer);
    sha256_add_int(&hash, writer->options->edition);
    sha256_add_int(&hash, writer->margin);
    sha256_add_int(&hash, press->bleed);
    sha256_add_int(&hash, (int64_t)writer->sheet_count);
    sha256_add_int(&hash, (int64_t)press->profile_len);
    sha256_add(&hash, press->profile, press->profile_len);
    sha256_add_text(&hash, writer->options->provenance.data_hash); /* of what is attached, with the content's */
    sha256_add_text(&hash, writer->options->provenance.pack_hash);
    sha256_end_hex(&hash, instance);
    pdf_put(out, "<xmpMM:DocumentID>");
    uuid_put(out, writer->content_hash);
    pdf_put(out, "</xmpMM:DocumentID>\n<xmpMM:InstanceID>");
    uuid_put(out, instance);
    pdf_put(out, "</xmpMM:InstanceID>\n");
    if (pdf_is_press(writer)) /* ISO 15930-7 6.5 */
        pdf_put(out, "<xmpMM:VersionID>1</xmpMM:VersionID>\n<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n");
}

/* ---- schemas ------------------------------------------------------------------------------------------------------
 */

typedef struct Property {
    const char *name, *type, *description;
} Property;

static void schema_put(Buffer *out, const char *title, const char *uri, const char *prefix, const Property *properties,
                       size_t count)
{
    pdf_put(out, "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>");
    pdf_put(out, title);
    pdf_put(out, "</pdfaSchema:schema>\n<pdfaSchema:namespaceURI>");
    pdf_put(out, uri);
    pdf_put(out, "</pdfaSchema:namespaceURI>\n<pdfaSchema:prefix>");
    pdf_put(out, prefix);
    pdf_put(out, "</pdfaSchema:prefix>\n<pdfaSchema:property><rdf:Seq>\n");
    for (size_t i = 0; i < count; i++) {
        pdf_put(out, "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>");
        pdf_put(out, properties[i].name);
        pdf_put(out, "</pdfaProperty:name><pdfaProperty:valueType>");
        pdf_put(out, properties[i].type);
        pdf_put(out, "</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
                     "<pdfaProperty:description>");
        pdf_put(out, properties[i].description);
        pdf_put(out, "</pdfaProperty:description></rdf:li>\n");
    }
    pdf_put(out, "</rdf:Seq></pdfaSchema:property>\n</rdf:li>\n");
}

static void schemas_put(const PdfWriter *writer, Buffer *out)
{
    static const Property UA[] = {{"part", "Integer", "Part of ISO 14289 the file conforms to"}};
    static const Property X[] = {{"GTS_PDFXVersion", "Text", "Part of ISO 15930 the file conforms to"}};
    static const Property OWN[] = {
        {"Program", "Text", "Program and version that made the file"},
        {"ContentHash", "Text", "SHA-256 of all that the pages show and mean, the same in all editions"},
        {"DataHash", "Text", "SHA-256 of the data the notice was made from, as attached"},
        {"Pack", "Text", "Name of the template"},
        {"PackVersion", "Text", "Version of the template"},
        {"PackHash", "Text", "SHA-256 of the files of the template"},
        {"Nature", "Text", "What a corrected edition is: of a misprint, or of a new approval"},
        {"Edition", "Text", "Number of a corrected edition"},
        {"ReplacesEdition", "Text", "Number of the edition it replaces"},
        {"ReplacesDay", "Text", "Day of the edition it replaces"},
        {"ReplacesDataHash", "Text", "SHA-256 of the data of the edition it replaces"},
    };
    pdf_put(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                 " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                 " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                 "<pdfaExtension:schemas><rdf:Bag>\n");
    if (pdf_is_press(writer))
        schema_put(out, "PDF/X identification", "http://www.npes.org/pdfx/ns/id/", "pdfxid", X, 1);
    else
        schema_put(out, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", UA, 1);
    schema_put(out, "gongkai edition", GONGKAI_SCHEMA, "gongkai", OWN, sizeof OWN / sizeof *OWN);
    pdf_put(out, "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

/* ---- the packet ---------------------------------------------------------------------------------------------------
 */

static void claims_put(const PdfWriter *writer, Buffer *out)
{
    if (pdf_is_press(writer))
        pdf_put(out, "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">"
                     "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></rdf:Description>\n");
    else if (pdf_claims_archive(writer))
        pdf_put(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
                     "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>\n"
                     "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
                     "<pdfuaid:part>1</pdfuaid:part></rdf:Description>\n");
}

static void provenance_put(const PdfWriter *writer, const PdfWords *words, Buffer *out)
{
    const PdfProvenance *from = &writer->options->provenance;
    pdf_put(out, "<rdf:Description rdf:about=\"\" xmlns:gongkai=\"" GONGKAI_SCHEMA "\">\n");
    xmp_put(out, "<gongkai:Program>", words->producer, "</gongkai:Program>\n");
    xmp_put(out, "<gongkai:ContentHash>", writer->content_hash, "</gongkai:ContentHash>\n");
    xmp_put(out, "<gongkai:DataHash>", from->data_hash, "</gongkai:DataHash>\n");
    xmp_put(out, "<gongkai:Pack>", from->pack, "</gongkai:Pack>\n");
    xmp_put(out, "<gongkai:PackVersion>", from->pack_version, "</gongkai:PackVersion>\n");
    xmp_put(out, "<gongkai:PackHash>", from->pack_hash, "</gongkai:PackHash>\n");
    xmp_put(out, "<gongkai:Nature>", from->nature, "</gongkai:Nature>\n");
    xmp_put(out, "<gongkai:Edition>", from->edition, "</gongkai:Edition>\n");
    xmp_put(out, "<gongkai:ReplacesEdition>", from->before_edition, "</gongkai:ReplacesEdition>\n");
    xmp_put(out, "<gongkai:ReplacesDay>", from->before_date, "</gongkai:ReplacesDay>\n");
    xmp_put(out, "<gongkai:ReplacesDataHash>", from->before_hash, "</gongkai:ReplacesDataHash>\n");
    pdf_put(out, "</rdf:Description>\n");
}

void pdf_xmp_put(PdfWriter *writer, const PdfWords *words, Buffer *xmp)
{
    pdf_put(xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                 "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                 "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                 "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                 " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                 " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n"
                 "<dc:format>application/pdf</dc:format>\n");
    xmp_put(xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", words->title,
            "</rdf:li></rdf:Alt></dc:title>\n");
    xmp_put(xmp, "<dc:creator><rdf:Seq><rdf:li>", words->author, "</rdf:li></rdf:Seq></dc:creator>\n");
    xmp_put(xmp, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", words->subject,
            "</rdf:li></rdf:Alt></dc:description>\n");
    xmp_put(xmp, "<dc:language><rdf:Bag><rdf:li>", words->language, "</rdf:li></rdf:Bag></dc:language>\n");
    xmp_put(xmp, "<pdf:Keywords>", words->keywords, "</pdf:Keywords>\n");
    xmp_put(xmp, "<pdf:Producer>", words->producer, "</pdf:Producer>\n");
    pdf_put(xmp, pdf_is_press(writer) ? "<pdf:Trapped>False</pdf:Trapped>\n" : "");
    xmp_put(xmp, "<xmp:CreatorTool>", words->producer, "</xmp:CreatorTool>\n");
    xmp_put(xmp, "<xmp:CreateDate>", words->dates.xmp, "</xmp:CreateDate>\n");
    xmp_put(xmp, "<xmp:ModifyDate>", words->dates.xmp, "</xmp:ModifyDate>\n");
    xmp_put(xmp, "<xmp:MetadataDate>", words->dates.xmp, "</xmp:MetadataDate>\n");
    identity_put(writer, xmp);
    pdf_put(xmp, "</rdf:Description>\n");
    claims_put(writer, xmp);
    provenance_put(writer, words, xmp);
    schemas_put(writer, xmp);
    pdf_put(xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}
