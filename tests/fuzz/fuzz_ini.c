/* SPDX-License-Identifier: MIT */
/* Any bytes are a file or a refusal; every value can be read to its end. */
#include "aws/ini.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const keys[] = { "region", "s3", "a", "" };
	struct error err = ERROR_INIT;
	struct ini *ini = ini_parse((const char *)data, size, "f", &err);
	const char *section, *value;
	size_t i, k, sum = 0;

	if (!ini && (err.kind != ERR_PARSE || !*err.text))
		abort();
	if (!ini)
		return 0;
	for (i = 0; (section = ini_section_name(ini, i)); i++)
		for (k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
			value = ini_get(ini, section, keys[k]);
			sum += value ? strlen(value) : 0;
			value = ini_get_nested(ini, section, "s3", keys[k]);
			sum += value ? strlen(value) : 0;
		}
	if (i != ini_section_count(ini) || sum > size * 64)
		abort();
	for (i = 0; i < ini_warning_count(ini); i++)
		if (!*ini_warning(ini, i))
			abort();
	ini_free(ini);
	return 0;
}
