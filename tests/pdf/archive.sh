#!/bin/sh
# pdf/archive.sh PROGRAM: both editions of every sample held to the clauses of PDF/A-3a, PDF/UA-1 and PDF/X-4 by a walker of our own that
# shares no code with the program (tests/tools/conformance.py); walker.sh holds the walker to seeded faults.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
walker="$root/tests/tools/conformance.py"
sample=$(find "$root/data/示例县" -name '*局.yaml' | LC_ALL=C sort | head -1)
cd "$scratch" || exit 1

strict_ghostscript() { gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=nullpage -dPDFSTOPONERROR -dPDFSTOPONWARNING "$1"; }

# editions NAME DATA.yaml [OPTION...]: builds both and checks both.
editions() {
  stem=$1 data=$2; shift 2
  "$program" build "$data" -o "$stem.pdf" --press "$@" >"$stem.log" 2>&1 || { not_ok "$stem: builds both editions" "$stem.log"; return; }
  ok "$stem: builds both editions"
  for edition in "$stem.pdf" "$stem-press.pdf"; do
    check "$edition: qpdf --check" qpdf --check "$edition"
    check "$edition: Ghostscript reads it without a warning" strict_ghostscript "$edition"
  done
  check "$stem: PDF/A-3a and PDF/UA-1, clause by clause" python3 "$walker" "$stem.pdf"
  check "$stem: PDF/X-4, clause by clause, of the same content" python3 "$walker" "$stem-press.pdf" "$stem.pdf" --press --like
}

for data in "$root"/data/示例县/示例县*.yaml; do
  [ -f "$data" ] && editions "$(basename "$data" .yaml)" "$data" --bleed 3mm --marks
done
if [ -f "$reference/notice-2020.yaml" ]; then
  consistent_notice notice.yaml
  editions notice notice.yaml --pad 4
  [ "$(wc -c <notice.pdf)" -lt 650000 ] && ok "notice: under 650,000 bytes, tags and data included" || not_ok "notice: under 650,000 bytes, tags and data included"
else
  skip "the real notice" "../shared/reference is not here"
fi

# ---- the data travels with the file -------------------------------------------------------------------------------------------------
first=$(basename "$sample" .yaml)
mkdir -p attached && pdfdetach -saveall -o attached "$first.pdf" 2>/dev/null
check "the attached data makes the same file, byte for byte" sh -c "'$program' build attached/data.yaml -o again.pdf && cmp '$first.pdf' again.pdf"
check "the attached data holds no comment" sh -c "! grep -n '^ *#' attached/data.yaml"
cat >figures.py <<'PY'
import json, subprocess, sys
figures = json.load(open("attached/figures.json"))["figures"]
assert figures, "no figures"
for figure in figures:
    left, bottom, right, top = figure["box"]
    x, y, width, height = left, 841.89 - top, right - left, top - bottom
    if figure.get("turned"):  # shown with /Rotate 90: the left edge is on top
        x, y, width, height = bottom, left, top - bottom, right - left
    page = str(figure["page"])
    area = ["-x", str(int(x) - 2), "-y", str(int(y) - 2), "-W", str(int(width) + 5), "-H", str(int(height) + 4)]
    words = subprocess.run(["pdftotext", "-f", page, "-l", page, *area, sys.argv[1], "-"], capture_output=True, text=True).stdout
    if figure["text"].strip() not in words.replace("\n", ""):
        sys.exit(f"{figure} reads {words!r}")
print(len(figures), "figures")
PY
check "each figure stands in its box" python3 figures.py "$first.pdf"

# ---- rare characters ----------------------------------------------------------------------------------------------------------------
# Ext B (U+20BB7), Ext C (U+2B5E0, a surname) and Ext A (U+3402) in a department's name.
mkdir -p rare && cp "$root"/data/示例县/*.yaml rare/
rare=$(printf '\360\240\256\267\360\253\227\240\343\220\202')
sed "s/$first/示例县${rare}局/g" "$sample" >rare/rare.yaml
editions rare rare/rare.yaml
pdftotext -raw rare.pdf - 2>/dev/null | tr -d '\n' | grep -q "示例县${rare}局" && ok "rare characters in the text" || not_ok "rare characters in the text"
pdfinfo rare.pdf 2>/dev/null | grep -q "^Title:.*${rare}" && ok "rare characters in the Info title" || not_ok "rare characters in the Info title"
pdfinfo -meta rare.pdf 2>/dev/null | grep -q "<dc:title>.*${rare}" && ok "rare characters in the XMP title" || not_ok "rare characters in the XMP title"
mutool show rare.pdf outline >rare.outline 2>/dev/null
grep -q "${rare}" rare.outline && ok "rare characters in a bookmark" || not_ok "rare characters in a bookmark" rare.outline
mutool draw -q -F txt rare.pdf 2>/dev/null | tr -d '\n' | grep -q "${rare}" && ok "rare characters in MuPDF's text" || not_ok "rare characters in MuPDF's text"

# ---- the press's options ------------------------------------------------------------------------------------------------------------
cp "$sample" "$root"/data/示例县/共用.yaml .
status 0 "a booklet" "$program" build "$first.yaml" -o booklet.pdf --booklet
check "booklet: two pages a side, a multiple of 4 in all" sh -c "pdfinfo booklet-press.pdf | grep -q '^Page size: *1190.55 x 841.89' &&
  [ \$((\$(pdfinfo booklet-press.pdf | sed -n 's/^Pages: *//p') % 2)) = 0 ]"
check "booklet: PDF/X-4" python3 "$walker" booklet-press.pdf booklet.pdf --press --like
status 2 "an RGB profile is refused" "$program" build "$first.yaml" -o x.pdf --icc "$root/src/pdf/profiles/make_profiles.py"
python3 "$root/src/pdf/profiles/make_profiles.py" . >profiles.inc
check "the profiles in the program are those the script makes" cmp profiles.inc "$root/src/pdf/profiles/profiles.inc"
status 2 "a display profile is refused" "$program" build "$first.yaml" -o x.pdf --icc srgb_profile.icc
status 0 "a printer's profile is taken" "$program" build "$first.yaml" -o own.pdf --icc cmyk_profile.icc
status 2 "a bleed without unit is refused" "$program" build "$first.yaml" -o x.pdf --bleed 3
status 2 "both editions to standard output are refused" sh -c "'$program' build '$first.yaml' -o - --press | cat >/dev/null; exit 2"
check "black is K alone" sh -c "gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=inkcov -r30 -o inks own-press.pdf &&
  awk '\$1 + \$2 + \$3 > 0 {bad = 1; print} \$4 > 0 {black = 1} END {exit bad || !black}' inks"

finish
