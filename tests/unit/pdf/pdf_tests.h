/* What the unit tests of pdf share: page lists built by hand, a reader of our own for plain files, other readers. */
#ifndef GONGKAI_TESTS_PDF_TESTS_H
#define GONGKAI_TESTS_PDF_TESTS_H

#include <check.h>

#include "pdf/pdf.h"

/* ---- build.c: page lists by hand --------------------------------------------------------------------------------- */

typedef struct Build {
    Arena *arena;
    FontSet *fonts;
    FindingList findings;
    PageList list;
    ARRAY(Page) pages;
    ARRAY(Item) items; /* of the last page */
    ARRAY(const Font *) font_items;
    ARRAY(StructNode) nodes;
    ARRAY(Target) targets;
    ARRAY(Bookmark) bookmarks;
} Build;

bool fonts_present(void); /* else says that the test is skipped */
Build *build_new(void);
void build_free(Build *build);
uint16_t build_font(Build *build, const char *file, int index);
Page *build_page(Build *build); /* A4; ends the page before */
NodeId build_node(Build *build, NodeId parent, Role role);
/* Text by the cmap, a cluster a character, `gap` more between them than the glyphs' advances. */
Item *build_text(Build *build, uint16_t font, Length size, Length x, Length y, Length gap, NodeId node,
                 const char *text);
Item *build_shaped(Build *build, uint16_t font, Length size, Length x, Length y, NodeId node, const char *text);
Item *build_rule(Build *build, Length x, Length y, Length width, Length height);
Item *build_item(Build *build);
size_t build_target(Build *build, size_t page, Length x, Length y, NodeId node);
void build_bookmark(Build *build, int level, const char *title, size_t target);
const PageList *build_finish(Build *build);
/* Writes and asserts that it worked. */
Buffer build_write(Build *build, PdfOptions options);

/* A notice in small: all kinds of faces and items, with structure, table, links, bookmarks and a turned page. */
const PageList *sample_build(Build *build);

/* ---- reader.c: files written with PdfOptions.plain --------------------------------------------------------------- */

typedef struct Shown {
    double x, y;        /* of the glyph's origin [pt], from the page's bottom left corner */
    double size, width; /* width: what /W says of its code */
    unsigned code;
    int font; /* n of /Fn */
    bool turned;
} Shown;

typedef struct ShownList {
    Shown *items;
    size_t count, capacity;
} ShownList;

/* The text of object `number`, from after "obj"; NULL when there is none. */
const char *reader_object(const Buffer *file, unsigned number);
/* The number of the object that "/Key n 0 R" refers to in a dictionary; 0 when it is not there. */
unsigned reader_ref(const char *dict, const char *key);
unsigned reader_page(const Buffer *file, size_t index); /* object number of a page */
/* All glyphs a page shows, where a reader would put them. */
ShownList reader_shown(Arena *arena, const Buffer *file, size_t page);
size_t count_text(const char *in, size_t len, const char *text);
bool holds(const Buffer *file, const char *text);

/* ---- tools.c: other people's readers ----------------------------------------------------------------------------- */

typedef struct Saved {
    const char *folder, *path; /* the file, in a folder of its own */
} Saved;
Saved file_save(Arena *arena, const Buffer *file);
void saved_remove(const Saved *saved);
bool tool_present(const char *name); /* else says that the check is skipped */
/* The command's standard output and error; %s in the command is the file, twice if need be. */
const char *tool_run(Arena *arena, const Saved *saved, const char *command, int *status);
/* Grey pixels of a page at 72 pixels an inch, from a PGM the command writes to standard output. */
typedef struct Picture {
    int width, height;
    const unsigned char *pixels;
} Picture;
Picture picture_run(Arena *arena, const Saved *saved, const char *command);

TCase *format_tests(void);
TCase *position_tests(void);
TCase *font_tests(void);
TCase *document_tests(void);
TCase *tag_tests(void);
TCase *render_tests(void);
TCase *edition_tests(void);

#endif
