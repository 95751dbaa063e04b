#!/bin/sh
# lint/self.sh: the lint must find what it is there to find: one planted fault a rule, in a copy of the tree.
set -u
cd "$(dirname "$0")/../.."
copy=$(mktemp -d); trap 'rm -rf "$copy"' EXIT
mkdir "$copy/tests"; cp -r src "$copy/src"; cp -r tests/lint "$copy/tests/lint"; cp .clang-format "$copy/"
plant=$copy/src/data/planted.c
bad=0
finds() { # finds MARK TEXT: a file with TEXT must be reported as [MARK]
  printf '%b' "$2" >"$plant"
  gcc -c -x c -o "$copy/planted.o" - <"$plant" 2>/dev/null || : >"$copy/planted.o"
  OBJECTS="$3" "$copy/tests/lint/run.sh" 2>&1 | grep 'planted' | grep -q "\[$1" || { echo "lint: does not find [$1]"; bad=1; }
}
finds layer '/* x */\n#include "layout/layout.h"\n' ''
finds layer '/* x */\n#include "base/arena_int.h"\n' ''
finds fence '/* x */\n#include <hpdf.h>\n' ''
finds fence '/* x */\n#include <hb.h>\n' ''
finds float '/* x */\nstatic double share = 0;\n' ''
finds words '/* x */\nconst char *w = "这里是不该有的字";\n' ''
finds head 'int x(void);\n' ''
finds size "/* x */\n$(awk 'BEGIN {for (i = 0; i < 501; i++) printf "\\n"}')" ''
finds state '/* x */\nint counter = 3;\n' "$copy/planted.o"
if command -v clang-format >/dev/null; then finds -Wclang-format '/* x */\nint   x;\n' ''; fi
[ $bad = 0 ] && echo "lint: finds what it is there to find"
exit $bad
