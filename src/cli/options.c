/* Turns a command's words into its struct with getopt_long; says what is wrong with them; prints the help. */
#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LONG_BASE 256 /* getopt's value for the i-th option: past all letters */

static const char *in_language(Language language, const char *zh, const char *en)
{
    return language == LANGUAGE_ZH ? zh : en;
}

static Parsed usage_error(const Command *command, Language language, const char *zh, const char *en, const char *word)
{
    fprintf(stderr, "gongkai: error[usage]: %s: %s%s%s\n", command->name, in_language(language, zh, en),
            word ? ": " : "", word ? word : "");
    fprintf(stderr, "   %sgongkai %s --help\n", in_language(language, "办法：全部用法见 ", "help: see "),
            command->name);
    return (Parsed){.kind = PARSED_WRONG};
}

/* "--output FILE", or "--dump values|document|pages". */
static const char *option_form(const OptionSpec *option, Arena *arena)
{
    const char *value = option->value;
    for (const char *const *choice = option->choices; choice && *choice; choice++)
        value = choice == option->choices ? *choice : arena_printf(arena, "%s|%s", value, *choice);
    return arena_printf(arena, "--%s%s%s", option->name, value ? " " : "", value ? value : "");
}

/* "-o, --output FILE". */
static const char *option_words(const OptionSpec *option, Arena *arena)
{
    const char *letter = option->letter ? arena_printf(arena, "-%c, ", option->letter) : "    ";
    return arena_printf(arena, "%s%s", letter, option_form(option, arena));
}

static void print_option(const char *words, const char *about)
{
    enum { COLUMN = 26 };
    size_t width = text_display_width(words, strlen(words));
    if (width > COLUMN)
        printf("  %s\n  %*s  %s\n", words, COLUMN, "", about);
    else
        printf("  %s%*s  %s\n", words, (int)(COLUMN - width), "", about);
}

static Parsed print_help(const Command *command, Language language, Arena *arena)
{
    printf("%s gongkai %s %s\n\n%s\n\n", in_language(language, "用法：", "Usage:"), command->name,
           in_language(language, command->words_zh, command->words_en),
           in_language(language, command->about_zh, command->about_en));
    for (size_t i = 0; i < command->option_count; i++) {
        const OptionSpec *option = &command->options[i];
        print_option(option_words(option, arena), in_language(language, option->zh, option->en));
    }
    print_option("-h, --help", in_language(language, "本说明", "this text"));
    return (Parsed){.kind = PARSED_HELP};
}

static bool store_count(const OptionSpec *option, const char *word, size_t *member)
{
    char *end;
    errno = 0;
    unsigned long long count = strtoull(word, &end, 10);
    if (errno || end == word || *end || word[0] == '-' || count < option->min || count > option->max)
        return false;
    *member = (size_t)count;
    return true;
}

static bool store_choice(const OptionSpec *option, const char *word, int *member)
{
    for (int i = 0; option->choices != NULL && option->choices[i] != NULL; i++) {
        if (strcmp(option->choices[i], word) == 0) {
            *member = i;
            return true;
        }
    }
    return false;
}

/* false when the word is none that the option takes. */
static bool store(const OptionSpec *option, const char *word, size_t words, Arena *arena, void *out)
{
    void *member = (char *)out + option->offset;
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)member = true;
        return true;
    case OPTION_TEXT:
        *(const char **)member = word;
        return true;
    case OPTION_TEXTS: {
        TextList *list = member;
        if (!list->items)
            list->items = arena_array_of(arena, const char *, words);
        list->items[list->count++] = word;
        return true;
    }
    case OPTION_COUNT:
        return store_count(option, word, member);
    case OPTION_CHOICE:
        return store_choice(option, word, member);
    }
    return false;
}

/* getopt's tables: each option by its long name, and by its letter. */
static struct option *long_options(const Command *command, Arena *arena, char **letters)
{
    struct option *table = arena_array_of(arena, struct option, command->option_count + 2);
    char *end = *letters = arena_array_of(arena, char, 2 * command->option_count + 3);
    *end++ = ':'; /* a missing argument is told apart from an unknown option */
    *end++ = 'h';
    for (size_t i = 0; i < command->option_count; i++) {
        const OptionSpec *option = &command->options[i];
        int argument = option->kind == OPTION_FLAG ? no_argument : required_argument;
        table[i] = (struct option){option->name, argument, NULL, LONG_BASE + (int)i};
        if (option->letter) {
            *end++ = option->letter;
            if (argument)
                *end++ = ':';
        }
    }
    table[command->option_count] = (struct option){"help", no_argument, NULL, 'h'};
    return table;
}

static const OptionSpec *option_of(const Command *command, int code)
{
    if (code >= LONG_BASE)
        return &command->options[code - LONG_BASE];
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].letter == code)
            return &command->options[i];
    return NULL;
}

Parsed options_parse(const Command *command, int argc, char **argv, Language language, Arena *arena, void *out)
{
    char *letters;
    struct option *table = long_options(command, arena, &letters);
    optind = 0; /* glibc: start anew, whatever was read before */
    opterr = 0;
    int code;
    while ((code = getopt_long(argc, argv, letters, table, NULL)) != -1) {
        if (code == 'h')
            return print_help(command, language, arena);
        if (code == ':')
            return usage_error(command, language, "这个选项后面缺内容", "this option wants an argument",
                               argv[optind - 1]);
        if (code == '?')
            return usage_error(command, language, "没有这个选项", "no such option", argv[optind - 1]);
        const OptionSpec *option = option_of(command, code);
        if (option == NULL) /* getopt gives only what the table holds */
            return usage_error(command, language, "没有这个选项", "no such option", argv[optind - 1]);
        if (!store(option, optarg, (size_t)argc, arena, out))
            return usage_error(command, language,
                               arena_printf(arena, "“%s”不合用；应为 %s", optarg, option_form(option, arena)),
                               arena_printf(arena, "'%s' does not fit %s", optarg, option_form(option, arena)), NULL);
    }
    Parsed parsed = {.kind = PARSED_RUN, .files = argv + optind, .file_count = argc - optind};
    if (parsed.file_count < command->min_files)
        return usage_error(command, language, "缺少文件", "a file is missing", NULL);
    if (command->max_files > 0 && parsed.file_count > command->max_files)
        return usage_error(command, language, "文件太多", "too many files", argv[optind + command->max_files]);
    return parsed;
}
