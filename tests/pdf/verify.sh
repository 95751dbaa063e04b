#!/bin/sh
# pdf/verify.sh PROGRAM: gongkai verify finds nothing in good files, each seeded fault in bad ones, and survives damage of every kind.
. "$(dirname "$0")/../tap.sh"
. "$root/tests/front.sh"
program=$(realpath "$1")
tamper="$root/tests/tools/tamper.py"
sample=$(find "$root/data/示例县" -name '*局.yaml' | LC_ALL=C sort | head -1)
other=$(find "$root/data/示例县" -name '*局.yaml' | LC_ALL=C sort | tail -1)
cd "$scratch" || exit 1

"$program" build "$sample" -o good.pdf --press >build.log 2>&1
status 0 "the screen edition holds what it claims, and is from its data" "$program" verify good.pdf "$sample"
grep -q 'PDF/A-3a, PDF/UA-1' out && ok "its claims are told" || not_ok "its claims are told" out
status 0 "the press edition too" "$program" verify good-press.pdf "$sample"
grep -q 'PDF/X-4' out && ok "its claim is told" || not_ok "its claim is told" out
status 1 "other data are told apart" "$program" verify good.pdf "$other"
status 2 "a file that is not there" "$program" verify absent.pdf
status 1 "a file that is no PDF" "$program" verify "$sample"
"$program" verify good.pdf --text >verified.txt 2>/dev/null
python3 "$root/tests/tools/conformance.py" good.pdf --text | tr -d '\n ' >walked.txt
tr -d '\n ' <verified.txt >verified.flat
check "its text is the walker's" cmp verified.flat walked.txt
sed 's/^年度/# 一条新的注\n年度/;$a # 末尾的注' "$sample" >commented.yaml
mkdir -p with && cp "$root"/data/示例县/共用.yaml with/ && cp commented.yaml with/
status 0 "comments do not count" "$program" verify good.pdf with/commented.yaml

# fault CODE OLD NEW [FILE]: a seeded fault is found under its code.
fault() {
  python3 "$tamper" "${4:-good.pdf}" bad.pdf "$2" "$3" || { not_ok "verify: $1: nothing was seeded ($2)"; return; }
  "$program" verify --json bad.pdf >found.json 2>&1; ended=$?
  if [ $ended = 1 ] && grep -q "\"verify-$1\"" found.json; then ok "verify finds a fault of $1"; else echo "status $ended" >>found.json; not_ok "verify finds a fault of $1: $2" found.json; fi
}
fault mark '/P<</MCID 3>>BDC' '/P<</MCID 2>>BDC'
fault mark '/Artifact<</Type/Pagination>>BDC' '/Spantact<</Type/Pagination>>BDC'
fault tag '/S/TBody' '/S/TBoby'
fault tag '/S/H2' '/S/H5'
front_pack pack
"$program" build "$sample" -o front.pdf --pack pack -q >build.log 2>&1
status 0 "a contents page and its links" "$program" verify front.pdf
fault tag '/Type/OBJR/Obj ' '/Type/OBJR/Obx ' front.pdf
fault tag '/StructParent 2' '/StructParent 0' front.pdf
fault tag '/Type/OBJR' '/Type/OBJX' front.pdf
fault tag '/S/Link' '/S/Span' front.pdf
fault table '/S/TBody' '/S/THead'
fault table '/ColSpan 2' '/ColSpan 3'
fault table '/Headers[(n' '/Headers[(x'
fault metadata '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">示例' '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">事例'
fault claim '/DisplayDocTitle true' '/DisplayDocTitle null'
fault claim '/Marked true' '/Marked null'
fault unicode 'endbfchar' 'endbf(har'
fault width '/DW 1000' '/DW 1001'
fault attachment '部门:' '部门 '
fault bookmark '/Title<FEFF4E003001' '/Title<FEFF4E013001'
fault claim '/S/GTS_PDFX/' '/S/GTS_PDFY/' good-press.pdf
fault color '0 0 0 1 k' '0 1 0 1 k' good-press.pdf
fault box '/BleedBox[' '/BleedBax[' good-press.pdf

# ---- cells that go on over a page break: one TD, its text in one piece, whatever stands beside it -----------------------------------
worst() { PYTHONPATH=$root/tests/pathological python3 -c "
import cases, json, sys
json.dump($1, sys.stdout, ensure_ascii=False, indent=0)"; }
worst 'cases.CASES["each cell of 5,000 characters"][1]()' >cut.yaml
"$program" build cut.yaml -o cut.pdf >build.log 2>&1
status 0 "cut cells: nothing to find" "$program" verify cut.pdf cut.yaml
"$program" verify cut.pdf --text >cut.txt 2>/dev/null
check "cut cells: each is one line of the text, whole" python3 -c "
import sys; sys.path.insert(0, '$root/tests/pathological')
import cases
lines = open('cut.txt', encoding='utf-8').read().split('\n')
sys.exit(lines.count(cases.han(5000)) != 5)"
pdftotext -raw cut.pdf - | tr -d '\n\f' >cut.raw
check "cut cells: on each page one ends before the next begins" python3 -c "
import subprocess, sys; sys.path.insert(0, '$root/tests/pathological')
import cases
page = subprocess.run(['pdftotext', '-raw', '-f', '5', '-l', '5', 'cut.pdf', '-'], capture_output=True, text=True).stdout.replace('\n', '')
whole, parts = cases.han(5000), 0
while page:
    longest = max((n for n in range(len(page), 20, -1) if page[:n] in whole), default=0)
    parts += longest > 0
    page = page[max(longest, 1):]
sys.exit(parts != 5)"
planted() { # planted NAME CODE FILE TAMPER-WORDS...: the fault is found under its code
  planted_name=$1 planted_code=$2 planted_file=$3; shift 3
  python3 "$tamper" "$planted_file" bad.pdf "$@" || { not_ok "$planted_name: nothing was seeded"; return; }
  "$program" verify --json bad.pdf >found.json 2>&1; ended=$?
  if [ $ended = 1 ] && grep -q "\"$planted_code\"" found.json; then ok "$planted_name is found"; else echo "status $ended" >>found.json; not_ok "$planted_name is found" found.json; fi
}
planted "cut cells: two that show each other's part" verify-tag cut.pdf --swap-marks
grep -q 'reading order\|阅读' found.json && ok "cut cells: by the reading order" || not_ok "cut cells: by the reading order" found.json
planted "cut cells: two that have each other's part in the tree" verify-tag cut.pdf --swap-kids
planted "cut cells: a part that the tree lost" verify-tag cut.pdf --lose-kid
planted "cut cells: a part that tree and content lost" verify-tag cut.pdf --lose-part

# ---- figures: what the page shows, where the map says, as the data have it ----------------------------------------------------------
notice() { worst "cases.put('支出/项目支出/主要项目', [{'名称': '档案数字化', '金额': $1}, {'名称': '库房修缮', '金额': $2}${3:-}])"; }
notice 15 25 >a.yaml; notice 25 15 >b.yaml; notice 15 20 ", {'名称': '消防', '金额': 5}" >c.yaml
for it in a b c; do "$program" build $it.yaml -o $it.pdf >build.log 2>&1 || not_ok "figures: $it builds" build.log; done
place='page [0-9]* \[[0-9.]* [0-9.]* [0-9.]* [0-9.]*\]: the page shows 支出/项目支出/主要项目\[档案数字化\]/金额 as'
told() { # told NAME PATTERN WORDS...: verify ends with 1 and says so
  told_name=$1 told_pattern=$2; shift 2
  LC_MESSAGES=en_US.UTF-8 "$program" verify "$@" >told.log 2>&1; ended=$?
  if [ $ended = 1 ] && grep -q "$told_pattern" told.log; then ok "$told_name"; else echo "status $ended" >>told.log; not_ok "$told_name" told.log; fi
}
told "figures: other data: which differ, with page and box" "error\[verify-figure-value\].*$place '25', the data have '15'" b.pdf a.yaml
[ "$(grep -c 'verify-figure-value' told.log)" = 2 ] && ok "figures: these two and no more" || not_ok "figures: these two and no more" told.log
told "figures: one that the file lacks" "error\[verify-figure-lacking\].*主要项目\[消防\]/金额" a.pdf c.yaml
told "figures: one that the data lack" "error\[verify-figure-stray\].*主要项目\[消防\]/金额" c.pdf a.yaml
planted "figures: two exchanged on the page" verify-figure a.pdf --transplant b.pdf
cp bad.pdf moved.pdf
told "figures: page and box of one exchanged" "error\[verify-figure\].*$place '25', the map of figures has '15'" moved.pdf
told "figures: and against the data" "error\[verify-figure-value\].*$place '25', the data have '15'" moved.pdf a.yaml
worst "cases.put('政府采购', [cases.purchase(i, 单价=i + 1000) for i in range(40)])" >many.yaml
worst "cases.put('政府采购', [cases.purchase(i, 单价=i + 1001) for i in range(40)])" >more.yaml
for it in many more; do "$program" build --force $it.yaml -o $it.pdf >build.log 2>&1; done
told "figures: twenty are told, the rest are counted" "error\\[verify-figure-more\\].* 20 more" more.pdf many.yaml
python3 "$tamper" many.pdf bad.pdf --transplant more.pdf
told "figures: on the page too" "error\\[verify-figure-more\\].* [0-9]* more" bad.pdf
planted "figures: another page in the map" verify-figure a.pdf '"page":1,' '"page":2,'
planted "figures: another place in the map" verify-figure a.pdf ',"box":[4' ',"box":[3'
planted "figures: another text in the map" verify-figure a.pdf '"text":"15"' '"text":"51"'
planted "figures: another path in the map" verify-figure-stray a.pdf '"path":"收入/合计"' '"path":"收入/合汁"'
planted "figures: a line of the map that is none" verify-figure a.pdf '{"path":"收入/合计",' '{"path":"收入/合计";'
worst "cases.put('部门职责', ['负责案档工作。'])" >d.yaml; worst "cases.base()" >e.yaml
for it in d e; do "$program" build $it.yaml -o $it.pdf >build.log 2>&1; done
python3 "$tamper" e.pdf bad.pdf --transplant d.pdf
told "words that the data do not give" "error\[verify-text\].*负责案档工作.*负责档案工作" bad.pdf e.yaml
worst 'cases.CASES["amounts of 12 digits"][1]()' >long.yaml
"$program" build --force long.yaml -o long.pdf >build.log 2>&1
pdfdetach -savefile figures.json -o long.json long.pdf
check "a figure broken over two lines is one figure of two parts" python3 -c "
import json, sys
figure = json.load(open('long.json'))['figures'][0]
print(figure)
sys.exit(not (figure['text'] == '999999999999.999999' == ''.join(p['text'] for p in figure['parts']) and len(figure['parts']) == 2))"
planted "figures: the second part elsewhere" verify-figure long.pdf '{"page":1,"box":[79' '{"page":1,"box":[97'

# Damage: cut short, bytes overwritten, in the file and in its unpacked streams. No crash, no endless loop; status 0 or 1.
cat >damage.py <<'PY'
import random, subprocess, sys
sys.path.insert(0, sys.argv[2])
import tamper
good = open("good.pdf", "rb").read()
random.seed(4)
bad = 0
for i in range(100):
    data = bytearray(good)
    if i % 3 == 0:
        data = data[:random.randrange(len(data))] + (good[-60:] if i % 2 else b"")
    else:
        for _ in range(random.choice((1, 3, 40))):
            data[random.randrange(len(data))] = random.randrange(256)
    open("damaged.pdf", "wb").write(data)
    if i >= 60:
        file = tamper.Packed(good)
        tamper.scramble(file, i)
        file.write("damaged.pdf")
    run = subprocess.run([sys.argv[1], "verify", "-q", "damaged.pdf"], capture_output=True, timeout=20)
    if run.returncode not in (0, 1):
        print(i, run.returncode, run.stderr[:300])
        bad = 1
sys.exit(bad)
PY
check "damaged files are refused quietly" python3 damage.py "$program" "$root/tests/tools"
finish
