/* Data with 更正 -> the edition before it compared, the list of corrections as data, marks on document and pages. */
#include "cli/revision.h"

#include <string.h>

#include "base/text.h"
#include "cli/edition.h"
#include "layout/layout.h"

#define CHAIN_MAX 100 /* editions of one notice */

/* ---- the edition before -------------------------------------------------------------------------------------------
 */

static const char *before_path(const Value *data, const char *path, Arena *arena)
{
    const char *named = value_text(value_get(value_get(data, REVISION_KEY), "前版"));
    return named ? path_join(arena, text_equal(path, "-") ? "." : path_folder(arena, path), named) : NULL;
}

int64_t revision_edition(const Value *data, const char *path, Arena *arena, FindingList *findings)
{
    for (int64_t later = 0; later < CHAIN_MAX; later++) {
        const Value *revision = value_get(data, REVISION_KEY);
        if (value_is_blank(revision))
            return later + 1;
        Decimal given;
        Term term = term_from_value(value_get(revision, "版次"));
        if (term.kind == TERM_NUMBER) {
            given = term.number;
            return later + given.micro / DECIMAL_ONE;
        }
        path = before_path(data, path, arena);
        data = path ? yaml_load(path, &YAML_LIMITS_DEFAULT, arena, findings) : NULL;
        if (!data)
            return 0;
    }
    const Value *named = value_get(value_get(data, REVISION_KEY), "前版");
    finding_add(findings, MESSAGE_REVISE_LOOP, named ? named->place : data->place, named ? named->path : NULL, NULL);
    return 0;
}

const char *revision_date(const Value *data)
{
    const Value *date = value_get(value_get(data, REVISION_KEY), "日期");
    return value_text(value_is_blank(date) ? value_get(data, "公开日期") : date);
}

/* Both must be the same department's notice of the same year. */
static bool same_notice(const Value *before, const Value *after, FindingList *findings)
{
    static const char *const KEYS[] = {"地区", "部门", "年度"};
    const Value *named = value_get(value_get(after, REVISION_KEY), "前版");
    bool same = true;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        const char *was = value_text(value_get(before, KEYS[i])), *is = value_text(value_get(after, KEYS[i]));
        if (!text_equal(was, is)) {
            finding_add(findings, MESSAGE_REVISE_OTHER, named->place, named->path, KEYS[i], is ? is : "",
                        was ? was : "", NULL);
            same = false;
        }
    }
    return same;
}

/* ---- reasons ------------------------------------------------------------------------------------------------------
 */

static bool lies_in(const char *path, const char *around)
{
    size_t len = strlen(around);
    return path && strncmp(path, around, len) == 0 && (path[len] == '\0' || path[len] == '/' || path[len] == '[');
}

static const char *changed_names(const RevisionLines *lines, Arena *arena)
{
    const char *names = "";
    size_t told = 0;
    for (size_t i = 0; i < lines->count && told < 8; i++)
        if (lines->items[i].path && ++told)
            names = arena_printf(arena, "%s%s%s", names, *names ? "、" : "", lines->items[i].path);
    return names;
}

/* Each correction gets the reason given for its path, or for what it lies in, else the general one. */
static bool give_reasons(Revision *revision, const Value *key, Arena *arena, FindingList *findings)
{
    const Value *each = value_get(key, "逐项原因");
    const char *general = value_text(value_get(key, "原因"));
    general = general && *general ? general : NULL;
    bool good = true;
    for (size_t i = 0; each && i < each->count; i++) {
        const Value *reason = each->items[i];
        bool used = false;
        for (size_t j = 0; j < revision->lines.count; j++) {
            RevisionLine *line = &revision->lines.items[j];
            if (!lies_in(line->path, reason->key) || value_is_blank(reason))
                continue;
            line->reason = reason->text;
            used = true;
        }
        if (!used) {
            finding_add(findings, MESSAGE_REVISE_REASON_PATH, reason->key_place, reason->path, reason->key,
                        changed_names(&revision->lines, arena), NULL);
            good = false;
        }
    }
    for (size_t i = 0; i < revision->lines.count; i++) {
        RevisionLine *line = &revision->lines.items[i];
        line->reason = line->reason || line->consequence ? line->reason : general;
        if (line->reason || line->consequence || !line->spot)
            continue;
        finding_add(findings, MESSAGE_REVISE_REASON, key->key_place, key->path,
                    each && each->count > 0 && line->path ? line->path : REVISION_KEY, NULL);
        return false;
    }
    return good;
}

/* ---- the list as data ---------------------------------------------------------------------------------------------
 */

static void put_text(Buffer *out, const char *key, const char *text)
{
    if (!text)
        return;
    buffer_printf(out, "%s: \"", key);
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\')
            buffer_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buffer_printf(out, "\\x%02x", c);
        else
            buffer_append(out, at, 1);
    }
    buffer_text(out, "\", ");
}

static void put_lines(Buffer *out, const char *key, const RevisionLines *lines, bool consequence)
{
    size_t number = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const RevisionLine *line = &lines->items[i];
        if (line->consequence != consequence || !line->spot)
            continue;
        if (number++ == 0)
            buffer_printf(out, "%s:\n", key);
        buffer_text(out, "  - {");
        put_text(out, "类", revision_kind(line->kind, LANGUAGE_ZH));
        put_text(out, "章节", line->spot->section);
        put_text(out, "表", line->spot->table);
        put_text(out, "行", line->spot->row);
        put_text(out, "列", line->spot->column);
        put_text(out, "项", line->label);
        put_text(out, "原为", line->before);
        put_text(out, "现为", line->after);
        put_text(out, "差额", line->difference);
        put_text(out, "原因", line->reason);
        if (line->ordinal > 0)
            buffer_printf(out, "第几: %zu, ", line->ordinal);
        buffer_printf(out, "序号: %zu}\n", number);
    }
    if (number == 0)
        buffer_printf(out, "%s: []\n", key);
}

/* Under 更正, as if written there, but for keys that are: what the template prints of the list. */
static void add_list(const Revision *revision, Value *data, Arena *arena, FindingList *findings)
{
    Buffer yaml = {0};
    buffer_printf(&yaml, "%s:\n  版次: %lld\n  前版版次: %lld\n", REVISION_KEY, (long long)revision->edition,
                  (long long)revision->before_edition);
    buffer_text(&yaml, "  ");
    Buffer texts = {0};
    put_text(&texts, "前版日期", revision->before_date);
    put_text(&texts, "前版编号", revision->before_hash);
    put_text(&texts, "本版编号", revision->hash);
    buffer_printf(&yaml, "版本: {%.*s}\n", (int)texts.len, texts.bytes ? texts.bytes : "");
    buffer_release(&texts);
    Buffer lists = {0};
    put_lines(&lists, "逐项", &revision->lines, false);
    put_lines(&lists, "连带", &revision->lines, true);
    for (size_t at = 0; at < lists.len;) {
        const char *end = memchr(lists.bytes + at, '\n', lists.len - at);
        size_t len = (size_t)(end - (lists.bytes + at)) + 1; /* each line is ended */
        buffer_text(&yaml, "  ");
        buffer_append(&yaml, lists.bytes + at, len);
        at += len;
    }
    buffer_release(&lists);
    Source *source = arena_new_of(arena, Source);
    *source = (Source){REVISION_KEY, arena_strndup(arena, yaml.bytes, yaml.len), yaml.len};
    buffer_release(&yaml);
    YamlLimits limits = YAML_LIMITS_DEFAULT;
    limits.bytes = limits.scalar_bytes = (size_t)64 << 20;
    const Value *list = yaml_parse(source, &limits, arena, findings);
    value_merge_under(data, list, ORIGIN_COMPUTED, arena);
}

/* ---- the run ------------------------------------------------------------------------------------------------------
 */

static bool any_printed(const RevisionLines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].spot)
            return true;
    return false;
}

/* The edition of a file that lies in a ledger: there its own 前版 leads nowhere. 0: it is in none. */
static int64_t filed_edition(const char *path, const char *hash, Arena *arena)
{
    FindingList quiet;
    finding_list_init(&quiet, arena, LANGUAGE_EN);
    Ledger ledger;
    const LedgerEntry *entry = NULL;
    if (ledger_open(&ledger, path_folder(arena, path), false, arena, &quiet))
        entry = ledger_by_data(&ledger, hash);
    ledger_close(&ledger);
    return entry ? entry->edition : 0;
}

static bool check_edition(Revision *revision, const Value *data, const char *before, Arena *arena,
                          FindingList *findings)
{
    const Value *given = value_get(value_get(data, REVISION_KEY), "版次");
    revision->before_edition = filed_edition(before, revision->before_hash, arena);
    if (revision->before_edition == 0)
        revision->before_edition = revision_edition(revision->before, before, arena, findings);
    revision->edition = revision->before_edition + 1;
    if (revision->before_edition == 0)
        return false;
    Decimal number;
    if (!value_number(given, &number) || number.micro == revision->edition * DECIMAL_ONE)
        return true;
    finding_add(findings, MESSAGE_REVISE_EDITION, given->place, given->path,
                arena_printf(arena, "%lld", (long long)revision->edition),
                arena_printf(arena, "%lld", (long long)revision->before_edition), given->text, NULL);
    return false;
}

static bool check_date(const Revision *revision, const Value *data, Arena *arena, FindingList *findings)
{
    const Value *date = value_get(value_get(data, REVISION_KEY), "日期");
    const Value *was = value_get(value_get(revision->before, REVISION_KEY), "日期");
    was = value_is_blank(was) ? value_get(revision->before, "公开日期") : was;
    if (!date || date->reading != READ_DATE || !was || was->reading != READ_DATE)
        return true;
    int now = (date->date.year * 100 + date->date.month) * 100 + date->date.day;
    int then = (was->date.year * 100 + was->date.month) * 100 + was->date.day;
    if (now >= then)
        return true;
    (void)arena;
    finding_add(findings, MESSAGE_PUBLISH_DATE, date->place, date->path, date->text, was->text, NULL);
    return false;
}

Revision *revision_begin(Value *data, const char *path, const char *before, const Pack *pack, Resources *resources,
                         Arena *arena, FindingList *findings)
{
    Revision *revision = arena_new_of(arena, Revision);
    const Value *key = value_get(data, REVISION_KEY);
    const Pack *before_pack = NULL;
    before = before ? before : before_path(data, path, arena);
    char hash[SHA256_HEX];
    Buffer yaml = edition_data(data, hash);
    buffer_release(&yaml);
    revision->hash = arena_strdup(arena, hash);
    revision->pack = pack;
    revision->before_path = before;
    revision->before = before ? job_read_data(before, resources, arena, findings, &before_pack) : NULL;
    if (!revision->before)
        return NULL;
    yaml = edition_data(revision->before, hash);
    buffer_release(&yaml);
    revision->before_hash = arena_strdup(arena, hash);
    if (!same_notice(revision->before, data, findings) || !check_edition(revision, data, before, arena, findings) ||
        !check_date(revision, data, arena, findings) ||
        !revision_style_load(resources_pack_folder(resources, pack), &revision->style, arena, findings))
        return NULL;
    revision->date = revision_date(data);
    revision->before_date = revision_date(revision->before);
    const Document *plain = pack_expand(pack, data, false, arena, findings);
    revision->before_document = pack_expand(pack, revision->before, false, arena, findings);
    if (!plain || !revision->before_document)
        return NULL;
    RevisionInput input = {pack, revision->before, data, revision->before_document, plain};
    revision->lines = revision_lines(&input, &revision->changes, arena);
    if (!any_printed(&revision->lines)) {
        finding_add(findings, revision->lines.count > 0 ? MESSAGE_REVISE_UNPRINTED : MESSAGE_REVISE_SAME,
                    key->key_place, key->path, NULL);
        return NULL;
    }
    if (!give_reasons(revision, key, arena, findings))
        return NULL;
    add_list(revision, data, arena, findings);
    return revision;
}

void revision_mark(const Revision *revision, Document *document, Arena *arena)
{
    document_compare(revision->before_document, document, &revision->changes, REVISION_KEY, true, arena);
}

static size_t count_kept(const PageList *before, const PageList *after, Arena *arena)
{
    size_t kept = 0;
    PageDifferences differences = pages_compare(before, after, NULL, arena);
    for (size_t i = 0; i < differences.count; i++)
        kept += differences.items[i].change == PAGE_IDENTICAL;
    return kept;
}

PageList *revision_layout(const Document *document, const PageList *before, FontSet *fonts, Arena *arena,
                          FindingList *findings)
{
    PageList widths = *before;
    widths.count = 0; /* nothing is said of where pages begin */
    const PageList *const hints[] = {NULL, &widths, before};
    PageList *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        PageList *pages = layout_document_like(document, hints[i], NULL, fonts, arena, findings);
        size_t kept = pages ? count_kept(before, pages, arena) : 0;
        if (pages && (!best || kept > most)) {
            best = pages;
            most = kept;
        }
    }
    return best;
}

/* In the foot margin of the last page, which has no folio: nothing is in its way. */
static void add_code(const Revision *revision, const PageStyle *page, PageList *pages, Arena *arena,
                     FindingList *findings)
{
    const char *text =
        arena_printf(arena, "%s%s%lld-%s", revision->style.address, strchr(revision->style.address, '?') ? "&" : "?",
                     (long long)revision->edition, revision->hash);
    Length bottom = page->top + page->text_height, size = revision->style.code_size;
    Length x = page->left + page->text_width - size, y = bottom + (page->height - bottom - size) / 2;
    if (!page_add_code(&pages->pages[pages->count - 1], text, x, y, size, arena))
        finding_add(findings, MESSAGE_REVISE_CODE, (Place){0}, NULL, NULL);
}

PageList *revision_finish(const Revision *revision, const PageList *pages, const Document *document, Arena *arena,
                          FindingList *findings)
{
    const PageStyle *page = &document->style.page;
    MarkStyle style = {.left = page->left,
                       .right = page->left + page->text_width,
                       .top = page->top,
                       .bottom = page->top + page->text_height,
                       .gap = revision->style.gap,
                       .width = revision->style.width,
                       .cell_rule = revision->style.cell_rule};
    PageList *marked = pages_mark(pages, &style, REVISION_KEY, arena);
    if (revision->style.address && marked->count > 0)
        add_code(revision, page, marked, arena, findings);
    return marked;
}
