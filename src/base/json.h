/* JSON texts for programs (RFC 8259). */
#ifndef GONGKAI_BASE_JSON_H
#define GONGKAI_BASE_JSON_H

#include <stddef.h>

#include "base/file.h"

/* A string in its quotes; NULL gives null. Escaped is what RFC 8259 asks for, and what a terminal obeys or some readers
 * break lines at (C1 controls, U+2028, U+2029); malformed UTF-8 becomes U+FFFD. */
void json_put_text(Buffer *out, const char *text);
void json_put_bytes(Buffer *out, const char *text, size_t len);

#endif
