/* ICC profiles -> the output intent: our own two, or the press's. */
#include <string.h>

#include "pdf/pdf_int.h"
#include "pdf/profiles/profiles.inc"

#define HEADER_BYTES 128
#define TAGS_MOST    100

static uint32_t u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* A tag's data, NULL when it is not there or reaches out of the profile (ICC.1 7.3). */
static const unsigned char *tag_find(const unsigned char *profile, size_t len, const char *name, size_t *tag_len)
{
    uint32_t count = len >= HEADER_BYTES + 4 ? u32(profile + HEADER_BYTES) : 0;
    if (count > TAGS_MOST || HEADER_BYTES + 4 + (size_t)count * 12 > len)
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        const unsigned char *entry = profile + HEADER_BYTES + 4 + i * 12;
        size_t at = u32(entry + 4), size = u32(entry + 8);
        if (memcmp(entry, name, 4) == 0 && at <= len && size <= len - at) {
            *tag_len = size;
            return profile + at;
        }
    }
    return NULL;
}

/* The profile's description, as far as it is ASCII; "" when it has none. */
static const char *description_read(Arena *arena, const unsigned char *profile, size_t len)
{
    size_t size = 0, count = 0, step = 1;
    const unsigned char *tag = tag_find(profile, len, "desc", &size), *text = NULL;
    if (tag && size > 12 && memcmp(tag, "desc", 4) == 0) { /* textDescriptionType, version 2 */
        count = u32(tag + 8);
        text = tag + 12;
        count = count > size - 12 ? size - 12 : count;
    } else if (tag && size >= 28 && memcmp(tag, "mluc", 4) == 0) { /* UTF-16BE */
        size_t at = u32(tag + 24);
        count = u32(tag + 20);
        if (at >= size || count > size - at || count < 2)
            return "";
        text = tag + at + 1;
        step = 2;
        count--;
    }
    char *name = arena_alloc(arena, count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < count && text[i]; i += step)
        if (text[i] >= 0x20 && text[i] < 0x7F)
            name[kept++] = (char)text[i];
    return name;
}

bool pdf_profile_check(const void *bytes, size_t len, const char *name, FindingList *findings)
{
    const unsigned char *profile = bytes;
    Place nowhere = {0};
    size_t size;
    bool whole = len >= HEADER_BYTES + 4 && u32(profile) == len && memcmp(profile + 36, "acsp", 4) == 0;
    if (!whole) {
        finding_add(findings, MESSAGE_PROFILE_BROKEN, nowhere, NULL, name, NULL);
        return false;
    }
    if (memcmp(profile + 12, "prtr", 4) != 0 || memcmp(profile + 16, "CMYK", 4) != 0) {
        const char *class = arena_strndup(findings->arena, (const char *)profile + 12, 4);
        const char *space = arena_strndup(findings->arena, (const char *)profile + 16, 4);
        finding_add(findings, MESSAGE_PROFILE_KIND, nowhere, NULL, name, class, space, NULL);
        return false;
    }
    /* Both ways of the table, and a version that PDF 1.6 knows. */
    if (!tag_find(profile, len, "A2B0", &size) || !tag_find(profile, len, "B2A0", &size) || profile[8] > 4) {
        finding_add(findings, MESSAGE_PROFILE_BROKEN, nowhere, NULL, name, NULL);
        return false;
    }
    return true;
}

static uint32_t profile_write(PdfWriter *writer, const unsigned char *profile, size_t len, int components)
{
    PdfObject *object = pdf_object_new(writer);
    pdf_put(&writer->scratch, "/N ");
    pdf_put_int(&writer->scratch, components);
    pdf_stream_finish(writer, object, profile, len, PDF_SMALL);
    return object->ref;
}

/* ISO 32000-1 14.11.5; ISO 19005-3 6.2.3; ISO 15930-7 6.2.2. */
uint32_t pdf_intent_write(PdfWriter *writer)
{
    const PdfPress *press = &writer->options->press;
    const unsigned char *profile = SRGB_PROFILE;
    size_t len = sizeof SRGB_PROFILE;
    const char *condition = "sRGB IEC61966-2.1";
    if (pdf_is_press(writer)) {
        profile = press->profile ? press->profile : CMYK_PROFILE;
        len = press->profile ? press->profile_len : sizeof CMYK_PROFILE;
        condition = description_read(writer->arena, profile, len);
        if (!*condition)
            condition = "Custom";
    }
    Buffer *out = &writer->scratch;
    uint32_t ref = profile_write(writer, profile, len, pdf_is_press(writer) ? 4 : 3);
    PdfObject *intent = pdf_object_new(writer);
    pdf_put(out, pdf_is_press(writer) ? "/Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier"
                                      : "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier");
    pdf_put_text(out, condition, strlen(condition));
    pdf_put(out, "/Info");
    pdf_put_text(out, condition, strlen(condition));
    pdf_put(out, "/DestOutputProfile ");
    pdf_put_ref(out, ref);
    pdf_object_finish(writer, intent);
    return intent->ref;
}
