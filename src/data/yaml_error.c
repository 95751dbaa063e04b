/* Turns libyaml's syntax errors into what a clerk did: looks at the lines near the mark for the common slips. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/yaml_int.h"

#define COLON_NOTES_MAX 9  /* further full-width colons pointed out */
#define LINES_BACK_MAX  50 /* lines searched before the error */
#define COMMA_WIDE      "\uFF0C"
#define IS_BLANK(c)     ((c) == ' ' || (c) == '\t')
#define NONE            SIZE_MAX

typedef struct Reporter {
    const yaml_parser_t *parser;
    Positions *positions;
    const Source *source;
    FindingList *findings;
    Place problem, context;
    Line line; /* of the problem */
} Reporter;

/* Who types one full-width colon types more: notes on the lines below that look the same, so that all can be put right
 * in one go. Items of lists are left out, for they may well be sentences. */
static void relate_colons_below(const Reporter *reporter, Finding *finding, Line line)
{
    const Source *source = reporter->source;
    for (size_t notes = 0; notes < COLON_NOTES_MAX && line.end + 1 < source->len;) {
        size_t next = line.end + 1;
        next += source->bytes[line.end] == '\r' && source->bytes[next] == '\n';
        line = line_around(source, next);
        const char *text = source->bytes + line.start;
        size_t len = line.end - line.start, start = 0, at = find_wide_colon(text, len);
        while (start < len && text[start] == ' ') {
            start++;
        }
        if (at != NONE && text[start] != '-') {
            finding_relate(reporter->findings, finding, MESSAGE_YAML_WIDE_COLON_ALSO,
                           place_at(source, line.start + at, 3), NULL);
            notes++;
        }
    }
}

static bool report_colon(const Reporter *reporter, Line line)
{
    const char *text = reporter->source->bytes + line.start;
    size_t len = line.end - line.start;
    size_t wide = find_wide_colon(text, len), tight = find_tight_colon(text, len);
    if (wide == NONE && tight == NONE) {
        return false;
    }
    size_t at = wide != NONE ? wide : tight, from = skip_to_text(text, len);
    const char *key = arena_strndup(reporter->findings->arena, text + from, at - from);
    Place place = place_at(reporter->source, line.start + at, wide != NONE ? 3 : 1);
    Finding *finding = finding_add(
        reporter->findings, wide != NONE ? MESSAGE_YAML_WIDE_COLON : MESSAGE_YAML_TIGHT_COLON, place, NULL, key, NULL);
    finding->suggestion = ": ";
    if (wide != NONE) {
        relate_colons_below(reporter, finding, line);
    }
    return true;
}

static bool problem_is(const Reporter *reporter, const char *words)
{
    return reporter->parser->problem != NULL && strstr(reporter->parser->problem, words) != NULL;
}

static bool context_is(const Reporter *reporter, const char *words)
{
    return reporter->parser->context != NULL && strstr(reporter->parser->context, words) != NULL;
}

static bool report_tab(const Reporter *reporter, Line line)
{
    const char *bytes = reporter->source->bytes;
    for (size_t at = line.start; at < line.end && IS_BLANK(bytes[at]); at++) {
        if (bytes[at] == '\t') {
            finding_add(reporter->findings, MESSAGE_YAML_TAB, place_at(reporter->source, at, 1), NULL, NULL);
            return true;
        }
    }
    return false;
}

/* A line that starts a key or an item of its own, so that nothing before it can have swallowed what follows. */
static bool starts_node(const Source *source, Line line)
{
    const char *text = source->bytes + line.start;
    size_t len = line.end - line.start;
    if (skip_to_text(text, len) > 0 && memchr(text, '-', skip_to_text(text, len)) != NULL) {
        return true;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] == ':' && (i + 1 == len || IS_BLANK(text[i + 1]))) {
            return true;
        }
    }
    return false;
}

/* The error line goes on with a text that began above it: looks there for the colon that was none. */
static bool report_colon_above(const Reporter *reporter)
{
    Line line = reporter->line;
    for (size_t n = 0; n < LINES_BACK_MAX && line.start > 0; n++) {
        line = line_before(reporter->source, line);
        if (report_colon(reporter, line)) {
            return true;
        }
        if (starts_node(reporter->source, line)) {
            return false;
        }
    }
    return false;
}

/* The last full-width comma between the bracket and the error, outside quotes. */
static bool report_wide_comma(const Reporter *reporter)
{
    const Source *source = reporter->source;
    size_t found = NONE, from = reporter->context.offset, to = reporter->problem.offset;
    char quote = '\0';
    for (size_t at = from; at < to; at++) {
        char c = source->bytes[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ',') {
            found = NONE;
        } else if (source->len - at >= 3 && memcmp(source->bytes + at, COMMA_WIDE, 3) == 0) {
            found = at;
        }
    }
    if (found == NONE) {
        return false;
    }
    finding_add(reporter->findings, MESSAGE_YAML_WIDE_COMMA, place_at(source, found, 3), NULL, NULL)->suggestion = ", ";
    return true;
}

/* Something opened at `opened` and not closed up to the error. A bracket on the error's own line is pointed out at the
 * error; else the opening is where to look. */
static void report_opened(const Reporter *reporter, MessageId id, Place opened)
{
    char open_line[16], line[16];
    snprintf(open_line, sizeof open_line, "%" PRIu32, opened.line);
    snprintf(line, sizeof line, "%" PRIu32, reporter->problem.line);
    bool same_line = opened.line == reporter->problem.line;
    bool at_error = same_line && id == MESSAGE_YAML_BRACKET_OPEN;
    Finding *finding =
        finding_add(reporter->findings, id, at_error ? reporter->problem : opened, NULL, open_line, line, NULL);
    if (at_error) {
        finding_relate(reporter->findings, finding, MESSAGE_YAML_BRACKET_HERE, opened, open_line, NULL);
    } else if (!same_line) {
        finding_relate(reporter->findings, finding, MESSAGE_YAML_UNTIL_HERE, reporter->problem, line, NULL);
    }
}

/* The byte before the error, blanks skipped; NUL at the start of the line. */
static char byte_before(const Reporter *reporter)
{
    size_t at = reporter->problem.offset;
    while (at > reporter->line.start && IS_BLANK(reporter->source->bytes[at - 1])) {
        at--;
    }
    return at > reporter->line.start ? reporter->source->bytes[at - 1] : '\0';
}

/* The error follows a closing quote: the text goes on after it, or the quote was opened lines ago and this one was
 * meant to open the next. */
static bool report_quote_before(const Reporter *reporter)
{
    char quote = byte_before(reporter);
    if (quote != '"' && quote != '\'') {
        return false;
    }
    const Source *source = reporter->source;
    size_t close = reporter->problem.offset;
    while (source->bytes[close - 1] != quote) {
        close--;
    }
    size_t open = close - 1;
    while (open > 0 && source->bytes[open - 1] != quote) {
        open--;
    }
    if (open > 0 && open - 1 < reporter->line.start) {
        report_opened(reporter, MESSAGE_YAML_QUOTE_OPEN, place_at(source, open - 1, 1));
    } else {
        finding_add(reporter->findings, MESSAGE_YAML_AFTER_QUOTE, reporter->problem, NULL, NULL);
    }
    return true;
}

static void report_flow(const Reporter *reporter)
{
    if (!report_wide_comma(reporter) && !report_quote_before(reporter)) {
        report_opened(reporter, MESSAGE_YAML_BRACKET_OPEN, reporter->context);
    }
}

/* The first character of the error's line that is no blank. */
static Place line_start(const Reporter *reporter)
{
    size_t at = reporter->line.start;
    while (at < reporter->line.end && IS_BLANK(reporter->source->bytes[at])) {
        at++;
    }
    return place_at(reporter->source, at, 0);
}

/* A line without a colon below a line of a list, as far in as its dash: an item without one. */
static bool below_list(const Source *source, Line line)
{
    Line above = line_before(source, line);
    size_t indent = 0, indent_above = 0;
    while (line.start + indent < line.end && source->bytes[line.start + indent] == ' ') {
        indent++;
    }
    while (above.start + indent_above < above.end && source->bytes[above.start + indent_above] == ' ') {
        indent_above++;
    }
    return indent == indent_above && above.start + indent_above < above.end && above.end <= line.start &&
           source->bytes[above.start + indent_above] == '-';
}

static void report_colon_in_value(const Reporter *reporter)
{
    const char *bytes = reporter->source->bytes;
    Line head = {reporter->line.start, reporter->problem.offset};
    if (!starts_node(reporter->source, head) && !report_colon(reporter, head) && report_colon_above(reporter)) {
        return;
    }
    bool alone = true; /* no key before it in its own line: the indent is what does not fit */
    for (size_t at = head.start; at + 1 < head.end; at++) {
        alone = alone && !(bytes[at] == ':' && IS_BLANK(bytes[at + 1]));
    }
    finding_add(reporter->findings, alone ? MESSAGE_YAML_INDENT : MESSAGE_YAML_COLON_IN_VALUE,
                alone ? line_start(reporter) : reporter->problem, NULL, NULL);
}

static void report_block(const Reporter *reporter)
{
    const Source *source = reporter->source;
    if (report_quote_before(reporter) || (byte_before(reporter) == '\0' && report_colon_above(reporter))) {
        return;
    }
    if (reporter->problem.offset < source->len && source->bytes[reporter->problem.offset] == ':') {
        finding_add(reporter->findings, MESSAGE_YAML_KEY_EMPTY, reporter->problem, NULL, NULL);
        return;
    }
    char line[16];
    snprintf(line, sizeof line, "%" PRIu32, reporter->context.line);
    bool in_list = context_is(reporter, "block collection");
    Finding *finding = finding_add(reporter->findings, in_list ? MESSAGE_YAML_INDENT_LIST : MESSAGE_YAML_INDENT_MAP,
                                   reporter->problem, NULL, line, NULL);
    finding_relate(reporter->findings, finding, MESSAGE_YAML_BLOCK_HERE, reporter->context, line, NULL);
}

static void report_start_character(const Reporter *reporter)
{
    const Source *source = reporter->source;
    size_t at = reporter->problem.offset;
    uint32_t code = 0;
    size_t size = at < source->len ? utf8_decode(source->bytes + at, source->len - at, &code) : 0;
    const char *text = arena_strndup(reporter->findings->arena, source->bytes + at, size);
    finding_add(reporter->findings, MESSAGE_YAML_START_CHARACTER, place_at(source, at, size), NULL, text, NULL);
}

/* Errors where the text was meant as words but its first character (the context's) has a meaning in YAML. */
static void report_indicator(const Reporter *reporter)
{
    Reporter at_context = *reporter;
    at_context.problem = reporter->context;
    report_start_character(&at_context);
}

static void report_plain(const Reporter *reporter)
{
    const char *detail = reporter->parser->problem == NULL ? "?" : reporter->parser->problem;
    finding_add(reporter->findings, MESSAGE_YAML_SYNTAX, reporter->problem, NULL, detail, NULL);
}

static void report_by_words(const Reporter *reporter)
{
    Line context_line = line_around(reporter->source, reporter->context.offset);
    if (problem_is(reporter, "could not find expected ':'")) {
        if (!report_colon(reporter, context_line)) {
            bool item = below_list(reporter->source, context_line);
            finding_add(reporter->findings, item ? MESSAGE_YAML_NO_DASH : MESSAGE_YAML_NO_COLON, reporter->context,
                        NULL, NULL);
        }
    } else if (problem_is(reporter, "mapping values are not allowed")) {
        report_colon_in_value(reporter);
    } else if (problem_is(reporter, "block sequence entries are not allowed")) {
        bool alone = reporter->problem.offset + 1 >= reporter->line.end;
        finding_add(reporter->findings, alone ? MESSAGE_YAML_DASH_ALONE : MESSAGE_YAML_DASH, reporter->problem, NULL,
                    NULL);
    } else if (context_is(reporter, "quoted scalar") && problem_is(reporter, "unexpected")) {
        report_opened(reporter, MESSAGE_YAML_QUOTE_OPEN, reporter->context);
    } else if (context_is(reporter, "quoted scalar")) {
        finding_add(reporter->findings, MESSAGE_YAML_ESCAPE, reporter->problem, NULL, NULL);
    } else if (context_is(reporter, "flow mapping") || context_is(reporter, "flow sequence")) {
        report_flow(reporter);
    } else if (context_is(reporter, "block mapping") || context_is(reporter, "block collection")) {
        report_block(reporter);
    } else if (problem_is(reporter, "did not find expected node content")) {
        finding_add(reporter->findings, MESSAGE_YAML_NODE, reporter->problem, NULL, NULL);
    } else if (problem_is(reporter, "cannot start any token")) {
        report_start_character(reporter);
    } else if (context_is(reporter, "block scalar") || context_is(reporter, "alias") ||
               context_is(reporter, "anchor") || context_is(reporter, "tag") || context_is(reporter, "directive")) {
        report_indicator(reporter);
    } else if (problem_is(reporter, "<document start>")) {
        if (!report_colon(reporter, reporter->line) && !report_colon_above(reporter)) {
            finding_add(reporter->findings, MESSAGE_YAML_INDENT, reporter->problem, NULL, NULL);
        }
    } else {
        report_plain(reporter);
    }
}

void report_syntax(const yaml_parser_t *parser, Positions *positions, FindingList *findings)
{
    Reporter reporter = {.parser = parser, .positions = positions, .source = positions->source, .findings = findings};
    reporter.problem = positions_place(positions, parser->problem_mark.index, parser->problem_mark.index + 1);
    reporter.context = positions_place(positions, parser->context_mark.index, parser->context_mark.index + 1);
    reporter.line = line_around(reporter.source, reporter.problem.offset);
    Line context_line = line_around(reporter.source, reporter.context.offset);
    bool tab =
        parser->error == YAML_SCANNER_ERROR &&
        (report_tab(&reporter, reporter.line) || (parser->context != NULL && report_tab(&reporter, context_line)));
    if (!tab) {
        report_by_words(&reporter);
    }
}
