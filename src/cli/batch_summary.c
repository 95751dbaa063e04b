/* The entries of the manifest -> the table by department that ends a run. */
#include <string.h>

#include "base/text.h"
#include "cli/batch_int.h"

#define NAME_CELLS 44
#define ROWS_MOST  400 /* of more notices only those with something to say are listed */

static void print_cells(const char *text, size_t cells, bool right, FILE *out)
{
    size_t len = strlen(text), shown = 0, width = 0;
    while (shown < len) {
        uint32_t code = 0xFFFD;
        size_t size = utf8_decode(text + shown, len - shown, &code);
        size = size ? size : 1;
        if (width + code_display_width(code) > cells)
            break;
        width += code_display_width(code);
        shown += size;
    }
    int blanks = (int)(cells - width);
    if (right)
        fprintf(out, "%*s%.*s", blanks, "", (int)shown, text);
    else
        fprintf(out, "%.*s%*s", (int)shown, text, blanks, "");
}

typedef struct Columns {
    size_t name, state, figure;
} Columns;

static const char *state_word(const ManifestEntry *entry, bool fresh, bool zh)
{
    if (!entry)
        return zh ? "没有排" : "not made";
    if (!entry->done)
        return zh ? "没排出" : "failed";
    if (entry->draft)
        return zh ? "草稿" : "draft";
    return fresh ? (zh ? "完成" : "done") : (zh ? "没有变化" : "up to date");
}

static const char *figure_text(const ManifestEntry *entry, const CountyRules *rules)
{
    const char *text =
        entry && rules && rules->total ? json_text(json_get(entry->json, "figures"), rules->total) : NULL;
    return text ? text : "";
}

static size_t wider(size_t width, const char *text)
{
    size_t own = text_display_width(text, strlen(text));
    return own > width ? own : width;
}

static void print_row(const Columns *columns, const char *name, const char *state, size_t pages, size_t errors,
                      size_t warnings, const char *figure, FILE *out)
{
    print_cells(name, columns->name, false, out);
    fputs("  ", out);
    print_cells(state, columns->state, false, out);
    fprintf(out, "  %5zu  %5zu  %5zu  ", pages, errors, warnings);
    print_cells(figure, columns->figure, true, out);
    fputc('\n', out);
}

static void print_head(const Columns *columns, const char *figure, bool zh, FILE *out)
{
    print_cells(zh ? "部门" : "department", columns->name, false, out);
    fputs("  ", out);
    print_cells(zh ? "结果" : "result", columns->state, false, out);
    fputs(zh ? "   页数   错误   警告  " : "  pages  error  warns  ", out);
    print_cells(figure, columns->figure, true, out);
    fputc('\n', out);
}

void batch_summary_print(const BatchResult *result, const CountyRules *rules, Language language, FILE *out)
{
    bool zh = language == LANGUAGE_ZH;
    Arena *arena = arena_new();
    const char *head = !rules || !rules->total ? ""
                       : rules->unit[0] ? arena_printf(arena, zh ? "%s（%s）" : "%s (%s)", rules->total, rules->unit)
                                        : rules->total;
    size_t pages = 0, errors = 0, warnings = 0, made = 0, current = 0, failed = 0;
    Decimal sum = {.places = 2}, figure;
    Columns columns = {.name = 10, .state = zh ? 8 : 10, .figure = wider(12, head)};
    const char **names = arena_array_of(arena, const char *, result->count);
    for (size_t i = 0; i < result->count; i++) {
        const ManifestEntry *entry = result->entries[i];
        names[i] = batch_visible(entry && entry->department ? entry->department : result->items[i].file, arena);
        columns.name = wider(columns.name, names[i]);
        columns.figure = wider(columns.figure, figure_text(entry, rules));
        pages += entry ? entry->pages : 0;
        errors += entry ? entry->errors : 0;
        warnings += entry ? entry->warnings : 0;
        made += entry && entry->done && result->fresh[i];
        current += entry && entry->done && !result->fresh[i];
        failed += !entry || !entry->done;
        if (rules && county_figure(entry, rules->total, &figure) && !decimal_add(sum, figure, &sum))
            sum = decimal_from_int(0);
    }
    columns.name = columns.name > NAME_CELLS ? NAME_CELLS : columns.name;
    print_head(&columns, head, zh, out);
    for (size_t i = 0; i < result->count; i++) {
        const ManifestEntry *entry = result->entries[i];
        if (result->count > ROWS_MOST && entry && entry->done && entry->errors + entry->warnings == 0)
            continue;
        print_row(&columns, names[i], state_word(entry, result->fresh[i], zh), entry ? entry->pages : 0,
                  entry ? entry->errors : 0, entry ? entry->warnings : 0, figure_text(entry, rules), out);
    }
    print_row(&columns, zh ? "合计" : "total", "", pages, errors, warnings,
              rules && rules->total ? decimal_text(sum, arena) : "", out);
    fprintf(out,
            zh ? "共 %zu 份：排出 %zu 份，没有变化 %zu 份，没有排出 %zu 份\n"
               : "%zu notices: %zu made, %zu up to date, %zu not made\n",
            result->count, made, current, failed);
    arena_free(arena);
}
