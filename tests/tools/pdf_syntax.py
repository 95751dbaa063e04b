"""pdf_syntax: the bytes of a PDF as they stand -> what ISO 19005-3 6.1 does not allow: header, end, spacing of objects and streams, lengths,
cross-references, and each string, name and number of objects, object streams and page contents. No library reads the file before."""
import re
import zlib

FILTERS = {b"FlateDecode", b"ASCIIHexDecode", b"ASCII85Decode", b"RunLengthDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"DCTDecode", b"JPXDecode"}
TOKEN = re.compile(rb"""[\s\0]*(?:(?P<comment>%[^\r\n]*)|(?P<bracket><<|>>|\[|\])|<(?P<hex>[^>]*)>|(?P<open>\()|/(?P<name>[^\s\0()<>\[\]{}/%]*)|
    (?P<word>[^\s\0()<>\[\]{}/%]+))""", re.X)
NUMBER = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)$")
LITERAL = re.compile(rb"\\(?:\r\n|[0-7]{1,3}|.)|[()]|[^\\()]+", re.S)


class Fault(Exception):
    pass


class Ref(int):
    pass


class Name(bytes):
    pass


class Word(bytes):
    pass


class Tokens:
    """The values within a piece of PDF syntax; what no value may be goes to `fault`."""

    def __init__(self, data, at, fault):
        self.data, self.at, self.fault = data, at, fault

    def hex(self, digits):
        bare = re.sub(rb"[\s\0]", b"", digits)
        if re.search(rb"[^0-9A-Fa-f]", bare):
            self.fault("6.1.6-2", f"hex string <{bare[:20]!r}")
            return b""
        if len(bare) % 2:
            self.fault("6.1.6-1", f"hex string of {len(bare)} digits: {bare[:20]!r}")
        return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode())

    def literal(self):
        depth, out = 1, bytearray()
        for piece in LITERAL.finditer(self.data, self.at):
            text = piece[0]
            depth += (text == b"(") - (text == b")")
            if depth == 0:
                self.at = piece.end()
                return bytes(out)
            if text[:1] == b"\\":
                known = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
                text = bytes([int(text[1:], 8) & 255]) if text[1:2].isdigit() else known.get(text[1:], text[1:])
            out += text
        raise Fault("a string without end")

    def name(self, text):
        name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), text)
        if len(name) > 127:
            self.fault("6.1.13-4", f"name of {len(name)} bytes")
        try:
            name.decode("utf-8")
        except UnicodeDecodeError:
            self.fault("6.1.8-1", f"name {name[:20]!r} is not UTF-8")
        return Name(name)

    def number(self, text):
        value = float(text)
        if b"." not in text and not -2**31 <= int(text) < 2**31:
            self.fault("6.1.13-1", f"integer {text!r}")
        if b"." in text and not (value == 0 or 1.175e-38 <= abs(value) <= 3.403e38):
            self.fault("6.1.13-2", f"real {text!r}")
        return value if b"." in text else int(text)

    def string(self, value):
        if len(value) > 32767:
            self.fault("6.1.13-3", f"string of {len(value)} bytes")
        return value

    def next(self):
        """A value; Word for what is none; None at the end."""
        while True:
            match = TOKEN.match(self.data, self.at)
            if not match:
                if self.data[self.at:].strip(b"\0 \t\r\n\f"):
                    raise Fault(f"not understood: {self.data[self.at:self.at + 20]!r}")
                return None
            self.at = match.end()
            kind = match.lastgroup
            if kind == "comment":
                continue
            if kind == "hex":
                return self.string(self.hex(match["hex"]))
            if kind == "open":
                return self.string(self.literal())
            if kind == "name":
                return self.name(match["name"])
            if kind == "word":
                return self.number(match["word"]) if NUMBER.match(match["word"]) else Word(match["word"])
            if match["bracket"] in (b"]", b">>"):
                return Word(match["bracket"])
            return self.collection(b"]" if match["bracket"] == b"[" else b">>")

    def collection(self, close):
        out = []
        while True:
            value = self.next()
            if value is None:
                raise Fault("a bracket left open")
            if isinstance(value, Word) and value == close:
                break
            if isinstance(value, Word) and value == b"R":
                out[-2:] = [Ref(out[-2])]
                continue
            out.append(value)
        if close == b"]":
            return out
        if len(out) % 2 or not all(isinstance(key, Name) for key in out[::2]):
            raise Fault("a dictionary that is none")
        if len({bytes(key) for key in out[::2]}) != len(out) // 2:
            self.fault("ISO 32000-1 7.3.7", f"a key twice: {sorted(out[::2])}")
        return dict(zip((key.decode() for key in out[::2]), out[1::2]))


class File:
    def __init__(self, data):
        self.data, self.faults, self.objects, self.streams = data, [], {}, {}
        self.held, self.ends = {}, {}  # object -> (object stream, index); object -> where it ends
        try:
            self.whole()
        except (Fault, ValueError, IndexError, KeyError, TypeError, zlib.error) as trouble:
            self.fault("6.1", f"not readable: {trouble!r}")

    def fault(self, clause, words):
        self.faults.append(f"{clause}: {words}")

    def want(self, good, clause, words):
        if not good:
            self.fault(clause, words)
        return good

    def at(self, value):
        return self.objects.get(int(value)) if isinstance(value, Ref) else value

    def whole(self):
        data, want = self.data, self.want
        want(re.match(rb"%PDF-1\.[0-7](\r\n|\r|\n)%[\x80-\xff]{4}", data), "6.1.2", "header")
        tail = re.search(rb"startxref\r?\n(\d+)\r?\n%%EOF(\r\n|\r|\n)?$", data)
        want(tail, "6.1.3-3", "the end, or what follows it")
        want(data.count(b"%%EOF") == 1 and data.count(b"startxref") == 1, "6.1.3", "more than one end")
        start = int((tail or re.search(rb"startxref\s+(\d+)", data))[1])
        if data.startswith(b"xref", start):
            offsets = self.table(start)
        else:
            offsets = {}
            number = int(re.match(rb"\d+", data[start:])[0])
            self.top_object(number, start)
            offsets = self.rows(self.objects[number], self.unpacked(number))
        for number, offset in sorted(offsets.items(), key=lambda item: item[1]):
            if number not in self.objects:
                self.top_object(number, offset)
        for number in list(self.streams):
            self.stream_checks(number)
        self.covered(offsets, start)
        packed = {}
        for number, (holder, index) in self.held.items():
            packed.setdefault(holder, {})[index] = number
        for holder, numbers in packed.items():
            self.object_stream(holder, numbers)
        want(len(self.objects) <= 8388607, "6.1.13-7", "objects")
        self.trailer_checks()
        for value in list(self.objects.values()):
            if isinstance(value, dict) and value.get("Type") == b"Page":
                contents = self.at(value.get("Contents"))
                for ref in contents if isinstance(contents, list) else [value.get("Contents")]:
                    self.content(int(ref))

    def table(self, start):
        """A cross-reference table (what fix-qdf writes)."""
        match = re.match(rb"xref(\r\n|\r|\n)0 (\d+)(\r\n|\r|\n)", self.data[start:])
        self.want(match, "6.1.4-2", "xref and its subsection")
        count, at, out = int(match[2]), start + match.end(), {}
        for i in range(count):
            row = self.data[at + 20 * i:at + 20 * i + 20]
            self.want(re.match(rb"\d{10} \d{5} [nf]( \n| \r|\r\n)$", row), "6.1.4", f"row {row!r}")
            if row[17:18] == b"n":
                out[i] = int(row[:10])
        tokens = Tokens(self.data, self.data.index(b"trailer", at + 20 * count) + 7, self.fault)
        self.trailer = tokens.next()
        return out

    def rows(self, head, data):
        """A cross-reference stream."""
        widths, size, out = head["W"], head["Size"], {}
        self.trailer = head
        self.want("Prev" not in head and "Index" not in head, "6.1.4", "a cross-reference stream of parts")
        step = sum(widths)
        self.want(len(data) == step * size, "6.1.4", f"{len(data)} bytes of {size} rows")
        for number in range(size):
            row, fields, at = data[number * step:(number + 1) * step], [], 0
            for width in widths:
                fields.append(int.from_bytes(row[at:at + width], "big"))
                at += width
            if fields[0] == 1:
                out[number] = fields[1]
            elif fields[0] == 2:
                self.held[number] = fields[1], fields[2]
            else:
                self.want(fields[0] == 0, "6.1.4", f"row of type {fields[0]}")
        return out

    def top_object(self, number, offset):
        data, want = self.data, self.want
        head = re.compile(rb"%d 0 obj(\r\n|\r|\n)" % number).match(data, offset)
        if not want(head and data[offset - 1:offset] in (b"\r", b"\n"), "6.1.9-1", f"object {number}: {data[offset - 1:offset + 12]!r}"):
            head = re.compile(rb"\s*%d\s+0\s+obj\s*" % number).match(data, offset)
            if not head:
                raise Fault(f"object {number} is not at {offset}")
        tokens = Tokens(data, head.end(), self.fault)
        value = tokens.next()
        if isinstance(value, int) and re.match(rb"\s+\d+\s+R\b", data[tokens.at:tokens.at + 20]):
            raise Fault(f"object {number} is a reference")
        self.objects[number] = value
        after = re.compile(rb"\s*stream(\r\n|\n|\r|)").match(data, tokens.at)
        if after:
            want(after[1] in (b"\r\n", b"\n"), "6.1.7-2", f"stream {number}: after the keyword {after[1]!r}")
            self.streams[number] = after.end()
        else:
            end = re.compile(rb"[ \t]*(\r\n|\r|\n)endobj(\r\n|\r|\n)").match(data, tokens.at)
            want(end, "6.1.9-1", f"object {number}: its end {data[tokens.at:tokens.at + 12]!r}")
            if end:
                self.ends[number] = end.end()

    def raw(self, number):
        length = self.at(self.objects[number].get("Length"))
        return self.data[self.streams[number]:self.streams[number] + length]

    def stream_checks(self, number):
        head, want, start = self.objects[number], self.want, self.streams[number]
        length = self.at(head.get("Length"))
        if not want(isinstance(length, int), "6.1.7-1", f"stream {number}: no Length"):
            return
        end = re.compile(rb"(\r\n|\n|\r)endstream(\r\n|\r|\n)endobj(\r\n|\r|\n)").match(self.data, start + length)
        if not end:
            loose = re.compile(rb"\s*endstream\s*endobj\s*").match(self.data, start + length)
            want(loose, "6.1.7-1", f"stream {number}: Length {length}")
            want(not loose, "6.1.9-1" if re.match(rb"[\r\n]+endstream", self.data[start + length:]) else "6.1.7-2",
                 f"stream {number}: its end {self.data[start + length:start + length + 20]!r}")
            end = loose
        if end:
            self.ends[number] = end.end()
        for key in ("F", "FFilter", "FDecodeParms"):
            want(key not in head, "6.1.7-3", f"stream {number}: {key}")
        filters = head.get("Filter", [])
        for each in filters if isinstance(filters, list) else [filters]:
            want(bytes(each) in FILTERS, "6.1.7-4", f"stream {number}: {each!r}")

    def unpacked(self, number):
        head, data = self.objects[number], self.raw(number)
        if head.get("Filter") == b"FlateDecode":
            unpacker = zlib.decompressobj()
            data = unpacker.decompress(data)
            self.want(unpacker.eof and not unpacker.unused_data, "6.1.7-1", f"stream {number}: bytes after its data")
            parms = head.get("DecodeParms")
            if parms and parms.get("Predictor", 1) > 1:
                step, out, before = parms["Columns"] + 1, bytearray(), bytes(parms["Columns"])
                for at in range(0, len(data), step):
                    before = bytes((a + b) & 255 for a, b in zip(data[at + 1:at + step], before)) if data[at] == 2 else data[at + 1:at + step]
                    out += before
                data = bytes(out)
        return data

    def covered(self, offsets, start):
        """Nothing but objects between the header and the end (comments and blanks do)."""
        places = sorted(offsets.values()) + ([start] if start not in offsets.values() else [])
        numbers = {offset: number for number, offset in offsets.items()}
        for i, place in enumerate(places[:-1]):
            end = self.ends.get(numbers.get(place))
            if end is not None:
                between = re.sub(rb"%[^\r\n]*", b"", self.data[end:places[i + 1]]).strip()
                self.want(not between, "6.1", f"between objects: {between[:20]!r}")

    def object_stream(self, holder, numbers):
        head, want = self.objects.get(holder), self.want
        if not want(isinstance(head, dict) and head.get("Type") == b"ObjStm", "6.1.4", f"{holder} is no object stream"):
            return
        plain = self.unpacked(holder)
        count, first = head["N"], head["First"]
        pairs = [int(n) for n in plain[:first].split()]
        want(len(pairs) == 2 * count and set(numbers) == set(range(count)), "6.1.4", f"object stream {holder}: {count} objects")
        for index in range(count):
            number, offset = pairs[2 * index], pairs[2 * index + 1]
            want(numbers.get(index) == number, "6.1.4", f"object stream {holder}: number {number} at {index}")
            end = first + pairs[2 * index + 3] if index + 1 < count else len(plain)
            tokens = Tokens(plain[:end], first + offset, self.fault)
            self.objects[number] = tokens.next()
            want(tokens.next() is None, "6.1.4", f"object stream {holder}: more than object {number}")

    def trailer_checks(self):
        want, trailer = self.want, self.trailer
        ids = self.at(trailer.get("ID"))
        want(isinstance(ids, list) and len(ids) == 2 and all(len(each) >= 16 for each in ids), "6.1.3-1", "ID")
        want("Encrypt" not in trailer, "6.1.3-2", "Encrypt")
        for key in ("Root", "Info"):
            want(isinstance(self.at(trailer.get(key)), dict), "6.1.3", key)

    def content(self, number):
        tokens = Tokens(self.unpacked(number), 0, self.fault)
        while tokens.next() is not None:
            pass
