#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh FILE...: a C file that holds them, for embedded_file().
# Signed bytes, because a literal may not be longer than 4095 characters.

printf '#include "base/embedded.h"\n\n#include <string.h>\n\n'
i=0
for file; do
	printf 'static const char file_%d[] = {\n' $i
	od -An -v -td1 "$file" | sed 's/-\{0,1\}[0-9][0-9]*/&,/g'
	printf '0 };\n'
	i=$((i + 1))
done
printf '\nstatic const struct {\n\tconst char *name, *text;\n} files[] = {\n'
i=0
for file; do
	printf '\t{ "%s", file_%d },\n' "${file##*/}" $i
	i=$((i + 1))
done
cat <<'C'
	{ NULL, NULL }
};

const char *embedded_file(const char *name)
{
	for (size_t i = 0; files[i].name; i++)
		if (!strcmp(files[i].name, name))
			return files[i].text;
	return NULL;
}

const char *embedded_name(size_t index)
{
	return index < sizeof(files) / sizeof(files[0]) ?
		files[index].name : NULL;
}
C
