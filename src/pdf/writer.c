/* The border to libharu: bodies, streams and pages of ours -> its objects -> the file's bytes, with every error kept.
 */
#include <libdeflate.h>
#include <stdio.h>
#include <string.h>

#include "pdf/pdf_int.h"

#define ADLER_BYTES 4 /* the checksum at a zlib stream's end (RFC 1950, 2.2) */
/* "/Filter/FlateDecode" must pay for itself. */
#define COMPRESSION_COST 20

static void error_handle(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
    PdfWriter *writer = user;
    if (!writer->failed_code) {
        writer->failed_code = code;
        writer->failed_detail = detail;
    }
}

static void failure_set(PdfWriter *writer, const char *call, HPDF_STATUS status)
{
    const HPDF_Error_Rec *error = writer->doc ? &writer->doc->error : NULL;
    if (!writer->failed_code)
        writer->failed_code = status != HPDF_OK ? status : error ? error->error_no : HPDF_FAILD_TO_ALLOC_MEM;
    if (!writer->failed_detail && error)
        writer->failed_detail = error->detail_no;
    writer->failed_call = call;
}

bool pdf_check(PdfWriter *writer, const char *call, HPDF_STATUS status)
{
    if (status == HPDF_OK && writer->doc->error.error_no == HPDF_OK && !writer->failed_code)
        return true;
    failure_set(writer, call, status);
    return false;
}

void *pdf_check_made(PdfWriter *writer, const char *call, void *made)
{
    bool ok = made && (!writer->doc || writer->doc->error.error_no == HPDF_OK) && !writer->failed_code;
    if (ok)
        return made;
    failure_set(writer, call, HPDF_OK);
    return NULL;
}

bool pdf_writer_open(PdfWriter *writer)
{
    static const int LEVELS[PDF_EFFORTS] = {[PDF_QUICK] = 1, [PDF_SMALL] = 5};
    for (int i = 0; i < PDF_EFFORTS; i++)
        writer->compressors[i] = libdeflate_alloc_compressor(LEVELS[i]);
    writer->doc = PDF_MAKE(writer, HPDF_New(error_handle, writer));
    if (!writer->doc)
        return false;
    writer->doc->pdf_version = HPDF_VER_17;
    return true;
}

void pdf_writer_close(PdfWriter *writer)
{
    if (writer->doc)
        HPDF_Free(writer->doc);
    for (int i = 0; i < PDF_EFFORTS; i++)
        libdeflate_free_compressor(writer->compressors[i]);
    buffer_release(&writer->scratch);
    buffer_release(&writer->scratch_data);
}

/* ---- objects ------------------------------------------------------------------------------------------------------
 */

static HPDF_STATUS body_write(HPDF_Dict dict, HPDF_Stream out)
{
    PdfObject *object = dict->attr;
    object->out = out;
    return HPDF_Stream_Write(out, (const HPDF_BYTE *)object->body, (HPDF_UINT)object->body_len);
}

const PdfObject *pdf_object_of(const void *object)
{
    const HPDF_Dict_Rec *dict = object;
    bool own = (dict->header.obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT && dict->write_fn == body_write &&
               dict->list->count == 0;
    return own ? dict->attr : NULL;
}

/* After the closing >>. A MemStream of libharu's would copy the data three times and make its length an object. */
static HPDF_STATUS data_write(HPDF_Dict dict)
{
    PdfObject *object = dict->attr;
    PdfWriter *writer = dict->error->user_data;
    HPDF_STATUS status = HPDF_Stream_WriteStr(object->out, "\nstream\r\n");
    if (object->program) {
        size_t from = ((const Buffer *)object->out->attr)->len;
        *array_push(writer->arena, &writer->programs) = (PdfSpan){from, from + object->data_len - ADLER_BYTES};
    }
    if (status == HPDF_OK)
        status = HPDF_Stream_Write(object->out, object->data, (HPDF_UINT)object->data_len);
    if (status == HPDF_OK)
        status = HPDF_Stream_WriteStr(object->out, "\nendstream");
    return status;
}

PdfObject *pdf_object_new(PdfWriter *writer)
{
    PdfObject *object = arena_new_of(writer->arena, PdfObject);
    HPDF_Dict dict = PDF_MAKE(writer, HPDF_Dict_New(writer->doc->mmgr));
    if (dict && PDF_TRY(writer, HPDF_Xref_Add(writer->doc->xref, dict))) {
        dict->attr = object;
        dict->write_fn = body_write;
        object->ref = dict->header.obj_id & 0x00FFFFFF;
    }
    return object;
}

static void scratch_take(PdfWriter *writer, PdfObject *object)
{
    object->body_len = writer->scratch.len;
    object->body = arena_copy(writer->arena, writer->scratch.bytes, writer->scratch.len);
    writer->scratch.len = 0;
}

void pdf_object_finish(PdfWriter *writer, PdfObject *object)
{
    scratch_take(writer, object);
}

static void data_attach(PdfWriter *writer, PdfObject *object, const void *data, size_t len)
{
    pdf_put(&writer->scratch, "/Length ");
    pdf_put_int(&writer->scratch, (int64_t)len);
    scratch_take(writer, object);
    object->data = data;
    object->data_len = len;
    if (writer->failed_call)
        return;
    HPDF_XrefEntry entry = PDF_MAKE(writer, HPDF_Xref_GetEntry(writer->doc->xref, object->ref));
    if (entry)
        ((HPDF_Dict)entry->obj)->after_write_fn = data_write;
}

void pdf_stream_finish(PdfWriter *writer, PdfObject *object, const void *data, size_t len, PdfEffort effort)
{
    size_t stored;
    const void *bytes = pdf_compress(writer, data, len, effort, &stored);
    if (bytes)
        pdf_put(&writer->scratch, "/Filter/FlateDecode");
    else
        bytes = arena_copy(writer->arena, data, stored = len);
    data_attach(writer, object, bytes, stored);
}

void pdf_program_finish(PdfWriter *writer, PdfObject *object, const void *data, size_t len)
{
    pdf_put(&writer->scratch, "/Filter/FlateDecode");
    data_attach(writer, object, data, len);
    object->program = true;
}

void pdf_stream_finish_raw(PdfWriter *writer, PdfObject *object, const void *data, size_t len)
{
    data_attach(writer, object, arena_copy(writer->arena, data, len), len);
}

void pdf_contents_finish(PdfWriter *writer, HPDF_Dict contents, const void *data, size_t len)
{
    PdfObject *object = arena_new_of(writer->arena, PdfObject);
    HPDF_Number length = PDF_MAKE(writer, HPDF_Dict_GetItem(contents, "Length", HPDF_OCLASS_NUMBER));
    if (!length)
        return;
    object->data = pdf_compress(writer, data, len, PDF_QUICK, &object->data_len);
    if (object->data)
        pdf_put(&writer->scratch, "/Filter/FlateDecode\n");
    else
        object->data = arena_copy(writer->arena, data, object->data_len = len);
    scratch_take(writer, object);
    HPDF_Stream_Free(contents->stream);
    contents->stream = NULL;
    length->value = (HPDF_INT32)object->data_len;
    contents->attr = object;
    contents->write_fn = body_write;
    contents->after_write_fn = data_write;
}

void pdf_dict_extend(PdfWriter *writer, HPDF_Dict dict)
{
    PdfObject *object = arena_new_of(writer->arena, PdfObject);
    scratch_take(writer, object);
    if (!dict)
        return;
    dict->attr = object;
    dict->write_fn = body_write;
}

const void *pdf_compress(PdfWriter *writer, const void *data, size_t len, PdfEffort effort, size_t *compressed_len)
{
    if (writer->options->plain || !writer->compressors[effort] || len <= COMPRESSION_COST)
        return NULL;
    ArenaMark mark = arena_mark(writer->arena);
    void *bytes = arena_alloc_unset(writer->arena, len - COMPRESSION_COST, 1);
    *compressed_len = libdeflate_zlib_compress(writer->compressors[effort], data, len, bytes, len - COMPRESSION_COST);
    if (*compressed_len > 0)
        return bytes;
    arena_rewind(writer->arena, mark);
    return NULL;
}

void pdf_failure_report(PdfWriter *writer)
{
    const char *code = arena_printf(writer->arena, "%04lX/%lu", writer->failed_code, writer->failed_detail);
    Place nowhere = {0};
    finding_add(writer->findings, MESSAGE_PDF_LIBRARY, nowhere, NULL, writer->failed_call, code, NULL);
}
