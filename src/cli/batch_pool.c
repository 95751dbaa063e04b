/* A list of notices -> outcomes, by worker processes that take one notice at a time: a crash, a hang or a blow-up of
 * memory costs that notice alone, and it is tried once more in a fresh worker at the end of the queue. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/batch_slot.h"
#include "cli/batch_wire.h"
#include "cli/cli.h"

#define TRIES 2
#define TICK  100 /* [ms] between two looks at the clock */

typedef struct Pool {
    const BatchWork *work;
    BatchSlot *slots;
    size_t slot_count;
    BatchQueue *queue; /* those tried again behind the others */
    size_t open;       /* notices without outcome */
    unsigned char *tries;
    sigset_t old_mask;
    bool stopping;
    BatchFinished *finished;
    void *context;
} Pool;

/* ---- failures ---------------------------------------------------------------------------------------------------- */

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

static void tell_lost(Pool *pool, size_t index, int status, bool late, const char *said, Arena *arena)
{
    BatchOutcome outcome = {0};
    tell_failure(pool, &pool->work->list->items.items[index], status, late, said, arena, &outcome);
    pool->open--;
    pool->finished(pool->context, index, &outcome);
    batch_outcome_release(&outcome);
}

/* A worker is gone: there was no more to do, or the notice it had goes to the end of the queue, or has failed. */
static void slot_lost(Pool *pool, BatchSlot *slot)
{
    size_t place;
    bool held = batch_queue_held(pool->queue, slot->number, &place);
    Arena *arena = arena_new();
    const char *said = held ? batch_slot_words(slot, arena) : NULL;
    bool late = slot->late;
    int status = batch_slot_reap(slot);
    if (held) {
        size_t index = batch_queue_index(pool->queue, place);
        const BatchItem *item = &pool->work->list->items.items[index];
        batch_queue_done(pool->queue, place);
        batch_notice_sweep(pool->work, item, arena);
        if (++pool->tries[index] >= TRIES)
            tell_lost(pool, index, status, late, said, arena);
        else if (!pool->stopping)
            batch_queue_put(pool->queue, index);
    }
    arena_free(arena);
}

/* ---- talk -------------------------------------------------------------------------------------------------------- */

/* The first whole reply there is; false when there is none. */
static bool take_reply(Pool *pool, BatchSlot *slot)
{
    BatchReply reply;
    if (slot->in.len < sizeof reply)
        return false;
    memcpy(&reply, slot->in.bytes, sizeof reply);
    size_t len = sizeof reply + reply.line_len + reply.text_len + reply.files_len;
    if (slot->in.len < len)
        return false;
    char *line = slot->in.bytes + sizeof reply, *text = line + reply.line_len, *files = text + reply.text_len;
    BatchOutcome outcome = {{line, reply.line_len, 0}, {text, reply.text_len, 0}, {files, reply.files_len, 0}};
    batch_queue_done(pool->queue, reply.place);
    pool->open--;
    pool->finished(pool->context, batch_queue_index(pool->queue, reply.place), &outcome);
    slot->in.len -= len;
    memmove(slot->in.bytes, slot->in.bytes + len, slot->in.len);
    return true;
}

/* Takes all that has come; false when the worker is gone. */
static bool slot_read(Pool *pool, BatchSlot *slot)
{
    char bytes[65536];
    for (;;) {
        ssize_t got = recv(slot->fd, bytes, sizeof bytes, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            return false;
        if (got < 0 && errno == EAGAIN)
            return true;
        buffer_append(&slot->in, bytes, got > 0 ? (size_t)got : 0);
        while (take_reply(pool, slot))
            ;
    }
}

static void kill_late(Pool *pool)
{
    int64_t timeout = (int64_t)pool->work->options->timeout * 1000, now = progress_clock();
    for (size_t i = 0; i < pool->slot_count && timeout > 0; i++) {
        BatchSlot *slot = &pool->slots[i];
        int64_t since = slot->pid > 0 ? batch_queue_since(pool->queue, i) : 0;
        if (since > 0 && !slot->late && now - since > timeout) {
            slot->late = true;
            kill(slot->pid, SIGKILL);
        }
    }
}

static bool any_worker(const Pool *pool)
{
    for (size_t i = 0; i < pool->slot_count; i++)
        if (pool->slots[i].pid > 0)
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
    batch_queue_stop(pool->queue);
    *signal = (int)info.ssi_signo;
}

/* What is left when no worker can be started any more. */
static void fail_rest(Pool *pool)
{
    Arena *arena = arena_new();
    const char *why = strerror(errno);
    for (size_t place; batch_queue_take(pool->queue, pool->slot_count, &place);) {
        batch_queue_done(pool->queue, place);
        tell_lost(pool, batch_queue_index(pool->queue, place), EXIT_DATA << 8, false, why, arena);
    }
    arena_free(arena);
}

static void pool_turn(Pool *pool, int signals, int *signal, struct pollfd *polls)
{
    nfds_t count = 0;
    for (size_t i = 0; i < pool->slot_count; i++) {
        if (pool->slots[i].pid == 0 && batch_queue_waiting(pool->queue))
            batch_slot_start(&pool->slots[i], pool->work, pool->queue, &pool->old_mask);
        polls[count++] = (struct pollfd){pool->slots[i].pid > 0 ? pool->slots[i].fd : -1, POLLIN, 0};
    }
    if (!any_worker(pool)) {
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
    pool->queue = batch_queue_new(count * TRIES, pool->slot_count + 1);
    if (!pool->queue)
        memory_exhausted();
    pool->tries = arena_array_of(arena, unsigned char, count);
    for (size_t i = 0; i < count; i++)
        batch_queue_put(pool->queue, weighed[i].index);
    pool->open = count;
}

BatchEnd batch_pool_run(const BatchWork *work, size_t workers, BatchFinished *finished, void (*idle)(void *context),
                        void *context, int *signal)
{
    Arena *arena = arena_new();
    Pool pool = {.work = work,
                 .slots = arena_array_of(arena, BatchSlot, workers),
                 .slot_count = workers,
                 .finished = finished,
                 .context = context};
    struct pollfd *polls = arena_array_of(arena, struct pollfd, workers + 1);
    for (size_t i = 0; i < workers; i++)
        pool.slots[i].number = i;
    fill_queue(&pool, arena);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGINT);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGHUP);
    sigprocmask(SIG_BLOCK, &mask, &pool.old_mask);
    int signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    *signal = 0;
    while (pool.open > 0 && (!pool.stopping || any_worker(&pool))) {
        pool_turn(&pool, signals, signal, polls);
        idle(context);
    }
    for (size_t i = 0; i < workers; i++) {
        if (pool.slots[i].pid > 0) {
            shutdown(pool.slots[i].fd, SHUT_RDWR); /* it has no more to tell */
            batch_slot_reap(&pool.slots[i]);
        }
        buffer_release(&pool.slots[i].in);
    }
    batch_queue_free(pool.queue);
    close(signals);
    sigprocmask(SIG_SETMASK, &pool.old_mask, NULL);
    BatchEnd end = pool.open > 0 ? BATCH_STOPPED : BATCH_COMPLETE;
    arena_free(arena);
    return end;
}
