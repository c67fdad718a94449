#!/bin/sh
# SPDX-License-Identifier: MIT
# The style and layer gate: prints what is against the rules, then how big
# functions and files are; fails on any violation. Wants universal-ctags.
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C
problems=$(mktemp)
trap 'rm -f "$problems"' EXIT
sources=$(find src ui tests bench -name '*.[ch]' 2>/dev/null | sort)
scripts=$(ls configure Makefile.in .ci/run tests/*.sh tests/*/run bench/run \
	screenshots/make 2>/dev/null)

# rule 'what is wrong' EXTENDED-REGEX FILE...: no line but comments may match.
rule() {
	what=$1 pattern=$2
	shift 2
	grep -nHE -e "$pattern" /dev/null "$@" | sed "s,^,$what: ," |
		grep -vE ':[0-9]+:[[:space:]]*(/?\*|//)' >>"$problems"
}

banned='strcpy|strcat|sprintf|vsprintf|strtok|system|gets|alloca|popen|atoi'
banned="$banned|atol|strncpy|strncat|v?f?s?scanf"
rule 'banned function' "(^|[^[:alnum:]_])($banned) *\\(" $sources
rule 'typedef of a struct' '^[[:blank:]]*typedef +(struct|union)[^[]*$' \
	$sources
rule 'extern variable' '^extern +[^(]*;' $sources
rule 'space at the end' '[[:space:]]$' $sources $scripts
rule 'curses under src' '#include *<(n?curses|panel|term)' \
	$(find src -name '*.[ch]')
rule 'library under ui' '#include *<(curl|openssl|libxml|jansson|microhttpd)' \
	$(find ui -name '*.[ch]')
rule 'signing knows credentials' '"aws/(credential|session|profile)' \
	$(find src/aws -name 'sigv[24]*.[ch]' -o -name 'http*.[ch]')
rule 'unfinished' '(TODO|FIXME)([^[:alnum:]]|$)' $sources

# An include may only point left. sim/ stands aside, main.c starts it.
awk 'BEGIN {
	n = split("base doc aws catalogue fetch transfer action cli ui", order)
	for (i = 1; i <= n; i++)
		rank[order[i]] = i
}
FNR == 1 {
	split(FILENAME, part, "/")
	own = part[1] == "ui" ? "ui" : part[2]
	if (!/SPDX-License-Identifier: MIT/)
		print FILENAME ":1: no SPDX line"
}
/^#include "[a-z]+\// && FILENAME !~ /^(tests|bench)/ {
	to = substr($2, 2, index($2, "/") - 2)
	if (own == "sim")
		bad = to !~ /^(sim|base|doc)$/ && $2 !~ /^"aws.sigv/
	else if (to == "sim")
		bad = FILENAME != "ui/main.c"
	else
		bad = (to in rank) && rank[to] > rank[own]
	if (bad)
		print FILENAME ":" FNR ": wrong direction: " $2
}' $sources >>"$problems"

# Columns: 79, rows of tables 120. Bytes inside a UTF-8 character are none.
for file in $sources $scripts; do
	expand "$file" | tr -d '\200-\277' | awk -v file="$file" '
	length($0) > (file ~ /^src\/catalogue\/.*\// || /^ *[[{."]/ ||
	    /[}"],$/ || /^ *[a-z]+:[a-z.]/ ? 120 : 79) {
		print file ":" NR ": " length($0) " columns" }'
done >>"$problems"

# size WHAT MOST: reads "lines name" rows; reports and keeps what is too long.
size() { sort -n | awk -v what="$1" -v most="$2" -v out="$problems" '
	{ v[NR] = $1 } $1 > most { print $2 ": " $1 " lines" >>out }
	END { if (NR) printf "%-12s%6d  median %d, p95 %d, max %d\n", what, NR,
		v[int((NR + 1) / 2)], v[int(NR * .95 + .5)], v[NR] }'; }
lines() { wc -l $(echo "$sources" | grep "$1") | grep -v ' total$'; }
ctags -f - --kinds-C=f --fields=+ne --excmd=number \
	$(echo "$sources" | grep '\.c$') | awk -F'\t' '{
	match($0, /end:[0-9]+/)
	print substr($0, RSTART + 4, RLENGTH - 4) - $3 + 1, $2 ":" $1 }' |
	size functions 60
lines '\.c$' | size files 500
lines '\.h$' | size headers 120
[ ! -s "$problems" ] || { sort "$problems"; exit 1; }
