/* Exact decimals: an amount as written, up to six places. Never a binary float. */
#ifndef GONGKAI_BASE_DECIMAL_H
#define GONGKAI_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define DECIMAL_PLACES 6
#define DECIMAL_ONE    ((int64_t)1000000)
/* The largest magnitude of `micro`: whole, so that neither rounding nor negating can overflow. 9.2 * 10^12. */
#define DECIMAL_LIMIT ((int64_t)9223372036854000000)

typedef struct Decimal {
    int64_t micro; /* the value times 10^6 */
    uint8_t
        places; /* places after the point as written (558.00 has 2); for computed values the fewest that are exact */
} Decimal;

typedef enum DecimalStatus { DECIMAL_OK, DECIMAL_SYNTAX, DECIMAL_TOO_MANY_PLACES, DECIMAL_OVERFLOW } DecimalStatus;

/* Text of digits with an optional sign (+ - or U+2212), optional thousands commas (groups of three, all or none), an
 * optional point with digits after it. No unit, no blanks. The whole text must match. */
DecimalStatus decimal_parse(const char *text, size_t len, Decimal *out);

Decimal decimal_from_int(int64_t value); /* |value| <= DECIMAL_LIMIT / DECIMAL_ONE, else the nearest there is */
/* false on overflow; *out keeps the larger number of places for sums, the exact fewest for products. */
bool decimal_add(Decimal a, Decimal b, Decimal *out);
bool decimal_subtract(Decimal a, Decimal b, Decimal *out);
bool decimal_multiply(Decimal a, Decimal b, Decimal *out); /* false also when the product needs more than six places */
int decimal_compare(Decimal a, Decimal b);                 /* by value: 558.00 equals 558 */
/* Moves the point: *out = a * 10^power (power may be negative), trimmed; false on overflow or lost digits. 元 to 万元:
 * power -4. */
bool decimal_shift(Decimal a, int power, Decimal *out);
Decimal decimal_negate(Decimal a);
Decimal decimal_trim(Decimal a);              /* the fewest places that are exact: computed figures print so */
Decimal decimal_round(Decimal a, int places); /* half away from zero, as 四舍五入; places 0..6; sets places */
/* With exactly a.places digits after the point; "-" for negatives; "-0" never. Returns text in the arena. */
const char *decimal_text(Decimal a, Arena *arena);

#endif
