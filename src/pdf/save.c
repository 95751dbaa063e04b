/* The document's objects -> the file's bytes: dictionaries packed into compressed object streams, found through a
 * cross-reference stream (ISO 32000-1 7.5.7, 7.5.8), or with PdfOptions.plain each by itself as libharu saves them.
 *
 * A tagged table has an object for each of its cells: packed they take a sixth of the room. libharu 2.3 knows neither
 * kind of stream; it still writes every object, only where it goes is decided here. */
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "pdf/pdf_int.h"

#define PACK_MAX 255 /* objects in one stream, told in a byte: a reader unpacks all to get at one */

/* One row of the cross-reference stream: kind, offset or object stream, index in it. */
#define ROW_BYTES 6
typedef enum RowKind { ROW_FREE, ROW_OFFSET, ROW_PACKED } RowKind;

typedef struct Row {
    unsigned char bytes[ROW_BYTES];
} Row;

typedef struct Saver {
    PdfWriter *writer;
    HPDF_Stream sink; /* attr: the buffer written to */
    uint32_t size;    /* object numbers in use */
    ARRAY(Row) rows;
    Buffer heads, bodies; /* of the object stream being filled */
    size_t packed;
    uint32_t pack_ref;
} Saver;

static HPDF_STATUS sink_write(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT len)
{
    buffer_append(stream->attr, bytes, len);
    return HPDF_OK;
}

/* The identity: a digest of the file so far, all of its objects among it. Font programs, which are six sevenths of it,
 * stand by their checksums and lengths, and by the glyphs in them that their names are digests of: what tells them
 * apart otherwise is the notice's text, which is here with everything else. */
static void id_put(Buffer *out, const PdfWriter *writer)
{
    enum { ID_BYTES = 16 }; /* ISO 32000-1 14.4 proposes MD5's; of SHA-256, which is faster, as many */
    const Buffer *file = writer->out;
    Sha256 hash;
    unsigned char digest[SHA256_BYTES];
    size_t at = 0;
    sha256_begin(&hash);
    for (size_t i = 0; i < writer->programs.count; at = writer->programs.items[i++].to)
        sha256_add(&hash, file->bytes + at, writer->programs.items[i].from - at);
    sha256_add(&hash, file->bytes + at, file->len - at);
    sha256_end(&hash, digest);
    pdf_put(out, "/ID[");
    for (int twice = 0; twice < 2; twice++) {
        pdf_put_char(out, '<');
        for (size_t i = 0; i < ID_BYTES; i++)
            pdf_put_hex(out, digest[i], 2);
        pdf_put_char(out, '>');
    }
    pdf_put(out, "]\n");
}

/* ---- plain --------------------------------------------------------------------------------------------------------
 */

static HPDF_STATUS trailer_id_write(HPDF_Dict trailer, HPDF_Stream out)
{
    PdfWriter *writer = trailer->error->user_data;
    Buffer *id = &writer->scratch;
    id_put(id, writer);
    return HPDF_Stream_Write(out, (const HPDF_BYTE *)id->bytes, (HPDF_UINT)id->len);
}

static void plain_save(PdfWriter *writer, HPDF_Stream sink)
{
    HPDF_Doc doc = writer->doc;
    PDF_TRY(writer, HPDF_Dict_Add(doc->trailer, "Root", doc->catalog));
    PDF_TRY(writer, HPDF_Dict_Add(doc->trailer, "Info", doc->info));
    writer->scratch.len = 0;
    doc->trailer->write_fn = trailer_id_write;
    PDF_TRY(writer, HPDF_Xref_WriteToStream(doc->xref, sink, NULL));
}

/* ---- packed -------------------------------------------------------------------------------------------------------
 */

static void row_set(Saver *saver, uint32_t ref, RowKind kind, uint64_t value, size_t index)
{
    while (saver->rows.count <= ref)
        *array_push(saver->writer->arena, &saver->rows) = (Row){{0}};
    unsigned char *row = saver->rows.items[ref].bytes;
    row[0] = (unsigned char)kind;
    for (int i = 0; i < 4; i++)
        row[1 + i] = (unsigned char)(value >> (24 - 8 * i));
    row[5] = (unsigned char)index;
}

/* "ref 0 obj << entries" and the stream's end; the entries stand in the scratch buffer. */
static void stream_put(Saver *saver, uint32_t ref, const void *data, size_t len)
{
    PdfWriter *writer = saver->writer;
    Buffer *out = writer->out;
    size_t stored;
    const void *compressed = pdf_compress(writer, data, len, PDF_SMALL, &stored);
    pdf_put_int(out, ref);
    pdf_put(out, " 0 obj\n<<");
    buffer_append(out, writer->scratch.bytes, writer->scratch.len);
    writer->scratch.len = 0;
    pdf_put(out, compressed ? "/Filter/FlateDecode/Length " : "/Length ");
    pdf_put_int(out, (int64_t)(compressed ? stored : len));
    pdf_put(out, ">>\nstream\r\n");
    buffer_append(out, compressed ? compressed : data, compressed ? stored : len);
    pdf_put(out, "\nendstream\nendobj\n");
}

static void pack_finish(Saver *saver)
{
    Buffer *scratch = &saver->writer->scratch;
    if (saver->packed == 0)
        return;
    pdf_put(scratch, "/Type/ObjStm/N ");
    pdf_put_int(scratch, (int64_t)saver->packed);
    pdf_put(scratch, "/First ");
    pdf_put_int(scratch, (int64_t)saver->heads.len);
    row_set(saver, saver->pack_ref, ROW_OFFSET, saver->writer->out->len, 0);
    buffer_append(&saver->heads, saver->bodies.bytes, saver->bodies.len);
    stream_put(saver, saver->pack_ref, saver->heads.bytes, saver->heads.len);
    saver->heads.len = saver->bodies.len = saver->packed = 0;
}

static void object_pack(Saver *saver, uint32_t ref, void *object)
{
    if (saver->packed == PACK_MAX)
        pack_finish(saver);
    if (saver->packed == 0)
        saver->pack_ref = saver->size++;
    row_set(saver, ref, ROW_PACKED, saver->pack_ref, saver->packed++);
    pdf_put_int(&saver->heads, ref);
    pdf_put_char(&saver->heads, ' ');
    pdf_put_int(&saver->heads, (int64_t)saver->bodies.len);
    pdf_put_char(&saver->heads, '\n');
    const PdfObject *own = pdf_object_of(object);
    if (own) {
        pdf_put(&saver->bodies, "<<");
        buffer_append(&saver->bodies, own->body, own->body_len);
        pdf_put(&saver->bodies, ">>\n");
        return;
    }
    saver->sink->attr = &saver->bodies;
    PDF_TRY(saver->writer, HPDF_Obj_WriteValue(object, saver->sink, NULL));
    pdf_put_char(&saver->bodies, '\n');
}

static void object_put(Saver *saver, uint32_t ref, void *object)
{
    Buffer *out = saver->writer->out;
    row_set(saver, ref, ROW_OFFSET, out->len, 0);
    pdf_put_int(out, ref);
    pdf_put(out, " 0 obj\n");
    saver->sink->attr = out;
    PDF_TRY(saver->writer, HPDF_Obj_WriteValue(object, saver->sink, NULL));
    pdf_put(out, "\nendobj\n");
}

/* Streams cannot be packed; a page's /Length is left beside its stream. */
static bool object_packs(const void *object)
{
    const HPDF_Obj_Header *header = object;
    if ((header->obj_class & HPDF_OCLASS_ANY) != HPDF_OCLASS_DICT)
        return false;
    const HPDF_Dict_Rec *dict = object;
    return !dict->stream && !dict->after_write_fn;
}

/* Rows as differences from the row before (PNG's predictor Up): neighbours are alike. */
static void xref_put(Saver *saver)
{
    PdfWriter *writer = saver->writer;
    Buffer *rows = &writer->scratch_data, *scratch = &writer->scratch;
    size_t start = writer->out->len;
    uint32_t ref = saver->size++;
    row_set(saver, ref, ROW_OFFSET, start, 0);
    rows->len = 0;
    for (size_t i = 0; i < saver->size; i++) {
        pdf_put_char(rows, 2);
        for (size_t b = 0; b < ROW_BYTES; b++)
            pdf_put_char(rows, (char)(saver->rows.items[i].bytes[b] - (i > 0 ? saver->rows.items[i - 1].bytes[b] : 0)));
    }
    pdf_put(scratch, "/Type/XRef/Size ");
    pdf_put_int(scratch, saver->size);
    pdf_put(scratch, "/W[1 4 1]/DecodeParms<</Predictor 12/Columns 6>>/Root ");
    pdf_put_ref(scratch, writer->doc->catalog->header.obj_id & 0x00FFFFFF);
    pdf_put(scratch, "/Info ");
    pdf_put_ref(scratch, writer->doc->info->header.obj_id & 0x00FFFFFF);
    id_put(scratch, writer);
    stream_put(saver, ref, rows->bytes, rows->len);
    pdf_put(writer->out, "startxref\n");
    pdf_put_int(writer->out, (int64_t)start);
    pdf_put(writer->out, "\n%%EOF\n");
}

/* Room for all streams at once, and for what is packed. */
static void room_make(PdfWriter *writer)
{
    HPDF_Xref xref = writer->doc->xref;
    size_t len = 0, others = 0;
    for (uint32_t ref = 1; ref < xref->entries->count && !writer->failed_call; ref++) {
        HPDF_XrefEntry entry = PDF_MAKE(writer, HPDF_Xref_GetEntry(xref, ref));
        const PdfObject *own = entry ? pdf_object_of(entry->obj) : NULL;
        len += own ? own->data_len : 0;
        others++;
    }
    buffer_room(writer->out, len + 128 * others);
}

static void packed_save(PdfWriter *writer, HPDF_Stream sink)
{
    HPDF_Xref xref = writer->doc->xref;
    room_make(writer);
    Saver saver = {.writer = writer, .sink = sink, .size = xref->entries->count};
    row_set(&saver, 0, ROW_FREE, 0, 0);
    for (uint32_t ref = 1; ref < xref->entries->count && !writer->failed_call; ref++) {
        HPDF_XrefEntry entry = PDF_MAKE(writer, HPDF_Xref_GetEntry(xref, ref));
        if (!entry)
            break;
        if (object_packs(entry->obj))
            object_pack(&saver, ref, entry->obj);
        else
            object_put(&saver, ref, entry->obj);
    }
    pack_finish(&saver);
    xref_put(&saver);
    buffer_release(&saver.heads);
    buffer_release(&saver.bodies);
}

bool pdf_writer_save(PdfWriter *writer)
{
    HPDF_Stream sink = PDF_MAKE(writer, HPDF_CallbackWriter_New(writer->doc->mmgr, sink_write, writer->out));
    PDF_TRY(writer, HPDF_Stream_WriteStr(sink, pdf_is_press(writer) ? "%PDF-1.6\n%\xB7\xBE\xAD\xAA\n"
                                                                    : "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n"));
    if (!writer->failed_call && writer->options->plain)
        plain_save(writer, sink);
    else if (!writer->failed_call)
        packed_save(writer, sink);
    if (sink)
        HPDF_Stream_Free(sink);
    if (!writer->failed_call)
        return true;
    pdf_failure_report(writer);
    return false;
}
