/* Turns a regular expression into the steps of an NFA. */
#include <string.h>

#include "base/text.h"
#include "data/pattern_int.h"

#define STEPS_MAX  4096
#define DEPTH_MAX  50   /* nested groups */
#define REPEAT_MAX 1000 /* in {m,n} */

typedef struct Parser {
    Arena *arena;
    const char *text;
    size_t len, at;
    ARRAY(Step) steps;
    ARRAY(Range) ranges;
    int depth;
    bool failed;
} Parser;

static void emit(Parser *parser, Step step)
{
    if (parser->steps.count >= STEPS_MAX) {
        parser->failed = true;
        return;
    }
    *array_push(parser->arena, &parser->steps) = step;
}

/* Opens a gap of one step at `at`; jumps are relative, and none crosses the start of a finished piece. */
static void insert(Parser *parser, size_t at, Step step)
{
    emit(parser, step);
    if (!parser->failed) {
        Step *steps = parser->steps.items;
        memmove(steps + at + 1, steps + at, (parser->steps.count - 1 - at) * sizeof *steps);
        steps[at] = step;
    }
}

static bool peek_is(const Parser *parser, char c)
{
    return parser->at < parser->len && parser->text[parser->at] == c;
}

static bool take(Parser *parser, char c)
{
    bool is = peek_is(parser, c);
    parser->at += is;
    return is;
}

static uint32_t take_code(Parser *parser)
{
    uint32_t code = 0;
    size_t size =
        parser->at < parser->len ? utf8_decode(parser->text + parser->at, parser->len - parser->at, &code) : 0;
    parser->failed = parser->failed || size == 0;
    parser->at += size;
    return code;
}

static void add_range(Parser *parser, uint32_t from, uint32_t to)
{
    parser->failed = parser->failed || to < from;
    *array_push(parser->arena, &parser->ranges) = (Range){from, to};
}

static void add_digits(Parser *parser)
{
    add_range(parser, '0', '9');
}

static void add_letters(Parser *parser)
{
    add_range(parser, 'A', 'Z');
    add_range(parser, 'a', 'z');
}

static void add_spaces(Parser *parser)
{
    add_range(parser, '\t', '\r');
    add_range(parser, ' ', ' ');
    add_range(parser, 0xA0, 0xA0);
    add_range(parser, 0x3000, 0x3000);
}

/* The ranges of \d, \w, \s; false for any other letter. */
static bool add_escape_class(Parser *parser, uint32_t letter)
{
    switch (letter) {
    case 'd':
    case 'D':
        add_digits(parser);
        return true;
    case 'w':
    case 'W':
        add_digits(parser);
        add_letters(parser);
        add_range(parser, '_', '_');
        return true;
    case 's':
    case 'S':
        add_spaces(parser);
        return true;
    default:
        return false;
    }
}

static uint32_t escaped(uint32_t letter)
{
    return letter == 'n' ? '\n' : letter == 't' ? '\t' : letter == 'r' ? '\r' : letter;
}

static bool take_named_class(Parser *parser)
{
    static const struct {
        const char *name;
        bool digits, letters, spaces;
    } classes[] = {{"[:digit:]", true, false, false},
                   {"[:alpha:]", false, true, false},
                   {"[:alnum:]", true, true, false},
                   {"[:space:]", false, false, true}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        size_t len = strlen(classes[i].name);
        if (parser->len - parser->at >= len && memcmp(parser->text + parser->at, classes[i].name, len) == 0) {
            parser->at += len;
            if (classes[i].digits) {
                add_digits(parser);
            }
            if (classes[i].letters) {
                add_letters(parser);
            }
            if (classes[i].spaces) {
                add_spaces(parser);
            }
            return true;
        }
    }
    return false;
}

/* After "[". */
static void parse_class(Parser *parser)
{
    Step step = {.kind = STEP_CLASS, .first = parser->ranges.count};
    step.negated = take(parser, '^');
    for (bool first = true; !parser->failed && (first || !peek_is(parser, ']')); first = false) {
        if (take_named_class(parser)) {
            continue;
        }
        uint32_t from = take_code(parser);
        if (from == '\\') {
            from = take_code(parser);
            if (add_escape_class(parser, from)) {
                parser->failed = parser->failed || from < 'a'; /* \D in a class would need subtraction */
                continue;
            }
            from = escaped(from);
        }
        uint32_t to = from;
        if (peek_is(parser, '-') && parser->at + 1 < parser->len && parser->text[parser->at + 1] != ']') {
            parser->at++;
            to = take_code(parser);
            to = to == '\\' ? escaped(take_code(parser)) : to;
        }
        add_range(parser, from, to);
    }
    parser->failed = !take(parser, ']') || parser->failed;
    step.end = parser->ranges.count;
    emit(parser, step);
}

static void parse_alternatives(Parser *parser);

static void parse_atom(Parser *parser)
{
    uint32_t code = take_code(parser);
    if (parser->failed) {
        return;
    }
    if (code == '(') {
        if (parser->len - parser->at >= 2 && memcmp(parser->text + parser->at, "?:", 2) == 0) {
            parser->at += 2;
        }
        if (++parser->depth > DEPTH_MAX) {
            parser->failed = true;
            return;
        }
        parse_alternatives(parser);
        parser->depth--;
        parser->failed = !take(parser, ')') || parser->failed;
    } else if (code == '[') {
        parse_class(parser);
    } else if (code == '.') {
        emit(parser, (Step){.kind = STEP_ANY});
    } else if (code == '^' || code == '$') {
        emit(parser, (Step){.kind = code == '^' ? STEP_START : STEP_END});
    } else if (code == '\\') {
        code = take_code(parser);
        Step step = {.kind = STEP_CLASS, .first = parser->ranges.count, .negated = code < 'a'};
        if (add_escape_class(parser, code)) {
            step.end = parser->ranges.count;
            emit(parser, step);
        } else {
            emit(parser, (Step){.kind = STEP_CODE, .code = escaped(code)});
        }
    } else if (code == '*' || code == '+' || code == '?' || code == '{') {
        parser->failed = true;
    } else {
        emit(parser, (Step){.kind = STEP_CODE, .code = code});
    }
}

static bool take_number(Parser *parser, int *out)
{
    size_t start = parser->at;
    int value = 0;
    while (parser->at < parser->len && parser->text[parser->at] >= '0' && parser->text[parser->at] <= '9') {
        value = value > REPEAT_MAX ? value : value * 10 + (parser->text[parser->at] - '0');
        parser->at++;
    }
    *out = value;
    return parser->at > start && value <= REPEAT_MAX;
}

static void copy_piece(Parser *parser, size_t from, size_t count)
{
    for (size_t i = 0; i < count && !parser->failed; i++) {
        emit(parser, parser->steps.items[from + i]);
    }
}

/* The piece from `from` on, made to run `least` to `most` times; most < 0: without end. */
static void repeat(Parser *parser, size_t from, int least, int most)
{
    size_t count = parser->steps.count - from;
    int size = (int)count;
    if (least == 0 && most == 0) {
        parser->steps.count = from;
        return;
    }
    if (least == 0 && most < 0) { /* fork over the piece, the piece, jump back */
        insert(parser, from, (Step){.kind = STEP_FORK, .to = 1, .other = size + 2});
        emit(parser, (Step){.kind = STEP_JUMP, .to = -(size + 1)});
        return;
    }
    if (least == 0) { /* each optional copy forks over itself alone: enough to match */
        insert(parser, from, (Step){.kind = STEP_FORK, .to = 1, .other = size + 1});
        for (int i = 1; i < most; i++) {
            copy_piece(parser, from, count + 1);
        }
        return;
    }
    for (int i = 1; i < least; i++) {
        copy_piece(parser, from, count);
    }
    if (most < 0) {
        emit(parser, (Step){.kind = STEP_FORK, .to = -size, .other = 1});
        return;
    }
    for (int i = least; i < most; i++) {
        emit(parser, (Step){.kind = STEP_FORK, .to = 1, .other = size + 1});
        copy_piece(parser, from, count);
    }
}

static void parse_repeats(Parser *parser, size_t from)
{
    while (!parser->failed) {
        int least = 0, most = -1;
        if (take(parser, '+')) {
            least = 1;
        } else if (take(parser, '?')) {
            most = 1;
        } else if (take(parser, '{')) {
            parser->failed = !take_number(parser, &least) || parser->failed;
            most = least;
            if (take(parser, ',')) {
                most = -1;
                if (!peek_is(parser, '}')) {
                    parser->failed = !take_number(parser, &most) || most < least || parser->failed;
                }
            }
            parser->failed = !take(parser, '}') || parser->failed;
        } else if (!take(parser, '*')) {
            return;
        }
        if (!parser->failed) {
            repeat(parser, from, least, most);
        }
    }
}

static void parse_alternatives(Parser *parser)
{
    size_t from = parser->steps.count;
    while (!parser->failed && parser->at < parser->len && !peek_is(parser, '|') && !peek_is(parser, ')')) {
        size_t piece = parser->steps.count;
        parse_atom(parser);
        parse_repeats(parser, piece);
    }
    if (!parser->failed && take(parser, '|')) {
        int first = (int)(parser->steps.count - from);
        insert(parser, from, (Step){.kind = STEP_FORK, .to = 1, .other = first + 2});
        size_t jump = parser->steps.count;
        emit(parser, (Step){.kind = STEP_JUMP});
        parse_alternatives(parser);
        if (!parser->failed) {
            parser->steps.items[jump].to = (int)(parser->steps.count - jump);
        }
    }
}

Pattern *pattern_parse(const char *text, size_t len, Arena *arena)
{
    Parser parser = {.arena = arena, .text = text, .len = len};
    parse_alternatives(&parser);
    if (parser.failed || parser.at < len) {
        return NULL;
    }
    *array_push(arena, &parser.steps) = (Step){.kind = STEP_FOUND};
    Pattern *pattern = arena_new_of(arena, Pattern);
    *pattern = (Pattern){parser.steps.items, parser.steps.count, parser.ranges.items};
    return pattern;
}
