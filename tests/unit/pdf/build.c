/* Calls of the tests -> a PageList, as layout would make it. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "pdf_tests.h"

#define FONT_FOLDER "fonts"

bool fonts_present(void)
{
    static const char *const FILES[] = {"FandolFang-Regular.otf", "NotoSerifCJK-Bold.ttc",
                                        "LiberationSerif-Regular.ttf", "BabelStoneHan.ttf"};
    char path[100];
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        snprintf(path, sizeof path, FONT_FOLDER "/%s", FILES[i]);
        if (!file_exists(path)) {
            printf("skipped: no %s\n", path);
            return false;
        }
    }
    return true;
}

Build *build_new(void)
{
    static const char *const FOLDERS[] = {FONT_FOLDER};
    Arena *arena = arena_new();
    Build *build = arena_new_of(arena, Build);
    build->arena = arena;
    build->fonts = font_set_new(FOLDERS, 1);
    finding_list_init(&build->findings, arena, LANGUAGE_EN);
    build->list.language = "zh-CN";
    return build;
}

void build_free(Build *build)
{
    font_set_free(build->fonts);
    arena_free(build->arena);
}

uint16_t build_font(Build *build, const char *file, int index)
{
    Place nowhere = {0};
    const Font *font = font_open(build->fonts, file, index, nowhere, &build->findings);
    ck_assert_ptr_nonnull(font);
    *array_push(build->arena, &build->font_items) = font;
    return (uint16_t)(build->font_items.count - 1);
}

static void page_end(Build *build)
{
    if (build->pages.count == 0)
        return;
    Page *page = &build->pages.items[build->pages.count - 1];
    page->items = build->items.items;
    page->count = build->items.count;
    memset(&build->items, 0, sizeof build->items);
}

Page *build_page(Build *build)
{
    page_end(build);
    Page *page = array_push(build->arena, &build->pages);
    page->number = (int)build->pages.count;
    page->width = LENGTH_MM(210);
    page->height = LENGTH_MM(297);
    return page;
}

NodeId build_node(Build *build, NodeId parent, Role role)
{
    StructNode *node = array_push(build->arena, &build->nodes);
    node->parent = parent;
    node->role = role;
    node->level = role == ROLE_HEADING;
    node->row_span = node->col_span = 1;
    return (NodeId)(build->nodes.count - 1);
}

Item *build_item(Build *build)
{
    Item *item = array_push(build->arena, &build->items);
    item->node = NODE_ARTIFACT;
    return item;
}

Item *build_text(Build *build, uint16_t font, Length size, Length x, Length y, Length gap, NodeId node,
                 const char *text)
{
    size_t len = strlen(text), count = utf8_count(text, len);
    Glyph *glyphs = arena_array_of(build->arena, Glyph, count);
    Length at = 0;
    for (size_t i = 0, offset = 0; i < count; i++) {
        uint32_t code;
        size_t bytes = utf8_decode(text + offset, len - offset, &code);
        glyphs[i].id = font_glyph(build->font_items.items[font], code);
        ck_assert_msg(glyphs[i].id != 0, "U+%04X is not in the font", code);
        glyphs[i].x = at;
        glyphs[i].text_at = (uint32_t)offset;
        glyphs[i].text_len = (uint16_t)bytes;
        at += font_advance(build->font_items.items[font], glyphs[i].id, size) + gap;
        offset += bytes;
    }
    Item *item = build_item(build);
    GlyphRun run = {.font = font,
                    .size = size,
                    .width = at,
                    .glyphs = glyphs,
                    .count = count,
                    .text = arena_strdup(build->arena, text),
                    .text_len = len};
    item->node = node;
    item->x = x;
    item->y = y;
    item->glyphs = run;
    return item;
}

Item *build_shaped(Build *build, uint16_t font, Length size, Length x, Length y, NodeId node, const char *text)
{
    ShapedRun shaped = font_shape(build->font_items.items[font], text, strlen(text), size, build->arena);
    Item *item = build_item(build);
    GlyphRun run = {.font = font,
                    .size = size,
                    .width = shaped.width,
                    .glyphs = shaped.glyphs,
                    .count = shaped.count,
                    .text = text,
                    .text_len = strlen(text)};
    item->node = node;
    item->x = x;
    item->y = y;
    item->glyphs = run;
    return item;
}

Item *build_rule(Build *build, Length x, Length y, Length width, Length height)
{
    Item *item = build_item(build);
    item->kind = ITEM_RULE;
    item->x = x;
    item->y = y;
    item->width = width;
    item->height = height;
    return item;
}

size_t build_target(Build *build, size_t page, Length x, Length y, NodeId node)
{
    Target *target = array_push(build->arena, &build->targets);
    target->page = page;
    target->x = x;
    target->y = y;
    target->node = node;
    return build->targets.count - 1;
}

void build_bookmark(Build *build, int level, const char *title, size_t target)
{
    Bookmark *bookmark = array_push(build->arena, &build->bookmarks);
    bookmark->level = level;
    bookmark->title = title;
    bookmark->target = target;
}

const PageList *build_finish(Build *build)
{
    PageList *list = &build->list;
    page_end(build);
    list->pages = build->pages.items;
    list->count = build->pages.count;
    list->fonts = build->font_items.items;
    list->font_count = build->font_items.count;
    list->nodes = build->nodes.items;
    list->node_count = build->nodes.count;
    list->targets = build->targets.items;
    list->target_count = build->targets.count;
    list->bookmarks = build->bookmarks.items;
    list->bookmark_count = build->bookmarks.count;
    return list;
}

Buffer build_write(Build *build, PdfOptions options)
{
    Buffer file = {0};
    if (!options.producer)
        options.producer = "gongkai test";
    bool written = pdf_write(&build->list, &options, build->arena, &file, &build->findings);
    for (size_t i = 0; i < build->findings.count; i++)
        finding_print(&build->findings, build->findings.items[i], stderr, false);
    ck_assert(written);
    ck_assert_uint_eq(build->findings.errors, 0);
    return file;
}
