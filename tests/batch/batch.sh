#!/bin/bash
# batch/batch.sh PROGRAM: a county in one run: what comes out, what stays, what goes wrong, and what a fault costs.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
unset LC_ALL LANG; export LC_MESSAGES=zh_CN.UTF-8
make_county="python3 $root/tests/tools/make_county.py"
cd "$scratch" || exit 1
says() { if grep -qF -- "$2" err; then ok "$1"; else not_ok "$1: wanted “$2”" err; fi; }
silent() { if grep -qF -- "$2" err; then not_ok "$1: found “$2”" err; else ok "$1"; fi; }
entries() { python3 -c 'import json,sys; print(sum(1 for l in open(sys.argv[1]) if "file" in json.loads(l)))' "$1"; }
clean() { if [ -z "$(find "$1" -name '.*.tmp')" ]; then ok "$2: no temporary file is left"; else find "$1" >err; not_ok "$2: no temporary file is left" err; fi; }
# rows FILE EXPRESSION: the expression over `rows`, the entries of a manifest by file.
rows() { python3 -c 'import json,sys
rows={r["file"]: r for r in map(json.loads, open(sys.argv[1])) if "file" in r}
assert eval(sys.argv[2]), rows' "$1" "$2"; }

$make_county county --count 12
count=12

# ---- a run, and the next ----------------------------------------------------------------------------------------------
status 0 "a county" "$program" batch county -o made -j 2
says "the summary counts" "共 12 份：排出 12 份，没有变化 0 份，没有排出 0 份"
check "one entry a notice" test "$(entries made/manifest.jsonl)" = $count
check "one PDF a notice" test "$(ls made/*.pdf | wc -l)" = $count
# What a worker remembers of the notices before must not show: each of them, whatever came before it.
check "alone and in a batch the same bytes" sh -c "for f in made/*.pdf; do n=\$(basename \"\$f\" .pdf); '$program' build \"county/\$n.yaml\" -o alone.pdf -q && cmp alone.pdf \"\$f\" || exit 1; done"
cp made/manifest.jsonl first.jsonl
status 0 "one worker" "$program" batch county -o one -j 1 -q
check "the manifest does not depend on the workers" cmp one/manifest.jsonl first.jsonl
status 0 "again" "$program" batch county -o made
says "nothing is made again" "排出 0 份，没有变化 12 份"
check "the manifest stays" cmp made/manifest.jsonl first.jsonl
one=$(ls county/*.yaml | grep -v -e 共用 -e departments | head -1); stem=$(basename "$one" .yaml)
echo '# 一行说明' >>"$one"
status 0 "one file changed" "$program" batch county -o made
says "only that one is made" "排出 1 份，没有变化 11 份"
echo '# 一行说明' >>county/共用.yaml
status 0 "the shared file changed" "$program" batch county -o made; says "all are made" "排出 12 份，没有变化 0 份"
echo x >>"made/$stem.pdf"
status 0 "an output was changed" "$program" batch county -o made; says "it is made again" "排出 1 份，没有变化 11 份"
status 0 "--rebuild" "$program" batch county -o made --rebuild; says "--rebuild makes all" "排出 12 份，没有变化 0 份"
cp -r "$root/templates" own; status 0 "a copy of the pack" "$program" batch county -o made --pack own/部门预算公开; says "changes nothing: contents count" "没有变化 12 份"
echo '# x' >>own/部门预算公开/words.yaml
status 0 "the pack changed" "$program" batch county -o made --pack own/部门预算公开; says "a changed pack makes all" "排出 12 份"
# Which program it is, is told by what was linked: stripped it is the same, with another hash in it another.
cp "$program" stripped; strip stripped 2>/dev/null; export GONGKAI_HOME=$root
"$program" batch county -o byhome -q 2>/dev/null
status 0 "the program without its debug sections" ./stripped batch county -o byhome; says "is the same" "没有变化 12 份"
python3 - "$program" <<'PY'
import sys
data = open(sys.argv[1], 'rb').read()
note = data.find(b'\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0')  # NT_GNU_BUILD_ID, 20 bytes
at = note + 16 if note >= 0 else len(data)               # without one the file's bytes count
open('other', 'wb').write(data[:at] + b'\xAA' + data[at + 1:])
PY
chmod +x other
status 0 "another program" ./other batch county -o byhome; says "makes all" "排出 12 份，没有变化 0 份"
unset GONGKAI_HOME
mkdir elsewhere; mv "made/$stem.pdf" elsewhere; ln -s "../elsewhere/$stem.pdf" made
status 0 "an output that is a link" "$program" batch county -o made --rebuild -q
check "stays one, and its target is written" sh -c "test -L 'made/$stem.pdf' && cmp 'elsewhere/$stem.pdf' 'byhome/$stem.pdf'"
check "and nothing is left beside it" test -z "$(ls -A elsewhere | grep -v pdf$)"
rm "made/$stem.pdf"; mv "elsewhere/$stem.pdf" made
status 0 "--quiet" "$program" batch county -o made --quiet; check "--quiet says nothing" test ! -s err

# ---- the year before ----------------------------------------------------------------------------------------------------
mkdir last; for file in county/*.yaml; do sed 's/^年度: 2024/年度: 2023/' "$file" >"last/${file#county/}"; done; sed -i 's/2024/2023/' last/共用.yaml
rm "last/$stem.yaml" last/departments.yaml
"$program" batch county -o lastout --last last >out 2>err; got=$?
check "--last: what build says of the same two" sh -c "other=\$(ls last | grep 局 | head -1); '$program' build \"county/\$other\" --last \"last/\$other\" -o x.pdf --json >alone.json 2>/dev/null; test -s alone.json && python3 - \"\$other\" <<'PY'
import json, sys
alone = sorted(json.loads(l)['code'] for l in open('alone.json'))
row = [r for r in map(json.loads, open('lastout/manifest.jsonl')) if r.get('file') == sys.argv[1]][0]
assert sorted(f['code'] for f in row['findings']) == alone and any(c.startswith('last-') for c in alone), (alone, row['findings'])
assert row['last']['path'] == 'last/' + sys.argv[1] and len(row['last']['sha256']) == 64, row
PY"
says "one that has no year before is told" "county/$stem.yaml: hint[batch-last-none]"
"$program" batch county -o lastout --last last -q --force 2>/dev/null; "$program" batch county -o lastout --last last --force >out 2>err
says "again nothing is made" "排出 0 份，没有变化 12 份"
echo '# x' >>"last/$(ls last | grep 局 | head -1)"; "$program" batch county -o lastout --last last --force >out 2>err
says "with one of last year's changed one is" "排出 1 份，没有变化 11 份"
"$program" batch county -o lastout --force >out 2>err; says "without them those that had one" "排出 11 份，没有变化 1 份"
status 2 "--last: no such folder" "$program" batch county -o lastout --last nosuch

# ---- the bench's notices ------------------------------------------------------------------------------------------------
# Each differs, and none is larger or smaller than its pattern, or with an error that would keep it from being set.
mkdir pattern
if [ -f "$reference/notice-2020.yaml" ]; then consistent_notice pattern/notice.yaml; else cp "$root/data/示例县/示例县档案局.yaml" pattern/notice.yaml; fi
python3 "$root/tests/bench/vary.py" pattern/notice.yaml varied 6
for folder in pattern varied; do cp "$root"/data/示例县/*共用* $folder; done
"$program" batch pattern -o patternout -q 2>/dev/null
status 0 "notices made to differ have no errors" "$program" batch varied -o variedout -q
check "each has its own text and figures, and its pattern's pages" python3 - <<'PY'
import json, re
read = lambda folder: [r for r in map(json.loads, open(folder + '/manifest.jsonl')) if 'file' in r]
(pattern,), made = read('patternout'), read('variedout')
assert len(made) == 6 and all(abs(r['pages'] - pattern['pages']) <= 1 for r in made), made
assert len({r['sha256'] for r in made}) == 6 and len({r['department'] for r in made}) == 6, made
assert len({json.dumps(r['figures']) for r in made}) > 3, made
han = lambda path: set(re.findall('[\u4e00-\u9fff]', open(path, encoding='utf-8').read()))
sets, old = [han('varied/' + r['file']) for r in made], han('pattern/notice.yaml')
assert all(abs(len(s) - len(old)) < len(old) / 50 and len(s & old) < 0.9 * len(old) for s in sets), list(map(len, sets))
assert all(len(a & b) < 0.9 * len(a) for a in sets for b in sets if a is not b)
PY

status 0 "a notice and its press edition" "$program" batch pattern -o pressout --press -q
check "the manifest has the hashes and sizes of the files" python3 - <<'PY'
import hashlib, json, os
(made,) = [r for r in map(json.loads, open('pressout/manifest.jsonl')) if 'file' in r]
for entry in made, made['press']:
    data = open(os.path.join('pressout', entry['output']), 'rb').read()
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (entry['sha256'], entry['bytes']), entry
PY

# ---- what is wrong ------------------------------------------------------------------------------------------------------
cp -r county bad
sed -i 's/^  一般公共预算收入: .*/  一般公共预算收入: 1.00/' "bad/$stem.yaml"
printf '部门：某局\n' >bad/colon.yaml
printf '部门: 坏\n  年度: 2020\n' >bad/syntax.yaml
printf '\262\277\303\305: \304\263\276\326\n' >bad/gbk.yaml
printf '备注: 与谁都无关\n' >bad/other.yaml
status 1 "bad ones among good" "$program" batch bad -o badout
says "the good are made" "排出 11 份，没有变化 0 份，没有排出 4 份"
says "each with its place" "bad/syntax.yaml:2:"; says "GBK is named" "GBK"; says "a colon is named" "bad/colon.yaml:1:"
says "a stray file is named" "bad/other.yaml: hint[batch-other]"
check "no PDF of a bad one" test ! -e "badout/$stem.pdf"
status 1 "bad ones, again" "$program" batch bad -o badout; says "the bad are tried again" "没有变化 11 份，没有排出 4 份"
status 1 "--force prints what can be" "$program" batch bad -o badout --force
check "as a draft" rows badout/manifest.jsonl "rows['$stem.yaml']['edition']['draft'] and rows['$stem.yaml']['exit'] == 0"
"$program" batch bad -o badout --json >json 2>/dev/null
check "--json is one finding a line" python3 -c "import json; rows=[json.loads(l) for l in open('json')]; assert len(rows) > 4 and all('code' in r for r in rows)"
status 2 "no output folder" "$program" batch county; status 2 "no data" "$program" batch "$root/fonts" -o out9
status 2 "a missing folder" "$program" batch nosuch -o out9
status 2 "an output that is a file" "$program" batch county -o err
for shard in 0/3 4/3 1 1/0 x/y 1/2x; do status 2 "shard $shard" "$program" batch county -o out9 --shard $shard; done

# ---- names --------------------------------------------------------------------------------------------------------------
mkdir -p names/a names/b
long=$(python3 -c 'print("很"*82)')
for name in a/甲 b/甲 a/CON 'a/甲:乙?' 'a/-rf' "a/$long" 'a/AbC' 'b/aBc' 'a/全县目录' 'a/x-press'; do cp "$one" "names/$name.yaml"; done
cp county/共用.yaml names/a; cp county/共用.yaml names/b
python3 - <<'PY'
import shutil, glob
source = 'names/a/甲.yaml'
shutil.copy(source, 'names/a/换\n行.yaml'); shutil.copy(source, 'names/a/\u00e9.yaml'); shutil.copy(source, 'names/a/e\u0301.yaml')
PY
"$program" batch names -o namesout -q 2>err
check "names are safe and apart" python3 - <<'PY'
import os
names = sorted(n for n in os.listdir('namesout') if n.endswith('.pdf'))
assert len(names) == 13, names
assert len({n.casefold() for n in names}) == 13, names
for name in names:
    assert len(name.encode()) <= 240 and not set(name) & set('/\\:*?"<>|\n') and name[0] not in '.- ', name
    assert name.split('.')[0].upper() not in ('CON',) and name not in ('全县目录.pdf',), name
PY
mkdir byname; for name in 一 二 三 四; do cp "$one" "byname/$name.yaml"; done; cp county/共用.yaml byname
sed -i 's#^部门: .*#部门: 县/../../局:甲#' byname/一.yaml; sed -i 's#^部门: .*#部门: "县/../../局:甲"#' byname/二.yaml; sed -i 's#^部门: .*#部门: CON#' byname/三.yaml
sed -i 's#^部门: .*#部门: |\n  分两行写的局#' byname/四.yaml
"$program" batch byname -o bynameout --name 部门 -q 2>err
check "--name: by the department, safe, told apart, by the file where it is not plain" python3 - <<'PY'
import os
names = sorted(n for n in os.listdir('bynameout') if n.endswith('.pdf'))
assert len(names) == 4 and sum(n.startswith('县_.._.._局_甲-') for n in names) == 2 and '_CON.pdf' in names and '四.pdf' in names, names
PY
check "nothing outside of the folder" test "$(find . -newer err -name '*.pdf' | wc -l)" = 0

# ---- the county -----------------------------------------------------------------------------------------------------------
cp -r county twice; cp "twice/$stem.yaml" twice/again.yaml
status 1 "a department twice" "$program" batch twice -o twiceout; says "is told" "county-twice"
silent "sums are wrong then, once for each" "程序"
cp -r county lack; rm "lack/$stem.yaml"
status 1 "a department missing" "$program" batch lack -o lackout; says "is told at its line" "lack/departments.yaml:4:"; says "sums are told" "county-sum"
cp -r county reworded
printf '名词解释:\n  - { 名词: 基本支出, 解释: 指别的意思。 }\n' >>"reworded/$stem.yaml"
status 0 "a wording of its own" "$program" batch reworded -o rewordedout; says "is told at its line" "reworded/$stem.yaml:"; says "as a warning" "warning[county-wording]"
cp -r county corrected; { cat "corrected/$stem.yaml"; printf '更正: { 性质: 更正, 前版: %s.yaml, 版次: 2, 日期: 2024-03-01, 原因: 排印有误 }\n' "$stem"; } >corrected/new.yaml
"$program" batch corrected -o correctedout >out.txt 2>err; silent "an edition that replaces another is not a second one" county-twice

status 0 "index and volume" "$program" batch county -o made --rebuild --index --volume
for file in 全县目录.pdf 全县合订本.pdf; do if command -v qpdf >/dev/null; then check "$file is a PDF" qpdf --check "made/$file"; fi; done
check "the index as CSV has all, and the sum" python3 - <<'PY'
import csv, decimal, json
rows = list(csv.reader(open('made/全县目录.csv', encoding='utf-8-sig', newline='')))
body = rows[1:-1]; at = rows[0].index('支出：合计')
assert len(body) == 12, rows
assert sum(decimal.Decimal(r[at]) for r in body) == decimal.Decimal(rows[-1][at]), rows
PY
if command -v pdftotext >/dev/null; then
  pdftotext -layout made/全县合订本.pdf volume.txt
  check "the volume's pages are numbered through" python3 - <<'PY'
import re
pages = open('volume.txt', encoding='utf-8').read().split('\f')
numbers = [int(m[-1]) for m in (re.findall(r'—\s*(\d+)\s*—', p) for p in pages) if m]
assert numbers == sorted(numbers) and numbers[0] == 1 and len(numbers) > 60, numbers
contents = pages[0]
firsts = [int(n) for n in re.findall(r'(\d+)\s*$', contents, re.M)][-12:]
assert firsts == sorted(firsts) and all(f % 2 for f in firsts), contents
PY
fi
made_at() { stat -c %i:%y "$1"; }
at=$(made_at made/全县合订本.pdf)
status 0 "the volume again" "$program" batch county -o made --volume; check "is not made again" test "$at" = "$(made_at made/全县合订本.pdf)"
status 0 "without the volume" "$program" batch county -o made -q; "$program" batch county -o made --volume -q 2>/dev/null
check "a run without it does not forget it" test "$at" = "$(made_at made/全县合订本.pdf)"
cp made/全县合订本.pdf volume0.pdf; echo x >>made/全县合订本.pdf; "$program" batch county -o made --volume -q 2>/dev/null
check "a volume that was changed is made again" cmp volume0.pdf made/全县合订本.pdf
cp "$one" kept.yaml; sed -i 's/^部门职责:/&\n  - 新加的一项职责。/' "$one"; "$program" batch county -o made --volume -q 2>/dev/null
check "with one notice's data changed it is made again" sh -c '! cmp -s volume0.pdf made/全县合订本.pdf'
cp kept.yaml "$one"; "$program" batch county -o made --volume -q 2>/dev/null
check "and with the old data it is the old one" cmp volume0.pdf made/全县合订本.pdf
cp made/全县合订本.pdf volume1.pdf; "$program" batch county -o one --volume -j 1 -q 2>err
check "the volume is the same from any run" cmp volume1.pdf one/全县合订本.pdf

# ---- faults -----------------------------------------------------------------------------------------------------------------
cp -r county slow
python3 - "$one" <<'PY'
import sys
text = open(sys.argv[1], encoding='utf-8').read()
head, tail = text.split('        产出指标:\n', 1)
row = '          - { 二级指标: 数量指标, 三级指标: 第%d项任务, 描述: 第%d项任务的完成数量, 指标值: "≥%d个", 依据: 工作计划 }\n'
open('slow/huge.yaml', 'w', encoding='utf-8').write((head + '        产出指标:\n' + ''.join(row % (i, i, i) for i in range(60000)) + tail).replace('部门: 示例县', '部门: 巨大县'))
PY
status 2 "a notice that takes too long" timeout 100 "$program" batch slow -o slowout --timeout 1 --memory 4000
says "is given up and named" "slow/huge.yaml: error[batch-timeout]"; says "the others are made" "排出 12 份，没有变化 0 份，没有排出 1 份"
clean slowout "a worker killed for its time"
if grep -q __asan_init "$program"; then skip "a notice that takes too much memory" "a sanitizer needs more itself"; else
status 2 "a notice that takes too much memory" timeout 200 "$program" batch slow -o memoryout --timeout 60 --memory 100
says "is given up and named" "slow/huge.yaml: error[batch-memory]"; says "the others are made" "排出 12 份，没有变化 0 份，没有排出 1 份"
fi

# One that hangs whatever the machine: what it shares is a pipe that nobody writes into.
cp -r county hang; mkfifo hang/管道.yaml
sed -e 's/^共用: .*/共用: 管道.yaml/' -e 's/^部门: 示例县/部门: 悬案县/' "$one" >hang/hung.yaml
status 2 "a notice that hangs" timeout 100 "$program" batch hang -o hangout --timeout 3
says "is given up and named" "hang/hung.yaml: error[batch-timeout]"; says "the others are made" "排出 12 份，没有变化 0 份，没有排出 1 份"
clean hangout "a worker killed while it hung"
check "it had its two tries, the others one" rows hangout/manifest.jsonl "rows['hung.yaml']['exit'] == 2 and len(rows) == 13"

cat >faults.py <<'PY'
"""faults.py MODE PROGRAM FOLDER OUT: runs a batch and strikes it while it runs."""
import os, signal, subprocess, sys, time
mode, program, folder, out = sys.argv[1:]
environment = dict(os.environ)
if mode == 'workers': # a leak checker looks on from a child of its own, and waits for ever for one that was killed
    environment['ASAN_OPTIONS'] = environment.get('ASAN_OPTIONS', '') + ':detect_leaks=0'
run = subprocess.Popen([program, 'batch', folder, '-o', out, '-j', '2', '--timeout', '60'], stderr=open('err', 'wb'), start_new_session=True,
                       env=environment)
def workers():
    try:
        return [int(p) for p in open('/proc/%d/task/%d/children' % (run.pid, run.pid)).read().split()]
    except OSError:
        return []
def made():
    return len([n for n in os.listdir(out) if n.endswith('.pdf')]) if os.path.isdir(out) else 0
def listed():
    try:
        return open(os.path.join(out, 'manifest.jsonl'), 'rb').read().count(b'\n') - 1 # the first line is no notice
    except OSError:
        return 0
# The file is there before its line is: who is to go on from the manifest must have one.
def begun():
    if mode == 'crash': # all but the one that hangs
        return listed() >= 12
    return listed() >= 1 if mode in ('parent', 'interrupt', 'second') else made() >= 2
limit = time.time() + 60
while not begun() and time.time() < limit and run.poll() is None:
    time.sleep(0.001)
if mode == 'worker':
    for worker in workers()[:1]:
        os.kill(worker, signal.SIGSEGV)
elif mode == 'crash':
    struck = set()
    while run.poll() is None and time.time() < limit:
        for worker in set(workers()) - struck:
            try:
                if open('/proc/%d/stat' % worker).read().rsplit(')', 1)[1].split()[0] == 'S': # asleep: in the pipe
                    os.kill(worker, signal.SIGSEGV); struck.add(worker)
            except OSError: pass
        time.sleep(0.01)
    if len(struck) != 2:
        print('%d workers struck' % len(struck)); sys.exit(9)
elif mode == 'second': # the first holds still, so that both are there at once
    os.kill(run.pid, signal.SIGSTOP)
    second = subprocess.run([program, 'batch', folder, '-o', out], stderr=open('err2', 'wb'))
    os.kill(run.pid, signal.SIGCONT)
    if second.returncode != 2:
        print('the second run ended with %d' % second.returncode); sys.exit(9)
elif mode == 'workers':
    while run.poll() is None:
        for worker in workers():
            try: os.kill(worker, signal.SIGKILL)
            except OSError: pass
        time.sleep(0.002)
elif mode == 'parent':
    old = workers(); os.kill(run.pid, signal.SIGKILL); run.wait()
    time.sleep(0.3)
    for worker in old:
        if os.path.exists('/proc/%d' % worker) and open('/proc/%d/stat' % worker).read().rsplit(')', 1)[1].split()[0] not in 'ZX':
            print('worker %d lives on' % worker); sys.exit(9)
elif mode == 'interrupt':
    os.killpg(run.pid, signal.SIGINT)
try:
    code = run.wait(60)
except subprocess.TimeoutExpired:
    os.killpg(run.pid, signal.SIGKILL); code = 99
print(code)
PY
$make_county many --count 60
whole() { bad_one=; for file in "$1"/*.pdf; do [ "$(tail -c 6 "$file" | head -c 5)" = '%%EOF' ] || bad_one=$file; done; if [ -z "$bad_one" ]; then ok "$2: every file there is whole"; else echo "$bad_one" >err; not_ok "$2: every file there is whole" err; fi; }
check "a worker killed" sh -c "python3 faults.py worker '$program' many killed >code; test \"\$(cat code)\" = 0"
says "its notice was tried again" "没有排出 0 份"; whole killed "a worker killed"; clean killed "a worker killed"
check "all workers killed, over and over" sh -c "python3 faults.py workers '$program' many killed2 >code; test \"\$(cat code)\" = 2"
says "each notice is given up after two" "batch-crash"; whole killed2 "all workers killed"
status 0 "then a run without faults" "$program" batch many -o killed2 -q; clean killed2 "a run after it"
check "the parent killed" sh -c "python3 faults.py parent '$program' many dead >code; test \"\$(cat code)\" = -9"
whole dead "the parent killed"; before=$(entries dead/manifest.jsonl)
check "what was finished is in the manifest" test "$before" -ge 1
status 0 "the next run goes on" "$program" batch many -o dead; silent "it does not begin anew" "没有变化 0 份"; clean dead "a run that goes on"
"$program" batch many -o fresh -q 2>/dev/null
check "its manifest is that of a run without faults" cmp dead/manifest.jsonl fresh/manifest.jsonl
check "SIGINT" sh -c "python3 faults.py interrupt '$program' many stopped >code; test \"\$(cat code)\" = -2"
says "says what is left" "已停止"; whole stopped "SIGINT"; clean stopped "SIGINT"
status 0 "after SIGINT the next run goes on" "$program" batch many -o stopped; silent "it does not begin anew" "没有变化 0 份"

check "a notice whose worker crashes, and crashes again" sh -c "python3 faults.py crash '$program' hang crashed >code; test \"\$(cat code)\" = 2"
says "is given up and named" "hang/hung.yaml: error[batch-crash]"; says "the others are made" "排出 12 份，没有变化 0 份，没有排出 1 份"; clean crashed "a worker that crashed"

# Two runs on one folder: one works, the other says why it does not.
check "two runs at once: one does it all, the other nothing" sh -c "python3 faults.py second '$program' many both >code; test \"\$(cat code)\" = 0"
mv err err1; mv err2 err; says "two runs at once: the other says so" "batch-busy"; whole both "two runs at once"
check "two runs at once: the manifest is whole" test "$(entries both/manifest.jsonl)" = 60

# A file in the manifest that was cut in the middle of a line.
head -c 5000 fresh/manifest.jsonl >torn; cp -r fresh tornout; cp torn tornout/manifest.jsonl
status 0 "a torn manifest" "$program" batch many -o tornout; check "is mended" cmp tornout/manifest.jsonl fresh/manifest.jsonl
printf '\000\377{"file":1}\n[[[[\n' >tornout/manifest.jsonl
status 0 "a manifest of rubbish" "$program" batch many -o tornout; check "is made anew" cmp tornout/manifest.jsonl fresh/manifest.jsonl

# ---- a terminal ---------------------------------------------------------------------------------------------------------------
cat >terminal.py <<'PY'
import os, pty, subprocess, sys
main, side = pty.openpty()
run = subprocess.Popen([sys.argv[1], 'batch', 'many', '-o', 'terminal', '-j', '1'], stderr=side, stdout=subprocess.DEVNULL)
os.close(side)
text = b''
while True:
    try: more = os.read(main, 65536)
    except OSError: break
    if not more: break
    text += more
assert run.wait() == 0 and b'\r\x1b[K[' in text and '每秒'.encode() in text, text[:400]
PY
if python3 -c 'import pty; pty.openpty()' 2>/dev/null; then check "a bar on a terminal only" python3 terminal.py "$program"
else skip "a bar on a terminal only" "no pseudo-terminals here"; fi
finish
