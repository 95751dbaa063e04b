#!/usr/bin/env python3
"""conformance.py FILE.pdf [--press] [--text] [--like OTHER.pdf]: the clauses of ISO 19005-3 level A, ISO 14289-1 and ISO 32000-1 that a
notice can break, checked one by one over the file as qpdf reads it; with --press those of ISO 15930-7. Each fault is a line with its
clause; none: a line of counts. --text prints the text in the order of the structure tree instead. --like: both must be editions of one
content. It is no validator of any PDF: what our files never hold (pictures, forms, transparency) is refused outright."""
import re
import sys
import xml.etree.ElementTree as xml

import pdf_objects
from pdf_objects import Stream, text

STANDARD = set("Document Part Sect Div H1 H2 H3 H4 H5 H6 P TOC TOCI Table THead TBody TFoot TR TH TD Caption Note Link Span Figure L LI"
               " Lbl LBody Reference Art BlockQuote Index".split())
KIDS = {"Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"},
        "TOC": {"TOCI", "TOC", "Caption"}, "L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"}}
PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"},
           "TOCI": {"TOC"}}
PAINTING = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "BI"}
KNOWN = PAINTING | set("q Q cm gs w re m l h n BT ET Tf Td TD Tm T* Tc Tw Ts Tz TL Tr BMC BDC EMC g G rg RG k K cs CS sc scn SC SCN".split())
XMP = {"http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/pdf/1.3/",
       "http://ns.adobe.com/xap/1.0/mm/", "http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfa/ns/extension/"}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


class Checker:
    def __init__(self, path, press):
        self.file, self.press, self.faults = pdf_objects.File(path), press, []
        self.fonts, self.counts = {}, {"pages": 0, "glyphs": 0, "elements": 0, "tables": 0, "cells": 0, "links": 0}
        self.marks = {}  # (page index, MCID) -> text
        self.colours = set()

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
        want(font["/Subtype"] == "/Type0" and font["/Encoding"] == "/Identity-H", "6.2.11.3", f"{name} is not Type0 with Identity-H")
        cid = file.at(file.at(font["/DescendantFonts"])[0])
        system, descriptor = file.get(cid, "/CIDSystemInfo"), file.get(cid, "/FontDescriptor")
        want(text(system["/Ordering"]) == "Identity" and text(system["/Registry"]) == "Adobe", "6.2.11.3.1", f"{name}: CIDSystemInfo")
        want(re.fullmatch(r"/[A-Z]{6}\+.+", name), "ISO 32000-1 9.6.4", f"{name}: no subset tag")
        want(descriptor["/FontName"] == cid["/BaseFont"], "ISO 32000-1 9.8.1", f"{name}: FontName differs from BaseFont")
        for key in ("/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV"):
            want(key in descriptor, "6.2.11.2", f"{name}: descriptor without {key}")
        if cid["/Subtype"] == "/CIDFontType2":
            want(cid.get("/CIDToGIDMap") == "/Identity", "6.2.11.3.2", f"{name}: CIDToGIDMap")
            program = file.get(descriptor, "/FontFile2")
            inside = pdf_objects.truetype_widths(program.data)
        else:
            program = file.get(descriptor, "/FontFile3")
            want(program and program.dict["/Subtype"] == "/CIDFontType0C", "6.2.11.4.1", f"{name}: FontFile3 is not CIDFontType0C")
            inside = pdf_objects.cff_widths(program.data)
        told, usual = pdf_objects.widths(file, cid)
        for code, width in enumerate(inside):
            if want(width is not None, "6.2.11.5", f"{name}: no width of glyph {code}"):
                want(abs(told.get(code, usual) - width) <= 0.5, "6.2.11.5", f"{name}: glyph {code} is {width} wide, /W says {told.get(code, usual)}")
        bits = file.get(descriptor, "/CIDSet")
        if bits:
            there = {i for i in range(8 * len(bits.data)) if bits.data[i // 8] >> (7 - i % 8) & 1}
            want(there == set(range(len(inside))), "6.2.11.4.2", f"{name}: CIDSet is not the glyphs of the program")
        unicode_map = pdf_objects.cmap(file.get(font, "/ToUnicode").data)
        for code, value in unicode_map.items():
            want(value and not set(value) & {"\0", "\ufeff", "\ufffe"}, "6.2.11.7.2", f"{name}: code {code} maps to {value!r}")
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
            self.want(0 < code < count, "6.2.11.8", f"page {page + 1}: {name} shows code {code}")
            if self.want(code in unicode_map, "6.2.11.7.2", f"page {page + 1}: {name} code {code} has no Unicode"):
                value = unicode_map[code]
                private = any(0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 for c in value)
                self.want(not private or actual, "6.2.11.7.3", f"page {page + 1}: {value!r} without ActualText")
                shown += value
        owner = next((mark for mark in reversed(marks) if mark[0] == "id"), None)
        if owner and not actual:
            self.marks[page, owner[1]] = self.marks.get((page, owner[1]), "") + shown

    def content(self, page, index):
        file, want = self.file, self.want
        contents = file.get(page, "/Contents")
        streams = contents if isinstance(contents, list) else [contents]
        resources = file.inherited(page, "/Resources") or {}
        marks, depth, font, tagged = [], 0, None, "/StructTreeRoot" in file.root
        for operator, operands in pdf_objects.operators(b"\n".join(file.at(s).data for s in streams)):
            want(operator in KNOWN, "6.2.2", f"page {index + 1}: operator {operator}")
            if operator in ("q", "Q"):
                depth += 1 if operator == "q" else -1
                want(0 <= depth <= 28, "6.1.13", f"page {index + 1}: q nested {depth}")
            elif operator == "Tf":
                ref = file.at(resources["/Font"])[operands[0]]
                font = self.font(ref)
            elif operator in ("BDC", "BMC"):
                kind = ("artifact",) if operands[0] == "/Artifact" else ("other",)
                properties = operands[1] if operator == "BDC" else {}
                if "/MCID" in properties:
                    kind = ("id", int(properties["/MCID"]))
                    want((index, kind[1]) not in self.marks, "ISO 32000-1 14.7.4.2", f"page {index + 1}: MCID {kind[1]} twice")
                    self.marks[index, kind[1]] = ""
                    want(not any(m[0] == "artifact" for m in marks), "7.1-1", f"page {index + 1}: MCID {kind[1]} within an artifact")
                    want(not any(m[0] == "id" for m in marks), "ISO 32000-1 14.7.4.2", f"page {index + 1}: MCID within another")
                elif "/ActualText" in properties:
                    kind = ("actual", properties["/ActualText"])
                    owner = next((m for m in reversed(marks) if m[0] == "id"), None)
                    if owner:
                        self.marks[index, owner[1]] += properties["/ActualText"][2:].decode("utf-16-be")
                elif kind[0] == "artifact":
                    want(not any(m[0] == "id" for m in marks), "7.1-2", f"page {index + 1}: artifact within tagged content")
                marks.append(kind)
            elif operator == "EMC":
                if want(marks, "ISO 32000-1 14.6", f"page {index + 1}: EMC without BDC"):
                    marks.pop()
            elif operator in ("rg", "g", "k", "RG", "G", "K", "scn", "SCN", "cs", "CS", "gs"):
                self.colours.add((operator, *operands))
            elif operator in PAINTING:
                if tagged:
                    want(any(m[0] in ("id", "artifact") for m in marks), "7.1-3", f"page {index + 1}: {operator} neither tagged nor artifact")
                for operand in operands if operator == "Tj" else operands[0] if operator == "TJ" else []:
                    if isinstance(operand, bytes):
                        self.show(index, font, operand, marks)
        want(not marks and depth == 0, "ISO 32000-1 14.6", f"page {index + 1}: brackets left open")

    # ---- the structure tree ---------------------------------------------------------------------------------------

    def structure(self):
        file, want = self.file, self.want
        root = file.get(file.root, "/StructTreeRoot")
        if not want(root, "6.7.3.1", "no structure tree"):
            return
        parents = {key: file.at(value) if not re.fullmatch(r"\d+ 0 R", str(value)) else value
                   for key, value in file.tree(root["/ParentTree"], "/Nums")}
        self.page_index = {ref: i for i, ref in enumerate(file.page_refs)}
        self.ids, self.seen, self.owned, self.order = {}, set(), {}, []
        self.headings = []
        kids = file.at(root["/K"])
        root_ref = file.root["/StructTreeRoot"]
        for kid in kids if isinstance(kids, list) else [root["/K"]]:
            self.element(kid, root_ref, None)
        # ISO 14289-1 7.4.2
        before = 0
        for level in self.headings:
            want(level <= before + 1, "7.4.2-1", f"H{level} after H{before}")
            before = level
        for (page, mcid), owner in self.owned.items():
            key = file.pages[page].get("/StructParents")
            row = parents.get(key)
            want(row is not None and mcid < len(row) and row[mcid] == owner, "ISO 32000-1 14.7.4.4", f"ParentTree: page {page + 1} MCID {mcid}")
        for mark in self.marks:
            want(mark in self.owned, "7.1-3", f"page {mark[0] + 1} MCID {mark[1]} is no element's")
        for mark in self.owned:
            want(mark in self.marks, "ISO 32000-1 14.7.4.2", f"page {mark[0] + 1} has no MCID {mark[1]}")
        for key, row in parents.items():
            if isinstance(row, list):
                page = next((i for i, p in enumerate(file.pages) if p.get("/StructParents") == key), None)
                want(page is not None and len(row) == sum(m[0] == page for m in self.marks), "ISO 32000-1 14.7.4.4", f"ParentTree: key {key}")
        self.parents = parents
        if "/IDTree" in root:
            told = dict(file.tree(root["/IDTree"], "/Names"))
            want(told == self.ids, "ISO 32000-1 14.7.2", "IDTree differs from the elements' IDs")
        else:
            want(not self.ids, "ISO 32000-1 14.7.2", "no IDTree")
        for table in self.tables:
            self.table(*table)

    tables = ()

    def element(self, ref, parent, parent_role):
        file, want = self.file, self.want
        node = file.at(ref)
        role = node["/S"][1:]
        self.counts["elements"] += 1
        want(ref not in self.seen, "ISO 32000-1 14.7.2", f"element {ref} hangs in two places")
        self.seen.add(ref)
        want(node["/P"] == parent, "ISO 32000-1 14.7.2", f"element {ref}: its /P is not its parent")
        want(role in STANDARD, "6.7.3.4", f"{role} is no standard type")
        if parent_role in KIDS:
            want(role in KIDS[parent_role], "7.2", f"{role} in {parent_role}")
        if role in PARENTS:
            want(parent_role in PARENTS[role], "7.2", f"{role} in {parent_role}")
        if re.fullmatch(r"H[1-6]", role):
            self.headings.append(int(role[1]))
        if role == "Figure":
            want(node.get("/Alt") or node.get("/ActualText"), "7.3-1", "Figure without Alt")
        if role == "Note":
            want("/ID" in node, "7.9-1", "Note without ID")
        if "/ID" in node:
            want(node["/ID"] not in self.ids, "7.9-2", f"ID {node['/ID']} twice")
            self.ids[node["/ID"]] = ref
        kids = file.at(node.get("/K", []))
        roles, words = [], ""
        for kid in kids if isinstance(kids, list) else [node["/K"]]:
            value = file.at(kid)
            if isinstance(value, int) or (isinstance(value, dict) and value.get("/Type") == "/MCR"):
                page = self.page_index.get(node.get("/Pg") if isinstance(value, int) else value.get("/Pg", node.get("/Pg")))
                mcid = value if isinstance(value, int) else value["/MCID"]
                want((page, mcid) not in self.owned, "ISO 32000-1 14.7.4.2", f"page {page} MCID {mcid} is two elements'")
                self.owned[page, mcid] = ref
                words += self.marks.get((page, mcid), "")
                self.order.append((page, mcid))
            elif isinstance(value, dict) and value.get("/Type") == "/OBJR":
                want(role == "Link", "7.18.5-1", f"an annotation in {role}")
                self.objects_tied = getattr(self, "objects_tied", {})
                self.objects_tied[value["/Obj"]] = ref
            else:
                roles.append(value["/S"][1:])
                words += self.element(kid, ref, role)
        if role == "Table":
            self.tables = [*self.tables, (ref,)]
            want(sum(r == "THead" for r in roles) <= 1, "7.2-11", "two THead in a Table")
            want(roles.count("Caption") <= 1 and ("Caption" not in roles or roles[0] == "Caption" or roles[-1] == "Caption"), "7.2-7",
                 "Caption is neither first nor last")
        return words

    def attributes(self, node):
        values = self.file.at(node.get("/A", {}))
        out = {}
        for value in values if isinstance(values, list) else [values]:
            out.update(self.file.at(value))
        return out

    def rows(self, ref):
        out = []
        kids = self.file.get(ref, "/K") or []
        for kid in kids:
            role = self.file.at(kid)["/S"] if isinstance(self.file.at(kid), dict) and "/S" in self.file.at(kid) else None
            if role == "/TR":
                out.append(kid)
            elif role in ("/THead", "/TBody", "/TFoot"):
                out += self.rows(kid)
        return out

    def table(self, ref):
        """ISO 14289-1 7.2-15, 41 to 43, 7.5: a grid without overlaps, ragged rows or data cells that belong to no header."""
        file, want = self.file, self.want
        self.counts["tables"] += 1
        grid, cells, rows = {}, [], self.rows(ref)
        for r, row in enumerate(rows):
            c = 0
            for cell in file.get(row, "/K") or []:
                node = file.at(cell)
                attributes = self.attributes(node)
                across, down = attributes.get("/ColSpan", 1), attributes.get("/RowSpan", 1)
                while (r, c) in grid:
                    c += 1
                self.counts["cells"] += 1
                for i in range(down):
                    for j in range(across):
                        want((r + i, c + j) not in grid, "7.2-15", f"table {ref}: cells overlap in row {r + 1}")
                        grid[r + i, c + j] = cell
                cells.append((cell, node, attributes, r, c, across, down))
        columns = max((c for _, c in grid), default=-1) + 1
        for r in range(max((r for r, _ in grid), default=-1) + 1):
            want(r < len(rows), "7.2-41", f"table {ref}: a cell spans past the last row")
            have = sum((r, c) in grid for c in range(columns))
            want(have == columns, "7.2-42", f"table {ref}: row {r + 1} has {have} columns of {columns}")
        headers = {node["/ID"] for _, node, *_ in cells if node["/S"] == "/TH" and "/ID" in node}
        for cell, node, attributes, r, c, across, down in cells:
            named = attributes.get("/Headers", [])
            for name in named:
                want(name in headers, "7.5-2", f"table {ref}: header {name} is not in the table")
            if node["/S"] == "/TH":
                want("/Scope" in attributes or named or node.get("/ID") in self.named_headers(cells), "7.5-1", f"table {ref}: TH {cell} without Scope")
                continue
            covered = bool(named)
            for other, other_node, other_attributes, r2, c2, across2, down2 in cells:
                if other_node["/S"] == "/TH":
                    scope = other_attributes.get("/Scope")
                    covered |= scope in ("/Column", "/Both") and r2 < r and c2 < c + across and c < c2 + across2
                    covered |= scope in ("/Row", "/Both") and c2 < c and r2 < r + down and r < r2 + down2
            want(covered, "7.5-1", f"table {ref}: data cell {cell} in row {r + 1} has no header")

    def named_headers(self, cells):
        return {name for _, _, attributes, *_ in cells for name in attributes.get("/Headers", [])}

    # ---- the rest -------------------------------------------------------------------------------------------------

    def annotations(self, page, index):
        file, want = self.file, self.want
        annotations = file.get(page, "/Annots") or []
        want(not annotations or page.get("/Tabs") == "/S", "7.18.3-1", f"page {index + 1}: tab order")
        for ref in annotations:
            link = file.at(ref)
            self.counts["links"] += 1
            want(link["/Subtype"] == "/Link", "6.3.1", f"{link['/Subtype']} annotation")
            want(link.get("/F", 0) & 0b100100111 == 4, "6.3.2", "annotation's flags")
            want(text(link.get("/Contents")), "7.18.5-2", "link without Contents")
            want("/A" not in link, "6.5.1", "an action")
            owner = getattr(self, "objects_tied", {}).get(ref)
            want(owner and self.parents.get(link.get("/StructParent")) == owner, "7.18.5-1", f"page {index + 1}: a link outside the structure")

    def metadata(self):
        file, want = self.file, self.want
        stream = file.get(file.root, "/Metadata")
        if not want(stream, "6.6.2.1", "no metadata"):
            return {}
        want("/Filter" not in stream.dict, "6.7.2", "metadata is filtered")
        tree = xml.fromstring(stream.data.decode("utf-8"))
        values, described = {}, set()
        for description in tree.iter(RDF + "Description"):
            for child in description:
                space, name = child.tag[1:].split("}")
                values[space, name] = "".join(child.itertext()).strip()
                for schema in child.iter("{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"):
                    described.add(schema.text)
        names = {e.text for e in tree.iter("{http://www.aiim.org/pdfa/ns/property#}name")}
        for space, name in values:
            want(space in XMP or (space in described and name in names), "6.6.2.3.1", f"XMP property {space}{name} is not described")
        for e in tree.iter(RDF + "li"):
            parts = {child.tag.split("}")[1] for child in e}
            if "namespaceURI" in parts:
                want(parts == {"schema", "namespaceURI", "prefix", "property"}, "6.6.2.3.2", f"schema description has {parts}")
            elif "valueType" in parts:
                want(parts == {"name", "valueType", "category", "description"}, "6.6.2.3.2", f"property description has {parts}")
        info = file.get(file.trailer, "/Info") or {}
        dc, pdf, basic = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/xap/1.0/"
        for key, space, name in (("/Title", dc, "title"), ("/Author", dc, "creator"), ("/Subject", dc, "description"),
                                 ("/Keywords", pdf, "Keywords"), ("/Producer", pdf, "Producer"), ("/Creator", basic, "CreatorTool")):
            want(text(info.get(key)) == values.get((space, name)), "6.6.3", f"{key} is not {name}: {text(info.get(key))!r}, {values.get((space, name))!r}")
        for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
            digits = lambda s: re.sub(r"[^0-9+Z]", "", s or "")
            want(digits(text(info.get(key))) == digits(values.get((basic, name))), "6.6.3", f"{key} is not {name}")
        self.info, self.xmp = info, values
        return values

    def intent(self, wanted, kind, space):
        file, want = self.file, self.want
        intents = file.get(file.root, "/OutputIntents") or []
        if not want(len(intents) == 1, "6.2.3", f"{len(intents)} output intents"):
            return
        intent = file.at(intents[0])
        profile = file.get(intent, "/DestOutputProfile")
        want(intent["/S"] == wanted and text(intent.get("/OutputConditionIdentifier")), "6.2.3", "output intent")
        want(profile.data[12:16] in kind and profile.data[16:20] == space and profile.data[8] <= 4 and profile.data[36:40] == b"acsp" and
             int.from_bytes(profile.data[:4], "big") == len(profile.data), "6.2.3", "ICC profile")
        want(profile.dict["/N"] == (4 if space == b"CMYK" else 3), "6.2.4.2", "/N of the profile")

    def attachments(self):
        file, want = self.file, self.want
        tree = file.get(file.root, "/Names", "/EmbeddedFiles")
        associated = file.get(file.root, "/AF") or []
        files = file.tree(tree, "/Names") if tree else []
        want({value for _, value in files} == set(associated), "6.8", "/AF and /EmbeddedFiles name different files")
        for name, ref in files:
            entry = file.at(ref)
            want(entry.get("/F") == entry.get("/UF") == name, "7.11-1", f"{name}: F and UF")
            want(entry.get("/AFRelationship") in ("/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"), "6.8", f"{name}: AFRelationship")
            stream = file.get(entry, "/EF", "/F")
            want(stream.dict.get("/Subtype", "").count("/") == 2, "6.8", f"{name}: MIME type")
            want(stream.dict["/Params"]["/Size"] == len(stream.data), "ISO 32000-1 7.11.4", f"{name}: Size")

    def whole(self):
        file, want = self.file, self.want
        head = b"%PDF-1.6\n%" if self.press else b"%PDF-1.7\n%"
        want(file.bytes.startswith(head) and all(b > 127 for b in file.bytes[10:14]), "6.1.2", "header")
        want(file.bytes.endswith(b"%%EOF\n"), "6.1.3", "bytes after the end")
        want("/ID" in file.trailer and "/Encrypt" not in file.trailer, "6.1.3", "ID or Encrypt")
        for key in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties", "/Requirements", "/NeedsRendering", "/Perms"):
            want(key not in file.root, "6.5", f"catalog has {key}")
        for ref, value in file.objects.items():
            if isinstance(value, Stream):
                want("/F" not in value.dict and "LZW" not in str(value.dict.get("/Filter")), "6.1.7", f"stream {ref}")
                want(value.dict.get("/Type") != "/XObject", "scope", "an XObject")
        for index, page in enumerate(file.pages):
            self.counts["pages"] += 1
            self.boxes(page, index)
            self.content(page, index)
        self.metadata()
        return self.xmp_checks()

    def boxes(self, page, index):
        want = self.want
        media, trim, bleed = page["/MediaBox"], page.get("/TrimBox"), page.get("/BleedBox")
        inside = lambda a, b: a and all(x >= y - 1e-3 for x, y in zip(a[:2], b[:2])) and all(x <= y + 1e-3 for x, y in zip(a[2:], b[2:]))
        want(inside(trim, media), "6.1.13", f"page {index + 1}: TrimBox")
        if self.press:
            want(inside(trim, bleed) and inside(bleed, media) and "/ArtBox" not in page and "/CropBox" not in page, "X-4 6.12",
                 f"page {index + 1}: boxes")
            want("/Annots" not in page, "X-4 6.17", f"page {index + 1}: annotations")
            want("/Group" not in page, "X-4 6.9", f"page {index + 1}: transparency")

    def xmp_checks(self):
        file, want, get = self.file, self.want, self.xmp.get
        want(get(("http://purl.org/dc/elements/1.1/", "title")), "7.1-9", "no dc:title")
        want(get(("http://ns.adobe.com/xap/1.0/mm/", "DocumentID"), "").startswith("uuid:"), "X-4 6.5", "no DocumentID")
        if self.press:
            want(get(("http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion")) == "PDF/X-4", "X-4 6.5", "pdfxid:GTS_PDFXVersion")
            want(text(self.info.get("/GTS_PDFXVersion")) == "PDF/X-4" and self.info.get("/Trapped") == "/False", "X-4 6.5", "Info")
            want(get(("http://ns.adobe.com/pdf/1.3/", "Trapped")) == "False", "X-4 6.15", "pdf:Trapped")
            want("/CreationDate" in self.info and "/ModDate" in self.info, "X-4 6.5", "dates")
            for name in ("VersionID", "RenditionClass"):
                want(get(("http://ns.adobe.com/xap/1.0/mm/", name)), "X-4 6.5", f"xmpMM:{name}")
            self.intent("/GTS_PDFX", (b"prtr",), b"CMYK")
            for operator, *operands in self.colours:
                good = (operator == "k" and operands in ([0, 0, 0, 1], [0, 1, 1, 0])) or (operator in ("cs", "scn", "gs"))
                want(good, "X-4 6.2.4", f"colour {operands} {operator}")
            want(("gs", "/GK") in self.colours, "K-only", "black does not overprint")
            want(len(file.pages) % 2 == 0, "press", "an odd number of pages")
            want("/Names" not in file.root, "press", "attachments")
            if "/StructTreeRoot" in file.root:
                self.structure()
            return
        pdfa = "http://www.aiim.org/pdfa/ns/id/"
        want(get((pdfa, "part")) == "3" and get((pdfa, "conformance")) == "A", "6.6.4", "pdfaid")
        want(get(("http://www.aiim.org/pdfua/ns/id/", "part")) == "1", "UA-1 5", "pdfuaid")
        self.intent("/GTS_PDFA1", (b"mntr", b"prtr"), b"RGB ")
        for operator, *operands in self.colours:
            want(operator in ("g", "rg"), "6.2.4.3", f"colour {operator}")
        want(file.get(file.root, "/MarkInfo", "/Marked") is True and not file.get(file.root, "/MarkInfo", "/Suspects"), "6.7.2.2", "MarkInfo")
        want(re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", text(file.root.get("/Lang")) or ""), "6.7.4", "Lang")
        want(file.get(file.root, "/ViewerPreferences", "/DisplayDocTitle") is True, "7.1-10", "DisplayDocTitle")
        self.structure()
        for index, page in enumerate(file.pages):
            self.annotations(page, index)
        self.attachments()


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    checker = Checker(arguments[0], "--press" in sys.argv)
    checker.whole()
    if "--text" in sys.argv:
        print("\n".join(checker.marks[mark] for mark in checker.order))
    if "--like" in sys.argv:
        other = Checker(arguments[1], not checker.press)
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
