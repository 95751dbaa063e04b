/* The worker's side of the pool: indices in, outcomes out, one at a time. */
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

static bool write_all(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len > 0) {
        ssize_t written = write(fd, at, len);
        if (written < 0 && errno != EINTR)
            return false;
        at += written > 0 ? written : 0;
        len -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

void batch_worker(const BatchWork *work, int fd)
{
    BatchOrder order;
    while (read_all(fd, &order, sizeof order)) {
        BatchOutcome outcome = {0};
        batch_notice(work, order.index, &outcome);
        BatchReply reply = {order.index, outcome.line.len, outcome.text.len};
        bool told = write_all(fd, &reply, sizeof reply) && write_all(fd, outcome.line.bytes, outcome.line.len) &&
                    write_all(fd, outcome.text.bytes, outcome.text.len);
        buffer_release(&outcome.line);
        buffer_release(&outcome.text);
        if (!told)
            break;
    }
    _exit(0); /* the parent's buffers and handlers are not ours to flush and to call */
}
