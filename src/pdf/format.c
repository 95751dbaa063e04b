/* Numbers, names, strings and trees -> PDF syntax. */
#include <string.h>

#include "base/text.h"
#include "pdf/pdf_int.h"

static const char HEX[] = "0123456789ABCDEF";

#define DIGITS_MAX 32

/* The last `len` of DIGITS_MAX bytes, which as many may be read past. */
static void digits_put(Buffer *out, const char *digits, size_t len)
{
    memcpy(buffer_room(out, DIGITS_MAX), digits + DIGITS_MAX - len, DIGITS_MAX);
    out->len += len;
}

void pdf_put_int(Buffer *out, int64_t value)
{
    pdf_put_fixed(out, value, 0);
}

void pdf_put_fixed(Buffer *out, int64_t value, int places)
{
    char digits[2 * DIGITS_MAX];
    size_t at = DIGITS_MAX;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (; places > 0 && rest % 10 == 0; places--)
        rest /= 10;
    if (places > 0) {
        for (; places > 0; places--, rest /= 10)
            digits[--at] = (char)('0' + rest % 10);
        digits[--at] = '.';
    }
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    digits_put(out, digits, DIGITS_MAX - at);
}

void pdf_put_e4(Buffer *out, int64_t e4)
{
    pdf_put_fixed(out, e4, 4);
}

void pdf_put_ref(Buffer *out, uint32_t ref)
{
    pdf_put_int(out, ref);
    pdf_put(out, " 0 R");
}

void pdf_put_box(Buffer *out, Length page_height, Length x, Length y, Length width, Length height)
{
    pdf_put_char(out, '[');
    pdf_put_e4(out, pdf_e4(x));
    pdf_put_char(out, ' ');
    pdf_put_e4(out, pdf_e4(page_height - y - height));
    pdf_put_char(out, ' ');
    pdf_put_e4(out, pdf_e4(x + width));
    pdf_put_char(out, ' ');
    pdf_put_e4(out, pdf_e4(page_height - y));
    pdf_put_char(out, ']');
}

void pdf_put_hex(Buffer *out, unsigned value, int digits)
{
    char *at = buffer_room(out, (size_t)digits);
    out->len += (size_t)digits;
    while (digits-- > 0)
        *at++ = HEX[value >> (4 * digits) & 15];
}

/* ISO 32000-1 7.3.5: regular characters stand as they are, the rest as #xx. */
void pdf_put_name(Buffer *out, const char *name)
{
    pdf_put_char(out, '/');
    for (size_t i = 0; name[i] && i < 127; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c > 0x20 && c < 0x7F && !strchr("()<>[]{}/%#", c)) {
            pdf_put_char(out, (char)c);
        } else {
            pdf_put_char(out, '#');
            pdf_put_hex(out, c, 2);
        }
    }
}

static bool text_is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 || (unsigned char)text[i] > 0x7E)
            return false;
    return true;
}

void pdf_put_utf16_hex(Buffer *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t bytes = utf8_decode(text + at, len - at, &code);
        if (bytes == 0) {
            code = 0xFFFD;
            bytes = 1;
        }
        at += bytes;
        if (code > 0xFFFF) {
            pdf_put_hex(out, 0xD800 + ((code - 0x10000) >> 10), 4);
            code = 0xDC00 + ((code - 0x10000) & 0x3FF);
        }
        pdf_put_hex(out, code, 4);
    }
}

/* A string has at most 32,767 bytes (ISO 19005-3 6.1.13): UTF-16 with its mark. */
#define TEXT_UNITS_MAX ((32767 - 2) / 2)

static void literal_put(Buffer *out, const unsigned char *bytes, size_t len)
{
    char *start = buffer_room(out, 2 * len + 2), *at = start;
    *at++ = '(';
    for (size_t i = 0; i < len; i++) {
        unsigned char c = bytes[i];
        if (c == '(' || c == ')' || c == '\\' || c == '\r')
            *at++ = '\\';
        *at++ = c == '\r' ? 'r' : (char)c; /* else read as a line feed, 7.3.4.2 */
    }
    *at++ = ')';
    out->len += (size_t)(at - start);
}

void pdf_put_string(Buffer *out, const unsigned char *bytes, size_t len)
{
    size_t escapes = 0;
    for (size_t i = 0; i < len; i++)
        escapes += bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\' || bytes[i] == '\r';
    if (escapes < len) {
        literal_put(out, bytes, len);
        return;
    }
    pdf_put_char(out, '<');
    for (size_t i = 0; i < len; i++)
        pdf_put_hex(out, bytes[i], 2);
    pdf_put_char(out, '>');
}

size_t pdf_text_fitting(const char *text, size_t len)
{
    size_t at = 0, units = 0;
    while (at < len) {
        uint32_t code;
        size_t bytes = utf8_decode(text + at, len - at, &code);
        bytes = bytes == 0 ? 1 : bytes;
        units += bytes == 4 ? 2 : 1;
        if (units > TEXT_UNITS_MAX)
            break;
        at += bytes;
    }
    return at;
}

void pdf_put_text(Buffer *out, const char *text, size_t len)
{
    len = pdf_text_fitting(text, len);
    if (text_is_ascii(text, len)) {
        literal_put(out, (const unsigned char *)text, len);
        return;
    }
    pdf_put(out, "<FEFF");
    pdf_put_utf16_hex(out, text, len);
    pdf_put_char(out, '>');
}

/* ---- name and number trees ----------------------------------------------------------------------------------------
 */

#define TREE_FAN 64

typedef struct TreeNode {
    const char *first, *last;
    uint32_t ref;
} TreeNode;

static void leaf_put(Buffer *out, const char *kind, const PdfTreeEntry *entries, size_t count)
{
    pdf_put_char(out, '/');
    pdf_put(out, kind);
    pdf_put_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        pdf_put(out, entries[i].limit);
        pdf_put_char(out, ' ');
        pdf_put(out, entries[i].value);
        pdf_put_char(out, i + 1 < count ? '\n' : ']');
    }
    if (count == 0)
        pdf_put_char(out, ']');
}

static void kids_put(Buffer *out, const TreeNode *nodes, size_t count)
{
    pdf_put(out, "/Kids[");
    for (size_t i = 0; i < count; i++) {
        pdf_put_ref(out, nodes[i].ref);
        pdf_put_char(out, i + 1 < count ? ' ' : ']');
    }
}

/* Finishes the node whose entries stand in the scratch buffer. */
static TreeNode node_finish(PdfWriter *writer, const char *first, const char *last)
{
    TreeNode node = {first, last, 0};
    pdf_put(&writer->scratch, "/Limits[");
    pdf_put(&writer->scratch, first);
    pdf_put_char(&writer->scratch, ' ');
    pdf_put(&writer->scratch, last);
    pdf_put_char(&writer->scratch, ']');
    PdfObject *object = pdf_object_new(writer);
    pdf_object_finish(writer, object);
    node.ref = object->ref;
    return node;
}

void pdf_put_tree(PdfWriter *writer, Buffer *out, const char *kind, const PdfTreeEntry *entries, size_t count)
{
    if (count <= TREE_FAN) {
        leaf_put(out, kind, entries, count);
        return;
    }
    size_t node_count = (count + TREE_FAN - 1) / TREE_FAN;
    TreeNode *nodes = arena_array_of(writer->arena, TreeNode, node_count);
    for (size_t i = 0; i < node_count; i++) {
        const PdfTreeEntry *part = entries + i * TREE_FAN;
        size_t part_count = i + 1 < node_count ? TREE_FAN : count - i * TREE_FAN;
        leaf_put(&writer->scratch, kind, part, part_count);
        nodes[i] = node_finish(writer, part[0].limit, part[part_count - 1].limit);
    }
    while (node_count > TREE_FAN) {
        size_t above = (node_count + TREE_FAN - 1) / TREE_FAN;
        for (size_t i = 0; i < above; i++) {
            size_t from = i * TREE_FAN, part_count = i + 1 < above ? TREE_FAN : node_count - from;
            kids_put(&writer->scratch, nodes + from, part_count);
            nodes[i] = node_finish(writer, nodes[from].first, nodes[from + part_count - 1].last);
        }
        node_count = above;
    }
    kids_put(out, nodes, node_count);
}
