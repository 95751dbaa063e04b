/* Many files -> their places, all whole, for one wait. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file_int.h"

bool file_stage(const char *path, long owner, const void *bytes, size_t len, Arena *arena, StagedFile *staged)
{
    FileDraft draft;
    *staged = (StagedFile){0};
    if (!file_draft_begin(&draft, arena, path, owner, false)) {
        return false;
    }
    if (!file_draft_put(&draft, bytes, len)) {
        file_draft_drop(&draft);
        return false;
    }
    if (!draft.temporary) {
        return file_draft_keep(&draft);
    }
    /* Not every file system can; then file_place waits for all of it. */
    (void)sync_file_range(draft.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    *staged = (StagedFile){path_join(arena, draft.path, draft.temporary), path_join(arena, draft.path, draft.name)};
    file_draft_release(&draft);
    return true;
}

bool file_place(const StagedFile *staged)
{
    if (!staged->temporary) {
        return true;
    }
    int fd = file_open_fd(staged->temporary, O_RDONLY | O_NOFOLLOW, 0);
    bool done = fd >= 0 && fsync(fd) == 0 && rename(staged->temporary, staged->target) == 0;
    int error = errno;
    if (!done) {
        unlink(staged->temporary);
    }
    if (fd >= 0) {
        close(fd);
    }
    errno = error;
    return done;
}

void folder_sync(const char *folder)
{
    int fd = file_open_fd(folder, O_RDONLY | O_DIRECTORY, 0);
    if (fd >= 0) {
        (void)fsync(fd); /* not every file system can */
        close(fd);
    }
}
