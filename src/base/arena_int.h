/* What the other sources of base need of the allocator: the one way to give up. */
#ifndef GONGKAI_BASE_ARENA_INT_H
#define GONGKAI_BASE_ARENA_INT_H

/* One line to stderr, exit status 2 (trouble). */
_Noreturn void memory_exhausted(void);

#endif
