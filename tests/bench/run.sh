#!/bin/sh
# bench/run.sh PROGRAM: what one notice costs in a new process with a warm page cache, and how that grows with its tables.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
if [ -f "$reference/notice-2020.yaml" ]; then consistent_notice "$scratch/notice.yaml"; else cp "$root/data/示例县/示例县档案局.yaml" "$scratch/notice.yaml"; cp "$root"/data/示例县/*共用* "$scratch" 2>/dev/null; fi
python3 "$root/tests/bench/measure.py" "$program" "$scratch"
python3 "$root/tests/bench/batch.py" "$program" "$scratch" ${BENCH_COUNTS:-}
