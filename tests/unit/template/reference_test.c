/* The real notice of 2020: expanding its data gives its text, character for character but for what is explained. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "template_tests.h"

#define REFERENCE "../shared/reference/notice-2020"

static bool is_blank_code(uint32_t code)
{
    return code <= ' ' || code == 0x3000 || code == 0xA0 || code == 0xFEFF;
}

/* Appends the code points of `text` that are not blank. */
typedef ARRAY(uint32_t) Codes;

static void add_codes(Codes *codes, const char *text, Arena *arena)
{
    for (size_t at = 0, len = strlen(text); at < len;) {
        uint32_t code = 0;
        size_t bytes = utf8_decode(text + at, len - at, &code);
        ck_assert_uint_gt(bytes, 0);
        if (!is_blank_code(code))
            *array_push(arena, codes) = code;
        at += bytes;
    }
}

/* The text with "[bookmark: ...]" left out, which the conversion to text put there. */
static char *without_bookmarks(const char *text, Arena *arena)
{
    char *out = arena_strdup(arena, text), *end = out;
    for (const char *at = text; *at; at++) {
        const char *close = strncmp(at, "[bookmark:", 10) == 0 ? strchr(at, ']') : NULL;
        if (close)
            at = close;
        else
            *end++ = *at;
    }
    *end = '\0';
    return out;
}

/* What differs and why; `theirs` and `ours` are texts without blanks. */
typedef struct Excuse {
    const char *theirs, *ours, *why;
} Excuse;

static const Excuse EXCUSES[] = {
    {")；公务接待费", "）；公务接待费", "the original closes a full-width bracket with a half-width one"},
    {"0.60.60.6七、", "0.60.60.60.6七、", "the original leaves the cell of the grand total blank"},
};

static bool starts(const Codes *codes, size_t at, const Codes *with)
{
    if (at + with->count > codes->count)
        return false;
    for (size_t i = 0; i < with->count; i++)
        if (codes->items[at + i] != with->items[i])
            return false;
    return true;
}

/* The excuse that covers the difference at these offsets, looking a few characters back; NULL for none. */
static const Excuse *find_excuse(const Codes *theirs, size_t *i, const Codes *ours, size_t *j, Arena *arena)
{
    for (size_t e = 0; e < sizeof EXCUSES / sizeof *EXCUSES; e++) {
        Codes left = {0}, right = {0};
        add_codes(&left, EXCUSES[e].theirs, arena);
        add_codes(&right, EXCUSES[e].ours, arena);
        for (size_t back = 0; back <= 12 && back <= *i && back <= *j; back++) {
            if (starts(theirs, *i - back, &left) && starts(ours, *j - back, &right)) {
                *i += left.count - back;
                *j += right.count - back;
                return &EXCUSES[e];
            }
        }
    }
    return NULL;
}

static const char *excerpt(const Codes *codes, size_t at, Arena *arena)
{
    Buffer out = {0};
    for (size_t i = at > 10 ? at - 10 : 0; i < codes->count && i < at + 30; i++) {
        char bytes[4];
        if (i == at)
            buffer_text(&out, ">>>");
        buffer_append(&out, bytes, utf8_encode(codes->items[i], bytes));
    }
    const char *text = arena_strndup(arena, out.bytes ? out.bytes : "", out.len);
    buffer_release(&out);
    return text;
}

START_TEST(reference_reads_the_same)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    char *original = read_text_file(REFERENCE ".txt", arena);
    if (!original || !file_exists(REFERENCE ".yaml")) {
        fprintf(stderr, "skipped: %s.txt and .yaml are not here\n", REFERENCE);
        arena_free(arena);
        return;
    }
    Pack *pack = load_real_pack(arena);
    Value *data = data_load(REFERENCE ".yaml", arena, &findings);
    ck_assert_ptr_nonnull(data);
    value_merge_under(data, pack_defaults(pack), ORIGIN_DEFAULT, arena);
    ck_assert(schema_check(pack_schema(pack), data, arena, &findings));
    ck_assert(data_compute(pack_schema(pack), data, arena, &findings));
    Document *document = pack_expand(pack, data, false, arena, &findings);
    ck_assert_ptr_nonnull(document);
    ck_assert(document_check(document, &findings));
    ck_assert_uint_eq(findings.count, 0);

    Codes theirs = {0}, ours = {0};
    add_codes(&theirs, without_bookmarks(original, arena), arena);
    Lines lines = document_lines(document, arena);
    for (size_t i = 0; i < lines.count; i++)
        add_codes(&ours, lines.items[i], arena);
    ck_assert_uint_gt(theirs.count, 10000);
    size_t i = 0, j = 0, excused = 0;
    while (i < theirs.count || j < ours.count) {
        if (i < theirs.count && j < ours.count && theirs.items[i] == ours.items[j]) {
            i++;
            j++;
            continue;
        }
        bool excuse = find_excuse(&theirs, &i, &ours, &j, arena) != NULL;
        if (!excuse)
            ck_abort_msg("at %zu of %zu:\n original %s\n ours     %s", i, theirs.count, excerpt(&theirs, i, arena),
                         excerpt(&ours, j, arena));
        excused++;
    }
    ck_assert_uint_eq(excused, sizeof EXCUSES / sizeof *EXCUSES);
    arena_free(arena);
}
END_TEST

TCase *reference_tests(void)
{
    TCase *tcase = tcase_create("reference");
    tcase_add_test(tcase, reference_reads_the_same);
    return tcase;
}
