# Sourced: front_pack FOLDER makes a copy of the pack with cover and contents pages, which bring links and a TOC.
front_pack() {
  cp -r "$root/templates/部门预算公开" "$1"
  sed -i -e 's/show: never, over: 40/show: always, over: 40/' -e 's/^  目录题: .*/&\
  封面题: { font: 标题, size: 二号, pitch: 1行, align: center, on-grid: true, lines-before: 7 }\
  封面单位: { like: 正文, align: center, first-indent: 0mm, lines-before: 8 }/' "$1/style.yaml"
  echo 'cover: { show: always }' >>"$1/style.yaml"
  printf '{{:封面题}} {{年度}}年部门预算公开说明\n\n{{:封面单位}} {{部门}}\n' >"$1/cover.txt"
}
