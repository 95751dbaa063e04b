/* Font roles of the document -> opened chains, and the font that sets a character. */
#include "layout/memory_int.h"

#include <stdio.h>

static bool open_files(Layout *layout, const FontFile *files, size_t count, const Font **fonts, size_t *opened)
{
    bool complete = true;
    for (size_t i = 0; i < count; i++) {
        if (*opened == CHAIN_MAX) {
            char most[16];
            snprintf(most, sizeof most, "%d", CHAIN_MAX);
            finding_add(layout->findings, MESSAGE_FONT_CHAIN_TOO_LONG, files[i].place, NULL, most, NULL);
            return false;
        }
        const Font *font = font_open(layout->fonts, files[i].path, files[i].index, files[i].place, layout->findings);
        if (font)
            fonts[(*opened)++] = font;
        else
            complete = false;
    }
    return complete;
}

static bool open_chain(Layout *layout, const FontRole *role, FontChain *chain)
{
    chain->role = role;
    bool han = open_files(layout, role->han, role->han_count, chain->han, &chain->han_count);
    bool latin = open_files(layout, role->latin, role->latin_count, chain->latin, &chain->latin_count);
    return han && latin;
}

const Font *layout_blank_font(const Layout *layout)
{
    if (layout->fallback.han_count > 0)
        return layout->fallback.han[0];
    return layout->document->style.role_count > 0 ? layout->chains[0].han[0] : NULL;
}

bool layout_open_fonts(Layout *layout)
{
    const DocumentStyle *style = &layout->document->style;
    layout->chains = arena_array_of(layout->arena, FontChain, style->role_count);
    bool complete = true;
    for (size_t i = 0; i < style->role_count; i++)
        complete &= open_chain(layout, &style->roles[i], &layout->chains[i]);
    if (style->fallback)
        complete &= open_chain(layout, style->fallback, &layout->fallback);
    const Font *blank = layout_blank_font(layout);
    for (size_t i = 0; i < style->role_count; i++)
        layout->chains[i].number = memory_chain(layout->memory, &layout->chains[i], &layout->fallback, blank);
    layout->fallback.number = memory_chain(layout->memory, &layout->fallback, &layout->fallback, blank);
    return complete;
}

const FontChain *layout_chain_of(const Layout *layout, const FontRole *role)
{
    const DocumentStyle *style = &layout->document->style;
    if (role >= style->roles && role < style->roles + style->role_count)
        return &layout->chains[role - style->roles];
    return &layout->fallback;
}

static const Font *find(const Font *const *fonts, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (font_glyph(fonts[i], code) != 0)
            return fonts[i];
    return NULL;
}

static const Font *find_in_chain(const FontChain *chain, uint32_t code, bool latin)
{
    const Font *font = latin ? find(chain->latin, chain->latin_count, code) : find(chain->han, chain->han_count, code);
    if (!font)
        font = latin ? find(chain->han, chain->han_count, code) : find(chain->latin, chain->latin_count, code);
    return font;
}

const Font *layout_font_for(const Layout *layout, const FontRole *role, uint32_t code, bool latin)
{
    if (text_is_private(code)) /* whatever a font has there is not what the text means; PDF/A-3a 6.2.11.7.3 */
        return NULL;
    const Font *font = find_in_chain(layout_chain_of(layout, role), code, latin);
    return font ? font : find_in_chain(&layout->fallback, code, latin);
}

uint16_t layout_font_index(Layout *layout, const Font *font)
{
    size_t count = layout->page_fonts.count;
    for (size_t i = 0; i < count; i++)
        if (layout->page_fonts.items[i] == font)
            return (uint16_t)i;
    *array_push(layout->arena, &layout->page_fonts) = font;
    return (uint16_t)count;
}
