#!/bin/sh
# run.sh PROGRAM UNIT-BINARY...: every test that needs no Java, Node or browser. Each part prints its own lines; the last line counts.
set -u
# A loaded machine is no failure: libcheck's own limit of 4 s is for hangs, and a minute tells those just as well.
export CK_DEFAULT_TIMEOUT="${CK_DEFAULT_TIMEOUT:-60}"
cd "$(dirname "$0")/.."
program=$(realpath "$1"); shift
passed=0 failed=0 skipped=0
log=$(mktemp); trap 'rm -f "$log"' EXIT

# part NAME COMMAND...: runs it; counts its `ok`, `not ok` and `# SKIP` lines (TAP), or libcheck's closing percentages.
part() {
  name=$1; shift
  if "$@" >"$log" 2>&1; then status=0; else status=$?; fi
  cat "$log"
  if grep -q '^[0-9]*%: Checks:' "$log"; then
    checks=$(sed -n 's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p' "$log" | awk '{c+=$1; f+=$2+$3} END {print c, f}')
    total=${checks% *}; bad=${checks#* }
    passed=$((passed + total - bad)); failed=$((failed + bad))
  else
    passed=$((passed + $(grep -c '^ok ' "$log"))); skipped=$((skipped + $(grep -c '^ok .*# SKIP' "$log")))
    passed=$((passed - $(grep -c '^ok .*# SKIP' "$log"))); bad=$(grep -c '^not ok ' "$log"); failed=$((failed + bad))
  fi
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then failed=$((failed + 1)); echo "not ok - $name ended with status $status"; fi
}

for unit in "$@"; do part "$(basename "$unit")" "$unit"; done
part golden tests/golden/run.sh "$program"
# PARTS: which folders of scripts; under the sanitizers not those that count seconds and megabytes.
for folder in ${PARTS:-cli pdf batch revise faults pathological}; do
  for script in tests/"$folder"/*.sh; do part "$script" "$script" "$program"; done
done
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
