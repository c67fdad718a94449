#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh FOLDER: how much of each source folder was executed by the tests
# that ran in a build folder made with --enable-coverage.

cd "$1" || exit 1
find obj/src obj/ui -name '*.gcda' | while read -r data; do
	gcov -n -o "$data" "$data" 2>/dev/null
done | awk -v root="$TUCUXI_SRCDIR/" '
	/^File / {
		file = substr($2, 2, length($2) - 2)
		own = index(file, root) == 1 && file ~ /\.c$/
		file = substr(file, length(root) + 1)
	}
	/^Lines executed/ && own {
		split($0, part, /[:% ]+/)
		lines = part[5] + 0
		done = part[3] * lines / 100
		folder = file
		sub(/\/[^\/]*$/, "", folder)
		total[folder] += lines
		hit[folder] += done
		all += lines
		all_hit += done
		own = 0
	}
	END {
		for (folder in total)
			printf "%5.1f %% of %6d lines  %s\n",
				100 * hit[folder] / total[folder],
				total[folder], folder | "sort -k5"
		close("sort -k5")
		if (all)
			printf "%5.1f %% of %6d lines\n",
				100 * all_hit / all, all
	}'
