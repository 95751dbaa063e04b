/* Tests of the queue of a batch: each place is taken once, whoever dies wherever. */
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/batch_queue.h"
#include "cli_tests.h"

#define PLACES  1000000
#define WORKERS 4

START_TEST(taken_in_order_and_told)
{
    BatchQueue *queue = batch_queue_new(4, 2);
    size_t place = 9;
    ck_assert(!batch_queue_waiting(queue));
    ck_assert(!batch_queue_take(queue, 0, &place));
    batch_queue_put(queue, 70);
    batch_queue_put(queue, 71);
    batch_queue_put(queue, 72);
    ck_assert(batch_queue_waiting(queue));
    ck_assert(batch_queue_take(queue, 0, &place) && place == 0);
    ck_assert_uint_eq(batch_queue_index(queue, place), 70);
    ck_assert_int_gt(batch_queue_since(queue, 0), 0);
    ck_assert_int_eq(batch_queue_since(queue, 1), 0);
    ck_assert(batch_queue_held(queue, 0, &place) && place == 0);
    ck_assert(!batch_queue_held(queue, 1, &place));
    batch_queue_made(queue, 0);
    ck_assert_int_eq(batch_queue_since(queue, 0), 0);
    ck_assert(batch_queue_held(queue, 0, &place)); /* until the parent has heard of it */
    ck_assert(batch_queue_take(queue, 1, &place) && place == 1);
    batch_queue_done(queue, 0);
    ck_assert(!batch_queue_held(queue, 0, &place));
    batch_queue_stop(queue);
    ck_assert(!batch_queue_waiting(queue));
    ck_assert(!batch_queue_take(queue, 0, &place));
    batch_queue_free(queue);
}
END_TEST

/* Workers take as fast as they can and are killed at any moment; the parent gives back what they held. */
START_TEST(nothing_is_lost_or_taken_twice)
{
    BatchQueue *queue = batch_queue_new(2 * PLACES, WORKERS);
    unsigned char *made = mmap(NULL, PLACES + 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(made != MAP_FAILED);
    unsigned char *begun = &made[PLACES]; /* the first one alone would be through before the second is there */
    pid_t workers[WORKERS] = {0};
    size_t lost = 0, kills = 0;
    for (size_t i = 0; i < PLACES; i++)
        batch_queue_put(queue, i);
    for (bool working = true; working;) {
        working = false;
        for (size_t w = 0; w < WORKERS; w++) {
            size_t place;
            if (workers[w] == 0 && batch_queue_waiting(queue) && (workers[w] = fork()) == 0) {
                while (!__atomic_load_n(begun, __ATOMIC_SEQ_CST))
                    ;
                while (batch_queue_take(queue, w, &place)) {
                    __atomic_fetch_add(&made[batch_queue_index(queue, place)], 1, __ATOMIC_SEQ_CST);
                    batch_queue_done(queue, place);
                }
                _exit(0);
            }
            working |= workers[w] > 0;
        }
        __atomic_store_n(begun, 1, __ATOMIC_SEQ_CST);
        usleep(300);
        size_t victim = kills % WORKERS;
        for (size_t w = 0; w < WORKERS; w++) {
            size_t place;
            if (workers[w] == 0)
                continue;
            if (w == victim && kills < 200 && ++kills)
                kill(workers[w], SIGKILL);
            int status;
            if (waitpid(workers[w], &status, w == victim ? 0 : WNOHANG) != workers[w])
                continue;
            if (batch_queue_held(queue, w, &place)) {
                if (made[batch_queue_index(queue, place)] == 0) {
                    batch_queue_put(queue, batch_queue_index(queue, place));
                    lost++;
                }
                batch_queue_done(queue, place);
                ck_assert(!batch_queue_held(queue, w, &place));
            }
            workers[w] = 0;
        }
    }
    ck_assert(!batch_queue_waiting(queue));
    for (size_t i = 0; i < PLACES; i++)
        ck_assert_msg(made[i] == 1, "%zu was made %d times; %zu kills, %zu lost", i, made[i], kills, lost);
    munmap(made, PLACES + 1);
    batch_queue_free(queue);
}
END_TEST

Suite *queue_suite(void)
{
    Suite *suite = suite_create("queue");
    TCase *tests = tcase_create("queue");
    tcase_add_test(tests, taken_in_order_and_told);
    tcase_add_test(tests, nothing_is_lost_or_taken_twice);
    suite_add_tcase(suite, tests);
    return suite;
}
