/* The commands. The only module that knows the order of the stages.
 *
 * To add a command: write src/cli/cmd_NAME.c with `int cmd_NAME(int argc, char **argv)`, add its line to COMMANDS in
 * main.c and its prototype here; options it shares with others are in options.h. README.md names it, tests/cli tries
 * it. */
#ifndef GONGKAI_CLI_CLI_H
#define GONGKAI_CLI_CLI_H

/* Exit status, as diff(1) and grep(1) use it. */
enum {
    EXIT_DONE = 0,    /* done, also when forced */
    EXIT_DATA = 1,    /* something in the data: syntax, schema, a rule, a character no font has */
    EXIT_TROUBLE = 2, /* usage, files, fonts missing, memory */
};

#define GONGKAI_VERSION "0.1.0"

/* argv[0] is the command's name. */
int cmd_build(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_publish(int argc, char **argv);
int cmd_ledger(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_batch(int argc, char **argv);

#endif
