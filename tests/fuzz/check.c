/* Pages and files -> nothing, or abort: the invariants that the fuzz targets hold every result to. */
#include <string.h>

#include "base/text.h"
#include "font/font.h"
#include "fuzz.h"
#include "pdf/pdf.h"

void check_findings(const FindingList *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const Finding *finding = findings->items[i];
        REQUIRE(finding->message && *finding->message);
        const Source *source = finding->place.source;
        REQUIRE(!source || (size_t)finding->place.offset + finding->place.length <= source->len);
    }
}

/* ---- text: how often each code point is there ----------------------------------------------------------------------
 */

#define BUCKETS 4096 /* a sum of hashes: equal for equal multisets, and hardly ever else */

typedef struct Tally {
    uint64_t sums[BUCKETS];
    size_t count;
} Tally;

/* What layout may leave out at the ends of lines, or has no glyph for. */
static bool is_counted(uint32_t code)
{
    bool blank = code <= 0x20 || code == 0x3000 || code == 0xA0 || (code >= 0x2000 && code <= 0x200F);
    return !blank && !(code >= 0x7F && code < 0xA0) && code != 0xAD && code != 0xFEFF &&
           !(code >= 0x2028 && code <= 0x202F) && !(code >= 0x205F && code <= 0x206F) &&
           !(code >= 0xFE00 && code <= 0xFE0F) && code < 0xE0000;
}

static void tally(Tally *tally, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t code = 0;
        size_t size = utf8_decode(text + at, len - at, &code);
        if (size > 0 && is_counted(code)) {
            tally->sums[code % BUCKETS] += code * UINT64_C(0x9E3779B97F4A7C15) | 1;
            tally->count++;
        }
        at += size ? size : 1;
    }
}

static void tally_inlines(Tally *sum, const InlineList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == INLINE_TEXT) {
            tally(sum, list->items[i].text, list->items[i].len);
        }
    }
}

static void tally_cell(Tally *sum, const Cell *cell)
{
    for (size_t i = 0; cell && i < cell->count; i++) {
        tally_inlines(sum, &cell->paragraphs[i]);
    }
}

static void tally_rows(Tally *sum, const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < rows[i].count; k++) {
            tally_cell(sum, &rows[i].cells[k]);
        }
    }
}

static void tally_group(Tally *sum, const RowGroup *group)
{
    tally_cell(sum, group->label);
    tally_rows(sum, group->rows, group->row_count);
    for (size_t i = 0; i < group->group_count; i++) {
        tally_group(sum, &group->groups[i]);
    }
}

static void tally_header(Tally *sum, const HeaderCell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tally_cell(sum, &cells[i].cell);
        tally_header(sum, cells[i].children, cells[i].count);
    }
}

static void tally_table(Tally *sum, const Table *table)
{
    tally_inlines(sum, &table->caption);
    for (size_t i = 0; i < table->lead_count; i++) {
        tally_inlines(sum, &table->leads[i].left);
        tally_inlines(sum, &table->leads[i].right);
    }
    tally_header(sum, table->header, table->header_count);
    for (size_t i = 0; i < table->once_count; i++) {
        tally_cell(sum, &table->once[i].label);
        tally_cell(sum, &table->once[i].text);
    }
    tally_group(sum, &table->body);
    tally_rows(sum, table->totals, table->total_count);
    for (size_t i = 0; i < table->note_count; i++) {
        tally_inlines(sum, &table->notes[i]);
    }
}

static void tally_document(Tally *sum, const Document *document)
{
    for (size_t i = 0; i < document->count; i++) {
        const Block *block = &document->blocks[i];
        switch (block->kind) {
        case BLOCK_HEADING:
            tally_inlines(sum, &block->as.heading.text);
            break;
        case BLOCK_PARAGRAPH:
            tally_inlines(sum, &block->as.paragraph.text);
            break;
        case BLOCK_TABLE:
            tally_table(sum, block->as.table);
            break;
        case BLOCK_SIGNATURE:
            tally_inlines(sum, &block->as.signature.name);
            tally_inlines(sum, &block->as.signature.date);
            break;
        case BLOCK_PAGE_BREAK:
            break;
        }
    }
}

/* ---- items ---------------------------------------------------------------------------------------------------------
 */

static void check_run(const PageList *pages, const Page *page, const Item *item)
{
    const GlyphRun *run = &item->glyphs;
    size_t end = 0;
    REQUIRE(run->font < pages->font_count);
    REQUIRE(run->size > 0);
    uint32_t glyphs = font_info(pages->fonts[run->font])->glyph_count;
    for (size_t i = 0; i < run->count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        REQUIRE(glyph->id < glyphs);
        REQUIRE(glyph->text_len == 0 || glyph->text_at == end);
        end += glyph->text_len;
        REQUIRE(end <= run->text_len);
    }
    REQUIRE(run->count == 0 || end == run->text_len);
    REQUIRE(utf8_valid_prefix(run->text, run->text_len) == run->text_len);
    /* The origin and the end of the advance; marks may hang out by less than themselves. */
    Length far_x = item->x + (run->turned ? 0 : run->width), far_y = item->y - (run->turned ? run->width : 0);
    REQUIRE(item->x >= -run->size && item->x <= page->width && far_x <= page->width + run->size);
    REQUIRE(item->y >= 0 && item->y <= page->height + run->size && far_y >= -run->size);
}

static void check_item(const PageList *pages, const Page *page, const Item *item, Tally *sum)
{
    REQUIRE(item->node == NODE_ARTIFACT || item->node < pages->node_count);
    switch (item->kind) {
    case ITEM_GLYPHS:
        if (item->artifact != ARTIFACT_WATERMARK || item->node != NODE_ARTIFACT) {
            check_run(pages, page, item);
        }
        if (item->node != NODE_ARTIFACT) {
            tally(sum, item->glyphs.text, item->glyphs.text_len);
        }
        break;
    case ITEM_RULE:
        REQUIRE(item->width >= 0 && item->height >= 0);
        REQUIRE(item->x >= 0 && item->x + item->width <= page->width);
        REQUIRE(item->y >= 0 && item->y + item->height <= page->height);
        break;
    case ITEM_LINK:
        REQUIRE(item->target < pages->target_count);
        break;
    }
}

void check_pages(const Document *document, const PageList *pages)
{
    static Tally wanted, found; /* large */
    memset(&wanted, 0, sizeof wanted);
    memset(&found, 0, sizeof found);
    for (size_t i = 0; i < pages->count; i++) {
        for (size_t k = 0; k < pages->pages[i].count; k++) {
            check_item(pages, &pages->pages[i], &pages->pages[i].items[k], &found);
        }
    }
    tally_document(&wanted, document);
    REQUIRE(found.count == wanted.count);
    REQUIRE(memcmp(found.sums, wanted.sums, sizeof found.sums) == 0);
    for (size_t i = 0; i < pages->node_count; i++) {
        REQUIRE(i == 0 ? pages->nodes[i].parent == NODE_ARTIFACT : pages->nodes[i].parent < i);
    }
    for (size_t i = 0; i < pages->target_count; i++) {
        REQUIRE(pages->targets[i].page < pages->count);
    }
    for (size_t i = 0; i < pages->bookmark_count; i++) {
        REQUIRE(pages->bookmarks[i].target < pages->target_count);
    }
}

void check_pdf(const PageList *pages, Arena *scratch)
{
    ArenaMark mark = arena_mark(scratch);
    FindingList findings;
    finding_list_init(&findings, scratch, LANGUAGE_EN);
    Buffer bytes = {0};
    PdfOptions options = {.producer = "fuzz"};
    bool written = pdf_write(pages, &options, scratch, &bytes, &findings);
    REQUIRE(written == (findings.errors == 0));
    REQUIRE(written == (bytes.len > 0));
    if (written) {
        REQUIRE(memcmp(bytes.bytes, "%PDF-", 5) == 0);
        PdfReport report = pdf_verify(bytes.bytes, bytes.len, "fuzz.pdf", scratch, &findings);
        for (size_t i = 0; i < findings.count; i++) {
            if (findings.items[i]->severity == SEVERITY_ERROR) {
                fprintf(stderr, "%s: %s\n", findings.items[i]->code, findings.items[i]->message);
            }
        }
        REQUIRE(report.readable && findings.errors == 0);
        REQUIRE(report.pages == pages->count);
    }
    buffer_release(&bytes);
    arena_rewind(scratch, mark);
}
