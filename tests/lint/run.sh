#!/bin/sh
# The borders of src/, held by machine: include order, fences of the foreign libraries, no writable state, no binary floats, file
# sizes, no machine paths, format. Prints file:line: error and exits 1.
set -u
cd "$(dirname "$0")/../.."
bad=0
report=$(mktemp)
trap 'rm -f "$report"' EXIT
complain() { cat >>"$report"; }   # a pipe's end is a subshell: findings are counted at the end
files=$(find src -name '*.[ch]' | LC_ALL=C sort)

# shellcheck disable=SC2086
awk -f tests/lint/layers.awk src/layers.txt $files || bad=1

# fence HEADER-PATTERN FOLDERS: the header may be included below these folders only.
fence() {
  pattern=$1; shift
  found=$(grep -nE "^#include <($pattern)" $files | while IFS= read -r hit; do
    ok=no; for folder in "$@"; do case $hit in "$folder"*) ok=yes ;; esac; done
    [ $ok = yes ] || echo "$hit"
  done)
  [ -z "$found" ] || echo "$found" | sed "s|\$| [fence: only in $*]|" | complain
}
fence 'hpdf' src/pdf/
fence 'libdeflate|zlib' src/pdf/ src/font/
fence 'ft2build|freetype|hb' src/font/
fence 'qrencode' src/revise/
fence 'yaml\.h' src/data/
fence 'pcre2' src/base/
fence 'pcre2' src/base/
fence 'uni(norm|width|lbrk|str|conv|case|ctype|gbrk|wbrk|name|types)\.h' src/base/ src/text/

# Binary floats only where libharu wants them.
grep -nwE 'float|double' $(echo "$files" | grep -v '^src/pdf/') | grep -vE ':[0-9]+: *(/?\*|//)|/\*.*(float|double).*\*/' | sed 's/$/ [float]/' | complain

# No writable file-scope variable: a notice must not disturb the next one.
if [ -n "${OBJECTS:-}" ]; then
  # shellcheck disable=SC2086
  for object in $OBJECTS; do
    objdump -t "$object" | awk -v o="$object" '($0 ~ / O \.(data|bss)/ || $0 ~ / O \.data\.[^r]/) && $0 !~ /__odr_asan|\.data\.rel\.ro/ {print o ": error: writable variable " $NF " [state]"; b = 1} END {exit b}' || bad=1
  done
fi

for file in $files; do
  lines=$(wc -l <"$file")
  [ "$lines" -le 500 ] || echo "$file:1: error: $lines lines; the limit is 500 [size]" | complain
  case $file in
    *.c) head -1 "$file" | grep -q '^/\*' || echo "$file:1: error: no sentence at its head that says what it turns into what [head]" | complain ;;
  esac
done

# Words of the notice belong in templates/: no Chinese strings in C but messages (base/*.def) and cli's own help.
grep -nP '"[^"]*[\x{4e00}-\x{9fff}]{6,}[^"]*"' $(echo "$files" | grep -v '^src/cli/') | sed 's/$/ [words]/' | complain

if command -v clang-format >/dev/null; then
  # shellcheck disable=SC2046
  clang-format --dry-run -Werror $files $(find tests -name '*.[ch]') 2>&1 | grep -E 'error' | head -40 | complain
else
  echo "lint: clang-format is not installed: format not checked"
fi
[ -s "$report" ] && { cat "$report"; bad=1; }
[ $bad = 0 ] && echo "lint: clean"
exit $bad
