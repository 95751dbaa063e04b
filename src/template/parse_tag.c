/* A tag of the template, {{...}} -> what kind it is and what stands in it. */
#include <string.h>

#include "base/text.h"
#include "template/parse_int.h"

/* Marks that {{...}} may hold alone: 、 。 ， ； ： */
static const uint16_t MARKS[] = {0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF1A};

bool text_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

size_t text_skip_blanks(const TemplateText *in, size_t at, size_t end)
{
    while (at < end && text_is_blank(in->text[at]))
        at++;
    return at;
}

size_t text_trim_blanks(const TemplateText *in, size_t start, size_t end)
{
    while (end > start && text_is_blank(in->text[end - 1]))
        end--;
    return end;
}

size_t text_find_open(const TemplateText *in, size_t at, size_t end)
{
    const char *found = end - at >= 2 ? memmem(in->text + at, end - at, "{{", 2) : NULL;
    return found ? (size_t)(found - in->text) : end;
}

static bool is_mark(const char *text, size_t len)
{
    uint32_t code = 0;
    if (len == 0 || utf8_decode(text, len, &code) != len)
        return false;
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (MARKS[i] == code)
            return true;
    return false;
}

Tag tag_read(const TemplateText *in, size_t start, size_t line_end)
{
    Tag tag = {.kind = TAG_NONE, .start = start, .end = line_end};
    const char *text = in->text;
    size_t at = text_skip_blanks(in, start + 2, line_end);
    char sign = at < line_end ? text[at] : '\0';
    size_t limit = sign == '!' ? in->len : line_end;
    const char *close = limit - at >= 2 ? memmem(text + at, limit - at, "}}", 2) : NULL;
    if (!close)
        return tag;
    size_t end = (size_t)(close - text);
    static const struct {
        char sign;
        TagKind kind;
    } SIGNS[] = {{'#', TAG_SECTION}, {'^', TAG_INVERTED}, {'/', TAG_CLOSE}, {'!', TAG_COMMENT},
                 {'>', TAG_TABLE},   {':', TAG_STYLE},    {'=', TAG_VALUE}, {'@', TAG_PAGE}};
    tag.kind = TAG_VALUE;
    tag.keep_together = sign == '=';
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (SIGNS[i].sign == sign) {
            tag.kind = SIGNS[i].kind;
            at++;
            break;
        }
    }
    tag.end = end + 2;
    tag.text_start = text_skip_blanks(in, at, end);
    tag.text_end = text_trim_blanks(in, tag.text_start, end);
    if (tag.kind == TAG_VALUE && tag.text_end == tag.text_start + 1 && text[tag.text_start] == '|')
        tag.kind = TAG_GOOD_BREAK;
    else if (tag.kind == TAG_VALUE && is_mark(text + tag.text_start, tag.text_end - tag.text_start))
        tag.kind = TAG_MARK;
    return tag;
}
