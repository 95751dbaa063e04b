#!/bin/sh
# fuzz/run.sh SECONDS BINARY...: each target over its seeds and what it finds, that long; what it found is kept in build/fuzz/.
set -u
cd "$(dirname "$0")/../.."
seconds=$1; shift
bad=0
for target in "$@"; do
  name=$(basename "$target"); name=${name#fuzz_}
  kept=build/fuzz/$name; mkdir -p "$kept" "tests/fuzz/corpus/$name"
  set -- -t "$seconds" "tests/fuzz/corpus/$name"
  if grep -q LLVMFuzzerRunDriver "$target"; then
    set -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2000 -max_len=8192 -print_final_stats=1 \
      -artifact_prefix="$kept-" "$kept" "tests/fuzz/corpus/$name"
  fi
  if nice -n 10 "$target" "$@" >"$kept.log" 2>&1; then
    echo "ok - $name: $(sed -n 's/^stat::number_of_executed_units: *\([0-9]*\)/\1 runs/p; s/^\([0-9]* runs over.*\)/\1/p' "$kept.log")"
  else
    bad=1; echo "not ok - $name"; grep -aE 'ERROR|not so|SUMMARY|runtime error|Assertion|Test unit|input is in' "$kept.log" | head -8 | sed 's/^/# /'
  fi
done
exit $bad
