/* Nodes + data -> blocks: runs the template, fills paragraphs, and gives each piece its origin. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "template/template_int.h"

#define CODE_IDEOGRAPHIC_SPACE 0x3000
#define CODE_FULL_STOP         0x3002 /* 。 */

/* After these {{、}} prints nothing: 、 。 ， ； ： ！ ？ （ 《 “ … */
static const uint16_t CLOSED_BY[] = {0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF01,
                                     0xFF1F, 0xFF08, 0x300A, 0x201C, 0x2026};

bool expansion_eval(Expansion *expansion, const Formula *formula, const Scope *scope, Term *out)
{
    return formula && formula_eval(formula, scope, expansion->pack->words, expansion->arena, expansion->findings, out);
}

/* ---- paragraphs -------------------------------------------------------------------------------------------------- */

static bool is_own_words(const Inline *item)
{
    return item->kind == INLINE_TEXT && !item->origin->path && !item->origin->figure && !item->origin->page_of &&
           !item->keep_together;
}

static void add_text(Expansion *expansion, const char *text, size_t len, const Origin *origin, bool keep_together)
{
    if (len == 0)
        return;
    Inline piece = {.kind = INLINE_TEXT, .text = text, .len = len, .origin = origin, .keep_together = keep_together};
    for (Loop *loop = expansion->loop; loop; loop = loop->outer)
        loop->printing_in = expansion->paragraph;
    Inline *last = expansion->inlines.count > 0 ? &expansion->inlines.items[expansion->inlines.count - 1] : NULL;
    if (last && is_own_words(last) && is_own_words(&piece)) {
        last->text = arena_printf(expansion->arena, "%s%.*s", last->text, (int)len, text);
        last->len += len;
    } else {
        piece.text = text[len] == '\0' ? text : arena_strndup(expansion->arena, text, len);
        *array_push(expansion->arena, &expansion->inlines) = piece;
    }
}

static void add_break(Expansion *expansion, InlineKind kind, const Origin *origin)
{
    *array_push(expansion->arena, &expansion->inlines) = (Inline){.kind = kind, .origin = origin};
}

/* Bytes of the blank at the start (or, `at_end`, the end) of a text: space, tab, U+3000. 0 for none. */
static size_t blank_bytes(const char *text, size_t len, bool at_end)
{
    uint32_t code = 0;
    const char *last = at_end && len >= 3 ? text + len - 3 : text;
    if (len == 0)
        return 0;
    char c = text[at_end ? len - 1 : 0];
    if (c == ' ' || c == '\t' || c == '\r')
        return 1;
    return len >= 3 && utf8_decode(last, 3, &code) == 3 && code == CODE_IDEOGRAPHIC_SPACE ? 3 : 0;
}

/* The filled paragraph without blanks and breaks at its ends; the buffer is empty then. */
static InlineList take_paragraph(Expansion *expansion)
{
    Inline *items = expansion->inlines.items;
    size_t count = expansion->inlines.count, bytes;
    while (count > 0) {
        while (items->kind == INLINE_TEXT && (bytes = blank_bytes(items->text, items->len, false)) > 0) {
            items->text += bytes;
            items->len -= bytes;
        }
        if (items->kind == INLINE_TEXT && items->len > 0)
            break;
        items++;
        count--;
    }
    while (count > 0) {
        Inline *last = &items[count - 1];
        size_t len = last->len;
        while (last->kind == INLINE_TEXT && (bytes = blank_bytes(last->text, len, true)) > 0)
            len -= bytes;
        if (len < last->len)
            *last = (Inline){
                last->kind, arena_strndup(expansion->arena, last->text, len), len, last->origin, last->keep_together,
                last->font};
        if (last->kind == INLINE_TEXT && len > 0)
            break;
        count--;
    }
    InlineList list = {count > 0 ? arena_copy(expansion->arena, items, count * sizeof *items) : NULL, count};
    expansion->inlines.count = 0;
    expansion->paragraph++;
    return list;
}

static void add_signature(Expansion *expansion, const Block *block, InlineList text)
{
    Block *last = expansion->blocks.count > 0 ? &expansion->blocks.items[expansion->blocks.count - 1] : NULL;
    if (last && last->kind == BLOCK_SIGNATURE && last->as.signature.date.count == 0) {
        last->as.signature.date = text;
        return;
    }
    Block *added = array_push(expansion->arena, &expansion->blocks);
    *added = *block;
    added->kind = BLOCK_SIGNATURE;
    added->as.signature = (Signature){.name = text};
}

/* Ends the paragraph: an empty one leaves nothing. */
static void finish_paragraph(Expansion *expansion, const Scope *scope)
{
    InlineList text = take_paragraph(expansion);
    if (text.count == 0)
        return;
    if (expansion->collecting) {
        *array_push(expansion->arena, &expansion->collected) = text;
        return;
    }
    const Node *line = expansion->line;
    assert(line);
    Block block = {.kind = BLOCK_PARAGRAPH, .style = line->style, .origin = line->origin};
    if (scope->row > 0 && scope->value) {
        block.origin.path = scope->value->path;
        block.origin.place = scope->value->place;
    }
    switch (line->line) {
    case LINE_BODY:
        block.as.paragraph.text = text;
        *array_push(expansion->arena, &expansion->blocks) = block;
        break;
    case LINE_HEADING:
        block.kind = BLOCK_HEADING;
        block.as.heading = (Heading){.level = line->level, .text = text, .bookmark = true};
        *array_push(expansion->arena, &expansion->blocks) = block;
        break;
    case LINE_SIGNATURE:
        add_signature(expansion, &block, text);
        break;
    }
}

/* A line break in the data begins a new paragraph; within headings and signatures a new line. */
static void add_lines(Expansion *expansion, const char *text, size_t len, const Origin *origin, bool keep_together,
                      const Scope *scope)
{
    bool one_paragraph = !expansion->collecting && expansion->line && expansion->line->line != LINE_BODY;
    while (len > 0) {
        const char *newline = memchr(text, '\n', len);
        size_t part = newline ? (size_t)(newline - text) : len;
        add_text(expansion, text, part, origin, keep_together);
        if (!newline)
            return;
        if (!one_paragraph)
            finish_paragraph(expansion, scope);
        else if (part + 1 < len)
            add_break(expansion, INLINE_LINE_BREAK, origin);
        text += part + 1;
        len -= part + 1;
    }
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static bool is_figure(const Pack *pack, const Value *value)
{
    if (value->reading != READ_NUMBER)
        return false;
    for (size_t i = 0; i < pack->plain_number_count; i++)
        if (text_equal(value->path, pack->plain_numbers[i]))
            return false;
    return true;
}

/* A figure computed from one figure and of its size (ABS of a decrease) keeps the digits that one was given with. */
static void keep_places(Term *term, const Value *source)
{
    if (!source || term->kind != TERM_NUMBER || term->exact || source->reading != READ_NUMBER)
        return;
    if (decimal_compare(term->number, source->number) == 0 ||
        decimal_compare(decimal_negate(term->number), source->number) == 0)
        term->number.places = source->number.places;
}

/* Where a printed value comes from: the datum it is, or the one datum it was computed from. */
static const Origin *value_origin(Expansion *expansion, const Node *node, const Term *term, const Value *source,
                                  const char *text)
{
    Origin *origin = arena_new_of(expansion->arena, Origin);
    bool digits = (text[0] >= '0' && text[0] <= '9') || text[0] == '-';
    *origin = node->origin;
    if (source && source->path[0] != '\0') {
        origin->path = source->path;
        origin->place = text_equal(source->key, text) ? source->key_place : source->place;
        origin->figure = digits && is_figure(expansion->pack, source);
    } else {
        origin->figure = digits && term->kind == TERM_NUMBER && !node->counts_rows;
    }
    return origin;
}

static void run_value(Expansion *expansion, const Node *node, const Scope *scope)
{
    Term term;
    FormulaInputs inputs;
    if (!formula_inputs(node->formula, scope, expansion->pack->words, expansion->arena, expansion->findings, &term,
                        &inputs))
        return;
    const Value *source = term.value ? term.value : inputs.count == 1 ? inputs.values[0] : NULL;
    if (!term.value)
        keep_places(&term, source);
    const char *text = term_text(&term, expansion->arena);
    if (!text) {
        finding_add(expansion->findings, term.exact ? MESSAGE_TEMPLATE_UNEVEN : MESSAGE_TEMPLATE_NOT_PRINTABLE,
                    node->origin.place, term.value ? term.value->path : NULL, node->text, NULL);
        return;
    }
    if (text[0] != '\0')
        add_lines(expansion, text, strlen(text), value_origin(expansion, node, &term, source, text),
                  node->keep_together, scope);
}

/* A mark is wanted after words that do not end in one. Between the items of a list it also wants an item before it in
 * the paragraph; a full stop does not stand between items. */
static bool mark_wanted(const Expansion *expansion, const Node *node)
{
    uint32_t mark = 0;
    utf8_decode(node->text, node->len, &mark);
    if (expansion->inlines.count == 0 ||
        (mark != CODE_FULL_STOP && expansion->loop && expansion->loop->printed_in != expansion->paragraph))
        return false;
    const Inline *last = &expansion->inlines.items[expansion->inlines.count - 1];
    if (last->kind != INLINE_TEXT || last->len == 0)
        return last->kind == INLINE_GOOD_BREAK;
    size_t start = last->len - 1;
    while (start > 0 && ((unsigned char)last->text[start] & 0xC0) == 0x80)
        start--;
    uint32_t code = 0;
    utf8_decode(last->text + start, last->len - start, &code);
    for (size_t i = 0; i < sizeof CLOSED_BY / sizeof *CLOSED_BY; i++)
        if (CLOSED_BY[i] == code)
            return false;
    return true;
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

static void run_items(Expansion *expansion, const Node *node, const Scope *scope, const Term *list)
{
    Loop loop = {.outer = expansion->loop};
    size_t count = term_count(list);
    expansion->loop = &loop;
    for (size_t i = 0; i < count; i++) {
        Term item = term_item(list, i);
        Scope inner = scope_item(&item, i + 1, count, scope);
        expansion_run(expansion, &node->children, &inner);
        loop.printed_in = loop.printing_in;
    }
    expansion->loop = loop.outer;
}

static void run_section(Expansion *expansion, const Node *node, const Scope *scope)
{
    Term term;
    if (!expansion_eval(expansion, node->formula, scope, &term))
        return;
    bool truth = term_is_true(&term) && !term_is_blank(&term);
    if (node->kind == NODE_INVERTED) {
        if (!truth)
            expansion_run(expansion, &node->children, scope);
    } else if (truth && term_is_list(&term)) {
        run_items(expansion, node, scope, &term);
    } else if (truth && term.value && term.kind != TERM_BOOLEAN) {
        Scope inner = {.value = term.value, .outer = scope};
        expansion_run(expansion, &node->children, &inner);
    } else if (truth) {
        expansion_run(expansion, &node->children, scope);
    }
}

/* ---- the run ----------------------------------------------------------------------------------------------------- */

void expansion_enter_level(Expansion *expansion, int level)
{
    for (int deeper = level + 1; deeper <= LEVEL_MAX; deeper++)
        expansion->counters[deeper] = 0;
    expansion->level = level;
}

static void run_number(Expansion *expansion, const Node *node)
{
    unsigned number = ++expansion->counters[expansion->level];
    const char *text = number_form_text(&node->number, number, expansion->arena);
    add_text(expansion, text, strlen(text), &node->origin, false);
}

/* Room for two digits; layout fills them in. */
static void run_page(Expansion *expansion, const Node *node)
{
    Origin *origin = arena_new_of(expansion->arena, Origin);
    *origin = node->origin;
    origin->page_of = node->table ? node->table->name : node->text;
    add_text(expansion, "00", 2, origin, false);
}

static void run_page_break(Expansion *expansion, const Node *node)
{
    *array_push(expansion->arena, &expansion->blocks) = (Block){.kind = BLOCK_PAGE_BREAK, .origin = node->origin};
}

void expansion_run(Expansion *expansion, const NodeList *nodes, const Scope *scope)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const Node *node = &nodes->items[i];
        switch (node->kind) {
        case NODE_TEXT:
            add_text(expansion, node->text, node->len, &node->origin, false);
            break;
        case NODE_NUMBER:
            run_number(expansion, node);
            break;
        case NODE_VALUE:
            run_value(expansion, node, scope);
            break;
        case NODE_SECTION:
        case NODE_INVERTED:
            run_section(expansion, node, scope);
            break;
        case NODE_MARK:
            if (mark_wanted(expansion, node))
                add_text(expansion, node->text, node->len, &node->origin, false);
            break;
        case NODE_GOOD_BREAK:
            add_break(expansion, INLINE_GOOD_BREAK, &node->origin);
            break;
        case NODE_PAGE:
            run_page(expansion, node);
            break;
        case NODE_TABLE:
            expansion_table(expansion, node->table, node, scope);
            break;
        case NODE_PAGE_BREAK:
            run_page_break(expansion, node);
            break;
        case NODE_LINE:
            expansion->line = node;
            if (node->line == LINE_HEADING && !expansion->collecting)
                expansion_enter_level(expansion, node->level);
            break;
        case NODE_LINE_END:
            finish_paragraph(expansion, scope);
            break;
        }
    }
}

InlineList *expansion_collect(Expansion *expansion, const NodeList *nodes, const Scope *scope, size_t *count)
{
    Expansion saved = *expansion;
    expansion->collecting = true;
    expansion->loop = NULL;
    memcpy(&expansion->inlines, &saved.spare, sizeof saved.spare);
    memset(&expansion->spare, 0, sizeof expansion->spare);
    memset(&expansion->collected, 0, sizeof expansion->collected);
    expansion_run(expansion, nodes, scope);
    InlineList *paragraphs = expansion->collected.items;
    *count = expansion->collected.count;
    expansion->collecting = saved.collecting;
    expansion->loop = saved.loop;
    expansion->line = saved.line;
    memcpy(&expansion->spare, &expansion->inlines, sizeof expansion->inlines);
    expansion->spare.count = 0;
    memcpy(&expansion->inlines, &saved.inlines, sizeof saved.inlines);
    memcpy(&expansion->collected, &saved.collected, sizeof saved.collected);
    return paragraphs;
}

InlineList expansion_line(Expansion *expansion, const NodeList *nodes, const Scope *scope)
{
    size_t count = 0;
    InlineList *paragraphs = expansion_collect(expansion, nodes, scope, &count);
    if (count <= 1)
        return count == 1 ? paragraphs[0] : (InlineList){0};
    ARRAY(Inline) joined = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *array_push(expansion->arena, &joined) =
                (Inline){.kind = INLINE_LINE_BREAK, .origin = paragraphs[i].items[0].origin};
        for (size_t j = 0; j < paragraphs[i].count; j++)
            *array_push(expansion->arena, &joined) = paragraphs[i].items[j];
    }
    return (InlineList){joined.items, joined.count};
}

Cell expansion_cell(Expansion *expansion, const NodeList *nodes, const Scope *scope)
{
    Cell cell = {0};
    cell.paragraphs = expansion_collect(expansion, nodes, scope, &cell.count);
    for (size_t i = 0; i < cell.count && !(cell.origin && cell.origin->path); i++)
        for (size_t j = 0; j < cell.paragraphs[i].count && !(cell.origin && cell.origin->path); j++)
            cell.origin = cell.paragraphs[i].items[j].origin;
    return cell;
}

/* The metadata's text; NULL when nothing is printed. */
static const char *expand_text(Expansion *expansion, const NodeList *nodes, const Scope *scope)
{
    InlineList line = expansion_line(expansion, nodes, scope);
    return line.count > 0 ? inline_list_text(&line, expansion->arena) : NULL;
}

static void set_date(Expansion *expansion, Document *document, const Scope *scope)
{
    Term date;
    if (expansion_eval(expansion, expansion->pack->date, scope, &date) && date.value &&
        date.value->reading == READ_DATE) {
        document->year = date.value->date.year;
        document->month = date.value->date.month;
        document->day = date.value->date.day;
    }
}

Document *pack_expand(const Pack *pack, const Value *data, bool draft, Arena *arena, FindingList *findings)
{
    size_t errors = findings->errors;
    Scope scope = {.value = data};
    Expansion expansion = {.pack = pack, .arena = arena, .findings = findings, .paragraph = 1};
    expansion_run(&expansion, &pack->notice, &scope);
    Expansion cover = {.pack = pack, .arena = arena, .findings = findings, .paragraph = 1};
    expansion_run(&cover, &pack->cover, &scope);
    Document *document = arena_new_of(arena, Document);
    document->cover = cover.blocks.items;
    document->cover_count = cover.blocks.count;
    document->style = pack->style.document;
    document->style.page.draft = draft ? pack->style.draft : NULL;
    document->language = pack->language;
    document->title = expand_text(&expansion, &pack->title, &scope);
    document->author = expand_text(&expansion, &pack->author, &scope);
    document->subject = expand_text(&expansion, &pack->subject, &scope);
    document->keywords = expand_text(&expansion, &pack->keywords, &scope);
    set_date(&expansion, document, &scope);
    document->blocks = expansion.blocks.items;
    document->count = expansion.blocks.count;
    return findings->errors == errors ? document : NULL;
}
