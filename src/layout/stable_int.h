/* A layout that keeps to that of the edition before. Private to layout/. */
#ifndef GONGKAI_LAYOUT_STABLE_INT_H
#define GONGKAI_LAYOUT_STABLE_INT_H

#include "layout/flow_int.h"

/* What an item begins with: the same for the same item of another edition. 0: nothing. */
uint64_t flow_item_key(const FlowItem *item);
/* Whether a page of the edition before began with such an item. Only with layout->before. */
bool stable_begins(const Layout *layout, const FlowItem *item);
/* The widths that the edition before gave to tables of this kind; NULL for none. */
const PageColumns *stable_columns(const Layout *layout, const Table *table);

#endif
