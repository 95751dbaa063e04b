/* Names of data files -> names of output files that are safe everywhere and all different. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"

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

void batch_names_assign(BatchList *list, Arena *arena)
{
    size_t count = list->items.count;
    Named *names = arena_array_of(arena, Named, count);
    for (size_t i = 0; i < count; i++) {
        BatchItem *item = &list->items.items[i];
        item->output = batch_safe_name(path_stem(arena, item->file), arena);
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
