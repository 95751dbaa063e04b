/* A list of notices -> outcomes, by worker processes that take one notice at a time: a crash, a hang or a blow-up of
 * memory costs that notice alone, and it is tried once more in a fresh worker at the end of the queue. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/batch_wire.h"
#include "cli/cli.h"

#define TRIES     2
#define TICK      100 /* [ms] between two looks at the clock */
#define SAID_MOST 400 /* [bytes] of a dead worker's last words */

typedef struct Slot {
    pid_t pid;     /* 0: no worker */
    int fd, words; /* its socket; the file its standard error goes to */
    bool busy, late;
    size_t index;
    int64_t started;
    Buffer in;
} Slot;

typedef struct Pool {
    const BatchWork *work;
    Slot *slots;
    size_t slot_count;
    size_t *queue;             /* indices; those tried again behind the others: room for all twice */
    size_t next, queued, open; /* open: notices without outcome */
    unsigned char *tries;
    sigset_t old_mask;
    bool stopping;
    BatchFinished *finished;
    void *context;
} Pool;

/* ---- workers ----------------------------------------------------------------------------------------------------- */

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

_Noreturn static void run_child(const Pool *pool, int fd, int words, pid_t parent)
{
    signal(SIGINT, SIG_IGN); /* the terminal's Ctrl-C goes to all: the parent decides */
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_IGN);
    sigprocmask(SIG_SETMASK, &pool->old_mask, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* outputs are whole or not there, whenever it strikes */
    if (getppid() != parent)
        _exit(0);
    for (size_t i = 0; i < pool->slot_count; i++)
        if (pool->slots[i].pid > 0) {
            close(pool->slots[i].fd);
            close(pool->slots[i].words);
        }
    dup2(words, STDERR_FILENO);
    limit_memory(pool->work->options->memory);
    batch_worker(pool->work, fd);
}

static bool slot_start(Pool *pool, Slot *slot)
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
        run_child(pool, ends[1], words, parent);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        close(words);
        return false;
    }
    *slot = (Slot){.pid = pid, .fd = ends[0], .words = words, .in = slot->in};
    slot->in.len = 0;
    return true;
}

static int slot_reap(Slot *slot)
{
    int status = 0;
    while (waitpid(slot->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(slot->fd);
    close(slot->words);
    slot->pid = 0;
    slot->busy = false;
    return status;
}

/* ---- failures ---------------------------------------------------------------------------------------------------- */

/* The last line a worker wrote to its standard error, for the help. */
static const char *last_words(int fd, Arena *arena)
{
    char bytes[SAID_MOST + 1];
    off_t end = lseek(fd, 0, SEEK_END);
    ssize_t len = pread(fd, bytes, SAID_MOST, end > SAID_MOST ? end - SAID_MOST : 0);
    while (len > 0 && (bytes[len - 1] == '\n' || bytes[len - 1] == ' '))
        len--;
    if (len <= 0)
        return NULL;
    bytes[len] = '\0';
    const char *line = strrchr(bytes, '\n');
    return arena_strdup(arena, line ? line + 1 : bytes);
}

static void tell_failure(const Pool *pool, const BatchItem *item, int status, bool late, const char *said, Arena *arena,
                         BatchOutcome *outcome)
{
    FindingList findings;
    const BatchOptions *options = pool->work->options;
    finding_list_init(&findings, arena, pool->work->language);
    Source *source = arena_new_of(arena, Source);
    *source = (Source){.name = item->path, .bytes = ""};
    Place place = {.source = source};
    if (late) {
        finding_add(&findings, MESSAGE_BATCH_TIMEOUT, place, NULL, arena_printf(arena, "%zu", options->timeout), NULL);
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_TROUBLE) {
        finding_add(&findings, MESSAGE_BATCH_MEMORY, place, NULL, arena_printf(arena, "%zu", options->memory), NULL);
    } else {
        const char *how =
            WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : arena_printf(arena, "exit %d", WEXITSTATUS(status));
        finding_add(&findings, MESSAGE_BATCH_CRASH, place, NULL, said ? arena_printf(arena, "%s; %s", how, said) : how,
                    NULL);
    }
    batch_notice_failed(item, &findings, pool->work->color, options, outcome);
}

/* A worker is gone: its notice goes to the end of the queue, or has failed. */
static void slot_lost(Pool *pool, Slot *slot)
{
    bool busy = slot->busy, late = slot->late;
    size_t index = slot->index;
    Arena *arena = arena_new();
    const char *said = busy ? last_words(slot->words, arena) : NULL;
    pid_t pid = slot->pid;
    int status = slot_reap(slot);
    if (busy) {
        const BatchItem *item = &pool->work->list->items.items[index];
        const char *rest = arena_printf(arena, ".%s.%ld.tmp", item->output, (long)pid);
        unlink(path_join(arena, pool->work->options->output, rest));
        if (++pool->tries[index] < TRIES && !pool->stopping) {
            pool->queue[pool->queued++] = index;
        } else if (pool->tries[index] >= TRIES) {
            BatchOutcome outcome = {0};
            tell_failure(pool, item, status, late, said, arena, &outcome);
            pool->open--;
            pool->finished(pool->context, index, &outcome);
            buffer_release(&outcome.line);
            buffer_release(&outcome.text);
        }
    }
    arena_free(arena);
}

/* ---- talk -------------------------------------------------------------------------------------------------------- */

static void slot_feed(Pool *pool, Slot *slot)
{
    if (slot->busy || pool->stopping || pool->next >= pool->queued)
        return;
    if (slot->pid == 0 && !slot_start(pool, slot))
        return;
    BatchOrder order = {pool->queue[pool->next]};
    slot->busy = true;
    slot->late = false;
    slot->index = order.index;
    slot->started = progress_clock();
    pool->next++;
    ssize_t sent;
    while ((sent = send(slot->fd, &order, sizeof order, MSG_NOSIGNAL)) < 0 && errno == EINTR)
        ;
    if (sent != (ssize_t)sizeof order)
        slot_lost(pool, slot);
}

/* Takes what has come; false when the worker is gone. */
static bool slot_read(Pool *pool, Slot *slot)
{
    char bytes[65536];
    ssize_t got = recv(slot->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    if (got == 0)
        return false;
    buffer_append(&slot->in, bytes, (size_t)got);
    BatchReply reply;
    if (slot->in.len < sizeof reply)
        return true;
    memcpy(&reply, slot->in.bytes, sizeof reply);
    if (slot->in.len < sizeof reply + reply.line_len + reply.text_len)
        return true;
    char *line = slot->in.bytes + sizeof reply;
    BatchOutcome outcome = {{line, reply.line_len, 0}, {line + reply.line_len, reply.text_len, 0}};
    slot->busy = false;
    pool->open--;
    pool->finished(pool->context, reply.index, &outcome);
    slot->in.len = 0;
    return true;
}

static void kill_late(Pool *pool)
{
    size_t timeout = pool->work->options->timeout;
    int64_t now = progress_clock();
    for (size_t i = 0; i < pool->slot_count; i++) {
        Slot *slot = &pool->slots[i];
        if (timeout > 0 && slot->pid > 0 && slot->busy && !slot->late &&
            now - slot->started > (int64_t)timeout * 1000) {
            slot->late = true;
            kill(slot->pid, SIGKILL);
        }
    }
}

static bool any_busy(const Pool *pool)
{
    for (size_t i = 0; i < pool->slot_count; i++)
        if (pool->slots[i].busy)
            return true;
    return false;
}

/* A first signal lets the notices under way be finished, a second does not. */
static void take_signal(Pool *pool, int signals, int *signal)
{
    struct signalfd_siginfo info;
    if (read(signals, &info, sizeof info) != (ssize_t)sizeof info)
        return;
    for (size_t i = 0; pool->stopping && i < pool->slot_count; i++)
        if (pool->slots[i].pid > 0)
            kill(pool->slots[i].pid, SIGKILL);
    pool->stopping = true;
    *signal = (int)info.ssi_signo;
}

/* What is left when no worker can be started any more. */
static void fail_rest(Pool *pool)
{
    Arena *arena = arena_new();
    for (; pool->next < pool->queued; pool->next++) {
        size_t index = pool->queue[pool->next];
        BatchOutcome outcome = {0};
        tell_failure(pool, &pool->work->list->items.items[index], EXIT_DATA << 8, false, strerror(errno), arena,
                     &outcome);
        pool->open--;
        pool->finished(pool->context, index, &outcome);
        buffer_release(&outcome.line);
        buffer_release(&outcome.text);
    }
    arena_free(arena);
}

static void pool_turn(Pool *pool, int signals, int *signal, struct pollfd *polls)
{
    nfds_t count = 0;
    for (size_t i = 0; i < pool->slot_count; i++) {
        slot_feed(pool, &pool->slots[i]);
        polls[count++] = (struct pollfd){pool->slots[i].pid > 0 ? pool->slots[i].fd : -1, POLLIN, 0};
    }
    if (!any_busy(pool) && !pool->stopping) {
        if (pool->next < pool->queued)
            fail_rest(pool);
        return;
    }
    polls[count++] = (struct pollfd){signals, POLLIN, 0};
    if (poll(polls, count, TICK) > 0) {
        for (size_t i = 0; i < pool->slot_count; i++)
            if (pool->slots[i].pid > 0 && polls[i].revents && !slot_read(pool, &pool->slots[i]))
                slot_lost(pool, &pool->slots[i]);
        if (polls[count - 1].revents)
            take_signal(pool, signals, signal);
    }
    kill_late(pool);
}

typedef struct Weighed {
    size_t index, bytes;
} Weighed;

/* The longest first: none is left over at the end for one worker alone. */
static int compare_weights(const void *a, const void *b)
{
    const Weighed *left = a, *right = b;
    int order = (left->bytes < right->bytes) - (left->bytes > right->bytes);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

static void fill_queue(Pool *pool, Arena *arena)
{
    const BatchList *list = pool->work->list;
    size_t count = list->items.count;
    Weighed *weighed = arena_array_of(arena, Weighed, count);
    for (size_t i = 0; i < count; i++)
        weighed[i] = (Weighed){i, list->items.items[i].bytes};
    if (count > 0)
        qsort(weighed, count, sizeof *weighed, compare_weights);
    pool->queue = arena_array_of(arena, size_t, count * TRIES);
    pool->tries = arena_array_of(arena, unsigned char, count);
    for (size_t i = 0; i < count; i++)
        pool->queue[i] = weighed[i].index;
    pool->queued = pool->open = count;
}

BatchEnd batch_pool_run(const BatchWork *work, size_t workers, BatchFinished *finished, void (*idle)(void *context),
                        void *context, int *signal)
{
    Arena *arena = arena_new();
    Pool pool = {.work = work,
                 .slots = arena_array_of(arena, Slot, workers),
                 .slot_count = workers,
                 .finished = finished,
                 .context = context};
    struct pollfd *polls = arena_array_of(arena, struct pollfd, workers + 1);
    fill_queue(&pool, arena);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGHUP);
    sigprocmask(SIG_BLOCK, &mask, &pool.old_mask);
    int signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    *signal = 0;
    while (pool.open > 0 && (!pool.stopping || any_busy(&pool))) {
        pool_turn(&pool, signals, signal, polls);
        idle(context);
    }
    for (size_t i = 0; i < workers; i++) {
        if (pool.slots[i].pid > 0) {
            shutdown(pool.slots[i].fd, SHUT_RDWR); /* an idle worker reads the end and goes */
            slot_reap(&pool.slots[i]);
        }
        buffer_release(&pool.slots[i].in);
    }
    close(signals);
    sigprocmask(SIG_SETMASK, &pool.old_mask, NULL);
    BatchEnd end = pool.open > 0 ? BATCH_STOPPED : BATCH_COMPLETE;
    arena_free(arena);
    return end;
}
