#!/bin/sh
# pdf/walker.sh PROGRAM: the walker of tests/tools/conformance.py held to faults seeded into a good file, one for each clause that it covers:
# into its objects (seed), into its bytes (bytes), into its attachments and streams as packed (packed).
. "$(dirname "$0")/../tap.sh"
. "$root/tests/front.sh"
program=$(realpath "$1")
walker="$root/tests/tools/conformance.py" tamper="$root/tests/tools/tamper.py"
cp "$root"/data/示例县/共用.yaml "$scratch/"; cp "$root"/data/示例县/示例县㙍上镇人民政府.yaml "$scratch/in.yaml"
cd "$scratch" || exit 1
front_pack pack
SOURCE_DATE_EPOCH=1700000000 "$program" build in.yaml --pack pack -o good.pdf --press -q >build.log 2>&1 || not_ok "builds" build.log
check "nothing is wrong with the good file" python3 "$walker" good.pdf
qpdf --qdf --object-streams=disable good.pdf good.qdf
qpdf --qdf --object-streams=disable good-press.pdf press.qdf

judge() { # judge CLAUSE WHAT [--press]: bad.pdf must be found guilty of it
  # shellcheck disable=SC2086
  python3 "$walker" bad.pdf ${3:-} >bad.log 2>&1
  if grep -q "^$1: " bad.log; then ok "walker finds a fault of $1 ($2)"; else not_ok "walker finds a fault of $1 ($2)" bad.log; fi
}
seed() { # seed CLAUSE WHAT SED-EXPRESSION [--press]
  case ${4:-} in --press) good=press.qdf ;; *) good=good.qdf ;; esac
  sed -b -E "$3" $good >bad.qdf; fix-qdf bad.qdf >bad.pdf 2>/dev/null
  if cmp -s $good bad.qdf; then not_ok "walker: $1: nothing was seeded ($2)"; return; fi
  judge "$1" "$2" "${4:-}"
}
bytes() { # bytes CLAUSE WHAT PYTHON: an expression over d, the file, and re
  python3 -c "
import re, sys
d = open('good.pdf', 'rb').read()
bad = $3
open('bad.pdf', 'wb').write(bad)
sys.exit(bad == d)" || { not_ok "walker: $1: nothing was seeded ($2)"; return; }
  judge "$1" "$2"
}
packed() { # packed CLAUSE OLD NEW
  python3 "$tamper" good.pdf bad.pdf "$2" "$3" || { not_ok "walker: $1: nothing was seeded ($2)"; return; }
  judge "$1" "$2"
}

# ---- ISO 19005-3 6.1: the bytes -----------------------------------------------------------------------------------------------------
bytes 6.1.2 'the header' "d.replace(b'%PDF-1.7', b'%PDF-1.8', 1)"
bytes 6.1.2 'four high bytes' "d[:10] + b'abcd' + d[14:]"
bytes 6.1.3-3 'bytes after the end' "d + b'x'"
bytes 6.1.3-1 'no ID' "d.replace(b'/ID[<', b'/IX[<', 1)"
bytes 6.1.4 'a row of the cross-references' "re.sub(rb'/XRef/Size (\d+)', lambda m: b'/XRef/Size %d' % (int(m[1]) - 1), d)"
packed 6.1.6-1 '/Title<FEFF' '/Title<EFF '
packed 6.1.6-2 '/Title<FEFF' '/Title<FEFG'
bytes 6.1.7-1 'a Length' "re.sub(rb'(\n\d+ 0 obj\n\d*)(\d)\n', lambda m: m[1] + b'%d\n' % ((int(m[2]) + 1) % 10), d, count=1)"
bytes 6.1.7-2 'endstream without a line end' "d.replace(b'\nendstream', b' endstream', 1)"
bytes 6.1.7-2 'a lone carriage return' "d.replace(b'stream\r\n', b'stream\r ', 1)"
seed 6.1.7-3 'a file elsewhere' '0,/Length1 [0-9]+/s//&\n  \/F (x)/'
seed 6.1.7-4 'a filter' '0,/\/Type \/EmbeddedFile/s//&\n  \/Filter \/Crypt/'
packed 6.1.8-1 '/S/TBody' '/S/#ff#f'
bytes 6.1.9-1 'endobj without a line end' "d.replace(b'\nendobj', b' endobj', 1)"
bytes 6.1.9-1 'two blanks' "re.sub(rb'\n(\d+) 0 obj\n', lambda m: b'\n%s 0 obj ' % m[1], d, count=1)"
seed 6.1.13-1 'an integer' '0,/\/ParentTreeNextKey [0-9]+/s//\/ParentTreeNextKey 4294967296/'
seed 6.1.13-3 'a string of 40,000 bytes' "0,/\/Subject <[^>]*>/s//\/Subject <$(printf '%040000d' 0)$(printf '%040000d' 0)>/"
seed 6.1.13-4 'a name of 128 bytes' "0,/\/Subtype \/XML/s//&\n  \/$(printf '%0128d' 0) 1/"
seed 6.1.13-8 'q 29 deep' "0,/^BT\$/s//$(printf 'q %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29)\n&/"
seed 6.1.13-11 'a page of 2 pt' '0,/\/TrimBox \[/s//\/TrimBox [ 0 0 2 2 ] \/X [/'
seed 'ISO 32000-1 7.3.7' 'a key twice' '0,/\/DisplayDocTitle true/s//& \/DisplayDocTitle true/'

# ---- 6.2: contents, colours, fonts --------------------------------------------------------------------------------------------------
seed 6.2.2-1 'an operator' '0,/^BT$/s//0 0 m BX EX\n&/'
seed 6.2.2-2 'a font that the page does not name' '0,/^ +\/F1 [0-9]+ 0 R/s///'
seed 6.2.3-2 'two output intents' 's/^( *)(\/OutputIntents \[)$/\1\2 << \/S \/GTS_PDFA1 >>/'
seed 6.2.3-3 'a profile elsewhere' '0,/\/S \/GTS_PDFA1/s//& \/DestOutputProfileRef << >>/'
seed 6.2.3-1 'no condition' '0,/\/OutputConditionIdentifier/s//\/OutputConditionIdentifiex/'
seed 6.2.4.3 'CMYK' '0,/^BT$/s//0 0 0 1 k\n&/'
seed 6.2.5 'transparency' '0,/\/Font <</s//\/ExtGState << \/G << \/ca 0.5 >> >>\n&/'
seed 6.2.10-2 'a transparency group' '0,/\/Type \/Page$/s//& \/Group << \/S \/Transparency >>/'
seed 6.2.11.2-1 'a font without its type' '0,/\/Type \/Font$/s///'
seed 6.2.11.3-1 'an encoding' '0,/\/Encoding \/Identity-H/s//\/Encoding \/GBK-EUC-H/'
seed 6.2.11.3-2 'CIDToGIDMap' '0,/\/CIDToGIDMap \/Identity/s///'
seed 6.2.11.3-5 'a CMap that uses another' '0,/begincmap/s//\/Adobe-GB1-UCS2 usecmap\n&/'
seed 6.2.11.4-1 'no font program' '0,/\/FontFile[23] /s//\/FontFile9 /'
python3 - "$root/tests/tools" <<'PY'
import sys
sys.path.insert(0, sys.argv[1])
import pdf_objects, tamper
file = tamper.Packed(open("good.pdf", "rb").read())
number, (head, plain) = next((n, s) for n, s in ((n, file.stream(n)) for n in file.order) if s and b"CIDFontType0C" in s[0])
_, at = pdf_objects.cff_index(plain, plain[2])
charset = pdf_objects.cff_dict(pdf_objects.cff_index(plain, at)[0][0])[15][0]
file.put(number, head, plain[:charset + 1] + b"\0\2" + plain[charset + 3:])
file.write("bad.pdf")
PY
judge 6.2.11.4-2 'CIDs that are not the glyphs'
seed 6.2.11.4-4 'CIDSet' '0,/\/CIDSet [0-9]+ 0 R/s//\/CIDSet 5 0 R/'
seed 6.2.11.5 'widths' '0,/\/DW 1000/s//\/DW 998/'
seed 6.2.11.7-1 'no ToUnicode' '0,/\/ToUnicode /s//\/ToUnicodx /'
seed 6.2.11.7-1 'a code without Unicode' '0,/^<0001>/s//<0FF1>/'
seed 6.2.11.7-2 'U+FEFF' '0,/^(<0001>)<[0-9A-F]+>/s//\1<FEFF>/'
seed 6.2.11.7-3 'a private character' '0,/^(<0001>)<[0-9A-F]+>/s//\1<E000>/'
seed 6.2.11.8-1 '.notdef' '0,/^BT$/s//&\n\/P BMC \/F1 9 Tf <0000> Tj EMC/'

# ---- 6.3 to 6.11: annotations, actions, metadata, structure, files -----------------------------------------------------------------
seed 6.3.1-1 'another annotation' '0,/\/Subtype \/Link/s//\/Subtype \/Movie/'
seed 6.3.2-1 'no flags' '/\/Dest/,/\/StructParent /s/\/F 4//;s/^ +\/F 4$//'
seed 6.3.2-2 'hidden' 's/^( +)\/F 4$/\1\/F 6/'
seed 6.5.1-1 'an action' 's/^( +)\/F 4$/\1\/F 4 \/A << \/S \/URI \/URI (x:) >>/'
seed 6.5.1-1 'an action on opening' '0,/\/Type \/Catalog/s//& \/OpenAction << \/S \/JavaScript >>/'
seed 6.5.2-1 'further actions' '0,/\/Type \/Catalog/s//& \/AA << >>/'
seed 6.5.2-2 'further actions of a page' '0,/\/Type \/Page$/s//& \/AA << >>/'
seed 6.6.2.1-1 'metadata of no type' '0,/\/Subtype \/XML/s//\/Subtype \/XMX/'
seed 6.6.2.1-2 'bytes' 's/(<\?xpacket begin[^?]*)\?>/\1 bytes="9"?>/'
seed 6.6.2.1-3 'encoding' 's/(<\?xpacket begin[^?]*)\?>/\1 encoding="UTF-8"?>/'
seed 6.6.2.1-4 'XML' 's/<\/rdf:RDF>/<\/rdf:RDG>/'
seed 6.6.2.1-5 'UTF-8' 's/<dc:format>/&\xff/'
seed 6.6.2.3-1 'a field of a property' '0,/<pdfaProperty:category>/s//<pdfaProperty:x>y<\/pdfaProperty:x>&/'
seed 6.6.2.3-2 'the prefix of the container' 's/pdfaExtension/pdfaExtensiox/g'
seed 6.6.2.3-2 'schemas that are no Bag' '/<pdfaExtension:schemas>/s/rdf:Bag/rdf:Seq/;/<\/pdfaExtension:schemas>/s/rdf:Bag/rdf:Seq/'
seed 6.6.2.3-3 'a schema without prefix' '0,/<pdfaSchema:prefix>pdfuaid<\/pdfaSchema:prefix>/s///'
seed 6.6.2.3-4 'a category' '0,/<pdfaProperty:category>internal/s//<pdfaProperty:category>inward/'
seed 6.6.2.3-7 'a property that nothing describes' 's/<pdfaProperty:name>PackHash/<pdfaProperty:name>PakHash/'
seed 6.6.2.3-7 'a kind of value' '/<dc:creator>/s/rdf:Seq/rdf:Bag/g'
seed 6.6.3 'a title that differs' 's/(<dc:title>.*">)./\1X/'
seed 6.6.3 'a key that XMP has not' '0,/^ +\/Producer/s//  \/Company (x)\n&/'
seed 6.6.3 'dates that differ' 's/<xmp:CreateDate>20/<xmp:CreateDate>19/'
seed 6.6.4-2 'part' 's/<pdfaid:part>3/<pdfaid:part>2/'
seed 6.6.4-3 'level' 's/<pdfaid:conformance>A/<pdfaid:conformance>B/'
seed 6.6.4-4 'the prefix of the claim' 's/pdfaid/pdfaix/g'
seed 6.7.2-1 'not marked' '0,/\/Marked true/s//\/Marked false/'
seed 6.7.3-1 'no structure' '0,/\/StructTreeRoot [0-9]+ 0 R/s///'
seed 6.7.3-2 'a type of our own' '0,/\/S \/P$/s//\/S \/Para/'
seed 6.7.4-1 'no language' 's/\/Lang \(zh-CN\)//'
seed 6.7.4-1 'a language that is none' 's/\/Lang \(zh-CN\)/\/Lang (Chinese, simplified)/'
seed 6.8-1 'a MIME type' '0,/\/Subtype \/application#2f[a-z]+/s//\/Subtype \/yaml/'
seed 6.8-2 'UF' '0,/\/UF \(data.yaml\)/s//\/UF ()/'
seed 6.8-3 'AFRelationship' '0,/\/AFRelationship \/Source/s///'
seed 6.8-4 'AF' '/^  \/AF \[/{n;d}'
seed 'ISO 32000-1 7.11.4' 'a checksum' '0,/\/CheckSum <../s//\/CheckSum <00/'
seed 6.9 'optional content' '0,/\/Type \/Catalog/s//& \/OCProperties << \/OCGs [ ] \/D << >> >>/'
seed 6.10-1 'alternate presentations' '0,/\/EmbeddedFiles/s//\/AlternatePresentations << >> &/'
seed 6.10-2 'steps of a presentation' '0,/\/Type \/Page$/s//& \/PresSteps << >>/'
seed 6.11-1 'requirements' '0,/\/Type \/Catalog/s//& \/Requirements [ ]/'

# ---- ISO 14289-1 --------------------------------------------------------------------------------------------------------------------
seed 5-1 'no claim' 's/pdfuaid:part>/pdfuaid:pars>/g'
seed 5-2 'another part' 's/<pdfuaid:part>1/<pdfuaid:part>2/'
seed 7.1-1 'an artifact within tagged content' '0,/^\/P<<\/MCID [0-9]+>>BDC/s//&\n\/Artifact BMC EMC/'
seed 7.1-2 'tagged content within an artifact' '0,/^\/P<<\/MCID [0-9]+>>BDC/s//\/Artifact BMC\n&/;0,/^EMC$/s//EMC EMC/'
seed 7.1-3 'content that is neither' '0,/<<\/Type\/Pagination>>BDC/s//<<\/Tipo\/Pagination>>BDC/; 0,/^\/Artifact<</s//\/Span<</'
seed 7.1-4 'suspects' '0,/\/Marked true/s//& \/Suspects true/'
seed 7.1-7 'a role map' '0,/\/Type \/StructTreeRoot/s//& \/RoleMap << \/P \/H1 >>/'
seed 7.1-9 'no title' 's/<dc:title>.*<\/dc:title>//'
seed 7.1-10 'the title is not shown' 's/\/DisplayDocTitle true/\/DisplayDocTitle false/'
seed '7.1 reading order' 'two sequences exchanged' '/^\/TD<<\/MCID 9>>BDC/s/9/999/;/^\/TD<<\/MCID 10>>BDC/s/10/9/;/^\/TD<<\/MCID 999>>BDC/s/999/10/'
seed 7.2-2 'bookmarks without a language' 's/\/Lang \(zh-CN\)//'
seed 7.2-3 'a paragraph in a table' '0,/\/S \/THead/s//\/S \/P/'
seed 7.2-4 'TR in TR' '0,/\/S \/TBody/s//\/S \/TR/'
seed 7.2-8 'TH outside a row' '0,/\/S \/TR$/s//\/S \/P/'
seed 7.2-9 'TD in TH' '0,/\/S \/H2/s//\/S \/TD/'
seed 7.2-10 'P in TR' '0,/\/S \/TD/s//\/S \/P/'
seed 7.2-11 'two THead' '0,/\/S \/TBody/s//\/S \/THead/'
seed 7.2-14 'THead without TBody' '0,/\/S \/TBody/s//\/S \/TFoot/'
seed 7.2-13 'TFoot without TBody' '0,/\/S \/TBody/s//\/S \/TFoot/'
seed 7.2-15 'cells that overlap' ':a;N;$!ba;s/((<<|\])\n +\/O \/Table\n +)(\/Scope \/Column)/\1\/ColSpan 9 \3/g'
seed 7.2-26 'TOCI outside TOC' '0,/\/S \/TOC$/s//\/S \/Sect/'
seed 7.2-27 'P in TOC' '0,/\/S \/TOCI/s//\/S \/P/'
seed 7.2-29 'the language of an element' '0,/\/S \/P$/s//& \/Lang (x y)/'
seed 7.2-36 'P in THead' '0,/\/S \/TR$/s//\/S \/P/'
seed 7.2-41 'a cell past the last row' 's/\/RowSpan 2$/\/RowSpan 900/'
seed 7.2-42 'a ragged row' '0,/\/ColSpan 2/s//\/ColSpan 3/'
seed 7.3-1 'a figure without words' '0,/\/S \/P$/s//\/S \/Figure/'
seed 7.4.2-1 'a level left out' '0,/\/S \/H2/s//\/S \/H4/'
seed 7.5-1 'a cell without header' '/\/Headers \[/,/\]/d;s/\/Scope \/(Column|Row|Both)//'
seed 7.5-2 'a header that is nowhere' '/\/Headers \[/{n;s/\(n/(x/}'
seed 7.9-1 'a note without ID' '0,/\/S \/P$/s//\/S \/Note/'
seed 7.9-2 'an ID twice' 's/\/ID \(n[0-9A-F]*\)/\/ID (n00000001)/'
seed 7.18.3-1 'the order of tabs' '0,/\/Tabs \/S/s//\/Tabs \/R/'
seed 7.18.5-1 'an annotation outside the structure' '0,/\/Type \/OBJR/s//\/Type \/MCR \/MCID 0/'
seed 7.18.5-1 'an annotation of another element' '0,/\/StructParent ([0-9]+)/s//\/StructParent 0/'
seed 7.18.5-2 'a link without words' '/^ +\/Contents </s/<.*>/()/'
seed 'ISO 32000-1 12.3.2' 'a link that leads nowhere' '0,/\/XYZ/s//\/Fit/'
seed 'ISO 32000-1 12.3.3' 'a bookmark without words' 's/\/Title <feff[0-9a-f]*>/\/Title ()/'
seed 'ISO 32000-1 14.7.4.4' 'StructParents' '0,/\/StructParents 1$/s//\/StructParents 77/'
seed 'ISO 32000-1 14.7.4.2' 'an MCID twice' '0,/<<\/MCID 1>>BDC/s//<<\/MCID 0>>BDC/'
seed 'ISO 32000-1 14.7.2' 'a parent that is none' '0,/^( +)\/P [0-9]+ 0 R/s//\1\/P 1 0 R/'
seed 'ISO 32000-1 14.8.5.7' 'a span of 0' '0,/\/ColSpan [0-9]+/s//\/ColSpan 0/'

# ---- ISO 15930-7 --------------------------------------------------------------------------------------------------------------------
seed 'X-4 6.2.4' 'a colour' 's/0 0 0 1 k$/0 0.5 0 1 k/' --press
seed 'X-4 6.5' 'no version' '0,/\/GTS_PDFXVersion/s//\/GTS_PDFXVersiox/' --press
seed 'X-4 6.12' 'no BleedBox' '0,/\/BleedBox/s//\/ArtBox/' --press
seed 'X-4 6.17' 'annotations' '0,/\/Type \/Page$/s//& \/Annots [ ]/' --press
seed 6.2.3-1 'the profile of a screen' 's/prtrCMYK/mntrRGB /' --press
finish
