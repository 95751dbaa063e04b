// read.mjs FILE.pdf TEXT.txt OUT-PREFIX: what pdf.js finds in a file (text, structure tree, outline, attachments) held to what the program
// says of it (TEXT: gongkai verify --text), and every page as PDFium renders it, to OUT-PREFIX-N.pgm at 72 dpi, portrait.
import { readFileSync, writeFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { PDFiumLibrary } from "@hyzyla/pdfium";

const [path, textPath, prefix] = process.argv.slice(2);
const faults = [];
const want = (good, words) => good || faults.push(words);
const bare = (text) => text.normalize("NFC").replace(/[\s\u200b]/g, "");
const expected = bare(readFileSync(textPath, "utf8"));

const warnings = [];
console.warn = console.log = (...words) => warnings.push(words.join(" "));
const file = await getDocument({ data: new Uint8Array(readFileSync(path)), useSystemFonts: false, verbosity: 1 }).promise;
const { info, metadata } = await file.getMetadata();
const marked = await file.getMarkInfo();
want(marked?.Marked, "pdf.js: not marked");
want(info.Title && metadata.get("dc:title") === info.Title, "pdf.js: titles differ");
want(info.Language === "zh-CN", `pdf.js: language ${info.Language}`);

let read = "", elements = 0, cells = 0, pages = [];
for (let number = 1; number <= file.numPages; number++) {
  const page = await file.getPage(number);
  const content = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
  // Text by marked-content id, as pdf.js ties it to its structure tree.
  const byId = new Map(), open = [];
  for (const item of content.items) {
    if (item.type?.startsWith("beginMarkedContent")) open.push(item.id ?? null);
    else if (item.type === "endMarkedContent") open.pop();
    else {
      const id = [...open].reverse().find((each) => each);
      if (id) byId.set(id, (byId.get(id) ?? "") + item.str);
    }
  }
  const tree = await page.getStructTree();
  const used = new Set();
  let text = "";
  const walk = (node, parent) => {
    if (node.type === "content") {
      want(byId.has(node.id) || true, "");
      want(!used.has(node.id), `pdf.js: page ${number}: ${node.id} twice in the tree`);
      used.add(node.id);
      text += byId.get(node.id) ?? "";
      return;
    }
    elements++;
    if (node.role === "TD" || node.role === "TH") {
      cells++;
      want(parent === "TR", `pdf.js: page ${number}: ${node.role} in ${parent}`);
    }
    for (const child of node.children ?? []) walk(child, node.role);
  };
  want(tree, `pdf.js: page ${number} has no structure tree`);
  if (tree) walk(tree, null);
  for (const id of byId.keys()) want(used.has(id), `pdf.js: page ${number}: ${id} is not in the structure tree`);
  pages.push(bare(text));
  read += bare(text);
}
// Paragraphs and cells that go over a page break are read a page at a time here: the same characters, page by page.
const count = (text) => [...text].reduce((map, c) => map.set(c, (map.get(c) ?? 0) + 1), new Map());
const [a, b] = [count(read), count(expected)];
for (const [c, n] of b) want((a.get(c) ?? 0) === n, `pdf.js: ${c} is read ${a.get(c) ?? 0} times of ${n}`);
want(read.length === expected.length, `pdf.js reads ${read.length} characters of ${expected.length}`);

let bookmarks = 0;
const outline = async (items) => {
  for (const item of items ?? []) {
    bookmarks++;
    want(expected.includes(bare(item.title)), `pdf.js: bookmark ${item.title} is not in the text`);
    want((await file.getPageIndex(item.dest[0])) >= 0, `pdf.js: bookmark ${item.title} leads nowhere`);
    await outline(item.items);
  }
};
await outline(await file.getOutline());
want(bookmarks > 0, "pdf.js: no bookmarks");
const attached = Object.keys((await file.getAttachments()) ?? {});
want(attached.includes("data.yaml") && attached.includes("figures.json"), `pdf.js: attachments ${attached}`);
for (const warning of warnings) want(/standardFontDataUrl|Please use the `legacy`|@napi-rs|Path2D|DOMMatrix|ImageData/i.test(warning), `pdf.js says: ${warning}`);

const library = await PDFiumLibrary.init();
const document = await library.loadDocument(readFileSync(path));
want(document.getPageCount() === file.numPages, "PDFium: number of pages");
for (const page of document.pages()) {
  const image = await page.render({ scale: 1, render: async ({ data }) => data });
  const { width, height } = image;
  const grey = Buffer.alloc(width * height);
  let ink = 0;
  for (let i = 0; i < grey.length; i++) {
    grey[i] = image.data[4 * i + 1];
    ink += grey[i] < 128;
  }
  want(ink > 20 || pages[page.number] === "", `PDFium: page ${page.number + 1} is blank`);
  writeFileSync(`${prefix}-${page.number + 1}.pgm`, Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), grey]));
}
document.destroy();
library.destroy();

for (const fault of faults.slice(0, 20)) process.stderr.write(fault + "\n");
process.stdout.write(`${file.numPages} pages, ${elements} elements, ${cells} cells, ${read.length} characters, ${bookmarks} bookmarks\n`);
process.exit(faults.length ? 1 : 0);
