/* The command line: a command's words -> its own struct, by the command's own table of options. The help is printed
 * from the same table, so that it cannot name an option there is not. */
#ifndef GONGKAI_CLI_OPTIONS_H
#define GONGKAI_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/finding.h"

typedef enum OptionKind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_TEXTS,  /* TextList: may repeat */
    OPTION_COUNT,  /* size_t; a whole number within min..max */
    OPTION_CHOICE, /* int: the index of the word in `choices` */
} OptionKind;

typedef struct TextList {
    const char **items;
    size_t count;
} TextList;

typedef struct OptionSpec {
    const char *name; /* long name, without dashes */
    char letter;      /* or 0 */
    OptionKind kind;
    size_t offset;              /* of the member in the command's struct */
    const char *value;          /* what stands for the argument in the help: FILE; NULL for flags */
    const char *const *choices; /* OPTION_CHOICE: the words, NULL at the end */
    size_t min, max;            /* OPTION_COUNT */
    const char *zh, *en;        /* one line of help */
} OptionSpec;

typedef struct Command {
    const char *name;
    const char *words_zh, *words_en; /* after the name in the usage line: "数据.yaml [选项]" */
    const char *about_zh, *about_en; /* a sentence or two */
    const OptionSpec *options;
    size_t option_count;
    int min_files, max_files; /* words that are no options; max 0: any number */
} Command;

typedef enum ParsedKind { PARSED_RUN, PARSED_HELP, PARSED_WRONG } ParsedKind;

typedef struct Parsed {
    ParsedKind
        kind; /* PARSED_HELP: printed already; PARSED_WRONG: said on stderr, the caller exits with EXIT_TROUBLE */
    char **files;
    int file_count;
} Parsed;

/* Fills `out`, the command's own struct (zeroed by the caller, or holding its defaults). -h and --help are always
 * there. */
Parsed options_parse(const Command *command, int argc, char **argv, Language language, Arena *arena, void *out);

/* What every command that reads notices takes: its first member, by these rows of the table. */
typedef struct CommonOptions {
    const char *pack; /* --pack: a pack folder, in place of the data's 模板 */
    TextList fonts;   /* --fonts: folders searched before the program's own */
    bool json, quiet;
} CommonOptions;

/* The rows for a struct whose member `common` is a CommonOptions. */
#define COMMON_OPTIONS(Type)                                                                                           \
    {.name = "pack",                                                                                                   \
     .kind = OPTION_TEXT,                                                                                              \
     .offset = offsetof(Type, common.pack),                                                                            \
     .value = "DIR",                                                                                                   \
     .zh = "用这个文件夹里的模板，不看数据里的“模板”",                                                                 \
     .en = "use this template pack, whatever the data names"},                                                         \
        {.name = "fonts",                                                                                              \
         .kind = OPTION_TEXTS,                                                                                         \
         .offset = offsetof(Type, common.fonts),                                                                       \
         .value = "DIR",                                                                                               \
         .zh = "先到这个文件夹里找字体，可写多次",                                                                     \
         .en = "look for fonts here first; may repeat"},                                                               \
        {.name = "json",                                                                                               \
         .kind = OPTION_FLAG,                                                                                          \
         .offset = offsetof(Type, common.json),                                                                        \
         .zh = "检查结果每条一行 JSON，写到标准输出",                                                                  \
         .en = "findings as JSON Lines on standard output"},                                                           \
    {                                                                                                                  \
        .name = "quiet", .letter = 'q', .kind = OPTION_FLAG, .offset = offsetof(Type, common.quiet), .zh = "只报错误", \
        .en = "errors only"                                                                                            \
    }

#endif
