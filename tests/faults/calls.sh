#!/bin/sh
# faults/calls.sh PROGRAM: each call of the system fails once, in turn: the output is whole and the same, or there is none, a
# message and status 1 or 2; what stood there before stands there still. FAULTS_MOST=N tries some N of each kind (60).
# What build, batch and publish have in common: fault.c makes the call fail.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
if grep -q __asan_init "$program"; then skip "faults" "the sanitizers want to be loaded first"; finish; fi
unset LC_ALL LANG; export LC_MESSAGES=zh_CN.UTF-8
most=${FAULTS_MOST:-60}
sample=$root/data/示例县/示例县档案局.yaml
cd "$scratch" || exit 1
${CC:-gcc} -D_GNU_SOURCE -O1 -shared -fPIC -o fault.so "$root/tests/faults/fault.c" -ldl 2>cc.log || { not_ok "the library builds" cc.log; finish; }

mkdir county; cp "$sample" "$root/data/示例县/示例县水务局.yaml" "$root/data/示例县/共用.yaml" county/

# ---- what is tried: prepare, run with the fault, judge (what is wrong on standard output, nothing when all is well) ----------
build_prepare() { mkdir out; printf old >out/a.pdf; }
build_run() { "$@" "$program" build "$sample" -o out/a.pdf; }
build_judge() {
  left=$(ls -A out | grep -v '^a.pdf$')
  [ -z "$left" ] || echo "left behind: $left"
  case $got in
    0) cmp -s good/a.pdf out/a.pdf || echo "status 0, and another file" ;;
    *) [ "$(cat out/a.pdf)" = old ] || echo "status $got, and the old file is gone" ;;
  esac
}

# One worker, so that it is the same call each time; a notice that failed may be the only one.
batch_prepare() { mkdir out; }
batch_run() { "$@" "$program" batch county -o out -j 1 -q; }
batch_judge() {
  for file in out/*.pdf; do
    [ ! -e "$file" ] || cmp -s "$file" "good/${file#out/}" || echo "status $got, and half of $file"
  done
  left=$(ls -A out | grep '\.tmp$')
  [ -z "$left" ] || echo "left behind: $left"
  [ $got != 0 ] || [ "$(ls out)" = "$(ls good)" ] || echo "status 0, and not all files"
  # Once more without the fault: it goes on where it stopped.
  "$program" batch county -o out -j 1 -q >again 2>&1 || echo "status $?, and cannot go on: $(tail -1 again)"
  for file in good/*.pdf; do cmp -s "$file" "out/${file#good/}" || echo "not made good: $file"; done
}

publish_prepare() { mkdir out; }
publish_run() { "$@" "$program" publish "$sample" --ledger out/ledger -q; }
publish_judge() {
  left=$(find out -name '.*.tmp')
  [ -z "$left" ] || echo "left behind: $left"
  lines=$(cat out/ledger/ledger.jsonl 2>/dev/null | wc -l)
  case $got in
    0) [ "$lines" = 1 ] || echo "status 0, and $lines records" ;;
    *) [ "$lines" -le 1 ] || echo "status $got, and $lines records" ;; # one: fsync failed after it
  esac
  # What is there can be told and gone on with: a record is of whole files, and what is no record stands in no one's way.
  [ "$lines" = 1 ] || "$program" publish "$sample" --ledger out/ledger -q >again 2>&1 ||
    echo "status $got, and cannot be published again: $(tail -1 again)"
  "$program" ledger --verify --ledger out/ledger -q >again 2>&1 || echo "the ledger does not agree: $(tail -1 again)"
}

# ---- the loop -----------------------------------------------------------------------------------------------------------------
# faulty WHAT CALL ERRNO NTH: one run; leaves got and err; false when there was no such call any more.
faulty() {
  rm -rf mark out; "$1_prepare"
  "$1_run" timeout 30 env FAULT_CALL="$2" FAULT_ERRNO="$3" FAULT_NTH="$4" FAULT_MARK="$scratch/mark" \
    LD_PRELOAD="$scratch/fault.so" >/dev/null 2>err; got=$?
  [ -e mark ]
}
judge() { # judge WHAT TRANSIENT
  case $got in
    0) ;;
    1 | 2)
      [ -s err ] || echo "status $got without a message"
      [ "$2" = no ] || echo "status $got for what passes" ;;
    124) echo "hangs" ;;
    *) echo "status $got: $(grep -av '^$' err | tail -1)" ;;
  esac
  "$1_judge"
}
# each WHAT CALL ERRNO NAME TRANSIENT: all of one kind, or as many as are spread over them. Transient: the program must go on.
each() {
  n=1 runs=0 step=1
  : >wrong
  while faulty "$1" "$2" "$3" $n; do
    judge "$1" "$5" | sed "s/^/$2 number $n: /" >>wrong
    runs=$((runs + 1))
    # Thousands of allocations: every one at first, then more and more sparsely.
    if [ $runs -ge $((most / 2)) ]; then step=$((n / (most / 10) + 1)); fi
    n=$((n + step))
  done
  [ $got = 0 ] || echo "status $got when nothing fails" >>wrong
  if [ -s wrong ]; then not_ok "$1, $4: $runs runs" wrong; else ok "$1, $4: $runs runs"; fi
}
all_of() { # all_of WHAT
  rm -rf out good; "$1_prepare"; "$1_run" env >/dev/null 2>&1; mv out good
  each "$1" write 28 "write: no room (ENOSPC)" no
  each "$1" write 5 "write: EIO" no
  each "$1" write 4 "write: interrupted (EINTR)" yes
  each "$1" write 0 "write: half" yes
  each "$1" read 5 "read: EIO" no
  each "$1" read 4 "read: interrupted" yes
  each "$1" read 0 "read: half" yes
  each "$1" open 24 "open: too many files (EMFILE)" no
  each "$1" open 13 "open: not allowed (EACCES)" no
  each "$1" open 4 "open: interrupted" yes
  each "$1" fsync 5 "fsync: EIO" no
  each "$1" rename 18 "rename: another device (EXDEV)" no
  each "$1" rename 28 "rename: no room" no
  each "$1" chmod 1 "fchmod: not allowed (EPERM)" no
  each "$1" mkdir 28 "mkdir: no room" no
  each "$1" close 5 "close: EIO" no
  each "$1" stat 5 "stat: EIO" no
  each "$1" readlink 5 "readlink: EIO" no
  each "$1" mmap 12 "mmap: no memory (ENOMEM)" no
  each "$1" fork 11 "fork: EAGAIN" no
  each "$1" pipe 24 "pipe: EMFILE" no
  each "$1" malloc 12 "malloc: no memory" no
}

all_of build
most=$((most / 5)) # they take longer, and much of what they call is build's
all_of batch
all_of publish
finish
