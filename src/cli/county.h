/* The county: what a pack's county.yaml says of all notices together (which figures count, which wording must agree),
 * and what is made from the manifest of them all: checks, an index, a bound volume. */
#ifndef GONGKAI_CLI_COUNTY_H
#define GONGKAI_CLI_COUNTY_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/manifest.h"
#include "cli/resources.h"
#include "data/data.h"

typedef struct CountyFigure {
    const char *name;
    const Formula *formula;
} CountyFigure;

typedef struct CountyWording {
    const Formula *each, *name, *text;
} CountyWording;

/* A pack's county.yaml; a pack without one has no figures. */
typedef struct CountyRules {
    const Pack *pack;
    const char *total; /* the figure of the summary, or NULL */
    const char *unit;  /* what figures are in, for the summary's head, or "" */
    const char *index; /* the pack that sets the index, or NULL */
    const Formula *scale;
    ARRAY(CountyFigure) figures, facts; /* facts: texts the index begins with, as the county's name */
    ARRAY(CountyWording) wording;
} CountyRules;

/* Those of all packs asked for, read once each. */
typedef struct CountyBook {
    ARRAY(const CountyRules *) items;
} CountyBook;

/* Never NULL; with findings when county.yaml is not good. */
const CountyRules *county_rules(CountyBook *book, Resources *resources, const Pack *pack, FindingList *findings);

/* Appends the members "figures", "facts" and "wording" of a notice's line of the manifest, each with a comma before it.
 */
void county_append(const CountyRules *rules, const Value *data, Arena *arena, FindingList *findings, Buffer *line);

/* One figure of an entry; false when it has none. */
bool county_figure(const ManifestEntry *entry, const char *name, Decimal *out);

/* All notices there are, in the order of the list; NULL where one has no entry. */
typedef struct CountyNotices {
    const char *const *files;
    const ManifestEntry *const *entries;
    size_t count;
    const char *root;        /* the folder the files are relative to */
    const char *departments; /* departments.yaml, or NULL */
    bool corrected;          /* some replace others */
} CountyNotices;

/* An edition that another of the notices replaces. */
bool county_is_replaced(const CountyNotices *notices, const ManifestEntry *entry);

/* The same department twice, one missing from or not in departments.yaml, sums against its totals, wordings that
 * differ. */
void county_check(const CountyNotices *notices, Arena *arena, FindingList *findings);

/* The index, as PDF, CSV and the data they were made from, into `folder`. false with findings. */
bool county_index_write(const CountyNotices *notices, const CountyRules *rules, Resources *resources,
                        const char *folder, const char *stem, Arena *arena, FindingList *findings);

/* All notices in one file: contents, continuous page numbers, bookmarks. false with findings. */
bool county_volume_write(const CountyNotices *notices, const CountyRules *rules, Resources *resources, bool force,
                         const char *path, FindingList *findings);

#endif
