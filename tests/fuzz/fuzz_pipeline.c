/* YAML over a small notice that is right -> every stage with the real pack -> a file that must be readable again. */
#include <string.h>

#include "data/data.h"
#include "font/font.h"
#include "fuzz.h"
#include "layout/layout.h"
#include "rules/rules.h"
#include "template/template.h"

typedef struct Shared {
    Arena *arena;
    FindingList findings;
    FontSet *fonts;
    Pack *pack;
    Rules *rules;
    const char *base;
} Shared;

static const char BASE[] =
    "年度: 2024\n地区: 示例县\n省份: 示例省\n部门: 示例县档案局\n部门职责: [负责档案工作。]\n"
    "机构设置: [{单位名称: 示例县档案局}]\n收入: {一般公共预算收入: 100, 合计: 100}\n"
    "支出: {合计: 100, 基本支出: {合计: 60, 人员经费: 50, 日常公用经费: 10}, 项目支出: {合计: 40, 主要项目: []}}\n"
    "比上年增减: {总额: 0, 基本支出: {增减: 0}, 项目支出: {增减: 0}}\n机关运行经费: {金额: 10}\n"
    "三公经费: {因公出国（境）费: {本年: 0, 上年: 0}, 公务用车购置费: {本年: 0, 上年: 0},\n"
    "  公务用车运维费: {本年: 0, 上年: 0}, 公务接待费: {本年: 0, 上年: 0}}\n"
    "绩效: {总体绩效目标: [完成全年工作。], 资金绩效目标: []}\n政府采购: []\n国有资产: {截止时间: 2023-12-31}\n";

static const Shared *shared_get(void)
{
    static Shared shared; /* read once: the pack and the fonts */
    if (!shared.arena) {
        const char *folder = "fonts";
        shared.arena = arena_new();
        finding_list_init(&shared.findings, shared.arena, LANGUAGE_ZH);
        shared.fonts = font_set_new(&folder, 1);
        shared.pack = pack_load(FUZZ_PACK, shared.arena, &shared.findings);
        REQUIRE(shared.pack);
        Value *yaml = yaml_load(FUZZ_PACK "/rules.yaml", &YAML_LIMITS_DEFAULT, shared.arena, &shared.findings);
        shared.rules = rules_load(yaml, pack_words(shared.pack), shared.arena, &shared.findings);
        REQUIRE(shared.rules);
    }
    return &shared;
}

static Value *parse(const char *bytes, size_t len, Arena *arena, FindingList *findings)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){"fuzz.yaml", bytes, len};
    YamlLimits limits = YAML_LIMITS_DEFAULT;
    limits.nodes = 3000;
    return yaml_parse(source, &limits, arena, findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Shared *shared = shared_get();
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    Value *root = parse(size ? (const char *)data : "", size, arena, &findings);
    if (root && root->kind == VALUE_MAP) {
        value_merge_under(root, parse(BASE, sizeof BASE - 1, arena, &findings), ORIGIN_GIVEN, arena);
        value_merge_under(root, pack_defaults(shared->pack), ORIGIN_DEFAULT, arena);
        bool good = schema_check(pack_schema(shared->pack), root, arena, &findings) &&
                    data_compute(pack_schema(shared->pack), root, arena, &findings);
        REQUIRE(good || findings.errors > 0);
        if (good) {
            rules_check(shared->rules, root, NULL, arena, &findings);
            size_t errors = findings.errors;
            Document *document = pack_expand(shared->pack, root, errors > 0, arena, &findings);
            REQUIRE((document == NULL) == (findings.errors > errors));
            if (document && document_check(document, &findings)) {
                PageList *pages = layout_document(document, shared->fonts, arena, &findings);
                REQUIRE((pages == NULL) == (findings.errors > errors));
                if (pages) {
                    check_pages(document, pages);
                    check_pdf(pages, arena);
                }
            } else {
                REQUIRE(findings.errors > errors); /* the pack's documents are well formed */
                REQUIRE(document == NULL);
            }
        }
    }
    check_findings(&findings);
    arena_free(arena);
    return 0;
}
