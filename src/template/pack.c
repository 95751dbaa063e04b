/* The pack's folder -> Pack: reads its files, reports all errors of all of them, ties names to what they name. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "template/template_int.h"

#define SCHEMA_DEPTH_MAX 64
#define NOTICE_BYTES_MAX ((size_t)1 << 20)

const char *pack_name(const Pack *pack)
{
    return pack->name;
}

const char *pack_version(const Pack *pack)
{
    return pack->version;
}

const Schema *pack_schema(const Pack *pack)
{
    return pack->schema;
}

const Value *pack_defaults(const Pack *pack)
{
    return pack->defaults;
}

const DocumentStyle *pack_style(const Pack *pack)
{
    return &pack->style.document;
}

const FormulaNames *pack_words(const Pack *pack)
{
    return pack->words;
}

typedef struct Loader {
    Pack *pack;
    const char *folder;
    Arena *arena;
    FindingList *findings;
} Loader;

static const char *file_path(const Loader *loader, const char *name)
{
    return path_join(loader->arena, loader->folder, name);
}

/* A YAML file of the pack that must be a map; NULL with findings. */
static Value *load_map(const Loader *loader, const char *name)
{
    const char *path = file_path(loader, name);
    Value *value = yaml_load(path, &YAML_LIMITS_DEFAULT, loader->arena, loader->findings);
    if (value && value->kind != VALUE_MAP) {
        finding_add(loader->findings, MESSAGE_PACK_NOT_MAP, value->place, NULL, path, NULL);
        return NULL;
    }
    return value;
}

static Value *load_checked(const Loader *loader, const char *name, PackFile file)
{
    Value *value = load_map(loader, name);
    return value && pack_file_check(file, value, loader->arena, loader->findings) ? value : NULL;
}

static void load_about(const Loader *loader)
{
    Pack *pack = loader->pack;
    const Value *about = load_checked(loader, "pack.yaml", PACK_FILE_PACK);
    if (!about)
        return;
    pack->name = value_text(value_get(about, "name"));
    pack->version = value_text(value_get(about, "version"));
    const char *language = value_text(value_get(about, "language"));
    pack->language = language ? language : "zh-CN";
    pack->title = template_parse_scalar(value_get(about, "title"), TEMPLATE_CELL, loader->arena, loader->findings);
    pack->author = template_parse_scalar(value_get(about, "author"), TEMPLATE_CELL, loader->arena, loader->findings);
    pack->subject = template_parse_scalar(value_get(about, "subject"), TEMPLATE_CELL, loader->arena, loader->findings);
    pack->keywords =
        template_parse_scalar(value_get(about, "keywords"), TEMPLATE_CELL, loader->arena, loader->findings);
    pack->date = formula_parse_scalar(value_get(about, "date"), loader->arena, loader->findings);
    const Value *plain = value_get(about, "plain-numbers");
    pack->plain_number_count = plain && plain->kind == VALUE_LIST ? plain->count : 0;
    pack->plain_numbers = arena_array_of(loader->arena, const char *, pack->plain_number_count);
    for (size_t i = 0; i < pack->plain_number_count; i++)
        pack->plain_numbers[i] = value_text(plain->items[i]);
}

/* ---- notice.txt, cover.txt --------------------------------------------------------------------------------------- */

static void report_file(const Loader *loader, FileStatus status, const char *path, int error)
{
    const Place nowhere = {0};
    switch (status) {
    case FILE_TOO_LARGE:
        finding_add(loader->findings, MESSAGE_FILE_TOO_LARGE, nowhere, NULL, path,
                    arena_printf(loader->arena, "%zu", NOTICE_BYTES_MAX >> 20), NULL);
        break;
    case FILE_NOT_REGULAR:
        finding_add(loader->findings, MESSAGE_FILE_NOT_REGULAR, nowhere, NULL, path, NULL);
        break;
    case FILE_ERROR:
        finding_add(loader->findings, MESSAGE_FILE_UNREADABLE, nowhere, NULL, path, strerror(error), NULL);
        break;
    case FILE_OK:
        break;
    }
}

static NodeList load_text(const Loader *loader, const char *name)
{
    const char *path = file_path(loader, name);
    char *bytes = NULL;
    size_t len = 0;
    FileStatus status = file_read(loader->arena, path, NOTICE_BYTES_MAX, &bytes, &len);
    if (status != FILE_OK) {
        report_file(loader, status, path, errno);
        return (NodeList){0};
    }
    Source *source = arena_new_of(loader->arena, Source);
    *source = (Source){path, bytes, len};
    size_t valid = utf8_valid_prefix(bytes, len);
    const char *nul = memchr(bytes, '\0', len);
    if (valid < len || nul) {
        size_t at = nul && (size_t)(nul - bytes) < valid ? (size_t)(nul - bytes) : valid;
        finding_add(loader->findings, MESSAGE_TEMPLATE_ENCODING, place_at(source, at, 0), NULL, path, NULL);
        return (NodeList){0};
    }
    size_t bom = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    TemplateText text = {.text = bytes + bom,
                         .len = len - bom,
                         .place = {.source = source, .line = 1, .column = 1, .offset = (uint32_t)bom},
                         .mapped = true,
                         .mode = TEMPLATE_NOTICE};
    return template_parse(text, loader->arena, loader->findings);
}

/* What counts, has pages of its own or tells of pages has no sense on a cover. */
static void check_cover(const Loader *loader, const NodeList *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const Node *node = &nodes->items[i];
        bool body = node->kind != NODE_TABLE && node->kind != NODE_PAGE && node->kind != NODE_PAGE_BREAK &&
                    (node->kind != NODE_LINE || node->line == LINE_BODY);
        if (!body)
            finding_add(loader->findings, MESSAGE_TEMPLATE_COVER, node->origin.place, NULL, NULL);
        check_cover(loader, &node->children);
    }
}

static const TableSpec *find_table(const Pack *pack, const char *name)
{
    for (size_t i = 0; i < pack->table_count; i++)
        if (strcmp(pack->tables[i].name, name) == 0)
            return &pack->tables[i];
    return NULL;
}

/* The declared table whose name is nearest, or NULL. */
static const char *nearest_table(const Pack *pack, const char *name)
{
    const char *nearest = NULL;
    size_t limit = utf8_count(name, strlen(name)) / 2;
    for (size_t i = 0; i < pack->table_count && limit > 0; i++) {
        size_t distance = text_distance(name, pack->tables[i].name, limit);
        if (distance <= limit) {
            nearest = pack->tables[i].name;
            limit = distance - (distance > 0);
        }
    }
    return nearest;
}

static void resolve_line(const Loader *loader, Node *node)
{
    const StyleSheet *sheet = &loader->pack->style;
    switch (node->line) {
    case LINE_BODY:
        node->style = node->style_name ? style_sheet_find(sheet, node->style_name) : sheet->body;
        if (!node->style)
            finding_add(loader->findings, MESSAGE_STYLE_UNKNOWN, node->origin.place, NULL, node->style_name, NULL);
        break;
    case LINE_HEADING:
        node->style = style_sheet_heading(sheet, node->level, &node->number);
        if (!node->style)
            finding_add(loader->findings, MESSAGE_TEMPLATE_HEADING_STYLE, node->origin.place, NULL,
                        arena_printf(loader->arena, "%d", node->level), NULL);
        break;
    case LINE_SIGNATURE:
        node->style = sheet->signature;
        break;
    }
}

/* Ties lines to styles and table tags to tables. */
static void resolve(const Loader *loader, NodeList *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        Node *node = &nodes->items[i];
        if (node->kind == NODE_TABLE || node->kind == NODE_PAGE) {
            node->table = find_table(loader->pack, node->text);
            if (!node->table) {
                Finding *finding = finding_add(loader->findings, MESSAGE_TEMPLATE_TABLE_UNKNOWN, node->origin.place,
                                               NULL, node->text, NULL);
                const char *nearest = nearest_table(loader->pack, node->text);
                finding->suggestion =
                    nearest ? arena_printf(loader->arena, node->kind == NODE_TABLE ? "{{> %s}}" : "{{@%s}}", nearest)
                            : NULL;
            }
        } else if (node->kind == NODE_LINE) {
            resolve_line(loader, node);
        }
        resolve(loader, &node->children);
    }
}

/* Whatever the schema knows may be absent from the data: it is blank then, while a name nobody knows is an error. */
static void allow_properties(FormulaNames *words, const Value *schema, int depth)
{
    const Value *properties = value_get(schema, "properties");
    if (depth > SCHEMA_DEPTH_MAX || !schema)
        return;
    for (size_t i = 0; properties && i < properties->count && properties->kind == VALUE_MAP; i++)
        formula_names_allow(words, properties->items[i]->key);
    for (size_t i = 0; i < schema->count; i++)
        allow_properties(words, schema->items[i], depth + 1);
}

Pack *pack_load(const char *folder, Arena *arena, FindingList *findings)
{
    Pack *pack = arena_new_of(arena, Pack);
    Loader loader = {.pack = pack, .folder = folder, .arena = arena, .findings = findings};
    size_t errors = findings->errors;
    if (!folder_exists(folder)) {
        finding_add(findings, MESSAGE_PACK_MISSING, (Place){0}, NULL, folder, NULL);
        return NULL;
    }
    load_about(&loader);
    const Value *schema = load_map(&loader, "schema.yaml");
    if (schema)
        pack->schema = schema_load(schema, arena, findings);
    if (file_exists(file_path(&loader, "defaults.yaml")))
        pack->defaults = load_map(&loader, "defaults.yaml");
    size_t before_words = findings->errors;
    const Value *words = file_exists(file_path(&loader, "words.yaml")) ? load_map(&loader, "words.yaml") : NULL;
    FormulaNames *names = formula_names_load(words, arena, findings);
    bool words_good = findings->errors == before_words;
    pack->words = names;
    allow_properties(names, schema, 0);
    const Value *style = load_checked(&loader, "style.yaml", PACK_FILE_STYLE);
    bool styled = style && style_sheet_load(style, &pack->style, arena, findings);
    const Value *tables = load_checked(&loader, "tables.yaml", PACK_FILE_TABLES);
    if (tables && styled)
        tables_load(tables, pack, arena, findings);
    pack->notice = load_text(&loader, "notice.txt");
    if (tables && styled)
        resolve(&loader, &pack->notice);
    if (styled && pack->style.cover) {
        pack->cover = load_text(&loader, "cover.txt");
        check_cover(&loader, &pack->cover);
        if (tables)
            resolve(&loader, &pack->cover);
    }
    if (schema && words_good)
        pack_check_formulas(pack, schema, words, findings);
    return findings->errors == errors ? pack : NULL;
}
