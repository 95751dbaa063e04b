/* Program, fonts, pack and options -> the hash that tells whether an output made before would come out the same. */
#include <dirent.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/batch_int.h"
#include "cli/cli.h"

#define PROGRAM_LIMIT ((size_t)256 << 20)
#define HEAD_BYTES    16384 /* the directories of all faces of a collection fit in */

void batch_font_key(const char *path, char hex[SHA256_HEX])
{
    Sha256 hash;
    struct stat info;
    char head[HEAD_BYTES];
    sha256_begin(&hash);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &info) == 0) {
        ssize_t len = pread(fd, head, sizeof head, 0);
        sha256_add_int(&hash, info.st_size);
        sha256_add(&hash, head, len > 0 ? (size_t)len : 0);
    }
    if (fd >= 0)
        close(fd);
    sha256_end_hex(&hash, hex);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void fonts_add(Sha256 *hash, const char *folder, Arena *arena)
{
    ARRAY(const char *) names = {0};
    DIR *opened = opendir(folder);
    for (struct dirent *entry; opened && (entry = readdir(opened));)
        if (text_ends_with(entry->d_name, ".otf") || text_ends_with(entry->d_name, ".ttf") ||
            text_ends_with(entry->d_name, ".ttc") || text_ends_with(entry->d_name, ".otc"))
            *array_push(arena, &names) = arena_strdup(arena, entry->d_name);
    if (opened)
        closedir(opened);
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, compare_texts);
    for (size_t i = 0; i < names.count; i++) {
        char hex[SHA256_HEX];
        batch_font_key(path_join(arena, folder, names.items[i]), hex);
        sha256_add_text(hash, names.items[i]);
        sha256_add_text(hash, hex);
    }
}

/* Libraries by name and size: those of another version differ in both. */
static int library_add(struct dl_phdr_info *info, size_t size, void *hash)
{
    (void)size;
    struct stat file;
    const char *slash = info->dlpi_name ? strrchr(info->dlpi_name, '/') : NULL;
    if (slash && stat(info->dlpi_name, &file) == 0) {
        sha256_add_text(hash, slash + 1);
        sha256_add_int(hash, file.st_size);
    }
    return 0;
}

static void program_add(Sha256 *hash, Arena *arena)
{
    char *bytes;
    size_t len;
    if (file_read(arena, "/proc/self/exe", PROGRAM_LIMIT, &bytes, &len) == FILE_OK)
        sha256_add(hash, bytes, len);
    sha256_add_text(hash, GONGKAI_VERSION);
    dl_iterate_phdr(library_add, hash);
}

const char *batch_program_key(const BatchOptions *options, Resources *resources, Arena *arena)
{
    Arena *scratch = arena_new();
    Sha256 hash;
    char hex[SHA256_HEX];
    sha256_begin(&hash);
    program_add(&hash, scratch);
    for (size_t i = 0; i < options->common.fonts.count; i++)
        fonts_add(&hash, options->common.fonts.items[i], scratch);
    if (resources->home)
        fonts_add(&hash, path_join(scratch, resources->home, "fonts"), scratch);
    sha256_add_int(&hash, options->force);
    sha256_add_int(&hash, edition_press_wanted(&options->press));
    sha256_add_int(&hash, options->press.marks);
    sha256_add_int(&hash, options->press.booklet);
    sha256_add_int(&hash, (int64_t)options->press.pad);
    sha256_add_text(&hash, options->press.bleed);
    char *profile;
    size_t len;
    if (options->press.icc && file_read(scratch, options->press.icc, PROGRAM_LIMIT, &profile, &len) == FILE_OK)
        sha256_add(&hash, profile, len);
    sha256_add_text(&hash, getenv("SOURCE_DATE_EPOCH"));
    sha256_end_hex(&hash, hex);
    arena_free(scratch);
    return arena_strdup(arena, hex);
}

const char *batch_notice_key(const BatchWork *work, const Pack *pack, Arena *arena)
{
    Sha256 hash;
    char hex[SHA256_HEX];
    sha256_begin(&hash);
    sha256_add_text(&hash, work->program_key);
    sha256_add_text(&hash, resources_pack_hash(work->resources, pack));
    sha256_end_hex(&hash, hex);
    return arena_strdup(arena, hex);
}
