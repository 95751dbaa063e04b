/* style.yaml -> page, font roles, paragraph and table styles, the rules that pick a heading's style. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "template/template_int.h"

typedef struct Loader {
    StyleSheet *sheet;
    Arena *arena;
    FindingList *findings;
    bool ok;
} Loader;

static void fail(Loader *loader, MessageId id, const Value *value, const char *what)
{
    finding_add(loader->findings, id, value->place, value->path, what, NULL);
    loader->ok = false;
}

/* ---- lengths: "156mm", "10.5pt", "2字", "1行", "三号", "小五", "3号" ------------------------------------------------
 */

#define CODE_CELL  0x5B57 /* 字: a cell of the page's grid */
#define CODE_LINE  0x884C /* 行: a line of it */
#define CODE_SIZE  0x53F7 /* 号 */
#define CODE_SMALL 0x5C0F /* 小 */

/* 字号 in half points: the full size and the 小 size of 初 一 二 三 四 五 六 七 八 (0: no such size). */
static const struct {
    uint16_t code;
    uint8_t full, small;
} SIZES[] = {{0x521D, 84, 72}, {0x4E00, 52, 48}, {0x4E8C, 44, 36}, {0x4E09, 32, 30}, {0x56DB, 28, 24},
             {0x4E94, 21, 18}, {0x516D, 15, 13}, {0x4E03, 11, 0},  {0x516B, 10, 0}};

/* 三号, 3号, 小五, 小五号. 0 when it is none. */
static Length named_size(const char *text, size_t len)
{
    uint32_t codes[3] = {0};
    size_t count = 0;
    for (size_t at = 0; at < len; count++) {
        size_t bytes = count < 3 ? utf8_decode(text + at, len - at, &codes[count]) : 0;
        if (bytes == 0)
            return 0;
        at += bytes;
    }
    bool small = count > 1 && codes[0] == CODE_SMALL;
    size_t digit = small ? 1 : 0, end = digit + 1;
    if (end < count && codes[end] == CODE_SIZE)
        end++;
    else if (!small)
        return 0;
    if (end != count)
        return 0;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++)
        if (SIZES[i].code == codes[digit] || (i > 0 && codes[digit] == '0' + i))
            return (small ? SIZES[i].small : SIZES[i].full) * LENGTH_PER_PT / 2;
    return 0;
}

/* `text` in the unit its letters name; false when it is no length. 0 needs no unit. */
static bool parse_length(const Loader *loader, const char *text, Length *out)
{
    size_t len = strlen(text), digits = strspn(text, "0123456789.+-");
    if ((*out = named_size(text, len)) > 0)
        return true;
    Decimal number;
    if (digits == 0 || decimal_parse(text, digits, &number) != DECIMAL_OK || llabs(number.micro) > 100000 * DECIMAL_ONE)
        return false;
    const char *unit = text + digits + strspn(text + digits, " ");
    uint32_t code = 0;
    bool single = *unit && utf8_decode(unit, strlen(unit), &code) == strlen(unit);
    Length one = 0;
    if (strcmp(unit, "mm") == 0)
        one = LENGTH_PER_MM;
    else if (strcmp(unit, "pt") == 0)
        one = LENGTH_PER_PT;
    else if (single && code == CODE_CELL)
        one = loader->sheet->document.page.cell;
    else if (single && code == CODE_LINE)
        one = loader->sheet->document.page.pitch;
    if (one == 0 && number.micro != 0)
        return false;
    *out = length_scale(number.micro, one, DECIMAL_ONE);
    return true;
}

/* map[key] into *out when it is there. */
static void read_length(Loader *loader, const Value *map, const char *key, Length *out)
{
    const Value *value = value_get(map, key);
    if (value && value_text(value) && !parse_length(loader, value_text(value), out))
        fail(loader, MESSAGE_STYLE_LENGTH, value, value_text(value));
}

static void read_int(const Value *map, const char *key, int *out)
{
    Decimal number;
    if (value_number(value_get(map, key), &number))
        *out = (int)(number.micro / DECIMAL_ONE);
}

static void read_bool(const Value *map, const char *key, bool *out)
{
    const Value *value = value_get(map, key);
    if (value && value->reading == READ_BOOLEAN)
        *out = value->boolean;
}

static void read_text(const Value *map, const char *key, const char **out)
{
    const char *text = value_text(value_get(map, key));
    if (text)
        *out = text;
}

static void read_align(const Value *map, Align *out)
{
    static const char *const NAMES[] = {"justify", "left", "center", "right", "decimal"};
    const char *text = value_text(value_get(map, "align"));
    for (size_t i = 0; text && i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(text, NAMES[i]) == 0)
            *out = (Align)i;
}

/* ---- page, fonts ------------------------------------------------------------------------------------------------- */

static void load_page(Loader *loader, const Value *map)
{
    PageStyle *page = &loader->sheet->document.page;
    read_int(map, "columns", &page->columns);
    read_int(map, "lines", &page->lines);
    read_length(loader, map, "width", &page->width);
    read_length(loader, map, "height", &page->height);
    read_length(loader, map, "left", &page->left);
    read_length(loader, map, "top", &page->top);
    read_length(loader, map, "text-width", &page->text_width);
    read_length(loader, map, "text-height", &page->text_height);
    if (page->columns <= 0 || page->lines <= 0 || page->text_width <= 0 || page->text_height <= 0 ||
        page->left + page->text_width > page->width || page->top + page->text_height > page->height) {
        fail(loader, MESSAGE_STYLE_PAGE, map, NULL);
        return;
    }
    page->cell = page->text_width / page->columns;
    /* A line is one character and 7/8 of it (9704 3.2): that closes on 225 mm with 22 lines to 0.05 mm. */
    page->pitch = page->cell * 15 / 8;
}

/* "FandolFang-Regular.otf", "NotoSerifCJK-Bold.ttc#2". */
static FontFile *load_files(Loader *loader, const Value *list, size_t *count)
{
    *count = list && list->kind == VALUE_LIST ? list->count : 0;
    FontFile *files = arena_array_of(loader->arena, FontFile, *count);
    for (size_t i = 0; i < *count; i++) {
        const Value *item = list->items[i];
        const char *text = value_text(item);
        if (!text) {
            fail(loader, MESSAGE_STYLE_FONT_FILE, item, "");
            continue;
        }
        const char *hash = strrchr(text, '#');
        size_t digits = hash ? strspn(hash + 1, "0123456789") : 0;
        files[i] = (FontFile){.path = text, .place = item->place};
        if (hash && digits > 0 && digits <= 4 && hash[1 + digits] == '\0') {
            files[i].path = arena_strndup(loader->arena, text, (size_t)(hash - text));
            for (size_t j = 0; j < digits; j++)
                files[i].index = files[i].index * 10 + (hash[1 + j] - '0');
        }
        if (files[i].path[0] == '\0')
            fail(loader, MESSAGE_STYLE_FONT_FILE, item, text);
    }
    return files;
}

static void load_fonts(Loader *loader, const Value *fonts, const Value *fallback)
{
    StyleSheet *sheet = loader->sheet;
    size_t count = fonts->count;
    sheet->roles = arena_array_of(loader->arena, FontRole, count + 1);
    for (size_t i = 0; i < count; i++) {
        FontRole *role = &sheet->roles[i];
        role->name = fonts->items[i]->key;
        role->han = load_files(loader, value_get(fonts->items[i], "han"), &role->han_count);
        role->latin = load_files(loader, value_get(fonts->items[i], "latin"), &role->latin_count);
    }
    FontRole *last = &sheet->roles[count];
    last->name = "fallback";
    last->han = load_files(loader, fallback, &last->han_count);
    sheet->document.roles = sheet->roles;
    sheet->document.role_count = count;
    sheet->document.fallback = last;
}

static const FontRole *find_role(const StyleSheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->document.role_count; i++)
        if (strcmp(sheet->roles[i].name, name) == 0)
            return &sheet->roles[i];
    return NULL;
}

/* ---- paragraphs, tables ------------------------------------------------------------------------------------------ */

const ParagraphStyle *style_sheet_find(const StyleSheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->paragraph_count; i++)
        if (strcmp(sheet->paragraphs[i].name, name) == 0)
            return &sheet->paragraphs[i];
    return NULL;
}

/* `like` copies a style written above. */
static void load_paragraph(Loader *loader, const Value *map, ParagraphStyle *style)
{
    StyleSheet *sheet = loader->sheet;
    const Value *like = value_get(map, "like"), *font = value_get(map, "font");
    if (value_text(like)) {
        const ParagraphStyle *base = style_sheet_find(sheet, value_text(like));
        if (base)
            *style = *base;
        else
            fail(loader, MESSAGE_STYLE_UNKNOWN, like, value_text(like));
    }
    style->name = map->key;
    if (value_text(font)) {
        style->font = find_role(sheet, value_text(font));
        if (!style->font)
            fail(loader, MESSAGE_STYLE_FONT_ROLE, font, value_text(font));
    }
    read_length(loader, map, "size", &style->size);
    read_length(loader, map, "pitch", &style->pitch);
    read_align(map, &style->align);
    read_length(loader, map, "first-indent", &style->first_indent);
    read_length(loader, map, "left-indent", &style->left_indent);
    read_length(loader, map, "right-indent", &style->right_indent);
    read_int(map, "lines-before", &style->lines_before);
    read_int(map, "lines-after", &style->lines_after);
    read_bool(map, "on-grid", &style->on_grid);
    read_bool(map, "keep-with-next", &style->keep_with_next);
    read_bool(map, "balance", &style->balance);
    if (!style->font && !font && !like)
        fail(loader, MESSAGE_STYLE_INCOMPLETE, map, "font");
    if (style->size <= 0 && !value_get(map, "size"))
        fail(loader, MESSAGE_STYLE_INCOMPLETE, map, "size");
    if (style->pitch <= 0 && !value_get(map, "pitch"))
        fail(loader, MESSAGE_STYLE_INCOMPLETE, map, "pitch");
}

static void load_paragraphs(Loader *loader, const Value *map)
{
    StyleSheet *sheet = loader->sheet;
    sheet->paragraphs = arena_array_of(loader->arena, ParagraphStyle, map->count);
    for (size_t i = 0; i < map->count; i++) {
        load_paragraph(loader, map->items[i], &sheet->paragraphs[i]);
        sheet->paragraph_count = i + 1; /* not before: `like` may not name itself or a later one */
    }
}

static const ParagraphStyle *named_style(Loader *loader, const Value *map, const char *key)
{
    const Value *value = value_get(map, key);
    const char *name = value_text(value);
    const ParagraphStyle *style = name ? style_sheet_find(loader->sheet, name) : NULL;
    if (name && !style)
        fail(loader, MESSAGE_STYLE_UNKNOWN, value, name);
    return style;
}

static void load_tables(Loader *loader, const Value *map)
{
    StyleSheet *sheet = loader->sheet;
    sheet->tables = arena_array_of(loader->arena, TableStyle, map->count);
    sheet->table_count = map->count;
    for (size_t i = 0; i < map->count; i++) {
        const Value *item = map->items[i];
        TableStyle *style = &sheet->tables[i];
        style->name = item->key;
        style->caption = named_style(loader, item, "caption");
        style->lead = named_style(loader, item, "lead");
        style->head = named_style(loader, item, "head");
        style->body = named_style(loader, item, "body");
        style->note = named_style(loader, item, "note");
        style->size_floor = style->body ? style->body->size : 0;
        style->continued = style->continued_bare = "";
        read_length(loader, item, "padding-x", &style->padding_x);
        read_length(loader, item, "padding-y", &style->padding_y);
        read_length(loader, item, "rule-outer", &style->rule_outer);
        read_length(loader, item, "rule-inner", &style->rule_inner);
        read_length(loader, item, "size-floor", &style->size_floor);
        read_bool(item, "turned", &style->turned);
        read_text(item, "continued", &style->continued);
        read_text(item, "continued-bare", &style->continued_bare);
    }
}

/* ---- headings, folio --------------------------------------------------------------------------------------------- */

static void load_headings(Loader *loader, const Value *list)
{
    StyleSheet *sheet = loader->sheet;
    sheet->headings = arena_array_of(loader->arena, HeadingRule, list->count);
    sheet->heading_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const Value *item = list->items[i], *number = value_get(item, "number");
        HeadingRule *rule = &sheet->headings[i];
        rule->any_level = value_get(item, "level") == NULL;
        read_int(item, "level", &rule->level);
        rule->style = named_style(loader, item, "style");
        if (value_text(number) && number_form_match(number->text, number->len, &rule->number, loader->arena) == 0)
            fail(loader, MESSAGE_STYLE_NUMBER_FORM, number, number->text);
    }
}

const ParagraphStyle *style_sheet_heading(const StyleSheet *sheet, int level, const NumberForm *number)
{
    for (size_t i = 0; i < sheet->heading_count; i++) {
        const HeadingRule *rule = &sheet->headings[i];
        if ((rule->any_level || rule->level == level) &&
            (!rule->number.present || number_form_equal(&rule->number, number)))
            return rule->style;
    }
    return NULL;
}

static void load_folio(Loader *loader, const Value *map)
{
    PageStyle *page = &loader->sheet->document.page;
    if (!map)
        return;
    page->folio = named_style(loader, map, "style");
    page->folio_before = page->folio_after = "";
    read_text(map, "before", &page->folio_before);
    read_text(map, "after", &page->folio_after);
    read_length(loader, map, "drop", &page->folio_drop);
    read_length(loader, map, "inset", &page->folio_inset);
}

/* Without it, or with `show: never`, there is no contents page. */
static void load_contents(Loader *loader, const Value *map)
{
    enum { LONG = 40 }; /* pages: what `long` means when `over` does not say */
    ContentsStyle *contents = &loader->sheet->document.contents;
    const char *show = map ? value_text(value_get(map, "show")) : NULL;
    if (!show || strcmp(show, "never") == 0)
        return;
    contents->over_pages = strcmp(show, "always") == 0 ? 0 : LONG;
    if (contents->over_pages > 0)
        read_int(map, "over", &contents->over_pages);
    contents->title = "";
    read_text(map, "title", &contents->title);
    contents->title_style = named_style(loader, map, "title-style");
    const Value *entries = value_get(map, "entries");
    for (size_t i = 0; entries && i < entries->count && i < sizeof contents->entries / sizeof *contents->entries; i++) {
        const Value *entry = entries->items[i];
        contents->entries[i] = value_text(entry) ? style_sheet_find(loader->sheet, value_text(entry)) : NULL;
        if (!contents->entries[i])
            fail(loader, MESSAGE_STYLE_UNKNOWN, entry, value_text(entry) ? value_text(entry) : "");
        contents->entry_count = i + 1;
    }
}

/* Whole numbers of a list that the grammar has counted and bounded. */
static void read_inks(const Value *list, int *inks, size_t count)
{
    for (size_t i = 0; list && i < list->count && i < count; i++) {
        Decimal number;
        if (value_number(list->items[i], &number))
            inks[i] = (int)(number.micro / DECIMAL_ONE);
    }
}

static void load_second_color(Loader *loader, const Value *map)
{
    ColorStyle *color = &loader->sheet->document.second_color;
    if (!map)
        return;
    color->given = true;
    read_inks(value_get(map, "rgb"), color->rgb, sizeof color->rgb / sizeof *color->rgb);
    read_inks(value_get(map, "cmyk"), color->cmyk, sizeof color->cmyk / sizeof *color->cmyk);
}

bool style_sheet_load(const Value *root, StyleSheet *sheet, Arena *arena, FindingList *findings)
{
    Loader loader = {.sheet = sheet, .arena = arena, .findings = findings, .ok = true};
    load_page(&loader, value_get(root, "page"));
    load_fonts(&loader, value_get(root, "fonts"), value_get(root, "fallback"));
    load_paragraphs(&loader, value_get(root, "paragraphs"));
    load_tables(&loader, value_get(root, "tables"));
    load_headings(&loader, value_get(root, "headings"));
    load_folio(&loader, value_get(root, "folio"));
    load_contents(&loader, value_get(root, "contents"));
    load_second_color(&loader, value_get(root, "second-color"));
    sheet->body = named_style(&loader, root, "body");
    sheet->signature = named_style(&loader, root, "signature");
    read_text(root, "draft", &sheet->draft);
    const char *cover = value_text(value_get(value_get(root, "cover"), "show"));
    sheet->cover = cover && strcmp(cover, "always") == 0;
    return loader.ok;
}
