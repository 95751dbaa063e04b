/* Names of data files, or what stands in them -> names of output files that are safe everywhere and all different. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"
#include "data/data.h"

#define NAME_BYTES 200 /* of 255: leaves room for "-press.pdf" and for a mark that tells likes apart */
#define MARK_BYTES 9   /* "-" and eight digits */

/* What no file name may hold on some system, or what a person cannot see. */
static bool is_harmful(uint32_t code)
{
    return code_visible(code) != code || (code < 0x80 && strchr("/\\:*?\"<>|", (int)code));
}

/* CON, NUL, COM1 and the like are devices on Windows, with any extension. */
static bool is_device(const char *name)
{
    static const char *const NAMES[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
    size_t len = strcspn(name, ".");
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strlen(NAMES[i]) == len && strncasecmp(name, NAMES[i], len) == 0)
            return true;
    return len == 4 && (strncasecmp(name, "com", 3) == 0 || strncasecmp(name, "lpt", 3) == 0) && name[3] >= '0' &&
           name[3] <= '9';
}

static void mark_append(Buffer *name, const char *text)
{
    char hex[SHA256_HEX];
    sha256_hex_of(text, strlen(text), hex);
    buffer_printf(name, "-%.*s", MARK_BYTES - 1, hex);
}

const char *batch_safe_name(const char *text, Arena *arena)
{
    size_t len;
    const char *normal = utf8_valid_prefix(text, strlen(text)) == strlen(text)
                             ? text_nfc(arena, text, strlen(text), &len)
                             : (len = strlen(text), text);
    Buffer name = {0};
    bool cut = false;
    for (size_t at = 0, size; at < len && !cut; at += size ? size : 1) {
        uint32_t code = 0xFFFD;
        char bytes[4];
        size = utf8_decode(normal + at, len - at, &code);
        if (size == 0 || is_harmful(code) || (name.len == 0 && (code == '.' || code == ' ' || code == '-')))
            code = '_'; /* a leading - is taken for an option, a leading . hides the file */
        size_t wide = utf8_encode(code, bytes);
        cut = name.len + wide > NAME_BYTES - MARK_BYTES;
        if (!cut)
            buffer_append(&name, bytes, wide);
    }
    while (name.len > 0 && (name.bytes[name.len - 1] == '.' || name.bytes[name.len - 1] == ' '))
        name.len--; /* Windows drops them */
    if (name.len == 0)
        buffer_text(&name, "_");
    if (cut)
        mark_append(&name, text);
    const char *safe = arena_strndup(arena, name.bytes, name.len);
    buffer_release(&name);
    return is_device(safe) ? arena_printf(arena, "_%s", safe) : safe;
}

/* ---- out of the data --------------------------------------------------------------------------------------------- */

/* The plain or quoted text behind "KEY:" at the left edge; NULL when there is none on one line. The YAML reader, which
 * knows all ways to write it, would take a worker's time for each notice before the first worker starts. */
static const char *scalar_on_line(const char *at, const char *end, Arena *arena)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (at == end || strchr("|>&*!{[%@`#", *at))
        return NULL;
    char quote = *at == '"' || *at == '\'' ? *at : '\0';
    const char *stop = quote ? memchr(at + 1, quote, (size_t)(end - at - 1)) : end;
    if (quote) {
        bool plain = stop && !memchr(at, '\\', (size_t)(stop - at)) && (stop + 1 == end || stop[1] != quote);
        return plain ? arena_strndup(arena, at + 1, (size_t)(stop - at - 1)) : NULL;
    }
    const char *comment = memmem(at, (size_t)(end - at), " #", 2);
    stop = comment ? comment : end;
    while (stop > at && (stop[-1] == ' ' || stop[-1] == '\t' || stop[-1] == '\r'))
        stop--;
    return arena_strndup(arena, at, (size_t)(stop - at));
}

const char *batch_name_in(const char *bytes, size_t len, const char *key, Arena *arena)
{
    size_t key_len = strlen(key);
    const char *end = bytes + len;
    for (const char *line = bytes, *next; line < end; line = next + 1) {
        next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next : end;
        const char *at = line == bytes && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0 ? line + 3 : line;
        if ((size_t)(next - at) <= key_len || memcmp(at, key, key_len) != 0 || at[key_len] != ':')
            continue;
        bool goes_on = next + 1 < end && (next[1] == ' ' || next[1] == '\t');
        const char *text = goes_on ? NULL : scalar_on_line(at + key_len + 1, next, arena);
        return text && text[0] ? text : NULL;
    }
    return NULL;
}

/* The stem of an item's output before it is made safe. */
static const char *wanted_name(const BatchItem *item, const char *key, Arena *arena)
{
    const char *found = NULL;
    if (key) {
        Arena *scratch = arena_new();
        char *bytes;
        size_t len;
        if (file_read(scratch, item->path, YAML_LIMITS_DEFAULT.bytes, &bytes, &len) == FILE_OK)
            found = batch_name_in(bytes, len, key, arena);
        arena_free(scratch);
    }
    return found ? found : path_stem(arena, item->file);
}

/* ---- all different ----------------------------------------------------------------------------------------------- */

typedef struct Named {
    BatchItem *item;
    const char *folded; /* as a file system that minds neither case nor composition sees it */
} Named;

static int compare_names(const void *a, const void *b)
{
    const Named *left = a, *right = b;
    int order = strcmp(left->folded, right->folded);
    return order ? order : strcmp(left->item->file, right->item->file);
}

/* Small letters of ASCII and full-width ones; names are NFC already. */
static const char *fold(const char *name, Arena *arena)
{
    char *folded = arena_strdup(arena, name);
    for (char *at = folded; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 'a' - 'A');
    return folded;
}

static bool is_reserved(const char *folded)
{
    return text_equal(folded, BATCH_INDEX_STEM) || text_equal(folded, BATCH_VOLUME);
}

/* NAME-press.pdf stands beside NAME.pdf. */
static bool ends_as_press(const char *folded)
{
    return text_ends_with(folded, "-press");
}

const char *batch_press_name(const char *output, Arena *arena)
{
    return arena_printf(arena, "%s-press.pdf", path_stem(arena, output));
}

void batch_names_assign(BatchList *list, const char *key, Arena *arena)
{
    size_t count = list->items.count;
    Named *names = arena_array_of(arena, Named, count);
    for (size_t i = 0; i < count; i++) {
        BatchItem *item = &list->items.items[i];
        item->output = batch_safe_name(wanted_name(item, key, arena), arena);
        names[i] = (Named){item, fold(item->output, arena)};
    }
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++) {
        bool like = (i > 0 && text_equal(names[i].folded, names[i - 1].folded)) ||
                    (i + 1 < count && text_equal(names[i].folded, names[i + 1].folded));
        const char *name = names[i].item->output;
        if (like || is_reserved(names[i].folded) || ends_as_press(names[i].folded)) {
            Buffer marked = {0};
            buffer_text(&marked, name);
            mark_append(&marked, names[i].item->file);
            name = arena_strndup(arena, marked.bytes, marked.len);
            buffer_release(&marked);
        }
        names[i].item->output = arena_printf(arena, "%s.pdf", name);
    }
}
