/* A small notice's schema, trees by it, and one text for trees that say the same. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "revise_tests.h"

static const char SCHEMA[] =
    "type: object\n"
    "additionalProperties: false\n"
    "properties:\n"
    "  金额单位: { type: string, enum: [元, 万元], default: 万元 }\n"
    "  部门: { title: 部门全称, type: string }\n"
    "  日期: { type: string, format: date }\n"
    "  含下级: { type: boolean, default: false }\n"
    "  更正: { type: object }\n"
    "  职责: { title: 职责, type: array, items: { type: string } }\n"
    "  正文:\n"
    "    anyOf:\n"
    "      - { type: string }\n"
    "      - { type: array, items: { type: string } }\n"
    "  机构:\n"
    "    type: array\n"
    "    x-identity: 名称\n"
    "    items:\n"
    "      type: object\n"
    "      additionalProperties: false\n"
    "      properties: { 名称: { type: string }, 性质: { type: string }, 规格: { type: string }, 经费: { type: string "
    "} }\n"
    "  收入:\n"
    "    type: object\n"
    "    properties: { 合计: { format: amount, x-formula: 'SUM(EXCEPT(收入, \"合计\"))' } }\n"
    "    additionalProperties: { format: amount }\n"
    "  支出:\n"
    "    type: object\n"
    "    additionalProperties: false\n"
    "    properties:\n"
    "      合计: { format: amount, x-formula: 支出.人员 + 支出.公用 }\n"
    "      人员: { format: amount }\n"
    "      公用: { format: amount }\n"
    "      项目:\n"
    "        type: array\n"
    "        x-identity: 名称\n"
    "        items:\n"
    "          type: object\n"
    "          additionalProperties: false\n"
    "          properties: { 名称: { type: string }, 金额: { format: amount }, 说明: { type: string } }\n"
    "  指标:\n"
    "    type: object\n"
    "    additionalProperties:\n"
    "      type: array\n"
    "      x-identity: 名称\n"
    "      items:\n"
    "        type: object\n"
    "        additionalProperties: false\n"
    "        properties: { 名称: { type: string }, 值: { type: string } }\n"
    "  车辆: { type: object, additionalProperties: false, properties: { 数量: { format: amount, x-unit: none }, 价值: "
    "{ "
    "format: amount } } }\n";

const Schema *test_schema(Arena *arena)
{
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_EN);
    Source *source = arena_new_of(arena, Source);
    *source = (Source){"schema", SCHEMA, sizeof SCHEMA - 1};
    const Value *yaml = yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, &findings);
    const Schema *schema = yaml ? schema_load(yaml, arena, &findings) : NULL;
    for (size_t i = 0; i < findings.count; i++)
        finding_print(&findings, findings.items[i], stderr, false);
    ck_assert_ptr_nonnull(schema);
    return schema;
}

Value *test_tree(const Schema *schema, const char *yaml, Arena *arena)
{
    FindingList findings;
    finding_list_init(&findings, arena, LANGUAGE_EN);
    Source *source = arena_new_of(arena, Source);
    *source = (Source){"data", yaml, strlen(yaml)};
    Value *tree = yaml_parse(source, &YAML_LIMITS_DEFAULT, arena, &findings);
    bool good = tree && schema_check(schema, tree, arena, &findings) && data_compute(schema, tree, arena, &findings);
    for (size_t i = 0; i < findings.count; i++)
        finding_print(&findings, findings.items[i], stderr, false);
    ck_assert_msg(good, "bad data: %s", yaml);
    return tree;
}

static bool nothing(const Value *value)
{
    if (value->kind == VALUE_NULL || value->reading == READ_BLANK || (value->kind == VALUE_TEXT && value->len == 0))
        return true;
    for (size_t i = 0; i < value->count; i++)
        if (value->kind == VALUE_LIST || !nothing(value->items[i]))
            return false;
    return value->kind == VALUE_MAP;
}

static int by_key(const void *a, const void *b)
{
    return strcmp((*(const Value *const *)a)->key, (*(const Value *const *)b)->key);
}

static void put_member(const Schema *schema, const Value *item, Buffer *out)
{
    buffer_printf(out, "%s=", item->key);
    tree_text(schema, item, out);
}

void tree_text(const Schema *schema, const Value *value, Buffer *out)
{
    if (value->kind == VALUE_TEXT && value->reading == READ_NUMBER) {
        int64_t micro = value->number.micro;
        const Value *root = value;
        while (root->parent)
            root = root->parent;
        const char *unit = value_text(value_get(root, "金额单位"));
        if (schema_facts(schema, value).money && unit && strcmp(unit, "万元") == 0)
            micro *= 10000;
        buffer_printf(out, "%" PRId64 ";", micro);
    } else if (value->kind == VALUE_TEXT && value->reading == READ_DATE) {
        buffer_printf(out, "%d-%d-%d;", value->date.year, value->date.month, value->date.day);
    } else if (value->kind == VALUE_TEXT) {
        buffer_printf(out, "%zu:%s;", value->len,
                      value->reading == READ_BOOLEAN ? value->boolean ? "t" : "f" : value->text);
    } else if (value->kind == VALUE_LIST) {
        buffer_text(out, "[");
        for (size_t i = 0; i < value->count; i++)
            tree_text(schema, value->items[i], out);
        buffer_text(out, "]");
    } else if (value->kind == VALUE_MAP) {
        const Value *closed[256];
        size_t count = 0;
        for (size_t i = 0; i < value->count && count < 256; i++)
            if (!nothing(value->items[i]) && !schema_facts(schema, value->items[i]).open)
                closed[count++] = value->items[i];
        qsort(closed, count, sizeof *closed, by_key);
        buffer_text(out, "{");
        for (size_t i = 0; i < count; i++)
            if (strcmp(closed[i]->key, "更正") != 0)
                put_member(schema, closed[i], out);
        buffer_text(out, "|");
        for (size_t i = 0; i < value->count; i++)
            if (!nothing(value->items[i]) && schema_facts(schema, value->items[i]).open)
                put_member(schema, value->items[i], out);
        buffer_text(out, "}");
    }
}

bool text_is(const Buffer *a, const Buffer *b)
{
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}
