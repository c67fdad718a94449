/* SPDX-License-Identifier: MIT */
#include "fetch/location.h"

#include "base/mem.h"
#include "base/str.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct location *location_new(const struct resource *resource)
{
	struct location *p = xcalloc(1, sizeof(*p));

	p->resource = resource;
	p->refs = 1;
	return p;
}

struct location *location_ref(struct location *p)
{
	if (p)
		__atomic_add_fetch(&p->refs, 1, __ATOMIC_RELAXED);
	return p;
}

void location_unref(struct location *p)
{
	if (!p || __atomic_sub_fetch(&p->refs, 1, __ATOMIC_ACQ_REL))
		return;
	for (size_t i = 0; i < p->argument_count; i++) {
		free(p->arguments[i].parameter);
		free(p->arguments[i].value);
	}
	free(p);
}

void location_set(struct location *p, const char *parameter, const char *value)
{
	size_t i = 0;

	while (i < p->argument_count &&
	       !str_eq(p->arguments[i].parameter, parameter))
		i++;
	if (i == p->argument_count) {
		assert(i < DRILL_ARGUMENTS);
		p->arguments[p->argument_count++].parameter =
			xstrdup(parameter);
	}
	free(p->arguments[i].value);
	p->arguments[i].value = xstrdup(value);
}

const char *location_get(const struct location *p, const char *parameter)
{
	for (size_t i = 0; i < p->argument_count; i++)
		if (str_eq(p->arguments[i].parameter, parameter))
			return p->arguments[i].value;
	return NULL;
}

bool location_equal(const struct location *a, const struct location *b)
{
	if (a == b)
		return true;
	if (a->resource != b->resource ||
	    a->argument_count != b->argument_count)
		return false;
	for (size_t i = 0; i < a->argument_count; i++)
		if (!str_eq(a->arguments[i].value,
			    location_get(b, a->arguments[i].parameter)))
			return false;
	return true;
}

const char *location_parent(const struct location *p)
{
	const char *const *scope = p->resource->scope;
	const char *last = NULL;

	for (size_t i = 0; i < SCOPES && scope[i]; i++)
		last = scope[i];
	return last ? location_get(p, last) : NULL;
}

struct location *location_up(const struct location *p)
{
	const char *const *scope = p->resource->scope;
	const char *value = location_parent(p), *last = NULL;
	struct location *up;
	size_t len;
	char *shorter;

	if (!value || !*value)
		return NULL;
	len = strlen(value) - 1;
	while (len && value[len - 1] != '/')
		len--;
	up = location_new(p->resource);
	for (size_t i = 0; i < p->argument_count; i++)
		location_set(up, p->arguments[i].parameter,
			p->arguments[i].value);
	for (size_t i = 0; i < SCOPES && scope[i]; i++)
		last = scope[i];
	shorter = xstrndup(value, len);
	location_set(up, last, shorter);
	free(shorter);
	return up;
}

char *location_parameter(const char *parameter, unsigned index[2])
{
	char *path = xstrdup(parameter), *to = path;
	size_t lists = 0;

	index[0] = index[1] = 0;
	for (const char *from = parameter; *from; from++) {
		*to++ = *from;
		if (*from != '[')
			continue;
		for (; from[1] >= '0' && from[1] <= '9'; from++)
			if (lists < 2 && index[lists] < 1000000)
				index[lists] = index[lists] * 10 +
					(unsigned)(from[1] - '0');
		lists++;
	}
	*to = '\0';
	return path;
}
