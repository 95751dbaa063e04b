/* What the files of font/ share. Private to font/. */
#ifndef GONGKAI_FONT_FONT_INT_H
#define GONGKAI_FONT_FONT_INT_H

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <sys/types.h>

#include "font/font.h"
#include "font/sfnt_int.h"

/* A font file, mapped once however many of its faces are open. */
typedef struct FontFile {
    const char *path;
    dev_t device;
    ino_t inode;
    Slice bytes;
    hb_blob_t *blob; /* over `bytes` */
} FontFile;

struct FontSet {
    Arena *arena;
    const char **folders;
    size_t folder_count;
    ARRAY(FontFile *) files;
    ARRAY(Font *) fonts;
    FT_Library library; /* NULL until the first outline is wanted */
    hb_buffer_t *buffer;
    size_t codes_kept; /* [bytes] of glyph codes, of all faces */
};

/* Code points in pages of 256, filled as they are asked for. */
#define GLYPH_PAGE_BITS  8
#define GLYPH_PAGE_SIZE  (1u << GLYPH_PAGE_BITS)
#define GLYPH_PAGE_COUNT (0x110000u >> GLYPH_PAGE_BITS)

/* Glyph ids in pages of 64. */
#define BOX_PAGE_BITS  6
#define BOX_PAGE_SIZE  (1u << BOX_PAGE_BITS)
#define BOX_PAGE_COUNT (0x10000u >> BOX_PAGE_BITS)

typedef struct GlyphBox {
    bool known;
    int box[4];
} GlyphBox;

/* What a font learns when asked; behind a pointer, so that a const Font can learn it. */
typedef struct FontCache {
    uint32_t *glyphs[GLYPH_PAGE_COUNT]; /* glyph id + 1; 0: not looked up yet */
    GlyphBox *boxes[BOX_PAGE_COUNT];
    FT_Face outlines; /* NULL until the first box is wanted */
    bool no_outlines; /* FreeType refused the face */
    struct CffFace *cff;
    bool no_cff; /* the CFF table cannot be used */
    struct GlyphCoder *coder;
} FontCache;

struct Font {
    FontSet *set;
    FontFile *file;
    SfntDirectory tables;
    FontInfo info;
    Slice hmtx;
    uint32_t long_metrics; /* hhea.numberOfHMetrics, at least 1 */
    hb_font_t *hb;         /* scaled to font units */
    FontCache *cache;
};

/* font_read.c: fills `font->info`, hmtx from the tables. What it finds wrong instead of a usable outline font. */
typedef enum FontTrouble {
    FONT_SOUND,
    FONT_BROKEN,       /* *detail: the table */
    FONT_BITMAP,       /* no outlines */
    FONT_CFF2,         /* variable CFF: no PDF can hold it */
    FONT_NO_EMBEDDING, /* fsType forbids it */
} FontTrouble;
FontTrouble font_read(Font *font, const char **detail);

/* Fills what needs outlines: heights that the tables do not tell. Needs font->hb and font->cache. */
void font_read_letters(Font *font);

/* FreeType's face of the font, opened at the first call; NULL when FreeType refuses it. */
FT_Face font_outlines(const Font *font);

#endif
