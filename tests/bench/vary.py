#!/usr/bin/env python3
"""vary.py NOTICE.yaml FOLDER COUNT: COUNT notices of the size of NOTICE that differ from it and from each other; the same arguments give
the same bytes. As a library: Variants(text).make(number).

Of each the department has a name of its own; the free text (duties, goals, descriptions) is rewritten character by character, so that
lines, pages and the number of distinct characters stay and which characters they are does not: those that stand in the rest of the file
too change places among themselves, the others become ones drawn from the 3,755 of GB 2312 level 1. All amounts are multiplied by one
factor, which keeps every sum, difference and product."""
import os, re, sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tools'))
from make_county import Dice

POOL = [bytes((row, cell)).decode('gb2312') for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) if (row, cell) < (0xD7, 0xFA)]
FREE = {'标题', '正文', '概述', '绩效目标', '三级指标', '描述', '依据'}  # with what hangs below them
ITEMS = re.compile(r'^(部门职责|绩效|其他事项):', re.M)               # list items under these are free text
NO_AMOUNT = {'年度', '版次', '数量', '面积'}
HAN = re.compile(r'[\u4e00-\u9fff]')
AMOUNT = re.compile(r'(?<![^\s{,])([^\s{,:]+): (-?\d+(?:\.\d+)?)(?=\s*(?:[,}#]|$))', re.M)
LEAD = re.compile('(?:总体)?绩效目标：')                           # what the pack sets apart at the head of a paragraph


def pieces(text):
    """[(free, part)]: the text cut into what may be rewritten and what is structure."""
    parts, section = [], ''
    for line in text.splitlines(True):
        top = re.match(r'([^\s#][^:]*):', line)
        if top:
            section = top.group(1)
        item = re.match(r'\s*- (?![{\[]|[^：，。:]{1,12}: )', line)
        pair = re.match(r'\s*(?:- )?([^\s:]+): (?=[^{\[&|>\s])', line)
        if item and ITEMS.match(section + ':'):
            cut(parts, line, item.end(), len(line))
        elif pair and pair.group(1) in FREE:
            cut(parts, line, pair.end(), len(line))
        elif '{' in line and section == '绩效':
            at = 0
            for found in re.finditer(r'([^\s{,:]+): ("[^"]*"|[^,{}]*)', line):
                if found.group(1) in FREE:
                    parts.append((False, line[at:found.start(2)]))
                    cut(parts, line, found.start(2), found.end(2), head=False)
                    at = found.end(2)
            parts.append((False, line[at:]))
        else:
            parts.append((False, line))
    return parts


def cut(parts, line, start, end, head=True):
    if head:
        parts.append((False, line[:start]))
    lead = LEAD.search(line, start, end)
    if lead:
        parts.append((False, line[start:lead.end()]))
        start = lead.end()
    parts.append((True, line[start:end]))


class Variants:
    def __init__(self, text):
        self.text = text
        found = re.search(r'^部门: (.*)$', text, re.M)
        self.name = found.group(1)
        self.parts = pieces(text)
        fixed = set(HAN.findall(''.join(part for free, part in self.parts if not free)))
        free = set(HAN.findall(''.join(part for free, part in self.parts if free)))
        self.shared, self.own = sorted(free & fixed), sorted(free - fixed)
        self.pool = [char for char in POOL if char not in fixed]

    def make(self, number):
        dice = Dice(number * 7919 + 1)
        for _ in range(8):
            dice.below(2)  # neighbouring seeds begin alike
        factor = dice.between(1, 99)
        shared, pool = list(self.shared), list(self.pool)
        for chars, wanted in ((shared, len(shared)), (pool, len(self.own) + 3)):
            for i in range(wanted):
                j = dice.between(i, len(chars) - 1)
                chars[i], chars[j] = chars[j], chars[i]
        table = str.maketrans(dict(zip(self.shared + self.own, shared + pool)))
        text = ''.join(part.translate(table) if free else part for free, part in self.parts)
        text = AMOUNT.sub(lambda found: self.amount(found, factor), text)
        # As long as the old one, and its end, by which a rule may tell what kind of office it is.
        name = self.name[:-4] + ''.join(pool[len(self.own):len(self.own) + 3]) + self.name[-1]
        return text.replace(self.name, name)

    @staticmethod
    def amount(found, factor):
        key, digits = found.groups()
        if key in NO_AMOUNT:
            return found.group(0)
        point = len(digits.split('.')[1]) if '.' in digits else 0
        value = int(digits.replace('.', '')) * factor
        if not point:
            return '%s: %d' % (key, value)
        return '%s: %s%d.%0*d' % (key, '-' if value < 0 else '', abs(value) // 10 ** point, point, abs(value) % 10 ** point)


if __name__ == '__main__':
    with open(sys.argv[1], encoding='utf-8') as file:
        variants = Variants(file.read())
    os.makedirs(sys.argv[2], exist_ok=True)
    for number in range(int(sys.argv[3])):
        with open(os.path.join(sys.argv[2], 'n%05d.yaml' % number), 'w', encoding='utf-8', newline='\n') as file:
            file.write(variants.make(number))
