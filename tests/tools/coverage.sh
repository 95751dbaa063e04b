#!/bin/sh
# coverage.sh FOLDER: gcov's data of a coverage build -> line coverage of each module, then each file under 80 %.
set -u
folder=$(realpath "$1")
cd "$(dirname "$0")/../.."
find "$folder/src" -name '*.gcda' | while read -r data; do
  # A file's own lines only: "File 'src/x/y.c'" and on the next line "Lines executed:87.50% of 120".
  gcov -n -o "$(dirname "$data")" "$data" 2>/dev/null
done | awk '
  /^File / { gsub(/\x27/, "", $2); file = $2 }
  /^Lines executed:/ && file ~ /^src\/.*\.c$/ { split($2, part, ":"); sub(/%/, "", part[2]); lines[file] = $4; hit[file] = part[2] * $4 / 100; file = "" }
  END {
    for (f in lines) {
      split(f, path, "/"); m = path[2]
      all[m] += lines[f]; good[m] += hit[f]; total += lines[f]; covered += hit[f]
      if (hit[f] < 0.8 * lines[f]) low[f] = 100 * hit[f] / lines[f]
    }
    if (!total) { print "no coverage data"; exit 1 }
    for (m in all) printf "%-10s %5.1f %% of %5d lines\n", m, 100 * good[m] / all[m], all[m] | "sort"
    close("sort")
    printf "%-10s %5.1f %% of %5d lines\n", "all", 100 * covered / total, total
    for (f in low) printf "under 80 %%: %-36s %5.1f %%\n", f, low[f] | "sort"
  }'
