/* Tests of base/arena.h. */
#include <stdint.h>
#include <string.h>

#include "base_tests.h"

static bool all_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

START_TEST(allocations_are_aligned_zeroed_and_apart)
{
    Arena *arena = arena_new();
    unsigned char *blocks[400];
    for (size_t i = 0; i < 400; i++) {
        size_t size = i * 7 % 1500;
        blocks[i] = arena_alloc(arena, size);
        ck_assert_ptr_nonnull(blocks[i]);
        hold((uintptr_t)blocks[i] % 16 == 0);
        hold(all_zero(blocks[i], size));
        memset(blocks[i], (int)(i & 0xFF), size);
    }
    for (size_t i = 0; i < 400; i++) {
        for (size_t k = 0; k < i * 7 % 1500; k++) {
            hold((blocks[i][k]) == (i & 0xFF));
        }
    }
    arena_free(arena);
    arena_free(NULL);
}
END_TEST

START_TEST(a_request_larger_than_any_chunk_is_served)
{
    Arena *arena = arena_new();
    size_t size = (size_t)20 << 20;
    unsigned char *large = arena_alloc(arena, size);
    ck_assert(all_zero(large, size));
    large[size - 1] = 1;
    ck_assert_uint_ge(arena_used(arena), size);
    arena_alloc(arena, (size_t)1 << 20);
    arena_alloc(arena, (size_t)5 << 20);
    ck_assert_uint_ge(arena_used(arena), size + ((size_t)6 << 20));
    ck_assert_uint_lt(arena_used(arena), size + ((size_t)6 << 20) + 4096);
    arena_free(arena);
}
END_TEST

START_TEST(rewind_gives_back_all_since_the_mark_and_it_comes_zeroed_again)
{
    Arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        ArenaMark mark = arena_mark(arena);
        size_t before = arena_used(arena);
        char *kept = round > 0 ? arena_strdup(arena, "kept") : NULL;
        ArenaMark inner = arena_mark(arena);
        for (int i = 0; i < 100; i++) {
            unsigned char *block = arena_alloc(arena, 10000); /* over several chunks */
            ck_assert(all_zero(block, 10000));
            memset(block, 0xFF, 10000);
        }
        arena_rewind(arena, inner);
        if (kept) {
            ck_assert_str_eq(kept, "kept");
        }
        arena_rewind(arena, mark);
        ck_assert_uint_eq(arena_used(arena), before);
    }
    arena_free(arena);
}
END_TEST

START_TEST(an_array_begun_before_a_mark_does_not_grow_into_what_rewind_gives_back)
{
    Arena *arena = arena_new();
    ARRAY(int) numbers = {0};
    for (int i = 0; i < 8; i++) {
        *array_push(arena, &numbers) = i;
    }
    int *before = numbers.items;
    ArenaMark mark = arena_mark(arena);
    ARRAY(int) copy = {numbers.items, numbers.count, numbers.capacity};
    *array_push(arena, &copy) = 8;
    ck_assert_ptr_ne(copy.items, before);
    arena_rewind(arena, mark);
    memset(arena_alloc(arena, 64), 0xFF, 64);
    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(numbers.items[i], i);
    }
    arena_free(arena);
}
END_TEST

START_TEST(arrays_grow_and_keep_their_items)
{
    Arena *arena = arena_new();
    ARRAY(uint64_t) one = {0};
    ARRAY(uint32_t) other = {0};
    for (uint32_t i = 0; i < 100000; i++) {
        *array_push(arena, &one) = (uint64_t)i * i;
        if (i % 3 == 0) {
            *array_push(arena, &other) = i;
        }
    }
    hold(one.count == 100000);
    hold(other.count == 33334);
    for (uint32_t i = 0; i < 100000; i++) {
        hold(one.items[i] == (uint64_t)i * i);
    }
    for (uint32_t i = 0; i < 33334; i++) {
        hold(other.items[i] == 3 * i);
    }
    for (size_t i = one.count; i < one.capacity; i++) {
        hold(one.items[i] == 0);
    }
    arena_free(arena);
}
END_TEST

START_TEST(texts_are_copied_with_their_end)
{
    Arena *arena = arena_new();
    ck_assert_str_eq(arena_strndup(arena, "abcdef", 3), "abc");
    ck_assert_str_eq(arena_strndup(arena, NULL, 0), "");
    ck_assert_str_eq(arena_strdup(arena, ""), "");
    ck_assert_str_eq(arena_printf(arena, "%s-%05d", "x", 42), "x-00042");
    ck_assert_uint_eq(strlen(arena_printf(arena, "%*s", 100000, "")), 100000);
    for (int len = 120; len < 140; len++) { /* where short texts end */
        const char *text = arena_printf(arena, "%0*d", len, 7);
        ck_assert_uint_eq(strlen(text), (size_t)len);
        ck_assert_int_eq(text[len - 1], '7');
    }
    const unsigned char data[] = {1, 0, 2};
    ck_assert_mem_eq(arena_copy(arena, data, 3), data, 3);
    arena_free(arena);
}
END_TEST

static void exceed_limit(void)
{
    Arena *arena = arena_new();
    arena_set_limit(arena, (size_t)1 << 20);
    for (int i = 0; i < 200; i++) {
        arena_alloc(arena, 10000);
    }
}

static void exceed_limit_at_once(void)
{
    arena_alloc(arena_new(), (size_t)3 << 30);
}

static void overflow_array(void)
{
    arena_alloc_array(arena_new(), SIZE_MAX / 4, 8);
}

static void overflow_size(void)
{
    arena_alloc(arena_new(), SIZE_MAX - 3);
}

static void stay_within_limit(void)
{
    Arena *arena = arena_new();
    arena_set_limit(arena, (size_t)1 << 20);
    for (int i = 0; i < 90; i++) {
        arena_alloc(arena, 10000);
    }
}

START_TEST(what_cannot_be_had_ends_the_program_with_status_2)
{
    ck_assert_int_eq(status_of(exceed_limit), 2);
    ck_assert_int_eq(status_of(exceed_limit_at_once), 2);
    ck_assert_int_eq(status_of(overflow_array), 2);
    ck_assert_int_eq(status_of(overflow_size), 2);
    ck_assert_int_eq(status_of(stay_within_limit), 0);
}
END_TEST

Suite *arena_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");
    tcase_add_test(tests, allocations_are_aligned_zeroed_and_apart);
    tcase_add_test(tests, a_request_larger_than_any_chunk_is_served);
    tcase_add_test(tests, rewind_gives_back_all_since_the_mark_and_it_comes_zeroed_again);
    tcase_add_test(tests, an_array_begun_before_a_mark_does_not_grow_into_what_rewind_gives_back);
    tcase_add_test(tests, arrays_grow_and_keep_their_items);
    tcase_add_test(tests, texts_are_copied_with_their_end);
    tcase_add_test(tests, what_cannot_be_had_ends_the_program_with_status_2);
    suite_add_tcase(suite, tests);
    return suite;
}
