/* Findings of thousands of notices -> a file without a name, until they are printed in the order of the list. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli/batch_int.h"

void batch_texts_open(BatchTexts *texts, const char *folder, size_t count, Arena *arena)
{
    *texts = (BatchTexts){.at = arena_array_of(arena, int64_t, count), .len = arena_array_of(arena, size_t, count)};
    texts->fd = file_open_fd(folder, O_TMPFILE | O_RDWR, 0600);
    if (texts->fd >= 0)
        return;
    /* Not every file system has files without a name. */
    FILE *file = tmpfile();
    texts->fd = file ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 0) : -1;
    if (file)
        fclose(file);
}

void batch_texts_close(BatchTexts *texts)
{
    if (texts->fd >= 0)
        close(texts->fd);
}

/* Where it cannot be written the findings are printed from the manifest, without their lines of the source. */
void batch_texts_put(BatchTexts *texts, size_t index, const Buffer *text)
{
    size_t done = 0;
    while (texts->fd >= 0 && done < text->len) {
        ssize_t put = pwrite(texts->fd, text->bytes + done, text->len - done, (off_t)(texts->end + done));
        if (put <= 0 && !(put < 0 && errno == EINTR))
            return;
        done += put > 0 ? (size_t)put : 0;
    }
    texts->at[index] = (int64_t)texts->end;
    texts->len[index] = done;
    texts->end += done;
}

bool batch_texts_print(const BatchTexts *texts, size_t index, FILE *out)
{
    char bytes[16384];
    size_t done = 0, len = texts->len[index];
    while (done < len) {
        size_t wanted = len - done < sizeof bytes ? len - done : sizeof bytes;
        ssize_t got = pread(texts->fd, bytes, wanted, (off_t)texts->at[index] + (off_t)done);
        if (got <= 0 && !(got < 0 && errno == EINTR))
            break;
        fwrite(bytes, 1, got > 0 ? (size_t)got : 0, out);
        done += got > 0 ? (size_t)got : 0;
    }
    return len > 0;
}
