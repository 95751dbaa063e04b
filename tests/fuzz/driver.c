/* Stands in for libFuzzer where there is no clang: seeds, and mutations of them for a time, the same each run.
 * driver -t SECONDS FOLDER|FILE... The bytes that fail are left in ./crash. */
#include <dirent.h>
#include <sanitizer/common_interface_defs.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "fuzz.h"

#define SEEDS_MOST 4096
#define INPUT_MOST ((size_t)1 << 16)

typedef struct Seed {
    char *bytes;
    size_t len;
} Seed;

typedef struct Driver {
    Arena *arena;
    Seed seeds[SEEDS_MOST];
    size_t count;
    uint32_t state;
    uint8_t input[INPUT_MOST];
    size_t len;
} Driver;

static Driver driver; /* the death callback has no argument */

static void keep_input(void)
{
    FILE *file = fopen("crash", "wb");
    if (file) {
        fwrite(driver.input, 1, driver.len, file);
        fclose(file);
        fputs("the input is in ./crash\n", stderr);
    }
}

static size_t next_random(size_t below)
{
    driver.state = driver.state * 1664525u + 1013904223u;
    return below ? (driver.state >> 8) % below : 0;
}

static void add_seed(const char *path)
{
    Seed *seed = &driver.seeds[driver.count];
    if (driver.count < SEEDS_MOST && file_read(driver.arena, path, INPUT_MOST, &seed->bytes, &seed->len) == FILE_OK) {
        driver.count++;
    }
}

static void add_path(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) {
        add_seed(path);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] != '.') {
            add_seed(path_join(driver.arena, path, entry->d_name));
        }
    }
    closedir(folder);
}

/* Puts `len` bytes at `at`, in the place of `gone`. */
static void replace(size_t at, size_t gone, const void *bytes, size_t len)
{
    if (driver.len - gone + len <= INPUT_MOST) {
        memmove(driver.input + at + len, driver.input + at + gone, driver.len - at - gone);
        memcpy(driver.input + at, bytes, len);
        driver.len += len - gone;
    }
}

static void mutate(void)
{
    size_t at = next_random(driver.len + 1), left = driver.len - at;
    size_t span = next_random(24) + 1;
    span = span < left ? span : left;
    const Seed *other = &driver.seeds[next_random(driver.count)];
    size_t from = next_random(other->len), many = next_random(40) + 1;
    many = many < other->len - from ? many : other->len - from;
    uint8_t byte = (uint8_t)next_random(256);
    switch (next_random(5)) {
    case 0:
        replace(at, left > 0, &byte, 1);
        break;
    case 1:
        replace(at, span, "", 0);
        break;
    case 2:
        replace(at, 0, driver.input + at, span);
        break;
    case 3:
        replace(at, span, other->bytes + from, many);
        break;
    default:
        replace(at, 0, other->bytes + from, many);
        break;
    }
}

int main(int argc, char **argv)
{
    long seconds = 10, runs = 0;
    driver.arena = arena_new();
    driver.state = 2020;
    __sanitizer_set_death_callback(keep_input);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-t") == 0 && i + 1 < argc) {
            seconds = strtol(argv[++i], NULL, 10);
        } else {
            add_path(argv[i]);
        }
    }
    if (driver.count == 0) {
        driver.seeds[driver.count++] = (Seed){arena_strdup(driver.arena, ""), 0};
    }
    for (time_t end = time(NULL) + seconds; runs < (long)driver.count || time(NULL) < end; runs++) {
        const Seed *seed = &driver.seeds[runs < (long)driver.count ? (size_t)runs : next_random(driver.count)];
        memcpy(driver.input, seed->bytes, seed->len);
        driver.len = seed->len;
        for (size_t n = runs < (long)driver.count ? 0 : next_random(6) + 1; n > 0; n--) {
            mutate();
        }
        LLVMFuzzerTestOneInput(driver.input, driver.len);
    }
    printf("%ld runs over %zu seeds\n", runs, driver.count);
    arena_free(driver.arena);
    return 0;
}
