/* Feeds bytes to the formulas: the first line is evaluated, the others are named formulas it may call, over fixed data.
 */
#include <string.h>

#include "data/data.h"
#include "fuzz.h"

static const char tree[] = "年度: 2020\n"
                           "收入: { 甲: 100.50, 乙: 0, 丙: , 丁: —— }\n"
                           "支出: { 合计: 639.31, 项目: [{ 名称: 一, 金额: 1.5 }, { 名称: 二 }] }\n"
                           "日期: 2020-03-01\n"
                           "嵌套: [[1, 2], [3], []]\n"
                           "文: \"0012\"\n";

static Value *parse_yaml(const char *bytes, size_t len, Arena *arena, FindingList *findings)
{
    Source *source = arena_new_of(arena, Source);
    *source = (Source){"fuzz.yaml", bytes, len};
    return yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, findings);
}

/* What is true of every formula: the ways of evaluating agree, and failing always leaves a finding. */
static void check_formula(const Formula *formula, const Scope *scope, const FormulaNames *names, Arena *arena,
                          FindingList *findings)
{
    size_t count;
    FormulaPath *paths = formula_paths(formula, arena, &count);
    REQUIRE(count == 0 || paths != NULL);
    Term term, same;
    FormulaInputs inputs;
    const char *text;
    bool good = formula_eval(formula, scope, names, arena, findings, &term);
    REQUIRE(good || findings->errors > 0); /* the same finding twice is stored once */
    REQUIRE(formula_inputs(formula, scope, names, arena, findings, &same, &inputs) == good);
    bool printed = formula_print(formula, scope, names, arena, findings, &text);
    REQUIRE(!printed || good);
    if (good) {
        REQUIRE(term.kind == same.kind && term_is_true(&term) == term_is_true(&same));
        REQUIRE(term_count(&term) == term_count(&same));
        const char *plain = term_text(&term, arena);
        REQUIRE(!printed || !plain || strcmp(plain, text) == 0);
        for (size_t i = 0; i < term_count(&term) && i < 1000; i++) {
            Term item = term_item(&term, i);
            term_text(&item, arena);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_ZH);
    const char *text = size > 0 ? (const char *)data : "";
    const char *line = memchr(text, '\n', size);
    size_t len = line ? (size_t)(line - text) : size;
    Value *root = parse_yaml(tree, sizeof tree - 1, arena, &findings);
    Value *map = line ? parse_yaml(line + 1, size - len - 1, arena, &findings) : NULL;
    FormulaNames *names = formula_names_load(map, arena, &findings);
    formula_names_allow(names, "可缺");
    Source source = {"fuzz.txt", text, size};
    Scope scope = {.value = root};
    Formula *formula = formula_parse(text, len, place_at(&source, 0, len), arena, &findings);
    REQUIRE(formula || findings.errors > 0);
    if (formula) {
        formula_check(formula, names, &findings);
        check_formula(formula, &scope, names, arena, &findings);
    }
    check_findings(&findings);
    arena_free(arena);
    return 0;
}
