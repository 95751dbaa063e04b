/* Turns a command's words into Options with getopt_long; says what is wrong with them. */
#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_FORCE = 'f', OPTION_DUMP = 'd', OPTION_JSON = 'j', OPTION_PACK = 'p', OPTION_FONTS = 'F' };

static const struct option LONG_OPTIONS[] = {
    {"output", required_argument, NULL, 'o'},
    {"force", no_argument, NULL, OPTION_FORCE},
    {"dump", required_argument, NULL, OPTION_DUMP},
    {"json", no_argument, NULL, OPTION_JSON},
    {"quiet", no_argument, NULL, 'q'},
    {"pack", required_argument, NULL, OPTION_PACK},
    {"fonts", required_argument, NULL, OPTION_FONTS},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool usage_error(const Command *command, Language language, const char *zh, const char *en, const char *word)
{
    fprintf(stderr, "gongkai: error[usage]: %s %s%s%s\n", command->name, language == LANGUAGE_ZH ? zh : en,
            word ? ": " : "", word ? word : "");
    fprintf(stderr, language == LANGUAGE_ZH ? "   办法：gongkai %s --help 列出全部用法\n"
                                            : "   help: 'gongkai %s --help' lists its usage\n",
            command->name);
    return false;
}

static bool dump_parse(const char *word, Dump *out)
{
    static const char *const NAMES[] = {[DUMP_VALUES] = "values", [DUMP_DOCUMENT] = "document", [DUMP_PAGES] = "pages"};
    for (int i = DUMP_VALUES; i <= DUMP_PAGES; i++) {
        if (strcmp(word, NAMES[i]) == 0) {
            *out = (Dump)i;
            return true;
        }
    }
    return false;
}

bool options_parse(const Command *command, int argc, char **argv, Language language, Arena *arena, Options *out)
{
    *out = (Options){.fonts = arena_array_of(arena, const char *, (size_t)argc)};
    optind = 0; /* glibc: start anew, whatever main read before */
    opterr = 0;
    int letter;
    while ((letter = getopt_long(argc, argv, "o:qh", LONG_OPTIONS, NULL)) != -1) {
        if (letter == '?')
            return usage_error(command, language, "不认识的选项，或选项缺少参数", "unknown option or missing argument",
                               argv[optind - 1]);
        if (letter != 'h' && !strchr(command->takes, letter))
            return usage_error(command, language, "没有这个选项", "does not take this option", argv[optind - 1]);
        switch (letter) {
        case 'o':
            out->output = optarg;
            break;
        case 'q':
            out->quiet = true;
            break;
        case OPTION_FORCE:
            out->force = true;
            break;
        case OPTION_JSON:
            out->json = true;
            break;
        case OPTION_PACK:
            out->pack = optarg;
            break;
        case OPTION_FONTS:
            out->fonts[out->font_count++] = optarg;
            break;
        case OPTION_DUMP:
            if (!dump_parse(optarg, &out->dump))
                return usage_error(command, language, "--dump 只能是 values、document 或 pages",
                                   "--dump takes values, document or pages", optarg);
            break;
        default:
            out->help = true;
            fputs(language == LANGUAGE_ZH ? command->usage_zh : command->usage_en, stdout);
            return true;
        }
    }
    out->files = argv + optind;
    out->file_count = argc - optind;
    if (out->file_count < command->min_files)
        return usage_error(command, language, "缺少数据文件", "needs a data file", NULL);
    if (command->max_files > 0 && out->file_count > command->max_files)
        return usage_error(command, language, "只收一个数据文件", "takes one data file", argv[optind + 1]);
    return true;
}
