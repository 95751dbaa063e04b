/* Turns a finding into lines for a person: the place, the words, the source line with a caret, notes and help. */
#include <inttypes.h>
#include <string.h>

#include "base/finding_int.h"
#include "base/text.h"

/* A source line longer than this is shown in part: at most BEFORE cells before the place. */
#define CELLS_MOST   ((size_t)100)
#define CELLS_BEFORE ((size_t)40)
/* Marks that take no cell may come in any number: they do not widen a line but must not lengthen it either. */
#define CODES_MOST ((size_t)400)

typedef enum Style { STYLE_NONE, STYLE_PLACE, STYLE_ERROR, STYLE_WARNING, STYLE_HINT, STYLE_MARK } Style;

typedef struct Printer {
    FILE *out;
    bool color;
    Language language;
} Printer;

static void print_style(const Printer *printer, Style style)
{
    static const char *const codes[] = {"\033[0m", "\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m"};
    if (printer->color) {
        fputs(codes[style], printer->out);
    }
}

static Style severity_style(Severity severity)
{
    return severity == SEVERITY_ERROR ? STYLE_ERROR : severity == SEVERITY_WARNING ? STYLE_WARNING : STYLE_HINT;
}

/* One code point of a line: as it stands, and as it may go to a terminal. */
typedef struct Shown {
    size_t size;  /* [bytes] in the source */
    size_t width; /* [cells] */
    uint32_t code;
} Shown;

static Shown shown_at(const char *text, size_t len)
{
    uint32_t code = 0xFFFD;
    size_t size = utf8_decode(text, len, &code);
    code = code == '\t' ? ' ' : code_visible(code);
    return (Shown){size ? size : 1, code_display_width(code), code};
}

/* The code point that ends at text[end], end > 0. */
static Shown shown_before(const char *text, size_t end)
{
    for (size_t size = 1; size <= 4 && size <= end; size++) {
        uint32_t code;
        if (utf8_decode(text + end - size, size, &code) == size) {
            return shown_at(text + end - size, size);
        }
    }
    return shown_at(text + end - 1, 1);
}

static void print_code(const Printer *printer, uint32_t code)
{
    char bytes[4];
    fwrite(bytes, 1, utf8_encode(code, bytes), printer->out);
}

/* Text on one line, with nothing in it that steers a terminal; returns its cells. */
static size_t print_safe(const Printer *printer, const char *text, size_t len)
{
    size_t width = 0;
    for (size_t at = 0; at < len;) {
        Shown shown = shown_at(text + at, len - at);
        print_code(printer, shown.code);
        width += shown.width;
        at += shown.size;
    }
    return width;
}

static void print_repeated(const Printer *printer, char c, size_t count)
{
    while (count-- > 0) {
        fputc(c, printer->out);
    }
}

/* The part of a source line that is shown: bytes [start, end), and whether something before or after it is not. */
typedef struct Window {
    size_t start, end;
    bool cut_start, cut_end;
} Window;

static bool at_break(const Source *source, size_t offset)
{
    return offset >= source->len || source->bytes[offset] == '\n' || source->bytes[offset] == '\r';
}

/* Moves window->start back by up to `cells`; returns the cells it took. */
static size_t window_back(const Source *source, Window *window, size_t cells)
{
    size_t width = 0;
    for (size_t codes = 0; window->start > 0 && !at_break(source, window->start - 1); codes++) {
        Shown shown = shown_before(source->bytes, window->start);
        if (width + shown.width > cells || codes == CODES_MOST) {
            window->cut_start = true;
            return width;
        }
        width += shown.width;
        window->start -= shown.size;
    }
    window->cut_start = false;
    return width;
}

static size_t window_forward(const Source *source, Window *window, size_t cells)
{
    size_t width = 0;
    for (size_t codes = 0; !at_break(source, window->end); codes++) {
        Shown shown = shown_at(source->bytes + window->end, source->len - window->end);
        if (width + shown.width > cells || codes == CODES_MOST) {
            window->cut_end = true;
            return width;
        }
        width += shown.width;
        window->end += shown.size;
    }
    window->cut_end = false;
    return width;
}

static Window window_around(const Source *source, size_t offset)
{
    Window window = {.start = offset, .end = offset};
    size_t before = window_back(source, &window, CELLS_BEFORE);
    size_t after = window_forward(source, &window, CELLS_MOST - before);
    if (window.cut_start && !window.cut_end) {
        window_back(source, &window, CELLS_MOST - before - after);
    }
    return window;
}

static void print_gutter(const Printer *printer, uint32_t line)
{
    if (line) {
        fprintf(printer->out, "%5" PRIu32 " | ", line);
    } else {
        fputs("      | ", printer->out);
    }
}

static void print_caret(const Printer *printer, size_t indent, size_t width)
{
    print_gutter(printer, 0);
    print_repeated(printer, ' ', indent);
    print_style(printer, STYLE_MARK);
    fputc('^', printer->out);
    print_repeated(printer, '~', width > 1 ? width - 1 : 0);
    print_style(printer, STYLE_NONE);
    fputc('\n', printer->out);
}

/* The source line and the caret under it. */
static void print_excerpt(const Printer *printer, Place place)
{
    static const char ellipsis[] = "\xE2\x80\xA6"; /* U+2026, one cell */
    const Source *source = place.source;
    if (!source || !source->bytes || place.line == 0 || place.offset > source->len) {
        return;
    }
    Window window = window_around(source, place.offset);
    if (window.start == 0 && place.offset >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0) {
        window.start = 3; /* the byte order mark */
    }
    size_t stop = (size_t)place.offset + place.length;
    stop = stop < window.end ? stop : window.end;
    print_gutter(printer, place.line);
    fputs(window.cut_start ? ellipsis : "", printer->out);
    size_t indent = window.cut_start ? 1 : 0;
    indent += print_safe(printer, source->bytes + window.start, place.offset - window.start);
    size_t width = print_safe(printer, source->bytes + place.offset, stop - place.offset);
    print_safe(printer, source->bytes + stop, window.end - stop);
    fputs(window.cut_end ? ellipsis : "", printer->out);
    fputc('\n', printer->out);
    print_caret(printer, indent, width);
}

/* "file:37:11: ", "file: " for a file as a whole, "gongkai: " for the run. */
static void print_place(const Printer *printer, Place place)
{
    const char *name = place.source ? place.source->name : "gongkai";
    print_style(printer, STYLE_PLACE);
    print_safe(printer, name, strlen(name));
    if (place.source && place.line) {
        fprintf(printer->out, ":%" PRIu32 ":%" PRIu32, place.line, place.column);
    }
    fputs(": ", printer->out);
    print_style(printer, STYLE_NONE);
}

/* "   help: ..."; a rule's help may have several lines. */
static void print_advice(const Printer *printer, WordId word, const char *text)
{
    const char *label = word_text(word, printer->language);
    size_t indent = text_display_width(label, strlen(label));
    fputs("   ", printer->out);
    print_style(printer, STYLE_HINT);
    fputs(label, printer->out);
    print_style(printer, STYLE_NONE);
    for (;;) {
        size_t len = strcspn(text, "\n");
        print_safe(printer, text, len);
        fputc('\n', printer->out);
        text += len + (text[len] == '\n');
        if (*text == '\0') {
            return;
        }
        print_repeated(printer, ' ', 3 + indent);
    }
}

static void print_related(const Printer *printer, const Related *related)
{
    print_place(printer, related->place);
    print_style(printer, STYLE_HINT);
    fputs(word_text(WORD_NOTE, printer->language), printer->out);
    print_style(printer, STYLE_NONE);
    print_safe(printer, related->text, strlen(related->text));
    fputc('\n', printer->out);
    print_excerpt(printer, related->place);
}

void finding_print(const FindingList *list, const Finding *finding, FILE *out, bool color)
{
    const Printer printer = {out, color, list->language};
    print_place(&printer, finding->place);
    print_style(&printer, severity_style(finding->severity));
    fprintf(out, "%s[", severity_name(finding->severity));
    print_safe(&printer, finding->code, strlen(finding->code));
    fputs("]: ", out);
    print_style(&printer, STYLE_NONE);
    print_safe(&printer, finding->message, strlen(finding->message));
    fputc('\n', out);
    print_excerpt(&printer, finding->place);
    for (size_t i = 0; i < finding->related_count; i++) {
        print_related(&printer, &finding->related[i]);
    }
    /* What belongs there is mostly part of the advice already. */
    bool told = finding->suggestion && finding->help && strstr(finding->help, finding->suggestion);
    if (finding->suggestion && *finding->suggestion && !told) {
        print_advice(&printer, WORD_SUGGESTION, finding->suggestion);
    }
    if (finding->help) {
        print_advice(&printer, WORD_HELP, finding->help);
    }
}
