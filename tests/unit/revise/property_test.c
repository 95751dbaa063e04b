/* Random data and random edits: the list applied to the old data gives the new, and is never longer than the edits. */
#include <stdlib.h>
#include <string.h>

#include "revise_tests.h"

#define ROUNDS 400

typedef struct Random {
    uint64_t state;
} Random;

static size_t below(Random *random, size_t limit)
{
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(random->state >> 33) % limit;
}

/* A notice as the test keeps it: lists of small numbers, each a name or a word. */
enum { MOST = 12 };
typedef struct Notice {
    int duties[MOST], units[MOST], natures[MOST], sources[MOST], amounts[MOST], goals[MOST];
    size_t duty_count, unit_count, source_count, goal_count;
} Notice;

static int next_name(const int *names, size_t count)
{
    int name = 1;
    for (size_t i = 0; i < count; i++)
        name = names[i] >= name ? names[i] + 1 : name;
    return name;
}

static Notice random_notice(Random *random)
{
    Notice notice = {.duty_count = below(random, 6), .unit_count = below(random, 6), .source_count = below(random, 6)};
    notice.goal_count = below(random, 4);
    for (int i = 0; i < MOST; i++) {
        notice.duties[i] = (int)below(random, 4); /* equal ones too */
        notice.units[i] = notice.sources[i] = i + 1;
        notice.natures[i] = (int)below(random, 3);
        notice.amounts[i] = (int)below(random, 1000);
        notice.goals[i] = (int)below(random, 5);
    }
    return notice;
}

static void insert(int *items, size_t count, size_t at, int item)
{
    memmove(items + at + 1, items + at, (count - at) * sizeof *items);
    items[at] = item;
}

static void take(int *items, size_t count, size_t at)
{
    memmove(items + at, items + at + 1, (count - at - 1) * sizeof *items);
}

/* One edit that is one change at most (of a sum, one consequence more). */
static void edit(Notice *notice, Random *random)
{
    size_t at;
    switch (below(random, 9)) {
    case 0:
        if (notice->duty_count < MOST)
            insert(notice->duties, notice->duty_count, below(random, notice->duty_count + 1), (int)below(random, 6)),
                notice->duty_count++;
        break;
    case 1:
        if (notice->duty_count > 0)
            take(notice->duties, notice->duty_count, below(random, notice->duty_count)), notice->duty_count--;
        break;
    case 2:
        if (notice->unit_count > 0)
            notice->natures[below(random, notice->unit_count)] = (int)below(random, 3);
        break;
    case 3:
        if (notice->unit_count < MOST) {
            int name = next_name(notice->units, notice->unit_count);
            at = below(random, notice->unit_count + 1);
            insert(notice->units, notice->unit_count, at, name);
            insert(notice->natures, notice->unit_count++, at, (int)below(random, 3));
        }
        break;
    case 4:
        if (notice->unit_count > 0) {
            at = below(random, notice->unit_count);
            take(notice->units, notice->unit_count, at);
            take(notice->natures, notice->unit_count--, at);
        }
        break;
    case 5:
        if (notice->unit_count > 0) { /* moved */
            at = below(random, notice->unit_count);
            size_t to = below(random, notice->unit_count);
            int name = notice->units[at], nature = notice->natures[at];
            take(notice->units, notice->unit_count, at);
            take(notice->natures, notice->unit_count, at);
            insert(notice->units, notice->unit_count - 1, to, name);
            insert(notice->natures, notice->unit_count - 1, to, nature);
        }
        break;
    case 6:
        if (notice->source_count > 0)
            notice->amounts[below(random, notice->source_count)] = (int)below(random, 1000);
        break;
    case 7:
        if (notice->source_count < MOST) {
            int name = next_name(notice->sources, notice->source_count);
            at = below(random, notice->source_count + 1);
            insert(notice->sources, notice->source_count, at, name);
            insert(notice->amounts, notice->source_count++, at, (int)below(random, 1000));
        }
        break;
    default:
        if (notice->goal_count > 0)
            notice->goals[below(random, notice->goal_count)] = (int)below(random, 5);
        break;
    }
}

static const Value *tree_of(const Schema *schema, const Notice *notice, Arena *arena)
{
    static const char *const NATURES[] = {"行政", "事业", "企业"};
    static const char *const DUTIES[] = {"管水", "修路工程建设", "植树造林绿化", "宣传", "监督检查执法", "培训"};
    Buffer yaml = {0};
    buffer_text(&yaml, "职责: [");
    for (size_t i = 0; i < notice->duty_count; i++)
        buffer_printf(&yaml, "%s, ", DUTIES[notice->duties[i]]);
    buffer_text(&yaml, "]\n机构: [");
    for (size_t i = 0; i < notice->unit_count; i++)
        buffer_printf(&yaml, "{名称: 单位%d, 性质: %s}, ", notice->units[i], NATURES[notice->natures[i]]);
    buffer_text(&yaml, "]\n收入: {");
    for (size_t i = 0; i < notice->source_count; i++)
        buffer_printf(&yaml, "来源%d: %d, ", notice->sources[i], notice->amounts[i]);
    buffer_text(&yaml, "}\n指标: {产出: [");
    for (size_t i = 0; i < notice->goal_count; i++)
        buffer_printf(&yaml, "{名称: 指标%zu, 值: 值%d}, ", i, notice->goals[i]);
    buffer_text(&yaml, "]}\n");
    buffer_append(&yaml, "", 1);
    const Value *tree = test_tree(schema, arena_strdup(arena, yaml.bytes), arena);
    buffer_release(&yaml);
    return tree;
}

START_TEST(complete_and_minimal)
{
    Random random = {.state = (uint64_t)_i * 977 + 13};
    for (int round = 0; round < ROUNDS / 8; round++) {
        Arena *arena = arena_new();
        const Schema *schema = test_schema(arena);
        Notice old = random_notice(&random), new = old;
        size_t edits = below(&random, 6);
        for (size_t i = 0; i < edits; i++)
            edit(&new, &random);
        const Value *before = tree_of(schema, &old, arena), *after = tree_of(schema, &new, arena);
        ChangeList changes = data_compare(schema, before, after, NULL, arena);
        Buffer made = {0}, wanted = {0};
        tree_text(schema, changes_apply(schema, before, &changes, arena), &made);
        tree_text(schema, after, &wanted);
        ck_assert_msg(text_is(&made, &wanted), "round %d of %d:\n%.*s\nwanted\n%.*s", round, _i, (int)made.len,
                      made.bytes, (int)wanted.len, wanted.bytes);
        size_t corrections = 0;
        for (size_t i = 0; i < changes.count; i++)
            corrections += !changes.items[i].consequence && strcmp(change_path(&changes.items[i]), "收入/合计") != 0;
        ck_assert_msg(corrections <= edits, "round %d of %d: %zu changes for %zu edits", round, _i, corrections, edits);
        ChangeList none = data_compare(schema, after, after, NULL, arena);
        ck_assert_uint_eq(none.count, 0);
        buffer_release(&made);
        buffer_release(&wanted);
        arena_free(arena);
    }
}
END_TEST

/* Two data files that have nothing to do with one another. */
START_TEST(complete_for_strangers)
{
    Random random = {.state = (uint64_t)_i * 7919 + 5};
    for (int round = 0; round < ROUNDS / 8; round++) {
        Arena *arena = arena_new();
        const Schema *schema = test_schema(arena);
        Notice old = random_notice(&random), new = random_notice(&random);
        for (int i = 0; i < MOST; i++) {
            size_t j = below(&random, MOST);
            int name = new.units[i];
            new.units[i] = new.units[j];
            new.units[j] = name;
        }
        const Value *before = tree_of(schema, &old, arena), *after = tree_of(schema, &new, arena);
        ChangeList changes = data_compare(schema, before, after, NULL, arena);
        Buffer made = {0}, wanted = {0};
        tree_text(schema, changes_apply(schema, before, &changes, arena), &made);
        tree_text(schema, after, &wanted);
        ck_assert_msg(text_is(&made, &wanted), "round %d of %d:\n%.*s\nwanted\n%.*s", round, _i, (int)made.len,
                      made.bytes, (int)wanted.len, wanted.bytes);
        buffer_release(&made);
        buffer_release(&wanted);
        arena_free(arena);
    }
}
END_TEST

Suite *property_suite(void)
{
    Suite *suite = suite_create("properties");
    TCase *tcase = tcase_create("random");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, complete_and_minimal, 0, 8);
    tcase_add_loop_test(tcase, complete_for_strangers, 0, 8);
    suite_add_tcase(suite, tcase);
    return suite;
}
