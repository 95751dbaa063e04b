/* PageList -> the digest of its content: what is shown where, what it means and says; not how a file writes it. */
#include <string.h>

#include "pdf/pdf.h"

#define NUMBER_MAX 10 /* [bytes] of a number packed */

typedef struct Packer {
    Sha256 hash;
    unsigned char bytes[4096];
    size_t len;
} Packer;

static void packer_flush(Packer *packer)
{
    sha256_add(&packer->hash, packer->bytes, packer->len);
    packer->len = 0;
}

static inline unsigned char *number_write(unsigned char *at, int64_t value)
{
    uint64_t rest = (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
    for (; rest >= 128; rest >>= 7)
        *at++ = (unsigned char)(rest | 128);
    *at++ = (unsigned char)rest;
    return at;
}

/* Small numbers in one byte, as most differences are: seven bits a byte, sign last. */
static void number_pack(Packer *packer, int64_t value)
{
    if (packer->len + NUMBER_MAX > sizeof packer->bytes)
        packer_flush(packer);
    packer->len = (size_t)(number_write(packer->bytes + packer->len, value) - packer->bytes);
}

static void text_pack(Packer *packer, const char *text, size_t len)
{
    number_pack(packer, text ? (int64_t)len : -1);
    if (packer->len + len > sizeof packer->bytes)
        packer_flush(packer);
    if (len > sizeof packer->bytes) {
        sha256_add(&packer->hash, text, len);
    } else if (text) {
        memcpy(packer->bytes + packer->len, text, len);
        packer->len += len;
    }
}

static void glyph_pack(Packer *packer, const Glyph *glyph, Length before)
{
    if (packer->len + 3 * NUMBER_MAX > sizeof packer->bytes)
        packer_flush(packer);
    unsigned char *at = number_write(packer->bytes + packer->len, glyph->id);
    at = number_write(at, glyph->x - before);
    packer->len = (size_t)(number_write(at, glyph->rise) - packer->bytes);
}

static void string_pack(Packer *packer, const char *text)
{
    text_pack(packer, text, text ? strlen(text) : 0);
}

static void item_pack(Packer *packer, const Item *item)
{
    const int64_t numbers[] = {item->kind, item->node,  item->artifact, item->color,          item->x,
                               item->y,    item->width, item->height,   (int64_t)item->target};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number_pack(packer, numbers[i]);
    if (item->kind != ITEM_GLYPHS)
        return;
    const GlyphRun *run = &item->glyphs;
    Length x = 0;
    number_pack(packer, run->font);
    number_pack(packer, run->size);
    number_pack(packer, run->turned);
    number_pack(packer, (int64_t)run->count);
    for (size_t i = 0; i < run->count; i++) {
        glyph_pack(packer, &run->glyphs[i], x);
        x = run->glyphs[i].x;
    }
    text_pack(packer, run->text, run->text_len);
}

static void node_pack(Packer *packer, const StructNode *node)
{
    const int64_t numbers[] = {node->parent,   node->role,     node->level,   node->scope,
                               node->row_span, node->col_span, node->changed, (int64_t)node->header_count};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number_pack(packer, numbers[i]);
    for (size_t i = 0; i < node->header_count; i++)
        number_pack(packer, node->headers[i]);
    if (node->actual_text || node->alternate) {
        string_pack(packer, node->actual_text);
        string_pack(packer, node->alternate);
    }
}

void pdf_content_hash(const PageList *pages, char hex[SHA256_HEX])
{
    Packer packer = {.len = 0};
    sha256_begin(&packer.hash);
    string_pack(&packer, "gongkai content 1");
    const char *const words[] = {pages->title, pages->author, pages->subject, pages->keywords, pages->language};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        string_pack(&packer, words[i]);
    const int64_t numbers[] = {
        pages->year,          pages->month, pages->day, (int64_t)pages->font_count, (int64_t)pages->node_count,
        (int64_t)pages->count};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        number_pack(&packer, numbers[i]);
    const InkColor *second = &pages->second_color;
    const int64_t inks[] = {second->rgb[0],  second->rgb[1],  second->rgb[2], second->cmyk[0],
                            second->cmyk[1], second->cmyk[2], second->cmyk[3]};
    for (size_t i = 0; second->given && i < sizeof inks / sizeof *inks; i++)
        number_pack(&packer, inks[i]);
    for (size_t i = 0; i < pages->font_count; i++)
        string_pack(&packer, font_info(pages->fonts[i])->postscript_name);
    for (size_t i = 0; i < pages->node_count; i++)
        node_pack(&packer, &pages->nodes[i]);
    for (size_t i = 0; i < pages->count; i++) {
        const Page *page = &pages->pages[i];
        const int64_t of_page[] = {page->number, page->turned, page->width, page->height, (int64_t)page->count};
        for (size_t n = 0; n < sizeof of_page / sizeof *of_page; n++)
            number_pack(&packer, of_page[n]);
        for (size_t n = 0; n < page->count; n++)
            item_pack(&packer, &page->items[n]);
    }
    for (size_t i = 0; i < pages->target_count; i++) {
        const int64_t of_target[] = {(int64_t)pages->targets[i].page, pages->targets[i].x, pages->targets[i].y};
        for (size_t n = 0; n < 3; n++)
            number_pack(&packer, of_target[n]);
    }
    for (size_t i = 0; i < pages->bookmark_count; i++) {
        number_pack(&packer, pages->bookmarks[i].level);
        number_pack(&packer, (int64_t)pages->bookmarks[i].target);
        string_pack(&packer, pages->bookmarks[i].title);
    }
    sha256_add(&packer.hash, packer.bytes, packer.len);
    sha256_end_hex(&packer.hash, hex);
}
