#!/usr/bin/env python3
"""batch.py PROGRAM FOLDER [COUNT...]: notices a second, CPU and memory of gongkai batch over COUNT copies of FOLDER/notice.yaml, as
ratios to a floor measured on the same machine: deflating the very bytes of the notice's font programs and contents, nothing else."""
import os, re, resource, shutil, subprocess, sys, threading, time, zlib

program, folder = sys.argv[1], sys.argv[2]
counts = [int(word) for word in sys.argv[3:]] or [10, 100, 1000]
DRAFT = ['--force']  # the sample may have errors that rules find


def floor_ms(pdf):
    """[ms of CPU] zlib level 1 over the streams of one notice, unpacked."""
    data = open(pdf, 'rb').read()
    streams = []
    for match in re.finditer(rb'stream\r?\n', data):
        end = data.find(b'endstream', match.end())
        try:
            streams.append(zlib.decompressobj().decompress(data[match.end():end]))
        except zlib.error:
            pass
    start, rounds = time.process_time(), 10
    for _ in range(rounds):
        for stream in streams:
            zlib.compress(stream, 1)
    return (time.process_time() - start) * 1e3 / rounds, sum(map(len, streams))


class Watch(threading.Thread):
    """The largest resident memory of any worker while the run lasts, and of each tenth of it."""
    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.series = pid, 0, []

    def run(self):
        while True:
            try:
                workers = open('/proc/%d/task/%d/children' % (self.pid, self.pid)).read().split()
            except OSError:
                return
            now = 0
            for worker in workers:
                try:
                    for line in open('/proc/%s/status' % worker):
                        if line.startswith('VmHWM'):
                            now = max(now, int(line.split()[1]))
                except OSError:
                    pass
            if now:
                self.series.append(now)
                self.peak = max(self.peak, now)
            time.sleep(0.02)


def batch(count):
    data, out = os.path.join(folder, 'many'), os.path.join(folder, 'made')
    for path in (data, out):
        shutil.rmtree(path, ignore_errors=True)
    os.makedirs(data)
    for shared in os.listdir(folder):
        if '共用' in shared:
            shutil.copy(os.path.join(folder, shared), data)
    text = open(os.path.join(folder, 'notice.yaml'), encoding='utf-8').read()
    for i in range(count):
        with open(os.path.join(data, 'n%05d.yaml' % i), 'w', encoding='utf-8') as file:
            file.write(text)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = subprocess.Popen([program, 'batch', data, '-o', out, '--quiet', *DRAFT], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Watch(run.pid)
    watch.start()
    run.wait()
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    made = len([name for name in os.listdir(out) if name.endswith('.pdf')])
    if made != count:
        sys.exit('%d of %d notices made' % (made, count))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    early = watch.series[len(watch.series) // 10] if watch.series else 0
    return wall, cpu, watch.peak / 1024, early / 1024, os.path.join(out, 'n00000.pdf')


base = None
for count in counts:
    wall, cpu, peak, early, sample = batch(count)
    if base is None:
        base, size = floor_ms(sample)
        print('floor: %.1f ms CPU a notice to deflate its %d bytes of streams (zlib, level 1)' % (base, size))
    print('batch of %-6d %7.1f notices/s %6.1f ms CPU a notice (%4.1f floors)  workers %5.1f MiB, early %5.1f MiB'
          % (count, count / wall, cpu * 1e3 / count, cpu * 1e3 / count / base, peak, early), flush=True)
    again = time.monotonic()
    subprocess.run([program, 'batch', os.path.join(folder, 'many'), '-o', os.path.join(folder, 'made'), '--quiet', *DRAFT],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print('  again     %11.1f notices/s' % (count / (time.monotonic() - again)), flush=True)
