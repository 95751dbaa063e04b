/* A file's bytes -> its objects, through the cross-reference stream and the object streams (ISO 32000-1 7.5). */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pdf/read_int.h"

#define OBJECTS_MAX  ((size_t)2000000)
#define STREAM_MAX   ((size_t)128 << 20) /* unpacked */
#define NODES_MAX    ((size_t)6000000)
#define UNPACKED_MAX ((size_t)512 << 20) /* all streams together */
#define TREE_DEPTH   12
#define PAGES_DEPTH  12
#define HEAD_LEN     15 /* "%PDF-1.7" and four high bytes */

/* ---- streams ------------------------------------------------------------------------------------------------------
 */

static char *inflate(PdfFile *file, const char *data, size_t len, size_t *out_len)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *out = NULL;
    for (size_t room = len * 4 + 1024; decompressor; room *= 4) {
        room = room > STREAM_MAX ? STREAM_MAX : room;
        room = room > file->byte_budget ? file->byte_budget : room;
        ArenaMark mark = arena_mark(file->arena);
        out = arena_alloc(file->arena, room + 1);
        enum libdeflate_result result = libdeflate_zlib_decompress(decompressor, data, len, out, room, out_len);
        if (result == LIBDEFLATE_SUCCESS)
            break;
        out = NULL;
        arena_rewind(file->arena, mark);
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room >= STREAM_MAX || room >= file->byte_budget)
            break;
    }
    libdeflate_free_decompressor(decompressor);
    if (out) {
        file->byte_budget -= *out_len;
        out[*out_len] = '\0';
    }
    return out;
}

/* PNG's predictor Up, the only one we write. */
static bool unpredict(char *data, size_t *len, size_t columns)
{
    size_t row = columns + 1, count = *len / row;
    if (*len % row != 0)
        return false;
    for (size_t r = 0; r < count; r++) {
        if (data[r * row] != 2)
            return false;
        for (size_t c = 0; c < columns; c++) {
            int above = r > 0 ? (unsigned char)data[(r - 1) * columns + c] : 0;
            data[r * columns + c] = (char)(above + (unsigned char)data[r * row + 1 + c]);
        }
    }
    *len = count * columns;
    return true;
}

const char *file_stream(PdfFile *file, const Node *stream, size_t *len)
{
    if (!stream || !stream->data)
        return NULL;
    const Node *filter = node_get(stream, "Filter"), *parms = node_get(stream, "DecodeParms");
    *len = stream->data_len;
    if (!filter)
        return stream->data;
    if (!node_named(filter, "FlateDecode"))
        return NULL;
    char *data = inflate(file, stream->data, stream->data_len, len);
    const Node *columns = node_get(parms, "Columns");
    if (data && parms &&
        (!columns || columns->number < 1 || columns->number > 64 || !unpredict(data, len, (size_t)columns->number)))
        return NULL;
    return data;
}

/* ---- objects ------------------------------------------------------------------------------------------------------
 */

/* "12 0 obj" and what follows, at an offset; `number` must be the object's own. */
static Node *object_at(PdfFile *file, size_t offset, uint32_t number)
{
    Lexer lexer = {file->bytes, file->len, offset, file->arena, &file->node_budget, 0};
    if (offset >= file->len)
        return NULL;
    Node *own = node_read(&lexer), *generation = node_read(&lexer), *word = node_read(&lexer);
    if (!node_is(own, NODE_NUMBER) || own->number != number || !node_is(generation, NODE_NUMBER) ||
        !node_named(word, "obj"))
        return NULL;
    Node *node = node_read(&lexer);
    if (!node_is(node, NODE_DICT))
        return node;
    size_t after = lexer.at;
    if (!node_named(node_read(&lexer), "stream"))
        return node;
    (void)after;
    if (lexer.at + 2 > file->len)
        return NULL;
    lexer.at += file->bytes[lexer.at] == '\r' ? 2 : 1;
    const Node *length = node_get(node, "Length");
    if (node_is(length, NODE_REF) && length->number != number)
        length = file->entries ? file_object(file, (uint32_t)length->number) : NULL;
    if (!node_is(length, NODE_NUMBER) || length->number < 0 || length->number > (double)(file->len - lexer.at))
        return NULL;
    node->data = file->bytes + lexer.at;
    node->data_len = (size_t)length->number;
    lexer.at += node->data_len;
    return node_named(node_read(&lexer), "endstream") ? node : NULL;
}

static bool packed_open(PdfFile *file, uint32_t number, PackedStream *packed)
{
    if (packed->opened)
        return packed->bytes != NULL;
    packed->opened = true;
    FileEntry *entry = &file->entries[number];
    if (entry->kind != 1)
        return false;
    const Node *stream = file_object(file, number), *count = node_get(stream, "N"), *first = node_get(stream, "First");
    const char *bytes = file_stream(file, stream, &packed->len);
    if (!bytes || !node_is(count, NODE_NUMBER) || !node_is(first, NODE_NUMBER) || count->number < 0 ||
        count->number > 100000 || first->number < 0 || first->number > (double)packed->len)
        return false;
    packed->count = (size_t)count->number;
    packed->first = (size_t)first->number;
    packed->offsets = arena_array_of(file->arena, uint32_t, packed->count);
    Lexer lexer = {bytes, packed->first, 0, file->arena, &file->node_budget, 0};
    for (size_t i = 0; i < packed->count; i++) {
        Node *own = node_read(&lexer), *offset = node_read(&lexer);
        if (!node_is(own, NODE_NUMBER) || !node_is(offset, NODE_NUMBER) || offset->number < 0 ||
            offset->number > (double)(packed->len - packed->first))
            return false;
        packed->offsets[i] = (uint32_t)offset->number;
    }
    packed->bytes = bytes;
    return true;
}

const Node *file_object(PdfFile *file, uint32_t number)
{
    if (number >= file->count)
        return NULL;
    FileEntry *entry = &file->entries[number];
    if (entry->node || entry->loading)
        return entry->node;
    entry->loading = true;
    if (entry->kind == 1) {
        entry->node = object_at(file, entry->place, number);
    } else if (entry->kind == 2 && entry->place < file->count) {
        PackedStream *packed = &file->packed[entry->place];
        if (packed_open(file, entry->place, packed) && entry->index < packed->count) {
            Lexer lexer = {packed->bytes, packed->len,        packed->first + packed->offsets[entry->index],
                           file->arena,   &file->node_budget, 0};
            entry->node = node_read(&lexer);
        }
    }
    entry->loading = false;
    return entry->node;
}

const Node *file_resolve(PdfFile *file, const Node *node)
{
    for (int hops = 0; node_is(node, NODE_REF) && hops < 8; hops++)
        node = file_object(file, (uint32_t)node->number);
    return node_is(node, NODE_NULL) || node_is(node, NODE_REF) ? NULL : node;
}

const Node *file_get(PdfFile *file, const Node *dict, const char *key)
{
    return file_resolve(file, node_get(dict, key));
}

const char *file_text(PdfFile *file, const Node *string)
{
    string = file_resolve(file, string);
    if (!node_is(string, NODE_STRING))
        return NULL;
    const unsigned char *at = (const unsigned char *)string->bytes;
    if (string->len < 2 || at[0] != 0xFE || at[1] != 0xFF)
        return string->bytes;
    char *out = arena_alloc(file->arena, string->len * 2 + 1);
    size_t len = 0;
    for (size_t i = 2; i + 1 < string->len; i += 2) {
        uint32_t code = (uint32_t)at[i] << 8 | at[i + 1];
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < string->len) {
            code = 0x10000 + ((code - 0xD800) << 10) + ((uint32_t)at[i + 2] << 8 | at[i + 3]) - 0xDC00;
            i += 2;
        }
        size_t bytes = utf8_encode(code, out + len);
        if (bytes == 0)
            bytes = utf8_encode(0xFFFD, out + len);
        len += bytes;
    }
    out[len] = '\0';
    return out;
}

void file_tree(PdfFile *file, const Node *node, const char *kind, int depth, TreeLeaves *out)
{
    node = file_resolve(file, node);
    const Node *leaves = file_get(file, node, kind), *kids = file_get(file, node, "Kids");
    for (size_t i = 0; node_is(leaves, NODE_ARRAY) && i < leaves->count; i++)
        *array_push(file->arena, out) = leaves->items[i];
    for (size_t i = 0; depth < TREE_DEPTH && node_is(kids, NODE_ARRAY) && i < kids->count; i++)
        file_tree(file, kids->items[i], kind, depth + 1, out);
}

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static uint32_t field(const unsigned char *at, size_t width)
{
    uint32_t value = 0;
    for (size_t i = 0; i < width; i++)
        value = value << 8 | at[i];
    return value;
}

/* Our files have one cross-reference stream over all objects, rows of 1, 4 and 1 bytes. */
static bool xref_open(PdfFile *file, size_t offset)
{
    Lexer lexer = {file->bytes, file->len, offset, file->arena, &file->node_budget, 0};
    Node *number = node_read(&lexer);
    if (!node_is(number, NODE_NUMBER) || number->number < 0 || number->number > (double)OBJECTS_MAX)
        return false;
    const Node *xref = object_at(file, offset, (uint32_t)number->number);
    const Node *size = node_get(xref, "Size"), *widths = node_get(xref, "W");
    size_t len;
    const unsigned char *rows = (const unsigned char *)file_stream(file, xref, &len);
    if (!node_named(node_get(xref, "Type"), "XRef") || !rows || !node_is(size, NODE_NUMBER) || node_get(xref, "Prev") ||
        !node_is(widths, NODE_ARRAY) || widths->count != 3 || widths->items[0]->number != 1 ||
        widths->items[1]->number != 4 || widths->items[2]->number != 1)
        return false;
    file->count = len / 6;
    if (size->number != (double)file->count || file->count > OBJECTS_MAX)
        return false;
    file->entries = arena_array_of(file->arena, FileEntry, file->count);
    file->packed = arena_array_of(file->arena, PackedStream, file->count);
    for (size_t i = 0; i < file->count; i++) {
        file->entries[i].kind = rows[6 * i];
        file->entries[i].place = field(rows + 6 * i + 1, 4);
        file->entries[i].index = rows[6 * i + 5];
    }
    file->trailer = xref;
    file->root = file_get(file, xref, "Root");
    file->info = file_get(file, xref, "Info");
    return node_is(file->root, NODE_DICT) && node_is(file->info, NODE_DICT);
}

typedef struct PageWalk {
    ARRAY(const Node *) pages;
    ARRAY(uint32_t) refs;
} PageWalk;

static bool pages_walk(PdfFile *file, const Node *ref, int depth, PageWalk *walk)
{
    const Node *node = file_resolve(file, ref), *kids = file_get(file, node, "Kids");
    if (!node_is(ref, NODE_REF) || depth > PAGES_DEPTH || walk->pages.count > file->count)
        return false;
    if (node_named(node_get(node, "Type"), "Page")) {
        *array_push(file->arena, &walk->pages) = node;
        *array_push(file->arena, &walk->refs) = (uint32_t)ref->number;
        return true;
    }
    if (!node_is(kids, NODE_ARRAY))
        return false;
    for (size_t i = 0; i < kids->count; i++)
        if (!pages_walk(file, kids->items[i], depth + 1, walk))
            return false;
    return true;
}

bool file_open(PdfFile *file)
{
    static const char START[] = "startxref\n", END[] = "\n%%EOF\n";
    file->node_budget = NODES_MAX;
    file->byte_budget = UNPACKED_MAX;
    if (file->len < HEAD_LEN || memcmp(file->bytes, "%PDF-1.", 7) != 0)
        return false;
    size_t tail = file->len < 60 ? file->len : 60;
    const char *from = file->bytes + file->len - tail, *start = memmem(from, tail, START, sizeof START - 1);
    if (!start || memcmp(file->bytes + file->len - (sizeof END - 1), END, sizeof END - 1) != 0)
        return false;
    size_t offset = 0;
    for (const char *c = start + sizeof START - 1; *c >= '0' && *c <= '9' && offset < file->len; c++)
        offset = offset * 10 + (size_t)(*c - '0');
    if (!xref_open(file, offset))
        return false;
    PageWalk walk = {0};
    const Node *pages = node_get(file->root, "Pages");
    if (!pages_walk(file, pages, 0, &walk))
        return false;
    file->pages = walk.pages.items;
    file->page_refs = walk.refs.items;
    file->page_count = walk.pages.count;
    return true;
}
