/* A pack of hostile files -> a document over fixed data, or findings. The input holds notice.txt, tables.yaml,
 * style.yaml, words.yaml and rules.yaml, parted by lines of %%; what is missing or empty is the real pack's. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/data.h"
#include "font/font.h"
#include "fuzz.h"
#include "layout/layout.h"
#include "rules/rules.h"
#include "template/template.h"

static const char *const FILES[] = {"notice.txt", "tables.yaml", "style.yaml", "words.yaml", "rules.yaml"};
#define FILE_COUNT (sizeof FILES / sizeof *FILES)

static const char DATA[] =
    "年度: 2024\n地区: 示例县\n省份: 示例省\n部门: 示例县档案局\n部门职责: [甲, 乙, 丙]\n"
    "机构设置: [{单位名称: 示例县档案局, 单位性质: 行政机关}, {单位名称: 示例县档案馆}]\n收入: {一般公共预算收入: 100, "
    "合计: 100}\n"
    "支出: {合计: 100, 基本支出: {合计: 60, 人员经费: 50, 日常公用经费: 10}, 项目支出: {合计: 40, 主要项目: [{名称: "
    "一, 金额: 40}]}}\n"
    "比上年增减: {总额: 0, 基本支出: {增减: 0}, 项目支出: {增减: 0}}\n机关运行经费: {金额: 10, 用途: [办公费]}\n"
    "三公经费: {因公出国（境）费: {本年: 0, 上年: 0}, 公务用车购置费: {本年: 0, 上年: 0},\n"
    "  公务用车运维费: {本年: 1, 上年: 2}, 公务接待费: {本年: 0, 上年: 0}}\n"
    "绩效: {总体绩效目标: [完成全年工作。], 资金绩效目标: [{名称: 一, 金额: 40, 绩效目标: [甲],\n"
    "  指标: {产出指标: [{三级指标: 甲, 指标值: 1}, {三级指标: 乙}], 效果指标: [{三级指标: 丙}]}}]}\n"
    "政府采购: [{项目名称: 甲, 预算资金: 1}]\n国有资产: {截止时间: 2023-12-31}\n";

/* The folder of this process, with the files of the real pack that stay. */
static const char *folder_get(void)
{
    static char folder[64];
    if (!folder[0]) {
        snprintf(folder, sizeof folder, "/dev/shm/gongkai-fuzz-%ld", (long)getpid());
        REQUIRE(mkdir(folder, 0700) == 0);
    }
    return folder;
}

static void file_put(const char *name, const void *bytes, size_t len, Arena *arena)
{
    const char *path = path_join(arena, folder_get(), name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE(fd >= 0 && write(fd, bytes, len) == (ssize_t)len);
    close(fd);
}

static void file_put_real(const char *name, Arena *arena)
{
    char *bytes;
    size_t len;
    if (file_read(arena, path_join(arena, FUZZ_PACK, name), (size_t)1 << 20, &bytes, &len) == FILE_OK) {
        file_put(name, bytes, len, arena);
    }
}

static void pack_put(const uint8_t *data, size_t size, Arena *arena)
{
    static const char *const same[] = {"pack.yaml", "schema.yaml", "defaults.yaml"};
    static bool put;
    for (size_t i = 0; i < 3 && !put; i++) {
        file_put_real(same[i], arena);
    }
    put = true;
    for (size_t i = 0; i < FILE_COUNT; i++) {
        const uint8_t *end = size ? memmem(data, size, "%%\n", 3) : NULL;
        size_t len = end ? (size_t)(end - data) : size;
        if (len > 0) {
            file_put(FILES[i], data, len, arena);
        } else {
            file_put_real(FILES[i], arena);
        }
        len += end ? 3 : 0;
        data += size ? len : 0;
        size -= len;
    }
}

static void run(const Pack *pack, FontSet *fonts, Arena *arena, FindingList *findings)
{
    static const Source source = {"fuzz.yaml", DATA, sizeof DATA - 1};
    Value *root = yaml_parse(&source, &YAML_LIMITS_DEFAULT, arena, findings);
    value_merge_under(root, pack_defaults(pack), ORIGIN_DEFAULT, arena);
    if (!schema_check(pack_schema(pack), root, arena, findings) ||
        !data_compute(pack_schema(pack), root, arena, findings)) {
        return;
    }
    Value *yaml = yaml_load(path_join(arena, folder_get(), "rules.yaml"), &YAML_LIMITS_DEFAULT, arena, findings);
    Rules *rules = yaml ? rules_load(yaml, pack_words(pack), arena, findings) : NULL;
    if (rules) {
        rules_check(rules, root, NULL, arena, findings);
    }
    rules_free(rules);
    size_t errors = findings->errors;
    Document *document = pack_expand(pack, root, false, arena, findings);
    REQUIRE((document == NULL) == (findings->errors > errors));
    if (document && document_check(document, findings)) {
        PageList *pages = layout_document(document, fonts, arena, findings);
        REQUIRE((pages == NULL) == (findings->errors > errors));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FontSet *fonts;
    const char *folder = "fonts";
    fonts = fonts ? fonts : font_set_new(&folder, 1);
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    pack_put(data, size, arena);
    Pack *pack = pack_load(folder_get(), arena, &findings);
    REQUIRE((pack == NULL) == (findings.errors > 0));
    if (pack) {
        run(pack, fonts, arena, &findings);
    }
    check_findings(&findings);
    arena_free(arena);
    return 0;
}
