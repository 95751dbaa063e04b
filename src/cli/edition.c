/* Pages and data -> the bytes of the screen and the press edition. */
#include "cli/edition.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

#define PROFILE_LIMIT   ((size_t)16 << 20) /* the largest press profiles have 4 MB */
#define PACK_FILE_LIMIT ((size_t)16 << 20)
#define FOLDERS_DEEP    8

Buffer edition_data(const Value *data, char hash[SHA256_HEX])
{
    Buffer yaml = {0};
    value_to_yaml(data, &yaml);
    sha256_hex_of(yaml.bytes, yaml.len, hash);
    return yaml;
}

/* ---- the pack -----------------------------------------------------------------------------------------------------
 */

static int name_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Gives what cannot be read, with errno; NULL when all was: a hash of less would look like another pack's. */
static const char *folder_add(Sha256 *hash, const char *folder, const char *inside, int depth, Arena *arena)
{
    errno = ELOOP;
    DIR *opened = depth < FOLDERS_DEEP ? opendir(folder) : NULL;
    if (!opened)
        return folder;
    ARRAY(const char *) names = {0};
    for (struct dirent *entry; (entry = readdir(opened));)
        if (entry->d_name[0] != '.') /* . and .., and what editors leave */
            *array_push(arena, &names) = arena_strdup(arena, entry->d_name);
    closedir(opened);
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, name_compare);
    for (size_t i = 0; i < names.count; i++) {
        const char *path = path_join(arena, folder, names.items[i]);
        const char *name = arena_printf(arena, "%s%s", inside, names.items[i]);
        char *bytes;
        size_t len;
        if (folder_exists(path)) {
            const char *failed = folder_add(hash, path, arena_printf(arena, "%s/", name), depth + 1, arena);
            if (failed)
                return failed;
        } else {
            errno = EFBIG;
            if (file_read(arena, path, PACK_FILE_LIMIT, &bytes, &len) != FILE_OK)
                return path;
            sha256_add_text(hash, name);
            sha256_add_int(hash, (int64_t)len);
            sha256_add(hash, bytes, len);
        }
    }
    return NULL;
}

const char *edition_pack_hash(const char *folder, Arena *arena, FindingList *findings)
{
    Arena *scratch = arena_new();
    char hex[SHA256_HEX];
    Sha256 hash;
    sha256_begin(&hash);
    const char *failed = folder_add(&hash, folder, "", 0, scratch);
    if (failed)
        finding_add(findings, MESSAGE_FILE_UNREADABLE, (Place){0}, NULL, failed, strerror(errno), NULL);
    sha256_end_hex(&hash, hex);
    arena_free(scratch);
    return failed ? NULL : arena_strdup(arena, hex);
}

/* ---- the press ----------------------------------------------------------------------------------------------------
 */

/* "3mm" or "2.5mm", at most 20 mm. */
static bool bleed_parse(const char *text, Length *out)
{
    Decimal value;
    size_t len = strlen(text);
    if (len < 3 || !text_ends_with(text, "mm") || decimal_parse(text, len - 2, &value) != DECIMAL_OK)
        return false;
    if (value.micro < 0 || value.micro > 20 * DECIMAL_ONE)
        return false;
    *out = length_scale(value.micro, LENGTH_PER_MM, DECIMAL_ONE);
    return true;
}

static bool profile_read(const char *path, Arena *arena, PdfPress *press, FindingList *findings)
{
    char *bytes;
    size_t len;
    FileStatus status = file_read(arena, path, PROFILE_LIMIT, &bytes, &len);
    if (status == FILE_OK) {
        press->profile = bytes;
        press->profile_len = len;
        return pdf_profile_check(bytes, len, path, findings);
    }
    finding_add(findings,
                status == FILE_TOO_LARGE     ? MESSAGE_FILE_TOO_LARGE
                : status == FILE_NOT_REGULAR ? MESSAGE_FILE_NOT_REGULAR
                                             : MESSAGE_FILE_UNREADABLE,
                (Place){0}, NULL, path, status == FILE_TOO_LARGE ? "16" : strerror(errno), NULL);
    return false;
}

bool edition_press(const PressOptions *options, Arena *arena, PdfPress *press, FindingList *findings)
{
    *press = (PdfPress){.marks = options->marks, .pad = (int)options->pad, .booklet = options->booklet};
    if (options->bleed && !bleed_parse(options->bleed, &press->bleed)) {
        finding_add(findings, MESSAGE_PRESS_BLEED, (Place){0}, NULL, options->bleed, NULL);
        return false;
    }
    return !options->icc || profile_read(options->icc, arena, press, findings);
}

bool edition_press_wanted(const PressOptions *options)
{
    return options->wanted || options->icc || options->bleed || options->marks || options->pad > 0 || options->booklet;
}

/* ---- both ---------------------------------------------------------------------------------------------------------
 */

bool edition_write(const EditionSource *source, const Resources *resources, const PdfPress *press, Arena *arena,
                   Buffer *screen, Buffer *printed, FindingList *findings)
{
    char content_hash[SHA256_HEX], data_hash[SHA256_HEX];
    Buffer data = edition_data(source->data, data_hash), figures = {0};
    pdf_figures_json(source->pages, &figures);
    pdf_content_hash(source->pages, content_hash);
    Buffer changes = {0};
    PdfProvenance chain = {0};
    if (source->revision) {
        revision_chain_json(source->revision, source->data, &changes);
        revision_json(&source->revision->lines, &changes);
        chain = revision_provenance(source->revision, source->data, arena);
    }
    PdfAttachment files[] = {
        {EDITION_DATA_NAME, "公开数据", "application/yaml", "Source", data.bytes, data.len},
        {EDITION_FIGURES_NAME, "数字所在的页和位置", "application/json", "Supplement", figures.bytes, figures.len},
        {EDITION_CHANGES_NAME, "更正内容和前版", "application/jsonl", "Supplement", changes.bytes, changes.len},
    };
    PdfOptions options = {
        .producer = "gongkai " GONGKAI_VERSION,
        .provenance = {.data_hash = data_hash,
                       .pack = pack_name(source->pack),
                       .pack_version = pack_version(source->pack),
                       .pack_hash = resources_pack_hash(resources, source->pack),
                       .nature = chain.nature,
                       .edition = chain.edition,
                       .before_edition = chain.before_edition,
                       .before_date = chain.before_date,
                       .before_hash = chain.before_hash},
        .attachments = files,
        .attachment_count = source->revision ? 3 : 2,
        .content_hash = content_hash,
    };
    bool written = pdf_write(source->pages, &options, arena, screen, findings);
    if (written && press) {
        options.edition = PDF_PRESS;
        options.press = *press;
        written = pdf_write(source->pages, &options, arena, printed, findings);
    }
    buffer_release(&data);
    buffer_release(&figures);
    buffer_release(&changes);
    return written;
}
