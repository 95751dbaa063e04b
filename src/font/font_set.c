/* Font file names -> opened faces, each file mapped once. */
#include <errno.h>
#include <fcntl.h>
#include <hb-ot.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "font/font_int.h"

FontSet *font_set_new(const char *const *folders, size_t count)
{
    Arena *arena = arena_new();
    FontSet *set = arena_new_of(arena, FontSet);
    set->arena = arena;
    set->folders = arena_array_of(arena, const char *, count);
    set->folder_count = count;
    for (size_t i = 0; i < count; i++)
        set->folders[i] = arena_strdup(arena, folders[i]);
    set->buffer = hb_buffer_create();
    if (!hb_buffer_allocation_successful(set->buffer))
        memory_exhausted();
    return set;
}

void font_set_free(FontSet *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->fonts.count; i++) {
        Font *font = set->fonts.items[i];
        hb_font_destroy(font->hb);
        if (font->cache->outlines)
            FT_Done_Face(font->cache->outlines);
    }
    for (size_t i = 0; i < set->files.count; i++) {
        FontFile *file = set->files.items[i];
        hb_blob_destroy(file->blob);
        munmap((void *)(uintptr_t)file->bytes.at, file->bytes.len);
    }
    if (set->library)
        FT_Done_FreeType(set->library);
    hb_buffer_destroy(set->buffer);
    arena_free(set->arena);
}

static const char *folder_list(const FontSet *set, const char *file, Arena *arena)
{
    if (file[0] == '/')
        return path_folder(arena, file);
    const char *list = set->folder_count > 0 ? set->folders[0] : "-";
    for (size_t i = 1; i < set->folder_count; i++)
        list = arena_printf(arena, "%s, %s", list, set->folders[i]);
    return list;
}

/* Opens the first file of that name; -1 with errno, ENOENT when no folder has it. */
static int open_first(FontSet *set, const char *name, const char **path)
{
    size_t tries = name[0] == '/' ? 1 : set->folder_count;
    for (size_t i = 0; i < tries; i++) {
        *path = name[0] == '/' ? name : path_join(set->arena, set->folders[i], name);
        /* O_NONBLOCK: a pipe of that name must not hang the program. */
        int fd;
        do
            fd = open(*path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        while (fd < 0 && errno == EINTR);
        if (fd >= 0 || (errno != ENOENT && errno != ENOTDIR))
            return fd;
    }
    errno = ENOENT;
    return -1;
}

/* The file mapped, or found mapped. NULL with errno. */
static FontFile *map_file(FontSet *set, int fd, const char *path)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return NULL;
    for (size_t i = 0; i < set->files.count; i++)
        if (set->files.items[i]->device == status.st_dev && set->files.items[i]->inode == status.st_ino)
            return set->files.items[i];
    if (!S_ISREG(status.st_mode) || status.st_size <= 0 || status.st_size > UINT32_MAX) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return NULL;
    }
    size_t len = (size_t)status.st_size;
    void *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return NULL;
    FontFile *file = arena_new_of(set->arena, FontFile);
    *file = (FontFile){arena_strdup(set->arena, path), status.st_dev, status.st_ino, {bytes, len}, NULL};
    file->blob = hb_blob_create(bytes, (unsigned)len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    *array_push(set->arena, &set->files) = file;
    return file;
}

static FontFile *find_file(FontSet *set, const char *name, Place place, FindingList *findings)
{
    const char *path = name;
    int fd = open_first(set, name, &path);
    FontFile *file = fd >= 0 ? map_file(set, fd, path) : NULL;
    int error = errno;
    if (fd >= 0)
        close(fd);
    if (!file && fd < 0 && error == ENOENT)
        finding_add(findings, MESSAGE_FONT_MISSING, place, NULL, name, folder_list(set, name, findings->arena), NULL);
    else if (!file && error == EINVAL)
        finding_add(findings, MESSAGE_FONT_FORMAT, place, NULL, path, NULL);
    else if (!file)
        finding_add(findings, MESSAGE_FONT_UNREADABLE, place, NULL, path, strerror(error), NULL);
    return file;
}

/* Whether the file is of a kind we read and holds face `index`. */
static bool check_kind(const FontFile *file, int index, Place place, FindingList *findings)
{
    switch (sfnt_kind(file->bytes)) {
    case SFNT_NONE:
        finding_add(findings, MESSAGE_FONT_FORMAT, place, NULL, file->path, NULL);
        return false;
    case SFNT_TYPE1:
        finding_add(findings, MESSAGE_FONT_TYPE1, place, NULL, file->path, NULL);
        return false;
    case SFNT_BITMAP:
        finding_add(findings, MESSAGE_FONT_BITMAP, place, NULL, file->path, NULL);
        return false;
    case SFNT_WEB:
        finding_add(findings, MESSAGE_FONT_WEB, place, NULL, file->path, NULL);
        return false;
    case SFNT_FONT:
    case SFNT_COLLECTION:
        break;
    }
    uint32_t count = sfnt_face_count(file->bytes);
    if (count == 0) {
        finding_add(findings, MESSAGE_FONT_BROKEN, place, NULL, file->path, "ttcf", NULL);
        return false;
    }
    if (index < 0 || (uint32_t)index >= count) {
        finding_add(findings, MESSAGE_FONT_INDEX, place, NULL, file->path, arena_printf(findings->arena, "%d", index),
                    arena_printf(findings->arena, "%u", (unsigned)count), NULL);
        return false;
    }
    return true;
}

static bool check_tables(Font *font, Place place, FindingList *findings)
{
    const char *path = font->file->path, *detail = "sfnt";
    FontTrouble trouble = FONT_BROKEN;
    if (sfnt_open(font->file->bytes, (uint32_t)font->info.index, &font->tables))
        trouble = font_read(font, &detail);
    switch (trouble) {
    case FONT_SOUND:
        return true;
    case FONT_BROKEN:
        finding_add(findings, MESSAGE_FONT_BROKEN, place, NULL, path, detail, NULL);
        break;
    case FONT_BITMAP:
        finding_add(findings, MESSAGE_FONT_BITMAP, place, NULL, path, NULL);
        break;
    case FONT_CFF2:
        finding_add(findings, MESSAGE_FONT_VARIABLE_CFF, place, NULL, path, NULL);
        break;
    case FONT_NO_EMBEDDING:
        finding_add(findings, MESSAGE_FONT_EMBEDDING, place, NULL, path,
                    arena_printf(findings->arena, "0x%04X", (unsigned)font->info.fs_type), NULL);
        break;
    }
    return false;
}

const Font *font_open(FontSet *set, const char *name, int index, Place place, FindingList *findings)
{
    FontFile *file = find_file(set, name, place, findings);
    if (!file)
        return NULL;
    for (size_t i = 0; i < set->fonts.count; i++)
        if (set->fonts.items[i]->file == file && set->fonts.items[i]->info.index == index)
            return set->fonts.items[i];
    if (!check_kind(file, index, place, findings))
        return NULL;

    ArenaMark mark = arena_mark(set->arena);
    Font *font = arena_new_of(set->arena, Font);
    font->set = set;
    font->file = file;
    font->info.index = index;
    font->info.path = file->path;
    if (!check_tables(font, place, findings)) {
        arena_rewind(set->arena, mark);
        return NULL;
    }
    hb_face_t *face = hb_face_create(file->blob, (unsigned)index);
    font->hb = hb_font_create(face);
    hb_face_destroy(face);
    if (font->hb == hb_font_get_empty())
        memory_exhausted();
    hb_ot_font_set_funcs(font->hb); /* again: without memory the first left a font without glyphs, and no sign */
    font->cache = arena_new_of(set->arena, FontCache);
    font_read_letters(font);
    *array_push(set->arena, &set->fonts) = font;
    return font;
}

const FontInfo *font_info(const Font *font)
{
    return &font->info;
}

const void *font_file_bytes(const Font *font, size_t *len)
{
    *len = font->file->bytes.len;
    return font->file->bytes.at;
}
