/* How places are named; shared by spots.c and document_compare.c. Private to revise/. */
#ifndef GONGKAI_REVISE_SPOTS_INT_H
#define GONGKAI_REVISE_SPOTS_INT_H

#include "revise/revise.h"

const char *cell_text(const Cell *cell, Arena *arena);
/* `headings` holds ten, by level; a heading ends all deeper ones. */
void section_enter(const char *headings[], int level, const char *text);
const char *section_name(const char *const headings[], Arena *arena);
const char **table_titles(const Table *table, Arena *arena); /* one a column */
const char *row_name(const Table *table, const Row *row, const char *labels, Arena *arena);
const char *path_name(const char *path, Arena *arena);

/* ---- what changed, by path ----------------------------------------------------------------------------------------
 */

typedef struct ChangedPath {
    const char *path;
    bool within; /* all that lies in it too */
    const Change *change;
} ChangedPath;

typedef struct ChangedPaths {
    ChangedPath *items; /* by path */
    size_t count;
} ChangedPaths;

ChangedPaths changed_paths(const ChangeList *changes, Arena *arena);
/* What makes a path a changed one; NULL when nothing does. */
const ChangedPath *changed_find(const ChangedPaths *paths, const char *path, Arena *arena);
/* Marks the pieces of a list that show changed data; long texts only where they differ. */
void mark_data(InlineList *list, const ChangedPaths *paths, Arena *arena);
void mark_piece(Inline *piece, PieceChange change, Arena *arena);

#endif
