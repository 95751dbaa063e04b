/* Kinds of change, each with the whole list it must give: the fewest, and enough to make the new data of the old. */
#include <string.h>

#include "revise_tests.h"

#define BASE                                                                                                                                          \
    "部门: 甲局\n日期: 2024-01-31\n职责: [管水务工作, 管河道工作, 管供水工作]\n正文: 一段话\n"                            \
    "机构:\n  - {名称: 甲, 性质: 行政, 规格: 科级, 经费: 全额}\n  - {名称: 乙, 性质: 事业, 规格: 股级, 经费: 差额}\n" \
    "  - {名称: 丙, 性质: 企业, 规格: 无级, 经费: 自筹}\n"                                                                             \
    "收入: {拨款: 100.00, 基金: 20, 上年: 5}\n"                                                                                               \
    "支出: {合计: 125.00, 人员: 100, 公用: 25, 项目: [{名称: 修路, 金额: 12.50}, {名称: 植树, 金额: 8}]}\n"                     \
    "指标:\n  产出: [{名称: 数量, 值: 一百}, {名称: 质量, 值: 合格}]\n  效益: [{名称: 经济, 值: 显著}]\n"                  \
    "车辆: {数量: 3, 价值: 45.6}\n"

typedef struct Case {
    const char *name;
    const char *from, *to; /* replaced in BASE, once */
    const char *from2, *to2;
    const char *wanted; /* one change a line: sign, path, what; "~" before a consequence */
} Case;

static const Case CASES[] = {
    {"nothing", "甲局", "甲局", NULL, NULL, ""},
    {"an amount that nothing sums", "价值: 45.6", "价值: 45.7", NULL, NULL, "= 车辆/价值 45.6>45.7\n"},
    {"an amount and its computed total", "拨款: 100.00", "拨款: 101.00", NULL, NULL,
     "~ 收入/合计 125>126\n= 收入/拨款 100.00>101.00\n"},
    {"an amount and its written total", "人员: 100", "人员: 90", "合计: 125.00", "合计: 115.00",
     "~ 支出/合计 125.00>115.00\n= 支出/人员 100>90\n"},
    {"a written total alone is a correction", "合计: 125.00", "合计: 126.00", NULL, NULL,
     "= 支出/合计 125.00>126.00\n"},
    {"a written total that moved by another amount", "人员: 100", "人员: 90", "合计: 125.00", "合计: 116.00",
     "= 支出/合计 125.00>116.00\n= 支出/人员 100>90\n"},
    {"a total now left to be computed", "合计: 125.00, 人员: 100", "人员: 110", NULL, NULL,
     "= 支出/人员 100>110\n~ 支出/合计 125.00>135\n"},
    {"decimals are no change", "价值: 45.6", "价值: 45.600", NULL, NULL, ""},
    {"another unit of the same amount", "价值: 45.6", "价值: 456000元", NULL, NULL, ""},
    {"commas are no change", "拨款: 100.00", "拨款: '100'", NULL, NULL, ""},
    {"a comment", "部门: 甲局", "部门: 甲局 # 不是乙局", NULL, NULL, ""},
    {"keys in another order", "人员: 100, 公用: 25", "公用: 25, 人员: 100", NULL, NULL, ""},
    {"a name", "部门: 甲局", "部门: 乙局", NULL, NULL, "= 部门 甲局>乙局\n"},
    {"a date", "2024-01-31", "2024-02-01", NULL, NULL, "= 日期 2024-01-31>2024-02-01\n"},
    {"a date in another form", "2024-01-31", "2024年1月31日", NULL, NULL, ""},
    {"a choice", "部门: 甲局", "部门: 甲局\n含下级: 是", NULL, NULL, "= 含下级 false>是\n"},
    {"a sentence", "正文: 一段话", "正文: 一句话", NULL, NULL, "= 正文 一段话>一句话\n"},
    {"a text that becomes paragraphs", "正文: 一段话", "正文: [一段话, 又一段]", NULL, NULL, "= 正文 一段话>[]\n"},
    {"a text gone", "正文: 一段话\n", "", NULL, NULL, "= 正文 一段话>\n"},
    {"a number left blank", "公用: 25", "公用: \"\"", "合计: 125.00", "合计: 100",
     "~ 支出/合计 125.00>100\n= 支出/公用 25>\n"},
    {"zero is not blank", "上年: 5", "上年: 0", NULL, NULL, "~ 收入/合计 125>120\n= 收入/上年 5>0\n"},
    {"not applicable is not zero", "数量: 3", "数量: ——", NULL, NULL, "= 车辆/数量 3>——\n"},
    {"a paragraph rewritten", "管河道工作", "管河流工作", NULL, NULL, "= 职责[#2] 管河道工作>管河流工作\n"},
    {"a paragraph put between", "管河道工作", "管河道工作, 全新的内容", NULL, NULL, "+ 职责[#3] 3\n"},
    {"a paragraph taken out", "管河道工作, ", "", NULL, NULL, "- 职责[#2]\n"},
    {"a paragraph moved", "管水务工作, 管河道工作, 管供水工作", "管河道工作, 管供水工作, 管水务工作", NULL, NULL,
     "> 职责[#3] 3\n"},
    {"a row put between is one insertion", "  - {名称: 乙,", "  - {名称: 丁, 性质: 新设}\n  - {名称: 乙,", NULL, NULL,
     "+ 机构[丁] 2\n"},
    {"a row put first", "机构:\n", "机构:\n  - {名称: 丁, 性质: 新设}\n", NULL, NULL, "+ 机构[丁] 1\n"},
    {"a row taken out", "  - {名称: 乙, 性质: 事业, 规格: 股级, 经费: 差额}\n", "", NULL, NULL, "- 机构[乙]\n"},
    {"a row renamed", "名称: 乙", "名称: 乙队", NULL, NULL, "* 机构[乙队]\n"},
    {"a row renamed and changed", "名称: 乙, 性质: 事业", "名称: 乙队, 性质: 企业", NULL, NULL,
     "* 机构[乙队]\n= 机构[乙队]/性质 事业>企业\n"},
    {"another row altogether", "{名称: 乙, 性质: 事业, 规格: 股级, 经费: 差额}", "{名称: 丁, 性质: 军队}", NULL, NULL,
     "- 机构[乙]\n+ 机构[丁] 2\n"},
    {"a cell of a row", "名称: 丙, 性质: 企业", "名称: 丙, 性质: 事业", NULL, NULL, "= 机构[丙]/性质 企业>事业\n"},
    {"a row of the same name put before", "{名称: 乙,", "{名称: 甲, 性质: 别的}\n  - {名称: 乙,", NULL, NULL,
     "+ 机构[甲#2] 2\n"},
    {"a project's amount", "金额: 12.50", "金额: 13", NULL, NULL, "= 支出/项目[修路]/金额 12.50>13\n"},
    {"two projects change places", "{名称: 修路, 金额: 12.50}, {名称: 植树, 金额: 8}",
     "{名称: 植树, 金额: 8}, {名称: 修路, 金额: 12.50}", NULL, NULL, "> 支出/项目[修路] 2\n"},
    {"a project moved and changed", "{名称: 修路, 金额: 12.50}, {名称: 植树, 金额: 8}",
     "{名称: 植树, 金额: 9}, {名称: 修路, 金额: 12.50}", NULL, NULL,
     "> 支出/项目[植树] 1\n= 支出/项目[植树]/金额 8>9\n"},
    {"an empty list is not an absent one", "职责: [管水务工作, 管河道工作, 管供水工作]\n", "职责: []\n", NULL, NULL,
     "- 职责[#1]\n- 职责[#2]\n- 职责[#3]\n"},
    {"a whole section gone", "车辆: {数量: 3, 价值: 45.6}\n", "", NULL, NULL, "- 车辆\n"},
    {"a source of income added", "上年: 5", "上年: 5, 单位: 7", NULL, NULL, "~ 收入/合计 125>132\n+ 收入/单位 4\n"},
    {"a source renamed", "基金: 20", "政府基金: 20", NULL, NULL, "* 收入/政府基金\n"},
    {"sources in another order", "拨款: 100.00, 基金: 20, 上年: 5", "基金: 20, 上年: 5, 拨款: 100.00", NULL, NULL,
     "> 收入/拨款 3\n"},
    {"a row of a group", "值: 合格", "值: 优良", NULL, NULL, "= 指标/产出[质量]/值 合格>优良\n"},
    {"a group added", "车辆:", "  满意: [{名称: 群众, 值: 满意}]\n车辆:", NULL, NULL, "+ 指标/满意 3\n"},
    {"a group renamed", "  效益:", "  效果:", NULL, NULL, "* 指标/效果\n"},
    {"the correction itself is not compared", "车辆:", "更正: {a: 1}\n车辆:", NULL, NULL, ""},
};

static char *replaced(const char *text, const char *from, const char *to, Arena *arena)
{
    const char *at = strstr(text, from);
    ck_assert_msg(at != NULL, "'%s' is not in the data", from);
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void put_change(const Change *change, Buffer *out)
{
    static const char SIGNS[] = "=+->*";
    buffer_printf(out, "%c %s", change->consequence ? '~' : SIGNS[change->kind], change_path(change));
    if (change->kind == CHANGE_VALUE)
        buffer_printf(out, " %s>%s", !change->before ? "" : value_text(change->before),
                      !change->after              ? ""
                      : value_text(change->after) ? value_text(change->after)
                                                  : "[]");
    if (change->after_index != SIZE_MAX)
        buffer_printf(out, " %zu", change->after_index + 1);
    buffer_text(out, "\n");
}

static void check_applied(const Schema *schema, const Value *from, const Value *to, const ChangeList *changes,
                          const char *name, Arena *arena)
{
    Buffer made = {0}, wanted = {0};
    tree_text(schema, changes_apply(schema, from, changes, arena), &made);
    tree_text(schema, to, &wanted);
    ck_assert_msg(text_is(&made, &wanted), "%s: applying the changes gives\n%.*s\nwanted\n%.*s", name, (int)made.len,
                  made.bytes, (int)wanted.len, wanted.bytes);
    buffer_release(&made);
    buffer_release(&wanted);
}

static const char *const IGNORED[] = {"更正", NULL};

START_TEST(each_kind)
{
    const Case *c = &CASES[_i];
    Arena *arena = arena_new();
    const Schema *schema = test_schema(arena);
    const char *yaml = replaced(BASE, c->from, c->to, arena);
    if (c->from2)
        yaml = replaced(yaml, c->from2, c->to2, arena);
    const Value *before = test_tree(schema, BASE, arena), *after = test_tree(schema, yaml, arena);
    ChangeList changes = data_compare(schema, before, after, IGNORED, arena);
    Buffer out = {0};
    for (size_t i = 0; i < changes.count; i++)
        put_change(&changes.items[i], &out);
    buffer_append(&out, "", 1);
    ck_assert_msg(strcmp(out.bytes, c->wanted) == 0, "%s:\n%s\nwanted\n%s", c->name, out.bytes, c->wanted);
    buffer_release(&out);
    check_applied(schema, before, after, &changes, c->name, arena);
    ChangeList back = data_compare(schema, after, before, IGNORED, arena);
    check_applied(schema, after, before, &back, c->name, arena);
    ck_assert_msg(back.count == changes.count, "%s: %zu changes there, %zu back", c->name, changes.count, back.count);
    arena_free(arena);
}
END_TEST

START_TEST(another_unit_of_the_file)
{
    Arena *arena = arena_new();
    const Schema *schema = test_schema(arena);
    const Value *before =
        test_tree(schema, "金额单位: 万元\n收入: {拨款: 1.5, 基金: 2}\n车辆: {数量: 3, 价值: 4}\n", arena);
    const Value *after =
        test_tree(schema, "金额单位: 元\n收入: {拨款: 15000, 基金: 20001}\n车辆: {数量: 3, 价值: 40000}\n", arena);
    ChangeList changes = data_compare(schema, before, after, NULL, arena);
    ck_assert_uint_eq(changes.count, 3); /* the unit, the one amount, its total: not the number of cars */
    ck_assert_str_eq(change_path(&changes.items[0]), "金额单位");
    ck_assert_str_eq(change_path(&changes.items[1]), "收入/合计");
    ck_assert(changes.items[1].consequence);
    ck_assert_str_eq(change_path(&changes.items[2]), "收入/基金");
    ck_assert_int_eq(changes.items[2].difference.micro, DECIMAL_ONE); /* 1 元 */
    arena_free(arena);
}
END_TEST

START_TEST(a_long_list)
{
    enum { ROWS = 20000 };
    Arena *arena = arena_new();
    const Schema *schema = test_schema(arena);
    Buffer old = {0}, new = {0};
    buffer_text(&old, "机构:\n");
    buffer_text(&new, "机构:\n");
    for (int i = 0; i < ROWS; i++) {
        buffer_printf(&old, "  - {名称: 单位%d, 性质: 行政}\n", i);
        if (i == 100)
            buffer_text(&new, "  - {名称: 新单位, 性质: 行政}\n");
        if (i != 15000 && i != 7)
            buffer_printf(&new, "  - {名称: 单位%d, 性质: %s}\n", i, i == 5000 ? "事业" : "行政");
        if (i == 19000)
            buffer_text(&new, "  - {名称: 单位7, 性质: 行政}\n");
    }
    buffer_append(&old, "", 1);
    buffer_append(&new, "", 1);
    const Value *before = test_tree(schema, old.bytes, arena), *after = test_tree(schema, new.bytes, arena);
    ChangeList changes = data_compare(schema, before, after, NULL, arena);
    ck_assert_uint_eq(changes.count, 4); /* put in, changed, taken out, moved */
    buffer_release(&old);
    buffer_release(&new);
    arena_free(arena);
}
END_TEST

Suite *compare_suite(void)
{
    Suite *suite = suite_create("compare");
    TCase *tcase = tcase_create("kinds");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, each_kind, 0, sizeof CASES / sizeof *CASES);
    tcase_add_test(tcase, another_unit_of_the_file);
    tcase_add_test(tcase, a_long_list);
    suite_add_tcase(suite, tcase);
    return suite;
}
