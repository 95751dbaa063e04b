/* What the sources of findings share: the words of the catalogue and the way to make them safe to show. */
#ifndef GONGKAI_BASE_FINDING_INT_H
#define GONGKAI_BASE_FINDING_INT_H

#include <stdarg.h>

#include "base/file.h"
#include "base/finding.h"

#define ARGUMENTS_MOST 9

typedef struct Message {
    const char *code;
    Severity severity;
    FindingClass class;
    const char *text[2], *help[2]; /* by Language */
} Message;

typedef enum WordId {
#define WORD(id, zh, en, en_many) WORD_##id,
#include "base/messages_words.def"
#undef WORD
    WORD_COUNT
} WordId;

const Message *message_find(MessageId id);
/* Replaces {1}..{9} in a text of the catalogue. Arguments are shortened when longer than a sentence can bear. */
const char *message_fill(Arena *arena, const char *text, const char *const *arguments, size_t count);
/* Reads arguments up to NULL, at most ARGUMENTS_MOST; returns their number. */
size_t message_arguments(va_list list, const char *arguments[ARGUMENTS_MOST]);
const char *word_text(WordId id, Language language);
const char *word_counted(Arena *arena, WordId id, Language language, size_t number);

const char *severity_name(Severity severity); /* "error", the same in both languages: editors look for it */

#endif
