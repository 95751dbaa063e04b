/* The suite of formulas, and the data its tests evaluate over. */
#include "check_formula.h"

#include <inttypes.h>
#include <string.h>

#include "data/formula_int.h"
#include "suites.h"

static const char yaml[] = "年度: 2020\n"
                           "部门: 示例县示例局\n"
                           "文号: \"0012\"\n"
                           "公开日期: 2020-03-01\n"
                           "收入:\n"
                           "  一般公共预算收入: 100.50\n"
                           "  基金预算收入: 0\n"
                           "  其他来源收入:\n"
                           "支出:\n"
                           "  合计: 4944.00\n"
                           "  基本支出: { 人员经费: 558.00, 日常公用经费: 81.31 }\n"
                           "  项目支出:\n"
                           "    主要项目:\n"
                           "      - { 名称: 甲项目, 金额: 1337.56 }\n"
                           "      - { 名称: 乙项目, 金额: 2967.05, 备注: 续建 }\n"
                           "      - { 名称: 丙项目 }\n"
                           "三公经费:\n"
                           "  因公出国（境）费: { 本年: 0, 上年: 0 }\n"
                           "  公务接待费: { 本年: 0.35, 上年: 0.85, 原因: 压缩 }\n"
                           "用途: [日常维修, 水电费, 取暖费]\n"
                           "空列表: []\n"
                           "空组: {}\n"
                           "空文字: \"\"\n"
                           "占位: ——\n"
                           "\"2020年\": 年键\n"
                           "“三公”经费: 8.75\n"
                           "指标:\n"
                           "  产出指标: [{ 名: 数量 }, { 名: 质量 }]\n"
                           "  效果指标: [{ 名: 满意 }]\n"
                           "大数: 9000000000000\n"
                           "开关: true\n"
                           "嵌套: [[1, 2], [3]]\n"
                           "负数: -12.5\n";

Value *rig_yaml(Rig *rig, const char *text)
{
    Source *source = arena_new_of(rig->arena, Source);
    *source = (Source){"data.yaml", text, strlen(text)};
    Value *value = yaml_parse(source, &YAML_LIMITS_DEFAULT, rig->arena, &rig->findings);
    ck_assert_ptr_nonnull(value);
    ck_assert_uint_eq(rig->findings.count, 0);
    return value;
}

static Value *member(Value *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->items[i]->key, key) == 0) {
            return map->items[i];
        }
    }
    ck_abort_msg("no key %s", key);
    return NULL;
}

Rig rig_open(const char *names)
{
    Rig rig = {.arena = arena_new()};
    finding_list_init(&rig.findings, rig.arena, LANGUAGE_ZH);
    rig.root = rig_yaml(&rig, yaml);
    member(rig.root, "占位")->reading = READ_NOT_APPLICABLE;
    Value *date = member(rig.root, "公开日期");
    date->reading = READ_DATE;
    date->date.year = 2020;
    date->date.month = 3;
    date->date.day = 1;
    rig.names = formula_names_load(names ? rig_yaml(&rig, names) : NULL, rig.arena, &rig.findings);
    formula_names_allow(rig.names, "可缺");
    rig.scope = (Scope){.value = rig.root};
    return rig;
}

void rig_close(Rig *rig)
{
    arena_free(rig->arena);
}

Place rig_place(Rig *rig, const char *before, const char *text)
{
    const char *all = arena_printf(rig->arena, "%s%s", before, text);
    Source *source = arena_new_of(rig->arena, Source);
    *source = (Source){"words.yaml", all, strlen(all)};
    return place_at(source, strlen(before), strlen(text));
}

Formula *rig_formula(Rig *rig, const char *text)
{
    return formula_parse(text, strlen(text), rig_place(rig, "", text), rig->arena, &rig->findings);
}

bool rig_eval(Rig *rig, const char *text, const Scope *scope, Term *out)
{
    Formula *formula = rig_formula(rig, text);
    return formula && formula_eval(formula, scope, rig->names, rig->arena, &rig->findings, out);
}

const char *rig_show(Rig *rig, const Term *term)
{
    if (term_is_list(term)) {
        const char *text = "";
        for (size_t i = 0; i < term_count(term); i++) {
            Term item = term_item(term, i);
            text = arena_printf(rig->arena, "%s%s%s", text, i ? ", " : "", rig_show(rig, &item));
        }
        return arena_printf(rig->arena, "[%s]", text);
    }
    if (term->kind == TERM_VALUE) {
        return arena_printf(rig->arena, "{%zu}", term->value->count);
    }
    const char *text = term_text(term, rig->arena);
    if (text == NULL) {
        return arena_printf(rig->arena, "%s%" PRIu64 "/%" PRIu64, term->exact->negative ? "-" : "",
                            (uint64_t)term->exact->numerator, (uint64_t)term->exact->denominator);
    }
    return text;
}

Suite *formula_suite(void)
{
    Suite *suite = suite_create("formula");
    suite_add_tcase(suite, formula_value_case());
    suite_add_tcase(suite, formula_function_case());
    suite_add_tcase(suite, formula_error_case());
    suite_add_tcase(suite, formula_number_case());
    suite_add_tcase(suite, formula_name_case());
    suite_add_tcase(suite, formula_limit_case());
    return suite;
}
