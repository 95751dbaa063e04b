/* gongkai: the commands' names. */
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/finding.h"
#include "cli/cli.h"

typedef struct CommandEntry {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *zh, *en;
} CommandEntry;

static const CommandEntry COMMANDS[] = {
    {"build", cmd_build, "由一份数据排出一份公开情况说明（PDF）", "set one notice as a PDF"},
    {"check", cmd_check, "检查数据，一次列出全部问题", "report all findings of data files"},
    {"explain", cmd_explain, "说明一条核对规则；不写代号时列出全部", "explain a rule, or list them all"},
    {"verify", cmd_verify, "核对一份 PDF 是否如它自称，是否由这份数据排出",
     "check a PDF of this program, and what it is from"},
    {"batch", cmd_batch, "排一个县的全部公开说明，没有变化的不重排", "set all notices of a county"},
    {"diff", cmd_diff, "列出两份数据的不同，和要重印的页", "what differs between two data files, and the pages"},
    {"publish", cmd_publish, "公开一份：排出来，记入台账", "set a notice and file it in the ledger"},
    {"ledger", cmd_ledger, "看台账、核对台账、重排台账里的一版", "list, check and rebuild the editions filed"},
};
enum { KEEP_BYTES = 32 << 20, LARGE_PAGE = 2 << 20, MALLOC_HEADS = 64 };
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

static void print_help(FILE *out, Language language)
{
    bool zh = language == LANGUAGE_ZH;
    fprintf(out,
            zh ? "gongkai（公开）%s：部门预算信息公开情况说明的排印程序\n\n"
               : "gongkai %s: the press for official budget notices\n\n",
            GONGKAI_VERSION);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  gongkai %-8s %s\n", COMMANDS[i].name, zh ? COMMANDS[i].zh : COMMANDS[i].en);
    fprintf(out, zh ? "\n每个命令的用法：gongkai 命令 --help\n" : "\nUsage of each: gongkai COMMAND --help\n");
}

/* One stage, and one notice of a batch, after the other wants the same memory: given back to the system in between, it
 * would be mapped and zeroed page by page each time, a tenth of the whole. Taken at once, it can be had in large pages:
 * each small one is a trap into the system, and three thousand of them another tenth. What is not touched takes no
 * memory. */
static void memory_keep(void)
{
    mallopt(M_MMAP_THRESHOLD, KEEP_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEEP_BYTES);
    mallopt(M_TOP_PAD, KEEP_BYTES);
    void *first = malloc(LARGE_PAGE);
    uintptr_t begin = (uintptr_t)first, end = (uintptr_t)sbrk(0);
    /* Behind what malloc notes after `first`: a large page can be had only where no small one is. */
    uintptr_t start = (begin + 2 * LARGE_PAGE + MALLOC_HEADS - 1) & ~((uintptr_t)LARGE_PAGE - 1);
    if (!first || start >= end) { /* the heap lies elsewhere */
        free(first);
        return;
    }
    (void)madvise((void *)start, end - start, MADV_HUGEPAGE);
    /* `first` takes what lies before, untouched, so that all else comes to lie behind. */
    if (!realloc(first, start - begin - MALLOC_HEADS))
        memory_exhausted();
}

int main(int argc, char **argv)
{
    /* A finding is many pieces of text: written each alone, they cost more than all that found it. */
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    /* A closed pipe or a file-size limit is a failed write, reported as such. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    Language language = language_from_environment();
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "--version") == 0) {
        printf("gongkai %s\n", GONGKAI_VERSION);
        return EXIT_DONE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(stdout, language);
        return EXIT_DONE;
    }
    memory_keep();
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(name, COMMANDS[i].name) == 0)
            return COMMANDS[i].run(argc - 1, argv + 1);
    if (argc > 1)
        fprintf(stderr,
                language == LANGUAGE_ZH ? "gongkai: error[usage]: 没有“%s”这个命令\n\n"
                                        : "gongkai: error[usage]: no command '%s'\n\n",
                name);
    print_help(stderr, language);
    return EXIT_TROUBLE;
}
