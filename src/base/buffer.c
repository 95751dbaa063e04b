/* Turns many small writes into one run of bytes on the heap. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

void buffer_reserve(Buffer *buffer, size_t more)
{
    if (more <= buffer->capacity - buffer->len) {
        return;
    }
    if (more > SIZE_MAX / 4 || buffer->len > SIZE_MAX / 4) {
        memory_exhausted();
    }
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
    capacity = capacity > buffer->len + more ? capacity : buffer->len + more;
    char *bytes = realloc(buffer->bytes, capacity);
    if (!bytes) {
        memory_exhausted();
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
}

void buffer_printf(Buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = buffer->capacity - buffer->len;
    int len = vsnprintf(buffer->bytes ? buffer->bytes + buffer->len : NULL, room, format, args);
    va_end(args);
    if (len < 0) {
        memory_exhausted();
    }
    if ((size_t)len >= room) {
        buffer_reserve(buffer, (size_t)len + 1);
        vsnprintf(buffer->bytes + buffer->len, (size_t)len + 1, format, again);
    }
    va_end(again);
    buffer->len += (size_t)len;
}

void buffer_release(Buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (Buffer){0};
}
