/* What goes through the sockets between the pool and its workers: both are one program, so plain structs do. */
#ifndef GONGKAI_CLI_BATCH_WIRE_H
#define GONGKAI_CLI_BATCH_WIRE_H

#include <stddef.h>

/* The first of a worker; the others it takes itself. */
typedef struct BatchOrder {
    size_t place; /* in the queue */
} BatchOrder;

/* Followed by what is so long. */
typedef struct BatchReply {
    size_t place, line_len, text_len, files_len;
} BatchReply;

#endif
