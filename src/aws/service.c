/* SPDX-License-Identifier: MIT */
#include "aws/service.h"

#include <string.h>

static const char *const effect_names[EFFECT_COUNT] = {
	[EFFECT_CHANGE] = "change",
	[EFFECT_READ] = "read",
	[EFFECT_READ_SECRET] = "read-secret",
	[EFFECT_READ_BILLED] = "read-billed",
	[EFFECT_HIDES] = "hides",
	[EFFECT_CREDENTIAL] = "credential",
	[EFFECT_DISRUPT] = "disrupt",
	[EFFECT_DESTROY] = "destroy",
	[EFFECT_SPEND] = "spend"
};

const char *effect_name(enum effect effect)
{
	if ((unsigned)effect >= EFFECT_COUNT)
		return effect_names[EFFECT_CHANGE];
	return effect_names[effect];
}

bool effect_is_read(enum effect effect)
{
	return effect == EFFECT_READ || effect == EFFECT_READ_BILLED;
}

bool operation_is_repeatable(const struct operation *op)
{
	return op->repeat != REPEAT_NEVER || op->effect == EFFECT_READ ||
		op->effect == EFFECT_READ_SECRET;
}

/* "Tags{env}" names "Tags{}": equal up to and with the brace, both end so. */
static bool path_matches(const char *row, const char *path)
{
	const char *brace = strchr(row, '{');
	size_t len;

	if (!brace)
		return strcmp(row, path) == 0;
	len = (size_t)(brace - row) + 1;
	return strncmp(row, path, len) == 0 && path[strlen(path) - 1] == '}';
}

const struct parameter *operation_parameter(const struct operation *op,
	const char *path)
{
	const struct parameter *p = op->parameters;

	for (; p && p->path; p++)
		if (path_matches(p->path, path))
			return p;
	return NULL;
}
