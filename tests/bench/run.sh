#!/bin/sh
# bench/run.sh PROGRAM FLOOR: what one notice costs in a new process with a warm page cache, how that grows with its tables, and what
# hundreds cost in one run. BENCH_COUNTS="10 100 1000 10000": how many; BENCH_FOLDER: where (10,000 take 8 GB), a new temporary one.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1"); floor=$(realpath "$2")
[ -z "${BENCH_FOLDER:-}" ] || { rm -rf "$scratch"; mkdir -p "$BENCH_FOLDER"; scratch=$(mktemp -d "$BENCH_FOLDER/bench-XXXXXX"); }
if [ -f "$reference/notice-2020.yaml" ]; then consistent_notice "$scratch/notice.yaml"; else cp "$root/data/示例县/示例县档案局.yaml" "$scratch/notice.yaml"; cp "$root"/data/示例县/*共用* "$scratch" 2>/dev/null; fi
python3 "$root/tests/bench/measure.py" "$program" "$scratch"
# shellcheck disable=SC2086
python3 "$root/tests/bench/batch.py" "$program" "$scratch" "$floor" ${BENCH_COUNTS:-}
