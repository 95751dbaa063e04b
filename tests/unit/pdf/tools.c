/* Files -> what other people's readers make of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pdf_tests.h"

Saved file_save(Arena *arena, const Buffer *file)
{
    const char *parent = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/gongkai-pdf-XXXXXX", parent && *parent ? parent : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    Saved saved = {folder, path_join(arena, folder, "test.pdf")};
    ck_assert(file_write_atomic(saved.path, file->bytes, file->len));
    return saved;
}

void saved_remove(const Saved *saved)
{
    unlink(saved->path);
    rmdir(saved->folder);
}

bool tool_present(const char *name)
{
    char command[100];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", name);
    if (system(command) == 0)
        return true;
    printf("skipped: %s is not installed\n", name);
    return false;
}

static Buffer output_read(const Saved *saved, const char *command, int *status)
{
    char line[600], part[300];
    const char *at = strstr(command, "%s");
    ck_assert_ptr_nonnull(at);
    snprintf(part, sizeof part, "%.*s%s%s", (int)(at - command), command, saved->path, at + 2);
    snprintf(line, sizeof line, "cd %s && LC_ALL=C.UTF-8 %s", saved->folder, part);
    FILE *pipe = popen(line, "r");
    ck_assert_ptr_nonnull(pipe);
    Buffer out = {0};
    char bytes[4096];
    for (size_t len; (len = fread(bytes, 1, sizeof bytes, pipe)) > 0;)
        buffer_append(&out, bytes, len);
    int result = pclose(pipe);
    *status = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
    return out;
}

const char *tool_run(Arena *arena, const Saved *saved, const char *command, int *status)
{
    Buffer out = output_read(saved, command, status);
    const char *text = arena_strndup(arena, out.bytes ? out.bytes : "", out.len);
    buffer_release(&out);
    return text;
}

Picture picture_run(Arena *arena, const Saved *saved, const char *command)
{
    int status, header = 0;
    Buffer out = output_read(saved, command, &status);
    Picture picture = {0, 0, NULL};
    buffer_append(&out, "", 1);
    ck_assert_msg(sscanf(out.bytes, "P5 %d %d 255%n", &picture.width, &picture.height, &header) == 2 && header > 0,
                  "%s wrote no PGM", command);
    size_t size = (size_t)picture.width * (size_t)picture.height, at = (size_t)header + 1;
    ck_assert_uint_ge(out.len, at + size);
    picture.pixels = arena_copy(arena, out.bytes + at, size);
    buffer_release(&out);
    return picture;
}
