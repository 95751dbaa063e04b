"""What conformance.py checks of the logical structure: tree, ParentTree, tables, annotations, outline."""
import re

from pdf_objects import text

STANDARD = set("Document Part Sect Div H1 H2 H3 H4 H5 H6 P TOC TOCI Table THead TBody TFoot TR TH TD Caption Note Link Span Figure L LI"
               " Lbl LBody Reference Art BlockQuote Index".split())
PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
           "TOCI": {"TOC"}, "LI": {"L"}, "LBody": {"LI"}}
PARENT_CLAUSES = {"TR": "7.2-4", "THead": "7.2-5", "TBody": "7.2-6", "TFoot": "7.2-7", "TH": "7.2-8", "TD": "7.2-9", "LI": "7.2-17",
                  "LBody": "7.2-18", "TOCI": "7.2-26"}
GROUPS = r"(?:TR|THead|TBody|TFoot)"
KIDS = {"Table": ("7.2-3", rf"(?:Caption )?{GROUPS}(?: {GROUPS})*|{GROUPS}(?: {GROUPS})* Caption"), "TR": ("7.2-10", r"T[HD](?: T[HD])*"),
        "L": ("7.2-19", r"(?:Caption )?LI?(?: LI?)*"), "LI": ("7.2-20", r"(?:Lbl|LBody)(?: (?:Lbl|LBody))*"),
        "TOC": ("7.2-27", r"(?:Caption )?TOCI?(?: TOCI?)*"), "THead": ("7.2-36", r"TR(?: TR)*"), "TBody": ("7.2-37", r"TR(?: TR)*"),
        "TFoot": ("7.2-38", r"TR(?: TR)*")}
ELEMENT_KEYS = {"/Type", "/S", "/P", "/ID", "/Pg", "/K", "/A", "/T", "/Lang", "/Alt", "/ActualText"}
LANGUAGE = r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"


class Tags:
    def structure(self):
        file, want = self.file, self.want
        root = file.get(file.root, "/StructTreeRoot")
        if not want(root, "6.7.3-1", "no structure tree"):
            return
        want(root.get("/Type") == "/StructTreeRoot", "ISO 32000-1 14.7.2", "the root's Type")
        want("/RoleMap" not in root and "/ClassMap" not in root, "7.1-7", "a role map, where all types are standard")
        leaves = file.tree(root["/ParentTree"], "/Nums")
        want([key for key, _ in leaves] == sorted({key for key, _ in leaves}), "ISO 32000-1 7.9.7", "ParentTree: keys out of order")
        self.parents = {key: file.at(value) if not re.fullmatch(r"\d+ 0 R", str(value)) else value for key, value in leaves}
        want(root.get("/ParentTreeNextKey", 1 << 31) > max(self.parents, default=-1), "ISO 32000-1 14.7.2", "ParentTreeNextKey")
        self.page_index = {ref: i for i, ref in enumerate(file.page_refs)}
        self.ids, self.seen, self.owned, self.order = {}, set(), {}, []
        self.headings, self.tables = [], []
        kids = file.at(root["/K"])
        root_ref = file.root["/StructTreeRoot"]
        for kid in kids if isinstance(kids, list) else [root["/K"]]:
            self.element(kid, root_ref, None)
        before = 0
        for level in self.headings:
            want(level <= before + 1, "7.4.2-1", f"H{level} after H{before}")
            before = level
        self.parent_tree()
        self.reading_order()
        if "/IDTree" in root:
            told = dict(file.tree(root["/IDTree"], "/Names"))
            want(told == self.ids, "ISO 32000-1 14.7.2", "IDTree differs from the elements' IDs")
            want(list(told) == sorted(told, key=lambda key: bytes.fromhex(key[2:]) if key.startswith("b:") else key.encode()),
                 "ISO 32000-1 7.9.6", "IDTree: keys out of order")
        else:
            want(not self.ids, "ISO 32000-1 14.7.2", "no IDTree")
        for table in self.tables:
            self.table(table)

    def parent_tree(self):
        file, want = self.file, self.want
        for (page, mcid), owner in self.owned.items():
            row = self.parents.get(file.pages[page].get("/StructParents"))
            want(isinstance(row, list) and mcid < len(row) and row[mcid] == owner, "ISO 32000-1 14.7.4.4", f"ParentTree: page {page + 1} MCID {mcid}")
        for mark in self.marks:
            want(mark in self.owned, "7.1-3", f"page {mark[0] + 1} MCID {mark[1]} is no element's")
        for mark in self.owned:
            want(mark in self.marks, "ISO 32000-1 14.7.4.2", f"page {mark[0] + 1} has no MCID {mark[1]}")
        pages = {}
        for index, page in enumerate(file.pages):
            if "/StructParents" in page:
                want(page["/StructParents"] not in pages, "ISO 32000-1 14.7.4.4", f"StructParents {page['/StructParents']} twice")
                pages[page["/StructParents"]] = index
        tied = {file.at(ref).get("/StructParent") for ref in self.objects_tied}
        for key, row in self.parents.items():
            if isinstance(row, list):
                have = sum(m[0] == pages.get(key) for m in self.marks)
                want(key in pages and len(row) == have, "ISO 32000-1 14.7.4.4", f"ParentTree: key {key}, {len(row)} entries for {have} sequences")
            else:
                want(key in tied, "ISO 32000-1 14.7.4.4", f"ParentTree: key {key} is no annotation's")

    def reading_order(self):
        """Each page's sequences run in its content as the tree reads them: who reads by content reads the same."""
        turns = {mark: turn for turn, mark in enumerate(self.marks)}
        last = {}
        for mark in self.order:
            self.want(turns.get(mark, -1) >= last.get(mark[0], -1), "7.1 reading order", f"page {mark[0] + 1} MCID {mark[1]} stands too early")
            last[mark[0]] = turns.get(mark, -1)

    def element(self, ref, parent, parent_role):
        file, want = self.file, self.want
        node = file.at(ref)
        role = node["/S"][1:]
        self.counts["elements"] += 1
        want(ref not in self.seen, "ISO 32000-1 14.7.2", f"element {ref} hangs in two places")
        self.seen.add(ref)
        want(node["/P"] == parent, "ISO 32000-1 14.7.2", f"element {ref}: its /P is not its parent")
        want(role in STANDARD, "6.7.3-2", f"{role} is no standard type")
        want(set(node) <= ELEMENT_KEYS, "ISO 32000-1 14.7.2", f"element {ref} has {sorted(set(node) - ELEMENT_KEYS)}")
        if role in PARENTS:
            want(parent_role in PARENTS[role], PARENT_CLAUSES[role], f"{role} in {parent_role}")
        for key in ("/Alt", "/ActualText"):
            want(key not in node or text(node[key]), "7.3-1", f"element {ref}: {key} is empty")
        want("/Lang" not in node or re.fullmatch(LANGUAGE, text(node["/Lang"])), "7.2-29", f"element {ref}: Lang")
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
        roles, words, annotations = [], "", 0
        for kid in kids if isinstance(kids, list) else [node["/K"]]:
            value = file.at(kid)
            if isinstance(value, int) or (isinstance(value, dict) and value.get("/Type") == "/MCR"):
                words += self.sequence(node, role, ref, value)
            elif isinstance(value, dict) and value.get("/Type") == "/OBJR":
                want(role == "Link", "7.18.5-1", f"an annotation in {role}")
                want(value["/Obj"] not in self.objects_tied, "7.18.5-1", f"annotation {value['/Obj']} is two elements'")
                want(value.get("/Pg", node.get("/Pg")) in self.page_index, "ISO 32000-1 14.7.4.3", f"OBJR of {ref} without a page")
                self.objects_tied[value["/Obj"]] = ref
                annotations += 1
            else:
                roles.append(value["/S"][1:])
                words += self.element(kid, ref, role)
        if role == "Link" and "/Annots" in "".join(str(list(p)) for p in file.pages):
            want(annotations > 0, "7.18.5-1", f"Link {ref} without its annotation")
        self.kids_checks(ref, role, roles)
        return words

    def sequence(self, node, role, ref, value):
        page = self.page_index.get(node.get("/Pg") if isinstance(value, int) else value.get("/Pg", node.get("/Pg")))
        mcid = value if isinstance(value, int) else value["/MCID"]
        self.want((page, mcid) not in self.owned, "ISO 32000-1 14.7.4.2", f"page {page} MCID {mcid} is two elements'")
        self.want(self.mark_tags.get((page, mcid), role) == role, "ISO 32000-1 14.7.4.2", f"page {page}: MCID {mcid} is marked as another type than {role}")
        self.owned[page, mcid] = ref
        self.order.append((page, mcid))
        return self.marks.get((page, mcid), "")

    def kids_checks(self, ref, role, roles):
        want = self.want
        if role in KIDS and roles:
            clause, form = KIDS[role]
            want(re.fullmatch(form, " ".join(roles)), clause, f"{role} {ref} holds {' '.join(roles)[:60]}")
        if role == "Table":
            self.tables.append(ref)
            want(roles, "7.2-3", f"Table {ref} is empty")
            want(roles.count("THead") <= 1, "7.2-11", "two THead in a Table")
            want(roles.count("TFoot") <= 1, "7.2-12", "two TFoot in a Table")
            want("TFoot" not in roles or "TBody" in roles, "7.2-13", f"Table {ref}: TFoot without TBody")
            want("THead" not in roles or "TBody" in roles, "7.2-14", f"Table {ref}: THead without TBody")
        want(roles.count("H") <= 1 and not ("H" in roles and self.headings), "7.4.4", f"{role} {ref}: H")

    def attributes(self, node):
        values = self.file.at(node.get("/A", {}))
        out = {}
        for value in values if isinstance(values, list) else [values]:
            out.update(self.file.at(value))
        if out:
            self.want(out.get("/O") == "/Table" and set(out) <= {"/O", "/Scope", "/RowSpan", "/ColSpan", "/Headers"} and
                      out.get("/Scope", "/Row") in ("/Row", "/Column", "/Both") and
                      all(isinstance(out.get(key, 1), int) and out.get(key, 1) >= 1 for key in ("/RowSpan", "/ColSpan")),
                      "ISO 32000-1 14.8.5.7", f"attributes {out}")
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
        counted, ahead = 0, 0  # rows as they add up over the first cells' spans: a row of no cell of its own is lost
        for r, row in enumerate(rows):
            c, kids = 0, file.get(row, "/K") or []
            for cell in kids:
                node = file.at(cell)
                attributes = self.attributes(node)
                across, down = attributes.get("/ColSpan", 1), attributes.get("/RowSpan", 1)
                if cell == kids[0] and ahead == 0:
                    counted, ahead = counted + down, down
                while (r, c) in grid:
                    c += 1
                self.counts["cells"] += 1
                for i in range(down):
                    for j in range(across):
                        want((r + i, c + j) not in grid, "7.2-15", f"table {ref}: cells overlap in row {r + 1}")
                        grid[r + i, c + j] = cell
                cells.append((cell, node, attributes, r, c, across, down))
            ahead -= ahead > 0
        columns = max((c for _, c in grid), default=-1) + 1
        want(counted == len(rows), "7.2-41", f"table {ref}: {counted} rows by the first cells' spans, {len(rows)} rows")
        for r in range(max((r for r, _ in grid), default=-1) + 1):
            want(r < len(rows), "7.2-41", f"table {ref}: a cell spans past the last row")
            have = sum((r, c) in grid for c in range(columns))
            want(have == columns, "7.2-42", f"table {ref}: row {r + 1} has {have} columns of {columns}")
        self.headers(ref, cells, grid)

    def headers(self, ref, cells, grid):
        want = self.want
        headers = {node["/ID"] for _, node, *_ in cells if node["/S"] == "/TH" and "/ID" in node}
        named_all = {name for _, _, attributes, *_ in cells for name in attributes.get("/Headers", [])}
        scopes = {cell: attributes.get("/Scope") for cell, node, attributes, *_ in cells if node["/S"] == "/TH"}
        for cell, node, attributes, r, c, across, down in cells:
            named = attributes.get("/Headers", [])
            for name in named:
                want(name in headers, "7.5-2", f"table {ref}: header {name} is not in the table")
                want(name != node.get("/ID"), "7.5-2", f"table {ref}: {cell} is its own header")
            if node["/S"] == "/TH":
                want("/Scope" in attributes or named or node.get("/ID") in named_all, "7.5-1", f"table {ref}: TH {cell} without Scope")
                continue
            covered = bool(named)
            for i in [] if covered else range(r):
                covered |= any(scopes.get(grid.get((i, j))) in ("/Column", "/Both") for j in range(c, c + across))
            for j in [] if covered else range(c):
                covered |= any(scopes.get(grid.get((i, j))) in ("/Row", "/Both") for i in range(r, r + down))
            want(covered, "7.5-1", f"table {ref}: data cell {cell} in row {r + 1} has no header")

    # ---- annotations, outline -------------------------------------------------------------------------------------

    def annotations(self, page, index):
        file, want = self.file, self.want
        annotations = file.get(page, "/Annots") or []
        want(not annotations or page.get("/Tabs") == "/S", "7.18.3-1", f"page {index + 1}: tab order")
        left, bottom, right, top = page["/MediaBox"]
        for ref in annotations:
            link = file.at(ref)
            self.counts["links"] += 1
            want(link["/Subtype"] == "/Link", "6.3.1-1", f"{link['/Subtype']} annotation")
            want("/F" in link, "6.3.2-1", "an annotation without flags")
            want(link.get("/F", 4) & 0b100100111 == 4, "6.3.2-2", "annotation's flags")
            want(text(link.get("/Contents")), "7.18.5-2", "link without Contents")
            want("/A" not in link and "/AA" not in link, "6.5.1-1", "an action")
            want("/AP" not in link, "6.3.3-2", "an appearance")
            x0, y0, x1, y1 = link["/Rect"]
            want(left <= x0 < x1 <= right and bottom <= y0 < y1 <= top, "ISO 32000-1 12.5.2", f"page {index + 1}: a link outside the page")
            self.destination(link.get("/Dest"), "a link")
            owner = self.objects_tied.get(ref)
            want(owner and self.parents.get(link.get("/StructParent")) == owner, "7.18.5-1", f"page {index + 1}: a link outside the structure")

    def destination(self, to, whose):
        to = self.file.at(to)
        good = isinstance(to, list) and to and to[0] in self.file.page_refs and to[1] == "/XYZ" and len(to) == 5
        if self.want(good, "ISO 32000-1 12.3.2", f"{whose} leads nowhere: {to}"):
            box = self.file.at(to[0])["/MediaBox"]
            self.want(box[0] <= to[2] <= box[2] and box[1] <= to[3] <= box[3], "ISO 32000-1 12.3.2", f"{whose} leads off its page")

    def outline(self):
        file, want = self.file, self.want
        root = file.root.get("/Outlines")
        if root is None:
            return
        want(text(file.root.get("/Lang")), "7.2-2", "bookmarks without a language")

        def level(parent, depth):
            holder, ref, before, count = file.at(parent), file.at(parent).get("/First"), None, 0
            while ref is not None and want(depth < 30 and count < 100000, "ISO 32000-1 12.3.3", "outline without end"):
                item = file.at(ref)
                want(text(item.get("/Title", "u:")).strip(), "ISO 32000-1 12.3.3", "a bookmark without words")
                want(item.get("/Parent") == parent and item.get("/Prev") == before, "ISO 32000-1 12.3.3", "a bookmark's neighbours")
                want("/A" not in item, "6.5.1-1", "a bookmark with an action")
                self.destination(item.get("/Dest"), "a bookmark")
                inner = level(ref, depth + 1)
                if inner:
                    want(abs(item.get("/Count", 0)) >= 1, "ISO 32000-1 12.3.3", "a bookmark's count")
                count += 1 + inner
                before, ref = ref, item.get("/Next")
            want(holder.get("/Last") == before, "ISO 32000-1 12.3.3", "the last bookmark")
            return count

        level(root, 0)
