/* What the unit tests of font share. */
#ifndef GONGKAI_TESTS_FONT_TESTS_H
#define GONGKAI_TESTS_FONT_TESTS_H

#include <check.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_OUTLINE_H

#include "font/font.h"
#include "font/sfnt_int.h"

Suite *set_suite(void);
Suite *glyph_suite(void);
Suite *shape_suite(void);
Suite *charstring_suite(void);
Suite *subset_suite(void);
Suite *packed_suite(void);
Suite *hostile_suite(void);

/* The default fonts; `index` is the face the program uses. */
typedef struct DefaultFont {
    const char *file;
    int index;
    const char *name; /* PostScript */
} DefaultFont;
#define DEFAULT_FONT_COUNT 15
extern const DefaultFont default_fonts[DEFAULT_FONT_COUNT];
/* false, said once on stderr, when fonts/ lacks one: the tests that need them do nothing then. */
bool fonts_present(void);

/* A set over fonts/ with its findings. */
typedef struct Bench {
    Arena *arena;
    FindingList findings;
    FontSet *set;
} Bench;
Bench bench_open(void);
void bench_close(Bench *bench);
const Font *bench_font(Bench *bench, const char *file, int index); /* must open */
/* The last finding's code, "" for none. */
const char *bench_code(const Bench *bench);

/* A file in memory that has a path, so that fonts can be changed without touching a disk. */
typedef struct MemoryFile {
    int fd;
    char path[64];
} MemoryFile;
MemoryFile memory_file(const void *bytes, size_t len);
void memory_file_close(MemoryFile *file);
char *read_font(Arena *arena, const char *file, size_t *len); /* from fonts/ */

/* A small font of our own: `glyph_count` glyphs, name-keyed CFF, a cmap of format 12. */
typedef struct BuiltFont {
    const Slice *charstrings, *locals, *globals;
    size_t glyph_count, local_count, global_count;
    uint16_t fs_type;
    uint16_t os2_version;
    bool no_outlines; /* EBDT in the place of CFF */
} BuiltFont;
#define BUILT_DEFAULT_WIDTH 500
#define BUILT_NOMINAL_WIDTH 600
#define BUILT_FIRST_CODE    0x2F800 /* mapped to glyph 1, and so on */
MemoryFile build_font(const BuiltFont *built);

/* Both faces give the same outline for their glyph. */
void check_same_outline(FT_Face a, uint32_t glyph_a, FT_Face b, uint32_t glyph_b);

#endif
