/* Indices put -> indices taken, each by one process. */
#include "cli/batch_queue.h"

#include <stdatomic.h>
#include <sys/mman.h>

#include "cli/progress.h"

typedef struct Cell {
    size_t index;
    atomic_size_t owner; /* worker + 1; 0: nobody has taken it */
    bool done;
} Cell;

struct BatchQueue {
    size_t bytes; /* of the whole mapping */
    atomic_size_t next, put;
    atomic_bool stopped;
    atomic_int_least64_t *since; /* of each worker */
    Cell cells[];
};

BatchQueue *batch_queue_new(size_t room, size_t workers)
{
    size_t head = sizeof(BatchQueue) + room * sizeof(Cell), bytes = head + workers * sizeof(atomic_int_least64_t);
    BatchQueue *queue = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (queue == MAP_FAILED)
        return NULL;
    queue->bytes = bytes;
    queue->since = (void *)((char *)queue + head); /* behind the cells, which are aligned as strictly */
    return queue;
}

void batch_queue_free(BatchQueue *queue)
{
    if (queue)
        munmap(queue, queue->bytes);
}

bool batch_queue_take(BatchQueue *queue, size_t worker, size_t *place)
{
    while (!atomic_load(&queue->stopped)) {
        size_t at = atomic_load(&queue->next), seen = at, nobody = 0;
        if (at >= atomic_load(&queue->put))
            return false;
        bool mine = atomic_compare_exchange_strong(&queue->cells[at].owner, &nobody, worker + 1);
        /* Whoever took it may have died before it came here. */
        atomic_compare_exchange_strong(&queue->next, &seen, at + 1);
        if (mine) {
            atomic_store(&queue->since[worker], progress_clock());
            *place = at;
            return true;
        }
    }
    return false;
}

size_t batch_queue_index(const BatchQueue *queue, size_t place)
{
    return queue->cells[place].index;
}

void batch_queue_made(BatchQueue *queue, size_t worker)
{
    atomic_store(&queue->since[worker], 0);
}

void batch_queue_put(BatchQueue *queue, size_t index)
{
    size_t at = atomic_load(&queue->put);
    queue->cells[at].index = index;
    atomic_store(&queue->put, at + 1);
}

void batch_queue_stop(BatchQueue *queue)
{
    atomic_store(&queue->stopped, true);
}

bool batch_queue_waiting(const BatchQueue *queue)
{
    return !atomic_load(&queue->stopped) && atomic_load(&queue->next) < atomic_load(&queue->put);
}

void batch_queue_done(BatchQueue *queue, size_t place)
{
    queue->cells[place].done = true;
}

bool batch_queue_held(const BatchQueue *queue, size_t worker, size_t *place)
{
    /* Taken in order, so the worker's newest is the last; all that it took before are done. */
    size_t put = atomic_load(&queue->put);
    for (size_t at = put; at-- > 0;) {
        if (atomic_load(&queue->cells[at].owner) == worker + 1 && !queue->cells[at].done) {
            *place = at;
            return true;
        }
    }
    return false;
}

int64_t batch_queue_since(const BatchQueue *queue, size_t worker)
{
    return atomic_load(&queue->since[worker]);
}
