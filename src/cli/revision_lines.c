/* Changes of the data and of the notice -> lines for people: where, what, from what to what, by how much. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/revision.h"

#define JOINT        "　"
#define EXCERPT_FROM 60 /* [code points] texts up to this length are told whole */

typedef struct Maker {
    const RevisionInput *input;
    const Schema *schema;
    const SpotIndex *before, *after;
    Arena *arena;
    ARRAY(RevisionLine) lines;
} Maker;

/* ---- values in words ----------------------------------------------------------------------------------------------
 */

static const Value *root_of(const Value *value)
{
    while (value->parent)
        value = value->parent;
    return value;
}

static const char *money_unit(const Value *value)
{
    const char *unit = value_text(value_get(root_of(value), "金额单位"));
    return unit ? unit : "万元";
}

static const char *unit_of(const Maker *maker, const Value *value)
{
    if (value->reading != READ_NUMBER)
        return "";
    SchemaFacts facts = schema_facts(maker->schema, value);
    return facts.money ? money_unit(value) : facts.unit ? facts.unit : "";
}

static const char *scalar_words(const Maker *maker, const Value *value)
{
    if (value->reading == READ_BOOLEAN)
        return value->boolean ? "是" : "否";
    if (value->reading == READ_DATE)
        return arena_printf(maker->arena, "%d年%d月%d日", value->date.year, value->date.month, value->date.day);
    Term term = term_from_value(value);
    const char *text = value->reading == READ_NUMBER ? term_text(&term, maker->arena) : value_text(value);
    return arena_printf(maker->arena, "%s%s", text ? text : "", unit_of(maker, value));
}

static const char *title_of(const Maker *maker, const Value *value)
{
    const char *title = schema_facts(maker->schema, value).title;
    return title && value->key && !schema_facts(maker->schema, value).open ? title : value->key;
}

/* All that was written in a value, in one text: 单位名称 甲，单位性质 乙. */
static void put_words(const Maker *maker, const Value *value, const char *identity, Buffer *out)
{
    if (value->kind == VALUE_TEXT) {
        buffer_text(out, scalar_words(maker, value));
        return;
    }
    const char *own = value->kind == VALUE_LIST ? schema_facts(maker->schema, value).identity : NULL;
    bool first = true;
    for (size_t i = 0; i < value->count; i++) {
        const Value *item = value->items[i];
        bool empty = item->kind == VALUE_NULL || (item->kind != VALUE_LIST && value_is_blank(item));
        if (empty || item->origin == ORIGIN_COMPUTED || item->origin == ORIGIN_DEFAULT)
            continue;
        buffer_text(out, first ? "" : value->kind == VALUE_LIST ? "；" : "，");
        first = false;
        if (item->key && !text_equal(item->key, identity))
            buffer_printf(out, "%s%s", title_of(maker, item), item->kind == VALUE_TEXT ? "" : "：");
        put_words(maker, item, own, out);
    }
}

static const char *words_of(const Maker *maker, const Value *value)
{
    if (!value)
        return NULL;
    const Value *list = value->parent;
    const char *identity = list && list->kind == VALUE_LIST ? schema_facts(maker->schema, list).identity : NULL;
    Buffer out = {0};
    put_words(maker, value, identity, &out);
    const char *words = arena_strndup(maker->arena, out.len > 0 ? out.bytes : "", out.len);
    buffer_release(&out);
    return words;
}

/* ---- what it is called --------------------------------------------------------------------------------------------
 */

static const char *item_name(const Maker *maker, const Value *item)
{
    const char *identity = item->parent ? schema_facts(maker->schema, item->parent).identity : NULL;
    const char *name = identity ? value_text(value_get(item, identity)) : NULL;
    return name && *name ? name : NULL;
}

static size_t ordinal_of(const Value *item)
{
    for (size_t i = 0; item->parent && i < item->parent->count; i++)
        if (item->parent->items[i] == item)
            return i + 1;
    return 0;
}

/* The value's title, with what it lies in where the title alone does not tell. */
static const char *label_of(const Maker *maker, const Value *value, size_t *ordinal)
{
    *ordinal = 0;
    const char *label = NULL;
    for (const Value *at = value; at && at->parent; at = at->parent) {
        bool in_list = at->parent->kind == VALUE_LIST;
        const char *own = in_list ? item_name(maker, at) : title_of(maker, at);
        if (in_list && !own && *ordinal == 0)
            *ordinal = ordinal_of(at);
        if (!own || (label && strstr(label, own)))
            continue;
        bool nested = label != NULL;
        label = nested ? arena_printf(maker->arena, "%s" JOINT "%s", own, label) : own;
        if (nested && *ordinal == 0)
            break;
    }
    return label;
}

/* ---- long texts ---------------------------------------------------------------------------------------------------
 */

static bool ends_clause(uint32_t code)
{
    return code == 0xFF0C || code == 0x3002 || code == 0xFF1B || code == 0xFF1A || code == '\n';
}

static const char *cut(Maker *maker, const uint32_t *codes, size_t from, size_t to, size_t count)
{
    Buffer out = {0};
    char bytes[4];
    buffer_text(&out, from > 0 ? "……" : "");
    for (size_t i = from; i < to; i++)
        buffer_append(&out, bytes, utf8_encode(codes[i], bytes));
    buffer_text(&out, to < count ? "……" : "");
    const char *text = arena_strndup(maker->arena, out.bytes ? out.bytes : "", out.len);
    buffer_release(&out);
    return text;
}

/* Of two long texts the clauses in which they differ. */
static void excerpt(Maker *maker, RevisionLine *line)
{
    size_t n, m, head = 0, tail = 0;
    if (!line->before || !line->after)
        return;
    uint32_t *a = utf8_to_codes(maker->arena, line->before, strlen(line->before), &n);
    uint32_t *b = utf8_to_codes(maker->arena, line->after, strlen(line->after), &m);
    if (n <= EXCERPT_FROM && m <= EXCERPT_FROM)
        return;
    while (head < n && head < m && a[head] == b[head])
        head++;
    while (tail < n - head && tail < m - head && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    while (head > 0 && !ends_clause(a[head - 1]))
        head--;
    while (tail > 0 && !ends_clause(a[n - 1 - tail]))
        tail--;
    line->before = cut(maker, a, head, n - tail, n);
    line->after = cut(maker, b, head, m - tail, m);
}

/* ---- lines --------------------------------------------------------------------------------------------------------
 */

static const char *signed_text(Maker *maker, Decimal difference, const char *unit)
{
    Decimal trimmed = difference;
    return arena_printf(maker->arena, "%s%s%s", difference.micro > 0 ? "+" : "", decimal_text(trimmed, maker->arena),
                        unit);
}

static const Spot *spot_of(const Maker *maker, const Change *change)
{
    const Spot *spot = change->after ? spots_find(maker->after, change->after->path) : NULL;
    return spot || !change->before ? spot : spots_find(maker->before, change->before->path);
}

static const char *position_text(Maker *maker, const Value *value, size_t index)
{
    return arena_printf(maker->arena, "%zu", index != SIZE_MAX ? index + 1 : ordinal_of(value));
}

static void add_change(Maker *maker, const Change *change)
{
    RevisionLine *line = array_push(maker->arena, &maker->lines);
    const Value *shown = change->after ? change->after : change->before;
    *line = (RevisionLine){.kind = change->kind, .path = shown->path, .consequence = change->consequence};
    line->spot = spot_of(maker, change);
    line->label = label_of(maker, shown, &line->ordinal);
    if (change->kind == CHANGE_MOVED) {
        line->before = position_text(maker, change->before, SIZE_MAX);
        line->after = position_text(maker, change->after, change->after_index);
    } else if (change->kind == CHANGE_RENAMED) {
        line->before = change->before->key ? change->before->key : item_name(maker, change->before);
        line->after = change->after->key ? change->after->key : item_name(maker, change->after);
    } else {
        line->before = words_of(maker, change->before);
        line->after = words_of(maker, change->after);
    }
    line->whole_before = line->before;
    line->whole_after = line->after;
    if (change->kind == CHANGE_VALUE)
        excerpt(maker, line);
    if (change->has_difference)
        line->difference = signed_text(maker, change->difference, unit_of(maker, change->after));
}

static void add_printed(Maker *maker, const PrintedChange *printed)
{
    RevisionLine *line = array_push(maker->arena, &maker->lines);
    *line = (RevisionLine){.kind = CHANGE_VALUE,
                           .spot = &printed->spot,
                           .label = printed->name,
                           .before = arena_printf(maker->arena, "%s%s", printed->before, printed->unit),
                           .after = arena_printf(maker->arena, "%s%s", printed->after, printed->unit),
                           .difference = signed_text(maker, printed->difference, printed->unit),
                           .consequence = true};
    line->whole_before = line->before;
    line->whole_after = line->after;
}

RevisionLines revision_lines(const RevisionInput *input, ChangeList *changes, Arena *arena)
{
    static const char *const IGNORED[] = {REVISION_KEY, "共用", NULL};
    Maker maker = {.input = input, .schema = pack_schema(input->pack), .arena = arena};
    *changes = data_compare(maker.schema, input->before, input->after, IGNORED, arena);
    maker.before = spots_read(input->before_document, arena);
    maker.after = spots_read(input->after_document, arena);
    for (size_t i = 0; i < changes->count; i++)
        add_change(&maker, &changes->items[i]);
    /* document_compare marks only when asked; without it the document is read alone */
    PrintedList printed = document_compare(input->before_document, (Document *)input->after_document, changes,
                                           REVISION_KEY, false, arena);
    for (size_t i = 0; i < printed.count; i++)
        add_printed(&maker, &printed.items[i]);
    return (RevisionLines){maker.lines.items, maker.lines.count};
}

const char *revision_kind(ChangeKind kind, Language language)
{
    static const char *const ZH[] = {"修改", "增加", "删除", "移动", "改名"};
    static const char *const EN[] = {"changed", "added", "removed", "moved", "renamed"};
    return language == LANGUAGE_ZH ? ZH[kind] : EN[kind];
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------
 */

static void json_text(Buffer *out, const char *name, const char *text)
{
    bool first = text_equal(name, "kind") || text_equal(name, "nature");
    buffer_printf(out, "%s\"%s\": ", first ? "" : ", ", name);
    json_put_text(out, text);
}

void revision_chain_json(const Revision *revision, const Value *data, Buffer *out)
{
    const Value *key = value_get(data, REVISION_KEY);
    buffer_text(out, "{");
    json_text(out, "nature", value_text(value_get(key, "性质")));
    buffer_printf(out, ", \"edition\": %lld, \"replaces_edition\": %lld", (long long)revision->edition,
                  (long long)revision->before_edition);
    json_text(out, "date", revision->date);
    json_text(out, "reason", value_text(value_get(key, "原因")));
    json_text(out, "data_sha256", revision->hash);
    json_text(out, "replaces_date", revision->before_date);
    json_text(out, "replaces_data_sha256", revision->before_hash);
    buffer_text(out, "}\n");
}

PdfProvenance revision_provenance(const Revision *revision, const Value *data, Arena *arena)
{
    return (PdfProvenance){.nature = value_text(value_get(value_get(data, REVISION_KEY), "性质")),
                           .edition = arena_printf(arena, "%lld", (long long)revision->edition),
                           .before_edition = arena_printf(arena, "%lld", (long long)revision->before_edition),
                           .before_date = revision->before_date,
                           .before_hash = revision->before_hash};
}

void revision_json(const RevisionLines *lines, Buffer *out)
{
    for (size_t i = 0; i < lines->count; i++) {
        const RevisionLine *line = &lines->items[i];
        buffer_text(out, "{");
        json_text(out, "kind", revision_kind(line->kind, LANGUAGE_EN));
        buffer_printf(out, ", \"consequence\": %s, \"printed\": %s", line->consequence ? "true" : "false",
                      line->spot ? "true" : "false");
        json_text(out, "path", line->path);
        json_text(out, "section", line->spot ? line->spot->section : NULL);
        json_text(out, "table", line->spot ? line->spot->table : NULL);
        json_text(out, "row", line->spot ? line->spot->row : NULL);
        json_text(out, "column", line->spot ? line->spot->column : NULL);
        json_text(out, "label", line->label);
        buffer_printf(out, ", \"ordinal\": %zu", line->ordinal);
        json_text(out, "before", line->whole_before);
        json_text(out, "after", line->whole_after);
        json_text(out, "difference", line->difference);
        json_text(out, "reason", line->reason);
        buffer_text(out, "}\n");
    }
}
