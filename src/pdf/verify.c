/* A file of ours -> a report of what it says, and a finding for each thing that is not as it claims. */
#include <string.h>

#include "base/text.h"
#include "pdf/read_int.h"

#define OUTLINE_MAX 100000

const char *pdf_page_words(size_t page, Language language, Arena *arena)
{
    return arena_printf(arena, language == LANGUAGE_ZH ? "第 %zu 页" : ", page %zu", page);
}

void verify_fault(PdfFile *file, MessageId id, size_t page, const char *what)
{
    const char *where = page > 0 ? pdf_page_words(page, file->findings->language, file->arena) : "";
    finding_add(file->findings, id, (Place){0}, NULL, file->name, where, what, NULL);
}

const ReadFont *verify_font(Verify *verify, uint32_t ref)
{
    for (size_t i = 0; i < verify->fonts.count; i++)
        if (verify->fonts.items[i] && verify->fonts.items[i]->ref == ref)
            return verify->fonts.items[i];
    const ReadFont *font = read_font(&verify->file, ref);
    if (font)
        *array_push(verify->file.arena, &verify->fonts) = font;
    return font;
}

/* ---- boxes ---------------------------------------------------------------------------------------------------------
 */

static bool box_read(PdfFile *file, const Node *page, const char *key, double box[4])
{
    const Node *array = file_get(file, page, key);
    for (size_t i = 0; i < 4; i++) {
        if (!node_is(array, NODE_ARRAY) || array->count != 4 || array->items[i]->kind != NODE_NUMBER)
            return false;
        box[i] = array->items[i]->number;
    }
    return box[0] < box[2] && box[1] < box[3];
}

static bool box_within(const double inner[4], const double outer[4])
{
    return inner[0] >= outer[0] - 0.001 && inner[1] >= outer[1] - 0.001 && inner[2] <= outer[2] + 0.001 &&
           inner[3] <= outer[3] + 0.001;
}

static void boxes_check(Verify *verify, size_t index)
{
    PdfFile *file = &verify->file;
    const Node *page = file->pages[index];
    double media[4], bleed[4], trim[4];
    bool good =
        box_read(file, page, "MediaBox", media) && box_read(file, page, "TrimBox", trim) && box_within(trim, media);
    if (verify->report->press)
        good = good && box_read(file, page, "BleedBox", bleed) && box_within(trim, bleed) && box_within(bleed, media) &&
               !node_get(page, "Annots");
    if (!good)
        verify_fault(file, MESSAGE_VERIFY_BOX, index + 1, "TrimBox");
    const Node *annotations = file_get(file, page, "Annots");
    for (size_t i = 0; node_is(annotations, NODE_ARRAY) && i < annotations->count; i++) {
        const Node *link = file_resolve(file, annotations->items[i]);
        verify->annotations++;
        if (!node_named(node_get(link, "Subtype"), "Link") || !file_text(file, node_get(link, "Contents")) ||
            !node_get(link, "StructParent"))
            verify_fault(file, MESSAGE_VERIFY_TAG, index + 1, "Link");
    }
}

/* ---- bookmarks -----------------------------------------------------------------------------------------------------
 */

static bool text_whole(const char *text)
{
    return text && *text && !strstr(text, "\xEF\xBF\xBD");
}

/* Items of one level and all below; what goes round is stopped by the count. */
static void outline_walk(Verify *verify, const Node *item, int depth)
{
    PdfFile *file = &verify->file;
    for (; node_is(item, NODE_DICT) && depth < 32; item = file_get(file, item, "Next")) {
        const char *title = file_text(file, node_get(item, "Title"));
        const Node *to = file_get(file, item, "Dest");
        bool lands = false;
        for (size_t i = 0; node_is(to, NODE_ARRAY) && to->count > 0 && i < file->page_count; i++)
            lands = lands || (to->items[0]->kind == NODE_REF && to->items[0]->number == file->page_refs[i]);
        if (++verify->report->bookmarks > OUTLINE_MAX)
            return;
        if (!text_whole(title) || !lands)
            verify_fault(file, MESSAGE_VERIFY_BOOKMARK, 0, title ? title : "Title");
        outline_walk(verify, file_get(file, item, "First"), depth + 1);
    }
}

/* Each heading of the outline stands in the text: nothing of it was lost on the way. */
static void outline_compare(Verify *verify, const Node *item, int depth, const char *text)
{
    PdfFile *file = &verify->file;
    for (size_t i = 0; node_is(item, NODE_DICT) && depth < 32 && i < OUTLINE_MAX;
         i++, item = file_get(file, item, "Next")) {
        const char *title = file_text(file, node_get(item, "Title"));
        if (title && *title && !strstr(text, title))
            verify_fault(file, MESSAGE_VERIFY_BOOKMARK, 0, title);
        outline_compare(verify, file_get(file, item, "First"), depth + 1, text);
    }
}

/* ---- the whole -----------------------------------------------------------------------------------------------------
 */

static void contents_check(Verify *verify)
{
    PdfFile *file = &verify->file;
    const Node *outlines = file_get(file, file->root, "Outlines"), *first = file_get(file, outlines, "First");
    for (size_t i = 0; i < file->page_count; i++) {
        boxes_check(verify, i);
        read_page(verify, i);
    }
    verify_structure(verify);
    outline_walk(verify, first, 0);
    buffer_append(&verify->text, "", 1);
    verify->report->text = arena_strdup(file->arena, verify->text.bytes);
    if (node_get(file->root, "StructTreeRoot"))
        outline_compare(verify, first, 0, verify->report->text);
    verify_attachments(verify);
}

PdfReport pdf_verify(const void *bytes, size_t len, const char *name, Arena *arena, FindingList *findings)
{
    PdfReport report = {0};
    Verify verify = {.report = &report};
    verify.file = (PdfFile){.bytes = bytes, .len = len, .name = name, .arena = arena, .findings = findings};
    if (!file_open(&verify.file)) {
        verify_fault(&verify.file, MESSAGE_VERIFY_FOREIGN, 0, "");
        return report;
    }
    report.readable = true;
    report.pages = verify.file.page_count;
    verify.pages = arena_array_of(arena, ReadPage, verify.file.page_count);
    verify_metadata(&verify);
    contents_check(&verify);
    report.fonts = verify.fonts.count;
    for (size_t p = 0; p < verify.file.page_count; p++)
        for (size_t m = 0; m < verify.pages[p].mark_count; m++)
            buffer_release(&verify.pages[p].marks[m].text);
    buffer_release(&verify.text);
    return report;
}
