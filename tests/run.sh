#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh SUITE...: runs test suites in the build folder and adds them up. A
# suite is `unit` (every ./test_* program) or a folder here with a `run` that
# ends with "N passed, N failed, N skipped". The last line is the total.

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
logs=${TUCUXI_BUILD:-.}/logs
mkdir -p "$logs"
limit=
command -v timeout >/dev/null && limit='timeout -k 10 300'

# ThreadSanitizer wants the addresses that it knows.
still=
command -v setarch >/dev/null && setarch -R true 2>/dev/null &&
	still='setarch -R'

export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
tsan='halt_on_error=1 second_deadlock_stack=1'
export TSAN_OPTIONS="${TSAN_OPTIONS:-$tsan}"

# A program's lines of the Test Anything Protocol, counted. One that ends
# badly, or without running anything, is one failure more.
run_program() {
	name=${1##*/}
	CMOCKA_MESSAGE_OUTPUT=TAP $limit $still "$1" >"$logs/$name.log" 2>&1
	status=$?
	counts=$(awk -v status=$status '
		/^ok .*# SKIP/ || /^not ok .*# SKIP/ { skipped++; next }
		/^ok / { passed++ }
		/^not ok / { failed++ }
		END {
			if (!failed && (status || passed + skipped == 0))
				failed = 1
			printf "%d passed, %d failed, %d skipped\n", passed,
				failed, skipped
		}' "$logs/$name.log")
	printf '%-28s%s\n' "$name" "$counts"
	case $counts in
	*' 0 failed, 0 skipped') ;;
	*' 0 failed'*) grep -vE '^(#|TAP|1\.\.|(not )?ok )' \
		"$logs/$name.log" | sort -u | head -n 3 | sed 's/^/  skipped: /' ;;
	*) echo "-- $name ended with status $status:"
		tail -n 60 "$logs/$name.log" ;;
	esac
}

run_unit() {
	for program in "$TUCUXI_BUILD"/test_*; do
		test -x "$program" || continue
		run_program "$program"
	done | tee "$logs/programs.txt"
	awk -F'[ ,]+' '/ passed, .* skipped$/ { p += $2; f += $4; s += $6 }
		END { printf "%d passed, %d failed, %d skipped\n", p, f, s }' \
		"$logs/programs.txt"
}

failed=0
: >"$logs/totals.txt"
for suite; do
	echo "== $suite"
	{
		case $suite in
		unit) run_unit ;;
		*) "$here/$suite/run" ;;
		esac
		echo $? >"$logs/$suite.status"
	} 2>&1 | tee "$logs/$suite.out"
	total=$(tail -n 1 "$logs/$suite.out" |
		grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$') ||
		total='0 passed, 1 failed, 0 skipped'
	case $(cat "$logs/$suite.status")$total in
	0*' 0 failed'*) ;;
	*' 0 failed'*) total="${total%% 0 failed*} 1 failed, 0 skipped" ;;
	esac
	echo "$total" >>"$logs/totals.txt"
done
echo
awk -F'[ ,]+' '{ p += $1; f += $3; s += $5 }
	END {
		printf "%d passed, %d failed, %d skipped\n", p, f, s
		exit f > 0 || p + s == 0
	}' "$logs/totals.txt"
