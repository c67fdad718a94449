/* SPDX-License-Identifier: MIT */
/*
 * AWS's configuration files, by the AWS CLI's grammar (docs.aws.amazon.com,
 * "Configuration and credential file settings"; botocore's configloader).
 * No length limits; BOM and CRLF tolerated; `#` and `;` start a comment at
 * the beginning of a line only, so secrets keep theirs. Indented lines go on
 * with the value before, or make a nested block under an empty one. The
 * same section or key twice: merged, last wins, with a warning.
 */
#ifndef AWS_INI_H
#define AWS_INI_H

#include "base/error.h"

#include <stddef.h>

struct ini;

/* file is for messages. NULL: ERR_PARSE, "FILE line N: …". */
struct ini *ini_parse(const char *text, size_t len, const char *file,
	struct error *err);
void ini_free(struct ini *ini);           /* wipes the values */

size_t ini_section_count(const struct ini *ini);
const char *ini_section_name(const struct ini *ini, size_t i);

/* Keys are lower case. NULL: not there. */
const char *ini_get(const struct ini *ini, const char *section,
	const char *key);
const char *ini_get_nested(const struct ini *ini, const char *section,
	const char *block, const char *key);

size_t ini_warning_count(const struct ini *ini);
const char *ini_warning(const struct ini *ini, size_t i);

#endif
