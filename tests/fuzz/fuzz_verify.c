/* Bytes -> `verify`: as a file of its own (first byte below 64), or as changes to a sound file of ours, uncompressed so
 * that they reach what is inside. */
#include <string.h>

#include "font/font.h"
#include "fuzz.h"
#include "layout/layout.h"
#include "pdf/pdf.h"

static ParagraphStyle style_of(const FontRole *role)
{
    return (ParagraphStyle){.name = "body", .font = role, .size = LENGTH_CELL, .pitch = LENGTH_PITCH, .on_grid = true};
}

/* Two paragraphs and a table of one row */
static Buffer build(Arena *arena)
{
    Buffer out = {0};
    const char *folder = "fonts";
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_EN);
    FontSet *fonts = font_set_new(&folder, 1);
    FontFile file = {.path = "FandolSong-Regular.otf"};
    FontRole role = {"song", &file, &file, 1, 1};
    ParagraphStyle style = style_of(&role), heading = style_of(&role);
    heading.name = "heading";
    TableStyle table_style = {.name = "table",
                              .caption = &style,
                              .lead = &style,
                              .head = &style,
                              .body = &style,
                              .note = &style,
                              .padding_x = LENGTH_MM(1),
                              .padding_y = LENGTH_MM(1),
                              .rule_outer = LENGTH_PT(1),
                              .rule_inner = LENGTH_PT(1),
                              .size_floor = LENGTH_PT(5),
                              .continued = "",
                              .continued_bare = ""};
    static const Origin figure = {.path = "收入/合计", .figure = true};
    Inline words = {.text = "预算公开", .len = strlen("预算公开"), .origin = &figure};
    InlineList text = {&words, 1};
    Cell cell = {.paragraphs = &text, .count = 1};
    Cell cells[2] = {cell, cell};
    HeaderCell header[2] = {{.cell = cell}, {.cell = cell}};
    Column columns[2] = {{.share = 1, .row_head = true}, {.share = 1}};
    Row row = {.cells = cells, .count = 2};
    Table table = {.style = &table_style,
                   .kind = "kind",
                   .caption = text,
                   .header = header,
                   .header_count = 2,
                   .columns = columns,
                   .column_count = 2,
                   .body = {.rows = &row, .row_count = 1}};
    Block blocks[3] = {
        {.kind = BLOCK_HEADING, .style = &heading, .as.heading = {.level = 0, .text = text, .bookmark = true}},
        {.kind = BLOCK_PARAGRAPH, .style = &style, .as.paragraph = {text}},
        {.kind = BLOCK_TABLE, .as.table = &table}};
    Document document = {.style = {.page = {.width = LENGTH_MM(210),
                                            .height = LENGTH_MM(297),
                                            .left = LENGTH_MM(28),
                                            .top = LENGTH_MM(37),
                                            .text_width = LENGTH_MM(156),
                                            .text_height = LENGTH_MM(225),
                                            .cell = LENGTH_CELL,
                                            .pitch = LENGTH_PITCH,
                                            .columns = 28,
                                            .lines = 22},
                                   .roles = &role,
                                   .role_count = 1,
                                   .fallback = &role},
                         .title = "fuzz",
                         .author = "fuzz",
                         .language = "zh-CN",
                         .year = 2024,
                         .month = 1,
                         .day = 1,
                         .blocks = blocks,
                         .count = 3};
    PageList *pages = layout_document(&document, fonts, arena, &findings);
    REQUIRE(pages);
    Buffer figures = {0};
    pdf_figures_json(pages, &figures);
    PdfAttachment files[] = {{"data.yaml", "data", "application/yaml", "Source", "a: 1\n", 5},
                             {"figures.json", "map", "application/json", "Supplement", figures.bytes, figures.len}};
    PdfOptions options = {.producer = "fuzz", .plain = true, .attachments = files, .attachment_count = 2};
    REQUIRE(pdf_write(pages, &options, arena, &out, &findings));
    buffer_release(&figures);
    font_set_free(fonts);
    return out;
}

/* The objects of the sound file up to its table of references, and what its trailer names. */
typedef struct Sound {
    Buffer file;
    size_t len;
    unsigned root, info;
} Sound;

static unsigned reference(const Buffer *file, const char *key)
{
    const char *at = memmem(file->bytes, file->len, key, strlen(key));
    return at ? (unsigned)strtoul(at + strlen(key), NULL, 10) : 0;
}

static const Sound *sound_get(void)
{
    static Sound sound;
    if (!sound.file.bytes) {
        Arena *arena = arena_new();
        sound.file = build(arena);
        arena_free(arena);
        for (size_t i = 0; i + 6 < sound.file.len; i++) {
            sound.len = memcmp(sound.file.bytes + i, "\nxref\n", 6) == 0 ? i + 1 : sound.len;
        }
        buffer_append(&sound.file, "", 1); /* ends what strtoul reads */
        REQUIRE(sound.len > 0);
        sound.root = reference(&sound.file, "/Root ");
        sound.info = reference(&sound.file, "/Info ");
    }
    return &sound;
}

#define OBJECTS_MOST 2000

/* Ends the file as ours end, with a stream of references to wherever the objects stand now. */
static void put_references(Buffer *file, const Sound *sound)
{
    uint8_t rows[OBJECTS_MOST * 6] = {0};
    unsigned count = 1;
    for (size_t i = 0; i + 1 < file->len; i++) {
        unsigned number = 0;
        int used = 0;
        char start[24] = {0};
        if (file->bytes[i] != '\n' || file->bytes[i + 1] < '0' || file->bytes[i + 1] > '9') {
            continue;
        }
        memcpy(start, file->bytes + i + 1, file->len - i - 1 < 23 ? file->len - i - 1 : 23);
        if (sscanf(start, "%5u 0 obj%n", &number, &used) == 1 && used > 0 && number > 0 && number < OBJECTS_MOST - 1) {
            uint8_t *row = rows + 6 * number;
            row[0] = 1;
            for (unsigned k = 0; k < 4; k++) {
                row[1 + k] = (uint8_t)((i + 1) >> (24 - 8 * k));
            }
            count = number >= count ? number + 1 : count;
        }
    }
    size_t at = file->len;
    rows[6 * count] = 1;
    for (unsigned k = 0; k < 4; k++) {
        rows[6 * count + 1 + k] = (uint8_t)(at >> (24 - 8 * k));
    }
    count++;
    buffer_printf(file, "%u 0 obj\n<</Type/XRef/Size %u/W[1 4 1]/Root %u 0 R/Info %u 0 R/Length %u>>\nstream\n",
                  count - 1, count, sound->root, sound->info, 6 * count);
    buffer_append(file, rows, 6 * (size_t)count);
    buffer_printf(file, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", at);
}

/* Each change: three bytes of place, one of how many bytes go, one of how many come, and those. */
static void change(Buffer *file, const uint8_t *data, size_t size)
{
    for (size_t i = 0; i + 5 <= size;) {
        size_t at = ((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2]) % (file->len + 1);
        size_t gone = data[i + 3], come = data[i + 4];
        i += 5;
        gone = gone < file->len - at ? gone : file->len - at;
        come = come < size - i ? come : size - i;
        Buffer next = {0};
        buffer_append(&next, file->bytes, at);
        buffer_append(&next, data + i, come);
        buffer_append(&next, file->bytes + at + gone, file->len - at - gone);
        buffer_release(file);
        *file = next;
        i += come;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_EN);
    Buffer file = {0};
    if (data[0] < 64) {
        buffer_append(&file, data + 1, size - 1);
    } else {
        buffer_append(&file, sound_get()->file.bytes, sound_get()->len);
        change(&file, data + 1, size - 1);
        put_references(&file, sound_get());
    }
    uint8_t *exact = malloc(file.len ? file.len : 1); /* so that reading too far shows */
    REQUIRE(exact);
    memcpy(exact, file.bytes ? file.bytes : "", file.len);
    PdfReport report = pdf_verify(exact, file.len, "fuzz.pdf", arena, &findings);
    REQUIRE(report.readable || findings.errors > 0);
    REQUIRE(size > 1 || data[0] < 64 || report.readable); /* no change */
    check_findings(&findings);
    free(exact);
    buffer_release(&file);
    arena_free(arena);
    return 0;
}
