/* Changed paths -> marks on the pieces of text that show them; a long text is marked only where it differs. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "revise/spots_int.h"

#define LONG_TEXT 12 /* [code points] shorter texts are marked whole */
#define FIRST_HAN 0x2E80

static int path_compare(const void *a, const void *b)
{
    return strcmp(((const ChangedPath *)a)->path, ((const ChangedPath *)b)->path);
}

ChangedPaths changed_paths(const ChangeList *changes, Arena *arena)
{
    ARRAY(ChangedPath) paths = {0};
    for (size_t i = 0; i < changes->count; i++) {
        const Change *change = &changes->items[i];
        if (!change->after)
            continue;
        if (change->kind != CHANGE_RENAMED || change->after->kind != VALUE_MAP || !change->before) {
            bool within = change->kind == CHANGE_ADDED || change->kind == CHANGE_MOVED;
            *array_push(arena, &paths) = (ChangedPath){change->after->path, within, change};
            continue;
        }
        for (size_t j = 0; j < change->after->count; j++) { /* a renamed item: the key that holds its name */
            const Value *now = change->after->items[j], *was = value_get(change->before, now->key);
            if (now->kind == VALUE_TEXT && now->reading != READ_NUMBER && !text_equal(now->text, value_text(was)))
                *array_push(arena, &paths) = (ChangedPath){now->path, false, change};
        }
    }
    if (paths.count > 0)
        qsort(paths.items, paths.count, sizeof *paths.items, path_compare);
    return (ChangedPaths){paths.items, paths.count};
}

const ChangedPath *changed_find(const ChangedPaths *paths, const char *path, Arena *arena)
{
    if (!path || paths->count == 0)
        return NULL;
    ArenaMark mark = arena_mark(arena);
    char *part = arena_strdup(arena, path);
    const ChangedPath *found = NULL;
    bool exact = true;
    for (size_t len = strlen(part); len > 0 && !found; exact = false) {
        part[len] = '\0';
        ChangedPath key = {.path = part};
        const ChangedPath *hit = bsearch(&key, paths->items, paths->count, sizeof key, path_compare);
        found = hit && (exact || hit->within) ? hit : NULL;
        while (len > 0 && part[len - 1] != '/' && part[len - 1] != '[')
            len--;
        len -= len > 0;
    }
    arena_rewind(arena, mark);
    return found;
}

void mark_piece(Inline *piece, PieceChange change, Arena *arena)
{
    if (!piece->origin || piece->origin->change == PIECE_CHANGED)
        return;
    Origin *origin = arena_copy(arena, piece->origin, sizeof *piece->origin);
    origin->change = change;
    piece->origin = origin;
}

/* ---- within a text ------------------------------------------------------------------------------------------------
 */

/* Whether a text may be parted between two code points without changing how either is set. */
static bool parts(uint32_t left, uint32_t right)
{
    bool joined = (left < FIRST_HAN && right < FIRST_HAN) || (right >= 0xFE00 && right <= 0xFE0F) || right >= 0xE0100 ||
                  right == left; /* ……, —— */
    return !joined;
}

typedef struct Span {
    size_t from, to; /* [bytes] */
} Span;

/* Where `now` differs from `was`, widened to places where it may be parted; never empty. */
static Span differing(const char *was, const char *now, Arena *arena)
{
    size_t n, m, head = 0, tail = 0;
    uint32_t *a = utf8_to_codes(arena, was, strlen(was), &n), *b = utf8_to_codes(arena, now, strlen(now), &m);
    while (head < n && head < m && a[head] == b[head])
        head++;
    while (tail < n - head && tail < m - head && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    size_t from = head, to = m - tail;
    if (from == to && m > 0) { /* something is gone: what stands there now */
        from -= from == m;
        to = from + 1;
    }
    while (from > 0 && !parts(b[from - 1], b[from]))
        from--;
    while (to < m && !parts(b[to - 1], b[to]))
        to++;
    Span span = {0, 0};
    char bytes[4];
    for (size_t i = 0; i < to; i++) {
        size_t len = utf8_encode(b[i], bytes);
        span.from += i < from ? len : 0;
        span.to += len;
    }
    return span;
}

static Inline piece_of(const Inline *whole, size_t from, size_t to, Arena *arena)
{
    Inline piece = *whole;
    piece.text = arena_strndup(arena, whole->text + from, to - from);
    piece.len = to - from;
    return piece;
}

static bool may_part(const Inline *piece, const ChangedPath *changed)
{
    const Change *change = changed->change;
    return change->kind == CHANGE_VALUE && change->before && change->before->kind == VALUE_TEXT &&
           change->after->kind == VALUE_TEXT && change->after->reading != READ_NUMBER && !piece->keep_together &&
           text_equal(piece->text, change->after->text) && utf8_count(piece->text, piece->len) > LONG_TEXT;
}

void mark_data(InlineList *list, const ChangedPaths *paths, Arena *arena)
{
    ARRAY(Inline) pieces = {0};
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        Inline *piece = &list->items[i];
        const ChangedPath *changed =
            piece->kind == INLINE_TEXT && piece->origin ? changed_find(paths, piece->origin->path, arena) : NULL;
        if (!changed) {
            *array_push(arena, &pieces) = *piece;
            continue;
        }
        any = true;
        Span span = {0, piece->len};
        if (may_part(piece, changed))
            span = differing(changed->change->before->text, piece->text, arena);
        if (span.from > 0)
            *array_push(arena, &pieces) = piece_of(piece, 0, span.from, arena);
        Inline middle = span.from == 0 && span.to == piece->len ? *piece : piece_of(piece, span.from, span.to, arena);
        mark_piece(&middle, PIECE_CHANGED, arena);
        *array_push(arena, &pieces) = middle;
        if (span.to < piece->len)
            *array_push(arena, &pieces) = piece_of(piece, span.to, piece->len, arena);
    }
    if (any)
        *list = (InlineList){pieces.items, pieces.count};
}
