/* What the fuzz targets share: the entry that libFuzzer (or driver.c) calls, and invariants as loud as a crash. */
#ifndef GONGKAI_TESTS_FUZZ_H
#define GONGKAI_TESTS_FUZZ_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "document/document.h"
#include "page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(truth)                                                          \
    do {                                                                        \
        if (!(truth)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #truth); \
            abort();                                                            \
        }                                                                       \
    } while (0)

/* Every finding has words, and a place within its source. */
void check_findings(const FindingList *findings);
/* What holds of all pages: items on the paper, glyphs within their fonts and runs, nodes in a tree, and the document's
 * characters just once each outside of artifacts. */
void check_pages(const Document *document, const PageList *pages);
/* The pages as a file, which must be readable again without a fault. `scratch` is rewound. */
void check_pdf(const PageList *pages, Arena *scratch);

/* A file or folder of the repository, for targets run from its root. */
#define FUZZ_PACK "templates/部门预算公开"

#endif
