/* What the files of data share among themselves: building values, canonical paths, positions in a source. */
#ifndef GONGKAI_DATA_DATA_INT_H
#define GONGKAI_DATA_DATA_INT_H

#include "data/data.h"

/* Keys the program itself knows. */
#define KEY_SHARED "\u5171\u7528"             /* 共用 */
#define KEY_UNIT   "\u91d1\u989d\u5355\u4f4d" /* 金额单位 */

/* Longer names of list items are not used in paths [bytes]. */
#define PATH_NAME_MAX 255
/* Maps up to this size are scanned, larger ones searched by their sorted members. */
#define MAP_SCAN_MAX 8
/* Paths of one tree may take this many bytes a node allowed: deep trees of long keys would fill the memory. */
#define PATH_BYTES_PER_NODE 128

/* ---- values ---- */
Value *value_new(Arena *arena, ValueKind kind, Place place);
/* Sets `sorted`; call when members of a map were added. */
void value_index(Value *map, Arena *arena);
/* Adds members at the end. */
void value_extend(Value *map, Value *const *members, size_t count, Arena *arena);
/* A deep copy with its own paths, under `parent` (which gives the path) as `key` or, key NULL, as item `ordinal`. */
Value *value_copy(const Value *value, const Value *parent, const char *key, Place key_place, size_t ordinal,
                  ValueOrigin origin, Arena *arena);
/* Members ordered by key, equal keys in the order written; for qsort of Value *. */
int value_compare_keys(const void *a, const void *b);
Value *value_member(const Value *map, const char *key); /* value_get for writers */

/* ---- paths ---- */
const char *path_member(Arena *arena, const char *parent, const char *key);
/* name NULL: the position `ordinal` in the list; else the ordinal-th item of that name. */
const char *path_item(Arena *arena, const char *parent, const char *name, size_t ordinal);

/* ---- positions: libyaml counts code points, places count bytes, lines and columns ---- */
typedef struct Checkpoint {
    uint32_t offset, line, column;
} Checkpoint;
typedef struct Positions {
    const Source *source;
    size_t start; /* the byte offset of code point 0: after a BOM */
    Checkpoint *checkpoints;
    size_t count;
    Checkpoint last; /* of code point number last_index, the last that was asked for */
    size_t last_index;
} Positions;

/* Checks encoding and characters; false with findings when the text must not be parsed. Fills `positions`. */
bool source_check(const Source *source, Positions *positions, Arena *scratch, FindingList *findings);
/* The place of code points [from, to), cut at the end of the first line. */
Place positions_place(Positions *positions, size_t from, size_t to);

/* ---- what looks wrong in a line ---- */
typedef struct Line {
    size_t start, end; /* [bytes] in the source, without the line break */
} Line;
Line line_around(const Source *source, size_t offset);
Line line_before(const Source *source, Line line); /* start == end == 0 before the first */
/* A short key followed by a full-width colon, or by a half-width one without a blank, at the start of `text` (after
 * blanks and "- "). Returns the colon's offset in `text`, or SIZE_MAX. */
size_t find_wide_colon(const char *text, size_t len);
size_t skip_to_text(const char *text, size_t len); /* how many bytes of blanks and "- " it begins with */
size_t find_tight_colon(const char *text, size_t len);

#endif
