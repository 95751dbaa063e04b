#!/usr/bin/env python3
"""make_county.py FOLDER [--count N] [--seed S] [--real FILE]: writes an invented county's budget data, one YAML file a department,
with 共用.yaml and departments.yaml (the list and the county's totals). The same arguments give the same bytes.

Everything is invented; figures agree in all respects (sums, changes, procurement, assets, project money), so that the rules find no
error. Variety: sub-units, funds of all kinds, yuan and ten thousands, no vehicles, empty procurement, 100 and more indicators, very
long names, names with characters outside the BMP, totals given and left out, institutions without running costs."""
import argparse, os

COUNTY, PROVINCE, YEAR = '示例县', '示例省', 2024

BUREAUS = '''委员会办公室 人民代表大会常务委员会办公室 人民政府办公室 政协委员会办公室 纪委监委机关 组织部 宣传部 统战部 政法委员会 编制委员会办公室
信访局 发展和改革局 教育局 科学技术局 工业和信息化局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源和规划局 住房和城乡建设局
交通运输局 水务局 农业农村局 商务局 文化广电体育和旅游局 卫生健康局 退役军人事务局 应急管理局 审计局 市场监督管理局 统计局 医疗保障局
行政审批局 林业局 城市管理综合行政执法局 乡村振兴局 生态环境分局 档案局 地方志编纂委员会办公室 供销合作社联合社 总工会 共青团委员会
妇女联合会 工商业联合会 残疾人联合会 红十字会 科学技术协会 文学艺术界联合会 归国华侨联合会 融媒体中心 机关事务服务中心 公共资源交易中心
招商合作局 高新技术产业开发区管理委员会'''.split()
TOWNS = '城关镇 清河镇 柳林镇 石桥镇 㙍上镇 𠮷庄镇 下垸乡 大䃮子乡 太平乡 龙泉乡 白塔镇 三岔口乡 双桥镇 向阳街道 新华街道 和平街道'.split()
LONG = '人民政府推进职能转变和“放管服”改革协调小组暨优化营商环境工作领导小组办公室（数字政府建设服务中心）'
WORK = '''档案数字化加工|扫描页数|万页 基层服务站点建设|建成站点|个 法治宣传教育|宣传活动|场次 信息系统运行维护|服务单位|个 业务骨干培训|培训人次|人次
公共设施维修改造|维修处数|处 困难群众慰问|慰问户数|户 数据普查调查|调查样本|份 安全隐患排查整治|排查单位|家 生态环境监测|监测点位|个
产业发展扶持|扶持主体|家 便民服务窗口运转|办理件数|件 应急物资储备|储备品种|种 农村道路养护|养护里程|公里 饮水安全巩固提升|受益人数|人
文化惠民演出|演出场次|场 疫病防控|检测样品|份 人才引进补贴|补贴人数|人 执法装备更新|更新装备|套 志愿服务活动|服务人次|人次'''.split()
GOODS = '台式计算机|A0201|台|0.42 打印设备|A0202|台|0.18 办公桌椅|A0601|套|0.12 复印纸|A0902|箱|0.02 监控设备|A0209|套|2.40 服务器|A0201|台|6.50 空调机|A0206|台|0.55'.split()
REASONS_UP = '工作任务增加 按照规定标准新增安排 上级下达的目标任务提高'.split()
REASONS_DOWN = '厉行节约压减一般性支出 上年一次性工作完成本年不再安排 部分工作整合后成本下降'.split()


class Dice:
    """A generator of our own (Knuth's MMIX): the same numbers in every version of Python."""
    def __init__(self, seed):
        self.state = seed & (2 ** 64 - 1)

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[self.below(len(items))]

    def take(self, items, count):
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]


def money(cents, yuan):
    """[0.01 万元 = 100 yuan] as written in the file's unit."""
    return '%d.00' % (cents * 100) if yuan else '%d.%02d' % (cents // 100, cents % 100)


def signed(cents, yuan):
    return ('-' if cents < 0 else '') + money(abs(cents), yuan)


def department(index, name, dice, kind):
    """(YAML text, income and expenditure [0.01 万元])."""
    yuan = kind == 'town' and index % 2 == 0
    institution = kind == 'institution'
    out = []
    put = out.append
    m = lambda cents: money(cents, yuan)
    put('# %s%d年部门预算（虚构，由 tests/tools/make_county.py 写出）。' % (name, YEAR))
    put('共用: 共用.yaml')
    put('部门: %s' % name)
    if index % 3:
        put('简称: %s' % (name[len(COUNTY):][:6]))
    if index % 4 == 0:
        put('公开日期: %d-02-%02d' % (YEAR, 1 + index % 20))
    if yuan:
        put('金额单位: 元')
    works = dice.take(WORK, dice.between(3, 9))
    put('部门职责:')
    for i in range(dice.between(1, 6)):
        work = dice.pick(WORK).split('|')[0]
        put('  - 负责%s范围内%s的规划、组织和监督检查，贯彻执行国家和省、市有关法律法规和方针政策；承办县委、县政府交办的第%d类事项。' % (COUNTY, work, i + 1))
    put('机构设置:')
    nature = '公益一类事业单位' if institution else '行政机关'
    put('  - { 单位名称: %s, 单位性质: %s, 单位规格: 正科级, 经费保障形式: %s }' % (name, nature, '财政拨款（事业）' if institution else '财政拨款（行政）'))
    units = (0, 0, 1, 2, 5, 24)[index % 6]
    for i in range(units):
        put('  - { 单位名称: %s第%d服务中心, 单位性质: 公益%s类事业单位, 单位规格: 股级, 经费保障形式: 财政拨款（事业） }' % (name, i + 1, '一' if i % 2 else '二'))

    staff, public = dice.between(8000, 120000), dice.between(600, 9000)
    projects = [(w.split('|'), dice.between(500, 60000)) for w in works]
    listed = sum(c for _, c in projects)
    more = dice.between(100, 5000) if index % 3 == 0 else 0
    project = listed + more
    total = staff + public + project
    rest = total
    put('收入:')
    fund = dice.between(1, project // 2) if index % 5 == 0 else 0
    account = dice.between(1, 3000) if index % 7 == 0 else 0
    other = dice.between(1, 900) if index % 8 == 0 else 0
    carried = dice.between(1, 2000) if index % 4 == 1 else 0
    rest = total - fund - account - other - carried
    for key, cents in (('一般公共预算收入', rest), ('基金预算收入', fund), ('财政专户核拨收入', account), ('其他来源收入', other)):
        put('  %s: %s' % (key, m(cents) if cents else '0'))
    if index % 11 == 5:
        put('  国有资本经营预算收入: 0')
    if carried:
        put('  上年结转: %s' % m(carried))
    if index % 2:
        put('  合计: %s' % m(total))
    put('支出:')
    if index % 2:
        put('  合计: %s' % m(total))
    put('  基本支出: { %s人员经费: %s, 日常公用经费: %s }' % ('合计: %s, ' % m(staff + public) if index % 2 else '', m(staff), m(public)))
    put('  项目支出:')
    put('    合计: %s' % m(project))
    put('    主要项目:')
    for (what, _, _), cents in projects:
        put('      - { 名称: %s, 金额: %s }' % (what, m(cents)))
    basic_change = (0, dice.between(1, 2000), -dice.between(1, 2000))[index % 3]
    changes = [(projects[0][0][0], dice.between(1, min(projects[0][1], 400)))]
    changes += [(projects[1][0][0], dice.between(1, min(projects[1][1], 400)))] if index % 2 else [(projects[1][0][0], -dice.between(1, 400))]
    project_change = sum(c for _, c in changes)
    put('比上年增减:')
    if index % 2:
        put('  总额: %s' % signed(basic_change + project_change, yuan))
    put('  基本支出: { 增减: %s%s }' % (signed(basic_change, yuan), '' if not basic_change else ', 原因: ' + ('在职人员正常晋级' if basic_change > 0 else '人员调出')))
    put('  项目支出:')
    put('    增减: %s' % signed(project_change, yuan))
    put('    主要变化:')
    for what, cents in changes:
        put('      - { 名称: %s, 增减: %s }' % (what, signed(cents, yuan)))
    put('机关运行经费:')
    put('  金额: %s' % ('——' if institution else m(public)))
    if not institution:
        put('  用途: [办公费, 邮电费, 水费, 电费, 取暖费, 差旅费]')
    vehicles = 0 if index % 5 == 3 else dice.between(1, 6)
    put('三公经费:')
    put('  因公出国（境）费: { 本年: 0, 上年: 0 }')
    put('  公务用车购置费: { 本年: 0, 上年: 0 }')
    run = vehicles * dice.between(100, 300)
    before = run + (0, 30, 45)[index % 3] if vehicles else 0
    reason = lambda now, last: '' if now == last else ', 原因: ' + dice.pick(REASONS_DOWN if now < last else REASONS_UP)
    put('  公务用车运维费: { 本年: %s, 上年: %s%s }' % (m(run), m(before), reason(run, before)))
    meals, meals_before = dice.between(0, 90), 0
    meals_before = meals + (0, 12)[index % 2]
    put('  公务接待费: { 本年: %s, 上年: %s%s }' % (m(meals), m(meals_before), reason(meals, meals_before)))

    short = name[len(COUNTY):]
    put('绩效:')
    put('  总体绩效目标:')
    put('    - %d年，%s围绕全县中心工作，严格预算管理，把资金用在重点任务和民生事项上，年度预算执行率不低于95%%。' % (YEAR, short if len(short) < 20 else '本部门'))
    put('  分项绩效目标:')
    put('    条目:')
    for (what, point, unit), _ in projects[:dice.between(1, 5)]:
        put('      - 标题: %s绩效目标情况' % what)
        put('        正文:')
        put('          - 按照年度计划组织实施%s，明确责任和时限，加强过程监督。' % what)
        put('          - 绩效目标：任务按期完成率达到100%，服务对象满意度不低于90%。')
    put('  工作保障措施:')
    put('    - 加强组织领导，细化预算编制，规范财务管理，开展绩效运行监控和评价，评价结果作为以后年度安排预算的依据。')
    put('  资金绩效目标:')
    heavy = index % 9 == 4   # 100 and more indicators
    for (what, point, unit), cents in projects:
        put('    - 名称: %s资金' % what)
        put('      金额: %s' % m(cents))
        put('      绩效目标: 完成%s年度任务，提高公共服务能力。' % what)
        put('      指标:')
        put('        产出指标:')
        amount = dice.between(2, 900)
        put('          - { 二级指标: 数量指标, 三级指标: %s, 描述: 全年完成的%s, 指标值: ≥%d%s, 依据: 工作计划 }' % (point, point, amount, unit))
        for i in range(dice.between(12, 20) if heavy else dice.between(0, 3)):
            put('          - { 二级指标: 数量指标, 三级指标: 第%d项任务, 描述: 第%d项任务的完成数量, 指标值: ≥%d%s, 依据: 工作计划 }' % (i + 1, i + 1, dice.between(1, 99), unit))
        put('          - { 二级指标: 质量指标, 三级指标: 验收合格率, 描述: 验收合格的数量占全部数量的比率, 指标值: ≥%d%%, 依据: 验收办法 }' % dice.between(90, 99))
        put('          - { 二级指标: 时效指标, 三级指标: 完成时间, 描述: 全部任务的完成时间, 指标值: ≤%d月, 依据: 工作计划 }' % dice.between(6, 12))
        put('        效果指标:')
        put('          - { 二级指标: 社会效益指标, 三级指标: 受益面, 描述: 受益对象占应受益对象的比率, 指标值: ≥%d%%, 依据: 统计数据 }' % dice.between(80, 99))
        put('        满意度指标:')
        put('          - { 二级指标: 服务对象满意度指标, 三级指标: 满意度, 描述: 满意和较满意的人数占调查人数的比率, 指标值: ≥%d%%, 依据: 调查问卷 }' % dice.between(88, 98))

    put('政府采购:' + (' []' if index % 4 == 2 else ''))
    bought = 0
    if index % 4 != 2:
        for good in dice.take(GOODS, dice.between(1, 6)):
            thing, code, unit, price = good.split('|')
            price = int(round(float(price) * 100))
            number = dice.between(2, 20)
            cost = price * number
            if bought + cost > public:
                continue
            bought += cost
            put('  - { 项目名称: 办公设备更新, 预算资金: %s, 采购物品名称: %s, 政府采购目录序号: %s, 数量单位: %s, 数量: %d, 单价: %s, '
                '当年部门预算安排资金: { 一般公共预算拨款: %s } }' % (m(cost), thing, code, unit, number, m(price), m(cost)))
        if not bought:
            out[-1] += ' []'
    house, cars = dice.between(0, 900000), vehicles * dice.between(800, 2400)
    dear_count = dice.between(0, 9)
    dear, others = dear_count * dice.between(2000, 9000), dice.between(1000, 90000)
    area = dice.between(400, 90000)
    put('国有资产:')
    put('  截止时间: %d-12-31' % (YEAR - 1))
    if units:
        put('  含所属单位: true')
    if index % 2:
        put('  资产总额: %s' % m(house + cars + dear + others))
    put('  房屋: { 面积: %d.%02d, 价值: %s, 办公用房: { 面积: %d.00, 价值: %s } }' % (area // 10, area % 100, m(house), area // 40, m(house // 4)))
    put('  车辆: { 数量: %d, 价值: %s }' % (vehicles, m(cars)))
    put('  单价20万元以上设备: { 数量: %d, 价值: %s }' % (dear_count, m(dear)))
    put('  其他固定资产: { 数量: %d, 价值: %s }' % (dice.between(20, 3000), m(others)))
    if bought and index % 2:
        put('  拟购置: { 金额: %s, 说明: 办公设备, 已列入政府采购: true }' % m(bought))
    if index % 6 == 0:
        put('其他事项:')
        put('  - 所属单位的预算在本部门预算中汇总反映。')
    figures = {'收入合计': total, '支出合计': total, '基本支出': staff + public, '项目支出': project, '政府采购': bought}
    return '\n'.join(out) + '\n', figures


def names(count):
    known = [COUNTY + b for b in BUREAUS] + [COUNTY + t + ('办事处' if t.endswith('街道') else '人民政府') for t in TOWNS] + [COUNTY + LONG]
    kinds = ['institution' if n.endswith('中心') or n.endswith('社') else 'town' if n.endswith(('人民政府', '街道办事处')) else 'bureau' for n in known]
    for i in range(len(known), count):
        known.append('%s第%d中学' % (COUNTY, i)); kinds.append('institution')
    return list(zip(known, kinds))[:count]


def write(path, text):
    with open(path, 'w', encoding='utf-8', newline='\n') as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder')
    parser.add_argument('--count', type=int, default=72)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--shared', default=os.path.join(os.path.dirname(__file__), '../../data/示例县/共用.yaml'))
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    with open(options.shared, encoding='utf-8') as file:
        write(os.path.join(options.folder, '共用.yaml'), file.read())
    totals, listed = {}, []
    for index, (name, kind) in enumerate(names(options.count)):
        text, figures = department(index, name, Dice(options.seed * 1000003 + index), kind)
        stem = name.encode('utf-8')[:240].decode('utf-8', 'ignore')
        write(os.path.join(options.folder, stem + '.yaml'), text)
        listed.append(name)
        for key, cents in figures.items():
            totals[key] = totals.get(key, 0) + cents
    lines = ['# 示例县应当公开部门预算的部门，和全县合计（万元）：gongkai batch 用它核对有没有漏的、加起来对不对。', '名单:']
    lines += ['  - %s' % name for name in listed]
    lines += ['合计:'] + ['  %s: %s' % (key, money(cents, False)) for key, cents in totals.items()]
    write(os.path.join(options.folder, 'departments.yaml'), '\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
