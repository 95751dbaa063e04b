#!/bin/sh
# readers/run.sh PROGRAM: what needs Node, a browser's renderer or Java: pdf.js's text and structure tree, and PDFium's pages, of every
# sample. Installs what is missing: Debian's nodejs (18) and npm, and the packages of package.json into build/readers.
. "$(dirname "$0")/../tap.sh"
. "$root/tests/front.sh"
program=$(realpath "$1")
home="$root/build/readers"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "# installing: nodejs npm"
  sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends nodejs npm >/dev/null
fi
mkdir -p "$home" && cp "$root"/tests/readers/package.json "$root"/tests/readers/package-lock.json "$root"/tests/readers/read.mjs "$home/"
(cd "$home" && npm ci --no-audit --no-fund --omit=optional >npm.log 2>&1) || { not_ok "npm ci" "$home/npm.log"; finish; }
cd "$scratch" || exit 1

read_back() { # read_back NAME DATA.yaml [OPTION...]
  stem=$1 data=$2; shift 2
  "$program" build "$data" -o "$stem.pdf" --press "$@" >"$stem.log" 2>&1 || { not_ok "$stem: builds" "$stem.log"; return; }
  "$program" verify --text "$stem.pdf" >"$stem.txt" 2>>"$stem.log"
  # Rendered upright, to be compared with the places of the display list.
  qpdf --rotate=0:1-z "$stem.pdf" upright.pdf 2>/dev/null
  check "$stem: pdf.js reads text, structure, bookmarks and attachments; PDFium draws every page" \
    node "$home/read.mjs" "$scratch/upright.pdf" "$scratch/$stem.txt" "$scratch/$stem"
  sed 's/^/# /' "$scratch/check.log" | tail -1
  "$program" build "$data" --dump=pages -o "$stem.pages" "$@" 2>/dev/null
  check "$stem: ink where the glyphs are (PDFium)" python3 "$root/tests/tools/ink.py" "$stem.pages" "$stem" 72
}

for data in "$root"/data/示例县/示例县*.yaml; do
  [ -f "$data" ] && read_back "$(basename "$data" .yaml)" "$data"
done
front_pack pack
read_back front "$root/data/示例县/示例县水务局.yaml" --pack pack
PYTHONPATH=$root/tests/pathological python3 -c '
import cases, json, sys
json.dump(cases.CASES["each cell of 5,000 characters"][1](), sys.stdout, ensure_ascii=False)' >cut.yaml
read_back cut cut.yaml
if [ -f "$reference/notice-2020.yaml" ]; then
  consistent_notice notice.yaml
  read_back notice notice.yaml
else
  skip "the real notice" "../shared/reference is not here"
fi
finish
