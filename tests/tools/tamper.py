#!/usr/bin/env python3
"""tamper.py IN.pdf OUT.pdf OLD NEW: replaces the first OLD by NEW (of equal length) within the unpacked streams of a file of ours and packs
it up again with right lengths and offsets: a file that only its meaning betrays. Exit status 3: OLD is nowhere."""
import re
import sys
import zlib

source, target, old, new = sys.argv[1], sys.argv[2], sys.argv[3].encode(), sys.argv[4].encode()
assert len(old) == len(new)
data = open(source, "rb").read()
start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", data)[1])
xref = re.match(rb"(\d+) 0 obj\n<<(.*?)>>\nstream\r\n", data[start:], re.S)
rows = zlib.decompress(data[start + xref.end():])
table, row = [], bytes(6)
for at in range(0, len(rows), 7):
    row = bytes((a + b) & 255 for a, b in zip(row, rows[at + 1:at + 7]))
    table.append(row)
offsets = sorted((int.from_bytes(row[1:5], "big"), number) for number, row in enumerate(table) if row[0] == 1)
chunks, done = {}, False
for i, (offset, number) in enumerate(offsets):
    chunks[number] = data[offset:offsets[i + 1][0] if i + 1 < len(offsets) else start]
for number in list(chunks):
    if done or number == int(xref[1]):
        continue
    parts = re.match(rb"(.*?)(\r?\n)stream\r\n(.*)\n?endstream\nendobj\n$", chunks[number], re.S)
    if not parts:
        continue
    stream = parts[3].rstrip(b"\n") if b"/FlateDecode" not in parts[1] else parts[3]
    packed = b"/FlateDecode" in parts[1]
    plain = zlib.decompressobj().decompress(stream) if packed else stream
    if old not in plain:
        continue
    plain, done = plain.replace(old, new, 1), True
    stream = zlib.compress(plain) if packed else plain
    head = parts[1]
    indirect = re.search(rb"/Length (\d+) 0 R", head)
    if indirect:
        chunks[int(indirect[1])] = re.sub(rb"\n\d+\n", b"\n%d\n" % len(stream), chunks[int(indirect[1])], count=1)
    else:
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(stream), head)
    chunks[number] = head + b"\nstream\r\n" + stream + b"\nendstream\nendobj\n"
if not done:
    sys.exit(3)
out = bytearray(data[:offsets[0][0]])
for offset, number in offsets:
    if number != int(xref[1]):
        table[number] = b"\1" + len(out).to_bytes(4, "big") + table[number][5:]
        out += chunks[number]
table[int(xref[1])] = b"\1" + len(out).to_bytes(4, "big") + b"\0"
rows, before = b"", bytes(6)
for row in table:
    rows += b"\2" + bytes((a - b) & 255 for a, b in zip(row, before))
    before = row
packed = zlib.compress(rows)
start = len(out)
head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), xref[2])
out += xref[1] + b" 0 obj\n<<" + head + b">>\nstream\r\n" + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
open(target, "wb").write(out)
