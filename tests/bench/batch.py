#!/usr/bin/env python3
"""batch.py PROGRAM FOLDER FLOOR [COUNT...]: notices a second, CPU and memory of gongkai batch (10, 100, 1000): over notices of the size of
FOLDER/notice.yaml of which each has its own text, characters and figures (vary.py), and over as many copies of that one, which flatter
whatever is kept from notice to notice. CPU also as a ratio to what FLOOR measures: the same subsets made, the same bytes deflated,
nothing else. Ends with 1 when notices are missing, are alike, or are not of the pages they should be."""
import json, os, re, resource, shutil, struct, subprocess, sys, threading, time, zlib
sys.dont_write_bytecode = True
from vary import Variants

program, folder, floor_program = sys.argv[1:4]
counts = [int(word) for word in sys.argv[4:]] or [10, 100, 1000]
COPIES_MOST = 1000  # more of the same tell nothing new
FLOOR_NOTICES = 24
cores = len(os.sched_getaffinity(0))
data, out = os.path.join(folder, 'many'), os.path.join(folder, 'made')


def streams(pdf):
    """The unpacked streams of a PDF that are no font programs."""
    read = open(pdf, 'rb').read()
    for match in re.finditer(rb'stream\r?\n', read):
        head = read[read.rfind(b' obj', 0, match.start()):match.start()]
        if b'CIDFontType0C' in head or b'/Length1' in head or b'OpenType' in head:
            continue
        try:
            yield zlib.decompressobj().decompress(read[match.end():])
        except zlib.error:
            pass


def floor(names):
    """([ms of CPU a notice], [bytes deflated a notice]) for these notices of the last run."""
    words = []
    for name in names:
        stored = os.path.join(folder, name + '.streams')
        with open(stored, 'wb') as file:
            for stream in streams(os.path.join(out, name + '.pdf')):
                file.write(struct.pack('<I', len(stream)) + stream)
        words += [os.path.join(data, name + '.yaml'), stored]
    spent, size = subprocess.run([floor_program, *words], stdout=subprocess.PIPE, check=True).stdout.split()
    return int(spent) / 1e3, int(size)


class Watch(threading.Thread):
    """[KiB] the largest resident memory of any worker, of each look at them, and of the parent; and what part of their time the workers
    neither ran nor waited for a core: for the disk, or for the parent. Others at work on the machine do not count in it."""
    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.series, self.parent, self.times, self.own = pid, [], 0, {}, 0

    def look(self, worker):
        try: # what no other process has: without the fonts' pages, which all share and the system may take back
            self.own = max(self.own, *(int(line.split()[1]) for line in open('/proc/%s/status' % worker) if line.startswith('RssAnon')), 0)
        except OSError:
            return
        try:
            run, wait = open('/proc/%s/schedstat' % worker).read().split()[:2]
        except OSError:
            return
        now = (time.monotonic(), int(run) / 1e9 + int(wait) / 1e9)
        self.times[worker] = (self.times.get(worker, (now,))[0], now)

    def asleep(self):
        whole = sum(last[0] - first[0] for first, last in self.times.values())
        return max(0, 1 - sum(last[1] - first[1] for first, last in self.times.values()) / whole) if whole else 0

    @staticmethod
    def peak(pid):
        try:
            return max((int(line.split()[1]) for line in open('/proc/%s/status' % pid) if line.startswith('VmHWM')), default=0)
        except OSError:
            return 0

    def run(self):
        while True:
            try:
                workers = open('/proc/%d/task/%d/children' % (self.pid, self.pid)).read().split()
            except OSError:
                return
            self.parent = max(self.parent, self.peak(self.pid))
            now = max(map(self.peak, workers), default=0)
            for worker in workers:
                self.look(worker)
            if now:
                self.series.append(now)
            time.sleep(0.02)


def write(kind, count):
    for path in (data, out):
        shutil.rmtree(path, ignore_errors=True)
    os.makedirs(data)
    for shared in os.listdir(folder):
        if '共用' in shared:
            shutil.copy(os.path.join(folder, shared), data)
    text = open(os.path.join(folder, 'notice.yaml'), encoding='utf-8').read()
    variants = Variants(text)
    for i in range(count):
        with open(os.path.join(data, 'n%05d.yaml' % i), 'w', encoding='utf-8') as file:
            file.write(variants.make(i) if kind == 'varied' else text)


def run():
    """(wall s, CPU s, Watch) of one batch."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    # A sample with errors would be printed as a draft: forced, so that the bench measures all the same.
    words = [program, 'batch', data, '-o', out, '--quiet', '--force']
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Watch(child.pid)
    watch.start()
    child.wait()
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    watch.join()
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, watch


def judge(kind, count, pages):
    rows = [row for row in map(json.loads, open(os.path.join(out, 'manifest.jsonl'), encoding='utf-8')) if 'file' in row]
    bad = [row['file'] for row in rows if row['status'] != 'done' or abs(row['pages'] - pages) > 1]
    files = len([name for name in os.listdir(out) if name.endswith('.pdf')])
    kinds = len({row.get('sha256') for row in rows})
    if len(rows) != count or files != count or bad or kinds != (count if kind == 'varied' else 1):
        sys.exit('%d notices wanted: %d in the manifest, %d files, %d different, bad: %s' % (count, len(rows), files, kinds, bad[:5]))
    return sum(row['bytes'] for row in rows) // count


def bench(kind, title, pages):
    base, first, best = None, None, 0
    for count in counts:
        if kind == 'copies' and count > COPIES_MOST:
            continue
        write(kind, count)
        wall, cpu, watch = run()
        size = judge(kind, count, pages)
        each = cpu * 1e3 / count
        if base is None:
            most = min(FLOOR_NOTICES, count)
            base, deflated = floor(['n%05d' % (i % most) for i in range(FLOOR_NOTICES)])
            print('%s: %d bytes each; floor %.1f ms CPU a notice to subset its fonts and to deflate %d bytes' % (title, size, base, deflated))
        peak, early = max(watch.series, default=0), watch.series[len(watch.series) // 10] if watch.series else 0
        first = first or (each, peak)
        print('  batch of %-6d %6.1f notices/s %6.1f ms CPU a notice (%.2f floors, %.2f of the first)  %3.0f%% of %d cores, workers asleep %.1f%%  '
              'workers %.1f MiB at most (%.2f of the first), %.1f early, %.1f without mapped fonts; parent %.1f MiB'
              % (count, count / wall, each, each / base, each / first[0], 100 * cpu / wall / cores, cores, 100 * watch.asleep(),
                 peak / 1024, peak / max(first[1], 1), early / 1024, watch.own / 1024, watch.parent / 1024), flush=True)
        best = max(best, count / wall)
        wall, cpu, _ = run()
        print('    again, all up to date: %.1f notices/s, %.2f ms CPU a notice' % (count / wall, cpu * 1e3 / count), flush=True)
    return best


probe = os.path.join(folder, 'probe')
subprocess.run([program, 'batch', os.path.join(folder, 'notice.yaml'), '-o', probe, '--quiet', '--force'], stderr=subprocess.DEVNULL)
pages = next(row['pages'] for row in map(json.loads, open(os.path.join(probe, 'manifest.jsonl'), encoding='utf-8')) if 'file' in row)
print('the notice has %d pages; starting the program and its fonts counts in every figure' % pages)
rate = bench('varied', 'notices that differ', pages)
bench('copies', 'copies of the notice', pages)
here = os.path.dirname(os.path.abspath(__file__))
subprocess.run([os.path.join(here, 'typst.sh'), os.path.join(here, '../../build/peers'), '%.1f' % rate], check=True)
