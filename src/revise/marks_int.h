/* What marking and comparing pages ask of an item. Private to revise/. */
#ifndef GONGKAI_REVISE_MARKS_INT_H
#define GONGKAI_REVISE_MARKS_INT_H

#include "revise/revise.h"

bool item_is_own(const Item *item, const char *own);
bool item_is_changed(const Item *item);

#endif
