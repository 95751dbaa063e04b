#!/bin/sh
# cli/rules.sh PROGRAM: the rules as the user meets them: check, its selections and forms, build's refusal, --last, exceptions, explain.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
unset LC_ALL LANG; export LC_MESSAGES=zh_CN.UTF-8
: "${GONGKAI_HOME:=$root}"; export GONGKAI_HOME
cd "$scratch" || exit 1
cp "$root/tests/rules/base.yaml" good.yaml
sed -e 's/总额: 39.70/总额: 37.90/' -e 's/规范支出，加强监督/规范规范支出,加强监督/' good.yaml >wrong.yaml
says() { if grep -qF -- "$2" "${3:-err}"; then ok "$1"; else not_ok "$1: wanted “$2”" "${3:-err}"; fi; }
lacks() { if grep -qF -- "$2" "${3:-err}"; then not_ok "$1: unwanted “$2”" "${3:-err}"; else ok "$1"; fi; }

status 0 "check: nothing wrong" "$program" check good.yaml
status 1 "check: a wrong sum" "$program" check wrong.yaml
says "the figure is pointed at" "wrong.yaml:$(grep -n '总额:' wrong.yaml | cut -d: -f1):7: error[change-total]"
says "both figures and the difference" "37.90万元"; says "the sum" "39.7万元"; says "the difference" "相差1.8万元"
says "related places" "比上年增减/基本支出/增减为 9.70"
says "a suggestion" "改为：，"
says "the summary" "1 个错误，1 个警告，1 个提示"
status 1 "--only" "$program" check --only words-doubled,change-total wrong.yaml
lacks "--only leaves the others out" half-width; says "--only keeps" words-doubled
status 0 "--only without errors" "$program" check --only words-doubled wrong.yaml
status 2 "--only with a code that is none" "$program" check --only nosuch wrong.yaml
status 1 "--severity" "$program" check --severity warning wrong.yaml; lacks "--severity leaves hints out" "hint["; says "--severity keeps warnings" "warning["
status 2 "--severity that is none" "$program" check --severity grave wrong.yaml
status 1 "--max" "$program" check --max 1 wrong.yaml; says "--max tells how many are left" "另有 2 条没有列出"
status 1 "several files" "$program" check good.yaml wrong.yaml; says "a summary a file" "wrong.yaml：1 个错误"; says "also of a clean one" "good.yaml：没有发现问题"
"$program" check wrong.yaml 2>first; "$program" check wrong.yaml 2>second; check "the same every time" cmp first second

"$program" check --json wrong.yaml >json 2>/dev/null
check "--json" python3 - <<'P'
import json
rows = [json.loads(line) for line in open('json')]
assert [r['code'] for r in rows] == ['change-total', 'words-doubled', 'half-width'], rows
assert rows[0]['path'] == '比上年增减/总额' and len(rows[0]['related']) == 2 and rows[2]['suggestion'] == '，'
P
"$program" check --sarif good.yaml wrong.yaml >sarif 2>/dev/null
check "--sarif" python3 - <<'P'
import json
log = json.load(open('sarif')); run = log['runs'][0]
assert log['version'] == '2.1.0' and run['tool']['driver']['name'] == 'gongkai'
assert [r['ruleId'] for r in run['results']] == ['change-total', 'words-doubled', 'half-width']
ids = {r['id'] for r in run['tool']['driver']['rules']}
lines = open('wrong.yaml', encoding='utf-8').read().split('\n')
for r in run['results']:
    assert r['ruleId'] in ids and r['level'] in ('error', 'warning', 'note') and r['message']['text']
    place = r['locations'][0]['physicalLocation']; region = place['region']
    assert place['artifactLocation']['uri'] == 'wrong.yaml'
    r['text'] = lines[region['startLine'] - 1][region['startColumn'] - 1:region['endColumn'] - 1]
assert [r['text'] for r in run['results']] == ['37.90', '规范规范', ','], [r['text'] for r in run['results']]
fix = run['results'][2]['fixes'][0]['artifactChanges'][0]['replacements'][0]
assert fix['insertedContent']['text'] == '，'
P
status 0 "--sarif with nothing found" "$program" check --sarif good.yaml
check "is JSON too" python3 -c "import json; assert json.load(open('out'))['runs'][0]['results'] == []"

status 1 "build refuses an error" "$program" build wrong.yaml -o refused.pdf
if [ -e refused.pdf ]; then not_ok "and writes nothing"; else ok "and writes nothing"; fi
status 0 "build --force prints a draft" "$program" build --force wrong.yaml -o forced.pdf
if pdftotext forced.pdf - 2>/dev/null | grep -q 草; then ok "marked 草稿"; else not_ok "marked 草稿"; fi
status 0 "warnings do not stop build" sh -c "sed 's/总额: 37.90/总额: 39.70/' wrong.yaml >warned.yaml; '$program' build warned.yaml -o warned.pdf"
if pdftotext warned.pdf - 2>/dev/null | grep -q 草稿; then not_ok "not a draft"; else ok "not a draft"; fi
sed 's/^其他事项:/核对例外:\n  - { 规则: change-total, 位置: 比上年增减\/总额, 理由: 批复如此 }\n其他事项:/' wrong.yaml >excepted.yaml
status 0 "an exception lets build pass" "$program" build excepted.yaml -o excepted.pdf; lacks "and is quiet" change-total
status 0 "an exception that is not used" sh -c "sed 's/总额: 37.90/总额: 39.70/' excepted.yaml >unused.yaml; '$program' check unused.yaml"
says "is told" "exception-unused"

sed -e 's/^年度: 2024/年度: 2023/' -e 's/合计: 360.00/合计: 320.30/' good.yaml >last.yaml
status 1 "--last: figures that were published otherwise" "$program" check --last last.yaml good.yaml; says "basic spending of last year" "last-basic"; lacks "the total agrees" "last-total]"
status 2 "--last: no such file" "$program" check --last nosuch.yaml good.yaml
status 1 "--last: build too" "$program" build --last last.yaml good.yaml -o last.pdf

status 0 "explain lists" "$program" explain; says "all rules" "change-total " out; says "with their titles" "“三公”经费" out
status 0 "explain one" "$program" explain change-total
says "its formula" "比上年增减.总额 = " out; says "its source" "143号" out; says "its example" "2729.18" out; says "how to except" "核对例外:" out
status 2 "explain what is none" "$program" explain change-totla; says "nearest" "change-total"
"$program" explain --json >out; check "explain --json" python3 -c "import json; rows=[json.loads(l) for l in open('out')]; assert len(rows) > 80 and all(r['id'] and r['title'] and r['source'] and r['example'] for r in rows)"
cp -r "$root/templates/部门预算公开" pack; echo '  - { id: x, severity: wrong }' >>pack/rules.yaml
status 2 "a pack with a bad rule" "$program" check --pack pack good.yaml; says "is told at its line" "pack/rules.yaml:$(wc -l <pack/rules.yaml)"
finish
