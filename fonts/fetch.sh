#!/bin/sh
# fetch.sh: takes the default fonts out of Debian packages and puts them beside itself. Installs nothing; needs no root.
# Debian packages lying in the folder $GONGKAI_DEBS are used instead of downloaded ones.
set -eu
cd "$(dirname "$0")"

# PACKAGE|VERSION|FOLDER IN THE PACKAGE|FONTS|LICENCE FILES (NAME IN LICENSES/=PATH IN THE PACKAGE). VERSION: the one
# whose fonts SHA256SUMS lists.
packages() {
  cat <<'LIST'
fonts-liberation2|2.1.5-1|usr/share/fonts/truetype/liberation2|LiberationSerif-Regular.ttf LiberationSerif-Bold.ttf LiberationSans-Regular.ttf LiberationSans-Bold.ttf|Liberation.txt=usr/share/doc/fonts-liberation2/copyright
fonts-babelstone-han|15.0.5-2|usr/share/fonts/truetype/babelstone|BabelStoneHan.ttf|BabelStoneHan.txt=usr/share/doc/fonts-babelstone-han/copyright
texlive-lang-chinese|2022.20230122-1|usr/share/texlive/texmf-dist/fonts/opentype/public/fandol|FandolFang-Regular.otf FandolHei-Bold.otf FandolHei-Regular.otf FandolKai-Regular.otf FandolSong-Bold.otf FandolSong-Regular.otf|Fandol.txt=usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz Fandol-README.txt=usr/share/doc/texlive-doc/fonts/fandol/README
fonts-noto-cjk|1:20220127+repack1-1|usr/share/fonts/opentype/noto|NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc NotoSerifCJK-Regular.ttc NotoSerifCJK-Bold.ttc|NotoCJK.txt=usr/share/doc/fonts-noto-cjk/copyright
LIST
}

say() { echo "fonts: $*" >&2; }
fail() { say "$*"; exit 1; }

sum_of() { sha256sum "$1" | cut -d' ' -f1; }
listed_sum() { sed -n "s/^\([0-9a-f]*\)  $1\$/\1/p" SHA256SUMS; }

# The stamp names the list it was made after: a new list of sums makes the fonts old.
list_sum=$(cat SHA256SUMS "$(basename "$0")" | sha256sum | cut -d' ' -f1)


all_there() {
  while read -r _ font; do
    [ -s "$font" ] || return 1
  done <SHA256SUMS
}

if all_there; then
  if [ -f .stamp ] && [ "$(cat .stamp)" = "$list_sum" ]; then
    exit 0
  fi
  if sha256sum --status -c SHA256SUMS; then # put here by other means
    echo "$list_sum" >.stamp.$$ && mv -f .stamp.$$ .stamp
    exit 0
  fi
fi

mkdir -p cache LICENSES
tmp=$(mktemp -d cache/fetch.XXXXXX)
tmp=$(cd "$tmp" && pwd)
clean() {
  rm -rf "$tmp"
  rmdir cache 2>/dev/null || :
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# apt as any user: root's download sandbox cannot write here; without package lists apt gets lists of its own.
sandbox=
[ "$(id -u)" != 0 ] || sandbox='-o APT::Sandbox::User=root'
lists=
# shellcheck disable=SC2086
in_lists() { apt-cache $lists show --no-all-versions "$1" >"$tmp/record" 2>/dev/null && [ -s "$tmp/record" ]; }
# shellcheck disable=SC2086
update_lists() {
  say "reading the package lists"
  mkdir -p "$tmp/lists/partial" "$tmp/archives/partial"
  lists="-o Dir::State::lists=$tmp/lists -o Dir::Cache=$tmp -o Dir::Cache::archives=$tmp/archives"
  apt-get $sandbox $lists -qq update >&2
}
# shellcheck disable=SC2086
download() { (cd "$tmp" && apt-get $sandbox $lists -qq download "$1" >&2); }

# Leaves the path of PACKAGE's deb in $deb.
get_deb() {
  deb=
  if [ -n "${GONGKAI_DEBS:-}" ]; then
    for file in "$GONGKAI_DEBS/$1"_*.deb; do
      [ ! -f "$file" ] || deb=$file
    done
  fi
  if [ -n "$deb" ]; then
    say "$1 from $deb"
    return
  fi
  if ! command -v apt-get >/dev/null; then
    fail "$1: no apt-get here; put ${1}_*.deb into a folder and name it in GONGKAI_DEBS"
  fi
  in_lists "$1" || { update_lists && in_lists "$1"; } || fail "$1: in no package source of this machine"
  say "$1, downloading $(($(sed -n 's/^Size: //p' "$tmp/record") / 1000000)) MB"
  if ! download "$1"; then # the lists may be older than the archive
    if [ -n "$lists" ] || ! update_lists || ! download "$1"; then
      fail "$1: cannot be downloaded; offline, put ${1}_*.deb into a folder and name it in GONGKAI_DEBS"
    fi
  fi
  for file in "$tmp/$1"_*.deb; do
    deb=$file
  done
}

take_licences() { # LICENCE FILES
  for licence in $1; do
    name=${licence%%=*} path=${licence#*=}
    [ ! -f "LICENSES/$name" ] || continue
    case $path in
      *.gz) gzip -dc "$tmp/out/$path" >"$tmp/licence" ;;
      *) cat "$tmp/out/$path" >"$tmp/licence" ;;
    esac
    mv -f "$tmp/licence" "LICENSES/$name"
  done
}

fetch() { # PACKAGE VERSION FOLDER FONTS LICENCES
  get_deb "$1"
  members=
  for font in $4; do members="$members ./$3/$font"; done
  for licence in $5; do members="$members ./${licence#*=}"; done
  mkdir "$tmp/out"
  # shellcheck disable=SC2086
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tmp/out" $members || fail "$1: $deb lacks some of its fonts"
  version=$(dpkg-deb -f "$deb" Version)
  changed=
  for font in $4; do
    [ "$(sum_of "$tmp/out/$3/$font")" = "$(listed_sum "$font")" ] || changed="$changed $font"
  done
  if [ -n "$changed" ] && [ "$version" = "$2" ]; then
    fail "$1: damaged:$changed"
  elif [ -n "$changed" ]; then
    say "warning: $1 is version $version, tested with $2; pages may come out differently:$changed"
  fi
  for font in $4; do
    chmod 644 "$tmp/out/$3/$font"
    mv -f "$tmp/out/$3/$font" "$font"
  done
  take_licences "$5"
  rm -rf "$tmp/out" "$tmp/$1"_*.deb
}

packages >"$tmp/packages"
while IFS='|' read -r package version folder fonts licences; do
  stale=
  for font in $fonts; do
    [ -s "$font" ] && [ "$(sum_of "$font")" = "$(listed_sum "$font")" ] || stale=yes
  done
  [ -z "$stale" ] || fetch "$package" "$version" "$folder" "$fonts" "$licences" </dev/null
done <"$tmp/packages"
echo "$list_sum" >"$tmp/stamp" && mv -f "$tmp/stamp" .stamp
# shellcheck disable=SC2046
say "done, $(du -ck $(cut -c67- SHA256SUMS) | sed -n '$s/...[[:space:]].*//p') MB"
