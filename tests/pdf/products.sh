#!/bin/sh
# pdf/products.sh PROGRAM: whatever else the program prints, held to what the notices are held to: cover and contents, a corrected edition with its
# 更正说明, booklet, index and bound volume of a county, notices of a batch, a draft,
# cut cells, texts longer than a string; each by our walker, `verify` and other readers.
. "$(dirname "$0")/../tap.sh"
. "$root/tests/front.sh"
program=$(realpath "$1")
walker="$root/tests/tools/conformance.py"
unset LC_ALL LANG SOURCE_DATE_EPOCH; export LC_MESSAGES=en_US.UTF-8
cp "$root"/data/示例县/共用.yaml "$scratch/"; cp "$root"/data/示例县/示例县水务局.yaml "$scratch/old.yaml"
cd "$scratch" || exit 1

made() { name=$1; shift; "$program" "$@" -q >"$name.log" 2>&1 || not_ok "$name: is made" "$name.log"; }
strict_ghostscript() { gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=nullpage -dPDFSTOPONERROR -dPDFSTOPONWARNING "$1"; }
mupdf_quiet() { mutool draw -q -F stext -o /dev/null "$1" 2>mupdf.log; ! grep -v 'ICC support' mupdf.log | grep -iE 'error|warning'; }
# judged FILE.pdf: claims all that its edition may, and is so.
judged() {
  case $1 in *-press.pdf) press=--press claim=PDF/X-4 ;; *) press='' claim='PDF/A-3a, PDF/UA-1' ;; esac
  [ -f "$1" ] || { not_ok "$1: is there"; return; }
  check "$1: qpdf --check" qpdf --check "$1"
  check "$1: Ghostscript reads it without a warning" strict_ghostscript "$1"
  check "$1: MuPDF too" mupdf_quiet "$1"
  # shellcheck disable=SC2086
  check "$1: clause by clause" python3 "$walker" "$1" $press
  status 0 "$1: verify finds nothing" "$program" verify "$1"
  grep -q "claims: $claim\$" out && ok "$1: claims $claim" || not_ok "$1: claims $claim" out
}

front_pack pack
made front build old.yaml --pack pack -o front.pdf --press --bleed 3mm --marks
judged front.pdf; judged front-press.pdf
[ "$(python3 "$walker" front.pdf | sed -n 's/.* \([0-9]*\) links/\1/p')" -gt 10 ] && ok "contents: its links are in the tree" || not_ok "contents: its links are in the tree"
made booklet build old.yaml -o booklet.pdf --booklet
judged booklet-press.pdf
{ sed -E 's/人员经费: 985.30/人员经费: 986.30/; s/合计: 1098.00/合计: 1099.00/; s/合计: 3243.00/合计: 3244.00/; s/一般公共预算收入: 2315.60/一般公共预算收入: 2316.60/; s/总额: -186.40/总额: -185.40/; s/增减: -21.40/增减: -20.40/' old.yaml
  printf '\n更正: {性质: 更正, 前版: old.yaml, 日期: 2024-03-20, 原因: 录入有误}\n'; } >new.yaml
made revised build new.yaml -o revised.pdf --press
judged revised.pdf; judged revised-press.pdf
sed 's/合计: 3243.00/合计: 3244.00/' old.yaml >wrong.yaml
"$program" build --force wrong.yaml -o draft.pdf -q >draft.log 2>&1
judged draft.pdf
worst() { PYTHONPATH=$root/tests/pathological python3 -c '
import cases, json, sys
json.dump(cases.CASES[sys.argv[1]][1](), sys.stdout, ensure_ascii=False)' "$1"; }
# What no string of a PDF can hold: 32,767 bytes.
worst "a heading of 20,000 characters" >heading.yaml
made heading build heading.yaml -o heading.pdf
judged heading.pdf
worst "50,000 combining marks on one letter" >marks.yaml
made marks build marks.yaml -o marks.pdf
judged marks.pdf
worst "20,000 invisible signs after one Han" >signs.yaml
made signs build signs.yaml -o signs.pdf
judged signs.pdf
worst "each cell of 5,000 characters" >cut.yaml
made cut build cut.yaml -o cut.pdf --press
judged cut.pdf; judged cut-press.pdf
python3 "$root/tests/tools/make_county.py" county --count 3
made county batch county -o made --pack pack --index --volume --press
for file in made/*.pdf; do judged "$file"; done
[ "$(find made -name '*.pdf' | wc -l)" = 8 ] && ok "three notices of two editions, an index, a volume" || { ls made >list; not_ok "three notices of two editions, an index, a volume" list; }
finish
