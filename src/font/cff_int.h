/* A CFF table -> its parts, bounds checked (Adobe Technical Note 5176). Private to font/. */
#ifndef GONGKAI_FONT_CFF_INT_H
#define GONGKAI_FONT_CFF_INT_H

#include "font/sfnt_int.h"

typedef struct CffIndex {
    Slice table; /* the whole CFF table */
    uint32_t count;
    unsigned offset_size;
    size_t offsets; /* where the offset array starts */
    size_t base;    /* the byte before the data: offsets count from 1 */
    size_t end;     /* behind the INDEX */
} CffIndex;
bool cff_index_open(Slice table, size_t at, CffIndex *index);
bool cff_index_item(const CffIndex *index, uint32_t i, Slice *item);

#define DICT_ESCAPE      0x0C00 /* operators of two bytes: 12 x */
#define DICT_STD_VW      11
#define DICT_CHARSET     15
#define DICT_CHARSTRINGS 17
#define DICT_PRIVATE     18
#define DICT_SUBRS       19
#define DICT_DEFAULT_W   20
#define DICT_NOMINAL_W   21
#define DICT_BBOX        5
#define DICT_MATRIX      (DICT_ESCAPE | 7)
#define DICT_TYPE        (DICT_ESCAPE | 6)
#define DICT_ROS         (DICT_ESCAPE | 30)
#define DICT_CIDCOUNT    (DICT_ESCAPE | 34)
#define DICT_FDARRAY     (DICT_ESCAPE | 36)
#define DICT_FDSELECT    (DICT_ESCAPE | 37)

#define DICT_VALUES 4
typedef struct DictEntry {
    unsigned op;
    Slice raw;                   /* operands and operator */
    size_t count;                /* operands */
    int32_t values[DICT_VALUES]; /* the first ones; reals are cut to whole numbers */
    bool whole;                  /* none of them was a real */
} DictEntry;
/* The next entry from *at on; false at the end or where the DICT is malformed. */
bool cff_dict_next(Slice dict, size_t *at, DictEntry *entry);
/* The last entry of an op, as readers do. */
bool cff_dict_find(Slice dict, unsigned op, DictEntry *entry);

typedef struct CffFont {
    Slice table, name, top;
    CffIndex globals, charstrings, fonts; /* fonts: the FDArray; empty when name-keyed */
    bool cid_keyed;
    Slice fd_select; /* from its format byte to the table's end */
} CffFont;
/* The first font of the table. false when it cannot be used: broken, several fonts, or Type 1 charstrings. */
bool cff_open(Slice table, CffFont *cff);

/* The font DICT of a glyph: its number in the FDArray, 0 when name-keyed. */
bool cff_glyph_font(const CffFont *cff, uint32_t glyph, uint32_t *font);
/* The font DICT of that number; the Top DICT when name-keyed. */
bool cff_font_dict(const CffFont *cff, uint32_t font, Slice *dict);

typedef struct CffPrivate {
    Slice dict;
    int default_width, nominal_width;
    int std_vw;
    CffIndex locals;
} CffPrivate;
/* The Private DICT of a font DICT. false when it is broken or has widths that are no whole numbers. */
bool cff_private(const CffFont *cff, uint32_t font, CffPrivate *private);

#endif
