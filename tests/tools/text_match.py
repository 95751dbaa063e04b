#!/usr/bin/env python3
"""text_match.py WANTED.txt FOUND.txt [--floor 99.5]: how much of WANTED's non-space characters stand, in order, in FOUND.

The longest common subsequence (Myers), so nothing is forgiven but additions (repeated heads, folios). What differs is listed.
Half- and full-width forms count as different; the four [bookmark: ...] residues of the original are taken out first."""
import argparse, re, sys


def letters(path):
    text = open(path, encoding='utf-8').read()
    return re.sub(r'[\s\x0c]', '', re.sub(r'\[bookmark: [^\]]*\]', '', text))


def common(a, b):
    """Pairs of equal index ranges of a longest common subsequence: Myers' greedy algorithm, trace kept."""
    n, m, v, trace = len(a), len(b), {1: 0}, []
    for d in range(n + m + 1):
        trace.append(dict(v))
        for k in range(-d, d + 1, 2):
            x = v[k + 1] if k == -d or (k != d and v[k - 1] < v[k + 1]) else v[k - 1] + 1
            y = x - k
            while x < n and y < m and a[x] == b[y]:
                x, y = x + 1, y + 1
            v[k] = x
            if x >= n and y >= m:
                return back(trace, n, m)
    return []


def back(trace, x, y):
    matched = []
    for d in range(len(trace) - 1, -1, -1):
        v, k = trace[d], x - y
        previous = k + 1 if k == -d or (k != d and v[k - 1] < v[k + 1]) else k - 1
        px = v[previous] if d else 0
        py = px - previous if d else 0
        while x > px and y > py:
            x, y = x - 1, y - 1
            matched.append(x)
        x, y = px, py
    return set(matched)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('wanted'), p.add_argument('found'), p.add_argument('--floor', type=float, default=99.5)
    args = p.parse_args()
    a, b = letters(args.wanted), letters(args.found)
    matched = common(a, b)
    missing, at = [], 0
    while at < len(a):
        if at in matched:
            at += 1
            continue
        end = at
        while end < len(a) and end not in matched:
            end += 1
        missing.append('%s[%s]%s' % (a[max(0, at - 8):at], a[at:end], a[end:end + 6]))
        at = end
    share = 100 * len(matched) / max(1, len(a))
    print('%d of %d characters in order: %.3f %% (found text has %d)' % (len(matched), len(a), share, len(b)))
    for line in missing[:40]:
        print('  lacking:', line)
    sys.exit(0 if share >= args.floor else 1)


main()
