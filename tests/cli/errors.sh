#!/bin/sh
# cli/errors.sh PROGRAM: what goes wrong gets one clear message, the right exit status, no partial file, and loses nothing.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
unset LC_ALL LANG; export LC_MESSAGES=zh_CN.UTF-8
sample=$root/data/示例县/示例县档案局.yaml
cd "$scratch" || exit 1
says() { # says NAME TEXT: the last command's stderr holds it
  if grep -qF -- "$2" err; then ok "$1"; else not_ok "$1: wanted “$2”" err; fi; }
no_file() { if [ ! -e "$1" ] && [ -z "$(find . -name '.*.tmp')" ]; then ok "$2: nothing left behind"; else ls -la >err; not_ok "$2: nothing left behind" err; fi; }

status 2 "no command" "$program"
status 2 "an unknown command" "$program" nosuch
status 0 "--version" "$program" --version
status 0 "--help" "$program" --help
status 0 "build --help" "$program" build --help
status 2 "an unknown option" "$program" build --nosuch "$sample"
status 2 "no data file" "$program" build
status 2 "two data files" "$program" build "$sample" "$sample"
status 2 "a dump that is none" "$program" build --dump=nosuch "$sample"

status 2 "a missing file" "$program" build nosuch.yaml -o x.pdf
says "a missing file is named" nosuch.yaml; no_file x.pdf "a missing file"
status 2 "a folder as data" "$program" build "$root/data" -o x.pdf
status 2 "an unwritable target" "$program" build "$sample" -o no/such/folder/x.pdf
says "an unwritable target is named" no/such/folder/x.pdf
status 2 "a full disk" "$program" build "$sample" -o /dev/full
printf 'old' >old.pdf
status 2 "a file-size limit in mid-write" sh -c "ulimit -f 8; '$program' build '$sample' -o old.pdf"
if [ "$(cat old.pdf)" = old ]; then ok "the old file is unchanged"; else not_ok "the old file is unchanged"; fi

printf '部门: 某局\n  年度: 2020\n' >bad.yaml
status 1 "bad YAML" "$program" build bad.yaml -o x.pdf
says "bad YAML has its line and column" "bad.yaml:2:"; no_file x.pdf "bad YAML"
printf '部门：某局\n' >colon.yaml
status 1 "a full-width colon" "$program" build colon.yaml -o x.pdf
says "the colon is named" "colon.yaml:1:3"
printf '\262\277\303\305: \304\263\276\326\n' >gbk.yaml
status 1 "GBK" "$program" build gbk.yaml -o x.pdf; says "GBK is named" GBK
head -c 700 "$sample" >cut.yaml
status 1 "a truncated file" "$program" build cut.yaml -o x.pdf; no_file x.pdf "a truncated file"
: >empty.yaml
status 1 "an empty file" "$program" build empty.yaml -o x.pdf
head -c 20000000 /dev/zero >zero.yaml
status 1 "20 MB of zeros" timeout 10 "$program" build zero.yaml -o x.pdf
awk 'BEGIN {for (i = 0; i < 5000; i++) printf "["}' >deep.yaml
status 1 "5,000 brackets" timeout 10 "$program" build deep.yaml -o x.pdf
{ echo 'a: &a [x,x,x,x,x,x,x,x,x,x]'; p=a; for n in b c d e f g h i; do echo "$n: &$n [*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p]"; p=$n; done; } >laughs.yaml
status 1 "a billion laughs" timeout 10 "$program" build laughs.yaml -o x.pdf
{ cat "$sample"; echo '年度: 两千'; } >year.yaml; cp "$root"/data/示例县/*共用* . 2>/dev/null
status 1 "a year that is none" "$program" check year.yaml
printf '%s\n' '模板: 没有这个模板' '部门: 甲' >pack.yaml
status 1 "an unknown pack" "$program" build pack.yaml -o x.pdf; says "the pack is named" 没有这个模板
printf '%s\n' '模板: ../部门预算公开' >path.yaml
status 1 "a pack by path" "$program" build path.yaml -o x.pdf

mkdir home; cp -r "$root/templates" home/; mkdir home/fonts
GONGKAI_HOME=$scratch/home; export GONGKAI_HOME
status 2 "no fonts" "$program" build "$sample" -o x.pdf; says "the missing font is named" FandolFang; no_file x.pdf "no fonts"
GONGKAI_HOME=$scratch/nosuch
status 2 "no home" "$program" build "$sample" -o x.pdf
unset GONGKAI_HOME

status 0 "to a pipe" sh -c "'$program' build '$sample' -o - | head -c 5 >head; test \"\$(cat head)\" = %PDF-"
status 0 "from standard input" sh -c "'$program' build - -o stdin.pdf <'$sample'"
status 0 "the default name" "$program" build "$sample"
if [ -s 示例县档案局.pdf ]; then ok "NAME.pdf in the current folder"; else not_ok "NAME.pdf in the current folder"; fi
status 0 "check writes nothing" "$program" check "$sample"
LC_MESSAGES=en_US.UTF-8 "$program" build nosuch.yaml 2>err; says "English with LC_MESSAGES=en" "cannot open"
"$program" check --json cut.yaml >json 2>/dev/null
check "--json is one object a line" python3 -c "import json; rows=[json.loads(l) for l in open('json')]; assert rows and all('line' in r and 'code' in r for r in rows)"

# A kill in mid-run: the target is whole or untouched.
printf 'old' >kept.pdf
for delay in 0.005 0.01 0.02 0.03 0.05 0.08; do
  "$program" build "$sample" -o kept.pdf >/dev/null 2>&1 & pid=$!
  sleep $delay; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
  if [ "$(head -c 3 kept.pdf)" = old ] || qpdf --check kept.pdf >/dev/null 2>&1; then :; else bad=1; echo "not ok - half a file after a kill at $delay s"; fi
done
ok "a kill in mid-run leaves the old file or the new one"
finish
