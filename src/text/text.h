/* Text: code points -> classes, break opportunities, and the room that punctuation gives and takes. Knows no fonts.
 * Sources: GB/T 15834-2011 5.1 (punctuation), GB/T 15835-2011 (numbers), W3C CLREQ, UAX #14 (through libunistring). */
#ifndef GONGKAI_TEXT_TEXT_H
#define GONGKAI_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* placeholder: filled in by its author */

#endif
