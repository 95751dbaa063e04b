/* Counts of a batch -> a bar that is drawn over itself, or a line a notice. */
#include "cli/progress.h"

#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

#define DRAW_EVERY 100 /* [ms] */
#define BAR_CELLS  24
#define LINES_MOST 500 /* notices; of more only each hundredth part and the failures get a line */

int64_t progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(Progress *progress, size_t total, bool quiet, Language language, FILE *out)
{
    *progress = (Progress){.out = out, .language = language, .total = total, .started = progress_clock()};
    if (!quiet)
        progress->kind = isatty(fileno(out)) ? PROGRESS_BAR : PROGRESS_LINES;
}

static void print_line(const Progress *progress, const char *file, ProgressResult result, size_t pages)
{
    bool zh = progress->language == LANGUAGE_ZH;
    fprintf(progress->out, "[%zu/%zu] %s", progress->finished, progress->total, file);
    if (result == PROGRESS_FAILED)
        fputs(zh ? "：没有排出\n" : ": failed\n", progress->out);
    else if (result == PROGRESS_CURRENT)
        fputs(zh ? "：没有变化\n" : ": up to date\n", progress->out);
    else
        fprintf(progress->out, zh ? "：%zu 页\n" : ": %zu pages\n", pages);
}

void progress_count(Progress *progress, const char *file, ProgressResult result, size_t pages)
{
    progress->finished++;
    progress->current += result == PROGRESS_CURRENT;
    if (result == PROGRESS_FAILED) {
        progress->failed++;
        size_t len = strlen(file), from = 0;
        while (len - from >= sizeof progress->failure || (file[from] & 0xC0) == 0x80)
            from++;
        memcpy(progress->failure, file + from, len - from + 1);
    }
    size_t step = progress->total > LINES_MOST ? progress->total / 100 : 1;
    if (progress->kind == PROGRESS_LINES &&
        (result == PROGRESS_FAILED || progress->finished % step == 0 || progress->finished == progress->total))
        print_line(progress, file, result, pages);
}

static size_t terminal_width(FILE *out)
{
    struct winsize size;
    return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

/* The text cut to what a line of the terminal holds; a control never reaches it. */
static void print_cut(const char *text, size_t cells, FILE *out)
{
    for (size_t at = 0, len = strlen(text), size; at < len; at += size ? size : 1) {
        uint32_t code = 0xFFFD;
        char bytes[4];
        size = utf8_decode(text + at, len - at, &code);
        code = code_visible(size ? code : 0xFFFD);
        if (code_display_width(code) > cells)
            return;
        cells -= code_display_width(code);
        fwrite(bytes, 1, utf8_encode(code, bytes), out);
    }
}

static void draw(const Progress *progress, int64_t now)
{
    bool zh = progress->language == LANGUAGE_ZH;
    char line[512], bar[BAR_CELLS + 1] = {0};
    size_t filled = progress->total ? progress->finished * BAR_CELLS / progress->total : BAR_CELLS;
    for (size_t i = 0; i < BAR_CELLS; i++)
        bar[i] = i < filled ? '=' : i == filled ? '>' : ' ';
    int64_t spent = now > progress->started ? now - progress->started : 1;
    int64_t tenths = (int64_t)progress->finished * 10000 / spent;
    int64_t left = progress->finished
                       ? (int64_t)(progress->total - progress->finished) * spent / ((int64_t)progress->finished * 1000)
                       : 0;
    int len = snprintf(line, sizeof line,
                       zh ? "[%s] %zu/%zu  每秒 %lld.%lld 份  还要 %lld 秒" : "[%s] %zu/%zu  %lld.%lld/s  %lld s left",
                       bar, progress->finished, progress->total, (long long)(tenths / 10), (long long)(tenths % 10),
                       (long long)left);
    if (progress->failed > 0 && len > 0 && (size_t)len < sizeof line)
        snprintf(line + len, sizeof line - (size_t)len, zh ? "  %zu 份没有排出：%s" : "  %zu failed: %s",
                 progress->failed, progress->failure);
    fputs("\r\033[K", progress->out);
    print_cut(line, terminal_width(progress->out) - 1, progress->out);
    fflush(progress->out);
}

void progress_draw(Progress *progress)
{
    int64_t now = progress_clock();
    if (progress->kind != PROGRESS_BAR || now - progress->drawn < DRAW_EVERY)
        return;
    progress->drawn = now;
    draw(progress, now);
}

void progress_end(Progress *progress)
{
    if (progress->kind == PROGRESS_BAR && progress->drawn)
        fputs("\r\033[K", progress->out);
    fflush(progress->out);
    progress->kind = PROGRESS_NONE;
}
