/* Bytes -> a damaged font -> glyphs, boxes, shaped text, a subset; whatever comes out is within bounds. The first byte
 * picks a font of the default ones to be damaged, the rest are places and bytes; from 200 on the bytes are the font. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "font/font.h"
#include "fuzz.h"

static const struct {
    const char *path;
    int index;
} VICTIMS[] = {{"fonts/LiberationSans-Bold.ttf", 0}, {"fonts/FandolHei-Bold.otf", 0}};
#define VICTIM_COUNT (sizeof VICTIMS / sizeof *VICTIMS)

typedef struct Victim {
    Arena *arena;
    int fd;
    char *bytes;
    size_t len;
} Victim;

static Victim *victim_get(size_t which)
{
    static Victim victims[VICTIM_COUNT];
    Victim *victim = &victims[which];
    if (!victim->bytes) {
        victim->arena = arena_new();
        REQUIRE(file_read(victim->arena, VICTIMS[which].path, (size_t)1 << 26, &victim->bytes, &victim->len) ==
                FILE_OK);
        victim->fd = memfd_create("victim", 0);
        REQUIRE(write(victim->fd, victim->bytes, victim->len) == (ssize_t)victim->len);
    }
    return victim;
}

/* The packed subset is the plain one. */
static void check_packed(const Font *font, const uint32_t *glyphs, const FontSubset *plain, Arena *arena,
                         FindingList *findings)
{
    FontSubset *packed = font_subset_packed(font, glyphs, 24, arena, findings);
    REQUIRE((packed == NULL) == (plain == NULL));
    if (!packed)
        return;
    REQUIRE(packed->len == plain->len && packed->count == plain->count);
    const unsigned char *bytes = packed->bytes;
    if (packed->packed) {
        unsigned char *out = arena_alloc(arena, plain->len);
        uLongf len = plain->len;
        REQUIRE(packed->packed_len < plain->len);
        REQUIRE(uncompress(out, &len, packed->packed, packed->packed_len) == Z_OK && len == plain->len);
        bytes = out;
    }
    REQUIRE(memcmp(bytes, plain->bytes, plain->len) == 0);
}

static void use_font(const char *path, int index)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_EN);
    FontSet *set = font_set_new(NULL, 0);
    const Font *font = font_open(set, path, index, (Place){0}, &findings);
    REQUIRE((font == NULL) == (findings.count > 0));
    if (font) {
        uint32_t glyph_count = font_info(font)->glyph_count, glyphs[24];
        REQUIRE(font_info(font)->units_per_em > 0);
        for (uint32_t i = 0; i < 24; i++) {
            int box[4];
            glyphs[i] = font_glyph(font, i < 12 ? 'A' + i : 0x4E00 + i * 97);
            REQUIRE(glyphs[i] < glyph_count);
            font_glyph_box(font, glyphs[i], box);
            font_advance(font, glyphs[i], LENGTH_CELL);
        }
        REQUIRE(font_glyph_variant(font, 0x4E00, 0xE0100) < glyph_count);
        static const char text[] = "AV 1,234.50 e\xCC\x81 fi\xE5\xB1\x80";
        ShapedRun run = font_shape(font, text, sizeof text - 1, LENGTH_CELL, arena);
        size_t end = 0;
        for (size_t i = 0; i < run.count; i++) {
            REQUIRE(run.glyphs[i].id < glyph_count);
            REQUIRE(run.glyphs[i].text_len == 0 || run.glyphs[i].text_at == end);
            end += run.glyphs[i].text_len;
        }
        REQUIRE(run.count == 0 || end == sizeof text - 1);
        FontSubset *subset = font_subset(font, glyphs, 24, arena, &findings);
        REQUIRE((subset == NULL) == (findings.count > 0));
        REQUIRE(!subset || (subset->count >= 1 && subset->len > 0));
        check_packed(font, glyphs, subset, arena, &findings);
    }
    check_findings(&findings);
    font_set_free(set);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    if (size < 2) {
        return 0;
    }
    if (data[0] >= 200) {
        int fd = memfd_create("font", 0);
        REQUIRE(write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        use_font(path, 0);
        close(fd);
        return 0;
    }
    /* Each five bytes: where (of the first table directory, or anywhere in a table), and what. */
    size_t which = data[0] % VICTIM_COUNT;
    Victim *victim = victim_get(which);
    for (int undo = 0; undo < 2; undo++) {
        for (size_t i = 1; i + 5 <= size; i += 5) {
            const uint8_t *at = data + i, *bytes = (const uint8_t *)victim->bytes;
            size_t tables = bytes[5], record = 12 + 16 * (size_t)(at[0] % (tables ? tables : 1));
            size_t offset = (size_t)bytes[record + 8] << 24 | (size_t)bytes[record + 9] << 16 |
                            (size_t)bytes[record + 10] << 8 | bytes[record + 11];
            size_t inside = (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
            size_t place = at[0] >= 240 ? record + inside % 16 : offset + inside % (at[0] >= 120 ? 64 : 1 << 22);
            place %= victim->len;
            REQUIRE(pwrite(victim->fd, undo ? &bytes[place] : &at[4], 1, (off_t)place) == 1);
        }
        if (!undo) {
            snprintf(path, sizeof path, "/proc/self/fd/%d", victim->fd);
            use_font(path, VICTIMS[which].index);
        }
    }
    return 0;
}
