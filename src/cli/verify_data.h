/* A file read back, and data: the file's own or those it may be from -> what does not agree. */
#ifndef GONGKAI_CLI_VERIFY_DATA_H
#define GONGKAI_CLI_VERIFY_DATA_H

#include "cli/resources.h"
#include "pdf/pdf.h"

typedef struct Verification {
    const char *name;
    PdfReport report;
    Resources *resources;
    Arena *arena;
    FindingList *findings;
    size_t compared;    /* figures that the data confirm */
    const char *origin; /* what DATA.yaml is to the file; NULL: none was given */
} Verification;

/* Each figure against the data that travel within. */
void verify_attached(Verification *verification);
/* Whether the file was made from these data; else which figures tell that it was not. With the same program and pack
 * the pages are set again: then each figure must stand there in the same words, and all text with it. */
void verify_data(Verification *verification, const char *path);

#endif
