#!/bin/sh
# bench/typst.sh NODE_FOLDER OURS: Typst on the notice of ../shared/peers, as that folder runs it: twenty notices that differ, warm, in two
# processes. Prints its notices a second and how many times that ours is (OURS: of the bench's notices that differ).
# `make bench-typst` puts Typst into build/peers with npm; where it or the peers' folder is not, one line says so.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd); peers=$root/../shared/peers; node=$1 ours=$2
package=@myriaddreamin/typst-ts-node-compiler
[ -f "$peers/typst.mjs" ] || { echo "typst: not compared, ../shared/peers is not here"; exit 0; }
[ -d "$node/node_modules/$package" ] || { echo "typst: not installed (make bench-typst)"; exit 0; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/json" "$work/pdf"
PYTHONDONTWRITEBYTECODE=1 python3 "$peers/variants.py" "$work/json" 20 >"$work/log" 2>&1
export PEERS_NODE="$node" FANDOL="$root/fonts"
start=$(date +%s%N)
node "$peers/typst.mjs" "$peers/notice.typ" "$work/pdf" "$work"/json/n*[02468].json >>"$work/log" 2>&1 & one=$!
node "$peers/typst.mjs" "$peers/notice.typ" "$work/pdf" "$work"/json/n*[13579].json >>"$work/log" 2>&1 & two=$!
wait $one; wait $two
end=$(date +%s%N)
made=$(find "$work/pdf" -name '*.pdf' | wc -l)
[ "$made" -eq 20 ] || { echo "typst: $made of 20 notices made"; tail -3 "$work/log"; exit 1; }
awk -v ns=$((end - start)) -v ours="$ours" 'BEGIN { rate = 20e9 / ns; printf "typst: %.1f notices/s on the peers'"'"' notice, two processes, their start included; ours %.1f times that\n", rate, ours / rate }'
