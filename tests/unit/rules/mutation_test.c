/* Alters every amount of a notice in turn and counts what the rules notice: no figure that another constrains may go
 * wrong unseen. What nothing constrains is listed. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "rules_tests.h"

#define BASE "tests/rules/base.yaml"

typedef enum Mutation { PLUS_ONE, MINUS_ONE, TIMES_TEN, OTHER_SIGN, MUTATION_COUNT } Mutation;
static const char *const MUTATIONS[] = {"last digit +1", "last digit -1", "times ten", "other sign"};

typedef struct Tally {
    size_t tried, found, errors, unseen[MUTATION_COUNT];
    Buffer list; /* those unseen, a line each */
} Tally;

/* The number as the mutation writes it; NULL when that changes nothing. */
static const char *mutated(Decimal number, Mutation mutation, Arena *arena)
{
    int64_t unit = DECIMAL_ONE;
    for (unsigned i = 0; i < number.places; i++) {
        unit /= 10;
    }
    switch (mutation) {
    case PLUS_ONE:
        number.micro += unit;
        break;
    case MINUS_ONE:
        number.micro -= unit;
        break;
    case TIMES_TEN:
        number.micro *= 10;
        break;
    case OTHER_SIGN:
        number.micro = -number.micro;
        break;
    case MUTATION_COUNT:
        break;
    }
    bool same = number.micro == 0 && (mutation == TIMES_TEN || mutation == OTHER_SIGN);
    return same ? NULL : decimal_text(number, arena);
}

static bool has_finding(const Notice *notice, const Finding *finding)
{
    for (size_t i = 0; i < notice->findings.count; i++) {
        const Finding *other = notice->findings.items[i];
        bool same = strcmp(other->code, finding->code) == 0 && text_equal(other->path, finding->path);
        /* A hint with other figures is no news; a warning or an error with other figures still tells of this one. */
        if (same && (finding->severity == SEVERITY_HINT || text_equal(other->message, finding->message))) {
            return true;
        }
    }
    return false;
}

/* A finding the notice did not have; *error: one of severity error. */
static bool is_noticed(const Notice *before, const Notice *after, bool *error)
{
    bool noticed = after->root == NULL; /* the schema refused it */
    *error = noticed;
    for (size_t i = 0; i < after->findings.count; i++) {
        const Finding *finding = after->findings.items[i];
        if (!has_finding(before, finding)) {
            noticed = true;
            *error = *error || finding->severity == SEVERITY_ERROR;
        }
    }
    return noticed;
}

typedef struct Subject {
    const Value *value;
    Place place;
    Decimal number;
} Subject;

static void mutate(const Bench *bench, const char *text, const Notice *before, Subject subject, Tally *tally)
{
    for (int i = 0; i < MUTATION_COUNT; i++) {
        Arena *arena = arena_new();
        const char *to = mutated(subject.number, (Mutation)i, arena);
        if (!to || (subject.value->reading == READ_TEXT && i == OTHER_SIGN)) {
            arena_free(arena);
            continue;
        }
        const char *tail = text + subject.place.offset + subject.place.length;
        const char *changed = arena_printf(arena, "%.*s%s%s", (int)subject.place.offset, text, to, tail);
        Notice after = notice_check(bench, changed, NULL);
        bool error;
        tally->tried++;
        if (is_noticed(before, &after, &error)) {
            tally->found++;
            tally->errors += error;
        } else {
            tally->unseen[i]++;
            buffer_printf(&tally->list, "  %s: %s -> %s\n", subject.value->path, subject.value->text, to);
        }
        notice_close(&after);
        arena_free(arena);
    }
}

/* All amounts the file gives: the year is none. */
static void mutate_all(const Bench *bench, const char *text, const Notice *before, const Value *value, Tally *tally)
{
    bool given = value->origin == ORIGIN_GIVEN && value->place.line > 0;
    if (value->kind == VALUE_TEXT && value->reading == READ_NUMBER && given && value->parent != before->root) {
        mutate(bench, text, before, (Subject){value, value->place, value->number}, tally);
    }
    for (size_t i = 0; value->kind != VALUE_TEXT && i < value->count; i++) {
        mutate_all(bench, text, before, value->items[i], tally);
    }
}

/* The first number in the text of every indicator's value. */
static void mutate_indicators(const Bench *bench, const char *text, const Notice *before, const Value *value,
                              Tally *tally)
{
    static const char KEY[] = "\u6307\u6807\u503C";
    if (value->kind == VALUE_TEXT && text_equal(value->key, KEY)) {
        size_t start = strcspn(value->text, "0123456789"), len = strspn(value->text + start, "0123456789.");
        Decimal number;
        if (decimal_parse(value->text + start, len, &number) == DECIMAL_OK) {
            Place place = value_text_place(value, start, len);
            mutate(bench, text, before, (Subject){value, place, number}, tally);
        }
    }
    for (size_t i = 0; value->kind != VALUE_TEXT && i < value->count; i++) {
        mutate_indicators(bench, text, before, value->items[i], tally);
    }
}

static Tally mutations_of(const Bench *bench, const char *text, bool indicators)
{
    Tally tally = {0};
    Notice before = notice_check(bench, text, NULL);
    ck_assert_ptr_nonnull(before.root);
    if (indicators) {
        mutate_indicators(bench, text, &before, before.root, &tally);
    } else {
        mutate_all(bench, text, &before, before.root, &tally);
    }
    notice_close(&before);
    return tally;
}

static void tell(const char *name, const Tally *tally)
{
    printf("%s: %zu mutations, %zu found, %zu of them as errors; unseen:", name, tally->tried, tally->found,
           tally->errors);
    for (int i = 0; i < MUTATION_COUNT; i++) {
        printf(" %s %zu%s", MUTATIONS[i], tally->unseen[i], i + 1 < MUTATION_COUNT ? "," : "\n");
    }
    printf("%.*s", (int)tally->list.len, tally->list.bytes ? tally->list.bytes : "");
}

/* Those that nothing in the notice constrains: areas, counts of things, what a project's budget is beyond the purchase,
 * and the two years of an item whose reason is given. */
START_TEST(base_amounts)
{
    Bench bench = bench_open(NULL);
    char *text = file_text(BASE, bench.arena);
    ck_assert_ptr_nonnull(text);
    Tally tally = mutations_of(&bench, text, false);
    tell(BASE, &tally);
    ck_assert_uint_eq(tally.unseen[OTHER_SIGN], 0);
    ck_assert_uint_le(tally.unseen[TIMES_TEN], 5);
    ck_assert_uint_le(tally.unseen[PLUS_ONE], 8);
    ck_assert_uint_le(tally.unseen[MINUS_ONE], 8);
    buffer_release(&tally.list);
    bench_close(&bench);
}
END_TEST

static char *consistent_reference(const Bench *bench)
{
    char *text = file_text(REFERENCE, bench->arena);
    if (!text) {
        printf("SKIP: %s is not here\n", REFERENCE);
        return NULL;
    }
    return text_replace(text, "\u603B\u989D: 2729.18", "\u603B\u989D: 2729.21", bench->arena);
}

START_TEST(reference_amounts)
{
    Bench bench = bench_open(NULL);
    char *text = consistent_reference(&bench);
    if (text) {
        Tally tally = mutations_of(&bench, text, false);
        tell("the real notice, amounts", &tally);
        ck_assert_uint_eq(tally.unseen[OTHER_SIGN], 0);
        ck_assert_uint_le(tally.unseen[TIMES_TEN], 4);
        ck_assert_uint_le(tally.unseen[PLUS_ONE], 8);
        ck_assert_uint_le(tally.unseen[MINUS_ONE], 8);
        buffer_release(&tally.list);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(reference_indicators)
{
    Bench bench = bench_open(NULL);
    char *text = consistent_reference(&bench);
    if (text) {
        Tally tally = mutations_of(&bench, text, true);
        tell("the real notice, indicators", &tally);
        ck_assert_uint_ge(tally.found, 95);
        buffer_release(&tally.list);
    }
    bench_close(&bench);
}
END_TEST

Suite *mutation_suite(void)
{
    Suite *suite = suite_create("mutation");
    TCase *tcase = tcase_create("mutation");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, base_amounts);
    tcase_add_test(tcase, reference_amounts);
    tcase_add_test(tcase, reference_indicators);
    suite_add_tcase(suite, tcase);
    return suite;
}
