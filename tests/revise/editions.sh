#!/bin/sh
# revise/editions.sh PROGRAM: corrected editions from end to end: the list in the notice, the pages, the ledger, refusals, kills.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
unset LC_ALL LANG SOURCE_DATE_EPOCH; export LC_MESSAGES=zh_CN.UTF-8
cp "$root"/data/示例县/共用.yaml "$scratch/"; cp "$root"/data/示例县/示例县水务局.yaml "$scratch/old.yaml"
cd "$scratch" || exit 1
says() { if grep -qF -- "$2" err; then ok "$1"; else not_ok "$1: wanted “$2”" err; fi; }
has() { if grep -qF -- "$2" out; then ok "$1"; else not_ok "$1: wanted “$2”" out; fi; }
hasnot() { if grep -qF -- "$2" out; then not_ok "$1: there is “$2”" out; else ok "$1"; fi; }
# edit SED TARGET [CORRECTION]: a corrected copy of old.yaml
edit() { { sed -E "$1" old.yaml; printf '\n更正: {%s}\n' "${3:-性质: 更正, 前版: old.yaml, 日期: 2024-03-20, 原因: 录入有误}"; } >"$2"; }
more='s/人员经费: 985.30/人员经费: 986.30/; s/合计: 1098.00/合计: 1099.00/; s/合计: 3243.00/合计: 3244.00/; s/一般公共预算收入: 2315.60/一般公共预算收入: 2316.60/; s/总额: -186.40/总额: -185.40/; s/增减: -21.40/增减: -20.40/'
text() { pdftotext -layout "$1" - | tr -d ' \n\f'; }

# ---- the notice -------------------------------------------------------------------------------------------------------
edit "$more" new.yaml
status 0 "a corrected edition" "$program" build -q new.yaml -o new.pdf
status 0 "the edition before" "$program" build -q old.yaml -o old.pdf
text new.pdf >out
has "the title says so" "信息公开情况说明（更正）"
has "a line under it points to the end" "（第2版，2024年3月20日更正；更正内容见文末“更正说明”）"
has "the list is there" "其余内容不变。更正的原因：录入有误。"
has "what it was and is" "985.30万元986.30万元+1.00万元录入有误"
has "totals that followed are told apart" "由上述更正引起，下列各数随之变动："
hash=$(pdfdetach -list new.pdf >/dev/null 2>&1; pdfdetach -savefile data.yaml -o attached.yaml new.pdf 2>/dev/null; sha256sum attached.yaml | cut -c1-64)
oldhash=$(pdfdetach -savefile data.yaml -o attached-old.yaml old.pdf 2>/dev/null; sha256sum attached-old.yaml | cut -c1-64)
has "the hash of this edition's data is on the page" "$hash"
has "and that of the edition before" "$oldhash"
pages=$(pdfinfo new.pdf | awk '/^Pages/{print $2}'); was=$(pdfinfo old.pdf | awk '/^Pages/{print $2}')
pdftotext -f "$pages" new.pdf - >last; if grep -q "— *$pages *—" last; then not_ok "the list has no folio" last; else ok "the list has no folio"; fi
pdftotext -f "$was" -l "$was" new.pdf - >last; if grep -q "$was" last; then ok "the notice keeps its own"; else not_ok "the notice keeps its own" last; fi
status 0 "the same bytes again" sh -c "'$program' build -q new.yaml -o again.pdf && cmp new.pdf again.pdf"
status 0 "verify reads it back" "$program" verify -q new.pdf new.yaml
pdfdetach -savefile changes.jsonl -o changes.jsonl new.pdf 2>/dev/null
check "the chain and the list are attached" python3 -c "
import json
rows = [json.loads(line) for line in open('changes.jsonl')]
assert rows[0]['edition'] == 2 and rows[0]['replaces_edition'] == 1 and rows[0]['replaces_data_sha256'] == '$oldhash'
assert rows[0]['data_sha256'] == '$hash' and len(rows) == 8 and all(row['reason'] for row in rows[1:] if not row['consequence'])"
pdfdetach -savefile figures.json -o figures.json new.pdf 2>/dev/null
check "the map of figures tells which are changed" python3 -c "
import json
figures = json.load(open('figures.json'))['figures']
changed = {figure['path'] for figure in figures if figure.get('changed')}
assert '支出/基本支出/人员经费' in changed and '支出/基本支出/日常公用经费' not in changed and len(changed) == 7, changed"
qpdf --qdf --object-streams=disable new.pdf new.qdf 2>/dev/null; grep -ac '/T (changed)' new.qdf >out
if [ "$(cat out)" = 3 ]; then ok "the structure tells what is changed: $(cat out) elements"; else not_ok "the structure tells what is changed" out; fi
qpdf --qdf --object-streams=disable old.pdf old.qdf 2>/dev/null
if grep -aq '/T (changed)' old.qdf; then not_ok "and nothing in a first edition"; else ok "and nothing in a first edition"; fi
pdfinfo -meta new.pdf >out
has "the chain is in the XMP" "<gongkai:ReplacesDataHash>$oldhash</gongkai:ReplacesDataHash>"; has "with the number" "<gongkai:Edition>2<"
edit "$more" approved.yaml "性质: 调整, 前版: old.yaml, 原因: 经县人大常委会批准"
status 0 "a new approval" "$program" build -q approved.yaml -o approved.pdf
text approved.pdf >out; has "speaks of its own" "预算经批准调整"; hasnot "and not of an error" "有误"

# ---- diff -------------------------------------------------------------------------------------------------------------
status 1 "diff finds it" "$program" diff -q old.yaml new.yaml; has "the place in the notice's words" "2、支出说明，基本支出　人员经费"
has "consequences apart" "随之变动"; has "the reprint list" "一字不差的页"
status 0 "no difference" "$program" diff -q old.yaml old.yaml; has "says so" "没有不同"
sed 's/^部门:/# 一句注释\n部门:/; s/金额: 68.20/金额: 682000元/' old.yaml >same.yaml
status 0 "comments and units are none" "$program" diff -q old.yaml same.yaml
status 1 "as JSON" "$program" diff -q --json old.yaml new.yaml
check "one object a line, all pages told" python3 -c "
import json
rows = [json.loads(line) for line in open('out')]
pages = [row for row in rows if 'page' in row]
changes = [row for row in rows if 'kind' in row]
assert len(pages) == $pages and len(changes) == 7, (len(pages), len(changes))
assert sum(row['consequence'] for row in changes) == 4
assert all((row['sha256'] == row['old_sha256']) == (row['change'] == 'identical') for row in pages)"
# Unchanged pages, proven on the files: the same ink.
python3 -c "
import json
print(*[row['page'] for row in map(json.loads, open('out')) if row.get('change') == 'identical'])" >identical
same=1; for page in $(cat identical); do
  for edition in old new; do pdftoppm -r 72 -gray -f "$page" -l "$page" -singlefile $edition.pdf $edition; done
  cmp -s old.pgm new.pgm || same=0
done
if [ $same = 1 ] && [ "$(wc -w <identical)" -ge 5 ]; then ok "pages told identical have the same ink: $(cat identical)"; else not_ok "pages told identical have the same ink" identical; fi
status 1 "as HTML" "$program" diff -q --html old.yaml new.yaml; has "a page of its own" "</html>"

# --stable: a wider word in a table would move the columns of all tables of its kind.
edit 's/指标值: 100%/指标值: 不低于百分之九十九点九五/' wide.yaml
same_pages() { "$program" diff -q --json "$@" | grep -c '"change": "identical"'; }
free=$(same_pages old.yaml wide.yaml); kept=$(same_pages --stable old.yaml wide.yaml)
if [ "$kept" -ge "$free" ] && [ "$kept" -ge 9 ]; then ok "--stable keeps pages: $kept of $was, $free without"; else not_ok "--stable keeps pages: $kept of $was, $free without"; fi
status 0 "--stable and nothing changed: nothing moves" "$program" diff -q --stable old.yaml old.yaml
has "to the last glyph" "一字不差的页：1-$was"

# ---- refusals of a correction -----------------------------------------------------------------------------------------
edit 's/^部门:/# 注释\n部门:/' none.yaml
status 1 "only comments changed" "$program" build -q none.yaml -o x.pdf; says "is refused" "没有任何不同"
edit 's/2315.60/23156000元/' none.yaml
status 1 "only a unit respelt" "$program" build -q none.yaml -o x.pdf; says "is refused" "没有任何不同"
edit 's/^简称: .*/简称: 水务/' none.yaml
status 1 "only what is not printed" "$program" build -q none.yaml -o x.pdf; says "is refused" "不印在公开说明里"
edit "$more" bare.yaml "性质: 更正, 前版: old.yaml"
status 1 "no reason" "$program" build -q bare.yaml -o x.pdf; says "is refused" "没有写更正的原因"
edit "$more" wrong.yaml "性质: 更正, 前版: old.yaml, 原因: 误, 逐项原因: {支出/项目支出: 误}"
status 1 "a reason for what did not change" "$program" build -q wrong.yaml -o x.pdf; says "is refused" "没有改动"
edit "$more" wrong.yaml "性质: 更正, 前版: old.yaml, 原因: 误, 版次: 4"
status 1 "a wrong number" "$program" build -q wrong.yaml -o x.pdf; says "is refused" "版次应是 2"
edit "$more" wrong.yaml "性质: 更正, 前版: wrong.yaml, 原因: 误"
status 1 "its own predecessor" "$program" build -q wrong.yaml -o x.pdf
edit "$more; s/部门: 示例县水务局/部门: 示例县水利局/" wrong.yaml
status 1 "another department" "$program" build -q wrong.yaml -o x.pdf; says "is refused" "部门不同"
edit "$more" wrong.yaml; sed -E 's/^(共用: .*)/\1\n年度: 2023/' old.yaml >lastyear.yaml; sed -i 's/前版: old.yaml/前版: lastyear.yaml/' wrong.yaml
status 1 "another year" "$program" build -q wrong.yaml -o x.pdf; says "is refused" "年度不同"
edit "$more" wrong.yaml "性质: 更正, 前版: nosuch.yaml, 原因: 误"
status 2 "no such file" "$program" build -q wrong.yaml -o x.pdf
[ ! -e x.pdf ] && ok "none left a file" || not_ok "none left a file"

# ---- the ledger -------------------------------------------------------------------------------------------------------
status 1 "a correction of what was never published" "$program" publish -q new.yaml --ledger led; says "is refused" "没有公开过"
status 0 "publish" "$program" publish -q old.yaml --ledger led
status 1 "twice" "$program" publish -q old.yaml --ledger led; says "is refused" "已经公开过"
edit 's/985.30/985.31/' other.yaml "性质: 更正, 前版: draft.yaml, 原因: 误"; sed 's/本年: 9.60/本年: 9.70/' old.yaml >draft.yaml
status 1 "a correction of a draft" "$program" publish -q other.yaml --ledger led; says "is refused" "没有公开过"
status 0 "publish the correction" "$program" publish -q new.yaml --ledger led
edit 's/本年: 1.20/本年: 1.25/' late.yaml
status 1 "from the first edition again" "$program" publish -q late.yaml --ledger led; says "is refused" "不是最新的一版"
{ sed -E 's/本年: 1.20/本年: 1.25/; /^更正:/d' new.yaml; echo '更正: {性质: 更正, 前版: led/0002.yaml, 日期: 2024-04-01, 原因: 又录入有误}'; } >third.yaml
status 0 "a third edition, from the ledger's own file" "$program" publish -q --stable third.yaml --ledger led
{ sed -E 's/本年: 1.25/本年: 1.26/; /^更正:/d' third.yaml; echo '更正: {性质: 更正, 前版: led/0003.yaml, 日期: 2024-02-01, 原因: 误}'; } >early.yaml
status 1 "dated before the one it corrects" "$program" publish -q early.yaml --ledger led; says "is refused" "早于前版"
status 0 "list" "$program" ledger --ledger led; has "three editions" "共 3 版"
status 0 "verify" "$program" ledger --ledger led --verify; has "all as published" "3 版，全部相符"
for n in 1 2 3; do status 0 "rebuild $n byte for byte" sh -c "'$program' ledger -q --ledger led --rebuild $n -o r.pdf && cmp r.pdf led/000$n.pdf"; done
status 2 "a word too many" "$program" ledger led
status 1 "no such number" "$program" ledger -q --ledger led --rebuild 9
cp -r "$root/templates" home-templates; mkdir home; mv home-templates home/templates; ln -s "$root/fonts" home/fonts
sed -i 's/按照预算管理有关规定/依照预算管理有关规定/' home/templates/部门预算公开/notice.txt
status 1 "with another pack" env GONGKAI_HOME="$scratch/home" "$program" ledger --ledger led --rebuild 1; says "it says so" "模板不是当时的"
status 0 "verify --chain" "$program" verify --chain led; has "all as published" "3 版，全部相符"
status 2 "a PDF and a chain at once" "$program" verify new.pdf --chain led
cp -r led led2; printf ' ' >>led2/0002.pdf
status 1 "a file altered" "$program" ledger --ledger led2 --verify; says "is found" "0002.pdf"
cp -r led led3; sed -i '2s/录入有误/录入无误/' led3/ledger.jsonl
status 1 "a line altered" "$program" ledger --ledger led3 --verify; says "is found" "接不上"

# ---- kills ------------------------------------------------------------------------------------------------------------
# 200 times: publish is killed at a random point. Whatever the ledger then says is whole, and the next run goes on.
cat >kills.py <<'PY'
import os, random, signal, subprocess, sys, time
program, count = sys.argv[1], int(sys.argv[2])
base = open('old.yaml').read()
random.seed(6)
def lines():
    try: return open('kill/ledger.jsonl', 'rb').read().count(b'\n')
    except FileNotFoundError: return 0
started = time.time(); subprocess.run([program, 'publish', '-q', 'old.yaml', '--ledger', 'probe'], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
usual = time.time() - started
kept = killed = 0
for i in range(count):
    open('kill.yaml', 'w').write(base.replace('示例县水务局', '示例县第%d局' % i))
    before = lines()
    run = subprocess.Popen([program, 'publish', '-q', 'kill.yaml', '--ledger', 'kill'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    # half of them near the end, where the files are written
    time.sleep(random.uniform(0, usual * 1.1) if i % 2 else random.uniform(usual * 0.7, usual * 1.1))
    run.kill(); said = run.stdout.read(); status = run.wait()
    after = lines()
    assert after in (before, before + 1), (before, after)
    assert status != 0 or after == before + 1, 'said it was done, and was not'
    kept += after > before; killed += status == -signal.SIGKILL
    if i % 20 == 19:
        assert subprocess.run([program, 'ledger', '-q', '--ledger', 'kill', '--verify'], stdout=subprocess.DEVNULL).returncode in ((0,) if lines() else (0, 2)), i
print('killed %d of %d, %d editions kept' % (killed, count, kept))
assert killed > count // 4 and subprocess.run([program, 'ledger', '-q', '--ledger', 'kill', '--verify'], stdout=subprocess.DEVNULL).returncode == 0
PY
check "killed 200 times: no lost and no half edition" python3 kills.py "$program" 200
# Ten at once: each edition is filed once.
for i in 1 2 3 4 5 6 7 8 9 10; do
  sed "s/示例县水务局/示例县第$((i % 5))局/" old.yaml >many$i.yaml; "$program" publish -q many$i.yaml --ledger many >/dev/null 2>&1 &
done; wait
status 0 "ten at once" "$program" ledger --ledger many --verify; has "five departments, each once" "5 版，全部相符"
finish
