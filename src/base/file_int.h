/* What the sources of writing share. */
#ifndef GONGKAI_BASE_FILE_INT_H
#define GONGKAI_BASE_FILE_INT_H

#include "base/file.h"

/* ".<name>" for the temporary, which is named ".<name>.<pid>.tmp"; a name too long for that is cut between characters
 * and told from others that begin alike by a hash (FNV-1a). */
const char *file_temporary_head(Arena *scratch, const char *name);
/* Removes the temporaries of one head whose processes have ended. */
void file_sweep_head(int folder, const char *head);
/* `sweep`: look for leftovers of the same target first. */
bool file_draft_begin(FileDraft *draft, Arena *arena, const char *path, long owner, bool sweep);
void file_draft_release(FileDraft *draft); /* closes, and leaves errno as it is */

#endif
