#!/usr/bin/env python3
"""measure.py PROGRAM FOLDER: builds FOLDER/notice.yaml over and over, then notices with ever more indicator rows."""
import os, resource, statistics, subprocess, sys, time

program, folder = sys.argv[1], sys.argv[2]


def run(*words):
    """(wall s, CPU s, peak MiB) of one process."""
    start = time.monotonic()
    pid = os.posix_spawn(program, [program, *words], os.environ)
    _, status, used = os.wait4(pid, 0)
    wall = time.monotonic() - start
    if status:
        sys.exit('%s %s: status %d' % (program, ' '.join(words), status))
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def line(name, runs):
    wall, cpu, peak = (statistics.median(r[i] for r in runs) for i in range(3))
    print('%-38s %8.1f ms wall %8.1f ms CPU %7.1f MiB %7.1f notices/s' % (name, wall * 1e3, cpu * 1e3, peak, 1 / wall), flush=True)


pdf = os.path.join(folder, 'out.pdf')
data = os.path.join(folder, 'notice.yaml')
line('one notice, a new process each', [run('build', data, '-o', pdf) for _ in range(21)][1:])
line('  as far as the values', [run('build', data, '--dump=values', '-o', pdf) for _ in range(11)][1:])
line('  as far as the document', [run('build', data, '--dump=document', '-o', pdf) for _ in range(11)][1:])
line('  as far as the pages', [run('build', data, '--dump=pages', '-o', pdf) for _ in range(11)][1:])
print('  %d bytes' % (run('build', data, '-o', pdf) and os.path.getsize(pdf)))

text = open(data, encoding='utf-8').read()
head, tail = text.split('        产出指标:\n', 1)
row = '          - { 二级指标: 数量指标, 三级指标: 第%d项任务完成数量, 描述: 年内完成的第%d项任务数量, 指标值: "≥%d个", 依据: 工作计划 }\n'
for count in (100, 1000, 10000):
    big = os.path.join(folder, 'big.yaml')
    open(big, 'w', encoding='utf-8').write(head + '        产出指标:\n' + ''.join(row % (i, i, i) for i in range(count)) + tail)
    line('with %d more indicator rows' % count, [run('build', big, '-o', pdf) for _ in range(3 if count < 10000 else 1)])
