#!/bin/sh
# pdf/readers.sh PROGRAM: finished PDFs read back by other programs: structure (qpdf, Ghostscript), fonts, text, both renderers, identity.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
cd "$scratch" || exit 1

pgm_pages() { # pgm_pages FILE.pdf PREFIX: poppler's and MuPDF's renderings at 72 dpi, upright whatever /Rotate says
  qpdf --rotate=0:1-z "$1" upright.pdf 2>/dev/null || return 1
  pdftoppm -r 72 -gray upright.pdf "$2-poppler" && mutool draw -q -N -r 72 -c gray -o "$2-mupdf-%d.pgm" upright.pdf
}

# Every check that holds for any notice: read FILE.pdf made from DATA.yaml.
read_back() { # read_back NAME DATA.yaml
  name=$1 data=$2
  "$program" build "$data" -o "$name.pdf" >"$name.log" 2>&1 || { not_ok "$name: builds" "$name.log"; return; }
  ok "$name: builds"
  check "$name: qpdf --check" qpdf --check "$name.pdf"
  pdffonts "$name.pdf" >"$name.fonts" 2>&1
  if awk 'NR > 2 && !/ yes yes yes /{print; bad = 1} END {exit bad || NR < 3}' "$name.fonts" >bad; then ok "$name: fonts embedded, subset, with Unicode"
  else not_ok "$name: fonts embedded, subset, with Unicode" bad; fi
  check "$name: Ghostscript reads it without a warning" sh -c "gs -q -dNOPAUSE -dBATCH -sDEVICE=nullpage -dPDFSTOPONERROR -dPDFSTOPONWARNING '$name.pdf'"
  mutool info "$name.pdf" >"$name.mupdf" 2>&1
  if grep -qiE 'error|warning' "$name.mupdf"; then not_ok "$name: MuPDF finds nothing wrong" "$name.mupdf"; else ok "$name: MuPDF finds nothing wrong"; fi
  "$program" build "$data" --dump=pages -o "$name.pages" 2>/dev/null
  # Text written = text extracted: the display list's own text, in the order of the content streams.
  sed -n 's/^  glyphs [^"]*"\(.*\)".*$/\1/p' "$name.pages" >"$name.written"
  pdftotext -raw -enc UTF-8 "$name.pdf" "$name.raw"
  check "$name: text extracted is the text written" python3 "$root/tests/tools/text_match.py" "$name.written" "$name.raw" --floor 100
  gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=txtwrite -o "$name.gs" "$name.pdf" 2>/dev/null
  # Past U+FFFF Ghostscript 10.00 writes two halves, the second a wrong one: such characters are left out of both.
  for text in raw gs; do python3 -c 'import re, sys
text = re.sub(rb"\xed[\xa0-\xaf].{4}|[\xf0-\xf4]...", b"", open(sys.argv[1], "rb").read(), flags=re.S).decode("utf-8")
print("".join(sorted("".join(text.split()))))' "$name.$text" >"$name.$text-sorted"; done
  check "$name: Ghostscript extracts the same characters" cmp "$name.raw-sorted" "$name.gs-sorted"
  pgm_pages "$name.pdf" "$name"
  check "$name: ink where the glyphs are (poppler)" python3 "$root/tests/tools/ink.py" "$name.pages" "$name-poppler" 72
  check "$name: ink where the glyphs are (MuPDF)" python3 "$root/tests/tools/ink.py" "$name.pages" "$name-mupdf" 72
  # Same input, same bytes: another folder, locale, time zone and hour.
  mkdir -p elsewhere
  (cd elsewhere && TZ=Asia/Shanghai LC_ALL=en_US.UTF-8 "$program" build "$data" -o again.pdf >/dev/null 2>&1)
  check "$name: the same bytes elsewhere" cmp "$name.pdf" elsewhere/again.pdf
}

for data in "$root"/data/示例县/示例县*.yaml; do
  [ -f "$data" ] && read_back "$(basename "$data" .yaml)" "$data"
done

if [ -f "$reference/notice-2020.yaml" ]; then
  consistent_notice notice.yaml
  read_back notice "$scratch/notice.yaml"
  "$program" build "$reference/notice-2020.yaml" --force -o original.pdf >original.log 2>&1 || not_ok "the original prints, forced" original.log
  # The original's text: sentences by reading order, cells by content order. What the floor leaves: see tests/README.md.
  pdftotext -raw -enc UTF-8 original.pdf original.raw
  check "the original's text, in order, 99.5 %" python3 "$root/tests/tools/text_match.py" "$reference/notice-2020.txt" original.raw --floor 99.5
  python3 "$root/tests/tools/text_match.py" "$reference/notice-2020.txt" original.raw | sed 's/^/# /'
else
  skip "the real notice" "../shared/reference is not here"
fi
finish
