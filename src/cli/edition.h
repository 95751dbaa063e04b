/* An edition: the pages of a notice with its data and figures attached, its provenance written down, for screen and
 * press. */
#ifndef GONGKAI_CLI_EDITION_H
#define GONGKAI_CLI_EDITION_H

#include <stddef.h>

#include "cli/options.h"
#include "cli/resources.h"
#include "cli/revision.h"
#include "data/data.h"
#include "pdf/pdf.h"

#define EDITION_DATA_NAME    "data.yaml"
#define EDITION_FIGURES_NAME "figures.json"
#define EDITION_CHANGES_NAME "changes.jsonl" /* of a corrected edition: its chain, then a line for each change */

/* What a command that makes editions takes for the press's: its member `press`, by these rows of its table. */
typedef struct PressOptions {
    bool wanted, marks, booklet;
    const char *icc, *bleed; /* a file; a length as "3mm" */
    size_t pad;
} PressOptions;

#define PRESS_OPTIONS(Type)                                                                                 \
    {.name = "press",                                                                                       \
     .kind = OPTION_FLAG,                                                                                   \
     .offset = offsetof(Type, press.wanted),                                                                \
     .zh = "另出一份印刷版（PDF/X-4）：文件名后加 -press",                                                  \
     .en = "a press edition (PDF/X-4) beside it: NAME-press.pdf"},                                          \
        {.name = "icc",                                                                                     \
         .kind = OPTION_TEXT,                                                                               \
         .offset = offsetof(Type, press.icc),                                                               \
         .value = "FILE",                                                                                   \
         .zh = "印刷版：印刷厂的 CMYK 特性文件；不写时用程序自带的通用特性",                                \
         .en = "press: the printer's CMYK profile; without it the program's generic one"},                  \
        {.name = "bleed",                                                                                   \
         .kind = OPTION_TEXT,                                                                               \
         .offset = offsetof(Type, press.bleed),                                                             \
         .value = "LENGTH",                                                                                 \
         .zh = "印刷版：四边出血，如 3mm",                                                                  \
         .en = "press: bleed on all sides, as 3mm"},                                                        \
        {.name = "marks",                                                                                   \
         .kind = OPTION_FLAG,                                                                               \
         .offset = offsetof(Type, press.marks),                                                             \
         .zh = "印刷版：加裁切线",                                                                          \
         .en = "press: crop marks"},                                                                        \
        {.name = "pad",                                                                                     \
         .kind = OPTION_COUNT,                                                                              \
         .offset = offsetof(Type, press.pad),                                                               \
         .value = "N",                                                                                      \
         .min = 1,                                                                                          \
         .max = 64,                                                                                         \
         .zh = "印刷版：用空白页补足到 N 的倍数；不写时为 2",                                               \
         .en = "press: blank pages up to a multiple of N; without it 2"},                                   \
    {                                                                                                       \
        .name = "booklet", .kind = OPTION_FLAG, .offset = offsetof(Type, press.booklet),                    \
        .zh = "印刷版：骑马订拼版，一面两页", .en = "press: imposed for saddle stitching, two pages a side" \
    }

/* What both editions are made from. */
typedef struct EditionSource {
    const PageList *pages;
    const Value *data;
    const Pack *pack;
    const Revision *revision; /* of a corrected edition, or NULL */
} EditionSource;

/* The screen edition, and with `press` the press edition; false with findings. Both buffers are the caller's. */
bool edition_write(const EditionSource *source, const Resources *resources, const PdfPress *press, Arena *arena,
                   Buffer *screen, Buffer *printed, FindingList *findings);

/* The data as it is attached, and its hash. */
Buffer edition_data(const Value *data, char hash[SHA256_HEX]);

/* SHA-256 over the names and contents of all files of a pack's folder, in the order of their names. NULL with a
 * finding when one of them cannot be read. */
const char *edition_pack_hash(const char *folder, Arena *arena, FindingList *findings);

/* One of its options says that a press edition is wanted. */
bool edition_press_wanted(const PressOptions *options);
/* The press's wishes out of the options: reads the profile. false with a finding. */
bool edition_press(const PressOptions *options, Arena *arena, PdfPress *press, FindingList *findings);

#endif
