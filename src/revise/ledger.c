/* The ledger's folder -> its editions; a new edition filed so that a kill leaves it whole or not there. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "revise/ledger_int.h"

static void trouble(const char *folder, int error, FindingList *findings)
{
    finding_add(findings, MESSAGE_LEDGER_FOLDER, (Place){0}, NULL, folder, strerror(error), NULL);
}

static bool sync_folder(const char *folder)
{
    int fd = file_open_fd(folder, O_RDONLY | O_DIRECTORY, 0);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return done;
}

/* Whoever holds the lock writes; the kernel gives it back when its process ends, however it ends. */
static bool take_lock(Ledger *ledger, Arena *arena, FindingList *findings)
{
    if (mkdir(ledger->folder, 0777) == 0)
        sync_folder(path_folder(arena, ledger->folder));
    else if (errno != EEXIST) {
        trouble(ledger->folder, errno, findings);
        return false;
    }
    ledger->lock = file_open_fd(path_join(arena, ledger->folder, LEDGER_LOCK), O_RDWR | O_CREAT | O_NOFOLLOW, 0666);
    int taken = -1;
    while (ledger->lock >= 0 && (taken = flock(ledger->lock, LOCK_EX)) != 0 && errno == EINTR)
        continue;
    if (taken != 0)
        trouble(ledger->folder, errno, findings);
    return taken == 0;
}

static bool read_lines(Ledger *ledger, const char *bytes, size_t len, Arena *arena, FindingList *findings)
{
    ARRAY(LedgerEntry) entries = {0};
    const char *before_hash = NULL;
    size_t at = 0;
    while (at < len) {
        const char *end = memchr(bytes + at, '\n', len - at);
        if (!end) /* not ended: an interrupted publication */
            break;
        size_t line_len = (size_t)(end - (bytes + at));
        const char *before = NULL;
        LedgerEntry entry;
        int64_t number = (int64_t)entries.count + 1;
        if (!ledger_line_read(bytes + at, line_len, &entry, &before, arena)) {
            finding_add(findings, MESSAGE_LEDGER_LINE, (Place){0}, NULL, ledger_number(number, arena), NULL);
            return false;
        }
        if (!text_equal(before, before_hash) || entry.number != number) {
            finding_add(findings, MESSAGE_LEDGER_CHAIN, (Place){0}, NULL, ledger_number(number, arena), NULL);
            return false;
        }
        char *hash = arena_alloc(arena, SHA256_HEX);
        sha256_hex_of(bytes + at, line_len, hash);
        entry.line_hash = before_hash = hash;
        *array_push(arena, &entries) = entry;
        at += line_len + 1;
    }
    ledger->entries = entries.items;
    ledger->count = entries.count;
    ledger->sound_len = at;
    ledger->torn_len = len - at;
    return true;
}

bool ledger_open(Ledger *ledger, const char *folder, bool lock, Arena *arena, FindingList *findings)
{
    *ledger = (Ledger){.folder = folder, .lock = -1};
    if (lock && !take_lock(ledger, arena, findings))
        return false;
    const char *path = path_join(arena, folder, LEDGER_FILE);
    if (!file_exists(path)) {
        if (!lock)
            finding_add(findings, MESSAGE_LEDGER_NONE, (Place){0}, NULL, folder, NULL);
        return lock;
    }
    char *bytes;
    size_t len;
    errno = 0;
    if (file_read(arena, path, LEDGER_LIMIT, &bytes, &len) != FILE_OK) {
        trouble(folder, errno ? errno : EFBIG, findings);
        return false;
    }
    return read_lines(ledger, bytes, len, arena, findings);
}

void ledger_close(Ledger *ledger)
{
    if (ledger->lock >= 0)
        close(ledger->lock);
    ledger->lock = -1;
}

const LedgerEntry *ledger_latest(const Ledger *ledger, const char *region, const char *department, int64_t year)
{
    for (size_t i = ledger->count; i > 0; i--) {
        const LedgerEntry *entry = &ledger->entries[i - 1];
        if (entry->year == year && text_equal(entry->region, region) && text_equal(entry->department, department))
            return entry;
    }
    return NULL;
}

const LedgerEntry *ledger_by_data(const Ledger *ledger, const char *data_hash)
{
    for (size_t i = ledger->count; i > 0; i--)
        if (text_equal(ledger->entries[i - 1].data_hash, data_hash))
            return &ledger->entries[i - 1];
    return NULL;
}

/* ---- filing -------------------------------------------------------------------------------------------------------
 */

/* Puts the line at the end of what is sound; what an interrupted run left after it goes first. */
static bool append_line(const Ledger *ledger, const Buffer *line, Arena *arena)
{
    const char *path = path_join(arena, ledger->folder, LEDGER_FILE);
    int fd = file_open_fd(path, O_WRONLY | O_CREAT | O_NOFOLLOW, 0666);
    if (fd < 0)
        return false;
    bool done = (ledger->torn_len == 0 || ftruncate(fd, (off_t)ledger->sound_len) == 0) &&
                lseek(fd, (off_t)ledger->sound_len, SEEK_SET) >= 0 && file_write_fd(fd, line->bytes, line->len) &&
                fsync(fd) == 0;
    int error = errno;
    if (!done && ftruncate(fd, (off_t)ledger->sound_len) != 0)
        error = errno; /* the half line stays; readers pass it over */
    close(fd);
    done = done && sync_folder(ledger->folder);
    errno = error;
    return done;
}

static bool write_file(const Ledger *ledger, const char *name, const Buffer *bytes, Arena *arena, FindingList *findings)
{
    const char *path = path_join(arena, ledger->folder, name);
    if (file_write_atomic(path, bytes->bytes, bytes->len))
        return true;
    finding_add(findings, MESSAGE_FILE_UNWRITABLE, (Place){0}, NULL, path, strerror(errno), NULL);
    return false;
}

bool ledger_append(Ledger *ledger, LedgerEntry *entry, const Buffer *data, const Buffer *pdf, Arena *arena,
                   FindingList *findings)
{
    entry->number = (int64_t)ledger->count + 1;
    entry->data = arena_printf(arena, "%04lld.yaml", (long long)entry->number);
    entry->pdf = arena_printf(arena, "%04lld.pdf", (long long)entry->number);
    char *hash = arena_alloc(arena, SHA256_HEX);
    sha256_hex_of(pdf->bytes, pdf->len, hash);
    entry->pdf_hash = hash;
    hash = arena_alloc(arena, SHA256_HEX);
    sha256_hex_of(data->bytes, data->len, hash);
    entry->data_hash = hash;
    if (ledger->torn_len > 0)
        finding_add(findings, MESSAGE_LEDGER_TORN, (Place){0}, NULL, NULL);
    if (!write_file(ledger, entry->data, data, arena, findings) ||
        !write_file(ledger, entry->pdf, pdf, arena, findings))
        return false;
    Buffer line = {0};
    ledger_line_put(entry, ledger->count > 0 ? ledger->entries[ledger->count - 1].line_hash : NULL, &line);
    hash = arena_alloc(arena, SHA256_HEX);
    sha256_hex_of(line.bytes, line.len, hash);
    entry->line_hash = hash;
    buffer_text(&line, "\n");
    bool done = append_line(ledger, &line, arena);
    if (!done)
        trouble(ledger->folder, errno, findings);
    buffer_release(&line);
    return done;
}
