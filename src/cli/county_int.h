/* What the county's index and volume share. */
#ifndef GONGKAI_CLI_COUNTY_INT_H
#define GONGKAI_CLI_COUNTY_INT_H

#include "cli/county.h"

/* The data of the index: with `numbers`, the page each notice begins on, that of the volume's contents. */
Buffer county_index_data(const CountyNotices *notices, const CountyRules *rules, const int *numbers);
bool county_file_write(const char *path, const Buffer *bytes, FindingList *findings);

#endif
