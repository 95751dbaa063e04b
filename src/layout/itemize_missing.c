/* A character that no font has -> a finding at its place in the YAML. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "layout/itemize_int.h"

/* A paragraph with more of them is in a script the fonts do not know: naming further ones helps nobody. */
#define MISSING_MAX 100

struct MissingList {
    struct {
        uint32_t code;
        const Origin *origin;
    } items[MISSING_MAX];
    size_t count;
};

static bool is_known(MissingList *list, uint32_t code, const Origin *origin)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].code == code && list->items[i].origin == origin)
            return true;
    if (list->count == MISSING_MAX)
        return true;
    list->items[list->count].code = code;
    list->items[list->count++].origin = origin;
    return false;
}

/* The character itself where the scalar holds it as written; else the scalar. */
static Place place_of_character(const Origin *origin, const char *bytes, size_t len)
{
    Place place = origin->place;
    if (!place.source || place.length == 0 || place.offset > place.source->len ||
        place.length > place.source->len - place.offset)
        return place;
    const char *start = place.source->bytes + place.offset;
    const char *found = memmem(start, place.length, bytes, len);
    if (!found)
        return place;
    size_t before = (size_t)(found - start);
    place.column += (uint32_t)utf8_count(start, before);
    place.offset += (uint32_t)before;
    place.length = (uint32_t)len;
    return place;
}

void missing_report(Layout *layout, const Strip *strip, MissingList **list, uint32_t code, uint32_t item)
{
    const Inline *source = &strip->inlines->items[item];
    const FontRole *role = source->font ? source->font : strip->style->font;
    layout->missing++;
    if (!*list)
        *list = arena_new_of(strip->scratch, MissingList);
    if (is_known(*list, code, source->origin))
        return;
    char character[5] = "", meant[5] = "", number[16], meant_number[16];
    size_t len = utf8_encode(code, character);
    snprintf(number, sizeof number, "%04X", (unsigned)code);
    Place place = {0};
    if (source->origin)
        place = place_of_character(source->origin, character, len);
    const char *path = source->origin ? source->origin->path : NULL;
    if (text_meant_by(code) != 0) {
        utf8_encode(text_meant_by(code), meant);
        snprintf(meant_number, sizeof meant_number, "%04X", (unsigned)text_meant_by(code));
        finding_add(layout->findings, MESSAGE_PRIVATE_CHARACTER_KNOWN, place, path, number, meant, meant_number, NULL);
    } else if (text_is_private(code)) {
        finding_add(layout->findings, MESSAGE_PRIVATE_CHARACTER, place, path, number, NULL);
    } else {
        finding_add(layout->findings, MESSAGE_MISSING_GLYPH, place, path, character, number,
                    role && role->name ? role->name : "", NULL);
    }
}
