#!/usr/bin/env python3
"""tamper.py IN.pdf OUT.pdf OLD NEW: replaces the first OLD by NEW (of equal length) within the unpacked streams of a file of ours and packs
it up again with right lengths and offsets: a file that only its meaning betrays. Exit status 3: OLD is nowhere.
tamper.py IN.pdf OUT.pdf --random SEED: overwrites some bytes of some unpacked streams instead.
Of a table's cells that go on over a page break: --swap-marks: on the first page where two of them go on, each has the other's MCID in the
content. --swap-kids: the tree and the ParentTree give each the other's part of that page. --lose-kid: the tree forgets one's part there;
--lose-part: the content calls it an artifact too.
tamper.py IN.pdf OUT.pdf --transplant OTHER.pdf: each page shows what OTHER's shows; all else stays."""
import hashlib
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
        head = re.sub(rb"/CheckSum<[0-9A-Fa-f]{32}>", b"/CheckSum<%s>" % hashlib.md5(plain).hexdigest().upper().encode(), head)
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


MCR = rb"<</Type/MCR/MCID (\d+)/Pg (\d+) 0 R>>"
CELL = re.compile(rb"/S/T[DH]/P \d+ 0 R/Pg \d+ 0 R/K\[[^\]]*" + MCR + rb"[^\]]*\]")


def edit(file, number, change):
    head, plain = file.stream(number)
    changed = change(plain)
    if changed == plain or len(changed) != len(plain):
        sys.exit(3)
    file.put(number, head, changed)


def cut_cells(file):
    """The first page on which two cells go on: the stream that holds both, its dictionary's text, [(MCID, that MCR's place)]."""
    for number in file.order:
        stream = file.stream(number)
        if not stream or b"/Type/ObjStm" not in stream[0]:
            continue
        pages = {}
        for cell in CELL.finditer(stream[1]):
            for kid in re.finditer(MCR, cell[0]):
                at = cell.start() + kid.start(), cell.start() + kid.end()
                pages.setdefault(int(kid[2]), []).append((int(kid[1]), at))
        for page, kids in sorted(pages.items()):
            if len(kids) > 1 and len({end - start for _, (start, end) in kids[:2]}) == 1:
                return number, page, kids[:2]
    sys.exit(3)


def contents(file):
    """The content streams in the order of the pages, which is that of their numbers: each was taken right after its page's."""
    return sorted(n for n in file.order if file.stream(n) and b"BDC" in file.stream(n)[1])


def swap(plain, a, b):
    (a0, a1), (b0, b1) = sorted((a, b))
    return plain[:a0] + plain[b0:b1] + plain[a1:b0] + plain[a0:a1] + plain[b1:]


def cut_cell_fault(file, kind):
    number, page, ((first, first_at), (second, second_at)) = cut_cells(file)
    content = next(n for n in contents(file) if n > page)
    spot = lambda plain, mcid: re.search(rb"/T[DH]<</MCID %d>>BDC" % mcid, plain).span()
    if kind == "--swap-marks":
        edit(file, content, lambda plain: swap(plain, spot(plain, first), spot(plain, second)))
    elif kind == "--swap-kids":
        edit(file, number, lambda plain: swap(plain, first_at, second_at))
        row = re.compile(rb"[\[\]] ?\n?%d \[([^\]]*)\]" % contents(file).index(content))
        tree = next(n for n in file.order if file.stream(n) and b"/Nums[" in file.stream(n)[1])
        refs = lambda plain: [(row.search(plain).start(1) + m.start(), row.search(plain).start(1) + m.end())
                              for m in re.finditer(rb"\d+ 0 R", row.search(plain)[1])]
        edit(file, tree, lambda plain: swap(plain, refs(plain)[first], refs(plain)[second]))
    else:
        edit(file, number, lambda plain: plain[:second_at[0]] + b" " * (second_at[1] - second_at[0]) + plain[second_at[1]:])
        if kind == "--lose-part":
            old = b"/TD<</MCID %d>>BDC" % second
            edit(file, content, lambda plain: plain.replace(old, b"/Artifact BMC".ljust(len(old)), 1))


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
    elif sys.argv[3] == "--transplant":
        with open(sys.argv[4], "rb") as source:
            other = Packed(source.read())
        for ours, theirs in zip(contents(file), contents(other), strict=True):
            file.put(ours, file.stream(ours)[0], other.stream(theirs)[1])
    elif sys.argv[3].startswith("--"):
        cut_cell_fault(file, sys.argv[3])
    else:
        replace(file, sys.argv[3].encode(), sys.argv[4].encode())
    file.write(sys.argv[2])


if __name__ == "__main__":
    main()
