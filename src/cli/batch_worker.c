/* The worker's side of the pool: places of the queue in, outcomes out, one at a time. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/batch_int.h"
#include "cli/batch_wire.h"

static bool read_all(int fd, void *bytes, size_t len)
{
    char *at = bytes;
    while (len > 0) {
        ssize_t got = read(fd, at, len);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        at += got > 0 ? got : 0;
        len -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

void batch_worker(const BatchWork *work, BatchQueue *queue, size_t worker, int fd)
{
    BatchOrder order;
    bool more = read_all(fd, &order, sizeof order);
    while (more) {
        BatchOutcome outcome = {0};
        Buffer all = {0};
        batch_notice(work, batch_queue_index(queue, order.place), &outcome);
        batch_queue_made(queue, worker);
        BatchReply reply = {order.place, outcome.line.len, outcome.text.len, outcome.files.len};
        buffer_append(&all, &reply, sizeof reply);
        buffer_append(&all, outcome.line.bytes, outcome.line.len);
        buffer_append(&all, outcome.text.bytes, outcome.text.len);
        buffer_append(&all, outcome.files.bytes, outcome.files.len);
        more = file_write_fd(fd, all.bytes, all.len) && batch_queue_take(queue, worker, &order.place);
        buffer_release(&all);
        batch_outcome_release(&outcome);
    }
    _exit(0); /* the parent's buffers and handlers are not ours to flush and to call */
}
