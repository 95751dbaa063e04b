/* Turns a message's number and arguments into a sentence. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/finding_int.h"
#include "base/text.h"

#define ARGUMENT_LONGEST 300 /* code points: data may hold a value of megabytes where a name is due */

static const Message messages[] = {
#define MESSAGE(id, code, severity, class, zh, en, help_zh, help_en) \
    {code, severity, class, {zh, en}, {help_zh, help_en}},
#include "base/messages.def"
#undef MESSAGE
};

static const struct {
    const char *zh, *en, *en_many;
} words[] = {
#define WORD(id, zh, en, en_many) {zh, en, en_many},
#include "base/messages_words.def"
#undef WORD
};

Language language_from_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) {
            bool english = value[0] == 'e' && value[1] == 'n' && !(value[2] >= 'a' && value[2] <= 'z');
            return english ? LANGUAGE_EN : LANGUAGE_ZH;
        }
    }
    return LANGUAGE_ZH;
}

const Message *message_find(MessageId id)
{
    assert((size_t)id < MESSAGE_COUNT);
    return &messages[id];
}

bool finding_code_known(const char *code)
{
    for (size_t i = 0; i < MESSAGE_COUNT; i++) {
        if (text_equal(messages[i].code, code)) {
            return true;
        }
    }
    return false;
}

const char *severity_name(Severity severity)
{
    switch (severity) {
    case SEVERITY_HINT:
        return "hint";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_ERROR:
        return "error";
    }
    return "error";
}

size_t message_arguments(va_list list, const char *arguments[ARGUMENTS_MOST])
{
    size_t count = 0;
    for (const char *argument; (argument = va_arg(list, const char *)); count++) {
        assert(count < ARGUMENTS_MOST);
        if (count == ARGUMENTS_MOST) {
            break;
        }
        arguments[count] = argument;
    }
    return count;
}

static void append_argument(Buffer *out, const char *argument)
{
    static const char ellipsis[] = "\xE2\x80\xA6"; /* U+2026 */
    size_t count = 0, at = 0;
    for (; argument[at] != '\0'; at++) {
        if (((unsigned char)argument[at] & 0xC0) != 0x80 && count++ == ARGUMENT_LONGEST) {
            buffer_append(out, argument, at);
            buffer_text(out, ellipsis);
            return;
        }
    }
    buffer_append(out, argument, at);
}

const char *message_fill(Arena *arena, const char *text, const char *const *arguments, size_t count)
{
    Buffer out = {0};
    while (*text) {
        size_t plain = strcspn(text, "{");
        buffer_append(&out, text, plain);
        text += plain;
        if (text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}') {
            size_t index = (size_t)(text[1] - '1');
            assert(index < count && "a message names more arguments than it was given");
            append_argument(&out, index < count ? arguments[index] : "?");
            text += 3;
        } else if (text[0] == '{') {
            buffer_append(&out, text++, 1);
        }
    }
    const char *filled = arena_strndup(arena, out.bytes, out.len);
    buffer_release(&out);
    return filled;
}

const char *word_text(WordId id, Language language)
{
    return language == LANGUAGE_EN ? words[id].en : words[id].zh;
}

const char *word_counted(Arena *arena, WordId id, Language language, size_t number)
{
    bool many = language == LANGUAGE_EN && number != 1;
    const char *digits = arena_printf(arena, "%zu", number);
    return message_fill(arena, many ? words[id].en_many : word_text(id, language), &digits, 1);
}

static const char *summary_add(Arena *arena, const char *text, WordId id, Language language, size_t number)
{
    if (number == 0) {
        return text;
    }
    const char *comma = *text ? word_text(WORD_COMMA, language) : "";
    return arena_printf(arena, "%s%s%s", text, comma, word_counted(arena, id, language, number));
}

const char *finding_list_summary(const FindingList *list, Arena *arena)
{
    const char *text = summary_add(arena, "", WORD_ERRORS, list->language, list->errors);
    text = summary_add(arena, text, WORD_WARNINGS, list->language, list->warnings);
    text = summary_add(arena, text, WORD_HINTS, list->language, list->hints);
    if (list->folded) {
        const char *folded = word_counted(arena, WORD_FOLDED, list->language, list->folded);
        text = arena_printf(arena, "%s%s", text, folded);
    }
    return *text ? text : word_text(WORD_NONE, list->language);
}
