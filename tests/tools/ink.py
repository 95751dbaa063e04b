#!/usr/bin/env python3
"""ink.py PAGES.dump PREFIX DPI: is there ink where the display list has glyphs and rules, and nowhere else?

PAGES.dump is `gongkai build --dump=pages`; PREFIX-NNN.pgm are the rendered pages. Prints a line a fault; exits 1 on any."""
import glob, re, sys


def read_pgm(path):
    data = open(path, 'rb').read()
    head = re.match(rb'P5\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+(\d+)\s', data)
    return int(head[1]), int(head[2]), data[head.end():]


def pages_of(dump):
    page, pages = None, []
    for line in open(dump, encoding='utf-8'):
        if line.startswith('page '):
            page = []
            pages.append(page)
        elif page is not None and line.startswith('  glyphs '):
            f = dict(re.findall(r'(\w+)=(\S+)', line.split('"')[0]))
            text = re.search(r'"(.*)"', line).group(1)
            x, y, size, w = (float(f[k]) for k in ('x', 'y', 'size', 'w'))
            turned = ' turned' in line.split('"')[0] or ' turned' in line.split('"')[-1]
            box = (x - .9 * size, y - w, x + .3 * size, y) if turned else (x, y - .9 * size, x + w, y + .3 * size)
            page.append((box, text.strip('　 ')))
        elif page is not None and line.startswith('  rule '):
            f = dict(re.findall(r'(\w+)=(\S+)', line))
            x, y, w, h = (float(f[k]) for k in ('x', 'y', 'w', 'h'))
            page.append(((x, y, x + w, y + h), 'rule'))
    return pages


def main():
    dump, prefix, dpi = sys.argv[1], sys.argv[2], float(sys.argv[3])
    files = sorted(glob.glob(prefix + '*.pgm'), key=lambda p: int(re.findall(r'(\d+)\.pgm$', p)[0]))
    pages, faults = pages_of(dump), 0
    if len(files) != len(pages) or not pages:
        print('%d pages in the display list, %d rendered' % (len(pages), len(files)))
        sys.exit(1)
    for number, (page, path) in enumerate(zip(pages, files), 1):
        width, height, px = read_pgm(path)
        allowed = bytearray(width * height)
        k = dpi / 72
        for (x0, y0, x1, y1), what in page:
            pad = 2
            c0, c1 = max(0, int(x0 * k) - pad), min(width, int(x1 * k) + 1 + pad)
            r0, r1 = max(0, int(y0 * k) - pad), min(height, int(y1 * k) + 1 + pad)
            inked = False
            for r in range(r0, r1):
                row = px[r * width + c0:r * width + c1]
                allowed[r * width + c0:r * width + c1] = b'\1' * (c1 - c0)
                inked = inked or min(row, default=255) < 200
            if what and not inked:
                print('page %d: no ink for "%s" at x=%.1f y=%.1f' % (number, what[:20], x0, y0))
                faults += 1
        stray = sum(1 for i, v in enumerate(px[:width * height]) if v < 160 and not allowed[i])
        if stray:
            print('page %d: %d dark pixels where the display list has nothing' % (number, stray))
            faults += 1
    print('%d pages, %d faults' % (len(pages), faults))
    sys.exit(1 if faults else 0)


main()
