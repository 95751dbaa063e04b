/* Lengths are integers. The unit is 1/5040 mm = 1/1778 pt: the one grain in which millimetres, tenths of the common
 * half points (10.5 pt), the cell of GB/T 9704 (156/28 mm) and its line pitch (cell * 15/8) are all whole numbers, so
 * that 28 cells close on 156 mm exactly and nothing ever has to be rounded on the way to the page. */
#ifndef GONGKAI_BASE_LENGTH_H
#define GONGKAI_BASE_LENGTH_H

#include <stdint.h>

typedef int64_t Length;

#define LENGTH_PER_MM ((Length)5040)
#define LENGTH_PER_PT ((Length)1778)
#define LENGTH_MM(mm) ((Length)(mm)*LENGTH_PER_MM)
#define LENGTH_PT(pt) ((Length)(pt)*LENGTH_PER_PT)
#define LENGTH_CELL   (LENGTH_MM(156) / 28)  /* 28080: one 字 of the grid, 9704 5.2.3 */
#define LENGTH_PITCH  (LENGTH_CELL * 15 / 8) /* 52650: one 行, a character and 7/8 of it, 9704 3.2 */

/* a * numerator / denominator, rounded half away from zero; denominator > 0. No overflow for lengths under 10^12. */
static inline Length length_scale(Length a, Length numerator, Length denominator)
{
    Length product = a * numerator;
    return product >= 0 ? (product + denominator / 2) / denominator : -((-product + denominator / 2) / denominator);
}

#endif
