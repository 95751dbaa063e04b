#!/usr/bin/env python3
"""cases.py list | NAME: the names of the worst cases with the exit statuses that `build --force` may end with; one of them as YAML (JSON is YAML)."""
import json
import sys

HAN = "预算公开部门收入支出项目绩效指标资金管理单位情况说明年度财政拨款采购资产车辆房屋设备目标措施保障"


def han(count, step=7):
    return "".join(HAN[(i * step + i // len(HAN)) % len(HAN)] for i in range(count))


def base():
    """A small notice whose figures agree."""
    none = {"本年": 0, "上年": 0}
    return {
        "年度": 2024, "地区": "示例县", "省份": "示例省", "部门": "示例县档案局", "简称": "档案局",
        "部门职责": ["负责档案工作。"],
        "机构设置": [{"单位名称": "示例县档案局", "单位性质": "行政机关", "单位规格": "正科级", "经费保障形式": "财政拨款"}],
        "收入": {"一般公共预算收入": 100, "合计": 100},
        "支出": {"合计": 100, "基本支出": {"合计": 60, "人员经费": 50, "日常公用经费": 10},
               "项目支出": {"合计": 40, "主要项目": [{"名称": "档案数字化", "金额": 40}]}},
        "比上年增减": {"总额": 0, "基本支出": {"增减": 0}, "项目支出": {"增减": 0}},
        "机关运行经费": {"金额": 10, "用途": ["办公费"]},
        "三公经费": {"因公出国（境）费": dict(none), "公务用车购置费": dict(none), "公务用车运维费": dict(none), "公务接待费": dict(none)},
        "绩效": {"总体绩效目标": ["完成全年工作。"], "资金绩效目标": [fund("档案数字化", 40)]},
        "政府采购": [], "国有资产": {"截止时间": "2023-12-31", "资产总额": 0},
    }


def goal(text="完成率", **more):
    return {"二级指标": "数量指标", "三级指标": text, "描述": "完成的比率", "指标值": "≥95%", "依据": "工作计划", **more}


def fund(name, amount, count=1):
    return {"名称": name, "金额": amount, "绩效目标": ["完成任务。"], "指标": {"产出指标": [goal(f"完成率{i}") for i in range(count)]}}


def purchase(i, **more):
    return {"项目名称": f"项目{i}", "预算资金": 1, "采购物品名称": f"物品{i}", "政府采购目录序号": "A0101", "数量单位": "台",
            "数量": 1, "单价": 1, "当年部门预算安排资金": {"一般公共预算拨款": 1}, **more}


def put(path, value):
    """The base with one value in it: path "a/b/0/c"."""
    data = at = base()
    *parts, last = [int(p) if p.isdigit() else p for p in path.split("/")]
    for part in parts:
        at = at[part]
    at[last] = value
    return data


def emptied(value, leaf):
    """Every list empty, or every scalar and list null."""
    if isinstance(value, dict):
        return {k: emptied(v, leaf) for k, v in value.items()}
    if isinstance(value, list):
        return [] if leaf else None
    return value if leaf else None


def everywhere(text):
    """The text in all the places that print text: title, paragraph, table cells, merged label, caption, signature."""
    data = base()
    data["部门"] = data["简称"] = text
    data["公开日期"] = "2024-02-01"
    data["部门职责"] = [text, text * 3]
    data["机构设置"][0]["单位名称"] = data["机构设置"][0]["单位性质"] = text
    data["绩效"]["资金绩效目标"] = [{"名称": text, "金额": 40, "绩效目标": [text], "指标": {
        text[:60]: [goal(text, 描述=text, 指标值=text, 依据=text, 二级指标=text)] * 2}}]
    data["政府采购"] = [purchase(1, 项目名称=text, 采购物品名称=text, 数量单位=text, 政府采购目录序号=text)]
    data["名词解释"] = [{"名词": text, "解释": text}]
    return data


CELL = "机构设置/0/单位名称"
GOAL = "绩效/资金绩效目标/0/指标/产出指标/0/描述"
BIG = "999999999999999"  # 15 digits

CASES = {
    "a table of 10,000 rows": ("0", lambda: put("政府采购", [purchase(i) for i in range(10000)])),
    "10,000 rows under one merged label": ("0", lambda: put("绩效/资金绩效目标", [fund("资金", 40, 10000)])),
    "1,000 units": ("0", lambda: put("机构设置", [{"单位名称": f"示例县第{i}中心", "单位性质": "事业单位"} for i in range(1000)])),
    "2,000 performance tables": ("0", lambda: put("绩效/资金绩效目标", [fund(f"资金{i}", 1) for i in range(2000)])),
    "2,000 merged labels of one row": ("0", lambda: put("绩效/资金绩效目标/0/指标", {f"指标{i}": [goal()] for i in range(2000)})),
    "a performance table without a row": ("0", lambda: put("绩效/资金绩效目标/0/指标", {"产出指标": []})),
    "5,000 sources of income": ("0", lambda: put("收入", {f"来源{i}": 0.01 for i in range(5000)})),
    "1,000 main projects": ("0", lambda: put("支出/项目支出/主要项目", [{"名称": f"项目{i}", "金额": 0.04} for i in range(1000)])),
    "3,000 terms explained": ("0", lambda: put("名词解释", [{"名词": f"名词{i}", "解释": han(60)} for i in range(3000)])),
    "10,000 paragraphs": ("0", lambda: put("部门职责", [han(30 + i % 90) + f"{i}。" for i in range(10000)])),
    "a cell of 40 cm without a place to break": ("1", lambda: put(CELL, "W" * 200)),
    "a cell of 40 cm in a narrow column": ("01", lambda: put("政府采购", [purchase(1, 数量单位="m" * 200)])),
    "a number of 300 digits in a cell": ("01", lambda: put(GOAL, "1" * 300)),
    "one cell of 5,000 characters, higher than a page": ("0", lambda: put(GOAL, han(5000))),
    "each cell of 5,000 characters": ("0", lambda: put("绩效/资金绩效目标/0/指标/产出指标", [
        goal(han(5000), 描述=han(5000), 二级指标=han(5000), 指标值=han(5000), 依据=han(5000))])),
    "a merged label of 2,000 characters over one row": ("0", lambda: put("绩效/资金绩效目标/0/指标", {han(80): [goal()]})),
    "a goal row higher than three pages": ("0", lambda: put("绩效/资金绩效目标/0/绩效目标", [han(200)] * 60)),
    "a cell of 20,000 characters in the turned table": ("0", lambda: put("政府采购", [purchase(1, 采购物品名称=han(20000))])),
    "a paragraph of 200,000 characters": ("0", lambda: put("部门职责", [han(200000)])),
    "a paragraph of 200,000 characters with marks": ("0", lambda: put("部门职责", ["，".join(han(11, i) for i in range(1, 17000)) + "。"])),
    "a paragraph of 300,000 letters without a space": ("0", lambda: put("部门职责", ["a" * 300000])),
    "a title of 500 characters": ("01", lambda: put("部门", han(480) + "示例县档案局")),
    "a department of 300 Latin letters": ("01", lambda: put("部门", "A" * 300)),
    "a department of 300 characters, signed": ("0", lambda: {**put("部门", han(300)), "公开日期": "2024-02-01"}),
    "a department of 2,000 characters everywhere": ("01", lambda: everywhere(han(2000))),
    "a heading of 3,000 characters": ("0", lambda: put("绩效/分项绩效目标", {"条目": [{"标题": han(3000), "正文": "正文。"}]})),
    "a heading of 20,000 characters": ("0", lambda: put("绩效/分项绩效目标", {"条目": [{"标题": han(20000), "正文": "正文。"}]})),
    "a caption of 3,000 characters": ("1", lambda: put("绩效/资金绩效目标/0/名称", han(3000))),
    "a URL of 5,000 characters": ("0", lambda: put("部门职责", ["网址https://example.gov.cn/" + "path/segment-0123?x=1&" * 220])),
    "a URL of 5,000 characters in a cell": ("0", lambda: put(GOAL, "https://example.gov.cn/" + "path/segment-0123?x=1&" * 220)),
    "amounts of 12 digits": ("0", lambda: put("收入", {"来源": "999999999999.999999"})),
    "amounts of 15 digits": ("01", lambda: put("收入", {"来源": BIG, "合计": BIG})),
    "amounts of 15 digits in the turned table": ("01", lambda: put("政府采购", [
        purchase(i, 预算资金=BIG, 单价=BIG, 其他渠道资金=BIG, 当年部门预算安排资金={"一般公共预算拨款": BIG}) for i in range(3)])),
    "amounts of 40 digits": ("1", lambda: put("收入", {"来源": "9" * 40})),
    "a year of 40 digits": ("1", lambda: put("年度", "2" * 40)),
    "empty lists everywhere": ("01", lambda: emptied(base(), True)),
    "every value null": ("1", lambda: emptied(base(), False)),
    "every key of the top null": ("1", lambda: {key: None for key in base()}),
    "no key but the department": ("1", lambda: {"部门": "示例县档案局"}),
    "100,000 unknown keys": ("1", lambda: {**base(), **{f"键{i}": i for i in range(100000)}}),
    "100,000 wrong amounts": ("1", lambda: put("收入", {f"来源{i}": "许多" for i in range(100000)})),
    "lists 60 deep": ("1", lambda: put("部门职责", json.loads("[" * 60 + "]" * 60))),
    "all control characters": ("01", lambda: everywhere("".join(chr(c) for c in range(32)))),
    "C1 controls and separators": ("01", lambda: everywhere("局" + "".join(chr(c) for c in [*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE]))),
    "marks of direction": ("01", lambda: everywhere("\u202e局\u202c\u2066预\u2069\u200f\u061c")),
    "Hebrew and Arabic": ("01", lambda: everywhere("שלום עולם 2024 مرحبا بالعالم")),
    "Hebrew alone": ("01", lambda: everywhere("שלום")),
    "Thai, Hindi, Tibetan, Mongolian": ("01", lambda: everywhere("สวัสดี नमस्ते བཀྲ་ཤིས ᠮᠣᠩᠭᠣᠯ")),
    "1,000 combining marks on one letter": ("01", lambda: everywhere("e" + "\u0301" * 1000)),
    "50,000 combining marks on one letter": ("0", lambda: put("部门职责", ["e" + "\u0301" * 50000])),
    "20,000 invisible signs after one Han": ("0", lambda: put("部门职责", ["局" + "\u200d" * 20000 + "长"])),
    "1,000 combining marks on one Han": ("01", lambda: everywhere("局" + "\u0301\u0323" * 500)),
    "combining marks alone": ("01", lambda: everywhere("\u0301" * 20)),
    "emoji and sequences": ("01", lambda: everywhere("👨‍👩‍👧‍👦👍🏽🇨🇳🏴\U000e0067\U000e0062\U000e007f1️⃣❤️")),
    "500 zero-width joiners": ("01", lambda: everywhere("局" + "\u200d" * 500)),
    "variation selectors": ("01", lambda: everywhere("葛\U000e0100辻\U000e0101︀" + "\ufe00" * 30)),
    "an ideographic description": ("01", lambda: everywhere("⿰氵⿱⿲甲乙丙丁〾局")),
    "private and unassigned characters": ("01", lambda: everywhere("\ue000\U000f0000\U0010fffd\u0378")),
    "rare Hanzi outside the BMP": ("01", lambda: everywhere("𠀀𪛖𬀩𰀀𱍊㙍")),
    "only closing marks": ("0", lambda: everywhere("，。、；：！？）》」』】〕…—" * 30)),
    "only opening marks": ("01", lambda: everywhere("（《「『【〔“‘" * 60)),
    "only dashes and dots": ("01", lambda: everywhere("——……——……" * 60)),
    "a chapter on end": ("0", lambda: put("部门职责", [f"（{i}）" + han(200, i) + "；" for i in range(1, 2000)])),
    "only spaces": ("01", lambda: everywhere(" \u00a0\u2003\u3000" * 60)),
    "only digits and signs": ("01", lambda: everywhere("1,234.56%～-7/8≥≤" * 30)),
    "text like the template's": ("0", lambda: everywhere("{{/}}{{#部门}}{{> 表}}\\{{!")),
    "text like PDF's": ("0", lambda: everywhere("endstream endobj (\\)) <</A>> BT ET")),
    "text like XML's": ("0", lambda: everywhere("<a&b>\"']]><!--")),
    "a heading that begins with an invisible sign": ("0", lambda: put("绩效/分项绩效目标", {"条目": [
        {"标题": "\u00ad\u200b资源建设", "编号": False, "正文": "正文。"}]})),
    "line breaks in texts": ("01", lambda: everywhere("甲\n\n乙\r\n丙\t丁")),
    "a key of 250 bytes": ("0", lambda: put("收入", {han(83): 100})),
    "a hundred units of one name": ("0", lambda: put("机构设置", [{"单位名称": "示例县档案局"}] * 100)),
}

if __name__ == "__main__":
    if sys.argv[1:] == ["list"]:
        for name, (statuses, _) in CASES.items():
            print(statuses, name)
    else:
        json.dump(CASES[sys.argv[1]][1](), sys.stdout, ensure_ascii=False, indent=0)
