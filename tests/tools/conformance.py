#!/usr/bin/env python3
"""conformance.py FILE.pdf [--press] [--text] [--like OTHER.pdf]: the clauses of ISO 19005-3 level A, ISO 14289-1 and ISO 32000-1 that a
notice can break, checked one by one, over the bytes themselves (pdf_syntax.py) and over the file as qpdf reads it; with --press those of
ISO 15930-7. Each fault is a line with its clause; none: a line of counts. --text prints the text in the order of the structure tree instead.
--like: both must be editions of one content.

Numbers after the hyphen are those of the rules that validators of these standards use. What our files never hold is refused outright, which
covers its clauses; so they are no gap:
  19005-3  6.1.2-1,2 6.1.3-1,2,3 6.1.4-2 6.1.6-1,2 6.1.7-1..4 6.1.8 6.1.9 6.1.13-1..5,7,8,10,11                    pdf_syntax.py, content, boxes
           6.1.10 6.1.13-9 6.2.4.2 6.2.4.4 6.2.5 6.2.6 6.2.8 6.2.9 6.2.10  no image, form, Separation, pattern, intent, transparency, state
           6.1.12 6.4 6.5.2 6.9 6.10 6.11                                  keys of catalog and page that may be there
           6.2.2-1,2 6.2.3-1,2,3 6.2.4.3-2..4                              operators, own resources, output intent, colours
           6.2.11.2 6.2.11.3-1..5 6.2.11.4-1..4 6.2.11.5 6.2.11.6 6.2.11.7-1..3 6.2.11.8
                                                                           Type0 with Identity-H alone; programs, widths, CIDSet, ToUnicode
           6.3.1 6.3.2 6.3.3 6.5.1                                         Link annotations without action or appearance
           6.6.2.1-1..5 6.6.2.3-1..7 6.6.3 6.6.4-1..4                      conformance_xmp.py
           6.7.2 6.7.3-1,2 6.7.4 6.8-1..4                                  structure, language, embedded files
  14289-1  5-1,2 7.1-1..10 7.2-2..15,17..24,26,27,29..34,36..38,41..43 7.3 7.4.2 7.4.4 7.5 7.9 7.11 7.16 7.18.1..5 7.20 7.21.3..8
           no forms (7.18.4, 7.15), media (7.18.6), formulas (7.7: a rate in a sentence is text)
What no machine can tell (that the order of the tree is the order of sense, that an artifact is none) is held by comparing text and tree with the
page list, in verify.sh and identity.sh."""
import hashlib
import json
import re
import subprocess
import sys

import pdf_objects
import pdf_syntax
from conformance_tags import LANGUAGE, Tags
from conformance_xmp import Metadata
from pdf_objects import Stream, text

PAINTING = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "BI"}
KNOWN = {"f", "Tj", "TJ"} | set("q Q cm gs w re m l h n BT ET Tf Td TD Tm T* Tc Tw Ts Tz TL Tr BMC BDC EMC g rg k cs scn".split())
CATALOG = {"/Type", "/Pages", "/Outlines", "/PageMode", "/PageLabels", "/PageLayout", "/MarkInfo", "/Lang", "/Metadata", "/StructTreeRoot",
           "/ViewerPreferences", "/OutputIntents", "/Names", "/AF"}
PAGE = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/Resources", "/Contents", "/Rotate", "/StructParents", "/Tabs", "/Annots"}


class Checker(Tags, Metadata):
    def __init__(self, path, press):
        self.path, self.press, self.faults = path, press, []
        self.fonts, self.counts = {}, {"pages": 0, "glyphs": 0, "elements": 0, "tables": 0, "cells": 0, "links": 0}
        self.marks = {}  # (page index, MCID) -> text, as the content runs
        self.mark_tags = {}  # -> type
        self.colours = set()
        self.objects_tied, self.parents = {}, {}

    def fault(self, clause, words):
        self.faults.append(f"{clause}: {words}")

    def want(self, good, clause, words):
        if not good:
            self.fault(clause, words)
        return good

    # ---- fonts ----------------------------------------------------------------------------------------------------

    def font(self, ref):
        if ref in self.fonts:
            return self.fonts[ref]
        file, want = self.file, self.want
        font = file.objects[ref]
        name = font["/BaseFont"]
        want(font["/Subtype"] == "/Type0" and font["/Encoding"] == "/Identity-H", "6.2.11.3-1", f"{name} is not Type0 with Identity-H")
        cid = file.at(file.at(font["/DescendantFonts"])[0])
        system, descriptor = file.get(cid, "/CIDSystemInfo"), file.get(cid, "/FontDescriptor")
        want(font.get("/Type") == cid.get("/Type") == "/Font" and descriptor.get("/Type") == "/FontDescriptor", "6.2.11.2-1", f"{name}: Type")
        want(cid["/Subtype"] in ("/CIDFontType0", "/CIDFontType2") and cid["/BaseFont"] == name.removesuffix("-Identity-H"), "6.2.11.2-2", f"{name}: descendant")
        want(sum(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")) == 1, "6.2.11.4-1", f"{name}: font programs")
        want(text(system["/Ordering"]) == "Identity" and text(system["/Registry"]) == "Adobe", "6.2.11.3-1", f"{name}: CIDSystemInfo")
        want(re.fullmatch(r"/[A-Z]{6}\+.+", name), "ISO 32000-1 9.6.4", f"{name}: no subset tag")
        want(descriptor["/FontName"] == cid["/BaseFont"], "ISO 32000-1 9.8.1", f"{name}: FontName differs from BaseFont")
        for key in ("/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV"):
            want(key in descriptor, "6.2.11.2", f"{name}: descriptor without {key}")
        if cid["/Subtype"] == "/CIDFontType2":
            want(cid.get("/CIDToGIDMap") == "/Identity", "6.2.11.3-2", f"{name}: CIDToGIDMap")
            program = file.get(descriptor, "/FontFile2")
            want(program and program.dict.get("/Length1") == len(program.data), "ISO 32000-1 9.9", f"{name}: Length1")
            inside = pdf_objects.truetype_widths(program.data)
            for glyph, part in pdf_objects.truetype_parts(program.data):
                want(part < len(inside), "6.2.11.4-2", f"{name}: glyph {glyph} is made of glyph {part} that is not there")
        else:
            program = file.get(descriptor, "/FontFile3")
            want(program and program.dict["/Subtype"] == "/CIDFontType0C", "6.2.11.4-1", f"{name}: FontFile3 is not CIDFontType0C")
            inside = pdf_objects.cff_widths(program.data)
            want(pdf_objects.cff_cids(program.data) == list(range(len(inside))), "6.2.11.4-2", f"{name}: CIDs are not the glyphs' numbers")
        told, usual = pdf_objects.widths(file, cid)
        for code, width in enumerate(inside):
            if want(width is not None, "6.2.11.5", f"{name}: no width of glyph {code}"):
                want(abs(told.get(code, usual) - width) <= 0.5, "6.2.11.5", f"{name}: glyph {code} is {width} wide, /W says {told.get(code, usual)}")
        bits = file.get(descriptor, "/CIDSet")
        if bits:
            there = {i for i in range(8 * len(bits.data)) if bits.data[i // 8] >> (7 - i % 8) & 1}
            want(there == set(range(len(inside))), "6.2.11.4-4", f"{name}: CIDSet is not the glyphs of the program")
        mapping = file.get(font, "/ToUnicode")
        if not want(isinstance(mapping, Stream), "6.2.11.7-1", f"{name}: no ToUnicode"):
            self.fonts[ref] = (name, {}, len(inside))
            return self.fonts[ref]
        want(b"usecmap" not in mapping.data, "6.2.11.3-5", f"{name}: ToUnicode refers to another CMap")
        want(re.search(rb"begincodespacerange\s*<0000>\s*<FFFF>\s*endcodespacerange", mapping.data), "ISO 32000-1 9.10.3", f"{name}: code space")
        for count, kind, block in re.findall(rb"(\d+) begin(bfchar|bfrange)\s(.*?)end\2", mapping.data, re.S):
            want(int(count) == len(block.split(b"\n")) - 1 <= 100, "ISO 32000-1 9.10.3", f"{name}: a block of {count!r} {kind!r}")
        unicode_map = pdf_objects.cmap(mapping.data)
        want(all(len(value.encode("utf-16-be")) <= 512 for value in unicode_map.values()), "ISO 32000-1 9.10.3", f"{name}: a code's text is too long")
        for code, value in unicode_map.items():
            want(value and not set(value) & {"\0", "\ufeff", "\ufffe"}, "6.2.11.7-2", f"{name}: code {code} maps to {value!r}")
        self.fonts[ref] = (name, unicode_map, len(inside))
        return self.fonts[ref]

    # ---- content --------------------------------------------------------------------------------------------------

    def show(self, page, font, codes, marks):
        name, unicode_map, count = font
        actual = next((mark for mark in marks if mark[0] == "actual"), None)
        shown = ""
        for at in range(0, len(codes), 2):
            code = pdf_objects.u16(codes, at)
            self.counts["glyphs"] += 1
            self.want(0 < code < count, "6.2.11.8-1", f"page {page + 1}: {name} shows code {code}")
            if self.want(code in unicode_map, "6.2.11.7-1", f"page {page + 1}: {name} code {code} has no Unicode"):
                value = unicode_map[code]
                private = any(0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 for c in value)
                self.want(not private or actual, "6.2.11.7-3", f"page {page + 1}: {value!r} without ActualText")
                shown += value
        owner = next((mark for mark in reversed(marks) if mark[0] == "id"), None)
        if owner and not actual:
            self.marks[page, owner[1]] = self.marks.get((page, owner[1]), "") + shown

    def content(self, page, index):
        file, want = self.file, self.want
        contents = file.get(page, "/Contents")
        streams = contents if isinstance(contents, list) else [contents]
        resources = file.at(page.get("/Resources", {}))
        want("/Resources" in page, "6.2.2-2", f"page {index + 1}: resources are inherited")
        named = lambda kind, name: want(name in (file.get(resources, kind) or {}), "6.2.2-2", f"page {index + 1}: {kind} {name} is not its own")
        marks, depth, font, tagged = [], 0, None, "/StructTreeRoot" in file.root
        for operator, operands in pdf_objects.operators(b"\n".join(file.at(s).data for s in streams)):
            want(operator in KNOWN, "6.2.2-1", f"page {index + 1}: operator {operator}")
            if operator in ("q", "Q"):
                depth += 1 if operator == "q" else -1
                want(0 <= depth <= 28, "6.1.13-8", f"page {index + 1}: q nested {depth}")
            elif operator == "Tf":
                font = self.font(file.get(resources, "/Font")[operands[0]]) if named("/Font", operands[0]) else None
            elif operator in ("BDC", "BMC"):
                kind = ("artifact",) if operands[0] == "/Artifact" else ("other",)
                properties = operands[1] if operator == "BDC" else {}
                if "/MCID" in properties:
                    kind = ("id", int(properties["/MCID"]))
                    self.mark_tags[index, kind[1]] = operands[0][1:]
                    want((index, kind[1]) not in self.marks, "ISO 32000-1 14.7.4.2", f"page {index + 1}: MCID {kind[1]} twice")
                    self.marks[index, kind[1]] = ""
                    want(not any(m[0] == "artifact" for m in marks), "7.1-2", f"page {index + 1}: MCID {kind[1]} within an artifact")
                    want(not any(m[0] == "id" for m in marks), "ISO 32000-1 14.7.4.2", f"page {index + 1}: MCID within another")
                elif "/ActualText" in properties:
                    kind = ("actual", properties["/ActualText"])
                    owner = next((m for m in reversed(marks) if m[0] == "id"), None)
                    if owner:
                        self.marks[index, owner[1]] += properties["/ActualText"][2:].decode("utf-16-be")
                elif kind[0] == "artifact":
                    want(not any(m[0] == "id" for m in marks), "7.1-1", f"page {index + 1}: artifact within tagged content")
                if "/Lang" in properties:
                    want(re.fullmatch(LANGUAGE, properties["/Lang"].decode()), "7.2-29", f"page {index + 1}: a sequence's Lang")
                marks.append(kind)
            elif operator == "EMC":
                if want(marks, "ISO 32000-1 14.6", f"page {index + 1}: EMC without BDC"):
                    marks.pop()
            elif operator in ("rg", "g", "k", "scn", "cs", "gs"):
                self.colours.add((operator, *operands))
                if operator in ("gs", "cs"):
                    named("/ExtGState" if operator == "gs" else "/ColorSpace", operands[0])
            elif operator in PAINTING:
                if tagged:
                    want(any(m[0] in ("id", "artifact") for m in marks), "7.1-3", f"page {index + 1}: {operator} neither tagged nor artifact")
                for operand in operands if operator == "Tj" else operands[0] if operator == "TJ" else []:
                    if isinstance(operand, bytes):
                        self.show(index, font, operand, marks)
        want(not marks and depth == 0, "ISO 32000-1 14.6", f"page {index + 1}: brackets left open")

    def intent(self, wanted, kind, space):
        file, want = self.file, self.want
        intents = file.get(file.root, "/OutputIntents") or []
        if not want(len(intents) == 1, "6.2.3-2", f"{len(intents)} output intents"):
            return
        intent = file.at(intents[0])
        profile = file.get(intent, "/DestOutputProfile")
        want(intent["/S"] == wanted and text(intent.get("/OutputConditionIdentifier")), "6.2.3-1", "output intent")
        want(profile.data[12:16] in kind and profile.data[16:20] == space and profile.data[8] <= 4 and profile.data[36:40] == b"acsp" and
             int.from_bytes(profile.data[:4], "big") == len(profile.data), "6.2.3-1", "ICC profile")
        want("/DestOutputProfileRef" not in intent, "6.2.3-3", "DestOutputProfileRef")
        want(profile.dict["/N"] == (4 if space == b"CMYK" else 3), "6.2.4.2", "/N of the profile")

    # ---- the rest -------------------------------------------------------------------------------------------------

    def attachments(self):
        file, want = self.file, self.want
        tree = file.get(file.root, "/Names", "/EmbeddedFiles")
        want(set(file.get(file.root, "/Names") or {}) <= {"/EmbeddedFiles"}, "6.10-1", "names of something else")
        associated = file.get(file.root, "/AF") or []
        files = file.tree(tree, "/Names") if tree else []
        want([name for name, _ in files] == sorted({name for name, _ in files}), "ISO 32000-1 7.9.6", "attachments out of order")
        want({value for _, value in files} == set(associated), "6.8-4", "/AF and /EmbeddedFiles name different files")
        for name, ref in files:
            entry = file.at(ref)
            want(entry.get("/Type") == "/Filespec" and text(entry.get("/F")) and entry.get("/F") == entry.get("/UF") == name, "6.8-2", f"{name}: F and UF")
            want(text(entry.get("/Desc")), "ISO 32000-1 7.11.3", f"{name}: no description")
            want(entry.get("/AFRelationship") in ("/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"), "6.8-3", f"{name}: AFRelationship")
            want(file.at(entry["/EF"]).get("/F") == file.at(entry["/EF"]).get("/UF"), "6.8-2", f"{name}: EF")
            self.embedded(name, file.get(entry, "/EF", "/F"))

    def embedded(self, name, stream):
        want = self.want
        mime = re.sub("#(..)", lambda m: chr(int(m[1], 16)), stream.dict.get("/Subtype", "")[1:])
        want(stream.dict.get("/Type") == "/EmbeddedFile" and re.fullmatch(r"[-\w+.]+/[-\w+.]+", mime), "6.8-1", f"{name}: MIME type {mime}")
        params = self.file.at(stream.dict.get("/Params", {}))
        want(params.get("/Size") == len(stream.data), "ISO 32000-1 7.11.4", f"{name}: Size")
        want(params.get("/CheckSum", "b:")[2:] == hashlib.md5(stream.data).hexdigest(), "ISO 32000-1 7.11.4", f"{name}: CheckSum")
        for key in ("/CreationDate", "/ModDate"):
            want(key not in params or re.fullmatch(r"D:\d{14}([+-]\d\d'\d\d'|Z)", text(params[key])), "ISO 32000-1 7.9.4", f"{name}: {key}")
        if mime == "application/json":
            json.loads(stream.data)
        elif mime == "application/jsonl":
            [json.loads(line) for line in stream.data.splitlines()]
        stream.data.decode("utf-8")

    def catalog(self):
        file, want, root = self.file, self.want, self.file.root
        clauses = {"/AA": "6.5.2-1", "/AcroForm": "6.4", "/OCProperties": "6.9", "/Requirements": "6.11-1", "/NeedsRendering": "6.4.2-2", "/Perms": "6.1.12-1",
                   "/OpenAction": "6.5.1-1"}
        for key in set(root) - CATALOG:
            self.fault(clauses.get(key, "ISO 32000-1 7.7.2"), f"catalog has {key}")
        want(root.get("/Type") == "/Catalog", "ISO 32000-1 7.7.2", "the catalog's Type")
        marks = file.get(root, "/MarkInfo") or {}
        want(self.press or marks.get("/Marked") is True, "6.7.2-1", "MarkInfo")
        want(marks.get("/Suspects", False) is False, "7.1-4", "Suspects")
        want(self.press or re.fullmatch(LANGUAGE, text(root.get("/Lang")) or ""), "6.7.4-1", "Lang")
        want(self.press or file.get(root, "/ViewerPreferences", "/DisplayDocTitle") is True, "7.1-10", "DisplayDocTitle")
        for index, page in enumerate(file.pages):
            for key in set(page) - PAGE:
                self.fault({"/AA": "6.5.2-2", "/PresSteps": "6.10-2", "/Group": "6.2.10-2"}.get(key, "ISO 32000-1 7.7.3"), f"page {index + 1} has {key}")
            for state in (file.get(page, "/Resources", "/ExtGState") or {}).values():
                want(set(file.at(state)) <= {"/Type", "/OP", "/op", "/OPM"}, "6.2.5", f"page {index + 1}: a state has {sorted(file.at(state))}")
            want(not set(file.get(page, "/Resources") or {}) - {"/Font", "/ExtGState", "/ColorSpace"}, "6.2", f"page {index + 1}: resources of another kind")

    def whole(self):
        with open(self.path, "rb") as source:
            self.faults += pdf_syntax.File(source.read()).faults
        try:
            self.file = pdf_objects.File(self.path)
            self.checks()
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, AssertionError, RecursionError, subprocess.CalledProcessError) as trouble:
            self.fault("not readable", repr(trouble)[:200])

    def checks(self):
        file, want = self.file, self.want
        want(file.bytes.startswith(b"%PDF-1.6\n%" if self.press else b"%PDF-1.7\n%"), "6.1.2-1", "header")
        self.catalog()
        for ref, value in file.objects.items():
            if isinstance(value, Stream):
                want(value.dict.get("/Type") != "/XObject", "6.2.9", f"{ref} is an XObject")
                want(value.dict.get("/Type") != "/Metadata" or ref == file.root.get("/Metadata"), "6.6.2.1", f"{ref}: metadata of something else")
        for index, page in enumerate(file.pages):
            self.counts["pages"] += 1
            self.boxes(page, index)
            self.content(page, index)
        self.metadata()
        self.claims()
        self.outline()
        if self.press:
            self.press_checks()
            return
        self.intent("/GTS_PDFA1", (b"mntr", b"prtr"), b"RGB ")
        for operator, *operands in self.colours:
            want(operator in ("g", "rg") and all(0 <= each <= 1 for each in operands), "6.2.4.3", f"colour {operator} {operands}")
        self.structure()
        for index, page in enumerate(file.pages):
            self.annotations(page, index)
        want(set(self.objects_tied) == {ref for page in file.pages for ref in file.get(page, "/Annots") or []}, "7.18.5-1", "annotations and the tree's")
        self.attachments()

    def press_checks(self):
        file, want = self.file, self.want
        self.intent("/GTS_PDFX", (b"prtr",), b"CMYK")
        for operator, *operands in self.colours:
            good = (operator == "k" and operands in ([0, 0, 0, 1], [0, 1, 1, 0])) or (operator in ("cs", "scn", "gs"))
            want(good, "X-4 6.2.4", f"colour {operands} {operator}")
        want(("gs", "/GK") in self.colours, "K-only", "black does not overprint")
        want(len(file.pages) % 2 == 0, "press", "an odd number of pages")
        want("/Names" not in file.root and "/AF" not in file.root, "press", "attachments")
        if "/StructTreeRoot" in file.root:
            self.structure()

    def boxes(self, page, index):
        want = self.want
        media, trim, bleed = page["/MediaBox"], page.get("/TrimBox"), page.get("/BleedBox")
        inside = lambda a, b: a and b and all(x >= y - 1e-3 for x, y in zip(a[:2], b[:2])) and all(x <= y + 1e-3 for x, y in zip(a[2:], b[2:]))
        for box in filter(None, (media, trim, bleed, page.get("/CropBox"))):
            want(all(3 <= box[i + 2] - box[i] <= 14400 for i in (0, 1)), "6.1.13-11", f"page {index + 1}: a box of {box}")
        want(inside(trim, media) and page.get("/Rotate", 0) % 90 == 0, "ISO 32000-1 14.11.2", f"page {index + 1}: TrimBox")
        if self.press:
            want(inside(trim, bleed) and inside(bleed, media) and "/ArtBox" not in page and "/CropBox" not in page, "X-4 6.12",
                 f"page {index + 1}: boxes")
            want("/Annots" not in page, "X-4 6.17", f"page {index + 1}: annotations")
            want("/Group" not in page, "X-4 6.9", f"page {index + 1}: transparency")


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    checker = Checker(arguments[0], "--press" in sys.argv)
    checker.whole()
    if "--text" in sys.argv:
        print("\n".join(checker.marks[mark] for mark in checker.order))
    if "--like" in sys.argv:
        other = Checker(arguments[1], not checker.press)
        other.file = pdf_objects.File(other.path)
        other.metadata()
        for (space, name), value in other.xmp.items():
            if name in ("ContentHash", "DataHash", "PackHash", "DocumentID") and checker.xmp.get((space, name)) != value:
                checker.fault("editions", f"{name} differs")
        if checker.xmp.get(("http://ns.adobe.com/xap/1.0/mm/", "InstanceID")) == other.xmp.get(("http://ns.adobe.com/xap/1.0/mm/", "InstanceID")):
            checker.fault("editions", "both are the same instance")
    for fault in checker.faults[:40]:
        print(fault, file=sys.stderr)
    if checker.faults:
        sys.exit(f"{len(checker.faults)} faults")
    if "--text" not in sys.argv:
        print(", ".join(f"{count} {name}" for name, count in checker.counts.items()))


if __name__ == "__main__":
    main()
