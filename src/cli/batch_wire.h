/* What goes through the sockets between the pool and its workers: both are one program, so plain structs do. */
#ifndef GONGKAI_CLI_BATCH_WIRE_H
#define GONGKAI_CLI_BATCH_WIRE_H

#include <stddef.h>

typedef struct BatchOrder {
    size_t index;
} BatchOrder;

/* Followed by the line and the text. */
typedef struct BatchReply {
    size_t index, line_len, text_len;
} BatchReply;

#endif
