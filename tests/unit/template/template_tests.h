/* What the tests of the template module share: packs from pieces, data over the base, documents as plain lines. */
#ifndef GONGKAI_TEMPLATE_TESTS_H
#define GONGKAI_TEMPLATE_TESTS_H

#include <check.h>

#include "base/text.h"
#include "template/template_int.h"

#define PACK_FOLDER "templates/\u90e8\u95e8\u9884\u7b97\u516c\u5f00" /* 部门预算公开 */
#define TESTS       "tests/unit/template/"

/* The pack in the repository; fails the test when it does not load. */
Pack *load_real_pack(Arena *arena);
/* A pack of the real style.yaml with this notice.txt and, when not NULL, tables.yaml and words.yaml; its schema lets
 * everything pass. NULL with findings when it does not load. */
Pack *load_small_pack(const char *notice, const char *tables, const char *words, Arena *arena, FindingList *findings);
/* The same with this cover.txt, when not NULL, and more lines of style.yaml. */
Pack *load_covered_pack(const char *notice, const char *cover, const char *style, const char *tables, const char *words,
                        Arena *arena, FindingList *findings);
/* Data as cli prepares it. `base` may be NULL. NULL with findings. */
Value *prepare_data(const Pack *pack, const char *yaml, const char *base, Arena *arena, FindingList *findings);

/* Each paragraph, heading, caption, lead end, cell paragraph, note and signature line as one line. */
typedef struct Lines {
    const char **items;
    size_t count;
} Lines;
Lines document_lines(const Document *document, Arena *arena);
/* The codes of all findings as "code@line:column", joined by blanks, in order of place. */
const char *finding_codes(FindingList *findings, Arena *arena);
const char *dump_text(const Document *document, Arena *arena);
char *read_text_file(const char *path, Arena *arena); /* NULL when it is not there */

TCase *parse_tests(void);
TCase *expand_tests(void);
TCase *table_tests(void);
TCase *style_tests(void);
TCase *wording_tests(void);
TCase *reference_tests(void);

#endif
