/* A worker process as its parent has it. */
#ifndef GONGKAI_CLI_BATCH_SLOT_H
#define GONGKAI_CLI_BATCH_SLOT_H

#include <signal.h>
#include <sys/types.h>

#include "cli/batch_int.h"

typedef struct BatchSlot {
    size_t number;
    pid_t pid;     /* 0: no worker */
    int fd, words; /* its socket; the file its standard error goes to */
    bool late;     /* killed for its time */
    Buffer in;     /* told, and not yet a whole reply */
} BatchSlot;

/* Starts a worker and gives it its first notice, taken for it: one that dies on its way to it has died of it. `mask`:
 * the signals it starts with. It stays without worker when none can be started. */
void batch_slot_start(BatchSlot *slot, const BatchWork *work, BatchQueue *queue, const sigset_t *mask);
/* Waits for a worker that ends; its status as waitpid gives it. */
int batch_slot_reap(BatchSlot *slot);
/* The last line it wrote to its standard error, or NULL. */
char *batch_slot_words(const BatchSlot *slot, Arena *arena);

#endif
