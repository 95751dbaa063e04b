/* Runs the steps of a pattern over a text's code points, all threads at once. */
#include <string.h>

#include "base/text.h"
#include "data/pattern_int.h"

/* The steps alive before a code point. */
typedef struct Threads {
    size_t *steps, count;
    size_t *seen; /* by step: the number of the round it was last added in */
    size_t *stack;
} Threads;

/* Adds a step and all it leads to without reading; true when STEP_FOUND is among them. */
static bool add_thread(const Pattern *pattern, Threads *threads, size_t round, size_t step, bool at_start, bool at_end)
{
    size_t depth = 0;
    threads->stack[depth++] = step;
    while (depth > 0) {
        size_t i = threads->stack[--depth];
        if (threads->seen[i] == round) {
            continue;
        }
        threads->seen[i] = round;
        const Step *at = &pattern->steps[i];
        switch (at->kind) {
        case STEP_FOUND:
            return true;
        case STEP_FORK:
            threads->stack[depth++] = (size_t)((ptrdiff_t)i + at->other);
            threads->stack[depth++] = (size_t)((ptrdiff_t)i + at->to);
            break;
        case STEP_JUMP:
            threads->stack[depth++] = (size_t)((ptrdiff_t)i + at->to);
            break;
        case STEP_START:
        case STEP_END:
            if (at->kind == STEP_START ? at_start : at_end) {
                threads->stack[depth++] = i + 1;
            }
            break;
        case STEP_CODE:
        case STEP_ANY:
        case STEP_CLASS:
            threads->steps[threads->count++] = i;
            break;
        }
    }
    return false;
}

static bool step_takes(const Pattern *pattern, const Step *step, uint32_t code)
{
    if (step->kind == STEP_CODE) {
        return step->code == code;
    }
    if (step->kind == STEP_ANY) {
        return true;
    }
    for (size_t i = step->first; i < step->end; i++) {
        if (code >= pattern->ranges[i].from && code <= pattern->ranges[i].to) {
            return !step->negated;
        }
    }
    return step->negated;
}

bool pattern_found(const Pattern *pattern, const char *text, size_t len)
{
    Arena *scratch = arena_new();
    Threads threads = {.steps = arena_array_of(scratch, size_t, pattern->count),
                       .seen = arena_array_of(scratch, size_t, pattern->count),
                       .stack = arena_array_of(scratch, size_t, pattern->count * 2 + 2)};
    size_t *before = arena_array_of(scratch, size_t, pattern->count);
    bool found = add_thread(pattern, &threads, 1, 0, true, len == 0);
    for (size_t at = 0, round = 2; !found && at < len; round++) {
        uint32_t code;
        size_t size = utf8_decode(text + at, len - at, &code);
        at += size > 0 ? size : 1;
        size_t count = threads.count;
        memcpy(before, threads.steps, count * sizeof *before);
        threads.count = 0;
        for (size_t i = 0; i < count && !found; i++) {
            if (step_takes(pattern, &pattern->steps[before[i]], code)) {
                found = add_thread(pattern, &threads, round, before[i] + 1, false, at == len);
            }
        }
        found = found || add_thread(pattern, &threads, round, 0, false, at == len);
    }
    arena_free(scratch);
    return found;
}
