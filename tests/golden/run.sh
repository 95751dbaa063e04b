#!/bin/sh
# golden/run.sh [--update] PROGRAM [CASE]: each case's document, pages and findings against the files beside its data.
# The real notice is held by hashes, a line a page, since its text is not ours to keep.
update=no; if [ "${1:-}" = --update ]; then update=yes; shift; fi
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1"); only=${2:-}
unset LC_ALL LANG LANGUAGE; export LC_MESSAGES=zh_CN.UTF-8

compare() { # compare NAME EXPECTED GOT
  if cmp -s "$2" "$3"; then ok "$1"; return; fi
  if [ $update = yes ]; then
    [ -f "$2" ] && diff -u "$2" "$3" | head -60 | sed 's/^/# /'
    cp "$3" "$2"; ok "$1 (written anew)"; return
  fi
  diff -u "$2" "$3" >"$scratch/diff" 2>&1; not_ok "$1" "$scratch/diff"
}

for data in "$root"/tests/golden/*/data.yaml; do
  folder=$(dirname "$data"); name=$(basename "$folder")
  [ -z "$only" ] || [ "$only" = "$name" ] || continue
  cd "$folder" || exit 1
  for stage in document pages; do
    "$program" build data.yaml --dump=$stage >"$scratch/$stage" 2>"$scratch/findings"
    [ -s "$scratch/$stage" ] || [ -f "expect.$stage" ] && compare "$name: $stage" "expect.$stage" "$scratch/$stage"
  done
  "$program" check data.yaml 2>"$scratch/findings"
  [ -s "$scratch/findings" ] || [ -f expect.findings ] && compare "$name: findings" expect.findings "$scratch/findings"
done

if [ -z "$only" ] || [ "$only" = notice-2020 ]; then
  if [ -f "$reference/notice-2020.yaml" ]; then
    folder=$root/tests/golden/notice-2020; mkdir -p "$folder"
    consistent_notice "$scratch/notice.yaml"; cd "$scratch" || exit 1
    "$program" build notice.yaml --dump=document >document 2>/dev/null
    "$program" build notice.yaml --dump=pages >pages 2>/dev/null
    { sha256sum <document | sed 's/-$/document/'
      awk '/^page /{n++} {print > sprintf("part.%03d", n)}' pages
      for part in part.*; do sha256sum <"$part" | sed "s/-\$/pages $part/"; done; } >hashes
    compare "the real notice, a hash a page" "$folder/expect.sha256" hashes
  else
    skip "the real notice" "../shared/reference is not here"
  fi
fi
finish
