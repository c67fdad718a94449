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

static bool refuse_word(const struct location *p, const char *name,
	struct error *err)
{
	const struct parameter *row = p->resource->list->parameters;
	struct str names = STR_INIT;

	for (; row && row->path; row++) {
		if (str_eq(row->path, "NextToken") || row->place == PLACE_URI)
			continue;
		str_add(&names, names.len ? ", " : "");
		str_add(&names, row->path);
	}
	error_set(err, ERR_USAGE, "%s take no parameter %.60s; they take %s",
		p->resource->name, name, names.len ? names.p : "none");
	str_clear(&names);
	return false;
}

/* Appends the first index of a list that is free: "Values[" and "]". */
static void add_free(const struct location *p, const char *before,
	const char *behind, struct str *out)
{
	for (unsigned i = 0; i <= DRILL_ARGUMENTS; i++) {
		str_reset(out);
		str_addf(out, "%s[%u]%s", before, i, behind);
		if (!location_get(p, out->p))
			return;
	}
}

static void add_filter(struct location *p, const char *name,
	const char *value)
{
	struct str key = STR_INIT;

	add_free(p, "Filters", ".Name", &key);
	location_set(p, key.p, name);
	key.len -= strlen("Name");
	str_add(&key, "Values[0]");
	location_set(p, key.p, value);
	str_clear(&key);
}

static bool take_word(struct location *p, const char *name,
	const char *value, struct error *err)
{
	const struct operation *op = p->resource->list;
	struct str key = STR_INIT, list = STR_INIT;
	unsigned index[2];
	char *path = location_parameter(name, index);
	bool ok = true;

	str_addf(&list, "%s[]", path);
	if (operation_parameter(op, path))
		location_set(p, name, value);
	else if (operation_parameter(op, list.p)) {
		add_free(p, path, "", &key);
		location_set(p, key.p, value);
	} else if (str_starts(name, "Filters.") &&
		   operation_parameter(op, "Filters[].Name"))
		add_filter(p, name + strlen("Filters."), value);
	else
		ok = refuse_word(p, name, err);
	str_clear(&key);
	str_clear(&list);
	free(path);
	return ok;
}

bool location_add_word(struct location *p, const char *word,
	struct error *err)
{
	const char *equals = strchr(word, '=');
	char *name;
	bool ok;

	if (!equals || equals == word)
		return error_set(err, ERR_USAGE, "what is %.60s? a parameter "
			"of AWS is NAME=VALUE", word);
	if (p->argument_count + 2 > DRILL_ARGUMENTS)
		return error_set(err, ERR_USAGE, "too many parameters; %d "
			"places are all there is, and a filter takes two",
			DRILL_ARGUMENTS);
	name = xstrndup(word, (size_t)(equals - word));
	ok = take_word(p, name, equals + 1, err);
	free(name);
	return ok;
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
