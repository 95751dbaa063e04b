#!/bin/sh
# pathological/worst.sh PROGRAM: data at its worst ends within 10 seconds and 500 MB with a sound file, or with a finding that has its place.
. "$(dirname "$0")/../tap.sh"
program=$(realpath "$1")
cases=$root/tests/pathological/cases.py
unset LC_ALL LANG; export LC_MESSAGES=en_US.UTF-8
seconds=10 memory=700000 # [kB] 500 MB, and room for fonts and libraries, which are mapped
# The sanitizers reserve terabytes and are slow.
if grep -q __asan_init "$program"; then seconds=120 memory=unlimited; fi
cd "$scratch" || exit 1

run() { (ulimit -v $memory; exec timeout $seconds "$program" build "$@" in.yaml -o in.pdf) >out 2>err; got=$?; }
sound() { # sound [DATA]: and made from those data, figure by figure and word by word
  if [ -n "$(find . -name '.*.tmp')" ]; then echo "a temporary file is left"; return; fi
  case $got in
    124) echo "more than $seconds s" ;;
    0)
      qpdf --check in.pdf >qpdf.log 2>&1 || { echo "qpdf:"; tail -3 qpdf.log; }
      timeout $((seconds * 2)) "$program" verify in.pdf "$@" >verify.log 2>&1 || { echo "verify:"; tail -3 verify.log; }
      # Those of thousands of rows would take it minutes; products.sh has it walk tables that are cut.
      if [ $# -gt 0 ] && grep -q 'PDF/A-3a' verify.log && [ "$(wc -c <in.pdf)" -lt 1500000 ]; then
        python3 "$root/tests/tools/conformance.py" in.pdf >walker.log 2>&1 || { echo "walker:"; tail -3 walker.log; }
      fi ;;
    1)
      [ ! -e in.pdf ] || echo "a file in spite of status 1"
      grep -q '^[^ ]*:.*error\[[a-z0-9-]*\]: .' err || echo "no finding with its place" ;;
    *) echo "status $got" ;;
  esac
}
# One case, as it is and forced past the rules: what is wrong on standard output, nothing when all is well.
try() { # try STATUSES NAME
  rm -f in.pdf
  python3 "$cases" "$2" >in.yaml || { echo "no such case"; return; }
  run; sound
  rm -f in.pdf
  run --force; sound in.yaml
  case $1 in *$got*) ;; *) echo "forced, status $got, wanted one of $1" ;; esac
}

python3 "$cases" list >list
while read -r statuses name; do
  try "$statuses" "$name" >why
  if [ -s why ]; then { cat why; head -5 err | cut -c 1-300; } >detail; not_ok "$name" detail; else ok "$name"; fi
done <list
finish
