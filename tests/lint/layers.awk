# layers.awk src/layers.txt FILES: no file includes a module that src/layers.txt does not allow its module, nor another's private header.
FNR == NR { if ($0 !~ /^(#|$)/) { module = $1; sub(":", "", module); known[module] = 1; for (i = 2; i <= NF; i++) allowed[module, $i] = 1 } next }
FNR == 1  { n = split(FILENAME, part, "/"); here = part[n - 1]
            if (!(here in known)) { printf "%s:1: error: module %s is not in src/layers.txt [layer]\n", FILENAME, here; bad = 1 } }
/^#include "/ {
    split($0, quoted, "\""); split(quoted[2], target, "/")
    if (quoted[2] !~ /\//) why = "write the include as \"module/file.h\""
    else if (target[1] == here) next
    else if (!allowed[here, target[1]] && !allowed[here, "*"]) why = "module " here " may not include " target[1]
    else if (target[2] ~ /_int\.h$/) why = target[2] " is private to " target[1]
    else next
    printf "%s:%d: error: %s [layer]\n", FILENAME, FNR, why; bad = 1
}
END { exit bad }
