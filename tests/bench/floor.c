/* floor NOTICE.yaml STREAMS ...: what a notice costs at least: its fonts' subsets made, and they and its other streams
 * deflated at the writer's levels; nothing read, laid out, tagged, hashed or written. Prints the mean [us of CPU] over
 * the notices but the first quarter, which warm up, and the bytes deflated a notice. STREAMS holds the streams that are
 * no fonts, each after its length (4 bytes, little end first). */
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/job.h"

#define LEVEL_FONT 1 /* as in pdf/writer.c */
#define LEVEL      6

static int64_t cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Sorted, each once, as the writer gathers them. */
static size_t glyphs_of(const PageList *pages, size_t font, Arena *arena, uint32_t **ids)
{
    size_t limit = font_info(pages->fonts[font])->glyph_count, count = 0;
    unsigned char *used = arena_alloc(arena, limit);
    for (size_t p = 0; p < pages->count; p++)
        for (size_t i = 0; i < pages->pages[p].count; i++) {
            const Item *item = &pages->pages[p].items[i];
            for (size_t g = 0; item->kind == ITEM_GLYPHS && item->glyphs.font == font && g < item->glyphs.count; g++)
                used[item->glyphs.glyphs[g].id] = 1;
        }
    *ids = arena_array_of(arena, uint32_t, limit);
    for (uint32_t id = 0; id < limit; id++)
        if (used[id])
            (*ids)[count++] = id;
    return count;
}

static size_t deflate_bytes(struct libdeflate_compressor *compressor, const void *bytes, size_t len, Arena *arena)
{
    size_t room = libdeflate_zlib_compress_bound(compressor, len);
    if (libdeflate_zlib_compress(compressor, bytes, len, arena_alloc(arena, room), room) == 0)
        abort();
    return len;
}

/* [us of CPU]; adds to *deflated. */
static int64_t measure(const PageList *pages, const char *streams, size_t len, Arena *arena, FindingList *findings,
                       size_t *deflated)
{
    uint32_t **ids = arena_array_of(arena, uint32_t *, pages->font_count);
    size_t *counts = arena_array_of(arena, size_t, pages->font_count);
    for (size_t f = 0; f < pages->font_count; f++)
        counts[f] = glyphs_of(pages, f, arena, &ids[f]);
    int64_t start = cpu_us();
    struct libdeflate_compressor *fonts = libdeflate_alloc_compressor(LEVEL_FONT);
    struct libdeflate_compressor *others = libdeflate_alloc_compressor(LEVEL);
    for (size_t f = 0; f < pages->font_count; f++) {
        if (counts[f] == 0)
            continue;
        FontSubset *subset = font_subset(pages->fonts[f], ids[f], counts[f], arena, findings);
        if (!subset)
            abort();
        *deflated += deflate_bytes(fonts, subset->bytes, subset->len, arena);
    }
    for (size_t at = 0; at + 4 <= len;) {
        const unsigned char *head = (const unsigned char *)streams + at;
        size_t size = (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
        *deflated += deflate_bytes(others, streams + at + 4, size, arena);
        at += 4 + size;
    }
    libdeflate_free_compressor(fonts);
    libdeflate_free_compressor(others);
    return cpu_us() - start;
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    Resources resources;
    CommonOptions common = {0};
    resources_init(&resources, &common, arena);
    int notices = (argc - 1) / 2, counted = 0;
    int64_t total = 0;
    size_t bytes = 0;
    for (int i = 0; i < notices; i++) {
        Arena *scratch = arena_new();
        FindingList findings;
        finding_list_init(&findings, scratch, LANGUAGE_EN);
        Job job = {.path = argv[1 + 2 * i], .force = true, .until = JOB_PAGES};
        JobResult result = job_run(&job, &resources, scratch, &findings);
        char *streams;
        size_t len, deflated = 0;
        if (!result.done || file_read(scratch, argv[2 + 2 * i], (size_t)1 << 30, &streams, &len) != FILE_OK) {
            fprintf(stderr, "floor: %s cannot be set\n", argv[1 + 2 * i]);
            return 1;
        }
        int64_t spent = measure(result.pages, streams, len, scratch, &findings, &deflated);
        if (i >= notices / 4) {
            total += spent;
            bytes += deflated;
            counted++;
        }
        arena_free(scratch);
    }
    if (counted > 0)
        printf("%lld %zu\n", (long long)total / counted, bytes / (size_t)counted);
    resources_release(&resources);
    arena_free(arena);
    return counted == 0;
}
