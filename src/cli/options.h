/* The command line: words -> Options. One table serves all commands; each names the letters it takes. */
#ifndef GONGKAI_CLI_OPTIONS_H
#define GONGKAI_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/finding.h"

typedef enum Dump { DUMP_NONE, DUMP_VALUES, DUMP_DOCUMENT, DUMP_PAGES } Dump;

typedef struct Options {
    const char *output;   /* -o, or NULL */
    const char *pack;     /* --pack: a pack folder, in place of the data's 模板 */
    const char **fonts;   /* --fonts, may repeat: folders searched before the program's own */
    size_t font_count;
    Dump dump;
    bool force, json, quiet, help;
    char **files; /* the words left over */
    int file_count;
} Options;

/* Which options a command takes, for options_parse and its help. */
typedef struct Command {
    const char *name;
    const char *usage_zh, *usage_en; /* whole help texts */
    const char *takes;               /* letters of the options it takes */
    int min_files, max_files;
} Command;

/* false after a message on stderr: the caller exits with EXIT_TROUBLE. With --help, prints the help and sets `help`. */
bool options_parse(const Command *command, int argc, char **argv, Language language, Arena *arena, Options *out);

#endif
