#!/bin/sh
# faults/calls.sh PROGRAM: each call of the system fails once, in turn: the output is whole and the same, or there is none, a
# message and status 1 or 2; what stood there before stands there still. FAULTS_MOST=N tries at most N of one kind (100).
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
if grep -q __asan_init "$program"; then skip "faults" "the sanitizers want to be loaded first"; finish; fi
unset LC_ALL LANG; export LC_MESSAGES=zh_CN.UTF-8
most=${FAULTS_MOST:-100}
sample=$root/data/示例县/示例县档案局.yaml
cd "$scratch" || exit 1
${CC:-gcc} -D_GNU_SOURCE -O1 -shared -fPIC -o fault.so "$root/tests/faults/fault.c" -ldl 2>cc.log || { not_ok "the library builds" cc.log; finish; }

# faulty CALL ERRNO NTH: runs "$@" of the caller's with it; leaves got and err; false when there was no such call any more.
faulty() {
  rm -f mark
  timeout 20 env FAULT_CALL="$1" FAULT_ERRNO="$2" FAULT_NTH="$3" FAULT_MARK="$scratch/mark" LD_PRELOAD="$scratch/fault.so" \
    "$program" build "$sample" -o out/a.pdf >/dev/null 2>err; got=$?
  [ -e mark ]
}
judge() { # judge TRANSIENT: what is wrong after a run, nothing when all is well
  left=$(ls -A out | grep -v '^a.pdf$')
  [ -z "$left" ] || echo "left behind: $left"
  case $got in
    0) cmp -s good.pdf out/a.pdf || echo "status 0, and another file" ;;
    1 | 2)
      [ "$(cat out/a.pdf)" = old ] || echo "status $got, and the old file is gone"
      [ -s err ] || echo "status $got without a message"
      [ "$1" = no ] || echo "status $got for what passes" ;;
    124) echo "hangs" ;;
    *) echo "status $got: $(grep -av '^$' err | tail -1)" ;;
  esac
}
# each CALL ERRNO NAME TRANSIENT: all of one kind, or as many as are spread over them. Transient: the program must go on.
each() {
  n=1 runs=0 step=1
  : >wrong
  while :; do
    rm -rf out; mkdir out; printf old >out/a.pdf
    faulty "$1" "$2" $n || break
    judge "$4" | sed "s/^/$1 number $n: /" >>wrong
    runs=$((runs + 1))
    # Thousands of allocations: every one at first, then more and more sparsely.
    if [ $runs -ge $((most / 2)) ]; then step=$((n / (most / 10) + 1)); fi
    n=$((n + step))
  done
  judge no | sed "s/^/$1, none failing: /" >>wrong
  if [ -s wrong ]; then not_ok "$3: $runs runs" wrong; else ok "$3: $runs runs"; fi
}

"$program" build "$sample" -o good.pdf 2>/dev/null
each write 28 "write: no room (ENOSPC)" no
each write 5 "write: EIO" no
each write 4 "write: interrupted (EINTR)" yes
each write 0 "write: half" yes
each read 5 "read: EIO" no
each read 4 "read: interrupted" yes
each read 0 "read: half" yes
each open 24 "open: too many files (EMFILE)" no
each open 13 "open: not allowed (EACCES)" no
each open 4 "open: interrupted" yes
each fsync 5 "fsync: EIO" no
each fsync 28 "fsync: no room" no
each rename 18 "rename: another device (EXDEV)" no
each rename 28 "rename: no room" no
each chmod 1 "fchmod: not allowed (EPERM)" no
each close 5 "close: EIO" no
each stat 5 "stat: EIO" no
each readlink 5 "readlink: EIO" no
each mmap 12 "mmap: no memory (ENOMEM)" no
each malloc 12 "malloc: no memory" no
finish
