/* All notices -> one PDF: each laid out with the page number it begins on, the page lists joined behind the contents.
 */
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/county_int.h"
#include "cli/job.h"
#include "layout/layout.h"
#include "pdf/pdf.h"

/* [bytes] Grows with the county, not with hostile data: each notice came out before. */
#define VOLUME_LIMIT ((size_t)64 << 30)

typedef struct Volume {
    Arena *arena;
    ARRAY(Page) pages;
    ARRAY(const Font *) fonts;
    ARRAY(StructNode) nodes;
    ARRAY(Target) targets;
    ARRAY(Bookmark) bookmarks;
} Volume;

static uint16_t font_index(Volume *volume, const Font *font)
{
    size_t i = 0;
    while (i < volume->fonts.count && volume->fonts.items[i] != font)
        i++;
    if (i == volume->fonts.count)
        *array_push(volume->arena, &volume->fonts) = font;
    return (uint16_t)i;
}

/* A list's node 0 is its document: its children become the volume's. */
static NodeId node_moved(NodeId node, size_t base)
{
    return node == NODE_ARTIFACT ? NODE_ARTIFACT : node == 0 ? 0 : (NodeId)(base + node - 1);
}

static const char *kept(Volume *volume, const char *text)
{
    return text ? arena_strdup(volume->arena, text) : NULL;
}

static void nodes_add(Volume *volume, const PageList *list, size_t base)
{
    for (size_t i = 1; i < list->node_count; i++) {
        StructNode node = list->nodes[i];
        node.parent = node_moved(node.parent, base);
        node.headers = arena_copy(volume->arena, node.headers, node.header_count * sizeof *node.headers);
        for (size_t h = 0; h < node.header_count; h++)
            node.headers[h] = node_moved(node.headers[h], base);
        node.actual_text = kept(volume, node.actual_text);
        node.alternate = kept(volume, node.alternate);
        node.path = NULL; /* paths are those of one notice's data */
        *array_push(volume->arena, &volume->nodes) = node;
    }
}

static void page_add(Volume *volume, const PageList *list, const Page *page, size_t base, size_t targets)
{
    Page *copy = array_push(volume->arena, &volume->pages);
    *copy = *page;
    copy->items = arena_copy(volume->arena, page->items, page->count * sizeof *page->items);
    for (size_t i = 0; i < page->count; i++) {
        Item *item = &copy->items[i];
        item->node = node_moved(item->node, base);
        item->target += targets;
        if (item->kind != ITEM_GLYPHS)
            continue;
        GlyphRun *run = &item->glyphs;
        run->font = font_index(volume, list->fonts[run->font]);
        run->glyphs = arena_copy(volume->arena, run->glyphs, run->count * sizeof *run->glyphs);
        run->text = arena_strndup(volume->arena, run->text, run->text_len);
        run->origin = NULL;
    }
}

static void list_add(Volume *volume, const PageList *list)
{
    size_t base = volume->nodes.count, targets = volume->targets.count, pages = volume->pages.count;
    nodes_add(volume, list, base);
    for (size_t i = 0; i < list->count; i++)
        page_add(volume, list, &list->pages[i], base, targets);
    for (size_t i = 0; i < list->target_count; i++) {
        Target target = list->targets[i];
        target.page += pages;
        target.node = node_moved(target.node, base);
        *array_push(volume->arena, &volume->targets) = target;
    }
    for (size_t i = 0; i < list->bookmark_count; i++) {
        Bookmark bookmark = list->bookmarks[i];
        bookmark.title = kept(volume, bookmark.title);
        bookmark.target += targets;
        *array_push(volume->arena, &volume->bookmarks) = bookmark;
    }
}

/* An empty page, so that the next notice begins on a right-hand one. */
static void blank_add(Volume *volume)
{
    Page last = volume->pages.items[volume->pages.count - 1];
    *array_push(volume->arena, &volume->pages) =
        (Page){.width = last.width, .height = last.height, .items = arena_array_of(volume->arena, Item, 0)};
}

/* The notice laid out with its pages counted from `first`; NULL with findings. */
static const PageList *set_notice(const char *path, int first, bool force, Resources *resources, Arena *arena,
                                  FindingList *findings)
{
    Job job = {.path = path, .force = force, .until = JOB_DOCUMENT};
    JobResult result = job_run(&job, resources, arena, findings);
    if (!result.done)
        return NULL;
    Document document = *result.document;
    document.style.page.first_number = first;
    document.style.contents.entry_count = 0; /* the volume has one for all */
    document.cover_count = 0;
    return layout_document(&document, resources->fonts, arena, findings);
}

/* The contents: front matter without numbers, 9704 counts the text alone. */
static const Document *set_contents(const CountyNotices *notices, const CountyRules *rules, const int *numbers,
                                    Resources *resources, const char *path, Arena *arena, FindingList *findings)
{
    Buffer yaml = county_index_data(notices, rules, numbers);
    const char *name = arena_printf(arena, "%s.yaml", path_stem(arena, path));
    const char *data = path_join(arena, path_folder(arena, path), name);
    bool good = county_file_write(data, &yaml, findings);
    buffer_release(&yaml);
    Resources own = *resources;
    own.pack_override = NULL;
    Job job = {.path = data, .until = JOB_DOCUMENT};
    return good ? job_run(&job, &own, arena, findings).document : NULL;
}

/* Where the contents show a notice's number there is a link to its first page; the rows are told by their paths. */
static void links_add(Volume *volume, const PageList *contents, const size_t *first_targets, size_t count)
{
    size_t row = 0;
    const char *last = NULL;
    for (size_t p = 0; p < contents->count; p++) {
        const Page *page = &contents->pages[p];
        for (size_t i = 0; i < page->count && row <= count; i++) {
            const Item *item = &page->items[i];
            const char *path = item->kind == ITEM_GLYPHS && item->glyphs.origin ? item->glyphs.origin->path : NULL;
            if (!path || !text_ends_with(path, "/页码"))
                continue;
            if (!last || !text_equal(last, path))
                row++;
            last = path;
            if (row > count)
                break;
            Page *copy = &volume->pages.items[p];
            Item *items = arena_array_of(volume->arena, Item, copy->count + 1);
            memcpy(items, copy->items, copy->count * sizeof *items);
            Length height = item->glyphs.size;
            NodeId link = (NodeId)volume->nodes.count;
            NodeId cell = items[i].node;
            *array_push(volume->arena, &volume->nodes) =
                (StructNode){.parent = cell, .role = ROLE_LINK, .row_span = 1, .col_span = 1};
            items[i].node = link;
            items[copy->count] = (Item){.kind = ITEM_LINK,
                                        .node = link,
                                        .x = item->x,
                                        .y = item->y - height,
                                        .width = item->glyphs.width,
                                        .height = height + height / 4,
                                        .target = first_targets[row - 1]};
            copy->items = items;
            copy->count++;
        }
    }
}

static PageList *finish(Volume *volume, const Document *contents)
{
    PageList *list = arena_new_of(volume->arena, PageList);
    const char **names = arena_array_of(volume->arena, const char *, volume->fonts.count);
    for (size_t i = 0; i < volume->fonts.count; i++)
        names[i] = font_info(volume->fonts.items[i])->postscript_name;
    *list = (PageList){.pages = volume->pages.items,
                       .count = volume->pages.count,
                       .fonts = volume->fonts.items,
                       .font_names = names,
                       .font_count = volume->fonts.count,
                       .nodes = volume->nodes.items,
                       .node_count = volume->nodes.count,
                       .targets = volume->targets.items,
                       .target_count = volume->targets.count,
                       .bookmarks = volume->bookmarks.items,
                       .bookmark_count = volume->bookmarks.count,
                       .title = contents->title,
                       .author = contents->author,
                       .subject = contents->subject,
                       .keywords = contents->keywords,
                       .language = contents->language};
    return list;
}

static void volume_begin(Volume *volume)
{
    *array_push(volume->arena, &volume->nodes) =
        (StructNode){.parent = NODE_ARTIFACT, .role = ROLE_DOCUMENT, .row_span = 1, .col_span = 1};
}

/* Lays out all notices into `body`; numbers[i] is what notice i begins on. */
static bool set_notices(Volume *body, const CountyNotices *notices, Resources *resources, bool force, int *numbers,
                        FindingList *findings)
{
    for (size_t i = 0; i < notices->count; i++) {
        const ManifestEntry *entry = notices->entries[i];
        if (entry && county_is_replaced(notices, entry))
            continue;
        if (!entry || !entry->done) {
            finding_add(findings, MESSAGE_COUNTY_STOPPED, (Place){0}, NULL, NULL);
            return false;
        }
        if (body->pages.count % 2)
            blank_add(body);
        numbers[i] = (int)body->pages.count + 1;
        Arena *arena = arena_new();
        FindingList ignored; /* told when the notice itself was made */
        finding_list_init(&ignored, arena, findings->language);
        const char *path = notices->root[0] ? path_join(arena, notices->root, notices->files[i]) : notices->files[i];
        const PageList *list = set_notice(path, numbers[i], force, resources, arena, &ignored);
        if (list)
            list_add(body, list);
        else
            finding_add(findings, MESSAGE_COUNTY_STOPPED, (Place){0}, NULL, NULL);
        arena_free(arena);
        if (!list)
            return false;
    }
    return true;
}

/* The contents in front, then the notices, each first page a target. */
static const PageList *bind(Volume *volume, const PageList *front, Volume *body, const Document *contents,
                            const int *numbers, size_t count)
{
    list_add(volume, front);
    if (volume->pages.count % 2)
        blank_add(volume);
    size_t pages = volume->pages.count, row = 0;
    list_add(volume, finish(body, contents));
    size_t *firsts = arena_array_of(volume->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == 0)
            continue;
        firsts[row++] = volume->targets.count;
        *array_push(volume->arena, &volume->targets) = (Target){.page = pages + (size_t)numbers[i] - 1};
    }
    links_add(volume, front, firsts, row);
    PageList *bound = finish(volume, contents);
    bound->front = pages;
    bound->second_color = front->second_color;
    return bound;
}

bool county_volume_write(const CountyNotices *notices, const CountyRules *rules, Resources *resources, bool force,
                         const char *path, FindingList *findings)
{
    if (!rules->index) {
        finding_add(findings, MESSAGE_COUNTY_PACK, (Place){0}, NULL, NULL);
        return false;
    }
    Arena *arena = arena_new();
    arena_set_limit(arena, VOLUME_LIMIT);
    Volume body = {.arena = arena}, volume = {.arena = arena};
    volume_begin(&body);
    volume_begin(&volume);
    int *numbers = arena_array_of(arena, int, notices->count);
    const Document *contents = NULL;
    const PageList *front = NULL;
    Buffer pdf = {0};
    if (set_notices(&body, notices, resources, force, numbers, findings))
        contents = set_contents(notices, rules, numbers, resources, path, arena, findings);
    if (contents) {
        Document document = *contents;
        document.style.page.folio = NULL;
        document.style.contents.entry_count = 0;
        document.cover_count = 0;
        front = layout_document(&document, resources->fonts, arena, findings);
    }
    bool good = front != NULL;
    if (good) {
        PdfOptions options = {.producer = "gongkai " GONGKAI_VERSION};
        good = pdf_write(bind(&volume, front, &body, contents, numbers, notices->count), &options, arena, &pdf,
                         findings) &&
               county_file_write(path, &pdf, findings);
    }
    buffer_release(&pdf);
    arena_free(arena);
    return good;
}
