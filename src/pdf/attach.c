/* Files that travel within -> embedded files, their specifications and where the catalog names them (ISO 32000-1 7.11,
 * ISO 19005-3 6.8). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf_int.h"

static uint32_t file_write(PdfWriter *writer, const PdfAttachment *file, const char *date)
{
    Buffer *out = &writer->scratch;
    HPDF_MD5_CTX context;
    HPDF_BYTE digest[16];
    HPDF_MD5Init(&context);
    HPDF_MD5Update(&context, file->bytes, (HPDF_UINT32)file->len);
    HPDF_MD5Final(digest, &context);
    PdfObject *object = pdf_object_new(writer);
    pdf_put(out, "/Type/EmbeddedFile/Subtype");
    pdf_put_name(out, file->mime);
    pdf_put(out, "/Params<</Size ");
    pdf_put_int(out, (int64_t)file->len);
    pdf_put(out, "/CheckSum<");
    for (size_t i = 0; i < sizeof digest; i++)
        pdf_put_hex(out, digest[i], 2);
    pdf_put_char(out, '>');
    if (date) {
        pdf_put(out, "/ModDate");
        pdf_put_text(out, date, strlen(date));
    }
    pdf_put(out, ">>");
    pdf_stream_finish(writer, object, file->bytes, file->len, PDF_QUICK);
    return object->ref;
}

static uint32_t specification_write(PdfWriter *writer, const PdfAttachment *file, const char *date)
{
    Buffer *out = &writer->scratch;
    uint32_t embedded = file_write(writer, file, date);
    PdfObject *object = pdf_object_new(writer);
    pdf_put(out, "/Type/Filespec/F");
    pdf_put_text(out, file->name, strlen(file->name));
    pdf_put(out, "/UF");
    pdf_put_text(out, file->name, strlen(file->name));
    pdf_put(out, "/AFRelationship");
    pdf_put_name(out, file->relationship);
    if (file->description) {
        pdf_put(out, "/Desc");
        pdf_put_text(out, file->description, strlen(file->description));
    }
    pdf_put(out, "/EF<</F ");
    pdf_put_ref(out, embedded);
    pdf_put(out, "/UF ");
    pdf_put_ref(out, embedded);
    pdf_put(out, ">>");
    pdf_object_finish(writer, object);
    return object->ref;
}

const uint32_t *pdf_attachments_write(PdfWriter *writer)
{
    const PdfOptions *options = writer->options;
    if (options->attachment_count == 0 || pdf_is_press(writer))
        return NULL;
    const char *date = pdf_dates_choose(writer).info;
    uint32_t *refs = arena_array_of(writer->arena, uint32_t, options->attachment_count);
    for (size_t i = 0; i < options->attachment_count; i++)
        refs[i] = specification_write(writer, &options->attachments[i], date);
    return refs;
}

static int name_compare(const void *a, const void *b)
{
    return strcmp((*(const PdfAttachment *const *)a)->name, (*(const PdfAttachment *const *)b)->name);
}

void pdf_attachments_put(const PdfWriter *writer, const uint32_t *refs, Buffer *out)
{
    const PdfAttachment *files = writer->options->attachments;
    size_t count = writer->options->attachment_count;
    const PdfAttachment **sorted = arena_array_of(writer->arena, const PdfAttachment *, count);
    pdf_put(out, "/AF[");
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &files[i];
        pdf_put(out, i > 0 ? " " : "");
        pdf_put_ref(out, refs[i]);
    }
    /* In the order of the strings as they are written: all names are ASCII, so that is the order of their bytes. */
    qsort(sorted, count, sizeof *sorted, name_compare);
    pdf_put(out, "]/Names<</EmbeddedFiles<</Names[");
    for (size_t i = 0; i < count; i++) {
        for (const char *c = sorted[i]->name; *c; c++)
            assert((unsigned char)*c >= 0x20 && (unsigned char)*c < 0x7F);
        pdf_put_text(out, sorted[i]->name, strlen(sorted[i]->name));
        pdf_put_ref(out, refs[sorted[i] - files]);
    }
    pdf_put(out, "]>>>>\n");
}
