"""What conformance.py checks of the two records about a file: XMP (ISO 19005-3 6.6) and Info."""
import re
import xml.etree.ElementTree as xml

from pdf_objects import Stream, text

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC, BASIC, PDF, MM = ("http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/pdf/1.3/",
                      "http://ns.adobe.com/xap/1.0/mm/")
PDFA, EXTENSION, PDFUA = "http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfa/ns/extension/", "http://www.aiim.org/pdfua/ns/id/"
SCHEMA, PROPERTY = "{http://www.aiim.org/pdfa/ns/schema#}", "{http://www.aiim.org/pdfa/ns/property#}"
# Predefined properties that our files use (XMP Specification 2005, PDF/A identification) and their kinds of value.
DATE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
KINDS = {(DC, "format"): "Text", (DC, "title"): "Alt", (DC, "description"): "Alt", (DC, "creator"): "Seq", (DC, "language"): "Bag",
         (PDF, "Keywords"): "Text", (PDF, "Producer"): "Text", (BASIC, "CreatorTool"): "Text", (BASIC, "CreateDate"): "Date",
         (BASIC, "ModifyDate"): "Date", (BASIC, "MetadataDate"): "Date", (MM, "DocumentID"): "Text", (MM, "InstanceID"): "Text",
         (MM, "VersionID"): "Text", (MM, "RenditionClass"): "Text", (PDFA, "part"): "Integer", (PDFA, "conformance"): "Text"}
PREFIXES = {DC: "dc", BASIC: "xmp", PDF: "pdf", MM: "xmpMM", PDFA: "pdfaid", EXTENSION: "pdfaExtension", PDFUA: "pdfuaid",
            SCHEMA[1:-1]: "pdfaSchema", PROPERTY[1:-1]: "pdfaProperty"}
MIRRORED = {"/Title": (DC, "title"), "/Author": (DC, "creator"), "/Subject": (DC, "description"), "/Keywords": (PDF, "Keywords"),
            "/Producer": (PDF, "Producer"), "/Creator": (BASIC, "CreatorTool"), "/CreationDate": (BASIC, "CreateDate"),
            "/ModDate": (BASIC, "ModifyDate")}


class Metadata:
    def metadata(self):
        file, want = self.file, self.want
        self.info, self.xmp = file.get(file.trailer, "/Info") or {}, {}
        stream = file.get(file.root, "/Metadata")
        if not want(isinstance(stream, Stream), "6.6.2.1-1", "no metadata"):
            return self.xmp
        want("/Filter" not in stream.dict and stream.dict.get("/Type") == "/Metadata" and stream.dict.get("/Subtype") == "/XML", "6.6.2.1-1",
             "the metadata stream")
        packet = stream.data
        head = re.match(rb"<\?xpacket begin=\"(?:\xef\xbb\xbf)?\" id=\"W5M0MpCehiHzreSzNTczkc9d\"([^?]*)\?>", packet)
        want(head, "6.6.2.1-4", "no packet header")
        want(not head or b"bytes" not in head[1], "6.6.2.1-2", "bytes in the packet's header")
        want(not head or b"encoding" not in head[1], "6.6.2.1-3", "encoding in the packet's header")
        want(re.search(rb"<\?xpacket end=\"[rw]\"\?>\s*$", packet), "6.6.2.1-4", "no packet trailer")
        try:
            tree = xml.fromstring(packet.decode("utf-8"))
        except UnicodeDecodeError:
            self.fault("6.6.2.1-5", "the packet is not UTF-8")
            return self.xmp
        except xml.ParseError as trouble:
            self.fault("6.6.2.1-4", f"the packet: {trouble}")
            return self.xmp
        for prefix, space in re.findall(r"xmlns:(\w+)=\"([^\"]+)\"", packet.decode("utf-8")):
            want(PREFIXES.get(space, prefix) == prefix, "6.6.4-4" if space == PDFA else "6.6.2.3-2", f"prefix {prefix} of {space}")
        described = self.schemas(tree)
        for description in tree.iter(RDF + "Description"):
            want(description.get(RDF + "about") == "", "6.6.2.1-4", "a description of something else")
            for child in description:
                space, name = child.tag[1:].split("}")
                want((space, name) not in self.xmp, "6.6.2.1-4", f"{name} twice")
                self.xmp[space, name] = "".join(child.itertext())
                if space != EXTENSION:
                    kind = KINDS.get((space, name)) or described.get((space, name)) or (self.press and name == "Trapped" and "Text")
                    if want(kind, "6.6.2.3-7", f"XMP property {space}{name} is not described"):
                        self.kind_check(child, kind)
        self.info_checks()
        return self.xmp

    def kind_check(self, element, kind):
        content, kids = (element.text or "").strip(), list(element)
        if kind in ("Alt", "Seq", "Bag"):
            good = len(kids) == 1 and kids[0].tag == RDF + kind and len(kids[0]) > 0 and all(item.tag == RDF + "li" for item in kids[0])
            if good and kind == "Alt":
                good = kids[0][0].get("{http://www.w3.org/XML/1998/namespace}lang") == "x-default"
        else:
            form = {"Text": r"(?s).+", "Integer": r"[+-]?\d+", "Date": DATE, "URI": r"\S+"}[kind]
            good = not kids and re.fullmatch(form, content)
        self.want(good, "6.6.2.3-7", f"{element.tag} is no {kind}: {content!r}")

    def schemas(self, tree):
        """(namespace, name) -> kind of value, of the extension schemas (6.6.2.3.3)."""
        want, out = self.want, {}
        for container in tree.iter(f"{{{EXTENSION}}}schemas"):
            bags = list(container)
            want(len(bags) == 1 and bags[0].tag == RDF + "Bag", "6.6.2.3-2", "schemas are no Bag")
            for schema in bags[0]:
                parts = {child.tag: child for child in schema}
                names = {SCHEMA + name for name in ("schema", "namespaceURI", "prefix", "property")}
                want(set(parts) <= names | {SCHEMA + "valueType"}, "6.6.2.3-1", f"a schema has {sorted(parts)}")
                if not want(names <= set(parts), "6.6.2.3-3", f"a schema has {sorted(parts)}"):
                    continue
                space, prefix = parts[SCHEMA + "namespaceURI"].text, parts[SCHEMA + "prefix"].text
                want(PREFIXES.get(space, prefix) == prefix and parts[SCHEMA + "schema"].text, "6.6.2.3-3", f"schema of {space}")
                rows = list(parts[SCHEMA + "property"])
                want(len(rows) == 1 and rows[0].tag == RDF + "Seq", "6.6.2.3-3", "properties are no Seq")
                for row in rows[0]:
                    told = {child.tag: (child.text or "").strip() for child in row}
                    names = {PROPERTY + name for name in ("name", "valueType", "category", "description")}
                    want(set(told) <= names, "6.6.2.3-1", f"a property has {sorted(told)}")
                    want(names <= set(told) and all(told.values()) and told.get(PROPERTY + "category") in ("internal", "external") and
                         told.get(PROPERTY + "valueType") in ("Text", "Integer", "Date", "URI"), "6.6.2.3-4", f"a property has {told}")
                    out[space, told.get(PROPERTY + "name")] = told.get(PROPERTY + "valueType", "Text")
        return out

    def info_checks(self):
        want, info, values = self.want, self.info, self.xmp
        press = {"/GTS_PDFXVersion", "/Trapped"} if self.press else set()
        want(set(info) <= set(MIRRORED) | press, "6.6.3", f"Info has {sorted(set(info) - set(MIRRORED))} that XMP has not")
        for key, name in MIRRORED.items():
            said, told = text(info.get(key)), values.get(name)
            if key.endswith("Date"):
                want(said is None or re.fullmatch(r"D:\d{14}([+-]\d\d'\d\d'|Z)", said), "6.6.3", f"{key} {said}")
                said, told = (re.sub(r"[^0-9+Z-]", "", each or "").replace("-", "") for each in (said, told))
            want(said == told, "6.6.3", f"{key} is not {name[1]}: {said!r}, {told!r}")
        want(values.get((BASIC, "CreateDate"), "") <= values.get((BASIC, "ModifyDate"), ""), "6.6.3", "changed before it was made")

    def claims(self):
        want, get = self.want, self.xmp.get
        want(get((DC, "title")), "7.1-9", "no dc:title")
        want(re.fullmatch(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", get((MM, "DocumentID"), "")), "X-4 6.5", "DocumentID")
        if self.press:
            want(get(("http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion")) == "PDF/X-4", "X-4 6.5", "pdfxid:GTS_PDFXVersion")
            want(text(self.info.get("/GTS_PDFXVersion")) == "PDF/X-4" and self.info.get("/Trapped") == "/False", "X-4 6.5", "Info")
            want(get((PDF, "Trapped")) == "False", "X-4 6.15", "pdf:Trapped")
            want("/CreationDate" in self.info and "/ModDate" in self.info, "X-4 6.5", "dates")
            for name in ("VersionID", "RenditionClass"):
                want(get((MM, name)), "X-4 6.5", f"xmpMM:{name}")
            return
        want(get((PDFA, "part")) == "3", "6.6.4-2", "pdfaid:part")
        want(get((PDFA, "conformance")) == "A", "6.6.4-3", "pdfaid:conformance")
        want((PDFUA, "part") in self.xmp, "5-1", "no pdfuaid:part")
        want(get((PDFUA, "part"), "1") == "1", "5-2", "pdfuaid:part")
