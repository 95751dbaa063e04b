/* Program, fonts, pack and options -> the hash that tells whether an output made before would come out the same. */
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
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
    int fd = file_open_fd(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
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

/* ---- the program ------------------------------------------------------------------------------------------------- */

/* A linker's hash of what it linked, in memory already ("GNU", NT_GNU_BUILD_ID); its length, 0 when there is none. To
 * hash the file itself would take longer than a notice. */
static size_t build_id(const struct dl_phdr_info *object, const unsigned char **id)
{
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_NOTE)
            continue;
        const unsigned char *at = (const unsigned char *)(object->dlpi_addr + segment->p_vaddr);
        const unsigned char *end = at + segment->p_memsz;
        while ((size_t)(end - at) >= sizeof(ElfW(Nhdr))) {
            ElfW(Nhdr) note;
            memcpy(&note, at, sizeof note);
            size_t name = ((size_t)note.n_namesz + 3) & ~(size_t)3, data = ((size_t)note.n_descsz + 3) & ~(size_t)3;
            at += sizeof note;
            if (name > (size_t)(end - at) || data > (size_t)(end - at) - name)
                break;
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(at, "GNU", 4) == 0) {
                *id = at + name;
                return note.n_descsz;
            }
            at += name + data;
        }
    }
    return 0;
}

/* By bytes where there is no such hash. */
static void file_add(Sha256 *hash, const char *path)
{
    char bytes[65536];
    int fd = file_open_fd(path, O_RDONLY, 0);
    for (ssize_t got; fd >= 0 && ((got = read(fd, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR));)
        sha256_add(hash, bytes, got > 0 ? (size_t)got : 0);
    if (fd >= 0)
        close(fd);
}

/* The program, then its libraries. */
static int object_add(struct dl_phdr_info *object, size_t size, void *hash)
{
    (void)size;
    const unsigned char *id;
    if (object->dlpi_addr == getauxval(AT_SYSINFO_EHDR)) /* the kernel's page: no part of what we do */
        return 0;
    size_t len = build_id(object, &id);
    if (len > 0)
        sha256_add(hash, id, len);
    else if (object->dlpi_name && strchr(object->dlpi_name, '/'))
        file_add(hash, object->dlpi_name);
    else
        file_add(hash, "/proc/self/exe");
    return 0;
}

static void program_add(Sha256 *hash)
{
    sha256_add_text(hash, GONGKAI_VERSION);
    dl_iterate_phdr(object_add, hash);
}

const char *batch_program_key(const BatchOptions *options, Resources *resources, Arena *arena)
{
    Arena *scratch = arena_new();
    Sha256 hash;
    char hex[SHA256_HEX];
    sha256_begin(&hash);
    program_add(&hash);
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
