/* Two lists -> who became whom: kept in place, moved, renamed, gone or new, with as few changes as can be. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "revise/compare_int.h"

#define TABLE_MAX      ((size_t)4 << 20) /* cells of the table for the longest common subsequence */
#define GAP_MAX        ((size_t)4096)    /* pairs of a gap whose likeness is looked at */
#define LIKE_ENOUGH    500               /* [thousandths] to be the same item under a new name */
#define LIKE_ENOUGH_AT 300               /* the same for a text without a name */
#define KEPT           ((int32_t)8192)   /* a kept item counts more than any number of equal contents */

typedef struct Token {
    const char *name; /* NULL: known by its content */
    uint64_t digest;
} Token;

typedef struct Match {
    const Compare *compare;
    Sequence before, after;
    const char *identity;
    Token *old, *new;
    Matching *out;
} Match;

static const char *item_name(const Value *item, const char *identity)
{
    if (item->key)
        return item->key;
    const Value *name = identity ? value_get(item, identity) : NULL;
    return value_is_absent(name) ? NULL : value_text(name);
}

static Token *read_tokens(const Match *match, Sequence sequence, bool old)
{
    Token *tokens = arena_array_of(match->compare->arena, Token, sequence.count);
    for (size_t i = 0; i < sequence.count; i++) {
        const Value *item = sequence.items[i];
        tokens[i] = (Token){item_name(item, match->identity), value_digest(match->compare, item, old)};
    }
    return tokens;
}

static bool content_same(const Match *match, size_t i, size_t j)
{
    return match->old[i].digest ==
           match->new[j].digest &&value_same(match->compare, match->before.items[i], match->after.items[j]);
}

static bool token_same(const Match *match, size_t i, size_t j)
{
    const char *a = match->old[i].name, *b = match->new[j].name;
    return a && b ? strcmp(a, b) == 0 : !a && !b && content_same(match, i, j);
}

static void pair(const Match *match, size_t i, size_t j, bool moved, bool renamed)
{
    match->out->before[i] = j;
    match->out->after[j] = i;
    match->out->moved[j] = moved;
    match->out->renamed[j] = renamed;
}

/* ---- kept in place ------------------------------------------------------------------------------------------------
 */

/* The longest common subsequence by token; of equally long ones that with the most equal contents. Between [from_i,
 * to_i) and [from_j, to_j). */
static void keep_best(const Match *match, size_t from_i, size_t to_i, size_t from_j, size_t to_j)
{
    size_t n = to_i - from_i, m = to_j - from_j, width = m + 1;
    ArenaMark mark = arena_mark(match->compare->arena);
    int32_t *best = arena_array_of(match->compare->arena, int32_t, (n + 1) * width);
    unsigned char *same = arena_alloc(match->compare->arena, n * m + 1);
    for (size_t i = n; i-- > 0;) {
        for (size_t j = m; j-- > 0;) {
            int32_t down = best[(i + 1) * width + j], right = best[i * width + j + 1];
            int32_t most = down > right ? down : right;
            if (token_same(match, from_i + i, from_j + j)) {
                int32_t kept = best[(i + 1) * width + j + 1] + KEPT + content_same(match, from_i + i, from_j + j);
                same[i * m + j] = 1;
                most = kept > most ? kept : most;
            }
            best[i * width + j] = most;
        }
    }
    for (size_t i = 0, j = 0; i < n && j < m;) {
        int32_t here = best[i * width + j];
        if (same[i * m + j] &&
            here == best[(i + 1) * width + j + 1] + KEPT + content_same(match, from_i + i, from_j + j)) {
            pair(match, from_i + i++, from_j + j++, false, false);
        } else if (here == best[(i + 1) * width + j]) {
            i++;
        } else {
            j++;
        }
    }
    arena_rewind(match->compare->arena, mark);
}

typedef struct Sorted {
    const Token *token;
    size_t at;
} Sorted;

static int sorted_compare(const void *a, const void *b)
{
    const Sorted *x = a, *y = b;
    if (x->token->name && y->token->name) {
        int order = strcmp(x->token->name, y->token->name);
        if (order != 0)
            return order;
    } else if (x->token->name || y->token->name) {
        return x->token->name ? 1 : -1;
    } else if (x->token->digest != y->token->digest) {
        return x->token->digest < y->token->digest ? -1 : 1;
    }
    return (x->at > y->at) - (x->at < y->at);
}

static Sorted *sort_tokens(const Match *match, const Token *tokens, size_t count)
{
    Sorted *sorted = arena_array_of(match->compare->arena, Sorted, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (Sorted){&tokens[i], i};
    if (count > 0)
        qsort(sorted, count, sizeof *sorted, sorted_compare);
    return sorted;
}

/* Of the pairs made, those on a longest increasing run stay; the others are moved. */
static void mark_moved(const Match *match)
{
    Arena *arena = match->compare->arena;
    size_t n = match->before.count, runs = 0;
    size_t *tail = arena_array_of(arena, size_t, n + 1), *previous = arena_array_of(arena, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        size_t j = match->out->before[i];
        if (j == NONE)
            continue;
        size_t low = 0, high = runs;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (match->out->before[tail[middle]] < j)
                low = middle + 1;
            else
                high = middle;
        }
        previous[i] = low > 0 ? tail[low - 1] : NONE;
        tail[low] = i;
        runs += low == runs;
        match->out->moved[j] = true;
    }
    for (size_t i = runs > 0 ? tail[runs - 1] : NONE; i != NONE; i = previous[i])
        match->out->moved[match->out->before[i]] = false;
}

/* For lists too long for the table: the k-th item of a name is the k-th of that name. */
static void keep_sorted(const Match *match)
{
    Sorted *old = sort_tokens(match, match->old, match->before.count);
    Sorted *new = sort_tokens(match, match->new, match->after.count);
    for (size_t i = 0, j = 0; i < match->before.count && j < match->after.count;) {
        Sorted a = {old[i].token, 0}, b = {new[j].token, 0};
        int order = sorted_compare(&a, &b);
        if (order == 0 && token_same(match, old[i].at, new[j].at))
            pair(match, old[i].at, new[j].at, false, false);
        i += order <= 0;
        j += order >= 0;
    }
    mark_moved(match);
}

/* ---- moved --------------------------------------------------------------------------------------------------------
 */

static void find_moved(const Match *match)
{
    for (int pass = 0; pass < 2; pass++) /* equal contents first */
        for (size_t i = 0; i < match->before.count; i++)
            for (size_t j = 0; match->out->before[i] == NONE && j < match->after.count; j++)
                if (match->out->after[j] == NONE && token_same(match, i, j) && (pass > 0 || content_same(match, i, j)))
                    pair(match, i, j, true, false);
}

/* ---- renamed, rewritten -------------------------------------------------------------------------------------------
 */

/* Among what is left between two kept items: pairs alike enough, in order, as alike as can be. */
static void pair_gap(const Match *match, const size_t *is, size_t n, const size_t *js, size_t m)
{
    bool named = match->old[is[0]].name && match->new[js[0]].name;
    if (n == 1 && m == 1 && !named) {
        pair(match, is[0], js[0], false, false);
        return;
    }
    if (n * m > GAP_MAX)
        return;
    ArenaMark mark = arena_mark(match->compare->arena);
    size_t width = m + 1;
    int *like = arena_array_of(match->compare->arena, int, n *m);
    int *best = arena_array_of(match->compare->arena, int, (n + 1) * width);
    for (size_t i = n; i-- > 0;) {
        for (size_t j = m; j-- > 0;) {
            int here =
                value_likeness(match->compare, match->before.items[is[i]], match->after.items[js[j]], match->identity);
            like[i * m + j] = here >= (named ? LIKE_ENOUGH : LIKE_ENOUGH_AT) ? here : -1;
            int down = best[(i + 1) * width + j], right = best[i * width + j + 1];
            int most = down > right ? down : right;
            int both = like[i * m + j] >= 0 ? best[(i + 1) * width + j + 1] + like[i * m + j] : -1;
            best[i * width + j] = both > most ? both : most;
        }
    }
    for (size_t i = 0, j = 0; i < n && j < m;) {
        if (like[i * m + j] >= 0 && best[i * width + j] == best[(i + 1) * width + j + 1] + like[i * m + j]) {
            const char *a = match->old[is[i]].name, *b = match->new[js[j]].name;
            pair(match, is[i++], js[j++], false, a && b && !text_equal(a, b));
        } else if (best[i * width + j] == best[(i + 1) * width + j]) {
            i++;
        } else {
            j++;
        }
    }
    arena_rewind(match->compare->arena, mark);
}

static void find_renamed(const Match *match)
{
    size_t *is = arena_array_of(match->compare->arena, size_t, match->before.count);
    size_t *js = arena_array_of(match->compare->arena, size_t, match->after.count);
    size_t i = 0, j = 0;
    for (;;) {
        size_t n = 0, m = 0;
        for (; i < match->before.count; i++) {
            if (match->out->before[i] == NONE)
                is[n++] = i;
            else if (!match->out->moved[match->out->before[i]])
                break;
        }
        for (; j < match->after.count; j++) {
            if (match->out->after[j] == NONE)
                js[m++] = j;
            else if (!match->out->moved[j])
                break;
        }
        if (n > 0 && m > 0)
            pair_gap(match, is, n, js, m);
        if (i == match->before.count || j == match->after.count)
            return;
        i++;
        j++;
    }
}

Matching sequence_match(const Compare *compare, Sequence before, Sequence after, const char *identity)
{
    Matching out = {
        arena_array_of(compare->arena, size_t, before.count), arena_array_of(compare->arena, size_t, after.count),
        arena_array_of(compare->arena, bool, after.count), arena_array_of(compare->arena, bool, after.count)};
    Match match = {.compare = compare, .before = before, .after = after, .identity = identity, .out = &out};
    for (size_t i = 0; i < before.count; i++)
        out.before[i] = NONE;
    for (size_t j = 0; j < after.count; j++)
        out.after[j] = NONE;
    match.old = read_tokens(&match, before, true);
    match.new = read_tokens(&match, after, false);
    size_t head = 0, old_end = before.count, new_end = after.count;
    while (head < old_end && head < new_end && token_same(&match, head, head) && content_same(&match, head, head))
        head++;
    while (old_end > head && new_end > head && token_same(&match, old_end - 1, new_end - 1) &&
           content_same(&match, old_end - 1, new_end - 1))
        old_end--, new_end--;
    if ((old_end - head + 1) * (new_end - head + 1) > TABLE_MAX) {
        keep_sorted(&match);
    } else {
        for (size_t i = 0; i < head; i++)
            pair(&match, i, i, false, false);
        for (size_t i = old_end, j = new_end; i < before.count; i++, j++)
            pair(&match, i, j, false, false);
        keep_best(&match, head, old_end, head, new_end);
        find_moved(&match);
    }
    find_renamed(&match);
    return out;
}
