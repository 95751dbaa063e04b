/* What the files of the parser share: tags and the search for them. */
#ifndef GONGKAI_TEMPLATE_PARSE_INT_H
#define GONGKAI_TEMPLATE_PARSE_INT_H

#include "template/template_int.h"

typedef enum TagKind {
    TAG_NONE, /* no "}}" before the end of the line */
    TAG_VALUE,
    TAG_SECTION,
    TAG_INVERTED,
    TAG_CLOSE,
    TAG_COMMENT,
    TAG_TABLE,
    TAG_STYLE,
    TAG_GOOD_BREAK,
    TAG_PAGE, /* {{@ name}} */
    TAG_MARK
} TagKind;

typedef struct Tag {
    TagKind kind;
    bool keep_together;
    size_t start, end;           /* with its braces */
    size_t text_start, text_end; /* what stands in it, without sign and blanks */
} Tag;

bool text_is_blank(char c); /* within a line */
size_t text_skip_blanks(const TemplateText *in, size_t at, size_t end);
size_t text_trim_blanks(const TemplateText *in, size_t start, size_t end);
/* The next "{{" in [at, end), or `end`. */
size_t text_find_open(const TemplateText *in, size_t at, size_t end);
/* The tag at `start`, which holds "{{". A comment may run over lines, all else ends on its line. */
Tag tag_read(const TemplateText *in, size_t start, size_t line_end);

#endif
