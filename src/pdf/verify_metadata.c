/* The two records about a file, its claims, output intent and attachments -> what does not agree. */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pdf/read_int.h"

/* The packet is our own, so that an element is found by its name; entities are put back. */
static const char *xmp_value(PdfFile *file, const char *xmp, const char *name)
{
    static const struct {
        const char *entity, *text;
    } ENTITIES[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&#xFFFD;", "\xEF\xBF\xBD"}};
    const char *at = strstr(xmp, arena_printf(file->arena, "<%s>", name));
    const char *end = at ? strstr(at, arena_printf(file->arena, "</%s>", name)) : NULL;
    if (!end)
        return NULL;
    at += strlen(name) + 2;
    Buffer out = {0};
    while (at < end) {
        const char *close = *at == '<' ? memchr(at, '>', (size_t)(end - at)) : NULL;
        if (close) { /* rdf:Alt, rdf:li */
            at = close + 1;
            continue;
        }
        size_t i = 0, count = sizeof ENTITIES / sizeof *ENTITIES;
        while (i < count && strncmp(at, ENTITIES[i].entity, strlen(ENTITIES[i].entity)) != 0)
            i++;
        buffer_append(&out, i < count ? ENTITIES[i].text : at, i < count ? strlen(ENTITIES[i].text) : 1);
        at += i < count ? strlen(ENTITIES[i].entity) : 1;
    }
    const char *value = arena_strndup(file->arena, out.bytes ? out.bytes : "", out.len);
    buffer_release(&out);
    return value;
}

/* Digits alone: "D:20200211000000+08'00'" and "2020-02-11T00:00:00+08:00" are one moment. */
static const char *digits_of(PdfFile *file, const char *date)
{
    if (!date)
        return NULL;
    char *out = arena_strdup(file->arena, date);
    size_t len = 0;
    for (const char *c = date; *c; c++)
        if ((*c >= '0' && *c <= '9') || *c == '+' || *c == 'Z')
            out[len++] = *c;
    out[len] = '\0';
    return out;
}

static void records_compare(Verify *verify, const char *xmp)
{
    static const struct {
        const char *info, *xmp;
    } PAIRS[] = {{"Title", "dc:title"},
                 {"Author", "dc:creator"},
                 {"Subject", "dc:description"},
                 {"Keywords", "pdf:Keywords"},
                 {"Producer", "pdf:Producer"},
                 {"Creator", "xmp:CreatorTool"},
                 {"CreationDate", "xmp:CreateDate"},
                 {"ModDate", "xmp:ModifyDate"}};
    PdfFile *file = &verify->file;
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        const char *said = file_text(file, node_get(file->info, PAIRS[i].info)),
                   *told = xmp_value(file, xmp, PAIRS[i].xmp);
        if (strstr(PAIRS[i].info, "Date")) {
            said = digits_of(file, said);
            told = digits_of(file, told);
        }
        if (!text_equal(said, told))
            verify_fault(file, MESSAGE_VERIFY_METADATA, 0, PAIRS[i].info);
    }
}

/* The profile behind the only output intent must be of the kind the edition wants. */
static void intent_check(Verify *verify)
{
    PdfFile *file = &verify->file;
    const Node *intents = file_get(file, file->root, "OutputIntents");
    const Node *intent =
        node_is(intents, NODE_ARRAY) && intents->count == 1 ? file_resolve(file, intents->items[0]) : NULL;
    size_t len = 0;
    const char *profile = file_stream(file, file_get(file, intent, "DestOutputProfile"), &len);
    bool press = verify->report->press;
    if (!node_named(node_get(intent, "S"), press ? "GTS_PDFX" : "GTS_PDFA1") || !profile || len < 132 ||
        memcmp(profile + 16, press ? "CMYK" : "RGB ", 4) != 0 || memcmp(profile + 12, press ? "prtr" : "mntr", 4) != 0)
        verify_fault(file, MESSAGE_VERIFY_CLAIM, 0, "OutputIntent");
}

static void claims_check(Verify *verify)
{
    PdfFile *file = &verify->file;
    const PdfReport *report = verify->report;
    const Node *marked = node_get(file_get(file, file->root, "MarkInfo"), "Marked");
    const Node *shown = node_get(file_get(file, file->root, "ViewerPreferences"), "DisplayDocTitle");
    const char *version = file->bytes + 5;
    intent_check(verify);
    if (report->press) {
        bool trapped = node_named(node_get(file->info, "Trapped"), "False");
        const char *x = file_text(file, node_get(file->info, "GTS_PDFXVersion"));
        if (!trapped || !x || strcmp(x, "PDF/X-4") != 0 || strncmp(version, "1.6", 3) != 0 || !report->date)
            verify_fault(file, MESSAGE_VERIFY_CLAIM, 0, "PDF/X-4");
    }
    if (report->archive &&
        (!node_is(marked, NODE_BOOLEAN) || marked->number == 0 || !report->language ||
         strncmp(version, "1.7", 3) != 0 || !node_get(file->root, "StructTreeRoot") || !node_get(file->trailer, "ID")))
        verify_fault(file, MESSAGE_VERIFY_CLAIM, 0, "PDF/A-3a");
    if (report->accessible && (!node_is(shown, NODE_BOOLEAN) || shown->number == 0 || !report->title))
        verify_fault(file, MESSAGE_VERIFY_CLAIM, 0, "PDF/UA-1");
}

void verify_metadata(Verify *verify)
{
    PdfFile *file = &verify->file;
    PdfReport *report = verify->report;
    size_t len = 0;
    const Node *stream = file_get(file, file->root, "Metadata");
    const char *bytes = file_stream(file, stream, &len);
    if (!bytes || node_get(stream, "Filter")) {
        verify_fault(file, MESSAGE_VERIFY_METADATA, 0, "XMP");
        return;
    }
    const char *xmp = arena_strndup(file->arena, bytes, len);
    const char *part = xmp_value(file, xmp, "pdfaid:part"), *level = xmp_value(file, xmp, "pdfaid:conformance");
    report->archive = text_equal(part, "3") && text_equal(level, "A");
    report->accessible = text_equal(xmp_value(file, xmp, "pdfuaid:part"), "1");
    report->press = text_equal(xmp_value(file, xmp, "pdfxid:GTS_PDFXVersion"), "PDF/X-4");
    report->title = xmp_value(file, xmp, "dc:title");
    report->language = file_text(file, node_get(file->root, "Lang"));
    report->date = xmp_value(file, xmp, "xmp:CreateDate");
    report->producer = xmp_value(file, xmp, "gongkai:Program");
    report->content_hash = xmp_value(file, xmp, "gongkai:ContentHash");
    report->data_hash = xmp_value(file, xmp, "gongkai:DataHash");
    report->pack = xmp_value(file, xmp, "gongkai:Pack");
    report->pack_version = xmp_value(file, xmp, "gongkai:PackVersion");
    report->pack_hash = xmp_value(file, xmp, "gongkai:PackHash");
    if (!report->producer || !report->content_hash)
        verify_fault(file, MESSAGE_VERIFY_METADATA, 0, "gongkai:Program");
    records_compare(verify, xmp);
    claims_check(verify);
}

/* ---- attachments ---------------------------------------------------------------------------------------------------
 */

static const char *embedded_read(Verify *verify, const Node *specification, const char *name, size_t *len)
{
    PdfFile *file = &verify->file;
    const Node *stream = file_get(file, file_get(file, specification, "EF"), "F");
    const Node *params = file_get(file, stream, "Params"), *size = node_get(params, "Size"),
               *sum = node_get(params, "CheckSum");
    const char *bytes = file_stream(file, stream, len);
    HPDF_MD5_CTX context;
    HPDF_BYTE digest[16];
    if (bytes) {
        HPDF_MD5Init(&context);
        HPDF_MD5Update(&context, (const HPDF_BYTE *)bytes, (HPDF_UINT32)*len);
        HPDF_MD5Final(digest, &context);
    }
    if (!bytes || !node_is(size, NODE_NUMBER) || size->number != (double)*len || !node_is(sum, NODE_STRING) ||
        sum->len != sizeof digest || memcmp(sum->bytes, digest, sizeof digest) != 0 || !node_get(stream, "Subtype") ||
        !node_get(specification, "AFRelationship")) {
        verify_fault(file, MESSAGE_VERIFY_ATTACHMENT, 0, name);
    }
    return bytes; /* what it says is looked at all the same: it may tell what was changed */
}

void verify_attachments(Verify *verify)
{
    PdfFile *file = &verify->file;
    PdfReport *report = verify->report;
    TreeLeaves leaves = {0};
    const Node *names = file_get(file, file->root, "Names"), *associated = file_get(file, file->root, "AF");
    file_tree(file, node_get(names, "EmbeddedFiles"), "Names", 0, &leaves);
    if (leaves.count / 2 != (node_is(associated, NODE_ARRAY) ? associated->count : 0))
        verify_fault(file, MESSAGE_VERIFY_ATTACHMENT, 0, "AF");
    for (size_t i = 0; i + 1 < leaves.count; i += 2) {
        const char *name = file_text(file, leaves.items[i]);
        const Node *specification = file_resolve(file, leaves.items[i + 1]);
        size_t len = 0;
        const char *bytes = name ? embedded_read(verify, specification, name, &len) : NULL;
        if (!bytes)
            continue;
        if (node_named(node_get(specification, "AFRelationship"), "Source")) {
            char hash[SHA256_HEX];
            sha256_hex_of(bytes, len, hash);
            if (!text_equal(hash, report->data_hash))
                verify_fault(file, MESSAGE_VERIFY_ATTACHMENT, 0, name);
            report->data = bytes;
            report->data_len = len;
        } else if (text_equal(name, "figures.json")) {
            verify_figures(verify, bytes, len);
        }
    }
}
