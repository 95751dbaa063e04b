/* Slots of the pool -> worker processes, within limits of memory, silent but for a file of their last words. */
#include "cli/batch_slot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/batch_wire.h"

#define SAID_MOST 400 /* [bytes] of a dead worker's last words */

/* Data and heap may grow by `memory` over what they are now: what a sanitizer or the packs hold already does not
 * count. Mapped font files never do. */
static void limit_memory(size_t memory)
{
    size_t pages[6] = {0};
    FILE *statm = fopen("/proc/self/statm", "re");
    if (!statm)
        return;
    for (size_t i = 0; i < 6; i++)
        if (fscanf(statm, "%zu", &pages[i]) != 1)
            pages[i] = 0;
    fclose(statm);
    rlim_t most = (rlim_t)pages[5] * (rlim_t)sysconf(_SC_PAGESIZE) + ((rlim_t)memory << 20);
    struct rlimit limit = {most, most};
    setrlimit(RLIMIT_DATA, &limit);
}

_Noreturn static void run_child(const BatchSlot *slot, const BatchWork *work, BatchQueue *queue, const sigset_t *mask,
                                int fd, int words, pid_t parent)
{
    signal(SIGINT, SIG_IGN); /* the terminal's Ctrl-C goes to all: the parent decides */
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_IGN);
    sigprocmask(SIG_SETMASK, mask, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* outputs are whole or not there, whenever it strikes */
    if (getppid() != parent)
        _exit(0);
    dup2(words, STDERR_FILENO);
    limit_memory(work->options->memory);
    batch_worker(work, queue, slot->number, fd);
}

static bool slot_fork(BatchSlot *slot, const BatchWork *work, BatchQueue *queue, const sigset_t *mask)
{
    int ends[2];
    int words = memfd_create("worker", MFD_CLOEXEC);
    if (words < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        if (words >= 0)
            close(words);
        return false;
    }
    fflush(NULL);
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        close(ends[0]);
        run_child(slot, work, queue, mask, ends[1], words, parent);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        close(words);
        return false;
    }
    *slot = (BatchSlot){.number = slot->number, .pid = pid, .fd = ends[0], .words = words, .in = slot->in};
    slot->in.len = 0;
    return true;
}

void batch_slot_start(BatchSlot *slot, const BatchWork *work, BatchQueue *queue, const sigset_t *mask)
{
    BatchOrder order;
    if (!slot_fork(slot, work, queue, mask))
        return;
    ssize_t sent = -1;
    if (batch_queue_take(queue, slot->number, &order.place))
        while ((sent = send(slot->fd, &order, sizeof order, MSG_NOSIGNAL)) < 0 && errno == EINTR)
            ;
    if (sent != (ssize_t)sizeof order)
        shutdown(slot->fd, SHUT_WR); /* it reads the end and goes */
}

int batch_slot_reap(BatchSlot *slot)
{
    int status = 0;
    while (waitpid(slot->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(slot->fd);
    close(slot->words);
    slot->pid = 0;
    return status;
}

char *batch_slot_words(const BatchSlot *slot, Arena *arena)
{
    char bytes[SAID_MOST + 1];
    off_t end = lseek(slot->words, 0, SEEK_END);
    ssize_t len = pread(slot->words, bytes, SAID_MOST, end > SAID_MOST ? end - SAID_MOST : 0);
    while (len > 0 && (bytes[len - 1] == '\n' || bytes[len - 1] == ' '))
        len--;
    if (len <= 0)
        return NULL;
    bytes[len] = '\0';
    const char *line = strrchr(bytes, '\n');
    return arena_strdup(arena, line ? line + 1 : bytes);
}
