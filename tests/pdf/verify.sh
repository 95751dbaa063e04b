#!/bin/sh
# pdf/verify.sh PROGRAM: gongkai verify finds nothing in good files, each seeded fault in bad ones, and survives damage of every kind.
. "$(dirname "$0")/../tap.sh"
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
fault table '/ColSpan 2' '/ColSpan 3'
fault table '/Headers[(n0000' '/Headers[(x0000'
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
