#!/usr/bin/env python3
"""tamper.py IN.pdf OUT.pdf OLD NEW: replaces the first OLD by NEW (of equal length) within the unpacked streams of a file of ours and packs
it up again with right lengths and offsets: a file that only its meaning betrays. Exit status 3: OLD is nowhere.
tamper.py IN.pdf OUT.pdf --random SEED: overwrites some bytes of some unpacked streams instead."""
import random
import re
import sys
import zlib


class Packed:
    """A file of ours as its top-level objects."""

    def __init__(self, data):
        start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", data)[1])
        xref = re.match(rb"(\d+) 0 obj\n<<(.*?)>>\nstream\r\n", data[start:], re.S)
        self.xref, self.head = int(xref[1]), xref[2]
        rows, row, self.table = zlib.decompress(data[start + xref.end():]), bytes(6), []
        for at in range(0, len(rows), 7):
            row = bytes((a + b) & 255 for a, b in zip(row, rows[at + 1:at + 7]))
            self.table.append(row)
        offsets = sorted((int.from_bytes(row[1:5], "big"), number) for number, row in enumerate(self.table) if row[0] == 1)
        self.start, self.order, self.chunks = data[:offsets[0][0]], [], {}
        for i, (offset, number) in enumerate(offsets):
            if number != self.xref:
                self.order.append(number)
                self.chunks[number] = data[offset:offsets[i + 1][0] if i + 1 < len(offsets) else start]

    def stream(self, number):
        """Dictionary and unpacked bytes, or None."""
        parts = re.match(rb"(.*?)\r?\nstream\r\n(.*)\nendstream\nendobj\n$", self.chunks[number], re.S)
        if not parts:
            return None
        return parts[1], zlib.decompressobj().decompress(parts[2]) if b"/FlateDecode" in parts[1] else parts[2]

    def put(self, number, head, plain):
        stream = zlib.compress(plain, 1) if b"/FlateDecode" in head else plain
        indirect = re.search(rb"/Length (\d+) 0 R", head)
        if indirect:
            length = int(indirect[1])
            self.chunks[length] = re.sub(rb"\n\d+\n", b"\n%d\n" % len(stream), self.chunks[length], count=1)
        else:
            head = re.sub(rb"/Length \d+", b"/Length %d" % len(stream), head)
        self.chunks[number] = head + b"\nstream\r\n" + stream + b"\nendstream\nendobj\n"

    def write(self, path):
        out, rows, before = bytearray(self.start), b"", bytes(6)
        for number in self.order:
            self.table[number] = b"\1" + len(out).to_bytes(4, "big") + b"\0"
            out += self.chunks[number]
        self.table[self.xref] = b"\1" + len(out).to_bytes(4, "big") + b"\0"
        for row in self.table:
            rows += b"\2" + bytes((a - b) & 255 for a, b in zip(row, before))
            before = row
        packed, start = zlib.compress(rows), len(out)
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), self.head)
        out += b"%d 0 obj\n<<" % self.xref + head + b">>\nstream\r\n" + packed + b"\nendstream\nendobj\n"
        out += b"startxref\n%d\n%%%%EOF\n" % start
        with open(path, "wb") as file:
            file.write(out)


def replace(file, old, new):
    assert len(old) == len(new)
    for number in file.order:
        stream = file.stream(number)
        if stream and old in stream[1]:
            file.put(number, stream[0], stream[1].replace(old, new, 1))
            return
    sys.exit(3)


def scramble(file, seed):
    random.seed(seed)
    numbers = [number for number in file.order if file.stream(number)]
    for number in random.sample(numbers, min(len(numbers), random.choice((1, 2, 5)))):
        head, plain = file.stream(number)
        plain = bytearray(plain)
        for _ in range(random.choice((1, 3, 20))):
            at = random.randrange(len(plain))
            plain[at] = random.choice(b"0123456789 []<>()/RnQ\n\\\xff\0")
            if random.random() < 0.05:
                plain[at:at] = random.choice((b"[" * 100, b"<<" * 100, b"99999999999 ", b"-1 ", b"1 0 R ")) if random.random() < 0.5 else b""
        file.put(number, head, bytes(plain))


def main():
    with open(sys.argv[1], "rb") as source:
        file = Packed(source.read())
    if sys.argv[3] == "--random":
        scramble(file, int(sys.argv[4]))
    else:
        replace(file, sys.argv[3].encode(), sys.argv[4].encode())
    file.write(sys.argv[2])


if __name__ == "__main__":
    main()
