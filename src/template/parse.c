/* The template's text -> nodes, line by line; every error is told with its place and the rest still read. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "template/parse_int.h"

#define SECTION_DEPTH_MAX 64
#define CODE_WIDE_BRACE   0xFF5B /* ｛, typed with a Chinese input method */

typedef ARRAY(Node) NodeArray;

typedef struct Level { /* the top, or an open section */
    Node section;
    NodeArray nodes;
} Level;

typedef struct Parser {
    TemplateText in;
    Arena *arena;
    FindingList *findings;
    Level levels[SECTION_DEPTH_MAX + 1];
    size_t depth;
    size_t skipped; /* sections opened past the limit */
    /* Where the last place was counted, and where its line begins, so that places about in order cost one scan. */
    size_t seen, line_start;
    uint32_t line, column;
    bool number_wanted; /* the line's first words may be a number */
} Parser;

static Place place_of(Parser *parser, size_t start, size_t end)
{
    if (!parser->in.mapped)
        return parser->in.place;
    if (start < parser->line_start) {
        parser->seen = parser->line_start = 0;
        parser->line = parser->in.place.line;
        parser->column = parser->in.place.column;
    } else if (start < parser->seen) {
        parser->seen = parser->line_start;
        parser->column = parser->line == parser->in.place.line ? parser->in.place.column : 1;
    }
    for (; parser->seen < start; parser->seen++) {
        unsigned char byte = (unsigned char)parser->in.text[parser->seen];
        if (byte == '\n') {
            parser->line++;
            parser->line_start = parser->seen + 1;
            parser->column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            parser->column++;
        }
    }
    return (Place){.source = parser->in.place.source,
                   .line = parser->line,
                   .column = parser->column,
                   .offset = parser->in.place.offset + (uint32_t)start,
                   .length = (uint32_t)(end - start)};
}

static Node *push(Parser *parser, NodeKind kind, size_t start, size_t end)
{
    Level *level = &parser->levels[parser->depth];
    Node *node = array_push(parser->arena, &level->nodes);
    *node = (Node){.kind = kind, .origin = {.place = place_of(parser, start, end)}};
    return node;
}

static const char *tag_text(const Parser *parser, const Tag *tag)
{
    return arena_strndup(parser->arena, parser->in.text + tag->text_start, tag->text_end - tag->text_start);
}

static Formula *parse_tag_formula(Parser *parser, const Tag *tag)
{
    if (tag->text_start == tag->text_end) {
        finding_add(parser->findings, MESSAGE_TEMPLATE_TAG_EMPTY, place_of(parser, tag->start, tag->end), NULL, NULL);
        return NULL;
    }
    return formula_parse(parser->in.text + tag->text_start, tag->text_end - tag->text_start,
                         place_of(parser, tag->text_start, tag->text_end), parser->arena, parser->findings);
}

static void open_section(Parser *parser, const Tag *tag)
{
    if (parser->depth == SECTION_DEPTH_MAX) {
        if (parser->skipped++ == 0)
            finding_add(parser->findings, MESSAGE_TEMPLATE_TOO_DEEP, place_of(parser, tag->start, tag->end), NULL,
                        arena_printf(parser->arena, "%d", SECTION_DEPTH_MAX), NULL);
        return;
    }
    Formula *formula = parse_tag_formula(parser, tag);
    Place place = place_of(parser, tag->start, tag->end);
    Level *level = &parser->levels[++parser->depth];
    *level = (Level){.section = {.kind = tag->kind == TAG_SECTION ? NODE_SECTION : NODE_INVERTED,
                                 .origin = {.place = place},
                                 .text = tag_text(parser, tag),
                                 .len = tag->text_end - tag->text_start,
                                 .formula = formula}};
}

/* Ends the innermost section: it becomes a node of the level around it. */
static void end_section(Parser *parser)
{
    Level *level = &parser->levels[parser->depth--];
    Node *node = array_push(parser->arena, &parser->levels[parser->depth].nodes);
    *node = level->section;
    node->children = (NodeList){level->nodes.items, level->nodes.count};
}

static void report_unclosed(Parser *parser)
{
    const Node *section = &parser->levels[parser->depth].section;
    finding_add(parser->findings, MESSAGE_TEMPLATE_SECTION_UNCLOSED, section->origin.place, NULL, section->text, NULL);
}

/* {{/}} closes the innermost section; {{/name}} the one so named: those inside it were left open. */
static void close_section(Parser *parser, const Tag *tag)
{
    if (parser->skipped > 0) {
        parser->skipped--;
        return;
    }
    Place place = place_of(parser, tag->start, tag->end);
    if (parser->depth == 0) {
        finding_add(parser->findings, MESSAGE_TEMPLATE_CLOSE_STRAY, place, NULL, NULL);
        return;
    }
    size_t len = tag->text_end - tag->text_start, depth = parser->depth;
    const char *name = parser->in.text + tag->text_start;
    while (len > 0 && depth > 0 &&
           (parser->levels[depth].section.len != len || memcmp(parser->levels[depth].section.text, name, len) != 0))
        depth--;
    if (depth == 0) {
        const Node *section = &parser->levels[parser->depth].section;
        Finding *finding = finding_add(parser->findings, MESSAGE_TEMPLATE_CLOSE_DIFFERS, place, NULL,
                                       tag_text(parser, tag), section->text, NULL);
        finding_relate(parser->findings, finding, MESSAGE_TEMPLATE_OPENED_HERE, section->origin.place, section->text,
                       NULL);
        end_section(parser);
        return;
    }
    while (parser->depth > depth) {
        report_unclosed(parser);
        end_section(parser);
    }
    end_section(parser);
}

static void push_value(Parser *parser, const Tag *tag)
{
    Formula *formula = parse_tag_formula(parser, tag);
    if (!formula)
        return;
    Node *node = push(parser, NODE_VALUE, tag->start, tag->end);
    node->formula = formula;
    node->keep_together = tag->keep_together;
    node->text = tag_text(parser, tag);
    node->len = tag->text_end - tag->text_start;
    node->counts_rows = strcmp(node->text, "ROW()") == 0;
}

static void push_text(Parser *parser, size_t start, size_t end)
{
    if (start == end)
        return;
    const char *text = parser->in.text + start;
    if (parser->number_wanted) {
        NumberForm form;
        size_t len = number_form_match(text, end - start, &form, parser->arena);
        parser->number_wanted = false;
        if (len > 0) {
            push(parser, NODE_NUMBER, start, end)->number = form;
            start += len;
            text += len;
            if (start == end)
                return;
        }
    }
    for (size_t at = 0; at < end - start;) {
        uint32_t code = 0;
        size_t bytes = utf8_decode(text + at, end - start - at, &code);
        if (code == CODE_WIDE_BRACE)
            finding_add(parser->findings, MESSAGE_TEMPLATE_WIDE_BRACE, place_of(parser, start + at, start + at + bytes),
                        NULL, NULL);
        at += bytes > 0 ? bytes : 1;
    }
    Node *node = push(parser, NODE_TEXT, start, end);
    node->text = text_nfc(parser->arena, arena_strndup(parser->arena, text, end - start), end - start, &node->len);
}

static void push_tag(Parser *parser, const Tag *tag)
{
    switch (tag->kind) {
    case TAG_VALUE:
        parser->number_wanted = false;
        push_value(parser, tag);
        break;
    case TAG_SECTION:
    case TAG_INVERTED:
        open_section(parser, tag);
        break;
    case TAG_CLOSE:
        close_section(parser, tag);
        break;
    case TAG_GOOD_BREAK:
        push(parser, NODE_GOOD_BREAK, tag->start, tag->end);
        break;
    case TAG_PAGE:
        parser->number_wanted = false;
        push(parser, NODE_PAGE, tag->start, tag->end)->text = tag_text(parser, tag);
        break;
    case TAG_MARK: {
        Node *node = push(parser, NODE_MARK, tag->start, tag->end);
        node->text = tag_text(parser, tag);
        node->len = tag->text_end - tag->text_start;
        break;
    }
    case TAG_TABLE:
    case TAG_STYLE:
        finding_add(parser->findings,
                    tag->kind == TAG_TABLE ? MESSAGE_TEMPLATE_TABLE_NOT_ALONE : MESSAGE_TEMPLATE_STYLE_NOT_FIRST,
                    place_of(parser, tag->start, tag->end), NULL, tag_text(parser, tag), NULL);
        break;
    case TAG_COMMENT:
    case TAG_NONE:
        break;
    }
}

/* The pieces of a line from `at`; returns where it ended (a comment may have run on). */
static size_t parse_pieces(Parser *parser, size_t at, size_t end)
{
    while (at < end) {
        size_t open = text_find_open(&parser->in, at, end);
        push_text(parser, at, open);
        if (open == end)
            break;
        Tag tag = tag_read(&parser->in, open, end);
        if (tag.kind == TAG_NONE) {
            finding_add(parser->findings, MESSAGE_TEMPLATE_TAG_UNCLOSED, place_of(parser, open, open + 2), NULL, NULL);
            return end;
        }
        push_tag(parser, &tag);
        at = tag.end;
        if (at > end) { /* a comment over lines: on to the end of its last */
            const char *newline = memchr(parser->in.text + at, '\n', parser->in.len - at);
            end = newline ? (size_t)(newline - parser->in.text) : parser->in.len;
            end = text_trim_blanks(&parser->in, at, end);
        }
    }
    return end;
}

/* A line that holds nothing but section tags and comments, or one table, vanishes. Returns its end, 0 if it is none. */
static size_t parse_standalone(Parser *parser, size_t start, size_t end)
{
    size_t count = 0, at = start;
    Tag table = {.kind = TAG_NONE};
    for (size_t limit = end; at < limit; count++) {
        if (text_find_open(&parser->in, at, limit) != at)
            return 0;
        Tag tag = tag_read(&parser->in, at, limit);
        if (tag.kind == TAG_TABLE && count == 0 && text_skip_blanks(&parser->in, tag.end, limit) == limit) {
            table = tag;
        } else if (tag.kind != TAG_SECTION && tag.kind != TAG_INVERTED && tag.kind != TAG_CLOSE &&
                   tag.kind != TAG_COMMENT) {
            return 0;
        }
        if (tag.end > limit) {
            const char *newline = memchr(parser->in.text + tag.end, '\n', parser->in.len - tag.end);
            limit = newline ? (size_t)(newline - parser->in.text) : parser->in.len;
        }
        at = text_skip_blanks(&parser->in, tag.end, limit);
        end = limit;
    }
    if (table.kind == TAG_TABLE) {
        Node *node = push(parser, NODE_TABLE, table.start, table.end);
        node->text = tag_text(parser, &table);
        return end;
    }
    for (at = start; at < end;) {
        Tag tag = tag_read(&parser->in, at, end);
        push_tag(parser, &tag);
        at = text_skip_blanks(&parser->in, tag.end, end);
    }
    return end;
}

/* What a heading's style goes by: the number at the head of the line, tags passed over. */
static NumberForm peek_number(const Parser *parser, size_t at, size_t end)
{
    NumberForm form = {.present = false};
    while ((at = text_skip_blanks(&parser->in, at, end)) < end && text_find_open(&parser->in, at, end) == at) {
        Tag tag = tag_read(&parser->in, at, end);
        if (tag.kind != TAG_SECTION && tag.kind != TAG_INVERTED && tag.kind != TAG_COMMENT)
            return form;
        at = tag.end < end ? tag.end : end;
    }
    if (number_form_match(parser->in.text + at, end - at, &form, parser->arena) == 0)
        form = (NumberForm){.present = false};
    return form;
}

/* Opens a paragraph: reads the line's marker; returns where its text begins. */
static size_t begin_line(Parser *parser, size_t start, size_t end)
{
    const char *text = parser->in.text;
    Node *line = push(parser, NODE_LINE, start, end);
    size_t at = start;
    if (parser->in.mode == TEMPLATE_NOTICE && text[start] == '#') {
        while (at < end && text[at] == '#')
            at++;
        line->line = LINE_HEADING;
        line->level = (int)(at - start) - 1;
        if (line->level > LEVEL_MAX || at == end || !text_is_blank(text[at]))
            finding_add(parser->findings, MESSAGE_TEMPLATE_HEADING, place_of(parser, start, at), NULL,
                        arena_printf(parser->arena, "%d", LEVEL_MAX + 1), NULL);
        if (line->level > LEVEL_MAX)
            line->level = LEVEL_MAX;
        at = text_skip_blanks(&parser->in, at, end);
        line->number = peek_number(parser, at, end);
    } else if (parser->in.mode == TEMPLATE_NOTICE && text[start] == '@') {
        line->line = LINE_SIGNATURE;
        at = text_skip_blanks(&parser->in, start + 1, end);
    } else if (parser->in.mode == TEMPLATE_NOTICE && text_find_open(&parser->in, start, end) == start) {
        Tag tag = tag_read(&parser->in, start, end);
        if (tag.kind == TAG_STYLE) {
            line->style_name = tag_text(parser, &tag);
            at = text_skip_blanks(&parser->in, tag.end, end);
        }
    }
    parser->number_wanted = line->line == LINE_HEADING || parser->in.mode == TEMPLATE_CAPTION;
    return at;
}

static bool is_page_break(const Parser *parser, size_t start, size_t end)
{
    if (parser->in.mode != TEMPLATE_NOTICE || end - start < 3)
        return false;
    for (size_t i = start; i < end; i++)
        if (parser->in.text[i] != '-')
            return false;
    return true;
}

/* One line of the file from `at`; `continues`: the line before ended in a backslash. Returns the offset after it. */
static size_t parse_line(Parser *parser, size_t at, bool *continues)
{
    const char *newline = memchr(parser->in.text + at, '\n', parser->in.len - at);
    size_t start = text_skip_blanks(&parser->in, at, newline ? (size_t)(newline - parser->in.text) : parser->in.len);
    size_t raw_end = newline ? (size_t)(newline - parser->in.text) : parser->in.len;
    size_t end = text_trim_blanks(&parser->in, start, raw_end), done = 0;
    bool goes_on = end > start && parser->in.text[end - 1] == '\\';
    if (!*continues) {
        if (start == end)
            return raw_end + 1;
        if (is_page_break(parser, start, end)) {
            push(parser, NODE_PAGE_BREAK, start, end);
            return raw_end + 1;
        }
        done = parse_standalone(parser, start, end);
        if (done > 0) {
            newline = memchr(parser->in.text + done, '\n', parser->in.len - done);
            return newline ? (size_t)(newline - parser->in.text) + 1 : parser->in.len;
        }
        start = begin_line(parser, start, end);
    }
    done = parse_pieces(parser, start, goes_on ? end - 1 : end);
    *continues = goes_on;
    if (!goes_on)
        push(parser, NODE_LINE_END, done, done);
    newline = memchr(parser->in.text + done, '\n', parser->in.len - done);
    return newline ? (size_t)(newline - parser->in.text) + 1 : parser->in.len;
}

NodeList template_parse(TemplateText text, Arena *arena, FindingList *findings)
{
    Parser room, *parser = &room; /* most texts are a cell's: the levels of sections are not all made for each */
    parser->in = text;
    parser->arena = arena;
    parser->findings = findings;
    parser->levels[0] = (Level){0};
    parser->depth = parser->skipped = parser->seen = parser->line_start = 0;
    parser->line = text.place.line;
    parser->column = text.place.column;
    parser->number_wanted = false;
    bool continues = false;
    for (size_t at = 0; at < text.len;)
        at = parse_line(parser, at, &continues);
    if (continues)
        push(parser, NODE_LINE_END, text.len, text.len);
    while (parser->depth > 0) {
        report_unclosed(parser);
        end_section(parser);
    }
    return (NodeList){parser->levels[0].nodes.items, parser->levels[0].nodes.count};
}

NodeList template_parse_scalar(const Value *scalar, TemplateMode mode, Arena *arena, FindingList *findings)
{
    const char *text = value_text(scalar);
    if (!text)
        return (NodeList){0};
    TemplateText in = {.text = text, .len = scalar->len, .place = scalar->place, .mode = mode};
    const Source *source = scalar->place.source;
    /* A plain scalar stands in the file as it is, a quoted one after its quote; escapes and blocks do not. */
    for (uint32_t quote = 0; source && quote <= 1 && !in.mapped; quote++) {
        size_t offset = (size_t)scalar->place.offset + quote;
        if (offset + scalar->len <= source->len && memcmp(source->bytes + offset, text, scalar->len) == 0) {
            in.mapped = true;
            in.place.offset += quote;
            in.place.column += quote;
        }
    }
    return template_parse(in, arena, findings);
}

Formula *formula_parse_scalar(const Value *scalar, Arena *arena, FindingList *findings)
{
    const char *text = value_text(scalar);
    return text ? formula_parse(text, scalar->len, scalar->place, arena, findings) : NULL;
}
