/* The notices still to be made, in memory that parent and workers share. A worker takes the next one itself when it is
 * free: it waits for nobody, and no notice waits behind a slow one. Whose a notice is, is written in the same step that
 * takes it, so that the parent knows what a worker had that died, wherever it died. */
#ifndef GONGKAI_CLI_BATCH_QUEUE_H
#define GONGKAI_CLI_BATCH_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct BatchQueue BatchQueue;

/* Room for `room` puts and so many workers, numbered from 0. NULL with errno. */
BatchQueue *batch_queue_new(size_t room, size_t workers);
void batch_queue_free(BatchQueue *queue);

/* Takes the next place for a worker; false when there is none, or after a stop. The time it has begins. */
bool batch_queue_take(BatchQueue *queue, size_t worker, size_t *place);
/* What was put there. */
size_t batch_queue_index(const BatchQueue *queue, size_t place);
/* The worker has made what it took: telling it does not count as its time. */
void batch_queue_made(BatchQueue *queue, size_t worker);

/* The parent's alone. */
void batch_queue_put(BatchQueue *queue, size_t index);
void batch_queue_stop(BatchQueue *queue); /* nothing more is taken */
bool batch_queue_waiting(const BatchQueue *queue);
void batch_queue_done(BatchQueue *queue, size_t place); /* its outcome has come, or it is given up */
/* What a worker has taken that is not done. */
bool batch_queue_held(const BatchQueue *queue, size_t worker, size_t *place);
/* [ms by progress_clock] since when the worker has been making what it took; 0 when it is not. */
int64_t batch_queue_since(const BatchQueue *queue, size_t worker);

#endif
