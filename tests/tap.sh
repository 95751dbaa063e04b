# Sourced by the test scripts: TAP lines and a scratch folder. ok NAME / not_ok NAME DETAIL-FILE / skip NAME REASON / check NAME COMMAND...
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
reference=$root/../shared/reference
number=0 bad=0
ok() { number=$((number + 1)); echo "ok $number - $1"; }
skip() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; }
not_ok() { number=$((number + 1)); bad=1; echo "not ok $number - $1"; [ -f "${2:-}" ] && head -40 "$2" | sed 's/^/# /'; return 0; }
# Runs the command; its output is shown when it fails.
check() { tap_name=$1; shift; if "$@" >"$scratch/check.log" 2>&1; then ok "$tap_name"; else not_ok "$tap_name" "$scratch/check.log"; fi; }
# status WANTED NAME COMMAND...: the command must end with that status; its output is left in $scratch/out and $scratch/err.
status() {
  wanted=$1 tap_name=$2; shift 2
  "$@" >"$scratch/out" 2>"$scratch/err"; got=$?
  if [ $got = "$wanted" ]; then ok "$tap_name"; else echo "status $got, wanted $wanted" >>"$scratch/err"; not_ok "$tap_name" "$scratch/err"; fi
}
finish() { echo "1..$number"; exit $bad; }
# The real notice made consistent: the original contradicts itself in the sum of changes and misspells the county, and would print only
# as a draft once rules exist.
consistent_notice() { sed -e 's/回放自治县/回族自治县/g' -e 's/^  总额: 2729.18$/  总额: 2729.21/' "$reference/notice-2020.yaml" >"$1"; }
