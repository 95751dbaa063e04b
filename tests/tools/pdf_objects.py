"""pdf_objects: a PDF as qpdf reads it -> Python objects, decoded streams, content operators, font programs. For the tests; shares no
code with the program."""
import base64
import json
import re
import subprocess
import zlib


class Stream:
    def __init__(self, entries, data):
        self.dict, self.data = entries, data


class File:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        run = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
                             capture_output=True, check=True)
        if run.stderr:
            raise ValueError(run.stderr.decode())
        objects = json.loads(run.stdout)["qpdf"][1]
        self.objects = {}
        for key, entry in objects.items():
            if key == "trailer":
                self.trailer = entry["value"]
            elif "stream" in entry:
                self.objects[key[4:]] = Stream(entry["stream"]["dict"], base64.b64decode(entry["stream"]["data"]))
            else:
                self.objects[key[4:]] = entry["value"]
        self.root = self.get(self.trailer, "/Root")
        self.page_refs = []
        self._walk(self.root["/Pages"])
        self.pages = [self.objects[ref] for ref in self.page_refs]

    def _walk(self, ref):
        node = self.objects[ref]
        if node["/Type"] == "/Pages":
            for kid in self.at(node["/Kids"]):
                self._walk(kid)
        else:
            self.page_refs.append(ref)

    def at(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            value = self.objects[value]
        return value

    def get(self, holder, *keys):
        for key in keys:
            holder = self.at(holder)
            if isinstance(holder, Stream):
                holder = holder.dict
            if holder is None or key not in holder:
                return None
            holder = self.at(holder[key])
        return holder

    def inherited(self, page, key):
        while page is not None:
            if key in page:
                return self.at(page[key])
            page = self.get(page, "/Parent")
        return None

    def tree(self, node, kind):
        """Leaves of a name or number tree, in order; checks /Limits on the way."""
        node = self.at(node)
        out = []
        if kind in node:
            leaf = self.at(node[kind])
            out = [(leaf[i], leaf[i + 1]) for i in range(0, len(leaf), 2)]
        for kid in self.at(node.get("/Kids", [])):
            part = self.tree(kid, kind)
            if self.get(kid, "/Limits") != [part[0][0], part[-1][0]]:
                raise ValueError("limits of a tree's node are wrong")
            out += part
        return out


def text(value):
    """A string as qpdf tells it: u: Unicode, b: bytes in hex."""
    if value is None:
        return None
    if value.startswith("u:"):
        return value[2:]
    return bytes.fromhex(value[2:]).decode("latin-1")


# ---- content ---------------------------------------------------------------------------------------------------------

TOKEN = re.compile(rb"""\s*(?:%[^\r\n]*|(?P<dict><<|>>)|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<array>[\[\]])|(?P<name>/[^\s()<>\[\]{}/%]*)|
    (?P<number>[-+]?(?:\d+\.?\d*|\.\d+))(?=[\s()<>\[\]/%]|$)|(?P<word>[A-Za-z'"*]+\d?)|(?P<open>\())""", re.X)
ESCAPES = {ord("n"): 10, ord("r"): 13, ord("t"): 9, ord("b"): 8, ord("f"): 12}


def literal(data, at):
    out, depth = bytearray(), 1
    while True:
        c = data[at]
        at += 1
        if c == 0x5C:
            c = data[at]
            at += 1
            if 0x30 <= c <= 0x37:
                digits = bytes([c])
                while len(digits) < 3 and 0x30 <= data[at] <= 0x37:
                    digits += data[at:at + 1]
                    at += 1
                out.append(int(digits, 8) & 255)
            elif c == 13:
                at += data[at] == 10
            elif c != 10:
                out.append(ESCAPES.get(c, c))
            continue
        if c == 0x28:
            depth += 1
        elif c == 0x29:
            depth -= 1
            if depth == 0:
                return bytes(out), at
        if c == 13:
            at += data[at] == 10
            c = 10
        out.append(c)


def operators(data):
    """(operator, operands); dictionaries are dicts, names keep their slash, strings are bytes."""
    stack, at = [[]], 0
    while True:
        match = TOKEN.match(data, at)
        if not match or match.end() == at:
            if data[at:].strip():
                raise ValueError(f"content not understood at {at}: {data[at:at + 30]!r}")
            return
        at = match.end()
        kind = match.lastgroup
        if kind == "open":
            value, at = literal(data, at)
            stack[-1].append(value)
        elif kind == "hex":
            digits = bytes(match["hex"][1:-1].translate(None, b" \r\n\t"))
            stack[-1].append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif kind == "number":
            stack[-1].append(float(match["number"]))
        elif kind == "name":
            stack[-1].append(match["name"].decode())
        elif kind in ("array", "dict"):
            if match[kind] in (b"[", b"<<"):
                stack.append([])
            else:
                done = stack.pop()
                stack[-1].append(done if kind == "array" else dict(zip(done[::2], done[1::2])))
        elif kind == "word":
            word = match["word"].decode()
            if len(stack) > 1:
                stack[-1].append(word)
                continue
            yield word, stack[0]
            stack = [[]]


# ---- fonts -----------------------------------------------------------------------------------------------------------

def cmap(data):
    """A ToUnicode CMap: code -> text."""
    out = {}
    decode = lambda digits: bytes.fromhex(digits.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
        for code, value in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            out[int(code, 16)] = decode(value)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
        for first, last, value in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = decode(value)
            for i in range(int(last, 16) - int(first, 16) + 1):
                out[int(first, 16) + i] = start[:-1] + chr(ord(start[-1]) + i)
    return out


def widths(file, cid_font):
    out, usual = {}, cid_font.get("/DW", 1000)
    array, i = file.get(cid_font, "/W") or [], 0
    while i < len(array):
        if isinstance(file.at(array[i + 1]), list):
            for n, width in enumerate(file.at(array[i + 1])):
                out[array[i] + n] = width
            i += 2
        else:
            for code in range(array[i], array[i + 1] + 1):
                out[code] = array[i + 2]
            i += 3
    return out, usual


def u16(data, at):
    return int.from_bytes(data[at:at + 2], "big")


def truetype_widths(data):
    """Advances in 1/1000 em, by glyph."""
    tables = {}
    for i in range(u16(data, 4)):
        entry = data[12 + 16 * i:28 + 16 * i]
        tables[entry[:4]] = data[int.from_bytes(entry[8:12], "big"):][:int.from_bytes(entry[12:16], "big")]
    em, longs, count = u16(tables[b"head"], 18), u16(tables[b"hhea"], 34), u16(tables[b"maxp"], 4)
    return [u16(tables[b"hmtx"], 4 * min(i, longs - 1)) * 1000 / em for i in range(count)]


def truetype_parts(data):
    """(glyph, a glyph that it is made of), of composite glyphs."""
    tables = {}
    for i in range(u16(data, 4)):
        entry = data[12 + 16 * i:28 + 16 * i]
        tables[entry[:4]] = data[int.from_bytes(entry[8:12], "big"):][:int.from_bytes(entry[12:16], "big")]
    long, count, loca, out = u16(tables[b"head"], 50), u16(tables[b"maxp"], 4), tables[b"loca"], []
    offsets = [int.from_bytes(loca[4 * i:4 * i + 4], "big") if long else 2 * u16(loca, 2 * i) for i in range(count + 1)]
    for glyph in range(count):
        program, at = tables[b"glyf"][offsets[glyph]:offsets[glyph + 1]], 10
        more = len(program) >= 10 and u16(program, 0) > 0x7FFF
        while more:
            flags, part = u16(program, at), u16(program, at + 2)
            out.append((glyph, part))
            at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
            more = flags & 0x20
    return out


def cff_index(data, at):
    count = u16(data, at)
    if count == 0:
        return [], at + 2
    size = data[at + 2]
    offsets = [int.from_bytes(data[at + 3 + i * size:at + 3 + (i + 1) * size], "big") for i in range(count + 1)]
    base = at + 3 + (count + 1) * size - 1
    return [data[base + offsets[i]:base + offsets[i + 1]] for i in range(count)], base + offsets[-1]


def cff_dict(data):
    out, operands, at = {}, [], 0
    while at < len(data):
        b = data[at]
        at += 1
        if b <= 21:
            if b == 12:
                b = 1200 + data[at]
                at += 1
            out[b], operands = operands, []
        elif b == 28:
            operands.append(int.from_bytes(data[at:at + 2], "big", signed=True))
            at += 2
        elif b == 29:
            operands.append(int.from_bytes(data[at:at + 4], "big", signed=True))
            at += 4
        elif b == 30:
            digits = ""
            while True:
                pair = (data[at] >> 4, data[at] & 15)
                at += 1
                digits += "".join("0123456789.EX -"[n].replace("X", "E-") if n < 15 else "" for n in pair)
                if 15 in pair:
                    break
            operands.append(float(digits))
        elif b <= 246:
            operands.append(b - 139)
        elif b <= 250:
            operands.append((b - 247) * 256 + data[at] + 108)
            at += 1
        else:
            operands.append(-(b - 251) * 256 - data[at] - 108)
            at += 1
    return out


def charstring_width(code, private):
    """The width a charstring begins with (Adobe Technical Note 5177, 3.1); None: it needs a subroutine to tell."""
    count, first, at = 0, None, 0
    usual, nominal = private.get(20, [0])[0], private.get(21, [0])[0]
    while at < len(code):
        b = code[at]
        at += 1
        if b == 28:
            value, at = int.from_bytes(code[at:at + 2], "big", signed=True), at + 2
        elif b == 255:
            value, at = int.from_bytes(code[at:at + 4], "big", signed=True) / 65536, at + 4
        elif b >= 251:
            value, at = -(b - 251) * 256 - code[at] - 108, at + 1
        elif b >= 247:
            value, at = (b - 247) * 256 + code[at] + 108, at + 1
        elif b >= 32:
            value = b - 139
        else:
            extra = {21: count > 2, 4: count > 1, 22: count > 1, 14: count in (1, 5)}.get(b)
            if b in (1, 3, 18, 23, 19, 20):
                extra = count % 2 == 1
            if extra is None:
                return None
            return nominal + first if extra else usual
        first = value if count == 0 else first
        count += 1
    return None


def cff_cids(data):
    """The CIDs of a CID-keyed CFF program, by glyph (Adobe Technical Note 5176, 13); None: it is not CID-keyed."""
    _, at = cff_index(data, data[2])
    top = cff_dict(cff_index(data, at)[0][0])
    count, at = len(cff_index(data, top[17][0])[0]), top.get(15, [0])[0]
    if 1230 not in top or at <= 2:
        return None
    form, at, out = data[at], at + 1, [0]
    while len(out) < count:
        first = u16(data, at)
        more = 0 if form == 0 else data[at + 2] if form == 1 else u16(data, at + 2)
        at += 2 + form
        out += range(first, first + more + 1)
    return out


def cff_widths(data):
    names, at = cff_index(data, data[2])
    tops, at = cff_index(data, at)
    top = cff_dict(tops[0])
    glyphs, _ = cff_index(data, top[17][0])
    def private_of(entries):
        size, offset = entries[18]
        return cff_dict(data[offset:offset + size])
    scale = 1000 * top.get(1207, [0.001])[0]
    if 1236 not in top:
        return [charstring_width(code, private_of(top)) * scale for code in glyphs]
    fonts = [private_of(cff_dict(entry)) for entry in cff_index(data, top[1236][0])[0]]
    select, choice = data[top[1237][0]:], []
    if select[0] == 0:
        choice = list(select[1:1 + len(glyphs)])
    else:
        for i in range(u16(select, 1)):
            choice += [select[5 + 3 * i]] * (u16(select, 6 + 3 * i) - u16(select, 3 + 3 * i))
    return [None if width is None else width * scale
            for width in (charstring_width(code, fonts[choice[i]]) for i, code in enumerate(glyphs))]
